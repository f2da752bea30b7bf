// Sends sanctions that are ready: the draft, then its photos, then the signature. They go straight to the house's police
// vault and never into the queue of the round. The phone's copy is destroyed when the house has it, and only then.

import { t, uuid7 } from "./dom.mjs";
import { call, pieces } from "./line.mjs";
import * as vault from "./vault.mjs";

/** @typedef {import("./offences.mjs").Draft} Draft */
/** What was sent and not answered yet. @typedef {{ request: string, draft: Draft, sign: boolean }} Pending */
/** A sanction on this phone. `stage`: `open` (being written), `ready` (to be sent), `faults` (kept by the house, cannot be
 * signed yet), `conflict` (changed in the house too), `closed` (nothing can be added in the house any more).
 * @typedef {{ id: string, at: number, stage: "open" | "ready" | "faults" | "conflict" | "closed", sign: boolean, version: number,
 *   draft: Draft, pending: Pending | null, faults: { field: string, text: string }[], theirs: Draft | null, text: string }} Note */

/** Why nothing goes: the vault of the house is not open. @type {{ why: string, text: string } | null} */
export let waits = null;

/** What happened last, for the screen. @type {string} */
let said = "";
export const news = () => {
  const text = said;
  said = "";
  return text;
};

/** Forgets what is in memory. */
export function forget() {
  waits = null;
  said = "";
}

/** One change of one sanction at a time, whoever makes it. @type {Promise<unknown>} */
let last = Promise.resolve();

/** Changes a sanction on the disk: `alter` gives it anew, or null to destroy it. @param {string} id
 * @param {(note: Note) => Note | null} alter @returns {Promise<Note | null>} */
export function change(id, alter) {
  const work = last.then(async () => {
    const note = await vault.sanction(id);
    if (!note) return null;
    const next = alter(note);
    if (next) await vault.putSanction(next);
    else await vault.dropSanction(id);
    return next;
  });
  last = work.catch(() => undefined);
  return work;
}

/** @param {Draft} a @param {Draft} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Sends what is ready. @param {() => void} changed */
export async function run(changed) {
  if (!vault.isOpen()) return;
  const ready = (await vault.sanctions()).filter((note) => note.stage === "ready");
  if (!ready.length) waits = null;
  for (const note of ready) {
    const goes = await one(note);
    changed();
    if (!goes) return;
  }
}

/** Sends one; says whether the vault of the house is open. @param {Note} note */
async function one(note) {
  const { id } = note;
  if (!(await draft(id, false))) return waits === null;
  for (const photo of await vault.photos(id)) {
    const heard = await pieces(`/api/field/sanction/${id}/photo/${photo.id}`, {}, photo);
    if (heard.state === "waits") return shut(heard);
    if (heard.state === "refused") said = `${t("sanction-photo-refused")} ${heard.text}`;
    await vault.photoAt(photo, null);
  }
  if (note.sign) {
    await draft(id, true);
    return waits === null;
  }
  await change(id, (now) => (now.stage === "ready" ? null : now));
  said ||= t("sanction-sent");
  return true;
}

/** @param {{ why?: string, text: string }} heard */
function shut(heard) {
  waits = { why: heard.why ?? "", text: heard.text };
  return false;
}

/** Sends the draft until the house has it as it is now; says whether to go on. What was sent and not answered goes first,
 * just as it was: so the phone learns what became of it. @param {string} id @param {boolean} sign */
async function draft(id, sign) {
  for (;;) {
    const note = await change(id, (now) => (now.stage === "ready" ? { ...now, pending: now.pending ?? { request: uuid7(), draft: now.draft, sign } } : now));
    if (note?.stage !== "ready" || !note.pending) return false;
    const { pending } = note;
    const body = JSON.stringify({ id, version: note.version, ...pending });
    const answer = await call("/api/field/sanction", { method: "POST", headers: { "content-type": "application/json" }, body });
    const heard = await answer.json();
    if (heard.state === "waits") return shut(heard);
    waits = null;
    const after = await change(id, (now) => heardOf({ ...now, pending: null }, pending, heard));
    if (heard.state !== "kept" || !after) return false;
    if (same(pending.draft, after.draft)) return true;
  }
}

/** The sanction after an answer. @param {Note} now @param {Pending} pending @param {any} heard @returns {Note | null} */
function heardOf(now, pending, heard) {
  switch (heard.state) {
    case "kept":
      return { ...now, version: heard.version };
    case "signed":
      said = t("sanction-signed");
      return same(pending.draft, now.draft) ? null : { ...now, stage: "closed", text: t("sanction-signed-before") };
    case "faults":
      return { ...now, stage: now.stage === "ready" ? "faults" : now.stage, version: heard.version, faults: heard.faults };
    case "conflict":
      // The officer writes on meanwhile: the version that was seen stays, so that sending it asks again.
      if (now.stage !== "ready") return now;
      return { ...now, stage: "conflict", version: heard.version, theirs: heard.theirs, text: heard.text };
    case "closed":
      if (now.stage !== "ready") return now;
      return { ...now, stage: "closed", text: heard.text };
    default:
      throw new Error(`unknown answer ${heard.state}`);
  }
}

/** States the purpose, so that the vault of the house opens. Says whether it worked. @param {string} reason */
export async function state(reason) {
  const body = new URLSearchParams({ "open-request": uuid7(), "open-hat": "investigator", "open-reason": reason, "open-back": "/sanctions" });
  const answer = await fetch("/records/wpg-daily/open", { method: "POST", body, credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(30_000) }).catch(() => null);
  if (answer?.type !== "opaqueredirect") return false;
  waits = null;
  return true;
}
