// Ready answers go into their field, ready phrases into the minutes at the cursor. Without this script the
// same buttons send the form, and the server puts them in.
const GAP = /《[\s　]*》|＿＿/;

function told(field) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function fill(button) {
  const field = button.form.elements[button.dataset.fill];
  const { lecturer } = button.form.elements;
  field.value = button.dataset.value;
  if (button.dataset.lecturer && lecturer) lecturer.value = button.dataset.lecturer;
  told(field);
}

// A phrase begins a line of its own; the cursor goes into its gap, or behind it.
function insert(button) {
  const minutes = button.form.elements.minutes;
  const at = minutes.selectionStart === 0 ? minutes.value.length : minutes.selectionEnd;
  const before = minutes.value.slice(0, at);
  const phrase = (before && !before.endsWith("\n") ? "\n" : "") + button.dataset.phrase;
  minutes.setRangeText(phrase, at, at, "end");
  const gap = GAP.exec(phrase);
  minutes.focus();
  if (gap) minutes.setSelectionRange(at + gap.index, at + gap.index + gap[0].length);
  told(minutes);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill], [data-phrase]");
  if (!button) return;
  event.preventDefault();
  if (button.dataset.fill) fill(button);
  else insert(button);
});

// A new decision's heading comes from the server; what was typed meanwhile is never replaced by it.
let asked = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "preview") asked = document.querySelector("#id_minutes")?.value ?? "";
});
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const { target } = event.detail;
  if (target.id === "id_minutes" && (target.value !== asked || target === document.activeElement)) event.preventDefault();
});
