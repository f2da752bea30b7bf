//! The life of an event over HTTP, on both databases, and what must not happen to it; drafts of the phone; and wrecks with
//! their terms.

mod life;
mod phone;
mod wrecks;

use crate::{SanctionsConfig, event, export, figures, wreck};
use axum::body::Body;
use axum::http::Request;
use kit::{AnyVault, Clock, Db, Uuid, args};
use policy::{Actor, Role};
use records::{RecordsConfig, edit, list, open, record};
use site::Shared;
use site::layers::encode;
use site::routes::Table;
use testkit::{Answer, Caller, House};

fn app(house: House) -> Shared {
    testkit::app_in(house, |m| {
        let atlas = areas::Atlas::new(&m.file);
        m.put(atlas);
        let records = RecordsConfig::read(&m.folder).unwrap();
        m.put(records);
        let own = SanctionsConfig::read(&m.folder).unwrap();
        m.put(own);
    })
}

/// The program with fonts for documents; `None` where they are not installed.
fn app_with_fonts(house: House) -> Option<Shared> {
    let package = testkit::root().join("node_modules/@expo-google-fonts/noto-sans");
    let cuts = ["400Regular", "400Regular_Italic", "700Bold"];
    let read = |cut: &str| std::fs::read(package.join(cut).join(format!("NotoSans_{cut}.ttf"))).ok();
    let files: Option<Vec<&'static [u8]>> = cuts.into_iter().map(|c| read(c).map(|f| &*f.leak())).collect();
    let Some(files) = files else {
        eprintln!("skipped: no fonts; run `npm ci` first");
        return None;
    };
    let mut app = app(house);
    std::sync::Arc::get_mut(&mut app).unwrap().fonts = files;
    Some(app)
}

fn router(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/records/{processing}", "record:list", list::list)
        .get("/records/{processing}/open", "record:open", open::form)
        .post("/records/{processing}/open", "record:open", open::open)
        .get("/records/{processing}/{id}", "record:read", record::page)
        .get("/records/{processing}/{id}/edit", "record:edit", edit::correct_form)
        .get("/sanctions", "sanction:read", event::list)
        .get("/sanctions/new", "sanction:write", event::hat)
        .post("/sanctions/new", "sanction:write", event::begin)
        .get("/sanctions/figures", "sanction:figures", figures::page)
        .get("/sanctions/export", "sanction:export", export::page)
        .post("/sanctions/export", "sanction:export", export::press)
        .get("/sanctions/export/{number}", "sanction:export", export::download)
        .get("/sanctions/{id}", "sanction:read", event::view)
        .post("/sanctions/{id}", "sanction:read", event::change)
        .get("/sanctions/{id}/write", "sanction:write", event::form)
        .post("/sanctions/{id}/write", "sanction:write", event::save)
        .get("/sanctions/{id}/correct", "sanction:write", event::correct_form)
        .post("/sanctions/{id}/correct", "sanction:write", event::correct)
        .upload("/sanctions/{id}/photos", "sanction:write", event::photo::add)
        .get("/sanctions/{id}/photos/{photo}", "sanction:read", event::photo::show)
        .get("/sanctions/{id}/report.pdf", "sanction:read", event::report)
        .get("/api/field/offences", "field:use", event::phone::offers)
        .post("/api/field/sanction", "sanction:write", event::phone::take)
        .upload("/api/field/sanction/{id}/photo/{photo}", "sanction:write", event::phone::piece)
        .get("/wrecks/{id}/label.pdf", "wreck:read", wreck::label)
        .get("/wrecks", "wreck:read", wreck::list)
        .get("/wrecks/new", "wreck:handle", wreck::form)
        .post("/wrecks/new", "wreck:handle", wreck::create)
        .get("/wrecks/{id}", "wreck:read", wreck::page)
        .post("/wrecks/{id}", "wreck:handle", wreck::step);
    testkit::web(app, table)
}

/// Somebody with a fresh second factor who is authorised for police data.
struct User {
    app: Shared,
    caller: Caller,
    actor: Actor,
    language: &'static str,
}

