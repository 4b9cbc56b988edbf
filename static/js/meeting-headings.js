// Headings for the minutes from what the form says, as the server writes them (apps/meetings/minutes.py).
const HEADING = /^[一二三四五六七八九十]+、/gm;
const ONES = "一二三四五六七八九十";

function numeral(number) {
  const tens = Math.floor(number / 10);
  const ones = number % 10 ? ONES[(number % 10) - 1] : "";
  return tens ? `${tens > 1 ? ONES[tens - 1] : ""}十${ones}` : ones;
}

// "清理河道（已办成，10月完工）" of a task that somebody spoke of.
function heardOf(chip) {
  const task = chip.closest("fieldset");
  const remark = task.querySelector("input[type=text]").value.trim();
  return `${task.querySelector("legend").textContent}（${chip.nextElementSibling.textContent}${remark && `，${remark}`}）`;
}

// Its own words, or what its matter and its one person say.
function decisionOf(decision, named) {
  const said = (name) => decision.querySelector(`[name$="-${name}"]`)?.value.trim() || "";
  const matter = decision.querySelector("[name$='-matter']");
  const label = matter.selectedOptions[0].textContent;
  const about = said("about");
  return said("text") || (named.includes(matter.value) ? label : about && `${label}：${about}`);
}

function headingsOf(form, words) {
  const heard = [...form.querySelectorAll("[name^=followup-]:checked")].map(heardOf);
  const items = form.elements.topic.value.split(/[；;]/).map((item) => item.trim()).filter(Boolean);
  const agenda = items.length || form.elements.minutes.value.trim() ? items : [words.subject];
  const decided = [...form.querySelectorAll("[data-resolution]")].map((decision) => decisionOf(decision, words.named));
  return [heard.length && `${words.heard}${heard.join("；")}`, ...agenda, ...decided.map((said) => said && `${words.decided}${said}`)]
    .filter(Boolean);
}

// Every heading that is lacking is put below, numbered on.
self.phone.addHeadings = function addHeadings(form, words) {
  const { minutes } = form.elements;
  const lacking = [...new Set(headingsOf(form, words))].filter((heading) => !minutes.value.includes(heading));
  const first = (minutes.value.match(HEADING) || []).length + 1;
  const lines = lacking.map((heading, place) => `${numeral(first + place)}、${heading}`);
  minutes.value = [minutes.value.trimEnd(), ...lines].filter(Boolean).join("\n");
  minutes.dispatchEvent(new Event("input", { bubbles: true }));
};
