// The officer's app: starts from the phone's own store, shows the day, and lets nothing get lost. Parts: the encrypted
// store (vault), what is sent (queue), the day (day), and the screens.

import * as call from "./call.mjs";
import * as deliver from "./deliver.mjs";
import { current, here, metres, visits } from "./day.mjs";
import { button, field, h, speak, t, uuid7 } from "./dom.mjs";
import * as lockScreen from "./lock.mjs";
import { draw } from "./map.mjs";
import * as observe from "./observe.mjs";
import * as place from "./place.mjs";
import * as queue from "./queue.mjs";
import * as sanction from "./sanction.mjs";
import * as stop from "./stop.mjs";
import * as vault from "./vault.mjs";
import * as voice from "./voice.mjs";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));
const THEMES = ["auto", "day", "night", "sun"];
/** @type {ServiceWorker | null} */
let fresh = null;
let touched = Date.now();
let drawing = 0;
let moving = false;
let notice = { text: "", until: 0 };

/** Says something on top for some seconds, however often the screen is drawn meanwhile. @param {string} text @param {number} [seconds] */
function remark(text, seconds = 8) {
  notice = { text, until: Date.now() + seconds * 1000 };
}

/** @param {string} theme */
function wear(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("field-theme", theme);
}

async function start() {
  wear(localStorage.getItem("field-theme") ?? "auto");
  await speak(localStorage.getItem("field-lang") ?? (document.documentElement.lang || "nl"));
  void worker();
  queue.begin({ onchange: redraw, onwipe: wipedFromAfar, where: place.said });
  call.begin(redraw);
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, () => (touched = Date.now()), { passive: true });
  addEventListener("hashchange", () => void show(true));
  document.addEventListener("visibilitychange", () => void idle());
  setInterval(() => void idle(), 10_000);
  await show(true);
  void asked();
}

/** Registers the worker; a new one waits until the officer agrees, and never comes in the middle of an entry. */
async function worker() {
  if (!("serviceWorker" in navigator)) return;
  const controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener("controllerchange", () => controlled && fresh && location.reload());
  const registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field" }).catch(() => null);
  if (!registration) return;
  const look = () => {
    if (registration.waiting && navigator.serviceWorker.controller) {
      fresh = registration.waiting;
      redraw();
    }
  };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  setInterval(() => void registration.update().catch(() => undefined), 1_800_000);
}

/** A lost phone hears that it must wipe itself, signed in or not, locked or not. */
async function asked() {
  const lock = await vault.lock();
  if (lock && (await queue.mustWipe(lock.device))) {
    // What waits is told first, if this phone is open.
    await queue.run();
    await wipedFromAfar();
  }
}

async function wipedFromAfar() {
  const lock = await vault.lock();
  await vault.wipe();
  queue.forget();
  observe.forget();
  stop.forget();
  deliver.forget();
  call.forget();
  place.stop();
  if (lock) await queue.sayWiped(lock.device);
  remark(t("wiped"), 60);
  await show(true);
}

/** Locks after minutes without a touch; an officer who speaks is not away. */
async function idle() {
  const lock = await vault.lock();
  if (!lock || !vault.isOpen() || voice.isRecording() || Date.now() - touched < lock.minutes * 60_000) return;
  lockNow();
}

function lockNow() {
  vault.close();
  queue.forget();
  observe.forget();
  stop.forget();
  deliver.forget();
  void show(true);
}

/** Until when the shift that is on now lasts, for the sharing of the place; 0 outside a shift. */
function shiftEnds() {
  const shift = queue.day && current(queue.day, Date.now());
  const margin = (queue.day?.position.margin_min ?? 0) * 60_000;
  return shift && shift.from - margin <= Date.now() && Date.now() < shift.to + margin ? shift.to + margin : 0;
}

