//! What somebody without the right would try, told over HTTP behind every layer of the program (docs/security.md, "Ten
//! stories" and "Tests to write").

mod injection;
mod reporter;

use super::*;
use axum::body::Body;
use axum::http::Request;
use jiff::{SignedDuration, Timestamp};
use kit::audit::{self, Flaw, Verdict};
use kit::{Uuid, args};
use people::account::{self, Account};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use testkit::{House, house_test};

const PASSWORD: &str = "een lang wachtwoord";
const REASON: &str = "Onderzoek naar een strafbaar feit";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=edge";

/// The program with every vault, the areas and categories of Heemskerk, and nobody in it.
async fn town_at(house: House, public_url: &str) -> Shared {
    let mut app = testkit::app_in(house, |municipality| start::shelve(municipality).unwrap());
    let inside = Arc::get_mut(&mut app).unwrap();
    inside.fonts = assets::FONTS.to_vec();
    inside.public_url = public_url.to_owned();
    let file = testkit::root().join("config/heemskerk/areas.geojson");
    areas::import::seed(&app, "GM0396", &file, 2025).await.unwrap();
    let mut tx = app.main.write().await.unwrap();
    for municipality in &app.municipalities {
        municipality.get::<signals::Catalogue>().sync(&mut tx, municipality.code()).await.unwrap();
    }
    tx.commit().await.unwrap();
    app
}

async fn town(house: House) -> Shared {
    town_at(house, "http://regie.test").await
}

/// An account; everybody here has the same password.
async fn person(app: &Shared, n: u128, username: &str, role: Role) -> Uuid {
    static HASH: LazyLock<String> = LazyLock::new(|| account::hash(PASSWORD).unwrap());
    let account = Account {
        municipality: "GM0396".into(),
        id: Uuid::from_u128(n),
        username: username.into(),
        name: format!("Persoon {username}"),
        role,
        active: true,
    };
    let mut tx = app.main.write().await.unwrap();
    account::add(&mut tx, &account, &HASH, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    account.id
}

/// A granted authorisation (Wpg art. 6); gives its id.
async fn authorise(app: &Shared, account: Uuid, processing: &str) -> Uuid {
    let id = app.clock.id();
    let mut tx = app.main.write().await.unwrap();
    tx.run(
        "insert into authorisation (municipality, id, account_id, processing, reason, deed_number, valid_from, valid_until,
            proposed_by, proposed_at, granted_by, granted_at, refusal, withdrawal, version)
         values ('GM0396', $1, $2, $3, '', '', $4, null, $5, $4, $5, $4, '', '', 1)",
        args![id, account, processing, app.clock.now(), Uuid::from_u128(99)],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

/// A confirmed second factor, of which these stories use recovery codes only.
async fn factor(app: &Shared, account: Uuid) {
    let mut tx = app.main.write().await.unwrap();
    tx.run(
        "insert into second_factor (municipality, account_id, secret_bytes, created_at, confirmed_at, last_step)
         values ('GM0396', $1, $2, $3, $3, 0)",
        args![account, vec![0_u8], app.clock.now()],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn count(app: &Shared, sql: &'static str) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, vec![]).await.unwrap();
    n
}

fn percent(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("%{b:02X}")).collect()
}

fn multipart(fields: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), value, b"\r\n"].concat());
    }
    body.extend_from_slice(b"--edge--\r\n");
    body
}

/// A browser with its cookies, before the whole program.
struct Browser {
    app: Shared,
    router: axum::Router,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    fn new(app: &Shared) -> Self {
        Self { app: app.clone(), router: serve::router(app, None), cookies: BTreeMap::new() }
    }

    async fn signed_in(app: &Shared, username: &str) -> Self {
        let mut browser = Self::new(app);
        let answer = browser.form("/login", &[("username", username), ("password", PASSWORD)]).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/desk"), "{}", answer.text);
        browser
    }

