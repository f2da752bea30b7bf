// The form of a report or an observation, made quicker: a click on the map without a round trip, "I am
// there now", a draft that survives a closed browser. Everything also works without this file.

/** How much nearer the second map looks: the same as ZOOM in crates/signals/src/report/map.rs. */
const ZOOM = 4;
const DAY = 86_400_000;
const DRAFT = "regie-draft-";
/** Never kept on the device: how to reach the reporter, files, and what the server knows better. */
const NOT_KEPT = new Set(["name", "email", "phone", "postal", "photo", "remove", "send", "back"]);
/** What each step says of itself. */
const STEP_OWN = new Set(["step", "to"]);

/** @typedef {{ at: number, id: string, fields: Record<string, string[]>, photos: string[] }} Draft */

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
  const place = form.elements.namedItem("lon") ? placeOf(form) : null;
  drafts(form, place);
  words(form);
  addresses(form);
  photos(form);
  sending(form);
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
  const found = form.querySelector("[data-address-search]");
  found?.addEventListener("click", (event) => {
    const button = event.target;
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const [at, label] = button.value.split("|");
    const [x, y] = at.split(" ").map(Number);
    input(form, "address").value = label;
    found.replaceChildren();
    set(x, y);
    input(form, "address").focus();
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

/** Keeps what is typed on this device for a day, until it was sent: a closed tab and a lost connection lose nothing.
 * One draft for all steps of a form; the server keeps what was sent of it.
 * @param {HTMLFormElement} form @param {{ draw: () => void, say: () => void } | null} place */
function drafts(form, place) {
  const key = DRAFT + form.dataset.draft;
  const note = form.querySelector("[data-restored]");
  /** @type {Draft | null} */
  let kept = quietly(() => JSON.parse(localStorage.getItem(key) ?? "null"));
  if (kept && (Date.now() - kept.at >= DAY || !Array.isArray(kept.photos))) kept = null;
  const fresh = "fresh" in form.dataset;
  // a step that came back with faults shows what was sent: that is the newest
  const same = kept !== null && kept.id === form.dataset.id && document.querySelector("#errors") === null;
  if (kept && (fresh || same) && restore(form, kept)) {
    place?.draw();
    place?.say();
    note?.removeAttribute("hidden");
    const names = note?.querySelector("[data-names]");
    if (fresh && kept.photos.length > 0 && names) {
      names.textContent = kept.photos.join(", ");
      names.parentElement?.removeAttribute("hidden");
    }
  }
  // another form of the same kind begins anew
  const before = fresh || same ? kept : null;
  const fields = before?.fields ?? {};
  let shown = before?.photos ?? [];
  const save = () => {
    const now = new FormData(form);
    for (const name of new Set([...form.elements].map((e) => e.getAttribute("name") ?? ""))) {
      const texts = now.getAll(name).filter((value) => typeof value === "string");
      if (name !== "" && !NOT_KEPT.has(name)) fields[name] = /** @type {string[]} */ (texts);
    }
    const files = now.getAll("photo").filter((value) => value instanceof File && value.name !== "");
    if (files.length > 0) shown = files.map((file) => /** @type {File} */ (file).name);
    const id = input(form, "id").value;
    quietly(() => localStorage.setItem(key, JSON.stringify({ at: Date.now(), id, fields, photos: shown })));
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    save();
  });
  form.querySelector("[data-clear]")?.addEventListener("click", () => {
    quietly(() => localStorage.removeItem(key));
    location.assign(form.dataset.start ?? form.action);
  });
}

/** Puts the kept texts and choices in the fields of this step; says whether that changed anything that can be seen.
 * @param {HTMLFormElement} form @param {Draft} kept */
function restore(form, kept) {
  let changed = false;
  for (const [name, values] of Object.entries(kept.fields)) {
    if (STEP_OWN.has(name)) continue;
    for (const field of form.elements) {
      if (field.getAttribute("name") !== name) continue;
      if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
        const chosen = values.includes(field.value) && !field.disabled;
        if (chosen !== field.checked) changed ||= chosen;
        field.checked = chosen;
      } else if (field instanceof HTMLInputElement && field.type === "hidden") {
        field.value = values[0] ?? "";
      } else if ("value" in field && field instanceof HTMLElement && !(field instanceof HTMLButtonElement)) {
        changed ||= field.value !== (values[0] ?? "");
        field.value = values[0] ?? "";
      }
    }
  }
  for (const chosen of form.querySelectorAll("input[type=radio]:checked:not(#kind-report)")) {
    chosen.closest("details")?.setAttribute("open", "");
  }
  return changed;
}

/** Sends once, and only when the server can be reached: else all stays as it is, with a sentence.
 * @param {HTMLFormElement} form */
