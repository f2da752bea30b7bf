//! How single answers leave: a year after closing (rule `survey-answer` of `config/law/retention.toml`); the totals,
//! in which nobody can be found, stay. The nightly job of the crate `privacy` runs it.

use kit::shelf::Shelf;

/// Single answers of closed questionnaires.
pub const ANSWER: Shelf = crate::store::ANSWER;