    async fn send(&mut self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        use tower::ServiceExt as _;
        let cookies = self.cookies.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
        let request =
            Request::builder().method(method).uri(path).header("content-type", kind).header("cookie", cookies);
        let answer = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let answer = Answer::read(answer).await;
        for set in answer.headers.get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        answer
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, FORM, vec![]).await
    }

    async fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs = fields.iter().map(|(k, v)| format!("{k}={}", percent(v.as_bytes()))).collect::<Vec<_>>();
        self.send("POST", path, FORM, pairs.join("&").into_bytes()).await
    }

    /// Shows the second factor of `account` with a recovery code of its own.
    async fn step_up(&mut self, account: Uuid) {
        let code = self.app.clock.id().simple().to_string();
        let seal = self.app.seals.of("main").unwrap();
        let print = seal.fingerprint(&format!("recovery/GM0396/{account}/{code}"));
        let mut tx = self.app.main.write().await.unwrap();
        let sql =
            "insert into recovery_code (municipality, account_id, code_hash, used_at) values ('GM0396', $1, $2, null)";
        tx.run(sql, args![account, print]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(self.form("/step-up", &[("code", &code), ("back", "/desk")]).await.status, 303);
    }

    /// States the purpose that opens a processing.
    async fn open(&mut self, processing: &str) {
        let id = self.app.clock.id().to_string();
        let fields = [("open-request", id.as_str()), ("open-hat", "investigator"), ("open-reason", REASON)];
        let answer = self.form(&format!("/records/{processing}/open"), &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
    }
}

/// An organisation with two people, and its covenant on cases of the care and safety house until `until`.
async fn partnership(app: &Shared, people: [Uuid; 2], until: Timestamp) {
    let (org, covenant) = (Uuid::from_u128(50), Uuid::from_u128(60));
    let mut tx = app.main.write().await.unwrap();
    tx.run(
        "insert into organisation (municipality, id, name, kind, email, phone, note, created_at, changed_at, version)
         values ('GM0396', $1, 'Corporatie', 'housing', '', '', '', $2, $2, 1)",
        args![org, app.clock.now()],
    )
    .await
    .unwrap();
    tx.run(
        "insert into covenant (municipality, id, title, purpose, legal_basis, data_categories, privacy_protocol, dpia,
            contact_name, contact_email, contact_phone, valid_from, valid_until, created_at, changed_at, end_reason,
            version) values ('GM0396', $1, 'Convenant', '', '', '', '', '', '', '', '', $2, $3, $2, $2, '', 1)",
        args![covenant, app.clock.now(), kit::At(until)],
    )
    .await
    .unwrap();
    for sql in [
        "insert into covenant_party (municipality, covenant_id, organisation_id) values ('GM0396', $1, $2)",
        "insert into covenant_processing (municipality, covenant_id, processing)
         select 'GM0396', $1, 'zvh-cases' from organisation where id = $2",
    ] {
        tx.run(sql, args![covenant, org]).await.unwrap();
    }
    for account in people {
        let email = format!("{account}@corporatie.example");
        tx.run("update account set organisation_id = $1, email = $2 where id = $3", args![org, email, account])
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

house_test! {
    async fn a_partner_is_out_the_same_microsecond(house) {
        let app = town(house).await;
        let (pim, noor) = (person(&app, 10, "pim", Role::Partner).await, person(&app, 11, "noor", Role::Partner).await);
        let director = person(&app, 12, "dirk", Role::ProcessDirector).await;
        person(&app, 13, "admin", Role::Administrator).await;
        let start = app.clock.now().0;
        let micro = SignedDuration::from_micros(1);
        let (withdrawn, ended) = (start + SignedDuration::from_mins(1), start + SignedDuration::from_mins(5));
        partnership(&app, [pim, noor], ended).await;
        let mut browsers = vec![];
        let mut names = vec![];
        for (account, username) in [(pim, "pim"), (noor, "noor"), (director, "dirk")] {
            names.push(authorise(&app, account, "zvh-cases").await);
            let mut browser = Browser::signed_in(&app, username).await;
            factor(&app, account).await;
            browser.step_up(account).await;
            browser.open("zvh-cases").await;
            browsers.push(browser);
        }
        let Ok([mut pim_at, mut noor_at, mut dirk]) = <[Browser; 3]>::try_from(browsers) else { panic!("three") };
        let id = app.clock.id().to_string();
        let note = [("request", id.as_str()), ("title", "Een casus"), ("text", "Afspraken met de corporatie.")];
        assert_eq!(dirk.form("/records/zvh-cases/new", &note).await.status, 303);
        let case = format!("/records/zvh-cases/{id}");
        for (version, account) in [("1", pim), ("2", noor)] {
            let (request, account) = (app.clock.id().to_string(), account.to_string());
            let add = [("what", "add"), ("request", request.as_str()), ("version", version), ("participant", account.as_str())];
            assert_eq!(dirk.form(&format!("{case}/change"), &add).await.status, 303);
        }
        let mut admin = Browser::signed_in(&app, "admin").await;

        app.clock.set(withdrawn - micro);
        assert_eq!((noor_at.get(&case).await.status, pim_at.get(&case).await.status), (200, 200));
        app.clock.set(withdrawn);
        let request = app.clock.id().to_string();
        let form = [("request", request.as_str()), ("version", "1"), ("withdrawal", "Andere functie.")];
        let answer = admin.form(&format!("/authorisations/{}/withdraw", names[1]), &form).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let out = noor_at.get(&case).await;
        assert!(out.status == 403 && out.text.contains("niet geautoriseerd"), "{}", out.status);
        assert_eq!(pim_at.get(&case).await.status, 200, "the other is still in");

        app.clock.set(ended - micro);
        assert_eq!(pim_at.get(&case).await.status, 200);
        app.clock.set(ended);
        let out = pim_at.get(&case).await;
        assert!(out.status == 403 && out.text.contains("geen geldig convenant"), "{}", out.status);
        assert!(!out.text.contains("Een casus"));

        let request = app.clock.id().to_string();
        assert_eq!(admin.form(&format!("/accounts/{pim}/link"), &[("request", &request)]).await.status, 303);
        let mut tx = app.main.read().await.unwrap();
        let (mail,): (String,) = tx.one("select body from outbox", vec![]).await.unwrap();
        drop(tx);
        let token = mail.split_once("/welcome/").unwrap().1.split_whitespace().next().unwrap();
        let link = format!("/welcome/{token}");
        let mut mailbox = Browser::new(&app);
        assert_eq!(mailbox.get(&link).await.status, 200, "good until the account ends");
        assert_eq!(admin.form(&format!("/accounts/{pim}/end"), &[]).await.status, 303);
        let out = pim_at.get(&case).await;
        assert!(out.status == 303 && out.location.starts_with("/login"), "{} {}", out.status, out.location);
        assert_eq!(mailbox.get(&link).await.status, 409);
        let fresh = "een heel nieuwe zin";
        assert_eq!(mailbox.form(&link, &[("password", fresh), ("again", fresh)]).await.status, 409);
        for password in [fresh, PASSWORD] {
            assert_eq!(mailbox.form("/login", &[("username", "pim"), ("password", password)]).await.status, 422);
        }
    }

    async fn a_step_up_opens_its_own_session_only(house) {
        let app = town(house).await;
        let ada = person(&app, 1, "ada", Role::Officer).await;
        authorise(&app, ada, "wpg-daily").await;
        let (mut desktop, mut phone) = (Browser::signed_in(&app, "ada").await, Browser::signed_in(&app, "ada").await);
        factor(&app, ada).await;
        desktop.step_up(ada).await;
        desktop.open("wpg-daily").await;
        let vault = "/records/wpg-daily";
        let (seen, round, shut) = (desktop.get(vault).await, phone.get("/rounds").await, phone.get(vault).await);
        assert_eq!((seen.status, round.status, shut.status), (200, 200, 403));
        assert!(shut.text.contains("/step-up"), "the way in is on the page");
        for page in [&seen, &round, &shut] {
            assert_eq!(page.header("cache-control"), "no-store");
        }
        let mut tx = app.main.read().await.unwrap();
        let (id,): (Uuid,) = tx.one("select id from session where stepped_up_at is null", vec![]).await.unwrap();
        drop(tx);
        assert_eq!(desktop.form(&format!("/account/sessions/{id}/revoke"), &[]).await.status, 303);
        let out = phone.get("/rounds").await;
        assert!(out.status == 303 && out.location.starts_with("/login"), "{} {}", out.status, out.location);
        let minutes = SignedDuration::from_mins(app.home().unwrap().file.security.step_up_minutes.into());
        app.clock.set(testkit::now() + minutes - SignedDuration::from_secs(60));
        assert_eq!(desktop.get(vault).await.status, 200);
        app.clock.set(testkit::now() + minutes);
        assert_eq!(desktop.get(vault).await.status, 403, "the second factor is too old");
    }

    async fn an_administrator_cannot_read_or_hide(house) {
        let app = town(house).await;
        let me = person(&app, 3, "admin", Role::Administrator).await;
        person(&app, 4, "fg", Role::PrivacyOfficer).await;
        let mut fg = Browser::signed_in(&app, "fg").await;
        let mut admin = Browser::signed_in(&app, "admin").await;
        factor(&app, me).await;
        admin.step_up(me).await;
        let table = routes::table(&app, None);
        for route in table.list() {
            let parts = ["/records", "/rights", "/audit", "/disclosures", "/incidents"];
            if parts.iter().any(|part| route.path.starts_with(part)) {
                let answer = admin.send(route.method.as_str(), &filled(route.path), FORM, vec![]).await;
                assert_eq!(answer.status, 403, "{} {}", route.method, route.path);
            }
        }
        for (deed, fields) in [("edit", &[("role", "privacy-officer"), ("version", "1")][..]), ("end", &[]), ("sessions/end", &[]), ("second-factor/reset", &[])] {
            assert_eq!(admin.form(&format!("/accounts/{me}/{deed}"), fields).await.status, 409, "{deed}: not oneself");
        }
        assert_eq!(count(&app, "select count(*) from account where username = 'admin' and role = 'administrator'").await, 1);

        let (other, request) = (app.clock.id().to_string(), app.clock.id().to_string());
        let new = [("request", other.as_str()), ("name", "Een ander"), ("email", "ander@heemskerk.example"), ("role", "officer")];
        let entries = "select count(*) from audit_entry where actor_id is not null and role = 'administrator'";
        for (path, fields) in [
            ("/accounts/new".to_owned(), &new[..]),
            (format!("/accounts/{other}/link"), &[("request", request.as_str())]),
            (format!("/accounts/{other}/sessions/end"), &[]),
            (format!("/accounts/{other}/edit"), &[("role", "coordinator"), ("version", "1")]),
            (format!("/accounts/{other}/end"), &[]),
            (format!("/accounts/{other}/reopen"), &[]),
        ] {
            let before = count(&app, entries).await;
            let answer = admin.form(&path, fields).await;
            assert_eq!(answer.status, 303, "{path}: {}", answer.text);
            assert_eq!(count(&app, entries).await, before + 1, "{path} is written down");
        }
        let mut tx = app.main.read().await.unwrap();
        let who: Vec<(Option<Uuid>,)> = tx.all("select actor_id from audit_entry where record_id = $1", args![&other]).await.unwrap();
        drop(tx);
        assert!(who.len() == 6 && who.iter().all(|w| w.0 == Some(me)), "{who:?}");

        // With the database in hand: yesterday's copy of the three tables of the trail is put back.
        let cx = site::Cx::system(&app, app.home().unwrap(), "audit:read");
        let anchor = async |day| {
            let mut tx = app.main.write().await.unwrap();
            assert!(audit::anchor(&mut tx, &cx.deed(), day).await.unwrap());
            tx.commit().await.unwrap();
        };
        let hand = async |all: [&'static str; 3]| {
            let mut tx = app.main.write().await.unwrap();
            for sql in all {
                tx.run(sql, vec![]).await.unwrap();
            }
            tx.commit().await.unwrap();
        };
        anchor(19_876).await;
        hand(["create table copy_head as select * from audit_head", "create table copy_entry as select * from audit_entry",
            "create table copy_anchor as select * from audit_anchor"]).await;
        assert_eq!(admin.form(&format!("/accounts/{other}/end"), &[]).await.status, 303);
        anchor(19_877).await;
        let kept = fg.get("/audit/anchors.csv?vault=main").await;
        assert_eq!(kept.status, 200);
        let outside = audit::read_csv(&kept.text).unwrap();
        assert_eq!(outside.len(), 2);
        let mut tx = app.main.read().await.unwrap();
        assert_eq!(audit::compare(&mut tx, "main", "GM0396", &outside).await.unwrap(), Verdict::Whole(2));
        drop(tx);
        hand(["delete from audit_anchor", "delete from audit_entry", "delete from audit_head"]).await;
        hand(["insert into audit_head select * from copy_head", "insert into audit_entry select * from copy_entry",
            "insert into audit_anchor select * from copy_anchor"]).await;
        let mut tx = app.main.read().await.unwrap();
        assert!(matches!(audit::verify(&mut tx, "GM0396").await.unwrap(), Verdict::Whole(_)), "it looks whole");
        assert_eq!(audit::verify_anchors(&mut tx, "GM0396").await.unwrap(), Verdict::Whole(1));
        let named = audit::compare(&mut tx, "main", "GM0396", &outside).await.unwrap();
        assert_eq!(named, Verdict::Broken { seq: outside[1].seq, why: Flaw::Missing }, "but not beside what was kept outside");
    }

    async fn a_wrong_password_leaves_a_trace(house) {
        let app = town(house).await;
        let ada = person(&app, 1, "ada", Role::Officer).await;
        let mut guess = Browser::new(&app);
        let before = count(&app, "select count(*) from audit_entry").await;
        let mut pages = vec![];
        for username in ["ada", "ada", "ada", "eve"] {
            let answer = guess.form("/login", &[("username", username), ("password", "een verkeerd woord")]).await;
            assert_eq!(answer.status, 422);
            pages.push(answer.text.replace(&format!("value=\"{username}\""), "NAME"));
        }
        assert!(pages.iter().all(|page| page == &pages[0]), "no page tells which name exists");
        let mut tx = app.main.read().await.unwrap();
        let rows: Vec<(String, String)> = tx.all("select record_id, detail from audit_entry where action = 'session:refused'
            and municipality = 'GM0396' and kind = 'account'", vec![]).await.unwrap();
        drop(tx);
        assert_eq!(rows.len(), 3, "one for each, none for the name that nobody has");
        assert!(rows.iter().all(|(id, detail)| *id == ada.to_string() && detail == "{\"method\":\"password\"}"), "{rows:?}");
        assert_eq!(count(&app, "select count(*) from audit_entry").await, before + 3);
    }
}

#[tokio::test]
async fn behind_https_every_answer_says_so() {
    let app = town_at(testkit::house_sqlite().await, "https://regie.test").await;
    let router = serve::router(&app, None);
    let file = format!("{}/regie.css", assets::base());
    for (role, path, status, kind) in [
        (None, "/", 200, "text/html"),
        (None, "/api/v1/categories", 200, "application/json"),
        (None, "/no-such-page", 404, "text/html"),
        (None, "/signals", 303, ""),
        (Some(Role::CouncilMember), "/signals", 403, "text/html"),
        (None, "/report/map.svg", 200, "image/svg+xml"),
        (None, "/field", 200, "text/html"),
        (None, "/field/texts/nl", 200, "application/json"),
        (Some(Role::Coordinator), "/plan/report/2024/pdf", 200, "application/pdf"),
        (None, file.as_str(), 200, "text/css"),
    ] {
        let answer = Caller::new(&app, &router, role).get(path).await;
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.header("content-type").starts_with(kind), "{path}: {}", answer.header("content-type"));
        assert_eq!(answer.header("strict-transport-security"), "max-age=63072000; includeSubDomains", "{path}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        // only the app on the street may hear, and play what it heard
        let (policy, csp) = (answer.header("permissions-policy"), answer.header("content-security-policy"));
        assert_eq!(policy.contains("microphone=(self)"), path == "/field", "{path}: {policy}");
        assert_eq!(policy.contains("microphone=()"), path != "/field", "{path}: {policy}");
        assert_eq!(csp.contains("media-src"), path == "/field", "{path}: {csp}");
    }
}
