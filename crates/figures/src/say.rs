//! Figures, periods and areas in the reader's words.

use crate::config::Dataset;
use crate::model::{AreaLevel, Period, PeriodKind};
use crate::read::Shown;
use areas::Figure;
use kit::Words;

/// A figure on a page: its text, and the class that says when there is none.
pub struct Cell {
    /// Text.
    pub text: String,
    /// Empty, `missing` or `suppressed`.
    pub class: &'static str,
}

/// A number with as many decimals as it needs, at most two.
pub fn number(words: &Words, value: f64) -> String {
    let decimals = (0..2).find(|d| (value * 10_f64.powi(*d)).fract().abs() < 1e-9).unwrap_or(2);
    words.number(value, usize::try_from(decimals).unwrap_or(0))
}

/// A figure with a status; a missing or withheld one says so and is never a number.
pub fn status(words: &Words, kind: &str, value: Option<f64>) -> Cell {
    match (kind, value) {
        ("value", Some(value)) => Cell { text: number(words, value), class: "" },
        ("suppressed", _) => Cell { text: words.t("figures-suppressed"), class: "suppressed" },
        ("unspecified", _) => Cell { text: words.t("figures-unspecified"), class: "missing" },
        _ => Cell { text: words.t("figures-missing"), class: "missing" },
    }
}

/// The least number that may be shown of this area; smaller counts than it, but zero, are not.
pub fn least(dataset: &Dataset, area: &str) -> Option<f64> {
    dataset.small_cells.filter(|_| AreaLevel::of(area) > AreaLevel::Municipality)
}

/// A figure as it may be shown of this area: small counts become withheld.
pub fn masked(figure: Figure, dataset: &Dataset, area: &str) -> Figure {
    match (figure, least(dataset, area)) {
        (Figure::Value(value), Some(least)) if value > 0.0 && value < least => Figure::Suppressed,
        _ => figure,
    }
}

/// The cell of a figure; a small count says between which numbers it lies.
pub fn cell(words: &Words, shown: &Shown, dataset: &Dataset, area: &str) -> Cell {
    match (shown.figure, masked(shown.figure, dataset, area)) {
        (Figure::Value(_), Figure::Suppressed) => {
            let most = least(dataset, area).unwrap_or_default() - 1.0;
            Cell { text: words.t1("figures-small", "most", &number(words, most)), class: "suppressed" }
        }
        (figure, _) => status(words, figure.kind(), figure.number()),
    }
}

/// A period, e.g. `mei 2023`, `2e kwartaal 2023`, `2023`.
pub fn period(words: &Words, period: Period) -> String {
    let year = period.start.year();
    match period.kind {
        PeriodKind::Month => format!("{} {year}", words.t(&format!("month-{}", period.start.month()))),
        PeriodKind::Quarter => {
            let quarter = ((period.start.month() + 2) / 3).to_string();
            words.ta("figures-quarter", &[("n", quarter.into()), ("year", year.to_string().into())])
        }
        PeriodKind::Year | PeriodKind::Survey => year.to_string(),
    }
}

/// The period that a code stands for, in words; the code itself when it is none.
pub fn period_code(words: &Words, code: &str) -> String {
    Period::parse(code).map_or_else(|| code.to_owned(), |p| period(words, p))
}
