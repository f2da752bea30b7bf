//! SQL of campaigns, their measures and their history.

use crate::model::{Campaign, Event, Step};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// All campaigns, the newest start first.
pub(crate) async fn all(tx: &mut Tx, permit: &Permit) -> Result<Vec<Campaign>> {
    tx.all(
        "select id, kind, name, problem, context, areas, categories, priorities, partners, budget_hours, starts_on,
            ends_on, review_on, state, measure_id, lesson, verdict, reviewed_at, made_at, version
         from campaign where municipality = $1 order by starts_on desc, id desc limit 500",
        args![permit.municipality()],
    )
    .await
}

/// One campaign.
pub(crate) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Campaign>> {
    tx.opt(
        "select id, kind, name, problem, context, areas, categories, priorities, partners, budget_hours, starts_on,
            ends_on, review_on, state, measure_id, lesson, verdict, reviewed_at, made_at, version
         from campaign where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// Visits made and minutes of presence, per campaign.
pub(crate) async fn totals(tx: &mut Tx, permit: &Permit) -> Result<Vec<(Uuid, i64, i64)>> {
    tx.all(
        "select o.campaign_id, cast(count(*) as bigint) as made, cast(sum(v.minutes) as bigint) as minutes
         from campaign_visit v join campaign_obligation o on o.municipality = v.municipality and o.id = v.obligation_id
         where v.municipality = $1 group by o.campaign_id",
        args![permit.municipality()],
    )
    .await
}

/// Writes a new campaign.
pub(crate) async fn insert(tx: &mut Tx, permit: &Permit, c: &Campaign) -> Result<u64> {
    tx.run(
        "insert into campaign (municipality, id, kind, name, problem, context, areas, categories, priorities, partners,
            budget_hours, starts_on, ends_on, review_on, state, made_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 1)",
        args![
            permit.municipality(),
            c.id,
            &c.kind,
            &c.name,
            &c.problem,
            &c.context,
            c.areas.json(),
            c.categories.json(),
            c.priorities.json(),
            c.partners.json(),
            c.budget_hours,
            c.starts_on,
            c.ends_on,
            c.review_on,
            c.state,
            c.made_at
        ],
    )
    .await
}

/// Changes a campaign of this version; 0 when it changed since.
pub(crate) async fn change(tx: &mut Tx, permit: &Permit, c: &Campaign) -> Result<u64> {
    tx.run(
        "update campaign set kind = $4, name = $5, problem = $6, context = $7, areas = $8, categories = $9,
            priorities = $10, partners = $11, budget_hours = $12, starts_on = $13, ends_on = $14, review_on = $15,
            state = $16, measure_id = $17, lesson = $18, verdict = $19, reviewed_at = $20, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![
            permit.municipality(),
            c.id,
            c.version,
            &c.kind,
            &c.name,
            &c.problem,
            &c.context,
            c.areas.json(),
            c.categories.json(),
            c.priorities.json(),
            c.partners.json(),
            c.budget_hours,
            c.starts_on,
            c.ends_on,
            c.review_on,
            c.state,
            c.measure_id,
            &c.lesson,
            c.verdict.map(|v| v.as_str()),
            c.reviewed_at
        ],
    )
    .await
}

/// The measures of a campaign: those that go on first, then as they were written.
pub(crate) async fn steps(tx: &mut Tx, permit: &Permit, campaign: Uuid) -> Result<Vec<Step>> {
    tx.all(
        "select id, campaign_id, what, partner, from_on, to_on, state, reason, version
         from campaign_step where municipality = $1 and campaign_id = $2
         order by case state when 'running' then 0 when 'planned' then 1 when 'done' then 2 else 3 end, made_at, id
         limit 200",
        args![permit.municipality(), campaign],
    )
    .await
}

/// One measure.
pub(crate) async fn step(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Step>> {
    tx.opt(
        "select id, campaign_id, what, partner, from_on, to_on, state, reason, version
         from campaign_step where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// Writes a new measure.
pub(crate) async fn insert_step(tx: &mut Tx, permit: &Permit, s: &Step, at: At) -> Result<u64> {
    tx.run(
        "insert into campaign_step (municipality, id, campaign_id, what, partner, from_on, to_on, state, reason, made_at,
            version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
        args![
            permit.municipality(),
            s.id,
            s.campaign_id,
            &s.what,
            &s.partner,
            s.from_on,
            s.to_on,
            s.state,
            &s.reason,
            at
        ],
    )
    .await
}

/// Changes a measure of this version; 0 when it changed since.
pub(crate) async fn change_step(tx: &mut Tx, permit: &Permit, s: &Step) -> Result<u64> {
    tx.run(
        "update campaign_step set what = $4, partner = $5, from_on = $6, to_on = $7, state = $8, reason = $9,
            version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![permit.municipality(), s.id, s.version, &s.what, &s.partner, s.from_on, s.to_on, s.state, &s.reason],
    )
    .await
}

/// Adds a line to the history.
pub(crate) async fn add_event(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    campaign: Uuid,
    at: At,
    (what, note): (&str, &str),
) -> Result<u64> {
    tx.run(
        "insert into campaign_event (municipality, id, campaign_id, at, account_id, what, note)
         values ($1, $2, $3, $4, $5, $6, $7)",
        args![permit.municipality(), id, campaign, at, permit.actor(), what, note],
    )
    .await
}

/// The history of a campaign, the newest first.
pub(crate) async fn events(tx: &mut Tx, permit: &Permit, campaign: Uuid) -> Result<Vec<Event>> {
    tx.all(
        "select e.at, a.name as who, e.what, e.note
         from campaign_event e left join account a on a.municipality = e.municipality and a.id = e.account_id
         where e.municipality = $1 and e.campaign_id = $2 order by e.at desc, e.id desc limit 200",
        args![permit.municipality(), campaign],
    )
    .await
}
