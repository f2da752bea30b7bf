// The line to the house: one request with patience, and photos in pieces that go on from where they were cut off.

import * as vault from "./vault.mjs";

/** @typedef {"idle" | "sending" | "offline" | "sign-in" | "other"} Standing */

const PIECE = 65_536;
const PATIENCE = 30_000;

/** The house answered, and sending makes no sense now. */
export class Stop extends Error {
  /** @param {Standing} standing */
  constructor(standing) {
    super(standing);
    this.standing = standing;
  }
}

/** @param {string} path @param {RequestInit} [init] */
export async function call(path, init = {}) {
  const answer = await fetch(path, { ...init, credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status === 401) throw new Stop("sign-in");
  if (answer.status === 409 || answer.status === 403) throw new Stop("other");
  if (!answer.ok && answer.status !== 304) throw new Error(`${answer.status}`);
  return answer;
}

/**
 * Sends a photo until the house has it, refused it or says that it must wait; gives that answer.
 * @param {string} path @param {Record<string, string>} about @param {import("./vault.mjs").Photo} photo
 * @returns {Promise<{ state: string, text: string, why?: string }>}
 */
export async function pieces(path, about, photo) {
  const bytes = await vault.photoBytes(photo);
  let start = photo.sent;
  for (let rounds = 0; rounds < 1_000; rounds += 1) {
    const query = new URLSearchParams({ ...about, size: String(photo.size), start: String(start) });
    const piece = bytes.slice(start, start + PIECE);
    const answer = await call(`${path}?${query}`, { method: "POST", body: piece, headers: { "content-type": "application/octet-stream" } });
    const heard = await answer.json();
    if (heard.state !== "coming") return heard;
    if (heard.have === start && piece.byteLength === 0) throw new Error("the photo is not taken yet");
    start = heard.have;
    await vault.photoAt(photo, start);
  }
  throw new Error("the photo does not get through");
}