async fn user(app: &Shared, role: Role, number: u128) -> User {
    let actor = Actor {
        account: Some(Uuid::from_u128(number)),
        authorised: ["wpg-daily".to_owned()].into(),
        ..testkit::cx(app, Some(role)).actor
    };
    let mut tx = app.main.write().await.unwrap();
    let name = format!("{} {number}", role.as_str());
    tx.run(
        "insert into account (municipality, id, username, name, role, password_hash, active, created_at)
         values ($1, $2, $3, $4, $5, '', $6, $7)",
        args!["GM0396", actor.account, &name, &name, role.as_str(), true, app.clock.now()],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    User { app: app.clone(), caller: Caller::new(app, &router(app), None), actor, language: "nl" }
}

/// A deed for domain I in Heemskerk, valid in 2024.
async fn with_deed(user: &User) {
    let mut tx = user.app.main.write().await.unwrap();
    let day = |y, m, d| i64::from(kit::clock::day_number(jiff::civil::date(y, m, d)));
    tx.run(
        "insert into deed (municipality, id, account_id, number, domain, territory, offences, means, valid_from,
            valid_until, trained_until, made_at, made_by, version)
         values ('GM0396', $1, $2, 'Akte 7', 'I', 'GM0396', '', '', $3, $4, $4, $5, $2, 1)",
        args![user.app.clock.id(), user.actor.account, day(2024, 1, 1), day(2024, 12, 31), user.app.clock.now()],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

impl User {
    fn id(&self) -> String {
        self.app.clock.id().to_string()
    }

    async fn send(&self, request: axum::http::request::Builder, body: impl Into<Body>) -> Answer {
        let mut actor = self.actor.clone();
        actor.stepped_up_at = Some(self.app.clock.now());
        let request = request.header("accept-language", self.language).extension(actor);
        self.caller.send(request.body(body.into()).unwrap()).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), String::new()).await
    }

    async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs = fields.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v)));
        let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        self.send(request, pairs.collect::<Vec<_>>().join("&")).await
    }

    /// States a purpose, with the hat of detection.
    async fn opens(&self) {
        let (id, hat) = (self.id(), ("open-hat", "investigator"));
        let reason = ("open-reason", "Een overtreding vastleggen");
        let answer = self.form("/records/wpg-daily/open", &[("open-request", &id), hat, reason]).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
    }

    /// A new draft; gives its id.
    async fn begins(&self) -> String {
        let id = self.id();
        let answer = self.form("/sanctions/new", &[("request", &id), ("place", "Kerkweg 1")]).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, format!("/sanctions/{id}/write").as_str()));
        id
    }

    /// Presses a button of the form with everything filled in that an adult caught in the act needs, and `other`.
    async fn presses(&self, path: &str, go: &str, other: &[(&str, &str)]) -> Answer {
        let request = self.id();
        let page = self.get(path).await;
        let version = value(&page.text, "version");
        let mut fields = vec![
            ("request", request.as_str()),
            ("version", version.as_str()),
            ("sanction", "F185 penal-order"),
            ("date", "2024-06-03"),
            ("time", "09:30"),
            ("place", "Kerkweg 1"),
            ("began", "detection"),
            ("caught", "in-the-act"),
            ("surname", "Zeggelaar"),
            ("first_names", "Harm"),
            ("birth", "1990-04-12"),
            ("identity", "passport"),
            ("cautioned", "yes"),
            ("statement", "Ik moest nodig."),
            ("findings", "Zag de persoon urineren tegen de gevel."),
            ("go", go),
        ];
        fields.retain(|(name, _)| !other.iter().any(|(n, _)| n == name));
        fields.extend(other.iter().filter(|(_, v)| !v.is_empty()));
        self.form(path, &fields).await
    }
}

/// The value of a hidden field.
fn value(html: &str, name: &str) -> String {
    let part = html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{name}: {html}"));
    part.split('"').next().unwrap().to_owned()
}

fn wpg(app: &Shared) -> Db<AnyVault> {
    app.vaults.get("wpg").unwrap().clone()
}

async fn count(app: &Shared, sql: &'static str) -> i64 {
    let mut tx = wpg(app).read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, vec![]).await.unwrap();
    n
}

/// Days after the moment at which tests stand still.
fn travel(app: &Shared, days: i64) {
    let Clock::Fixed(_) = &app.clock else { panic!("a fixed clock") };
    app.clock.set(testkit::now() + jiff::SignedDuration::from_hours(24 * days));
}
