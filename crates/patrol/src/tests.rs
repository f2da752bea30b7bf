//! From a report to a round, its walk, the closed report and the figures, on both databases and through the pages.

use crate::round::{Outcome, RoundState, VisitState, ops, search, web as desk};
use crate::seed::{PastRound, PastShift, PastVisit};
use crate::shift::web as shifts;
use crate::walk::web as field;
use crate::{PatrolConfig, figures, round, seed};
use areas::{Area, Atlas, Level, Shape, Sheet};
use geo::{LineString, MultiPolygon, Polygon};
use kit::{At, Fault, Municipality, Text, Uuid, args};
use policy::{Permit, Resource, Role};
use signals::intake::{self, NewSignal};
use signals::{Catalogue, Source, State};
use site::routes::Table;
use site::{Cx, Shared};
use std::path::Path;
use testkit::{Answer, Caller, MainDb, cx, db_test, web};

mod anew;
mod crews;

const HOOD: &str = "BU03960001";

pub(crate) fn catalogue(folder: &Path) -> Catalogue {
    let text = std::fs::read_to_string(folder.join("categories.toml")).unwrap();
    let mut ids: Vec<String> =
        text.lines().filter_map(|l| l.strip_prefix("priority = \"")?.strip_suffix('"').map(str::to_owned)).collect();
    ids.sort();
    ids.dedup();
    Catalogue::read(folder, ids.into_iter().map(|id| (id, Text::default())).collect()).unwrap()
}

pub(crate) fn square_sheet() -> Sheet {
    let ring = vec![(4.58, 52.48), (4.73, 52.48), (4.73, 52.54), (4.58, 52.54), (4.58, 52.48)];
    let geometry = MultiPolygon::new(vec![Polygon::new(LineString::from(ring), vec![])]);
    let area = Area {
        code: HOOD.into(),
        name: "Duinwijk".into(),
        level: Level::Neighbourhood,
        parent: None,
        centre: (4.66, 52.51),
        inhabitants: None,
    };
    Sheet::new(vec![area], vec![Shape { code: HOOD.into(), level: Level::Neighbourhood, geometry }])
}

fn shelve(municipality: &mut Municipality) {
    let folder = municipality.folder.clone();
    municipality.put(catalogue(&folder));
    let mut config = PatrolConfig::read(&folder).unwrap();
    // What most tests are not about: no search beside them, no floor under neighbourhoods, and no waiting.
    config.search.seconds = 0;
    config.search.first_ms = 10;
    (config.search.most_iterations, config.search.explain_iterations) = (3_000, 20);
    config.equity.least = 0;
    config.revisit.open_hours = 0;
    config.revisit.lot = 0.0;
    municipality.put(config);
    municipality.put(search::Searches::default());
    let streets = streets::StreetsConfig::read(&folder).unwrap();
    municipality.put(streets::StreetMap::new(streets));
    let atlas = Atlas::new(&municipality.file);
    municipality.put(atlas);
}

