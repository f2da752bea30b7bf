//! SQL of the figures.

use kit::{Result, Tx, args};
use policy::Permit;

/// Visits of one neighbourhood and category.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub(super) area: String,
    pub(super) category: String,
    pub(super) priority: String,
    pub(super) visits: i64,
    pub(super) with_action: i64,
    pub(super) minutes: i64,
}

/// Rounds that were walked.
pub(super) async fn rounds(tx: &mut Tx, permit: &Permit, from_day: i32, to_day: i32) -> Result<i64> {
    let (n,): (i64,) = tx
        .one(
            "select cast(count(*) as bigint) from round
             where municipality = $1 and day between $2 and $3 and state in ('running', 'finished')",
            args![permit.municipality(), from_day, to_day],
        )
        .await?;
    Ok(n)
}

/// Visits that were done, per neighbourhood and category; each visit's minutes are rounded.
pub(super) async fn visits(tx: &mut Tx, permit: &Permit, from_day: i32, to_day: i32) -> Result<Vec<Row>> {
    tx.all(
        "select coalesce(v.area, '') as area, coalesce(v.category, '') as category, coalesce(c.priority, '') as priority,
            cast(count(*) as bigint) as visits,
            cast(sum(case when v.outcome <> 'nothing-found' then 1 else 0 end) as bigint) as with_action,
            cast(sum((v.left_at - v.arrived_at + 30000000) / 60000000) as bigint) as minutes
         from visit v join round r on r.municipality = v.municipality and r.id = v.round_id
         left join category c on c.municipality = v.municipality and c.id = v.category
         where v.municipality = $1 and r.day between $2 and $3 and v.state = 'left'
         group by 1, 2, 3 order by 1, 2, 3",
        args![permit.municipality(), from_day, to_day],
    )
    .await
}
