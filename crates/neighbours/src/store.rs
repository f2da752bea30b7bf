//! SQL of groups, messages and followers.

use crate::model::{Following, Group, Kind, Rhythm, joined, split};
use kit::shelf::Shelf;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    name: String,
    kind: Kind,
    areas: String,
    topics: String,
    coordinator: String,
    email: String,
    phone: String,
    consent_on: Option<i64>,
    language: String,
    since_on: i64,
    note: String,
    ended_at: Option<At>,
    version: i64,
}

impl Row {
    fn group(self) -> Group {
        Group {
            id: self.id,
            name: self.name,
            kind: self.kind,
            areas: split(&self.areas),
            topics: split(&self.topics),
            coordinator: self.coordinator,
            email: self.email,
            phone: self.phone,
            consent_on: self.consent_on,
            language: self.language,
            since_on: self.since_on,
            note: self.note,
            ended_at: self.ended_at,
            version: self.version,
        }
    }
}

/// Every group by name, those that ended last.
pub(crate) async fn groups(tx: &mut Tx, permit: &Permit) -> Result<Vec<Group>> {
    let rows: Vec<Row> = tx
        .all(
            "select id, name, kind, areas, topics, coordinator, email, phone, consent_on, language, since_on, note,
                ended_at, version
             from neighbour_group where municipality = $1
             order by case when ended_at is null then 0 else 1 end, name, id",
            args![permit.municipality()],
        )
        .await?;
    Ok(rows.into_iter().map(Row::group).collect())
}

/// The areas of the groups that did not end.
pub(crate) async fn covered(tx: &mut Tx, municipality: &str) -> Result<Vec<Vec<String>>> {
    let rows: Vec<(String,)> = tx
        .all("select areas from neighbour_group where municipality = $1 and ended_at is null", args![municipality])
        .await?;
    Ok(rows.into_iter().map(|r| split(&r.0)).collect())
}

/// Writes a group: a new one at version 0. False when it changed since its version, or ended.
pub(crate) async fn put(tx: &mut Tx, permit: &Permit, g: &Group, now: At) -> Result<bool> {
    let touched = tx
        .run(
            "insert into neighbour_group (municipality, id, name, kind, areas, topics, coordinator, email, phone,
                consent_on, language, since_on, note, created_at, changed_at, version)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, 1)
             on conflict (municipality, id) do update set name = $3, kind = $4, areas = $5, topics = $6,
                coordinator = $7, email = $8, phone = $9, consent_on = $10, language = $11, since_on = $12, note = $13,
                changed_at = $14, version = neighbour_group.version + 1
             where neighbour_group.version = $15 and neighbour_group.ended_at is null",
            args![
                permit.municipality(),
                g.id,
                &g.name,
                g.kind,
                joined(&g.areas),
                joined(&g.topics),
                &g.coordinator,
                &g.email,
                &g.phone,
                g.consent_on,
                &g.language,
                g.since_on,
                &g.note,
                now,
                g.version
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Ends a group; false when it changed since `version`, or ended before.
pub(crate) async fn end(tx: &mut Tx, permit: &Permit, id: Uuid, version: i64, now: At) -> Result<bool> {
    let touched = tx
        .run(
            "update neighbour_group set ended_at = $4, changed_at = $4, version = version + 1
             where municipality = $1 and id = $2 and version = $3 and ended_at is null",
            args![permit.municipality(), id, version, now],
        )
        .await?;
    Ok(touched == 1)
}

/// A message that was sent.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Message {
    pub(crate) id: Uuid,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) areas: String,
    pub(crate) topics: String,
    pub(crate) receivers: i64,
    pub(crate) at: At,
}

/// Keeps a message.
pub(crate) async fn add_message(tx: &mut Tx, permit: &Permit, m: &Message) -> Result<()> {
    tx.run(
        "insert into group_message (municipality, id, subject, body, areas, topics, receivers, at, account_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![permit.municipality(), m.id, &m.subject, &m.body, &m.areas, &m.topics, m.receivers, m.at, permit.actor()],
    )
    .await?;
    Ok(())
}

