//! Pages of organisations.

use super::front::{Trouble, tabs};
use super::{Draft, Fields, Organisation, PartnerKind, PartnersConfig, Saved};
use crate::covenants::{self, Covenant};
use axum::extract::{Path, Query};
use axum::response::Response;
use kit::{Fault, Uuid};
use policy::Resource;
use site::{Choice, Cx, Link, Page, render, render_as, see_other};

/// The kind of an organisation in words.
pub(crate) fn kind_name(cx: &Cx, kind: PartnerKind) -> String {
    cx.t(&format!("partners-kind-{kind}"))
}

#[derive(askama::Template)]
#[template(path = "partners/pages/list.html")]
struct ListPage {
    page: Page,
    tabs: Vec<Link>,
    may_edit: bool,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    href: String,
    kind: String,
    email: String,
    phone: String,
    people: String,
    covenants: String,
}

/// `GET /partners`: the organisations.
pub async fn list(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("partner:read", &Resource::open("organisation", cx.code()))?;
    let mut tx = cx.read().await?;
    let organisations = super::all(&mut tx, permit.municipality()).await?;
    let people = super::people(&mut tx, permit.municipality(), None).await?;
    let covenants = covenants::all(&mut tx, permit.municipality(), None).await?;
    let signed = |of: Uuid| {
        let theirs = |c: &&Covenant| c.in_force(cx.now) && c.parties.iter().any(|p| p.id == of);
        covenants.iter().filter(theirs).map(|c| c.title.as_str()).collect::<Vec<_>>().join("; ")
    };
    let rows = organisations.into_iter().map(|o| Row {
        href: format!("/partners/{}", o.id),
        kind: kind_name(&cx, o.kind),
        people: people.iter().filter(|p| p.active && p.organisation_id == Some(o.id)).count().to_string(),
        covenants: signed(o.id),
        name: o.name,
        email: o.email,
        phone: o.phone,
    });
    render(&ListPage {
        rows: rows.collect(),
        tabs: tabs(&cx, "/partners"),
        may_edit: cx.may("partner:edit"),
        page: cx.page("partners-title"),
    })
}

#[derive(askama::Template)]
#[template(path = "partners/pages/partner.html")]
struct PartnerPage {
    page: Page,
    crumbs: Vec<Link>,
    edit: String,
    kind: String,
    organisation: Organisation,
    people: Vec<PersonRow>,
    covenants: Vec<CovenantRow>,
}

struct PersonRow {
    name: String,
    role: String,
    state: String,
    tone: &'static str,
    authorisations: String,
}

struct CovenantRow {
    title: String,
    href: String,
    until: String,
    standing: String,
    tone: &'static str,
}

/// `GET /partners/{id}`: one organisation, its people and its covenants.
pub async fn partner(cx: Cx, Path(id): Path<Uuid>, Query(saved): Query<Saved>) -> Result<Response, Fault> {
    let permit = cx.permit("partner:read", &Resource::open("organisation", cx.code()))?;
    let mut tx = cx.read().await?;
    let organisation = super::get(&mut tx, permit.municipality(), id).await?.ok_or(Fault::NotFound)?;
    let people = super::people(&mut tx, permit.municipality(), Some(id)).await?;
    let signed = covenants::all(&mut tx, permit.municipality(), Some(id)).await?;
    let warning = cx.municipality.get::<PartnersConfig>().covenant_warning_days;
    let may_read = cx.may("authorisation:read");
    let person = |p: super::Person| PersonRow {
        role: cx.t(&format!("role-{}", p.role)),
        state: cx.t(if p.active { "account-active" } else { "account-inactive" }),
        tone: if p.active { "ok" } else { "off" },
        authorisations: if may_read { format!("/authorisations?person={}", p.id) } else { String::new() },
        name: p.name,
    };
    let covenant = |c: Covenant| {
        let standing = c.standing(cx.now, warning);
        CovenantRow {
            href: format!("/covenants/{}", c.id),
            until: cx.words.date(super::front::last_day(c.valid_until)),
            standing: cx.t(&format!("covenants-standing-{standing}")),
            tone: covenants::web::tone(standing),
            title: c.title,
        }
    };
    render(&PartnerPage {
        page: saved.on(&cx, cx.page_titled(organisation.name.clone())),
        crumbs: vec![Link::new("/partners", cx.t("partners-title"))],
        edit: if cx.may("partner:edit") { format!("/partners/{id}/edit") } else { String::new() },
        kind: kind_name(&cx, organisation.kind),
        people: people.into_iter().map(person).collect(),
        covenants: signed.into_iter().map(covenant).collect(),
        organisation,
    })
}

#[derive(askama::Template)]
#[template(path = "partners/pages/form.html")]
struct FormPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    request: String,
    kinds: Vec<Choice>,
    form: Fields,
    errors: super::front::Said,
}

/// The form of the organisation `id`, or of a new one.
fn form_page(cx: &Cx, id: Option<Uuid>, form: &Fields, trouble: &Trouble) -> Result<Response, Fault> {
    let mut kinds = vec![Choice::new("", cx.t("partners-choose"))];
    kinds.extend(PartnerKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind_name(cx, *kind))));
    let page = FormPage {
        page: cx.page(if id.is_some() { "partners-edit" } else { "partners-new" }),
        crumbs: vec![Link::new("/partners", cx.t("partners-title"))],
        action: id.map_or_else(|| "/partners/new".to_owned(), |id| format!("/partners/{id}/edit")),
        request: cx.app.clock.id().to_string(),
        kinds,
        form: form.clone(),
        errors: trouble.said(cx, "name"),
    };
    render_as(trouble.status(), &page)
}

fn draft(form: &Fields) -> Result<Draft, Fault> {
    Ok(Draft {
        request: form.id("request")?,
        name: form.text("name"),
        kind: form.get("kind").parse().ok(),
        email: form.text("email"),
        phone: form.text("phone"),
        note: form.text("note"),
    })
}

/// `GET /partners/new`
pub async fn new(cx: Cx) -> Result<Response, Fault> {
    form_page(&cx, None, &Fields::default(), &Trouble::default())
}

/// `POST /partners/new`
pub async fn new_submit(cx: Cx, form: Fields) -> Result<Response, Fault> {
    match super::create(&cx, draft(&form)?).await {
        Ok(id) => Ok(see_other(&format!("/partners/{id}?saved=1"))),
        Err(fault) => form_page(&cx, None, &form, &Trouble::of(fault)?),
    }
}

/// `GET /partners/{id}/edit`
pub async fn edit(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    let permit = cx.permit("partner:edit", &Resource::open("organisation", cx.code()))?;
    let mut tx = cx.read().await?;
    let now = super::get(&mut tx, permit.municipality(), id).await?.ok_or(Fault::NotFound)?;
    let form = Fields::filled([
        ("version", now.version.to_string()),
        ("name", now.name),
        ("kind", now.kind.to_string()),
        ("email", now.email),
        ("phone", now.phone),
        ("note", now.note),
    ]);
    form_page(&cx, Some(id), &form, &Trouble::default())
}

/// `POST /partners/{id}/edit`
pub async fn edit_submit(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    match super::change(&cx, id, form.number("version")?, draft(&form)?).await {
        Ok(()) => Ok(see_other(&format!("/partners/{id}?saved=1"))),
        Err(fault) => form_page(&cx, Some(id), &form, &Trouble::of(fault)?),
    }
}
