// The form of a sanction, the same fields as the page. Every change is on the disk before the screen says so.

import { age, faults, find, refusals, ways } from "./offences.mjs";
import * as deliver from "./deliver.mjs";
import { button, field, h, t, uuid7 } from "./dom.mjs";
import { redraw } from "./photo.mjs";
import { exact } from "./place.mjs";
import * as vault from "./vault.mjs";

/** @typedef {import("./offences.mjs").Draft} Draft */
/** @typedef {import("./offences.mjs").Offers} Offers */
/** @typedef {{ [K in keyof Draft]: Draft[K] extends string ? K : never }[keyof Draft]} Word */

const SHOWN = 12;

/** A fault as a sentence. @param {Offers} offers @param {import("./offences.mjs").Fault} fault */
export function sentence(offers, fault) {
  if (fault.key) return t(fault.key, fault.values);
  const rule = offers.rules[fault.rule ?? ""];
  if (!rule) return "";
  const values = { say: rule.say, article: rule.article, code: fault.code ?? "" };
  if (fault.code) return rule.unsure ? t("sanctions-refused-code-unsure", values) : t("sanctions-refused-code", values);
  return rule.unsure ? t("sanctions-refused-unsure", values) : t("sanctions-refused", values);
}

/** A sanction in a line. @param {Offers | null} offers @param {import("./offences.mjs").Chosen} chosen */
export function line(offers, chosen) {
  const name = offers?.offences.find((o) => o.code === chosen.offence)?.name ?? "";
  const way = offers?.ways.find((w) => w.id === chosen.modality)?.name ?? chosen.modality;
  return `${chosen.offence} ${name} (${way})`;
}

/** Day and time in the municipality, `2026-11-23 14:05`. @param {string} zone */
export const localNow = (zone) => new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }).format(Date.now());

/**
 * @param {import("./day.mjs").Day} day @param {Offers} offers @param {import("./deliver.mjs").Note} note
 * @param {(text: string) => void} done
 * @returns {Promise<HTMLElement>}
 */
