//! SQL of the outbox between vaults: crossings where they leave, receipts where they arrive.

use crate::disclose::Act;
use kit::{AnyVault, At, Result, Tx, Uuid, args};

/// A content on its way; `to_vault` is empty when it leaves Regie by hand.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Crossing {
    pub id: Uuid,
    pub disclosure_id: Uuid,
    pub act: Act,
    pub to_vault: String,
    pub payload_bytes: Vec<u8>,
    pub at: At,
    pub delivered_at: Option<At>,
}

/// What came into a vault from another.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Receipt {
    /// The disclosure.
    pub disclosure_id: Uuid,
    /// The record that was made of it.
    pub record_id: Uuid,
    /// The regime that it came from.
    pub from_regime: String,
    /// Id of the basis.
    pub basis: String,
    /// For what.
    pub purpose: String,
    /// `received` or `recalled`.
    pub state: String,
    /// When it arrived.
    pub at: At,
    /// When it last changed by the giver.
    pub changed_at: At,
}

pub(crate) async fn insert(tx: &mut Tx<AnyVault>, municipality: &str, crossing: &Crossing) -> Result<()> {
    tx.run(
        "insert into crossing (municipality, id, disclosure_id, act, to_vault, payload_bytes, at, delivered_at)
         values ($1, $2, $3, $4, $5, $6, $7, null)",
        args![
            municipality,
            crossing.id,
            crossing.disclosure_id,
            crossing.act,
            &crossing.to_vault,
            crossing.payload_bytes.clone(),
            crossing.at
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn get(tx: &mut Tx<AnyVault>, municipality: &str, id: Uuid) -> Result<Option<Crossing>> {
    tx.opt(
        "select id, disclosure_id, act, to_vault, payload_bytes, at, delivered_at from crossing
         where municipality = $1 and id = $2",
        args![municipality, id],
    )
    .await
}

/// The newest content of a disclosure that waits to be handed over.
pub(crate) async fn waiting(tx: &mut Tx<AnyVault>, municipality: &str, disclosure: Uuid) -> Result<Option<Crossing>> {
    tx.opt(
        "select id, disclosure_id, act, to_vault, payload_bytes, at, delivered_at from crossing
         where municipality = $1 and disclosure_id = $2 and delivered_at is null order by at desc, id desc limit 1",
        args![municipality, disclosure],
    )
    .await
}

/// Whether and to which vault a disclosure was sent.
pub(crate) async fn first(tx: &mut Tx<AnyVault>, municipality: &str, disclosure: Uuid) -> Result<Option<Crossing>> {
    tx.opt(
        "select id, disclosure_id, act, to_vault, payload_bytes, at, delivered_at from crossing
         where municipality = $1 and disclosure_id = $2 order by at, id limit 1",
        args![municipality, disclosure],
    )
    .await
}

/// Marks one crossing as arrived and forgets the copy of its content; 0 when it was marked before.
pub(crate) async fn done(tx: &mut Tx<AnyVault>, municipality: &str, id: Uuid, at: At) -> Result<u64> {
    tx.run(
        "update crossing set delivered_at = $3, payload_bytes = $4
         where municipality = $1 and id = $2 and delivered_at is null",
        args![municipality, id, at, Vec::<u8>::new()],
    )
    .await
}

/// The same for all that a disclosure still has on its way by hand.
pub(crate) async fn all_done(tx: &mut Tx<AnyVault>, municipality: &str, disclosure: Uuid, at: At) -> Result<u64> {
    tx.run(
        "update crossing set delivered_at = $3, payload_bytes = $4
         where municipality = $1 and disclosure_id = $2 and delivered_at is null and to_vault = ''",
        args![municipality, disclosure, at, Vec::<u8>::new()],
    )
    .await
}

/// A new receipt; 0 when this disclosure was received or recalled before.
pub(crate) async fn insert_receipt(tx: &mut Tx<AnyVault>, municipality: &str, receipt: &Receipt) -> Result<u64> {
    tx.run(
        "insert into receipt (municipality, disclosure_id, record_id, from_regime, basis, purpose, state, at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (municipality, disclosure_id) do nothing",
        args![
            municipality,
            receipt.disclosure_id,
            receipt.record_id,
            &receipt.from_regime,
            &receipt.basis,
            &receipt.purpose,
            &receipt.state,
            receipt.at,
            receipt.changed_at
        ],
    )
    .await
}

pub(crate) async fn receipt(tx: &mut Tx<AnyVault>, municipality: &str, disclosure: Uuid) -> Result<Option<Receipt>> {
    tx.opt(
        "select disclosure_id, record_id, from_regime, basis, purpose, state, at, changed_at from receipt
         where municipality = $1 and disclosure_id = $2",
        args![municipality, disclosure],
    )
    .await
}

pub(crate) async fn set_receipt(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    disclosure: Uuid,
    state: &str,
    at: At,
) -> Result<u64> {
    tx.run(
        "update receipt set state = $3, changed_at = $4 where municipality = $1 and disclosure_id = $2",
        args![municipality, disclosure, state, at],
    )
    .await
}

/// What a vault received from `from` to `to` (not included), newest first.
pub(crate) async fn receipts_between(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    (from, to): (At, At),
    most: i64,
) -> Result<Vec<Receipt>> {
    tx.all(
        "select disclosure_id, record_id, from_regime, basis, purpose, state, at, changed_at from receipt
         where municipality = $1 and at >= $2 and at < $3 order by at desc, disclosure_id desc limit $4",
        args![municipality, from, to, most],
    )
    .await
}
