//! The audit trail of every vault: what was done, whether the chain is whole, and the day stamps (anchors) that can be
//! printed and kept outside; and the way out of the processing log to the municipality's logbook.
//!
//! - [`trail`]: the entries, by vault, with the verdict;
//! - [`stamps`], [`stamps_csv`]: the anchors, on paper or as a file;
//! - [`anchor_day`], [`export`]: the jobs.

mod anchors;
mod jobs;
mod page;
mod post;
#[cfg(test)]
mod tests;

pub use anchors::{stamps, stamps_csv};
pub use jobs::{ANCHOR_DAY, EXPORT, anchor_day, export, schedule};
pub use page::trail;
pub use post::Logbook;

use kit::{AnyVault, Db, Fault};
use law::Regime;
use policy::{Permit, Resource};
use site::{Choice, Cx};

/// The vault `name` (empty: `main`), and the permit to read its trail.
fn vault(cx: &Cx, name: &str) -> Result<(Db<AnyVault>, Permit), Fault> {
    let name = if name.is_empty() { "main" } else { name };
    let regime = match name {
        "main" => Regime::R1,
        _ => Regime::ALL.into_iter().find(|r| r.vault() == name).ok_or(Fault::NotFound)?,
    };
    let permit = cx.permit("audit:read", &Resource::fenced("audit", cx.code(), regime, ""))?;
    Ok((cx.vault(&permit)?, permit))
}

/// The name of a vault in words.
fn vault_name(cx: &Cx, name: &str) -> String {
    cx.t(&format!("audit-vault-{name}"))
}

/// The vaults that are open here, as choices.
fn choices(cx: &Cx) -> Vec<Choice> {
    cx.app.every_vault().iter().map(|db| Choice::new(db.name(), vault_name(cx, db.name()))).collect()
}
