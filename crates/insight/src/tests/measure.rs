//! Measures: what could be seen is said before, the effect is told after, and every write keeps the rules.

use super::{HOME, Made, app, check, fill, get_by};
use crate::measure::web;
use areas::Atlas;
use axum::Router;
use jiff::civil::date;
use kit::args;
use kit::clock::day_number;
use picture::history::{monday, week_of};
use policy::Role;
use signals::Source;
use site::Shared;
use site::routes::Table;
use testkit::{Caller, db_test};

fn router(app: &Shared) -> Router {
    testkit::web(
        app,
        Table::new(app)
            .get("/measures", "picture:read", web::list)
            .get("/measures/new", "measure:edit", web::new)
            .post("/measures/new", "measure:edit", web::create)
            .get("/measures/{id}", "picture:read", web::measure)
            .post("/measures/{id}", "measure:edit", web::change),
    )
}

const ID: &str = "019a0000-0000-7000-8000-000000000001";
/// First day of the measure, a Monday.
const START: &str = "2023-12-04";

fn form<'a>(id: &'a str, area: &'a str, act: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("request", id),
        ("title", "Schoon rond het station"),
        ("kind", "approach"),
        ("goal", "De helft minder zwerfvuil"),
        ("areas", area),
        ("subjects", "waste"),
        ("starts_on", START),
        ("ends_on", ""),
        ("do", act),
    ]
}

/// Ten litter reports a week in each of twelve neighbourhoods far from each other; from the start on a third of them
/// in the first. Gives that neighbourhood's code.
async fn town(app: &Shared) -> String {
    let sheet = app.municipality(HOME).unwrap().get::<Atlas>().sheet();
    let start = day_number(date(2023, 12, 4));
    let last = monday(week_of(day_number(date(2024, 6, 2))));
    let mut signals = Vec::new();
    let inside = |a: &&areas::Area| sheet.neighbourhood(a.centre.0, a.centre.1) == Some(a.code.as_str());
    let places: Vec<_> = sheet.neighbourhoods().filter(inside).take(14).collect();
    for week in 0..78 {
        let day = last - 7 * week;
        for (i, area) in places.iter().enumerate() {
            let n = if i == 0 && day >= start { 3 } else { 9 + (week * 7 + i as i32 * 5) % 3 };
            for k in 0..n {
                signals.push(Made {
                    day: day + k % 7,
                    hour: 12,
                    category: "litter",
                    source: Source::Resident,
                    place: Some(area.centre),
                });
            }
        }
    }
    fill(app, &signals).await;
    places[0].code.clone()
}

async fn count(app: &Shared, sql: &'static str) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, args![HOME]).await.unwrap();
    n
}

const MEASURES: &str = "select cast(count(*) as bigint) from measure where municipality = $1";

