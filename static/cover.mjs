// Covering faces and number plates by drawing rectangles over a picture. Without this file the numbered squares
// under the picture do the same.

const form = document.querySelector("form[data-cover]");
if (form instanceof HTMLFormElement) {
  start(form);
}

/** @param {HTMLFormElement} form */
function start(form) {
  const picture = form.querySelector("svg[data-picture]");
  const drawn = form.querySelector("[data-areas]");
  const field = form.querySelector("input[name=areas]");
  const says = /** @type {HTMLElement | null} */ (form.querySelector("[data-says]"));
  if (!(picture instanceof SVGSVGElement) || !drawn || !(field instanceof HTMLInputElement)) return;
  const { width, height } = picture.viewBox.baseVal;
  /** Rectangles in thousandths: left, top, right, bottom. @type {number[][]} */
  let areas = field.value === "" ? [] : field.value.split(";").map((area) => area.split(",").map(Number));
  /** @type {{ x: number, y: number } | null} */
  let from = null;
  /** @type {number[] | null} */
  let live = null;

  /** @param {PointerEvent} event */
  function at(event) {
    const box = /** @type {SVGSVGElement} */ (picture).getBoundingClientRect();
    const part = (/** @type {number} */ n, /** @type {number} */ whole) =>
      Math.round(Math.min(1, Math.max(0, n / whole)) * 1000);
    return { x: part(event.clientX - box.left, box.width), y: part(event.clientY - box.top, box.height) };
  }

  function draw() {
    const rects = (live ? [...areas, live] : areas).map(([left, top, right, bottom]) => {
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      rect.setAttribute("x", String((left / 1000) * width));
      rect.setAttribute("y", String((top / 1000) * height));
      rect.setAttribute("width", String(((right - left) / 1000) * width));
      rect.setAttribute("height", String(((bottom - top) / 1000) * height));
      return rect;
    });
    drawn?.replaceChildren(...rects);
    /** @type {HTMLInputElement} */ (field).value = areas.map((area) => area.join(",")).join(";");
  }

  function say() {
    if (says) says.textContent = `${says.dataset.many ?? ""} ${areas.length}`;
  }

  picture.classList.add("drawing");
  picture.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    picture.setPointerCapture(event.pointerId);
    from = at(event);
  });
  picture.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    live = [Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y)];
    draw();
  });
  picture.addEventListener("pointerup", () => {
    // a click without a move is no rectangle
    if (live && live[2] - live[0] >= 4 && live[3] - live[1] >= 4) areas.push(live);
    from = live = null;
    draw();
    say();
  });
  picture.addEventListener("pointercancel", () => {
    from = live = null;
    draw();
  });
  form.querySelector("[data-undo]")?.addEventListener("click", () => {
    areas.pop();
    draw();
    say();
  });
  form.querySelector("[data-clear]")?.addEventListener("click", () => {
    areas = [];
    for (const box of form.querySelectorAll("input[name=cell]")) {
      if (box instanceof HTMLInputElement) box.checked = false;
    }
    draw();
    say();
  });
  for (const element of form.querySelectorAll("[data-scripted]")) element.removeAttribute("hidden");
}
