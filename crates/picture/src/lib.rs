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
//! | [`mixture`] | the second model: several memories and the neighbours, weighed by their record |
//! | [`mod@why`] | the plain counts behind one expectation |
//! | [`mod@score`] | how often was the forecast right, against plain counting |
//! | [`interval`] | how sure is a figure: counts, rates, shares, means; small numbers hidden |
//! | [`trend`] | how does it develop: series per week or month |
//! | [`mod@change`] | is the last month different from what the season makes us expect |
//! | [`mod@news`] | what is new, with the false alarms of many comparisons kept in check |
//! | [`mod@backtest`] | the public benchmark protocol, so that outsiders can check the forecasts |

pub mod backtest;
pub mod change;
pub mod count;
pub mod ewma;
pub mod forecast;
pub mod grid;
pub mod history;
pub mod interval;
pub mod mixture;
pub mod news;
pub mod profile;
pub mod score;
mod special;
pub mod trend;
pub mod why;

pub use change::{Change, ChangeRules, Ground, Verdict, change};
pub use ewma::{Ewma, Officers, Sources};
pub use forecast::{Ask, Expected, Forecast, Model, Part, Total};
pub use grid::{Filter, Summary};
pub use history::{Cell, Event, History};
pub use interval::{Range, Shown};
pub use mixture::Mixture;
pub use news::{News, NewsAsk, news};
pub use score::{Score, ScoreAsk, score};
pub use trend::{Point, Series, Step};
pub use why::{Why, why};
