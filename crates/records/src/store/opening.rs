//! SQL of openings and targeted queries.

use kit::{AnyVault, At, Result, Tx, Uuid, args};
use policy::{Hat, Permit};

/// A stated purpose that opens a processing for somebody for a while.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Opening {
    /// Id.
    pub id: Uuid,
    /// Who.
    pub account_id: Uuid,
    /// Which processing.
    pub processing: String,
    /// In which capacity.
    pub hat: Hat,
    /// Why, in words.
    pub reason: String,
    /// When.
    pub at: At,
    /// The first moment at which it is over.
    pub until: At,
}

/// A targeted query (Wpg art. 8(2)); `fingerprint` says for whom without saying who.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct TargetedQuery {
    /// Id.
    pub id: Uuid,
    /// Who asked.
    pub account_id: Uuid,
    /// In which processing.
    pub processing: String,
    /// Fingerprint of the person, or of the record's id.
    pub fingerprint: String,
    /// Why, in words.
    pub reason: String,
    /// How many records it gave.
    pub hits: i64,
    /// When.
    pub at: At,
    /// The first moment at which its records are closed again.
    pub until: At,
}

pub(crate) async fn insert(tx: &mut Tx<AnyVault>, permit: &Permit, opening: &Opening) -> Result<()> {
    tx.run(
        "insert into opening (municipality, id, account_id, processing, hat, reason, at, until)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            permit.municipality(),
            opening.id,
            opening.account_id,
            &opening.processing,
            opening.hat,
            &opening.reason,
            opening.at,
            opening.until
        ],
    )
    .await?;
    Ok(())
}

/// The opening of an account that is in force at `now`.
pub(crate) async fn current(
    tx: &mut Tx<AnyVault>,
    permit: &Permit,
    (account, processing): (Uuid, &str),
    now: At,
) -> Result<Option<Opening>> {
    tx.opt(
        "select id, account_id, processing, hat, reason, at, until from opening
         where municipality = $1 and account_id = $2 and processing = $3 and at <= $4 and until > $4
         order by until desc limit 1",
        args![permit.municipality(), account, processing, now],
    )
    .await
}

pub(crate) async fn insert_query(tx: &mut Tx<AnyVault>, permit: &Permit, query: &TargetedQuery) -> Result<()> {
    tx.run(
        "insert into targeted_query (municipality, id, account_id, processing, fingerprint, reason, hits, at, until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            permit.municipality(),
            query.id,
            query.account_id,
            &query.processing,
            &query.fingerprint,
            &query.reason,
            query.hits,
            query.at,
            query.until
        ],
    )
    .await?;
    Ok(())
}

/// A query of this account that is in force at `now`.
pub(crate) async fn query(
    tx: &mut Tx<AnyVault>,
    permit: &Permit,
    (id, account): (Uuid, Uuid),
    now: At,
) -> Result<Option<TargetedQuery>> {
    tx.opt(
        "select id, account_id, processing, fingerprint, reason, hits, at, until from targeted_query
         where municipality = $1 and id = $2 and account_id = $3 and until > $4",
        args![permit.municipality(), id, account, now],
    )
    .await
}

/// Whether a query of this account in force covers the record: about one of its persons, or its id.
pub(crate) async fn covers(
    tx: &mut Tx<AnyVault>,
    permit: &Permit,
    (account, record): (Uuid, Uuid),
    id_fingerprint: &str,
    now: At,
) -> Result<bool> {
    let row: Option<(Uuid,)> = tx
        .opt(
            "select q.id from targeted_query q join record r on r.municipality = q.municipality and r.id = $3
             where q.municipality = $1 and q.account_id = $2 and q.until > $4 and q.processing = r.processing
                and (q.fingerprint = $5 or exists (select 1 from record_subject s
                    where s.municipality = $1 and s.record_id = $3 and s.fingerprint = q.fingerprint)) limit 1",
            args![permit.municipality(), account, record, now, id_fingerprint],
        )
        .await?;
    Ok(row.is_some())
}

pub(crate) async fn between(tx: &mut Tx<AnyVault>, municipality: &str, (from, to): (At, At)) -> Result<Vec<Opening>> {
    tx.all(
        "select id, account_id, processing, hat, reason, at, until from opening
         where municipality = $1 and at >= $2 and at < $3 order by at, id",
        args![municipality, from, to],
    )
    .await
}

pub(crate) async fn queries_between(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    (from, to): (At, At),
) -> Result<Vec<TargetedQuery>> {
    tx.all(
        "select id, account_id, processing, fingerprint, reason, hits, at, until from targeted_query
         where municipality = $1 and at >= $2 and at < $3 order by at, id",
        args![municipality, from, to],
    )
    .await
}
