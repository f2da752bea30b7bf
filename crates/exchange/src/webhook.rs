//! Webhooks: other systems that want to know at once what changed here. A notice is a thin CloudEvents 1.0 message
//! (NL GOV profile for CloudEvents): a type, an id, a time and a link; never words or a person. It is signed as
//! Standard Webhooks says, delivered at least once with the same id each time, and tried again with growing waits.
//! Who writes a notice down: [`kit::events::announce`].
//!
//! Routes: `/exchange/webhooks…`, all with `exchange:edit`. Job: [`kit::events::DELIVER`].

mod deliver;
mod event;
mod ops;
mod sign;
mod store;
#[cfg(test)]
mod tests;
mod web;

pub use deliver::deliver;
pub use sign::verify;
pub use web::{change, create, form, list, one};

use kit::config::{ConfigError, load};
use kit::text_enum;
use serde::Deserialize;
use std::path::Path;

/// Types of events that a receiver may choose; `nl.regie.webhook.test` always comes when asked for.
pub const TYPES: [&str; 2] = [signals::intake::CREATED, signals::intake::CHANGED];
/// Type of the test that an administrator sends.
const TEST: &str = "nl.regie.webhook.test";

/// `webhook.toml` of a municipality; sits on its shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookConfig {
    /// CloudEvents `source`: a URN of the organisation, `urn:nld:oin:…`.
    pub source: String,
    /// Seconds to wait after each failure in a row; the last one repeats.
    pub waits_s: Vec<u32>,
    /// Days without a success after which a receiver is paused and a notice is given up.
    pub give_up_days: u32,
    /// Days that a delivered notice stays in the list.
    pub keep_days: u32,
    /// Seconds that a receiver may take to answer.
    pub answer_s: u32,
    /// Hours that the old secret signs along after a rotation.
    pub overlap_hours: u32,
}

impl WebhookConfig {
    /// Reads `webhook.toml` in a municipality's folder.
    ///
    /// # Errors
    /// When the file is missing or does not fit, `source` is no URN, or there is no wait.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("webhook.toml");
        let config: Self = load(&path)?;
        let wrong = |why: &str| Err(ConfigError::Wrong { path: path.display().to_string(), why: why.to_owned() });
        if !config.source.starts_with("urn:") {
            return wrong("`source` must be a URN, for instance urn:nld:oin:… (NL GOV profile for CloudEvents)");
        }
        if config.waits_s.is_empty() || config.answer_s == 0 {
            return wrong("`waits_s` needs at least one wait, `answer_s` at least one second");
        }
        Ok(config)
    }

    /// Microseconds to wait after `failures` failures in a row.
    fn wait(&self, failures: i64) -> i64 {
        let step = usize::try_from(failures.max(1) - 1).unwrap_or(usize::MAX).min(self.waits_s.len().saturating_sub(1));
        i64::from(self.waits_s.get(step).copied().unwrap_or(60)) * SECOND
    }
}

/// A second in microseconds.
const SECOND: i64 = 1_000_000;
/// A day in microseconds.
const DAY: i64 = 86_400 * SECOND;

text_enum! {
    /// What a receiver said when it was asked whether it wants notices (CloudEvents HTTP webhooks, section 4).
    pub enum Welcome {
        /// It allows this sender.
        Allowed = "allowed",
        /// It does not know the question: an administrator answers for it.
        Silent = "silent",
        /// It could not be reached.
        Unreachable = "unreachable",
    }
}

text_enum! {
    /// How a notice stands.
    pub enum Standing {
        /// It will be tried.
        Waiting = "waiting",
        /// The receiver took it.
        Done = "done",
        /// It was tried for too long.
        GivenUp = "given-up",
    }
}
