// A button with data-confirm="sentence" asks first, in a dialog whose button repeats its own words.
function dialogFor(button) {
  const dialog = document.createElement("dialog");
  const sentence = document.createElement("p");
  const row = document.createElement("div");
  const cancel = document.createElement("button");
  const go = document.createElement("button");
  sentence.id = "confirm-sentence";
  sentence.textContent = button.dataset.confirm;
  dialog.setAttribute("aria-labelledby", sentence.id);
  row.className = "buttons";
  cancel.textContent = "不做了";
  go.textContent = button.textContent.trim();
  go.className = button.classList.contains("danger") ? "danger" : "primary";
  cancel.addEventListener("click", () => dialog.close());
  go.addEventListener("click", () => dialog.close("go"));
  row.append(cancel, go);
  dialog.append(sentence, row);
  return dialog;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-confirm]");
  if (!button) return;
  event.preventDefault();
  if (!button.form.noValidate && !button.form.reportValidity()) return;
  const dialog = dialogFor(button);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "go") button.form.requestSubmit(button);
    else button.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
});