/// Keeps that a group got a message.
pub(crate) async fn add_receiver(tx: &mut Tx, permit: &Permit, message: Uuid, group: Uuid, outbox: Uuid) -> Result<()> {
    tx.run(
        "insert into group_message_to (municipality, message_id, group_id, outbox_id) values ($1, $2, $3, $4)",
        args![permit.municipality(), message, group, outbox],
    )
    .await?;
    Ok(())
}

/// The newest messages, of one group or of all.
pub(crate) async fn messages(tx: &mut Tx, permit: &Permit, group: Option<Uuid>, most: i64) -> Result<Vec<Message>> {
    tx.all(
        "select m.id, m.subject, m.body, m.areas, m.topics, m.receivers, m.at from group_message m
         where m.municipality = $1 and ($2 is null or exists (select 1 from group_message_to t
            where t.municipality = m.municipality and t.message_id = m.id and t.group_id = $2))
         order by m.at desc, m.id desc limit $3",
        args![permit.municipality(), group, most],
    )
    .await
}

/// The groups that got a message, and whether their mail left.
pub(crate) async fn receivers(tx: &mut Tx, permit: &Permit, message: Uuid) -> Result<Vec<(Uuid, String, bool)>> {
    tx.all(
        "select g.id, g.name, o.delivered_at is not null as delivered
         from group_message_to t join neighbour_group g on g.municipality = t.municipality and g.id = t.group_id
            left join outbox o on o.municipality = t.municipality and o.id = t.outbox_id
         where t.municipality = $1 and t.message_id = $2 order by g.name, g.id",
        args![permit.municipality(), message],
    )
    .await
}

/// A follower as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Follower {
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) email_hash: String,
    pub(crate) language: String,
    pub(crate) areas: String,
    pub(crate) topics: String,
    pub(crate) rhythm: Rhythm,
    pub(crate) state: Following,
    pub(crate) seen_until: At,
}

