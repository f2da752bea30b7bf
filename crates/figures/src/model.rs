//! The nouns: a period, a figure of an area in a period, a name of a code, and what is said about a file. Pure.

use areas::Figure;
use jiff::civil::{Date, date};
use kit::text_enum;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

text_enum! {
    /// Length of a period. Periods of different kinds are never added up.
    pub enum PeriodKind {
        /// A calendar month.
        Month = "month",
        /// A calendar quarter.
        Quarter = "quarter",
        /// A calendar year.
        Year = "year",
        /// A round of a survey, named by its year.
        Survey = "survey",
    }
}

text_enum! {
    /// What a code is of.
    pub enum NameKind {
        /// What is measured.
        Measure = "measure",
        /// What is counted, e.g. a kind of crime.
        Category = "category",
        /// Where.
        Area = "area",
    }
}

/// A period: its kind and its first day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Its length.
    pub kind: PeriodKind,
    /// Its first day.
    pub start: Date,
}

impl Period {
    /// A calendar year.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        Some(Self { kind: PeriodKind::Year, start: Date::new(year, 1, 1).ok()? })
    }

    /// A month of a year.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Some(Self { kind: PeriodKind::Month, start: Date::new(year, month, 1).ok()? })
    }

    /// Reads a period as the statistical office writes it (`2023JJ00`, `2023MM01`, `2023KW02`) or as people do
    /// (`2023`, `2023-01`, `2023-Q2`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let year: i16 = text.get(..4)?.parse().ok().filter(|y| (1900..2200).contains(y))?;
        let rest = text.get(4..)?;
        let part = |digits: &str| digits.parse::<i8>().ok();
        let quarter = |q: i8| {
            (1..=4)
                .contains(&q)
                .then(|| Some(Self { kind: PeriodKind::Quarter, start: Date::new(year, 3 * q - 2, 1).ok()? }))?
        };
        match rest {
            "" | "JJ00" => Self::year(year),
            _ if rest.starts_with("MM") && rest.len() == 4 => Self::month(year, part(&rest[2..])?),
            _ if rest.starts_with("KW") && rest.len() == 4 => quarter(part(&rest[2..])?),
            _ if rest.starts_with("-Q") && rest.len() == 3 => quarter(part(&rest[2..])?),
            _ if rest.starts_with('-') && rest.len() == 3 => Self::month(year, part(&rest[1..])?),
            _ => None,
        }
    }

    /// From the two columns of the database.
    #[must_use]
    pub fn stored(kind: PeriodKind, start: &str) -> Self {
        Self { kind, start: start.parse().unwrap_or(date(1970, 1, 1)) }
    }

    /// The day after its last.
    #[must_use]
    pub fn end(self) -> Date {
        let months = match self.kind {
            PeriodKind::Month => 1,
            PeriodKind::Quarter => 3,
            PeriodKind::Year | PeriodKind::Survey => 12,
        };
        self.start.saturating_add(jiff::Span::new().months(months))
    }

    /// As files and tables write it: `2023`, `2023-01`, `2023-Q2`.
    #[must_use]
    pub fn code(self) -> String {
        let year = self.start.year();
        match self.kind {
            PeriodKind::Month => format!("{year}-{:02}", self.start.month()),
            PeriodKind::Quarter => format!("{year}-Q{}", (self.start.month() + 2) / 3),
            PeriodKind::Year | PeriodKind::Survey => year.to_string(),
        }
    }
}

/// Which cell of a dataset.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Measure.
    pub measure: String,
    /// Category; empty when the dataset has none.
    pub category: String,
    /// Code of the area.
    pub area: String,
    /// When.
    pub period: Period,
}

/// A figure as a file states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// Which cell.
    pub key: Key,
    /// The figure, or why there is none.
    pub figure: Figure,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
    /// Number of answers that it rests on.
    pub n: Option<i64>,
    /// Whether the source may still change it.
    pub preliminary: bool,
    /// Row of the file.
    pub row: u64,
}

