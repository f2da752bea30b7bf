//! SQL of requests, of the sheets of findings, and of the records that a decision is about.

use super::model::{Identity, Laws, State};
use kit::shelf::Shelf;
use kit::{AnyVault, At, Main, Result, Tx, Uuid, Vault, args};
use policy::Permit;

/// Answered requests, on their way out by the rule `subject-request`.
pub const REQUEST: Shelf = Shelf {
    kind: "subject-request",
    total: "select cast(count(*) as bigint) from subject_request where municipality = $1",
    due: "select answered_at / 900000000 as quarter, cast(count(*) as bigint) as rows from subject_request
          where municipality = $1 and answered_at < $2 group by 1 order by 1",
    go: &[
        "delete from rights_sheet where municipality = $1 and request_id in (select id from subject_request
            where municipality = $1 and answered_at < $2 order by answered_at, id limit $3)",
        "delete from subject_request where municipality = $1 and id in (select id from subject_request
            where municipality = $1 and answered_at < $2 order by answered_at, id limit $3)",
    ],
};

/// A request, as kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Row {
    pub id: Uuid,
    pub reference: String,
    pub kind: String,
    pub laws: Laws,
    pub state: State,
    pub asker_bytes: Vec<u8>,
    pub received_at: At,
    pub due_at: At,
    pub extended_at: Option<At>,
    pub extension: String,
    pub identity: Option<Identity>,
    pub refusal_ground: Option<String>,
    pub refusal: String,
    pub answered_at: Option<At>,
    pub letter_hash: Option<String>,
    pub version: i64,
}

/// The columns of a request, followed by `$rest`.
macro_rules! requests {
    ($rest:literal) => {
        concat!(
            "select id, reference, kind, laws, state, asker_bytes, received_at, due_at, extended_at, extension, identity,
                refusal_ground, refusal, answered_at, letter_hash, version from subject_request ",
            $rest
        )
    };
}

pub(super) async fn get(tx: &mut Tx<Main>, permit: &Permit, id: Uuid) -> Result<Option<Row>> {
    tx.opt(requests!("where municipality = $1 and id = $2"), args![permit.municipality(), id]).await
}

/// Open requests, the first to be late first; then `most` answered ones, the newest first.
pub(super) async fn list(tx: &mut Tx<Main>, permit: &Permit, is_open: bool, most: i64) -> Result<Vec<Row>> {
    let values = args![permit.municipality(), most];
    match is_open {
        true => {
            tx.all(requests!("where municipality = $1 and answered_at is null order by due_at, id limit $2"), values)
                .await
        }
        false => {
            tx.all(
                requests!(
                    "where municipality = $1 and answered_at is not null order by received_at desc, id desc limit $2"
                ),
                values,
            )
            .await
        }
    }
}

/// Requests of a person other than `but`, by main's fingerprint.
pub(super) async fn of_person(tx: &mut Tx<Main>, permit: &Permit, fingerprint: &str, but: Uuid) -> Result<Vec<Row>> {
    tx.all(
        requests!("where municipality = $1 and fingerprint = $2 and id <> $3 order by received_at desc, id desc"),
        args![permit.municipality(), fingerprint, but],
    )
    .await
}

/// Ends of the terms of open requests.
pub(super) async fn open_terms(tx: &mut Tx<Main>, municipality: &str) -> Result<Vec<At>> {
    let rows: Vec<(At,)> = tx
        .all(
            "select due_at from subject_request where municipality = $1 and answered_at is null order by due_at",
            args![municipality],
        )
        .await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

pub(super) struct New<'a> {
    pub id: Uuid,
    pub reference: &'a str,
    pub kind: law::RequestKind,
    pub laws: Laws,
    pub asker: Vec<u8>,
    pub fingerprint: &'a str,
    pub received_at: At,
    pub due_at: At,
}

pub(super) async fn insert(tx: &mut Tx<Main>, permit: &Permit, new: New<'_>, now: At) -> Result<()> {
    tx.run(
        "insert into subject_request (municipality, id, reference, kind, laws, state, asker_bytes, fingerprint,
            received_at, due_at, extension, refusal, created_at, created_by, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', $11, $12, 1)",
        args![
            permit.municipality(),
            new.id,
            new.reference,
            new.kind.as_str(),
            new.laws,
            State::Received,
            new.asker,
            new.fingerprint,
            new.received_at,
            new.due_at,
            now,
            permit.actor()
        ],
    )
    .await?;
    Ok(())
}

pub(super) async fn identified(
    tx: &mut Tx<Main>,
    permit: &Permit,
    (id, version): (Uuid, i64),
    how: Identity,
    now: At,
) -> Result<u64> {
    tx.run(
        "update subject_request set state = $4, identity = $5, identified_at = $6, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), id, version, State::Identified, how, now],
    )
    .await
}

pub(super) async fn extended(
    tx: &mut Tx<Main>,
    permit: &Permit,
    (id, version): (Uuid, i64),
    (due_at, reason): (At, &str),
    now: At,
) -> Result<u64> {
    tx.run(
        "update subject_request set due_at = $4, extension = $5, extended_at = $6, version = version + 1
         where municipality = $1 and id = $2 and version = $3 and extended_at is null",
        args![permit.municipality(), id, version, due_at, reason, now],
    )
    .await
}