/// Keeps a follower who must confirm before `ends`; the same id again keeps nothing.
pub(crate) async fn add_follower(tx: &mut Tx, permit: &Permit, f: &Follower, ends: At, now: At) -> Result<bool> {
    let touched = tx
        .run(
            "insert into follower (municipality, id, email, email_hash, language, areas, topics, rhythm, state,
                seen_until, created_at, ended_at) values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $9, $10)
             on conflict (municipality, id) do nothing",
            args![
                permit.municipality(),
                f.id,
                &f.email,
                &f.email_hash,
                &f.language,
                &f.areas,
                &f.topics,
                f.rhythm,
                now,
                ends
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// One follower.
pub(crate) async fn follower(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<Option<Follower>> {
    tx.opt(
        "select id, email, email_hash, language, areas, topics, rhythm, state, seen_until
         from follower where municipality = $1 and id = $2",
        args![permit.municipality(), id],
    )
    .await
}

/// Confirms a follower whose time is not over: from `now` on there is news, first at `next`.
pub(crate) async fn confirm(tx: &mut Tx, permit: &Permit, id: Uuid, next: At, now: At) -> Result<bool> {
    let touched = tx
        .run(
            "update follower set state = 'confirmed', ended_at = null, seen_until = $3, next_at = $4
             where municipality = $1 and id = $2 and state = 'waiting' and ended_at > $3",
            args![permit.municipality(), id, now, next],
        )
        .await?;
    Ok(touched == 1)
}

/// Forgets the other wishes of the same address.
pub(crate) async fn forget_others(tx: &mut Tx, permit: &Permit, email_hash: &str, but: Uuid) -> Result<()> {
    tx.run(
        "delete from follower where municipality = $1 and email_hash = $2 and id <> $3",
        args![permit.municipality(), email_hash, but],
    )
    .await?;
    Ok(())
}

/// Forgets a follower.
pub(crate) async fn forget(tx: &mut Tx, permit: &Permit, id: Uuid) -> Result<bool> {
    let touched =
        tx.run("delete from follower where municipality = $1 and id = $2", args![permit.municipality(), id]).await?;
    Ok(touched == 1)
}

/// Followers whose next news is due.
pub(crate) async fn due(tx: &mut Tx, permit: &Permit, now: At, most: i64) -> Result<Vec<Follower>> {
    tx.all(
        "select id, email, email_hash, language, areas, topics, rhythm, state, seen_until
         from follower where municipality = $1 and state = 'confirmed' and next_at <= $2 order by next_at, id limit $3",
        args![permit.municipality(), now, most],
    )
    .await
}

/// Notes that a follower was told of everything before `until`; false when another run did so first.
pub(crate) async fn told(tx: &mut Tx, permit: &Permit, f: &Follower, until: At, next: At) -> Result<bool> {
    let touched = tx
        .run(
            "update follower set seen_until = $4, next_at = $5
             where municipality = $1 and id = $2 and seen_until = $3 and state = 'confirmed'",
            args![permit.municipality(), f.id, f.seen_until, until, next],
        )
        .await?;
    Ok(touched == 1)
}

/// How many followers there are.
pub(crate) async fn followers(tx: &mut Tx, municipality: &str) -> Result<i64> {
    let (n,): (i64,) = tx
        .one("select count(*) as n from follower where municipality = $1 and state = 'confirmed'", args![municipality])
        .await?;
    Ok(n)
}

/// Statements on the first ended groups that still name a coordinator.
macro_rules! of_groups {
    ($head:expr) => {
        concat!(
            $head,
            " (select g.id from neighbour_group g where g.municipality = $1 and g.ended_at < $2 and g.email <> ''
               order by g.ended_at, g.id limit $3)"
        )
    };
}

/// The coordinator of a group that ended leaves; the group stays with its messages. `$1` municipality, `$2` ended
/// before, `$3` at most so many.
pub(crate) const CONTACT: Shelf = Shelf {
    kind: "group-contact",
    total: "select cast(count(*) as bigint) from neighbour_group where municipality = $1 and email <> ''",
    due: "select ended_at / 900000000 as quarter, cast(count(*) as bigint) as rows from neighbour_group
          where municipality = $1 and ended_at < $2 and email <> '' group by 1 order by 1",
    go: &[of_groups!(
        "update neighbour_group set coordinator = '', email = '', phone = '', consent_on = null, version = version + 1
         where municipality = $1 and id in"
    )],
};

/// Addresses that were not confirmed in time. (Who stops is forgotten at once.)
pub(crate) const FOLLOWER: Shelf = Shelf {
    kind: "follower",
    total: "select cast(count(*) as bigint) from follower where municipality = $1",
    due: "select ended_at / 900000000 as quarter, cast(count(*) as bigint) as rows from follower
          where municipality = $1 and ended_at < $2 group by 1 order by 1",
    go: &["delete from follower where municipality = $1 and id in (select id from follower
            where municipality = $1 and ended_at < $2 order by ended_at, id limit $3)"],
};

/// What is kept of an e-mail address.
pub(crate) async fn of_person(tx: &mut Tx, permit: &Permit, email: &str) -> Result<Vec<crate::subject::Found>> {
    tx.all(
        "select id, 'neighbourhood' as kind, '' as about, '' as name, email, '' as phone, created_at as at from follower
         where municipality = $1 and lower(email) = $2
         union all
         select id, 'group' as kind, name as about, coordinator as name, email, phone, created_at as at
         from neighbour_group where municipality = $1 and lower(email) = $2
         order by 7, 1",
        args![permit.municipality(), email],
    )
    .await
}

/// Erases a follower, or the contact data of a group; gives how many there were.
pub(crate) async fn erase_person(tx: &mut Tx, permit: &Permit, id: Uuid, at: At) -> Result<u64> {
    let gone =
        tx.run("delete from follower where municipality = $1 and id = $2", args![permit.municipality(), id]).await?;
    let wiped = tx
        .run(
            "update neighbour_group set coordinator = '', email = '', phone = '', consent_on = null, changed_at = $3,
                version = version + 1
             where municipality = $1 and id = $2",
            args![permit.municipality(), id, at],
        )
        .await?;
    Ok(gone + wiped)
}
