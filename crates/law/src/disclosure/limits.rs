//! The hard limits: they hold whatever basis is named, and no configuration lifts them.

use super::{Proposal, ReceiverKind, Refusal};
use crate::regime::Regime;

/// Consent of the person (AVG art. 6(1)(a)): not free towards an authority with a duty, so never a basis here.
pub(super) const CONSENT: &str = "avg-6-1-a";

/// The closed list of Wet Bibob art. 28(2), and the bureau that gives the advice (art. 9).
pub(super) const BIBOB: [ReceiverKind; 13] = [
    ReceiverKind::DataSubject,
    ReceiverKind::ThirdNamedInAdvice,
    ReceiverKind::Driehoek,
    ReceiverKind::Riec,
    ReceiverKind::ObjectionCommittee,
    ReceiverKind::Court,
    ReceiverKind::Audit,
    ReceiverKind::Ombudsman,
    ReceiverKind::SupervisorAuthority,
    ReceiverKind::Police,
    ReceiverKind::Prosecutor,
    ReceiverKind::IntelligenceService,
    ReceiverKind::Lbb,
];

/// The hard limits that the proposal meets.
pub(super) fn hard(proposal: &Proposal<'_>) -> Vec<Refusal> {
    let Proposal { from, to, receiver, .. } = *proposal;
    let own = matches!(receiver, ReceiverKind::DataSubject | ReceiverKind::SupervisorAuthority) && from == to;
    let register = |regime| matches!(regime, Regime::R9 | Regime::R10);
    let limits = [
        (proposal.fields.iter().any(|field| field.source_identity), Refusal::SourceIdentity),
        (!own && !in_care(proposal) && proposal.fields.iter().any(|field| field.care_content), Refusal::CareContent),
        (from == Regime::R3 && is_inside(proposal), Refusal::PoliceReuse),
        (breaks_police_fence(proposal), Refusal::PoliceMayor),
        (from == Regime::R6 && !BIBOB.contains(&receiver), Refusal::BibobList),
        (from == Regime::R5 && (receiver != ReceiverKind::CaseMeeting || to != from), Refusal::Radicalisation),
        (!own && (register(to) || from == Regime::R10), Refusal::Copy),
        (to == Regime::R0, Refusal::OnlyAggregates),
    ];
    limits.into_iter().filter_map(|(broken, refusal)| broken.then_some(refusal)).collect()
}

/// Whether the content stays among those who give care, or goes to those who decide on compulsory care (Wvggz).
fn in_care(proposal: &Proposal<'_>) -> bool {
    use ReceiverKind::{CareProvider, ChildProtection, Court, Municipality, Prosecutor, SafeHome};
    match (proposal.to, proposal.receiver) {
        (Regime::R7 | Regime::R8, CareProvider | ChildProtection | Municipality | SafeHome) => true,
        (Regime::R8, Court | Prosecutor) => proposal.from == Regime::R8,
        _ => false,
    }
}

/// Part of the municipality, by what the caller says or by what the receiver is.
fn is_inside(proposal: &Proposal<'_>) -> bool {
    use ReceiverKind::{Boa, Council, Mayor, Municipality};
    proposal.inside || matches!(proposal.receiver, Municipality | Mayor | Boa | Council)
}

/// R3 is what the mayor got of police data: nobody else gets content into it, police data come to the mayor only as
/// R3, and R3 does not turn into anything else.
fn breaks_police_fence(proposal: &Proposal<'_>) -> bool {
    let Proposal { from, to, receiver, .. } = *proposal;
    match (from, to) {
        (Regime::R3, to) => to != Regime::R3,
        (Regime::R2, Regime::R3) => receiver != ReceiverKind::Mayor,
        (_, Regime::R3) => true,
        (Regime::R2, _) => receiver == ReceiverKind::Mayor,
        _ => false,
    }
}
