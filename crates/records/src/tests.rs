//! What the tests of this crate share: the routes, and people who come with all that the fences ask, or with less.

mod disclosing;
mod fences;
mod keys;
mod law_limits;
mod notes;
mod targeted;

use crate::{RecordsConfig, disclose, edit, list, open, record, review, search};
use axum::body::Body;
use axum::http::Request;
use kit::{AnyVault, Clock, Db, Uuid, args};
use policy::{Actor, Role};
use site::Shared;
use site::layers::encode;
use site::routes::Table;
use testkit::{Answer, Caller, House};

/// A reason that is long enough.
const REASON: &str = "Onderzoek naar een strafbaar feit";

fn app(house: House) -> Shared {
    testkit::app_in(house, |m| {
        let config = RecordsConfig::read(&m.folder).unwrap();
        m.put(config);
    })
}

fn router(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/records", "record:open", open::home)
        .get("/records/review", "record:review", review::form)
        .post("/records/review", "record:review", review::read)
        .get("/records/{processing}", "record:list", list::list)
        .get("/records/{processing}/open", "record:open", open::form)
        .post("/records/{processing}/open", "record:open", open::open)
        .get("/records/{processing}/new", "record:create", edit::form)
        .post("/records/{processing}/new", "record:create", edit::create)
        .get("/records/{processing}/search", "record:list", search::form)
        .post("/records/{processing}/search", "record:list", search::ask)
        .get("/records/{processing}/search/{query}", "record:list", search::result)
        .get("/records/{processing}/{id}", "record:read", record::page)
        .get("/records/{processing}/{id}/edit", "record:edit", edit::correct_form)
        .post("/records/{processing}/{id}/edit", "record:edit", edit::correct)
        .post("/records/{processing}/{id}/change", "record:edit", record::change)
        .post("/records/{processing}/{id}/take", "record:edit", record::take)
        .get("/records/{processing}/{id}/disclose", "record:disclose", disclose::form)
        .post("/records/{processing}/{id}/disclose", "record:disclose", disclose::send)
        .post("/records/{processing}/{id}/send-correction", "record:disclose", disclose::correct)
        .get("/records/{processing}/{id}/disclosures/{disclosure}", "record:disclose", disclose::page)
        .post("/records/{processing}/{id}/disclosures/{disclosure}", "record:disclose", disclose::change)
        .get("/records/{processing}/{id}/disclosures/{disclosure}/content.json", "record:disclose", disclose::content)
        .get("/disclosures", "disclosure:review", disclose::overview)
        .get("/disclosures.csv", "disclosure:review", disclose::csv);
    testkit::web(app, table)
}

/// Somebody with a fresh second factor, in the office, authorised for what is named.
#[derive(Clone)]
struct User {
    app: Shared,
    caller: Caller,
    actor: Actor,
    language: &'static str,
    stepped_up: bool,
}

fn user(app: &Shared, role: Role, authorised: &[&str]) -> User {
    let actor = Actor {
        authorised: authorised.iter().map(|p| (*p).to_owned()).collect(),
        in_office: true,
        ..testkit::cx(app, Some(role)).actor
    };
    let caller = Caller::new(app, &router(app), None);
    User { app: app.clone(), caller, actor, language: "nl", stepped_up: true }
}

impl User {
    fn account(&self) -> Uuid {
        self.actor.account.unwrap()
    }

    async fn send(&self, request: axum::http::request::Builder, body: String) -> Answer {
        let mut actor = self.actor.clone();
        actor.stepped_up_at = self.stepped_up.then(|| self.app.clock.now());
        let request = request.header("accept-language", self.language).extension(actor);
        self.caller.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), String::new()).await
    }

    async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs = fields.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v)));
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.send(request, pairs.collect::<Vec<_>>().join("&")).await
    }

    /// States a purpose for a processing.
    async fn open(&self, processing: &str) -> Answer {
        let path = format!("/records/{processing}/open");
        let id = self.id();
        let hat = ("open-hat", "investigator");
        self.form(&path, &[("open-request", &id), hat, ("open-reason", REASON)]).await
    }

    /// A new request id.
    fn id(&self) -> String {
        self.app.clock.id().to_string()
    }

    /// A note in a processing that is open; gives its id.
    async fn note(&self, processing: &str, fields: &[(&str, &str)]) -> String {
        let id = self.id();
        let mut all = vec![("request", id.as_str()), ("title", "Vechtpartij"), ("text", "Twee mannen bij de haven.")];
        all.retain(|(name, _)| !fields.iter().any(|(n, _)| n == name));
        all.extend(fields);
        let answer = self.form(&format!("/records/{processing}/new"), &all).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, format!("/records/{processing}/{id}").as_str()));
        id
    }
}

fn vault(app: &Shared, name: &str) -> Db<AnyVault> {
    app.every_vault().into_iter().find(|db| db.name() == name).unwrap()
}

async fn count(app: &Shared, name: &str, sql: &'static str) -> i64 {
    let mut tx = vault(app, name).read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, vec![]).await.unwrap();
    n
}

/// Days after the moment at which tests stand still.
fn travel(app: &Shared, days: i64) {
    let Clock::Fixed(_) = &app.clock else { panic!("a fixed clock") };
    app.clock.set(testkit::now() + jiff::SignedDuration::from_hours(24 * days));
}

/// The account of a user, in the main vault.
async fn add_account(app: &Shared, user: &User) {
    let mut tx = app.main.write().await.unwrap();
    let name = format!("Persoon {}", user.actor.role_word());
    tx.run(
        "insert into account (municipality, id, username, name, role, password_hash, active, created_at)
         values ($1, $2, $3, $4, $5, '', $6, $7)",
        args!["GM0396", user.account(), &name, &name, user.actor.role_word(), true, app.clock.now()],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// A covenant in force for the care and safety house.
async fn add_covenant(app: &Shared) -> Uuid {
    let id = app.clock.id();
    let mut tx = app.main.write().await.unwrap();
    let now = app.clock.now().micros();
    tx.run(
        "insert into covenant (municipality, id, title, purpose, legal_basis, data_categories, privacy_protocol, dpia,
            contact_name, contact_email, contact_phone, valid_from, valid_until, created_at, changed_at, end_reason,
            version) values ($1, $2, 'Convenant ZVH', '', '', '', '', '', '', '', '', $3, $4, $3, $3, '', 1)",
        args!["GM0396", id, now - 1, now + 86_400_000_000],
    )
    .await
    .unwrap();
    tx.run(
        "insert into covenant_processing (municipality, covenant_id, processing) values ($1, $2, 'zvh-cases')",
        args!["GM0396", id],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

/// Runs every delivery that is due, in every vault.
async fn deliveries(app: &Shared) -> usize {
    let mut registry = kit::jobs::Registry::default();
    registry.add(disclose::JOB, disclose::deliver);
    let mut ran = 0;
    for db in app.every_vault() {
        ran += registry.run_due(&db, &app.clock, app).await.unwrap();
    }
    ran
}
