//! A campaign: its states and what may follow what, its measures, its obligations and how they were met.

use kit::{At, Uuid, text_enum};

text_enum! {
    /// State of a campaign.
    pub enum State {
        /// It is being written.
        Draft = "draft",
        /// It was started: its obligations ask for visits from its first to its last day.
        Running = "running",
        /// It was looked back on; what follows is to be decided.
        Reviewed = "reviewed",
        /// It is over, or did not go ahead.
        Closed = "closed",
    }
}

impl State {
    /// The table of allowed changes. A campaign that ran is reviewed before it is closed (domain chapter 2: carry out,
    /// then evaluate).
    #[must_use]
    pub fn may_become(self, to: Self) -> bool {
        matches!(
            (self, to),
            (Self::Draft, Self::Running | Self::Closed)
                | (Self::Running, Self::Reviewed)
                | (Self::Reviewed, Self::Running | Self::Closed)
        )
    }

    /// Tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::Running => "ok",
            Self::Reviewed => "info",
            Self::Closed => "off",
        }
    }
}

text_enum! {
    /// What a review concludes.
    pub enum Verdict {
        /// It goes on as it is.
        Continue = "continue",
        /// It goes on in another way.
        Adapt = "adapt",
        /// It stops.
        Stop = "stop",
    }
}

text_enum! {
    /// State of a measure in the mix.
    pub enum StepState {
        /// Still to come.
        Planned = "planned",
        /// Going on.
        Running = "running",
        /// Done.
        Done = "done",
        /// It will not be done; the reason says why.
        Dropped = "dropped",
    }
}

impl StepState {
    /// Tone of its badge.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Planned => "neutral",
            Self::Running => "info",
            Self::Done => "ok",
            Self::Dropped => "off",
        }
    }
}

/// Words, kept as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List(pub Vec<String>);

impl TryFrom<String> for List {
    type Error = serde_json::Error;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        serde_json::from_str(&text).map(Self)
    }
}

impl List {
    pub(crate) fn json(&self) -> String {
        serde_json::json!(self.0).to_string()
    }
}

/// A campaign. Days are local, in days since 1970-01-01.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Campaign {
    /// Id.
    pub id: Uuid,
    /// Kind of `campaigns.toml`.
    pub kind: String,
    /// Name.
    pub name: String,
    /// The problem in words.
    pub problem: String,
    /// What is around it: who is there, what was tried.
    pub context: String,
    /// Neighbourhood codes; empty is the whole municipality.
    #[sqlx(try_from = "String")]
    pub areas: List,
    /// Categories that it is about.
    #[sqlx(try_from = "String")]
    pub categories: List,
    /// Priorities of the plan that it serves.
    #[sqlx(try_from = "String")]
    pub priorities: List,
    /// Partners by name.
    #[sqlx(try_from = "String")]
    pub partners: List,
    /// Hours that it may cost.
    pub budget_hours: i64,
    /// First day.
    pub starts_on: i64,
    /// Last day.
    pub ends_on: i64,
    /// Day of the review.
    pub review_on: i64,
    /// State.
    pub state: State,
    /// The measure of the picture by which its effect is followed.
    pub measure_id: Option<Uuid>,
    /// What was learnt.
    pub lesson: String,
    /// What the review concluded.
    pub verdict: Option<Verdict>,
    /// When it was reviewed.
    pub reviewed_at: Option<At>,
    /// When it was written down.
    pub made_at: At,
    /// Counts changes.
    pub version: i64,
}

impl Campaign {
    /// Whether its review is due on `today`.
    #[must_use]
    pub fn review_due(&self, today: i64) -> bool {
        self.state == State::Running && self.review_on <= today
    }
}

/// A measure in the mix.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Step {
    /// Id.
    pub id: Uuid,
    /// The campaign.
    pub campaign_id: Uuid,
    /// What is done.
    pub what: String,
    /// Who does it; empty is the municipality itself.
    pub partner: String,
    /// First day.
    pub from_on: Option<i64>,
    /// Last day.
    pub to_on: Option<i64>,
    /// State.
    pub state: StepState,
    /// Why it was dropped.
    pub reason: String,
    /// Counts changes.
    pub version: i64,
}

/// A visit that is asked for each week.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Duty {
    /// Id.
    pub id: Uuid,
    /// The campaign.
    pub campaign_id: Uuid,
    /// The place in words.
    pub place: String,
    /// Longitude (WGS84).
    pub lon: f64,
    /// Latitude (WGS84).
    pub lat: f64,
    /// Neighbourhood code.
    pub area: Option<String>,
    /// Category that it is about.
    pub category: Option<String>,
    /// Visits per week.
    pub per_week: i64,
    /// Minutes per visit.
    pub minutes: i64,
    /// Local hour from which a visit may begin; none: any hour.
    pub hour_from: Option<i64>,
    /// Local hour until which; above 24 is after midnight.
    pub hour_to: Option<i64>,
    /// Day on which it was written down.
    pub made_on: i64,
    /// First day on which it asks no more.
    pub ended_on: Option<i64>,
    /// Counts changes.
    pub version: i64,
}

