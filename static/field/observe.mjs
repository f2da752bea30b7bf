// An observation: what, in a few words, where, photos, a spoken note. A draft survives the app; photos and the note are
// encrypted at once.

import { button, field, h, t, uuid7 } from "./dom.mjs";
import { redraw } from "./photo.mjs";
import { exact } from "./place.mjs";
import * as queue from "./queue.mjs";
import * as vault from "./vault.mjs";
import * as voice from "./voice.mjs";

const MOST_PHOTOS = 3;
/** @typedef {{ id: string, category: string, words: string, address: string, lon: number | null, lat: number | null, photos: string[] }} Draft */

/** @type {Draft | null} */
let draft = null;
let later = 0;

/** Whether somebody is in the middle of an entry. */
export const isTyping = () => voice.isRecording() || (draft !== null && (draft.words !== "" || draft.photos.length > 0));

/** Forgets the draft in memory; what is kept stays. */
export function forget() {
  voice.forget();
  draft = null;
}

const keep = () => {
  clearTimeout(later);
  later = setTimeout(() => vault.isOpen() && draft && void vault.put("draft", draft), 250);
};

/**
 * @param {import("./day.mjs").Day} day @param {import("./day.mjs").Visit | undefined} visit @param {() => void} done
 * @returns {Promise<HTMLElement>}
 */
export async function page(day, visit, done) {
  draft = (await vault.get("draft")) ?? { id: uuid7(), category: "", words: "", address: "", lon: null, lat: null, photos: [] };
  const now = /** @type {Draft} */ (draft);
  if (visit && now.lon === null) Object.assign(now, { lon: visit.lon, lat: visit.lat, address: now.address || visit.title, category: now.category || (visit.category ?? "") });
  await vault.tidyPhotos(now.id);
  const fault = h("p", { class: "fault", role: "alert" });
  const category = /** @type {HTMLSelectElement} */ (h("select", { onchange: () => ((now.category = category.value), keep()) }, h("option", { value: "" }, t("choose"))));
  for (const group of [true, false]) {
    const box = h("optgroup", { label: group ? t("often") : t("other") });
    for (const c of day.categories.filter((c) => c.patrol === group)) box.append(h("option", { value: c.id, selected: c.id === now.category }, c.name));
    if (box.childElementCount) category.append(box);
  }
  const words = /** @type {HTMLTextAreaElement} */ (h("textarea", { rows: 3, maxlength: 5000, oninput: () => ((now.words = words.value), keep()) }, now.words));
  const address = /** @type {HTMLInputElement} */ (h("input", { value: now.address, maxlength: 200, autocomplete: "off", oninput: () => ((now.address = address.value), keep()) }));
  const said = h("p", { class: "hint", role: "status" });
  const where = () => (said.textContent = now.lon === null ? t("place-unknown") : visit && now.lon === visit.lon ? t("place-stop") : t("place-found"));
  const find = async () => {
    said.textContent = t("place-looking");
    const place = await exact();
    if (place) Object.assign(now, place);
    keep();
    where();
  };
  where();
  if (now.lon === null) void find();
  const strip = h("ul", { class: "strip" });
  const show = async () => {
    strip.replaceChildren();
    for (const photo of await vault.photos(now.id)) {
      if (photo.voice) continue;
      const url = URL.createObjectURL(new Blob([await vault.photoBytes(photo)], { type: "image/jpeg" }));
      const drop = async () => {
        await vault.photoAt(photo, null);
        now.photos = now.photos.filter((id) => id !== photo.id);
        keep();
        await show();
      };
      strip.append(h("li", {}, h("img", { src: url, alt: t("photo-alt"), onload: () => URL.revokeObjectURL(url) }), button(t("photo-drop"), () => void drop(), "subtle")));
    }
  };
  await show();
  const file = /** @type {HTMLInputElement} */ (
    h("input", {
      type: "file",
      accept: "image/*",
      capture: "environment",
      class: "sr",
      onchange: async () => {
        const picked = file.files?.[0];
        if (!picked) return;
        fault.textContent = "";
        if (now.photos.length >= MOST_PHOTOS) fault.textContent = t("photo-most", { most: MOST_PHOTOS });
        else {
          try {
            const id = uuid7();
            await vault.addPhoto(id, now.id, await redraw(picked, day.photo));
            now.photos.push(id);
            await vault.put("draft", now);
          } catch {
            fault.textContent = t("photo-fault");
          }
        }
        file.value = "";
        await show();
      },
    })
  );
  const save = async () => {
    if (!now.category) {
      fault.textContent = t("category-missing");
      category.focus();
    } else if (now.words.trim().length < 3) {
      fault.textContent = t("words-missing");
      words.focus();
    } else if (now.lon === null && !now.address.trim()) {
      fault.textContent = t("place-missing");
      address.focus();
    } else {
      await voice.end();
      // A second press meanwhile finds it saved.
      if (draft !== now) return;
      clearTimeout(later);
      const { id, ...rest } = now;
      draft = null;
      await queue.tell("observation", { ...rest, voice: (await voice.of(id))?.id, words: rest.words.trim(), address: rest.address.trim() }, id);
      done();
    }
  };
  const throwAway = async () => {
    voice.forget();
    clearTimeout(later);
    draft = null;
    await vault.put("draft", null);
    await vault.tidyPhotos(undefined);
    done();
  };
  return h(
    "section",
    {},
    h("p", {}, h("a", { href: "#" }, t("back"))),
    h("h1", {}, t("observe")),
    field(t("category"), category),
    field(t("words"), words, t("words-hint")),
    h("div", { class: "field" }, h("label", { class: "button secondary photo" }, file, h("span", {}, t("photo-take"))), h("p", { class: "hint" }, t("photo-hint"))),
    strip,
    day.voice ? await voice.part(day.voice, now.id) : null,
    field(t("address"), address),
    said,
    button(t("place-find"), () => void find()),
    fault,
    h("div", { class: "taps" }, button(t("observe-keep"), () => void save(), "primary"), button(t("observe-drop"), () => void throwAway(), "subtle")),
  );
}
