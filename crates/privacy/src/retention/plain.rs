//! What a vault keeps besides records, and at which stage of its rule each shelf moves.

use super::store::shelves::EVERY_VAULT;
use field::retention as field;
use kit::shelf::Shelf;
use law::Stage;
use neighbours::retention as neighbours;
use patrol::retention::ROSTER;
use people::retention as people;
use roster::retention as roster;
use sanctions::retention::WRECK;
use signals::retention as signals;
use surveys::retention as surveys;

/// The rule of technical lines: they go without a proof, which would be as long as they are.
const TECHNICAL: &str = "technical";

/// The shelves of a vault with the stage at which they move, in the order in which they must: destruction before
/// removal, so that never both happen in one night.
pub(super) fn shelves(vault: &str) -> Vec<(Shelf, Stage)> {
    let mut all: Vec<_> = EVERY_VAULT.into_iter().map(|shelf| (shelf, Stage::Destroyed)).collect();
    if vault == "main" {
        let main = [
            crate::rights::REQUEST,
            signals::REPORT,
            signals::JUNK,
            signals::FOLLOWER,
            signals::INCOMING,
            surveys::ANSWER,
            neighbours::GROUP_CONTACT,
            neighbours::FOLLOWER,
            youth::retention::CONTACT,
            signals::ISSUE,
            signals::CONTACT_DESTROYED,
            signals::PRESENCE,
            ROSTER,
            roster::DUTY,
            roster::CHANGE,
            roster::REQUEST,
            roster::SWAP,
            roster::DEED,
            roster::CALENDAR,
            roster::WISH,
            roster::OFFICER,
            WRECK,
            field::EVENT,
            field::CALL,
            field::DEVICE,
            people::SESSION,
            people::SIGN_IN_ATTEMPT,
            people::WELCOME_LINK,
            people::AUTHORISATION,
            people::COVENANT,
            people::ACCOUNT,
        ];
        all.extend(main.into_iter().map(|shelf| (shelf, Stage::Destroyed)));
        all.push((signals::CONTACT_REMOVED, Stage::Removed));
    }
    all
}

/// Whether what goes under this rule leaves a proof.
pub(super) fn proven(rule: &str) -> bool {
    rule != TECHNICAL
}

/// What Regie keeps in `main` without a rule yet, as words of locale keys.
pub(super) const WITHOUT_RULE: [&str; 4] = ["audit", "decisions", "visits", "organisations"];
