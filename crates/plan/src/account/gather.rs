//! Gathers what was recorded of the years that a page or report needs, with a few grouped queries per year.

use super::indicators::{Manual, Patrol, Reading, Status, Visits, Whole, YearData, read};
use super::store::{self, InPart};
use crate::model::{Indicator, MeasureKind};
use jiff::civil::{Date, date};
use kit::clock::{day_date, day_number};
use kit::{At, Fault, Municipality, Tx};
use picture::interval;
use policy::{Permit, Resource, Role};
use signals::Catalogue;
use site::Cx;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The records of some years, ready to be read by indicator.
#[derive(Debug)]
pub struct Figures {
    /// By year.
    pub years: BTreeMap<i16, YearData>,
    /// Categories of signals.
    pub catalogue: Arc<Catalogue>,
}

impl Figures {
    /// An indicator in a year; missing when the year was not gathered.
    #[must_use]
    pub fn read(&self, indicator: &Indicator, year: i16) -> Reading {
        let empty = YearData::default();
        let data = self.years.get(&year).unwrap_or(&empty);
        read(indicator, year, data, &|category| self.catalogue.get(category).map_or("", |c| c.main.as_str()))
    }

    /// The year before, when it was gathered.
    #[must_use]
    pub fn before(&self, indicator: &Indicator, year: i16) -> Reading {
        self.read(indicator, year.saturating_sub(1))
    }
}

/// The first instant of a calendar year in the municipality, and that of the next.
pub(super) fn bounds(municipality: &Municipality, year: i16) -> (At, At) {
    let start = |year: i16| {
        let midnight = date(year.clamp(1, 9998), 1, 1).to_zoned(municipality.zone.clone());
        midnight.map_or(At::from_micros(0), |z| At(z.timestamp()))
    };
    (start(year), start(year.saturating_add(1)))
}

/// Whether records that begin on `first` hold all of `year`, seen from `today`.
pub(super) fn whole(year: i16, first: Option<Date>, today: Date) -> Whole {
    if year >= today.year() {
        return Whole::Running;
    }
    match first {
        // a few quiet days at the beginning of January say nothing
        Some(first) if first.year() == year && first.month() > 1 => Whole::Since(first),
        _ => Whole::Yes,
    }
}

/// The permit to read the account: the caller's own. The system itself (the command line) reads as the adviser does.
fn permit(cx: &Cx) -> Result<Permit, Fault> {
    let mut actor = cx.actor.clone();
    if cx.path.is_empty() && actor.account.is_none() {
        actor.role = Some(Role::Adviser);
    }
    cx.app.policy.permit(&actor, "account:read", &Resource::open("report", cx.code()))
}

