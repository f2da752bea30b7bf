//! SQL of the exchange with Signalen.

use super::dispatch::{Dispatch, Standing};
use super::import::File;
use kit::clock::id_at;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;
use signals::intake::Reporter;
use signals::{State, Urgency};
use std::collections::HashSet;

/// The references of reports that begin with `prefix` and came from another system.
pub(super) async fn references(tx: &mut Tx, permit: &Permit, prefix: &str) -> Result<HashSet<String>> {
    let rows: Vec<(String,)> = tx
        .all(
            "select source_ref from signal where municipality = $1 and source_ref is not null and source_ref like $2 || '%'",
            args![permit.municipality(), prefix],
        )
        .await?;
    Ok(rows.into_iter().map(|(reference,)| reference).collect())
}

/// Adds notes of the past to the history of signals.
pub(super) async fn add_notes(tx: &mut Tx, permit: &Permit, notes: Vec<(Uuid, At, String)>) -> Result<()> {
    let values = notes
        .into_iter()
        .flat_map(|(signal, at, note)| {
            args![permit.municipality(), id_at(at), signal, at, None::<Uuid>, "note", "", "", note, false]
        })
        .collect();
    tx.insert_many(
        "insert into signal_event (municipality, id, signal_id, at, actor_id, kind, was, becomes, note, public)",
        "on conflict do nothing",
        10,
        values,
    )
    .await?;
    Ok(())
}

/// Sets the urgency of a signal that just came in.
pub(super) async fn set_urgency(tx: &mut Tx, permit: &Permit, signal: Uuid, urgency: Urgency) -> Result<()> {
    tx.run(
        "update signal set urgency = $3 where municipality = $1 and id = $2",
        args![permit.municipality(), signal, urgency],
    )
    .await?;
    Ok(())
}

/// A report as a partner gets it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Outgoing {
    pub reference: String,
    pub category: String,
    pub state: State,
    pub words: String,
    pub address: String,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub occurred_at: At,
    pub version: i64,
}

