// The day as the phone knows it: what the house said last, with what happened here since then.

/** @typedef {{ id: string, kind: string, target: string | null, category: string | null, title: string, lon: number, lat: number,
 *   planned: number, time: string, minutes: number, subject: string, why: string, state: string, outcome: string | null,
 *   note: string, arrived: number | null }} Visit */
/** @typedef {{ id: string, state: string, visits: Visit[] }} Round */
/** @typedef {{ id: string, from: number, to: number, when: string, day: string, team: string, kind: string,
 *   base: { lon: number, lat: number }, officers: string[], rounds: Round[] }} Shift */
/** @typedef {{ id: string, kind: string, title: string, lon: number, lat: number, category: string, count: number, due: string | null, late: boolean }} Issue */
/** @typedef {{ id: string, name: string }} Choice */
/** @typedef {{ account: string, name: string, municipality: string, zone: string, lang: string,
 *   lock: { pin_digits: number, tries: number, minutes: number, biometrics: boolean }, photo: { side_px: number, quality: number }, voice?: { seconds: number, bits: number },
 *   position: { seconds: number, margin_min: number }, assistance: { hold_s: number, emergency: string, phone: string },
 *   last: number, shifts: Shift[], issues: Issue[], categories: (Choice & { hint: string, patrol: boolean })[],
 *   rules: { title: string, text: string }[], outcomes: Choice[], becomes: Choice[],
 *   told: { id: string, outcome: string, text: string }[] }} Day */

/** The day after an event. The same event twice changes nothing. @param {Day} day @param {{ kind: string, at: number, payload: any }} event @returns {Day} */
export function after(day, event) {
  const { payload } = event;
  /** @param {Visit} visit @returns {Visit} */
  const changed = (visit) => {
    if (visit.id !== payload.visit) return visit;
    switch (event.kind) {
      case "visit.arrive":
        return visit.state === "left" ? visit : { ...visit, state: "arrived", arrived: event.at };
      case "visit.leave":
        return { ...visit, state: "left", outcome: payload.outcome, note: payload.note ?? "" };
      case "visit.nothing":
        return { ...visit, state: "left", outcome: "nothing-found" };
      case "visit.skip":
        return visit.state === "planned" ? { ...visit, state: "skipped", note: payload.why } : visit;
      default:
        return visit;
    }
  };
  /** @param {Round} round @returns {Round} */
  const walked = (round) => {
    const visits = round.visits.map(changed);
    if (event.kind === "round.finish" && round.id === payload.round) {
      return { ...round, state: "finished", visits: visits.map((v) => (v.state === "planned" ? { ...v, state: "skipped" } : v)) };
    }
    return { ...round, visits };
  };
  return { ...day, shifts: day.shifts.map((shift) => ({ ...shift, rounds: shift.rounds.map(walked) })) };
}

/** The shift that is on now, or the next one, or the last. @param {Day} day @param {number} now @returns {Shift | undefined} */
export function current(day, now) {
  return day.shifts.find((shift) => shift.to > now) ?? day.shifts.at(-1);
}

/** Every visit of a shift with its round. @param {Shift | undefined} shift */
export const visits = (shift) => (shift?.rounds ?? []).flatMap((round) => round.visits.map((visit) => ({ round, visit })));

/** Where the officers are now, or where they go next. @param {Shift | undefined} shift */
export function here(shift) {
  const all = visits(shift).filter(({ round }) => round.state !== "finished");
  return all.find(({ visit }) => visit.state === "arrived") ?? all.find(({ visit }) => visit.state === "planned");
}

/** What an event says of a stop. @param {Round} round @param {Visit} visit */
export const stop = (round, visit) => ({
  round: round.id,
  visit: visit.id,
  visit_kind: visit.kind,
  target: visit.target,
  category: visit.category,
  title: visit.title,
  lon: visit.lon,
  lat: visit.lat,
});

/** Metres between two places; flat earth is exact enough for a town. @param {{lon: number, lat: number}} a @param {{lon: number, lat: number}} b */
export function metres(a, b) {
  const east = (a.lon - b.lon) * 111_320 * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot(east, (a.lat - b.lat) * 110_540);
}
