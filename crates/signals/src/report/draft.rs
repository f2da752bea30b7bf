//! A report or an observation in the making: what was typed, whatever is wrong with it.

use crate::category::questions::Answers;
use crate::intake::{NewSignal, Reporter};
use crate::model::{Channel, Kind, Source, State};
use jiff::civil;
use kit::{At, FieldFaults, Uuid};
use serde::{Deserialize, Serialize};
use site::Cx;

/// A click on the map of `width` pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Click {
    /// Width of the map that was clicked, in pixels.
    pub width: f64,
    /// Pixels from the left.
    pub x: f64,
    /// Pixels from the top.
    pub y: f64,
}

/// Which button was pressed, when it was not the one that sends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Press {
    /// The form was sent, or its step is done.
    #[default]
    Send,
    /// The step before.
    Back,
    /// A place on the map.
    Map(Click),
    /// Search the address that was typed.
    Find,
    /// An address that was found.
    Found,
    /// The whole map.
    Whole,
    /// Take the point away.
    NoPoint,
}

/// A form on its way to becoming a signal. What is typed is kept between the steps; the rest belongs to one request.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Id of the form, made when it was rendered: whoever has it can read the draft. Of a form in one piece it is the
    /// id of the signal to be.
    #[serde(skip)]
    pub id: Uuid,
    /// Id of the signal that a draft in steps becomes; the public may come to see it.
    pub report: Uuid,
    /// Whether it became that signal; nothing else is kept then.
    pub is_sent: bool,
    /// Id of the officer's presence to be.
    #[serde(skip)]
    pub presence: Uuid,
    /// What is asked of the municipality: the word of a [`Kind`].
    pub kind: String,
    /// Category id.
    pub category: String,
    /// The words.
    pub words: String,
    /// What is answered to the questions of the category.
    pub answers: Answers,
    /// Address or place in words.
    pub address: String,
    /// Neighbourhood code.
    pub area: String,
    /// Longitude and latitude.
    pub place: Option<(f64, f64)>,
    /// Middle of the map shown; `None` shows the whole municipality.
    pub centre: Option<(f64, f64)>,
    /// Local day and time seen.
    pub occurred_at: String,
    /// Local day and time that the officer's presence began.
    #[serde(skip)]
    pub started_at: String,
    /// Local day and time that it ended.
    #[serde(skip)]
    pub ended_at: String,
    /// How to reach the reporter.
    pub reporter: Reporter,
    /// Ids of what the reporter was told to take elsewhere, and said that it is something else.
    pub told: String,
    /// Whether the reporter changes one step and then goes back to the check.
    #[serde(skip)]
    pub to_check: bool,
    /// Photos that were kept before and must go.
    #[serde(skip)]
    pub removed: Vec<Uuid>,
    /// The button.
    #[serde(skip)]
    pub press: Press,
    /// What could not be read.
    #[serde(skip)]
    pub faults: FieldFaults,
}

impl Draft {
    /// An empty form at the moment of the request.
    #[must_use]
    pub fn fresh(cx: &Cx) -> Self {
        let id = || kit::clock::id_at(cx.now);
        let ago = At::from_micros(cx.now.micros() - 10 * 60_000_000);
        Self {
            id: id(),
            report: id(),
            presence: id(),
            kind: Kind::Report.to_string(),
            occurred_at: local_text(cx, cx.now),
            started_at: local_text(cx, ago),
            ended_at: local_text(cx, cx.now),
            ..Self::default()
        }
    }

    /// The kind that was chosen.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind.parse().unwrap_or(Kind::Report)
    }

    /// The signal that this form wants to be.
    #[must_use]
    pub fn signal(&self, cx: &Cx, source: Source, occurred_at: At) -> NewSignal {
        NewSignal {
            id: self.id,
            kind: self.kind(),
            channel: if source == Source::Officer { Channel::Officer } else { Channel::Web },
            source,
            source_ref: None,
            category: self.category.clone(),
            words: self.words.clone(),
            address: self.address.clone(),
            place: self.place,
            area: Some(self.area.clone()).filter(|a| !a.is_empty()),
            occurred_at,
            reported_at: cx.now,
            state: State::Reported,
            closed_at: None,
            reporter: Some(self.reporter.clone()).filter(|r| !r.is_empty()),
            presence_id: None,
            issue_id: None,
            language: cx.words.language().to_owned(),
        }
    }
}

/// A local day and time as a `datetime-local` control writes it.
#[must_use]
pub fn local_text(cx: &Cx, at: At) -> String {
    at.local(&cx.municipality.zone).strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The instant of a local day and time; browsers without the control send a space or no seconds.
#[must_use]
pub fn local_instant(cx: &Cx, text: &str) -> Option<At> {
    let text = text.trim().replace(' ', "T");
    let local: civil::DateTime = text.parse().ok()?;
    // an hour that the clock skips or doubles is read as the clock goes on
    local.to_zoned(cx.municipality.zone.clone()).ok().map(|z| At::from_micros(z.timestamp().as_microsecond()))
}

/// An id that the form carries: a UUID of version 7.
pub(super) fn client_id(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text.trim()).ok().filter(|id| id.get_version_num() == 7)
}
