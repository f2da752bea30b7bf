// Sanctions on this phone: first the hat, then the form; what waits, what cannot go on, and what the officer must choose.

import * as deliver from "./deliver.mjs";
import { button, field, h, t, uuid7 } from "./dom.mjs";
import { form, line, localNow } from "./notice.mjs";
import { empty } from "./offences.mjs";
import { exact } from "./place.mjs";
import * as queue from "./queue.mjs";
import * as vault from "./vault.mjs";

/** @typedef {import("./deliver.mjs").Note} Note */
/** @typedef {import("./offences.mjs").Draft} Draft */

/** Labels of what can differ between the phone and the house. @type {() => Partial<Record<keyof Draft, string>>} */
const labels = () => ({
  date: t("sanctions-date"), time: t("sanctions-time"), place: t("sanctions-place"), began: t("sanctions-began"),
  caught: t("sanctions-caught"), means: t("sanctions-means"), reasons: t("sanctions-reasons"), punished: t("sanctions-punished"),
  vehicle: t("sanctions-vehicle"), plate: t("sanctions-plate"), vehicle_note: t("sanctions-vehicle-note"),
  surname: t("sanctions-surname"), first_names: t("sanctions-first-names"), birth: t("sanctions-birth"),
  birth_place: t("sanctions-birth-place"), address: t("sanctions-address"), postcode: t("sanctions-postcode"),
  town: t("sanctions-town"), identity: t("sanctions-identity"), identity_number: t("sanctions-identity-number"),
  cautioned: t("sanctions-cautioned"), statement: t("sanctions-statement"), findings: t("sanctions-findings"),
  remarks: t("sanctions-remarks"),
});

/** @param {Note} note */
function title({ draft }) {
  const [one] = draft.sanctions;
  const what = one ? line(queue.offers, one) : t("sanctions-untitled");
  return draft.place ? `${what}, ${draft.place}` : what;
}

/** @param {Note} note */
const stage = (note) =>
  ({
    open: t("sanction-stage-open"),
    ready: note.sign ? t("sanction-ready-sign") : t("sanction-ready"),
    faults: t("sanction-stage-faults"),
    conflict: t("sanction-stage-conflict"),
    closed: t("sanction-stage-closed"),
  })[note.stage];

/** First the hat. @param {import("./day.mjs").Day} day @param {import("./day.mjs").Visit | undefined} visit @param {(where: string) => void} go */
export function hat(day, visit, go) {
  const begin = async () => {
    const [date, time] = /** @type {[string, string]} */ (localNow(day.zone).split(" "));
    const point = visit ?? (await exact(3_000));
    const draft = { ...empty(), date, time };
    if (point) Object.assign(draft, { lon: point.lon.toFixed(5), lat: point.lat.toFixed(5) });
    if (visit) Object.assign(draft, { visit: visit.id, place: visit.title, began: "supervision" });
    /** @type {Note} */
    const note = { id: uuid7(), at: Date.now(), stage: "open", sign: false, version: 0, draft, pending: null, faults: [], theirs: null, text: "" };
    await vault.putSanction(note);
    go(`#sanction/${note.id}`);
  };
  const observe = visit ? `#observe/${visit.id}` : "#observe";
  return h(
    "section",
    {},
    h("p", {}, h("a", { href: visit ? `#stop/${visit.id}` : "#" }, t("back"))),
    h("h1", {}, t("sanctions-new-title")),
    h("p", {}, t("sanctions-hat-lead")),
    h("h2", {}, t("sanctions-hat-detection")),
    h("p", {}, t("sanctions-hat-detection-text")),
    h("div", { class: "taps" }, button(t("sanctions-hat-detection-go"), () => void begin(), "primary")),
    h("h2", {}, t("sanctions-hat-supervision")),
    h("p", {}, t("sanctions-hat-supervision-text")),
    h("div", { class: "taps" }, h("a", { class: "button secondary", href: observe }, t("sanctions-hat-observe"))),
  );
}

/** What is on the phone, for the list of the day. @param {() => void} changed */
export async function list(changed) {
  const notes = /** @type {Note[]} */ (await vault.sanctions());
  if (!notes.length) return null;
  const item = (/** @type {Note} */ note) => h("li", {}, h("a", { href: `#sanction/${note.id}` }, title(note)), h("p", { class: note.stage === "open" || note.stage === "ready" ? "hint" : "fault" }, stage(note)));
  return h("section", { class: "notes" }, h("h2", {}, t("sanction-here", { n: notes.length })), gate(changed), h("ul", { class: "near" }, ...notes.map(item)));
}

