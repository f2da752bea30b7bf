//! The signals: drawn per day, source and category, then echoed (one report brings about others
//! at the same place), ordered, grouped by place, and given words and a history.

use crate::calendar::{Calendar, DAY, HOUR, day_number, timestamp};
use crate::history;
use crate::places::{Place, Town, coarse, jitter, metres};
use crate::profile::{CategoryShare, Shape};
use crate::rng::{Rng, totals};
use crate::setting::Setting;
use crate::words::Texts;
use jiff::Timestamp;
use uuid::Uuid;

/// Where a signal came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Source {
    /// Report of a resident.
    Resident,
    /// Observation of an enforcement officer.
    Officer,
    /// Nuisance figure of the police: coarse place, no words.
    Police,
    /// Report of a partner, such as a housing corporation or a school.
    Partner,
}

impl Source {
    /// Id of the source, as the platform stores it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Officer => "officer",
            Self::Police => "police",
            Self::Partner => "partner",
        }
    }
}

/// Who reported; invented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Mail address in the reserved domain `.example` (RFC 2606).
    pub email: String,
}

/// One step in the life of a signal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoChange {
    /// When.
    pub at: Timestamp,
    /// New state id.
    pub state: &'static str,
    /// Dutch note, if any.
    pub note: Option<String>,
}

/// One fictitious signal.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoSignal {
    /// UUIDv7 of `reported_at` (RFC 9562).
    pub id: Uuid,
    /// Year and running number within it, for example `2025-00412`.
    pub reference_hint: String,
    /// When it happened or was seen.
    pub occurred_at: Timestamp,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// Longitude (WGS84); about 6 % of the reports of residents have only an address text.
    pub lon: Option<f64>,
    /// Latitude (WGS84); present exactly when `lon` is.
    pub lat: Option<f64>,
    /// Address text, never with a house number.
    pub address: Option<String>,
    /// Category id.
    pub category: &'static str,
    /// What was written, in Dutch; empty for police figures.
    pub words: String,
    /// Where it came from.
    pub source: Source,
    /// Who reported, for about 20 % of the reports of residents.
    pub contact: Option<Contact>,
    /// Life so far; starts with `reported` at `reported_at`, in order of time.
    pub history: Vec<DemoChange>,
    /// Number shared by signals of one category within 50 m of the first and 14 days of the last
    /// (and 60 days of the first); only where there are at least two.
    pub place_group: Option<u32>,
}

struct Draft {
    key: u64,
    category: usize,
    source: Source,
    place: Place,
    /// Local seconds.
    occurred: i64,
    reported: i64,
}

/// All signals of a setting, ordered by `reported_at` and then by id.
pub fn signals(setting: &Setting) -> Vec<DemoSignal> {
    let calendar = Calendar::new(setting.from, setting.to, &setting.time_zone);
    let town = Town::new(setting);
    let mut drafts = draw(setting, &calendar, &town);
    let texts = Texts::new(setting);
    let end = day_number(setting.to) * DAY;
    drafts.retain(|d| d.reported < end);
    // Sorting the small drafts first leaves the large signals almost in place.
    drafts.sort_unstable_by_key(|d| (d.reported, d.key));
    let mut signals: Vec<DemoSignal> =
        drafts.iter().filter_map(|d| finish(setting, &calendar, &texts, d, end)).collect();
    signals.sort_by_key(|s| (s.reported_at, s.id));
    let groups = place_groups(&signals);
    let (mut year, mut number) = (0, 0u32);
    for (signal, group) in signals.iter_mut().zip(groups) {
        // The running number changes with the year of the reference, kept there until now.
        let of_year: i32 = signal.reference_hint.parse().unwrap_or(0);
        number = if of_year == year { number + 1 } else { 1 };
        year = of_year;
        signal.reference_hint = format!("{year}-{number:05}");
        signal.place_group = group;
    }
    signals
}

