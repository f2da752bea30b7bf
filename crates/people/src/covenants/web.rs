//! Pages of covenants.

use super::ops::may_change;
use super::{Contact, Covenant, Draft, Ending, Standing};
use crate::partners::front::{Said, Trouble, iso_day, last_day, processing_name, processings, tabs};
use crate::partners::{self, Fields, PartnersConfig, Saved};
use axum::extract::{Path, Query};
use axum::response::Response;
use kit::{Fault, Uuid};
use policy::Resource;
use serde::Deserialize;
use site::{Choice, Cx, Link, Page, render, render_as, see_other};

/// The sign and colour of a standing.
pub(crate) fn tone(standing: Standing) -> &'static str {
    match standing {
        Standing::InForce => "ok",
        Standing::EndsSoon => "soon",
        Standing::Later => "info",
        Standing::Expired | Standing::Ended => "off",
    }
}

fn standing(cx: &Cx, covenant: &Covenant) -> Standing {
    covenant.standing(cx.now, cx.municipality.get::<PartnersConfig>().covenant_warning_days)
}

fn name(cx: &Cx, standing: Standing) -> String {
    cx.t(&format!("covenants-standing-{standing}"))
}

#[derive(askama::Template)]
#[template(path = "covenants/pages/list.html")]
struct ListPage {
    page: Page,
    tabs: Vec<Link>,
    may_edit: bool,
    groups: Vec<Group>,
}

struct Group {
    name: String,
    rows: Vec<Row>,
}

struct Row {
    title: String,
    href: String,
    parties: String,
    processings: String,
    from: String,
    until: String,
    tone: &'static str,
    standing: String,
}

/// `GET /covenants`: the covenants, those that need attention first.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("partner:read", &Resource::open("covenant", cx.code()))?;
    let mut tx = cx.read().await?;
    let all = super::all(&mut tx, permit.municipality(), None).await?;
    let row = |c: &Covenant| Row {
        title: c.title.clone(),
        href: format!("/covenants/{}", c.id),
        parties: c.parties.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", "),
        processings: c.processings.iter().map(|id| processing_name(&cx, id)).collect::<Vec<_>>().join("; "),
        from: cx.words.date(c.valid_from),
        until: cx.words.date(last_day(c.valid_until)),
        tone: tone(standing(&cx, c)),
        standing: name(&cx, standing(&cx, c)),
    };
    let group = |s: &Standing| Group {
        name: name(&cx, *s),
        rows: all.iter().filter(|c| standing(&cx, c) == *s).map(row).collect(),
    };
    render(&ListPage {
        groups: Standing::ALL.iter().map(group).filter(|g| !g.rows.is_empty()).collect(),
        tabs: tabs(&cx, "/covenants"),
        may_edit: cx.may("covenant:edit"),
        page: cx.page("covenants-title"),
    })
}

#[derive(askama::Template)]
#[template(path = "covenants/pages/covenant.html")]
struct CovenantPage {
    page: Page,
    crumbs: Vec<Link>,
    covenant: Covenant,
    tone: &'static str,
    standing: String,
    from: String,
    until: String,
    ended: String,
    replaces: String,
    parties: Vec<Link>,
    processings: Vec<String>,
    life_areas: Vec<String>,
    may_edit: bool,
    may_change: bool,
    may_end: bool,
    in_force: bool,
    request: String,
    form: Fields,
    errors: Said,
}

async fn covenant_page(cx: &Cx, id: Uuid, form: &Fields, trouble: &Trouble, saved: &Saved) -> Result<Response, Fault> {
    let permit = cx.permit("partner:read", &Resource::open("covenant", cx.code()))?;
    let mut tx = cx.read().await?;
    let covenant = super::get(&mut tx, permit.municipality(), id).await?.ok_or(Fault::NotFound)?;
    let config = cx.municipality.get::<PartnersConfig>();
    let (may_edit, words) = (cx.may("covenant:edit"), &cx.words);
    let page = CovenantPage {
        page: saved.on(cx, cx.page_titled(covenant.title.clone())),
        crumbs: vec![Link::new("/covenants", cx.t("covenants-title"))],
        tone: tone(standing(cx, &covenant)),
        standing: name(cx, standing(cx, &covenant)),
        from: words.date(covenant.valid_from),
        until: words.date(last_day(covenant.valid_until)),
        ended: covenant.ended_at.map(|at| words.date_time(at)).unwrap_or_default(),
        replaces: covenant.replaces_id.map(|id| format!("/covenants/{id}")).unwrap_or_default(),
        parties: covenant.parties.iter().map(|p| Link::new(format!("/partners/{}", p.id), p.name.clone())).collect(),
        processings: covenant.processings.iter().map(|id| processing_name(cx, id)).collect(),
        life_areas: covenant.life_areas.iter().map(|id| config.life_area(id, words.language()).to_owned()).collect(),
        may_change: may_edit && may_change(&covenant, cx.now),
        may_end: may_edit && covenant.ended_at.is_none() && cx.now < covenant.valid_until,
        in_force: covenant.in_force(cx.now),
        may_edit,
        request: cx.app.clock.id().to_string(),
        form: form.clone(),
        errors: trouble.said(cx, "reason"),
        covenant,
    };
    render_as(trouble.status(), &page)
}

