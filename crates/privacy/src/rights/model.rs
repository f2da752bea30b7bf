//! A request, what was found and what was decided: types, states and rules; pure.

use jiff::civil::Date;
use jiff::{Zoned, tz::TimeZone};
use kit::{At, Fault, Municipality, Uuid, text_enum};
use law::{Calendar, Regime, RequestKind, Term, TermRegister, deadline};
use serde::{Deserialize, Serialize};

/// The term for an answer in the register of terms.
pub const TERM: &str = "T31";

text_enum! {
    /// How far a request is.
    pub enum State {
        /// Written down.
        Received = "received",
        /// It is sure who asks.
        Identified = "identified",
        /// Every vault that counts was searched.
        Searched = "searched",
        /// A decision was taken on all that was found, or on the whole request.
        Decided = "decided",
        /// The answer was sent.
        Answered = "answered",
    }
}

impl State {
    /// The states that may follow.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        match self {
            Self::Received => &[Self::Identified, Self::Decided],
            Self::Identified => &[Self::Searched, Self::Decided],
            Self::Searched => &[Self::Decided],
            Self::Decided => &[Self::Answered],
            Self::Answered => &[],
        }
    }

    /// Whether `to` may follow.
    ///
    /// # Errors
    /// [`Fault::Rule`] when it may not.
    pub fn become_(self, to: Self) -> Result<(), Fault> {
        if self.next().contains(&to) {
            return Ok(());
        }
        Err(Fault::Rule {
            key: if self == Self::Received { "rights-rule-identity" } else { "rights-rule-state" },
            values: vec![],
        })
    }
}

text_enum! {
    /// The laws that the request is about; they decide which vaults are searched.
    pub enum Laws {
        /// Personal data under the AVG.
        Avg = "avg",
        /// Police data under the Wpg.
        Wpg = "wpg",
        /// Everything.
        Both = "both",
    }
}

impl Laws {
    /// Whether data of this regime is asked about.
    #[must_use]
    pub fn covers(self, regime: Regime) -> bool {
        match self {
            Self::Both => true,
            Self::Wpg => is_wpg(regime),
            Self::Avg => !is_wpg(regime),
        }
    }
}

/// Whether the Wpg gives the rights on data of this regime.
#[must_use]
pub fn is_wpg(regime: Regime) -> bool {
    matches!(regime, Regime::R2 | Regime::R3)
}

text_enum! {
    /// How it was checked who asks (AVG art. 12(6)). No copy of a document is kept.
    pub enum Identity {
        /// With an identity document at the desk.
        Desk = "desk",
        /// By DigiD or another means of sign-in.
        Digital = "digital",
        /// By contact details that the municipality knew already.
        Known = "known",
        /// By somebody with a written authority, or a lawyer.
        Agent = "agent",
    }
}

/// Who asks, and in which words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asker {
    /// Name.
    pub name: String,
    /// Date of birth.
    pub birth: Option<Date>,
    /// E-mail address, or empty.
    pub email: String,
    /// Telephone number, or empty.
    pub phone: String,
    /// Postal address, or empty.
    pub address: String,
    /// What is asked, in the person's own words.
    pub words: String,
}

/// A request, opened.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// Id.
    pub id: Uuid,
    /// Reference for people.
    pub reference: String,
    /// What is asked.
    pub kind: RequestKind,
    /// About which data.
    pub laws: Laws,
    /// How far it is.
    pub state: State,
    /// Who asks.
    pub asker: Asker,
    /// Start of the day on which it was received.
    pub received_at: At,
    /// The first moment at which an answer is late.
    pub due_at: At,
    /// When the term was extended.
    pub extended_at: Option<At>,
    /// Why.
    pub extension: String,
    /// How it was checked who asks.
    pub identity: Option<Identity>,
    /// Ground on which the whole request was refused.
    pub refusal_ground: Option<String>,
    /// Why.
    pub refusal: String,
    /// When it was answered.
    pub answered_at: Option<At>,
    /// SHA-256 of the answer that was given.
    pub letter_hash: Option<String>,
    /// Number of changes.
    pub version: i64,
}

impl Dossier {
    /// The day on which it was received.
    #[must_use]
    pub fn received(&self, zone: &TimeZone) -> Date {
        self.received_at.local(zone).date()
    }

    /// The person, as records know persons.
    #[must_use]
    pub fn person(&self) -> records::Person {
        records::Person { name: self.asker.name.clone(), birth: self.asker.birth }
    }
}

