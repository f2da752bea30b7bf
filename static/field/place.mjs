// The officer's place: shared only when switched on and only during the shift, rounded here already to a square of
// about 200 m, never written on the phone. An observation may ask for the exact place once.

/** @typedef {{ lon: number, lat: number }} Point */

/** Degrees of a square of about 200 m. */
const SQUARE = { lon: 0.003, lat: 0.0018 };

/** @type {number | null} */
let watch = null;
/** @type {Point | null} */
let latest = null;
let off = false;
/** When the shift is over. */
let until = 0;

export const shares = () => watch !== null;

/** @param {() => void} changed @param {number} end */
export function start(changed, end) {
  if (watch !== null || !("geolocation" in navigator)) return;
  off = false;
  until = end;
  watch = navigator.geolocation.watchPosition(
    ({ coords }) => {
      latest = { lon: coords.longitude, lat: coords.latitude };
      changed();
    },
    () => {},
    { enableHighAccuracy: false, maximumAge: 60_000 },
  );
}

export function stop() {
  if (watch !== null) navigator.geolocation.clearWatch(watch);
  if (watch !== null) off = true;
  watch = null;
  latest = null;
}

/** What is sent along: the square, that it is off now, or nothing. After the shift it is off by itself. */
export function said() {
  if (watch !== null && Date.now() > until) stop();
  if (watch !== null && latest) {
    const round = (/** @type {number} */ v, /** @type {number} */ by) => Math.round((Math.floor(v / by) + 0.5) * by * 1e5) / 1e5;
    return { lon: round(latest.lon, SQUARE.lon), lat: round(latest.lat, SQUARE.lat) };
  }
  if (!off) return null;
  off = false;
  return { off: true };
}

/** Where the officer is, for the own map. */
export const own = () => latest;

/** The exact place, once; nothing when the phone does not know. @param {number} [patience] @returns {Promise<Point | null>} */
export const exact = (patience = 8_000) =>
  new Promise((done) => {
    if (!("geolocation" in navigator)) return done(null);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ lon: Math.round(coords.longitude * 1e5) / 1e5, lat: Math.round(coords.latitude * 1e5) / 1e5 }),
      () => done(null),
      { enableHighAccuracy: true, timeout: patience, maximumAge: 20_000 },
    );
  });