/// The program with one neighbourhood, and an account per role plus a second officer.
async fn town(db: MainDb) -> Shared {
    let app = testkit::app(db, shelve);
    let home = app.home().unwrap().clone();
    let code = home.code();
    let mut tx = app.main.write().await.unwrap();
    home.get::<Catalogue>().sync(&mut tx, code).await.unwrap();
    let outline = r#"{"type":"MultiPolygon","coordinates":[[[[4.58,52.48],[4.73,52.48],[4.73,52.54],[4.58,52.54],[4.58,52.48]]]]}"#;
    tx.run(
        "insert into area (municipality, year, code, level, name, parent, lon, lat, surface_m2, outline, origin)
         values ($1, 2024, $2, 'neighbourhood', 'Duinwijk', null, 4.66, 52.51, null, $3, 'test')",
        args![code, HOOD, outline],
    )
    .await
    .unwrap();
    let people = [(cx(&app, Some(Role::Officer)).actor.account.unwrap(), "Daan"), (other_officer(), "Samira")];
    for (id, name) in people {
        tx.run(
            "insert into account (municipality, id, username, name, role, password_hash, active, created_at)
             values ($1, $2, $3, $4, 'officer', '', $5, 0)",
            args![code, id, format!("{name}-1"), name, true],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = app.main.read().await.unwrap();
    home.get::<Atlas>().reload(&mut tx, code).await.unwrap();
    drop(tx);
    app
}

fn other_officer() -> Uuid {
    Uuid::from_u128(0x2000)
}

fn router(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/rounds", "round:read", desk::rounds)
        .get("/rounds/results", "round:read", crate::results::page)
        .get("/shifts/new", "shift:edit", shifts::new)
        .post("/shifts/new", "shift:edit", shifts::create)
        .get("/rounds/new", "round:plan", desk::new)
        .post("/rounds/propose", "round:plan", desk::propose)
        .get("/rounds/{id}", "round:read", desk::round)
        .post("/rounds/{id}/change", "round:plan", desk::change)
        .post("/rounds/{id}/approve", "round:approve", desk::approve)
        .post("/rounds/{id}/withdraw", "round:approve", desk::withdraw)
        .get("/rounds/{id}/progress", "round:read", desk::watch)
        .post("/rounds/{id}/search", "round:plan", desk::search_on)
        .get("/rounds/{id}/replan", "round:approve", desk::replan_form)
        .post("/rounds/{id}/replan", "round:approve", desk::replan_send)
        .get("/rounds/{id}/walk", "round:walk", field::walk)
        .post("/rounds/{id}/visits/{visit}/arrive", "round:walk", field::arrive)
        .post("/rounds/{id}/visits/{visit}/leave", "round:walk", field::leave)
        .post("/rounds/{id}/visits/{visit}/skip", "round:walk", field::skip)
        .post("/rounds/{id}/finish", "round:walk", field::finish);
    web(app, table)
}

fn permit(cx: &Cx, action: &'static str) -> Permit {
    cx.permit(action, &Resource::ordinary("round", cx.code())).unwrap()
}

async fn report(cx: &Cx, category: &str, address: &str, (lon, lat): (f64, f64)) -> Uuid {
    let at = At::from_micros(cx.now.micros() - 3 * 86_400_000_000);
    let new = NewSignal {
        id: cx.app.clock.id(),
        kind: signals::Kind::Report,
        channel: signals::Channel::Web,
        source: Source::Resident,
        source_ref: None,
        category: category.into(),
        words: "Zo gaat het niet langer".into(),
        address: address.into(),
        place: Some((lon, lat)),
        area: None,
        occurred_at: at,
        reported_at: at,
        state: State::Reported,
        closed_at: None,
        reporter: None,
        presence_id: None,
        issue_id: None,
        language: "nl".into(),
    };
    let id = new.id;
    let mut tx = cx.write().await.unwrap();
    intake::create(cx, &mut tx, &permit(cx, "signal:create"), new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn forecast(cx: &Cx, n: i64) {
    let (x, y) = cx.municipality.get::<Atlas>().cell(4.66, 52.515).unwrap();
    let mut tx = cx.write().await.unwrap();
    for (made_at, expected) in [(1_i64, 9.0), (2, 2.0)] {
        for i in 0..n {
            tx.run(
                "insert into forecast_cell (municipality, made_at, day, band, cell_x, cell_y, grp, expected, low90, high90)
                 values ($1, $2, 19877, 4, $3, $4, 'people', $5, 0, 5)",
                args![cx.code(), made_at, x + i, y, expected / (i + 1) as f64],
            )
            .await
            .unwrap();
        }
    }
    tx.commit().await.unwrap();
}

/// The late shift of today with the test's officer on it, made by the form.
async fn late_shift(app: &Shared, desk: &Caller) -> String {
    let officer = format!("officer-{}", cx(app, Some(Role::Officer)).actor.account.unwrap());
    let request = app.clock.id().to_string();
    let fields = [
        ("request", request.as_str()),
        ("team", "enforcement"),
        ("day", "2024-06-03"),
        ("kind", "late"),
        (officer.as_str(), "yes"),
        ("base", ""),
    ];
    for _ in 0..2 {
        let answer = desk.form("/shifts/new", &fields).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/rounds?day=2024-06-03"), "{}", answer.text);
    }
    request
}

/// The value of the first field `name` in `html` after `mark`.
fn field_after<'a>(html: &'a str, mark: &str, name: &str) -> &'a str {
    let rest = &html[html.find(mark).unwrap_or_else(|| panic!("no {mark} in {html}"))..];
    let rest = rest.split_once(&format!("name=\"{name}\" value=\"")).unwrap().1;
    rest.split_once('"').unwrap().0
}

async fn propose(app: &Shared, desk: &Caller, shift: &str, most: &str) -> Answer {
    let request = app.clock.id().to_string();
    desk.form("/rounds/propose", &[("request", &request), ("shift", shift), ("max_visits", most)]).await
}

async fn approve(desk: &Caller, address: &str) {
    let html = desk.get(address).await.text;
    let form = format!("{address}/approve");
    let fields = [
        ("request", field_after(&html, &form, "request")),
        ("version", field_after(&html, &form, "version")),
        ("decision", "follow"),
        ("reason", "Dit zijn de drukste plekken van vandaag"),
    ];
    for _ in 0..2 {
        let answer = desk.form(&form, &fields).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, address), "{}", answer.text);
    }
}

