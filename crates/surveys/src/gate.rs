//! How often one internet address may answer. Kept in memory only, apart from the answers: a count by a keyed hash
//! that ends with the process. The address itself is nowhere, and no answer knows of the count.

use kit::{At, Fault};
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Most addresses that are counted at a time; at more than that the oldest windows go.
const MOST: usize = 100_000;

/// The counts; sits on a municipality's shelf.
#[derive(Debug, Default)]
pub struct Gate {
    key: RandomState,
    counts: Mutex<HashMap<u64, (u32, At)>>,
}

impl Gate {
    /// Counts one answer from `address` and lets it pass, at most `most` times within `minutes`. An IPv6 network of 64
    /// bits is one address, as one subscriber has it; this machine itself is not counted.
    ///
    /// # Errors
    /// [`Fault::Wait`] with the seconds to wait.
    pub fn pass(&self, address: Option<IpAddr>, most: u32, minutes: u32, now: At) -> Result<(), Fault> {
        let Some(address) = address.filter(|a| !a.is_loopback()) else { return Ok(()) };
        let hash = match address {
            IpAddr::V4(v4) => self.key.hash_one(v4),
            IpAddr::V6(v6) => self.key.hash_one(v6.segments().get(..4)),
        };
        let window = i64::from(minutes) * 60_000_000;
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= MOST {
            counts.retain(|_, (_, since)| now.micros() - since.micros() < window);
            if counts.len() >= MOST {
                counts.clear();
            }
        }
        let (count, since) = counts.entry(hash).or_insert((0, now));
        if now.micros() - since.micros() >= window {
            (*count, *since) = (0, now);
        }
        if *count >= most {
            return Err(Fault::Wait(((since.micros() + window - now.micros()) / 1_000_000).max(1)));
        }
        *count += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_waits_when_its_window_is_full() {
        let gate = Gate::default();
        let at = |seconds: i64| At::from_micros(seconds * 1_000_000);
        let address = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        for _ in 0..2 {
            gate.pass(address("192.0.2.1"), 2, 1, at(100)).unwrap();
        }
        assert!(matches!(gate.pass(address("192.0.2.1"), 2, 1, at(130)), Err(Fault::Wait(30))));
        gate.pass(address("192.0.2.2"), 2, 1, at(130)).unwrap();
        gate.pass(address("192.0.2.1"), 2, 1, at(160)).unwrap();
        for n in 0..5 {
            let same_network = address(&format!("2001:db8::{n}"));
            assert_eq!(gate.pass(same_network, 2, 1, at(100)).is_ok(), n < 2, "{n}");
            gate.pass(address("127.0.0.1"), 2, 1, at(100)).unwrap();
        }
    }
}
