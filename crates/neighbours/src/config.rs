//! `neighbours.toml`: starting texts of messages, and how often followers hear something.

use kit::Text;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::path::Path;

/// What a text may name.
pub const VARIABLES: [&str; 7] = ["group", "coordinator", "area", "topic", "municipality", "organisation", "email"];

/// The settings of groups and followers; sits on a municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NeighboursConfig {
    /// Hours in which an address must be confirmed.
    pub confirm_hours: u32,
    /// Minutes between two looks for news.
    pub check_minutes: u32,
    /// Weekday of weekly news: 1 Monday to 7 Sunday.
    pub digest_weekday: i8,
    /// Local hour of weekly news.
    pub digest_hour: i8,
    /// Most reports named in one mail.
    pub digest_most: usize,
    /// Requests to follow with one address in a day.
    pub follow_per_address_day: u32,
    /// Requests to follow of all together in a day.
    pub follow_all_day: u32,
    /// Starting texts of messages to groups.
    #[serde(rename = "template")]
    pub templates: Vec<Template>,
}

/// A starting text.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its word in addresses.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Subject line.
    pub subject: Text,
    /// Text.
    pub body: Text,
}

impl NeighboursConfig {
    /// Reads `neighbours.toml` in a municipality's folder.
    ///
    /// # Errors
    /// When the file is missing, its content does not fit, or a text names a variable that there is not.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("neighbours.toml");
        let config: Self = load(&path)?;
        let wrong = |why: String| ConfigError::Wrong { path: path.display().to_string(), why };
        if !(1..=7).contains(&config.digest_weekday) || !(0..=23).contains(&config.digest_hour) {
            return Err(wrong("`digest_weekday` is 1 to 7 and `digest_hour` 0 to 23".to_owned()));
        }
        for template in &config.templates {
            for text in template.subject.0.values().chain(template.body.0.values()) {
                unknown(text)
                    .map_or(Ok(()), |word| Err(wrong(format!("{}: unknown variable `{word}`", template.id))))?;
            }
        }
        Ok(config)
    }

    /// The starting text with this id.
    #[must_use]
    pub fn template(&self, id: &str) -> Option<&Template> {
        self.templates.iter().find(|t| t.id == id)
    }
}

/// The first thing between braces in a text that is no variable of ours.
#[must_use]
pub fn unknown(text: &str) -> Option<String> {
    let inside = text.split('{').skip(1).map(|part| part.split_once('}').map_or(part, |p| p.0).trim());
    let mut wrong = inside.filter(|word| !word.strip_prefix('$').is_some_and(|name| VARIABLES.contains(&name)));
    wrong.next().map(|word| word.chars().take(40).collect())
}

/// A text with its variables filled in.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after.split_once('}').and_then(|(word, tail)| {
            let name = word.trim().strip_prefix('$')?;
            Some((values.iter().find(|(n, _)| *n == name)?.1, tail))
        });
        match value {
            Some((value, tail)) => {
                out.push_str(value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_municipalities_have_texts_that_fill() {
        for folder in ["heemskerk", "stlouis"] {
            let config = NeighboursConfig::read(&testkit::root().join("config").join(folder)).unwrap();
            assert!(config.templates.len() >= 3 && config.template("feedback").is_some(), "{folder}");
        }
    }

    #[test]
    fn variables_are_filled_once_and_unknown_ones_named() {
        let values = [("area", "De Velden"), ("group", "Buurt { $area }")];
        for (text, filled, wrong) in [
            ("In { $area }.", "In De Velden.", None),
            ("{$group}", "Buurt { $area }", None),
            ("{ $aera }", "{ $aera }", Some("$aera")),
            ("{ area }", "{ area }", Some("area")),
            ("open { brace", "open { brace", Some("brace")),
            ("", "", None),
        ] {
            assert_eq!(fill(text, &values), filled, "{text}");
            assert_eq!(unknown(text).as_deref(), wrong, "{text}");
        }
    }
}
