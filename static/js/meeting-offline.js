// The record form without the server's preview: who is expected, what a kind asks for, one more decision and what
// its matter needs, ready phrases; headings are in meeting-headings.js.
// It draws from <template id="standby">, only while no answer comes; the server judges when the record arrives.
const { phone } = self;
const form = document.querySelector("form[data-draft]");
const standby = document.getElementById("standby");
const rules = standby && JSON.parse(standby.dataset.rules);
const CIRCLES = ["chosen", "all_members", "group", "committee"]; // in the order in which a gathering is understood
const UNJUDGED = "没有信号：表决是否有效，送到以后由系统判断。";
const CLASH = "这几类会应到的人不一样，请分开记。";
const NOBODY = {
  group: "请先选是哪个党小组。",
  committee: "系统里没有登记本支部的支委会。请先在上面点出参加的人；正式党员不足 7 人的支部不设支委会，有事请开党员大会（MEET-04）。",
  chosen: "请先在上面点出参加的人。",
};

const checked = (name) => [...form.querySelectorAll(`[name=${name}]:checked`)].map((box) => box.value);
const part = (selector) => standby.content.querySelector(selector);
const entries = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");

function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

// ---- values ----

function assign(fields) {
  const values = new Map();
  for (const [name, value] of fields) values.set(name, [...(values.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || field.type === "submit" || field.type === "file" || field.name === "csrfmiddlewaretoken") continue;
    const given = values.get(field.name);
    if (field.type === "checkbox" || field.type === "radio") field.checked = Boolean(given?.includes(field.value));
    else if (given) field.value = given[0];
  }
  const known = new Set([...form.elements].map((field) => field.name));
  return [...values].filter(([name]) => !known.has(name));
}

// What the drawn form has no field for is sent along all the same.
function carry(rest) {
  for (const [name, values] of rest) {
    for (const value of values) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      form.append(field);
    }
  }
}

// ---- who and what ----

function circleOf(kinds) {
  return CIRCLES.find((circle) => kinds.length && kinds.every((kind) => rules.circles[kind].includes(circle)));
}

const mustChoose = (circle) => circle === "chosen" || (circle === "committee" && !rules.committee);

function askedFor(kinds, circle) {
  const asked = new Set(kinds.flatMap((kind) => rules.asked[kind]));
  if (mustChoose(circle)) asked.add("chosen");
  if (form.elements.held_on.value.slice(0, 7) !== today().slice(0, 7)) asked.add("late");
  return asked;
}

function expected(circle) {
  const everybody = [...part("#people .people").children].map((tile) => tile.querySelector("input").value);
  if (mustChoose(circle)) return checked("chosen");
  if (circle === "committee") return rules.committee.map(String);
  if (circle === "group") return everybody.filter((id) => String(rules.groups[id]) === form.elements.group?.value);
  return circle ? everybody : [];
}

function drawParts(asked) {
  const place = document.getElementById("particulars");
  for (const shown of place.querySelectorAll("[data-part]")) if (!asked.has(shown.dataset.part)) shown.remove();
  for (const name of asked) {
    const known = part(`[data-part="${name}"]`);
    if (known && !place.querySelector(`[data-part="${name}"]`)) place.append(document.importNode(known, true));
  }
  const late = place.querySelector('[data-part="late"] .note p');
  if (late) late.textContent = "过了月报截止日才送到的，算补录：照样收，请写一句原因。";
  form.elements.asked.value = [...asked].join(" ");
}

function drawPeople(ids, circle) {
  const place = document.getElementById("people");
  const list = document.createElement("ul");
  list.className = "people";
  for (const id of ids) {
    const box = part(`#people .people input[value="${id}"]`);
    if (box) list.append(document.importNode(box.parentElement, true));
  }
  const nobody = document.createElement("p");
  nobody.className = "grey";
  nobody.textContent = NOBODY[circle] || "";
  place.querySelectorAll(".people, :scope > p").forEach((old) => old.remove());
  place.append(ids.length ? list : nobody);
  form.elements.listed.value = ids.join(",");
}

// Whoever came late was there.
const isAway = (id) => form.elements[`reason-${id}`]?.value !== "late";

function drawStanding(ids, circle) {
  const note = document.createElement("div");
  const words = document.createElement("p");
  const count = document.createElement("b");
  note.className = circle ? "note" : "note note-bad";
  count.textContent = circle ? `应到 ${ids.length}，实到 ${ids.length - checked("absent").filter(isAway).length}。 ` : "";
  words.append(count, circle ? UNJUDGED : CLASH);
  note.append(words);
  document.getElementById("standing").replaceChildren(note);
}

const shows = (ids) => form.elements.listed.value === ids.join(",");

function draw() {
  for (const section of document.querySelectorAll("[data-resolution]")) drawDecision(section);
  const said = entries();
  const kinds = checked("kinds");
  const circle = circleOf(kinds);
  drawParts(askedFor(kinds, circle));
  assign(said);
  const ids = expected(circle);
  if (!shows(ids) || !ids.length) drawPeople(ids, circle);
  drawPhrases(kinds);
  assign(said.filter(([name]) => name !== "listed" && name !== "asked"));
  drawStanding(ids, circle);
}

// ---- ready phrases ----

function phraseChip(phrase) {
  const chip = document.createElement("button");
  Object.assign(chip, { type: "button", textContent: phrase });
  chip.dataset.phrase = phrase;
  return chip;
}

