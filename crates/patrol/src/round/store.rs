//! SQL of rounds and visits, and the one query on the stored forecast.

use super::candidates::Forecast;
use super::demand::Seen;
use super::{Round, RoundState, Visit};
use kit::{At, Result, Tx, Uuid, Value, args};
use policy::Permit;

/// A round as a list shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Line {
    pub(crate) id: Uuid,
    pub(crate) shift_id: Uuid,
    pub(crate) state: RoundState,
    pub(crate) visits: i64,
    pub(crate) done: i64,
}

/// Values per row in [`insert_rounds`].
const ROUND_COLUMNS: usize = 19;
/// Values per row in [`insert_visits`].
const VISIT_COLUMNS: usize = 23;

/// The values of a round, for [`insert_rounds`]; `day` is that of its shift.
pub(crate) fn round_values(municipality: &str, round: &Round, day: i64) -> Vec<Value> {
    args![
        municipality,
        round.id,
        round.shift_id,
        round.state,
        day,
        round.proposed_at,
        round.approved_at,
        round.approved_by,
        round.finished_at,
        &round.reason,
        round.seed,
        round.max_visits,
        &round.proposal,
        round.version,
        round.plan_id,
        round.travel,
        round.rest_at,
        round.rest_min,
        round.decision.map(|d| d.as_str())
    ]
}

/// Writes rounds; those that are known stay as they are.
pub(crate) async fn insert_rounds(tx: &mut Tx, rows: Vec<Value>) -> Result<u64> {
    tx.insert_many(
        "insert into round (municipality, id, shift_id, state, day, proposed_at, approved_at, approved_by, finished_at,
            reason, seed, max_visits, proposal, version, plan_id, travel, rest_at, rest_min, decision)",
        "on conflict do nothing",
        ROUND_COLUMNS,
        rows,
    )
    .await
}

/// The values of a visit, for [`insert_visits`].
pub(crate) fn visit_values(municipality: &str, visit: &Visit) -> Vec<Value> {
    args![
        municipality,
        visit.id,
        visit.round_id,
        visit.seq,
        visit.kind,
        visit.target,
        visit.category.as_deref(),
        &visit.title,
        visit.lon,
        visit.lat,
        visit.cell_x,
        visit.cell_y,
        visit.area.as_deref(),
        visit.planned_at,
        visit.minutes,
        &visit.why,
        visit.state,
        visit.arrived_at,
        visit.left_at,
        visit.outcome.map(|o| o.as_str()),
        &visit.note,
        visit.presence_id,
        visit.version
    ]
}

/// Writes visits; those that are known stay as they are.
pub(crate) async fn insert_visits(tx: &mut Tx, rows: Vec<Value>) -> Result<u64> {
    tx.insert_many(
        "insert into visit (municipality, id, round_id, seq, kind, target, category, title, lon, lat, cell_x, cell_y, area,
            planned_at, minutes, why, state, arrived_at, left_at, outcome, note, presence_id, version)",
        "on conflict do nothing",
        VISIT_COLUMNS,
        rows,
    )
    .await
}

/// The round with this id.
pub(crate) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Round>> {
    tx.opt(
        "select id, shift_id, state, proposed_at, approved_at, approved_by, finished_at, reason, seed, max_visits, proposal,
            version, plan_id, travel, rest_at, rest_min, decision from round where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// The rounds that were made of one plan, in order.
pub(crate) async fn of_plan(tx: &mut Tx, permit: &Permit, plan: Uuid) -> Result<Vec<Round>> {
    tx.all(
        "select id, shift_id, state, proposed_at, approved_at, approved_by, finished_at, reason, seed, max_visits, proposal,
            version, plan_id, travel, rest_at, rest_min, decision
         from round where municipality = $1 and plan_id = $2 order by id",
        args![permit.municipality(), plan],
    )
    .await
}

/// Puts officers on rounds: municipality, round, account per row.
pub(crate) async fn insert_officers(tx: &mut Tx, rows: Vec<Value>) -> Result<u64> {
    tx.insert_many("insert into round_officer (municipality, round_id, account_id)", "on conflict do nothing", 3, rows)
        .await
}

/// An officer on a round.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct OnRound {
    pub(crate) round_id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) name: String,
}

