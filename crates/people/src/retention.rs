//! How sessions, sign-ins, authorisations, covenants and accounts leave. The terms are those of
//! `config/law/retention.toml`; the nightly job of the crate `privacy` runs them.

mod store;

use kit::shelf::Shelf;

/// A session that nobody uses any more; its clock starts when it was last seen.
pub const SESSION: Shelf = store::SESSION;
/// Halves of a sign-in that were never finished.
pub const SIGN_IN_ATTEMPT: Shelf = store::SIGN_IN_ATTEMPT;
/// One-time links to set a password that nobody used.
pub const WELCOME_LINK: Shelf = store::WELCOME_LINK;
/// Authorisations that were withdrawn, refused or ran out.
pub const AUTHORISATION: Shelf = store::AUTHORISATION;
/// Covenants that ended, with what they opened.
pub const COVENANT: Shelf = store::COVENANT;
/// Accounts that ended lose their person; the id stays, so that the audit trail still tells one from another.
pub const ACCOUNT: Shelf = store::ACCOUNT;
