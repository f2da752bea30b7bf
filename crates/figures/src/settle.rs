//! What holds for every source: which figures are kept, which contradict each other, which are not final. Pure.

use crate::config::{Dataset, Scope};
use crate::model::{AreaLevel, Key, Name, NameKind, Observation, Parsed, Period, PeriodKind, Said};
use crate::report::Report;
use crate::source::Around;
use areas::Figure;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// A file ready to be compared with what is known.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// Figures, ordered by key, each key once.
    pub observations: Vec<Observation>,
    /// Names of codes.
    pub names: Vec<Name>,
    /// Kinds of names of which the file has the whole list.
    pub listed: Vec<NameKind>,
    /// What is to be said so far.
    pub report: Report,
}

/// Brings a parsed file into order.
#[must_use]
pub fn settle(parsed: Parsed, around: &Around<'_>) -> Settled {
    let dataset = around.dataset;
    let mut report = Report { rows: parsed.rows, left_out: parsed.left_out, ..Report::default() };
    for refusal in parsed.refused {
        report.refuse(refusal.row, refusal.why);
    }
    for note in parsed.notes {
        report.note(note);
    }
    let mut names = parsed.names;
    names.retain(|n| n.kind != NameKind::Area || is_kept(&n.code, around));
    let categories: Option<HashSet<&str>> = parsed
        .listed
        .contains(&NameKind::Category)
        .then(|| names.iter().filter(|n| n.kind == NameKind::Category).map(|n| n.code.as_str()).collect());
    let mut unknown = BTreeSet::new();
    let mut kept = Vec::with_capacity(parsed.observations.len());
    for observation in parsed.observations {
        let key = &observation.key;
        if categories.as_ref().is_some_and(|list| !list.contains(key.category.as_str())) {
            report.refuse(observation.row, Said::new("figures-row-unknown-code", [("code", key.category.clone())]));
        } else if !is_kept(&key.area, around) {
            report.elsewhere += 1;
        } else if AreaLevel::of(&key.area) > AreaLevel::Municipality
            && dataset.municipality_only.contains(&key.category)
        {
            report.kept_back += 1;
        } else {
            if is_unknown_area(&key.area, around) {
                unknown.insert(key.area.clone());
            }
            kept.push(observation);
        }
    }
    report.unknown_areas = unknown.into_iter().collect();
    let mut observations = single(kept, &mut report);
    let reference = parsed.reference.as_deref().and_then(|d| d.parse().ok()).unwrap_or(around.today);
    mark_preliminary(&mut observations, dataset, reference, parsed.says_preliminary);
    half_years(&mut observations, &mut report);
    if dataset.adds_up {
        months_and_year(&observations, &mut report);
        totals_and_parts(&observations, dataset, &mut report);
    }
    measure_up(&observations, &mut report);
    Settled { observations, names, listed: parsed.listed, report }
}

/// Whether figures of the area are kept.
fn is_kept(area: &str, around: &Around<'_>) -> bool {
    let own = around.municipality;
    around.dataset.areas == Scope::All
        || area == own
        || around.dataset.compare.iter().any(|c| c == area)
        || around.sheet.get(area).is_some()
        || own.strip_prefix("GM").is_some_and(|digits| {
            ["WK", "BU"].iter().any(|level| area.strip_prefix(level).is_some_and(|rest| rest.starts_with(digits)))
        })
}

/// Whether the area is one of the municipality's, by its code, and not on its present map.
fn is_unknown_area(area: &str, around: &Around<'_>) -> bool {
    around.dataset.areas == Scope::Own
        && !around.sheet.areas.is_empty()
        && AreaLevel::of(area) > AreaLevel::Municipality
        && around.sheet.get(area).is_none()
}

/// Each key once: the same again is counted, a contradiction refuses all of it.
fn single(mut all: Vec<Observation>, report: &mut Report) -> Vec<Observation> {
    all.sort_by(|a, b| a.key.cmp(&b.key).then(a.row.cmp(&b.row)));
    let mut out: Vec<Observation> = Vec::with_capacity(all.len());
    for same in all.chunk_by(|a, b| a.key == b.key) {
        let Some(first) = same.first() else { continue };
        let says = |o: &Observation| (o.figure, o.low, o.high, o.n);
        if same.iter().all(|o| says(o) == says(first)) {
            report.twice += same.len() as u64 - 1;
            out.push(first.clone());
            continue;
        }
        let rows = same.iter().map(|o| o.row.to_string()).collect::<Vec<_>>().join(", ");
        for observation in same {
            let key = &observation.key;
            let values = [
                ("rows", rows.clone()),
                ("area", key.area.clone()),
                ("category", key.category.clone()),
                ("period", key.period.code()),
            ];
            report.refuse(observation.row, Said::new("figures-row-contradiction", values));
        }
    }
    out
}

fn mark_preliminary(observations: &mut [Observation], dataset: &Dataset, reference: Date, said: bool) {
    let months = if said { 0 } else { dataset.preliminary_months };
    let settled = reference.saturating_sub(jiff::Span::new().months(months));
    for observation in observations {
        let end = observation.key.period.end();
        let survey = observation.key.period.kind == PeriodKind::Survey;
        observation.preliminary |= !survey && ((months > 0 && end > settled) || end > reference);
    }
}

