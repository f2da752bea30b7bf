//! The dossier of one request and the forms on it.

use super::{crumbs, id_of, last_day, term};
use crate::rights::Fields;
use crate::rights::gather;
use crate::rights::model::{Dossier, Identity, State};
use crate::rights::{ops, search as searching, store};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults};
use policy::Resource;
use site::page::{Choice, FormError, Link, Page, render_as};
use site::{Cx, see_other};

#[derive(askama::Template)]
#[template(path = "rights/pages/dossier.html")]
struct DossierPage {
    page: Page,
    crumbs: Vec<Link>,
    errors: Vec<FormError>,
    steps: Vec<String>,
    step: usize,
    tone: &'static str,
    term: String,
    facts: Vec<(String, String)>,
    words: String,
    action: String,
    request: String,
    version: i64,
    may_handle: bool,
    may_identify: bool,
    may_extend: bool,
    may_refuse: bool,
    may_search: bool,
    may_decide: bool,
    may_answer: bool,
    has_letter: bool,
    /// The notice of an extension, to be sent by post when there is no e-mail address.
    by_post: Option<String>,
    vaults: Vec<Vault>,
    identities: Vec<Choice>,
    grounds: Vec<Choice>,
    typed: Fields,
    faults: FieldFaults,
}

struct Vault {
    id: &'static str,
    name: String,
    searched: Option<String>,
    href: String,
}

impl DossierPage {
    fn fault(&self, field: &str) -> String {
        self.faults.of(field, &self.page.words).unwrap_or_default()
    }
}

/// `GET /rights/{id}`.
pub async fn dossier(cx: Cx, Path(id): Path<String>) -> Result<Response, Fault> {
    page(&cx, &id, StatusCode::OK, Fields::default(), FieldFaults::default()).await
}

async fn page(cx: &Cx, id: &str, status: StatusCode, typed: Fields, faults: FieldFaults) -> Result<Response, Fault> {
    let permit = cx.permit("rights:read", &Resource::ordinary("subject-request", cx.code()))?;
    let mut tx = cx.read().await?;
    let dossier = ops::get(cx, &mut tx, &permit, id_of(id)?).await?;
    let sheets = store::sheets(&mut tx, &permit, dossier.id).await?;
    drop(tx);
    let searched = |vault: &str| sheets.iter().find(|s| s.vault == vault).map(|s| cx.words.date_time(s.searched_at));
    let vaults: Vec<Vault> = gather::vaults(cx, &dossier)
        .into_iter()
        .map(|(vault, _)| Vault {
            id: vault,
            name: cx.t(&format!("rights-vault-{vault}")),
            searched: searched(vault),
            href: searching::href(dossier.id, vault),
        })
        .collect();
    let may_handle = cx.may("rights:handle");
    let language = cx.words.language();
    let mut grounds = vec![Choice::new("", cx.t("rights-ground-choose"))];
    grounds.extend(
        ops::grounds_of_request(cx, &dossier)
            .into_iter()
            .map(|g| Choice::new(&g.id, format!("{} ({})", g.name.get(language), g.article))),
    );
    let (tone, term) = term(cx, &dossier);
    let is = |states: &[State]| may_handle && states.contains(&dossier.state);
    let words = dossier.asker.words.clone();
    let by_post = (dossier.asker.email.is_empty() && dossier.extended_at.is_some()).then(|| {
        let values = [("day", last_day(cx, dossier.due_at).into()), ("reason", dossier.extension.as_str().into())];
        cx.words.ta("rights-extended-by-post", &values)
    });
    render_as(
        status,
        &DossierPage {
            crumbs: crumbs(cx),
            errors: cx.summary(&faults),
            steps: State::ALL.iter().map(|s| cx.t(&format!("rights-state-{s}"))).collect(),
            step: State::ALL.iter().position(|s| *s == dossier.state).unwrap_or(0) + 1,
            tone,
            term,
            facts: facts(cx, &dossier),
            words,
            action: format!("/rights/{}", dossier.id),
            request: cx.app.clock.id().to_string(),
            version: dossier.version,
            may_handle,
            may_identify: is(&[State::Received]),
            may_extend: is(&[State::Received, State::Identified, State::Searched, State::Decided])
                && dossier.extended_at.is_none()
                && cx.now < dossier.due_at,
            may_refuse: is(&[State::Received, State::Identified, State::Searched]),
            may_search: is(&[State::Identified, State::Searched]) && cx.may("rights:search"),
            may_decide: is(&[State::Searched]),
            may_answer: is(&[State::Decided]),
            has_letter: may_handle && matches!(dossier.state, State::Searched | State::Decided | State::Answered),
            by_post,
            vaults,
            identities: Identity::ALL
                .iter()
                .map(|i| Choice::new(i.as_str(), cx.t(&format!("rights-identity-{i}"))))
                .collect(),
            grounds,
            typed,
            faults,
            page: cx.page_titled(cx.words.t1("rights-dossier-title", "reference", &dossier.reference)),
        },
    )
}

