//! One disclosure: how far it is, what to hand over outside Regie, calling it back, and sending a correction after it.

use super::delivery::{Payload, unpack};
use super::propose::cross;
use super::view;
use super::{Act, DisclosureRow, State};
use crate::config::RecordsConfig;
use crate::open::{secrecy, text};
use crate::record::shown_fields;
use crate::store::{self, crossing, disclosure};
use crate::typed::Typed;
use crate::way::{Inside, enter, id_of, one};
use crate::write::{self, FieldText, place};
use axum::Form;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kit::once::{self, Claim};
use kit::{AnyVault, Fault, FieldFaults, Tx, Uuid};
use law::Need;
use policy::Permit;
use serde_json::json;
use site::page::{Link, Page};
use site::{Cx, FormError, render_as, see_other};
use std::collections::BTreeMap;

#[derive(askama::Template)]
#[template(path = "pages/given.html")]
struct GivenPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    faults: Vec<(String, String)>,
    typed: Typed,
    secrecy: String,
    href: String,
    request: Uuid,
    handed_request: Uuid,
    tone: &'static str,
    state: String,
    facts: Vec<(String, String)>,
    hand_over: Vec<(String, String)>,
    outside: bool,
    may_recall: bool,
}

impl GivenPage {
    fn fault(&self, field: &str) -> String {
        self.faults.iter().find(|(f, _)| *f == field).map(|(_, text)| text.clone()).unwrap_or_default()
    }
}

/// A disclosure of a record that the actor may disclose.
struct Found {
    permit: Permit,
    record: store::Envelope,
    row: DisclosureRow,
}

async fn find(cx: &Cx, tx: &mut Tx<AnyVault>, inside: &Inside, (record, id): (&str, &str)) -> Result<Found, Fault> {
    let (record, id) = (id_of(record)?, id_of(id)?);
    let (permit, record) = inside.record(cx, tx, record, "record:disclose").await?;
    let rows = disclosure::of_record(tx, permit.municipality(), record.id).await?;
    let row = rows.into_iter().find(|d| d.id == id).ok_or(Fault::NotFound)?;
    Ok(Found { permit, record, row })
}

/// `GET /records/{processing}/{id}/disclosures/{disclosure}`: the page; what is to be handed over can be printed.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database cannot be read.
pub async fn page(cx: Cx, Path((p, record, id)): Path<(String, String, String)>) -> Result<Response, Fault> {
    let inside = enter!(&cx, &p, "record:disclose", None);
    shown(&cx, &inside, (&record, &id), Typed::default(), &FieldFaults::default()).await
}

/// `GET /records/{processing}/{id}/disclosures/{disclosure}/content.json`: what is to be handed over, for the receiver.
///
/// # Errors
/// [`Fault::NotFound`] when nothing waits to be handed over, or when the policy refuses.
pub async fn content(cx: Cx, Path((p, record, id)): Path<(String, String, String)>) -> Result<Response, Fault> {
    let inside = enter!(&cx, &p, "record:disclose", None);
    let mut tx = inside.db.write().await?;
    let found = find(&cx, &mut tx, &inside, (&record, &id)).await?;
    let fields = waiting(&mut tx, &inside, &found).await?.ok_or(Fault::NotFound)?;
    seen(&cx, &mut tx, &inside, &found, &fields).await?;
    tx.commit().await?;
    let body = json!({
        "disclosure": found.row.id,
        "municipality": cx.code(),
        "regime": inside.regime.code(),
        "receiver": { "kind": found.row.receiver_kind, "name": found.row.receiver },
        "basis": found.row.basis,
        "purpose": found.row.purpose,
        "at": cx.words.iso(found.row.at),
        "secrecy": secrecy(&cx, inside.regime),
        "fields": fields.iter().map(|f| match f.name.as_str() {
            "persons" => json!({ "name": f.name, "special": f.is_special, "persons": crate::note::persons_of(std::slice::from_ref(f)) }),
            _ => json!({ "name": f.name, "special": f.is_special, "text": f.text }),
        }).collect::<Vec<_>>(),
    });
    let name = format!("attachment; filename=\"{}.json\"", found.row.id);
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, body.to_string()).into_response())
}

