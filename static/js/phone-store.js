// What stays on the phone until the server has it: records and photos, in the browser's own database.
// Pages and the service worker both run this file and find it as self.phone.
self.phone = self.phone || {};
{
  const NAME = "partybuild";
  const STORES = ["records", "photos"];
  let opened;

  function database() {
    opened = opened || new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => STORES.forEach((store) => asked.result.createObjectStore(store, { keyPath: "key" }));
      asked.onerror = () => reject(asked.error);
      asked.onsuccess = () => {
        asked.result.onversionchange = close; // somebody logs out: the database is about to go
        resolve(asked.result);
      };
    });
    return opened;
  }

  async function close() {
    const going = opened;
    opened = undefined;
    if (going) (await going).close();
  }

  // One transaction; `act` asks for something, of which the result is the answer.
  async function ask(store, mode, act) {
    const work = (await database()).transaction(store, mode);
    return new Promise((resolve, reject) => {
      const asked = act(work.objectStore(store));
      work.oncomplete = () => resolve(asked && asked.result);
      work.onabort = () => reject(work.error);
    });
  }

  // Looking must not make the database: after logging out there is none.
  const get = async (store, key) => ((await isEmpty()) ? undefined : ask(store, "readonly", (rows) => rows.get(key)));
  const all = async (store) => ((await isEmpty()) ? [] : ask(store, "readonly", (rows) => rows.getAll()));
  const put = (store, row) => ask(store, "readwrite", (rows) => rows.put(row));
  const drop = (store, key) => ask(store, "readwrite", (rows) => rows.delete(key));

  // Read, change and write in one go; `make` gives the new row, or nothing to leave it as it is.
  function change(store, key, make) {
    return ask(store, "readwrite", (rows) => {
      const asked = rows.get(key);
      asked.onsuccess = () => {
        const made = asked.result && make(asked.result);
        if (made) rows.put(made);
      };
      return asked;
    });
  }

  const newestFirst = (one, other) => other.at - one.at;
  const recordsOf = async (person) => (await all("records")).filter((record) => record.person === person).sort(newestFirst);
  const photosOf = async (record) => (await all("photos")).filter((photo) => photo.record === record);

  async function throwAway(key) {
    for (const photo of await photosOf(key)) await drop("photos", photo.key);
    await drop("records", key);
  }

  // Whether nothing was ever kept here.
  async function isEmpty() {
    if (!self.indexedDB) return true;
    if (!indexedDB.databases) return false;
    return !(await indexedDB.databases()).some((one) => one.name === NAME);
  }

  async function clear() {
    await close();
    await new Promise((resolve) => {
      const asked = indexedDB.deleteDatabase(NAME);
      asked.onsuccess = asked.onerror = asked.onblocked = resolve;
    });
  }

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
      (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));
  }

  Object.assign(self.phone, { get, all, put, drop, change, recordsOf, photosOf, throwAway, isEmpty, clear, uuid });
}
