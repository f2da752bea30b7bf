//! The vaults: one type for each, and the open ones of a running program.

use super::{Db, Vault};
use std::collections::BTreeMap;

vault!(
    /// Regimes R0 and R1: open figures, and the municipality's ordinary work under the GDPR.
    Main = "main"
);
vault!(
    /// Regime R2: police data of enforcement officers as investigators (Wpg).
    Wpg = "wpg"
);
vault!(
    /// Regime R3: police data that the mayor received (Wpg art. 16).
    Police = "police"
);
vault!(
    /// Regime R4: joint processing in statutory partnerships (WGS).
    Partnership = "partnership"
);
vault!(
    /// Regime R5: case meetings on radicalisation.
    Radicalisation = "radicalisation"
);
vault!(
    /// Regime R6: Bibob secrecy (Wet Bibob art. 28).
    Bibob = "bibob"
);
vault!(
    /// Regime R7: care, youth and benefit data of the social domain.
    Social = "social"
);
vault!(
    /// Regime R8: compulsory mental health care (Wvggz).
    Ggz = "ggz"
);
vault!(
    /// Regime R10: victims of a disaster and their relatives.
    Victims = "victims"
);
vault!(
    /// A vault whose regime only the running program knows: for what every vault has (records,
    /// disclosures, retention, audit). It is still one vault and no other; see [`Db::any`].
    AnyVault = "any"
);

/// The names of the vaults that the law fences off from `main` and from each other.
pub const FENCED: [&str; 8] = [
    Wpg::NAME,
    Police::NAME,
    Partnership::NAME,
    Radicalisation::NAME,
    Bibob::NAME,
    Social::NAME,
    Ggz::NAME,
    Victims::NAME,
];

/// The open vaults of a running program besides `main`, by name.
#[derive(Clone, Debug, Default)]
pub struct Vaults(BTreeMap<&'static str, Db<AnyVault>>);

impl Vaults {
    /// Adds an opened vault under its own name.
    pub fn add<V: Vault>(&mut self, db: &Db<V>) {
        self.0.insert(db.name(), db.any());
    }

    /// The vault `name`, when it is open here.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Db<AnyVault>> {
        self.0.get(name)
    }

    /// Every open vault, by name.
    pub fn all(&self) -> impl Iterator<Item = &Db<AnyVault>> {
        self.0.values()
    }
}
