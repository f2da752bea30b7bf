//! What tests stand on: databases of both kinds, the program with a fixed clock, and callers.
//!
//! PostgreSQL: `make test` starts a throw-away cluster and names it in `REGIE_TEST_POSTGRES`
//! (a URL of its superuser). Without it the PostgreSQL half of a test says so and is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "test code")]

use jiff::Timestamp;
use kit::db::{Bibob, FENCED, Ggz, Partnership, Police, Radicalisation, Social, Victims, Wpg};
use kit::migrate::Migration;
use kit::{Clock, Db, Main, Municipality, Seal, Seals, Trace, Uuid, Vault, Vaults};
use policy::{Actor, Policy, Role};
use site::{App, Cx};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A file of the real data beside the repository; `None` (said aloud) where it is absent.
#[must_use]
pub fn shared(path: &str) -> Option<PathBuf> {
    let file = root().join("../shared").join(path);
    if file.exists() {
        return Some(file);
    }
    eprintln!("skipped: ../shared/{path} is not here");
    None
}

/// The migrations of a vault, read from disk so that a new one rebuilds nothing.
#[must_use]
pub fn migrations(vault: &str) -> Vec<Migration> {
    let dir = root().join("migrations").join(if vault == "main" { "main" } else { "fenced" });
    let mut names: Vec<String> = std::fs::read_dir(dir.join("sqlite"))
        .unwrap()
        .map(|f| f.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let text = |kind: &str, name: &str| std::fs::read_to_string(dir.join(kind).join(format!("{name}.sql"))).unwrap();
    names
        .into_iter()
        .map(|name| Migration { sqlite: text("sqlite", &name), postgres: text("postgres", &name), name })
        .collect()
}

/// A new folder that nobody else uses. It stays while this process lives; the first folder of a later one takes
/// away what ended processes left.
#[must_use]
pub fn folder() -> PathBuf {
    static SWEPT: std::sync::Once = std::sync::Once::new();
    SWEPT.call_once(|| {
        for left in std::fs::read_dir(std::env::temp_dir()).unwrap().flatten() {
            if left.file_name().to_str().and_then(|name| name.strip_prefix("regie-test-")).is_some_and(ended) {
                let _ = std::fs::remove_dir_all(left.path());
            }
        }
    });
    let dir = std::env::temp_dir().join(format!("regie-test-{}", mine()));
    std::fs::create_dir_all(&dir).unwrap();
    dir
}

/// A name that nobody else uses and that says whose it is: `<process>_<uuid>`.
fn mine() -> String {
    format!("{}_{}", std::process::id(), Uuid::new_v4_like().simple())
}

/// Whether the process of a name made by [`mine`] is gone.
fn ended(name: &str) -> bool {
    name.split_once('_').is_some_and(|(process, _)| {
        process.parse::<u32>().is_ok_and(|process| !Path::new(&format!("/proc/{process}")).exists())
    })
}

trait NewId {
    fn new_v4_like() -> Uuid;
}
impl NewId for Uuid {
    fn new_v4_like() -> Uuid {
        Clock::System.id()
    }
}

/// A fresh SQLite vault with all migrations.
pub async fn sqlite<V: Vault>() -> Db<V> {
    let db = Db::sqlite(&folder()).await.unwrap();
    kit::migrate::run(&db, &migrations(V::NAME)).await.unwrap();
    db
}

/// A new, empty PostgreSQL database with one schema and one role per vault named; gives each role's URL.
pub async fn postgres_vaults(vaults: &[&str]) -> Option<Vec<String>> {
    use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
    let Ok(url) = std::env::var("REGIE_TEST_POSTGRES") else {
        eprintln!("skipped: no PostgreSQL (REGIE_TEST_POSTGRES is not set; `make test` sets it)");
        return None;
    };
    let name = format!("t{}", mine());
    let mut server = PgConnection::connect(&url).await.unwrap();
    // A thousand databases of 20 MB each would fill a small disk: take away those of tests that ended. Another
    // test may be doing the same, so a database that is gone already is no fault.
    let all: Vec<String> = sqlx::query_scalar("select datname from pg_database where datname like 't%'")
        .fetch_all(&mut server)
        .await
        .unwrap();
    for left in all.iter().filter(|left| left.strip_prefix('t').is_some_and(ended)) {
        let _ = server.execute(AssertSqlSafe(format!("drop database if exists {left} with (force)"))).await;
    }
    server.execute(AssertSqlSafe(format!("create database {name}"))).await.unwrap();
    let (address, _) = url.rsplit_once('/').unwrap();
    let host = address.rsplit_once('@').unwrap().1;
    let mut database = PgConnection::connect(&format!("{address}/{name}")).await.unwrap();
    let mut urls = Vec::new();
    for vault in vaults {
        let role = format!("{vault}_{name}");
        for sql in [
            format!("create role {role} login password 'secret'"),
            format!("create schema {vault} authorization {role}"),
            format!("revoke all on schema public from {role}"),
        ] {
            database.execute(AssertSqlSafe(sql)).await.unwrap();
        }
        urls.push(format!("postgres://{role}:secret@{host}/{name}"));
    }
    Some(urls)
}

/// A fresh PostgreSQL vault with all migrations, where a server is at hand.
pub async fn postgres<V: Vault>() -> Option<Db<V>> {
    let urls = postgres_vaults(&[V::NAME]).await?;
    let db = Db::postgres(&urls[0]).await.unwrap();
    kit::migrate::run(&db, &migrations(V::NAME)).await.unwrap();
    Some(db)
}

/// Runs a test on both databases: `db_test! { async fn name(db) { … } }` makes `name::sqlite` and
/// `name::postgres`; `db` is a [`Db`] of the main vault.
#[macro_export]
macro_rules! db_test {
    ($(async fn $name:ident($db:ident) $body:block)+) => {$(
        mod $name {
            use super::*;
            async fn body($db: $crate::MainDb) $body
            #[tokio::test]
            async fn sqlite() { body($crate::sqlite().await).await }
            #[tokio::test]
            async fn postgres() { if let Some(db) = $crate::postgres().await { body(db).await } }
        }
    )+};
}

/// Every vault of one installation.
#[derive(Debug)]
pub struct House {
    /// Regimes R0 and R1.
    pub main: MainDb,
    /// The fenced vaults.
    pub vaults: Vaults,
}

/// Expands to the eight fenced vaults, each opened by `$open`.
macro_rules! fenced {
    ($vaults:ident, $open:expr) => {{
        fenced!(@ $vaults, $open, Wpg, Police, Partnership, Radicalisation, Bibob, Social, Ggz, Victims);
    }};
    (@ $vaults:ident, $open:expr, $($vault:ident),+) => {{
        let open = $open;
        $(
            let db = open_vault::<$vault>(open(<$vault as Vault>::NAME)).await;
            $vaults.add(&db);
        )+
    }};
}

enum Address {
    Folder(PathBuf),
    Url(String),
}

async fn open_vault<V: Vault>(address: Address) -> Db<V> {
    let db = match address {
        Address::Folder(dir) => Db::<V>::sqlite(&dir).await.unwrap(),
        Address::Url(url) => Db::<V>::postgres(&url).await.unwrap(),
    };
    kit::migrate::run(&db, &migrations(V::NAME)).await.unwrap();
    db
}

/// Every vault as SQLite files in one new folder.
pub async fn house_sqlite() -> House {
    let dir = folder();
    let mut vaults = Vaults::default();
    fenced!(vaults, |_: &str| Address::Folder(dir.clone()));
    House { main: open_vault::<Main>(Address::Folder(dir.clone())).await, vaults }
}

/// Every vault in one new PostgreSQL database, where a server is at hand.
pub async fn house_postgres() -> Option<House> {
    let names: Vec<&str> = std::iter::once("main").chain(FENCED).collect();
    let urls = postgres_vaults(&names).await?;
    let url = |name: &str| Address::Url(urls[names.iter().position(|n| *n == name).unwrap()].clone());
    let mut vaults = Vaults::default();
    fenced!(vaults, url);
    Some(House { main: open_vault::<Main>(url("main")).await, vaults })
}

/// Runs a test on both databases with every vault open: `house_test! { async fn name(house) { … } }`;
/// `house` is a [`House`], [`app_in`] makes a program of it.
#[macro_export]
macro_rules! house_test {
    ($(async fn $name:ident($house:ident) $body:block)+) => {$(
        mod $name {
            use super::*;
            async fn body($house: $crate::House) $body
            #[tokio::test]
            async fn sqlite() { body($crate::house_sqlite().await).await }
            #[tokio::test]
            async fn postgres() { if let Some(house) = $crate::house_postgres().await { body(house).await } }
        }
    )+};
}

/// The main vault's handle.
pub type MainDb = Db<kit::Main>;

/// The moment at which tests stand still: Monday 3 June 2024, 10:00 in Heemskerk.
#[must_use]
pub fn now() -> Timestamp {
    "2024-06-03T08:00:00Z".parse().unwrap()
}

/// The program on `db` with the two municipalities of `config/`; `shelve` loads what an area keeps
/// on a municipality's shelf.
pub fn app(db: MainDb, shelve: impl Fn(&mut Municipality)) -> site::Shared {
    app_in(House { main: db, vaults: Vaults::default() }, shelve)
}

/// The keys of a test: another one for each vault.
#[must_use]
pub fn seals() -> Seals {
    let mut seals = Seals::default();
    for (n, vault) in std::iter::once("main").chain(FENCED).enumerate() {
        seals.add(vault, Seal::of_bytes(u8::try_from(n).unwrap() + 1));
    }
    seals
}

/// The program with every vault of `house` open; see [`app`].
pub fn app_in(house: House, shelve: impl Fn(&mut Municipality)) -> site::Shared {
    let config = root().join("config");
    let municipalities = ["heemskerk", "stlouis"]
        .into_iter()
        .map(|folder| {
            let mut municipality = Municipality::read(&config.join(folder)).unwrap();
            shelve(&mut municipality);
            Arc::new(municipality)
        })
        .collect();
    Arc::new(App {
        main: house.main,
        vaults: house.vaults,
        seals: seals(),
        policy: Policy::load().unwrap(),
        library: Arc::new(kit::words::Library::from_dir(&root().join("locales")).unwrap()),
        clock: Clock::fixed(now()),
        municipalities,
        law: site::app::Law::read(&config.join("law")).unwrap(),
        assets: "/static/test".into(),
        public_url: "http://regie.test".into(),
        post: kit::mail::Post::open(&kit::config::MailConfig {
            from: "Regie <regie@regie.example>".into(),
            smtp_host: None,
            smtp_user: None,
            smtp_password: None,
            folder: Some(folder()),
            smtp_tls: kit::config::SmtpTls::None,
            smtp_port: None,
            retry_days: 3,
            send_unsure_again: false,
            journal: None,
            inbox: None,
            inbox_most_megabytes: 30,
        })
        .unwrap(),
        http: kit::fetch::Http::new(kit::fetch::Reach {
            allow_private_addresses: true,
            allow_http: true,
            most_megabytes: 50,
            seconds: 3,
        })
        .unwrap(),
        scan: None,
        fonts: vec![],
        demo: false,
    })
}

/// The context of a request by somebody with `role` (or a stranger) in the first municipality.
#[must_use]
pub fn cx(app: &site::Shared, role: Option<Role>) -> Cx {
    let municipality = app.home().unwrap().clone();
    Cx {
        actor: Actor {
            account: role.map(|r| Uuid::from_u128(0x1000 + r as u128)),
            name: "Test".into(),
            role,
            ..Actor::stranger(municipality.code())
        },
        words: app.library.words("nl", municipality.zone.clone()),
        municipality,
        now: app.clock.now(),
        action: "public:read",
        path: "/test".into(),
        trace: Trace::start(),
        app: app.clone(),
    }
}

/// A table of routes behind the site's own layers; the caller's role comes from [`Caller`].
pub fn web(app: &site::Shared, table: site::routes::Table) -> axum::Router {
    use axum::middleware::{from_fn, from_fn_with_state};
    table
        .into_router()
        .fallback(async || kit::Fault::NotFound)
        .layer(from_fn(site::layers::same_site))
        .layer(from_fn_with_state(app.clone(), site::layers::outer))
        .with_state(app.clone())
}

/// Somebody who sends requests to a router under test.
#[derive(Clone)]
pub struct Caller {
    router: axum::Router,
    actor: Option<Actor>,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Where it sends the reader.
    pub location: String,
    /// Headers.
    pub headers: axum::http::HeaderMap,
    /// Body as text.
    pub text: String,
    /// Body as bytes.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// Reads a response to its end.
    pub async fn read(response: axum::response::Response) -> Self {
        let status = response.status().as_u16();
        let location = response.headers().get("location").map_or("", |v| v.to_str().unwrap()).to_owned();
        let headers = response.headers().clone();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec();
        Self { status, location, headers, text: String::from_utf8_lossy(&bytes).into_owned(), bytes }
    }

    /// A header as text; empty when it is absent.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    /// The body as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

impl Caller {
    /// A caller with `role` in the first municipality, or a stranger.
    #[must_use]
    pub fn new(app: &site::Shared, router: &axum::Router, role: Option<Role>) -> Self {
        Self { router: router.clone(), actor: role.map(|r| cx(app, Some(r)).actor) }
    }

    /// A caller with exactly this actor.
    #[must_use]
    pub fn of(router: &axum::Router, actor: Actor) -> Self {
        Self { router: router.clone(), actor: Some(actor) }
    }

    /// `GET path`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap()).await
    }

    /// `POST path` with a form.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = fields
            .iter()
            .map(|(k, v)| format!("{}={}", site::layers::encode(k), site::layers::encode(v)))
            .collect::<Vec<_>>()
            .join("&");
        let request = axum::http::Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// `POST path` with JSON.
    pub async fn post_json(&self, path: &str, body: &serde_json::Value) -> Answer {
        let request = axum::http::Request::post(path)
            .header("content-type", "application/json")
            .body(axum::body::Body::from(body.to_string()))
            .unwrap();
        self.send(request).await
    }

    /// Any request, in the caller's name.
    pub async fn send(&self, mut request: axum::http::Request<axum::body::Body>) -> Answer {
        use tower::ServiceExt as _;
        if let Some(actor) = &self.actor {
            request.extensions_mut().insert(actor.clone());
        }
        Answer::read(self.router.clone().oneshot(request).await.unwrap()).await
    }
}
