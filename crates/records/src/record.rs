//! The page of one record, and what changes it besides its words: closing, ending, who takes part.

use crate::disclose::view::{self, GivenView};
use crate::list::state;
use crate::note;
use crate::open::{secrecy, text};
use crate::stage;
use crate::store::{self, Envelope, History, crossing, disclosure};
use crate::typed::Typed;
use crate::way::{Inside, enter, has_participants, id_of, one};
use crate::write::{self, Act, FieldText};
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Uuid};
use law::Trigger;
use policy::Permit;
use serde_json::Value;
use site::app::Shared;
use site::page::{Choice, Link, Page};
use site::{Cx, FormError, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "pages/record.html")]
struct RecordPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    faults: Vec<(String, String)>,
    typed: Typed,
    secrecy: String,
    href: String,
    id: Uuid,
    app: Shared,
    version: i64,
    tone: &'static str,
    state: String,
    made: String,
    term: String,
    fields: Vec<(String, String)>,
    special: bool,
    came: Option<CameView>,
    given: Vec<GivenView>,
    to_correct: Vec<Choice>,
    participants: Vec<Choice>,
    colleagues: Vec<Choice>,
    has_participants: bool,
    may_edit: bool,
    may_disclose: bool,
    may_close: bool,
    may_end: bool,
    history: Vec<LineView>,
}

