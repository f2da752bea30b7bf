// What is on the phone: an IndexedDB store of which every value is encrypted (AES-GCM). The data key is wrapped by a key
// that comes from the officer's PIN (PBKDF2) and from a secret of this browser that cannot be read out (HMAC); where the
// officer switched it on, also by one of the phone's authenticator. While the app is locked the data key is nowhere in memory. Wrong tries are counted before they are tried, so that killing the
// app does not give more of them.

const NAME = "regie-field";
const ITERATIONS = 600_000;

/** @typedef {{ id: string, kind: string, at: number, offset: number | null, payload: Record<string, unknown> }} Event */
/** @typedef {{ iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer }} Sealed */
/** @typedef {Sealed & { seq: number }} Queued */
/** @typedef {Sealed & { id: string, event: string, size: number, sent: number, ready: number, sanction?: number, voice?: string }} Photo `voice`: what a spoken note is packed in; a photo has none */
/** @typedef {Sealed & { id: string, at: number, ready: number }} Kept */
/** @typedef {{ key: string, device: string, account: string, salt: Uint8Array<ArrayBuffer>, secret: CryptoKey, wrapped: Sealed, tries: number, most: number, minutes: number, next: number, print?: Print }} Lock */
/** A second key around the data key, that the phone's authenticator gives. @typedef {{ id: ArrayBuffer, salt: Uint8Array<ArrayBuffer>, wrapped: Sealed }} Print */

/** @type {IDBDatabase | null} */
let opened = null;
/** @type {CryptoKey | null} */
let dataKey = null;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const asked = (request) =>
  new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

/** @returns {Promise<IDBDatabase>} */
async function db() {
  if (opened) return opened;
  const request = indexedDB.open(NAME, 2);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) {
      request.result.createObjectStore("lock", { keyPath: "key" });
      request.result.createObjectStore("queue", { keyPath: "seq" });
      request.result.createObjectStore("photos", { keyPath: "id" });
      request.result.createObjectStore("kept");
    }
    request.result.createObjectStore("sanctions", { keyPath: "id" });
  };
  opened = await asked(request);
  opened.onversionchange = () => {
    opened?.close();
    opened = null;
  };
  return opened;
}

/**
 * Runs `work` in one transaction and resolves when it is on the disk.
 * @template T @param {string[]} stores @param {IDBTransactionMode} mode @param {(tx: IDBTransaction) => T} work @returns {Promise<T>}
 */
async function within(stores, mode, work) {
  const tx = (await db()).transaction(stores, mode, { durability: "strict" });
  const ended = new Promise((done, fail) => {
    tx.oncomplete = () => done(undefined);
    tx.onabort = () => fail(tx.error ?? new Error("aborted"));
  });
  const result = work(tx);
  await ended;
  return result;
}

/** @param {string} pin @param {Uint8Array<ArrayBuffer>} salt @param {CryptoKey} secret */
async function pinKey(pin, salt, secret) {
  const base = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS }, base, 256);
  return mixed(bits, secret);
}

/** A key of bits that somebody knows or has, and of this browser's secret. @param {BufferSource} bits @param {CryptoKey} secret */
async function mixed(bits, secret) {
  return crypto.subtle.importKey("raw", await crypto.subtle.sign("HMAC", secret, bits), "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** What is in it. @param {CryptoKey} from @param {Sealed} sealed */
const unseal = (from, { iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv }, from, data);

/** Opens the store with the data key. @param {BufferSource} raw */
async function opens(raw) {
  dataKey = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** @param {CryptoKey} key @param {BufferSource} plain @returns {Promise<Sealed>} */
async function seal(key, plain) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
}

function key() {
  if (!dataKey) throw new Error("locked");
  return dataKey;
}

/** @param {unknown} value */
const sealValue = (value) => seal(key(), new TextEncoder().encode(JSON.stringify(value)));

/** @param {Sealed} sealed */
const open = (sealed) => unseal(key(), sealed);

/** @param {Sealed} sealed */
const openValue = async (sealed) => JSON.parse(new TextDecoder().decode(await open(sealed)));

/** The lock of this phone; nothing before a PIN was chosen. @returns {Promise<Lock | undefined>} */
export async function lock() {
  return asked((await db()).transaction("lock").objectStore("lock").get("lock"));
}

export const isOpen = () => dataKey !== null;

/** Chooses the PIN: a new data key, a new secret. @param {string} pin @param {string} device @param {any} day */
export async function choose(pin, device, day) {
  const secret = /** @type {CryptoKey} */ (await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]));
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const wrapped = await seal(await pinKey(pin, salt, secret), raw);
  await opens(raw);
  raw.fill(0);
  /** @type {Lock} */
  const made = { key: "lock", device, account: day.account, salt, secret, wrapped, tries: 0, most: day.lock.tries, minutes: day.lock.minutes, next: 1 };
  await within(["lock", "queue", "photos", "kept", "sanctions"], "readwrite", (tx) => {
    for (const store of ["queue", "photos", "kept", "sanctions"]) tx.objectStore(store).clear();
    tx.objectStore("lock").put(made);
  });
  await navigator.storage?.persist?.();
}

