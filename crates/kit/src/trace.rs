//! W3C trace context: which chain of work a deed belongs to, across organisations.
//!
//! A caller's `traceparent` header is taken over and passed on (NLGov API Design Rules; Logboek
//! Dataverwerkingen 1.0), so that two organisations can lay their processing logs side by side.

use std::fmt;

/// One step in a chain of work.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Trace {
    /// The chain: 16 bytes, not all zero.
    pub chain: [u8; 16],
    /// This step: 8 bytes, not all zero.
    pub step: [u8; 8],
    /// The step that caused this one, when another program named it.
    pub parent: Option<[u8; 8]>,
}

impl Trace {
    /// The first step of a new chain. Where the machine gives no randomness the chain is told apart
    /// by the clock of `Uuid` instead.
    #[must_use]
    pub fn start() -> Self {
        Self { chain: random(), step: random(), parent: None }
    }

    /// A step of our own after the one that `traceparent` names; `None` when it cannot be read (W3C
    /// Trace Context §3.2.2: then a new chain starts).
    #[must_use]
    pub fn follow(traceparent: &str) -> Option<Self> {
        let mut parts = traceparent.trim().split('-');
        let (version, chain, parent, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let lower = |t: &str| t.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if version.len() != 2 || version == "ff" || flags.len() != 2 || !lower(version) || !lower(flags) {
            return None;
        }
        if version == "00" && parts.next().is_some() || !lower(chain) || !lower(parent) {
            return None;
        }
        let chain: [u8; 16] = hex::decode(chain).ok()?.try_into().ok()?;
        let parent: [u8; 8] = hex::decode(parent).ok()?.try_into().ok()?;
        (chain != [0; 16] && parent != [0; 8]).then(|| Self { chain, step: random(), parent: Some(parent) })
    }

    /// A next step of our own in the same chain.
    #[must_use]
    pub fn next(&self) -> Self {
        Self { chain: self.chain, step: random(), parent: Some(self.step) }
    }

    /// The header that tells the next program about this step.
    #[must_use]
    pub fn header(&self) -> String {
        format!("00-{}-{}-01", hex::encode(self.chain), hex::encode(self.step))
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.header())
    }
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() || bytes == [0; N] {
        let id = crate::Clock::System.id();
        for (to, from) in bytes.iter_mut().zip(id.as_bytes()) {
            *to = *from;
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_callers_chain_is_taken_over_and_passed_on() {
        let caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        let ours = Trace::follow(caller).unwrap();
        assert_eq!(hex::encode(ours.chain), "0af7651916cd43dd8448eb211c80319c");
        assert_eq!(ours.parent.map(hex::encode).as_deref(), Some("b7ad6b7169203331"));
        let passed = Trace::follow(&ours.header()).unwrap();
        assert_eq!((passed.chain, passed.parent), (ours.chain, Some(ours.step)));
        assert_eq!(ours.next().parent, Some(ours.step));
    }

    #[test]
    fn what_is_no_traceparent_starts_a_new_chain() {
        for wrong in [
            "",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        ] {
            assert_eq!(Trace::follow(wrong), None, "{wrong}");
        }
        assert_ne!(Trace::start().chain, Trace::start().chain);
    }
}
