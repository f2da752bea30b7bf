//! Pages of the administrator: one account, and a new one.

use super::Person;
use super::manage::{self, NewPerson};
use crate::session::SessionRow;
use crate::session::own_rows as session_rows;
use crate::store;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;
use kit::{Fault, FieldFaults, Tx, Uuid};
use policy::Role;
use serde::Deserialize;
use site::{Choice, Cx, FormError, Link, Page, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "account/pages/account.html")]
struct AccountPage {
    page: Page,
    crumbs: Vec<Link>,
    href: String,
    username: String,
    email: String,
    role: String,
    organisation: String,
    state: String,
    tone: &'static str,
    active: bool,
    origin: String,
    factor: String,
    has_factor: bool,
    may_edit: bool,
    may_role: bool,
    may_link: bool,
    request: Uuid,
    version: i64,
    errors: Vec<FormError>,
    organisation_error: String,
    roles: Vec<Choice>,
    chosen_role: String,
    organisations: Vec<Choice>,
    chosen_organisation: String,
    sessions: Vec<SessionRow>,
}

fn roles(cx: &Cx) -> Vec<Choice> {
    Role::ALL.iter().map(|r| Choice::new(r.as_str(), cx.t(&format!("role-{r}")))).collect()
}

async fn organisations(tx: &mut Tx, cx: &Cx) -> Result<Vec<Choice>, Fault> {
    let own = Choice::new("", cx.t("identity-organisation-own"));
    let partners = store::organisations(tx, cx.code()).await?;
    Ok([own].into_iter().chain(partners.into_iter().map(|(id, name)| Choice::new(id.to_string(), name))).collect())
}

async fn show(cx: &Cx, id: Uuid, form: Option<&Edit>, faults: &FieldFaults) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let person: Person = manage::read(cx, &mut tx, id).await?;
    let own = |id: Option<Uuid>| id.map(|i| i.to_string()).unwrap_or_default();
    let may_edit = cx.may("account-list:edit") && cx.actor.account != Some(id);
    let date = |at| cx.words.date_time(at);
    let page = AccountPage {
        page: cx.page_titled(person.account.name.clone()),
        crumbs: vec![Link::new("/accounts", cx.t("accounts-title"))],
        href: format!("/accounts/{id}"),
        role: cx.t(&format!("role-{}", person.account.role)),
        organisation: person.organisation.clone().unwrap_or_default(),
        state: match (person.account.active, person.ended_at) {
            (true, _) => cx.t("account-active"),
            (false, Some(at)) => cx.words.t1("identity-ended-at", "date", &date(at)),
            (false, None) => cx.t("account-inactive"),
        },
        tone: if person.account.active { "ok" } else { "off" },
        active: person.account.active,
        origin: if person.is_from_provider() {
            cx.words.t1("identity-origin-provider", "issuer", &person.issuer)
        } else {
            cx.t("identity-origin-local")
        },
        factor: match (person.is_from_provider(), person.factor_at) {
            (true, _) => cx.t("identity-factor-provider"),
            (false, Some(at)) => cx.words.t1("identity-factor-since", "date", &date(at)),
            (false, None) => cx.t("identity-factor-none"),
        },
        has_factor: person.factor_at.is_some(),
        may_edit,
        may_role: !person.is_from_provider(),
        may_link: !person.is_from_provider() && !person.email.is_empty() && person.account.active,
        request: cx.app.clock.id(),
        version: form.map_or(person.version, |f| f.version),
        errors: cx.summary(faults),
        organisation_error: faults.of("organisation", &cx.words).unwrap_or_default(),
        roles: roles(cx),
        chosen_role: form.map_or_else(|| person.account.role.to_string(), |f| f.role.clone()),
        organisations: organisations(&mut tx, cx).await?,
        chosen_organisation: form.map_or_else(|| own(person.organisation_id), |f| f.organisation.clone()),
        sessions: session_rows(&mut tx, cx, id).await?,
        username: person.account.username,
        email: person.email,
    };
    render_as(if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &page)
}

/// `GET /accounts/{id}`: one account with its sessions.
pub async fn account_page(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    show(&cx, id, None, &FieldFaults::default()).await
}

/// Role and organisation, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Edit {
    role: String,
    organisation: String,
    version: i64,
}

