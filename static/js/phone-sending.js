// Records and photos go to the server, exactly once: the server knows a record by its client_key, a photo by its key.
// Runs in pages and in the service worker (Background Sync). States of a record: draft, waiting, sending, received,
// and what the server answers when it wants something: incomplete, conflict, twin, differs, refused.
{
  const phone = self.phone;
  const PATIENCE = 30000; // milliseconds for one answer
  const FIRST_PAUSE = 4000;
  const LONGEST_PAUSE = 5 * 60000;
  const STUB_KEPT = 3 * 24 * 3600000; // how long the screen remembers that a record was received
  const LOCK = "partybuild.sending";
  const REFUSED = "这个账号现在不能给这个支部记会，请问一下乡镇。记录还在手机上。";
  const channel = self.BroadcastChannel && new BroadcastChannel("partybuild");

  class SignedOut extends Error {}

  function tell() {
    if (channel) channel.postMessage("changed");
    if (self.document) document.dispatchEvent(new CustomEvent("phone:changed"));
  }

  function within(milliseconds, address, options) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), milliseconds);
    return fetch(address, { credentials: "same-origin", signal: stop.signal, ...options }).finally(() => clearTimeout(timer));
  }

  // Who is signed in ("" for nobody) and a token for the next POST: those of a kept page are stale.
  async function session(patience = PATIENCE) {
    const answer = await within(patience, "/session/", { cache: "no-store" });
    if (!answer.ok) throw new Error(`session ${answer.status}`);
    return answer.json();
  }

  async function post(address, body, token) {
    const answer = await within(PATIENCE, address, { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (answer.redirected) throw new SignedOut();
    if (answer.status === 403 || answer.status === 404) return { state: "refused", sentence: REFUSED };
    if (!(answer.headers.get("Content-Type") || "").startsWith("application/json")) throw new Error(`answer ${answer.status}`);
    return answer.json();
  }

  // Line ends as a form sends them, in every browser: the same record is to say the same however it is sent.
  function body(fields) {
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, String(value).replace(/\r?\n/g, "\r\n"));
    return form;
  }

  const isWaiting = (record) => record.state === "waiting" || record.state === "sending";

  function answered(record, answer) {
    if (answer.state === "received") return { ...record, state: "received", href: answer.href, fields: [], at: Date.now() };
    const fields = record.fields.map(([name, value]) => [name, name === "version" && answer.version && answer.state === "incomplete" ? String(answer.version) : value]);
    return { ...record, fields, state: answer.state, sentence: answer.sentence, href: answer.href, twins: answer.twins };
  }

  // What was typed while the record was under way is not overwritten by the answer to what was sent.
  async function sendRecord(record, token) {
    const unchanged = (now) => now.typed === record.typed;
    await phone.change("records", record.key, (now) => unchanged(now) && { ...now, state: "sending" });
    tell();
    try {
      const answer = await post("/meetings/send/", body(record.fields), token);
      await phone.change("records", record.key, (now) => unchanged(now) && answered(now, answer));
    } catch (error) {
      await phone.change("records", record.key, (now) => unchanged(now) && { ...now, state: "waiting" });
      throw error;
    } finally {
      tell();
    }
  }

  // A photo goes when the server has its record, that is, when no copy of the record waits here.
  async function sendPhotos(person, token) {
    const here = new Set((await phone.recordsOf(person)).filter((record) => record.state !== "received").map((record) => record.key));
    for (const photo of await phone.all("photos")) {
      if (photo.person !== person || photo.refused || here.has(photo.record)) continue;
      const form = body([["branch", photo.branch], ["client_key", photo.record], ["key", photo.key]]);
      form.append(photo.field, photo.blob, photo.name);
      const answer = await post("/meetings/photos/", form, token);
      if (answer.state === "received") await phone.drop("photos", photo.key);
      else await phone.put("photos", { ...photo, refused: answer.sentence || REFUSED });
      tell();
    }
  }

  async function forgetOldStubs() {
    const isOld = (record) => record.state === "received" && Date.now() - record.at > STUB_KEPT;
    for (const record of (await phone.all("records")).filter(isOld)) await phone.drop("records", record.key);
  }

  // Whoever was sending when the page was closed is not sending any more.
  async function takeUpAgain() {
    for (const record of (await phone.all("records")).filter((one) => one.state === "sending")) {
      await phone.change("records", record.key, (now) => now.state === "sending" && { ...now, state: "waiting" });
    }
  }

  async function sendEverything() {
    await takeUpAgain();
    const records = (await phone.all("records")).filter(isWaiting);
    const photos = (await phone.all("photos")).filter((photo) => !photo.refused);
    if (!records.length && !photos.length) return "done";
    const { person, token } = await session();
    if (!person) return "signin";
    for (const record of records.filter((one) => one.person === person).reverse()) await sendRecord(record, token);
    await sendPhotos(person, token);
    await forgetOldStubs();
    return "done";
  }

  // "done", or "signin" when nobody is signed in; throws while there is no signal. Only one page or worker at a time:
  // "busy" when another is sending, unless the caller wants to wait for it.
  async function sendAll({ wait = false } = {}) {
    if (await phone.isEmpty()) return "done";
    const send = () => sendEverything().catch((error) => {
      if (error instanceof SignedOut) return "signin";
      throw error;
    });
    if (!self.navigator.locks) return send();
    return navigator.locks.request(LOCK, { ifAvailable: !wait }, (lock) => (lock ? send() : "busy"));
  }

  let pause = FIRST_PAUSE;
  let timer;

  // Tries now and, while something waits and there is no signal, again after ever longer pauses.
  async function keepSending() {
    clearTimeout(timer);
    let how = "waiting";
    try {
      how = await sendAll();
      pause = FIRST_PAUSE;
    } catch {
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
    if (how === "waiting" || how === "busy") timer = setTimeout(keepSending, pause);
    if (self.document) document.dispatchEvent(new CustomEvent("phone:tried", { detail: how }));
    return how;
  }

  async function askForSync() {
    const registration = self.navigator.serviceWorker && (await navigator.serviceWorker.getRegistration());
    if (registration && registration.sync) await registration.sync.register("records").catch(() => undefined);
  }

  if (channel && self.document) channel.addEventListener("message", () => document.dispatchEvent(new CustomEvent("phone:changed")));
  Object.assign(phone, { session, sendAll, keepSending, askForSync, isWaiting, tell });
}