/// What waits to be handed over by hand, opened.
async fn waiting(tx: &mut Tx<AnyVault>, inside: &Inside, found: &Found) -> Result<Option<Vec<FieldText>>, Fault> {
    let municipality = found.permit.municipality();
    let waiting = crossing::waiting(tx, municipality, found.row.id).await?;
    let Some(waiting) = waiting.filter(|c| c.to_vault.is_empty()) else { return Ok(None) };
    Ok(Some(unpack(&inside.seal, municipality, &waiting)?.fields))
}

async fn seen(
    cx: &Cx,
    tx: &mut Tx<AnyVault>,
    inside: &Inside,
    found: &Found,
    fields: &[FieldText],
) -> Result<(), Fault> {
    let mut detail = inside.why();
    detail["disclosure"] = found.row.id.to_string().into();
    let act = write::Act {
        action: found.permit.action(),
        processing: inside.id(),
        record: found.record.id,
        act: "read",
        detail,
    };
    write::seen(tx, &inside.seal, &cx.deed_for(inside.id()), &act, fields).await
}

/// `POST /records/{processing}/{id}/disclosures/{disclosure}`: `handed-over` notes how, `recall` calls it back.
///
/// # Errors
/// [`Fault::NotFound`], [`Fault::Bad`] for a form that is not ours, or when the policy refuses or the database does.
pub async fn change(
    cx: Cx,
    Path((p, record, id)): Path<(String, String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let typed = Typed(pairs);
    let inside = enter!(&cx, &p, "record:disclose", Some(&typed));
    let request = typed.request()?;
    let config = cx.municipality.get::<RecordsConfig>();
    let to = format!("{}/{record}/disclosures/{id}", inside.href());
    let mut tx = inside.db.write().await?;
    let found = find(&cx, &mut tx, &inside, (&record, &id)).await?;
    let municipality = found.permit.municipality();
    if let Claim::Replay(to) = once::claim(&mut tx, municipality, request, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    let mut faults = FieldFaults::default();
    let recall = match typed.get("what").as_str() {
        "recall" => true,
        "handed-over" => false,
        _ => return Err(Fault::Bad("fault-bad-request")),
    };
    let words = match recall {
        true => typed.reason("recall-reason", config.reason_min_chars, &mut faults),
        false => typed.reason("how", 2, &mut faults),
    };
    if !faults.is_empty() {
        drop(tx);
        return shown(&cx, &inside, (&record, &id), typed, &faults).await;
    }
    match recall {
        true => recalled(&cx, &mut tx, &inside, &found, &words).await?,
        false => handed_over(&cx, &mut tx, &inside, &found, &words).await?,
    }
    tx.commit().await?;
    Ok(see_other(&to))
}

async fn handed_over(cx: &Cx, tx: &mut Tx<AnyVault>, inside: &Inside, found: &Found, how: &str) -> Result<(), Fault> {
    let municipality = found.permit.municipality();
    let from = (State::Outside, State::Outside);
    one(disclosure::set_state(tx, municipality, found.row.id, from, (State::HandedOver, cx.now)).await?)?;
    let fields = waiting(tx, inside, found).await?.unwrap_or_default();
    crossing::all_done(tx, municipality, found.row.id, cx.now).await?;
    logged(cx, tx, inside, found, ("handed-over", "how", how), &fields).await
}

async fn recalled(cx: &Cx, tx: &mut Tx<AnyVault>, inside: &Inside, found: &Found, reason: &str) -> Result<(), Fault> {
    let municipality = found.permit.municipality();
    let id = found.row.id;
    if found.row.state == State::Recalled {
        return Err(Fault::Stale);
    }
    one(disclosure::set_state(tx, municipality, id, (found.row.state, found.row.state), (State::Recalled, cx.now))
        .await?)?;
    let vault = vault_of(tx, municipality, id).await?;
    crossing::all_done(tx, municipality, id, cx.now).await?;
    if !vault.is_empty() {
        let payload = payload(inside, found, vec![], reason, cx);
        cross(tx, &inside.seal, &cx.deed_for(inside.id()), (id, Act::Recall, &vault), &payload).await?;
    }
    let fields = write::opened(tx, &inside.seal, municipality, found.record.id).await?;
    logged(cx, tx, inside, found, ("disclosure-recalled", "why", reason), &fields).await
}

/// The vault to which a disclosure went; empty when it left Regie.
async fn vault_of(tx: &mut Tx<AnyVault>, municipality: &str, id: Uuid) -> Result<String, Fault> {
    Ok(crossing::first(tx, municipality, id).await?.map(|c| c.to_vault).unwrap_or_default())
}

fn payload(inside: &Inside, found: &Found, fields: Vec<FieldText>, reason: &str, cx: &Cx) -> Payload {
    Payload {
        from: inside.regime,
        given_in: inside.id().to_owned(),
        processing: String::new(),
        basis: found.row.basis.clone(),
        purpose: found.row.purpose.clone(),
        reason: reason.to_owned(),
        fields,
        trace: cx.trace.header(),
    }
}

async fn logged(
    cx: &Cx,
    tx: &mut Tx<AnyVault>,
    inside: &Inside,
    found: &Found,
    (word, name, words): (&str, &str, &str),
    fields: &[FieldText],
) -> Result<(), Fault> {
    let mut detail = json!({ "opening": inside.opening.id, "disclosure": found.row.id });
    detail[name] = words.into();
    let act = write::Act {
        action: found.permit.action(),
        processing: inside.id(),
        record: found.record.id,
        act: word,
        detail,
    };
    write::changed(tx, &inside.seal, &cx.deed_for(inside.id()), &act, fields).await
}

/// `POST /records/{processing}/{id}/send-correction`: sends the present content of the disclosed fields to each
/// receiver that is ticked (AVG art. 19, Wpg art. 28(4)).
///
/// # Errors
/// [`Fault::NotFound`], or when the policy refuses or the database does.
pub async fn correct(
    cx: Cx,
    Path((p, record)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let typed = Typed(pairs);
    let inside = enter!(&cx, &p, "record:disclose", Some(&typed));
    let (id, request) = (id_of(&record)?, typed.request()?);
    let to = format!("{}/{id}", inside.href());
    let mut tx = inside.db.write().await?;
    let (permit, envelope) = inside.record(&cx, &mut tx, id, "record:disclose").await?;
    let municipality = permit.municipality();
    if let Claim::Replay(to) = once::claim(&mut tx, municipality, request, cx.now, &to).await? {
        return Ok(see_other(&to));
    }
    let sealed = store::fields(&mut tx, municipality, id).await?;
    let fields = write::opened(&mut tx, &inside.seal, municipality, id).await?;
    let deed = cx.deed_for(inside.id());
    for row in disclosure::of_record(&mut tx, municipality, id).await? {
        if !typed.has("to", &row.id.to_string()) || !view::is_outdated(&row, &sealed) {
            continue;
        }
        let names = row.field_names();
        let now = |name: &String| {
            let empty = FieldText { name: name.clone(), is_special: false, text: String::new() };
            fields.iter().find(|f| f.name == *name).cloned().unwrap_or(empty)
        };
        let sent: Vec<FieldText> = names.iter().map(now).collect();
        let found = Found { permit: permit.clone(), record: envelope.clone(), row };
        let vault = vault_of(&mut tx, municipality, found.row.id).await?;
        if vault.is_empty() {
            // What waits by hand is replaced by the corrected content, which must be handed over anew.
            crossing::all_done(&mut tx, municipality, found.row.id, cx.now).await?;
            let from = (State::HandedOver, State::Outside);
            disclosure::set_state(&mut tx, municipality, found.row.id, from, (State::Outside, cx.now)).await?;
        }
        let payload = payload(&inside, &found, sent.clone(), "", &cx);
        cross(&mut tx, &inside.seal, &deed, (found.row.id, Act::Correct, &vault), &payload).await?;
        logged(&cx, &mut tx, &inside, &found, ("correction-sent", "fields", &names.join(", ")), &sent).await?;
    }
    tx.commit().await?;
    Ok(see_other(&to))
}

async fn shown(
    cx: &Cx,
    inside: &Inside,
    at: (&str, &str),
    typed: Typed,
    faults: &FieldFaults,
) -> Result<Response, Fault> {
    let mut tx = inside.db.write().await?;
    let found = find(cx, &mut tx, inside, at).await?;
    let municipality = found.permit.municipality();
    let row = &found.row;
    let sealed = disclosure::necessity(&mut tx, &found.permit, row.id).await?;
    let necessity = inside.seal.open_text(&place::necessity(municipality, row.id), &sealed)?;
    let hand_over = waiting(&mut tx, inside, &found).await?.unwrap_or_default();
    seen(cx, &mut tx, inside, &found, &hand_over).await?;
    tx.commit().await?;
    let lang = cx.words.language();
    let (tone, state) = view::state(cx, row.state);
    let to = row.to_regime.parse().map_or_else(|_| row.to_regime.clone(), |r| view::regime(cx, r));
    let names: Vec<String> = row.field_names().iter().map(|n| cx.t(&format!("records-field-{n}"))).collect();
    let when = |at: Option<kit::At>| at.map(|at| cx.words.date_time(at)).unwrap_or_default();
    let mut facts = vec![
        (cx.t("disclosures-receiver"), view::receiver(cx, row)),
        (cx.t("disclosures-to"), to),
        (cx.t("disclosures-basis"), view::basis(cx, &row.basis)),
        (cx.t("disclosures-purpose"), row.purpose.clone()),
        (cx.t("disclosures-necessity"), necessity),
        (cx.t("disclosures-fields"), names.join(", ")),
        (cx.t("disclosures-at"), cx.words.date_time(row.at)),
        (cx.t("disclosures-delivered-at"), when(row.delivered_at)),
        (cx.t("disclosures-recalled-at"), when(row.recalled_at)),
    ];
    let needs: BTreeMap<String, String> = serde_json::from_str(&row.decision).unwrap_or_default();
    for need in Need::ALL {
        if let Some(words) = needs.get(need.as_str()) {
            facts.push((cx.t(&format!("disclosures-need-{need}")), words.clone()));
        }
    }
    if let Some(covenant) = row.covenant_id {
        facts.push((cx.t("disclosures-need-covenant"), covenant.to_string()));
    }
    facts.retain(|(_, value)| !value.is_empty());
    let view = GivenPage {
        page: cx.page_titled(cx.words.t1("disclosures-one-title", "receiver", &view::receiver(cx, row))),
        crumbs: vec![
            Link::new("/records", cx.t("records-title")),
            Link::new(inside.href(), text(&inside.processing.name, lang)),
            Link::new(format!("{}/{}", inside.href(), found.record.id), cx.t("records-one")),
        ],
        errors: cx.summary(faults),
        faults: faults.sentences(&cx.words),
        typed,
        secrecy: secrecy(cx, inside.regime),
        href: format!("{}/{}/disclosures/{}", inside.href(), found.record.id, row.id),
        request: cx.app.clock.id(),
        handed_request: cx.app.clock.id(),
        tone,
        state,
        facts,
        hand_over: shown_fields(cx, &hand_over),
        outside: row.state == State::Outside,
        may_recall: row.state != State::Recalled,
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    render_as(status, &view)
}
