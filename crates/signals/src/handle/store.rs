//! SQL of one signal: reading it whole, and changing it when it is still at the version that was read.

pub(crate) mod lists;

use crate::intake::Reporter;
use crate::model::{Channel, Kind, Publication, Source, State, Urgency};
use areas::Cell;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A signal as it is kept.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Signal {
    /// Id.
    pub id: Uuid,
    /// Reference for people.
    pub reference: String,
    /// What it asks of the municipality.
    pub kind: Kind,
    /// By which way it came in.
    pub channel: Channel,
    /// What the public sees of it.
    pub publication: Publication,
    /// The words that were released to the public.
    pub public_words: Option<String>,
    /// Where it came from.
    pub source: Source,
    /// Category id.
    pub category: String,
    /// State.
    pub state: State,
    /// How soon it must be looked at.
    pub urgency: Urgency,
    /// The reporter's words.
    pub words: String,
    /// Place in words.
    pub address: String,
    /// Longitude in degrees (WGS84).
    pub lon: Option<f64>,
    /// Latitude in degrees (WGS84).
    pub lat: Option<f64>,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// When it was seen.
    pub occurred_at: At,
    /// When it was reported.
    pub reported_at: At,
    /// The first moment at which it is late.
    pub due_at: Option<At>,
    /// When it was closed.
    pub closed_at: Option<At>,
    /// Its issue.
    pub issue_id: Option<Uuid>,
    /// The issue's reference.
    pub issue_reference: Option<String>,
    /// Begin of the officer's presence that it was seen in.
    pub present_from: Option<At>,
    /// End of that presence.
    pub present_to: Option<At>,
    /// Language of the reporter.
    pub language: String,
    /// Number of changes; a form of an older version is stale.
    pub version: i64,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Row {
    /// Id.
    pub id: Uuid,
    /// Reference for people.
    pub reference: String,
    /// Where it came from.
    pub source: Source,
    /// Category id.
    pub category: String,
    /// State.
    pub state: State,
    /// How soon it must be looked at.
    pub urgency: Urgency,
    /// Place in words.
    pub address: String,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// Longitude in degrees (WGS84).
    pub lon: Option<f64>,
    /// Latitude in degrees (WGS84).
    pub lat: Option<f64>,
    /// When it was reported.
    pub reported_at: At,
    /// The first moment at which it is late.
    pub due_at: Option<At>,
    /// When it was closed.
    pub closed_at: Option<At>,
    /// Its issue.
    pub issue_id: Option<Uuid>,
    /// The issue's reference.
    pub issue_reference: Option<String>,
}

/// One line of a signal's history, to be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event<'a> {
    /// What changed: state, urgency, category, place, issue or note.
    pub kind: &'static str,
    /// The word before.
    pub was: &'a str,
    /// The word after.
    pub becomes: &'a str,
    /// Why.
    pub note: &'a str,
    /// Whether the reporter may read it.
    pub public: bool,
}

impl<'a> Event<'a> {
    /// A change without a note, for colleagues only.
    pub(crate) fn quiet(kind: &'static str, was: &'a str, becomes: &'a str) -> Self {
        Self { kind, was, becomes, note: "", public: false }
    }
}

/// One line of a signal's history, as read.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Line {
    pub at: At,
    pub actor: Option<String>,
    pub kind: String,
    pub was: String,
    pub becomes: String,
    pub note: String,
    pub public: bool,
}

/// A new place, with all that follows from it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub point: Option<(f64, f64)>,
    pub cell: Option<Cell>,
    pub area: Option<String>,
    pub address: String,
    pub search: String,
}

pub(crate) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Signal>> {
    tx.opt(
        "select s.id, s.reference, s.kind, s.channel, s.publication, s.public_words, s.source, s.category, s.state, s.urgency, s.words, s.address, s.lon, s.lat, s.area,
            s.occurred_at, s.reported_at, s.due_at, s.closed_at, s.issue_id, i.reference as issue_reference,
            p.started_at as present_from, p.ended_at as present_to, s.language, s.version
         from signal s
         left join issue i on i.municipality = s.municipality and i.id = s.issue_id
         left join presence p on p.municipality = s.municipality and p.id = s.presence_id
         where s.municipality = $1 and s.id = $2",
        args![permit.municipality(), id],
    )
    .await
}