/// `GET /covenants/{id}`: one covenant, and for who may the way to change, replace or end it.
pub async fn covenant(cx: Cx, Path(id): Path<Uuid>, Query(saved): Query<Saved>) -> Result<Response, Fault> {
    covenant_page(&cx, id, &Fields::default(), &Trouble::default(), &saved).await
}

/// `POST /covenants/{id}/end`
pub async fn end_submit(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    let ending = Ending { request: form.id("request")?, version: form.number("version")?, reason: form.text("reason") };
    match super::end(&cx, id, ending).await {
        Ok(()) => Ok(see_other(&format!("/covenants/{id}?saved=1"))),
        Err(fault) => covenant_page(&cx, id, &form, &Trouble::of(fault)?, &Saved::default()).await,
    }
}

#[derive(askama::Template)]
#[template(path = "covenants/pages/form.html")]
struct FormPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    request: String,
    /// The covenant is in force: a new one takes its place at once.
    replaces: bool,
    parties: Vec<Choice>,
    processings: Vec<Choice>,
    life_areas: Vec<Choice>,
    form: Fields,
    errors: Said,
}

async fn form_page(cx: &Cx, id: Option<Uuid>, form: &Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let organisations = partners::all(&mut tx, cx.code()).await?;
    let config = cx.municipality.get::<PartnersConfig>();
    let language = cx.words.language();
    let replaces = !form.get("replaces").is_empty();
    let title = match (id, replaces) {
        (Some(_), _) => "covenants-edit",
        (None, true) => "covenants-replace",
        (None, false) => "covenants-new",
    };
    let page = FormPage {
        page: cx.page(title),
        crumbs: vec![Link::new("/covenants", cx.t("covenants-title"))],
        action: id.map_or_else(|| "/covenants/new".to_owned(), |id| format!("/covenants/{id}/edit")),
        request: cx.app.clock.id().to_string(),
        replaces,
        parties: organisations.into_iter().map(|o| Choice::new(o.id.to_string(), o.name)).collect(),
        processings: processings(cx),
        life_areas: config.life_areas.iter().map(|a| Choice::new(a.id.clone(), a.name.get(language))).collect(),
        form: form.clone(),
        errors: trouble.said(cx, "title"),
    };
    render_as(trouble.status(), &page)
}

/// The form as it shows a covenant.
fn filled(cx: &Cx, covenant: &Covenant) -> Fields {
    Fields::filled([
        ("version", covenant.version.to_string()),
        ("title", covenant.title.clone()),
        ("purpose", covenant.purpose.clone()),
        ("legal_basis", covenant.legal_basis.clone()),
        ("data_categories", covenant.data_categories.clone()),
        ("privacy_protocol", covenant.privacy_protocol.clone()),
        ("dpia", covenant.dpia.clone()),
        ("contact_name", covenant.contact_name.clone()),
        ("contact_email", covenant.contact_email.clone()),
        ("contact_phone", covenant.contact_phone.clone()),
        ("valid_from", iso_day(cx, covenant.valid_from)),
        ("valid_until", iso_day(cx, last_day(covenant.valid_until))),
    ])
    .with_ticked("parties", covenant.parties.iter().map(|p| p.id.to_string()))
    .with_ticked("processings", covenant.processings.iter().cloned())
    .with_ticked("life_areas", covenant.life_areas.iter().cloned())
}

fn contact(form: &Fields) -> Contact {
    Contact { name: form.text("contact_name"), email: form.text("contact_email"), phone: form.text("contact_phone") }
}

