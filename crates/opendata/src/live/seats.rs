//! Who listens: so many in all, so many from one address. A seat that is dropped is free again.

use super::{Live, look};
use crate::config::LiveConfig;
use kit::{Fault, Municipality};
use site::Shared;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, PoisonError};

/// Seconds after which somebody who found no seat may try again.
const WAIT: i64 = 30;

/// The seats of a municipality.
#[derive(Debug)]
pub(super) struct Seats {
    config: LiveConfig,
    total: usize,
    taken: HashMap<String, usize>,
    /// Whether somebody looks at the database for them.
    pub(super) polling: bool,
    /// Whether the program is stopping.
    pub(super) closed: bool,
}

impl Seats {
    pub(super) fn new(config: LiveConfig) -> Self {
        Self { config, total: 0, taken: HashMap::new(), polling: false, closed: false }
    }

    pub(super) fn total(&self) -> usize {
        self.total
    }

    /// Whether nobody listens; then the poller counts as gone.
    pub(super) fn leave_when_empty(&mut self) -> bool {
        if self.total == 0 || self.closed {
            self.polling = false;
        }
        !self.polling
    }
}

/// A seat.
pub(super) struct Seat {
    live: Arc<Live>,
    key: String,
}

/// One IPv4 address, or the IPv6 network of 64 bits that one subscriber has.
fn key(address: Option<IpAddr>) -> String {
    match address.map(|a| a.to_canonical()) {
        None => String::new(),
        Some(IpAddr::V4(v4)) => v4.to_string(),
        Some(IpAddr::V6(v6)) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

impl Seat {
    /// Takes a seat.
    ///
    /// # Errors
    /// [`Fault::Wait`] when all are taken.
    pub(super) fn take(live: &Arc<Live>, address: Option<IpAddr>) -> Result<Self, Fault> {
        let key = key(address);
        let mut seats = live.seats.lock().unwrap_or_else(PoisonError::into_inner);
        let here = seats.taken.get(&key).copied().unwrap_or(0);
        if seats.closed || seats.total >= seats.config.most || here >= seats.config.most_per_address {
            return Err(Fault::Wait(WAIT));
        }
        seats.total += 1;
        seats.taken.insert(key.clone(), here + 1);
        Ok(Self { live: live.clone(), key })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.live.seats.lock().unwrap_or_else(PoisonError::into_inner);
        seats.total = seats.total.saturating_sub(1);
        match seats.taken.get_mut(&self.key) {
            Some(n) if *n > 1 => *n -= 1,
            _ => {
                seats.taken.remove(&self.key);
            }
        }
    }
}

/// Starts the poller when it does not run.
pub(super) fn poll(live: &Arc<Live>, app: &Shared, municipality: &Arc<Municipality>) {
    let mut seats = live.seats.lock().unwrap_or_else(PoisonError::into_inner);
    if !seats.polling {
        seats.polling = true;
        tokio::spawn(look(live.clone(), app.clone(), municipality.clone()));
    }
}
