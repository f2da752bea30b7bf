//! SQL of what the public reads. Every statement names `publication = 'shown'`.

use crate::model::State;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A shown report with its exact place: the place never leaves `moderation::public`.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::moderation) struct Shown {
    pub(in crate::moderation) id: Uuid,
    pub(in crate::moderation) reference: String,
    pub(in crate::moderation) category: String,
    pub(in crate::moderation) state: State,
    pub(in crate::moderation) lon: f64,
    pub(in crate::moderation) lat: f64,
    pub(in crate::moderation) area: Option<String>,
    pub(in crate::moderation) reported_at: At,
    pub(in crate::moderation) updated_at: At,
    pub(in crate::moderation) closed_at: Option<At>,
    pub(in crate::moderation) public_words: Option<String>,
    /// 1 when a photo was released.
    pub(in crate::moderation) photos: i64,
}

/// What is asked, as the statements take it.
#[derive(Clone, Debug)]
pub(in crate::moderation) struct Wanted {
    /// Category ids between commas.
    pub(in crate::moderation) categories: String,
    /// States between commas; empty: all.
    pub(in crate::moderation) states: String,
    /// Reported at or after.
    pub(in crate::moderation) from: At,
    /// Below this moment and reference.
    pub(in crate::moderation) below: (At, String),
    /// Changed at or after.
    pub(in crate::moderation) since: Option<At>,
    /// Neighbourhood code; empty: all.
    pub(in crate::moderation) area: String,
    /// West, south, east, north, wide enough for the rounding.
    pub(in crate::moderation) frame: [f64; 4],
}

macro_rules! shown {
    ($rest:expr) => {
        concat!(
            "select s.id, s.reference, s.category, s.state, s.lon, s.lat, s.area, s.reported_at, s.updated_at,
                s.closed_at, s.public_words,
                case when exists (select 1 from photo p where p.municipality = s.municipality and p.signal_id = s.id
                    and p.released in ('covered', 'plain')) then cast(1 as bigint) else cast(0 as bigint) end as photos
             from signal s
             where s.municipality = $1 and s.publication = 'shown' and s.kind = 'report'
                and s.lon is not null and s.lat is not null and $2 like '%,' || s.category || ',%' ",
            $rest
        )
    };
}

macro_rules! narrowed {
    ($more:expr) => {
        shown!(concat!(
            "and ($3 = '' or $3 like '%,' || s.state || ',%')
             and s.reported_at >= $4 and s.reported_at <= $5 and (s.reported_at < $5 or s.reference < $6)
             and s.updated_at >= $7 and ($8 = '' or s.area = $8)
             and s.lon between $9 and $10 and s.lat between $11 and $12 ",
            $more,
            " order by s.reported_at desc, s.reference desc limit $13"
        ))
    };
}

/// The newest reports that are shown, at most `limit`.
pub(in crate::moderation) async fn shown(
    tx: &mut Tx,
    permit: &Permit,
    wanted: &Wanted,
    limit: i64,
) -> Result<Vec<Shown>> {
    // the second text lets the index of changes be walked: few reports changed since a moment ago
    let sql =
        if wanted.since.is_none() { narrowed!("") } else { narrowed!("and s.publication in ('shown', 'hidden')") };
    let [west, south, east, north] = wanted.frame;
    tx.all(
        sql,
        args![
            permit.municipality(),
            &wanted.categories,
            &wanted.states,
            wanted.from,
            wanted.below.0,
            &wanted.below.1,
            wanted.since.unwrap_or(At::from_micros(i64::MIN)),
            &wanted.area,
            west,
            east,
            south,
            north,
            limit
        ],
    )
    .await
}

/// The report with this reference, ours or that of the system that it was imported from.
pub(in crate::moderation) async fn one(
    tx: &mut Tx,
    permit: &Permit,
    categories: &str,
    reference: &str,
) -> Result<Option<Shown>> {
    let sql = shown!(
        "and s.id in (select o.id from signal o
                where o.municipality = $1 and o.reference = $3 and o.source_ref is null
            union all
            select t.id from signal t where t.municipality = $1 and t.source_ref is not null and t.source_ref = $3
                and t.source in ('resident', 'officer', 'police', 'partner', 'import'))
         order by s.reported_at desc limit 1"
    );
    tx.opt(sql, args![permit.municipality(), categories, reference]).await
}

/// The shown reports that changed at or after `since`, oldest change first.
pub(in crate::moderation) async fn changed(
    tx: &mut Tx,
    permit: &Permit,
    categories: &str,
    since: At,
    limit: i64,
) -> Result<Vec<Shown>> {
    let sql = shown!(
        "and s.publication in ('shown', 'hidden') and s.updated_at >= $3 order by s.updated_at, s.reference limit $4"
    );
    tx.all(sql, args![permit.municipality(), categories, since, limit]).await
}

/// The references that stopped being shown at or after `since`, oldest first.
pub(in crate::moderation) async fn gone_since(
    tx: &mut Tx,
    permit: &Permit,
    since: At,
    limit: i64,
) -> Result<Vec<(String, At)>> {
    tx.all(
        "select reference, at from public_gone where municipality = $1 and at >= $2 order by at, reference limit $3",
        args![permit.municipality(), since, limit],
    )
    .await
}

/// The newest change of what is shown.
pub(in crate::moderation) async fn newest(tx: &mut Tx, permit: &Permit) -> Result<Option<At>> {
    let (at,): (Option<At>,) = tx
        .one(
            "select max(at) as at from (
                select max(updated_at) as at from signal where municipality = $1 and publication in ('shown', 'hidden')
                union all
                select max(at) as at from public_gone where municipality = $1) as moments",
            args![permit.municipality()],
        )
        .await?;
    Ok(at)
}

/// The released photos of a shown report, oldest first: id, version, width, height.
pub(in crate::moderation) async fn photos(
    tx: &mut Tx,
    permit: &Permit,
    signal: Uuid,
) -> Result<Vec<(Uuid, i64, i64, i64)>> {
    tx.all(
        "select id, version, width, height from photo
         where municipality = $1 and signal_id = $2 and released in ('covered', 'plain') order by at, id",
        args![permit.municipality(), signal],
    )
    .await
}
