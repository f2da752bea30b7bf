//! Words of a signal: its source, its urgency, its state and the changes that are allowed.

use kit::text_enum;

text_enum! {
    /// Where a signal comes from. Sources are never mixed into one figure unseen.
    pub enum Source {
        /// A resident's report.
        Resident = "resident",
        /// An officer's own observation; counts per hour of presence.
        Officer = "officer",
        /// Police figures.
        Police = "police",
        /// A partner's notice.
        Partner = "partner",
        /// A file of another system.
        Import = "import",
    }
}

text_enum! {
    /// What a message asks of the municipality; each has its own law (domain chapter 3).
    pub enum Kind {
        /// A report: no decision is needed.
        Report = "report",
        /// A request to enforce by an interested party: an application (Awb art. 1:3(3)) with a term (Awb art. 4:13).
        EnforcementRequest = "enforcement-request",
        /// A complaint about conduct of the municipality (Awb art. 9:1) with a term (Awb art. 9:11).
        Complaint = "complaint",
        /// A question.
        Question = "question",
    }
}

text_enum! {
    /// By which way a signal came in.
    pub enum Channel {
        /// The form on the site.
        Web = "web",
        /// The JSON API.
        Api = "api",
        /// Open311.
        Open311 = "open311",
        /// A telephone call, taken by the desk.
        Phone = "phone",
        /// A mail.
        Mail = "mail",
        /// At the counter, or a letter.
        Desk = "desk",
        /// An officer's phone.
        Officer = "officer",
        /// A partner's system.
        Exchange = "exchange",
        /// A file.
        File = "file",
    }
}

text_enum! {
    /// What the public sees of a signal.
    pub enum Publication {
        /// Nothing, ever: its category is not public, or it is no report.
        Private = "none",
        /// Nothing yet: somebody must look first.
        Waiting = "waiting",
        /// Category, state, rounded place, and the words that were released.
        Shown = "shown",
        /// Nothing any more.
        Hidden = "hidden",
    }
}

text_enum! {
    /// How soon it must be looked at, set by staff.
    pub enum Urgency {
        /// Can wait.
        Low = "low",
        /// Within the term of the category.
        Normal = "normal",
        /// Today.
        High = "high",
    }
}

text_enum! {
    /// State of a signal (domain chapter 3; the states of Signalen).
    pub enum State {
        /// Came in, nobody looked yet.
        Reported = "reported",
        /// Waits for something outside our hands.
        Waiting = "waiting",
        /// Somebody works on it.
        InProgress = "in-progress",
        /// The work has a day.
        Planned = "planned",
        /// Handled.
        Done = "done",
        /// Not taken up.
        Cancelled = "cancelled",
        /// The reporter was asked something.
        ReactionRequested = "reaction-requested",
        /// The reporter answered.
        ReactionReceived = "reaction-received",
        /// Another organisation does it.
        Forwarded = "forwarded",
        /// That organisation says that it is done.
        CompletionRequested = "completion-requested",
        /// The reporter is not satisfied.
        ReopenRequested = "reopen-requested",
        /// Taken up again.
        Reopened = "reopened",
    }
}

impl State {
    /// Whether nothing more is expected.
    #[must_use]
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }

    /// The states that may follow this one.
    #[must_use]
    pub fn next(self) -> &'static [Self] {
        use State::{
            Cancelled, CompletionRequested, Done, Forwarded, InProgress, Planned, ReactionReceived, ReactionRequested,
            ReopenRequested, Reopened, Waiting,
        };
        match self {
            Self::Reported | Self::Reopened => {
                &[InProgress, Waiting, Planned, Done, Cancelled, Forwarded, ReactionRequested]
            }
            Self::Waiting => &[InProgress, Planned, Done, Cancelled, Forwarded, ReactionRequested],
            Self::InProgress => &[Waiting, Planned, Done, Cancelled, Forwarded, ReactionRequested],
            Self::Planned => &[InProgress, Waiting, Done, Cancelled, Forwarded, ReactionRequested],
            Self::ReactionRequested => &[ReactionReceived, InProgress, Done, Cancelled],
            Self::ReactionReceived => &[InProgress, Planned, Done, Cancelled],
            Self::Forwarded => &[CompletionRequested, InProgress, Done, Cancelled],
            Self::CompletionRequested => &[Done, InProgress, Cancelled],
            Self::Done => &[ReopenRequested, Reopened],
            Self::ReopenRequested => &[Reopened, Done, Cancelled],
            Self::Cancelled => &[Reopened],
        }
    }

    /// Whether `next` may follow.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }

    /// Whether a change to this state must say why.
    #[must_use]
    pub fn needs_note(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled | Self::ReactionRequested | Self::Forwarded | Self::ReopenRequested)
    }

    /// What the reporter reads on the status page: one of four plain states.
    #[must_use]
    pub fn public_word(self) -> &'static str {
        match self {
            Self::Reported => "received",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            _ => "busy",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::State;

    #[test]
    fn every_state_can_be_reached_and_none_follows_itself() {
        for state in State::ALL {
            assert!(!state.may_become(*state), "{state}");
            let reached = State::ALL.iter().any(|s| s.may_become(*state));
            assert!(reached || *state == State::Reported, "{state} cannot be reached");
            assert!(!state.next().is_empty(), "{state} is a dead end");
        }
    }

    #[test]
    fn closed_means_only_reopening() {
        for (from, to, allowed) in [
            (State::Done, State::InProgress, false),
            (State::Done, State::Reopened, true),
            (State::Cancelled, State::Done, false),
            (State::Reported, State::Done, true),
            (State::ReactionRequested, State::Forwarded, false),
            (State::ReopenRequested, State::Reopened, true),
        ] {
            assert_eq!(from.may_become(to), allowed, "{from} -> {to}");
        }
    }
}
