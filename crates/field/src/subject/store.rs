//! SQL of what the app knows of an officer.

use crate::sync::model::{Kind, Outcome};
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// A phone.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Phone {
    pub(super) name: String,
    pub(super) made_at: At,
    pub(super) seen_at: At,
}

/// A message; only what was not written as told has content.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Message {
    pub(super) kind: Kind,
    pub(super) at: At,
    pub(super) outcome: Outcome,
    pub(super) content: String,
}

/// A call for assistance.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Called {
    pub(super) at: At,
    pub(super) lon: Option<f64>,
    pub(super) lat: Option<f64>,
    pub(super) note: String,
}

/// The phones of an officer.
pub(super) async fn phones(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<Phone>> {
    tx.all(
        "select name, made_at, seen_at from field_device where municipality = $1 and account_id = $2
         order by made_at, id",
        args![permit.municipality(), account],
    )
    .await
}

/// What an officer's phones told, in order.
pub(super) async fn messages(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<Message>> {
    tx.all(
        "select e.kind, e.at, e.outcome, e.content from field_device d
         join field_event e on e.municipality = d.municipality and e.device_id = d.id
         where d.municipality = $1 and d.account_id = $2 order by e.at, e.id",
        args![permit.municipality(), account],
    )
    .await
}

/// The calls of an officer.
pub(super) async fn calls(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<Called>> {
    tx.all(
        "select at, lon, lat, note from field_call where municipality = $1 and account_id = $2 order by at, id",
        args![permit.municipality(), account],
    )
    .await
}

/// Where an officer was last.
pub(super) async fn place(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Option<(f64, f64, At)>> {
    tx.opt(
        "select lon, lat, at from field_position where municipality = $1 and account_id = $2",
        args![permit.municipality(), account],
    )
    .await
}

/// Takes away the last place, and phones of which no message is left.
pub(super) async fn erase(tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<()> {
    let values = || args![permit.municipality(), account];
    tx.run("delete from field_position where municipality = $1 and account_id = $2", values()).await?;
    tx.run(
        "delete from field_device where municipality = $1 and account_id = $2 and not exists
            (select 1 from field_event e where e.municipality = $1 and e.device_id = field_device.id)",
        values(),
    )
    .await?;
    Ok(())
}
