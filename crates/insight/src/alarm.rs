//! Alarms: where clearly more is reported than expected, week by week per neighbourhood and main category
//! ([`picture::warning`]) and day by day as clusters of squares ([`mod@picture::scan`]).
//!
//! The nightly run finds them ([`find`]) and keeps them: a rise that goes on is one alarm, not a new one each night
//! ([`night`]). People weigh an alarm (real, explained by something, watch) with a reason; after that it is quiet,
//! unless it rises clearly again or goes on for long. What was judged is the alarm's own track record. An alarm is
//! about a place, a time and a kind of report, never about a person.

mod find;
mod night;
pub mod ops;
mod store;
pub mod web;
pub(crate) mod words;

pub(crate) use find::{Found, find};
pub(crate) use night::keep;
pub(crate) use words::{AlarmLine, title};

use kit::{At, Result, Tx, Uuid, text_enum};
use picture::interval::{Range, proportion};
use serde::{Deserialize, Serialize};

/// `[alarm]` of `picture.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Share of false alarms in the weekly list that is accepted.
    pub weekly_false_alarms: f64,
    /// The same for the clusters of one night; they are sought every night, so it is smaller.
    pub cluster_false_alarms: f64,
    /// Fewest reports in an alarm.
    pub least_events: u64,
    /// Longest cluster, in days.
    pub cluster_days: u16,
    /// Replications by which chance is measured.
    pub replications: u32,
    /// Most alarms of each kind that one night may add.
    pub most: usize,
    /// Weeks that a chart shows.
    pub chart_weeks: usize,
    /// An alarm that was not found any more for so many days is past.
    pub gone_days: i32,
    /// A weighed alarm comes back when it is so many times as far above the expectation as when it was weighed.
    pub again_factor: f64,
    /// ... or when it still goes on after so many weeks.
    pub again_weeks: i32,
    /// Past alarms are removed after so many days.
    pub keep_days: i32,
}

text_enum! {
    /// What kind of rise.
    pub enum Kind {
        /// In the last week or two, in a neighbourhood.
        Sudden = "sudden",
        /// For three weeks or longer, in a neighbourhood.
        Lasting = "lasting",
        /// In connected squares, in the last days.
        Cluster = "cluster",
    }
}

text_enum! {
    /// Where an alarm stands.
    pub enum State {
        /// Nobody weighed it, or it came back.
        Open = "open",
        /// Somebody keeps an eye on it.
        Watch = "watch",
        /// It was judged real.
        Real = "real",
        /// It was explained by something else.
        Explained = "explained",
    }
}

text_enum! {
    /// What people make of an alarm.
    pub enum Verdict {
        /// Something is going on.
        Real = "real",
        /// It has another cause, which the reason names.
        Explained = "explained",
        /// Not clear yet.
        Watch = "watch",
    }
}

impl Verdict {
    /// Where an alarm stands that was weighed so.
    #[must_use]
    pub fn state(self) -> State {
        match self {
            Self::Real => State::Real,
            Self::Explained => State::Explained,
            Self::Watch => State::Watch,
        }
    }
}

/// One week of the chart of an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// Its Monday, in days since 1970-01-01.
    pub monday: i32,
    /// Reports.
    pub count: u32,
    /// Expected reports.
    pub expected: f64,
    /// Counts above this are rare when nothing goes on.
    pub high: f64,
}

/// How an alarm was weighed last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    /// Observed over expected at that time.
    pub ratio: f64,
    /// The local day, in days since 1970-01-01.
    pub day: i32,
}

/// An alarm.
#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    /// Id.
    pub id: Uuid,
    /// What was found, as of the last night in which it was.
    pub found: Found,
    /// When it was found first.
    pub found_at: At,
    /// The last night in which it was found, as a local day.
    pub seen_on: i32,
    /// The day from which it was not found any more.
    pub ended_on: Option<i32>,
    /// Where it stands.
    pub state: State,
    /// How it was weighed last; `None` when it was not, or came back since.
    pub weighed: Option<Weighed>,
    /// The day on which it came back after it was weighed.
    pub returned_on: Option<i32>,
    /// Counts changes by people and returns.
    pub version: i64,
}

impl Alarm {
    /// Whether it is on the list of open alarms; those that are only watched are too, quietly.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.ended_on.is_none() && matches!(self.state, State::Open | State::Watch)
    }
}

/// One time that somebody weighed an alarm.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Weighing {
    /// Which alarm.
    pub alarm_id: Uuid,
    /// What they made of it.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
    /// Who; `None` when that account is gone.
    pub name: Option<String>,
    /// When.
    pub at: At,
}

/// How many of the alarms that were judged were real.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// Alarms judged real or explained.
    pub judged: u64,
    /// Real ones.
    pub real: u64,
    /// Their share, with its 95 % interval (Wilson); `None` when none was judged.
    pub share: Option<Range>,
}

impl Record {
    /// The last judgement of each alarm counts; "watch" is no judgement. `weighings` are the newest first.
    fn of(weighings: &[Weighing], level: f64) -> Self {
        let mut told = std::collections::HashSet::new();
        let (mut judged, mut real) = (0, 0);
        for w in weighings.iter().filter(|w| w.verdict != Verdict::Watch) {
            if told.insert(w.alarm_id) {
                judged += 1;
                real += u64::from(w.verdict == Verdict::Real);
            }
        }
        let share = proportion(real as f64 / f64::max(judged as f64, 1.0), judged as f64, 1.0, level);
        Self { judged, real, share }
    }
}

/// The open alarms of a municipality, those that nobody weighed first, then the least likely to be chance.
///
/// # Errors
/// When the database cannot be read.
pub async fn open(tx: &mut Tx, municipality: &str) -> Result<Vec<Alarm>> {
    let mut all = store::current(tx, municipality).await?;
    all.retain(Alarm::is_open);
    all.sort_by(|a, b| (a.state, a.found.q).partial_cmp(&(b.state, b.found.q)).unwrap_or(std::cmp::Ordering::Equal));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_counts_the_last_judgement_of_each_alarm() {
        let w = |alarm: u128, verdict| Weighing {
            alarm_id: Uuid::from_u128(alarm),
            verdict,
            reason: String::new(),
            name: None,
            at: At::from_micros(0),
        };
        let list = [
            w(1, Verdict::Watch),
            w(1, Verdict::Real),
            w(1, Verdict::Explained),
            w(2, Verdict::Explained),
            w(3, Verdict::Watch),
        ];
        let record = Record::of(&list, 0.95);
        assert_eq!((record.judged, record.real), (2, 1));
        let share = record.share.unwrap();
        assert!(share.low > 0.05 && share.high < 0.95 && (share.value - 0.5).abs() < 1e-12);
        assert_eq!(Record::of(&[], 0.95), Record { judged: 0, real: 0, share: None });
    }
}
