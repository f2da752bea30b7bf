//! SQL of authorisations.

use super::rules::Term;
use super::{Authorisation, Filter, Proposal};
use kit::paging::Cursor;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// The rows of municipality `$1` as they stand at `$2`, with names, followed by `$rest`.
macro_rules! rows {
    ($rest:literal) => {
        concat!(
            "select * from (select a.id, a.account_id, p.name as person, p.role, p.active, p.organisation_id,
                o.name as organisation, a.processing, a.reason, a.deed_number, a.deed_until, a.valid_from,
                a.valid_until, a.proposed_by, q.name as proposer, a.proposed_at, a.granted_by, g.name as granter,
                a.granted_at, a.refused_by, r.name as refuser, a.refused_at, a.refusal, a.withdrawn_by,
                w.name as withdrawer, a.withdrawn_at, a.withdrawal, a.version,
                case when a.withdrawn_at <= $2 then 'withdrawn'
                    when a.refused_at <= $2 then 'refused'
                    when a.valid_until <= $2 then 'expired'
                    when a.granted_at is null or a.granted_at > $2 then 'proposed'
                    when a.valid_from > $2 then 'later'
                    else 'in-force' end as state
             from authorisation a
             join account p on p.municipality = a.municipality and p.id = a.account_id
             left join organisation o on o.municipality = p.municipality and o.id = p.organisation_id
             left join account q on q.municipality = a.municipality and q.id = a.proposed_by
             left join account g on g.municipality = a.municipality and g.id = a.granted_by
             left join account r on r.municipality = a.municipality and r.id = a.refused_by
             left join account w on w.municipality = a.municipality and w.id = a.withdrawn_by
             where a.municipality = $1) as x ",
            $rest
        )
    };
}

/// One authorisation as it stands at `now`.
pub(super) async fn get(tx: &mut Tx, municipality: &str, id: Uuid, now: At) -> Result<Option<Authorisation>> {
    tx.opt(rows!("where id = $3"), args![municipality, now, id]).await
}

/// The newest authorisations of a filter.
pub(super) async fn list(
    tx: &mut Tx,
    municipality: &str,
    filter: &Filter,
    now: At,
    before: Option<Cursor>,
    most: i64,
) -> Result<Vec<Authorisation>> {
    let before = before.map_or((Cursor::START, Uuid::max()), |c| (c.at.micros(), c.id));
    tx.all(
        rows!(
            "where ($3 is null or account_id = $3) and ($4 = '' or processing = $4) and ($5 = '' or state = $5)
                and (proposed_at, id) < ($6, $7) order by proposed_at desc, id desc limit $8"
        ),
        args![
            municipality,
            now,
            filter.person,
            &filter.processing,
            filter.state.map_or("", super::State::as_str),
            before.0,
            before.1,
            most
        ],
    )
    .await
}

/// What was alive between two instants, the oldest first, as it stood at the last.
pub(super) async fn between(tx: &mut Tx, municipality: &str, from: At, to: At) -> Result<Vec<Authorisation>> {
    tx.all(
        rows!(
            "where proposed_at < $2 and (withdrawn_at is null or withdrawn_at >= $3)
                and (refused_at is null or refused_at >= $3) and (valid_until is null or valid_until > $3)
             order by proposed_at, id"
        ),
        args![municipality, to, from],
    )
    .await
}

/// How many authorisations of a person for a processing are open (proposed or granted) somewhere in a term.
pub(super) async fn overlapping(
    tx: &mut Tx,
    municipality: &str,
    account: Uuid,
    processing: &str,
    term: &Term,
) -> Result<i64> {
    let (n,): (i64,) = tx
        .one(
            "select count(*) from authorisation where municipality = $1 and account_id = $2 and processing = $3
                and withdrawn_at is null and refused_at is null and (valid_until is null or valid_until > $4)
                and ($5 is null or valid_from < $5)",
            args![municipality, account, processing, term.from, term.until],
        )
        .await?;
    Ok(n)
}

/// Inserts a proposal; its id is that of the request.
pub(super) async fn insert(
    tx: &mut Tx,
    permit: &Permit,
    proposal: &Proposal,
    term: &Term,
    (proposer, now): (Uuid, At),
) -> Result<()> {
    tx.run(
        "insert into authorisation (municipality, id, account_id, processing, reason, deed_number, deed_until,
            valid_from, valid_until, proposed_by, proposed_at, refusal, withdrawal, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '', 1)",
        args![
            permit.municipality(),
            proposal.request,
            proposal.account,
            &proposal.processing,
            &proposal.reason,
            &proposal.deed_number,
            term.deed_until,
            term.from,
            term.until,
            proposer,
            now
        ],
    )
    .await?;
    Ok(())
}

/// Writes the grant; false when it was decided or withdrawn before, or changed since `version`.
pub(super) async fn grant(tx: &mut Tx, permit: &Permit, (id, version): (Uuid, i64), now: At) -> Result<bool> {
    let touched = tx
        .run(
            "update authorisation set granted_by = $4, granted_at = $5, version = version + 1
             where municipality = $1 and id = $2 and version = $3 and granted_at is null and refused_at is null
                and withdrawn_at is null",
            args![permit.municipality(), id, version, permit.actor(), now],
        )
        .await?;
    Ok(touched == 1)
}

/// Writes the refusal; false as in [`grant`].
pub(super) async fn refuse(
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, i64),
    reason: &str,
    now: At,
) -> Result<bool> {
    let touched = tx
        .run(
            "update authorisation set refused_by = $4, refused_at = $5, refusal = $6, version = version + 1
             where municipality = $1 and id = $2 and version = $3 and granted_at is null and refused_at is null
                and withdrawn_at is null",
            args![permit.municipality(), id, version, permit.actor(), now, reason],
        )
        .await?;
    Ok(touched == 1)
}

/// Writes the withdrawal; false when it was refused or withdrawn before, or changed since `version`.
pub(super) async fn withdraw(
    tx: &mut Tx,
    permit: &Permit,
    (id, version): (Uuid, i64),
    reason: &str,
    now: At,
) -> Result<bool> {
    let touched = tx
        .run(
            "update authorisation set withdrawn_by = $4, withdrawn_at = $5, withdrawal = $6, version = version + 1
             where municipality = $1 and id = $2 and version = $3 and refused_at is null and withdrawn_at is null",
            args![permit.municipality(), id, version, permit.actor(), now, reason],
        )
        .await?;
    Ok(touched == 1)
}
