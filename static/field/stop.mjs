// One stop: why, arrive, what was found and done, leave. "Seen, nothing wrong" is the third tap.

import { stop } from "./day.mjs";
import { button, field, h, t, time, uuid7 } from "./dom.mjs";
import * as queue from "./queue.mjs";
import * as vault from "./vault.mjs";

/** What is typed at a stop survives a redraw. @type {Map<string, { outcome: string, note: string, becomes: string, why: string }>} */
const typed = new Map();
let later = 0;

/** What is typed is kept, so that it survives the app. */
const keep = () => {
  clearTimeout(later);
  later = setTimeout(() => vault.isOpen() && void vault.put("typed", [...typed]), 250);
};

/** What was typed before the app was closed or locked. */
export async function restore() {
  for (const [id, was] of (await vault.get("typed")) ?? []) typed.set(id, was);
}

/** Forgets what is in memory; what is kept stays. */
export function forget() {
  clearTimeout(later);
  typed.clear();
}

/** Whether somebody is in the middle of an entry. */
export const isTyping = () => [...typed.values()].some((v) => v.note !== "" || v.why !== "" || v.outcome !== "");

/**
 * @param {import("./day.mjs").Day} day @param {import("./day.mjs").Round} round @param {import("./day.mjs").Visit} visit
 * @param {boolean} elsewhere @param {(where: string) => void} go
 */
export function page(day, round, visit, elsewhere, go) {
  const was = typed.get(visit.id) ?? { outcome: "", note: "", becomes: "", why: "" };
  typed.set(visit.id, was);
  const opened = Date.now();
  /** @param {string} kind @param {Record<string, unknown>} more @param {string} where */
  const tell = async (kind, more, where) => {
    await queue.tell(kind, { ...stop(round, visit), ...more }, uuid7());
    if (kind !== "visit.arrive") typed.delete(visit.id);
    keep();
    go(where);
  };
  const head = [
    h("p", {}, h("a", { href: "#" }, t("back"))),
    h("h1", {}, visit.title),
    h("p", { class: "subject" }, visit.subject),
    h("p", {}, visit.why),
    h("p", { class: "muted" }, `${t("planned", { time: visit.time })} · ${t("minutes", { n: visit.minutes })}`),
    h("p", {}, h("a", { class: "button secondary", href: `geo:${visit.lat.toFixed(5)},${visit.lon.toFixed(5)}` }, t("navigate"))),
  ];
  const note = /** @type {HTMLTextAreaElement} */ (
    h("textarea", { rows: 3, maxlength: 1000, oninput: () => ((was.note = note.value), keep()) }, was.note)
  );
  const fault = h("p", { class: "fault", role: "alert" });
  if (visit.state === "left" || visit.state === "skipped") {
    const outcome = day.outcomes.find((o) => o.id === visit.outcome);
    return h("section", {}, ...head, h("p", { class: "done" }, outcome?.name ?? t("skipped")), visit.note ? h("blockquote", {}, visit.note) : null);
  }
  const skip = () => {
    const why = /** @type {HTMLTextAreaElement} */ (h("textarea", { rows: 2, maxlength: 1000, oninput: () => ((was.why = why.value), keep()) }, was.why));
    return h(
      "details",
      { class: "skip" },
      h("summary", {}, t("skip")),
      field(t("skip-why"), why),
      button(t("skip-keep"), () => (why.value.trim() ? void tell("visit.skip", { why: why.value.trim() }, "") : why.focus())),
    );
  };
  if (visit.state === "planned") {
    return h(
      "section",
      {},
      ...head,
      elsewhere ? h("p", { class: "fault" }, t("elsewhere")) : null,
      h(
        "div",
        { class: "taps" },
        elsewhere ? null : button(t("arrive"), () => void tell("visit.arrive", {}, `#stop/${visit.id}`), "primary"),
        button(t("nothing"), () => void tell("visit.nothing", { arrived: opened }, ""), "secondary"),
      ),
      skip(),
    );
  }
  const outcomes = h("fieldset", { class: "choices" }, h("legend", {}, t("outcome")));
  for (const outcome of day.outcomes) {
    const radio = h("input", { type: "radio", name: "outcome", value: outcome.id, checked: was.outcome === outcome.id, onchange: () => ((was.outcome = outcome.id), keep(), show()) });
    outcomes.append(h("label", { class: "choice" }, radio, h("span", {}, outcome.name)));
  }
  const becomes = /** @type {HTMLSelectElement} */ (h("select", { onchange: () => ((was.becomes = becomes.value), keep()) }, h("option", { value: "" }, t("becomes-same"))));
  for (const state of day.becomes) becomes.append(h("option", { value: state.id, selected: was.becomes === state.id }, state.name));
  const next = field(t("becomes"), becomes);
  const sanction = h("p", {}, h("a", { class: "button secondary", href: `#hat/${visit.id}` }, t("sanction")), h("span", { class: "hint" }, ` ${t("sanction-hint")}`));
  const show = () => {
    next.hidden = !visit.target || was.outcome === "" || was.outcome === "solved";
    sanction.hidden = was.outcome !== "sanction-follows";
  };
  show();
  const leave = () => {
    if (!was.outcome) fault.textContent = t("outcome-missing");
    else if (was.outcome === "solved" && visit.target && !was.note.trim()) {
      fault.textContent = t("note-missing");
      note.focus();
    } else void tell("visit.leave", { arrived: visit.arrived ?? opened, outcome: was.outcome, note: was.note.trim(), becomes: was.outcome === "solved" ? "" : was.becomes }, "");
  };
  return h(
    "section",
    {},
    ...head,
    h("p", { class: "here" }, t("here-since", { time: time(visit.arrived ?? opened, day.zone) })),
    h("div", { class: "taps" }, button(t("nothing"), () => void tell("visit.leave", { arrived: visit.arrived, outcome: "nothing-found", note: was.note.trim() }, ""), "primary"), h("a", { class: "button secondary", href: `#observe/${visit.id}` }, t("observe"))),
    outcomes,
    sanction,
    field(t("note"), note, t("note-hint")),
    next,
    fault,
    button(t("leave"), leave, "primary"),
  );
}

