//! Handling: the staff side of signals. A list that stays fast at a million records, a map, and one
//! page per signal on which its state, urgency, category and place are changed.
//!
//! Every change is one transaction: rule, record, history, audit entry, and the mail to the reporter
//! when the handler asks for it. A change names the version that the form was opened with.

mod detail;
mod filter;
mod list;
mod map;
mod ops;
mod store;
#[cfg(test)]
mod tests;
pub(crate) mod view;

pub use detail::{EditForm, edit, page};
pub(crate) use detail::{id_of, shown, stamp};
pub use filter::{Filter, Query, Which};
pub use list::{Found, MOST_COUNTED, PAGE, find, list};
pub use map::{MOST_POINTS, map};
pub use ops::{Change, Edit, Move, NOTE, TermState, apply, change_state};
pub(crate) use ops::{checked_note, current, one, written};
pub(crate) use store::{Event, get, reporter, touch};
pub use store::{Row, Signal};
