//! The register of incidents: suspected unlawful processing and data breaches (AVG art. 33(5), Wpg art. 32 and 33a). A
//! breach is reported to the data protection authority within the term T30, or it is written down why not.

use super::store;
use crate::rights::Fields;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit};
use policy::{Permit, Resource};
use site::page::{Choice, FormError, Link, Page, render_as};
use site::{Cx, render, see_other};

/// The term for a report to the authority in the register of terms.
const TERM: &str = "T30";
/// Longest text, in characters.
const MOST: usize = 4000;

/// An incident.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Incident {
    /// Id.
    pub id: Uuid,
    /// The vault that it is about.
    pub vault: String,
    /// What happened, without names of data subjects.
    pub what: String,
    /// Who noticed it.
    pub noticed_by: String,
    /// When it happened.
    pub happened_at: At,
    /// When it was noticed: the start of the term.
    pub noticed_at: At,
    /// Whether it is a data breach, to be reported.
    pub is_breach: bool,
    /// The first moment at which a report is late.
    pub due_at: Option<At>,
    /// When it was reported to the authority.
    pub reported_at: Option<At>,
    /// Why it was not reported, or empty.
    pub no_report: String,
    /// What was done.
    pub measures: String,
    /// When it was closed.
    pub closed_at: Option<At>,
    /// Number of changes.
    pub version: i64,
}

/// The incidents that were noticed between two instants, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn between(tx: &mut Tx, municipality: &str, from: At, to: At) -> kit::Result<Vec<Incident>> {
    store::incidents(tx, municipality, (from, to)).await
}

/// The first moment at which a report to the authority is late.
fn due(cx: &Cx, noticed_at: At) -> Result<At, Fault> {
    let noticed = noticed_at.0.to_zoned(cx.municipality.zone.clone());
    let missing = || Fault::Internal(format!("no term {TERM} on {}", noticed.date()));
    let term = cx.app.law.terms.get(TERM, noticed.date()).ok_or_else(missing)?;
    let calendar = crate::rights::model::calendar(&cx.municipality);
    term.deadline(&noticed, &calendar).map(At).map_err(|e| Fault::Internal(e.to_string()))
}

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("rights:handle", &Resource::ordinary("incident", cx.code()))
}

/// An incident from a form. `was` is the one that is changed.
fn read(cx: &Cx, fields: &Fields, was: Option<&Incident>) -> Result<Incident, Fault> {
    let mut faults = FieldFaults::default();
    let zone = &cx.municipality.zone;
    let mut moment = |field: &'static str, needed: bool| {
        let text = fields.get(field);
        let at = text.parse::<jiff::civil::DateTime>().ok().and_then(|t| t.to_zoned(zone.clone()).ok());
        let at = at.map(|z| At(z.timestamp())).filter(|at| *at <= cx.now);
        if at.is_none() && (needed || !text.is_empty()) {
            faults.add(field, "registers-incident-moment-wrong");
        }
        at
    };
    let (happened, noticed, reported) = (moment("happened", true), moment("noticed", true), moment("reported", false));
    let vaults = cx.app.every_vault();
    let vault = vaults.iter().map(kit::Db::name).find(|name| *name == fields.get("vault"));
    if vault.is_none() {
        faults.add("vault", "registers-incident-vault-missing");
    }
    for (field, needed) in [("what", true), ("noticed-by", true), ("measures", false), ("no-report", false)] {
        let text = fields.text(field);
        if needed && text.is_empty() {
            faults.add(field, "registers-incident-text-missing");
        } else if text.chars().count() > MOST {
            faults.add_with(field, "rights-too-long", vec![("most", MOST.to_string())]);
        }
    }
    let is_breach = !fields.get("breach").is_empty();
    let is_closed = !fields.get("closed").is_empty();
    let (no_report, measures) = (fields.text("no-report"), fields.text("measures"));
    if is_closed && measures.is_empty() {
        faults.add("measures", "registers-incident-measures-missing");
    }
    if is_closed && is_breach && reported.is_none() && no_report.is_empty() {
        faults.add("reported", "registers-incident-report-missing");
    }
    if happened.zip(noticed).is_some_and(|(h, n)| n < h) {
        faults.add("noticed", "registers-incident-order");
    }
    let (Some(happened_at), Some(noticed_at), Some(vault), true) = (happened, noticed, vault, faults.is_empty()) else {
        return Err(Fault::Invalid(faults));
    };
    Ok(Incident {
        id: was.map_or(fields.id("request")?, |w| w.id),
        vault: vault.to_owned(),
        what: fields.text("what"),
        noticed_by: fields.text("noticed-by"),
        happened_at,
        noticed_at,
        is_breach,
        due_at: if is_breach { Some(due(cx, noticed_at)?) } else { None },
        reported_at: reported,
        no_report,
        measures,
        closed_at: is_closed.then(|| was.and_then(|w| w.closed_at).unwrap_or(cx.now)),
        version: was.map_or(Ok(1), |_| fields.number("version"))?,
    })
}

