//! SQL of the results of a week.

use crate::round::{Outcome, VisitKind, VisitState};
use kit::{Result, Tx, args};
use policy::Permit;

/// Visits of one neighbourhood, kind, state and outcome.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Row {
    pub area: String,
    pub kind: VisitKind,
    pub state: VisitState,
    pub outcome: Option<Outcome>,
    pub visits: i64,
    /// Minutes that were planned.
    pub planned: i64,
    /// Minutes between arrival and departure.
    pub present: i64,
}

/// The visits of approved rounds of shifts that began from `from_day` up to and including `to_day`.
pub(super) async fn visits(tx: &mut Tx, permit: &Permit, (from_day, to_day): (i32, i32)) -> Result<Vec<Row>> {
    tx.all(
        "select coalesce(v.area, '') as area, v.kind, v.state, v.outcome, cast(count(*) as bigint) as visits,
            cast(sum(v.minutes) as bigint) as planned,
            cast(sum(case when v.state = 'left' then (v.left_at - v.arrived_at + 30000000) / 60000000 else 0 end)
                as bigint) as present
         from round r join visit v on v.municipality = r.municipality and v.round_id = r.id
         where r.municipality = $1 and r.day between $2 and $3 and r.state in ('approved', 'running', 'finished')
         group by 1, 2, 3, 4 order by 1, 2, 3, 4",
        args![permit.municipality(), from_day, to_day],
    )
    .await
}

/// Approved rounds, and those of them that were walked.
pub(super) async fn rounds(tx: &mut Tx, permit: &Permit, (from_day, to_day): (i32, i32)) -> Result<(i64, i64)> {
    tx.one(
        "select cast(count(*) as bigint) as approved,
            cast(coalesce(sum(case when state <> 'approved' then 1 else 0 end), 0) as bigint) as walked
         from round where municipality = $1 and day between $2 and $3 and state in ('approved', 'running', 'finished')",
        args![permit.municipality(), from_day, to_day],
    )
    .await
}