fn parse(role: &str, organisation: &str) -> Result<(Role, Option<Uuid>), Fault> {
    let bad = || Fault::Bad("fault-bad-request");
    let role = role.parse().map_err(|_| bad())?;
    match organisation {
        "" => Ok((role, None)),
        id => Ok((role, Some(Uuid::try_parse(id).map_err(|_| bad())?))),
    }
}

/// `POST /accounts/{id}/edit`
pub async fn edit(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<Edit>) -> Result<Response, Fault> {
    let (role, organisation) = parse(&form.role, &form.organisation)?;
    match manage::change(&cx, id, form.version, role, organisation).await {
        Err(Fault::Invalid(faults)) => show(&cx, id, Some(&form), &faults).await,
        other => other.map(|()| see_other(&format!("/accounts/{id}"))),
    }
}

/// `POST /accounts/{id}/end`
pub async fn end_form(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    manage::end(&cx, id).await?;
    Ok(see_other(&format!("/accounts/{id}")))
}

/// `POST /accounts/{id}/reopen`
pub async fn reopen_form(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    manage::reopen(&cx, id).await?;
    Ok(see_other(&format!("/accounts/{id}")))
}

/// `POST /accounts/{id}/sessions/end`
pub async fn end_sessions(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    manage::revoke_all(&cx, id).await?;
    Ok(see_other(&format!("/accounts/{id}")))
}

/// `POST /accounts/{id}/second-factor/reset`
pub async fn reset_factor(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    manage::reset_second_factor(&cx, id).await?;
    Ok(see_other(&format!("/accounts/{id}")))
}

/// The client-made id of a request.
#[derive(Debug, Deserialize)]
pub struct Request {
    request: Uuid,
}

/// `POST /accounts/{id}/link`: mails a new link to choose a password.
pub async fn link(cx: Cx, Path(id): Path<Uuid>, Form(form): Form<Request>) -> Result<Response, Fault> {
    manage::send_link(&cx, id, form.request).await?;
    Ok(see_other(&format!("/accounts/{id}")))
}

#[derive(askama::Template)]
#[template(path = "account/pages/new.html")]
struct NewPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    request: Uuid,
    full_name: String,
    name_error: String,
    email: String,
    email_error: String,
    roles: Vec<Choice>,
    role: String,
    organisations: Vec<Choice>,
    organisation: String,
    organisation_error: String,
}

/// A new account, as typed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Create {
    request: Uuid,
    name: String,
    email: String,
    role: String,
    organisation: String,
}

async fn new_page(cx: &Cx, form: &Create, faults: &FieldFaults) -> Result<Response, Fault> {
    let mut tx = cx.read().await?;
    let error = |field: &str| faults.of(field, &cx.words).unwrap_or_default();
    let page = NewPage {
        page: cx.page("identity-new-title"),
        crumbs: vec![Link::new("/accounts", cx.t("accounts-title"))],
        errors: cx.summary(faults),
        request: if form.request.is_nil() { cx.app.clock.id() } else { form.request },
        full_name: form.name.clone(),
        name_error: error("name"),
        email: form.email.clone(),
        email_error: error("email"),
        roles: roles(cx),
        role: form.role.clone(),
        organisations: organisations(&mut tx, cx).await?,
        organisation: form.organisation.clone(),
        organisation_error: error("organisation"),
    };
    render_as(if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &page)
}

/// `GET /accounts/new`
pub async fn new(cx: Cx) -> Result<Response, Fault> {
    let form = Create { role: Role::Officer.to_string(), ..Create::default() };
    new_page(&cx, &form, &FieldFaults::default()).await
}

/// `POST /accounts/new`: makes a local account; its person gets a link by mail.
pub async fn create(cx: Cx, Form(form): Form<Create>) -> Result<Response, Fault> {
    if form.request.is_nil() {
        return Err(Fault::Bad("fault-bad-request"));
    }
    let (role, organisation) = parse(&form.role, &form.organisation)?;
    let new = NewPerson { id: form.request, name: form.name.clone(), email: form.email.clone(), role, organisation };
    match manage::add(&cx, &new).await {
        Err(Fault::Invalid(faults)) => new_page(&cx, &form, &faults).await,
        other => other.map(|to| see_other(&to)),
    }
}