/// Writes an incident down or changes it, once per form.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, [`Fault::Stale`], [`Fault::NotFound`], or when the policy or the
/// database refuses.
pub async fn save(cx: &Cx, tx: &mut Tx, id: Option<Uuid>, fields: &Fields) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let was = match id {
        Some(id) => Some(store::incident(tx, &permit, id).await?.ok_or(Fault::NotFound)?),
        None => None,
    };
    let new = read(cx, fields, was.as_ref())?;
    if once::claim(tx, cx.code(), fields.id("request")?, cx.now, "/incidents").await? != Claim::New {
        return Ok(());
    }
    match was {
        Some(_) if store::update(tx, &permit, &new).await? == 0 => return Err(Fault::Stale),
        Some(_) => {}
        None => store::insert(tx, &permit, &new, cx.now).await?,
    }
    let detail = serde_json::json!({
        "vault": new.vault, "breach": new.is_breach, "reported": new.reported_at, "closed": new.closed_at,
    });
    let deed = cx.deed_for("accountability");
    Ok(audit::record(tx, &deed, permit.action(), "incident", &new.id.to_string(), &detail).await?)
}

#[derive(askama::Template)]
#[template(path = "registers/pages/incidents.html")]
struct ListPage {
    page: Page,
    crumbs: Vec<Link>,
    rows: Vec<Row>,
}

struct Row {
    href: String,
    noticed: String,
    vault: String,
    what: String,
    tone: &'static str,
    state: String,
}

fn state(cx: &Cx, incident: &Incident) -> (&'static str, &'static str) {
    match (incident.due_at, incident.reported_at) {
        _ if !incident.is_breach && incident.closed_at.is_some() => ("ok", "registers-incident-closed"),
        (Some(due), Some(at)) if at < due => ("ok", "registers-incident-in-time"),
        (Some(_), Some(_)) => ("off", "registers-incident-too-late"),
        (Some(_), None) if !incident.no_report.is_empty() => ("neutral", "registers-incident-not-reported"),
        (Some(due), None) if cx.now >= due => ("late", "registers-incident-late"),
        (Some(_), None) => ("soon", "registers-incident-to-report"),
        _ => ("info", "registers-incident-open"),
    }
}

/// `GET /incidents`.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let all = (At::from_micros(i64::MIN), At::from_micros(i64::MAX));
    let found = store::incidents(&mut cx.read().await?, permit.municipality(), all).await?;
    let rows = found
        .into_iter()
        .map(|i| {
            let (tone, key) = state(&cx, &i);
            Row {
                href: format!("/incidents/{}", i.id),
                noticed: cx.words.date_time(i.noticed_at),
                vault: cx.t(&format!("rights-vault-{}", i.vault)),
                what: i.what,
                tone,
                state: cx.t(key),
            }
        })
        .collect();
    render(&ListPage {
        crumbs: vec![Link::new("/rights", cx.t("rights-title"))],
        rows,
        page: cx.page("registers-incidents"),
    })
}

#[derive(askama::Template)]
#[template(path = "registers/pages/incident.html")]
struct FormPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    action: String,
    request: String,
    version: i64,
    due: Option<String>,
    vaults: Vec<Choice>,
    typed: Fields,
    is_breach: bool,
    is_closed: bool,
    faults: FieldFaults,
}