/** Tries a PIN. Gives the tries that are left; -1 when it was right. @param {string} pin */
export async function unlock(pin) {
  const counted = await within(["lock"], "readwrite", (tx) => {
    /** @type {{ lock?: Lock }} */
    const out = {};
    const request = tx.objectStore("lock").get("lock");
    request.onsuccess = () => {
      out.lock = { ...request.result, tries: request.result.tries + 1 };
      tx.objectStore("lock").put(out.lock);
    };
    return out;
  });
  const at = /** @type {Lock} */ (counted.lock);
  if (at.tries <= at.most) {
    try {
      await opens(await unseal(await pinKey(pin, at.salt, at.secret), at.wrapped));
      await settings({ tries: 0 });
      return -1;
    } catch {
      // A wrong PIN cannot open what it did not wrap.
    }
  }
  if (at.tries >= at.most) await wipe();
  return Math.max(0, at.most - at.tries);
}

/** Makes a second key around the data key. @param {string} pin @param {{ id: ArrayBuffer, salt: Uint8Array<ArrayBuffer> }} print
 * @param {BufferSource} bits what the authenticator gives for that salt */
export async function addPrint(pin, print, bits) {
  const { salt, secret, wrapped } = /** @type {Lock} */ (await lock());
  const raw = await unseal(await pinKey(pin, salt, secret), wrapped);
  await settings({ print: { ...print, wrapped: await seal(await mixed(bits, secret), raw) } });
}

/** Opens the store by that second key; false when it does not fit. @param {BufferSource} bits */
export async function unlockByPrint(bits) {
  const at = await lock();
  if (!at?.print) return false;
  try {
    await opens(await unseal(await mixed(bits, at.secret), at.print.wrapped));
  } catch {
    return false;
  }
  await settings({ tries: 0 });
  return true;
}

/** Changes settings of the lock. @param {Partial<Lock>} change */
export async function settings(change) {
  await within(["lock"], "readwrite", (tx) => {
    const request = tx.objectStore("lock").get("lock");
    request.onsuccess = () => request.result && tx.objectStore("lock").put({ ...request.result, ...change });
  });
}

/** Locks: the data key leaves the memory. */
export function close() {
  dataKey = null;
}

/** Destroys everything on this phone. */
export async function wipe() {
  dataKey = null;
  opened?.close();
  opened = null;
  await asked(indexedDB.deleteDatabase(NAME));
}

/** Keeps a value. @param {string} name @param {unknown} value */
export async function put(name, value) {
  const sealed = await sealValue(value);
  await within(["kept"], "readwrite", (tx) => tx.objectStore("kept").put(sealed, name));
}

/** A kept value. @param {string} name */
export async function get(name) {
  const sealed = await asked((await db()).transaction("kept").objectStore("kept").get(name));
  return sealed ? openValue(sealed) : undefined;
}

/**
 * Puts an event in the queue with its photos made ready, all in one transaction: when this resolves, it is on the disk.
 * @param {Event} event
 */
export async function enqueue(event) {
  const sealed = await sealValue(event);
  await within(["lock", "queue", "photos", "kept"], "readwrite", (tx) => {
    const request = tx.objectStore("lock").get("lock");
    request.onsuccess = () => {
      const { next } = request.result;
      tx.objectStore("queue").put({ seq: next, ...sealed });
      tx.objectStore("lock").put({ ...request.result, next: next + 1 });
    };
    if (event.kind === "observation") tx.objectStore("kept").delete("draft");
    const cursor = tx.objectStore("photos").openCursor();
    cursor.onsuccess = () => {
      const at = cursor.result;
      if (!at) return;
      if (at.value.event === event.id) at.update({ ...at.value, ready: 1 });
      at.continue();
    };
  });
}

/** The first events that wait. @param {number} most @returns {Promise<(Event & { seq: number })[]>} */
export async function waiting(most) {
  /** @type {Queued[]} */
  const rows = await asked((await db()).transaction("queue").objectStore("queue").getAll(null, most));
  return Promise.all(rows.map(async (row) => ({ seq: row.seq, ...(await openValue(row)) })));
}