impl Observation {
    /// A figure without interval, final.
    #[must_use]
    pub fn plain(key: Key, figure: Figure, row: u64) -> Self {
        Self { key, figure, low: None, high: None, n: None, preliminary: false, row }
    }
}

/// A name of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// What the code is of.
    pub kind: NameKind,
    /// The code, without spaces around it.
    pub code: String,
    /// Its name.
    pub title: String,
    /// More words about it.
    pub text: String,
    /// Unit of a measure.
    pub unit: String,
}

impl Name {
    /// A name without unit or more words.
    #[must_use]
    pub fn new(kind: NameKind, code: impl Into<String>, title: impl Into<String>) -> Self {
        Self { kind, code: code.into(), title: title.into(), text: String::new(), unit: String::new() }
    }
}

/// A sentence for people: a locale key and its values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Said {
    /// Locale key.
    pub key: String,
    /// Values by name.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

impl Said {
    /// A sentence with values.
    pub fn new(key: &'static str, values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self { key: key.to_owned(), values: values.into_iter().map(|(k, v)| (k.to_owned(), v)).collect() }
    }

    /// In the reader's language.
    #[must_use]
    pub fn sentence(&self, words: &kit::Words) -> String {
        let values: Vec<_> = self.values.iter().map(|(k, v)| (k.as_str(), v.as_str().into())).collect();
        words.ta(&self.key, &values)
    }
}

/// A row that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Row of the file; the header is row 1.
    pub row: u64,
    /// Why.
    pub why: Said,
}

/// What a file says, before it is compared with what is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// Rows of data in the file.
    pub rows: u64,
    /// Its figures.
    pub observations: Vec<Observation>,
    /// Names of its codes, in its order.
    pub names: Vec<Name>,
    /// Kinds of names of which the file has the whole list: a code outside it is unknown.
    pub listed: Vec<NameKind>,
    /// Rows that could not be read.
    pub refused: Vec<Refusal>,
    /// What the reader should know.
    pub notes: Vec<Said>,
    /// Columns that were left out on purpose.
    pub left_out: Vec<String>,
    /// Reference date of the figures, when the file states it (`2025-12-15`).
    pub reference: Option<String>,
    /// Whether the file says of each period if it is preliminary.
    pub says_preliminary: bool,
}

/// Level of an area by its code: NL and other regions, municipality, district, neighbourhood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AreaLevel {
    /// Larger than a municipality, or unknown.
    Region,
    /// Municipality.
    Municipality,
    /// District.
    District,
    /// Neighbourhood.
    Neighbourhood,
}

impl AreaLevel {
    /// By the two letters of a CBS code.
    #[must_use]
    pub fn of(code: &str) -> Self {
        match code.get(..2) {
            Some("GM") => Self::Municipality,
            Some("WK") => Self::District,
            Some("BU") => Self::Neighbourhood,
            _ => Self::Region,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_of_every_spelling_are_told_apart() {
        for (text, code, kind, end) in [
            ("2023JJ00", "2023", PeriodKind::Year, date(2024, 1, 1)),
            ("2023", "2023", PeriodKind::Year, date(2024, 1, 1)),
            ("2023MM01", "2023-01", PeriodKind::Month, date(2023, 2, 1)),
            ("2023-12", "2023-12", PeriodKind::Month, date(2024, 1, 1)),
            (" 2023MM12 ", "2023-12", PeriodKind::Month, date(2024, 1, 1)),
            ("2023KW04", "2023-Q4", PeriodKind::Quarter, date(2024, 1, 1)),
            ("2023-Q1", "2023-Q1", PeriodKind::Quarter, date(2023, 4, 1)),
        ] {
            let period = Period::parse(text).expect(text);
            assert_eq!((period.code().as_str(), period.kind, period.end()), (code, kind, end), "{text}");
            assert_eq!(Period::stored(period.kind, &period.start.to_string()), period);
        }
        for wrong in [
            "",
            "202",
            "2023MM13",
            "2023MM00",
            "2023KW05",
            "2023SJ00",
            "2023X000",
            "2023-1",
            "tweeduizend",
            "3023",
            "20é3",
        ] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
    }
}
