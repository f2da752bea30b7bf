//! Translations (Fluent): every text that a user sees, by key and language, with dates and numbers
//! as that language writes them.

use crate::clock::At;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::{civil, tz::TimeZone};
use std::collections::HashMap;
use std::sync::Arc;

/// The texts of one language.
pub type Bundle = FluentBundle<FluentResource>;

/// All languages of this program.
pub struct Library {
    bundles: HashMap<String, Arc<Bundle>>,
}

impl std::fmt::Debug for Library {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.bundles.keys()).finish()
    }
}

impl Library {
    /// Builds the library from `(language, text of a .ftl file)` pairs.
    ///
    /// # Errors
    /// When a file has a syntax error or repeats a key of another.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, String> {
        let mut bundles: HashMap<String, Bundle> = HashMap::new();
        for (language, text) in files {
            let id: unic_langid::LanguageIdentifier =
                language.parse().map_err(|_| format!("`{language}` is no language"))?;
            let bundle = bundles.entry(language.clone()).or_insert_with(|| {
                let mut bundle = FluentBundle::new_concurrent(vec![id]);
                bundle.set_use_isolating(false);
                bundle
            });
            let resource = FluentResource::try_new(text).map_err(|(_, e)| format!("{language}: {e:?}"))?;
            bundle.add_resource(resource).map_err(|e| format!("{language}: {e:?}"))?;
        }
        Ok(Self { bundles: bundles.into_iter().map(|(k, v)| (k, Arc::new(v))).collect() })
    }

    /// Reads every `locales/<language>/*.ftl` below `root`.
    ///
    /// # Errors
    /// As [`Library::new`], and when a folder cannot be read.
    pub fn from_dir(root: &std::path::Path) -> Result<Self, String> {
        let mut files = Vec::new();
        for language in std::fs::read_dir(root).map_err(|e| e.to_string())?.flatten() {
            for file in std::fs::read_dir(language.path()).map_err(|e| e.to_string())?.flatten() {
                if file.path().extension().is_some_and(|e| e == "ftl") {
                    let text = std::fs::read_to_string(file.path()).map_err(|e| e.to_string())?;
                    files.push((language.file_name().to_string_lossy().into_owned(), text));
                }
            }
        }
        Self::new(files)
    }

    /// Whether `language` is offered.
    #[must_use]
    pub fn has(&self, language: &str) -> bool {
        self.bundles.contains_key(language)
    }

    /// The words of `language` (Dutch when it is not offered) with the clock of `zone`.
    #[must_use]
    pub fn words(self: &Arc<Self>, language: &str, zone: TimeZone) -> Words {
        let language = if self.has(language) { language } else { "nl" };
        Words { library: self.clone(), language: language.to_owned(), zone }
    }
}

/// The words of one language, for one request.
#[derive(Clone, Debug)]
pub struct Words {
    library: Arc<Library>,
    language: String,
    zone: TimeZone,
}

impl Words {
    /// The language, e.g. `nl`.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The time zone of dates and times.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The text of `key`; a key that does not exist shows itself, and a test finds it.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        self.ta(key, &[])
    }

    /// The text of `key` with values, e.g. `ta("signal-count", &[("n", 3.into())])`.
    #[must_use]
    pub fn ta(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, value.clone());
        }
        for language in [self.language.as_str(), "nl"] {
            let Some(bundle) = self.library.bundles.get(language) else { continue };
            let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else { continue };
            let mut errors = Vec::new();
            return bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        }
        key.to_owned()
    }

    /// The text of `key` with one text value.
    #[must_use]
    pub fn t1(&self, key: &str, name: &str, value: &str) -> String {
        self.ta(key, &[(name, FluentValue::from(value))])
    }

    /// The text of `key` with a count `n` (plural rules of the language).
    #[must_use]
    pub fn tn(&self, key: &str, n: i64) -> String {
        self.ta(key, &[("n", FluentValue::from(n)), ("number", FluentValue::from(self.whole(n)))])
    }

    /// A number with `decimals` decimals, e.g. `1.234,5` in Dutch.
    #[must_use]
    pub fn number(&self, value: f64, decimals: usize) -> String {
        let plain = format!("{:.*}", decimals, value.abs());
        let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
        let (group, point) = if self.language == "en" { (',', '.') } else { ('.', ',') };
        let mut text = String::new();
        if value < 0.0 && plain.chars().any(|c| c.is_ascii_digit() && c != '0') {
            text.push('-');
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 {
                text.push(group);
            }
            text.push(digit);
        }
        if !rest.is_empty() {
            text.push(point);
            text.push_str(rest);
        }
        text
    }

    /// A whole number with thousands apart.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub fn whole(&self, value: i64) -> String {
        self.number(value as f64, 0)
    }

    /// A share of one as a percentage without decimals, e.g. `83 %`.
    #[must_use]
    pub fn percent(&self, share: f64) -> String {
        format!("{}\u{a0}%", self.number(share * 100.0, 0))
    }

    /// A day, e.g. `3 mei 2024`.
    #[must_use]
    pub fn day(&self, date: civil::Date) -> String {
        format!("{} {} {}", date.day(), self.t(&format!("month-{}", date.month())), date.year())
    }

    /// A day with its weekday, e.g. `vrijdag 3 mei 2024`.
    #[must_use]
    pub fn weekday(&self, date: civil::Date) -> String {
        format!("{} {}", self.t(&format!("weekday-{}", date.weekday().to_monday_zero_offset())), self.day(date))
    }

    /// The local day of an instant.
    #[must_use]
    pub fn date(&self, at: At) -> String {
        self.day(at.local(&self.zone).date())
    }

    /// The local time of an instant, e.g. `14:05`.
    #[must_use]
    pub fn time(&self, at: At) -> String {
        let local = at.local(&self.zone);
        format!("{:02}:{:02}", local.hour(), local.minute())
    }

    /// Day and time, e.g. `3 mei 2024, 14:05`.
    #[must_use]
    pub fn date_time(&self, at: At) -> String {
        format!("{}, {}", self.date(at), self.time(at))
    }

    /// The instant as HTML's `datetime` attribute wants it.
    #[must_use]
    pub fn iso(&self, at: At) -> String {
        at.0.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str) -> Words {
        let library = Library::new([
            (
                "nl".to_owned(),
                "hello = Hallo { $name }\nmonth-5 = mei\nn = { $n ->\n  [one] één\n *[other] { $number }\n }\n"
                    .to_owned(),
            ),
            ("en".to_owned(), "month-5 = May\n".to_owned()),
        ]);
        Arc::new(library.unwrap()).words(language, TimeZone::UTC)
    }

    #[test]
    fn words_fall_back_to_dutch_and_show_unknown_keys() {
        assert_eq!(words("en").t1("hello", "name", "Ada"), "Hallo Ada");
        assert_eq!(words("fr").language(), "nl");
        assert_eq!(words("nl").t("nope"), "nope");
        assert_eq!(words("nl").tn("n", 1), "één");
        assert_eq!(words("nl").tn("n", 1200), "1.200");
    }

    #[test]
    fn numbers_and_days_as_the_language_writes_them() {
        for (language, value, decimals, text) in [
            ("nl", 1234.5, 1, "1.234,5"),
            ("en", 1234.5, 1, "1,234.5"),
            ("nl", -0.4, 0, "0"),
            ("nl", -1234567.0, 0, "-1.234.567"),
        ] {
            assert_eq!(words(language).number(value, decimals), text);
        }
        assert_eq!(words("en").day(civil::date(2024, 5, 3)), "3 May 2024");
    }
}
