//! A report on its way to a partner, and the states that it goes through.
//!
//! `waiting → sending → sent → done`. What is `sending` may have arrived: before it is sent again the partner is asked
//! whether it has it. Where a partner cannot be asked, a person decides (`unsure`).

use kit::{At, Uuid, text_enum};

text_enum! {
    /// How a dispatch stands.
    pub enum Standing {
        /// It must be sent.
        Waiting = "waiting",
        /// It was sent, and no answer is known: it may have arrived.
        Sending = "sending",
        /// It arrived.
        Sent = "sent",
        /// Whether it arrived cannot be found out by the program.
        Unsure = "unsure",
        /// The partner does not take it.
        Refused = "refused",
        /// The partner says that it is handled.
        Done = "done",
        /// We took it back before it arrived.
        Withdrawn = "withdrawn",
    }
}

impl Standing {
    /// Whether the partner has it or may get it.
    #[must_use]
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Waiting | Self::Sending | Self::Sent | Self::Unsure)
    }

    /// Tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Waiting | Self::Sending => "soon",
            Self::Sent => "info",
            Self::Unsure | Self::Refused => "late",
            Self::Done => "ok",
            Self::Withdrawn => "off",
        }
    }
}

/// A dispatch as it is kept.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub(super) struct Dispatch {
    /// Its id; the partner can tell a double by it.
    pub id: Uuid,
    /// The report.
    pub signal_id: Uuid,
    /// Reference of the report.
    pub reference: String,
    /// Id of the link.
    pub link: String,
    /// Whether the reporter's contact details go along.
    pub is_with_contact: bool,
    /// What we tell the partner.
    pub note: String,
    /// How it stands.
    pub state: Standing,
    /// Their number for people.
    pub partner_ref: String,
    /// Their id for machines.
    pub partner_key: String,
    /// Their state, in their words.
    pub partner_state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it did not go; a key and what the sentence names.
    pub failure: String,
    /// When it was decided.
    pub created_at: At,
    /// When it was first tried.
    pub tried_at: Option<At>,
    /// When its state changed.
    pub changed_at: At,
}

/// Why something did not work: a locale key whose variable is `detail`. Kept as one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub key: String,
    pub detail: String,
}

impl Failure {
    pub fn new(key: &str, detail: impl Into<String>) -> Self {
        Self { key: key.to_owned(), detail: detail.into().chars().take(300).collect() }
    }

    /// The text in the database.
    pub fn kept(&self) -> String {
        format!("{}|{}", self.key, self.detail)
    }

    /// The sentence of a kept text; empty for none.
    pub fn sentence(words: &kit::Words, kept: &str) -> String {
        match kept.split_once('|') {
            Some((key, detail)) => words.t1(key, "detail", detail),
            None => String::new(),
        }
    }
}

impl From<kit::fetch::FetchFault> for Failure {
    fn from(fault: kit::fetch::FetchFault) -> Self {
        Self::new(fault.key(), fault.detail())
    }
}
