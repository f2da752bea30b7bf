//! The question: a base, a length, a walking speed and the places that wait for a visit.

use serde::{Deserialize, Serialize};

/// A point in a local metric plane.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// East, in metres.
    pub x: f64,
    /// North, in metres.
    pub y: f64,
}

impl Point {
    /// Straight-line distance to `other`, in metres.
    pub fn distance(self, other: Point) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// A place that could be visited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// The caller's name for the place; the solver only passes it on.
    pub id: String,
    /// Where it is.
    pub at: Point,
    /// What a visit is worth, in any unit that is the same for all candidates; zero or more. A candidate of value
    /// zero is never visited.
    pub value: f64,
    /// How long a visit lasts, in minutes.
    pub service_min: f64,
    /// Earliest and latest moment at which a visit may *begin*, in minutes from the start of the shift. Who is early
    /// waits. `None`: any moment.
    pub window: Option<(f64, f64)>,
}

/// A round to be planned. All times are minutes from the start of the shift.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Where the round starts and ends.
    pub base: Point,
    /// When the round leaves the base, in minutes from the start of the shift (usually 0).
    pub start_min: f64,
    /// How long the round may take, from leaving the base to being back, in minutes.
    pub length_min: f64,
    /// Speed along the street, in metres per minute (walking: about 80).
    pub speed_m_per_min: f64,
    /// Street factor: metres along the street per metre in a straight line, 1 or more (a town: about 1.3).
    pub detour: f64,
    /// Most visits in the round.
    pub max_visits: usize,
    /// The places that wait for a visit.
    pub visits: Vec<Candidate>,
}

/// Why a problem cannot be solved as stated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ProblemError {
    /// There is nothing to plan.
    #[error("the problem has no candidates")]
    NoCandidates,
    /// A figure of the round itself is not a number, infinite, or outside its range.
    #[error("{field} is {value}, but must be {must}")]
    Round {
        /// Name of the field of [`Problem`].
        field: &'static str,
        /// The figure given.
        value: f64,
        /// What it must be.
        must: &'static str,
    },
    /// A figure of a candidate is not a number, infinite, or outside its range.
    #[error("candidate {index} ({id}): {field} is {value}, but must be {must}")]
    Candidate {
        /// Index in [`Problem::visits`].
        index: usize,
        /// Its id.
        id: String,
        /// Name of the field of [`Candidate`].
        field: &'static str,
        /// The figure given.
        value: f64,
        /// What it must be.
        must: &'static str,
    },
    /// A window closes before it opens.
    #[error("candidate {index} ({id}): the window closes ({close}) before it opens ({open})")]
    Window {
        /// Index in [`Problem::visits`].
        index: usize,
        /// Its id.
        id: String,
        /// Opening, minutes from the start of the shift.
        open: f64,
        /// Closing, minutes from the start of the shift.
        close: f64,
    },
}

const FINITE: &str = "a finite number";
const POSITIVE: &str = "a finite number above 0";
const NOT_NEGATIVE: &str = "a finite number of 0 or more";
const ONE_OR_MORE: &str = "a finite number of 1 or more";

impl Problem {
    /// When the round must be back at the base, in minutes from the start of the shift.
    pub fn end_min(&self) -> f64 {
        self.start_min + self.length_min
    }

    /// Length along the street between two points, in metres.
    pub fn walk_m(&self, from: Point, to: Point) -> f64 {
        from.distance(to) * self.detour
    }

    /// Travel time between two points, in minutes.
    pub fn travel_min(&self, from: Point, to: Point) -> f64 {
        self.walk_m(from, to) / self.speed_m_per_min
    }