/** Draws the list again when something changed, but never what somebody is typing in. */
function redraw() {
  bar();
  foot();
  const news = deliver.news();
  if (news) remark(news);
  if (document.querySelector(".assistance.held")) return;
  // A sanction that waits is drawn again, one that is being written is not.
  const waits = location.hash.startsWith("#sanction/") && !document.querySelector("section.sanction");
  if (!(waits || ["", "#", "#more"].includes(location.hash)) || !vault.isOpen()) return;
  if (document.activeElement?.closest("input, select, textarea, details[open]")) return;
  void show(false);
}

/** @param {boolean} moved */
async function show(moved) {
  drawing += 1;
  const mine = drawing;
  moving ||= moved;
  const screen = await which();
  if (mine !== drawing) return;
  const bars = vault.isOpen() && queue.day ? [h("div", { id: "bar", class: "bar", role: "status" })] : [];
  const box = call.rules(queue.day?.assistance) ? [h("div", { id: "foot", class: "foot" })] : [];
  const word = Date.now() < notice.until ? [h("p", { class: "notice", role: "status" }, notice.text)] : [];
  root.replaceChildren(...bars, ...word, screen, ...box);
  bar();
  foot();
  if (moving) {
    moving = false;
    scrollTo(0, 0);
    const first = screen.querySelector("#pin") ?? root;
    if (first instanceof HTMLElement) first.focus({ preventScroll: true });
  }
}

/** The button for assistance, or where the call stands; never changed under a finger that holds it. */
function foot() {
  const box = document.getElementById("foot");
  const rules = call.rules();
  if (!box || !rules) return;
  const stays = box.childElementCount > 0 && !call.isOn() && !box.querySelector(".calling");
  if (!stays) box.replaceChildren(call.panel(rules));
}

/** @returns {Promise<HTMLElement>} */
async function which() {
  const lock = await vault.lock();
  const opened = async () => {
    touched = Date.now();
    await stop.restore();
    // The municipality does not allow it any more: from now on only the PIN opens.
    if (lock?.print && queue.day && !queue.day.lock.biometrics) await vault.settings({ print: undefined });
    queue.soon(0);
    language();
    void show(true);
  };
  const gone = () => {
    stop.forget();
    call.forget();
    remark(t("wiped-pin"), 60);
    void show(true);
  };
  if (!lock) return lockScreen.welcome(opened);
  if (!vault.isOpen()) return lockScreen.ask(opened, gone);
  if (!queue.day) return h("section", {}, h("h1", {}, t("title")), h("p", {}, t("no-day")), button(t("try-again"), () => queue.soon(0), "primary"));
  const [name, id] = location.hash.slice(1).split("/");
  const shift = current(queue.day, Date.now());
  const found = visits(shift).find(({ visit }) => visit.id === id);
  const at = here(shift);
  const back = () => (location.hash = "");
  if (name === "stop" && found) {
    const elsewhere = visits(shift).some(({ visit }) => visit.state === "arrived" && visit.id !== id);
    return stop.page(queue.day, found.round, found.visit, elsewhere, (where) => {
      if (location.hash === where) void show(true);
      else location.hash = where;
    });
  }
  if (name === "observe") return observe.page(queue.day, found?.visit ?? (at?.visit.state === "arrived" ? at.visit : undefined), () => (remark(t("kept")), back()));
  /** @param {string} text */
  const said = (text) => (remark(text), queue.soon(0), back());
  if (name === "hat") return sanction.hat(queue.day, found?.visit, (where) => (location.hash = where));
  if (name === "sanction" && id) return sanction.page(queue.day, id, said, () => void show(true));
  if (name === "finish") return finish(shift, id, back);
  if (name === "more") return more(gone);
  return list(shift, await sanction.list(redraw));
}

/** The language of the account once it is known. */
function language() {
  const lang = queue.day?.lang;
  if (lang && lang !== document.documentElement.lang) {
    localStorage.setItem("field-lang", lang);
    void speak(lang).then(() => show(false));
  }
}

