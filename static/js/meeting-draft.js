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

function keep() {
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  const copy = { at: Date.now(), action: form.dataset.action, fields };
  try {
    localStorage.setItem(keyOf(form.elements.client_key.value), JSON.stringify(copy));
    say(`已存在手机上 ${clock()}`, "phone");
  } catch {
    say("手机存不下了，请点“先存着”", "waiting");
  }
}

function forget(clientKey) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && key.endsWith(clientKey)) localStorage.removeItem(key);
  }
}

function copies() {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(`${PREFIX}${owner}.`) && key !== keyOf(form.elements.client_key.value))
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

function watch() {
  let sent = 0;
  const changed = () => {
    typed += 1;
    keep();
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "autosave") sent = typed;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.target.id !== "autosave") return;
    if (!event.detail.successful) say(`没有信号，已存在手机上 ${clock()}`, "waiting");
    else if (event.detail.xhr.getResponseHeader("X-Kept") && sent === typed) forget(form.elements.client_key.value);
  });
}

for (const received of document.querySelectorAll("[data-received]")) forget(received.dataset.received);
if (form) {
  const [latest] = copies();
  if (latest) offer(latest);
  watch();
}