/// The report `id`.
pub(super) async fn outgoing(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Outgoing>> {
    tx.opt(
        "select reference, category, state, words, address, lon, lat, occurred_at, version from signal
         where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// How to reach the reporter of a report.
pub(super) async fn reporter(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Option<Reporter>> {
    let row: Option<(String, String, String)> = tx
        .opt(
            "select name, email, phone from reporter where municipality = $1 and signal_id = $2",
            args![permit.municipality(), signal],
        )
        .await?;
    Ok(row.map(|(name, email, phone)| Reporter { name, email, phone, ..Reporter::default() }))
}

macro_rules! dispatches {
    ($tail:literal) => {
        concat!(
            "select d.id, d.signal_id, s.reference, d.link, d.is_with_contact, d.note, d.state, d.partner_ref,
                d.partner_key, d.partner_state, d.attempts, d.failure, d.created_at, d.tried_at, d.changed_at
             from dispatch d join signal s on s.municipality = d.municipality and s.id = d.signal_id
             where d.municipality = $1 ",
            $tail
        )
    };
}

/// Writes a new dispatch, once per id.
pub(super) async fn add_dispatch(tx: &mut Tx, permit: &Permit, new: &Dispatch, actor: Option<Uuid>) -> Result<()> {
    tx.run(
        "insert into dispatch (municipality, id, signal_id, link, is_with_contact, note, state, actor_id, created_at,
            changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) on conflict (municipality, id) do nothing",
        args![
            permit.municipality(),
            new.id,
            new.signal_id,
            &new.link,
            new.is_with_contact,
            &new.note,
            new.state,
            actor,
            new.created_at
        ],
    )
    .await?;
    Ok(())
}

/// The dispatch `id`.
pub(super) async fn dispatch(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Dispatch>> {
    tx.opt(dispatches!("and d.id = $2"), args![permit.municipality(), id]).await
}

/// The dispatches of a report, newest first.
pub(super) async fn of_signal(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Vec<Dispatch>> {
    tx.all(
        dispatches!("and d.signal_id = $2 order by d.created_at desc, d.id desc limit 50"),
        args![permit.municipality(), signal],
    )
    .await
}

/// What is not finished, oldest change first.
pub(super) async fn open(tx: &mut Tx, permit: &Permit) -> Result<Vec<Dispatch>> {
    tx.all(
        dispatches!("and d.state not in ('done', 'withdrawn') order by d.changed_at, d.id limit 500"),
        args![permit.municipality()],
    )
    .await
}

/// What a partner has and did not say done, longest not asked first.
pub(super) async fn to_ask(tx: &mut Tx, permit: &Permit, link: &str) -> Result<Vec<Dispatch>> {
    tx.all(
        dispatches!("and d.link = $2 and d.state = 'sent' order by d.tried_at, d.id limit 200"),
        args![permit.municipality(), link],
    )
    .await
}

/// Notes that a try begins: from now on it may have arrived. Gives 0 when somebody else was first.
pub(super) async fn begin(tx: &mut Tx, permit: &Permit, dispatch: &Dispatch, now: At) -> Result<u64> {
    tx.run(
        "update dispatch set state = 'sending', attempts = attempts + 1, tried_at = coalesce(tried_at, $4), changed_at = $4
         where municipality = $1 and id = $2 and state = $3 and attempts = $5",
        args![permit.municipality(), dispatch.id, dispatch.state, now, dispatch.attempts],
    )
    .await
}

/// Sets how a dispatch stands, and why.
pub(super) async fn stand(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    state: Standing,
    failure: &str,
    now: At,
) -> Result<()> {
    tx.run(
        "update dispatch set state = $3, failure = $4, changed_at = $5 where municipality = $1 and id = $2",
        args![permit.municipality(), id, state, failure, now],
    )
    .await?;
    Ok(())
}

/// It arrived: their number and id.
pub(super) async fn arrived(tx: &mut Tx, permit: &Permit, id: Uuid, number: &str, key: &str, now: At) -> Result<()> {
    tx.run(
        "update dispatch set state = 'sent', partner_ref = $3, partner_key = $4, failure = '', tried_at = $5,
            changed_at = $5
         where municipality = $1 and id = $2",
        args![permit.municipality(), id, number, key, now],
    )
    .await?;
    Ok(())
}

/// What the partner says of it; asked `now`.
pub(super) async fn heard(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    theirs: &str,
    state: Standing,
    now: At,
) -> Result<()> {
    tx.run(
        "update dispatch set partner_state = $3, state = $4, tried_at = $5, changed_at = $5
         where municipality = $1 and id = $2",
        args![permit.municipality(), id, theirs, state, now],
    )
    .await?;
    Ok(())
}

/// What the program knows of a link.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub(super) struct Known {
    pub id: String,
    pub token_hash: String,
    pub token_at: Option<At>,
    pub success_at: Option<At>,
    pub failure_at: Option<At>,
    pub failure: String,
}

/// What is known of every link.
pub(super) async fn known(tx: &mut Tx, permit: &Permit) -> Result<Vec<Known>> {
    tx.all(
        "select id, token_hash, token_at, success_at, failure_at, failure from exchange_link where municipality = $1",
        args![permit.municipality()],
    )
    .await
}

/// The link whose token has this hash.
pub(super) async fn link_of(tx: &mut Tx, permit: &Permit, token_hash: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = tx
        .opt(
            "select id from exchange_link where municipality = $1 and token_hash = $2 and token_hash <> ''",
            args![permit.municipality(), token_hash],
        )
        .await?;
    Ok(row.map(|(id,)| id))
}

/// Gives a link a new token; the old one counts no more.
pub(super) async fn set_token(tx: &mut Tx, permit: &Permit, link: &str, hash: &str, now: At) -> Result<()> {
    tx.run(
        "insert into exchange_link (municipality, id, token_hash, token_at) values ($1, $2, $3, $4)
         on conflict (municipality, id) do update set token_hash = excluded.token_hash, token_at = excluded.token_at",
        args![permit.municipality(), link, hash, now],
    )
    .await?;
    Ok(())
}

/// Notes that a link worked.
pub(super) async fn worked(tx: &mut Tx, permit: &Permit, link: &str, now: At) -> Result<()> {
    tx.run(
        "insert into exchange_link (municipality, id, success_at) values ($1, $2, $3)
         on conflict (municipality, id) do update set success_at = excluded.success_at, failure = ''",
        args![permit.municipality(), link, now],
    )
    .await?;
    Ok(())
}

/// Notes that a link did not work, and why.
pub(super) async fn failed(tx: &mut Tx, permit: &Permit, link: &str, failure: &str, now: At) -> Result<()> {
    tx.run(
        "insert into exchange_link (municipality, id, failure_at, failure) values ($1, $2, $3, $4)
         on conflict (municipality, id) do update set failure_at = excluded.failure_at, failure = excluded.failure",
        args![permit.municipality(), link, now, failure],
    )
    .await?;
    Ok(())
}

/// A report that a partner sent.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Received {
    pub id: Uuid,
    pub reference: String,
    pub state: State,
    pub reported_at: At,
    pub updated_at: At,
}

/// The partner's report with this reference.
pub(super) async fn received(tx: &mut Tx, permit: &Permit, reference: &str) -> Result<Option<Received>> {
    tx.opt(
        "select id, reference, state, reported_at, updated_at from signal
         where municipality = $1 and source = 'partner' and source_ref = $2",
        args![permit.municipality(), reference],
    )
    .await
}

/// The same by our id; `prefix` is what the references of that partner begin with.
pub(super) async fn received_by_id(tx: &mut Tx, permit: &Permit, id: Uuid, prefix: &str) -> Result<Option<Received>> {
    tx.opt(
        "select id, reference, state, reported_at, updated_at from signal
         where municipality = $1 and id = $2 and source = 'partner' and source_ref like $3 || '%'",
        args![permit.municipality(), id, prefix],
    )
    .await
}

/// Keeps the files of a dry run.
pub(super) async fn keep_upload(tx: &mut Tx, permit: &Permit, id: Uuid, files: &[File], at: At) -> Result<()> {
    for file in files {
        tx.run(
            "insert into exchange_upload (municipality, id, name, at, account_id, file_bytes)
             values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            args![permit.municipality(), id, &file.name, at, permit.actor(), file.bytes.clone()],
        )
        .await?;
    }
    Ok(())
}

/// The files of a dry run of the same person.
pub(super) async fn upload(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Vec<File>> {
    let rows: Vec<(String, Vec<u8>)> = tx
        .all(
            "select name, file_bytes from exchange_upload where municipality = $1 and id = $2 and account_id = $3
             order by name",
            args![permit.municipality(), id, permit.actor()],
        )
        .await?;
    Ok(rows.into_iter().map(|(name, bytes)| File { name, bytes }).collect())
}

/// Drops the files of `id`, and those that came before `before`.
pub(super) async fn drop_uploads(tx: &mut Tx, permit: &Permit, id: Uuid, before: At) -> Result<u64> {
    tx.run(
        "delete from exchange_upload where municipality = $1 and (id = $2 or at < $3)",
        args![permit.municipality(), id, before],
    )
    .await
}
