//! Contact with who reported: what the municipality says, what it asks, and what comes back.
//!
//! - [`received`], [`changed`], [`write_free`]: messages, each a row in the report's history and a mail in the outbox;
//! - [`templates`]: their texts, built in or the municipality's own;
//! - [`answer`], [`satisfaction`], [`mails`]: what the reporter does on the status page;
//! - [`follow`], [`followed`]: others who want to know how a shown report goes on, without an account;
//! - [`read_inbox`]: bounces, answers by mail, and mails for the desk ([`incoming`]);
//! - [`figures`]: how satisfied reporters are.
//!
//! Invariant: the status page opens by a token that only the mail and the receipt show ([`token`]), never by what public
//! surfaces show of a report.

pub mod answer;
mod config;
mod figures;
mod follow;
mod inbox;
mod letters;
mod messages;
mod overdue;
mod panel;
mod store;
mod template;
mod templates;
#[cfg(test)]
mod tests;
mod token;

pub use answer::{answer, mails, satisfaction};
pub use config::ContactConfig;
pub use figures::{Figures, figures};
pub use follow::{FOLLOWERS, follow, follow_form, followed, followed_submit, tell_followers};
pub use inbox::{READ_INBOX, drop_incoming, incoming, incoming_one, read_inbox, schedule, take_incoming};
pub(crate) use messages::{changed, received};
pub use messages::{deliver, send_again, write_free};
pub use overdue::{OVERDUE, overdue};
pub(crate) use panel::Panel;
pub use store::{IncomingFile, IncomingMail};
pub(crate) use store::{Message, is_muted, messages, question, says};
pub use template::Event;
pub use templates::{edit, list, one};
pub(crate) use token::bare_opens;
pub use token::{report_of, status_link, status_path};
