//! What the registers share: a text in two languages, a period of validity and the error of a wrong file.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A text that a user sees, in Dutch and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Dutch (B1).
    pub nl: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in `language` (`"en"` or `"en-GB"`: English; anything else: Dutch, the language of the law).
    pub fn get(&self, language: &str) -> &str {
        if language == "en" || language.starts_with("en-") { &self.en } else { &self.nl }
    }

    pub(crate) fn is_whole(&self) -> bool {
        !self.nl.trim().is_empty() && !self.en.trim().is_empty()
    }
}

/// Why a register cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Not TOML, a key that does not exist, or a value of the wrong kind.
    #[error("the register cannot be read: {0}")]
    Syntax(#[from] toml::de::Error),
    /// An entry contradicts itself.
    #[error("entry {id}: {what}")]
    Entry {
        /// The entry.
        id: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// Two entries of the same id are in force on the same day.
    #[error("entry {id}: two versions are in force on {on}")]
    Overlap {
        /// The entry.
        id: String,
        /// First day on which both are in force.
        on: Date,
    },
}

/// Days on which an entry is in force: from the first, up to but not including the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Validity {
    pub(crate) from: Date,
    pub(crate) until: Option<Date>,
}

impl Validity {
    pub(crate) fn covers(self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    fn overlap(self, other: Self) -> Option<Date> {
        let first = self.from.max(other.from);
        (self.covers(first) && other.covers(first)).then_some(first)
    }
}

/// Refuses empty periods and two entries of one id on the same day.
pub(crate) fn check_validity<'a>(
    entries: impl Iterator<Item = (&'a str, Validity)> + Clone,
) -> Result<(), RegisterError> {
    for (index, (id, validity)) in entries.clone().enumerate() {
        if validity.until.is_some_and(|until| until <= validity.from) {
            return Err(RegisterError::Entry { id: id.to_owned(), what: "valid_until must lie after valid_from" });
        }
        for (other_id, other) in entries.clone().skip(index + 1) {
            if id == other_id
                && let Some(on) = validity.overlap(other)
            {
                return Err(RegisterError::Overlap { id: id.to_owned(), on });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dutch_unless_english_is_asked() {
        let text = Text { nl: "besluit".into(), en: "decision".into() };
        for (language, expected) in
            [("nl", "besluit"), ("en", "decision"), ("en-GB", "decision"), ("enm", "besluit"), ("", "besluit")]
        {
            assert_eq!(text.get(language), expected, "{language}");
        }
    }
}
