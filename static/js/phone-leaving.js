// Logging out leaves nothing on the phone: pages, records, photos. What has not been sent is asked about first.
// Records of somebody else that wait here are neither shown nor thrown away.
const { phone } = self;
const person = document.documentElement.dataset.person || "";
const NO_SIGNAL = "现在没有信号，退不出来。有信号以后再点“退出”。";

const unsent = async () => (await phone.all("records")).filter((record) => record.state !== "received");

async function forgetPages() {
  if (self.caches) for (const name of await caches.keys()) await caches.delete(name);
  if (!navigator.serviceWorker) return;
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
}

async function forget(others) {
  if (!others) await phone.clear();
  else for (const record of await phone.recordsOf(person)) await phone.throwAway(record.key);
  localStorage.clear();
  sessionStorage.clear();
  await forgetPages();
}

// What can be sent as it is, is offered to be sent; what is not finished, to be looked at.
function question(records, tried) {
  const why = tried ? "刚才没有送出去。" : "";
  const sentence = `${why}手机上还有 ${records.length} 份记录没有送出。退出会清掉这部手机上的内容。`;
  const first = records.some(phone.isWaiting) ? ["send", "先送出", "primary"] : ["look", "先看一看", "primary"];
  return phone.ask(sentence, [first, ["", "不退出"], ["drop", "扔掉，退出", "danger"]]);
}

// Whether one may go: everything is sent, or is to be thrown away.
async function mayGo() {
  for (let tried = false; ; tried = true) {
    const mine = (await unsent()).filter((record) => record.person === person);
    if (!mine.length) return true;
    const choice = await question(mine, tried && mine.some(phone.isWaiting));
    if (choice === "look") location.assign("/meetings/phone/");
    if (choice !== "send") return choice === "drop";
    await phone.sendAll({ wait: true }).catch(() => undefined);
  }
}

async function leave(form) {
  if (!(await mayGo())) return;
  const now = await phone.session(8000).catch(() => undefined);
  if (!now) {
    await phone.ask(NO_SIGNAL, [["", "知道了"]]);
    return;
  }
  const others = (await unsent()).some((record) => record.person !== person);
  await forget(others);
  const token = form.elements.csrfmiddlewaretoken;
  token.value = now.token;
  if (others) token.insertAdjacentHTML("afterend", '<input type="hidden" name="others" value="1">');
  form.submit();
}

document.addEventListener("submit", (event) => {
  if (event.target.getAttribute("action") !== "/logout/") return;
  event.preventDefault();
  leave(event.target).catch(() => event.target.submit()); // a browser that keeps nothing has nothing to ask about
});
