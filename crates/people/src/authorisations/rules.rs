//! What an authorisation must say, and who may decide on it.

use super::{Authorisation, State};
use crate::partners::front::{Day, line, paragraph};
use kit::{At, FieldFaults, Municipality, Uuid};

/// An authorisation as somebody wants to propose it.
#[derive(Clone, Debug, Default)]
pub struct Proposal {
    /// Made with the form; the authorisation gets it as its id.
    pub request: Uuid,
    /// The person's account.
    pub account: Uuid,
    /// The processing, by its id in the processing register.
    pub processing: String,
    /// Why the person needs it.
    pub reason: String,
    /// Number of the officer's deed, or empty.
    pub deed_number: String,
    /// Last day on which the deed is valid.
    pub deed_until: Day,
    /// First day.
    pub valid_from: Day,
    /// Last day; without it, until the deed lapses or it is withdrawn.
    pub valid_until: Day,
}

/// The instants of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// First instant.
    pub from: At,
    /// First instant that no longer counts.
    pub until: Option<At>,
    /// First instant at which the deed is no longer valid.
    pub deed_until: Option<At>,
}

/// Checks a proposal at `now`. `needs_deed`: an enforcement officer for police data; the power to investigate is in
/// the deed and lapses with it (Besluit buitengewoon opsporingsambtenaar), and the authorisation cannot outlive it.
pub(super) fn check(
    proposal: &Proposal,
    needs_deed: bool,
    now: At,
    municipality: &Municipality,
) -> Result<Term, FieldFaults> {
    let mut faults = FieldFaults::default();
    paragraph(&mut faults, "reason", &proposal.reason, "authorisations-reason-missing");
    let today = now.local(&municipality.zone).date().to_string();
    let from = proposal.valid_from.start(municipality);
    match from {
        None => faults.add("valid_from", "authorisations-from-missing"),
        // Nobody is authorised afterwards for what was done before.
        Some(from) if Day::typed(&today).start(municipality).is_some_and(|today| from < today) => {
            faults.add("valid_from", "authorisations-from-past");
        }
        Some(_) => {}
    }
    let until = proposal.valid_until.end(municipality);
    if until.is_none() && proposal.valid_until != Day::Absent {
        faults.add("valid_until", "authorisations-until-wrong");
    }
    if until.zip(from).is_some_and(|(until, from)| until <= from) {
        faults.add("valid_until", "authorisations-until-early");
    }
    let deed_until = proposal.deed_until.end(municipality);
    if needs_deed || !proposal.deed_number.is_empty() || proposal.deed_until != Day::Absent {
        line(&mut faults, "deed_number", &proposal.deed_number, "authorisations-deed-missing");
        match deed_until {
            None => faults.add("deed_until", "authorisations-deed-until-missing"),
            Some(deed) if deed <= now || from.is_some_and(|from| deed <= from) => {
                faults.add("deed_until", "authorisations-deed-lapsed");
            }
            Some(deed) if until.is_some_and(|until| until > deed) => {
                faults.add("valid_until", "authorisations-until-after-deed");
            }
            Some(_) => {}
        }
    }
    match from {
        Some(from) if faults.is_empty() => Ok(Term { from, until: until.or(deed_until), deed_until }),
        _ => Err(faults),
    }
}

/// Why `decider` may not decide on an authorisation; `None` when nothing stands in the way. Four eyes: neither the
/// person nor the proposer (Wpg art. 6, 4a; BIO 2.0 on the separation of duties).
pub(super) fn hindrance(authorisation: &Authorisation, decider: Uuid) -> Option<&'static str> {
    match authorisation {
        a if a.account_id == decider => Some("authorisations-own"),
        a if a.proposed_by == decider => Some("authorisations-own-proposal"),
        _ => None,
    }
}

/// Why it cannot be granted at `now`, whoever decides. `covenant`: whether one is in force that opens the processing
/// for the person's organisation.
pub(super) fn no_grant(authorisation: &Authorisation, covenant: bool, now: At) -> Option<&'static str> {
    match authorisation {
        a if a.deed_until.is_some_and(|until| until <= now) => Some("authorisations-grant-deed-lapsed"),
        a if a.state == State::Expired => Some("authorisations-grant-expired"),
        a if !a.active => Some("authorisations-grant-closed"),
        a if a.organisation_id.is_some() && !covenant => Some("authorisations-grant-no-covenant"),
        _ => None,
    }
}
