//! SQL of states and decisions.

use super::{ActionStanding, Decision, NewDecision, Standing};
use crate::model::{ActionState, PlanState, ProgrammeState};
use kit::clock::day_number;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;
use std::collections::HashMap;

#[derive(sqlx::FromRow)]
struct PlanRow {
    state: PlanState,
    version: i64,
}

#[derive(sqlx::FromRow)]
struct ProgrammeRow {
    year: i64,
    state: ProgrammeState,
    version: i64,
}

#[derive(sqlx::FromRow)]
struct ActionRow {
    action: String,
    state: ActionState,
    note: String,
    version: i64,
}

/// Where a plan stands, if it ever changed.
pub(super) async fn plan_state(tx: &mut Tx, municipality: &str, plan: &str) -> Result<Option<Standing<PlanState>>> {
    let row: Option<PlanRow> = tx
        .opt("select state, version from plan_state where municipality = $1 and plan = $2", args![municipality, plan])
        .await?;
    Ok(row.map(|r| Standing { state: r.state, version: r.version }))
}

/// Where the programmes stand that ever changed, by year.
pub(super) async fn programme_states(
    tx: &mut Tx,
    municipality: &str,
) -> Result<HashMap<i16, Standing<ProgrammeState>>> {
    let rows: Vec<ProgrammeRow> =
        tx.all("select year, state, version from programme_state where municipality = $1", args![municipality]).await?;
    let one = |r: ProgrammeRow| Some((i16::try_from(r.year).ok()?, Standing { state: r.state, version: r.version }));
    Ok(rows.into_iter().filter_map(one).collect())
}

/// Where the actions of a year stand that ever changed, by id.
pub(super) async fn action_states(
    tx: &mut Tx,
    municipality: &str,
    year: i16,
) -> Result<HashMap<String, ActionStanding>> {
    let rows: Vec<ActionRow> = tx
        .all(
            "select action, state, note, version from action_state where municipality = $1 and year = $2",
            args![municipality, year],
        )
        .await?;
    let one = |r: ActionRow| {
        let standing = Standing { state: r.state, version: r.version };
        (r.action, ActionStanding { standing, note: r.note })
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Writes the plan's new state; false when somebody changed it since `version`.
pub(super) async fn set_plan(
    tx: &mut Tx,
    permit: &Permit,
    plan: &str,
    to: PlanState,
    version: i64,
    now: At,
) -> Result<bool> {
    let touched = tx
        .run(
            "insert into plan_state (municipality, plan, state, version, changed_at) values ($1, $2, $3, 1, $5)
             on conflict (municipality, plan) do update set state = $3, version = plan_state.version + 1,
             changed_at = $5 where plan_state.version = $4",
            args![permit.municipality(), plan, to, version, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Writes a programme's new state; false when somebody changed it since `version`.
pub(super) async fn set_programme(
    tx: &mut Tx,
    permit: &Permit,
    year: i16,
    to: ProgrammeState,
    version: i64,
    now: At,
) -> Result<bool> {
    let touched = tx
        .run(
            "insert into programme_state (municipality, year, state, version, changed_at) values ($1, $2, $3, 1, $5)
             on conflict (municipality, year) do update set state = $3, version = programme_state.version + 1,
             changed_at = $5 where programme_state.version = $4",
            args![permit.municipality(), year, to, version, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Writes an action's new state; false when somebody changed it since `version`.
pub(super) async fn set_action(
    tx: &mut Tx,
    permit: &Permit,
    (year, action): (i16, &str),
    to: ActionState,
    note: &str,
    version: i64,
    now: At,
) -> Result<bool> {
    let touched = tx
        .run(
            "insert into action_state (municipality, year, action, state, note, version, changed_at, account_id)
             values ($1, $2, $3, $4, $5, 1, $7, $8)
             on conflict (municipality, year, action) do update set state = $4, note = $5,
             version = action_state.version + 1, changed_at = $7, account_id = $8 where action_state.version = $6",
            args![permit.municipality(), year, action, to, note, version, now, permit.actor()],
        )
        .await?;
    Ok(touched == 1)
}

/// What the store adds to a decision that was found lawful.
pub(super) struct Lawful<'a> {
    /// Id of its record.
    pub id: Uuid,
    /// Id of the plan.
    pub plan: &'a str,
    /// Kind in the register of competence, or empty.
    pub kind: &'a str,
    /// State before.
    pub was: &'a str,
    /// Article or section.
    pub basis: &'a str,
}

/// Writes a decision.
pub(super) async fn insert_decision(
    tx: &mut Tx,
    permit: &Permit,
    new: &NewDecision,
    lawful: &Lawful<'_>,
    now: At,
) -> Result<()> {
    tx.run(
        "insert into decision (municipality, id, plan, subject, kind, was, becomes, body, basis, decided_on, reference,
            note, account_id, at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        args![
            permit.municipality(),
            lawful.id,
            lawful.plan,
            new.subject.to_string(),
            lawful.kind,
            lawful.was,
            &new.becomes,
            new.body.name(),
            lawful.basis,
            day_number(new.decided_on),
            new.reference.trim(),
            new.note.trim(),
            permit.actor(),
            now
        ],
    )
    .await?;
    Ok(())
}

/// The decisions on a plan and its programmes, the newest first.
pub(super) async fn decisions(tx: &mut Tx, municipality: &str, plan: &str) -> Result<Vec<Decision>> {
    tx.all(
        "select id, subject, kind, was, becomes, body, basis, decided_on, reference, note, at from decision
         where municipality = $1 and plan = $2 order by decided_on desc, id desc limit 200",
        args![municipality, plan],
    )
    .await
}
