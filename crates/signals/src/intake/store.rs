//! SQL of intake.

use super::{Reporter, clean};
use crate::model::{Channel, Kind, Publication, Source, State, Urgency};
use areas::Cell;
use kit::clock::id_at;
use kit::{At, Result, Tx, Uuid, Value, args};
use policy::Permit;

/// A signal as it is written.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Municipality code.
    pub municipality: String,
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
    /// Source.
    pub source: Source,
    /// Id in the source's own system.
    pub source_ref: Option<String>,
    /// Category id.
    pub category: String,
    /// State.
    pub state: State,
    /// Urgency.
    pub urgency: Urgency,
    /// The reporter's words.
    pub words: String,
    /// Place in words.
    pub address: String,
    /// Longitude and latitude.
    pub place: Option<(f64, f64)>,
    /// 200 m cell.
    pub cell: Option<Cell>,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// When it was seen.
    pub occurred_at: At,
    /// When it was reported.
    pub reported_at: At,
    /// Local day seen, since 1970-01-01.
    pub day: i32,
    /// Local hour seen.
    pub hour: u8,
    /// From when it is late.
    pub due_at: Option<At>,
    /// When it was closed.
    pub closed_at: Option<At>,
    /// Its issue.
    pub issue_id: Option<Uuid>,
    /// The officer's presence.
    pub presence_id: Option<Uuid>,
    /// Language of the reporter.
    pub language: String,
    /// Folded text for searching.
    pub search: String,
    /// When it last changed, for who asks what is new.
    pub updated_at: At,
}

const INSERT: &str = "insert into signal (municipality, id, reference, source, source_ref, category, state, urgency,
    words, address, lon, lat, cell_x, cell_y, area, occurred_at, reported_at, day, hour, due_at, closed_at, issue_id,
    presence_id, language, version, search, kind, channel, publication, updated_at)";
const COLUMNS: usize = 30;

impl Prepared {
    fn into_values(self) -> Vec<Value> {
        args![
            self.municipality,
            self.id,
            self.reference,
            self.source,
            self.source_ref,
            self.category,
            self.state,
            self.urgency,
            self.words,
            self.address,
            self.place.map(|p| p.0),
            self.place.map(|p| p.1),
            self.cell.map(|c| c.0),
            self.cell.map(|c| c.1),
            self.area,
            self.occurred_at,
            self.reported_at,
            self.day,
            self.hour,
            self.due_at,
            self.closed_at,
            self.issue_id,
            self.presence_id,
            self.language,
            1_i64,
            self.search,
            self.kind,
            self.channel,
            self.publication,
            self.updated_at
        ]
    }
}

/// Inserts one signal; gives the reference of the one that already has this id.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, row: &Prepared) -> Result<Option<String>> {
    debug_assert_eq!(permit.municipality(), row.municipality);
    let new =
        tx.insert_many(INSERT, "on conflict (municipality, id) do nothing", COLUMNS, row.clone().into_values()).await?;
    if new == 1 {
        return Ok(None);
    }
    let (reference,): (String,) = tx
        .one("select reference from signal where municipality = $1 and id = $2", args![permit.municipality(), row.id])
        .await?;
    Ok(Some(reference))
}

/// Inserts many signals of an import, idempotent on the source's id.
pub(super) async fn insert_many(tx: &mut Tx, permit: &Permit, rows: Vec<Prepared>) -> Result<u64> {
    debug_assert!(rows.iter().all(|r| r.municipality == permit.municipality()));
    let values = rows.into_iter().flat_map(Prepared::into_values).collect();
    tx.insert_many(INSERT, "on conflict do nothing", COLUMNS, values).await
}

/// Makes the planner's statistics anew.
pub(super) async fn analyze(tx: &mut Tx) -> Result<()> {
    tx.run("analyze signal", vec![]).await?;
    Ok(())
}

/// Writes the first line of the signal's history.
pub(super) async fn opened(tx: &mut Tx, permit: &Permit, row: &Prepared, actor: Option<Uuid>, now: At) -> Result<()> {
    tx.run(
        "insert into signal_event (municipality, id, signal_id, at, actor_id, kind, was, becomes, note, public)
         values ($1, $2, $3, $4, $5, 'state', '', $6, '', $7)",
        args![permit.municipality(), id_at(now), row.id, row.reported_at, actor, row.state, true],
    )
    .await?;
    Ok(())
}

/// Keeps how to reach the reporter, apart from the signal.
pub(super) async fn insert_reporter(tx: &mut Tx, permit: &Permit, signal: Uuid, reporter: &Reporter) -> Result<()> {
    tx.run(
        "insert into reporter (municipality, signal_id, name, email, phone, postal) values ($1, $2, $3, $4, $5, $6)",
        args![
            permit.municipality(),
            signal,
            clean(&reporter.name),
            clean(&reporter.email),
            clean(&reporter.phone),
            clean(&reporter.postal)
        ],
    )
    .await?;
    Ok(())
}