/// Draws the events of all days.
fn draw(setting: &Setting, calendar: &Calendar, town: &Town) -> Vec<Draft> {
    let sum = |of: fn(&CategoryShare) -> f64| setting.categories.iter().map(of).sum::<f64>().max(1e-9);
    let sums = [sum(|c| c.resident), sum(|c| c.officer), sum(|c| c.police)];
    let hours: Vec<Vec<f64>> = setting.categories.iter().map(|c| totals(c.shape.hours())).collect();
    let end = day_number(setting.to);
    let mut drafts = Vec::with_capacity(calendar.days.len() * 18);
    for day in &calendar.days {
        let sky = Rng::of(setting.seed, &[3, day.number as u64]);
        let years = (day.number - day_number(jiff::civil::date(2024, 1, 1))) as f64 / 365.25;
        for (c, category) in setting.categories.iter().enumerate() {
            let level = category.shape.day(day, &sky) * category.trend.powf(years) / 365.25;
            let rates = [
                (Source::Resident, category.resident / sums[0] * setting.volume.resident * (1.0 - setting.echo)),
                (Source::Officer, category.officer / sums[1] * setting.volume.officer),
                (Source::Police, category.police / sums[2] * setting.volume.police),
            ];
            for (kind, (source, rate)) in rates.into_iter().enumerate() {
                if rate * level <= 0.0 {
                    continue;
                }
                let mut rng = Rng::of(setting.seed, &[4, day.number as u64, c as u64, kind as u64]);
                let today = rate * level * rng.lognormal(0.25);
                for _ in 0..rng.poisson(today) {
                    let place = town.choose(setting, c, &mut rng);
                    let draft = event(day.number, c, category.shape, &hours[c], source, place, &mut rng);
                    if !dropped_by_approach(setting, category.id, day.number, place.point, &mut rng) {
                        drafts.push(draft);
                    }
                }
                let rise = setting.rise.as_ref().filter(|r| r.category == category.id && end - day.number <= r.days);
                if let Some(rise) = rise {
                    let mut rng = Rng::of(setting.seed, &[5, day.number as u64, c as u64, kind as u64]);
                    let extra = today * town.share_in(setting, c, rise.hood) * (rise.factor - 1.0);
                    for _ in 0..rng.poisson(extra) {
                        let place = town.choose_in(setting, c, rise.hood, &mut rng);
                        drafts.push(event(day.number, c, category.shape, &hours[c], source, place, &mut rng));
                    }
                }
            }
        }
    }
    // Echoes: a report brings about others within days and metres, and those may do so again.
    let mut next = 0;
    while next < drafts.len() {
        let Some(parent) = drafts.get(next) else {
            break;
        };
        next += 1;
        if parent.source != Source::Resident {
            continue;
        }
        let mut rng = Rng::of(setting.seed, &[6, parent.key]);
        let (c, place, occurred) = (parent.category, parent.place, parent.occurred);
        for _ in 0..rng.poisson(setting.echo) {
            let after = rng.exp(3.5).min(12.0) as i64;
            let day = occurred.div_euclid(DAY) + after;
            let near = Place { point: jitter(setting, place.point, 22.0, &mut rng), ..place };
            let mut child = event(day, c, setting.categories[c].shape, &hours[c], Source::Resident, near, &mut rng);
            if child.occurred <= occurred {
                child.occurred += DAY;
                child.reported += DAY;
            }
            if child.reported < end * DAY {
                drafts.push(child);
            }
        }
    }
    drafts
}

/// One event on a day: when it happened and when it was reported.
fn event(day: i64, category: usize, shape: Shape, hours: &[f64], source: Source, place: Place, rng: &mut Rng) -> Draft {
    let (median, at_once) = shape.lag();
    let mut hour = rng.by_total(hours) as i64;
    if source == Source::Officer && !(8..22).contains(&hour) {
        hour = rng.between(9, 21);
    }
    // The small hours belong to the evening before.
    let night = i64::from(at_once && hour < 5) * DAY;
    let occurred = day * DAY + night + hour * HOUR + rng.between(0, HOUR - 1);
    let lag = match source {
        Source::Officer => rng.between(60, 600),
        Source::Police => rng.between(300, 3_600),
        Source::Resident | Source::Partner => (median * 60.0 * rng.normal().exp()).clamp(60.0, 4.0 * DAY as f64) as i64,
    };
    let mut reported = occurred + lag;
    let by_day = reported.rem_euclid(DAY);
    let asleep = !(6 * HOUR + 1800..23 * HOUR).contains(&by_day);
    if matches!(source, Source::Resident) && (asleep && !at_once && rng.chance(0.9) || at_once && rng.chance(0.2)) {
        // Reported the next morning.
        let morning = reported.div_euclid(DAY) * DAY + rng.between(7 * HOUR, 10 * HOUR);
        reported = if morning <= reported { morning + DAY } else { morning };
    }
    let source = if source == Source::Resident && rng.chance(0.035) { Source::Partner } else { source };
    Draft { key: rng.next(), category, source, place, occurred, reported }
}

