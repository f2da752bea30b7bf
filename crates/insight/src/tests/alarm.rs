//! Alarms: found by the night, weighed once, quiet after that, and back when the rise goes on.

use super::{HOME, Made, app, check, fill, get_by};
use crate::alarm::{Kind, State, open, web};
use crate::jobs;
use areas::Atlas;
use axum::Router;
use jiff::civil::date;
use kit::clock::day_number;
use kit::{Uuid, args};
use policy::Role;
use signals::Source;
use site::Shared;
use site::routes::Table;
use testkit::{Caller, db_test};

fn router(app: &Shared) -> Router {
    testkit::web(
        app,
        Table::new(app).get("/alarms", "picture:read", web::list).get("/alarms/{id}", "picture:read", web::alarm).post(
            "/alarms/{id}",
            "alarm:weigh",
            web::weigh,
        ),
    )
}

/// About six reports a week in each of ten neighbourhoods during two years; in the last three weeks `times` as many in
/// the first, found by `source`.
async fn town(app: &Shared, category: &'static str, times: i32, source: Source) {
    let sheet = app.municipality(HOME).unwrap().get::<Atlas>().sheet();
    let inside = |a: &&areas::Area| sheet.neighbourhood(a.centre.0, a.centre.1) == Some(a.code.as_str());
    let places: Vec<_> = sheet.neighbourhoods().filter(inside).take(10).collect();
    let last = day_number(date(2024, 6, 2));
    let mut dice = super::Dice(5);
    let mut signals = Vec::new();
    for week in 0..104 {
        for (i, area) in places.iter().enumerate() {
            let rises = i == 0 && week < 3;
            let usual = 3 + dice.roll(4) as i32 + dice.roll(4) as i32;
            for k in 0..if rises { usual * times } else { usual } {
                let source = if rises { source } else { Source::Resident };
                let day = last - 7 * week - k % 7;
                signals.push(Made { day, hour: 12, category, source, place: Some(area.centre) });
            }
        }
    }
    fill(app, &signals).await;
}

async fn night(app: &Shared, id: u128) {
    jobs::run(app, &app.municipality(HOME).unwrap(), Uuid::from_u128(id)).await.unwrap();
}

async fn now_open(app: &Shared) -> Vec<crate::alarm::Alarm> {
    let mut tx = app.main.read().await.unwrap();
    open(&mut tx, HOME).await.unwrap()
}

async fn count(app: &Shared, sql: &'static str) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, args![HOME]).await.unwrap();
    n
}

async fn set(app: &Shared, sql: &'static str) {
    let mut tx = app.main.write().await.unwrap();
    tx.run(sql, args![HOME]).await.unwrap();
    tx.commit().await.unwrap();
}

const ALARMS: &str = "select cast(count(*) as bigint) from alarm where municipality = $1";
const WEIGHINGS: &str = "select cast(count(*) as bigint) from alarm_weighing where municipality = $1";
const AUDIT: &str =
    "select cast(count(*) as bigint) from audit_entry where municipality = $1 and action = 'alarm:weigh'";