impl Duty {
    /// Local hours between which a visit may begin, for instance `(22, 26)`.
    #[must_use]
    pub fn hours(&self) -> Option<(u8, u8)> {
        Some((u8::try_from(self.hour_from?).ok()?, u8::try_from(self.hour_to?).ok()?))
    }
}

/// A visit that was made.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Made {
    /// For which obligation.
    pub obligation_id: Uuid,
    /// Arrival.
    pub at: At,
    /// Monday of its local week.
    pub week: i64,
    /// Minutes of presence.
    pub minutes: i64,
}

/// A line of the history.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Event {
    /// When.
    pub at: At,
    /// Name of the account; none for the system.
    pub who: Option<String>,
    /// What, a word of locale keys.
    pub what: String,
    /// In words.
    pub note: String,
}

/// The Monday of the week of a day, both in days since 1970-01-01 (a Thursday).
#[must_use]
pub fn monday(day: i64) -> i64 {
    day - (day + 3).rem_euclid(7)
}

/// How many visits an obligation asks in the week from `monday`: its number per week, and its share of it (rounded up)
/// in a week of which it is only a part.
#[must_use]
pub fn asked_in(duty: &Duty, starts_on: i64, ends_on: i64, monday: i64) -> i64 {
    let first = duty.made_on.max(starts_on).max(monday);
    let last = duty.ended_on.map_or(ends_on, |day| ends_on.min(day - 1)).min(monday + 6);
    let days = (last - first + 1).clamp(0, 7);
    (duty.per_week * days + 6) / 7
}

/// A week of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: i64,
    /// Visits asked.
    pub asked: i64,
    /// Visits made.
    pub made: i64,
    /// Minutes of presence.
    pub minutes: i64,
}

/// The weeks of a campaign from its first until `today`, in order.
#[must_use]
pub fn weeks(campaign: &Campaign, duties: &[Duty], made: &[Made], today: i64) -> Vec<Week> {
    let first = made.iter().map(|m| m.week).min().unwrap_or(i64::MAX).min(monday(campaign.starts_on));
    let last = made.iter().map(|m| m.week).max().unwrap_or(i64::MIN).max(monday(campaign.ends_on.min(today)));
    let week = |monday: i64| {
        let here = || made.iter().filter(move |m| m.week == monday);
        Week {
            monday,
            asked: duties.iter().map(|d| asked_in(d, campaign.starts_on, campaign.ends_on, monday)).sum(),
            made: here().count() as i64,
            minutes: here().map(|m| m.minutes).sum(),
        }
    };
    (0..).map(|i| first + 7 * i).take_while(|m| *m <= last).map(week).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_states_is_as_written() {
        use State::{Closed, Draft, Reviewed, Running};
        let allowed = [(Draft, Running), (Draft, Closed), (Running, Reviewed), (Reviewed, Running), (Reviewed, Closed)];
        for from in State::ALL {
            for to in State::ALL {
                assert_eq!(from.may_become(*to), allowed.contains(&(*from, *to)), "{from} → {to}");
            }
        }
    }

    fn duty(made_on: i64, ended_on: Option<i64>) -> Duty {
        Duty {
            id: Uuid::from_u128(1),
            campaign_id: Uuid::from_u128(2),
            place: "Plein".into(),
            lon: 4.67,
            lat: 52.51,
            area: None,
            category: None,
            per_week: 4,
            minutes: 15,
            hour_from: Some(22),
            hour_to: Some(26),
            made_on,
            ended_on,
            version: 1,
        }
    }

    #[test]
    fn a_week_asks_its_number_and_a_part_of_a_week_its_part() {
        // 19 870 is Monday 27 May 2024
        let week = 19_870;
        assert_eq!([week, week + 6, week + 7].map(monday), [week, week, week + 7]);
        for (made_on, ended_on, starts, ends, asked) in [
            (0, None, week, week + 90, 4),
            (0, None, week + 4, week + 90, 2),
            (0, None, week + 6, week + 90, 1),
            (0, None, week - 90, week, 1),
            (week + 5, None, week - 90, week + 90, 2),
            (0, Some(week + 1), week - 90, week + 90, 1),
            (0, Some(week), week - 90, week + 90, 0),
            (0, None, week + 7, week + 90, 0),
            (0, None, week - 90, week - 1, 0),
        ] {
            assert_eq!(
                asked_in(&duty(made_on, ended_on), starts, ends, week),
                asked,
                "{made_on} {ended_on:?} {starts} {ends}"
            );
        }
    }
}