impl FormPage {
    fn fault(&self, field: &str) -> String {
        self.faults.of(field, &self.page.words).unwrap_or_default()
    }
}

/// `GET /incidents/new`.
pub async fn new(cx: Cx) -> Result<Response, Fault> {
    permit(&cx)?;
    form(&cx, StatusCode::OK, None, Fields::default(), FieldFaults::default())
}

/// `POST /incidents`.
pub async fn create(cx: Cx, fields: Fields) -> Result<Response, Fault> {
    submit(&cx, None, fields).await
}

/// `GET /incidents/{id}`.
pub async fn incident(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let id = Uuid::try_parse(&id).map_err(|_| Fault::NotFound)?;
    let was = store::incident(&mut cx.read().await?, &permit, id).await?.ok_or(Fault::NotFound)?;
    let local = |at: At| at.local(&cx.municipality.zone).strftime("%Y-%m-%dT%H:%M").to_string();
    let mut typed = vec![
        ("vault", was.vault.clone()),
        ("what", was.what.clone()),
        ("noticed-by", was.noticed_by.clone()),
        ("happened", local(was.happened_at)),
        ("noticed", local(was.noticed_at)),
        ("reported", was.reported_at.map(local).unwrap_or_default()),
        ("no-report", was.no_report.clone()),
        ("measures", was.measures.clone()),
    ];
    typed.extend(was.is_breach.then(|| ("breach", "yes".to_owned())));
    typed.extend(was.closed_at.map(|_| ("closed", "yes".to_owned())));
    let typed = Fields(typed.into_iter().map(|(k, v)| (k.to_owned(), v)).collect());
    form(&cx, StatusCode::OK, Some(&was), typed, FieldFaults::default())
}

/// `POST /incidents/{id}`.
pub async fn change(cx: Cx, Path(id): Path<String>, fields: Fields) -> Result<Response, Fault> {
    submit(&cx, Some(Uuid::try_parse(&id).map_err(|_| Fault::NotFound)?), fields).await
}

async fn submit(cx: &Cx, id: Option<Uuid>, fields: Fields) -> Result<Response, Fault> {
    let mut tx = cx.write().await?;
    match save(cx, &mut tx, id, &fields).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(see_other("/incidents"))
        }
        Err(Fault::Invalid(faults)) => {
            let was = match id {
                Some(id) => store::incident(&mut tx, &permit(cx)?, id).await?,
                None => None,
            };
            drop(tx);
            form(cx, StatusCode::UNPROCESSABLE_ENTITY, was.as_ref(), fields, faults)
        }
        Err(other) => Err(other),
    }
}

fn form(
    cx: &Cx,
    status: StatusCode,
    was: Option<&Incident>,
    typed: Fields,
    faults: FieldFaults,
) -> Result<Response, Fault> {
    let vaults = cx.app.every_vault();
    render_as(
        status,
        &FormPage {
            crumbs: vec![
                Link::new("/rights", cx.t("rights-title")),
                Link::new("/incidents", cx.t("registers-incidents")),
            ],
            errors: cx.summary(&faults),
            action: was.map_or_else(|| "/incidents".to_owned(), |w| format!("/incidents/{}", w.id)),
            request: match typed.id("request") {
                Ok(id) => id.to_string(),
                Err(_) => cx.app.clock.id().to_string(),
            },
            version: match typed.number("version") {
                Ok(version) => version,
                Err(_) => was.map_or(1, |w| w.version),
            },
            due: was
                .and_then(|w| w.due_at)
                .map(|at| cx.words.t1("registers-incident-due", "at", &cx.words.date_time(at))),
            vaults: vaults
                .iter()
                .map(|db| Choice::new(db.name(), cx.t(&format!("rights-vault-{}", db.name()))))
                .collect(),
            is_breach: !typed.get("breach").is_empty(),
            is_closed: !typed.get("closed").is_empty(),
            typed,
            faults,
            page: cx.page(if was.is_some() { "registers-incident-title" } else { "registers-incident-new" }),
        },
    )
}
