//! SQL of Open311: what is not public reading (that is `signals::moderation::public`).

use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;
use signals::{Publication, State};

/// A report as its reporter may see it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Own {
    pub(super) reference: String,
    pub(super) category: String,
    pub(super) state: State,
    pub(super) reported_at: At,
    pub(super) updated_at: At,
    pub(super) closed_at: Option<At>,
}

/// A state that a shown report got.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Update {
    pub(super) reference: String,
    pub(super) at: At,
    pub(super) becomes: String,
}

/// Claims `key` with an answer, unless it was claimed at or after `since`: then that answer.
pub(super) async fn claim(
    tx: &mut Tx,
    permit: &Permit,
    key: Uuid,
    now: At,
    since: At,
    answer: &str,
) -> Result<Option<String>> {
    let new = tx
        .run(
            "insert into handled_request (municipality, id, at, answer) values ($1, $2, $3, $4)
             on conflict (municipality, id) do update set at = excluded.at, answer = excluded.answer
             where handled_request.at < $5",
            args![permit.municipality(), key, now, answer, since],
        )
        .await?;
    if new == 1 {
        return Ok(None);
    }
    let (first,): (String,) = tx
        .one(
            "select answer from handled_request where municipality = $1 and id = $2",
            args![permit.municipality(), key],
        )
        .await?;
    Ok(Some(first))
}

/// What the public sees of a report; of one that is gone, nothing.
pub(super) async fn publication(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Publication> {
    let row: Option<(Publication,)> = tx
        .opt("select publication from signal where municipality = $1 and id = $2", args![permit.municipality(), id])
        .await?;
    Ok(row.map_or(Publication::Private, |(publication,)| publication))
}

/// The resident's report with this id, for who knows it.
pub(super) async fn own(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Own>> {
    tx.opt(
        "select reference, category, state, reported_at, updated_at, closed_at from signal
         where municipality = $1 and id = $2 and source = 'resident'",
        args![permit.municipality(), id],
    )
    .await
}

/// The states that shown reports of a period got, oldest first; without notes and without who did it.
pub(super) async fn updates(
    tx: &mut Tx,
    permit: &Permit,
    references: &str,
    oldest: At,
    newest: At,
) -> Result<Vec<Update>> {
    tx.all(
        "select s.reference, e.at, e.becomes from signal s
         join signal_event e on e.municipality = s.municipality and e.signal_id = s.id and e.kind = 'state'
         where s.municipality = $1 and s.publication = 'shown' and s.reported_at >= $3 and s.reported_at <= $4
            and $2 like '%,' || s.reference || ',%'
         order by e.at, e.id",
        args![permit.municipality(), references, oldest, newest],
    )
    .await
}
