//! SQL of the figures.

use crate::round::Outcome;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// Visits of one neighbourhood and category.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub struct Done {
    /// Neighbourhood code; empty outside every neighbourhood.
    pub area: String,
    /// Category id; empty for squares and random control.
    pub category: String,
    /// Priority of the plan that the category serves; empty for none.
    pub priority: String,
    /// Visits from arrival to departure.
    pub visits: i64,
    /// Those in which something was done.
    pub with_action: i64,
    /// Those that ended with a warning.
    pub warnings: i64,
    /// Minutes of presence.
    pub minutes: i64,
}

/// A visit that was done, as what happened before and after it is read: a place and a time, no officer and no words.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Seen {
    /// The report, issue or obligation that it was for.
    pub target: Option<Uuid>,
    /// Category id.
    pub category: Option<String>,
    /// Column of its 200 m square.
    pub cell_x: i64,
    /// Row of its 200 m square.
    pub cell_y: i64,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// Arrival.
    pub arrived_at: At,
    /// Departure.
    pub left_at: At,
    /// What was found and done.
    pub outcome: Outcome,
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

/// Visits that were done in shifts that began from `from_day` up to and including `to_day`, per neighbourhood and
/// category; each visit's minutes are rounded.
///
/// # Errors
/// When the database cannot be read.
pub async fn done(tx: &mut Tx, permit: &Permit, from_day: i32, to_day: i32) -> Result<Vec<Done>> {
    tx.all(
        "select coalesce(v.area, '') as area, coalesce(v.category, '') as category, coalesce(c.priority, '') as priority,
            cast(count(*) as bigint) as visits,
            cast(sum(case when v.outcome <> 'nothing-found' then 1 else 0 end) as bigint) as with_action,
            cast(sum(case when v.outcome = 'warning' then 1 else 0 end) as bigint) as warnings,
            cast(sum((v.left_at - v.arrived_at + 30000000) / 60000000) as bigint) as minutes
         from visit v join round r on r.municipality = v.municipality and r.id = v.round_id
         left join category c on c.municipality = v.municipality and c.id = v.category
         where v.municipality = $1 and r.day between $2 and $3 and v.state = 'left'
         group by 1, 2, 3 order by 1, 2, 3",
        args![permit.municipality(), from_day, to_day],
    )
    .await
}

/// Visits that were done, of shifts on `days`, with an arrival in `times`.
pub(super) async fn seen(tx: &mut Tx, permit: &Permit, days: (i64, i64), times: (At, At)) -> Result<Vec<Seen>> {
    tx.all(
        "select v.target, v.category, v.cell_x, v.cell_y, v.area, v.arrived_at, v.left_at, v.outcome
         from round r join visit v on v.municipality = r.municipality and v.round_id = r.id
         where r.municipality = $1 and r.day between $2 and $3 and v.state = 'left' and v.arrived_at >= $4
            and v.arrived_at < $5 and v.outcome is not null and v.left_at is not null
            and (v.target is not null or v.category is not null)
         order by v.arrived_at, v.id",
        args![permit.municipality(), days.0, days.1, times.0, times.1],
    )
    .await
}
