//! Several rounds at once: who visits what, in which order, so that the visits made are worth most.
//!
//! A caller states [`Rounds`]: travel times, visits (score, duration, window, compulsory or not, which tours may make
//! them) and tours (start, end, window, way of getting about, an order made by hand). A [`Search`] has a plan at once and makes it better for
//! as long as the caller likes; [`Plan::check`] is the referee that trusts nothing of the search. Times are whole
//! numbers in a unit that the caller chooses, so that no rounding ever decides what fits.
//!
//! The problem is the team orienteering problem with time windows (Vansteenwegen, Souffriau & Van Oudheusden 2011,
//! "The orienteering problem: a survey", European Journal of Operational Research 209); [`toptw`] reads its benchmark
//! files. The search is slack induction by string removals (Christiaens & Vanden Berghe 2020).
//!
//! ```
//! use deployment::solve::{Rounds, Search, Tour, Travel, Visit};
//!
//! // Four places on a line, five minutes apart; the tour begins and ends at the first and has half an hour.
//! let travel = Travel::by(4, |from, to| 5 * (to as i32 - from as i32).abs());
//! let mut visits = vec![Visit::at(1, 10, 10), Visit::at(2, 30, 10), Visit::at(3, 90, 10)];
//! visits[1].compulsory = true;
//! let tours = vec![Tour { start: 0, end: 0, window: (0, 30), travel: 0, most_visits: 9, order: vec![] }];
//! let rounds = Rounds { travel: vec![travel], visits, tours };
//!
//! let mut search = Search::new(&rounds, 1)?;
//! search.steps(100);
//! let plan = search.plan();
//! // The third place is worth more, but the second is compulsory, and there is no time for both.
//! assert_eq!((plan.score, plan.tours[0].stops[0].visit), (30, 1));
//! assert_eq!(plan.check(&rounds), Ok(()));
//! # Ok::<(), deployment::solve::RoundsError>(())
//! ```

mod draw;
mod effect;
mod model;
mod plan;
mod recreate;
mod rounds;
mod ruin;
mod search;
mod state;
pub mod toptw;

pub use effect::{Effect, changed, without};
pub use plan::{Plan, Planned, TourPlan};
pub use rounds::{MOST_TIME, Rounds, RoundsError, Tour, Travel, Visit};
pub use search::Search;