/// Takes a decision on all that was found, or with a ground on the whole request.
pub(super) async fn decided(
    tx: &mut Tx<Main>,
    permit: &Permit,
    (id, version): (Uuid, i64),
    refusal: Option<(&str, &str)>,
    now: At,
) -> Result<u64> {
    tx.run(
        "update subject_request set state = $4, refusal_ground = $5, refusal = $6, decided_at = $7,
            version = version + 1 where municipality = $1 and id = $2 and version = $3",
        args![
            permit.municipality(),
            id,
            version,
            State::Decided,
            refusal.map(|r| r.0),
            refusal.map_or("", |r| r.1),
            now
        ],
    )
    .await
}

pub(super) async fn searched(tx: &mut Tx<Main>, permit: &Permit, id: Uuid) -> Result<u64> {
    tx.run(
        "update subject_request set state = $3, version = version + 1 where municipality = $1 and id = $2",
        args![permit.municipality(), id, State::Searched],
    )
    .await
}

pub(super) async fn answered(
    tx: &mut Tx<Main>,
    permit: &Permit,
    (id, version): (Uuid, i64),
    hash: &str,
    now: At,
) -> Result<u64> {
    tx.run(
        "update subject_request set state = $4, answered_at = $5, letter_hash = $6, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), id, version, State::Answered, now, hash],
    )
    .await
}

/// A sealed sheet.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct SheetRow {
    pub request_id: Uuid,
    pub vault: String,
    pub sheet_bytes: Vec<u8>,
    pub searched_at: At,
    pub version: i64,
}

pub(super) async fn sheets(tx: &mut Tx<Main>, permit: &Permit, request: Uuid) -> Result<Vec<SheetRow>> {
    tx.all(
        "select request_id, vault, sheet_bytes, searched_at, version from rights_sheet
         where municipality = $1 and request_id = $2 order by vault",
        args![permit.municipality(), request],
    )
    .await
}

/// Writes the sheet of a vault; a second search replaces it when `version` is still the present one.
pub(super) async fn put_sheet(tx: &mut Tx<Main>, permit: &Permit, row: &SheetRow) -> Result<u64> {
    tx.run(
        "insert into rights_sheet (municipality, request_id, vault, sheet_bytes, searched_at, searched_by, version)
         values ($1, $2, $3, $4, $5, $6, 1)
         on conflict (municipality, request_id, vault) do update set sheet_bytes = excluded.sheet_bytes,
            searched_at = excluded.searched_at, searched_by = excluded.searched_by, version = rights_sheet.version + 1
         where rights_sheet.version = $7",
        args![
            permit.municipality(),
            row.request_id,
            &row.vault,
            row.sheet_bytes.clone(),
            row.searched_at,
            permit.actor(),
            row.version
        ],
    )
    .await
}

/// Every sheet of a vault, of every municipality: for sealing them with a newer key.
pub(super) async fn sheets_of_vault(tx: &mut Tx<Main>, vault: &str) -> Result<Vec<(String, Uuid, Vec<u8>)>> {
    tx.all("select municipality, request_id, sheet_bytes from rights_sheet where vault = $1", args![vault]).await
}

pub(super) async fn reseal_sheet(
    tx: &mut Tx<Main>,
    (municipality, request, vault): (&str, Uuid, &str),
    sealed: Vec<u8>,
) -> Result<()> {
    tx.run(
        "update rights_sheet set sheet_bytes = $4 where municipality = $1 and request_id = $2 and vault = $3",
        args![municipality, request, vault, sealed],
    )
    .await?;
    Ok(())
}

/// Every asker, of every municipality: for sealing them with a newer key.
pub(super) async fn askers(tx: &mut Tx<Main>) -> Result<Vec<(String, Uuid, Vec<u8>)>> {
    tx.all("select municipality, id, asker_bytes from subject_request", vec![]).await
}

pub(super) async fn reseal_asker(
    tx: &mut Tx<Main>,
    (municipality, request): (&str, Uuid),
    sealed: Vec<u8>,
) -> Result<()> {
    tx.run(
        "update subject_request set asker_bytes = $3 where municipality = $1 and id = $2",
        args![municipality, request, sealed],
    )
    .await?;
    Ok(())
}

/// A request without who asks, for the internal audit.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Audited {
    pub reference: String,
    pub kind: String,
    pub laws: String,
    pub state: String,
    pub received_at: At,
    pub due_at: At,
    pub extended_at: Option<At>,
    pub answered_at: Option<At>,
    pub refusal_ground: Option<String>,
}

/// Requests about police data that were received or open between two instants.
pub(crate) async fn for_audit(tx: &mut Tx<Main>, municipality: &str, (from, to): (At, At)) -> Result<Vec<Audited>> {
    tx.all(
        "select reference, kind, laws, state, received_at, due_at, extended_at, answered_at, refusal_ground
         from subject_request where municipality = $1 and laws in ($2, $3) and received_at < $5
            and (answered_at is null or answered_at >= $4) order by received_at, id",
        args![municipality, Laws::Wpg, Laws::Both, from, to],
    )
    .await
}

