// Keys for the moderator: j and k go to the next and the previous report, s shows it without words, w shows it with the
// words in the field, h hides it. Everything also works without this file.

/** @type {HTMLElement[]} */
const items = [...document.querySelectorAll("[data-item]")].filter((item) => item instanceof HTMLElement);
let current = -1;

for (const element of document.querySelectorAll("[data-scripted]")) element.removeAttribute("hidden");
items.forEach((item, index) => item.addEventListener("focusin", () => mark(index)));
document.addEventListener("keydown", (event) => {
  const at = event.target;
  const typing = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement;
  if (typing || event.ctrlKey || event.metaKey || event.altKey || items.length === 0) return;
  if (event.key === "j") go(Math.min(current + 1, items.length - 1));
  else if (event.key === "k") go(Math.max(current - 1, 0));
  else if (event.key === "s") press("show");
  else if (event.key === "w") press("show-words");
  else if (event.key === "h") press("hide");
  else return;
  event.preventDefault();
});

/** @param {number} index */
function mark(index) {
  items.forEach((item, n) => item.toggleAttribute("data-current", n === index));
  current = index;
}

/** @param {number} index */
function go(index) {
  mark(index);
  const heading = items[index]?.querySelector("h2");
  if (heading instanceof HTMLElement) heading.focus();
}

/** @param {string} act */
function press(act) {
  const button = items[current]?.querySelector(`button[value="${act}"]`);
  if (button instanceof HTMLButtonElement) button.click();
}