/** What waits and what is known of the line. */
function bar() {
  const box = document.getElementById("bar");
  if (!box) return;
  void vault.count().then((n) => {
    const words = {
      idle: n ? t("line-sending") : t("line-ok"),
      sending: t("line-sending"),
      offline: t("line-offline"),
      "sign-in": t("line-sign-in"),
      other: t("line-other"),
    };
    // The line is there, and a sanction waits for something that only the officer can do.
    const stands = deliver.waits !== null && queue.standing === "idle" && n > 0;
    if (stands) words.idle = t("sanction-stands");
    const waits = n === 0 || stands ? "" : n === 1 ? t("waits-one") : t("waits", { n });
    const tone = queue.standing === "idle" && n === 0 ? "ok" : queue.standing === "sign-in" || queue.standing === "other" ? "late" : "soon";
    const update = fresh && !stop.isTyping() && !observe.isTyping() && !location.hash.startsWith("#sanction");
    box.className = `bar ${tone}`;
    box.replaceChildren(
      h("span", {}, [words[queue.standing], waits].filter(Boolean).join(" · ")),
      queue.standing === "sign-in" ? h("a", { class: "button", href: "/login?back=/field" }, t("sign-in")) : "",
      update ? button(t("update"), () => fresh?.postMessage("go")) : "",
    );
  });
}

/** @param {import("./day.mjs").Shift | undefined} shift @param {HTMLElement | null} sanctions */
function list(shift, sanctions) {
  const day = /** @type {import("./day.mjs").Day} */ (queue.day);
  const all = visits(shift);
  const at = here(shift);
  const done = all.filter(({ visit }) => visit.state === "left").length;
  const open = shift?.rounds.filter((round) => round.state !== "finished") ?? [];
  const points = all.map(({ visit }, i) => ({ lon: visit.lon, lat: visit.lat, label: String(i + 1), kind: visit.state === "left" || visit.state === "skipped" ? "done" : visit === at?.visit ? "next" : "stop" }));
  const issues = day.issues.filter((issue) => !all.some(({ visit }) => visit.target === issue.id)).slice(0, 20);
  const spots = issues.map((issue) => ({ lon: issue.lon, lat: issue.lat, label: "", kind: "issue" }));
  return h(
    "section",
    {},
    h("h1", {}, shift ? `${shift.day}, ${shift.when}` : t("no-shift")),
    shift ? h("p", { class: "muted" }, [shift.team, ...shift.officers].join(" · ")) : h("p", {}, t("no-shift-text")),
    at ? next(at.visit) : null,
    sanctions,
    h("div", { class: "taps" }, h("a", { class: "button secondary", href: "#observe" }, t("observe")), h("a", { class: "button secondary", href: "#hat" }, t("sanction")), h("a", { class: "button secondary", href: "#more" }, t("more"))),
    all.length ? /** @type {any} */ (draw(queue.town, [...points, ...spots], place.own())) : shift ? h("p", {}, t("no-round")) : null,
    all.length ? h("h2", {}, t("stops", { n: done, of: all.length })) : null,
    all.length ? h("ol", { class: "stops" }, ...all.map(({ visit }) => line(visit, visit === at?.visit))) : null,
    ...open.map((round) => h("p", {}, h("a", { class: "button secondary", href: `#finish/${round.id}` }, t("finish")))),
    issues.length ? h("details", {}, h("summary", {}, t("near", { n: issues.length })), h("ul", { class: "near" }, ...issues.map((issue) => near(issue, day)))) : null,
  );
}

/** @param {import("./day.mjs").Visit} visit */
const next = (visit) =>
  h(
    "a",
    { class: "next", href: `#stop/${visit.id}` },
    h("span", { class: "label" }, visit.state === "arrived" ? t("here") : t("next")),
    h("strong", {}, visit.title),
    h("span", {}, visit.subject),
  );

/** @param {import("./day.mjs").Visit} visit @param {boolean} now */
function line(visit, now) {
  const day = queue.day;
  const outcome = day?.outcomes.find((o) => o.id === visit.outcome)?.name;
  const state = visit.state === "left" ? (outcome ?? t("done")) : visit.state === "skipped" ? t("skipped") : visit.state === "arrived" ? t("here") : visit.time;
  return h("li", { class: visit.state, "aria-current": now ? "step" : undefined }, h("a", { href: `#stop/${visit.id}` }, h("strong", {}, visit.title), h("span", {}, visit.subject), h("span", { class: "state" }, state)));
}