/// Gathers `years` as far as `indicators` need it.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn gather(
    cx: &Cx,
    tx: &mut Tx,
    indicators: &[&Indicator],
    years: impl IntoIterator<Item = i16>,
) -> Result<Figures, Fault> {
    let needs = |kind: MeasureKind| indicators.iter().any(|i| i.measure.kind == kind);
    let permit = permit(cx)?;
    let (code, municipality) = (permit.municipality(), &cx.municipality);
    let today = cx.now.local(&municipality.zone).date();
    let mut manual: HashMap<i64, HashMap<_, _>> = HashMap::new();
    for value in store::values(tx, code).await? {
        manual.entry(value.year).or_default().insert(value.indicator.clone(), value.manual());
    }
    let first_signal = store::first_signal(tx, code).await?.map(|at| at.local(&municipality.zone).date());
    let first_presence = store::first_presence(tx, code).await?;
    let first_presence = first_presence.map(|day| day_date(i32::try_from(day).unwrap_or(0)));
    let counted = indicators.iter().any(|i| i.counts_signals());
    let mut parts = BTreeMap::new();
    let mut gathered = BTreeMap::new();
    for year in years {
        let (from, until) = bounds(municipality, year);
        let mut data = YearData {
            manual: manual.remove(&i64::from(year)).unwrap_or_default(),
            inhabitants: municipality.inhabitants(year).map(|i| (i.value, i.year)),
            whole: whole(year, first_signal, today),
            ..YearData::default()
        };
        if first_signal.is_some_and(|first| first.year() <= year) {
            data.tallies = store::tallies(tx, code, from, until, cx.now).await?;
            if counted && data.whole == Whole::Yes {
                parts.insert(year, store::in_parts(tx, code, from, until, PARTS).await?);
            }
            if needs(MeasureKind::ReopenedShare) {
                data.again = store::again(tx, code, from, until).await?;
            }
            if needs(MeasureKind::MedianDays) {
                data.lasting = store::lasting(tx, code, from, until).await?;
            }
        }
        if first_presence.is_some_and(|first| first.year() <= year) {
            let (first, last) = (day_number(date(year, 1, 1)), day_number(date(year, 12, 31)));
            let micros = store::presence(tx, code, first, last).await?;
            let walked = patrol::figures(tx, &permit, first, last).await?;
            let count = |n: i64| u64::try_from(n).unwrap_or(0);
            data.patrol = Patrol {
                hours: micros.map(|m| m as f64 / 3.6e9),
                rounds: count(walked.rounds),
                visits: walked
                    .by_category
                    .into_iter()
                    .map(|(category, part)| Visits {
                        category,
                        n: count(part.visits),
                        with_action: count(part.with_action),
                    })
                    .collect(),
                whole: whole(year, first_presence, today),
            };
        }
        for indicator in indicators {
            let by_hand = data.manual.contains_key(&indicator.id);
            if let Some((series, question, option)) = indicator.measure.of_survey().filter(|_| !by_hand) {
                let found = surveys::result_of_year(tx, code, series, question, option, (from, until)).await?;
                data.manual.extend(found.map(|reading| (indicator.id.clone(), of_survey(cx, &reading))));
            }
        }
        gathered.insert(year, data);
    }
    let catalogue = municipality.get::<Catalogue>();
    let main_of = |category: &str| catalogue.get(category).map_or("", |c| c.main.as_str());
    for (year, data) in &mut gathered {
        data.dispersion = indicators
            .iter()
            .filter(|i| i.counts_signals())
            .map(|i| (i.id.clone(), dispersion(i, *year, &parts, &main_of)))
            .collect();
    }
    Ok(Figures { years: gathered, catalogue })
}

/// In how many parts a year is cut to see how much its counts vary: about months.
const PARTS: i64 = 12;

/// How many times as much as chance the counts vary within the whole years up to `year` that were counted in the same
/// way.
fn dispersion<'a>(
    indicator: &Indicator,
    year: i16,
    parts: &BTreeMap<i16, Vec<InPart>>,
    main_of: &dyn Fn(&str) -> &'a str,
) -> f64 {
    let measure = &indicator.measure;
    let same = parts.iter().filter(|(y, _)| **y <= year && indicator.changed(**y, year).is_none());
    let table: Vec<Vec<u64>> = same
        .map(|(_, rows)| {
            let mut counts = vec![0; usize::try_from(PARTS).unwrap_or(0)];
            let mine =
                |r: &&InPart| measure.counts_source(&r.source) && measure.covers(&r.category, main_of(&r.category));
            for row in rows.iter().filter(mine) {
                let part = usize::try_from(row.part).ok().and_then(|part| counts.get_mut(part));
                if let Some(count) = part {
                    *count += u64::try_from(row.n).unwrap_or(0);
                }
            }
            counts
        })
        .collect();
    interval::dispersion(&table)
}

/// The outcome of an own questionnaire, as if it had been filled in by hand.
fn of_survey(cx: &Cx, reading: &surveys::Reading) -> Manual {
    let key = if reading.drawn { "plan-origin-sample" } else { "plan-origin-poll" };
    Manual {
        status: Status::Value,
        value: Some(reading.value),
        interval: Some((reading.low, reading.high)),
        respondents: u64::try_from(reading.n).ok(),
        origin: cx.words.ta(key, &[("survey", reading.slug.as_str().into()), ("n", cx.words.whole(reading.n).into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_whole_when_records_and_time_cover_it() {
        let today = date(2024, 6, 3);
        for (year, first, expected) in [
            (2023, Some(date(2021, 5, 1)), Whole::Yes),
            (2021, Some(date(2021, 5, 1)), Whole::Since(date(2021, 5, 1))),
            (2021, Some(date(2021, 1, 4)), Whole::Yes),
            (2024, Some(date(2021, 1, 4)), Whole::Running),
            (2025, None, Whole::Running),
            (2020, None, Whole::Yes),
        ] {
            assert_eq!(whole(year, first, today), expected, "{year}");
        }
    }
}
