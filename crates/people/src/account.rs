//! Accounts: one person, one role, one municipality. A local account has a password, only as argon2id
//! hash; an account of the municipality's provider has none.

mod manage;
mod password;
mod web;
mod welcome;

pub use manage::{end, reopen};

pub(crate) use manage::close;
pub use web::{account_page, create, edit, end_form, end_sessions, link, new, reopen_form, reset_factor};
pub use welcome::{welcome, welcome_submit};

use crate::store;
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use kit::{At, Tx, Uuid};
use policy::Role;
use tokio::sync::{Semaphore, SemaphorePermit};

/// An account as the rest of the program may see it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Account {
    /// Municipality code.
    pub municipality: String,
    /// Id.
    pub id: Uuid,
    /// Sign-in name.
    pub username: String,
    /// Name for colleagues.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Whether sign-in is possible; sessions of an inactive account are dead at once.
    pub active: bool,
}

/// Everything about one account, for who watches over it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Person {
    /// The account.
    #[sqlx(flatten)]
    pub account: Account,
    /// E-mail address; empty when unknown.
    pub email: String,
    /// The partner organisation; `None` for the municipality's own people.
    pub organisation_id: Option<Uuid>,
    /// Its name.
    pub organisation: Option<String>,
    /// The provider that the account comes from; empty for a local account.
    pub issuer: String,
    /// What that provider calls the person.
    pub subject: String,
    /// When the account ended.
    pub ended_at: Option<At>,
    /// Why: `administrator`, or `group` when the provider took the last group away.
    pub end_cause: String,
    /// When the account was made.
    pub created_at: At,
    /// Counts changes, so that a stale form is found.
    pub version: i64,
    /// Since when there is a confirmed second factor.
    pub factor_at: Option<At>,
}

impl Person {
    /// Whether the municipality's provider signs this person in.
    #[must_use]
    pub fn is_from_provider(&self) -> bool {
        !self.subject.is_empty()
    }
}

/// No password fits this: accounts that sign in elsewhere, or that have not chosen one yet.
pub(crate) const NO_PASSWORD: &str = "!";

/// Hashes a password with argon2id and a fresh salt (OWASP's present parameters, the crate's default).
///
/// # Errors
/// When the machine gives no randomness.
pub fn hash(password: &str) -> anyhow::Result<String> {
    let mut salt = [0_u8; 16];
    getrandom::fill(&mut salt).map_err(|e| anyhow::anyhow!("{e}"))?;
    let salt = SaltString::encode_b64(&salt).map_err(|e| anyhow::anyhow!("{e}"))?;
    Ok(Argon2::default().hash_password(password.as_bytes(), &salt).map_err(|e| anyhow::anyhow!("{e}"))?.to_string())
}

/// Whether `password` fits `hash`. Takes as long for a hash that cannot be read, so that nobody
/// learns by time whether an account exists.
#[must_use]
pub fn fits(password: &str, hash: &str) -> bool {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$YWFhYWFhYWFhYWFhYWFhYQ$\
        3zgD0LBUSzXQmYVSTcMmN2bP0LHM8xbDjIWZmqwYlFE";
    match PasswordHash::new(hash) {
        Ok(parsed) => Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok(),
        Err(_) => {
            if let Ok(parsed) = PasswordHash::new(NOBODY) {
                let _ = Argon2::default().verify_password(password.as_bytes(), &parsed);
            }
            false
        }
    }
}

/// How many passwords are hashed at the same time: each takes 19 MiB and tens of milliseconds by design.
static HASHING: Semaphore = Semaphore::const_new(4);

async fn turn() -> Result<SemaphorePermit<'static>, kit::Fault> {
    HASHING.acquire().await.map_err(|e| kit::Fault::Internal(e.to_string()))
}

/// [`fits`] on a thread of its own, a few at a time.
pub(crate) async fn fits_apart(password: String, hash: String) -> Result<bool, kit::Fault> {
    let _turn = turn().await?;
    let work = tokio::task::spawn_blocking(move || fits(&password, &hash));
    work.await.map_err(|e| kit::Fault::Internal(e.to_string()))
}

/// [`hash`] on a thread of its own, a few at a time.
async fn hash_apart(password: String) -> Result<String, kit::Fault> {
    let _turn = turn().await?;
    let work = tokio::task::spawn_blocking(move || hash(&password));
    Ok(work.await.map_err(|e| kit::Fault::Internal(e.to_string()))??)
}

/// Adds an account, or leaves the one with this id as it is.
///
/// # Errors
/// When the sign-in name is taken by another account or the database refuses.
pub async fn add(tx: &mut Tx, account: &Account, password_hash: &str, at: At) -> kit::Result<()> {
    store::insert_account(tx, account, password_hash, at).await
}

/// Says that an account is of a partner organisation.
///
/// # Errors
/// When the database refuses.
pub async fn belongs(tx: &mut Tx, municipality: &str, account: Uuid, organisation: Uuid) -> kit::Result<()> {
    store::set_organisation(tx, municipality, account, organisation).await
}

/// The accounts of a municipality by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(tx: &mut Tx, municipality: &str) -> kit::Result<Vec<Account>> {
    store::accounts(tx, municipality).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_fit_their_own_hash_only() {
        let hash = hash("een lang wachtwoord").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(fits("een lang wachtwoord", &hash));
        assert!(!fits("een ander wachtwoord", &hash));
        assert!(!fits("", "not a hash"));
    }
}
