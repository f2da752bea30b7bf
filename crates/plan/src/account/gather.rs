//! Gathers what was recorded of the years or months that a page or report needs, with a few grouped queries per period.

use super::follow::{self, Follow, Report};
use super::indicators::{Manual, Patrol, Reading, Sanctioned, Sanctions, Status, Visits, Whole, YearData, read};
use super::store::{self, InPart};
use crate::model::{Indicator, MeasureKind, MeasureSource};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use kit::clock::{day_date, day_number};
use kit::{At, Fault, Municipality, Tx};
use patrol::figures::Seen;
use picture::interval;
use policy::{Permit, Resource, Role};
use sanctions::SanctionsConfig;
use sanctions::figures::{self as counted, Count};
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

/// The first instant of a day in the municipality.
fn midnight(municipality: &Municipality, day: Date) -> At {
    let midnight = day.to_zoned(municipality.zone.clone());
    midnight.map_or(At::from_micros(0), |z| At(z.timestamp()))
}

/// The first day of a calendar year, and that of the next.
fn days(year: i16) -> (Date, Date) {
    let first = |year: i16| date(year.clamp(1, 9998), 1, 1);
    (first(year), first(year.saturating_add(1)))
}

/// The first instant of a calendar year in the municipality, and that of the next.
pub(super) fn bounds(municipality: &Municipality, year: i16) -> (At, At) {
    let (from, until) = days(year);
    (midnight(municipality, from), midnight(municipality, until))
}

/// Whether records that begin on `first` hold all of `year`, seen from `today`.
pub(super) fn whole(year: i16, first: Option<Date>, today: Date) -> Whole {
    held(days(year), first, today)
}

/// Whether records that begin on `first` hold all days from `from` up to `until`, seen from `today`.
fn held((from, until): (Date, Date), first: Option<Date>, today: Date) -> Whole {
    if until > today {
        return Whole::Running;
    }
    // a few quiet days at the beginning, of a year those of January, say nothing
    let length = until.duration_since(from).as_hours() / 24;
    let quiet = from.saturating_add(((length + 11) / 12).days());
    match first {
        Some(first) if first >= quiet && first < until => Whole::Since(first),
        _ => Whole::Yes,
    }
}

/// The permit to read the account: the caller's own. The system itself (the command line) reads as the adviser does.
pub(super) fn permit(cx: &Cx) -> Result<Permit, Fault> {
    let mut actor = cx.actor.clone();
    if cx.path.is_empty() && actor.account.is_none() {
        actor.role = Some(Role::Adviser);
    }
    cx.app.policy.permit(&actor, "account:read", &Resource::open("report", cx.code()))
}

/// What all periods of one page share: since when there are records, and what is read for all of them at once.
pub(super) struct Records<'a> {
    cx: &'a Cx,
    permit: Permit,
    indicators: &'a [&'a Indicator],
    today: Date,
    first_signal: Option<Date>,
    pub first_presence: Option<Date>,
    /// Numbers of sanctions of all months; empty when no indicator needs them.
    pub sanctions: Vec<Count>,
    /// Reports and visits of the whole stretch, when an indicator is about what follows.
    reports: Vec<Report>,
    visits: Vec<Seen>,
}