impl RecordPage {
    /// A new request id for one form.
    fn fresh(&self) -> Uuid {
        self.app.clock.id()
    }
    fn fault(&self, field: &str) -> String {
        self.faults.iter().find(|(f, _)| *f == field).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

struct CameView {
    from: String,
    basis: String,
    purpose: String,
    at: String,
    recalled: bool,
}

/// A line of history, for a page.
pub(crate) struct LineView {
    pub iso: String,
    pub at: String,
    pub who: String,
    pub text: String,
    pub note: String,
}

/// `GET /records/{processing}/{id}`: everything about one record. Reading it is logged.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn page(cx: Cx, Path((processing, id)): Path<(String, String)>) -> Result<Response, Fault> {
    let inside = enter!(&cx, &processing, "record:read", None);
    shown(&cx, &inside, id_of(&id)?, Typed::default(), &Fault::Invalid(FieldFaults::default())).await
}

/// `POST /records/{processing}/{id}/change`: closes or ends the record, or changes who takes part; `what` says which.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Bad`] for a form that is not ours, or when the policy refuses or the database does.
/// What the sender can mend comes back as the page.
pub async fn change(
    cx: Cx,
    Path((processing, id)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let typed = Typed(pairs);
    let inside = enter!(&cx, &processing, "record:edit", Some(&typed));
    let id = id_of(&id)?;
    let (request, version) = (typed.request()?, typed.version()?);
    let to = format!("{}/{id}", inside.href());
    let mut tx = inside.db.write().await?;
    let (permit, record) = inside.record(&cx, &mut tx, id, "record:edit").await?;
    if let Claim::Replay(to) = once::claim(&mut tx, permit.municipality(), request, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    let outcome = match version == record.version {
        true => changed(&cx, &mut tx, &inside, &permit, (record, &typed)).await,
        false => Err(Fault::Stale),
    };
    match outcome {
        Ok(goes) => {
            tx.commit().await?;
            Ok(see_other(if goes { &to[..inside.href().len()] } else { &to }))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale)) => {
            drop(tx);
            shown(&cx, &inside, id, typed, &fault).await
        }
        Err(fault) => Err(fault),
    }
}

/// Does what the form asks; true when the actor cannot see the record any more.
async fn changed(
    cx: &Cx,
    tx: &mut kit::Tx<kit::AnyVault>,
    inside: &Inside,
    permit: &Permit,
    (record, typed): (Envelope, &Typed),
) -> Result<bool, Fault> {
    let config = cx.municipality.get::<crate::RecordsConfig>();
    let municipality = permit.municipality();
    let mut detail = inside.why();
    let mut after = record.clone();
    let mut goes = false;
    let act = match typed.get("what").as_str() {
        what @ ("close" | "end") => {
            let mut faults = FieldFaults::default();
            detail["why"] = typed.reason("close-reason", config.reason_min_chars, &mut faults).into();
            faults.ok()?;
            let (at, act) =
                if what == "close" { (&mut after.closed_at, "closed") } else { (&mut after.ended_at, "ended") };
            if at.is_some() {
                return Err(Fault::Stale);
            }
            *at = Some(cx.now);
            act
        }
        "add" => {
            let account = participant(cx, permit, typed).await?;
            store::add_participant(tx, municipality, record.id, account, cx.now).await?;
            detail["account"] = account.to_string().into();
            "participant-added"
        }
        "remove" => {
            let account = participant(cx, permit, typed).await?;
            if store::participants(tx, permit, record.id).await?.len() < 2 {
                return Err(invalid("participant", "records-participant-last"));
            }
            one(store::drop_participant(tx, permit, record.id, account).await?)?;
            detail["account"] = account.to_string().into();
            goes = account == inside.account;
            "participant-removed"
        }
        _ => return Err(Fault::Bad("fault-bad-request")),
    };
    if matches!(act, "participant-added" | "participant-removed") && !has_participants(inside.regime) {
        return Err(Fault::Bad("fault-bad-request"));
    }
    one(store::touch(tx, municipality, &after).await?)?;
    let fields = write::opened(tx, &inside.seal, municipality, record.id).await?;
    let deed = cx.deed_for(inside.id());
    let act = Act { action: permit.action(), processing: inside.id(), record: record.id, act, detail };
    write::changed(tx, &inside.seal, &deed, &act, &fields).await?;
    Ok(goes)
}

fn invalid(field: &'static str, key: &'static str) -> Fault {
    let mut faults = FieldFaults::default();
    faults.add(field, key);
    Fault::Invalid(faults)
}

/// The account that the form names, when it is one of this municipality.
async fn participant(cx: &Cx, permit: &Permit, typed: &Typed) -> Result<Uuid, Fault> {
    let account = Uuid::try_parse(&typed.get("participant"))
        .map_err(|_| invalid("participant", "records-participant-missing"))?;
    let mut main = cx.read().await?;
    let known = store::accounts(&mut main, permit).await?.iter().any(|(id, _)| *id == account);
    if known { Ok(account) } else { Err(invalid("participant", "records-participant-missing")) }
}

/// `POST /records/{processing}/{id}/take`: takes part in a record that came in and that nobody takes part in yet.
///
/// # Errors
/// [`Fault::NotFound`] when there is no such record, or somebody was first.
pub async fn take(
    cx: Cx,
    Path((processing, id)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let typed = Typed(pairs);
    let inside = enter!(&cx, &processing, "record:edit", Some(&typed));
    let id = id_of(&id)?;
    let municipality = inside.permit.municipality();
    let to = format!("{}/{id}", inside.href());
    let mut tx = inside.db.write().await?;
    let waits = has_participants(inside.regime)
        && store::unassigned(&mut tx, &inside.permit, inside.id()).await?.iter().any(|r| r.id == id);
    if !waits {
        return if store::takes_part(&mut tx, &inside.permit, id, inside.account).await? {
            Ok(see_other(&to))
        } else {
            Err(Fault::NotFound)
        };
    }
    store::add_participant(&mut tx, municipality, id, inside.account, cx.now).await?;
    let fields = write::opened(&mut tx, &inside.seal, municipality, id).await?;
    let act = Act {
        action: inside.permit.action(),
        processing: inside.id(),
        record: id,
        act: "taken-up",
        detail: inside.why(),
    };
    write::changed(&mut tx, &inside.seal, &cx.deed_for(inside.id()), &act, &fields).await?;
    tx.commit().await?;
    Ok(see_other(&to))
}

/// The page, with what was typed and what was wrong with it. Reading it is logged.
async fn shown(cx: &Cx, inside: &Inside, id: Uuid, typed: Typed, fault: &Fault) -> Result<Response, Fault> {
    let mut tx = inside.db.write().await?;
    let (permit, record) = inside.record(cx, &mut tx, id, "record:read").await?;
    if let Some(home) = crate::kin::home(&record) {
        return Ok(see_other(&home));
    }
    let municipality = permit.municipality();
    let fields = write::opened(&mut tx, &inside.seal, municipality, id).await?;
    let history = store::history(&mut tx, &permit, id).await?;
    let participants = store::participants(&mut tx, &permit, id).await?;
    let changed = store::fields(&mut tx, municipality, id).await?;
    let receipt = match record.disclosure_id {
        Some(disclosure) => crossing::receipt(&mut tx, municipality, disclosure).await?,
        None => None,
    };
    let may_disclose = inside.record(cx, &mut tx, id, "record:disclose").await.is_ok();
    let given = match may_disclose {
        true => disclosure::of_record(&mut tx, municipality, id).await?,
        false => vec![],
    };
    let may_edit = inside.record(cx, &mut tx, id, "record:edit").await.is_ok();
    let act = Act { action: permit.action(), processing: inside.id(), record: id, act: "read", detail: inside.why() };
    write::seen(&mut tx, &inside.seal, &cx.deed_for(inside.id()), &act, &fields).await?;
    tx.commit().await?;
    let mut main = cx.read().await?;
    let accounts = store::accounts(&mut main, &permit).await?;
    drop(main);
    let name_of = |account: &Uuid| {
        let known = accounts.iter().find(|(id, _)| id == account);
        known.map_or_else(|| cx.t("records-account-gone"), |(_, name)| name.clone())
    };
    let none = FieldFaults::default();
    let faults = if let Fault::Invalid(faults) = fault { faults } else { &none };
    let title = fields.iter().find(|f| f.name == "title").map(|f| f.text.clone());
    let mut page = cx.page_titled(title.unwrap_or_else(|| cx.t("records-untitled")));
    if matches!(fault, Fault::Stale) {
        page = page.with_notice("warning", cx.t("records-stale"));
    }
    let (tone, word) = state(&record);
    let lang = cx.words.language();
    let rule = stage::rule(cx, &inside.processing, &record.kind);
    let ends = rule.is_some_and(|r| r.trigger == Trigger::Ended);
    let choice = |account: &Uuid| Choice::new(account.to_string(), name_of(account));
    let to_correct = given.iter().filter(|d| view::is_outdated(d, &changed));
    let view = RecordPage {
        crumbs: vec![
            Link::new("/records", cx.t("records-title")),
            Link::new(inside.href(), text(&inside.processing.name, lang)),
        ],
        errors: cx.summary(faults),
        faults: faults.sentences(&cx.words),
        typed,
        secrecy: secrecy(cx, inside.regime),
        href: format!("{}/{id}", inside.href()),
        id,
        app: cx.app.clone(),
        version: record.version,
        tone,
        state: cx.t(word),
        made: made(cx, &record, &name_of),
        term: rule.map(|r| format!("{} ({})", text(&r.name, lang), r.article)).unwrap_or_default(),
        special: fields.iter().any(|f| f.is_special),
        fields: shown_fields(cx, &fields),
        came: receipt.map(|r| CameView {
            from: r.from_regime.parse().map_or_else(|_| r.from_regime.clone(), |regime| view::regime(cx, regime)),
            basis: view::basis(cx, &r.basis),
            purpose: r.purpose,
            at: cx.words.date_time(r.at),
            recalled: r.state == "recalled",
        }),
        to_correct: to_correct.map(|d| Choice::new(d.id.to_string(), view::receiver(cx, d))).collect(),
        given: given.iter().map(|d| view::given(cx, d, &inside.href())).collect(),
        colleagues: accounts.iter().map(|(id, name)| Choice::new(id.to_string(), name.as_str())).collect(),
        participants: participants.iter().map(choice).collect(),
        has_participants: has_participants(inside.regime),
        may_edit,
        may_disclose,
        may_close: may_edit && record.closed_at.is_none(),
        may_end: may_edit && ends && record.ended_at.is_none(),
        history: history.iter().map(|line| line_view(cx, line, &name_of)).collect(),
        page,
    };
    let status = match fault {
        Fault::Invalid(faults) if faults.is_empty() => StatusCode::OK,
        fault => fault.status(),
    };
    render_as(status, &view)
}

/// Label and text of each field.
pub(crate) fn shown_fields(cx: &Cx, fields: &[FieldText]) -> Vec<(String, String)> {
    fields.iter().map(|f| (cx.t(&format!("records-field-{}", f.name)), note::shown(f, &cx.words))).collect()
}

fn made(cx: &Cx, record: &Envelope, name_of: &dyn Fn(&Uuid) -> String) -> String {
    let at = cx.words.date_time(record.created_at);
    match &record.created_by {
        Some(account) => cx.words.ta("records-made-by", &[("at", at.into()), ("name", name_of(account).into())]),
        None => at,
    }
}

/// A line of history in words; its note is the reason that was given.
pub(crate) fn line_view(cx: &Cx, line: &History, name_of: &dyn Fn(&Uuid) -> String) -> LineView {
    let detail: Value = serde_json::from_str(&line.detail).unwrap_or_default();
    let said = |name: &str| detail[name].as_str().unwrap_or_default().to_owned();
    let mut text = cx.t(&format!("records-act-{}", line.act));
    if !said("field").is_empty() {
        text = format!("{text}: {}", cx.t(&format!("records-field-{}", said("field"))));
    }
    if let Ok(account) = Uuid::try_parse(&said("account")) {
        text = format!("{text}: {}", name_of(&account));
    }
    let note = ["why", "correction", "how", "reason"].into_iter().map(said).find(|s| !s.is_empty());
    LineView {
        iso: cx.words.iso(line.at),
        at: cx.words.date_time(line.at),
        who: line.actor_id.as_ref().map_or_else(|| cx.t("records-by-regie"), name_of),
        text,
        note: note.unwrap_or_default(),
    }
}
