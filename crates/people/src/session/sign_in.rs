//! Signing in: password, then the code of the second factor where there is one; or a persona of the demo.

use super::{Cookie, Method, Start, open, safe_back, secret, signed_in};
use crate::account::{self, Account};
use crate::attempt::{self, Attempt, Kind};
use crate::client::Client;
use crate::oidc::Provider;
use crate::second_factor::{self, Shown};
use crate::store;
use axum::extract::{Form, Query};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use kit::throttle::{self, Limit};
use kit::{Fault, FieldFaults, Tx, audit};
use serde::Deserialize;
use site::{Cx, FormError, Link, Page, render, render_as, see_other};

/// Wrong passwords per account name.
const LIMIT: Limit = Limit { failures: 5, window_s: 900 };

/// The sign-in form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SignIn {
    username: String,
    password: String,
    back: String,
}

#[derive(askama::Template)]
#[template(path = "session/pages/sign_in.html")]
struct SignInPage {
    page: Page,
    username: String,
    back: String,
    errors: Vec<FormError>,
    username_error: String,
    password_error: String,
    providers: Vec<Link>,
    personas: Vec<Persona>,
}

struct Persona {
    username: String,
    name: String,
    role: String,
    does: String,
    municipality: String,
}

async fn personas(cx: &Cx) -> Result<Vec<Persona>, Fault> {
    if !cx.app.demo {
        return Ok(vec![]);
    }
    let mut tx = cx.read().await?;
    let mut out = Vec::new();
    for municipality in &cx.app.municipalities {
        for account in account::all(&mut tx, municipality.code()).await?.into_iter().filter(|a| a.active) {
            out.push(Persona {
                role: cx.t(&format!("role-{}", account.role)),
                does: cx.t(&format!("persona-{}", account.role)),
                username: account.username,
                name: account.name,
                municipality: municipality.file.name.clone(),
            });
        }
    }
    out.sort_by_key(|p| p.municipality != cx.municipality.file.name);
    Ok(out)
}

/// One link per provider; where the server has one, that is the first thing to see.
fn providers(cx: &Cx, back: &str) -> Vec<Link> {
    let link = |m: &std::sync::Arc<kit::Municipality>| {
        let provider = m.find::<Provider>()?;
        let back = site::layers::encode(back);
        let label = cx.words.t1("identity-with-provider", "name", provider.name());
        Some(Link::new(format!("/login/oidc?at={}&back={back}", m.code()), label))
    };
    cx.app.municipalities.iter().filter_map(link).collect()
}

async fn sign_in_page(cx: &Cx, form: &SignIn, faults: &FieldFaults) -> Result<SignInPage, Fault> {
    let back = safe_back(&form.back).to_owned();
    Ok(SignInPage {
        page: cx.page("session-title"),
        username: form.username.clone(),
        errors: cx.summary(faults),
        username_error: faults.of("username", &cx.words).unwrap_or_default(),
        password_error: faults.of("password", &cx.words).unwrap_or_default(),
        providers: providers(cx, &back),
        personas: personas(cx).await?,
        back,
    })
}

async fn again(cx: &Cx, form: &SignIn, faults: &FieldFaults) -> Result<Response, Fault> {
    render_as(StatusCode::UNPROCESSABLE_ENTITY, &sign_in_page(cx, form, faults).await?)
}

/// The sign-in page with a sentence on top that says why signing in did not work.
pub(crate) async fn trouble_page(cx: &Cx, status: StatusCode, sentence: String) -> Result<Response, Fault> {
    let mut shown = sign_in_page(cx, &SignIn::default(), &FieldFaults::default()).await?;
    shown.page = shown.page.with_notice("error", sentence);
    render_as(status, &shown)
}

/// `GET /login`
pub async fn form(cx: Cx, Query(form): Query<SignIn>) -> Result<Response, Fault> {
    let form = SignIn { username: String::new(), password: String::new(), ..form };
    render(&sign_in_page(&cx, &form, &FieldFaults::default()).await?)
}

/// `POST /login`
pub async fn submit(cx: Cx, client: Client, Form(form): Form<SignIn>) -> Result<Response, Fault> {
    let mut faults = FieldFaults::default();
    if form.username.trim().is_empty() {
        faults.add("username", "session-username-missing");
    }
    if form.password.is_empty() {
        faults.add("password", "session-password-missing");
    }
    if !faults.is_empty() {
        return again(&cx, &form, &faults).await;
    }
    let username = form.username.trim().to_lowercase();
    let key = format!("login:{}", username.chars().take(100).collect::<String>());
    let mut tx = cx.read().await?;
    client.may_try(&mut tx, cx.now).await?;
    let wait = throttle::wait(&mut tx, &key, LIMIT, cx.now).await?;
    if wait > 0 {
        return Err(Fault::Wait(wait));
    }
    let found = store::by_username(&mut tx, &username).await?;
    let guard = match &found {
        Some(account) => store::guard(&mut tx, &account.municipality, account.id).await?,
        None => None,
    };
    drop(tx);
    let (hash, has_factor) = guard.unwrap_or_default();
    let fits = account::fits_apart(form.password.clone(), hash).await?;
    let mut tx = cx.write().await?;
    match found {
        Some(account) if fits && account.active => {
            throttle::clear(&mut tx, &key).await?;
            let response = if has_factor {
                ask_code(&mut tx, &cx, &account, safe_back(&form.back)).await?
            } else {
                let token = open(&mut tx, &cx, &client, Start::local(&account, Method::Password)).await?;
                signed_in(&cx.app, &account.municipality, see_other(safe_back(&form.back)), &token)
            };
            tx.commit().await?;
            Ok(response)
        }
        found => {
            throttle::fail(&mut tx, &key, LIMIT, cx.now).await?;
            if let Some(account) = found {
                refused(&mut tx, &cx, &account).await?;
            }
            client.failed(&mut tx, cx.now).await?;
            tx.commit().await?;
            faults.add("password", "session-wrong");
            again(&cx, &form, &faults).await
        }
    }
}

