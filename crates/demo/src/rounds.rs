//! Past rounds of the officers: about four a week, four to seven visits each, at places with
//! recent signals, with a presence of 10 to 16 minutes.

use crate::calendar::{day_number, timestamp};
use crate::people::{self, DemoShift};
use crate::places::metres;
use crate::rng::Rng;
use crate::setting::Setting;
use crate::signals::{DemoSignal, Source};
use crate::words::Texts;
use jiff::{Span, Timestamp};
use uuid::Uuid;

/// One round.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoRound {
    /// UUIDv7 of `starts_at` (RFC 9562).
    pub id: Uuid,
    /// Team id.
    pub team: &'static str,
    /// Start.
    pub starts_at: Timestamp,
    /// Length in minutes, the way back included.
    pub length_min: i64,
    /// Index in [`crate::team`].
    pub officer: usize,
    /// Visits in order.
    pub visits: Vec<DemoVisit>,
}

/// One visit of a round.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoVisit {
    /// Longitude (WGS84).
    pub lon: f64,
    /// Latitude (WGS84).
    pub lat: f64,
    /// Category id the visit is about.
    pub category: &'static str,
    /// Planned arrival.
    pub planned_at: Timestamp,
    /// Arrival.
    pub arrived_at: Timestamp,
    /// Departure.
    pub left_at: Timestamp,
    /// `nothing-found`, `talk`, `warning`, `solved` or `sanction-follows`.
    pub outcome: &'static str,
    /// Dutch note, if any; never about a person.
    pub note: Option<String>,
}

const OUTCOMES: [&str; 5] = ["nothing-found", "talk", "warning", "solved", "sanction-follows"];
/// Running totals of the chances of the outcomes, in order.
const CHANCES: [f64; 5] = [0.42, 0.66, 0.82, 0.95, 1.0];
/// Days back in which signals attract a visit.
const RECENT: i64 = 21;

/// The rounds from [`Setting::from`] to [`Setting::to`], ordered by start. `signals` are those of
/// [`crate::signals`], ordered by `reported_at`.
pub fn rounds(setting: &Setting, signals: &[DemoSignal]) -> Vec<DemoRound> {
    let texts = Texts::new(setting);
    let end = setting.to.to_zoned(setting.time_zone.clone()).map_or(Timestamp::MAX, |z| z.timestamp());
    let back = i64::from(setting.from.weekday().to_monday_zero_offset());
    let mut monday = setting.from.checked_sub(Span::new().days(back)).unwrap_or(setting.from);
    let mut out = Vec::new();
    while monday < setting.to {
        let mut rng = Rng::of(setting.seed, &[8, day_number(monday) as u64]);
        let mut shifts = people::week(setting, monday);
        let n = 3 + usize::from(rng.chance(0.75)) + usize::from(rng.chance(0.3));
        for _ in 0..n.min(shifts.len()) {
            let shift = shifts.swap_remove(rng.below(shifts.len()));
            if shift.ends_at <= end
                && let Some(round) = round(&shift, signals, &texts, &mut rng)
            {
                out.push(round);
            }
        }
        let Ok(next) = monday.checked_add(Span::new().days(7)) else {
            break;
        };
        monday = next;
    }
    out.sort_by_key(|r| (r.starts_at, r.id));
    out
}

/// Whether officers go and look for a category; youth officers look at groups.
fn worth_a_visit(team: &str, category: &str) -> bool {
    let youth = matches!(category, "youth-nuisance" | "alcohol-drugs" | "fireworks" | "litter" | "graffiti");
    let all = matches!(
        category,
        "dog-mess"
            | "dog-loose"
            | "parking"
            | "bicycle-wreck"
            | "car-wreck"
            | "household-waste"
            | "bulky-waste"
            | "dumping"
            | "obstructing-object"
            | "terrace"
            | "visitors"
            | "music-noise"
            | "public-urination"
            | "people-other"
    );
    youth || (all && team == people::ENFORCEMENT)
}

/// One round within a shift; `None` when nothing happened lately.
fn round(shift: &DemoShift, signals: &[DemoSignal], texts: &Texts, rng: &mut Rng) -> Option<DemoRound> {
    let start = shift.starts_at.as_second() + rng.between(20, 150) * 60;
    let first = signals.partition_point(|s| s.reported_at.as_second() < start - RECENT * 86_400);
    let last = signals.partition_point(|s| s.reported_at.as_second() < start - 3_600);
    let recent = signals.get(first..last)?;
    let wanted = rng.between(4, 7) as usize;
    let mut stops: Vec<(f64, f64, &'static str)> = Vec::with_capacity(wanted);
    // A random recent signal is more often one of a place with many; near doubles are skipped.
    for _ in 0..wanted * 30 {
        let Some(signal) = rng.pick(recent) else {
            break;
        };
        let (Some(lon), Some(lat)) = (signal.lon, signal.lat) else {
            continue;
        };
        let grouped = signal.place_group.is_some() || rng.chance(0.35);
        if stops.len() < wanted
            && grouped
            && signal.source != Source::Police
            && worth_a_visit(shift.team, signal.category)
            && stops.iter().all(|s| metres((s.0, s.1), (lon, lat)) > 120.0)
        {
            stops.push((lon, lat, signal.category));
        }
    }
    if stops.len() < 4 {
        return None;
    }
    let mut at = (stops[0].0, stops[0].1);
    let mut clock = start;
    let mut visits = Vec::with_capacity(stops.len());
    while !stops.is_empty() {
        let near = (0..stops.len())
            .min_by(|a, b| metres(at, (stops[*a].0, stops[*a].1)).total_cmp(&metres(at, (stops[*b].0, stops[*b].1))))?;
        let (lon, lat, category) = stops.swap_remove(near);
        // By bicycle at 12 km/h over streets 1.3 times as long as the crow flies, and 2 minutes.
        let planned = clock + (metres(at, (lon, lat)) * 1.3 / 200.0 * 60.0) as i64 + 120;
        let arrived = (planned + rng.between(-120, 420)).max(clock + 30);
        let left = arrived + rng.between(10 * 60, 16 * 60);
        let outcome = OUTCOMES.get(rng.by_total(&CHANCES)).copied().unwrap_or("nothing-found");
        let note = if rng.chance(0.7) { texts.visit_note(outcome, rng) } else { None };
        visits.push(DemoVisit {
            lon,
            lat,
            category,
            planned_at: timestamp(planned),
            arrived_at: timestamp(arrived),
            left_at: timestamp(left),
            outcome,
            note,
        });
        at = (lon, lat);
        clock = left;
    }
    let mut random = [0; 10];
    random[..8].copy_from_slice(&rng.next().to_be_bytes());
    let id = uuid::Builder::from_unix_timestamp_millis(start.unsigned_abs() * 1000, &random).into_uuid();
    let length_min = (clock - start) / 60 + rng.between(8, 20);
    Some(DemoRound { id, team: shift.team, starts_at: timestamp(start), length_min, officer: shift.officer, visits })
}