/// Fails when a key of this crate's texts shows instead of its text.
fn no_bare_keys(html: &str) {
    for prefix in ["patrol-", "state-", "site-", "menu-", "fault-"] {
        for (at, _) in html.match_indices(prefix) {
            let before = html[..at].chars().next_back().unwrap_or(' ');
            assert!(!matches!(before, '>' | ' '), "bare key: {}", &html[at..html.len().min(at + 60)]);
        }
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap()
}

db_test! {
    async fn a_report_is_planned_walked_closed_and_counted(db) {
        let app = town(db).await;
        let coordinator = cx(&app, Some(Role::Coordinator));
        let signal = report(&coordinator, "household-waste", "Marktplein", (4.667, 52.512)).await;
        report(&coordinator, "dog-mess", "Parkweg", (4.664, 52.508)).await;
        report(&coordinator, "street-lighting", "Laan 3", (4.665, 52.509)).await;
        forecast(&coordinator, 1).await;
        let router = router(&app);
        let (desk, officer) = (
            Caller::new(&app, &router, Some(Role::Coordinator)),
            Caller::new(&app, &router, Some(Role::Officer)),
        );
        let shift = late_shift(&app, &desk).await;
        let html = desk.get(&format!("/rounds/new?shift={shift}")).await.text;
        assert!(html.contains("2 plekken met open meldingen"), "street lighting is nothing for a round: {html}");
        let answer = propose(&app, &desk, &shift, "8").await;
        assert_eq!(answer.status, 303, "{}", answer.text);
        let address = answer.location;
        let html = desk.get(&address).await.text;
        assert!(html.contains("Marktplein") && html.contains("Parkweg") && html.contains("Duinwijk"));
        let busy = "Een druk vak tussen 16 en 20 uur: we verwachten 2,0 meldingen (0 tot 5)";
        assert!(html.contains(busy), "the newest forecast counts: {html}");
        assert_eq!(officer.get(&format!("{address}/walk")).await.status, 409, "not approved yet");
        approve(&desk, &address).await;

        let walk = format!("{address}/walk");
        let html = officer.get(&walk).await.text;
        let mark = html.find("Marktplein").unwrap();
        let (version, request) =
            (field_after(&html[mark..], "/arrive", "version"), field_after(&html[mark..], "/arrive", "request"));
        let visit = html[mark..].split_once("/visits/").unwrap().1.split_once('/').unwrap().0.to_owned();
        let at = "2024-06-03T07:50:00Z";
        let arrive = format!("{address}/visits/{visit}/arrive");
        app.clock.set("2024-06-03T16:00:00Z".parse().unwrap());
        let press = [("request", request), ("version", version), ("at", at)];
        for _ in 0..2 {
            assert_eq!(officer.form(&arrive, &press).await.status, 303, "twice does no harm");
        }
        let again = app.clock.id().to_string();
        let stale = officer.form(&arrive, &[("request", &again), ("version", version)]).await;
        assert_eq!(stale.status, 409);
        assert!(stale.text.contains("Een collega was u voor"));

        app.clock.set("2024-06-03T16:14:00Z".parse().unwrap());
        let leave = format!("{address}/visits/{visit}/leave");
        let html = officer.get(&walk).await.text;
        let (version, request) = (field_after(&html, "/leave", "version"), field_after(&html, "/leave", "request"));
        let mut fields = vec![("request", request), ("version", version), ("outcome", "solved")];
        let answer = officer.form(&leave, &fields).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("Schrijf op hoe het is opgelost"));
        fields.push(("note", "Zakken opgehaald"));
        for _ in 0..2 {
            assert_eq!(officer.form(&leave, &fields).await.status, 303);
        }
        let html = officer.get(&walk).await.text;
        let fields = [("request", field_after(&html, "/finish", "request")), ("rest", "")];
        assert_eq!(officer.form(&format!("{address}/finish"), &fields).await.status, 422, "the rest needs a reason");
        let fields = [fields[0], ("rest", "Spoed elders")];
        assert_eq!(officer.form(&format!("{address}/finish"), &fields).await.status, 303);

        let mut tx = coordinator.read().await.unwrap();
        let (state, closed): (String, Option<i64>) =
            tx.one("select state, closed_at from signal where id = $1", args![signal]).await.unwrap();
        assert!(state == "done" && closed.is_some(), "the report is handled: {state}");
        let permit = permit(&coordinator, "round:read");
        let id = Uuid::try_parse(address.rsplit('/').next().unwrap()).unwrap();
        assert_eq!(round::get(&mut tx, &permit, id).await.unwrap().unwrap().state, RoundState::Finished);
        let visits = round::visits(&mut tx, &permit, id).await.unwrap();
        assert_eq!(visits.iter().filter(|v| v.state == VisitState::Skipped && v.note == "Spoed elders").count(), visits.len() - 1);
        let presence = signals::presence::minutes_between(&mut tx, &permit, 19_877, 19_877).await.unwrap();
        assert_eq!(presence.iter().map(|p| (p.area.as_deref(), p.minutes)).collect::<Vec<_>>(), [(Some(HOOD), 14)]);
        let all = figures(&mut tx, &permit, 19_877, 19_877).await.unwrap();
        assert_eq!((all.rounds, all.visits, all.visits_with_action, all.presence_minutes), (1, 1, 1, 14));
        assert_eq!(all.by_area[HOOD].minutes, 14);
        assert_eq!((all.by_category["household-waste"].visits, all.by_priority["public-space"].visits), (1, 1));
        assert_eq!(figures(&mut tx, &permit, 19_878, 19_999).await.unwrap(), crate::Figures::default());
        let whole = kit::audit::verify(&mut tx, coordinator.code()).await.unwrap();
        assert!(matches!(whole, kit::audit::Verdict::Whole(n) if n > 5), "{whole:?}");
    }

    async fn an_issue_closes_with_its_reports_and_another_outcome_moves_it_on(db) {
        let app = town(db).await;
        let coordinator = cx(&app, Some(Role::Coordinator));
        let one = report(&coordinator, "dog-mess", "Parkweg", (4.664, 52.508)).await;
        let two = report(&coordinator, "dog-mess", "Parkweg", (4.6641, 52.508)).await;
        let mut tx = coordinator.write().await.unwrap();
        let handle = permit(&coordinator, "issue:handle");
        signals::issues::join(&coordinator, &mut tx, &handle, (two, None), one, "").await.unwrap();
        tx.commit().await.unwrap();
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let officer = Caller::new(&app, &router, Some(Role::Officer));
        let shift = late_shift(&app, &desk).await;
        for (outcome, note, becomes, state) in
            [("talk", "", "waiting", "waiting"), ("sanction-follows", "", "in-progress", "in-progress"), ("solved", "Bord geplaatst", "", "done")]
        {
            let address = propose(&app, &desk, &shift, "3").await.location;
            approve(&desk, &address).await;
            let html = officer.get(&format!("{address}/walk")).await.text;
            assert!(html.contains("2 meldingen in 4 dagen") || html.contains("meldingen in"), "{html}");
            let visit = html.split_once("/visits/").unwrap().1.split_once('/').unwrap().0.to_owned();
            let fields = [("request", field_after(&html, "/arrive", "request")), ("version", "1")];
            assert_eq!(officer.form(&format!("{address}/visits/{visit}/arrive"), &fields).await.status, 303);
            let html = officer.get(&format!("{address}/walk")).await.text;
            let fields = [
                ("request", field_after(&html, "/leave", "request")),
                ("version", "2"),
                ("outcome", outcome),
                ("note", note),
                ("becomes", becomes),
            ];
            let answer = officer.form(&format!("{address}/visits/{visit}/leave"), &fields).await;
            assert_eq!(answer.status, 303, "{}", answer.text);
            let mut tx = coordinator.read().await.unwrap();
            for id in [one, two] {
                let (now,): (String,) = tx.one("select state from signal where id = $1", args![id]).await.unwrap();
                assert_eq!(now, state, "{outcome}");
            }
        }
        let mut tx = coordinator.read().await.unwrap();
        let (open,): (i64,) = tx
            .one("select cast(count(*) as bigint) from issue where closed_at is null", vec![])
            .await
            .unwrap();
        assert_eq!(open, 0);
    }

    async fn only_the_officers_of_the_shift_walk_and_only_the_coordinator_plans(db) {
        let app = town(db).await;
        let coordinator = cx(&app, Some(Role::Coordinator));
        report(&coordinator, "dog-mess", "Parkweg", (4.664, 52.508)).await;
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let shift = late_shift(&app, &desk).await;
        let address = propose(&app, &desk, &shift, "3").await.location;
        approve(&desk, &address).await;
        let id = Uuid::try_parse(address.rsplit('/').next().unwrap()).unwrap();
        let mut stranger = cx(&app, Some(Role::Officer));
        stranger.actor.account = Some(other_officer());
        let mut tx = stranger.write().await.unwrap();
        let refused = crate::walk::ops::open(&stranger, &mut tx, id).await;
        assert!(matches!(refused, Err(Fault::Refused { .. })), "{refused:?}");
        let visit = round::visits(&mut tx, &permit(&coordinator, "round:read"), id).await.unwrap()[0].id;
        let press = crate::walk::ops::Press { request: app.clock.id(), version: 1, at: None };
        let refused = crate::walk::ops::arrive(&stranger, &mut tx, id, visit, &press).await;
        assert!(matches!(refused, Err(Fault::Refused { .. })));
        drop(tx);
        for (role, path, status) in [
            (Role::Officer, "/shifts/new".to_owned(), 403),
            (Role::Officer, format!("/rounds/new?shift={shift}"), 403),
            (Role::Adviser, format!("{address}/walk"), 403),
            (Role::Adviser, address.clone(), 200),
            (Role::Adviser, "/rounds?day=2024-06-03".to_owned(), 200),
            (Role::Mayor, "/rounds".to_owned(), 403),
            (Role::Officer, "/rounds".to_owned(), 200),
            (Role::Coordinator, format!("/rounds/{}", Uuid::from_u128(1)), 404),
        ] {
            let answer = Caller::new(&app, &router, Some(role)).get(&path).await;
            assert_eq!(answer.status, status, "{role} {path}");
        }
    }

    async fn a_round_of_today_is_proposed_and_approved_as_the_coordinator_would(db) {
        let app = town(db).await;
        let coordinator = cx(&app, Some(Role::Coordinator));
        let officer = cx(&app, Some(Role::Officer)).actor.account.unwrap();
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let ask = async |who| seed::today(&coordinator, who, 6, "Het voorstel volgt de open meldingen").await.unwrap();
        assert_eq!(ask(officer).await, None, "no shift");
        late_shift(&app, &desk).await;
        assert_eq!(ask(officer).await, None, "nothing to visit");
        report(&coordinator, "dog-mess", "Parkweg", (4.664, 52.508)).await;
        assert_eq!(ask(Uuid::from_u128(0x9999)).await, None, "another has no shift");
        let id = ask(officer).await.unwrap();
        let mut tx = coordinator.read().await.unwrap();
        let permit = permit(&coordinator, "round:read");
        let round = round::get(&mut tx, &permit, id).await.unwrap().unwrap();
        let visits = round::visits(&mut tx, &permit, id).await.unwrap();
        assert_eq!((round.state, visits.len()), (RoundState::Approved, 1));
    }

    async fn nothing_to_visit_is_said_and_makes_no_round(db) {
        let app = town(db).await;
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let shift = late_shift(&app, &desk).await;
        let html = desk.get(&format!("/rounds/new?shift={shift}")).await.text;
        assert!(html.contains("Er is niets om te bezoeken") && html.contains("Er is geen verwachting voor deze dienst"));
        let answer = propose(&app, &desk, &shift, "8").await;
        assert_eq!(answer.status, 409);
        assert!(answer.text.contains("Er zijn geen open meldingen voor dit team"));
        let answer = propose(&app, &desk, &shift, "0").await;
        assert_eq!(answer.status, 422);
        let mut tx = app.main.read().await.unwrap();
        let (n,): (i64,) = tx.one("select cast(count(*) as bigint) from round", vec![]).await.unwrap();
        assert_eq!(n, 0);
    }

    async fn changes_meet_the_version_they_were_made_for(db) {
        let app = town(db).await;
        let coordinator = cx(&app, Some(Role::Coordinator));
        for n in 0..5 {
            report(&coordinator, "dog-mess", &format!("Weg {n}"), (4.660 + f64::from(n) * 0.003, 52.508)).await;
        }
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let shift = late_shift(&app, &desk).await;
        let address = propose(&app, &desk, &shift, "3").await.location;
        let html = desk.get(&address).await.text;
        let form = format!("{address}/change");
        let (request, version) = (field_after(&html, &form, "request"), field_after(&html, &form, "version"));
        let remove = html.split_once("value=\"remove:").unwrap().1.split_once('"').unwrap().0;
        let edit = format!("remove:{remove}");
        for _ in 0..2 {
            let fields = [("request", request), ("version", version), ("do", edit.as_str())];
            assert_eq!(desk.form(&form, &fields).await.status, 303, "the second send changes nothing");
        }
        let html = desk.get(&address).await.text;
        assert_eq!(html.matches("value=\"remove:").count(), 2);
        assert!(html.contains("U haalde deze plek weg") && html.contains("door u gewijzigd"));
        let new = app.clock.id().to_string();
        let stale = desk.form(&form, &[("request", &new), ("version", version), ("do", "solve")]).await;
        assert_eq!(stale.status, 409);
        let nonsense = desk.form(&form, &[("request", &new), ("version", "2"), ("do", "explode:x")]).await;
        assert_eq!(nonsense.status, 400);
        // Who changed the proposal cannot say that it was followed, and a reason is needed.
        let approve = format!("{address}/approve");
        let fields = [("request", new.as_str()), ("version", "2"), ("decision", "follow"), ("reason", "kort")];
        let answer = desk.form(&approve, &fields).await;
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("U hebt het voorstel gewijzigd") && answer.text.contains("minstens 10 tekens"));
        assert!(answer.text.contains(">kort</textarea>"), "typed text stays");
        let fields = [("request", new.as_str()), ("version", "1"), ("decision", "deviate"), ("reason", "Een lange reden hiervoor")];
        let answer = desk.form(&approve, &fields).await;
        assert_eq!(answer.status, 409);
        assert!(answer.text.contains("Een lange reden hiervoor</textarea>"), "typed text stays");
        let fields = [("request", new.as_str()), ("version", "2"), ("decision", "deviate"), ("reason", "Een lange reden hiervoor")];
        assert_eq!(desk.form(&approve, &fields).await.status, 303);
        let html = desk.get(&address).await.text;
        assert!(html.contains("Afgeweken van het voorstel") && html.contains("Een lange reden hiervoor"));
        // What is planned already is not proposed again.
        let other = propose(&app, &desk, &shift, "8").await.location;
        assert_eq!(desk.get(&other).await.text.matches("value=\"remove:").count(), 3);
        let withdraw = format!("{address}/withdraw");
        let id = app.clock.id().to_string();
        let fields = [("request", id.as_str()), ("version", "3"), ("reason", "Twee collega's zijn ziek")];
        assert_eq!(desk.form(&withdraw, &fields).await.status, 303);
        let id = app.clock.id().to_string();
        let fields = [("request", id.as_str()), ("version", "4"), ("reason", "Twee collega's zijn ziek")];
        assert_eq!(desk.form(&withdraw, &fields).await.status, 409);
    }

    async fn the_form_of_a_shift_says_what_is_wrong(db) {
        let app = town(db).await;
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        late_shift(&app, &desk).await;
        let daan = format!("officer-{}", cx(&app, Some(Role::Officer)).actor.account.unwrap());
        let none = format!("officer-{}", Uuid::from_u128(5));
        let good = [("team", "enforcement"), ("day", "2024-06-04"), ("kind", "early"), (daan.as_str(), "yes")];
        for (change, text) in [
            (("team", "x"), "Kies een team"),
            (("day", ""), "Vul een dag in"),
            (("day", "2024-06-01"), "al voorbij"),
            (("kind", ""), "Kies een soort dienst"),
            (("kind", "own"), "Vul in hoe laat"),
            ((daan.as_str(), ""), "minstens één handhaver"),
            ((none.as_str(), "yes"), "minstens één handhaver"),
            (("day", "2024-06-03"), "Heeft dan al een dienst: Daan"),
            (("base", "BU99"), "Kies een vertrekpunt"),
        ] {
            let request = app.clock.id().to_string();
            let mut fields: Vec<(&str, &str)> = good.into_iter().filter(|f| f.0 != change.0).collect();
            fields.extend([change, ("request", request.as_str())]);
            let answer = desk.form("/shifts/new", &fields).await;
            assert_eq!(answer.status, 422, "{change:?}");
            assert!(answer.text.contains(text), "{change:?}: {}", answer.text);
        }
        let request = app.clock.id().to_string();
        let own = [("request", request.as_str()), ("team", "youth"), ("day", "2024-06-05"), ("kind", "own"),
            ("start", "19:15"), ("hours", "5"), (daan.as_str(), "yes"), ("base", HOOD)];
        assert_eq!(desk.form("/shifts/new", &own).await.status, 303);
        let html = desk.get("/rounds?day=2024-06-05").await.text;
        assert!(html.contains("19:15 - 00:15") && html.contains("Jeugd"), "{html}");
    }

    async fn pages_show_in_both_languages(db) {
        let app = town(db).await;
        let coordinator = cx(&app, Some(Role::Coordinator));
        report(&coordinator, "dog-mess", "Parkweg", (4.664, 52.508)).await;
        report(&coordinator, "youth-nuisance", "", (4.668, 52.506)).await;
        forecast(&coordinator, 8).await;
        let router = router(&app);
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let officer = Caller::new(&app, &router, Some(Role::Officer));
        let shift = late_shift(&app, &desk).await;
        let english = async |who: &Caller, path: &str| {
            let request = axum::http::Request::get(path).header("cookie", "language=en");
            who.send(request.body(axum::body::Body::empty()).unwrap()).await
        };
        let address = propose(&app, &desk, &shift, "6").await.location;
        let see = async |who: &Caller, path: &str| {
            for answer in [who.get(path).await, english(who, path).await] {
                assert_eq!(answer.status, 200, "{path}: {}", answer.text);
                no_bare_keys(&answer.text);
            }
        };
        see(&desk, "/rounds").await;
        see(&desk, "/rounds/results").await;
        see(&desk, "/shifts/new").await;
        see(&desk, &format!("/rounds/new?shift={shift}")).await;
        see(&desk, &address).await;
        see(&officer, &address).await;
        approve(&desk, &address).await;
        see(&desk, &address).await;
        see(&officer, "/rounds").await;
        see(&officer, &format!("{address}/walk")).await;
        let html = english(&officer, &format!("{address}/walk")).await.text;
        assert!(html.contains("geo:52.") && html.contains("Arrived") && html.contains("busy square between"), "{html}");
    }

    async fn the_past_is_written_once(db) {
        let app = town(db).await;
        let coordinator = cx(&app, Some(Role::Coordinator));
        let officer = cx(&app, Some(Role::Officer)).actor.account.unwrap();
        let at = |text: &str| At(text.parse().unwrap());
        let visit = |outcome, from: &str, to: &str, lon| PastVisit {
            lon, lat: 52.51, category: Some("dog-mess".into()), title: String::new(), planned_at: at(from),
            arrived_at: at(from), left_at: at(to), outcome, note: String::new(),
        };
        let past = PastShift {
            id: Uuid::from_u128(0x10),
            team: "enforcement".into(),
            kind: "day".into(),
            starts_at: at("2023-05-01T08:00:00Z"),
            ends_at: at("2023-05-01T16:00:00Z"),
            officers: vec![officer],
            rounds: vec![PastRound {
                id: Uuid::from_u128(0x100),
                approved_at: at("2023-05-01T07:00:00Z"),
                approved_by: None,
                reason: "Uit het oude systeem".into(),
                finished_at: at("2023-05-01T10:00:00Z"),
                visits: vec![
                    visit(Outcome::Talk, "2023-05-01T08:30:00Z", "2023-05-01T08:42:00Z", 4.66),
                    visit(Outcome::NothingFound, "2023-05-01T09:00:00Z", "2023-05-01T09:10:00Z", 4.67),
                ],
            }],
        };
        let plan = permit(&coordinator, "round:plan");
        for new in [1, 0] {
            let mut tx = coordinator.write().await.unwrap();
            assert_eq!(seed(&mut tx, &plan, &coordinator.municipality, std::slice::from_ref(&past)).await.unwrap(), new);
            tx.commit().await.unwrap();
        }
        let mut tx = coordinator.read().await.unwrap();
        let all = figures(&mut tx, &plan, 19_478, 19_478).await.unwrap();
        assert_eq!((all.rounds, all.visits, all.visits_with_action, all.presence_minutes), (1, 2, 1, 22));
        let presence = signals::presence::minutes_between(&mut tx, &plan, 19_478, 19_478).await.unwrap();
        assert_eq!(presence.iter().map(|p| p.minutes).sum::<i64>(), 22);
        drop(tx);
        let router = router(&app);
        let answer = Caller::new(&app, &router, Some(Role::Coordinator)).get(&format!("/rounds/{}", Uuid::from_u128(0x100))).await;
        assert_eq!(answer.status, 200);
        assert!(answer.text.contains("Gesprek") && answer.text.contains("12 minuten (gepland 12)"));
        // the week's results: 22 minutes of 22, one of two visits with an action, and no name of an officer
        let desk = Caller::new(&app, &router, Some(Role::Coordinator));
        let week = desk.get("/rounds/results?day=2023-05-03").await.text;
        for text in ["Duinwijk", "0,4 van 0,4", "2 van 2", "1 van 1", "Druk vak", "day=2023-04-24", "day=2023-05-08"] {
            assert!(week.contains(text), "{text}: {week}");
        }
        assert!(!week.contains("Daan") && !week.contains("Samira"), "no table by officer");
        no_bare_keys(&week);
        let empty = desk.get("/rounds/results?day=nonsense").await.text;
        assert!(empty.contains("In deze week zijn er geen goedgekeurde rondes"));
        assert_eq!(Caller::new(&app, &router, Some(Role::Mayor)).get("/rounds/results").await.status, 403);
        // what came after a visit is read by arrival
        let mut tx = coordinator.read().await.unwrap();
        for (from, until, expected) in [
            ("2023-05-01T00:00:00Z", "2023-05-02T00:00:00Z", vec![Outcome::Talk, Outcome::NothingFound]),
            ("2023-05-01T08:31:00Z", "2023-05-02T00:00:00Z", vec![Outcome::NothingFound]),
            ("2023-05-01T00:00:00Z", "2023-05-01T08:30:00Z", vec![]),
        ] {
            let seen = figures::seen(&mut tx, &plan, (at(from), at(until))).await.unwrap();
            assert_eq!(seen.iter().map(|s| s.outcome).collect::<Vec<_>>(), expected, "{from}");
        }
    }

    async fn a_thousand_places_are_weighed_at_once(db) {
        let app = town(db).await;
        let coordinator = cx(&app, Some(Role::Coordinator));
        let permit = permit(&coordinator, "signal:create");
        let desk = intake::Desk::of(&coordinator.municipality);
        let rows = (0..1_000_u32)
            .map(|n| {
                let at = At::from_micros(coordinator.now.micros() - i64::from(n % 40) * 43_200_000_000);
                let place = (4.63 + f64::from(n % 37) * 0.0018, 52.495 + f64::from(n % 29) * 0.0011);
                desk.prepare(NewSignal {
                    id: app.clock.id(), kind: signals::Kind::Report, channel: signals::Channel::Web, source: Source::Resident, source_ref: Some(n.to_string()),
                    category: "dog-mess".into(), words: "test".into(), address: format!("Weg {n}"), place: Some(place),
                    area: None, occurred_at: at, reported_at: at, state: State::Reported, closed_at: None,
                    reporter: None, presence_id: None, issue_id: None, language: "nl".into(),
                })
            })
            .collect();
        let mut tx = coordinator.write().await.unwrap();
        assert_eq!(intake::insert_many(&mut tx, &permit, rows).await.unwrap(), 1_000);
        tx.commit().await.unwrap();
        let router = router(&app);
        let caller = Caller::new(&app, &router, Some(Role::Coordinator));
        let shift = late_shift(&app, &caller).await;
        let ask = ops::Ask { request: app.clock.id(), shift: Uuid::try_parse(&shift).unwrap(), max_visits: "12".into(), crews: vec![], modes: vec![] };
        let start = std::time::Instant::now();
        let (draft, seed) = ops::prepare(&coordinator, &ask).await.unwrap();
        eprintln!("1,000 places: {:?}", start.elapsed());
        let mut tx = coordinator.write().await.unwrap();
        let address = ops::propose(&coordinator, &mut tx, &ask, (&draft, seed)).await.unwrap();
        let again = ops::propose(&coordinator, &mut tx, &ask, (&draft, seed)).await.unwrap();
        assert_eq!(again, address, "the same form, the same round");
        tx.commit().await.unwrap();
        let html = caller.get(&address).await.text;
        assert_eq!(html.matches("value=\"remove:").count(), 12);
        assert!(html.contains("En nog 973 plekken"), "12 in the round and 15 shown: {}", count(html.len()));
    }
}
