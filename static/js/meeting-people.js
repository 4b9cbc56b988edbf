// A tapped name asks why at once; the answer is the second tap. Without this script the tile shows its own list.
function button(words, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = words;
  element.addEventListener("click", act);
  return element;
}

function sheetFor(name, select) {
  const dialog = document.createElement("dialog");
  const question = document.createElement("h2");
  const row = document.createElement("div");
  question.id = "why-absent";
  question.textContent = `${name}为什么没有来？`;
  dialog.setAttribute("aria-labelledby", question.id);
  row.className = "buttons";
  for (const option of select.options) {
    if (option.value) row.append(button(option.textContent, () => dialog.close(option.value)));
  }
  row.append(button("点错了，来了", () => dialog.close("")));
  dialog.append(question, row);
  return dialog;
}

function ask(box) {
  const select = box.parentElement.querySelector("select");
  const dialog = sheetFor(box.parentElement.querySelector("label").firstChild.textContent.trim(), select);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue) select.value = dialog.returnValue;
    else box.checked = false;
    dialog.remove();
    (dialog.returnValue ? select : box).dispatchEvent(new Event("change", { bubbles: true }));
    box.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.matches(".person > input[type=checkbox]") || !box.checked) return;
  if (box.parentElement.querySelector("select").value === "") ask(box);
});
