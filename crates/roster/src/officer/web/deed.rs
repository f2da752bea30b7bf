//! The form of a deed.

use axum::extract::Path;
use axum::response::Response;
use kit::{Fault, Uuid};
use people::deed::{self, Deed, DeedConfig, Draft};
use policy::Resource;
use site::page::Choice;
use site::{Cx, Fields, Link, Page, Said, Trouble, render_as, see_other};

#[derive(askama::Template)]
#[template(path = "officer/pages/deed.html")]
struct DeedPage {
    page: Page,
    crumbs: Vec<Link>,
    action: String,
    request: Uuid,
    version: i64,
    errors: Said,
    form: Fields,
    domains: Vec<Choice>,
    places: Vec<Choice>,
    means: Vec<Choice>,
}

/// `GET /roster/officers/{id}/deeds/new`.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn new(cx: Cx, Path(id): Path<Uuid>) -> Result<Response, Fault> {
    deed_page(&cx, id, None, Fields::default().with("territory", cx.code()), &Trouble::default()).await
}

/// `GET /roster/officers/{id}/deeds/{deed}`.
///
/// # Errors
/// [`Fault::NotFound`], or when the policy or the database refuses.
pub async fn edit(cx: Cx, Path((id, of)): Path<(Uuid, Uuid)>) -> Result<Response, Fault> {
    let found = find(&cx, id, of).await?;
    let text = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let form = Fields::default()
        .with("number", found.number.clone())
        .with("domain", found.domain.clone())
        .with("offences", found.offences.join(" "))
        .with("from", found.from.to_string())
        .with("until", found.until.to_string())
        .with("trained_until", text(found.trained_until))
        .with_all("territory", &found.territory)
        .with_all("means", &found.means);
    deed_page(&cx, id, Some((of, found.version)), form, &Trouble::default()).await
}

async fn find(cx: &Cx, id: Uuid, of: Uuid) -> Result<Deed, Fault> {
    let permit = cx.permit("deed:edit", &Resource::ordinary("deed", cx.code()))?;
    let mut tx = cx.read().await?;
    let all = deed::of(&mut tx, &permit, id).await?;
    all.into_iter().find(|deed| deed.id == of).ok_or(Fault::NotFound)
}

async fn deed_page(
    cx: &Cx,
    id: Uuid,
    of: Option<(Uuid, i64)>,
    form: Fields,
    trouble: &Trouble,
) -> Result<Response, Fault> {
    let permit = cx.permit("deed:edit", &Resource::ordinary("deed", cx.code()))?;
    let mut tx = cx.read().await?;
    let known = crate::officer::known(&mut tx, &permit).await?;
    let name = known.into_iter().find(|known| known.id == id).ok_or(Fault::NotFound)?.name;
    drop(tx);
    let config = cx.municipality.get::<DeedConfig>();
    let named = |all: &[deed::Named]| {
        all.iter().map(|one| Choice::new(&one.id, one.name.get(cx.words.language()))).collect::<Vec<_>>()
    };
    let end = of.map_or("new".to_owned(), |(of, _)| of.to_string());
    render_as(
        trouble.status(),
        &DeedPage {
            crumbs: vec![
                Link::new("/roster", cx.t("roster-title")),
                Link::new("/roster/officers", cx.t("roster-officers")),
                Link::new(format!("/roster/officers/{id}"), name.clone()),
            ],
            action: format!("/roster/officers/{id}/deeds/{end}"),
            request: cx.app.clock.id(),
            version: of.map_or(0, |(_, version)| version),
            errors: trouble.said(cx, "number"),
            domains: named(&config.domains),
            places: config.municipalities.iter().map(|m| Choice::new(&m.code, &m.name)).collect(),
            means: named(&config.means),
            form,
            page: cx.page_titled(cx.words.t1("deed-of", "name", &name)),
        },
    )
}

/// `POST /roster/officers/{id}/deeds/new`.
///
/// # Errors
/// As [`deed::save`], except wrong fields.
pub async fn new_submit(cx: Cx, Path(id): Path<Uuid>, form: Fields) -> Result<Response, Fault> {
    submit(cx, id, None, form).await
}

/// `POST /roster/officers/{id}/deeds/{deed}`.
///
/// # Errors
/// As [`deed::save`], except wrong fields.
pub async fn edit_submit(cx: Cx, Path((id, of)): Path<(Uuid, Uuid)>, form: Fields) -> Result<Response, Fault> {
    let version = form.number("version")?;
    submit(cx, id, Some((of, version)), form).await
}

async fn submit(cx: Cx, id: Uuid, of: Option<(Uuid, i64)>, form: Fields) -> Result<Response, Fault> {
    let text = |name: &str| form.get(name).to_owned();
    let draft = Draft {
        request: form.id("request")?,
        of,
        account: id,
        number: text("number"),
        domain: text("domain"),
        territory: form.ticked("territory"),
        offences: text("offences"),
        means: form.ticked("means"),
        from: text("from"),
        until: text("until"),
        trained_until: text("trained_until"),
    };
    let mut tx = cx.write().await?;
    match deed::save(&cx, &mut tx, &draft).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(see_other(&format!("/roster/officers/{id}")))
        }
        Err(fault) => {
            drop(tx);
            let trouble = Trouble::of(fault)?;
            // A stale form is shown with the version that is there now, so that saving it again says it is meant.
            let of = match of {
                Some((of, _)) => Some((of, find(&cx, id, of).await?.version)),
                None => None,
            };
            deed_page(&cx, id, of, form, &trouble).await
        }
    }
}
