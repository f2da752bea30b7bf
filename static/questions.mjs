// Extra questions of a category: one that is not asked (its condition is not met) is hidden. Without this file it is
// shown with a sentence that says when to answer it, and the server decides.

for (const form of document.forms) {
  const conditional = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-when]")]);
  if (conditional.length > 0) {
    const show = () => show_asked(form, conditional);
    form.addEventListener("change", show);
    show();
  }
}

/** In the order of the page, so that what hangs on a hidden question is hidden too.
 * @param {HTMLFormElement} form @param {HTMLElement[]} conditional */
function show_asked(form, conditional) {
  for (const question of conditional) {
    const { when, equals } = question.dataset;
    const chosen = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input:checked")]);
    question.hidden = !chosen.some(
      (input) => input.name === when && input.value === equals && input.closest("[data-when][hidden]") === null,
    );
  }
}
