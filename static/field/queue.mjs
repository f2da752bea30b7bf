// Sends what waits, in order, and fetches the day. Every cut is met by starting again where the answer was missing: the
// house knows each event by its id. Nothing leaves the phone before the answer to it is here.

import { after } from "./day.mjs";
import * as deliver from "./deliver.mjs";
import { Stop, call, pieces } from "./line.mjs";
import * as vault from "./vault.mjs";

/** @typedef {import("./line.mjs").Standing} Standing */

const FIRST_WAIT = 2_000;
const MOST_WAIT = 300_000;
const BATCH = 25;
const OFFERS_MS = 3_600_000;

/** @type {Standing} */
export let standing = "idle";
/** @type {import("./day.mjs").Day | null} */
export let day = null;
/** @type {{ areas: { name: string, rings: number[][] }[] } | null} */
export let town = null;
/** The offences that the officer may write. @type {import("./offences.mjs").Offers | null} */
export let offers = null;
/** How far the house's clock is ahead, in milliseconds. @type {number | null} */
let offset = null;
let wait = FIRST_WAIT;
let again = 0;
let tag = "";
/** @type {Promise<void> | null} */
let running = null;
/** @type {() => void} */
let changed = () => {};
/** @type {() => Promise<void>} */
let wiped = async () => {};
/** @type {() => unknown} */
let position = () => null;
/** @type {number} */
let positionSent = 0;

/** @param {{ onchange: () => void, onwipe: () => Promise<void>, where: () => unknown }} how */
export function begin(how) {
  changed = how.onchange;
  wiped = how.onwipe;
  position = how.where;
  addEventListener("online", () => soon(0));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && soon(0));
}

/** What the browser calls itself, short. */
const name = () => navigator.userAgent.match(/(Android [\d.]+|iPhone OS [\d_]+|iPad|Windows|Linux|Mac OS X)/)?.[0].replaceAll("_", ".") ?? "";

/** The day from the house, before there is a PIN. @param {string} device @returns {Promise<{ day: any } | { stop: Standing }>} */
export async function first(device) {
  try {
    const answer = await call(`/api/field/day?${new URLSearchParams({ device, now: String(Date.now()), name: name() })}`);
    offset = Number(answer.headers.get("regie-now")) - Date.now();
    return { day: await answer.json() };
  } catch (error) {
    return { stop: error instanceof Stop ? error.standing : "offline" };
  }
}

/** What is kept on the phone, after it was unlocked. */
export async function load() {
  day = (await vault.get("day")) ?? null;
  town = (await vault.get("town")) ?? null;
  offers = (await vault.get("offers")) ?? null;
  offset = (await vault.get("offset")) ?? null;
  for (const event of await vault.waiting(10_000)) if (day) day = after(day, event);
  tag = "";
}

/** Forgets what is in memory. */
export function forget() {
  day = null;
  town = null;
  offers = null;
  tag = "";
  soon(60_000);
}

/** Keeps an event: when this resolves it is on the disk, and only then the screen says so.
 * @param {string} kind @param {any} payload @param {string} id */
export async function tell(kind, payload, id) {
  const event = { id, kind, at: Date.now(), offset, payload };
  await vault.enqueue(event);
  if (day) day = after(day, event);
  soon(0);
}

/** Tries to send after some time. @param {number} ms */
export function soon(ms) {
  clearTimeout(again);
  again = setTimeout(run, ms);
}

/** Sends now; a second call waits for the first. */
export function run() {
  running ??= go().finally(() => {
    running = null;
  });
  return running;
}

async function go() {
  if (!vault.isOpen()) return share();
  say("sending");
  try {
    while ((await events()) && vault.isOpen());
    await photos();
    await fetchDay();
    if (vault.isOpen()) await fetchOffers();
    await deliver.run(changed);
    wait = FIRST_WAIT;
    say("idle");
    soon(60_000);
  } catch (error) {
    say(error instanceof Stop ? error.standing : "offline");
    wait = Math.min(MOST_WAIT, wait * 2);
    soon(wait * (0.75 + Math.random() / 2));
  }
}

/** A locked phone tells nothing but the shared place: that is not written on it. */
async function share() {
  const lock = await vault.lock();
  const where = position();
  if (!lock || where === null) return;
  const body = { device: lock.device, now: Date.now(), waiting: await vault.count(), events: [], position: where };
  await call("/api/field/sync", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }).catch(() => undefined);
  soon(60_000);
}

/** @param {Standing} now */
function say(now) {
  standing = now;
  changed();
}

