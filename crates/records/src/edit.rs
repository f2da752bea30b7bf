//! Making a note, and correcting one: the value before a correction is kept, sealed, in the record's history
//! (Wpg art. 4).

use crate::config::RecordsConfig;
use crate::note::{self, Note};
use crate::open::{secrecy, text};
use crate::store::{self, Envelope, History};
use crate::typed::Typed;
use crate::way::{Inside, enter, has_participants, id_of, one};
use crate::write::{self, Act, FieldText, place};
use axum::Form;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{AnyVault, Fault, FieldFaults, Tx, Uuid};
use policy::Permit;
use serde_json::json;
use site::page::{Link, Page};
use site::{Cx, FormError, render_as, see_other};

/// Empty rows for persons below those that are filled.
const EMPTY_ROWS: usize = 2;

#[derive(askama::Template)]
#[template(path = "pages/edit.html")]
struct EditPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    faults: Vec<(String, String)>,
    typed: Typed,
    action: String,
    request: String,
    secrecy: String,
    persons: Vec<usize>,
    conclusion: bool,
    correcting: bool,
}

impl EditPage {
    fn fault(&self, field: &str) -> String {
        self.faults.iter().find(|(f, _)| *f == field).map(|(_, text)| text.clone()).unwrap_or_default()
    }
    fn person_field(&self, row: &usize, part: &str) -> String {
        format!("person-{row}-{part}")
    }
    fn person(&self, row: &usize, part: &str) -> String {
        self.typed.get(&format!("person-{row}-{part}"))
    }
}

/// `GET /records/{processing}/new`: an empty note.
///
/// # Errors
/// When the policy refuses.
pub async fn form(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    let inside = enter!(&cx, &id, "record:create", None);
    shown(&cx, &inside, None, Typed::default(), &Fault::Invalid(FieldFaults::default()))
}

/// `POST /records/{processing}/new`: a new note, once per request; its id is the request's.
///
/// # Errors
/// When the policy refuses or the database does. What the sender can mend comes back as the form.
pub async fn create(
    cx: Cx,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let typed = Typed(pairs);
    let inside = enter!(&cx, &id, "record:create", Some(&typed));
    let (note, faults) = Note::read(&typed, &cx.municipality.get::<RecordsConfig>());
    if !faults.is_empty() {
        return shown(&cx, &inside, None, typed, &Fault::Invalid(faults));
    }
    let request = typed.request()?;
    let to = format!("{}/{request}", inside.href());
    let municipality = inside.permit.municipality();
    let mut tx = inside.db.write().await?;
    if let Claim::Replay(to) = once::claim(&mut tx, municipality, request, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    let record = Envelope {
        id: request,
        kind: note::KIND.to_owned(),
        processing: inside.id().to_owned(),
        origin: "own".to_owned(),
        disclosure_id: None,
        created_at: cx.now,
        created_by: cx.actor.account,
        closed_at: None,
        ended_at: None,
        removed_at: None,
        version: 1,
    };
    let fields = note.fields();
    write::new(&mut tx, &inside.seal, municipality, &record, &fields).await?;
    if has_participants(inside.regime) {
        store::add_participant(&mut tx, municipality, record.id, inside.account, cx.now).await?;
    }
    let act = Act {
        action: inside.permit.action(),
        processing: inside.id(),
        record: record.id,
        act: "created",
        detail: inside.why(),
    };
    write::changed(&mut tx, &inside.seal, &cx.deed_for(inside.id()), &act, &fields).await?;
    tx.commit().await?;
    Ok(see_other(&to))
}

/// `GET /records/{processing}/{id}/edit`: the note as a form. It is a read, and logged as one.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn correct_form(cx: Cx, Path((processing, id)): Path<(String, String)>) -> Result<Response, Fault> {
    let inside = enter!(&cx, &processing, "record:edit", None);
    let id = id_of(&id)?;
    let mut tx = inside.db.write().await?;
    let (permit, record) = inside.record(&cx, &mut tx, id, "record:edit").await?;
    let fields = write::opened(&mut tx, &inside.seal, permit.municipality(), id).await?;
    let act = Act { action: permit.action(), processing: inside.id(), record: id, act: "read", detail: inside.why() };
    write::seen(&mut tx, &inside.seal, &cx.deed_for(inside.id()), &act, &fields).await?;
    tx.commit().await?;
    let typed = Note::typed(&fields).with("version", record.version.to_string());
    shown(&cx, &inside, Some(id), typed, &Fault::Invalid(FieldFaults::default()))
}

