// Every page: installs the service worker at a branch, sends what waits, says what is still on the phone.
const { phone } = self;
const html = document.documentElement;
const person = html.dataset.person || "";
const note = document.querySelector("[data-phone-note]");
const AFTER_OPENING = 500; // milliseconds, in which the page itself looks after the record that it shows

async function install() {
  if (!("serviceWorker" in navigator) || !person) return;
  if (html.dataset.keep) await navigator.serviceWorker.register("/service-worker.js");
  const registration = await navigator.serviceWorker.getRegistration();
  if (!registration) return;
  const { active } = await navigator.serviceWorker.ready;
  // On the home screen it is not to be cleared when the phone runs full; elsewhere some browsers would ask.
  if (matchMedia("(display-mode: standalone)").matches) navigator.storage?.persist?.();
  active.postMessage({ person, keep: (html.dataset.keep || "").split(" ").filter(Boolean) });
}

// A page that was kept has an old token; whoever is signed in now gets a new one.
async function renew() {
  const now = await phone.session(5000);
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = now.token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": now.token }));
  return now.person;
}

async function say(how) {
  if (!note || document.querySelector("[data-draft], #phone-records")) return;
  const left = (await phone.recordsOf(person)).filter((record) => record.state !== "received");
  const waiting = left.filter(phone.isWaiting).length;
  const parts = [waiting && `${waiting} 份等信号送出`, left.length - waiting && `${left.length - waiting} 份要您看一下`];
  note.hidden = !left.length;
  note.querySelector("a").textContent = `手机上有 ${left.length} 份没有送出的记录：${parts.filter(Boolean).join("，")}${how === "signin" ? "。请登录，登录后自动送出" : ""}`;
}

phone.renew = renew;
phone.isKeptPage = Boolean(html.dataset.keptAt);
document.addEventListener("phone:changed", () => say());
document.addEventListener("phone:tried", (event) => say(event.detail));
window.addEventListener("online", () => {
  if (phone.isKeptPage) renew().catch(() => undefined);
  phone.keepSending();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && phone.keepSending());
window.addEventListener("load", () => {
  setTimeout(phone.keepSending, AFTER_OPENING);
  install().catch(() => undefined); // a browser that does not install it works as before
});
if (!document.querySelector("[data-received]")) say(); // a record's page first looks whether this very record arrived
