//! The way to a record: permit for the vault first, then the stated purpose, and only then a look into the vault.
//! So an answer never depends on whether a record exists before the asker may know.

use crate::open;
use crate::stage;
use crate::store::opening::{self, Opening};
use crate::store::{self, Envelope};
use crate::typed::Typed;
use axum::response::Response;
use kit::{AnyVault, Db, Fault, Seal, Tx, Uuid};
use law::Regime;
use policy::{Circumstances, Hat, Permit, Processing, Resource, Stage};
use serde_json::{Value, json};
use site::Cx;

/// Somebody inside a processing, with a purpose.
#[derive(Clone, Debug)]
pub struct Inside {
    /// For the action, on the level of the processing.
    pub permit: Permit,
    /// The vault.
    pub db: Db<AnyVault>,
    /// Its keys.
    pub seal: Seal,
    /// The processing.
    pub processing: Processing,
    /// Its regime.
    pub regime: Regime,
    /// Purpose and reason with which it was opened.
    pub opening: Opening,
    /// Who is inside.
    pub account: Uuid,
}

/// In, or first a purpose.
pub enum Entry {
    /// In.
    In(Box<Inside>),
    /// The question for a purpose.
    Ask(Response),
}

/// Goes on inside, or answers with the question for a purpose.
macro_rules! enter {
    ($cx:expr, $processing:expr, $action:expr, $typed:expr) => {
        match crate::way::entered($cx, $processing, $action, $typed).await? {
            crate::way::Entry::In(inside) => inside,
            crate::way::Entry::Ask(response) => return Ok(response),
        }
    };
}
pub(crate) use enter;

/// The declared processing `id` that records can belong to, and its regime.
pub(crate) fn processing<'a>(cx: &'a Cx, id: &str) -> Result<(&'a Processing, Regime), Fault> {
    let found = cx.app.policy.register().get(id).filter(|p| p.record).ok_or(Fault::NotFound)?;
    Ok((found, found.regimes.first().copied().ok_or(Fault::NotFound)?))
}

/// The processing as a resource: whether the actor takes part in a record is asked at the record.
pub(crate) fn resource<'a>(cx: &'a Cx, regime: Regime, processing: &'a str) -> Resource<'a> {
    Resource { participant: true, own: true, ..Resource::fenced("record", cx.code(), regime, processing) }
}

/// The capacity that fits a regime: an officer opens police data as investigator only.
pub(crate) fn fitting_hat(regime: Regime) -> Hat {
    if regime == Regime::R2 { Hat::Investigator } else { Hat::Supervisor }
}

/// Whether the policy lets the actor through the gate of a processing at all.
pub(crate) fn gate(cx: &Cx, regime: Regime, processing: &str, hat: Hat) -> Result<Permit, Fault> {
    cx.permit_as("record:open", &resource(cx, regime, processing), &cx.how(hat, false))
}

/// Whether records of this regime are seen by those who take part in them only.
pub(crate) fn has_participants(regime: Regime) -> bool {
    matches!(regime, Regime::R4 | Regime::R5)
}

/// Lets the actor in for `action`, when a purpose was stated that still holds. A form that comes without one is kept
/// in the question for the purpose, and goes on by itself afterwards.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn entered(cx: &Cx, id: &str, action: &'static str, typed: Option<&Typed>) -> Result<Entry, Fault> {
    let (processing, regime) = processing(cx, id)?;
    let gate = gate(cx, regime, id, fitting_hat(regime))?;
    // Who has the purpose still to state must have the role for the action all the same.
    cx.permit_as(action, &resource(cx, regime, id), &cx.how(fitting_hat(regime), true))?;
    let account = gate.actor().ok_or(Fault::SignIn)?;
    let db = cx.vault(&gate)?;
    let mut tx = db.read().await?;
    let opening = opening::current(&mut tx, &gate, (account, id), cx.now).await?;
    drop(tx);
    let Some(opening) = opening else { return open::ask(cx, processing, regime, typed).map(Entry::Ask) };
    let how = cx.how(opening.hat, true);
    let permit = cx.permit_as(action, &resource(cx, regime, id), &how)?;
    let seal = cx.seal(&permit)?.clone();
    Ok(Entry::In(Box::new(Inside { permit, db, seal, processing: processing.clone(), regime, opening, account })))
}

impl Inside {
    /// The id of the processing.
    pub fn id(&self) -> &str {
        &self.processing.id
    }

    /// The address of this processing.
    pub fn href(&self) -> String {
        format!("/records/{}", self.processing.id)
    }

    /// The instant from which records of this processing are in free use today, for rules that start at the creation.
    #[must_use]
    pub fn free_since(&self, cx: &Cx) -> kit::At {
        let rules = stage::rules(cx, &self.processing);
        kit::At::from_micros(stage::free_from(&rules, stage::today(cx), &cx.municipality.zone).created)
    }

    /// What every entry of the audit trail says: by which opening, and why.
    pub fn why(&self) -> Value {
        json!({ "opening": self.opening.id, "reason": self.opening.reason })
    }

    /// Whether the policy allows `action` too, on the level of the processing: for showing a button.
    pub fn may(&self, cx: &Cx, action: &'static str) -> bool {
        let how = cx.how(self.opening.hat, true);
        cx.permit_as(action, &resource(cx, self.regime, self.id()), &how).is_ok()
    }

    /// The circumstances of a targeted query.
    pub fn targeted(&self, cx: &Cx) -> Circumstances {
        Circumstances { targeted: true, ..cx.how(self.opening.hat, true) }
    }

    /// The record `id`, with a permit for `action` on it. Whatever stands in the way, the answer is the one for a
    /// record that does not exist. A record of another crate is edited by that crate's own actions only.
    ///
    /// # Errors
    /// [`Fault::NotFound`], or when the database cannot be read.
    pub async fn record(
        &self,
        cx: &Cx,
        tx: &mut Tx<AnyVault>,
        id: Uuid,
        action: &'static str,
    ) -> Result<(Permit, Envelope), Fault> {
        let found = store::get(tx, self.permit.municipality(), id).await?;
        let record = found.filter(|r| r.processing == self.id()).ok_or(Fault::NotFound)?;
        if action == "record:edit" && crate::kin::home(&record).is_some() {
            return Err(Fault::NotFound);
        }
        let takes_part =
            !has_participants(self.regime) || store::takes_part(tx, &self.permit, id, self.account).await?;
        let stage = stage::of(cx, &self.processing, &record);
        let mut how = cx.how(self.opening.hat, true);
        if stage == Stage::Targeted {
            let id_fingerprint = self.seal.fingerprint(&id_key(id));
            how.targeted = opening::covers(tx, &self.permit, (self.account, id), &id_fingerprint, cx.now).await?;
        }
        let own = record.created_by == Some(self.account);
        let target = Resource { participant: takes_part, own, stage, ..resource(cx, self.regime, self.id()) };
        let permit = cx.permit_as(action, &target, &how).map_err(|_| Fault::NotFound)?;
        Ok((permit, record))
    }
}

/// The text of which a query for one record keeps the fingerprint.
pub(crate) fn id_key(id: Uuid) -> String {
    format!("record/{id}")
}

/// Reads the id of a path; what is no id is no record.
pub(crate) fn id_of(text: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(text).map_err(|_| Fault::NotFound)
}

/// A change must have met the version that was read.
pub(crate) fn one(touched: u64) -> Result<(), Fault> {
    if touched == 1 { Ok(()) } else { Err(Fault::Stale) }
}