function drawPhrases(kinds) {
  const place = document.getElementById("phrases");
  if (form.elements.phrased.value === kinds.join(" ")) return;
  const list = document.createElement("details");
  const title = document.createElement("summary");
  const chips = document.createElement("div");
  title.textContent = "常用的话，点一下加进记录";
  chips.className = "chips";
  chips.append(...[...new Set(kinds.flatMap((kind) => rules.phrases[kind]))].map(phraseChip));
  list.append(title, chips);
  const old = place.querySelector("details");
  list.open = Boolean(old?.open);
  old?.remove();
  if (chips.children.length) place.append(list);
  form.elements.phrased.value = kinds.join(" ");
}

// ---- decisions ----

const SPARE = 2;
const MOST_CANDIDATES = 20;
const prefixOf = (section) => section.querySelector("[name$='-matter']").name.replace(/-matter$/, "");
const field = (section, name) => section.querySelector(`[name="${prefixOf(section)}-${name}"]`);

function copied(selector, prefix) {
  const box = document.createElement("div");
  box.append(document.importNode(part(selector), true));
  box.innerHTML = box.innerHTML.replaceAll("__prefix__", prefix.split("-").pop());
  return box.firstElementChild;
}

// What was just chosen wants a secret ballot: so it is, until somebody says otherwise.
function voteInSecret(section) {
  const matter = field(section, "matter").value;
  if (field(section, "voted_on").value === matter) return;
  field(section, "voted_on").value = matter;
  if (rules.secret.includes(matter)) section.querySelector("[name$='-voting'][value=secret]").checked = true;
}

function drawDecision(section) {
  voteInSecret(section);
  const wanted = rules.decisions[field(section, "matter").value];
  const place = document.getElementById(`${prefixOf(section)}-shown`);
  for (const shown of place.querySelectorAll("[data-decision]")) {
    if (![...wanted, "before"].includes(shown.dataset.decision)) shown.remove();
  }
  for (const name of wanted) {
    if (!place.querySelector(`[data-decision="${name}"]`)) place.append(copied(`[data-decision="${name}"]`, prefixOf(section)));
  }
  if (wanted.includes("election")) drawCandidates(section);
  field(section, "shown").value = wanted.join(" ");
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

function addDecision() {
  const total = form.elements["resolutions-TOTAL_FORMS"];
  const number = Number(total.value);
  const section = copied("[data-resolution]", `resolutions-${number}`);
  section.querySelector("h2").textContent = `决定 ${number + 1}`;
  document.querySelector("[data-add-resolution]").before(section);
  total.value = number + 1;
  drawDecision(section);
  form.elements[`resolutions-${number}-responsible`].value = chosenName("host");
  form.elements[`resolutions-${number}-due_on`].value = aMonthAfter(form.elements.held_on.value);
}

// Filled in as the server does it: the host sees to it within a month.
const chosenName = (name) => (form.elements[name].value ? form.elements[name].selectedOptions[0].textContent : "");

function aMonthAfter(day) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const due = new Date(Date.UTC(year, month, Math.min(date, last)));
  return Number.isNaN(due.getTime()) ? "" : due.toISOString().slice(0, 10);
}

// ---- a kept form is filled in anew, or from the copy that is to be opened ----

function begin() {
  const wish = new URLSearchParams(location.search);
  form.elements.client_key.value = phone.uuid();
  form.elements.page.value = phone.uuid();
  form.elements.version.value = "0";
  form.elements.held_on.value = today();
  if (document.documentElement.dataset.keptAt < new Date().setHours(0, 0, 0, 0)) dropDays();
  const box = wish.get("kind") && form.querySelector(`[name=kinds][value="${CSS.escape(wish.get("kind"))}"]`);
  if (box) assignKinds(box);
  draw();
}

// "昨天" of a form that was kept yesterday is another day.
function dropDays() {
  for (const chip of form.querySelectorAll("[data-fill=held_on]")) chip.remove();
}

function assignKinds(wanted) {
  for (const box of form.querySelectorAll("[name=kinds]")) box.checked = box === wanted;
}

function fill(copy) {
  const number = Number(copy.fields.find(([name]) => name === "resolutions-TOTAL_FORMS")?.[1] || 0);
  form.dataset.action = copy.action;
  form.action = copy.action;
  while (Number(form.elements["resolutions-TOTAL_FORMS"].value) < number) addDecision();
  assign(copy.fields);
  draw();
  carry(assign(copy.fields));
  draw();
  document.querySelector("[data-copies]").hidden = true;
  document.dispatchEvent(new CustomEvent("phone:filled"));
}

async function copyAskedFor() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("copy");
  if (asked) return phone.get("records", asked);
  const mine = await phone.recordsOf(document.documentElement.dataset.person);
  return mine.find((record) => record.page === location.pathname && /edit\/$/.test(record.page) && record.state !== "received");
}

async function open() {
  const copy = await copyAskedFor();
  if (copy && copy.person === document.documentElement.dataset.person) fill(copy);
  else if (phone.isKeptPage) begin();
}

function unanswered(event) {
  if (event.target.closest("[data-add-resolution]")) addDecision();
  else if (event.target.value === "frame") phone.addHeadings(form, rules.headings);
  else if (event.target.id === "preview") draw();
}

if (form && standby) {
  document.addEventListener("htmx:sendError", unanswered);
  document.addEventListener("htmx:timeout", unanswered);
  window.addEventListener("hashchange", open);
  if (phone.isKeptPage || location.hash.startsWith("#copy=")) open();
}
