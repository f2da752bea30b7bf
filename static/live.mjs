// The public map and list, kept up to date: new and changed reports come in while the page is open
// (Server-Sent Events), said politely and with a button to pause. Everything also works without this file.

/** @typedef {{ href: string, gone?: boolean, reference: string, category: string, state: string, tone: string,
 *   class: string, area: string, when: string, iso: string, lon: number, lat: number, title: string }} Item */

/** Not more than one sentence in this time for who listens to the page. */
const QUIET = 5_000;
const SVG = "http://www.w3.org/2000/svg";

const box = document.querySelector("[data-live]");
if (box instanceof HTMLElement && "EventSource" in window) start(box);

/** @param {HTMLElement} box */
function start(box) {
  const says = /** @type {HTMLElement} */ (box.querySelector("[role=status]"));
  const standing = /** @type {HTMLElement} */ (box.querySelector("[data-live-standing]"));
  const button = /** @type {HTMLButtonElement} */ (box.querySelector("button"));
  const text = box.dataset;
  /** @type {EventSource | null} */
  let source = null;
  let last = "";
  /** @type {string[]} */
  let news = [];
  let said = 0;

  function say() {
    if (news.length === 0) return;
    const many = (text.many ?? "").replace("{n}", String(news.length));
    says.textContent = news.length === 1 ? news[0] : many;
    news = [];
    said = Date.now();
  }

  /** @param {Item} item @param {boolean} fresh */
  function tell(item, fresh) {
    const sentence = (fresh ? text.new : text.changed) ?? "";
    news.push(sentence.replace("{category}", item.category).replace("{area}", item.area).replace("{state}", item.state));
    const wait = said + QUIET - Date.now();
    if (wait <= 0) say();
    else if (news.length === 1) setTimeout(say, wait);
  }

  function listen() {
    const url = new URL(text.live ?? "", location.href);
    if (last !== "") url.searchParams.set("since", last);
    source = new EventSource(url);
    source.addEventListener("open", () => (standing.textContent = text.on ?? ""));
    source.addEventListener("error", () => (standing.textContent = text.lost ?? ""));
    source.addEventListener("reload", () => location.reload());
    source.addEventListener("message", (event) => {
      last = event.lastEventId;
      /** @type {Item} */
      const item = JSON.parse(event.data);
      const fresh = point(item) ?? row(item);
      if (fresh !== undefined && !item.gone) tell(item, fresh);
    });
  }

  function pause() {
    source?.close();
    source = null;
    standing.textContent = text.off ?? "";
  }

  button.addEventListener("click", () => {
    if (source) pause();
    else listen();
    button.textContent = (source ? text.pause : text.resume) ?? "";
  });
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && source && listen());
  box.hidden = false;
  listen();
}

/** Puts a report on the map or takes it off. Says whether it is new; nothing when there is no map or no change.
 * @param {Item} item @returns {boolean | undefined} */
function point(item) {
  const svg = /** @type {SVGSVGElement | null} */ (document.querySelector("[data-live-map] svg.regie-map"));
  if (!svg) return undefined;
  const before = svg.querySelector(`a[href="${CSS.escape(item.href)}"]`);
  if (item.gone) {
    before?.remove();
    return undefined;
  }
  const [, , width, height] = (svg.getAttribute("viewBox") ?? "").split(" ").map(Number);
  const { west, south, east, north } = svg.dataset;
  const x = ((item.lon - Number(west)) / (Number(east) - Number(west))) * width;
  const y = ((Number(north) - item.lat) / (Number(north) - Number(south))) * height;
  if (!(x >= 0 && x <= width && y >= 0 && y <= height)) return undefined;
  const link = document.createElementNS(SVG, "a");
  link.setAttribute("href", item.href);
  const circle = document.createElementNS(SVG, "circle");
  circle.setAttribute("class", `point ${item.class}`.trim());
  circle.setAttribute("cx", x.toFixed(1));
  circle.setAttribute("cy", y.toFixed(1));
  circle.setAttribute("r", "6");
  const title = document.createElementNS(SVG, "title");
  title.textContent = item.title;
  circle.append(title);
  link.append(circle);
  if (before?.isEqualNode(link)) return undefined;
  if (before) before.replaceWith(link);
  else svg.append(link);
  return before === null;
}

/** Puts a report on top of the list, changes its row, or takes it out. Says whether it is new.
 * @param {Item} item @returns {boolean | undefined} */
function row(item) {
  const rows = document.querySelector("[data-live-rows]");
  const template = /** @type {HTMLTemplateElement | null} */ (document.querySelector("[data-live-row]"));
  if (!rows || !template) return undefined;
  const before = rows.querySelector(`a[href="${CSS.escape(item.href)}"]`)?.closest("tr") ?? null;
  if (item.gone) {
    before?.remove();
    return undefined;
  }
  const fresh = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  for (const cell of fresh.querySelectorAll("[data-fill]")) {
    const name = /** @type {keyof Item} */ (/** @type {HTMLElement} */ (cell).dataset.fill);
    cell.textContent = String(item[name]);
    if (name === "state") cell.classList.add(item.tone);
    if (cell instanceof HTMLTimeElement) cell.dateTime = item.iso;
    if (cell instanceof HTMLAnchorElement) cell.href = item.href;
  }
  if (before) {
    if (before.querySelector(".badge")?.textContent === item.state) return undefined;
    before.replaceWith(fresh);
    return false;
  }
  rows.prepend(fresh);
  rows.closest("table")?.removeAttribute("hidden");
  document.querySelector(".empty")?.remove();
  return true;
}
