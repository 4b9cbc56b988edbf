// The page 这部手机上的记录: where each record is, in words, and what can be done with it.
const { phone } = self;
const person = document.documentElement.dataset.person || "";
const place = document.getElementById("phone-records");
const NO_SIGNAL = "现在没有信号，有信号时再试。";
let signedOut = false;

const STATES = {
  draft: { tag: "在手机上", look: "warn", words: () => "没有写完，还没有交。", can: ["open", "drop"] },
  waiting: { tag: "在手机上", look: "warn", words: () => "已存在手机上，有信号时自动送出。", can: ["send", "open", "drop"] },
  sending: { tag: "正在送", look: "", words: () => "正在送出，请稍等。", can: [] },
  received: { tag: "已收到", look: "good", words: () => "系统已经收到。", can: ["look"] },
  incomplete: { tag: "要补充", look: "bad", words: (record) => record.sentence, can: ["open", "drop"] },
  conflict: { tag: "要看一下", look: "bad", words: (record) => record.sentence, can: ["open", "drop"] },
  twin: { tag: "是不是同一次会", look: "bad", words: (record) => record.sentence, can: ["looks", "both", "joins", "drop"] },
  differs: { tag: "要看一下", look: "bad", words: (record) => record.sentence, can: ["look", "drop"] },
  refused: { tag: "没有收下", look: "bad", words: (record) => record.sentence, can: ["send", "open", "drop"] },
};

function element(name, words, className) {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  if (className) made.className = className;
  return made;
}

function button(words, act, look) {
  const made = element("button", words, look);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function link(words, href) {
  const made = element("a", words, "button");
  made.href = href;
  return made;
}

async function again(record, fields = record.fields) {
  await phone.put("records", { ...record, fields, state: "waiting" });
  phone.tell();
  await phone.keepSending();
}

async function drop(record) {
  const sure = await phone.ask(`扔掉“${record.title}”？扔掉就找不回来了。`, [["", "不扔"], ["drop", "扔掉", "danger"]]);
  if (sure) await phone.throwAway(record.key);
  phone.tell();
}

const keepBoth = (record) => again(record, [...record.fields, ["not_the_same", "1"]]);
const join = (record, twin) => phone.joinWith(record, twin).catch(() => phone.ask(NO_SIGNAL, [["", "知道了"]]));

const ACTIONS = {
  open: (record) => [button(record.state === "incomplete" ? "补充" : record.state === "draft" ? "接着写" : "打开", () => phone.openRecord(record))],
  send: (record) => [button("现在就送", () => again(record))],
  look: (record) => (record.href ? [link("看系统里的记录", record.href)] : []),
  looks: (record) => record.twins.map((twin) => link(`看那一份：${twin.words}`, twin.href)),
  both: (record) => [button("不是同一次，两份都留", () => keepBoth(record))],
  joins: (record) => record.twins.map((twin) => button("是同一次，两份记录接在一起", () => join(record, twin))),
  drop: (record) => [button("扔掉手机上的", () => drop(record), "danger")],
};

function item(record, photos) {
  const state = STATES[record.state];
  const box = element("div", "", "item");
  const head = element("div", "", "item-head");
  const buttons = element("div", "", "buttons");
  box.dataset.state = record.state;
  head.append(element("b", record.title), element("span", state.tag, `tag${state.look ? ` tag-${state.look}` : ""}`));
  box.append(head, element("p", state.words(record)));
  if (photos) box.append(element("p", `还有 ${photos} 张照片没有送出。`));
  for (const can of state.can) buttons.append(...ACTIONS[can](record));
  if (buttons.childElementCount) box.append(buttons);
  return box;
}

function nothing() {
  const box = element("div", "", "empty");
  box.append(element("b", "这部手机上没有等着送出的记录"), document.createTextNode("没有信号时照样记会，存在这里，有信号时自动送出。"));
  return box;
}

function toSignIn() {
  const note = element("p", "", "note note-warn");
  const login = element("a", "请登录，登录后自动送出。");
  login.href = "/login/?next=/meetings/phone/";
  note.append(login);
  return note;
}

async function draw() {
  const records = await phone.recordsOf(person);
  const photos = await phone.all("photos");
  const count = (record) => photos.filter((photo) => photo.record === record.key).length;
  const card = element("section", "", "card");
  card.append(...(records.length ? records.map((record) => item(record, count(record))) : [nothing()]));
  place.replaceChildren(...(signedOut && records.some(phone.isWaiting) ? [toSignIn()] : []), card);
}

document.addEventListener("phone:changed", draw);
document.addEventListener("phone:tried", (event) => {
  signedOut = event.detail === "signin";
  draw();
});
draw();
