//! Messages to groups: from a starting text, to the groups of some neighbourhoods that want to hear of a topic. Looked at
//! as each receiver will read it, then sent through the outbox: one mail for each coordinator, once.

pub mod web;

use crate::config::{fill, unknown};
use crate::front::{among, area_choices, area_names, short, topic_choices, topic_names};
use crate::model::{Group, joined, split};
use crate::store;
use kit::clock::id_at;
use kit::{Fault, FieldFaults, Tx, Uuid, audit, once, outbox};
use policy::{Permit, Resource};
use site::Cx;

/// Longest subject and text, in characters.
const SUBJECT: usize = 150;
const BODY: usize = 5000;

/// A message as typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Neighbourhood codes; empty for all.
    pub areas: Vec<String>,
    /// Main category that it is about; empty for none in particular.
    pub topic: String,
    /// Subject with variables.
    pub subject: String,
    /// Text with variables.
    pub body: String,
}

/// What one coordinator will read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The group.
    pub group: Uuid,
    /// Its name.
    pub name: String,
    /// The coordinator's address.
    pub email: String,
    /// Subject, filled in.
    pub subject: String,
    /// Text, filled in, with the line that says why it came.
    pub body: String,
}

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("group:message", &Resource::ordinary("group", cx.code()))
}

fn check(cx: &Cx, draft: &Draft) -> Result<(), Fault> {
    let mut faults = FieldFaults::default();
    if !among(&draft.areas, &area_choices(cx)) {
        faults.add("areas", "neighbours-areas-missing");
    }
    if !draft.topic.is_empty() && !among(std::slice::from_ref(&draft.topic), &topic_choices(cx)) {
        faults.add("topic", "neighbours-topics-wrong");
    }
    for (field, text, missing, most) in [
        ("subject", &draft.subject, "neighbours-subject-missing", SUBJECT),
        ("body", &draft.body, "neighbours-body-missing", BODY),
    ] {
        if text.trim().is_empty() {
            faults.add(field, missing);
        }
        short(&mut faults, field, text, most);
        if let Some(word) = unknown(text) {
            faults.add_with(field, "neighbours-variable-wrong", vec![("word", word)]);
        }
    }
    faults.ok()
}

/// The letters of a draft, as each coordinator will read them.
///
/// # Errors
/// [`Fault::Invalid`] with what is wrong, also when no group would get it; or when the policy or the database refuses.
pub async fn letters(cx: &Cx, tx: &mut Tx, draft: &Draft) -> Result<Vec<Letter>, Fault> {
    let permit = permit(cx)?;
    check(cx, draft)?;
    let groups = store::groups(tx, &permit).await?;
    let chosen: Vec<Letter> = groups
        .iter()
        .filter(|g| g.reachable() && g.wants(&draft.areas, &draft.topic))
        .map(|g| letter(cx, g, draft))
        .collect();
    if chosen.is_empty() {
        let mut faults = FieldFaults::default();
        faults.add("areas", "neighbours-nobody");
        return Err(Fault::Invalid(faults));
    }
    Ok(chosen)
}

/// The subject line of a message that was sent, as staff read it back: what differs per group stands as three dots.
pub(crate) fn title(cx: &Cx, message: &store::Message) -> String {
    let file = &cx.municipality.file;
    let area = area_names(cx, &split(&message.areas));
    let topic = match topic_names(cx, &split(&message.topics), cx.words.language()) {
        topic if topic.is_empty() => cx.t("neighbours-some-topic"),
        topic => topic.to_lowercase(),
    };
    let values = [
        ("group", "…"),
        ("coordinator", "…"),
        ("area", area.as_str()),
        ("topic", topic.as_str()),
        ("municipality", file.name.as_str()),
        ("organisation", file.contact.organisation.as_str()),
        ("email", file.contact.email.as_str()),
    ];
    fill(&message.subject, &values)
}

fn letter(cx: &Cx, group: &Group, draft: &Draft) -> Letter {
    let words = cx.app.library.words(&group.language, cx.municipality.zone.clone());
    // of the chosen neighbourhoods those that are the group's own
    let here: Vec<String> =
        group.areas.iter().filter(|a| draft.areas.is_empty() || draft.areas.contains(a)).cloned().collect();
    let area = area_names(cx, &here);
    let topic = match topic_names(cx, std::slice::from_ref(&draft.topic), &group.language) {
        topic if topic.is_empty() => words.t("neighbours-some-topic"),
        topic => topic.to_lowercase(),
    };
    let file = &cx.municipality.file;
    let values = [
        ("group", group.name.as_str()),
        ("coordinator", group.coordinator.as_str()),
        ("area", area.as_str()),
        ("topic", topic.as_str()),
        ("municipality", file.name.as_str()),
        ("organisation", file.contact.organisation.as_str()),
        ("email", file.contact.email.as_str()),
    ];
    let why = words.ta(
        "neighbours-letter-why",
        &[
            ("group", group.name.as_str().into()),
            ("organisation", file.contact.organisation.as_str().into()),
            ("email", file.contact.email.as_str().into()),
        ],
    );
    Letter {
        group: group.id,
        name: group.name.clone(),
        email: group.email.clone(),
        // a subject is one line, whatever a name holds
        subject: fill(&draft.subject, &values).replace(['\n', '\r'], " "),
        body: format!("{}\n\n--\n{why}\n", fill(&draft.body, &values).trim_end()),
    }
}

/// Sends a draft: keeps it, and puts one mail for each coordinator in the outbox. The same request sends nothing again.
///
/// # Errors
/// As [`letters`]; [`Fault::Stale`] when other groups would get it now than the `expected` number that was looked at.
pub async fn send(cx: &Cx, request: Uuid, draft: &Draft, expected: usize) -> Result<Uuid, Fault> {
    let permit = permit(cx)?;
    check(cx, draft)?;
    let mut tx = cx.write().await?;
    let answer = format!("/neighbours/messages/{request}");
    if once::claim(&mut tx, cx.code(), request, cx.now, &answer).await? != once::Claim::New {
        return Ok(request);
    }
    let letters = letters(cx, &mut tx, draft).await?;
    if letters.len() != expected {
        return Err(Fault::Stale);
    }
    let topics: Vec<String> = Some(draft.topic.clone()).filter(|t| !t.is_empty()).into_iter().collect();
    let message = store::Message {
        id: request,
        subject: draft.subject.trim().to_owned(),
        body: draft.body.trim().to_owned(),
        areas: joined(&draft.areas),
        topics: joined(&topics),
        receivers: i64::try_from(letters.len()).unwrap_or(i64::MAX),
        at: cx.now,
    };
    store::add_message(&mut tx, &permit, &message).await?;
    for letter in &letters {
        let id = id_at(cx.now);
        let mail = outbox::Message {
            id,
            municipality: cx.code().to_owned(),
            recipient: letter.email.clone(),
            subject: letter.subject.clone(),
            body: letter.body.clone(),
        };
        outbox::put(&mut tx, &mail, cx.now).await?;
        store::add_receiver(&mut tx, &permit, request, letter.group, id).await?;
    }
    let detail = serde_json::json!({ "receivers": letters.len(), "areas": draft.areas, "topic": draft.topic });
    audit::record(&mut tx, &cx.deed(), "group:message", "group-message", &request.to_string(), &detail).await?;
    tx.commit().await?;
    Ok(request)
}
