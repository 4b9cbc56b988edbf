// What is typed stays on the phone until the server has it, and the page says where it is.
// The copy belongs to one person; "接着写" opens it again.
const { phone } = self;
const html = document.documentElement;
const form = document.querySelector("form[data-draft]");
const PHONE = "/meetings/phone/";
let typed = 0;

const clock = () => new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
const key = () => form.elements.client_key.value;

function say(words, state) {
  const note = document.querySelector("[data-saved]");
  if (!note) return;
  note.textContent = words;
  note.dataset.state = state;
}

const filledIn = () => [...new FormData(form)].filter(([name, value]) => !["csrfmiddlewaretoken", "step"].includes(name) && typeof value === "string");

// "主题党日、党课 11月22日 学习党章"
function title() {
  const kinds = [...form.querySelectorAll("[name=kinds]:checked")].map((box) => box.parentElement.textContent.trim());
  const [, month, day] = form.elements.held_on.value.split("-").map(Number);
  return [kinds.join("、") || "没有选类型", month && `${month}月${day}日`, form.elements.topic.value].filter(Boolean).join(" ");
}

function copy(state, sent) {
  return {
    key: key(), person: html.dataset.person, owner: form.dataset.draft, branch: form.elements.branch.value,
    action: form.dataset.action, page: location.pathname, fields: filledIn(), title: title(),
    at: Date.now(), typed: phone.uuid(), state, sent,
  };
}

// Whether it is on the phone now.
async function keep(state = "draft", sent = false) {
  try {
    await phone.put("records", copy(state, sent));
    if (!sent) say(`已存在手机上 ${clock()}`, "phone");
    return true;
  } catch {
    say("手机存不下了，请点“先存着”", "waiting");
    return false;
  }
}

// ---- what became of the copies ----

const words = (fields) => JSON.stringify(fields.filter(([name]) => !["page", "version", "asked"].includes(name)));

// The page comes from the server: an answer to what was sent makes the copy a draft again, what is stored needs no copy.
async function compare() {
  const kept = await phone.get("records", key());
  if (!kept || kept.state === "received") return;
  if ("answered" in form.dataset) await phone.change("records", key(), (now) => ({ ...now, state: "draft", sent: false }));
  else if ((kept.sent && kept.state === "draft") || words(kept.fields) === words(filledIn())) await phone.drop("records", key());
}

// The record's own page: what this very form sent has arrived.
async function arrivedAt(page) {
  const kept = await phone.get("records", page.dataset.received);
  const from = kept && kept.fields.find(([name]) => name === "page");
  if (kept && kept.sent && from && from[1] === page.dataset.receivedPage) await phone.drop("records", kept.key);
}

async function offer() {
  const box = document.querySelector("[data-copies]");
  const mine = (await phone.recordsOf(html.dataset.person)).filter((one) => one.owner === form.dataset.draft);
  const open = mine.find((one) => !["received", "sending"].includes(one.state) && (one.state !== "waiting" || one.key === key()));
  if (!open || ("answered" in form.dataset && open.key === key())) return;
  const topic = open.fields.find(([name]) => name === "topic")?.[1];
  const at = new Date(open.at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
  box.querySelector("[data-copy-words]").textContent = `手机上有一份没有送出的记录：${topic || "还没有写主题"}（${at}）。`;
  box.querySelector("[data-copy-open]").addEventListener("click", () => phone.openRecord(open));
  box.querySelector("[data-copy-drop]").addEventListener("click", async () => {
    await phone.throwAway(open.key);
    box.hidden = true;
  });
  box.hidden = false;
}

// ---- sending ----

function leave(step) {
  const field = form.querySelector("input[name=step]") || document.createElement("input");
  Object.assign(field, { type: "hidden", name: "step", value: step });
  form.append(field);
  form.submit();
}

async function stay() {
  await phone.askForSync();
  if (navigator.serviceWorker?.controller) location.assign(PHONE);
  else say(`已存在手机上，有信号时自动送出 ${clock()}`, "waiting");
}

// Whether there is somebody to answer: a kept page asks first, since its token is old.
async function canSend() {
  if (navigator.onLine === false) return false;
  if (!phone.isKeptPage) return true;
  return (await phone.renew().catch(() => "")) === html.dataset.person;
}

async function handIn(step) {
  const kept = await keep(step === "submit" ? "waiting" : "draft", true);
  if (!kept || (await canSend())) leave(step);
  else await stay();
}

// The words of the note come from the server; here only whether they are good news.
async function saved(answer, sent) {
  const isKept = answer.getResponseHeader("X-Kept");
  document.querySelector("[data-saved]").dataset.state = isKept ? "kept" : "waiting";
  if (!isKept || sent !== typed) return;
  await phone.drop("records", key());
  phone.keepSending();
}

function watch() {
  let sent = 0;
  const changed = () => {
    typed += 1;
    keep();
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    const step = event.submitter?.value || "draft";
    if (!["draft", "submit", "correct", "keep"].includes(step)) return;
    event.preventDefault();
    handIn(step);
  });
  // What was typed before htmx listened goes to the server too.
  document.addEventListener("DOMContentLoaded", () => typed && form.dispatchEvent(new Event("input")));
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "autosave") sent = typed;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.id !== "autosave") return;
    const { successful, xhr } = event.detail;
    if (!successful) say(`没有信号，已存在手机上 ${clock()}`, "waiting");
    else if (xhr.responseURL.includes("/login/")) say("已存在手机上，请登录，登录后自动送出", "waiting");
    else if (xhr.status === 200) saved(xhr, sent);
  });
}

async function begin() {
  if (!phone.isKeptPage) await compare();
  await offer();
}

if (!phone.isKeptPage) document.querySelectorAll("[data-received]").forEach(arrivedAt);
if (form) {
  watch();
  form.dataset.watched = ""; // from here on nothing that is typed gets lost
  begin();
}
