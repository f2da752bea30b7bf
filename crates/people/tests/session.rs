//! Signing in: right, wrong, too often, and out again; who left is out at once.
#![allow(clippy::unwrap_used, reason = "test code")]

mod common;

use axum::body::Body;
use axum::http::Request;
use axum::middleware::from_fn_with_state;
use common::{app, table};
use kit::args;
use people::session;
use site::Shared;
use testkit::{Answer, db_test};
use tower::ServiceExt as _;

/// The routes behind the real session layer.
async fn send(app: &Shared, request: Request<Body>) -> (Answer, String) {
    let router = testkit::web(app, table(app)).layer(from_fn_with_state(app.clone(), session::load));
    let response = router.oneshot(request).await.unwrap();
    let answer = Answer::read(response).await;
    let cookies = answer.headers.get_all("set-cookie");
    let cookie = cookies.iter().map(|c| c.to_str().unwrap()).find(|c| c.starts_with("session="));
    let cookie = cookie.unwrap_or_default().to_owned();
    (answer, cookie)
}

fn get(path: &str, cookie: &str) -> Request<Body> {
    Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()
}

fn post(path: &str, cookie: &str, body: &str) -> Request<Body> {
    Request::post(path)
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .unwrap()
}

async fn sign_in(app: &Shared, username: &str) -> String {
    let body = format!("username={username}&password=een+lang+wachtwoord&back=/account");
    let (answer, cookie) = send(app, post("/login", "", &body)).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/account"));
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

db_test! {
    async fn in_and_out(db) {
        let app = app(db).await;
        let (answer, _) = send(&app, get("/account", "")).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/login?back=/account"));
        let cookie = sign_in(&app, " Ada ").await;
        let (answer, _) = send(&app, get("/account", &cookie)).await;
        assert_eq!(answer.status, 200);
        assert!(answer.text.contains("Coördinator handhaving"));
        let (answer, _) = send(&app, get("/accounts", &cookie)).await;
        assert_eq!(answer.status, 403, "a coordinator reads no list of accounts");
        send(&app, post("/logout", &cookie, "")).await;
        let (answer, _) = send(&app, get("/account", &cookie)).await;
        assert_eq!(answer.status, 303, "the old cookie is worth nothing");
    }

    async fn the_privacy_officer_sees_who_signed_in(db) {
        let app = app(db).await;
        sign_in(&app, "ada").await;
        let cookie = sign_in(&app, "fg").await;
        let trail = kit::audit::newest(&mut app.main.read().await.unwrap(), "GM0396", i64::MAX, 9).await.unwrap();
        assert_eq!(trail.iter().filter(|e| e.action == "session:start").count(), 2);
        let (answer, _) = send(&app, get("/accounts", &cookie)).await;
        assert!(answer.text.contains("Privacy officer"));
    }

    async fn wrong_words_are_told_kindly_and_too_many_must_wait(db) {
        let app = app(db).await;
        for (body, sentence) in [
            ("username=&password=", "Vul uw gebruikersnaam in."),
            ("username=nobody&password=x", "klopt niet"),
        ] {
            let (answer, cookie) = send(&app, post("/login", "", body)).await;
            assert_eq!(answer.status, 422);
            assert!(answer.text.contains(sentence) && cookie.is_empty(), "{}", answer.text);
        }
        for _ in 0..5 {
            send(&app, post("/login", "", "username=ada&password=wrong")).await;
        }
        let (answer, _) = send(&app, post("/login", "", "username=ada&password=een+lang+wachtwoord")).await;
        assert_eq!(answer.status, 429, "the right password waits too");
        app.clock.set(testkit::now() + jiff::SignedDuration::from_mins(16));
        sign_in(&app, "ada").await;
    }

    async fn sessions_end(db) {
        let app = app(db).await;
        let cookie = sign_in(&app, "ada").await;
        app.clock.set(testkit::now() + jiff::SignedDuration::from_hours(9));
        assert_eq!(send(&app, get("/account", &cookie)).await.0.status, 303, "not used for nine hours");
        let cookie = sign_in(&app, "ada").await;
        let mut tx = app.main.write().await.unwrap();
        tx.run("update account set active = $1 where username = 'ada'", args![false]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(send(&app, get("/account", &cookie)).await.0.status, 303, "who left is out at once");
    }

    async fn without_the_demo_there_are_no_personas(db) {
        let app = app(db).await;
        assert_eq!(send(&app, post("/demo/sign-in", "", "username=ada")).await.0.status, 404);
        assert!(!send(&app, get("/login", "")).await.0.text.contains("persona"));
    }
}
