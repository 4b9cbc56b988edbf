// Filter forms send themselves when a choice changes; what is typed waits for Enter or the button.
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-autosubmit]") && event.target.matches("select, [type=checkbox], [type=radio]")) form.requestSubmit();
});
