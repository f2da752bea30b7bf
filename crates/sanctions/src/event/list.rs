//! The list: the officer's own events, or all of them for the coordinator.

use super::{State, enter, store};
use axum::response::Response;
use kit::clock::day_date;
use kit::{Fault, audit};
use records::kin::{secrecy, title};
use site::page::{Link, Page};
use site::{Cx, render};

/// Most events in the list; older ones are found by a targeted query or by their address.
const MOST: i64 = 60;

#[derive(askama::Template)]
#[template(path = "event/pages/list.html")]
struct ListPage {
    page: Page,
    secrecy: String,
    tabs: Vec<Link>,
    may_write: bool,
    may_check: bool,
    parts: Vec<Part>,
}

struct Part {
    heading: String,
    empty: String,
    rows: Vec<RowView>,
}

struct RowView {
    href: String,
    title: String,
    day: String,
    iso: String,
    tone: &'static str,
    state: String,
}

/// The pages that belong together.
pub(crate) fn tabs(cx: &Cx, current: &str) -> Vec<Link> {
    let all: [(&str, &str, &'static str); 4] = [
        ("/sanctions", "sanctions-title", "sanction:read"),
        ("/sanctions/export", "sanctions-export-title", "sanction:export"),
        ("/sanctions/figures", "sanctions-figures-title", "sanction:figures"),
        ("/wrecks", "wrecks-title", "wreck:read"),
    ];
    all.into_iter()
        .filter(|(_, _, action)| cx.may(action))
        .map(|(href, key, _)| Link { current: href == current, ..Link::new(href, cx.t(key)) })
        .collect()
}

/// `GET /sanctions`: mine, or for the coordinator everybody's.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let inside = enter!(&cx, "sanction:read", None);
    let may_check = cx.may("sanction:check");
    let officer = (!may_check).then_some(inside.account);
    let mut tx = inside.db.write().await?;
    let rows = store::list(&mut tx, &inside.permit, (officer, inside.free_since(&cx)), MOST).await?;
    let deed = cx.deed_for(inside.id());
    let mut detail = inside.why();
    detail["shown"] = rows.len().into();
    audit::record(&mut tx, &deed, inside.permit.action(), "record", "", &detail).await?;
    tx.commit().await?;
    let part = |heading: &str, states: &[State]| -> Result<Part, Fault> {
        let of = rows.iter().filter(|r| states.contains(&r.event.state));
        let rows = of.map(|row| row_view(&cx, &inside, row)).collect::<Result<Vec<_>, Fault>>()?;
        Ok(Part { heading: cx.t(heading), empty: cx.t(&format!("{heading}-none")), rows })
    };
    let (open, waiting) = ([State::Draft, State::Returned], [State::Signed]);
    let done = [State::Checked, State::Exported, State::Withdrawn];
    let parts = if may_check {
        vec![
            part("sanctions-part-check", &waiting)?,
            part("sanctions-part-returned", &open)?,
            part("sanctions-part-done", &done)?,
        ]
    } else {
        vec![
            part("sanctions-part-open", &open)?,
            part("sanctions-part-waiting", &waiting)?,
            part("sanctions-part-done", &done)?,
        ]
    };
    render(&ListPage {
        page: cx.page("sanctions-title"),
        secrecy: secrecy(&cx, inside.regime),
        tabs: tabs(&cx, "/sanctions"),
        may_write: cx.may("sanction:write"),
        may_check,
        parts,
    })
}

fn row_view(cx: &Cx, inside: &records::kin::Inside, row: &store::Row) -> Result<RowView, Fault> {
    let event = &row.event;
    let title = match &row.title {
        Some(sealed) => title(&inside.seal, inside.permit.municipality(), event.record_id, sealed)?,
        None => cx.t("sanctions-untitled"),
    };
    let day = day_date(i32::try_from(event.day).unwrap_or(0));
    let writing = super::judge::is_open(event.state) && event.officer_id == inside.account;
    Ok(RowView {
        href: format!("/sanctions/{}{}", event.record_id, if writing { "/write" } else { "" }),
        title,
        day: cx.words.day(day),
        iso: day.to_string(),
        tone: event.state.tone(),
        state: cx.t(&format!("sanctions-state-{}", event.state)),
    })
}
