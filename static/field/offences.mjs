// Which offence by which way, and what stands in the way: the rules that a phone can check itself. They come from the
// house as data, with their sentences; the house judges again when it is signed. No screen and no store here.

/** @typedef {{ offence: string, modality: string }} Chosen */
/** @typedef {{ sanctions: Chosen[], began: string, date: string, time: string, place: string, area: string, lon: string, lat: string,
 *   visit: string | null, caught: string, means: string, reasons: string[], punished: boolean, vehicle: string, plate: string,
 *   vehicle_note: string, surname: string, first_names: string, birth: string, birth_place: string, address: string,
 *   postcode: string, town: string, identity: string, identity_number: string, cautioned: boolean, statement: string,
 *   findings: string, remarks: string }} Draft */
/** @typedef {{ code: string, name: string, words: string, article: string, unsure: boolean, ways: string[], from: number | null,
 *   below: number | null, halt: boolean, vehicles: string[] }} Offence */
/** @typedef {{ say: string, article: string, unsure: boolean, most: number | null, from: number | null, below: number | null }} Rule */
/** @typedef {{ id: string, name: string }} Choice */
/** @typedef {{ day: string, said: string, at?: number, deed: string, offences: Offence[], rules: Record<string, Rule>,
 *   ways: (Choice & { line: number })[], began: Choice[], caught: Choice[], reasons: Choice[], vehicles: Choice[],
 *   identities: Choice[], findings_least: number, photos_most: number, reason: string, reason_least: number, secrecy: string }} Offers */
/** What stands in the way: a rule, or a text of the app. @typedef {{ field: string, rule?: string, key?: string, code?: string, values?: Record<string, string | number> }} Fault */

/** An empty draft. @returns {Draft} */
export const empty = () => ({
  sanctions: [], began: "", date: "", time: "", place: "", area: "", lon: "", lat: "", visit: null, caught: "", means: "",
  reasons: [], punished: false, vehicle: "", plate: "", vehicle_note: "", surname: "", first_names: "", birth: "",
  birth_place: "", address: "", postcode: "", town: "", identity: "", identity_number: "", cautioned: false, statement: "",
  findings: "", remarks: "",
});

/** Where a rule can be met in the form. @type {Record<string, string>} */
const FIELD = {
  "age-none": "birth", "age-limit": "birth", halt: "birth", caught: "caught", "full-report": "reasons",
  "caution-fine": "cautioned", "caution-penal": "cautioned", identity: "surname", "plate-holder": "plate",
};
/** Rules that are said once for the whole event. */
const ONCE = new Set(["age-none", "caution-fine", "caution-penal", "identity", "plate-holder", "most", "one-track"]);

/** The offences that every word fits. @param {Offers} offers @param {string} words */
export function find(offers, words) {
  const all = words.toLowerCase().split(/\s+/).filter(Boolean);
  return offers.offences.filter((o) => all.every((word) => `${o.code} ${o.words}`.toLowerCase().includes(word)));
}

/** Age in whole years on the day of the offence; nothing when it is not known. @param {Draft} draft */
export function age({ date, birth }) {
  const whole = /^\d{4}-\d{2}-\d{2}$/;
  if (!whole.test(date) || !whole.test(birth)) return null;
  return Number(date.slice(0, 4)) - Number(birth.slice(0, 4)) - (date.slice(5) < birth.slice(5) ? 1 : 0);
}

/** @param {Rule | undefined} rule @param {number} years */
const within = (rule, years) => rule !== undefined && (rule.from === null || years >= rule.from) && (rule.below === null || years < rule.below);

/** The ways that are open for an offence in this case. @param {Offers} offers @param {Offence} offence @param {Draft} draft */
export const ways = (offers, offence, draft) =>
  (offence.halt ? [...offence.ways, "halt"] : offence.ways).filter((way) => !ofWay(offers, offence, way, draft));

