//! How the network of a municipality is cut and driven (`streets.toml`).

use crate::rules::Class;
use kit::config::{ConfigError, load};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// What `streets.toml` says.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StreetsConfig {
    /// Metres outside the municipality's outline from which streets come along.
    pub margin_m: f64,
    /// Metres from the nearest street beyond which a place does not belong to the network.
    pub snap_m: f64,
    /// Kilometres an hour of a car on each kind of street; a lower limit on the street itself goes first.
    pub car_kmh: BTreeMap<Class, f64>,
}

impl StreetsConfig {
    /// Reads `streets.toml` in `folder`.
    ///
    /// # Errors
    /// When the file is missing or wrong; the message says where.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("streets.toml");
        let config: Self = load(&path)?;
        match config.wrong() {
            Some(why) => Err(ConfigError::Wrong { path: path.display().to_string(), why }),
            None => Ok(config),
        }
    }

    /// The speed of a car on a kind of street, km/h.
    pub(crate) fn car(&self, class: Class) -> Option<f64> {
        self.car_kmh.get(&class).copied()
    }

    fn wrong(&self) -> Option<String> {
        let within = |name: &str, v: f64, most: f64| {
            (!(0.0..=most).contains(&v)).then(|| format!("`{name}` must be 0 to {most} metres"))
        };
        within("margin_m", self.margin_m, 20_000.0)
            .or_else(|| within("snap_m", self.snap_m, 5_000.0))
            .or_else(|| {
                let driven = Class::ALL.iter().filter(|c| c.is_driven());
                let missing = driven.copied().find(|c| !self.car_kmh.contains_key(c))?;
                Some(format!("`car_kmh` needs `{missing}`"))
            })
            .or_else(|| {
                let odd = self.car_kmh.iter().find(|(_, v)| !(1.0..=130.0).contains(*v))?;
                Some(format!("`car_kmh.{}` must be 1 to 130", odd.0))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_municipalities_have_a_sound_file_and_wrong_figures_are_named() {
        for folder in ["heemskerk", "stlouis"] {
            StreetsConfig::read(&testkit::root().join("config").join(folder)).unwrap();
        }
        let text = std::fs::read_to_string(testkit::root().join("config/heemskerk/streets.toml")).unwrap();
        let folder = testkit::folder();
        for (from, to, named) in [
            ("margin_m = 1500.0", "margin_m = -1.0", "margin_m"),
            ("snap_m = 300.0", "snap_m = 90000.0", "snap_m"),
            ("residential = 24\n", "", "needs `residential`"),
            ("residential = 24", "residential = 0", "car_kmh.residential"),
            ("residential = 24", "dwelling = 24", "dwelling"),
        ] {
            std::fs::write(folder.join("streets.toml"), text.replacen(from, to, 1)).unwrap();
            let error = StreetsConfig::read(&folder).unwrap_err().to_string();
            assert!(error.contains(named), "{named}: {error}");
        }
    }
}