/// Months by year of the file.
fn months_of(observations: &[Observation]) -> BTreeMap<i16, BTreeSet<i8>> {
    let mut years: BTreeMap<i16, BTreeSet<i8>> = BTreeMap::new();
    for period in observations.iter().map(|o| o.key.period).filter(|p| p.kind == PeriodKind::Month) {
        years.entry(period.start.year()).or_default().insert(period.start.month());
    }
    years
}

/// A year of which not all months are there is said, and its figure as a year is not final.
fn half_years(observations: &mut [Observation], report: &mut Report) {
    let years = months_of(observations);
    let mut half = BTreeSet::new();
    for (year, months) in years.iter().filter(|(_, months)| months.len() < 12) {
        half.insert(*year);
        let values = [("year", year.to_string()), ("months", months.len().to_string())];
        report.note(Said::new("figures-note-half-year", values));
    }
    // only the newest: an older year may be published as a year alone
    let newest = years.keys().next_back().copied();
    for observation in observations {
        let period = observation.key.period;
        let year = period.start.year();
        observation.preliminary |= period.kind == PeriodKind::Year && Some(year) == newest && half.contains(&year);
    }
}

/// Where all twelve months and the year are there: do they say the same?
fn months_and_year(observations: &[Observation], report: &mut Report) {
    type Series<'a> = (&'a str, &'a str, &'a str, i16);
    let mut sums: HashMap<Series<'_>, (u8, f64)> = HashMap::new();
    fn series(key: &Key) -> Series<'_> {
        (&key.measure, &key.category, &key.area, key.period.start.year())
    }
    for o in observations.iter().filter(|o| o.key.period.kind == PeriodKind::Month) {
        if let Some(value) = o.figure.number() {
            let entry = sums.entry(series(&o.key)).or_default();
            *entry = (entry.0 + 1, entry.1 + value);
        }
    }
    let mut differ = observations.iter().filter(|o| o.key.period.kind == PeriodKind::Year).filter_map(|o| {
        let (months, sum) = sums.get(&series(&o.key))?;
        let year = o.figure.number()?;
        (*months == 12 && (year - sum).abs() > 0.5).then_some((o, year, *sum))
    });
    if let Some((o, year, sum)) = differ.next() {
        let values = [
            ("n", (1 + differ.count()).to_string()),
            ("area", o.key.area.clone()),
            ("category", o.key.category.clone()),
            ("period", o.key.period.code()),
            ("total", year.to_string()),
            ("sum", sum.to_string()),
        ];
        report.note(Said::new("figures-note-months-year", values));
    }
}

/// A total and the sum of its parts.
#[derive(Default)]
struct Parts {
    total: Option<f64>,
    sum: f64,
    has_gap: bool,
}

/// Where the total and all categories are there: is it their sum?
fn totals_and_parts(observations: &[Observation], dataset: &Dataset, report: &mut Report) {
    if dataset.totals.is_empty() {
        return;
    }
    let mut sums: HashMap<(&str, &str, Period), Parts> = HashMap::new();
    // where a category is kept back, the parts are not all here
    let whole = |o: &&Observation| {
        dataset.municipality_only.is_empty() || AreaLevel::of(&o.key.area) <= AreaLevel::Municipality
    };
    for o in observations.iter().filter(whole) {
        let entry = sums.entry((&o.key.measure, &o.key.area, o.key.period)).or_default();
        match o.figure {
            Figure::Value(value) if dataset.totals.contains(&o.key.category) => entry.total = Some(value),
            Figure::Value(value) => entry.sum += value,
            _ => entry.has_gap = true,
        }
    }
    let differs = |p: &Parts| p.total.filter(|total| !p.has_gap && (total - p.sum).abs() > 0.5);
    let mut differ: Vec<_> =
        sums.into_iter().filter_map(|(at, parts)| differs(&parts).map(|total| (at, total, parts.sum))).collect();
    differ.sort_by_key(|(at, ..)| *at);
    if let Some(((_, area, period), total, sum)) = differ.first() {
        let values = [
            ("n", differ.len().to_string()),
            ("area", (*area).to_owned()),
            ("period", period.code()),
            ("total", total.to_string()),
            ("sum", sum.to_string()),
        ];
        report.note(Said::new("figures-note-total-parts", values));
    }
}

fn measure_up(observations: &[Observation], report: &mut Report) {
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for o in observations {
        *report.statuses.entry(o.figure.kind().to_owned()).or_default() += 1;
        *sums.entry(&o.key.measure).or_default() += o.figure.number().unwrap_or(0.0);
    }
    report.cells = observations.len() as u64;
    report.sums = sums.into_iter().map(|(m, s)| (m.to_owned(), s)).collect();
    let periods = || observations.iter().map(|o| o.key.period);
    report.first = periods().min_by_key(|p| (p.start, Reverse(p.end()))).map(Period::code).unwrap_or_default();
    report.last = periods().max_by_key(|p| (p.end(), p.start)).map(Period::code).unwrap_or_default();
}
