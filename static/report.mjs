// The form of a report or an observation, made quicker: a click on the map without a round trip, "I am
// there now", a draft that survives a closed browser. Everything also works without this file.

/** How much nearer the second map looks: the same as ZOOM in crates/signals/src/report/map.rs. */
const ZOOM = 4;
const DAY = 86_400_000;
const DRAFT = "regie-draft-";
/** Never kept on the device: how to reach the reporter, files, and what the server knows better. */
const NOT_KEPT = new Set(["name", "email", "phone", "photo", "remove"]);

/** @typedef {{ at: number, fields: Record<string, string> }} Draft */

/** Storage may be full, or closed by the reader's settings: then there is no draft.
 * @template T @param {() => T} deed @returns {T | null} */
function quietly(deed) {
  try {
    return deed();
  } catch {
    return null;
  }
}

const done = document.querySelector("[data-report-done]");
if (done instanceof HTMLElement) {
  quietly(() => localStorage.removeItem(DRAFT + done.dataset.reportDone));
}

const form = document.querySelector("form[data-draft]");
if (form instanceof HTMLFormElement) {
  start(form);
}

/** @param {HTMLFormElement} form */
function start(form) {
  const place = placeOf(form);
  drafts(form, place);
  photos(form);
  for (const element of form.querySelectorAll("[data-scripted]")) {
    element.removeAttribute("hidden");
  }
}

/** The point: hidden fields, the map's pictures and the sentence that says where it is.
 * @param {HTMLFormElement} form */
function placeOf(form) {
  const lon = input(form, "lon");
  const lat = input(form, "lat");
  const centre = input(form, "centre");
  const map = /** @type {HTMLElement | null} */ (form.querySelector("[data-map]"));
  const says = /** @type {HTMLElement | null} */ (form.querySelector("[data-point]"));
  const tools = form.querySelector("[data-map-tools]");
  const [west, south, east, north] = (map?.dataset.bounds ?? "").split(",").map(Number);
  /** @returns {HTMLInputElement[]} */
  const pictures = () => [...(map?.querySelectorAll("input") ?? [])];

  /** Bounds of the map as it is shown now. */
  function bounds() {
    const [x, y] = centre.value.split(",").map(Number);
    if (centre.value === "") return { west, south, east, north };
    const dx = (east - west) / 2 / ZOOM;
    const dy = (north - south) / 2 / ZOOM;
    return { west: x - dx, south: y - dy, east: x + dx, north: y + dy };
  }

  function draw() {
    const pin = lon.value === "" ? "" : `${lon.value},${lat.value}`;
    for (const picture of pictures()) {
      const width = picture.name.replace("map", "");
      picture.src = `/report/map.svg?w=${width}&centre=${centre.value}&pin=${pin}`;
    }
    tools?.toggleAttribute("hidden", pin === "" && centre.value === "");
  }

  /** @param {string | undefined} text */
  function say(text) {
    if (says) says.textContent = text ?? "";
  }

  /** @param {number} x longitude @param {number} y latitude */
  function set(x, y) {
    lon.value = x.toFixed(6);
    lat.value = y.toFixed(6);
    centre.value = `${lon.value},${lat.value}`;
    draw();
    say(says?.dataset.set);
    form.dispatchEvent(new Event("input"));
  }

  map?.classList.add("fluid");
  map?.addEventListener("click", (event) => {
    const picture = event.target;
    // Enter on the map comes without a place: the server says what to do instead
    if (!(picture instanceof HTMLInputElement) || event.detail === 0) return;
    event.preventDefault();
    const box = picture.getBoundingClientRect();
    const seen = bounds();
    set(
      seen.west + ((event.clientX - box.left) / box.width) * (seen.east - seen.west),
      seen.north - ((event.clientY - box.top) / box.height) * (seen.north - seen.south),
    );
  });
  tools?.addEventListener("click", (event) => {
    const button = event.target;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    centre.value = "";
    if (button.name === "no-point") {
      lon.value = lat.value = "";
      say("");
    }
    draw();
    form.dispatchEvent(new Event("input"));
  });
  form.querySelector("[data-here]")?.addEventListener("click", () => {
    if (!("geolocation" in navigator)) return say(says?.dataset.failed);
    say(says?.dataset.busy);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { longitude: x, latitude: y } = coords;
        const inside = x >= west && x <= east && y >= south && y <= north;
        if (inside) set(x, y);
        else say(says?.dataset.outside);
      },
      () => say(says?.dataset.failed),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
    );
  });
  return { draw, say: () => say(lon.value === "" ? "" : says?.dataset.set) };
}

/** Keeps what is typed on this device for a day, until it was sent.
 * @param {HTMLFormElement} form @param {{ draw: () => void, say: () => void }} place */
function drafts(form, place) {
  const key = DRAFT + form.dataset.draft;
  const note = form.querySelector("[data-restored]");
  /** @type {Draft | null} */
  const kept = quietly(() => JSON.parse(localStorage.getItem(key) ?? "null"));
  const young = kept !== null && Date.now() - kept.at < DAY;
  if ("fresh" in form.dataset && young) {
    for (const [name, value] of Object.entries(kept.fields)) {
      const field = form.elements.namedItem(name);
      if (field instanceof RadioNodeList) field.value = value;
      else if (field && "value" in field) field.value = value;
    }
    form.querySelector("input[type=radio]:checked")?.closest("details")?.setAttribute("open", "");
    place.draw();
    place.say();
    note?.removeAttribute("hidden");
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      /** @type {Record<string, string>} */
      const fields = {};
      for (const [name, value] of new FormData(form)) {
        if (typeof value === "string" && !NOT_KEPT.has(name)) fields[name] = value;
      }
      quietly(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields })));
    }, 400);
  });
  form.querySelector("[data-clear]")?.addEventListener("click", () => {
    quietly(() => localStorage.removeItem(key));
    location.assign(form.action);
  });
}

/** Says at once that a photo is too large, instead of after minutes of sending.
 * @param {HTMLFormElement} form */
function photos(form) {
  const control = form.querySelector("input[type=file]");
  const says = /** @type {HTMLElement | null} */ (form.querySelector("[data-photo-error]"));
  if (!(control instanceof HTMLInputElement)) return;
  control.addEventListener("change", () => {
    const most = Number(control.dataset.most) * 2 ** 20;
    const large = [...(control.files ?? [])].some((file) => file.size > most);
    if (large) control.value = "";
    if (says) {
      says.textContent = large ? (control.dataset.large ?? "") : "";
      says.hidden = !large;
    }
  });
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
function input(form, name) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) return field;
  throw new Error(`no field ${name}`);
}