/// A wrong password for an account that exists is written down; of one that does not, nothing is.
async fn refused(tx: &mut Tx, cx: &Cx, account: &Account) -> Result<(), Fault> {
    let deed = audit::Deed { municipality: &account.municipality, ..cx.deed_for("accounts") };
    let detail = serde_json::json!({ "method": "password" });
    Ok(audit::record(tx, &deed, "session:refused", "account", &account.id.to_string(), &detail).await?)
}

/// The password was right: the code of the second factor comes next. Nobody is signed in yet.
async fn ask_code(tx: &mut Tx, cx: &Cx, account: &Account, back: &str) -> Result<Response, Fault> {
    let browser = secret()?;
    let attempt = Attempt {
        account_id: Some(account.id),
        ..Attempt::new(&account.municipality, Kind::Code, &browser, back, cx.now)
    };
    attempt::begin(tx, &browser, &attempt).await?;
    Ok(Cookie::Attempt.set(&cx.app, see_other("/login/code"), &browser, 600))
}

#[derive(askama::Template)]
#[template(path = "session/pages/code.html")]
struct CodePage {
    page: Page,
    errors: Vec<FormError>,
    code_error: String,
}

fn code_page(cx: &Cx, faults: &FieldFaults) -> Result<Response, Fault> {
    let page = CodePage {
        page: cx.page("identity-code-title"),
        errors: cx.summary(faults),
        code_error: faults.of("code", &cx.words).unwrap_or_default(),
    };
    render_as(if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &page)
}

/// `GET /login/code`: asks for the code of the second factor.
pub async fn code_form(cx: Cx, headers: HeaderMap) -> Result<Response, Fault> {
    let browser = Cookie::Attempt.of(&cx.app, &headers).unwrap_or_default();
    let mut tx = cx.read().await?;
    let waits = attempt::peek(&mut tx, browser, browser, cx.now).await?.is_some_and(|a| a.kind == Kind::Code);
    if waits { code_page(&cx, &FieldFaults::default()) } else { Ok(see_other("/login")) }
}

/// A typed code.
#[derive(Debug, Deserialize)]
pub struct Code {
    #[serde(default)]
    code: String,
}

/// `POST /login/code`: the second half of signing in.
pub async fn code_submit(
    cx: Cx,
    client: Client,
    headers: HeaderMap,
    Form(form): Form<Code>,
) -> Result<Response, Fault> {
    let browser = Cookie::Attempt.of(&cx.app, &headers).unwrap_or_default();
    let mut tx = cx.write().await?;
    let waiting = attempt::peek(&mut tx, browser, browser, cx.now).await?.filter(|a| a.kind == Kind::Code);
    let Some((attempt, id)) = waiting.and_then(|a| a.account_id.map(|id| (a, id))) else {
        return trouble_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, cx.t("identity-attempt-over")).await;
    };
    let person = store::person(&mut tx, &attempt.municipality, id).await?;
    let Some(account) = person.map(|p| p.account).filter(|a| a.active) else {
        return trouble_page(&cx, StatusCode::UNPROCESSABLE_ENTITY, cx.t("identity-attempt-over")).await;
    };
    let shown = second_factor::show(&mut tx, &cx, &client, (&attempt.municipality, id), &form.code).await?;
    if shown == Shown::Wrong {
        tx.commit().await?;
        let mut faults = FieldFaults::default();
        faults.add("code", "identity-code-wrong");
        return code_page(&cx, &faults);
    }
    attempt::take(&mut tx, browser, browser, cx.now).await?;
    let token = open(&mut tx, &cx, &client, Start::local(&account, Method::SecondFactor)).await?;
    second_factor::note_recovery(&mut tx, &crate::session::deed_of(&cx, &account), id, &shown).await?;
    tx.commit().await?;
    // Few codes are left: say so where new ones are made.
    let to = if shown.is_last_codes() { "/account/second-factor" } else { safe_back(&attempt.back) };
    Ok(signed_in(&cx.app, &account.municipality, see_other(to), &token))
}

/// `POST /demo/sign-in`: sign in as a persona without a password. The route exists only in the demo.
pub async fn persona(cx: Cx, client: Client, Form(form): Form<SignIn>) -> Result<Response, Fault> {
    if !cx.app.demo {
        return Err(Fault::NotFound);
    }
    let mut tx = cx.write().await?;
    let account = store::by_username(&mut tx, &form.username).await?.filter(|a| a.active).ok_or(Fault::NotFound)?;
    let token = open(&mut tx, &cx, &client, Start::local(&account, Method::Persona)).await?;
    tx.commit().await?;
    Ok(signed_in(&cx.app, &account.municipality, see_other(safe_back(&form.back)), &token))
}
