//! What staff may change of a signal: permit → rule → store → history → audit → mail.

use super::store::{self, Event, Signal};
use crate::contact;
use crate::intake::{ADDRESS, CHANGED, Desk, clean, fold};
use crate::kind;
use crate::model::{Kind, Publication, State, Urgency};
use crate::moderation;
use crate::touched::touched;
use kit::clock::id_at;
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit, events};
use policy::Permit;
use site::Cx;

/// Longest note, in characters.
pub const NOTE: usize = 2000;

/// A change of state.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The version that the form was opened with; `None` when the caller holds no form (a visit).
    pub version: Option<i64>,
    /// The new state.
    pub to: State,
    /// Why; required where [`State::needs_note`] says so.
    pub note: &'a str,
    /// Whether the reporter is told: the note becomes public and is mailed when there is an address.
    pub tell: bool,
}

/// Where a signal lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Move {
    /// Longitude and latitude in degrees (WGS84); decides the neighbourhood when given.
    pub point: Option<(f64, f64)>,
    /// Neighbourhood code, when no point is known.
    pub area: Option<String>,
    /// The place in words.
    pub address: String,
}

/// One change that a form asks for.
#[derive(Clone, Debug)]
pub enum Edit<'a> {
    /// Another state.
    State(Change<'a>),
    /// How soon it must be looked at.
    Urgency(Urgency),
    /// Another category; its term counts from the report.
    Category(&'a str),
    /// Another kind; its term counts from the report.
    Kind(Kind),
    /// Another place.
    Place(Move),
    /// A note for colleagues.
    Note(&'a str),
}

/// Changes the state of signal `id`. Closing sets the moment of closing; every other state clears it
/// and keeps the term.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Stale`], [`Fault::Rule`] when the state may not follow,
/// [`Fault::Invalid`] for a note that is missing or too long, or when the database refuses.
pub async fn change_state(cx: &Cx, tx: &mut Tx, permit: &Permit, id: Uuid, change: &Change<'_>) -> Result<(), Fault> {
    let signal = current(tx, permit, id, change.version).await?;
    if !signal.state.may_become(change.to) {
        let word = |s: State| cx.t(&format!("state-{s}"));
        return Err(Fault::Rule {
            key: "signals-rule-state",
            values: vec![("from", word(signal.state)), ("to", word(change.to))],
        });
    }
    // A question that nobody is told is no question.
    let tell = change.tell || change.to == State::ReactionRequested;
    let note = checked_note(change.note, change.to.needs_note() || tell)?;
    let closed_at = change.to.is_closed().then_some(cx.now);
    one(store::set_state(tx, permit, &signal, change.to, closed_at).await?)?;
    let event =
        Event { kind: "state", was: signal.state.as_str(), becomes: change.to.as_str(), note: &note, public: tell };
    let event_id = written(cx, tx, permit, &signal, &event).await?;
    contact::changed(cx, tx, permit, &signal, (change.to, &note, tell), event_id).await
}

/// Does what a form on the signal's page asks.
///
/// # Errors
/// As [`change_state`].
pub async fn apply(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    version: Option<i64>,
    edit: &Edit<'_>,
) -> Result<(), Fault> {
    match edit {
        Edit::State(change) => change_state(cx, tx, permit, id, change).await,
        Edit::Urgency(urgency) => {
            let signal = current(tx, permit, id, version).await?;
            if signal.urgency == *urgency {
                return Ok(());
            }
            one(store::set_urgency(tx, permit, &signal, *urgency).await?)?;
            let event = Event::quiet("urgency", signal.urgency.as_str(), urgency.as_str());
            written(cx, tx, permit, &signal, &event).await.map(|_| ())
        }
        Edit::Category(category) => {
            let signal = current(tx, permit, id, version).await?;
            set_category(cx, tx, permit, &signal, category).await
        }
        Edit::Kind(kind) => {
            let signal = current(tx, permit, id, version).await?;
            set_kind(cx, tx, permit, &signal, *kind).await
        }
        Edit::Place(place) => {
            let signal = current(tx, permit, id, version).await?;
            set_place(cx, tx, permit, &signal, place).await
        }
        Edit::Note(note) => {
            let signal = current(tx, permit, id, version).await?;
            let note = checked_note(note, true)?;
            one(store::touch(tx, permit, &signal).await?)?;
            let event = Event { note: &note, ..Event::quiet("note", "", "") };
            written(cx, tx, permit, &signal, &event).await.map(|_| ())
        }
    }
}

async fn set_category(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: &Signal, category: &str) -> Result<(), Fault> {
    let desk = Desk::of(&cx.municipality);
    let mut faults = FieldFaults::default();
    let Some(new) = desk.catalogue.get(category) else {
        faults.add("category", "signal-category-unknown");
        return Err(Fault::Invalid(faults));
    };
    if signal.category == new.id {
        return Ok(());
    }
    if let Some(issue) = &signal.issue_reference {
        return Err(Fault::Rule { key: "signals-rule-linked", values: vec![("issue", issue.clone())] });
    }
    let due = kind::due(&cx.app.law.terms, &desk, signal.kind, new, signal.reported_at);
    let has_point = signal.lon.is_some();
    let publication = kind::publication(signal.publication, signal.kind, new, signal.source, has_point);
    one(store::set_category(tx, permit, signal, (&new.id, due, publication)).await?)?;
    let event = Event::quiet("category", &signal.category, &new.id);
    written(cx, tx, permit, signal, &event).await.map(|_| ())
}

/// The kind decides by which law the message is handled: its term counts anew from the report, and what is no report is
/// not public and is not one matter with reports.
async fn set_kind(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: &Signal, to: Kind) -> Result<(), Fault> {
    if signal.kind == to {
        return Ok(());
    }
    if let Some(issue) = &signal.issue_reference {
        return Err(Fault::Rule { key: "signals-rule-linked-kind", values: vec![("issue", issue.clone())] });
    }
    let desk = Desk::of(&cx.municipality);
    let category = desk.catalogue.get(&signal.category);
    let due = category.and_then(|c| kind::due(&cx.app.law.terms, &desk, to, c, signal.reported_at));
    let publication = category.map_or(Publication::Private, |c| {
        kind::publication(signal.publication, to, c, signal.source, signal.lon.is_some())
    });
    one(store::set_kind(tx, permit, signal, (to, due, publication)).await?)?;
    written(cx, tx, permit, signal, &Event::quiet("kind", signal.kind.as_str(), to.as_str())).await.map(|_| ())
}

async fn set_place(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: &Signal, place: &Move) -> Result<(), Fault> {
    let desk = Desk::of(&cx.municipality);
    let address = clean(&place.address);
    let mut faults = FieldFaults::default();
    if address.chars().count() > ADDRESS {
        faults.add_with("address", "signal-address-long", vec![("most", ADDRESS.to_string())]);
    }
    if let Some((lon, lat)) = place.point {
        if !desk.inside(lon, lat) {
            let name = desk.municipality.file.name.clone();
            faults.add_with("lon", "signal-place-outside", vec![("municipality", name)]);
        }
    } else if place.area.as_deref().is_some_and(|a| desk.sheet.get(a).is_none()) {
        faults.add("area", "signal-area-unknown");
    }
    faults.ok()?;
    let cell = place.point.and_then(|(lon, lat)| desk.atlas.cell(lon, lat));
    let area = match place.point {
        Some((lon, lat)) => desk.sheet.neighbourhood(lon, lat).map(str::to_owned),
        None => place.area.clone(),
    };
    let name = area.as_deref().map_or("", |a| desk.sheet.name(a));
    let search = fold(&[&signal.reference, &signal.words, &address, name]);
    let new = store::Place { point: place.point, cell, area, address, search };
    one(store::set_place(tx, permit, signal, &new).await?)?;
    moderation::settle(cx, tx, permit, signal.id).await?;
    let (was, becomes) = (signal.area.as_deref().unwrap_or(""), new.area.as_deref().unwrap_or(""));
    written(cx, tx, permit, signal, &Event::quiet("place", was, becomes)).await.map(|_| ())
}

/// The signal, unless it changed since the form was opened.
pub(crate) async fn current(tx: &mut Tx, permit: &Permit, id: Uuid, version: Option<i64>) -> Result<Signal, Fault> {
    let signal = store::get(tx, permit, id).await?.ok_or(Fault::NotFound)?;
    if version.is_some_and(|v| v != signal.version) { Err(Fault::Stale) } else { Ok(signal) }
}

/// A change must have met the version that was read.
pub(crate) fn one(touched: u64) -> Result<(), Fault> {
    if touched == 1 { Ok(()) } else { Err(Fault::Stale) }
}

/// History, audit entry and processing log of one change; gives the event's id.
pub(crate) async fn written(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    signal: &Signal,
    event: &Event<'_>,
) -> Result<Uuid, Fault> {
    let id = id_at(cx.now);
    store::add_event(tx, permit, id, signal.id, (cx.actor.account, cx.now), event).await?;
    store::stamp(tx, permit, signal.id, cx.now).await?;
    moderation::left(tx, permit, signal, cx.now).await?;
    events::announce(tx, cx.code(), CHANGED, &signal.id.to_string(), id, cx.now).await?;
    let detail = serde_json::json!({ "kind": event.kind, "was": event.was, "becomes": event.becomes });
    audit::record(tx, &cx.deed(), permit.action(), "signal", &signal.id.to_string(), &detail).await?;
    let reporter = store::reporter(tx, permit, signal.id).await?;
    touched(cx, tx, permit, reporter.as_ref()).await?;
    Ok(id)
}

/// A note without control characters, of a fit length.
pub(crate) fn checked_note(note: &str, required: bool) -> Result<String, Fault> {
    let note = clean(note);
    let length = note.chars().count();
    let mut faults = FieldFaults::default();
    if required && note.is_empty() {
        faults.add("note", "signals-note-missing");
    } else if length > NOTE {
        faults.add_with("note", "signals-note-long", vec![("most", NOTE.to_string()), ("have", length.to_string())]);
    }
    faults.ok().map(|()| note)
}

/// How the term of a signal stands at `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermState {
    /// It has no term.
    None,
    /// There is time.
    OnTime,
    /// The last day is today or tomorrow.
    Soon,
    /// The term is over and it is still open.
    Late,
    /// It was closed within its term.
    Met,
    /// It was closed after its term.
    Missed,
}

impl TermState {
    /// The state of a term that ends at `due_at` (the first moment that is too late).
    #[must_use]
    pub fn of(due_at: Option<At>, closed_at: Option<At>, now: At, zone: &jiff::tz::TimeZone) -> Self {
        let Some(due) = due_at else { return Self::None };
        match closed_at {
            Some(closed) if closed < due => Self::Met,
            Some(_) => Self::Missed,
            None if now >= due => Self::Late,
            None => {
                let last = kit::clock::day_number(At::from_micros(due.micros() - 1).local(zone).date());
                let today = kit::clock::day_number(now.local(zone).date());
                if last <= today + 1 { Self::Soon } else { Self::OnTime }
            }
        }
    }

    /// Locale key of the badge.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "signals-term-none",
            Self::OnTime => "signals-term-on-time",
            Self::Soon => "signals-term-soon",
            Self::Late => "signals-term-late",
            Self::Met => "signals-term-met",
            Self::Missed => "signals-term-missed",
        }
    }

    /// Tone of the badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::None => "off",
            Self::OnTime | Self::Met => "ok",
            Self::Soon => "soon",
            Self::Late | Self::Missed => "late",
        }
    }
}
