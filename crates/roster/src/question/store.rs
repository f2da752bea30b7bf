//! SQL of the work before a roster, and of places that nobody has.

use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A shift that an officer worked, of a published roster.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Worked {
    pub(super) shift_id: Uuid,
    pub(super) account_id: Uuid,
    pub(super) kind: String,
    pub(super) starts_at: At,
    pub(super) ends_at: At,
    pub(super) break_min: i64,
}

/// A shift of a published roster with places that nobody has.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Open {
    /// The roster.
    pub roster_id: Uuid,
    /// The shift.
    pub id: Uuid,
    /// Kind of shift.
    pub kind: String,
    /// Begin.
    pub starts_at: At,
    /// Officers that it needs.
    pub staff: i64,
    /// Officers that it has.
    pub have: i64,
}

/// The work of published rosters that begins in a stretch of time, in order.
pub(super) async fn history(tx: &mut Tx, permit: &Permit, from: At, to: At) -> Result<Vec<Worked>> {
    tx.all(
        "select p.shift_id, p.account_id, s.kind, s.starts_at, s.ends_at, s.break_min from roster_shift s
         join roster r on r.municipality = s.municipality and r.id = s.roster_id
         join roster_place p on p.municipality = s.municipality and p.shift_id = s.id
         where s.municipality = $1 and s.starts_at >= $2 and s.starts_at < $3 and r.state = 'published'
         order by s.starts_at, s.id",
        args![permit.municipality(), from, to],
    )
    .await
}

/// Shifts of published rosters that begin in a stretch of time and are short of officers, in order.
pub(super) async fn open(tx: &mut Tx, permit: &Permit, from: At, to: At) -> Result<Vec<Open>> {
    tx.all(
        "select * from (select s.roster_id, s.id, s.kind, s.starts_at, s.staff,
            (select count(*) from roster_place p where p.municipality = s.municipality and p.shift_id = s.id) as have
         from roster_shift s join roster r on r.municipality = s.municipality and r.id = s.roster_id
         where s.municipality = $1 and s.starts_at >= $2 and s.starts_at < $3 and r.state = 'published') as x
         where have < staff order by starts_at, id limit 200",
        args![permit.municipality(), from, to],
    )
    .await
}