/// Who walks a round, by name; nobody for a round of all who are on the shift.
pub(crate) async fn officers(tx: &mut Tx, permit: &Permit, round: Uuid) -> Result<Vec<OnRound>> {
    tx.all(
        "select o.round_id, o.account_id, a.name from round_officer o
         join account a on a.municipality = o.municipality and a.id = o.account_id
         where o.municipality = $1 and o.round_id = $2 order by a.name, o.account_id",
        args![permit.municipality(), round],
    )
    .await
}

/// Who walks the rounds of shifts that begin in a stretch of time.
pub(crate) async fn officers_between(tx: &mut Tx, permit: &Permit, from: At, to: At) -> Result<Vec<OnRound>> {
    tx.all(
        "select o.round_id, o.account_id, a.name from shift s
         join round r on r.municipality = s.municipality and r.shift_id = s.id
         join round_officer o on o.municipality = r.municipality and o.round_id = r.id
         join account a on a.municipality = o.municipality and a.id = o.account_id
         where s.municipality = $1 and s.starts_at >= $2 and s.starts_at < $3 order by a.name, o.account_id",
        args![permit.municipality(), from, to],
    )
    .await
}

/// Writes what changed in a round.
pub(crate) async fn insert_change(
    tx: &mut Tx,
    permit: &Permit,
    (id, round): (Uuid, Uuid),
    at: At,
    detail: &str,
) -> Result<u64> {
    tx.run(
        "insert into round_change (municipality, id, round_id, changed_at, detail) values ($1, $2, $3, $4, $5)",
        args![permit.municipality(), id, round, at, detail],
    )
    .await
}

/// What changed in a round, the newest first.
pub(crate) async fn changes(tx: &mut Tx, permit: &Permit, round: Uuid, most: i64) -> Result<Vec<(At, String)>> {
    tx.all(
        "select changed_at, detail from round_change where municipality = $1 and round_id = $2
         order by changed_at desc, id desc limit $3",
        args![permit.municipality(), round, most],
    )
    .await
}

/// Takes the visits that are still to come of a round out of the order, so that a new one can be given.
pub(crate) async fn unseat(tx: &mut Tx, permit: &Permit, round: Uuid, above: i64) -> Result<u64> {
    tx.run(
        "update visit set seq = seq + $3 where municipality = $1 and round_id = $2 and state = 'planned'",
        args![permit.municipality(), round, above],
    )
    .await
}

/// Gives a visit that is still to come its place in a round. Its version counts on when it moves to another round:
/// officers who have the old list must look again.
pub(crate) async fn seat(
    tx: &mut Tx,
    permit: &Permit,
    (visit, round): (Uuid, Uuid),
    seq: i64,
    planned_at: At,
) -> Result<u64> {
    tx.run(
        "update visit set seq = $4, planned_at = $5, version = version + case when round_id = $3 then 0 else 1 end,
            round_id = $3 where municipality = $1 and id = $2 and state = 'planned'",
        args![permit.municipality(), visit, round, seq, planned_at],
    )
    .await
}

/// A visit that is still to come falls out; the note says why.
pub(crate) async fn drop_visit(tx: &mut Tx, permit: &Permit, visit: Uuid, note: &str) -> Result<u64> {
    tx.run(
        "update visit set state = 'skipped', note = $3, version = version + 1
         where municipality = $1 and id = $2 and state = 'planned'",
        args![permit.municipality(), visit, note],
    )
    .await
}

/// The break of a round comes at another moment.
pub(crate) async fn set_rest(tx: &mut Tx, permit: &Permit, round: Uuid, rest_at: Option<At>) -> Result<u64> {
    tx.run(
        "update round set rest_at = $3 where municipality = $1 and id = $2",
        args![permit.municipality(), round, rest_at],
    )
    .await
}

