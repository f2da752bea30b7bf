// The plan of a shift while Regie searches on: says how far it is, and shows a better plan as soon as it was found, but
// not while somebody is busy in it. Without this file the same page shows the newest plan when it is opened again.

/** @typedef {{ going: boolean, text: string, stamp: string }} Progress */

const EVERY = 1_000;
const panel = document.querySelector("[data-progress]");
if (panel instanceof HTMLElement) void watch(panel);

/** @param {HTMLElement} panel */
async function watch(panel) {
  const says = /** @type {HTMLElement} */ (panel.querySelector("[data-says]"));
  const address = panel.dataset.progress ?? "";
  // A form that was refused shows the plan under another address, which only takes forms.
  const home = address.replace(/\/progress$/, "");
  let was = "";
  for (;;) {
    /** @type {Progress | undefined} */
    let now;
    try {
      const answer = await fetch(address, { headers: { accept: "application/json" } });
      if (answer.ok) now = await answer.json();
    } catch {
      // no connection: the plan on the page stays, and the next try is not far
    }
    if (now?.stamp === "over") return location.assign(home);
    if (now) {
      if (now.text !== was) says.textContent = was = now.text;
      show(panel, now.going);
      const plan = document.querySelector("[data-plan]");
      const newer = plan instanceof HTMLElement && plan.dataset.plan !== now.stamp;
      if (newer && !busy(plan)) await renew(plan, home);
      else if (!newer && !now.going) return;
    }
    await new Promise((later) => setTimeout(later, EVERY));
  }
}

/** @param {HTMLElement} panel @param {boolean} going */
function show(panel, going) {
  for (const [name, is] of [["data-going", going], ["data-idle", !going]]) {
    const part = panel.querySelector(`[${name}]`);
    if (part instanceof HTMLElement) part.hidden = !is;
  }
}

/** Whether somebody is busy in the plan: a button has the focus, or an explanation is open.
 * @param {HTMLElement} plan */
function busy(plan) {
  return plan.contains(document.activeElement) || plan.querySelector("details[open]") !== null;
}

/** Puts the newest plan in the place of the one on the page; what was typed for the approval stays.
 * @param {HTMLElement} plan @param {string} home */
async function renew(plan, home) {
  const answer = await fetch(home);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-plan]");
  if (!fresh || busy(plan)) return;
  plan.replaceWith(document.importNode(fresh, true));
  for (const name of ["plan", "version"]) {
    const from = page.querySelector(`form[data-approve] input[name=${name}]`);
    const to = document.querySelector(`form[data-approve] input[name=${name}]`);
    if (from instanceof HTMLInputElement && to instanceof HTMLInputElement) to.value = from.value;
  }
}
