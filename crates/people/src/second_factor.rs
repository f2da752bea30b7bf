//! The second factor of local accounts: time-based codes (RFC 6238) from an app on a phone, and ten
//! recovery codes for who lost it. The secret is sealed; of a recovery code only a keyed fingerprint is kept.
//!
//! A code works once: the newest step that was used, and all before it, never count again.

mod store;
mod web;

pub use web::{codes, confirm, page, start};

use crate::client::Client;
use kit::throttle::{self, Limit};
use kit::{At, Fault, Tx, Uuid, audit};
use site::Cx;
use totp_rs::{Algorithm, TOTP};

/// Wrong codes per account.
const LIMIT: Limit = Limit { failures: 5, window_s: 900 };
/// Seconds per code (RFC 6238, 5.2).
const STEP_S: i64 = 30;
/// Recovery codes per set.
const CODES: usize = 10;
/// When fewer are left, the person is asked to make new ones.
const FEW: i64 = 3;
/// Letters and digits that nobody confuses on paper: 32, so each is 5 bits.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

fn totp(secret: &[u8]) -> TOTP {
    TOTP::new_unchecked(Algorithm::SHA1, 6, 0, STEP_S.unsigned_abs(), secret.to_vec())
}

/// The step of an instant: how many codes there were since 1970.
fn step_of(now: At) -> i64 {
    now.micros() / 1_000_000 / STEP_S
}

/// The code of a step.
fn code_at(secret: &[u8], step: i64) -> String {
    totp(secret).generate((step.max(0) * STEP_S).unsigned_abs())
}

/// The step whose code was typed: the present one or a neighbour (clocks differ), but never one up to `used`.
fn fitting_step(secret: &[u8], typed: &str, now: At, used: i64) -> Option<i64> {
    let present = step_of(now);
    (present - 1..=present + 1).filter(|step| *step > used).find(|step| code_at(secret, *step) == typed)
}

/// What a person types, without the blanks and dashes that make it readable.
fn normal(typed: &str) -> String {
    typed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(40).collect()
}

/// A fresh recovery code of 80 bits, in four groups.
fn recovery_code() -> Result<String, Fault> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| Fault::Internal(e.to_string()))?;
    let letters: Vec<char> =
        bytes.iter().filter_map(|b| ALPHABET.get(usize::from(b % 32))).map(|b| char::from(*b)).collect();
    Ok(letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

fn fingerprint(cx: &Cx, (municipality, account): (&str, Uuid), code: &str) -> Result<String, Fault> {
    let seal = cx.app.seals.of("main")?;
    Ok(seal.fingerprint(&format!("recovery/{municipality}/{account}/{}", normal(code))))
}

pub(crate) fn place((municipality, account): (&str, Uuid)) -> String {
    format!("{municipality}/second_factor/{account}/secret")
}

/// What a typed code turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The present code of the app.
    Code,
    /// A recovery code; how many are left.
    Recovery { left: i64 },
    /// Neither.
    Wrong,
}

impl Shown {
    /// The word for the audit trail.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Recovery { .. } => "recovery-code",
            Self::Wrong => "wrong",
        }
    }

    /// Whether so few recovery codes are left that new ones are needed.
    pub(crate) fn is_last_codes(self) -> bool {
        matches!(self, Self::Recovery { left } if left < FEW)
    }
}

/// Holds a typed code against the account's second factor and uses it up. A wrong one counts as a failure of
/// the account and of the address: the caller commits in both cases.
///
/// # Errors
/// [`Fault::Wait`] after too many wrong codes.
pub(crate) async fn show(
    tx: &mut Tx,
    cx: &Cx,
    client: &Client,
    whose: (&str, Uuid),
    typed: &str,
) -> Result<Shown, Fault> {
    let key = format!("code:{}", whose.1);
    client.may_try(tx, cx.now).await?;
    let wait = throttle::wait(tx, &key, LIMIT, cx.now).await?;
    if wait > 0 {
        return Err(Fault::Wait(wait));
    }
    let shown = match store::confirmed(tx, whose).await? {
        None => Shown::Wrong,
        Some((sealed, used)) => judge(tx, cx, whose, &normal(typed), (&sealed, used)).await?,
    };
    if shown == Shown::Wrong {
        throttle::fail(tx, &key, LIMIT, cx.now).await?;
        client.failed(tx, cx.now).await?;
    } else {
        throttle::clear(tx, &key).await?;
    }
    Ok(shown)
}