/** The rule that closes a way. @param {Offers} offers @param {Offence} offence @param {string} way @param {Draft} draft */
function ofWay(offers, offence, way, draft) {
  const years = age(draft);
  if (way === "penal-order" && draft.reasons.length) return "full-report";
  if (way === "penal-order" && draft.caught === "afterwards") return "caught";
  if (way === "halt" && (!offence.halt || years === null || !within(offers.rules.halt, years) || draft.reasons.length)) return "halt";
  return null;
}

/** The rules that these sanctions meet, as `law::sanction` has them; a rule that the house does not vouch for is not
 * applied. @param {Offers} offers @param {Draft} draft @param {Chosen[]} [chosen] @returns {Fault[]} */
export function refusals(offers, draft, chosen = draft.sanctions) {
  /** @type {Fault[]} */
  const out = [];
  /** @param {string | null} rule @param {string} [code] */
  const refuse = (rule, code = "") => {
    if (!rule || !offers.rules[rule]) return;
    if (!out.some((o) => o.rule === rule && (ONCE.has(rule) || o.code === code))) out.push({ field: FIELD[rule] ?? "search", rule, code });
  };
  const years = age(draft);
  const line = (/** @type {Chosen} */ c) => offers.ways.find((way) => way.id === c.modality)?.line;
  const identified = draft.surname.trim() !== "" && draft.birth !== "" && draft.identity !== "";
  if (chosen.length > (offers.rules.most?.most ?? Infinity)) refuse("most");
  if (chosen.some((c) => line(c) !== line(/** @type {Chosen} */ (chosen[0])))) refuse("one-track");
  chosen.forEach((c, n) => {
    const offence = offers.offences.find((o) => o.code === c.offence);
    if (draft.punished || chosen.slice(0, n).some((other) => other.offence === c.offence)) refuse("double", c.offence);
    if (years !== null && within(offers.rules["age-none"], years)) refuse("age-none");
    if (offence) {
      if (years !== null && ((offence.from !== null && years < offence.from) || (offence.below !== null && years >= offence.below))) refuse("age-limit", c.offence);
      refuse(ofWay(offers, offence, c.modality, draft), c.offence);
    }
    if (c.modality === "traffic-fine") {
      if (!draft.plate.trim() && !identified) refuse("plate-holder");
      return;
    }
    if (draft.statement.trim() && !draft.cautioned) refuse(c.modality === "nuisance-fine" ? "caution-fine" : "caution-penal");
    if (c.modality !== "report" && !identified) refuse("identity");
  });
  return out;
}

/** Everything that stands in the way of signing, as far as the phone can know. @param {Offers} offers @param {Draft} draft
 * @param {string} now local day and time, `2026-11-23 14:05` @returns {Fault[]} */
export function faults(offers, draft, now) {
  /** @type {Fault[]} */
  const out = [];
  const add = (/** @type {string} */ field, /** @type {string} */ key, /** @type {Record<string, number>} */ values = {}) => out.push({ field, key, values });
  if (!draft.date) add("date", "sanctions-date-missing");
  else if (!draft.time) add("time", "sanctions-time-missing");
  else if (`${draft.date} ${draft.time}` > now) add("date", "sanctions-date-future");
  if (!draft.place.trim()) add("place", "sanctions-place-missing");
  if (!draft.began) add("began", "sanctions-began-missing");
  if (!draft.caught) add("caught", "sanctions-caught-missing");
  else if (draft.caught === "technical-means" && !draft.means.trim()) add("means", "sanctions-means-missing");
  if ([...draft.findings.trim()].length < offers.findings_least) add("findings", "sanctions-findings-short", { min: offers.findings_least });
  if (draft.birth && draft.birth > (draft.date || now.slice(0, 10))) add("birth", "sanctions-birth-wrong");
  if (!draft.sanctions.length) add("search", "sanctions-none-chosen");
  return [...out, ...refusals(offers, draft)];
}