function sending(form) {
  const says = document.querySelector("[data-offline]");
  /** @type {"ready" | "asking" | "sent"} */
  let state = "ready";
  addEventListener("pageshow", () => (state = "ready"));
  addEventListener("online", () => says?.setAttribute("hidden", ""));
  form.addEventListener("submit", async (event) => {
    if (state === "sent") return;
    event.preventDefault();
    if (state === "asking") return;
    state = "asking";
    const button = /** @type {HTMLElement | null} */ (event.submitter);
    const reached = await fetch(form.dataset.start ?? form.action, { method: "HEAD", signal: AbortSignal.timeout(8000) })
      .then(() => true)
      .catch(() => false);
    if (reached) {
      state = "sent";
      says?.setAttribute("hidden", "");
      form.requestSubmit(button);
      setTimeout(() => (state = "ready"), 3000);
    } else {
      state = "ready";
      says?.removeAttribute("hidden");
      says?.scrollIntoView({ block: "center" });
    }
  });
}

/** While words are typed: how many are left, what they seem to be about, and whether somebody else should be called.
 * @param {HTMLFormElement} form */
function words(form) {
  const field = form.querySelector("textarea[name=words]");
  if (!(field instanceof HTMLTextAreaElement)) return;
  const count = /** @type {HTMLElement | null} */ (form.querySelector("[data-count]"));
  const place = /** @type {HTMLElement | null} */ (form.querySelector("[data-suggest]"));
  const told = form.elements.namedItem("told");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let asked = "";
  const left = () => {
    if (!count) return;
    const rest = Number(count.dataset.most) - field.value.length;
    count.textContent = (count.dataset.text ?? "").replace(/\d+/, String(rest));
    count.hidden = rest > 1000;
  };
  const ask = async () => {
    const text = field.value.trim();
    if (!place || text === asked || text.length < 8) return;
    asked = text;
    const body = new URLSearchParams({ words: text, told: told instanceof HTMLInputElement ? told.value : "" });
    const answer = await fetch(place.dataset.suggest ?? "", { method: "POST", body }).catch(() => null);
    if (!answer?.ok || field.value.trim() !== text) return;
    const piece = document.createRange().createContextualFragment(await answer.text());
    const warned = /** @type {HTMLElement | null} */ (piece.querySelector("[data-told]"));
    // who reads it here need not be asked again
    if (warned && told instanceof HTMLInputElement) told.value = warned.dataset.told ?? told.value;
    if (place.querySelector("[data-told]") && !warned) return;
    place.replaceChildren(piece);
  };
  field.addEventListener("input", () => {
    left();
    clearTimeout(waiting);
    waiting = setTimeout(ask, 900);
  });
  left();
}

/** While an address is typed: places that fit it.
 * @param {HTMLFormElement} form */
function addresses(form) {
  const field = form.elements.namedItem("address");
  const place = /** @type {HTMLElement | null} */ (form.querySelector("[data-address-search]"));
  if (!(field instanceof HTMLInputElement) || !place) return;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const ask = async () => {
    const address = field.value.trim();
    const body = new URLSearchParams({ address });
    const answer = await fetch(place.dataset.addressSearch ?? "", { method: "POST", body }).catch(() => null);
    if (answer?.ok && field.value.trim() === address) {
      place.replaceChildren(document.createRange().createContextualFragment(await answer.text()));
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 350);
  });
}

/** Says at once that a photo is too large, instead of after minutes of sending; shows what was chosen; offers the camera
 * of a phone.
 * @param {HTMLFormElement} form */
function photos(form) {
  const controls = [...form.querySelectorAll("input[type=file]")].filter((c) => c instanceof HTMLInputElement);
  const says = /** @type {HTMLElement | null} */ (form.querySelector("[data-photo-error]"));
  const preview = /** @type {HTMLElement | null} */ (form.querySelector("[data-preview]"));
  if (matchMedia("(pointer: coarse)").matches) form.querySelector("[data-camera]")?.removeAttribute("hidden");
  for (const control of controls) {
    control.addEventListener("change", () => {
      const most = Number(control.dataset.most) * 2 ** 20;
      const large = [...(control.files ?? [])].some((file) => file.size > most);
      if (large) control.value = "";
      if (says) {
        says.textContent = large ? (control.dataset.large ?? "") : "";
        says.hidden = !large;
      }
      void show();
      form.dispatchEvent(new Event("input"));
    });
  }

  async function show() {
    const files = controls.flatMap((control) => [...(control.files ?? [])]);
    const items = await Promise.all(files.map((file) => small(file).catch(() => null)));
    preview?.replaceChildren(...items.filter((item) => item !== null));
  }

  /** @param {File} file */
  async function small(file) {
    const picture = await createImageBitmap(file, { resizeHeight: 224 });
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext("2d")?.drawImage(picture, 0, 0);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${preview?.dataset.alt ?? ""}: ${file.name}`);
    const item = document.createElement("li");
    item.append(canvas);
    return item;
  }
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
function input(form, name) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) return field;
  throw new Error(`no field ${name}`);
}
