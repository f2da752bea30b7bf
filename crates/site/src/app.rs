//! The running program as every handler sees it.

use kit::{AnyVault, Clock, Db, Fault, Main, Municipality, Seals, Vaults, mail::Post, words::Library};
use policy::Policy;
use std::path::Path;
use std::sync::Arc;

/// What the process holds for its whole life.
#[derive(Debug)]
pub struct App {
    /// The vault of regimes R0 and R1.
    pub main: Db<Main>,
    /// The fenced vaults; a permit opens the one of its regime ([`crate::Cx::vault`]).
    pub vaults: Vaults,
    /// The keys of every vault's sealed fields.
    pub seals: Seals,
    /// The policies.
    pub policy: Policy,
    /// All texts.
    pub library: Arc<Library>,
    /// Now.
    pub clock: Clock,
    /// The municipalities; the first is the one of public pages.
    pub municipalities: Vec<Arc<Municipality>>,
    /// National law as data.
    pub law: Law,
    /// Base path of static files, with their content hash: `/static/<hash>`.
    pub assets: String,
    /// The address by which residents reach this server, without a slash at the end.
    pub public_url: String,
    /// The post office.
    pub post: Post,
    /// The way out to other systems.
    pub http: kit::fetch::Http,
    /// The virus scanner for what strangers send.
    pub scan: Option<kit::scan::Scanner>,
    /// TrueType fonts for documents.
    pub fonts: Vec<&'static [u8]>,
    /// Whether pages may show persona sign-in and cost headers. Only `regie demo` and tests set it.
    pub demo: bool,
}

/// The dated data of the law that all municipalities share.
#[derive(Debug)]
pub struct Law {
    /// Who may decide what.
    pub competence: law::competence::Competence,
    /// Statutory terms.
    pub terms: law::TermRegister,
    /// How long records are used and kept.
    pub retention: law::RetentionRegister,
    /// Which content may cross to whom, on what basis.
    pub disclosure: law::DisclosureRegister,
    /// What data subjects may ask, and the grounds of refusal.
    pub rights: law::RightsRegister,
    /// Labour-time law.
    pub labour: law::LabourRegister,
    /// Offences that officers meet, with the days on which they hold.
    pub offences: law::OffenceRegister,
    /// When which sanction may be written.
    pub sanctions: law::SanctionLaw,
}

impl Law {
    /// Reads the registers in `folder` (`config/law`).
    ///
    /// # Errors
    /// In words for the terminal, with the file's name: it is missing, or an entry is wrong.
    pub fn read(folder: &Path) -> Result<Self, String> {
        fn register<T>(
            folder: &Path,
            file: &str,
            parse: impl Fn(&str) -> Result<T, law::RegisterError>,
        ) -> Result<T, String> {
            let path = folder.join(file);
            let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
            parse(&text).map_err(|e| format!("{}: {e}", path.display()))
        }
        Ok(Self {
            competence: register(folder, "competence.toml", law::Competence::parse)?,
            terms: register(folder, "terms.toml", law::TermRegister::parse)?,
            retention: register(folder, "retention.toml", law::RetentionRegister::parse)?,
            disclosure: register(folder, "disclosure.toml", law::DisclosureRegister::parse)?,
            rights: register(folder, "refusals.toml", law::RightsRegister::parse)?,
            labour: register(folder, "labour.toml", law::LabourRegister::parse)?,
            offences: register(folder, "offences.toml", law::OffenceRegister::parse)?,
            sanctions: register(folder, "sanctions.toml", law::SanctionLaw::parse)?,
        })
    }
}

/// The shared handle.
pub type Shared = Arc<App>;

impl App {
    /// The municipality with `code`, or the first.
    ///
    /// # Errors
    /// [`Fault::NotFound`] when `code` is not configured here.
    pub fn municipality(&self, code: &str) -> Result<Arc<Municipality>, Fault> {
        self.municipalities.iter().find(|m| m.code() == code).cloned().ok_or(Fault::NotFound)
    }

    /// Every vault, `main` first: for work that serves all alike (jobs, audit, retention).
    #[must_use]
    pub fn every_vault(&self) -> Vec<Db<AnyVault>> {
        [self.main.any()].into_iter().chain(self.vaults.all().cloned()).collect()
    }

    /// The municipality of public pages.
    #[must_use]
    pub fn home(&self) -> Option<&Arc<Municipality>> {
        self.municipalities.first()
    }
}