/** @param {import("./day.mjs").Issue} issue @param {import("./day.mjs").Day} day */
function near(issue, day) {
  const category = day.categories.find((c) => c.id === issue.category)?.name ?? "";
  const own = place.own();
  const far = own ? ` · ${t("metres", { n: Math.round(metres(own, issue) / 10) * 10 })}` : "";
  return h("li", {}, h("strong", {}, category), h("span", {}, ` ${issue.title}${far}`), issue.late ? h("span", { class: "late" }, ` ${t("late")}`) : null);
}

/** @param {import("./day.mjs").Shift | undefined} shift @param {string} id @param {() => void} back */
function finish(shift, id, back) {
  const round = shift?.rounds.find((r) => r.id === id);
  const rest = round?.visits.filter((v) => v.state === "planned") ?? [];
  const there = round?.visits.find((v) => v.state === "arrived");
  const why = /** @type {HTMLTextAreaElement} */ (h("textarea", { rows: 3, maxlength: 1000 }));
  const send = async () => {
    if (rest.length && !why.value.trim()) return why.focus();
    await queue.tell("round.finish", { round: id, why: why.value.trim() }, uuid7());
    remark(t("kept"));
    back();
  };
  return h(
    "section",
    {},
    h("p", {}, h("a", { href: "#" }, t("back"))),
    h("h1", {}, t("finish")),
    there ? h("p", { class: "fault" }, t("finish-there", { place: there.title })) : null,
    rest.length ? h("p", {}, t("finish-rest", { n: rest.length })) : null,
    rest.length ? field(t("skip-why"), why) : null,
    there || !round ? null : button(t("finish-sure"), () => void send(), "primary"),
  );
}

/** @param {() => void} gone */
async function more(gone) {
  const day = /** @type {import("./day.mjs").Day} */ (queue.day);
  /** @type {{ id: string, outcome: string, text: string }[]} */
  const own = (await vault.get("told")) ?? [];
  const told = [...own, ...day.told.filter((d) => !own.some((o) => o.id === d.id))];
  const share = h("input", { type: "checkbox", checked: place.shares(), disabled: shiftEnds() === 0, onchange: () => (place.shares() ? place.stop() : place.start(redraw, shiftEnds()), queue.soon(500)) });
  const theme = h("fieldset", { class: "choices" }, h("legend", {}, t("theme")));
  const names = { auto: t("theme-auto"), day: t("theme-day"), night: t("theme-night"), sun: t("theme-sun") };
  for (const name of THEMES) {
    const radio = h("input", { type: "radio", name: "theme", value: name, checked: document.documentElement.dataset.theme === name, onchange: () => wear(name) });
    theme.append(h("label", { class: "choice" }, radio, h("span", {}, names[/** @type {"auto"} */ (name)])));
  }
  return h(
    "section",
    {},
    h("p", {}, h("a", { href: "#" }, t("back"))),
    h("h1", {}, t("more")),
    h("h2", {}, t("share-title")),
    h("label", { class: "choice" }, share, h("span", {}, t("share"))),
    h("p", { class: "hint" }, shiftEnds() ? t("share-text") : t("share-not-now")),
    h("h2", {}, t("told")),
    told.length ? h("ul", { class: "told" }, ...told.map((d) => h("li", {}, h("strong", {}, d.outcome === "refused" ? t("told-refused") : t("told-merged")), ` ${d.text}`))) : h("p", {}, t("told-none")),
    h("h2", {}, t("rules")),
    ...day.rules.map((rule) => h("details", {}, h("summary", {}, rule.title), h("p", {}, rule.text))),
    theme,
    await lockScreen.prints(day, () => void show(true), gone),
    h("div", { class: "taps" }, button(t("lock-now"), lockNow), h("a", { class: "button secondary", href: "/rounds" }, t("to-rounds"))),
    h("p", { class: "muted" }, t("signed-in", { officer: day.name })),
  );
}

void start();
