//! The processing register: what the program does with personal data and why (`policies/processings.toml`).

use law::{Regime, Text};
use serde::{Deserialize, Serialize};

/// One processing, as AVG art. 30(1) and Wpg art. 31d ask for it.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Processing {
    /// Its id: in the processing log, in authorisations and on records.
    pub id: String,
    /// Regimes of its data.
    pub regimes: Vec<Regime>,
    /// Whether records behind a fence belong to it.
    #[serde(default)]
    pub record: bool,
    /// Actions of the policy that are part of it.
    pub actions: Vec<String>,
    /// Name.
    pub name: Text,
    /// Purpose (AVG art. 5(1)(b)).
    pub purpose: Text,
    /// Articles on which it rests.
    pub basis: Vec<String>,
    /// Categories of data subjects.
    pub subjects: Text,
    /// Categories of data.
    pub data: Text,
    /// Who receives data.
    pub receivers: Text,
    /// Rules of the retention register.
    pub retention: Vec<String>,
}

/// Every processing of the program.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessingRegister {
    no_personal_data: Vec<String>,
    #[serde(rename = "processing")]
    processings: Vec<Processing>,
}

impl ProcessingRegister {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| format!("processings.toml: {e}"))
    }

    /// Every processing, in the order of the file.
    #[must_use]
    pub fn all(&self) -> &[Processing] {
        &self.processings
    }

    /// The processing `id`.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Processing> {
        self.processings.iter().find(|p| p.id == id)
    }

    /// The processing that `action` is part of; `None` for records' actions (the record says it) and
    /// for actions without personal data.
    #[must_use]
    pub fn of_action(&self, action: &str) -> Option<&Processing> {
        self.processings.iter().find(|p| p.actions.iter().any(|a| a == action))
    }

    /// The processings that records of `regime` can belong to.
    pub fn of_records(&self, regime: Regime) -> impl Iterator<Item = &Processing> {
        self.processings.iter().filter(move |p| p.record && p.regimes.contains(&regime))
    }

    /// Whether `action` was declared to touch no personal data.
    #[must_use]
    pub fn is_impersonal(&self, action: &str) -> bool {
        self.no_personal_data.iter().any(|a| a == action)
    }
}

#[cfg(test)]
mod tests {
    use crate::Policy;
    use law::Regime;

    /// AVG art. 30: a processing that is not declared does not exist.
    #[test]
    fn every_action_is_declared_once() {
        let policy = Policy::load().unwrap();
        let register = policy.register();
        for action in policy.actions() {
            let declared = register.all().iter().filter(|p| p.actions.iter().any(|a| a == action)).count();
            let impersonal = usize::from(register.is_impersonal(action));
            let by_record = usize::from(action.starts_with("record:") && action != "record:review");
            assert_eq!(declared + impersonal + by_record, 1, "{action}: declare it in policies/processings.toml");
        }
        for processing in register.all() {
            assert!(!processing.basis.is_empty() && !processing.retention.is_empty(), "{}", processing.id);
            for action in &processing.actions {
                assert!(policy.actions().contains(&action.as_str()), "{}: {action} is no action", processing.id);
            }
        }
    }

    #[test]
    fn every_fenced_regime_has_a_processing() {
        let policy = Policy::load().unwrap();
        for regime in Regime::ALL {
            let fenced = regime.vault() != "main";
            let some = policy.register().of_records(regime).next().is_some();
            assert_eq!(some, fenced || regime == Regime::R1, "{regime}");
        }
    }
}