/// `POST /records/{processing}/{id}/edit`: corrects the fields that differ.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database does. What the sender can mend comes back as the
/// form.
pub async fn correct(
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
    let config = cx.municipality.get::<RecordsConfig>();
    let (note, mut faults) = Note::read(&typed, &config);
    let reason = typed.reason("reason", config.reason_min_chars, &mut faults);
    let outcome = match (faults.is_empty(), version == record.version) {
        (false, _) => Err(Fault::Invalid(faults)),
        (true, false) => Err(Fault::Stale),
        (true, true) => corrected(&cx, &mut tx, &inside, &permit, &record, (&note.fields(), &reason)).await,
    };
    match outcome {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other(&to))
        }
        Err(fault @ (Fault::Invalid(_) | Fault::Stale)) => {
            drop(tx);
            shown(&cx, &inside, Some(id), typed, &fault)
        }
        Err(fault) => Err(fault),
    }
}

/// Writes the fields that differ, and keeps what they were.
///
/// # Errors
/// [`Fault::Stale`] when somebody was first, or when the database refuses.
pub async fn corrected(
    cx: &Cx,
    tx: &mut Tx<AnyVault>,
    inside: &Inside,
    permit: &Permit,
    record: &Envelope,
    (fields, reason): (&[FieldText], &str),
) -> Result<(), Fault> {
    let deed = cx.deed_for(inside.id());
    let names = replace(tx, inside, permit, record.id, &deed, (fields, reason)).await?;
    if names.is_empty() {
        return Ok(());
    }
    one(store::touch(tx, permit.municipality(), record).await?)?;
    write::subjects(tx, &inside.seal, permit.municipality(), record.id, fields).await?;
    let mut detail = inside.why();
    detail["fields"] = json!(names);
    detail["correction"] = reason.into();
    let act = Act { action: permit.action(), processing: inside.id(), record: record.id, act: "corrected", detail };
    write::seen(tx, &inside.seal, &deed, &act, fields).await
}

/// Replaces each field that differs; one line of history per field, with the old value sealed in it. Gives the names.
async fn replace(
    tx: &mut Tx<AnyVault>,
    inside: &Inside,
    permit: &Permit,
    record: Uuid,
    deed: &kit::audit::Deed<'_>,
    (fields, reason): (&[FieldText], &str),
) -> Result<Vec<String>, Fault> {
    let (seal, municipality) = (&inside.seal, permit.municipality());
    let before = write::opened(tx, seal, municipality, record).await?;
    let mut names = Vec::new();
    for name in note::FIELDS {
        let was = before.iter().find(|f| f.name == name);
        let is = fields.iter().find(|f| f.name == name);
        if was == is {
            continue;
        }
        // A field that is emptied stays as an empty one: whoever it was disclosed to must hear of it.
        let empty = FieldText { name: name.to_owned(), is_special: false, text: String::new() };
        write::put(tx, seal, municipality, record, is.unwrap_or(&empty), deed.at).await?;
        let id = kit::clock::id_at(deed.at);
        let old = was.map(|f| seal.seal(&place::history(municipality, id), f.text.as_bytes())).transpose()?;
        let line = History {
            id,
            at: deed.at,
            actor_id: deed.actor,
            act: "corrected".to_owned(),
            detail: json!({ "field": name, "reason": reason }).to_string(),
            sealed_bytes: old,
        };
        store::add_history(tx, municipality, record, &line).await?;
        names.push(name.to_owned());
    }
    Ok(names)
}

fn shown(cx: &Cx, inside: &Inside, id: Option<Uuid>, typed: Typed, fault: &Fault) -> Result<Response, Fault> {
    let config = cx.municipality.get::<RecordsConfig>();
    let none = FieldFaults::default();
    let faults = if let Fault::Invalid(faults) = fault { faults } else { &none };
    let filled = (0..config.persons_most)
        .filter(|n| ["name", "birth"].iter().any(|p| !typed.get(&format!("person-{n}-{p}")).is_empty()))
        .max()
        .map_or(0, |n| n + 1);
    let mut page = cx.page(if id.is_some() { "records-correct-title" } else { "records-new-title" });
    let status = match fault {
        Fault::Invalid(faults) if faults.is_empty() => StatusCode::OK,
        fault => fault.status(),
    };
    if matches!(fault, Fault::Stale) {
        page = page.with_notice("warning", cx.t("records-stale"));
    }
    let name = text(&inside.processing.name, cx.words.language());
    let view = EditPage {
        page,
        crumbs: vec![Link::new("/records", cx.t("records-title")), Link::new(inside.href(), name)],
        errors: cx.summary(faults),
        faults: faults.sentences(&cx.words),
        action: id.map_or(format!("{}/new", inside.href()), |id| format!("{}/{id}/edit", inside.href())),
        request: cx.app.clock.id().to_string(),
        secrecy: secrecy(cx, inside.regime),
        persons: (0..(filled + EMPTY_ROWS).min(config.persons_most)).collect(),
        conclusion: note::has_conclusion(inside.regime) || !typed.get("conclusion").is_empty(),
        correcting: id.is_some(),
        typed,
    };
    render_as(status, &view)
}