// ---- records, in the vault that the permit opens

/// Somebody who got data from a record.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct Receiver {
    /// The disclosure.
    pub id: Uuid,
    pub receiver: String,
    pub at: At,
    pub state: String,
}

pub(super) async fn receivers(tx: &mut Tx<AnyVault>, permit: &Permit, record: Uuid) -> Result<Vec<Receiver>> {
    tx.all(
        "select id, receiver, at, state from disclosure where municipality = $1 and record_id = $2 order by at, id",
        args![permit.municipality(), record],
    )
    .await
}

pub(super) async fn is_held(tx: &mut Tx<AnyVault>, permit: &Permit, record: Uuid) -> Result<bool> {
    let row: Option<(Uuid,)> = tx
        .opt(
            "select id from legal_hold where municipality = $1 and record_id = $2 and lifted_at is null limit 1",
            args![permit.municipality(), record],
        )
        .await?;
    Ok(row.is_some())
}

/// Takes every word, every fingerprint and every earlier value of a record away.
pub(super) async fn wipe(tx: &mut Tx<AnyVault>, permit: &Permit, record: Uuid) -> Result<()> {
    let values = || args![permit.municipality(), record];
    tx.run("delete from record_field where municipality = $1 and record_id = $2", values()).await?;
    tx.run("delete from record_subject where municipality = $1 and record_id = $2", values()).await?;
    tx.run("update record_history set sealed_bytes = null where municipality = $1 and record_id = $2", values())
        .await?;
    Ok(())
}

/// Takes a record out of daily work.
pub(super) async fn remove(tx: &mut Tx<AnyVault>, permit: &Permit, record: Uuid, now: At) -> Result<u64> {
    tx.run(
        "update record set removed_at = coalesce(removed_at, $3), version = version + 1
         where municipality = $1 and id = $2",
        args![permit.municipality(), record, now],
    )
    .await
}

pub(super) async fn touch(tx: &mut Tx<AnyVault>, permit: &Permit, record: Uuid) -> Result<u64> {
    tx.run(
        "update record set version = version + 1 where municipality = $1 and id = $2",
        args![permit.municipality(), record],
    )
    .await
}

pub(super) async fn set_field(
    tx: &mut Tx<AnyVault>,
    permit: &Permit,
    (record, name): (Uuid, &str),
    sealed: Vec<u8>,
    now: At,
) -> Result<u64> {
    tx.run(
        "update record_field set sealed_bytes = $4, changed_at = $5
         where municipality = $1 and record_id = $2 and name = $3",
        args![permit.municipality(), record, name, sealed, now],
    )
    .await
}

pub(super) async fn set_subjects(tx: &mut Tx<AnyVault>, permit: &Permit, record: Uuid, all: &[String]) -> Result<()> {
    tx.run(
        "delete from record_subject where municipality = $1 and record_id = $2",
        args![permit.municipality(), record],
    )
    .await?;
    let values = all.iter().flat_map(|f| args![permit.municipality(), record, f]).collect();
    tx.insert_many(
        "insert into record_subject (municipality, record_id, fingerprint)",
        "on conflict do nothing",
        3,
        values,
    )
    .await?;
    Ok(())
}

/// Adds a line to a record's history; `was` is the value before, sealed for the line.
pub(super) async fn add_history(
    tx: &mut Tx<AnyVault>,
    permit: &Permit,
    (id, record): (Uuid, Uuid),
    (act, detail, was): (&str, &str, Option<Vec<u8>>),
    now: At,
) -> Result<()> {
    tx.run(
        "insert into record_history (municipality, id, record_id, at, actor_id, act, detail, sealed_bytes)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![permit.municipality(), id, record, now, permit.actor(), act, detail, was],
    )
    .await?;
    Ok(())
}

/// Keeps a restricted record from being destroyed before the restriction is lifted (AVG art. 18).
pub(super) async fn hold(
    tx: &mut Tx<AnyVault>,
    permit: &Permit,
    (id, record): (Uuid, Uuid),
    reason: &str,
    now: At,
) -> Result<()> {
    tx.run(
        "insert into legal_hold (municipality, id, record_id, reason, placed_by, placed_at)
         values ($1, $2, $3, $4, $5, $6)",
        args![permit.municipality(), id, record, reason, permit.actor(), now],
    )
    .await?;
    Ok(())
}

/// The proof of what was destroyed on request; no personal data in it.
pub(super) async fn destroyed<V: Vault>(
    tx: &mut Tx<V>,
    permit: &Permit,
    id: Uuid,
    [kind, processing, rule, month]: [&str; 4],
    now: At,
) -> Result<()> {
    tx.run(
        "insert into destruction (municipality, id, at, act, kind, processing, rule, trigger_month, records)
         values ($1, $2, $3, 'destroyed', $4, $5, $6, $7, 1)",
        args![permit.municipality(), id, now, kind, processing, rule, month],
    )
    .await?;
    Ok(())
}