async fn judge(
    tx: &mut Tx,
    cx: &Cx,
    whose: (&str, Uuid),
    typed: &str,
    (sealed, used): (&[u8], i64),
) -> Result<Shown, Fault> {
    if typed.len() == 6 && typed.bytes().all(|b| b.is_ascii_digit()) {
        let secret = cx.app.seals.of("main")?.open(&place(whose), sealed)?;
        // The statement moves the newest step on only when it still lies before: of two that come at once, one passes.
        return Ok(match fitting_step(&secret, typed, cx.now, used) {
            Some(step) if store::use_step(tx, whose, step).await? == 1 => Shown::Code,
            _ => Shown::Wrong,
        });
    }
    if store::use_recovery(tx, whose, &fingerprint(cx, whose, typed)?, cx.now).await? == 1 {
        return Ok(Shown::Recovery { left: store::recovery_left(tx, whose).await? });
    }
    Ok(Shown::Wrong)
}

/// Writes in the audit trail that a recovery code was used.
pub(crate) async fn note_recovery(
    tx: &mut Tx,
    deed: &audit::Deed<'_>,
    account: Uuid,
    shown: &Shown,
) -> kit::Result<()> {
    if let Shown::Recovery { left } = shown {
        let detail = serde_json::json!({ "left": left });
        audit::record(tx, deed, "second-factor:recover", "account", &account.to_string(), &detail).await?;
    }
    Ok(())
}

/// Whether the account has a confirmed second factor.
pub(crate) async fn is_there(tx: &mut Tx, whose: (&str, Uuid)) -> kit::Result<bool> {
    Ok(store::confirmed(tx, whose).await?.is_some())
}

/// Takes the second factor and its recovery codes away: a person lost the phone, an administrator helps.
pub(crate) async fn remove(tx: &mut Tx, whose: (&str, Uuid)) -> kit::Result<u64> {
    store::delete(tx, whose).await
}

/// A fresh set of recovery codes; those of before are worth nothing any more.
async fn renew_codes(tx: &mut Tx, cx: &Cx, whose: (&str, Uuid)) -> Result<Vec<String>, Fault> {
    let mut codes = Vec::with_capacity(CODES);
    store::delete_recovery(tx, whose).await?;
    for _ in 0..CODES {
        let code = recovery_code()?;
        store::insert_recovery(tx, whose, &fingerprint(cx, whose, &code)?).await?;
        codes.push(code);
    }
    Ok(codes)
}

/// The secret of a factor that waits for its confirmation, made when there is none.
async fn begin(tx: &mut Tx, cx: &Cx, whose: (&str, Uuid)) -> Result<(), Fault> {
    let mut secret = [0_u8; 20];
    getrandom::fill(&mut secret).map_err(|e| Fault::Internal(e.to_string()))?;
    let sealed = cx.app.seals.of("main")?.seal(&place(whose), &secret)?;
    store::insert(tx, whose, sealed, cx.now).await?;
    Ok(())
}

/// The secret of a factor that waits for its confirmation.
async fn waiting(tx: &mut Tx, cx: &Cx, whose: (&str, Uuid)) -> Result<Option<Vec<u8>>, Fault> {
    let Some(sealed) = store::waiting(tx, whose).await? else { return Ok(None) };
    Ok(Some(cx.app.seals.of("main")?.open(&place(whose), &sealed)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, SHA-1; six digits are the last six of the eight there.
        let secret = b"12345678901234567890";
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")]
        {
            assert_eq!(code_at(secret, seconds / STEP_S), code);
        }
    }

    #[test]
    fn a_code_fits_its_own_time_and_never_again() {
        let secret = b"12345678901234567890";
        let now = At::from_micros(1_717_401_600_000_000);
        let step = step_of(now);
        for (away, fits) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            assert_eq!(fitting_step(secret, &code_at(secret, step + away), now, 0).is_some(), fits, "{away}");
        }
        assert_eq!(fitting_step(secret, &code_at(secret, step), now, step), None, "used");
        assert_eq!(fitting_step(secret, &code_at(secret, step - 1), now, step), None, "older than the one used");
    }

    #[test]
    fn recovery_codes_read_well() {
        let code = recovery_code().unwrap();
        assert_eq!(code.len(), 19);
        assert_ne!(code, recovery_code().unwrap());
        assert_eq!(normal(&format!(" {} ", code.to_uppercase().replace('-', " "))), code.replace('-', ""));
    }
}
