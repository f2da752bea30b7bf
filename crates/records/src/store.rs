//! SQL of records: envelopes, sealed fields, history, subjects, participants.

pub mod crossing;
pub mod disclosure;
pub mod opening;
pub mod reseal;

use crate::stage::FreeFrom;
use kit::{AnyVault, At, Main, Result, Tx, Uuid, args};
use policy::Permit;

/// A record without its words.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Envelope {
    /// Id.
    pub id: Uuid,
    /// Kind of record, e.g. `note`.
    pub kind: String,
    /// Declared processing that it belongs to.
    pub processing: String,
    /// `own` or `disclosure`.
    pub origin: String,
    /// The disclosure that it came by.
    pub disclosure_id: Option<Uuid>,
    /// First processing of the content.
    pub created_at: At,
    /// Who made it; `None` for what came from another vault.
    pub created_by: Option<Uuid>,
    /// When it was closed.
    pub closed_at: Option<At>,
    /// When its purpose ended.
    pub ended_at: Option<At>,
    /// When it left daily work.
    pub removed_at: Option<At>,
    /// Number of changes; a form of an older version is stale.
    pub version: i64,
}

/// One line of a record's history.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct History {
    /// Id; the sealed value before a correction is bound to it.
    pub id: Uuid,
    /// When.
    pub at: At,
    /// Who; `None` for the system.
    pub actor_id: Option<Uuid>,
    /// What happened.
    pub act: String,
    /// More about it, as JSON.
    pub detail: String,
    /// The value before a correction, sealed (Wpg art. 4).
    pub sealed_bytes: Option<Vec<u8>>,
}

/// A record in a list, with the sealed fields that the list opens.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Row {
    #[sqlx(flatten)]
    pub envelope: Envelope,
    pub title: Option<Vec<u8>>,
    pub persons: Option<Vec<u8>>,
}

/// A sealed field, as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Sealed {
    pub name: String,
    pub is_special: bool,
    pub sealed_bytes: Vec<u8>,
    pub changed_at: At,
}

/// Which rows a list asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Which<'a> {
    pub processing: &'a str,
    /// Only records that this account takes part in.
    pub participant: Option<Uuid>,
    pub free: FreeFrom,
    /// After this row: instant and id.
    pub after: (i64, Uuid),
    pub most: i64,
}