    /// Checks every figure; the first that is wrong is the error.
    pub fn validate(&self) -> Result<(), ProblemError> {
        if self.visits.is_empty() {
            return Err(ProblemError::NoCandidates);
        }
        let finite = |v: f64| v.is_finite();
        let round = [
            ("base.x", self.base.x, finite(self.base.x), FINITE),
            ("base.y", self.base.y, finite(self.base.y), FINITE),
            ("start_min", self.start_min, finite(self.start_min), FINITE),
            ("length_min", self.length_min, finite(self.length_min) && self.length_min > 0.0, POSITIVE),
            (
                "speed_m_per_min",
                self.speed_m_per_min,
                finite(self.speed_m_per_min) && self.speed_m_per_min > 0.0,
                POSITIVE,
            ),
            ("detour", self.detour, finite(self.detour) && self.detour >= 1.0, ONE_OR_MORE),
        ];
        for (field, value, right, must) in round {
            if !right {
                return Err(ProblemError::Round { field, value, must });
            }
        }
        self.visits.iter().enumerate().try_for_each(|(index, candidate)| candidate.validate(index))
    }
}

impl Candidate {
    fn validate(&self, index: usize) -> Result<(), ProblemError> {
        let (open, close) = self.window.unwrap_or((0.0, 0.0));
        let figures = [
            ("at.x", self.at.x, self.at.x.is_finite(), FINITE),
            ("at.y", self.at.y, self.at.y.is_finite(), FINITE),
            ("value", self.value, self.value.is_finite() && self.value >= 0.0, NOT_NEGATIVE),
            ("service_min", self.service_min, self.service_min.is_finite() && self.service_min >= 0.0, NOT_NEGATIVE),
            ("window.open", open, open.is_finite(), FINITE),
            ("window.close", close, close.is_finite(), FINITE),
        ];
        for (field, value, right, must) in figures {
            if !right {
                return Err(ProblemError::Candidate { index, id: self.id.clone(), field, value, must });
            }
        }
        if close < open {
            return Err(ProblemError::Window { index, id: self.id.clone(), open, close });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem() -> Problem {
        Problem {
            base: Point { x: 0.0, y: 0.0 },
            start_min: 0.0,
            length_min: 120.0,
            speed_m_per_min: 80.0,
            detour: 1.3,
            max_visits: 5,
            visits: vec![Candidate {
                id: "square".into(),
                at: Point { x: 300.0, y: 400.0 },
                value: 1.0,
                service_min: 12.0,
                window: Some((0.0, 60.0)),
            }],
        }
    }

    #[test]
    fn travel_follows_the_street_factor() {
        let problem = problem();
        let (from, to) = (problem.base, problem.visits[0].at);
        assert!((problem.walk_m(from, to) - 650.0).abs() < 1e-9);
        assert!((problem.travel_min(from, to) - 8.125).abs() < 1e-9);
    }

    #[test]
    fn wrong_problems_say_what_is_wrong() {
        assert_eq!(problem().validate(), Ok(()));
        type Change = fn(&mut Problem);
        let table: [(&str, Change); 15] = [
            ("no candidates", |p| p.visits.clear()),
            ("base.x is NaN", |p| p.base.x = f64::NAN),
            ("base.y is inf", |p| p.base.y = f64::INFINITY),
            ("start_min is NaN", |p| p.start_min = f64::NAN),
            ("length_min is 0", |p| p.length_min = 0.0),
            ("length_min is NaN", |p| p.length_min = f64::NAN),
            ("speed_m_per_min is -80", |p| p.speed_m_per_min = -80.0),
            ("detour is 0.9", |p| p.detour = 0.9),
            ("candidate 0 (square): at.x is NaN", |p| p.visits[0].at.x = f64::NAN),
            ("at.y is -inf", |p| p.visits[0].at.y = f64::NEG_INFINITY),
            ("value is -1", |p| p.visits[0].value = -1.0),
            ("value is NaN", |p| p.visits[0].value = f64::NAN),
            ("service_min is -2", |p| p.visits[0].service_min = -2.0),
            ("window.close is NaN", |p| p.visits[0].window = Some((0.0, f64::NAN))),
            ("closes (5) before it opens (6)", |p| p.visits[0].window = Some((6.0, 5.0))),
        ];
        for (expected, change) in table {
            let mut wrong = problem();
            change(&mut wrong);
            let error = wrong.validate().unwrap_err().to_string();
            assert!(error.contains(expected), "{expected}: {error}");
        }
    }
}
