//! Signatures as [Standard Webhooks](https://www.standardwebhooks.com) says: HMAC-SHA256 with the receiver's secret
//! over `id.timestamp.body`, in `webhook-signature` as `v1,<base64>`; during a rotation one for each secret.

use hmac::{Hmac, Mac as _};
use kit::Fault;
use sha2::Sha256;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// What stands before a secret, so that people and scanners know it.
const PREFIX: &str = "whsec_";

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    let letter = |six: u32| LETTERS.get(six as usize & 63).map_or('=', |b| char::from(*b));
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for part in bytes.chunks(3) {
        let n = part.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - part.len()));
        for place in 0..4 {
            out.push(if place <= part.len() { letter(n >> (18 - 6 * place)) } else { '=' });
        }
    }
    out
}

/// The bytes of base64 text; `None` when it is none.
fn unbase64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut out = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text.bytes() {
        let six = LETTERS.iter().position(|l| *l == byte)?;
        bits = bits << 6 | u32::try_from(six).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(u8::try_from(bits >> held & 0xff).ok()?);
        }
    }
    Some(out)
}

/// A new secret of 32 random bytes: `whsec_…`.
pub(super) fn new_secret() -> Result<String, Fault> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|e| Fault::Internal(e.to_string()))?;
    Ok(format!("{PREFIX}{}", base64(&bytes)))
}

fn mac(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> Option<Hmac<Sha256>> {
    let key = unbase64(secret.strip_prefix(PREFIX)?)?;
    let mut mac = <Hmac<Sha256> as hmac::Mac>::new_from_slice(&key).ok()?;
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body);
    Some(mac)
}

/// The value of `webhook-signature`: one signature for each of `secrets`, a space between them.
pub(super) fn sign(secrets: &[String], id: &str, timestamp: i64, body: &[u8]) -> String {
    secrets
        .iter()
        .filter_map(|secret| mac(secret, id, timestamp, body))
        .map(|mac| format!("v1,{}", base64(&mac.finalize().into_bytes())))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether one of the signatures in `header` is right: what a receiver of Standard Webhooks checks. The comparison
/// takes the same time wherever a difference lies. The caller looks whether `timestamp` (seconds) is recent.
#[must_use]
pub fn verify(secret: &str, id: &str, timestamp: i64, body: &[u8], header: &str) -> bool {
    header
        .split(' ')
        .filter_map(|one| one.strip_prefix("v1,"))
        .filter_map(unbase64)
        .any(|sent| mac(secret, id, timestamp, body).is_some_and(|mac| mac.verify_slice(&sent).is_ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_rfc_4648_section_10() {
        for (plain, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), text);
            assert_eq!(unbase64(text).unwrap(), plain.as_bytes());
        }
        assert_eq!(unbase64("a b"), None);
    }

    #[test]
    fn the_signature_of_the_standards_own_example() {
        // The example of the Standard Webhooks libraries (tests of every language).
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned();
        let (id, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", br#"{"test": 2432232314}"#);
        let signed = sign(std::slice::from_ref(&secret), id, 1_614_265_330, body);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert!(verify(&secret, id, 1_614_265_330, body, &format!("v1,AAAA {signed}")));
        assert!(!verify(&secret, id, 1_614_265_331, body, &signed), "another time");
        assert!(!verify(&secret, id, 1_614_265_330, b"{}", &signed), "another body");
        assert!(!verify(&new_secret().unwrap(), id, 1_614_265_330, body, &signed), "another secret");
    }
}