/// The first moment at which an answer is late: T31, with or without its extension (AVG art. 12(3)).
///
/// # Errors
/// [`Fault::Internal`] when the register has no such term on that day.
pub fn due(terms: &TermRegister, calendar: &Calendar, received: &Zoned, is_extended: bool) -> Result<At, Fault> {
    let missing = || Fault::Internal(format!("no term {TERM} on {}", received.date()));
    let entry = terms.get(TERM, received.date()).ok_or_else(missing)?;
    let wrong = |e: law::TermError| Fault::Internal(e.to_string());
    let first = entry.deadline(received, calendar).map_err(wrong)?;
    let Some(extension) = entry.extension.filter(|_| is_extended) else { return Ok(At(first)) };
    // One and two months from the day of receipt are three: they are counted as one term where the units allow it.
    if extension.term.unit == entry.term.unit {
        let whole = Term::new(entry.term.length + extension.term.length, entry.term.unit);
        return deadline(whole, received, entry.counting, calendar).map(At).map_err(wrong);
    }
    let last_day = At(first).micros() - 1;
    let last_day = At::from_micros(last_day).0.to_zoned(received.time_zone().clone());
    deadline(extension.term, &last_day, entry.counting, calendar).map(At).map_err(wrong)
}

/// The calendar of statutory terms in a municipality.
#[must_use]
pub fn calendar(municipality: &Municipality) -> Calendar {
    let mut calendar = Calendar::dutch();
    if municipality.file.crs != "rd" {
        calendar.holidays = law::calendar::Holidays::None;
    }
    calendar.closed = municipality.file.extra_holidays.iter().copied().collect();
    calendar
}

text_enum! {
    /// What was found.
    pub enum What {
        /// A record of a vault.
        Record = "record",
        /// A report with contact details.
        Reporter = "reporter",
        /// An account of a person who works here.
        Account = "account",
        /// An address that follows a report, or a mail that waits.
        Trace = "trace",
        /// An address that follows the neighbourhood, or the coordinator of a group.
        Neighbour = "neighbour",
        /// What rosters know of an officer.
        Roster = "roster",
        /// The powers of an officer.
        Deed = "deed",
        /// What the app knows of an officer.
        Phone = "phone",
        /// Where an officer worked.
        Rounds = "rounds",
        /// An earlier request.
        Request = "request",
    }
}

text_enum! {
    /// What is decided about one record.
    pub enum Act {
        /// Given: the person gets a copy.
        Give = "give",
        /// Corrected.
        Correct = "correct",
        /// Erased; under the Wpg destroyed.
        Erase = "erase",
        /// Kept, but no longer used; under the Wpg shielded.
        Restrict = "restrict",
        /// Use stopped after an objection.
        Stop = "stop",
        /// Refused, on a ground.
        Withhold = "withhold",
        /// The law of this regime does not know the right.
        NoRight = "no-right",
    }
}

impl Act {
    /// What can be decided on a request of a kind, the most likely first.
    #[must_use]
    pub fn choices(kind: RequestKind, has_right: bool) -> &'static [Self] {
        if !has_right {
            return &[Self::NoRight];
        }
        match kind {
            RequestKind::Access => &[Self::Give, Self::Withhold],
            RequestKind::Rectification => &[Self::Correct, Self::Withhold],
            RequestKind::Erasure => &[Self::Erase, Self::Restrict, Self::Withhold],
            RequestKind::Restriction => &[Self::Restrict, Self::Withhold],
            RequestKind::Objection => &[Self::Stop, Self::Withhold],
        }
    }

    /// What the form proposes: police data of the mayor and case meetings on radicalisation are withheld unless
    /// somebody decides otherwise.
    #[must_use]
    pub fn proposed(kind: RequestKind, regime: Regime, has_right: bool) -> Self {
        let choices = Self::choices(kind, has_right);
        let guarded = is_guarded(regime) && choices.contains(&Self::Withhold);
        if guarded { Self::Withhold } else { choices.first().copied().unwrap_or(Self::Withhold) }
    }

    /// Whether receivers must hear of it (AVG art. 19, Wpg art. 28(3)).
    #[must_use]
    pub fn reaches_receivers(self) -> bool {
        matches!(self, Self::Correct | Self::Erase | Self::Restrict | Self::Stop)
    }
}

/// Whether even the existence of data of this regime is not confirmed unless somebody decides so.
#[must_use]
pub fn is_guarded(regime: Regime) -> bool {
    matches!(regime, Regime::R3 | Regime::R5)
}

/// A decision on one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What.
    pub act: Act,
    /// Ground of the register, for what is withheld.
    #[serde(default)]
    pub ground: String,
    /// Why, in words; stands in the answer.
    #[serde(default)]
    pub reason: String,
    /// Whether the answer says that there is something that is withheld.
    pub is_mentioned: bool,
    /// Names of the fields that are given.
    #[serde(default)]
    pub fields: Vec<String>,
    /// When.
    pub at: At,
}

