//! `contact.toml`: terms and choices of the contact with reporters.

use jiff::civil::Date;
use kit::Text;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::path::Path;

/// Terms and choices; sits on the municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactConfig {
    /// Questions to the reporter.
    pub reaction: Reaction,
    /// Whether the reporter is satisfied.
    pub satisfaction: Satisfaction,
    /// Answers to choose from.
    pub reason: Vec<Reason>,
    /// Following a report.
    pub follow: Follow,
    /// Mail that comes in.
    pub inbox: Inbox,
    /// The status page.
    pub status: Status,
}

/// Questions to the reporter.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reaction {
    /// Working days before one reminder; 0 means none.
    pub reminder_working_days: u32,
    /// Working days before the question is over.
    pub closes_working_days: u32,
    /// What happens then.
    pub no_answer: NoAnswer,
}

/// What happens with a report whose reporter does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoAnswer {
    /// It goes back to staff.
    Return,
    /// It is not taken up, and the reporter is told.
    Close,
}

/// Whether the reporter is satisfied.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Satisfaction {
    /// Calendar days after closing in which they can say so.
    pub days: i64,
}

/// An answer to choose.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Id, stored with the answer.
    pub id: String,
    /// Whether it belongs to a satisfied reporter.
    pub satisfied: bool,
    /// What people read.
    pub name: Text,
}

/// Following a report.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Follow {
    /// Hours after which an address that was not confirmed is forgotten.
    pub confirm_hours: i64,
    /// Most requests for one address in a day.
    pub address_a_day: u32,
    /// Most requests together in a day, so that nobody uses us to flood strangers.
    pub network_a_day: u32,
}

/// Mail that comes in.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inbox {
    /// Most mails of one sender in a day that the desk gets.
    pub sender_a_day: u32,
}

/// The status page.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// Last day on which a link with a bare id opens a report that the public has never seen.
    pub bare_links_until: Date,
}

impl ContactConfig {
    /// Reads `contact.toml` in `folder`.
    ///
    /// # Errors
    /// When the file is missing or wrong; the message says where.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("contact.toml");
        let config: Self = load(&path)?;
        let wrong = |why: &str| Err(ConfigError::Wrong { path: path.display().to_string(), why: why.to_owned() });
        let reaction = config.reaction;
        if reaction.closes_working_days == 0 || reaction.reminder_working_days >= reaction.closes_working_days {
            return wrong("[reaction]: `closes_working_days` must be more than `reminder_working_days`");
        }
        if ![true, false].iter().all(|s| config.reason.iter().any(|r| r.satisfied == *s)) {
            return wrong("[[reason]]: at least one for each of `satisfied = true` and `false`");
        }
        Ok(config)
    }
}