fn draft(form: &Fields) -> Result<Draft, Fault> {
    let id = |text: &String| Uuid::try_parse(text).map_err(|_| Fault::Bad("fault-bad-request"));
    Ok(Draft {
        request: form.id("request")?,
        title: form.text("title"),
        purpose: form.text("purpose"),
        legal_basis: form.text("legal_basis"),
        data_categories: form.text("data_categories"),
        privacy_protocol: form.text("privacy_protocol"),
        dpia: form.text("dpia"),
        contact: contact(form),
        parties: form.ticked("parties").iter().map(id).collect::<Result<_, _>>()?,
        processings: form.ticked("processings"),
        life_areas: form.ticked("life_areas"),
        valid_from: form.day("valid_from"),
        valid_until: form.day("valid_until"),
    })
}

/// From which covenant a new one starts.
#[derive(Debug, Deserialize)]
pub struct Like {
    /// One in force is replaced by the new one; any other is only an example.
    like: Option<Uuid>,
}

/// `GET /covenants/new`
pub async fn new(cx: Cx, Query(query): Query<Like>) -> Result<Response, Fault> {
    let permit = cx.permit("covenant:edit", &Resource::ordinary("covenant", cx.code()))?;
    let form = match query.like {
        None => Fields::default(),
        Some(id) => {
            let mut tx = cx.read().await?;
            let old = super::get(&mut tx, permit.municipality(), id).await?.ok_or(Fault::NotFound)?;
            let form = filled(&cx, &old);
            if old.in_force(cx.now) { form.with_ticked("replaces", [id.to_string()]) } else { form }
        }
    };
    form_page(&cx, None, &form, &Trouble::default()).await
}

/// `POST /covenants/new`
pub async fn new_submit(cx: Cx, form: Fields) -> Result<Response, Fault> {
    let done = if form.get("replaces").is_empty() {
        super::create(&cx, draft(&form)?).await
    } else {
        super::replace(&cx, form.id("replaces")?, form.number("version")?, draft(&form)?).await
    };
    match done {
        Ok(id) => Ok(see_other(&format!("/covenants/{id}?saved=1"))),
        Err(fault) => form_page(&cx, None, &form, &Trouble::of(fault)?).await,
    }
}

/// `GET /covenants/{id}/edit`: only before its first day.
pub async fn edit(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let permit = cx.permit("covenant:edit", &Resource::ordinary("covenant", cx.code()))?;
    let mut tx = cx.read().await?;
    let covenant = super::get(&mut tx, permit.municipality(), id).await?.ok_or(Fault::NotFound)?;
    drop(tx);
    if !may_change(&covenant, cx.now) {
        return Err(Fault::Rule { key: "covenants-not-changed", values: vec![] });
    }
    form_page(&cx, Some(id), &filled(&cx, &covenant), &Trouble::default()).await
}

/// `POST /covenants/{id}/edit`
pub async fn edit_submit(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    match super::change(&cx, id, form.number("version")?, draft(&form)?).await {
        Ok(()) => Ok(see_other(&format!("/covenants/{id}?saved=1"))),
        Err(fault) => form_page(&cx, Some(id), &form, &Trouble::of(fault)?).await,
    }
}

#[derive(askama::Template)]
#[template(path = "covenants/pages/contact.html")]
struct ContactPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    request: String,
    form: Fields,
    errors: Said,
}

fn contact_page(cx: &Cx, id: Uuid, form: &Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let page = ContactPage {
        page: cx.page("covenants-edit-contact"),
        crumbs: vec![Link::new("/covenants", cx.t("covenants-title"))],
        action: format!("/covenants/{id}/contact"),
        request: cx.app.clock.id().to_string(),
        form: form.clone(),
        errors: trouble.said(cx, "contact_name"),
    };
    render_as(trouble.status(), &page)
}

/// `GET /covenants/{id}/contact`: the contact point for requests of data subjects.
pub async fn contact_form(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let permit = cx.permit("covenant:edit", &Resource::ordinary("covenant", cx.code()))?;
    let mut tx = cx.read().await?;
    let covenant = super::get(&mut tx, permit.municipality(), id).await?.ok_or(Fault::NotFound)?;
    contact_page(&cx, id, &filled(&cx, &covenant), &Trouble::default())
}

/// `POST /covenants/{id}/contact`
pub async fn contact_submit(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    match super::change_contact(&cx, id, form.number("version")?, form.id("request")?, contact(&form)).await {
        Ok(()) => Ok(see_other(&format!("/covenants/{id}?saved=1"))),
        Err(fault) => contact_page(&cx, id, &form, &Trouble::of(fault)?),
    }
}
