//! Local accounts: second factor, sessions and their end, links, and what each request reads anew.
#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

mod common;

use common::{ADA, ADMIN, Browser, PASSWORD, app, app_with};
use jiff::SignedDuration;
use kit::{At, Uuid, args};
use people::client::Proxies;
use sha2::{Digest as _, Sha256};
use site::Shared;
use testkit::{MainDb, db_test};
use totp_rs::{Algorithm, Secret, TOTP};

fn later(app: &Shared, seconds: i64) {
    let now = app.clock.now().0;
    app.clock.set(now + SignedDuration::from_secs(seconds));
}

/// The code of the app on the phone, `steps` from now.
fn code(app: &Shared, key: &str, steps: i64) -> String {
    let secret = Secret::Encoded(key.to_owned()).to_bytes().unwrap();
    let seconds = app.clock.now().micros() / 1_000_000 + steps * 30;
    TOTP::new_unchecked(Algorithm::SHA1, 6, 0, 30, secret).generate(seconds.unsigned_abs())
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}")).1.split_once(after).unwrap().0
}

/// Sets a second factor up; gives the key and the recovery codes.
async fn enrol(browser: &mut Browser) -> (String, Vec<String>) {
    let app = browser.app.clone();
    assert_eq!(browser.post("/account/second-factor/start", &[]).await.status, 303);
    let page = browser.get("/account/second-factor").await;
    assert!(page.text.contains("<svg class=\"qr\""), "{}", page.text);
    let key = between(&page.text, "?secret=", "&").to_owned();
    let typed = code(&app, &key, 0);
    let wrong = browser.post("/account/second-factor/confirm", &[("code", &typed), ("password", "x")]).await;
    assert_eq!(wrong.status, 422, "the password is asked too");
    let done = browser.post("/account/second-factor/confirm", &[("code", &typed), ("password", PASSWORD)]).await;
    assert_eq!(done.status, 200, "{}", done.text);
    let codes: Vec<String> =
        done.text.split("<li><code>").skip(1).map(|t| t.split('<').next().unwrap().to_owned()).collect();
    assert_eq!(codes.len(), 10);
    (key, codes)
}

async fn audited(app: &Shared) -> Vec<String> {
    let mut tx = app.main.read().await.unwrap();
    let rows: Vec<(String,)> = tx.all("select action from audit_entry order by seq", vec![]).await.unwrap();
    rows.into_iter().map(|r| r.0).collect()
}

/// How many of `processing` the account is authorised for, and its covenants, as the next request sees it.
async fn standing(app: &Shared, browser: &mut Browser) -> (Vec<String>, Vec<String>) {
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt as _;
    let router = axum::Router::new()
        .route(
            "/who",
            get(async |cx: site::Cx| format!("{}|{}", cx.actor.authorised.join(","), cx.actor.covenants.join(","))),
        )
        .layer(from_fn_with_state(app.clone(), people::session::load))
        .with_state(app.clone());
    let request = axum::http::Request::get("/who")
        .header("cookie", format!("session={}", browser.token()))
        .body(axum::body::Body::empty())
        .unwrap();
    let answer = testkit::Answer::read(router.oneshot(request).await.unwrap()).await;
    let list = |text: &str| text.split(',').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    let (authorised, covenants) = answer.text.split_once('|').unwrap();
    (list(authorised), list(covenants))
}

