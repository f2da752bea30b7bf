// The PIN: chosen once, asked after every start and after minutes without a touch; a finger or a face may stand in for it.

import { button, field, h, t, uuid7 } from "./dom.mjs";
import * as print from "./print.mjs";
import * as queue from "./queue.mjs";
import * as vault from "./vault.mjs";

/** @param {string} id @param {number} digits */
const pin = (id, digits) =>
  h("input", { id, type: "password", inputmode: "numeric", pattern: "[0-9]*", minlength: digits, maxlength: 12, autocomplete: "off", required: true, class: "pin" });

/** Whether a PIN is easily guessed: one digit over and over, or a run. @param {string} text */
function weak(text) {
  const steps = [...text].slice(1).map((c, i) => Number(c) - Number(text[i]));
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
}

/** The first start on this phone: fetch the day, choose a PIN. @param {() => void} done @returns {Promise<HTMLElement>} */
export async function welcome(done) {
  const device = uuid7();
  const got = await queue.first(device);
  if ("stop" in got) {
    const text = got.stop === "sign-in" ? t("first-sign-in") : got.stop === "other" ? t("first-not-you") : t("first-offline");
    return h(
      "section",
      { class: "lock" },
      h("h1", {}, t("title")),
      h("p", {}, text),
      got.stop === "sign-in" ? h("a", { class: "button primary", href: "/login?back=/field" }, t("sign-in")) : button(t("try-again"), () => location.reload(), "primary"),
      h("p", {}, h("a", { href: "/rounds" }, t("to-rounds"))),
    );
  }
  const { day } = got;
  const digits = day.lock.pin_digits;
  const one = /** @type {HTMLInputElement} */ (pin("pin", digits));
  const two = /** @type {HTMLInputElement} */ (pin("pin-again", digits));
  const fault = h("p", { class: "fault", role: "alert" });
  const form = h(
    "form",
    {
      class: "lock",
      onsubmit: async (/** @type {Event} */ event) => {
        event.preventDefault();
        const text = one.value;
        if (!/^[0-9]+$/.test(text) || text.length < digits) fault.textContent = t("pin-short", { n: digits });
        else if (weak(text)) fault.textContent = t("pin-weak");
        else if (text !== two.value) fault.textContent = t("pin-differs");
        else {
          await vault.choose(text, device, day);
          await vault.put("day", day);
          await queue.load();
          done();
          return;
        }
        one.focus();
      },
    },
    h("h1", {}, t("pin-choose")),
    h("p", {}, t("pin-why", { n: digits, most: day.lock.tries })),
    field(t("pin"), one),
    field(t("pin-again"), two),
    fault,
    h("button", { class: "button primary" }, t("pin-keep")),
  );
  return form;
}

/** What to say of a wrong PIN; at the last tries with what would be lost. @param {number} n tries that are left */
async function wrong(n) {
  const loses = n <= 2 ? (await vault.count()) + (await vault.unfinished()) : 0;
  return (n === 1 ? t("pin-wrong-last") : t("pin-wrong", { n })) + (loses > 0 ? ` ${t("pin-lose", { n: loses })}` : "");
}

/** Asks for the PIN. @param {() => void} done @param {() => void} gone @returns {Promise<HTMLElement>} */
export async function ask(done, gone) {
  const lock = await vault.lock();
  const waits = await vault.count();
  const input = /** @type {HTMLInputElement} */ (pin("pin", 4));
  const fault = h("p", { class: "fault", role: "alert" });
  if (lock && lock.tries > 0) fault.textContent = await wrong(lock.most - lock.tries);
  const open = async () => {
    await queue.load();
    done();
  };
  const byPrint = async () => {
    if (await print.unlock()) return open();
    fault.textContent = t("print-fault");
    input.focus();
  };
  let busy = false;
  return h(
    "form",
    {
      class: "lock",
      onsubmit: async (/** @type {Event} */ event) => {
        event.preventDefault();
        if (busy || !input.value) return;
        busy = true;
        const tries = await vault.unlock(input.value);
        busy = false;
        input.value = "";
        if (tries === -1) await open();
        else if (tries === 0) gone();
        else {
          fault.textContent = await wrong(tries);
          input.focus();
        }
      },
    },
    h("h1", {}, t("pin-ask")),
    waits ? h("p", { class: "waits" }, waits === 1 ? t("waits-one") : t("waits", { n: waits })) : null,
    lock?.print ? button(t("print-open"), () => void byPrint(), "primary") : null,
    field(t("pin"), input),
    fault,
    h("button", { class: `button ${lock?.print ? "secondary" : "primary"}` }, t("unlock")),
  );
}

/**
 * Switching it on and off; nothing where the house or the phone does not allow it.
 * @param {import("./day.mjs").Day} day @param {() => void} again @param {() => void} gone @returns {Promise<HTMLElement | null>}
 */
export async function prints(day, again, gone) {
  if (!day.lock.biometrics) return null;
  if ((await vault.lock())?.print) {
    const off = () => void vault.settings({ print: undefined }).then(again);
    return h("div", {}, h("h2", {}, t("print-title")), h("p", {}, t("print-on")), button(t("print-off"), off));
  }
  if (!(await print.possible())) return null;
  const input = /** @type {HTMLInputElement} */ (pin("print-pin", day.lock.pin_digits));
  const fault = h("p", { class: "fault", role: "alert" });
  const set = async () => {
    const code = input.value;
    input.value = "";
    if (!code) return input.focus();
    const left = await vault.unlock(code);
    if (left === 0) return gone();
    if (left > 0) {
      fault.textContent = await wrong(left);
      return input.focus();
    }
    fault.textContent = "";
    await print.add(code, day.name).then(again, () => (fault.textContent = t("print-not")));
  };
  return h(
    "form",
    { onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), void set()) },
    h("h2", {}, t("print-title")),
    field(t("pin"), input, t("print-why")),
    fault,
    h("button", { class: "button secondary" }, t("print-set")),
  );
}
