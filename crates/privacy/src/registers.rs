//! The registers that everybody may read or that the privacy officer keeps: the processing register (AVG art. 30,
//! Wpg art. 31d), generated from what the code declares, and the register of incidents.

mod config;
pub mod incidents;
mod model;
mod store;
#[cfg(test)]
mod tests;
mod web;

pub use config::PrivacyConfig;
pub(crate) use model::rule;
pub use model::{Entry, Kept, ProcessingList, entries};
pub use web::{api, openapi, processing, register};

use kit::Result;
use policy::Policy;
use site::Shared;
use std::collections::BTreeSet;

/// Purposes and processings that stand in an audit trail or processing log of this installation and that nothing
/// declares, each with its vault; empty when all is well (AVG art. 30: what is not declared does not happen).
///
/// # Errors
/// When a database cannot be read.
pub async fn undeclared(app: &Shared) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for db in app.every_vault() {
        let mut tx = db.read().await?;
        for purpose in store::purposes(&mut tx).await? {
            if !is_declared(&app.policy, &purpose) {
                found.insert(format!("{}: {purpose}", db.name()));
            }
        }
        for processing in store::logged(&mut tx).await? {
            if app.policy.register().get(&processing).is_none() {
                found.insert(format!("{}: {processing}", db.name()));
            }
        }
    }
    Ok(found)
}

/// Whether a purpose is a declared processing, or the slice of an action that was declared to touch no personal data.
fn is_declared(policy: &Policy, purpose: &str) -> bool {
    let register = policy.register();
    let impersonal = |action: &&str| register.is_impersonal(action) && action.split(':').next() == Some(purpose);
    register.get(purpose).is_some() || policy.actions().iter().any(impersonal)
}