db_test! {
    async fn a_rise_is_one_alarm_that_is_weighed_and_then_quiet(db) {
        let app = app(db).await;
        town(&app, "litter", 4, Source::Resident).await;
        night(&app, 1).await;
        let found = now_open(&app).await;
        let weekly = found.iter().find(|a| a.found.kind != Kind::Cluster).expect("a weekly alarm");
        assert!(found.iter().any(|a| a.found.kind == Kind::Cluster && !a.found.cells.is_empty()), "{found:?}");
        assert_eq!((weekly.found.kind, weekly.found.group.as_str(), weekly.found.areas.len()), (Kind::Lasting, "waste", 1));
        assert_eq!(weekly.found.since, day_number(date(2024, 5, 13)));
        assert!(weekly.found.low > 1.5 && weekly.found.low < weekly.found.ratio && weekly.found.ratio < weekly.found.high);
        night(&app, 2).await;
        assert_eq!(now_open(&app).await, found, "the same night again changes nothing");

        let router = router(&app);
        let page = format!("/alarms/{}", weekly.id);
        let coordinator = Caller::new(&app, &router, Some(Role::Coordinator));
        let officer = Caller::new(&app, &router, Some(Role::Officer));
        let form = |request: &'static str, version: &'static str, verdict: &'static str, reason: &'static str| {
            vec![("request", request), ("version", version), ("verdict", verdict), ("reason", reason)]
        };
        let good = form("019a0000-0000-7000-8000-000000000001", "1", "explained", "Markt zonder afvalbakken");
        assert_eq!(officer.form(&page, &good).await.status, 403);
        for (request, verdict, reason, says) in [
            ("019a0000-0000-7000-8000-000000000002", "", "Markt zonder bakken", "Kies wat er aan de hand is."),
            ("019a0000-0000-7000-8000-000000000003", "guilty", "Markt zonder bakken", "Kies wat er aan de hand is."),
            ("019a0000-0000-7000-8000-000000000004", "real", "", "Schrijf op waarom u dit vindt."),
        ] {
            let answer = coordinator.form(&page, &form(request, "1", verdict, reason)).await;
            assert_eq!(answer.status, 422, "{verdict} {reason}");
            assert!(answer.text.contains(says) && answer.text.contains(reason), "{}", answer.text);
            assert!(verdict != "real" || answer.text.contains("value=\"real\" checked"), "the choice stays");
        }
        assert_eq!(count(&app, WEIGHINGS).await, 0);
        for _ in 0..2 {
            let answer = coordinator.form(&page, &good).await;
            assert_eq!((answer.status, answer.location.as_str()), (303, format!("{page}?saved=1").as_str()));
        }
        assert_eq!((count(&app, WEIGHINGS).await, count(&app, AUDIT).await), (1, 1), "the same form twice is one");
        let stale = coordinator.form(&page, &form("019a0000-0000-7000-8000-000000000005", "1", "real", "Toch echt")).await;
        assert_eq!(stale.status, 409);
        assert!(stale.text.contains("Toch echt"), "what was typed stays");
        let text = coordinator.get(&page).await.text;
        assert!(text.contains("Markt zonder afvalbakken") && text.contains("Verklaard: er is een andere oorzaak"));

        night(&app, 3).await;
        assert!(now_open(&app).await.iter().all(|a| a.id != weekly.id), "quiet after it was weighed");
        set(&app, "update alarm set weighed_ratio = ratio / 2 where municipality = $1 and state = 'explained'").await;
        night(&app, 4).await;
        let back = now_open(&app).await.into_iter().find(|a| a.id == weekly.id).expect("it rose clearly again");
        assert!(back.state == State::Open && back.returned_on.is_some());
        let text = coordinator.get(&page).await.text;
        assert!(text.contains("Het kwam terug op") && text.contains("Markt zonder afvalbakken"), "the memory stays");
        assert_eq!(count(&app, ALARMS).await, found.len() as i64);

        set(&app, "update alarm set ended_on = 1 where municipality = $1").await;
        night(&app, 5).await;
        assert_eq!(count(&app, WEIGHINGS).await, 0, "long past: removed with its memory");
    }
}

#[tokio::test]
async fn the_pages_say_what_where_and_how_much_in_both_languages() {
    let app = app(testkit::sqlite().await).await;
    let router = router(&app);
    let none = get_by(&app, &router, Some(Role::Mayor), "nl", "/alarms").await;
    assert!(none.text.contains("Geen open alarmen") && none.text.contains("Er is nog geen alarm beoordeeld"));
    town(&app, "litter", 4, Source::Resident).await;
    night(&app, 1).await;
    let list = now_open(&app).await;
    for (language, says) in [("nl", "keer zoveel (tussen"), ("en", "times as many (between")] {
        for role in [Role::Officer, Role::Coordinator, Role::Adviser, Role::Mayor] {
            let page = get_by(&app, &router, Some(role), language, "/alarms").await;
            assert_eq!(page.status, 200);
            check(&format!("alarms {language} {role:?}"), &page.text);
            assert!(page.text.contains(says), "{}", page.text);
            for alarm in &list {
                let path = format!("/alarms/{}", alarm.id);
                let page = get_by(&app, &router, Some(role), language, &path).await;
                check(&format!("alarm {language} {role:?}"), &page.text);
                assert!(page.text.contains("<svg") && page.text.contains(says), "{}", page.text);
                let may = matches!(role, Role::Coordinator | Role::Adviser);
                assert_eq!(page.text.contains(&format!("action=\"{path}\"")), may, "{role:?}");
                assert_eq!(page.text.contains("href=\"/signals?state=all"), role != Role::Mayor, "{role:?}");
            }
        }
        assert_eq!(get_by(&app, &router, Some(Role::Intake), language, "/alarms").await.status, 403);
    }
    let unknown = format!("/alarms/{}", Uuid::from_u128(99));
    assert_eq!(get_by(&app, &router, Some(Role::Mayor), "nl", &unknown).await.status, 404);
}

#[tokio::test]
async fn what_officers_find_is_no_alarm_and_small_numbers_about_persons_are_not_drawn() {
    let officers = app(testkit::sqlite().await).await;
    town(&officers, "litter", 4, Source::Officer).await;
    night(&officers, 1).await;
    assert_eq!(now_open(&officers).await, []);

    let app = app(testkit::sqlite().await).await;
    town(&app, "youth-nuisance", 4, Source::Resident).await;
    night(&app, 1).await;
    let alarm = now_open(&app).await.into_iter().find(|a| a.found.group == "people").expect("an alarm");
    assert!(alarm.found.observed >= 5);
    let path = format!("/alarms/{}", alarm.id);
    let page = get_by(&app, &router(&app), Some(Role::Adviser), "nl", &path).await.text;
    assert!(page.contains("Geen grafiek") && !page.contains("regie-chart"), "{page}");
}
