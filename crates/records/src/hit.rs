//! Hit or no hit: whether something is known about a person, without what. A hit discloses already, so the law lets
//! one ask in few regimes, and never in police data, cases, care, Bibob or victims.

use crate::stage;
use crate::store::opening::{self, TargetedQuery};
use crate::store::{self, Which};
use crate::subject::{Person, subject_key};
use crate::way::{self, has_participants};
use kit::{Fault, audit, ledger};
use law::Regime;
use policy::{Actor, Role, Stage};
use site::Cx;

/// The answer: whether there is something, and whom to ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Whether a record in use is about the person.
    pub found: bool,
    /// The roles that may tell more, with a disclosure.
    pub ask: Vec<Role>,
}

/// Asks `regime` for `person`, by name and by birth when it is known; `reason` is kept with the question.
///
/// # Errors
/// [`Fault::Rule`] where the law lets nobody ask ([`law::may_search`]), before any look into the vault; when the policy
/// refuses or the database does.
pub async fn hit(cx: &Cx, regime: Regime, person: &Person, reason: &str) -> Result<Hit, Fault> {
    let processing = cx.app.policy.register().of_records(regime).next();
    let processing = processing.filter(|_| law::may_search(regime)).ok_or_else(|| Fault::Rule {
        key: "records-hit-forbidden",
        values: vec![("regime", regime.code().to_owned())],
    })?;
    let permit = way::gate(cx, regime, &processing.id, way::fitting_hat(regime))?;
    let account = permit.actor().ok_or(Fault::SignIn)?;
    let seal = cx.seal(&permit)?;
    let fingerprint = seal.fingerprint(&subject_key(&person.name, person.birth));
    let which = Which {
        processing: &processing.id,
        participant: has_participants(regime).then_some(account),
        free: stage::free_from(&[], stage::today(cx), &cx.municipality.zone),
        after: (i64::MAX, kit::Uuid::max()),
        most: 100,
    };
    let mut tx = cx.vault(&permit)?.write().await?;
    let mut rows = store::hits(&mut tx, &permit, &which, (&fingerprint, kit::Uuid::nil())).await?;
    rows.retain(|row| stage::of(cx, processing, &row.envelope) != Stage::Removed);
    let found = !rows.is_empty();
    let query = TargetedQuery {
        id: cx.app.clock.id(),
        account_id: account,
        processing: processing.id.clone(),
        fingerprint: fingerprint.clone(),
        reason: reason.to_owned(),
        hits: i64::from(found),
        at: cx.now,
        until: cx.now,
    };
    opening::insert_query(&mut tx, &permit, &query).await?;
    let deed = cx.deed_for(&processing.id);
    let detail = serde_json::json!({ "hit": found, "reason": reason });
    audit::record(&mut tx, &deed, permit.action(), "hit", &query.id.to_string(), &detail).await?;
    ledger::write(&mut tx, &deed, permit.action(), &processing.id, &[fingerprint]).await?;
    tx.commit().await?;
    let may = |role: &&Role| {
        let asked = Actor { role: Some(**role), ..Actor::stranger(cx.code()) };
        let target = way::resource(cx, regime, &processing.id);
        cx.app.policy.permit_as(&asked, "record:read", &target, &cx.how(way::fitting_hat(regime), true)).is_ok()
    };
    Ok(Hit { found, ask: Role::ALL.iter().filter(may).copied().collect() })
}
