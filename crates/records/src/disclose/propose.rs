//! Whether the law allows a disclosure, and giving it: disclosure, history, audit, processing log, content on its way
//! and the job that delivers it, in one transaction.

use super::delivery::{Bound, JOB, Payload};
use super::{Act, State};
use crate::store::Envelope;
use crate::store::crossing::{self, Crossing};
use crate::store::disclosure::{self, DisclosureRow};
use crate::write::{self, FieldText, place};
use jiff::civil::Date;
use kit::audit::Deed;
use kit::{AnyVault, Fault, Seal, Tx, Uuid, jobs};
use law::disclosure::Field;
use law::{DisclosureRegister, Need, Proposal, ReceiverKind, Refusal, Regime};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Why, on which basis, and what the basis asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purpose {
    /// Id of the basis in the register.
    pub basis: String,
    /// For what.
    pub purpose: String,
    /// Why these fields are necessary for it.
    pub necessity: String,
    /// What the basis or a field asks for: need and reference or reason.
    pub needs: BTreeMap<String, String>,
    /// The covenant in force that covers it.
    pub covenant: Option<Uuid>,
}

/// A disclosure that somebody wants to do.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    /// Its id, by the client.
    pub id: Uuid,
    pub from: Regime,
    /// The processing and regime inside Regie under which the receiver holds it; `None`: it leaves Regie.
    pub to: Option<(String, Regime)>,
    pub receiver: ReceiverKind,
    /// The receiver's name.
    pub name: String,
    pub why: Purpose,
    pub fields: Vec<FieldText>,
}

impl Wish {
    /// The regime under which the receiver holds it: outside Regie it leaves all regimes, or keeps its own.
    fn to_regime(&self) -> Regime {
        self.to.as_ref().map_or(self.from, |(_, regime)| *regime)
    }

    /// All that stands in the way by law on a day; empty when it is allowed.
    pub fn refusals(&self, register: &DisclosureRegister, on: Date) -> Vec<Refusal> {
        let to = self.to_regime();
        let fields: Vec<_> = self.fields.iter().map(|f| law_field(f, self.from, to)).collect();
        let met: Vec<Need> = Need::ALL.iter().copied().filter(|need| self.meets(*need)).collect();
        let proposal = Proposal {
            from: self.from,
            to,
            receiver: self.receiver,
            inside: is_inside(self.receiver),
            basis: &self.why.basis,
            purpose: &self.why.purpose,
            necessity: &self.why.necessity,
            fields: &fields,
            met: &met,
        };
        register.check(&proposal, on).err().unwrap_or_default()
    }

    fn meets(&self, need: Need) -> bool {
        match need {
            Need::Covenant => self.why.covenant.is_some(),
            need => self.why.needs.contains_key(need.as_str()),
        }
    }
}

/// Whether a receiver of this kind works inside the municipality.
pub(crate) fn is_inside(receiver: ReceiverKind) -> bool {
    use ReceiverKind::{Boa, Council, Mayor, Municipality};
    matches!(receiver, Boa | Council | Mayor | Municipality)
}

/// A field as the law looks at it: police data are data on offences once they come under the GDPR (AVG art. 10); what
/// is in the text of a care record is content of care, and only its conclusion may leave.
fn law_field<'a>(field: &'a FieldText, from: Regime, to: Regime) -> Field<'a> {
    let police = |regime| matches!(regime, Regime::R2 | Regime::R3);
    let words = matches!(field.name.as_str(), "title" | "text" | "conclusion");
    let care = matches!(from, Regime::R7 | Regime::R8);
    Field {
        name: &field.name,
        special: field.is_special,
        criminal: words && police(from) && !police(to),
        source_identity: field.name == "source",
        care_content: care && matches!(field.name.as_str(), "text" | "special-reason"),
    }
}

/// Gives what the law allows; the caller checked it ([`Wish::refusals`]) and holds the permit.
pub(crate) async fn give(
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    deed: &Deed<'_>,
    (record, given_by): (&Envelope, Uuid),
    (wish, why): (&Wish, Value),
) -> Result<(), Fault> {
    let municipality = deed.municipality;
    let names: Vec<&str> = wish.fields.iter().map(|f| f.name.as_str()).collect();
    let row = DisclosureRow {
        id: wish.id,
        record_id: record.id,
        receiver_kind: wish.receiver.as_str().to_owned(),
        receiver: wish.name.clone(),
        to_regime: wish.to_regime().code().to_owned(),
        basis: wish.why.basis.clone(),
        purpose: wish.why.purpose.clone(),
        fields: json!(names).to_string(),
        decision: json!(wish.why.needs).to_string(),
        covenant_id: wish.why.covenant,
        given_by,
        at: deed.at,
        state: if wish.to.is_some() { State::Waiting } else { State::Outside },
        delivered_at: None,
        recalled_at: None,
        sent_at: None,
    };
    let necessity = seal.seal(&place::necessity(municipality, wish.id), wish.why.necessity.as_bytes())?;
    disclosure::insert(tx, municipality, &row, necessity).await?;
    let payload = Payload {
        from: wish.from,
        given_in: record.processing.clone(),
        processing: wish.to.as_ref().map(|(processing, _)| processing.clone()).unwrap_or_default(),
        basis: row.basis.clone(),
        purpose: row.purpose.clone(),
        reason: String::new(),
        fields: wish.fields.clone(),
        trace: deed.trace.header(),
    };
    let vault = wish.to.as_ref().map_or("", |(_, regime)| regime.vault());
    cross(tx, seal, deed, (wish.id, Act::Give, vault), &payload).await?;
    let mut detail = why;
    detail["disclosure"] = wish.id.to_string().into();
    detail["basis"] = row.basis.as_str().into();
    detail["receiver"] = row.receiver_kind.as_str().into();
    detail["to"] = row.to_regime.as_str().into();
    detail["fields"] = json!(names);
    let act = write::Act {
        action: "record:disclose",
        processing: &record.processing,
        record: record.id,
        act: "disclosed",
        detail,
    };
    write::changed(tx, seal, deed, &act, &wish.fields).await
}

/// Puts content on its way to `vault` with the job that delivers it; without a vault it waits to be handed over.
pub(crate) async fn cross(
    tx: &mut Tx<AnyVault>,
    seal: &Seal,
    deed: &Deed<'_>,
    (disclosure, act, vault): (Uuid, Act, &str),
    payload: &Payload,
) -> Result<(), Fault> {
    let id = kit::clock::id_at(deed.at);
    let bound = Bound { disclosure, act, vault: vault.to_owned(), payload };
    let bytes = serde_json::to_vec(&bound).map_err(|e| Fault::Internal(e.to_string()))?;
    let crossing = Crossing {
        id,
        disclosure_id: disclosure,
        act,
        to_vault: vault.to_owned(),
        payload_bytes: seal.seal(&place::crossing(deed.municipality, id), &bytes)?,
        at: deed.at,
        delivered_at: None,
    };
    crossing::insert(tx, deed.municipality, &crossing).await?;
    if !vault.is_empty() {
        let key = id.to_string();
        jobs::enqueue(tx, deed.municipality, JOB, &json!({ "crossing": id }), Some(&key), deed.at).await?;
    }
    Ok(())
}
