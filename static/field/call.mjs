// The call for assistance: hold the button, and it goes ahead of everything that waits. It is tried until it is through,
// also after the app was closed; the screen says what is known and whom to call when there is no reception for data.

import { button, h, t, uuid7 } from "./dom.mjs";
import { exact } from "./place.mjs";

const KEY = "field-call";
/** @typedef {{ id: string, at: number, lon?: number, lat?: number, sent: boolean, state: string, text: string }} Call */

/** @type {Call | null} */
let call = JSON.parse(localStorage.getItem(KEY) ?? "null");
/** @type {() => void} */
let changed = () => {};
let timer = 0;

/** @param {Call | null} now */
function keep(now) {
  call = now;
  if (call) localStorage.setItem(KEY, JSON.stringify(call));
  else localStorage.removeItem(KEY);
  changed();
}

const RULES = "field-assistance";
/** @typedef {{ hold_s: number, emergency: string, phone: string }} Rules */

/** Whom to call and how long to hold: known on a locked phone too. @param {Rules} [fresh] @returns {Rules | null} */
export function rules(fresh) {
  if (fresh) localStorage.setItem(RULES, JSON.stringify(fresh));
  return fresh ?? JSON.parse(localStorage.getItem(RULES) ?? "null");
}

/** Whether a call stands. */
export const isOn = () => call !== null;

/** Forgets them with all the rest. */
export function forget() {
  localStorage.removeItem(RULES);
  keep(null);
}

/** @param {() => void} onchange */
export function begin(onchange) {
  changed = onchange;
  if (call) void tick();
}

/** @param {string} path @param {unknown} [body] */
async function ask(path, body) {
  const init = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(`/api/field/assistance${path}`, { ...init, signal: AbortSignal.timeout(8_000) });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function tick() {
  clearTimeout(timer);
  if (!call) return;
  try {
    const { id, at, lon, lat } = call;
    const heard = call.sent ? await ask(`/${id}`) : await ask("", { id, at, now: Date.now(), lon, lat });
    const same = call?.sent && call.state === heard.state && call.text === heard.text;
    if (call?.id === id && !same) keep({ ...call, sent: true, state: heard.state, text: heard.text });
  } catch {
    // No reception: the screen says so already, and it is tried again.
  }
  if (call && call.state !== "closed" && call.state !== "cancelled") timer = setTimeout(tick, call.sent ? 5_000 : 3_000);
}

async function raise() {
  keep({ id: uuid7(), at: Date.now(), sent: false, state: "open", text: "" });
  navigator.vibrate?.([200, 100, 200]);
  void tick();
  const place = await exact(5_000);
  // A place that comes after the call was sent goes with the next one; the first call must not wait for it.
  if (place && call && !call.sent) keep({ ...call, ...place });
}

async function cancel() {
  if (!call) return;
  const { id, sent } = call;
  try {
    if (sent) await ask(`/${id}/cancel`, {});
    keep(null);
  } catch {
    changed();
  }
}

/** The button, or where the call stands. @param {Rules} rules */
export function panel(rules) {
  if (call) {
    const over = call.state === "closed" || call.state === "cancelled";
    return h(
      "section",
      { class: "calling", role: "alert" },
      h("h2", {}, t("call-title")),
      h("p", {}, call.sent ? call.text : t("call-sending")),
      h("p", { class: "numbers" }, h("a", { class: "button danger", href: `tel:${rules.emergency}` }, t("call-number", { n: rules.emergency })), h("a", { class: "button secondary", href: `tel:${rules.phone.replaceAll(" ", "")}` }, t("call-number", { n: rules.phone }))),
      over ? button(t("call-done"), () => keep(null)) : button(t("call-cancel"), () => void cancel()),
    );
  }
  const hint = h("span", { class: "sr" }, t("call-hint", { n: rules.hold_s }));
  const press = h("button", { type: "button", class: "button assistance" }, h("span", { class: "fill" }), h("span", {}, t("call")), hint);
  press.style.setProperty("--hold", `${rules.hold_s}s`);
  let held = 0;
  const down = () => {
    if (held) return;
    press.classList.add("held");
    held = setTimeout(() => void raise(), rules.hold_s * 1000);
  };
  const up = () => {
    clearTimeout(held);
    held = 0;
    press.classList.remove("held");
  };
  press.addEventListener("pointerdown", down);
  for (const name of ["pointerup", "pointerleave", "pointercancel", "blur"]) press.addEventListener(name, up);
  press.addEventListener("contextmenu", (event) => event.preventDefault());
  press.addEventListener("keydown", (event) => (event.key === " " || event.key === "Enter") && (event.preventDefault(), down()));
  press.addEventListener("keyup", up);
  return press;
}
