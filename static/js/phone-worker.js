// The service worker: a branch's pages open without a signal, as they were when they were last read.
// The server says which pages may be kept and for whom (X-Kept-For); all else goes to the network untouched.
{
  const phone = self.phone;
  const PREFIX = "partybuild.";
  const CACHE = PREFIX + self.release;
  const OFFLINE = "/offline/";
  const OWNER = "/kept-for"; // no page: whose pages these are
  const FORM = "/meetings/new/";
  const PHONE = "/meetings/phone/";
  const KEPT_AT = "X-Kept-At";
  const PATIENCE = 8000; // milliseconds, before a kept copy is shown instead
  const HAND_IN_PATIENCE = 25000;
  const FRESH = 6 * 3600000; // a copy younger than this is not fetched again unasked
  const OLDEST = 30 * 24 * 3600000;
  const MOST_PAGES = 40;
  const HASHED = /\.[0-9a-f]{12}\.\w+$/;
  const EDIT = /^\/meetings\/\d+\/edit\/$/;

  const isPiece = (url) => url.pathname.startsWith("/static/");
  const isPage = (request) => !isPiece(new URL(request.url)) && ![OFFLINE, OWNER].includes(new URL(request.url).pathname);

  // The address under which a page is kept: what a link wishes of the form is done by the form itself.
  function addressOf(url) {
    const branch = url.searchParams.get("branch");
    if (url.pathname === FORM) return FORM + (branch ? `?branch=${branch}` : "");
    return url.pathname + url.search;
  }

  function within(milliseconds, promise) {
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error("slow")), milliseconds);
      promise.then(resolve, reject);
    });
  }

  // ---- keeping ----

  async function forgetPages(cache) {
    for (const request of await cache.keys()) if (isPage(request)) await cache.delete(request);
  }

  async function belongTo(cache, person) {
    const owner = await cache.match(OWNER);
    if (owner && (await owner.text()) === person) return;
    await forgetPages(cache);
    await cache.put(OWNER, new Response(person));
  }

  const piecesOf = (text) => [...new Set([...text.matchAll(/"(\/static\/[^"]+)"/g)].map((found) => found[1]))];

  async function keepPieces(cache, text) {
    const pieces = piecesOf(text);
    const known = await Promise.all(pieces.map((piece) => cache.match(piece)));
    await Promise.all(pieces.filter((piece, at) => !known[at] || !HASHED.test(piece)).map((piece) => cache.add(piece)));
  }

  // What was said once, such as "已交上", is not said again by the copy.
  const withoutMessages = (text) => text.replace(/(<div class="messages"[^>]*>)[\s\S]*?<\/div>/, "$1</div>");

  async function keep(url, answer, cacheName = CACHE) {
    const person = answer.headers.get("X-Kept-For");
    if (!person || answer.status !== 200) return false;
    const cache = await caches.open(cacheName);
    const text = withoutMessages(await answer.text());
    const headers = new Headers(answer.headers);
    headers.delete("Content-Encoding");
    headers.delete("Content-Length");
    headers.set(KEPT_AT, String(Date.now()));
    await belongTo(cache, person);
    await keepPieces(cache, text);
    await cache.put(addressOf(url), new Response(text, { headers }));
    await forgetTheOldest(cache);
    return true;
  }

  async function forgetTheOldest(cache) {
    const pages = (await cache.keys()).filter(isPage);
    if (pages.length <= MOST_PAGES) return;
    const ages = await Promise.all(pages.map(async (page) => [Number((await cache.match(page)).headers.get(KEPT_AT)), page]));
    ages.sort(([one], [other]) => one - other);
    for (const [, page] of ages.slice(0, pages.length - MOST_PAGES)) await cache.delete(page);
  }

  const keptAt = (copy) => Number(copy.headers.get(KEPT_AT));

  async function copyOf(address) {
    const copy = await (await caches.open(CACHE)).match(address);
    return copy && Date.now() - keptAt(copy) < OLDEST ? copy : undefined;
  }

  async function fetchAndKeep(address, cacheName) {
    const url = new URL(address, self.location.origin);
    return keep(url, await fetch(url, { credentials: "same-origin", redirect: "manual" }), cacheName);
  }

  // Pages that the branch will want; one after the other, so that what the person does goes first.
  async function keepAhead({ keep: addresses, person }) {
    await belongTo(await caches.open(CACHE), person);
    for (const address of addresses) {
      const copy = await copyOf(address);
      if (!copy || Date.now() - keptAt(copy) > FRESH) await fetchAndKeep(address).catch(() => undefined);
    }
  }

  // ---- a new release replaces the old one, and loses no page on the way ----

  // Nobody is signed in: the page stays as it is, with the files of its own release, which the server may not have any more.
  async function carryOver(old, next, request) {
    const copy = await old.match(request);
    for (const piece of piecesOf(await copy.clone().text())) {
      const kept = await old.match(piece);
      if (kept) await next.put(piece, kept);
    }
    await next.put(request, copy);
  }

  async function prepare() {
    const next = await caches.open(CACHE);
    const page = await fetch(OFFLINE, { cache: "no-cache" });
    await keepPieces(next, await page.clone().text());
    await next.put(OFFLINE, page);
    for (const name of (await caches.keys()).filter((one) => one.startsWith(PREFIX) && one !== CACHE)) {
      const old = await caches.open(name);
      for (const request of (await old.keys()).filter(isPage)) {
        const renewed = await fetchAndKeep(request.url, CACHE).catch(() => false);
        if (!renewed) await carryOver(old, next, request).catch(() => undefined);
      }
      const owner = await old.match(OWNER);
      if (owner) await next.put(OWNER, owner);
    }
  }

  async function takeOver() {
    for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  }

  // ---- answering ----

  function moment(at) {
    const day = new Date(at);
    const two = (number) => String(number).padStart(2, "0");
    return `${day.getMonth() + 1}月${day.getDate()}日 ${two(day.getHours())}:${two(day.getMinutes())}`;
  }

  function said(url, why, at) {
    if (url.pathname === PHONE) return `${why}。下面是存在这部手机上的记录。`;
    if (url.pathname !== FORM && !EDIT.test(url.pathname)) return `${why}，这是 ${moment(at)} 的内容。`;
    return `${why}，照样可以记：写的存在手机上，有信号时自动送出。名单是 ${moment(at)} 的。`;
  }

  async function shown(copy, url, why) {
    const at = keptAt(copy);
    const words = `<p class="note note-warn no-print" role="status" data-stale>${said(url, why, at)}</p>`;
    const text = (await copy.text())
      .replace("<html ", `<html data-kept-at="${at}" `)
      .replace(/<main id="main"[^>]*>/, (main) => main + words);
    return new Response(text, { headers: copy.headers });
  }

  // The form of one branch: kept under its address, or as the only form that the person has.
  async function formOf(branch) {
    const own = await copyOf(`${FORM}?branch=${branch}`);
    const only = own ? undefined : await copyOf(FORM);
    const isTheirs = only && (await only.clone().text()).includes(`name="branch" value="${branch}"`);
    return isTheirs ? only : own;
  }

  // A record that was opened from the server is on the phone when somebody typed in it here.
  async function standIn(url) {
    const branch = url.pathname === FORM && url.searchParams.get("branch");
    if (branch) return formOf(branch);
    if (!EDIT.test(url.pathname)) return copyOf(addressOf(url));
    const owner = await (await caches.open(CACHE)).match(OWNER);
    const records = owner ? await phone.recordsOf(await owner.text()) : [];
    const record = records.find((one) => one.page === url.pathname && one.state !== "received");
    return record && formOf(record.branch);
  }

  // A line with one bar sends the head of a page at once and its body in half a minute: the body counts.
  async function whole(answer) {
    await answer.clone().arrayBuffer();
    return answer;
  }

  async function open(event) {
    const url = new URL(event.request.url);
    const copy = await standIn(url);
    const asked = fetch(event.request);
    event.waitUntil(asked.then((answer) => keep(url, answer.clone())).catch(() => undefined));
    try {
      const answer = await (copy ? within(PATIENCE, asked.then(whole)) : asked);
      return copy && answer.status >= 502 ? shown(copy, url, "系统暂时打不开") : answer;
    } catch (error) {
      if (copy) return shown(copy, url, error.message === "slow" ? "信号太弱" : "没有信号");
      return (await caches.match(OFFLINE)) || Response.error();
    }
  }

  // The page kept the record on the phone before it sent it: without an answer, that is where to look.
  async function handIn(event) {
    try {
      const answer = await within(HAND_IN_PATIENCE, fetch(event.request));
      if (answer.status >= 502) throw new Error("down");
      return answer;
    } catch {
      if (self.registration.sync) await self.registration.sync.register("records").catch(() => undefined);
      return Response.redirect(PHONE, 303);
    }
  }

  async function piece(request) {
    const hashed = HASHED.test(new URL(request.url).pathname);
    const kept = () => caches.match(request, { ignoreVary: true });
    if (hashed) return (await kept()) || fetch(request);
    return fetch(request).catch(async () => (await kept()) || Response.error());
  }

  function answer(event) {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== self.location.origin) return undefined;
    if (request.method === "GET" && isPiece(url)) return piece(request);
    if (request.mode !== "navigate") return undefined;
    if (request.method === "GET") return open(event);
    return url.pathname === FORM || EDIT.test(url.pathname) ? handIn(event) : undefined;
  }

  self.addEventListener("install", (event) => event.waitUntil(prepare().then(() => self.skipWaiting())));
  self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
  self.addEventListener("message", (event) => event.waitUntil(keepAhead(event.data)));
  self.addEventListener("sync", (event) => event.tag === "records" && event.waitUntil(phone.sendAll()));
  self.addEventListener("fetch", (event) => {
    const answered = answer(event);
    if (answered) event.respondWith(answered);
  });
}