export async function form(day, offers, note, done) {
  const now = note.draft;
  const saved = h("p", { class: "hint saved", role: "status" }, t("sanction-saved"));
  let dirty = false;
  /** @type {Promise<void> | null} */
  let writing = null;
  const write = async () => {
    while (dirty) {
      dirty = false;
      await deliver.change(note.id, (kept) => ({ ...kept, stage: "open", draft: structuredClone(now), faults: kept.stage === "faults" ? kept.faults : [] }));
    }
    saved.textContent = t("sanction-saved");
  };
  const keep = () => {
    dirty = true;
    saved.textContent = t("sanction-saving");
    writing ??= write()
      .catch(() => void (saved.textContent = t("sanction-not-saved")))
      .finally(() => void (writing = null));
    return writing;
  };
  const changed = () => {
    void keep();
    refresh();
  };

  /** @param {Word} name @param {string} label @param {Record<string, unknown>} [more] @param {string} [hint] */
  const text = (name, label, more = {}, hint) => {
    const input = /** @type {HTMLInputElement} */ (h("input", { id: `s-${name}`, maxlength: 200, autocomplete: "off", ...more, value: now[name], oninput: () => ((now[name] = input.value), changed()) }));
    return field(label, input, hint);
  };
  /** @param {Word} name @param {string} label @param {number} rows @param {string} [hint] */
  const area = (name, label, rows, hint) => {
    const input = /** @type {HTMLTextAreaElement} */ (h("textarea", { id: `s-${name}`, rows, maxlength: 8000, oninput: () => ((now[name] = input.value), changed()) }, now[name]));
    return field(label, input, hint);
  };
  /** @param {Word} name @param {string} label @param {import("./offences.mjs").Choice[]} options @param {string} [hint] */
  const radios = (name, label, options, hint) => {
    const box = h("fieldset", { class: "choices", id: `s-${name}`, tabindex: -1 }, h("legend", {}, label), hint ? h("p", { class: "hint" }, hint) : null);
    for (const option of options) {
      const radio = h("input", { type: "radio", name: `s-${name}`, value: option.id, checked: now[name] === option.id, onchange: () => ((now[name] = option.id), changed()) });
      box.append(h("label", { class: "choice" }, radio, h("span", {}, option.name)));
    }
    return box;
  };
  /** @param {Word} name @param {string} label @param {import("./offences.mjs").Choice[]} options @param {string} [hint] */
  const select = (name, label, options, hint) => {
    const input = /** @type {HTMLSelectElement} */ (h("select", { id: `s-${name}`, onchange: () => ((now[name] = input.value), changed()) }, h("option", { value: "" }, t("sanctions-choose"))));
    for (const option of options) input.append(h("option", { value: option.id, selected: now[name] === option.id }, option.name));
    return field(label, input, hint);
  };
  /** @param {boolean} checked @param {string} label @param {(on: boolean) => void} set @param {string} [id] */
  const tick = (checked, label, set, id) => {
    const box = /** @type {HTMLInputElement} */ (h("input", { type: "checkbox", id, checked, onchange: () => (set(box.checked), changed()) }));
    return h("label", { class: "choice" }, box, h("span", {}, label));
  };

  const chosen = h("ul", { class: "chosen" });
  const found = h("ul", { class: "found" });
  const against = h("p", { class: "fault", role: "alert" });
  const search = /** @type {HTMLInputElement} */ (h("input", { id: "s-search", type: "search", autocomplete: "off", oninput: () => refresh() }));
  /** @param {import("./offences.mjs").Offence} offence @param {string} way */
  const add = (offence, way) => {
    const wanted = [...now.sanctions, { offence: offence.code, modality: way }];
    const stops = refusals(offers, now, wanted).filter(({ rule }) => rule === "most" || rule === "one-track" || rule === "double" || rule === "age-none" || rule === "age-limit");
    against.textContent = stops.map((fault) => sentence(offers, fault)).join(" ");
    if (stops.length) return against.scrollIntoView({ block: "center" });
    now.sanctions = wanted;
    search.value = "";
    changed();
    chosen.scrollIntoView({ block: "center" });
  };
  /** @param {import("./offences.mjs").Offence} offence */
  const offer = (offence) => {
    const label = (/** @type {string} */ way) => offers.ways.find((w) => w.id === way)?.name ?? way;
    const open = ways(offers, offence, now);
    const press = (/** @type {string} */ way) => h("button", { type: "button", class: "button secondary", onclick: () => add(offence, way) }, label(way), h("span", { class: "sr" }, ` ${offence.code} ${offence.name}`));
    return h("li", {}, h("p", {}, h("strong", {}, offence.code), ` ${offence.name}`), h("p", { class: "hint" }, offence.article), h("div", { class: "numbers" }, ...open.map(press)));
  };
  const means = text("means", t("sanctions-means"));
  const vehicle = h(
    "div",
    {},
    h("h2", {}, t("sanctions-part-vehicle")),
    select("vehicle", t("sanctions-vehicle"), offers.vehicles),
    text("plate", t("sanctions-plate"), { autocapitalize: "characters", maxlength: 20 }),
    text("vehicle_note", t("sanctions-vehicle-note")),
  );
  const caution = h("p", { class: "fault", role: "status" });
  const young = h("p", { class: "fault", role: "status" });
  const refresh = () => {
    const drop = (/** @type {number} */ n) => () => ((now.sanctions = now.sanctions.filter((_, i) => i !== n)), (against.textContent = ""), changed());
    const items = now.sanctions.map((c, n) => h("li", {}, h("strong", {}, line(offers, c)), button(`${t("sanctions-drop")}`, drop(n), "subtle")));
    chosen.replaceChildren(...(items.length ? items : [h("li", { class: "hint" }, t("sanctions-none-yet"))]));
    const words = search.value.trim();
    const all = words ? find(offers, words) : [];
    found.replaceChildren(...all.slice(0, SHOWN).map(offer));
    if (words && !all.length) found.append(h("li", {}, t("sanctions-found-none")));
    if (all.length > SHOWN) found.append(h("li", { class: "hint" }, t("sanction-more-found", { n: all.length - SHOWN })));
    means.hidden = now.caught !== "technical-means" && !now.means;
    const hasVehicle = now.sanctions.some((c) => c.modality === "traffic-fine" || offers.offences.find((o) => o.code === c.offence)?.vehicles.length);
    vehicle.hidden = !hasVehicle && !now.plate && !now.vehicle;
    const met = refusals(offers, now);
    caution.textContent = met.filter(({ field }) => field === "cautioned").map((fault) => sentence(offers, fault)).join(" ");
    young.textContent = age(now) === null ? "" : met.filter(({ field }) => field === "birth").map((fault) => sentence(offers, fault)).join(" ");
  };

  const problems = h("div", { class: "problems", role: "alert" });
  /** @param {{ field: string, text: string }[]} all */
  const complain = (all) => {
    const jump = (/** @type {string} */ name) => () => {
      const at = document.getElementById(`s-${name}`);
      at?.scrollIntoView({ block: "center" });
      at?.focus({ preventScroll: true });
    };
    problems.replaceChildren(...(all.length ? [h("h2", {}, t("sanction-faults")), h("ul", {}, ...all.map((fault) => h("li", {}, button(fault.text, jump(fault.field), "subtle"))))] : []));
  };
  /** @param {boolean} sign */
  const ready = async (sign) => {
    const met = sign ? faults(offers, now, localNow(day.zone)) : [];
    complain(met.map((fault) => ({ field: fault.field, text: sentence(offers, fault) })));
    if (met.length) return problems.scrollIntoView({ block: "center" });
    await keep();
    const kept = await deliver.change(note.id, (is) => ({ ...is, stage: "ready", sign, faults: [] }));
    if (kept?.stage === "ready") done(sign ? t("sanction-ready-sign") : t("sanction-ready"));
  };
  const throwAway = h(
    "details",
    { class: "skip" },
    h("summary", {}, t("sanction-drop")),
    h("p", {}, note.version ? t("sanction-drop-copy") : t("sanction-drop-text")),
    button(t("sanction-drop-sure"), () => void deliver.change(note.id, () => null).then(() => done(t("sanction-dropped"))), "danger"),
  );
  const place = text("place", t("sanctions-place"), {}, t("sanctions-place-hint"));
  const spot = h("p", { class: "hint", role: "status" });
  const where = () => (spot.textContent = now.lon ? (now.visit ? t("place-stop") : t("place-found")) : t("place-unknown"));
  const locate = async () => {
    spot.textContent = t("place-looking");
    const point = await exact();
    if (point) Object.assign(now, { lon: point.lon.toFixed(5), lat: point.lat.toFixed(5) });
    if (point) void keep();
    where();
  };
  where();
  const picture = await photos(day, offers, note.id);
  refresh();
  complain(note.faults);
  return h(
    "section",
    { class: "sanction" },
    h("p", {}, h("a", { href: "#" }, t("back"))),
    h("h1", {}, t("sanctions-write-title")),
    saved,
    h("p", { class: "muted" }, offers.deed),
    h("h2", {}, t("sanctions-part-offence")),
    chosen,
    against,
    field(t("sanctions-search"), search, t("sanction-search-hint", { time: offers.said })),
    found,
    h("h2", {}, t("sanctions-part-when")),
    h("div", { class: "pair" }, text("date", t("sanctions-date"), { type: "date" }), text("time", t("sanctions-time"), { type: "time" })),
    place,
    spot,
    button(t("place-find"), () => void locate()),
    radios("began", t("sanctions-began"), offers.began, t("sanctions-began-hint")),
    radios("caught", t("sanctions-caught"), offers.caught),
    means,
    h(
      "fieldset",
      { class: "choices", id: "s-reasons", tabindex: -1 },
      h("legend", {}, t("sanctions-reasons")),
      h("p", { class: "hint" }, t("sanctions-reasons-hint")),
      ...offers.reasons.map((reason) => tick(now.reasons.includes(reason.id), reason.name, (on) => (now.reasons = on ? [...now.reasons, reason.id] : now.reasons.filter((r) => r !== reason.id)))),
    ),
    tick(now.punished, t("sanctions-punished"), (on) => (now.punished = on)),
    vehicle,
    h("h2", {}, t("sanctions-part-person")),
    h("p", { class: "hint" }, t("sanctions-person-hint")),
    text("surname", t("sanctions-surname")),
    text("first_names", t("sanctions-first-names")),
    text("birth", t("sanctions-birth"), { type: "date" }),
    young,
    text("birth_place", t("sanctions-birth-place")),
    text("address", t("sanctions-address")),
    h("div", { class: "pair" }, text("postcode", t("sanctions-postcode"), { maxlength: 10 }), text("town", t("sanctions-town"))),
    select("identity", t("sanctions-identity"), offers.identities, t("sanctions-identity-hint")),
    text("identity_number", t("sanctions-identity-number")),
    h("h2", {}, t("sanctions-statement")),
    tick(now.cautioned, t("sanctions-cautioned"), (on) => (now.cautioned = on), "s-cautioned"),
    h("p", { class: "hint" }, t("sanctions-cautioned-hint")),
    caution,
    area("statement", t("sanctions-statement"), 4, t("sanctions-statement-hint")),
    h("h2", {}, t("sanctions-part-findings")),
    area("findings", t("sanctions-findings"), 6, t("sanctions-findings-hint")),
    area("remarks", t("sanctions-remarks"), 2),
    h("h2", {}, t("sanctions-part-photos")),
    picture,
    h("p", { class: "hint" }, offers.secrecy),
    problems,
    h("div", { class: "taps" }, button(t("sanctions-sign"), () => void ready(true), "primary"), button(t("sanction-send"), () => void ready(false), "secondary")),
    h("p", { class: "hint" }, t("sanctions-sign-hint")),
    throwAway,
  );
}

