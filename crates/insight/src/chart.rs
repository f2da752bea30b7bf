//! Charts of the picture as SVG with classes of `static/regie.css`: no script, no style attribute. Texts come in
//! translated; the page puts the same numbers in a table beside each. For a file of its own: [`alone`].
//!
//! | function | draws |
//! |---|---|
//! | [`chart_trend`] | counts per week or month, with what was expected, its 90 % band, and alarms |
//! | [`chart_small`] | the same as small as a stamp, for one kind among many |
//! | [`chart_calibration`] | what was expected beside what came |
//! | [`chart_grid`] | 24 hours down, seven days across, the count in each square |
//! | [`chart_map`] | 200 m squares, neighbourhoods, contour lines, numbered places |
//! | [`contours`] | the lines within which a share of an expectation lies |

mod alone;
mod calibration;
mod contour;
mod grid;
mod map;
mod pen;
mod trend;

pub(crate) use alone::alone;
pub(crate) use calibration::{CalibrationChart, CalibrationPoint, chart_calibration};
pub(crate) use contour::{Line, contours};
pub(crate) use grid::{GridChart, chart_grid};
pub(crate) use map::{Contour, MapChart, Square, Top, chart_map};
pub(crate) use trend::{TrendChart, TrendPoint, chart_small, chart_trend};

/// Writes a number as the language of the page does.
pub(crate) type Format<'a> = &'a dyn Fn(f64) -> String;
