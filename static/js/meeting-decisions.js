// The decisions on the record form while no answer comes: one more of them, the parts that its matter needs, and what
// the rules say to it (meeting-verdict.js). It draws from <template id="standby">; meeting-offline.js says when.
const { phone } = self;
const form = document.querySelector("form[data-draft]");
const standby = document.getElementById("standby");
const rules = standby && JSON.parse(standby.dataset.rules);
const SPARE = 2;
const MOST_CANDIDATES = 20;
const TELLS = ["text", "about", "dissent"];
const NUMBERS = ["in_favour", "against", "abstained", "written_in_favour", "seats", "ballots_issued", "ballots_returned", "ballots_void"];

const sections = () => [...document.querySelectorAll("[data-resolution]")];
const prefixOf = (section) => section.querySelector("[name$='-matter']").name.replace(/-matter$/, "");
const field = (section, name) => section.querySelector(`[name="${prefixOf(section)}-${name}"]`);
const matterOf = (section) => field(section, "matter").value;
const placeOf = (section, name) => document.getElementById(`${prefixOf(section)}-${name}`);

function copied(selector, prefix) {
  const box = document.createElement("div");
  box.append(document.importNode(standby.content.querySelector(selector), true));
  box.innerHTML = box.innerHTML.replaceAll("__prefix__", prefix.split("-").pop());
  return box.firstElementChild;
}

// ---- parts ----

// What was just chosen wants a secret ballot: so it is, until somebody says otherwise.
function voteInSecret(section) {
  const matter = matterOf(section);
  if (field(section, "voted_on").value === matter) return;
  field(section, "voted_on").value = matter;
  if (rules.secret.includes(matter)) section.querySelector("[name$='-voting'][value=secret]").checked = true;
}

function drawParts(section, wanted) {
  const place = placeOf(section, "shown");
  for (const shown of place.querySelectorAll("[data-decision]")) if (!wanted.includes(shown.dataset.decision)) shown.remove();
  for (const name of wanted) {
    if (!place.querySelector(`[data-decision="${name}"]`)) place.append(copied(`[data-decision="${name}"]`, prefixOf(section)));
  }
  field(section, "shown").value = wanted.join(" ");
}

function draw(section) {
  voteInSecret(section);
  const wanted = rules.decisions[matterOf(section)];
  const before = field(section, "discussed_in") ? ["before"] : []; // whether it goes is for the verdict to say
  drawParts(section, [...wanted, ...before]);
  if (wanted.includes("election")) drawCandidates(section);
}

// Room for more candidates than seats, and for one more than are named.
function drawCandidates(section) {
  const rows = () => [...section.querySelectorAll("[data-candidate]")];
  const named = rows().filter((row) => row.querySelector("[name$='_name']").value.trim()).length;
  const needed = Math.min(Math.max(Number(field(section, "seats").value) + SPARE, named + 1), MOST_CANDIDATES);
  for (let number = rows().length; number < needed; number += 1) {
    const row = copied("[data-candidate]", prefixOf(section));
    row.innerHTML = row.innerHTML.replaceAll("candidate_0_", `candidate_${number}_`);
    row.querySelector("legend").textContent = `候选人 ${number + 1}`;
    rows().pop().after(row);
  }
  field(section, "rows").value = rows().length;
}

function add() {
  const total = form.elements["resolutions-TOTAL_FORMS"];
  const number = Number(total.value);
  const section = copied("[data-resolution]", `resolutions-${number}`);
  section.querySelector("h2").textContent = `决定 ${number + 1}`;
  document.querySelector("[data-add-resolution]").before(section);
  total.value = number + 1;
  drawParts(section, []); // the blank decision has all of them
  draw(section);
  field(section, "responsible").value = chosenName("host");
  field(section, "due_on").value = aMonthAfter(form.elements.held_on.value);
}

// Filled in as the server does it: the host sees to it within a month.
const chosenName = (name) => (form.elements[name].value ? form.elements[name].selectedOptions[0].textContent : "");

function aMonthAfter(day) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const due = new Date(Date.UTC(year, month, Math.min(date, last)));
  return Number.isNaN(due.getTime()) ? "" : due.toISOString().slice(0, 10);
}

// ---- what was said ----

const wordsIn = (input) => (input ? input.value.trim() : "");
const numberIn = (input) => (/^\d+$/.test(wordsIn(input)) ? Number(input.value) : null);

function candidateIn(row) {
  const votes = (name) => numberIn(row.querySelector(`[name$="_${name}"]`)) || 0;
  return {
    name: wordsIn(row.querySelector("[name$='_name']")), inFavour: votes("in_favour"), against: votes("against"),
    abstained: votes("abstained"), onBallot: !row.querySelector("[name$='_written_in']").checked,
  };
}

function saidIn(section) {
  const number = (name) => numberIn(field(section, name));
  const { value, selectedOptions } = field(section, "matter");
  return {
    matter: value, label: selectedOptions[0].textContent, secret: section.querySelector("[name$='-voting'][value=secret]").checked,
    inFavour: number("in_favour"), against: number("against") || 0, abstained: number("abstained") || 0,
    written: number("written_in_favour") || 0, discussedIn: wordsIn(field(section, "discussed_in")),
    seats: number("seats") || 0, issued: number("ballots_issued"), returned: number("ballots_returned"), spoilt: number("ballots_void") || 0,
    people: [...section.querySelectorAll("[data-candidate]")].map(candidateIn).filter((one) => one.name),
  };
}

// Whether anything was said of it: an untouched decision is none.
function isTold(section) {
  if (section.querySelector("[name$='-DELETE']")?.checked) return false;
  const told = TELLS.some((name) => wordsIn(field(section, name))) || NUMBERS.some((name) => numberIn(field(section, name)));
  return told || matterOf(section) !== "ordinary" || saidIn(section).people.length > 0;
}

const matters = () => sections().filter(isTold).map(matterOf);

// ---- what the rules say to it ----

function noteOf({ state, sentence, rule, where }) {
  const note = document.createElement("div");
  const words = document.createElement("p");
  note.className = state ? `note note-${state}` : "note";
  words.textContent = sentence;
  note.append(words);
  if (rule) {
    const source = document.createElement("p");
    source.className = "source";
    source.textContent = `${where} · ${rule}`;
    note.append(source);
  }
  return note;
}

// The committee's meetings up to the day of this one; what is chosen stays, since a disabled choice is not sent.
function offerDiscussions(section, day) {
  for (const option of field(section, "discussed_in").options) {
    option.disabled = rules.discussions[option.value] > day && !option.selected;
  }
}

function judgeOne(section, gathering) {
  const said = saidIn(section);
  const { ruling, hints } = isTold(section) ? phone.verdict.judge(rules, gathering, said) : { hints: [] };
  const before = said.discussedIn || hints.some((hint) => hint.rule === "MEET-15") ? ["before"] : [];
  drawParts(section, [...rules.decisions[said.matter], ...before]);
  if (before.length) offerDiscussions(section, gathering.day);
  placeOf(section, "ruling").replaceChildren(...(ruling ? [ruling] : []).concat(hints).map(noteOf));
  const dissent = placeOf(section, "dissenting").querySelector("details");
  if (dissent && (said.against || said.abstained)) dissent.open = true;
}

phone.decisions = {
  add,
  draw: () => sections().forEach(draw),
  judge: (gathering) => sections().forEach((section) => judgeOne(section, gathering)),
  matters,
  noteOf,
};
