//! A sign-in that waits for its second half: the provider's answer, or the code of a second factor. It is
//! kept here, works once, for ten minutes, and only in the browser that began it.

mod store;

use crate::session::{hash, same_browser};
use kit::{At, Tx, Uuid, text_enum};

/// A person has this long for the second half.
const LIFE_MICROS: i64 = 600 * 1_000_000;

text_enum! {
    /// What the attempt waits for.
    pub(crate) enum Kind {
        /// The code of the second factor, after a right password.
        Code = "code",
        /// The provider's answer at signing in.
        SignIn = "sign-in",
        /// The provider's answer at signing in anew for a fenced vault.
        StepUp = "step-up",
    }
}

/// An attempt as it was begun.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Attempt {
    pub(crate) municipality: String,
    pub(crate) kind: Kind,
    pub(crate) browser_hash: String,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
    pub(crate) back: String,
    pub(crate) created_at: At,
}

impl Attempt {
    /// An attempt of this browser that began now.
    pub(crate) fn new(municipality: &str, kind: Kind, browser: &str, back: &str, now: At) -> Self {
        Self {
            municipality: municipality.to_owned(),
            kind,
            browser_hash: hash(browser),
            account_id: None,
            nonce: String::new(),
            verifier: String::new(),
            back: back.to_owned(),
            created_at: now,
        }
    }

    fn lives(&self, browser: &str, now: At) -> bool {
        same_browser(&self.browser_hash, browser) && now.micros() - self.created_at.micros() < LIFE_MICROS
    }
}

/// Keeps an attempt under the secret `state`, and forgets all that are too old.
pub(crate) async fn begin(tx: &mut Tx, state: &str, attempt: &Attempt) -> kit::Result<()> {
    store::delete_before(tx, At::from_micros(attempt.created_at.micros() - LIFE_MICROS)).await?;
    store::insert(tx, &hash(state), attempt).await
}

/// Looks at the attempt of `state` without using it up.
pub(crate) async fn peek(tx: &mut Tx, state: &str, browser: &str, now: At) -> kit::Result<Option<Attempt>> {
    Ok(store::find(tx, &hash(state)).await?.filter(|a| a.lives(browser, now)))
}

/// Uses up the attempt of `state`: a second call gets nothing, also when the browser was another one.
pub(crate) async fn take(tx: &mut Tx, state: &str, browser: &str, now: At) -> kit::Result<Option<Attempt>> {
    Ok(store::take(tx, &hash(state)).await?.filter(|a| a.lives(browser, now)))
}
