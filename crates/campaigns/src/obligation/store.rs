//! SQL of obligations and of the visits that were made for them.

use crate::model::{Duty, Made};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// An obligation of a campaign, with what was made for it in a week.
#[derive(sqlx::FromRow)]
pub(super) struct InWeek {
    #[sqlx(flatten)]
    pub(super) duty: Duty,
    pub(super) name: String,
    pub(super) starts_on: i64,
    pub(super) ends_on: i64,
    pub(super) made: i64,
    pub(super) spent: i64,
}

/// Obligations of campaigns in the week from `monday`, with the visits that were made in it: of those that run and still
/// ask for visits, or (`past`) of those that ran too.
pub(super) async fn in_week(tx: &mut Tx, permit: &Permit, monday: i64, past: bool) -> Result<Vec<InWeek>> {
    tx.all(
        "select o.id, o.campaign_id, o.place, o.lon, o.lat, o.area, o.category, o.per_week, o.minutes, o.hour_from,
            o.hour_to, o.made_on, o.ended_on, o.version, c.name, c.starts_on, c.ends_on,
            (select cast(count(*) as bigint) from campaign_visit v
             where v.municipality = o.municipality and v.obligation_id = o.id and v.week = $2) as made,
            (select cast(coalesce(sum(v.minutes), 0) as bigint) from campaign_visit v
             where v.municipality = o.municipality and v.obligation_id = o.id and v.week = $2) as spent
         from campaign c join campaign_obligation o on o.municipality = c.municipality and o.campaign_id = c.id
         where c.municipality = $1 and c.starts_on <= $2 + 6 and c.ends_on >= $2
            and (c.state = 'running' or ($3 and (c.state = 'reviewed' or c.reviewed_at is not null)))
            and ($3 or o.ended_on is null or o.ended_on > $2)
         order by c.starts_on, c.id, o.place, o.id limit 1000",
        args![permit.municipality(), monday, past],
    )
    .await
}

/// All obligations of a campaign, by place.
pub(crate) async fn all(tx: &mut Tx, permit: &Permit, campaign: Uuid) -> Result<Vec<Duty>> {
    tx.all(
        "select id, campaign_id, place, lon, lat, area, category, per_week, minutes, hour_from, hour_to, made_on,
            ended_on, version
         from campaign_obligation where municipality = $1 and campaign_id = $2 order by place, id limit 200",
        args![permit.municipality(), campaign],
    )
    .await
}

/// One obligation.
pub(crate) async fn get(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Duty>> {
    tx.opt(
        "select id, campaign_id, place, lon, lat, area, category, per_week, minutes, hour_from, hour_to, made_on,
            ended_on, version
         from campaign_obligation where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// The visits that were made for a campaign, in order.
pub(crate) async fn made_of(tx: &mut Tx, permit: &Permit, campaign: Uuid) -> Result<Vec<Made>> {
    tx.all(
        "select v.obligation_id, v.at, v.week, v.minutes
         from campaign_obligation o join campaign_visit v on v.municipality = o.municipality and v.obligation_id = o.id
         where o.municipality = $1 and o.campaign_id = $2 order by v.at, v.visit_id limit 5000",
        args![permit.municipality(), campaign],
    )
    .await
}

/// Writes a new obligation.
pub(crate) async fn insert(tx: &mut Tx, permit: &Permit, d: &Duty) -> Result<u64> {
    tx.run(
        "insert into campaign_obligation (municipality, id, campaign_id, place, lon, lat, area, category, per_week,
            minutes, hour_from, hour_to, made_on, ended_on, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)",
        args![
            permit.municipality(),
            d.id,
            d.campaign_id,
            &d.place,
            d.lon,
            d.lat,
            d.area.as_deref(),
            d.category.as_deref(),
            d.per_week,
            d.minutes,
            d.hour_from,
            d.hour_to,
            d.made_on,
            d.ended_on
        ],
    )
    .await
}

/// Changes an obligation of this version; 0 when it changed since.
pub(crate) async fn change(tx: &mut Tx, permit: &Permit, d: &Duty) -> Result<u64> {
    tx.run(
        "update campaign_obligation set place = $4, lon = $5, lat = $6, area = $7, category = $8, per_week = $9,
            minutes = $10, hour_from = $11, hour_to = $12, ended_on = $13, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![
            permit.municipality(),
            d.id,
            d.version,
            &d.place,
            d.lon,
            d.lat,
            d.area.as_deref(),
            d.category.as_deref(),
            d.per_week,
            d.minutes,
            d.hour_from,
            d.hour_to,
            d.ended_on
        ],
    )
    .await
}

/// Writes a visit once; nothing when the id is no obligation. Gives whether it was new.
pub(super) async fn made(
    tx: &mut Tx,
    permit: &Permit,
    (obligation, visit): (Uuid, Uuid),
    at: At,
    week: i64,
    minutes: i64,
) -> Result<bool> {
    let new = tx
        .run(
            "insert into campaign_visit (municipality, obligation_id, visit_id, at, week, minutes)
             select municipality, id, $3, $4, $5, $6 from campaign_obligation where municipality = $1 and id = $2
             on conflict (municipality, obligation_id, visit_id) do nothing",
            args![permit.municipality(), obligation, visit, at, week, minutes],
        )
        .await?;
    Ok(new == 1)
}
