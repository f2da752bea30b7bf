//! The network of one municipality in memory.
//!
//! It sits on the municipality's shelf, is read from the database at start and again after an import.

use crate::config::StreetsConfig;
use crate::network::Network;
use crate::store;
use crate::streets::Streets;
use kit::{DbError, Tx};
use std::sync::{Arc, PoisonError, RwLock};

/// The shelf's item.
#[derive(Debug)]
pub struct StreetMap {
    /// How the network is cut and driven.
    pub config: StreetsConfig,
    streets: RwLock<Option<Arc<Streets>>>,
}

impl StreetMap {
    /// A map without a network yet.
    #[must_use]
    pub fn new(config: StreetsConfig) -> Self {
        Self { config, streets: RwLock::new(None) }
    }

    /// The network as it is now; `None`: none was imported.
    #[must_use]
    pub fn streets(&self) -> Option<Arc<Streets>> {
        self.streets.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Key of the text that says whose data travel times rest on. It must stand on every page that uses them.
    #[must_use]
    pub fn source_key(&self) -> &'static str {
        self.streets().map_or("streets-source-none", |streets| streets.origin().text_key())
    }

    /// Reads the network of `municipality` from the database. One that cannot be read is left out, and said in the log:
    /// the program works without.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reload(&self, tx: &mut Tx, municipality: &str) -> Result<(), DbError> {
        let streets = match store::packed(tx, municipality).await? {
            None => None,
            Some(bytes) => {
                let config = self.config.clone();
                let made = move || Ok(Streets::new(Network::unpack(&bytes)?, &config));
                let made = tokio::task::spawn_blocking(made).await.unwrap_or_else(|e| Err(std::io::Error::other(e)));
                made.inspect_err(|error| {
                    tracing::error!(municipality, %error, "the street network cannot be read; import it again");
                })
                .ok()
                .map(Arc::new)
            }
        };
        *self.streets.write().unwrap_or_else(PoisonError::into_inner) = streets;
        Ok(())
    }
}
