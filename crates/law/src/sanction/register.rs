//! The two tables: offences, and rules with their articles.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Modality, SanctionRule};
use crate::text::{RegisterError, Text, Validity, check_validity};
use crate::word::word_enum;

word_enum! {
    /// What the law makes of an offence.
    pub enum Track {
        /// A police penal order is possible (marked "p" in the national list).
        Penal = "penal",
        /// A traffic fine (Mulder).
        Traffic = "traffic",
        /// A full report only.
        Report = "report",
    }
}

/// What an offence costs by one modality, for a natural person of 16 and older.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// By which modality.
    pub modality: Modality,
    /// Whole euros.
    pub euros: u32,
    /// First day.
    pub valid_from: Date,
    /// First day on which it no longer holds.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// Where it was read.
    pub source: String,
    /// Whether it must be checked before it is relied on.
    #[serde(default)]
    pub uncertain: bool,
}

/// One offence, in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offence {
    /// National offence code (*feitcode*).
    pub code: String,
    /// Group for counts, such as `dogs`.
    pub group: String,
    /// Short name.
    pub name: Text,
    /// Other words by which people look for it.
    #[serde(default)]
    pub words: String,
    /// What the law makes of it.
    pub track: Track,
    /// Whether it is an offence of the municipality's own by-law.
    #[serde(default)]
    pub by_law: bool,
    /// Whether Gemeentewet art. 154b(2) excepts it from the nuisance fine.
    #[serde(default)]
    pub never_fine: bool,
    /// Whether a minor can be sent to Halt for it.
    #[serde(default)]
    pub halt: bool,
    /// The offence holds from this age.
    #[serde(default)]
    pub from_age: Option<i16>,
    /// The offence holds below this age.
    #[serde(default)]
    pub below_age: Option<i16>,
    /// The code that takes its place for a minor.
    #[serde(default)]
    pub minor: Option<String>,
    /// Kinds of vehicle that it is about; none: a person.
    #[serde(default)]
    pub vehicles: Vec<String>,
    /// What it costs; empty when that is not known.
    #[serde(default)]
    pub tariffs: Vec<Tariff>,
    /// Domain lists on which it stands.
    pub domains: Vec<String>,
    /// What was broken.
    pub article: String,
    /// Where the entry was read.
    pub source: String,
    /// First day on which the register vouches for it.
    pub valid_from: Date,
    /// First day on which it no longer holds.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// Whether it must be checked before it is relied on.
    pub uncertain: bool,
}

impl Offence {
    fn validity(&self) -> Validity {
        Validity { from: self.valid_from, until: self.valid_until }
    }

    /// Whether the code is in force on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.validity().covers(day)
    }

    /// Whether every word of `words` is in the code, the name in either language or the words that go with it. Case does
    /// not matter.
    pub fn matches(&self, words: &str) -> bool {
        let whole =
            format!("{} {} {} {} {}", self.code, self.name.nl, self.name.en, self.group, self.words).to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| whole.contains(word))
    }
}

/// The offences.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OffenceRegister {
    #[serde(rename = "offence")]
    offences: Vec<Offence>,
}

impl OffenceRegister {
    /// Reads `config/law/offences.toml`.
    ///
    /// # Errors
    /// For an unknown key, an entry without text, article or domain, an exception that is no by-law, a code for minors
    /// that is not listed, and two versions of a code on the same day.
    pub fn parse(toml: &str) -> Result<Self, RegisterError> {
        let register: Self = toml::from_str(toml)?;
        for offence in &register.offences {
            let wrong = |what| Err(RegisterError::Entry { id: offence.code.clone(), what });
            if !offence.name.is_whole() || offence.article.trim().is_empty() || offence.source.trim().is_empty() {
                return wrong("a text, the article or the source is missing");
            }
            if offence.domains.is_empty() || offence.group.is_empty() {
                return wrong("a domain and a group are needed");
            }
            if offence.never_fine && !offence.by_law {
                return wrong("only an offence of the by-law can be excepted from the fine");
            }
            if offence.minor.as_ref().is_some_and(|code| register.offences.iter().all(|o| o.code != *code)) {
                return wrong("the code for minors is not in the list");
            }
        }
        check_validity(register.offences.iter().map(|o| (o.code.as_str(), o.validity())))?;
        Ok(register)
    }

