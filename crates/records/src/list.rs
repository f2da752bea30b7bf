//! The list of one processing: the records in free use, newest first, and what came in and nobody took up yet.

use crate::config::RecordsConfig;
use crate::note::persons_of;
use crate::open::{secrecy, text};
use crate::stage;
use crate::store::{self, Row, Which};
use crate::subject::{Person, pseudonyms};
use crate::way::{Inside, enter, has_participants};
use crate::write::{FieldText, place};
use axum::extract::{Path, Query};
use axum::response::Response;
use kit::paging::Cursor;
use kit::{Fault, audit, ledger};
use serde::Deserialize;
use site::page::{Link, Page};
use site::{Cx, render};

#[derive(askama::Template)]
#[template(path = "pages/list.html")]
struct ListPage {
    page: Page,
    crumbs: Vec<Link>,
    secrecy: String,
    open_until: String,
    reason: String,
    rows: Vec<RowView>,
    incoming: Vec<IncomingView>,
    href: String,
    newer: String,
    older: String,
    may_create: bool,
    request: String,
}

/// A record as a list shows it.
pub(crate) struct RowView {
    pub href: String,
    pub title: String,
    pub persons: String,
    pub iso: String,
    pub at: String,
    pub tone: &'static str,
    pub state: String,
}

struct IncomingView {
    action: String,
    at: String,
    iso: String,
}

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct At {
    after: String,
}

/// `GET /records/{processing}`: what is in free use.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn list(cx: Cx, Path(id): Path<String>, Query(at): Query<At>) -> Result<Response, Fault> {
    let inside = enter!(&cx, &id, "record:list", None);
    let config = cx.municipality.get::<RecordsConfig>();
    let cursor = Cursor::parse(&at.after);
    let which = Which {
        processing: inside.id(),
        participant: has_participants(inside.regime).then_some(inside.account),
        free: stage::free_from(&stage::rules(&cx, &inside.processing), stage::today(&cx), &cx.municipality.zone),
        after: cursor.map_or((Cursor::START, kit::Uuid::max()), |c| (c.at.micros(), c.id)),
        most: config.page_size + 1,
    };
    let mut tx = inside.db.write().await?;
    let mut rows = store::list(&mut tx, &inside.permit, &which).await?;
    let more = rows.len() > usize::try_from(config.page_size).unwrap_or(0);
    rows.truncate(usize::try_from(config.page_size).unwrap_or(0));
    let last = rows.last().filter(|_| more).map(|r| Cursor { at: r.envelope.created_at, id: r.envelope.id });
    // Where kinds have rules of their own, the bounds let more through than is free.
    rows.retain(|row| stage::of(&cx, &inside.processing, &row.envelope) == policy::Stage::Free);
    let (views, persons) = views(&cx, &inside, &rows)?;
    let takes_up = has_participants(inside.regime) && inside.may(&cx, "record:edit");
    let incoming = match takes_up {
        true => store::unassigned(&mut tx, &inside.permit, inside.id()).await?,
        false => vec![],
    };
    let deed = cx.deed_for(inside.id());
    let mut detail = inside.why();
    detail["shown"] = rows.len().into();
    audit::record(&mut tx, &deed, inside.permit.action(), "record", "", &detail).await?;
    ledger::write(&mut tx, &deed, inside.permit.action(), inside.id(), &pseudonyms(&inside.seal, &persons)).await?;
    tx.commit().await?;
    let page = ListPage {
        page: cx.page_titled(text(&inside.processing.name, cx.words.language())),
        crumbs: vec![Link::new("/records", cx.t("records-title"))],
        secrecy: secrecy(&cx, inside.regime),
        open_until: cx.words.t1("records-open-until", "time", &cx.words.time(inside.opening.until)),
        reason: inside.opening.reason.clone(),
        rows: views,
        incoming: incoming
            .iter()
            .map(|r| IncomingView {
                action: format!("{}/{}/take", inside.href(), r.id),
                at: cx.words.date_time(r.created_at),
                iso: cx.words.iso(r.created_at),
            })
            .collect(),
        newer: if cursor.is_some() { inside.href() } else { String::new() },
        older: last.map_or_else(String::new, |next| format!("{}?after={next}", inside.href())),
        href: inside.href(),
        may_create: inside.may(&cx, "record:create"),
        request: cx.app.clock.id().to_string(),
    };
    render(&page)
}

/// Opens title and persons of rows, for a list; gives the persons too, for the processing log.
pub(crate) fn views(cx: &Cx, inside: &Inside, rows: &[Row]) -> Result<(Vec<RowView>, Vec<Person>), Fault> {
    let mut views = Vec::with_capacity(rows.len());
    let mut all = Vec::new();
    for row in rows {
        let record = &row.envelope;
        let open = |name: &str, sealed: &Option<Vec<u8>>| -> Result<String, Fault> {
            let Some(sealed) = sealed else { return Ok(String::new()) };
            Ok(inside.seal.open_text(&place::field(inside.permit.municipality(), record.id, name), sealed)?)
        };
        let title = open("title", &row.title)?;
        let text = open("persons", &row.persons)?;
        let persons = persons_of(&[FieldText { name: "persons".to_owned(), is_special: false, text }]);
        let (tone, state) = state(record);
        views.push(RowView {
            href: format!("{}/{}", inside.href(), record.id),
            title: if title.is_empty() { cx.t("records-untitled") } else { title },
            persons: persons.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", "),
            iso: cx.words.iso(record.created_at),
            at: cx.words.date_time(record.created_at),
            tone,
            state: cx.t(state),
        });
        all.extend(persons);
    }
    Ok((views, all))
}

/// Tone and locale key of a record's state.
pub(crate) fn state(record: &store::Envelope) -> (&'static str, &'static str) {
    match (record.removed_at, record.ended_at, record.closed_at) {
        (Some(_), _, _) => ("off", "records-state-removed"),
        (_, Some(_), _) => ("off", "records-state-ended"),
        (_, _, Some(_)) => ("neutral", "records-state-closed"),
        _ => ("info", "records-state-open"),
    }
}