/// A partner organisation, one covenant of it over `processing` until `until`, and one authorisation.
async fn partner(app: &Shared, until: At) {
    let now = app.clock.now();
    let (org, cov) = (Uuid::from_u128(50), Uuid::from_u128(60));
    let mut tx = app.main.write().await.unwrap();
    tx.run(
        "insert into organisation (municipality, id, name, kind, email, phone, note, created_at, changed_at, version)
         values ('GM0396', $1, 'Politie', 'police', '', '', '', $2, $2, 1)",
        args![org, now],
    )
    .await
    .unwrap();
    tx.run("update account set organisation_id = $1 where id = $2", args![org, ADA]).await.unwrap();
    tx.run(
        "insert into covenant (municipality, id, title, purpose, legal_basis, data_categories, privacy_protocol, dpia,
            contact_name, contact_email, contact_phone, valid_from, valid_until, created_at, changed_at, end_reason, version)
         values ('GM0396', $1, 't', 'p', 'b', 'd', 'x', 'y', 'n', 'e', 'f', $2, $3, $2, $2, '', 1)",
        args![cov, now, until],
    )
    .await
    .unwrap();
    tx.run(
        "insert into covenant_party (municipality, covenant_id, organisation_id) values ('GM0396', $1, $2)",
        args![cov, org],
    )
    .await
    .unwrap();
    for processing in ["casework", "nuisance"] {
        tx.run(
            "insert into covenant_processing (municipality, covenant_id, processing) values ('GM0396', $1, $2)",
            args![cov, processing],
        )
        .await
        .unwrap();
    }
    tx.run(
        "insert into authorisation (municipality, id, account_id, processing, reason, deed_number, valid_from, valid_until,
            proposed_by, proposed_at, granted_by, granted_at, refusal, withdrawal, version)
         values ('GM0396', $1, $2, 'wpg-daily', '', '', $3, null, $4, $3, $4, $3, '', '', 1)",
        args![Uuid::from_u128(70), ADA, now, ADMIN],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