pub(crate) async fn reporter(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Option<Reporter>> {
    let row: Option<(String, String, String, String)> = tx
        .opt(
            "select name, email, phone, postal from reporter where municipality = $1 and signal_id = $2",
            args![permit.municipality(), signal],
        )
        .await?;
    Ok(row.map(|(name, email, phone, postal)| Reporter { name, email, phone, postal }))
}

pub(crate) async fn history(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Vec<Line>> {
    tx.all(
        "select e.at, a.name as actor, e.kind, e.was, e.becomes, e.note, e.public
         from signal_event e left join account a on a.municipality = e.municipality and a.id = e.actor_id
         where e.municipality = $1 and e.signal_id = $2 order by e.at desc, e.id desc limit 200",
        args![permit.municipality(), signal],
    )
    .await
}

pub(crate) async fn add_event(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    signal: Uuid,
    (actor, at): (Option<Uuid>, At),
    event: &Event<'_>,
) -> Result<()> {
    tx.run(
        "insert into signal_event (municipality, id, signal_id, at, actor_id, kind, was, becomes, note, public)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args![
            permit.municipality(),
            id,
            signal,
            at,
            actor,
            event.kind,
            event.was,
            event.becomes,
            event.note,
            event.public
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn set_state(
    tx: &mut Tx,
    permit: &Permit,
    signal: &Signal,
    to: State,
    closed_at: Option<At>,
) -> Result<u64> {
    tx.run(
        "update signal set state = $4, closed_at = $5, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), signal.id, signal.version, to, closed_at],
    )
    .await
}

pub(crate) async fn set_urgency(tx: &mut Tx, permit: &Permit, signal: &Signal, urgency: Urgency) -> Result<u64> {
    tx.run(
        "update signal set urgency = $4, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), signal.id, signal.version, urgency],
    )
    .await
}

pub(crate) async fn set_category(
    tx: &mut Tx,
    permit: &Permit,
    signal: &Signal,
    (category, due_at, publication): (&str, Option<At>, Publication),
) -> Result<u64> {
    tx.run(
        "update signal set category = $4, due_at = $5, publication = $6,
            public_words = case when $6 = 'none' then null else public_words end, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), signal.id, signal.version, category, due_at, publication],
    )
    .await
}

pub(crate) async fn set_kind(
    tx: &mut Tx,
    permit: &Permit,
    signal: &Signal,
    (kind, due_at, publication): (Kind, Option<At>, Publication),
) -> Result<u64> {
    tx.run(
        "update signal set kind = $4, due_at = $5, publication = $6,
            public_words = case when $6 = 'none' then null else public_words end, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), signal.id, signal.version, kind, due_at, publication],
    )
    .await
}

pub(crate) async fn set_place(tx: &mut Tx, permit: &Permit, signal: &Signal, place: &Place) -> Result<u64> {
    tx.run(
        "update signal set lon = $4, lat = $5, cell_x = $6, cell_y = $7, area = $8, address = $9, search = $10,
            version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![
            permit.municipality(),
            signal.id,
            signal.version,
            place.point.map(|p| p.0),
            place.point.map(|p| p.1),
            place.cell.map(|c| c.0),
            place.cell.map(|c| c.1),
            place.area.as_deref(),
            &place.address,
            &place.search
        ],
    )
    .await
}

/// Notes when the signal last changed.
pub(crate) async fn stamp(tx: &mut Tx, permit: &Permit, signal: Uuid, at: At) -> Result<()> {
    tx.run(
        "update signal set updated_at = $3 where municipality = $1 and id = $2",
        args![permit.municipality(), signal, at],
    )
    .await?;
    Ok(())
}

/// Counts a change that touches no column: a note.
pub(crate) async fn touch(tx: &mut Tx, permit: &Permit, signal: &Signal) -> Result<u64> {
    tx.run(
        "update signal set version = version + 1 where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), signal.id, signal.version],
    )
    .await
}