/// A new envelope.
pub(crate) async fn insert(tx: &mut Tx<AnyVault>, municipality: &str, record: &Envelope) -> Result<()> {
    tx.run(
        "insert into record (municipality, id, kind, processing, origin, disclosure_id, created_at, created_by,
            closed_at, ended_at, removed_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        args![
            municipality,
            record.id,
            &record.kind,
            &record.processing,
            &record.origin,
            record.disclosure_id,
            record.created_at,
            record.created_by,
            record.closed_at,
            record.ended_at,
            record.removed_at,
            record.version
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn get(tx: &mut Tx<AnyVault>, municipality: &str, id: Uuid) -> Result<Option<Envelope>> {
    tx.opt(
        "select id, kind, processing, origin, disclosure_id, created_at, created_by, closed_at, ended_at, removed_at,
            version from record where municipality = $1 and id = $2",
        args![municipality, id],
    )
    .await
}

/// The records in free use, newest first.
pub(crate) async fn list(tx: &mut Tx<AnyVault>, permit: &Permit, which: &Which<'_>) -> Result<Vec<Row>> {
    let (all, account) = (which.participant.is_none(), which.participant.unwrap_or_default());
    tx.all(
        "select r.id, r.kind, r.processing, r.origin, r.disclosure_id, r.created_at, r.created_by, r.closed_at,
            r.ended_at, r.removed_at, r.version, t.sealed_bytes as title, p.sealed_bytes as persons
         from record r
         left join record_field t on t.municipality = r.municipality and t.record_id = r.id and t.name = 'title'
         left join record_field p on p.municipality = r.municipality and p.record_id = r.id and p.name = 'persons'
         where r.municipality = $1 and r.processing = $2 and r.removed_at is null and r.created_at >= $3
            and (r.closed_at is null or r.closed_at >= $4) and (r.ended_at is null or r.ended_at >= $5)
            and (r.created_at < $6 or (r.created_at = $6 and r.id < $7))
            and ($8 = 1 or exists (select 1 from record_participant x where x.municipality = r.municipality
                and x.record_id = r.id and x.account_id = $9))
         order by r.created_at desc, r.id desc limit $10",
        args![
            permit.municipality(),
            which.processing,
            which.free.created,
            which.free.closed,
            which.free.ended,
            which.after.0,
            which.after.1,
            i64::from(all),
            account,
            which.most
        ],
    )
    .await
}

/// Records about a fingerprint in a processing, or the record whose id it stands for, whatever their stage.
pub(crate) async fn hits(
    tx: &mut Tx<AnyVault>,
    permit: &Permit,
    which: &Which<'_>,
    (fingerprint, id): (&str, Uuid),
) -> Result<Vec<Row>> {
    let (all, account) = (which.participant.is_none(), which.participant.unwrap_or_default());
    tx.all(
        "select r.id, r.kind, r.processing, r.origin, r.disclosure_id, r.created_at, r.created_by, r.closed_at,
            r.ended_at, r.removed_at, r.version, t.sealed_bytes as title, p.sealed_bytes as persons
         from record r
         left join record_field t on t.municipality = r.municipality and t.record_id = r.id and t.name = 'title'
         left join record_field p on p.municipality = r.municipality and p.record_id = r.id and p.name = 'persons'
         where r.municipality = $1 and r.processing = $2 and r.removed_at is null
            and (r.id = $4 or r.id in (select s.record_id from record_subject s
                where s.municipality = $1 and s.fingerprint = $3))
            and ($5 = 1 or exists (select 1 from record_participant x where x.municipality = r.municipality
                and x.record_id = r.id and x.account_id = $6))
         order by r.created_at desc, r.id desc limit $7",
        args![permit.municipality(), which.processing, fingerprint, id, i64::from(all), account, which.most],
    )
    .await
}

/// Records that came from another vault and that nobody takes part in yet.
pub(crate) async fn unassigned(tx: &mut Tx<AnyVault>, permit: &Permit, processing: &str) -> Result<Vec<Envelope>> {
    tx.all(
        "select r.id, r.kind, r.processing, r.origin, r.disclosure_id, r.created_at, r.created_by, r.closed_at,
            r.ended_at, r.removed_at, r.version
         from record r where r.municipality = $1 and r.processing = $2 and r.origin = 'disclosure'
            and r.removed_at is null and r.closed_at is null
            and not exists (select 1 from record_participant x where x.municipality = r.municipality
                and x.record_id = r.id)
         order by r.created_at desc, r.id desc limit 100",
        args![permit.municipality(), processing],
    )
    .await
}

/// Every record about one of these fingerprints, whatever its processing and stage: for requests of data subjects.
pub(crate) async fn about(tx: &mut Tx<AnyVault>, permit: &Permit, fingerprint: &str) -> Result<Vec<Envelope>> {
    tx.all(
        "select r.id, r.kind, r.processing, r.origin, r.disclosure_id, r.created_at, r.created_by, r.closed_at,
            r.ended_at, r.removed_at, r.version
         from record_subject s join record r on r.municipality = s.municipality and r.id = s.record_id
         where s.municipality = $1 and s.fingerprint = $2 order by r.created_at desc, r.id desc",
        args![permit.municipality(), fingerprint],
    )
    .await
}

pub(crate) async fn field(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    record: Uuid,
    name: &str,
) -> Result<Option<Vec<u8>>> {
    let row: Option<(Vec<u8>,)> = tx
        .opt(
            "select sealed_bytes from record_field where municipality = $1 and record_id = $2 and name = $3",
            args![municipality, record, name],
        )
        .await?;
    Ok(row.map(|r| r.0))
}

pub(crate) async fn field_names(tx: &mut Tx<AnyVault>, municipality: &str, record: Uuid) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = tx
        .all(
            "select name from record_field where municipality = $1 and record_id = $2 order by name",
            args![municipality, record],
        )
        .await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

pub(crate) async fn drop_field(tx: &mut Tx<AnyVault>, municipality: &str, record: Uuid, name: &str) -> Result<u64> {
    tx.run(
        "delete from record_field where municipality = $1 and record_id = $2 and name = $3",
        args![municipality, record, name],
    )
    .await
}

pub(crate) async fn fields(tx: &mut Tx<AnyVault>, municipality: &str, record: Uuid) -> Result<Vec<Sealed>> {
    tx.all(
        "select name, is_special, sealed_bytes, changed_at from record_field where municipality = $1 and record_id = $2",
        args![municipality, record],
    )
    .await
}

pub(crate) async fn put_field(tx: &mut Tx<AnyVault>, municipality: &str, record: Uuid, field: &Sealed) -> Result<()> {
    tx.run(
        "insert into record_field (municipality, record_id, name, is_special, sealed_bytes, changed_at)
         values ($1, $2, $3, $4, $5, $6) on conflict (municipality, record_id, name) do update
         set is_special = excluded.is_special, sealed_bytes = excluded.sealed_bytes, changed_at = excluded.changed_at",
        args![municipality, record, &field.name, field.is_special, field.sealed_bytes.clone(), field.changed_at],
    )
    .await?;
    Ok(())
}

/// Takes every word of a record away; the envelope and the lines of its history stay.
pub(crate) async fn wipe(tx: &mut Tx<AnyVault>, municipality: &str, record: Uuid) -> Result<()> {
    tx.run("delete from record_field where municipality = $1 and record_id = $2", args![municipality, record]).await?;
    tx.run("delete from record_subject where municipality = $1 and record_id = $2", args![municipality, record])
        .await?;
    tx.run(
        "update record_history set sealed_bytes = null where municipality = $1 and record_id = $2",
        args![municipality, record],
    )
    .await?;
    Ok(())
}

pub(crate) async fn set_subjects(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    record: Uuid,
    fingerprints: &[String],
) -> Result<()> {
    tx.run("delete from record_subject where municipality = $1 and record_id = $2", args![municipality, record])
        .await?;
    let values = fingerprints.iter().flat_map(|f| args![municipality, record, f]).collect();
    tx.insert_many(
        "insert into record_subject (municipality, record_id, fingerprint)",
        "on conflict do nothing",
        3,
        values,
    )
    .await?;
    Ok(())
}

pub(crate) async fn add_history(tx: &mut Tx<AnyVault>, municipality: &str, record: Uuid, line: &History) -> Result<()> {
    tx.run(
        "insert into record_history (municipality, id, record_id, at, actor_id, act, detail, sealed_bytes)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            municipality,
            line.id,
            record,
            line.at,
            line.actor_id,
            &line.act,
            &line.detail,
            line.sealed_bytes.clone()
        ],
    )
    .await?;
    Ok(())
}

/// The history of a record, newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn history(tx: &mut Tx<AnyVault>, permit: &Permit, record: Uuid) -> Result<Vec<History>> {
    tx.all(
        "select id, at, actor_id, act, detail, sealed_bytes from record_history
         where municipality = $1 and record_id = $2 order by at desc, id desc limit 500",
        args![permit.municipality(), record],
    )
    .await
}

/// Counts a change of the version that was read; 0 when somebody was first.
///
/// # Errors
/// When the database refuses.
pub async fn touch(tx: &mut Tx<AnyVault>, municipality: &str, record: &Envelope) -> Result<u64> {
    tx.run(
        "update record set version = version + 1, closed_at = $4, ended_at = $5, removed_at = $6
         where municipality = $1 and id = $2 and version = $3",
        args![municipality, record.id, record.version, record.closed_at, record.ended_at, record.removed_at],
    )
    .await
}

pub(crate) async fn is_held(tx: &mut Tx<AnyVault>, municipality: &str, record: Uuid) -> Result<bool> {
    let row: Option<(Uuid,)> = tx
        .opt(
            "select id from legal_hold where municipality = $1 and record_id = $2 and lifted_at is null limit 1",
            args![municipality, record],
        )
        .await?;
    Ok(row.is_some())
}

pub(crate) async fn takes_part(tx: &mut Tx<AnyVault>, permit: &Permit, record: Uuid, account: Uuid) -> Result<bool> {
    let row: Option<(Uuid,)> = tx
        .opt(
            "select account_id from record_participant where municipality = $1 and record_id = $2 and account_id = $3",
            args![permit.municipality(), record, account],
        )
        .await?;
    Ok(row.is_some())
}

pub(crate) async fn participants(tx: &mut Tx<AnyVault>, permit: &Permit, record: Uuid) -> Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = tx
        .all(
            "select account_id from record_participant where municipality = $1 and record_id = $2 order by added_at",
            args![permit.municipality(), record],
        )
        .await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

pub(crate) async fn add_participant(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    record: Uuid,
    account: Uuid,
    at: At,
) -> Result<u64> {
    tx.run(
        "insert into record_participant (municipality, record_id, account_id, added_at) values ($1, $2, $3, $4)
         on conflict do nothing",
        args![municipality, record, account, at],
    )
    .await
}

pub(crate) async fn drop_participant(
    tx: &mut Tx<AnyVault>,
    permit: &Permit,
    record: Uuid,
    account: Uuid,
) -> Result<u64> {
    tx.run(
        "delete from record_participant where municipality = $1 and record_id = $2 and account_id = $3",
        args![permit.municipality(), record, account],
    )
    .await
}

/// The accounts of a municipality that can be used, by name: id and name.
///
/// # Errors
/// When the database cannot be read.
pub async fn accounts(tx: &mut Tx<Main>, permit: &Permit) -> Result<Vec<(Uuid, String)>> {
    tx.all(
        "select id, name from account where municipality = $1 and active order by name, id limit 1000",
        args![permit.municipality()],
    )
    .await
}

/// The covenants in force that cover a processing: id and title.
pub(crate) async fn covenants(
    tx: &mut Tx<Main>,
    permit: &Permit,
    (from, to): (&str, &str),
    now: At,
) -> Result<Vec<(Uuid, String)>> {
    tx.all(
        "select c.id, c.title from covenant c where c.municipality = $1 and c.valid_from <= $2 and c.valid_until > $2
            and (c.ended_at is null or c.ended_at > $2)
            and exists (select 1 from covenant_processing p where p.municipality = c.municipality
                and p.covenant_id = c.id and p.processing in ($3, $4))
         order by c.title, c.id limit 200",
        args![permit.municipality(), now, from, to],
    )
    .await
}
