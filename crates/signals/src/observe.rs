//! Observation: what an officer sees on the street, on a page for a phone. It is written together with
//! the officer's presence, as what officers find can only be read per hour of presence.

#[cfg(test)]
mod tests;

use crate::category::Catalogue;
use crate::intake::{self, Desk};
use crate::model::Source;
use crate::presence::Presence;
use crate::report::draft::Draft;
use crate::report::flow::{self, Outcome, Wish};
use crate::report::form::FormView;
use crate::report::seen_at;
use crate::report::typed::Sent;
use axum::extract::{Multipart, Query};
use axum::http::StatusCode;
use axum::response::Response;
use kit::{At, Fault, FieldFaults, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::page::Page;
use site::{Cx, render, render_as, see_other};

/// A clock that runs ahead by this much is no lie.
const AHEAD_MICROS: i64 = 5 * 60_000_000;

#[derive(askama::Template)]
#[template(path = "observe/pages/form.html")]
struct ObservePage {
    page: Page,
    form: FormView,
    action: &'static str,
    made: Option<Made>,
    again: bool,
}

struct Made {
    href: String,
    text: String,
}

impl ObservePage {
    fn new(cx: &Cx, form: FormView, again: bool) -> Self {
        Self { page: cx.page("observe-title"), form, action: "/observe", made: None, again }
    }
}

/// What was just written.
#[derive(Debug, Deserialize)]
pub struct Before {
    made: Option<Uuid>,
}

/// `GET /observe`: an empty form, and what was just written.
///
/// # Errors
/// When the policy refuses.
pub async fn form(cx: Cx, Query(before): Query<Before>) -> Result<Response, Fault> {
    cx.permit("signal:create", &Resource::ordinary("signal", cx.code()))?;
    let mut page = ObservePage::new(&cx, FormView::empty(&cx), false);
    page.made = before.made.map(|id| Made {
        href: format!("/signals/{id}"),
        text: cx.words.t1("observe-made", "reference", &intake::reference(id)),
    });
    render(&page)
}

/// `POST /observe`: an observation with the officer's presence, or a press on the form's map.
///
/// # Errors
/// When the body is no form, the policy refuses, or the database does.
pub async fn send(cx: Cx, body: Multipart) -> Result<Response, Fault> {
    let permit = cx.permit("signal:create", &Resource::ordinary("signal", cx.code()))?;
    let account = permit.actor().ok_or(Fault::SignIn)?;
    let sent = Sent::read(body).await?;
    let draft = sent.onto(Draft::fresh(&cx));
    let wish = wish(&cx, account, &draft);
    match flow::take(&cx, &permit, draft, sent.uploads, wish).await? {
        Outcome::Made(id) => Ok(see_other(&format!("/observe?made={id}"))),
        Outcome::Form { status: StatusCode::OK, view, .. } => render(&ObservePage::new(&cx, *view, false)),
        Outcome::Form { status, view, again } => render_as(status, &ObservePage::new(&cx, *view, again)),
    }
}

/// The signal and the presence that the form asks for.
fn wish(cx: &Cx, account: Uuid, draft: &Draft) -> Wish {
    let desk = Desk::of(&cx.municipality);
    let mut faults = draft.faults.clone();
    let from = seen_at(cx, &draft.started_at, "started_at", &mut faults);
    let to = seen_at(cx, &draft.ended_at, "ended_at", &mut faults);
    flow::join(&mut faults, check_times(cx, from, to));
    let mut new = draft.signal(cx, Source::Officer, from);
    new.reporter = None;
    let mut checked = desk.check(&new, cx.now);
    // its fault is that of the begin here
    checked.0.retain(|f| f.field != "occurred_at");
    flow::join(&mut faults, checked);
    // where only the neighbourhood is known, the presence counts in its middle
    let point = new.place.or_else(|| desk.sheet.get(new.area.as_deref()?).map(|a| a.centre));
    let presence = point.and_then(|at| Presence::at(&cx.municipality, draft.presence, account, (from, to), at));
    if presence.is_none() {
        let mut missing = FieldFaults::default();
        missing.add("place", "observe-place-missing");
        faults.0.retain(|f| f.field != "address" || f.key != "signal-place-missing");
        flow::join(&mut faults, missing);
    }
    new.presence_id = presence.as_ref().map(|p| p.id);
    Wish { new, faults, presence }
}

fn check_times(cx: &Cx, from: At, to: At) -> FieldFaults {
    let mut faults = FieldFaults::default();
    let latest = cx.now.micros() + AHEAD_MICROS;
    let most = cx.municipality.get::<Catalogue>().presence.most_hours;
    if from.micros() > latest {
        faults.add("started_at", "signal-time-future");
    } else if to < from {
        faults.add("ended_at", "observe-ended-before");
    } else if to.micros() - from.micros() > most * 3_600_000_000 {
        faults.add_with("started_at", "observe-too-long", vec![("most", most.to_string())]);
    }
    if to.micros() > latest {
        faults.add("ended_at", "signal-time-future");
    }
    faults
}
