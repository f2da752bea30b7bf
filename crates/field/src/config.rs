//! `field.toml`: lock and wiping of the phone, what goes along, how photos, spoken notes and places are sent, house rules.

use kit::Text;
use kit::config::{ConfigError, load};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The settings of the officer's phone; sits on a municipality's shelf.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldConfig {
    /// The PIN.
    pub lock: Lock,
    /// What goes along.
    pub day: DayRules,
    /// Photos.
    pub photo: PhotoRules,
    /// Spoken notes.
    pub voice: VoiceRules,
    /// The officer's place.
    pub position: PositionRules,
    /// The call for assistance.
    pub assistance: Assistance,
    /// House rules in the order of the file.
    #[serde(rename = "rule")]
    pub rules: Vec<HouseRule>,
}

/// The PIN of the phone.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// Digits.
    pub pin_digits: u8,
    /// Wrong tries after which the phone wipes itself.
    pub tries: u8,
    /// Minutes without a touch after which it locks.
    pub minutes: u16,
    /// Whether a finger or a face may open the app in place of the PIN, where the phone can.
    pub biometrics: bool,
}

/// What goes along with the day.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayRules {
    /// Metres around the round and the base within which open reports go along.
    pub near_m: f64,
    /// Most of them.
    pub most_issues: usize,
    /// Hours before a shift from which its work is on the phone.
    pub before_h: i64,
    /// Hours after it until which it stays there.
    pub after_h: i64,
}

/// How the phone draws a photo anew.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoRules {
    /// Longest side in pixels.
    pub side_px: u32,
    /// Quality of the JPEG, 0 to 1.
    pub quality: f64,
}

/// How the phone records a spoken note.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct VoiceRules {
    /// Longest note in seconds.
    pub seconds: u16,
    /// Bits in a second of sound, as asked of the browser.
    pub bits: u32,
}

/// When an officer's place counts.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct PositionRules {
    /// Seconds between two places.
    pub seconds: u32,
    /// Minutes before and after the shift.
    pub margin_min: i64,
}

/// The call for assistance.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Assistance {
    /// Seconds that the button is held.
    pub hold_s: u8,
    /// The emergency number.
    pub emergency: String,
    /// Whom to call in the municipality.
    pub phone: String,
}

/// A house rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HouseRule {
    /// Title.
    pub title: Text,
    /// Text.
    pub text: Text,
}

impl FieldConfig {
    /// Reads `field.toml` in `folder`.
    ///
    /// # Errors
    /// When the file is missing or wrong; the message says where.
    pub fn read(folder: &Path) -> Result<Self, ConfigError> {
        let path = folder.join("field.toml");
        let config: Self = load(&path)?;
        match config.wrong() {
            Some(why) => Err(ConfigError::Wrong { path: path.display().to_string(), why: why.to_owned() }),
            None => Ok(config),
        }
    }

    fn wrong(&self) -> Option<&'static str> {
        let checks = [
            ((6..=12).contains(&self.lock.pin_digits), "`pin_digits` must be 6 to 12"),
            ((3..=10).contains(&self.lock.tries), "`tries` must be 3 to 10"),
            ((1..=60).contains(&self.lock.minutes), "`minutes` must be 1 to 60"),
            (self.day.near_m.is_finite() && self.day.near_m > 0.0, "`near_m` must be above 0"),
            ((0..=48).contains(&self.day.before_h), "`before_h` must be 0 to 48"),
            ((0..=48).contains(&self.day.after_h), "`after_h` must be 0 to 48"),
            ((640..=2400).contains(&self.photo.side_px), "`side_px` must be 640 to 2400"),
            ((0.4..=0.95).contains(&self.photo.quality), "`quality` must be 0.4 to 0.95"),
            ((10..=180).contains(&self.voice.seconds), "`seconds` of a spoken note must be 10 to 180"),
            ((12_000..=128_000).contains(&self.voice.bits), "`bits` must be 12000 to 128000"),
            ((15..=600).contains(&self.position.seconds), "`seconds` of a place must be 15 to 600"),
            ((0..=60).contains(&self.position.margin_min), "`margin_min` must be 0 to 60"),
            ((1..=5).contains(&self.assistance.hold_s), "`hold_s` must be 1 to 5"),
        ];
        checks.into_iter().find(|(good, _)| !good).map(|(_, why)| why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_municipalities_have_a_sound_file_and_wrong_figures_are_named() {
        for folder in ["heemskerk", "stlouis"] {
            FieldConfig::read(&testkit::root().join("config").join(folder)).unwrap();
        }
        let folder = testkit::folder();
        let text = std::fs::read_to_string(testkit::root().join("config/heemskerk/field.toml")).unwrap();
        for (from, to, named) in [
            ("pin_digits = 6", "pin_digits = 4", "pin_digits"),
            ("tries = 5", "tries = 0", "tries"),
            ("near_m = 500", "near_m = 0", "near_m"),
            ("seconds = 60\nbits", "seconds = 600\nbits", "`seconds` of a spoken note"),
            ("bits = 32000", "bits = 1", "bits"),
            ("seconds = 60\nmargin", "seconds = 1\nmargin", "`seconds` of a place"),
            ("quality = 0.8", "quality = 2.0", "quality"),
            ("hold_s = 2", "hold_s = 9", "hold_s"),
        ] {
            std::fs::write(folder.join("field.toml"), text.replacen(from, to, 1)).unwrap();
            let error = FieldConfig::read(&folder).unwrap_err().to_string();
            assert!(error.contains(named), "{named}: {error}");
        }
    }
}
