// Text size: takes effect at once and is remembered for a year; without script the form posts instead.
const KEPT_FOR = 60 * 60 * 24 * 365;

function apply(size, form) {
  const root = document.documentElement;
  if (size === "standard") delete root.dataset.text;
  else root.dataset.text = size;
  document.cookie = `text_size=${size}; path=/; max-age=${KEPT_FOR}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === size));
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-text-size]")) return;
  event.preventDefault();
  apply(event.submitter.value, event.target);
});