impl<'a> Records<'a> {
    /// Reads what `indicators` need for periods from `from` up to `until`.
    pub async fn read(
        cx: &'a Cx,
        tx: &mut Tx,
        indicators: &'a [&'a Indicator],
        (from, until): (Date, Date),
    ) -> Result<Records<'a>, Fault> {
        let permit = permit(cx)?;
        let (code, municipality) = (permit.municipality(), &cx.municipality);
        let first_signal = store::first_signal(tx, code).await?.map(|at| at.local(&municipality.zone).date());
        let first_presence = store::first_presence(tx, code).await?;
        let first_presence = first_presence.map(|day| day_date(i32::try_from(day).unwrap_or(0)));
        let sanctions = match indicators.iter().any(|i| i.source == MeasureSource::Sanctions) {
            true => counted::counts(tx, &permit, 0).await?,
            false => vec![],
        };
        let following: Vec<&Indicator> = indicators.iter().filter(|i| i.measure.kind.follows()).copied().collect();
        let (mut reports, mut visits) = (vec![], vec![]);
        if let (Some(longest), Some(first)) = (following.iter().map(|i| i.measure.within_days).max(), first_presence) {
            let stretch = (
                midnight(municipality, from.max(first.saturating_sub(i32::from(longest).days()))),
                midnight(municipality, until.saturating_add(i32::from(longest).days())),
            );
            for category in &municipality.get::<Catalogue>().categories {
                if following.iter().any(|i| i.measure.covers(&category.id, &category.main)) {
                    reports.extend(store::reports(tx, code, &category.id, stretch).await?);
                }
            }
            visits = patrol::figures::seen(tx, &permit, stretch).await?;
        }
        reports.sort_by_key(|r| r.reported_at);
        let today = cx.now.local(&municipality.zone).date();
        Ok(Self { cx, permit, indicators, today, first_signal, first_presence, sanctions, reports, visits })
    }

    /// What was recorded from `from` up to `until`; without what is only known of a year. `follow` is [`Self::following`],
    /// made once for all periods.
    async fn period(&self, tx: &mut Tx, follow: &Follow<'_>, (from, until): (Date, Date)) -> Result<YearData, Fault> {
        let needs = |kind: MeasureKind| self.indicators.iter().any(|i| i.measure.kind == kind);
        let (code, municipality) = (self.permit.municipality(), &self.cx.municipality);
        let (begin, end) = (midnight(municipality, from), midnight(municipality, until));
        let mut data = YearData {
            whole: held((from, until), self.first_signal, self.today),
            sanctions: self.sanctions(from, until),
            ..YearData::default()
        };
        if self.first_signal.is_some_and(|first| first < until) {
            data.tallies = store::tallies(tx, code, begin, end, self.cx.now).await?;
            if needs(MeasureKind::ReopenedShare) {
                data.again = store::again(tx, code, begin, end).await?;
            }
            if needs(MeasureKind::MedianDays) {
                data.lasting = store::lasting(tx, code, begin, end).await?;
            }
        }
        if self.first_presence.is_some_and(|first| first < until) {
            let (first, last) = (day_number(from), day_number(until) - 1);
            let micros = store::presence(tx, code, first, last).await?;
            let walked = patrol::figures(tx, &self.permit, first, last).await?;
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
                        warnings: count(part.warnings),
                    })
                    .collect(),
                whole: held((from, until), self.first_presence, self.today),
            };
            self.follow(follow, &mut data, (begin, end));
        }
        Ok(data)
    }

    /// Reports and places of the period with what followed, for each indicator that is about it.
    fn follow(&self, follow: &Follow<'_>, data: &mut YearData, period: (At, At)) {
        for indicator in self.indicators.iter().filter(|i| i.measure.kind.follows()) {
            if indicator.measure.kind.responds() {
                let found = follow::responses(&self.answered(follow, indicator, period));
                data.responses.insert(indicator.id.clone(), found);
            } else {
                data.repeats.insert(indicator.id.clone(), follow::repeats(&self.acted(follow, indicator, period)));
            }
        }
    }

    /// The reports and visits of the whole stretch, by place.
    pub fn following(&self) -> Follow<'_> {
        Follow::new(&self.reports, &self.visits, self.cx.now)
    }

    /// The reports of a period that count for an indicator, with their first visit.
    pub fn answered<'b>(
        &self,
        follow: &Follow<'b>,
        indicator: &Indicator,
        period: (At, At),
    ) -> Vec<follow::Answered<'b>> {
        let (measure, catalogue) = (&indicator.measure, self.cx.municipality.get::<Catalogue>());
        let main_of = |category: &str| catalogue.get(category).map_or("", |c| c.main.as_str());
        let counts =
            |category: &str, source: &str| measure.counts_source(source) && measure.covers(category, main_of(category));
        follow.answered(&counts, period, measure.within_days)
    }

    /// The places of a period that count for an indicator, with whether there was a new report.
    pub fn acted<'b>(&self, follow: &Follow<'b>, indicator: &Indicator, period: (At, At)) -> Vec<follow::Acted<'b>> {
        let (measure, catalogue) = (&indicator.measure, self.cx.municipality.get::<Catalogue>());
        let main_of = |category: &str| catalogue.get(category).map_or("", |c| c.main.as_str());
        let covers = |category: &str| measure.covers(category, main_of(category));
        follow.acted(&covers, &|_, source| measure.counts_source(source), period, measure.within_days)
    }

    /// The first month of which sanctions were counted.
    pub fn first_sanction(&self) -> Option<Date> {
        self.sanctions.iter().map(|c| c.month).min().map(counted::first_day)
    }

    /// Numbers of sanctions of the whole municipality in the months from `from` up to `until`.
    fn sanctions(&self, from: Date, until: Date) -> Sanctions {
        let first = self.first_sanction();
        let months = counted::month(day_number(from).into())..counted::month(day_number(until).into());
        let mine = |c: &&Count| c.area == counted::WHOLE && months.contains(&c.month);
        let number = |c: &Count| Sanctioned {
            modality: c.modality.clone(),
            group: c.offence_group.clone(),
            many: c.many.and_then(|n| u64::try_from(n).ok()),
        };
        let counted = first.is_some_and(|first| first < until && from <= self.today);
        Sanctions {
            numbers: counted.then(|| self.sanctions.iter().filter(mine).map(number).collect()),
            bound: match first {
                Some(_) => u64::try_from(self.cx.municipality.get::<SanctionsConfig>().small_cells).unwrap_or(1),
                None => 1,
            },
            whole: held((from, until), first, self.today),
        }
    }
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
    let years: Vec<i16> = years.into_iter().collect();
    let (Some(first), Some(last)) = (years.iter().min(), years.iter().max()) else {
        return Ok(Figures { years: BTreeMap::new(), catalogue: cx.municipality.get() });
    };
    let records = Records::read(cx, tx, indicators, (days(*first).0, days(*last).1)).await?;
    let follow = records.following();
    let (code, municipality) = (records.permit.municipality(), &cx.municipality);
    let mut manual: HashMap<i64, HashMap<_, _>> = HashMap::new();
    for value in store::values(tx, code).await? {
        manual.entry(value.year).or_default().insert(value.indicator.clone(), value.manual());
    }
    let counted = indicators.iter().any(|i| i.counts_signals());
    let mut parts = BTreeMap::new();
    let mut gathered = BTreeMap::new();
    for year in years {
        let (from, until) = bounds(municipality, year);
        let mut data = records.period(tx, &follow, days(year)).await?;
        data.manual = manual.remove(&i64::from(year)).unwrap_or_default();
        data.inhabitants = municipality.inhabitants(year).map(|i| (i.value, i.year));
        let recorded = records.first_signal.is_some_and(|first| first.year() <= year);
        if recorded && counted && data.whole == Whole::Yes {
            parts.insert(year, store::in_parts(tx, code, from, until, PARTS).await?);
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

/// One indicator in the last `many` months up to and including the current one, oldest first, with the first day of each.
/// `figures` are its years: from them comes how much a count varies.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub(crate) async fn months(
    cx: &Cx,
    tx: &mut Tx,
    indicator: &Indicator,
    figures: &Figures,
    many: i32,
) -> Result<Vec<(Date, Reading)>, Fault> {
    let this = cx.now.local(&cx.municipality.zone).date().first_of_month();
    let month = |back: i32| this.saturating_sub(back.months());
    let indicators = [indicator];
    let records = Records::read(cx, tx, &indicators, (month(many - 1), month(-1))).await?;
    let follow = records.following();
    let main_of = |category: &str| figures.catalogue.get(category).map_or("", |c| c.main.as_str());
    let mut found = Vec::new();
    for back in (0..many).rev() {
        let first = month(back);
        let mut data = records.period(tx, &follow, (first, month(back - 1))).await?;
        if let Some(year) = figures.years.get(&first.year()) {
            data.dispersion.clone_from(&year.dispersion);
            data.inhabitants = year.inhabitants;
        }
        found.push((first, read(indicator, first.year(), &data, &main_of)));
    }
    Ok(found)
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
