//! Local accounts: one person, one role, one municipality; the password only as argon2id hash.

use crate::store;
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use kit::{At, Result, Tx, Uuid};
use policy::Role;

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

/// Adds an account, or leaves the one with this id as it is.
///
/// # Errors
/// When the sign-in name is taken by another account or the database refuses.
pub async fn add(tx: &mut Tx, account: &Account, password_hash: &str, at: At) -> Result<()> {
    store::insert_account(tx, account, password_hash, at).await
}

/// The accounts of a municipality by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(tx: &mut Tx, municipality: &str) -> Result<Vec<Account>> {
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
