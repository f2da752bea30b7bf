//! Sanctions: which offence an officer may write down on a day, by which modality, and what stands in the way.
//!
//! Two dated tables: the offences ([`OffenceRegister`], `config/law/offences.toml`) and the rules with their articles
//! ([`SanctionLaw`], `config/law/sanctions.toml`). A [`Case`] states what the officer knows; [`SanctionLaw::may_write`]
//! gives the modalities that are open, or every [`Refusal`] with its article, and [`SanctionLaw::event`] judges the one
//! to three sanctions of one event together.
//!
//! Architecture invariant: a case knows an age, never a person. It decides about one event; nothing is counted over
//! events of the same person.

mod register;
mod rules;
#[cfg(test)]
mod tests;

pub use register::{Offence, OffenceRegister, Rule, SanctionLaw, Tariff, Track};
pub use rules::{Amount, Case, Caught, Chosen, Powers, Refusal};

use crate::word::word_enum;

word_enum! {
    /// By which way an offence is settled.
    pub enum Modality {
        /// Administrative traffic fine (Mulder, Wahv), collected from the holder of the plate.
        TrafficFine = "traffic-fine",
        /// Penal order by the officer (*politiestrafbeschikking*, Sv art. 257b).
        PenalOrder = "penal-order",
        /// Full official report (*proces-verbaal*) to the prosecutor.
        Report = "report",
        /// Administrative fine for nuisance (Gemeentewet art. 154b).
        NuisanceFine = "nuisance-fine",
        /// Referral to Halt (Sr art. 77e).
        Halt = "halt",
    }
}

impl Modality {
    /// Which line of law it belongs to: one event follows one line.
    pub const fn line(self) -> u8 {
        match self {
            Self::TrafficFine => 0,
            Self::PenalOrder | Self::Report | Self::Halt => 1,
            Self::NuisanceFine => 2,
        }
    }
}

word_enum! {
    /// A rule of `config/law/sanctions.toml`; its word is the id there.
    pub enum SanctionRule {
        /// The officer has a deed that is valid on the day.
        DeedValid = "deed-valid",
        /// The officer's training is valid on the day.
        Training = "training",
        /// The offence stands in the domain list and in the deed.
        Domain = "domain",
        /// The place lies in the territory of the deed.
        Territory = "territory",
        /// The officer acts as investigator.
        Hat = "hat",
        /// The code was in force on the day of the deed.
        OffenceValid = "offence-valid",
        /// No sanction below an age.
        AgeNone = "age-none",
        /// The offence is for another age.
        AgeLimit = "age-limit",
        /// From which age to which the tariff is halved; never a refusal.
        HalfTariff = "half-tariff",
        /// One line of law per event.
        OneTrack = "one-track",
        /// Most sanctions per event.
        Most = "most",
        /// A penal order needs an offence caught in the act or by technical means.
        Caught = "caught",
        /// Circumstances in which only a full report is allowed.
        FullReport = "full-report",
        /// Where the administrative fine exists, it excludes the penal order.
        FineFirst = "fine-first",
        /// No administrative fine without the by-law.
        FineByLaw = "fine-by-law",
        /// Offences for which the administrative fine never exists.
        FineNever = "fine-never",
        /// A statement needs the caution first (criminal law).
        CautionPenal = "caution-penal",
        /// A statement needs the caution first (administrative fine).
        CautionFine = "caution-fine",
        /// The same conduct is not punished twice.
        Double = "double",
        /// A traffic fine needs a plate, or the driver.
        PlateHolder = "plate-holder",
        /// Other sanctions need an established identity.
        Identity = "identity",
        /// Who can be sent to Halt.
        Halt = "halt",
    }
}
