//! What may be said of an indicator by area, as a table.

use crate::PlanBook;
use crate::account::areas::{AreaFigures, AreaRow, Says};
use crate::account::say::Say;
use crate::account::web::priority::area_value;
use crate::model::{Indicator, MeasureKind, MeasureSource};
use picture::interval::Range;
use site::Cx;
use site::chart::{IntervalBar, interval_bar};

/// The table.
pub(super) struct AreasView {
    pub period: String,
    pub refused: bool,
    /// How the sum over all years is called.
    pub total: String,
    /// How the rate, share or duration is called; empty where there is none.
    pub rate: String,
    /// Whether rates were drawn towards each other.
    pub drawn: bool,
    /// Whether areas have a place.
    pub ranked: bool,
    pub rows: Vec<AreaView>,
    pub years: Vec<String>,
    pub notes: Vec<String>,
}

/// A row.
pub(super) struct AreaView {
    pub name: String,
    pub cells: Vec<(String, &'static str)>,
    pub total: (String, &'static str),
    pub rate: String,
    pub drawn: String,
    pub bar: String,
    pub rank: String,
}

/// The table of one indicator.
pub(super) fn view(cx: &Cx, say: Say<'_>, indicator: &Indicator, found: &AreaFigures) -> AreasView {
    let words = &cx.words;
    let period = match (found.years.first(), found.years.last()) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => say.period(*first, *last),
        _ => String::new(),
    };
    let top = found.rows.iter().filter_map(|r| r.drawn.or(r.rate)).map(|r| r.high).fold(0.0, f64::max);
    let rules = &cx.municipality.get::<PlanBook>().indicators;
    let least = rules.small_cells.least.to_string();
    let drawn = found.rows.iter().any(|r| r.drawn.is_some());
    let rates = found.says == Says::Rates;
    let mut notes = vec![];
    if indicator.measure.kind == MeasureKind::PresenceHours {
        notes.push(words.t("plan-areas-note-hours"));
    } else {
        notes.push(words.t1("plan-areas-note-hidden", "least", &least));
    }
    if rates {
        notes.push(words.t("plan-areas-note-rate"));
        notes.push(words.t(match drawn {
            true => "plan-areas-note-drawn",
            false => "plan-areas-note-not-drawn",
        }));
        notes.push(words.t1("plan-areas-note-rank", "level", &words.percent(rules.uncertainty.rank_level)));
    }
    match found.says {
        Says::Value => notes.push(words.t("plan-areas-note-value")),
        Says::Counts => notes.push(words.t("plan-areas-note-counts")),
        Says::Rates => {}
    }
    if indicator.source == MeasureSource::Signals {
        notes.push(words.t("plan-areas-note-reports"));
    }
    AreasView {
        period,
        refused: found.refused,
        total: words.t(match indicator.measure.kind {
            MeasureKind::RepeatShare => "plan-areas-places",
            MeasureKind::VisitedShare => "plan-areas-reports",
            kind if kind.responds() => "plan-areas-visited",
            MeasureKind::PresenceHours => "plan-areas-hours",
            _ => "plan-areas-total",
        }),
        rate: match found.says {
            Says::Rates => words.t("plan-areas-rate"),
            Says::Value => words.t1("plan-areas-value", "unit", indicator.unit.get(words.language())),
            Says::Counts => String::new(),
        },
        drawn,
        ranked: rates,
        rows: found.rows.iter().map(|row| area_view(cx, say, indicator, found, row, top)).collect(),
        years: match found.says {
            Says::Value => vec![],
            _ => found.years.iter().map(ToString::to_string).collect(),
        },
        notes,
    }
}

fn area_view(cx: &Cx, say: Say<'_>, indicator: &Indicator, found: &AreaFigures, row: &AreaRow, top: f64) -> AreaView {
    let words = &cx.words;
    let number = |v: f64| match found.says {
        Says::Value => say.number(indicator, v),
        _ => words.number(v, 1),
    };
    let name = if row.name.is_empty() { cx.t("plan-area-unknown") } else { row.name.clone() };
    let ends = |r: &Range| {
        let values = [("low", number(r.low).into()), ("high", number(r.high).into())];
        words.ta("plan-interval", &values)
    };
    let bar = |r: &Range| {
        interval_bar(&IntervalBar {
            title: format!("{name}: {} ({})", number(r.value), ends(r)),
            low: r.low,
            value: r.value,
            high: r.high,
            min: 0.0,
            max: top,
            mark: found.mean,
            format: &number,
        })
    };
    AreaView {
        cells: row.cells.iter().map(|c| area_value(cx, *c)).collect(),
        total: area_value(cx, row.total),
        rate: match (row.rate, row.inhabitants) {
            (Some(r), _) if r.low < r.high => format!("{} ({})", number(r.value), ends(&r)),
            (Some(r), _) => number(r.value),
            (None, None) if !row.name.is_empty() && found.says == Says::Rates => words.t("plan-area-no-inhabitants"),
            _ => String::new(),
        },
        drawn: row.drawn.map(|r| format!("{} ({})", words.number(r.value, 1), ends(&r))).unwrap_or_default(),
        bar: row.drawn.or(row.rate).as_ref().map(bar).unwrap_or_default(),
        rank: row
            .rank
            .map(|rank| {
                let (best, worst, all) = (rank.best.to_string(), rank.worst.to_string(), found.ranked.to_string());
                let values = [("best", best.into()), ("worst", worst.into()), ("all", all.into())];
                let key = match (rank.best == 1 && rank.worst == found.ranked, rank.best == rank.worst) {
                    (true, _) if found.ranked > 1 => "plan-rank-any",
                    (_, true) => "plan-rank-one",
                    _ => "plan-rank-some",
                };
                words.ta(key, &values)
            })
            .unwrap_or_default(),
        name,
    }
}