db_test! {
    async fn a_second_factor_stands_behind_the_password(db) {
        let app = app(db).await;
        let mut browser = Browser::new(&app);
        browser.sign_in("ada").await;
        let before = browser.token();
        let (key, _) = enrol(&mut browser).await;
        assert_ne!(before, browser.token(), "a fresh token after showing a factor");
        assert_eq!(browser.post("/logout", &[]).await.status, 303);

        assert_eq!(browser.sign_in("ada").await, "/login/code", "the password alone opens nothing");
        assert!(!browser.is_in().await);
        let replayed = code(&app, &key, 0);
        let answer = browser.post("/login/code", &[("code", &replayed)]).await;
        assert_eq!(answer.status, 422, "the code that confirmed the factor was used");
        later(&app, 30);
        let answer = browser.post("/login/code", &[("code", &code(&app, &key, 0))]).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/account"), "{}", answer.text);
        assert!(browser.is_in().await);

        let mut thief = Browser::new(&app);
        thief.sign_in("ada").await;
        let answer = thief.post("/login/code", &[("code", &code(&app, &key, 0))]).await;
        assert_eq!(answer.status, 422, "a code that was seen over a shoulder is used up");
        let mut other = Browser::new(&app);
        let answer = other.post("/login/code", &[("code", &code(&app, &key, 1))]).await;
        assert_eq!(answer.status, 422, "a browser that showed no password gets nowhere");
        assert!(!other.is_in().await);
        let seen = audited(&app).await;
        assert!(["session:start", "second-factor:enrol", "session:step-up", "session:end"]
            .iter().all(|a| seen.iter().any(|s| s == a)), "{seen:?}");
    }

    async fn recovery_codes_work_once(db) {
        let app = app(db).await;
        let mut browser = Browser::new(&app);
        browser.sign_in("ada").await;
        let (key, codes) = enrol(&mut browser).await;
        for (typed, status) in [(codes[0].to_uppercase(), 303), (codes[0].clone(), 422), (codes[1].clone(), 303)] {
            let mut lost = Browser::new(&app);
            lost.sign_in("ada").await;
            assert_eq!(lost.post("/login/code", &[("code", &typed)]).await.status, status, "{typed}");
        }
        later(&app, 60);
        let fresh = browser.post("/account/second-factor/codes", &[("code", &code(&app, &key, 0))]).await;
        assert_eq!(fresh.status, 200);
        let mut lost = Browser::new(&app);
        lost.sign_in("ada").await;
        assert_eq!(lost.post("/login/code", &[("code", &codes[2])]).await.status, 422, "the old set is worth nothing");
        let mut tx = app.main.read().await.unwrap();
        let rows: Vec<(String,)> = tx.all("select code_hash from recovery_code", vec![]).await.unwrap();
        assert!(rows.len() == 10 && rows.iter().all(|r| r.0.len() == 64), "only fingerprints are kept");
    }

    async fn five_wrong_codes_close_for_a_quarter(db) {
        let app = app(db).await;
        let mut browser = Browser::new(&app);
        browser.sign_in("ada").await;
        let (key, _) = enrol(&mut browser).await;
        let mut guess = Browser::new(&app);
        guess.sign_in("ada").await;
        for _ in 0..5 {
            assert_eq!(guess.post("/login/code", &[("code", "000000")]).await.status, 422);
        }
        later(&app, 60);
        let right = code(&app, &key, 0);
        assert_eq!(guess.post("/login/code", &[("code", &right)]).await.status, 429, "the right code waits too");
        assert_eq!(browser.post("/step-up", &[("code", &right)]).await.status, 429, "and so it does elsewhere");
        later(&app, 901);
        assert_eq!(browser.post("/step-up", &[("code", &code(&app, &key, 0)), ("back", "/account")]).await.status, 303);
        assert_eq!(guess.post("/login/code", &[("code", &code(&app, &key, 1))]).await.status, 422, "the attempt is over");
    }

    async fn a_step_up_is_written_down_and_renews_the_token(db) {
        let app = app(db).await;
        let mut browser = Browser::new(&app);
        browser.sign_in("ada").await;
        assert!(browser.get("/step-up").await.text.contains("/account/second-factor"), "enrol first");
        assert_eq!(browser.post("/demo/step-up", &[]).await.status, 404, "skipping exists only in the demo");
        let (key, _) = enrol(&mut browser).await;
        let old = browser.token();
        later(&app, 60);
        let form = [("code", code(&app, &key, 0)), ("back", "//evil.example".to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let answer = browser.post("/step-up", &form).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/desk"));
        let mut stale = Browser::new(&app);
        stale.cookies.insert("session".into(), old);
        assert!(!stale.is_in().await, "the token of before is worth nothing");
        assert!(browser.is_in().await);
        let mut tx = app.main.read().await.unwrap();
        let (at,): (Option<At>,) = tx.one("select stepped_up_at from session", vec![]).await.unwrap();
        assert_eq!(at, Some(app.clock.now()));
    }

    async fn sessions_are_listed_and_revoked(db) {
        let app = app(db).await;
        let (mut here, mut there, mut third) = (Browser::new(&app), Browser::new(&app), Browser::new(&app));
        here.sign_in("ada").await;
        there.sign_in("ada").await;
        third.sign_in("ada").await;
        let page = here.get("/account").await;
        assert!(page.text.contains("Firefox, Linux") && page.text.contains("203.0.113.x"), "{}", page.text);
        assert_eq!(page.text.matches("deze sessie").count(), 1);
        let hash = hex::encode(Sha256::digest(there.token().as_bytes()));
        let mut tx = app.main.read().await.unwrap();
        let (id,): (Uuid,) = tx.one("select id from session where token_hash = $1", args![hash]).await.unwrap();
        drop(tx);
        let mut fg = Browser::new(&app);
        fg.sign_in("fg").await;
        fg.post(&format!("/account/sessions/{id}/revoke"), &[]).await;
        assert!(there.is_in().await, "nobody revokes another's session");
        here.post(&format!("/account/sessions/{id}/revoke"), &[]).await;
        assert!(!there.is_in().await && third.is_in().await && here.is_in().await);
        here.post("/account/sessions/revoke-others", &[]).await;
        assert!(!third.is_in().await && here.is_in().await);
        assert_eq!(audited(&app).await.iter().filter(|a| *a == "session:revoke").count(), 2);
    }

    async fn who_left_is_out_at_once(db) {
        let app = app(db).await;
        let (mut ada, mut admin) = (Browser::new(&app), Browser::new(&app));
        ada.sign_in("ada").await;
        enrol(&mut ada).await;
        admin.sign_in("admin").await;
        let href = format!("/accounts/{ADA}");
        assert_eq!(ada.post(&format!("{href}/end"), &[]).await.status, 403, "not an administrator");
        assert_eq!(admin.post(&format!("/accounts/{ADMIN}/end"), &[]).await.status, 409, "nor oneself");
        assert_eq!(admin.post(&format!("{href}/end"), &[]).await.status, 303);
        assert!(!ada.is_in().await);
        assert!(admin.get(&href).await.text.contains("gesloten op"));
        let form = [("username", "ada"), ("password", PASSWORD)];
        assert_eq!(ada.post("/login", &form).await.status, 422, "the password is worth nothing");
        let count = audited(&app).await.len();
        admin.post(&format!("{href}/end"), &[]).await;
        assert_eq!(audited(&app).await.len(), count, "again is no harm");
        admin.post(&format!("{href}/reopen"), &[]).await;
        assert_eq!(ada.post("/login", &form).await.status, 422, "the old password stays behind");
    }

    async fn a_new_colleague_chooses_a_password(db) {
        let app = app(db).await;
        let mut admin = Browser::new(&app);
        admin.sign_in("admin").await;
        let id = Uuid::from_u128(77).to_string();
        let mut form = vec![("request", id.as_str()), ("name", "Noor"), ("email", "Noor@Heemskerk.example"), ("role", "officer")];
        assert_eq!(admin.post("/accounts/new", &[("request", &id), ("name", ""), ("email", "x"), ("role", "officer")]).await.status, 422);
        for _ in 0..2 {
            assert_eq!(admin.post("/accounts/new", &form).await.location, format!("/accounts/{id}"));
        }
        form[0].1 = "00000000-0000-0000-0000-000000000099";
        assert_eq!(admin.post("/accounts/new", &form).await.status, 422, "the address is taken");
        let mut tx = app.main.read().await.unwrap();
        let bodies: Vec<(String, String)> = tx.all("select recipient, body from outbox", vec![]).await.unwrap();
        drop(tx);
        assert_eq!(bodies.len(), 1, "one mail for the same request twice");
        assert_eq!(bodies[0].0, "noor@heemskerk.example");
        let link = format!("/welcome/{}", between(&bodies[0].1, "/welcome/", "\n"));

        let mut noor = Browser::new(&app);
        assert_eq!(noor.get("/welcome/00").await.status, 409);
        assert_eq!(noor.get(&link).await.status, 200);
        for (password, again, status) in
            [("kort", "kort", 422), ("een lange zin is goed", "anders", 422), ("een lange zin is goed", "een lange zin is goed", 200)]
        {
            assert_eq!(noor.post(&link, &[("password", password), ("again", again)]).await.status, status);
        }
        assert_eq!(noor.get(&link).await.status, 409, "a link works once");
        let form = [("username", "noor@heemskerk.example"), ("password", "een lange zin is goed"), ("back", "/account")];
        assert_eq!(noor.post("/login", &form).await.status, 303);

        admin.post(&format!("/accounts/{id}/link"), &[("request", "00000000-0000-0000-0000-000000000005")]).await;
        let mut tx = app.main.read().await.unwrap();
        let bodies: Vec<(String,)> = tx.all("select body from outbox order by created_at desc, id desc limit 1", vec![]).await.unwrap();
        drop(tx);
        let link = format!("/welcome/{}", between(&bodies[0].0, "/welcome/", "\n"));
        later(&app, 24 * 3600);
        assert_eq!(noor.get(&link).await.status, 409, "good for 24 hours");
    }

    async fn role_and_organisation_fit_each_other(db) {
        let app = app(db).await;
        partner(&app, At(testkit::now() + SignedDuration::from_hours(1))).await;
        let mut admin = Browser::new(&app);
        admin.sign_in("admin").await;
        let mut ada = Browser::new(&app);
        ada.sign_in("ada").await;
        let href = format!("/accounts/{ADA}/edit");
        let org = Uuid::from_u128(50).to_string();
        for (role, organisation, version, status) in [
            ("partner", "", "1", 422),
            ("officer", org.as_str(), "1", 422),
            ("partner", org.as_str(), "9", 409),
            ("partner", org.as_str(), "1", 303),
        ] {
            let form = [("role", role), ("organisation", organisation), ("version", version)];
            assert_eq!(admin.post(&href, &form).await.status, status, "{role} {organisation} {version}");
        }
        assert!(!ada.is_in().await, "another role: sign in anew");
    }

    async fn limits_are_those_of_the_municipality(db) {
        let app = app_with(db, |m| {
            m.file.security.session_idle_minutes = 20;
            m.file.security.session_hours = 2;
        }).await;
        let mut browser = Browser::new(&app);
        browser.sign_in("ada").await;
        for _ in 0..7 {
            later(&app, 17 * 60);
            assert!(browser.is_in().await, "used within twenty minutes");
        }
        later(&app, 60);
        assert!(!browser.is_in().await, "two hours are over");
        browser.sign_in("ada").await;
        later(&app, 20 * 60);
        assert!(!browser.is_in().await, "twenty minutes unused");
    }

    async fn a_covenant_closes_access_the_same_microsecond(db) {
        let app = app(db).await;
        let start = app.clock.now();
        let until = At::from_micros(start.micros() + 60_000_000);
        partner(&app, until).await;
        let mut browser = Browser::new(&app);
        browser.sign_in("ada").await;
        let (authorised, mut covenants) = standing(&app, &mut browser).await;
        covenants.sort();
        assert_eq!(authorised, ["wpg-daily"]);
        assert_eq!(covenants, ["casework", "nuisance"]);
        app.clock.set(At::from_micros(until.micros() - 1).0);
        assert_eq!(standing(&app, &mut browser).await.1.len(), 2, "one microsecond before");
        app.clock.set(until.0);
        assert!(standing(&app, &mut browser).await.1.is_empty(), "at the instant itself");
        let change = async |sql: &'static str, at: At| {
            let mut tx = app.main.write().await.unwrap();
            tx.run(sql, args![at]).await.unwrap();
            tx.commit().await.unwrap();
        };
        change("update authorisation set valid_until = $1", At::from_micros(until.micros() + 1)).await;
        assert_eq!(standing(&app, &mut browser).await.0.len(), 1, "one microsecond left");
        change("update authorisation set withdrawn_at = $1", until).await;
        assert!(standing(&app, &mut browser).await.0.is_empty(), "withdrawn");
        change("update authorisation set withdrawn_at = null, granted_at = null where proposed_at < $1", until).await;
        assert!(standing(&app, &mut browser).await.0.is_empty(), "only proposed");
    }

    async fn an_address_that_fails_too_often_waits(db) {
        let app = app_with(db, |m| m.put(Proxies(vec!["198.51.100.0/24".parse().unwrap()]))).await;
        let mut browser = Browser::new(&app);
        for n in 0..50 {
            let name = format!("nobody{n}");
            assert_eq!(browser.post("/login", &[("username", &name), ("password", "x")]).await.status, 422);
        }
        let form = [("username", "ada"), ("password", PASSWORD)];
        assert_eq!(browser.post("/login", &form).await.status, 429);
        browser.address = "203.0.113.10:1";
        assert_eq!(browser.post("/login", &form).await.status, 303, "another address may");
    }
}

/// The cookie of a site behind TLS is bound to its host.
#[tokio::test]
async fn cookies_behind_tls_bear_the_host_prefix() {
    let db: MainDb = testkit::sqlite().await;
    let app = app(db).await;
    let mut app = std::sync::Arc::try_unwrap(app).unwrap();
    app.public_url = "https://regie.test".into();
    let app = std::sync::Arc::new(app);
    let mut browser = Browser::new(&app);
    let form = [("username", "ada"), ("password", PASSWORD), ("back", "/account")];
    let answer = browser.post("/login", &form).await;
    let cookie =
        answer.headers.get_all("set-cookie").iter().find(|c| c.to_str().unwrap().starts_with("__Host-session="));
    let cookie = cookie.unwrap().to_str().unwrap();
    assert!(cookie.contains("; Secure") && cookie.contains("Path=/;") && !cookie.contains("Domain"), "{cookie}");
}
