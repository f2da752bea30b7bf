//! The picture: where, when and what is needed, is it new, and how sure are we.
//!
//! Pure mathematics over counts of events in an area and an hour: no store, no network, no clock.
//! Nothing in this crate knows a person, a household or an address; the smallest unit is a cell of
//! the grid (200 m squares in the programme) and one hour.
//!
//! | module | question |
//! |---|---|
//! | [`history`] | what was seen: events in a compact, time-ordered list |
//! | [`grid`] | what happened where and when: counts in one pass |
//! | [`forecast`] | what do we expect, per cell, four-hour band and group: the seam [`Model`] |
//! | [`ewma`] | the first model: exponentially weighted counts times a shrunk hour profile |
//! | [`blend`] | the model: simple maps blended by their record, and bent where that paid off |
//! | [`declaration`] | a model's account of itself, for the public register |
//! | [`guard`] | does tasking on a model run away: a town in which the truth is known |
//! | [`mod@willingness`] | how readily do residents report, beside an independent source |
//! | [`mod@why`] | the plain counts behind one expectation |
//! | [`mod@score`] | how often was the forecast right, against plain counting |
//! | [`interval`] | how sure is a figure: counts, rates, shares, means; small numbers hidden |
//! | [`mod@shrink`] | what is the rate of a small area, seeing all the others |
//! | [`rank`] | which places in a list do the intervals allow |
//! | [`hide`] | which cells of a table give a small count away |
//! | [`trend`] | how does it develop: series per week or month |
//! | [`mod@change`] | is the last month different from what the season makes us expect |
//! | [`mod@warning`] | which weekly series have more than they should, since when, in one list with few false alarms |
//! | [`mod@scan`] | where is something going on right now: clusters of free shape in the last days |
//! | [`mod@effect`] | did a measure help, against comparison areas, and what could be seen at all |
//! | [`mod@backtest`] | the public benchmark protocol, so that outsiders can check the forecasts |
//! | [`peers`] | what the forecasts are compared with |

pub mod backtest;
pub mod blend;
pub mod change;
pub mod count;
pub mod declaration;
pub mod effect;
pub mod ewma;
pub mod forecast;
pub mod grid;
pub mod guard;
pub mod hide;
pub mod history;
pub mod interval;
pub mod peers;
pub mod profile;
pub mod rank;
pub mod scan;
pub mod score;
pub mod shrink;
mod special;
pub mod trend;
pub mod warning;
pub mod why;
pub mod willingness;

pub use blend::Blend;
pub use change::{Change, ChangeRules, Ground, Verdict, change, change_of_weeks, expected_of_weeks};
pub use declaration::{Declaration, Input, Limit, Setting};
pub use ewma::{Ewma, Officers, Sources};
pub use forecast::{Ask, Expected, Forecast, Model, Part, Total};
pub use grid::{Filter, Summary};
pub use history::{Cell, Event, History};
pub use interval::{Range, Shown};
pub use rank::Rank;
pub use scan::{Cluster, ScanRules, scan};
pub use score::{Score, ScoreAsk, score};
pub use shrink::{Counted, shrink};
pub use trend::{Point, Series, Step};
pub use why::{Reason, Why, why};
pub use willingness::{AreaSignals, Signal, Willingness, willingness};