/// Somebody who must be told, or something that must be done outside the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The disclosure that made somebody a receiver; the record itself for what is left to do by hand.
    pub id: Uuid,
    /// The receiver; empty for what is left to do by hand.
    pub receiver: String,
    /// When it was done.
    #[serde(default)]
    pub done_at: Option<At>,
}

/// Something that was found, with its decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What.
    pub what: What,
    /// Its id.
    pub id: Uuid,
    /// The declared processing that it belongs to.
    pub processing: String,
    /// The decision.
    #[serde(default)]
    pub decision: Option<Decision>,
    /// Who must be told.
    #[serde(default)]
    pub tasks: Vec<Task>,
}

/// What was found in one vault; sealed with the key of that vault.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The findings.
    pub findings: Vec<Finding>,
}

/// Sealed sheets have a length that is a multiple of this many bytes, so that it does not tell how much was found.
const PAGE: usize = 4096;

impl Sheet {
    /// The bytes to seal.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.resize(bytes.len().next_multiple_of(PAGE), b' ');
        bytes
    }

    /// The sheet of opened bytes.
    ///
    /// # Errors
    /// [`Fault::Internal`] when they are no sheet.
    pub fn read(bytes: &[u8]) -> Result<Self, Fault> {
        serde_json::from_slice(bytes).map_err(|e| Fault::Internal(format!("a sheet of findings: {e}")))
    }

    /// Whether every finding has its decision.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.findings.iter().all(|f| f.decision.is_some())
    }
}

/// The regime of a vault in the words of the law; `main` is R1.
#[must_use]
pub fn regime_of(vault: &str) -> Option<Regime> {
    Regime::ALL.into_iter().find(|r| !matches!(r, Regime::R0 | Regime::R9) && r.vault() == vault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_term_is_that_of_the_register() {
        let terms = TermRegister::parse(include_str!("../../../../config/law/terms.toml")).unwrap();
        let zone = TimeZone::get("Europe/Amsterdam").unwrap();
        let late_from = |received: Date, extended| {
            let received = received.to_zoned(zone.clone()).unwrap();
            due(&terms, &Calendar::dutch(), &received, extended).unwrap().local(&zone).date()
        };
        let table = [
            ("AVG 12(3): one month", date(2024, 6, 3), false, date(2024, 7, 4)),
            ("AVG 12(3): two months more", date(2024, 6, 3), true, date(2024, 9, 4)),
            ("last day of a shorter month", date(2024, 1, 31), false, date(2024, 3, 1)),
            ("Atw 1(1): not on a Saturday", date(2024, 5, 15), false, date(2024, 6, 18)),
        ];
        for (article, received, extended, expected) in table {
            assert_eq!(late_from(received, extended), expected, "{article}");
        }
        let before = date(2018, 5, 24).to_zoned(zone.clone()).unwrap();
        assert!(due(&terms, &Calendar::dutch(), &before, false).is_err(), "the AVG is from 25 May 2018");
    }

    #[test]
    fn what_can_be_decided_and_what_is_proposed() {
        use RequestKind::{Access, Erasure, Objection};
        let table = [
            ("AVG 15", Access, Regime::R1, true, Act::Give),
            ("Wpg 25", Access, Regime::R2, true, Act::Give),
            ("Wpg 27: police data of the mayor", Access, Regime::R3, true, Act::Withhold),
            ("UAVG 41: radicalisation", Access, Regime::R5, true, Act::Withhold),
            ("AVG 17", Erasure, Regime::R1, true, Act::Erase),
            ("no objection under the Wpg", Objection, Regime::R2, false, Act::NoRight),
        ];
        for (article, kind, regime, has_right, expected) in table {
            assert_eq!(Act::proposed(kind, regime, has_right), expected, "{article}");
        }
        for kind in RequestKind::ALL {
            assert!(Act::choices(*kind, true).contains(&Act::Withhold), "{kind}");
        }
    }

    #[test]
    fn states_follow_each_other() {
        for from in State::ALL {
            for to in State::ALL {
                assert_eq!(from.become_(*to).is_ok(), from.next().contains(to));
                assert!(!from.next().contains(to) || from < to, "a dossier never goes back");
            }
        }
        assert!(State::Received.become_(State::Searched).is_err(), "AVG 12(6): first who asks");
    }

    #[test]
    fn a_sheet_does_not_tell_by_its_length() {
        let finding = |n| Finding {
            what: What::Record,
            id: Uuid::from_u128(n),
            processing: "wpg-daily".into(),
            decision: None,
            tasks: vec![],
        };
        let sheet = Sheet { findings: (0..5).map(finding).collect() };
        assert_eq!(sheet.bytes().len(), Sheet::default().bytes().len());
        assert_eq!(Sheet::read(&sheet.bytes()).unwrap(), sheet);
        assert!(!sheet.is_decided() && Sheet::default().is_decided());
    }
}
