// What is typed stays on the phone until the server has it, and the page says where it is.
// The copy belongs to one person and one branch; "接着写" posts it back, so that the server draws the form.
const PREFIX = "partybuild.meeting.";
const form = document.querySelector("form[data-draft]");
const owner = form?.dataset.draft;
let typed = 0;

const clock = () => new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
const keyOf = (clientKey) => `${PREFIX}${owner}.${clientKey}`;

function say(words, state) {
  const note = document.querySelector("[data-saved]");
  if (!note) return;
  note.textContent = words;
  note.dataset.state = state;
}

const filledIn = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");

function keep(sent = false) {
  const copy = { at: Date.now(), action: form.dataset.action, fields: filledIn(), sent };
  try {
    localStorage.setItem(keyOf(form.elements.client_key.value), JSON.stringify(copy));
    if (!sent) say(`已存在手机上 ${clock()}`, "phone");
  } catch {
    say("手机存不下了，请点“先存着”", "waiting");
  }
}

function forget(clientKey) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && key.endsWith(clientKey)) localStorage.removeItem(key);
  }
}

// What the page shows is known to the server: it drew it. A copy that was sent and came back, or that says the same, goes.
function forgetWhatArrived() {
  const key = keyOf(form.elements.client_key.value);
  const copy = JSON.parse(localStorage.getItem(key));
  const words = (fields) => JSON.stringify(fields.filter(([name]) => !["page", "version"].includes(name)));
  if (copy && (copy.sent || words(copy.fields) === words(filledIn()))) localStorage.removeItem(key);
}

function copies() {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(`${PREFIX}${owner}.`))
    .map((key) => ({ key, ...JSON.parse(localStorage.getItem(key)) }))
    .sort((one, other) => other.at - one.at);
}

function send(copy) {
  const back = document.createElement("form");
  back.method = "post";
  back.action = copy.action;
  const token = form.elements.csrfmiddlewaretoken.value;
  for (const [name, value] of [...copy.fields, ["csrfmiddlewaretoken", token], ["step", "look"]]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    back.append(field);
  }
  back.hidden = true;
  document.body.append(back);
  back.submit();
}

function offer(copy) {
  const box = document.querySelector("[data-copies]");
  const at = new Date(copy.at).toLocaleString("zh-CN", { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const topic = copy.fields.find(([name]) => name === "topic")?.[1];
  box.querySelector("[data-copy-words]").textContent = `手机上有一份没有送出的记录：${topic || "还没有写主题"}（${at}）。`;
  box.querySelector("[data-copy-open]").addEventListener("click", () => send(copy));
  box.querySelector("[data-copy-drop]").addEventListener("click", () => {
    localStorage.removeItem(copy.key);
    box.hidden = true;
  });
  box.hidden = false;
}

// The words of the note come from the server; here only whether they are good news.
function arrived(answer, sent) {
  const kept = answer.getResponseHeader("X-Kept");
  document.querySelector("[data-saved]").dataset.state = kept ? "kept" : "waiting";
  if (kept && sent === typed) forget(form.elements.client_key.value);
}

function watch() {
  let sent = 0;
  const changed = () => {
    typed += 1;
    keep();
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => typed && keep(true));
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "autosave") sent = typed;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.id !== "autosave") return;
    if (!event.detail.successful) say(`没有信号，已存在手机上 ${clock()}`, "waiting");
    else if (event.detail.xhr.status === 200) arrived(event.detail.xhr, sent);
  });
}

for (const received of document.querySelectorAll("[data-received]")) forget(received.dataset.received);
if (form) {
  forgetWhatArrived();
  const [latest] = copies();
  if (latest) offer(latest);
  watch();
}
