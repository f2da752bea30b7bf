//! SQL of disclosures in the vault that gives.

use crate::disclose::State;
use kit::{AnyVault, At, Result, Tx, Uuid, args};
use policy::Permit;

/// What left a vault, without its words.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DisclosureRow {
    /// Id; the receiver's record has the same.
    pub id: Uuid,
    /// The record that it came from.
    pub record_id: Uuid,
    /// What the receiver is ([`law::ReceiverKind`]).
    pub receiver_kind: String,
    /// The receiver's name.
    pub receiver: String,
    /// The regime under which the receiver holds it.
    pub to_regime: String,
    /// Id of the basis in the register.
    pub basis: String,
    /// For what.
    pub purpose: String,
    /// Names of the fields, as a JSON list.
    pub fields: String,
    /// What the basis asked for, as JSON: need and reference or reason.
    pub decision: String,
    /// The covenant that it rests on.
    pub covenant_id: Option<Uuid>,
    /// Who gave it.
    pub given_by: Uuid,
    /// When.
    pub at: At,
    /// How far it is.
    pub state: State,
    /// When it arrived.
    pub delivered_at: Option<At>,
    /// When it was called back.
    pub recalled_at: Option<At>,
    /// When its content was last sent.
    pub sent_at: Option<i64>,
}

impl DisclosureRow {
    /// The names of the fields.
    #[must_use]
    pub fn field_names(&self) -> Vec<String> {
        serde_json::from_str(&self.fields).unwrap_or_default()
    }
}

pub(crate) async fn insert(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    row: &DisclosureRow,
    necessity: Vec<u8>,
) -> Result<()> {
    tx.run(
        "insert into disclosure (municipality, id, record_id, receiver_kind, receiver, organisation_id, to_regime,
            basis, purpose, necessity_bytes, fields, decision, covenant_id, given_by, at, state, delivered_at,
            recalled_at) values ($1, $2, $3, $4, $5, null, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        args![
            municipality,
            row.id,
            row.record_id,
            &row.receiver_kind,
            &row.receiver,
            &row.to_regime,
            &row.basis,
            &row.purpose,
            necessity,
            &row.fields,
            &row.decision,
            row.covenant_id,
            row.given_by,
            row.at,
            row.state,
            row.delivered_at,
            row.recalled_at
        ],
    )
    .await?;
    Ok(())
}

pub(crate) async fn of_record(tx: &mut Tx<AnyVault>, municipality: &str, record: Uuid) -> Result<Vec<DisclosureRow>> {
    tx.all(
        "select d.id, d.record_id, d.receiver_kind, d.receiver, d.to_regime, d.basis, d.purpose, d.fields, d.decision,
            d.covenant_id, d.given_by, d.at, d.state, d.delivered_at, d.recalled_at,
            (select max(c.at) from crossing c where c.municipality = d.municipality and c.disclosure_id = d.id)
                as sent_at
         from disclosure d where d.municipality = $1 and d.record_id = $2 order by d.at desc, d.id desc",
        args![municipality, record],
    )
    .await
}

/// The disclosures of a vault from `from` to `to` (not included), newest first.
pub(crate) async fn between(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    (from, to): (At, At),
    most: i64,
) -> Result<Vec<DisclosureRow>> {
    tx.all(
        "select d.id, d.record_id, d.receiver_kind, d.receiver, d.to_regime, d.basis, d.purpose, d.fields, d.decision,
            d.covenant_id, d.given_by, d.at, d.state, d.delivered_at, d.recalled_at,
            (select max(c.at) from crossing c where c.municipality = d.municipality and c.disclosure_id = d.id)
                as sent_at
         from disclosure d where d.municipality = $1 and d.at >= $2 and d.at < $3
         order by d.at desc, d.id desc limit $4",
        args![municipality, from, to, most],
    )
    .await
}

pub(crate) async fn necessity(tx: &mut Tx<AnyVault>, permit: &Permit, id: Uuid) -> Result<Vec<u8>> {
    let (bytes,): (Vec<u8>,) = tx
        .one(
            "select necessity_bytes from disclosure where municipality = $1 and id = $2",
            args![permit.municipality(), id],
        )
        .await?;
    Ok(bytes)
}

/// Moves a disclosure from one of two states to `to`; 0 when it was in neither.
pub(crate) async fn set_state(
    tx: &mut Tx<AnyVault>,
    municipality: &str,
    id: Uuid,
    (from, or): (State, State),
    (to, at): (State, At),
) -> Result<u64> {
    let delivered = matches!(to, State::Delivered | State::HandedOver).then_some(at);
    let recalled = (to == State::Recalled).then_some(at);
    tx.run(
        "update disclosure set state = $5, delivered_at = coalesce($6, delivered_at),
            recalled_at = coalesce($7, recalled_at)
         where municipality = $1 and id = $2 and state in ($3, $4)",
        args![municipality, id, from, or, to, delivered, recalled],
    )
    .await
}
