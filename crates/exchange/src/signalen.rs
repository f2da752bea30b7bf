//! Signalen, the reporting system of many Dutch municipalities: reading its export with the whole history, so that a
//! municipality can move in a day, and sending reports to and receiving them from partners that work with it.

mod client;
mod deliver;
mod dispatch;
mod forward;
pub mod import;
mod links;
mod read;
mod receive;
mod store;
#[cfg(test)]
mod tests;
mod upload;

pub use deliver::{POLL, SEND, poll, send};
pub use forward::{form as forward_form, submit as forward_submit};
pub use links::{page as links_page, settle as dispatch_settle, token as link_token};
pub use receive::{read as received, take as receive};
pub use upload::{apply as import_apply, form as import_form, send as import_send};