/// Whether an area approach prevented this event.
fn dropped_by_approach(setting: &Setting, category: &str, day: i64, point: (f64, f64), rng: &mut Rng) -> bool {
    let luck = rng.unit();
    setting.approach.as_ref().is_some_and(|a| {
        a.category == category
            && day >= day_number(a.from)
            && luck >= a.factor
            && metres((a.lon, a.lat), point) <= a.radius_m
    })
}

/// Words, contact and history of one draft. The year is left in `reference_hint` for numbering.
fn finish(setting: &Setting, calendar: &Calendar, texts: &Texts, draft: &Draft, end: i64) -> Option<DemoSignal> {
    let category = setting.categories.get(draft.category)?;
    let mut rng = Rng::of(setting.seed, &[7, draft.key]);
    let reported = calendar.utc(draft.reported);
    let reported_at = timestamp(reported);
    let mut random = [0; 10];
    random[..8].copy_from_slice(&rng.next().to_be_bytes());
    random[8..].copy_from_slice(&rng.next().to_be_bytes()[..2]);
    let id = uuid::Builder::from_unix_timestamp_millis(reported.unsigned_abs() * 1000, &random).into_uuid();
    let year = calendar.days.get((draft.reported.div_euclid(DAY) - calendar.days.first()?.number) as usize)?.year;

    let resident = draft.source == Source::Resident;
    let located = !(resident && rng.chance(0.06));
    let police = draft.source == Source::Police;
    let (lon, lat) = if police { coarse(setting, draft.place.point) } else { draft.place.point };
    let address = (!police && (!located || rng.chance(0.85))).then(|| texts.address(setting, &draft.place, &mut rng));
    let contact = (resident && rng.chance(0.2)).then(|| crate::people::contact(&mut rng));
    let words = match draft.source {
        Source::Police => String::new(),
        Source::Officer => texts.observation(setting, draft.category, &draft.place, &mut rng),
        Source::Resident | Source::Partner => {
            let when = (draft.occurred, draft.reported);
            texts.report(setting, draft.category, &draft.place, when, draft.source == Source::Partner, &mut rng)
        }
    };
    let mut last = reported;
    let history = history::of(category, draft.source, draft.reported, end, &mut rng)
        .into_iter()
        .enumerate()
        .map(|(i, (at, state))| {
            // Strictly later than the step before, also in the night of a clock change.
            last = if i == 0 { reported } else { calendar.utc(at).max(last + 60) };
            let note = texts.note(state, category.main, police, &mut rng);
            DemoChange { at: timestamp(last), state, note }
        })
        .collect();
    Some(DemoSignal {
        id,
        reference_hint: year.to_string(),
        occurred_at: timestamp(calendar.utc(draft.occurred).min(reported)),
        reported_at,
        lon: located.then_some(lon),
        lat: located.then_some(lat),
        address,
        category: category.id,
        words,
        source: draft.source,
        contact,
        history,
        place_group: None,
    })
}

struct Open {
    point: (f64, f64),
    first: i64,
    last: i64,
    members: Vec<usize>,
}

/// Signals of one category at one place: within 50 m of the first and 14 days of the last.
fn place_groups(signals: &[DemoSignal]) -> Vec<Option<u32>> {
    let (near, gap, span) = (50.0, 14 * DAY, 60 * DAY);
    let mut open: std::collections::HashMap<&str, Vec<Open>> = std::collections::HashMap::new();
    let mut closed = Vec::new();
    for (i, signal) in signals.iter().enumerate() {
        let (Some(lon), Some(lat), false) = (signal.lon, signal.lat, signal.source == Source::Police) else {
            continue;
        };
        let now = signal.reported_at.as_second();
        let list = open.entry(signal.category).or_default();
        closed.extend(
            list.extract_if(.., |g| now - g.last > gap || now - g.first > span).filter(|g| g.members.len() > 1),
        );
        match list.iter_mut().find(|g| (g.point.1 - lat).abs() < 1e-3 && metres(g.point, (lon, lat)) <= near) {
            Some(group) => {
                group.last = now;
                group.members.push(i);
            }
            None => list.push(Open { point: (lon, lat), first: now, last: now, members: vec![i] }),
        }
    }
    closed.extend(open.into_values().flatten().filter(|g| g.members.len() > 1));
    closed.sort_by_key(|g| g.members.first().copied());
    let mut groups = vec![None; signals.len()];
    for (number, group) in (0u32..).zip(&closed) {
        for member in &group.members {
            if let Some(slot) = groups.get_mut(*member) {
                *slot = Some(number);
            }
        }
    }
    groups
}
