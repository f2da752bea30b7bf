// Elements, texts and small conversions for the officer's app.

/** @type {Record<string, string>} */
let texts = {};

/** Takes the texts of a language along. @param {string} lang */
export async function speak(lang) {
  const answer = await fetch(`/field/texts/${lang}`);
  if (answer.ok) {
    texts = await answer.json();
    document.documentElement.lang = lang;
  }
}

/** The text of a key, with values. @param {string} key @param {Record<string, string | number>} [values] */
export function t(key, values = {}) {
  let text = texts[key] ?? key;
  for (const [name, value] of Object.entries(values)) text = text.replaceAll(`{${name}}`, String(value));
  return text;
}

/**
 * An element: properties (on… are listeners, others attributes), then children.
 * @param {string} tag @param {Record<string, unknown>} [properties] @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (name === "value" || name === "checked") Object.assign(element, { [name]: value });
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child);
  return element;
}

/** A button. @param {string} label @param {() => void} press @param {string} [kind] */
export const button = (label, press, kind = "secondary") =>
  h("button", { type: "button", class: `button ${kind}`, onclick: press }, label);

/** A labelled control. @param {string} label @param {HTMLElement} control @param {string} [hint] */
export function field(label, control, hint) {
  control.id ||= `f${Math.random().toString(36).slice(2)}`;
  const said = hint ? h("p", { class: "hint", id: `${control.id}-hint` }, hint) : null;
  if (said) control.setAttribute("aria-describedby", said.id);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), said, control);
}

/** The clock's time in the municipality. @param {number} ms @param {string} zone */
export const time = (ms, zone) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(ms);

/** A UUID of version 7 (RFC 9562): time first, then chance. */
export function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let ms = Date.now();
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = ms % 256;
    ms = Math.floor(ms / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