/// Keeps what is known of the places of an approved plan, in the round that carries it.
pub(crate) async fn keep_draft(tx: &mut Tx, permit: &Permit, id: Uuid, proposal: &str) -> Result<u64> {
    tx.run(
        "update round set proposal = $3 where municipality = $1 and id = $2 and state <> 'proposed'",
        args![permit.municipality(), id, proposal],
    )
    .await
}

/// Visits since a day that were made or are still to be made.
pub(crate) async fn seen(tx: &mut Tx, permit: &Permit, since_day: i64) -> Result<Vec<Seen>> {
    tx.all(
        "select coalesce(v.left_at, v.planned_at) as at, v.target, v.area, v.cell_x, v.cell_y
         from round r join visit v on v.municipality = r.municipality and v.round_id = r.id
         where r.municipality = $1 and r.day >= $2 and r.state in ('approved', 'running', 'finished')
            and v.state <> 'skipped'",
        args![permit.municipality(), since_day],
    )
    .await
}

/// Keeps a better plan of a proposed round that nobody changed meanwhile: the version stays, it counts people's changes.
pub(crate) async fn improve(tx: &mut Tx, permit: &Permit, id: Uuid, version: i64, proposal: &str) -> Result<u64> {
    tx.run(
        "update round set proposal = $4 where municipality = $1 and id = $2 and version = $3 and state = 'proposed'",
        args![permit.municipality(), id, version, proposal],
    )
    .await
}

/// The rounds of shifts that begin in a stretch of time, the oldest first, with how many visits are done.
pub(crate) async fn between(tx: &mut Tx, permit: &Permit, from: At, to: At) -> Result<Vec<Line>> {
    tx.all(
        "select r.id, r.shift_id, r.state, cast(count(v.id) as bigint) as visits,
            cast(count(v.left_at) as bigint) as done
         from round r join shift s on s.municipality = r.municipality and s.id = r.shift_id
         left join visit v on v.municipality = r.municipality and v.round_id = r.id
         where r.municipality = $1 and s.starts_at >= $2 and s.starts_at < $3
         group by r.id, r.shift_id, r.state order by r.id limit 500",
        args![permit.municipality(), from, to],
    )
    .await
}

/// The rounds of the shifts of one officer that end after `from`.
pub(crate) async fn of_officer(tx: &mut Tx, permit: &Permit, account: Uuid, from: At) -> Result<Vec<Line>> {
    tx.all(
        "select r.id, r.shift_id, r.state, cast(count(v.id) as bigint) as visits,
            cast(count(v.left_at) as bigint) as done
         from round r join shift s on s.municipality = r.municipality and s.id = r.shift_id
         join shift_officer o on o.municipality = s.municipality and o.shift_id = s.id
         left join visit v on v.municipality = r.municipality and v.round_id = r.id
         where r.municipality = $1 and o.account_id = $2 and s.ends_at > $3
            and (not exists (select 1 from round_officer x where x.municipality = r.municipality and x.round_id = r.id)
                or exists (select 1 from round_officer x where x.municipality = r.municipality and x.round_id = r.id
                    and x.account_id = o.account_id))
         group by r.id, r.shift_id, r.state order by r.id limit 100",
        args![permit.municipality(), account, from],
    )
    .await
}

/// Whether a form was handled already.
pub(crate) async fn handled(tx: &mut Tx, permit: &Permit, request: Uuid) -> Result<bool> {
    let found: Option<(i64,)> = tx
        .opt(
            "select at from handled_request where municipality = $1 and id = $2",
            args![permit.municipality(), request],
        )
        .await?;
    Ok(found.is_some())
}

/// Keeps the changed draft of a proposed round of this version.
pub(crate) async fn set_proposal(tx: &mut Tx, permit: &Permit, id: Uuid, version: i64, proposal: &str) -> Result<u64> {
    tx.run(
        "update round set proposal = $4, version = version + 1
         where municipality = $1 and id = $2 and version = $3 and state = 'proposed'",
        args![permit.municipality(), id, version, proposal],
    )
    .await
}

