//! What the tests of this crate share: two accounts, the routes behind the real session layer, a browser's cookies.
#![allow(clippy::unwrap_used, dead_code, reason = "test code; each test uses its part")]

use axum::body::Body;
use axum::http::Request;
use axum::middleware::from_fn_with_state;
use kit::{At, Municipality, Uuid};
use people::account::{self, Account};
use people::{oidc, review, second_factor, session, step_up};
use policy::Role;
use site::Shared;
use site::routes::Table;
use std::collections::BTreeMap;
use testkit::{Answer, MainDb};
use tower::ServiceExt as _;

pub const PASSWORD: &str = "een lang wachtwoord";
pub const ADA: Uuid = Uuid::from_u128(1);
pub const ADMIN: Uuid = Uuid::from_u128(3);

/// The program with a coordinator `ada`, a privacy officer `fg` and an administrator `admin`.
pub async fn app(db: MainDb) -> Shared {
    app_with(db, |_| {}).await
}

pub async fn app_with(db: MainDb, shelve: impl Fn(&mut Municipality)) -> Shared {
    let app = testkit::app(db, shelve);
    let hash = account::hash(PASSWORD).unwrap();
    let mut tx = app.main.write().await.unwrap();
    for (n, username, role) in
        [(1, "ada", Role::Coordinator), (2, "fg", Role::PrivacyOfficer), (3, "admin", Role::Administrator)]
    {
        let account = Account {
            municipality: "GM0396".into(),
            id: Uuid::from_u128(n),
            username: username.into(),
            name: "Ada".into(),
            role,
            active: true,
        };
        account::add(&mut tx, &account, &hash, At(testkit::now())).await.unwrap();
    }
    tx.commit().await.unwrap();
    app
}

#[rustfmt::skip]
pub fn table(app: &Shared) -> Table {
    Table::new(app)
        .get("/login", "session:start", session::form)
        .post("/login", "session:start", session::submit)
        .get("/login/code", "session:start", session::code_form)
        .post("/login/code", "session:start", session::code_submit)
        .get("/login/oidc", "session:start", oidc::start)
        .get("/login/oidc/callback", "session:start", oidc::callback)
        .post("/login/oidc/backchannel", "session:end", oidc::backchannel)
        .post("/demo/sign-in", "session:start", session::persona)
        .post("/demo/step-up", "desk:read", step_up::skip)
        .get("/welcome/{token}", "session:start", account::welcome)
        .post("/welcome/{token}", "session:start", account::welcome_submit)
        .post("/logout", "session:end", session::sign_out)
        .get("/account", "desk:read", session::me)
        .post("/account/sessions/revoke-others", "desk:read", session::revoke_others)
        .post("/account/sessions/{id}/revoke", "desk:read", session::revoke)
        .get("/account/second-factor", "desk:read", second_factor::page)
        .post("/account/second-factor/start", "desk:read", second_factor::start)
        .post("/account/second-factor/confirm", "desk:read", second_factor::confirm)
        .post("/account/second-factor/codes", "desk:read", second_factor::codes)
        .get("/step-up", "desk:read", step_up::form)
        .post("/step-up", "desk:read", step_up::submit)
        .get("/step-up/oidc", "desk:read", oidc::step_up)
        .get("/accounts", "account-list:read", review::accounts_page)
        .get("/accounts/new", "account-list:edit", account::new)
        .post("/accounts/new", "account-list:edit", account::create)
        .get("/accounts/{id}", "account-list:read", account::account_page)
        .post("/accounts/{id}/edit", "account-list:edit", account::edit)
        .post("/accounts/{id}/end", "account-list:edit", account::end_form)
        .post("/accounts/{id}/reopen", "account-list:edit", account::reopen_form)
        .post("/accounts/{id}/link", "account-list:edit", account::link)
        .post("/accounts/{id}/sessions/end", "account-list:edit", account::end_sessions)
        .post("/accounts/{id}/second-factor/reset", "account-list:edit", account::reset_factor)
}

/// A browser: it keeps its cookies.
pub struct Browser {
    pub app: Shared,
    pub cookies: BTreeMap<String, String>,
    /// Where it stands in the network.
    pub address: &'static str,
}

impl Browser {
    pub fn new(app: &Shared) -> Self {
        Self { app: app.clone(), cookies: BTreeMap::new(), address: "203.0.113.9:1" }
    }

    pub async fn send(&mut self, method: &str, path: &str, body: &[(&str, &str)]) -> Answer {
        let router =
            testkit::web(&self.app, table(&self.app)).layer(from_fn_with_state(self.app.clone(), session::load));
        let cookies = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
        let pairs = body.iter().map(|(k, v)| format!("{k}={}", site::layers::encode(v))).collect::<Vec<_>>();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", cookies)
            .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(pairs.join("&")))
            .unwrap();
        let peer: std::net::SocketAddr = self.address.parse().unwrap();
        request.extensions_mut().insert(axum::extract::ConnectInfo(peer));
        let answer = Answer::read(router.oneshot(request).await.unwrap()).await;
        for set in answer.headers.get_all("set-cookie") {
            let text = set.to_str().unwrap();
            assert!(text.contains("HttpOnly") && text.contains("SameSite=Lax"), "{text}");
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[]).await
    }

    pub async fn post(&mut self, path: &str, body: &[(&str, &str)]) -> Answer {
        self.send("POST", path, body).await
    }

    /// Signs in with the password; gives where that leads.
    pub async fn sign_in(&mut self, username: &str) -> String {
        let form = [("username", username), ("password", PASSWORD), ("back", "/account")];
        let answer = self.post("/login", &form).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        answer.location
    }

    pub async fn is_in(&mut self) -> bool {
        self.get("/account").await.status == 200
    }

    pub fn token(&self) -> String {
        self.cookies.get("session").cloned().unwrap_or_default()
    }
}