    /// The version of a code on a day; where it was not in force then, another version, so that a page can name it.
    pub fn get(&self, code: &str, day: Date) -> Option<&Offence> {
        let of_code = || self.offences.iter().filter(|o| o.code == code);
        of_code().find(|o| o.holds_on(day)).or_else(|| of_code().next_back())
    }

    /// What is in force on a day, in the order of the file.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Offence> {
        self.offences.iter().filter(move |o| o.holds_on(day))
    }

    /// Every group, in the order of the file.
    pub fn groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for offence in &self.offences {
            if !groups.contains(&offence.group.as_str()) {
                groups.push(&offence.group);
            }
        }
        groups
    }
}

/// One rule, in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Which rule.
    pub id: SanctionRule,
    /// What it is called.
    pub name: Text,
    /// What is wrong and what to do, for who meets it.
    pub say: Text,
    /// A number of sanctions.
    #[serde(default)]
    pub most: Option<usize>,
    /// An age, included.
    #[serde(default)]
    pub from: Option<i16>,
    /// An age, not included.
    #[serde(default)]
    pub below: Option<i16>,
    /// Article, as cited.
    pub article: String,
    /// First day on which the register vouches for it.
    pub valid_from: Date,
    /// First day on which it no longer holds.
    #[serde(default)]
    pub valid_until: Option<Date>,
    /// Whether the text of the law was read.
    pub verified: bool,
    /// Whether our reading is in doubt.
    pub uncertain: bool,
}

impl Rule {
    fn validity(&self) -> Validity {
        Validity { from: self.valid_from, until: self.valid_until }
    }

    /// Whether an age lies within `from` and `below`.
    pub(super) fn is_of_age(&self, age: i16) -> bool {
        self.from.is_none_or(|from| age >= from) && self.below.is_none_or(|below| age < below)
    }
}

/// The rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SanctionLaw {
    #[serde(rename = "rule")]
    rules: Vec<Rule>,
}

impl SanctionLaw {
    /// Reads `config/law/sanctions.toml`.
    ///
    /// # Errors
    /// For an unknown key or rule, a text or article that misses, a rule without its numbers, a rule that has no entry
    /// at all, and two versions of a rule on the same day.
    pub fn parse(toml: &str) -> Result<Self, RegisterError> {
        let law: Self = toml::from_str(toml)?;
        for rule in &law.rules {
            let wrong = |what| Err(RegisterError::Entry { id: rule.id.as_str().to_owned(), what });
            if !rule.name.is_whole() || !rule.say.is_whole() || rule.article.trim().is_empty() {
                return wrong("a text or the article is missing");
            }
            let numbered = match rule.id {
                SanctionRule::Most => rule.most.is_some(),
                SanctionRule::AgeNone => rule.below.is_some(),
                SanctionRule::HalfTariff | SanctionRule::Halt => rule.from.is_some() && rule.below.is_some(),
                _ => true,
            };
            if !numbered {
                return wrong("its numbers are missing");
            }
        }
        if let Some(gone) = SanctionRule::ALL.iter().find(|id| law.rules.iter().all(|r| r.id != **id)) {
            return Err(RegisterError::Entry { id: gone.as_str().to_owned(), what: "the rule has no entry" });
        }
        check_validity(law.rules.iter().map(|r| (r.id.as_str(), r.validity())))?;
        Ok(law)
    }

    /// The rule on a day; `None` when the register does not vouch for it then, and it is not applied.
    pub fn rule(&self, id: SanctionRule, day: Date) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id && rule.validity().covers(day))
    }
}
