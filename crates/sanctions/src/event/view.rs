//! The page of one event: what it says, its history with what was corrected, and the coordinator's check.

use super::after::{self, Verdict};
use super::judge::is_open;
use super::{State, enter, kept, open, photo, told, typed};
use axum::extract::Path;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, Uuid};
use records::kin::{self, Act, Inside, secrecy};
use site::page::{FormError, Link, Page};
use site::{Cx, Fields, Trouble, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "event/pages/view.html")]
struct ViewPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    secrecy: String,
    base: String,
    request: String,
    version: i64,
    tone: &'static str,
    state: String,
    officer: String,
    deed: String,
    facts: Vec<(String, String)>,
    photos: Vec<String>,
    history: Vec<LineView>,
    note: String,
    may_write: bool,
    may_correct: bool,
    may_check: bool,
    may_withdraw: bool,
    may_print: bool,
    own_check: bool,
    disclose: String,
}

struct LineView {
    iso: String,
    at: String,
    what: String,
    who: String,
    note: String,
    before: String,
}

impl ViewPage {
    fn fault(&self, field: &str) -> String {
        self.errors.iter().find(|e| e.field == field).map(|e| e.text.clone()).unwrap_or_default()
    }
}

/// `GET /sanctions/{id}`: everything about one event. Reading it is logged.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn view(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let inside = enter!(&cx, "sanction:read", None);
    shown(&cx, &inside, id, (Trouble::default(), String::new())).await
}

/// `POST /sanctions/{id}`: the coordinator finds it good (`good`), gives it back (`back`) or withdraws it (`withdraw`).
///
/// # Errors
/// As [`after::check`] and [`after::withdraw`]; what can be mended comes back as the page.
pub async fn change(cx: Cx, Path(id): Path<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let kept = kept(&fields);
    let action = if cx.may("sanction:check") { "sanction:check" } else { "sanction:write" };
    let inside = enter!(&cx, action, Some(&kept));
    let (request, version, note) = (fields.id("request")?, fields.number("version")?, fields.get("note").to_owned());
    let to = format!("/sanctions/{id}");
    let mut tx = inside.db.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, cx.code(), request, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    let outcome = match fields.get("what") {
        "good" => after::check(&cx, &inside, &mut tx, (id, version), (Verdict::Good, &note)).await,
        "back" => after::check(&cx, &inside, &mut tx, (id, version), (Verdict::Back, &note)).await,
        "withdraw" => after::withdraw(&cx, &inside, &mut tx, (id, version), &note).await,
        _ => Err(Fault::Bad("fault-bad-request")),
    };
    match outcome {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&to))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale)) => {
            drop(tx);
            shown(&cx, &inside, id, (Trouble::of(fault)?, note)).await
        }
        Err(fault) => Err(fault),
    }
}

async fn shown(cx: &Cx, inside: &Inside, id: Uuid, (trouble, note): (Trouble, String)) -> Result<Response, Fault> {
    let mut tx = inside.db.write().await?;
    let (permit, record, event) = open(cx, inside, &mut tx, (id, "sanction:read")).await?;
    let own = event.officer_id == inside.account;
    // A draft is its officer's alone until it is signed.
    if event.state == State::Draft && !own {
        return Err(Fault::NotFound);
    }
    let draft = typed(inside, &mut tx, id).await?;
    let history = kin::history(&mut tx, &permit, id).await?;
    let photos = photo::of(&mut tx, cx.code(), id).await?;
    let act = Act { action: permit.action(), processing: inside.id(), record: id, act: "read", detail: inside.why() };
    kin::seen(&mut tx, &inside.seal, &cx.deed_for(inside.id()), &act, &told::fields(cx, &draft)).await?;
    tx.commit().await?;
    let mut main = cx.read().await?;
    let accounts = kin::accounts(&mut main, &permit).await?;
    drop(main);
    let name = |account: &Uuid| {
        let known = accounts.iter().find(|(id, _)| id == account);
        known.map_or_else(|| cx.t("records-account-gone"), |(_, name)| name.clone())
    };
    let mut lines = Vec::with_capacity(history.len());
    for line in &history {
        lines.push(line_view(cx, inside, line, &name)?);
    }
    let open_now = is_open(event.state);
    let may_check = cx.may("sanction:check");
    let lasting = !open_now && event.state != State::Withdrawn;
    let view = ViewPage {
        page: cx.page_titled(
            told::fields(cx, &draft)
                .into_iter()
                .find(|f| f.name == "title")
                .map_or_else(|| cx.t("sanctions-untitled"), |f| f.text),
        ),
        crumbs: vec![Link::new("/sanctions", cx.t("sanctions-title"))],
        errors: trouble.said(cx, "note").all,
        secrecy: secrecy(cx, inside.regime),
        base: format!("/sanctions/{id}"),
        request: cx.app.clock.id().to_string(),
        version: record.version,
        tone: event.state.tone(),
        state: cx.t(&format!("sanctions-state-{}", event.state)),
        officer: name(&event.officer_id),
        deed: event.deed,
        facts: told::lines(cx, &draft),
        photos,
        history: lines,
        note,
        may_write: own && open_now && cx.may("sanction:write"),
        may_correct: own && lasting && cx.may("sanction:write"),
        may_check: may_check && event.state == State::Signed && !own,
        may_withdraw: if may_check { event.state != State::Withdrawn && !open_now } else { own && open_now },
        may_print: lasting,
        own_check: may_check && own && event.state == State::Signed,
        disclose: if may_check && lasting { format!("/records/{}/{id}/disclose", inside.id()) } else { String::new() },
    };
    render_as(trouble.status(), &view)
}

fn line_view(
    cx: &Cx,
    inside: &Inside,
    line: &records::History,
    name: &dyn Fn(&Uuid) -> String,
) -> Result<LineView, Fault> {
    let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap_or_default();
    let said = |key: &str| detail[key].as_str().unwrap_or_default().to_owned();
    let mut what = cx.t(&format!("records-act-{}", line.act));
    let field = said("field");
    if !field.is_empty() {
        what = format!("{what}: {}", cx.t(&format!("records-field-{field}")));
    }
    // Only the text holds all; title, persons and place stand in it too.
    let before = match field.as_str() {
        "text" => kin::before(&inside.seal, inside.permit.municipality(), line)?.unwrap_or_default(),
        _ => String::new(),
    };
    let note = if field.is_empty() { said("why") } else { said("reason") };
    Ok(LineView {
        iso: cx.words.iso(line.at),
        at: cx.words.date_time(line.at),
        what,
        who: line.actor_id.as_ref().map_or_else(|| cx.t("records-by-regie"), name),
        note,
        before,
    })
}
