//! From an event to the words of a message: the municipality's own text of the category, else its own text for all,
//! else the text that is built in.

use super::template::{self, Event, VARIABLES};
use super::{status_link, store};
use crate::Catalogue;
use crate::model::{Kind, State};
use kit::{At, Fault, Tx, Uuid, Words};
use site::Cx;

/// What a message says about a report.
#[derive(Clone, Debug)]
pub(super) struct About<'a> {
    pub id: Uuid,
    pub reference: &'a str,
    pub category: &'a str,
    pub state: State,
    pub reported_at: At,
    pub due_at: Option<At>,
    pub language: &'a str,
    /// What a colleague wrote, or the question.
    pub note: &'a str,
    /// The address that stands in the message, for a follower: who reads only what the public sees. Without it the
    /// message is for the reporter, with the status page.
    pub link: String,
}

/// Subject and text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Letter {
    pub subject: String,
    pub body: String,
}

/// The event of a new message of this kind.
pub(super) fn of_kind(kind: Kind) -> Event {
    match kind {
        Kind::Report => Event::Received,
        Kind::EnforcementRequest => Event::ReceivedEnforcement,
        Kind::Complaint => Event::ReceivedComplaint,
        Kind::Question => Event::ReceivedQuestion,
    }
}

/// The event of a change of state.
pub(super) fn of_change(from: State, to: State) -> Event {
    match (from, to) {
        (State::ReopenRequested, State::Done | State::Cancelled) => Event::ReopenRefused,
        (_, State::Planned) => Event::Planned,
        (_, State::Done) => Event::Done,
        (_, State::Cancelled) => Event::Cancelled,
        (_, State::Forwarded) => Event::Forwarded,
        (_, State::Reopened) => Event::Reopened,
        (_, State::ReactionRequested) => Event::Asked,
        _ => Event::InProgress,
    }
}

/// The text that is built in, with its variables as a person would type them.
pub(super) fn built_in(words: &Words, event: Event) -> Letter {
    let names: Vec<(&str, String)> = VARIABLES.iter().map(|v| (*v, format!("{{ ${v} }}"))).collect();
    let values: Vec<_> = names.iter().map(|(n, v)| (*n, v.as_str().into())).collect();
    Letter {
        subject: words.ta(&format!("contact-mail-{event}-subject"), &values),
        body: words.ta(&format!("contact-mail-{event}-body"), &values),
    }
}

/// The values of the variables.
pub(super) fn values(cx: &Cx, words: &Words, about: &About<'_>) -> Result<Vec<(&'static str, String)>, Fault> {
    let file = &cx.municipality.file;
    let category = cx.municipality.get::<Catalogue>().name(about.category, words.language()).to_owned();
    let (link, state) = if about.link.is_empty() {
        (status_link(cx, about.id)?, format!("state-{}", about.state))
    } else {
        (about.link.clone(), format!("report-state-{}", about.state.public_word()))
    };
    let days = cx.municipality.find::<super::ContactConfig>().map(|c| c.satisfaction.days.to_string());
    Ok(vec![
        ("reference", about.reference.to_owned()),
        ("category", category),
        ("state", words.t(&state)),
        ("received", words.date(about.reported_at)),
        ("due", about.due_at.map(|d| words.date(At::from_micros(d.micros() - 1))).unwrap_or_default()),
        ("note", about.note.to_owned()),
        ("days", days.unwrap_or_default()),
        ("link", link),
        ("municipality", file.name.clone()),
        ("organisation", file.contact.organisation.clone()),
        ("email", file.contact.email.clone()),
        ("phone", file.contact.phone.clone()),
    ])
}

/// The filled-in message for a report, in its language.
pub(super) async fn letter(cx: &Cx, tx: &mut Tx, event: Event, about: &About<'_>) -> Result<Letter, Fault> {
    let words = cx.app.library.words(about.language, cx.municipality.zone.clone());
    let own = store::template(tx, cx.code(), event, about.category, words.language()).await?;
    let text = own.unwrap_or_else(|| built_in(&words, event));
    let values = values(cx, &words, about)?;
    Ok(Letter {
        subject: template::fill(&text.subject, &values).replace('\n', " "),
        body: template::fill(&text.body, &values),
    })
}