/// Approves a proposed round of this version, with the round as it is to be.
pub(crate) async fn approve(tx: &mut Tx, permit: &Permit, round: &Round, version: i64) -> Result<u64> {
    tx.run(
        "update round set state = 'approved', approved_at = $4, approved_by = $5, reason = $6, proposal = $7,
            plan_id = $8, travel = $9, rest_at = $10, rest_min = $11, decision = $12, version = version + 1
         where municipality = $1 and id = $2 and version = $3 and state = 'proposed'",
        args![
            permit.municipality(),
            round.id,
            version,
            round.approved_at,
            round.approved_by,
            &round.reason,
            &round.proposal,
            round.plan_id,
            round.travel,
            round.rest_at,
            round.rest_min,
            round.decision.map(|d| d.as_str())
        ],
    )
    .await
}

/// Withdraws a round of this version that nobody began.
pub(crate) async fn withdraw(tx: &mut Tx, permit: &Permit, id: Uuid, version: i64, reason: &str) -> Result<u64> {
    tx.run(
        "update round set state = 'withdrawn', version = version + 1,
            reason = case when reason = '' then $4 else reason || ' / ' || $4 end
         where municipality = $1 and id = $2 and version = $3 and state in ('proposed', 'approved')",
        args![permit.municipality(), id, version, reason],
    )
    .await
}

/// An approved round runs from its first arrival.
pub(crate) async fn run(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<u64> {
    tx.run(
        "update round set state = 'running', version = version + 1
         where municipality = $1 and id = $2 and state = 'approved'",
        args![permit.municipality(), id],
    )
    .await
}

/// Finishes a round that was approved or runs.
pub(crate) async fn finish(tx: &mut Tx, permit: &Permit, id: Uuid, at: At) -> Result<u64> {
    tx.run(
        "update round set state = 'finished', finished_at = $3, version = version + 1
         where municipality = $1 and id = $2 and state in ('approved', 'running')",
        args![permit.municipality(), id, at],
    )
    .await
}

/// The visits of a round in order.
pub(crate) async fn visits(tx: &mut Tx, permit: &Permit, round: Uuid) -> Result<Vec<Visit>> {
    tx.all(
        "select id, round_id, seq, kind, target, category, title, lon, lat, cell_x, cell_y, area, planned_at, minutes, why,
            state, arrived_at, left_at, outcome, note, presence_id, version
         from visit where municipality = $1 and round_id = $2 order by seq",
        args![permit.municipality(), round],
    )
    .await
}

/// Issues and signals that another round is going to visit.
pub(crate) async fn taken(tx: &mut Tx, permit: &Permit) -> Result<Vec<(Uuid,)>> {
    tx.all(
        "select v.target from visit v join round r on r.municipality = v.municipality and r.id = v.round_id
         where v.municipality = $1 and v.target is not null and v.state in ('planned', 'arrived')
            and r.state in ('approved', 'running')",
        args![permit.municipality()],
    )
    .await
}

/// The newest forecast of each day; nothing when none was made.
pub(crate) async fn forecast(tx: &mut Tx, permit: &Permit, from_day: i64, to_day: i64) -> Result<Vec<Forecast>> {
    tx.all(
        "select f.made_at, f.day, f.band, f.cell_x, f.cell_y, f.grp, f.expected, f.low90, f.high90
         from forecast_cell f join (select day, max(made_at) as made_at from forecast_cell
            where municipality = $1 and day between $2 and $3 group by day) n on n.day = f.day and n.made_at = f.made_at
         where f.municipality = $1 and f.day between $2 and $3 and f.expected > 0
         order by f.day, f.band, f.cell_x, f.cell_y, f.grp",
        args![permit.municipality(), from_day, to_day],
    )
    .await
}
