//! Pages of the plan with its figures.

mod indicator;
mod overview;
mod priority;
mod report;
mod value;

pub use indicator::indicator;
pub use overview::overview;
pub use priority::{NoteForm, priority, priority_submit};
pub use report::{report_page, report_pdf};
pub use value::{ValueForm, value, value_submit};

use crate::model::Item;
use serde::Deserialize;

/// The chosen year, and whether a form was just saved.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    year: Option<i16>,
    saved: Option<u8>,
}

/// A line of the plan with the section in which it stands.
struct Line {
    text: String,
    section: String,
}

fn lines(items: &[&Item], lang: &str) -> Vec<Line> {
    items.iter().map(|i| Line { text: i.text.get(lang).to_owned(), section: i.section.clone() }).collect()
}

#[cfg(test)]
mod tests;
