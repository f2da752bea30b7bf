//! SQL of events: state, lines and lists. The words are fields of the envelope.

use super::State;
use kit::{AnyVault, At, Result, Tx, Uuid, args};
use policy::Permit;

/// An event without its words.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Event {
    /// The record.
    pub record_id: Uuid,
    /// Who wrote it.
    pub officer_id: Uuid,
    /// How far it is.
    pub state: State,
    /// Day of the offence, days since 1970-01-01; the day of writing until one is filled in.
    pub day: i64,
    /// Neighbourhood; empty: not known.
    pub area: String,
    /// Number of the officer's deed when it was signed; empty before.
    pub deed: String,
    /// The visit that it came of.
    pub visit_id: Option<Uuid>,
    /// When it was last signed.
    pub signed_at: Option<At>,
    /// When it was checked.
    pub checked_at: Option<At>,
    /// Who checked it.
    pub checked_by: Option<Uuid>,
}

/// One sanction, without its words.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// Offence code.
    pub offence: String,
    /// Word of the modality.
    pub modality: String,
}

/// An event in a list, with its sealed title.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Row {
    /// The event.
    #[sqlx(flatten)]
    pub event: Event,
    /// Sealed title of the record.
    pub title: Option<Vec<u8>>,
}

/// Writes the event anew; its lines with it.
pub(crate) async fn put(tx: &mut Tx<AnyVault>, municipality: &str, event: &Event, lines: &[Line]) -> Result<()> {
    tx.run(
        "insert into sanction_event (municipality, record_id, officer_id, state, day, area, deed, visit_id,
            signed_at, checked_at, checked_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (municipality, record_id) do update set state = excluded.state, day = excluded.day,
            area = excluded.area, deed = excluded.deed, visit_id = excluded.visit_id, signed_at = excluded.signed_at,
            checked_at = excluded.checked_at, checked_by = excluded.checked_by",
        args![
            municipality,
            event.record_id,
            event.officer_id,
            event.state,
            event.day,
            &event.area,
            &event.deed,
            event.visit_id,
            event.signed_at,
            event.checked_at,
            event.checked_by
        ],
    )
    .await?;
    tx.run(
        "delete from sanction_line where municipality = $1 and record_id = $2",
        args![municipality, event.record_id],
    )
    .await?;
    let values = lines
        .iter()
        .zip(1_i64..)
        .flat_map(|(line, n)| args![municipality, event.record_id, n, &line.offence, &line.modality])
        .collect();
    tx.insert_many("insert into sanction_line (municipality, record_id, n, offence, modality)", "", 5, values).await?;
    Ok(())
}

pub(crate) async fn get(tx: &mut Tx<AnyVault>, municipality: &str, id: Uuid) -> Result<Option<Event>> {
    tx.opt(
        "select record_id, officer_id, state, day, area, deed, visit_id, signed_at, checked_at, checked_by
         from sanction_event where municipality = $1 and record_id = $2",
        args![municipality, id],
    )
    .await
}

pub(crate) async fn lines(tx: &mut Tx<AnyVault>, municipality: &str, id: Uuid) -> Result<Vec<Line>> {
    tx.all(
        "select offence, modality from sanction_line where municipality = $1 and record_id = $2 order by n",
        args![municipality, id],
    )
    .await
}

/// Events in free use since `since`, of one officer or of all: what waits first, then the newest.
pub(crate) async fn list(
    tx: &mut Tx<AnyVault>,
    permit: &Permit,
    (officer, since): (Option<Uuid>, At),
    most: i64,
) -> Result<Vec<Row>> {
    let (all, officer) = (officer.is_none(), officer.unwrap_or_default());
    tx.all(
        "select e.record_id, e.officer_id, e.state, e.day, e.area, e.deed, e.visit_id, e.signed_at, e.checked_at,
            e.checked_by,
            t.sealed_bytes as title
         from sanction_event e
         join record r on r.municipality = e.municipality and r.id = e.record_id
         left join record_field t on t.municipality = e.municipality and t.record_id = e.record_id and t.name = 'title'
         where e.municipality = $1 and r.removed_at is null and r.created_at >= $2
            and ($3 = 1 or e.officer_id = $4) and (e.state <> 'draft' or e.officer_id = $5)
         order by case e.state when 'draft' then 0 when 'returned' then 0 when 'signed' then 1 else 2 end,
            e.day desc, e.record_id desc limit $6",
        args![permit.municipality(), since, i64::from(all), officer, permit.actor().unwrap_or_default(), most],
    )
    .await
}