/** Sends a batch; says whether more waits. */
async function events() {
  const lock = await vault.lock();
  if (!lock) return false;
  const batch = await vault.waiting(BATCH);
  const where = position();
  if (!batch.length && (where === null || Date.now() - positionSent < (day?.position.seconds ?? 60) * 1000)) return false;
  const body = { device: lock.device, name: name(), now: Date.now(), waiting: Math.max(0, (await vault.count()) - batch.length), events: batch, position: where };
  const sent = await call("/api/field/sync", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const heard = await sent.json();
  if (where !== null) positionSent = Date.now();
  offset = heard.now - Date.now();
  const told = batch.filter((event) => heard.answers.some((/** @type {any} */ a) => a.id === event.id && a.outcome !== "wait"));
  const news = heard.answers.filter((/** @type {any} */ a) => a.outcome === "merged" || a.outcome === "refused");
  if (told.length) {
    const kept = (await vault.get("day")) ?? day;
    const later = told.reduce((at, event) => after(at, event), kept);
    const before = (await vault.get("told")) ?? [];
    const all = [...news, ...before.filter((/** @type {any} */ b) => !news.some((/** @type {any} */ n) => n.id === b.id))].slice(0, 30);
    await vault.answered(told.map((event) => event.seq), { day: later, told: all, offset });
    tag = "";
  } else if (batch.length && heard.expected < batch[0].seq) {
    // The house misses a number that this phone does not have (any more): it is said to be void.
    await fill(heard.expected, batch[0].seq, lock.device);
  }
  if (heard.wipe) {
    // What is ready is told first; what is still being written goes with the phone.
    await deliver.run(changed).catch(() => undefined);
    await wiped();
    return false;
  }
  changed();
  return told.length > 0 && batch.length === BATCH;
}

/** @param {number} from @param {number} to @param {string} device */
async function fill(from, to, device) {
  const { uuid7 } = await import("./dom.mjs");
  const lost = [];
  for (let seq = from; seq < to && lost.length < 50; seq += 1) lost.push({ id: uuid7(), seq, kind: "void", at: Date.now(), offset, payload: null });
  const body = { device, now: Date.now(), events: lost };
  await call("/api/field/sync", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

/** Sends photos and spoken notes in pieces, from where each was cut off. */
async function photos() {
  for (const photo of await vault.photos()) {
    const heard = await pieces(`/api/field/photo/${photo.id}`, { event: photo.event, media: photo.voice ? "voice" : "photo" }, photo);
    if (heard.state === "refused") await remember(photo.id, heard.text);
    await vault.photoAt(photo, null);
    changed();
  }
}

/** A refusal in words stays on the phone. @param {string} id @param {string} text */
async function remember(id, text) {
  const before = (await vault.get("told")) ?? [];
  await vault.put("told", [{ id, outcome: "refused", text }, ...before].slice(0, 30));
}

/** The offences of today, once an hour: the deed of the officer may change. */
async function fetchOffers() {
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: day?.zone }).format(Date.now());
  if (offers?.day === today && Date.now() - (offers.at ?? 0) < OFFERS_MS) return;
  offers = { ...(await (await call("/api/field/offences")).json()), at: Date.now() };
  await vault.put("offers", offers);
}

async function fetchDay() {
  const lock = await vault.lock();
  if (!lock) return;
  const query = new URLSearchParams({ device: lock.device, now: String(Date.now()), name: name(), waiting: String(await vault.count()) });
  const answer = await call(`/api/field/day?${query}`, { headers: tag ? { "if-none-match": tag } : {} });
  offset = Number(answer.headers.get("regie-now")) - Date.now();
  if (answer.headers.get("regie-wipe") === "true") {
    await wiped();
    return;
  }
  if (answer.status === 200) {
    const fresh = await answer.json();
    if (fresh.account !== lock.account) throw new Stop("other");
    tag = answer.headers.get("etag") ?? "";
    await vault.put("day", fresh);
    await vault.put("offset", offset);
    await vault.settings({ most: fresh.lock.tries, minutes: fresh.lock.minutes });
    day = fresh;
    for (const event of await vault.waiting(10_000)) if (day) day = after(day, event);
  }
  if (!town) {
    town = await (await call("/api/field/map")).json();
    await vault.put("town", town);
  }
}

/** Whether the house wants this phone wiped; asked without a session, so that a lost phone hears it too. @param {string} device */
export async function mustWipe(device) {
  try {
    const answer = await fetch(`/api/field/device/${device}/wipe`, { signal: AbortSignal.timeout(5_000) });
    return answer.ok && (await answer.json()).wipe === true;
  } catch {
    return false;
  }
}

/** This phone is empty. @param {string} device */
export async function sayWiped(device) {
  await fetch(`/api/field/device/${device}/wiped`, { method: "POST" }).catch(() => undefined);
}
