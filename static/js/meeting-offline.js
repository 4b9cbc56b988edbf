// The record form without the server's preview: who is expected, what a kind asks for, who is not counted, whether
// enough came, ready phrases; decisions are in meeting-decisions.js, headings in meeting-headings.js.
// It draws from <template id="standby">, only while no answer comes; the server judges again when the record arrives.
const { phone } = self;
const form = document.querySelector("form[data-draft]");
const standby = document.getElementById("standby");
const rules = standby && JSON.parse(standby.dataset.rules);
const CIRCLES = ["chosen", "all_members", "group", "committee"]; // in the order in which a gathering is understood
const BY_THE_PHONE = "没有信号，这是按手机上存的名册算的；送到以后系统再核一遍。";
const CLASH = "这几类会应到的人不一样，请分开记。";
const NO_KIND = "请选择会议类型。";
const NOBODY = {
  group: "请先选是哪个党小组。",
  committee: "系统里没有登记本支部的支委会。请先在上面点出参加的人；正式党员不足 7 人的支部不设支委会，有事请开党员大会（MEET-04）。",
  chosen: "请先在上面点出参加的人。",
};

// What says on the form which parts are drawn: no copy of what was said decides it.
const DRAWN = ["listed", "asked", "excludable", "phrased"];
const isSaid = ([name]) => !DRAWN.includes(name);

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

const everybody = () => [...part("#people .people").children].map((tile) => tile.querySelector("input").value);

function expected(circle) {
  if (mustChoose(circle)) return checked("chosen");
  if (circle === "committee") return rules.committee.map(String);
  if (circle === "group") return everybody().filter((id) => String(rules.groups[id]) === form.elements.group?.value);
  return circle ? everybody() : [];
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
const isLate = (id) => form.elements[`reason-${id}`]?.value === "late";
const hasPapers = (id) => ["exclusion", "exclusion_paper", "exclusion_on"].every((name) => form.elements[`${name}-${id}`]?.value.trim());

// The gathering as meeting-verdict.js wants it.
function gatheringOf(kinds, circle, ids) {
  const ticked = checked("absent").filter((id) => ids.includes(id));
  const absent = ticked.filter((id) => !isLate(id));
  const day = form.elements.held_on.value || today();
  return { kinds, circle, day, expected: ids, everybody: everybody(), absent, late: ticked.length - absent.length, excluded: absent.filter(hasPapers) };
}

function standingOf(gathering) {
  const { kinds, circle, expected: ids, absent, late } = gathering;
  if (!circle) return { state: "bad", title: "", sentence: kinds.length ? CLASH : NO_KIND };
  const title = `应到 ${ids.length}，实到 ${ids.length - absent.length}${late ? `（${late} 人来晚）` : ""}。 `;
  return { ...phone.verdict.standing(rules, gathering), title };
}

function drawStanding(gathering) {
  const { title, ...words } = standingOf(gathering);
  const note = phone.decisions.noteOf(words);
  const count = document.createElement("b");
  const by = document.createElement("p");
  count.textContent = title;
  by.className = "help";
  by.textContent = BY_THE_PHONE;
  note.firstElementChild.prepend(count);
  note.append(by);
  document.getElementById("standing").replaceChildren(note);
}

const shows = (ids) => form.elements.listed.value === ids.join(",");

function draw() {
  phone.decisions.draw();
  const said = entries();
  const kinds = checked("kinds");
  const circle = circleOf(kinds);
  drawParts(askedFor(kinds, circle));
  assign(said.filter(isSaid));
  const ids = expected(circle);
  if (!shows(ids) || !ids.length) drawPeople(ids, circle);
  drawPhrases(kinds);
  assign(said.filter(isSaid));
  drawExclusions(phone.verdict.excludable(rules, gatheringOf(kinds, circle, ids), phone.decisions.matters()));
  assign(said.filter(isSaid));
  const gathering = gatheringOf(kinds, circle, ids);
  drawStanding(gathering);
  phone.decisions.judge(gathering);
}

// ---- who is not counted among those expected (MEM-43) ----

const nameOf = (id) => part(`#people label[for="absent-${id}"]`).firstChild.textContent.trim();

function exclusionRow(blank, id) {
  const row = document.importNode(blank, true);
  row.innerHTML = row.innerHTML.replaceAll('-0"', `-${id}"`);
  row.querySelector("legend").textContent = nameOf(id);
  row.querySelector("select").setAttribute("aria-label", `${nameOf(id)}：情形`);
  return row;
}

function drawExclusions(ids) {
  const place = document.getElementById("exclusions");
  if (form.elements.excludable.value === ids.join(",")) return;
  const old = place.querySelector("details");
  const drawn = document.importNode(part("#exclusions details"), true);
  const blank = drawn.querySelector("fieldset");
  blank.replaceWith(...ids.map((id) => exclusionRow(blank, id)));
  drawn.open = Boolean(old?.open);
  old?.remove();
  if (ids.length) place.append(drawn);
  form.elements.excludable.value = ids.join(",");
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
  if (wish.get("group") && form.elements.group) form.elements.group.value = wish.get("group");
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
  while (Number(form.elements["resolutions-TOTAL_FORMS"].value) < number) phone.decisions.add();
  const said = copy.fields.filter(isSaid);
  assign(said);
  draw();
  carry(assign(said));
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
  if (event.target.closest("[data-add-resolution]")) phone.decisions.add();
  else if (event.target.value === "frame") phone.addHeadings(form, rules.headings);
  else if (event.target.id === "preview") draw();
}

if (form && standby) {
  document.addEventListener("htmx:sendError", unanswered);
  document.addEventListener("htmx:timeout", unanswered);
  window.addEventListener("hashchange", open);
  if (phone.isKeptPage || location.hash.startsWith("#copy=")) open();
}
