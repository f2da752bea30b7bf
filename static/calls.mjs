// The screen of a call: what is offered follows what is typed, and a press on it fills the form. Without this file the
// same buttons go by the server.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-calls]"));
if (form) {
  run(form);
}

/** @param {HTMLFormElement} form */
function run(form) {
  const control = (/** @type {string} */ name) =>
    /** @type {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} */ (form.elements.namedItem(name));
  let asked = control("asked").value;
  let waiting = 0;
  let turn = 0;
  const keys = form.querySelector("[data-keys]");
  if (keys instanceof HTMLElement) {
    keys.hidden = false;
  }
  control("words").focus();

  const later = (delay = 350) => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => void look(), delay);
  };
  form.addEventListener("input", (event) => {
    const name = /** @type {HTMLInputElement} */ (event.target).name;
    if (name === "address") {
      // another address: the point of the last one says nothing any more
      control("place").value = "";
    }
    if (name === "words" || name === "address") {
      later();
    }
  });
  control("category").addEventListener("change", () => later(0));
  form.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (button?.name === "pick") {
      event.preventDefault();
      control("category").value = button.value;
      control("category").focus();
      later(0);
    } else if (button?.name === "found") {
      event.preventDefault();
      const [at, label] = button.value.split("|");
      control("place").value = at;
      control("address").value = label;
      control("address").focus();
      later(0);
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(/** @type {HTMLButtonElement} */ (form.querySelector("button[name=send]")));
    }
    const nth = Number(event.key);
    if (event.altKey && nth >= 1 && nth <= 3) {
      const offers = form.querySelectorAll("[data-part=guesses] button");
      if (offers[nth - 1] instanceof HTMLElement) {
        event.preventDefault();
        /** @type {HTMLElement} */ (offers[nth - 1]).click();
      }
    }
  });

  /** Asks what fits what was typed; an answer that was overtaken is dropped. */
  async function look() {
    const mine = ++turn;
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
    const answer = await fetch(form.dataset.calls ?? "", { method: "POST", body }).catch(() => null);
    if (!answer?.ok || mine !== turn) {
      return;
    }
    const pieces = new DOMParser().parseFromString(await answer.text(), "text/html");
    const category = control("category").value;
    for (const piece of pieces.querySelectorAll("[data-part]")) {
      const part = /** @type {HTMLElement} */ (piece).dataset.part;
      // questions that are being answered stay as they are
      if (part !== "questions" || category !== asked) {
        form.querySelector(`[data-part=${part}]`)?.replaceChildren(...piece.childNodes);
      }
    }
    asked = category;
    control("asked").value = category;
  }
}