/** What must happen before the house takes sanctions in. @param {() => void} changed */
function gate(changed) {
  const { waits } = deliver;
  const offers = queue.offers;
  if (!waits) return null;
  const said = h("p", {}, waits.text);
  if (waits.why === "step-up") return h("div", { class: "waits" }, said, h("p", {}, h("a", { class: "button", href: "/step-up?back=/field" }, t("sanction-step-up"))));
  if (waits.why !== "purpose") return h("div", { class: "waits" }, said);
  const reason = /** @type {HTMLInputElement} */ (h("input", { maxlength: 200, value: offers?.reason ?? "", autocomplete: "off" }));
  const fault = h("p", { class: "fault", role: "alert" });
  const state = async () => {
    const short = reason.value.trim().length < (offers?.reason_least ?? 1);
    fault.textContent = short ? t("sanction-reason-short", { min: offers?.reason_least ?? 1 }) : "";
    if (short) return reason.focus();
    if (await deliver.state(reason.value.trim())) {
      queue.soon(0);
      changed();
    } else fault.textContent = t("sanction-state-failed");
  };
  return h("div", { class: "waits" }, said, field(t("sanction-reason"), reason), fault, button(t("sanction-state"), () => void state(), "primary"));
}

/**
 * One sanction: the form, or where it stands. `done` says something and goes back to the list; `again` draws this anew.
 * @param {import("./day.mjs").Day} day @param {string} id @param {(text: string) => void} done @param {() => void} again
 */
export async function page(day, id, done, again) {
  const note = /** @type {Note | undefined} */ (await vault.sanction(id));
  const offers = queue.offers;
  const head = (/** @type {string} */ name) => [h("p", {}, h("a", { href: "#" }, t("back"))), h("h1", {}, name)];
  if (!note) return h("section", {}, ...head(t("sanctions-write-title")), h("p", {}, t("sanction-not-here")));
  if (!offers) return h("section", {}, ...head(t("sanctions-write-title")), h("p", {}, t("sanction-no-list")), button(t("try-again"), () => void queue.run().then(again), "primary"));
  if (note.stage === "open" || note.stage === "faults") return form(day, offers, note, done);
  const drop = () => void deliver.change(id, () => null).then(() => done(t("sanction-dropped")));
  const reopen = (/** @type {(note: Note) => Note} */ alter) => () => void deliver.change(id, (kept) => ({ ...alter(kept), stage: "open", theirs: null, text: "" })).then(again);
  const lines = [...note.draft.sanctions.map((c) => line(offers, c)), `${note.draft.date} ${note.draft.time}`, note.draft.place].filter((text) => text.trim());
  const told = h("ul", { class: "told" }, ...lines.map((text) => h("li", {}, text)));
  if (note.stage === "ready") {
    // A signature that is under way may have arrived: then nothing can be changed here.
    const edit = note.pending?.sign ? null : button(t("sanction-edit"), reopen((kept) => kept), "secondary");
    return h("section", {}, ...head(stage(note)), told, gate(again), h("div", { class: "taps" }, button(t("try-again"), () => void queue.run().then(again), "primary"), edit));
  }
  if (note.stage === "closed" || !note.theirs) {
    const asNew = async () => {
      const copy = { ...note, id: uuid7(), stage: /** @type {const} */ ("open"), version: 0, pending: null, theirs: null, text: "" };
      await vault.putSanction(copy);
      await vault.movePhotos(id, copy.id);
      await deliver.change(id, () => null);
      done(t("sanction-as-new-done"));
    };
    return h("section", {}, ...head(stage(note)), h("p", {}, note.text), told, h("p", {}, t("sanction-closed-choose")), h("div", { class: "taps" }, button(t("sanction-as-new"), () => void asNew(), "secondary"), button(t("sanction-drop-mine"), drop, "danger")));
  }
  const { theirs } = note;
  const word = (/** @type {unknown} */ value) => (value === true ? t("sanction-yes") : value === false ? t("sanction-no") : Array.isArray(value) ? value.join(", ") : String(value ?? "")) || t("sanction-empty");
  const rows = Object.entries(labels())
    .map(([name, label]) => ({ label, mine: word(note.draft[/** @type {keyof Draft} */ (name)]), other: word(theirs[/** @type {keyof Draft} */ (name)]) }))
    .filter(({ mine, other }) => mine !== other);
  const both = (/** @type {Draft} */ draft) => draft.sanctions.map((c) => line(offers, c)).join("\n") || t("sanctions-untitled");
  if (both(note.draft) !== both(theirs)) rows.unshift({ label: t("sanctions-part-offence"), mine: both(note.draft), other: both(theirs) });
  const pair = (/** @type {{ label: string, mine: string, other: string }} */ { label, mine, other }) =>
    h("li", {}, h("strong", {}, label), h("p", {}, h("span", { class: "muted" }, `${t("sanction-on-phone")}: `), mine), h("p", {}, h("span", { class: "muted" }, `${t("sanction-in-house")}: `), other));
  return h(
    "section",
    {},
    ...head(stage(note)),
    h("p", {}, note.text),
    h("ul", { class: "told" }, ...rows.map(pair)),
    h(
      "div",
      { class: "taps" },
      button(t("sanction-mine"), reopen((kept) => kept), "secondary"),
      button(t("sanction-theirs"), reopen((kept) => ({ ...kept, draft: /** @type {Draft} */ (kept.theirs ?? kept.draft) })), "secondary"),
    ),
    h("p", { class: "hint" }, t("sanction-choose-hint")),
  );
}
