//! What a phone sends and what it hears back.

use crate::place;
use kit::{Uuid, text_enum};
use patrol::round::VisitKind;
use serde::{Deserialize, Serialize};

text_enum! {
    /// What happened.
    pub enum Kind {
        /// The officers came to a place of the round.
        Arrive = "visit.arrive",
        /// They left it: outcome and note.
        Leave = "visit.leave",
        /// Seen, nothing wrong: arrival and departure in one.
        Nothing = "visit.nothing",
        /// They do not go there.
        Skip = "visit.skip",
        /// Something seen on the street.
        Observation = "observation",
        /// They are back.
        Finish = "round.finish",
        /// A number that the phone lost; it keeps the count whole.
        Void = "void",
    }
}

text_enum! {
    /// What became of an event.
    pub enum Outcome {
        /// Written as told.
        Done = "done",
        /// Told before.
        Replayed = "replayed",
        /// Written otherwise.
        Merged = "merged",
        /// Not written; its content stays.
        Refused = "refused",
        /// An earlier one is missing.
        Wait = "wait",
    }
}

/// One message of a phone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// The phone's id.
    pub device: Uuid,
    /// What the browser calls itself.
    #[serde(default)]
    pub name: String,
    /// The phone's clock as it sends, in milliseconds since 1970.
    pub now: i64,
    /// Events that wait after these.
    #[serde(default)]
    pub waiting: i64,
    /// In order.
    pub events: Vec<Event>,
    /// Where the officer is, when that is shared.
    #[serde(default)]
    pub position: Option<place::Said>,
}

/// One event.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// UUID (version 7) made on the phone.
    pub id: Uuid,
    /// Its number on this phone, from 1 without gaps.
    pub seq: i64,
    /// What happened.
    pub kind: Kind,
    /// The phone's clock as it happened, in milliseconds since 1970.
    pub at: i64,
    /// How far the house's clock was ahead of the phone's as the phone last heard, in milliseconds.
    #[serde(default)]
    pub offset: Option<i64>,
    /// The rest, by kind.
    #[serde(default)]
    pub payload: serde_json::Value,
}

/// A stop as the phone has it, with what was done there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AtStop {
    /// The round.
    pub round: Uuid,
    /// The visit.
    pub visit: Uuid,
    /// What the visit is for.
    pub visit_kind: VisitKind,
    /// The issue or signal.
    #[serde(default)]
    pub target: Option<Uuid>,
    /// Category id.
    #[serde(default)]
    pub category: Option<String>,
    /// The place in words.
    pub title: String,
    /// Longitude (WGS84).
    pub lon: f64,
    /// Latitude (WGS84).
    pub lat: f64,
    /// When they came, by the phone's clock.
    #[serde(default)]
    pub arrived: Option<i64>,
    /// Outcome word.
    #[serde(default)]
    pub outcome: String,
    /// What was found and done.
    #[serde(default)]
    pub note: String,
    /// To which state a report moves that is not solved.
    #[serde(default)]
    pub becomes: String,
    /// Why they do not go there.
    #[serde(default)]
    pub why: String,
}

/// Something seen on the street.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observed {
    /// Category id.
    pub category: String,
    /// In words.
    pub words: String,
    /// Place in words.
    #[serde(default)]
    pub address: String,
    /// Longitude (WGS84).
    #[serde(default)]
    pub lon: Option<f64>,
    /// Latitude (WGS84).
    #[serde(default)]
    pub lat: Option<f64>,
    /// The photos that follow.
    #[serde(default)]
    pub photos: Vec<Uuid>,
    /// The spoken note that follows.
    #[serde(default)]
    pub voice: Option<Uuid>,
}

/// The end of a round.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finished {
    /// The round.
    pub round: Uuid,
    /// Why places were not visited.
    #[serde(default)]
    pub why: String,
}

/// What the phone hears of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The event.
    pub id: Uuid,
    /// Its number.
    pub seq: i64,
    /// What became of it.
    pub outcome: Outcome,
    /// In words; empty when there is nothing to say.
    pub text: String,
    /// The record that it became.
    pub record: Option<Uuid>,
}
