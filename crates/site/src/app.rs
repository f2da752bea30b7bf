//! The running program as every handler sees it.

use kit::{Clock, Db, Fault, Main, Municipality, mail::Post, words::Library};
use policy::Policy;
use std::sync::Arc;

/// What the process holds for its whole life.
#[derive(Debug)]
pub struct App {
    /// The vault of regimes R0 and R1.
    pub main: Db<Main>,
    /// The policies.
    pub policy: Policy,
    /// All texts.
    pub library: Arc<Library>,
    /// Now.
    pub clock: Clock,
    /// The municipalities; the first is the one of public pages.
    pub municipalities: Vec<Arc<Municipality>>,
    /// National law as data: competence and terms.
    pub law: Law,
    /// Base path of static files, with their content hash: `/static/<hash>`.
    pub assets: String,
    /// The address by which residents reach this server, without a slash at the end.
    pub public_url: String,
    /// The post office.
    pub post: Post,
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
    pub terms: law::register::TermRegister,
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

    /// The municipality of public pages.
    #[must_use]
    pub fn home(&self) -> Option<&Arc<Municipality>> {
        self.municipalities.first()
    }
}