/** Photos of the sanction: encrypted on the phone at once, and never with those of observations.
 * @param {import("./day.mjs").Day} day @param {Offers} offers @param {string} id */
async function photos(day, offers, id) {
  const fault = h("p", { class: "fault", role: "alert" });
  const strip = h("ul", { class: "strip" });
  const show = async () => {
    const items = [];
    for (const photo of await vault.photos(id)) {
      const url = URL.createObjectURL(new Blob([await vault.photoBytes(photo)], { type: "image/jpeg" }));
      const drop = () => void vault.photoAt(photo, null).then(show);
      items.push(h("li", {}, h("img", { src: url, alt: t("sanctions-photo"), onload: () => URL.revokeObjectURL(url) }), button(t("sanctions-photo-drop"), drop, "subtle")));
    }
    strip.replaceChildren(...items);
  };
  const take = async () => {
    const picked = file.files?.[0];
    if (!picked) return;
    fault.textContent = "";
    if ((await vault.photos(id)).length >= offers.photos_most) fault.textContent = t("photo-most", { most: offers.photos_most });
    else {
      await redraw(picked, day.photo)
        .then((blob) => vault.addPhoto(uuid7(), id, blob, 1))
        .catch(() => (fault.textContent = t("photo-fault")));
    }
    file.value = "";
    await show();
  };
  const file = /** @type {HTMLInputElement} */ (h("input", { type: "file", accept: "image/*", capture: "environment", class: "sr", onchange: () => void take() }));
  await show();
  return h(
    "div",
    {},
    h("div", { class: "field" }, h("label", { class: "button secondary photo" }, file, h("span", {}, t("photo-take"))), h("p", { class: "hint" }, t("sanctions-photos-hint"))),
    strip,
    fault,
  );
}
