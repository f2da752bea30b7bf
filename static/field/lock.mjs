// The PIN: chosen once, asked after every start and after minutes without a touch.

import { button, field, h, t, uuid7 } from "./dom.mjs";
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

/** Asks for the PIN. @param {() => void} done @param {() => void} gone @returns {Promise<HTMLElement>} */
export async function ask(done, gone) {
  const lock = await vault.lock();
  const waits = await vault.count();
  const loses = waits + (await vault.unfinished());
  const input = /** @type {HTMLInputElement} */ (pin("pin", 4));
  const fault = h("p", { class: "fault", role: "alert" });
  const left = (/** @type {number} */ n) => {
    const lose = loses > 0 && n <= 2 ? ` ${t("pin-lose", { n: loses })}` : "";
    fault.textContent = (n === 1 ? t("pin-wrong-last") : t("pin-wrong", { n })) + lose;
  };
  if (lock && lock.tries > 0) left(lock.most - lock.tries);
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
        if (tries === -1) {
          await queue.load();
          done();
        } else if (tries === 0) gone();
        else {
          left(tries);
          input.focus();
        }
      },
    },
    h("h1", {}, t("pin-ask")),
    waits ? h("p", { class: "waits" }, waits === 1 ? t("waits-one") : t("waits", { n: waits })) : null,
    field(t("pin"), input),
    fault,
    h("button", { class: "button primary" }, t("unlock")),
  );
}
