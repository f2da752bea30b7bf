// A spoken note beside the words of an observation: the officer's own dictation. It ends by itself after some seconds, when
// the app goes out of sight and when its screen is left; what was recorded is encrypted on the phone at once.

import { button, h, t, uuid7 } from "./dom.mjs";
import * as vault from "./vault.mjs";

/** What the browser may pack it in, the one that most players know first. */
const PACKINGS = ["audio/mp4", "audio/webm;codecs=opus", "audio/ogg"];

/** @typedef {{ seconds: number, bits: number }} Rules */

/** The recording that goes on. @type {{ end: () => Promise<void>, drop: () => void } | null} */
let going = null;
/** Where the note on the screen is played from. */
let playing = "";

export const isRecording = () => going !== null;

/** Ends the recording that goes on; when this resolves, it is on the disk. */
export const end = async () => going?.end();

/** Ends the recording that goes on and keeps nothing of it. */
export const forget = () => going?.drop();

/** The spoken note of an event. @param {string} event */
export const of = async (event) => (await vault.photos(event)).find((photo) => photo.voice);

/** @param {number} seconds */
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Why there can be no recording: a text's key, or nothing. */
async function hindrance() {
  if (typeof MediaRecorder === "undefined" || !navigator.mediaDevices?.getUserMedia || !packing()) return t("voice-absent");
  const name = /** @type {PermissionName} */ ("microphone");
  const asked = await navigator.permissions?.query({ name }).catch(() => null);
  return asked?.state === "denied" ? t("voice-denied") : "";
}

/** Switches the microphone off. @param {MediaStream | null} stream */
const release = (stream) => stream?.getTracks().forEach((track) => track.stop());

const packing = () => PACKINGS.find((type) => MediaRecorder.isTypeSupported(type));

/** The part of the form. @param {Rules} rules @param {string} event @returns {Promise<HTMLElement>} */
export async function part(rules, event) {
  await end();
  const box = h("div", { class: "field voice", role: "group", "aria-label": t("voice") });
  await show(box, rules, event, "");
  return box;
}

/** Shows the note, or the button for one. @param {HTMLElement} box @param {Rules} rules @param {string} event @param {string} said */
async function show(box, rules, event, said) {
  const note = await of(event);
  const title = h("p", { class: "title" }, t("voice"));
  const status = h("p", { class: "hint", role: "status" }, said);
  URL.revokeObjectURL(playing);
  if (note) {
    playing = URL.createObjectURL(new Blob([await vault.photoBytes(note)], { type: note.voice }));
    const drop = async () => {
      await vault.photoAt(note, null);
      await show(box, rules, event, t("voice-dropped"));
      box.querySelector("button")?.focus();
    };
    box.replaceChildren(title, h("audio", { controls: true, src: playing, "aria-label": t("voice") }), status, button(t("voice-drop"), () => void drop(), "subtle"));
    return;
  }
  const why = await hindrance();
  if (why) return box.replaceChildren(title, h("p", {}, why));
  const hints = [t("voice-hint", { n: rules.seconds }), t("voice-law")].map((text) => h("p", { class: "hint" }, text));
  const time = h("p", { class: "time", role: "timer", hidden: true });
  const press = /** @type {HTMLButtonElement} */ (button(t("voice-start"), () => void (going ? end() : start())));
  let asking = false;
  const start = async () => {
    if (asking) return;
    asking = true;
    /** @type {MediaStream | null} */
    let stream = null;
    /** @type {MediaRecorder} */
    let recorder;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      recorder = new MediaRecorder(stream, { mimeType: packing(), audioBitsPerSecond: rules.bits });
    } catch (error) {
      release(stream);
      const refused = error instanceof DOMException && error.name === "NotAllowedError";
      return box.replaceChildren(title, h("p", { role: "alert" }, t(refused ? "voice-denied" : "voice-none")));
    }
    // The officer left while the browser asked.
    if (!box.isConnected) return release(stream);
    const ended = record(recorder, rules, event, (seconds) => {
      if (!box.isConnected || document.visibilityState === "hidden") void end();
      time.textContent = t("voice-time", { time: clock(seconds), most: clock(rules.seconds) });
    });
    time.hidden = false;
    status.textContent = t("voice-on");
    press.textContent = t("voice-stop");
    press.className = "button primary";
    const said = t((await ended) ? "voice-kept" : "voice-lost");
    if (!box.isConnected) return;
    await show(box, rules, event, said);
    box.querySelector("button")?.focus();
  };
  box.replaceChildren(title, ...hints, time, status, press);
}

/**
 * Records until somebody ends it or the time is over; says whether a note was kept. A dropped one counts as none.
 * @param {MediaRecorder} recorder @param {Rules} rules @param {string} event @param {(seconds: number) => void} tick @returns {Promise<boolean>}
 */
function record(recorder, rules, event, tick) {
  /** @type {Blob[]} */
  const parts = [];
  let dropped = false;
  /** @type {Promise<boolean>} */
  const ended = new Promise((done) => {
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onstop = () => {
      clearInterval(timer);
      release(recorder.stream);
      const sound = new Blob(parts, { type: recorder.mimeType });
      const kept = dropped || sound.size === 0 ? Promise.resolve(false) : vault.addVoice(uuid7(), event, sound).then(() => true);
      void kept
        .catch(() => false)
        .then((is) => {
          going = null;
          done(is);
        });
    };
    recorder.start();
  });
  const stop = () => recorder.state !== "inactive" && recorder.stop();
  const begun = performance.now();
  const look = () => {
    const seconds = (performance.now() - begun) / 1000;
    if (seconds >= rules.seconds) stop();
    tick(Math.min(seconds, rules.seconds));
  };
  const timer = setInterval(look, 250);
  going = {
    end: async () => {
      stop();
      await ended;
    },
    drop: () => {
      dropped = true;
      stop();
    },
  };
  look();
  return ended;
}