fn facts(cx: &Cx, dossier: &Dossier) -> Vec<(String, String)> {
    let words = &cx.words;
    let asker = &dossier.asker;
    let mut all = vec![
        ("rights-name", asker.name.clone()),
        ("rights-birth", asker.birth.map(|d| words.day(d)).unwrap_or_default()),
        ("rights-email", asker.email.clone()),
        ("rights-phone", asker.phone.clone()),
        ("rights-address", asker.address.clone()),
        ("rights-kind", words.t(&format!("rights-kind-{}", dossier.kind))),
        ("rights-laws", words.t(&format!("rights-laws-{}", dossier.laws))),
        ("rights-received", words.date(dossier.received_at)),
        ("rights-due", last_day(cx, dossier.due_at)),
        ("rights-extension", dossier.extension.clone()),
        ("rights-identity", dossier.identity.map(|i| words.t(&format!("rights-identity-{i}"))).unwrap_or_default()),
    ];
    if let Some(ground) = &dossier.refusal_ground {
        let ground = cx.app.law.rights.ground(ground, dossier.received(&cx.municipality.zone));
        let text = ground.map(|g| format!("{} ({})", g.name.get(words.language()), g.article)).unwrap_or_default();
        all.push(("rights-refusal", format!("{text}. {}", dossier.refusal)));
    }
    all.push(("rights-answered", dossier.answered_at.map(|at| words.date_time(at)).unwrap_or_default()));
    all.push(("rights-letter-hash", dossier.letter_hash.clone().unwrap_or_default()));
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (words.t(key), text)).collect()
}

/// Does what a small form asks, once, and goes back to the dossier; a form with faults shows what was typed.
macro_rules! step {
    ($(#[$doc:meta])* $name:ident, |$cx:ident, $tx:ident, $id:ident, $version:ident, $fields:ident| $do:expr) => {
        $(#[$doc])*
        pub async fn $name($cx: Cx, Path(path): Path<String>, $fields: Fields) -> Result<Response, Fault> {
            let ($id, $version, request) = (id_of(&path)?, $fields.number("version")?, $fields.id("request")?);
            let back = format!("/rights/{}", $id);
            let mut $tx = $cx.write().await?;
            if once::claim(&mut $tx, $cx.code(), request, $cx.now, &back).await? != Claim::New {
                return Ok(see_other(&back));
            }
            match $do.await {
                Ok(()) => {
                    $tx.commit().await?;
                    Ok(see_other(&back))
                }
                Err(Fault::Invalid(faults)) => {
                    drop($tx);
                    page(&$cx, &path, StatusCode::UNPROCESSABLE_ENTITY, $fields, faults).await
                }
                Err(other) => Err(other),
            }
        }
    };
}

step!(
    /// `POST /rights/{id}/identify`.
    identify,
    |cx, tx, id, version, fields| ops::identify(&cx, &mut tx, id, version, fields.get("identity"))
);
step!(
    /// `POST /rights/{id}/extend`.
    extend,
    |cx, tx, id, version, fields| ops::extend(&cx, &mut tx, id, version, &fields.text("extension"))
);
step!(
    /// `POST /rights/{id}/refuse`.
    refuse,
    |cx, tx, id, version, fields| ops::refuse(
        &cx,
        &mut tx,
        id,
        version,
        (fields.get("refusal-ground"), &fields.text("refusal"))
    )
);

/// `POST /rights/{id}/search`: one vault.
pub async fn search(cx: Cx, Path(id): Path<String>, fields: Fields) -> Result<Response, Fault> {
    let (id, vault) = (id_of(&id)?, fields.text("vault"));
    searching::search(&cx, id, &vault, fields.id("request")?).await?;
    Ok(see_other(&searching::href(id, &vault)))
}

/// `POST /rights/{id}/decide`: all findings have a decision.
pub async fn decide(cx: Cx, Path(id): Path<String>, fields: Fields) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    again(&cx, id, ops::decide(&cx, id, fields.number("version")?).await, State::Decided).await
}

/// `POST /rights/{id}/answer`.
pub async fn answer(cx: Cx, Path(id): Path<String>, fields: Fields) -> Result<Response, Fault> {
    let id = id_of(&id)?;
    again(&cx, id, ops::answer(&cx, id, fields.number("version")?).await, State::Answered).await
}

/// Back to the dossier; a form that came twice finds the dossier already where it wanted it.
async fn again(cx: &Cx, id: kit::Uuid, done: Result<(), Fault>, wanted: State) -> Result<Response, Fault> {
    if let Err(fault) = done {
        let permit = ops::handle(cx)?;
        let dossier = ops::get(cx, &mut cx.read().await?, &permit, id).await?;
        if !matches!(fault, Fault::Stale) || dossier.state != wanted {
            return Err(fault);
        }
    }
    Ok(see_other(&format!("/rights/{id}")))
}