db_test! {
    async fn a_measure_is_looked_at_written_once_ended_and_concluded(db) {
        let app = app(db).await;
        let area = town(&app).await;
        let router = router(&app);
        let adviser = Caller::new(&app, &router, Some(Role::Adviser));
        let officer = Caller::new(&app, &router, Some(Role::Officer));
        assert_eq!(officer.get("/measures/new").await.status, 403);
        assert_eq!(officer.form("/measures/new", &form(ID, &area, "save")).await.status, 403);

        let looked = adviser.form("/measures/new", &form(ID, &area, "look")).await;
        assert_eq!(looked.status, 200, "{}", looked.text);
        assert!(looked.text.contains("Dit gebied is te klein om na 26 weken"), "{}", looked.text);
        assert!(looked.text.contains("De helft minder zwerfvuil"), "what was typed stays");
        assert_eq!(count(&app, MEASURES).await, 0, "looking writes nothing");

        for _ in 0..2 {
            let saved = adviser.form("/measures/new", &form(ID, &area, "save")).await;
            assert_eq!((saved.status, saved.location.as_str()), (303, format!("/measures/{ID}?saved=1").as_str()));
        }
        assert_eq!(count(&app, MEASURES).await, 1, "the same form twice is one measure");
        let audit = "select cast(count(*) as bigint) from audit_entry where municipality = $1 and action = 'measure:edit'";
        assert_eq!(count(&app, audit).await, 1);

        let page = format!("/measures/{ID}");
        for (language, verdict) in [("nl", "aantoonbaar minder"), ("en", "demonstrably fewer")] {
            let answer = get_by(&app, &router, Some(Role::Officer), language, &page).await;
            assert_eq!(answer.status, 200);
            check(&format!("measure {language}"), &answer.text);
            assert!(answer.text.contains(verdict), "{}", answer.text);
            assert!(!answer.text.contains(&format!("action=\"{page}\"")), "an officer changes nothing");
            check("list", &get_by(&app, &router, Some(Role::Officer), language, "/measures").await.text);
        }

        // three a week in the last four weeks; the whole town has more, and of another category there is none
        let mut tx = app.main.read().await.unwrap();
        let seen = crate::seen::Seen::light(&mut tx, &app.municipality(HOME).unwrap(), app.clock.now()).await.unwrap();
        drop(tx);
        let (categories, last) = (["litter".to_owned(), "graffiti".to_owned()], day_number(date(2024, 6, 2)));
        assert_eq!(seen.counted(&categories, std::slice::from_ref(&area), last - 27, last), [12, 0]);
        assert!(seen.counted(&categories, &[], last - 27, last)[0] > 400);
        let cx = testkit::cx(&app, Some(Role::Adviser));
        let told = crate::measure::outcome(&cx, kit::Uuid::try_parse(ID).unwrap()).await.unwrap().unwrap();
        assert_eq!((told.verdict.map(|v| v.0), told.sentences.len()), (Some("ok"), 3));
        assert_eq!(crate::measure::outcome(&cx, kit::Uuid::from_u128(7)).await.unwrap(), None);

        let change = |request: &'static str, version: &'static str, more: [(&'static str, &'static str); 2]| {
            let fields = [("request", request), ("version", version), more[0], more[1]];
            let (adviser, page) = (adviser.clone(), page.clone());
            async move { adviser.form(&page, &fields).await }
        };
        let ended = change("019a0000-0000-7000-8000-00000000000a", "1", [("do", "end"), ("ends_on", "2024-05-26")]).await;
        assert_eq!(ended.status, 303, "{}", ended.text);
        let stale = change("019a0000-0000-7000-8000-00000000000b", "1", [("do", "conclude"), ("conclusion", "Werkt goed")]).await;
        assert_eq!(stale.status, 409);
        assert!(stale.text.contains("Werkt goed") && stale.text.contains("intussen gewijzigd"));
        let empty = change("019a0000-0000-7000-8000-00000000000c", "2", [("do", "conclude"), ("conclusion", "")]).await;
        assert_eq!(empty.status, 422);
        let done = change("019a0000-0000-7000-8000-00000000000d", "2", [("do", "conclude"), ("conclusion", "Werkt goed")]).await;
        assert_eq!(done.status, 303);
        let text = adviser.get(&page).await.text;
        assert!(text.contains("Werkt goed") && text.contains("26 mei 2024") && text.contains("afgelopen"));
        let off = change("019a0000-0000-7000-8000-00000000000e", "3", [("do", "withdraw"), ("x", "")]).await;
        assert_eq!(off.status, 303);
        assert!(adviser.get(&page).await.text.contains("Deze maatregel ging niet door."));
        assert_eq!(adviser.get("/measures/019a0000-0000-7000-8000-0000000000ff").await.status, 404);
    }
}

#[tokio::test]
async fn what_is_missing_is_said_per_field_and_nothing_typed_is_lost() {
    let app = app(testkit::sqlite().await).await;
    let router = router(&app);
    let adviser = Caller::new(&app, &router, Some(Role::Adviser));
    for (field, wrong, says) in [
        ("title", "", "Geef de maatregel een naam."),
        ("kind", "magic", "Kies een soort maatregel."),
        ("goal", "", "Schrijf op wat er anders moet worden."),
        ("areas", "BU99999999", "Kies een of meer buurten."),
        ("subjects", "persons", "Kies een of meer onderwerpen."),
        ("starts_on", "morgen", "Vul de eerste dag in"),
        ("ends_on", "2020-01-01", "De laatste dag moet een datum zijn"),
    ] {
        let fields: Vec<_> = form(ID, "BU03960101", "save")
            .into_iter()
            .map(|(k, v)| if k == field { (k, wrong) } else { (k, v) })
            .collect();
        let answer = adviser.form("/measures/new", &fields).await;
        assert_eq!(answer.status, 422, "{field}");
        assert!(answer.text.contains(says), "{field}: {}", answer.text);
        assert!(field == "goal" || answer.text.contains("De helft minder zwerfvuil"), "{field}");
    }
    let blank = adviser.get("/measures/new").await;
    assert_eq!(blank.status, 200);
    check("form", &blank.text);
}

#[tokio::test]
async fn before_there_is_any_history_it_says_so() {
    let app = app(testkit::sqlite().await).await;
    let sheet = app.municipality(HOME).unwrap().get::<Atlas>().sheet();
    let area = sheet.neighbourhoods().next().unwrap().code.clone();
    let router = router(&app);
    let adviser = Caller::new(&app, &router, Some(Role::Adviser));
    assert_eq!(adviser.form("/measures/new", &form(ID, &area, "save")).await.status, 303);
    let text = adviser.get(&format!("/measures/{ID}")).await.text;
    assert!(text.contains("te weinig weken"), "{text}");
}