/** How many events, photos and sanctions wait to be sent; needs no key. */
export async function count() {
  const tx = (await db()).transaction(["queue", "photos", "sanctions"]);
  const [events, photos, sanctions] = await Promise.all([
    asked(tx.objectStore("queue").count()),
    asked(/** @type {IDBRequest<Photo[]>} */ (tx.objectStore("photos").getAll())),
    asked(/** @type {IDBRequest<Kept[]>} */ (tx.objectStore("sanctions").getAll())),
  ]);
  return events + photos.filter((photo) => photo.ready).length + sanctions.filter((kept) => kept.ready).length;
}

/** How many sanctions are on this phone that do not wait yet; needs no key. */
export async function unfinished() {
  /** @type {Kept[]} */
  const all = await asked((await db()).transaction("sanctions").objectStore("sanctions").getAll());
  return all.filter((kept) => !kept.ready).length;
}

/** Events that were answered leave the queue, and the day as it is then is kept, in one transaction.
 * @param {number[]} seqs @param {Record<string, unknown>} kept */
export async function answered(seqs, kept) {
  const sealed = await Promise.all(Object.entries(kept).map(async ([name, value]) => [name, await sealValue(value)]));
  await within(["queue", "kept"], "readwrite", (tx) => {
    for (const seq of seqs) tx.objectStore("queue").delete(seq);
    for (const [name, value] of sealed) tx.objectStore("kept").put(value, /** @type {string} */ (name));
  });
}

/** Keeps a photo of an event that is still being written, or of a sanction. @param {string} id @param {string} event
 * @param {Blob} blob @param {number} [sanction] @param {string} [voice] */
export async function addPhoto(id, event, blob, sanction = 0, voice = "") {
  const sealed = await seal(key(), await blob.arrayBuffer());
  const photo = { id, event, size: blob.size, sent: 0, ready: 0, sanction, voice, ...sealed };
  await within(["photos"], "readwrite", (tx) => tx.objectStore("photos").put(photo));
}

/** Keeps a spoken note of an event that is still being written. @param {string} id @param {string} event @param {Blob} sound */
export const addVoice = (id, event, sound) => addPhoto(id, event, sound, 0, sound.type);

/** The photos and notes that wait, or those of one event. @param {string} [event] */
export async function photos(event) {
  /** @type {Photo[]} */
  const all = await asked((await db()).transaction("photos").objectStore("photos").getAll());
  return all.filter((photo) => (event ? photo.event === event : photo.ready));
}

/** The bytes of a photo. @param {Photo} photo */
export const photoBytes = (photo) => open(photo);

/** A photo is so far, or gone. @param {Photo} photo @param {number | null} sent */
export async function photoAt(photo, sent) {
  await within(["photos"], "readwrite", (tx) => {
    if (sent === null) tx.objectStore("photos").delete(photo.id);
    else tx.objectStore("photos").put({ ...photo, sent });
  });
}

/** Photos of drafts that were thrown away. @param {string | undefined} draft */
export async function tidyPhotos(draft) {
  /** @type {Photo[]} */
  const all = await asked((await db()).transaction("photos").objectStore("photos").getAll());
  for (const photo of all) if (!photo.ready && !photo.sanction && photo.event !== draft) await photoAt(photo, null);
}

/** The sanctions on this phone, the oldest first. @returns {Promise<any[]>} */
export async function sanctions() {
  /** @type {Kept[]} */
  const rows = await asked((await db()).transaction("sanctions").objectStore("sanctions").getAll());
  return Promise.all(rows.sort((a, b) => a.at - b.at).map(openValue));
}

/** One of them. @param {string} id @returns {Promise<any>} */
export async function sanction(id) {
  const row = await asked((await db()).transaction("sanctions").objectStore("sanctions").get(id));
  return row ? openValue(row) : undefined;
}

/** Keeps one: when this resolves it is on the disk. @param {{ id: string, at: number, stage: string }} note */
export async function putSanction(note) {
  const row = { id: note.id, at: note.at, ready: note.stage === "ready" ? 1 : 0, ...(await sealValue(note)) };
  await within(["sanctions"], "readwrite", (tx) => tx.objectStore("sanctions").put(row));
}

/** Destroys one with its photos. @param {string} id */
export async function dropSanction(id) {
  await within(["sanctions", "photos"], "readwrite", (tx) => {
    tx.objectStore("sanctions").delete(id);
    const cursor = tx.objectStore("photos").openCursor();
    cursor.onsuccess = () => {
      const at = cursor.result;
      if (!at) return;
      if (at.value.event === id) at.delete();
      at.continue();
    };
  });
}

/** Photos go along to another sanction. @param {string} from @param {string} to */
export async function movePhotos(from, to) {
  await within(["photos"], "readwrite", (tx) => {
    const cursor = tx.objectStore("photos").openCursor();
    cursor.onsuccess = () => {
      const at = cursor.result;
      if (!at) return;
      if (at.value.event === from) at.update({ ...at.value, event: to, sent: 0 });
      at.continue();
    };
  });
}
