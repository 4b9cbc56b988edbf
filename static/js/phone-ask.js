// A question in a dialog, in plain words; the answer is the value of the button that was pressed, "" for none.
self.phone.ask = (sentence, choices) => new Promise((resolve) => {
  const dialog = document.createElement("dialog");
  const words = document.createElement("p");
  const row = document.createElement("div");
  words.id = "phone-question";
  words.textContent = sentence;
  dialog.setAttribute("aria-labelledby", words.id);
  row.className = "buttons";
  for (const [value, label, look] of choices) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.className = look || "";
    button.addEventListener("click", () => dialog.close(value));
    row.append(button);
  }
  dialog.append(words, row);
  dialog.addEventListener("close", () => {
    dialog.remove();
    resolve(dialog.returnValue);
  });
  document.body.append(dialog);
  dialog.showModal();
});
