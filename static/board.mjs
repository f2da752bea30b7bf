// The live board: asks for the page again every few seconds and puts the new one in place, unless somebody is filling
// something in. A call for assistance makes a sound. Without this file the page reloads itself.

const EVERY = 4_000;
const board = /** @type {HTMLElement} */ (document.querySelector("[data-board]"));
const standing = /** @type {HTMLElement} */ (document.querySelector("[data-standing]"));
const button = /** @type {HTMLButtonElement} */ (document.querySelector("[data-sound]"));
const title = document.title;
/** @type {AudioContext | null} */
let audio = null;

/** Two tones, as long as a call is open and nobody answered. */
function alarm() {
  if (!audio || audio.state !== "running") return;
  for (const [at, pitch] of [[0, 880], [0.25, 660], [0.5, 880]]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.value = 0.25;
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.2);
  }
}

function show() {
  const call = board.dataset.alarm;
  document.title = call ? `! ${call}` : title;
  document.body.classList.toggle("alarm", Boolean(call));
  if (call) alarm();
}

function busy() {
  const at = document.activeElement;
  const typing = at instanceof HTMLInputElement && board.contains(at);
  const open = [...board.querySelectorAll("input:not([type=hidden])")];
  return typing || open.some((input) => /** @type {HTMLInputElement} */ (input).value !== "");
}

async function look() {
  try {
    const answer = await fetch("/board", { headers: { accept: "text/html" }, redirect: "error", signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-board]");
    const said = page.querySelector("[data-standing]");
    if (!(fresh instanceof HTMLElement) || !said) throw new Error("no board");
    standing.textContent = said.textContent;
    if (fresh.dataset.alarm) board.dataset.alarm = fresh.dataset.alarm;
    else delete board.dataset.alarm;
    if (!busy()) {
      const focus = document.activeElement instanceof HTMLElement && board.contains(document.activeElement);
      const mark = focus ? mark_of(/** @type {HTMLElement} */ (document.activeElement)) : "";
      board.replaceChildren(...fresh.childNodes);
      const back = mark && [...board.querySelectorAll("a, button")].find((e) => mark_of(/** @type {HTMLElement} */ (e)) === mark);
      if (back instanceof HTMLElement) back.focus();
    }
  } catch {
    standing.textContent = standing.dataset.lost ?? "";
  }
  show();
  setTimeout(look, EVERY);
}

/** What makes a control findable in the next page. @param {HTMLElement} element */
const mark_of = (element) => `${element.tagName} ${element.textContent}`;

button.hidden = false;
button.addEventListener("click", async () => {
  if (audio?.state === "running") await audio.suspend();
  else {
    audio ??= new AudioContext();
    await audio.resume();
    alarm();
  }
  button.textContent = (audio?.state === "running" ? button.dataset.off : button.dataset.on) ?? "";
});
show();
setTimeout(look, EVERY);
