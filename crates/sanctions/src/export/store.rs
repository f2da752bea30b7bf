//! SQL of batches and of what was sent.

use super::Deed;
use kit::{AnyVault, At, Result, Tx, Uuid, args};

/// A batch in the list.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Batch {
    pub number: i64,
    pub at: At,
    pub lines: i64,
}

/// What was said of one sanction, and when.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Sent {
    pub code: String,
    pub act: Deed,
    pub at: At,
}

/// A line of a batch and the record that keeps its words.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Kept {
    pub seq: i64,
    pub record_id: Uuid,
}

pub(super) async fn last(tx: &mut Tx<AnyVault>, municipality: &str) -> Result<i64> {
    let (number,): (i64,) = tx
        .one(
            "select cast(coalesce(max(number), 0) as bigint) from sanction_batch where municipality = $1",
            args![municipality],
        )
        .await?;
    Ok(number)
}

/// Records of which something may have to be said, oldest first.
pub(super) async fn waiting(tx: &mut Tx<AnyVault>, municipality: &str) -> Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = tx
        .all(
            "select e.record_id from sanction_event e where e.municipality = $1 and (e.state = 'checked'
                or (e.state = 'withdrawn' and exists (select 1 from sanction_sent s
                    where s.municipality = e.municipality and s.record_id = e.record_id
                        and s.act <> 'withdrawal' and not exists (select 1 from sanction_sent w
                            where w.municipality = s.municipality and w.record_id = s.record_id and w.code = s.code
                                and w.act = 'withdrawal' and w.batch > s.batch))))
             order by e.day, e.record_id limit 2000",
            args![municipality],
        )
        .await?;
    Ok(rows.into_iter().map(|r| r.0).collect())
}

/// What was said of a record so far, oldest first.
pub(super) async fn sent_of(tx: &mut Tx<AnyVault>, municipality: &str, record: Uuid) -> Result<Vec<Sent>> {
    tx.all(
        "select s.code, s.act, b.at from sanction_sent s
         join sanction_batch b on b.municipality = s.municipality and b.number = s.batch
         where s.municipality = $1 and s.record_id = $2 order by s.batch, s.seq",
        args![municipality, record],
    )
    .await
}

pub(super) async fn insert(tx: &mut Tx<AnyVault>, municipality: &str, number: i64, (by, at): (Uuid, At)) -> Result<()> {
    tx.run(
        "insert into sanction_batch (municipality, number, at, made_by) values ($1, $2, $3, $4)",
        args![municipality, number, at, by],
    )
    .await?;
    Ok(())
}

pub(super) async fn sent(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    (batch, seq): (i64, i64),
    (record, code, act): (Uuid, &str, Deed),
) -> Result<()> {
    tx.run(
        "insert into sanction_sent (municipality, batch, seq, record_id, code, act) values ($1, $2, $3, $4, $5, $6)",
        args![municipality, batch, seq, record, code, act],
    )
    .await?;
    Ok(())
}

pub(super) async fn batches(tx: &mut Tx<AnyVault>, municipality: &str) -> Result<Vec<Batch>> {
    tx.all(
        "select b.number, b.at, (select cast(count(*) as bigint) from sanction_sent s
            where s.municipality = b.municipality and s.batch = b.number) as lines
         from sanction_batch b where b.municipality = $1 order by b.number desc limit 100",
        args![municipality],
    )
    .await
}

pub(super) async fn batch(tx: &mut Tx<AnyVault>, municipality: &str, number: i64) -> Result<Option<At>> {
    let row: Option<(At,)> = tx
        .opt("select at from sanction_batch where municipality = $1 and number = $2", args![municipality, number])
        .await?;
    Ok(row.map(|r| r.0))
}

pub(super) async fn lines(tx: &mut Tx<AnyVault>, municipality: &str, number: i64) -> Result<Vec<Kept>> {
    tx.all(
        "select seq, record_id from sanction_sent where municipality = $1 and batch = $2 order by seq",
        args![municipality, number],
    )
    .await
}
