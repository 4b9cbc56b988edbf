// A button with data-copied-from="id" takes what that element says along; without script, or where the browser does not
// let a page do it, there is no such button.
for (const button of document.querySelectorAll("button[data-copied-from]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copiedFrom).textContent);
    button.textContent = "已复制";
  });
}
