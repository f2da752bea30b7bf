//! The briefing of the meeting and the record of the forecast, on the screen and on paper.

use super::{HOME, app, check, fill, get_by, made};
use crate::record::record;
use crate::week::week;
use axum::Router;
use kit::Uuid;
use policy::Role;
use site::Shared;
use site::routes::Table;

fn router(app: &Shared) -> Router {
    testkit::web(
        app,
        Table::new(app).get("/picture/week", "picture:read", week).get("/picture/record", "picture:read", record),
    )
}

#[tokio::test]
async fn the_briefing_says_last_week_and_the_coming_one() {
    let app = app(testkit::sqlite().await).await;
    for filled in [false, true] {
        if filled {
            fill(&app, &made(4_000)).await;
            crate::jobs::run(&app, &app.municipality(HOME).unwrap(), Uuid::from_u128(9)).await.unwrap();
        }
        for language in ["nl", "en"] {
            for role in Role::ALL.iter().map(|r| Some(*r)).chain([None]) {
                for path in ["/picture/week", "/picture/record"] {
                    let answer = get_by(&app, &router(&app), role, language, path).await;
                    let may = match role {
                        Some(Role::Coordinator | Role::Adviser | Role::Officer | Role::Mayor) => 200,
                        None => 303,
                        _ => 403,
                    };
                    assert_eq!(answer.status, may, "{path} {role:?} {language} {filled}");
                    check(&format!("{path} {role:?} {language}"), &answer.text);
                }
            }
        }
    }
    let text = get_by(&app, &router(&app), Some(Role::Coordinator), "nl", "/picture/week").await.text;
    assert!(text.contains("Week 22: maandag 27 mei 2024 tot en met zondag 2 juni 2024"), "the last whole week");
    assert!(text.contains("class=\"print-only\"") && text.contains("Wat spreken we af?"));
    assert!(text.matches("/picture/place?x=").count() >= 10, "ten places");
    assert!(
        text.contains("<span class=\"nowrap\">vr 20–24</span>") || text.contains("–24</span>"),
        "the busiest hours of a place"
    );
    assert!(text.contains("Weegt het meest:"), "the part of the model that adds most");
    let text = get_by(&app, &router(&app), Some(Role::Adviser), "nl", "/picture/record").await.text;
    assert!(text.contains("dan tellen</span>"), "a verdict beside counting");
    assert!(text.contains("regie-chart calibration") && text.matches("class=\"whisker\"").count() >= 5);
    let rows = text.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap().matches("<tr>").count();
    assert_eq!(rows, 8, "the last eight weeks");
}

testkit::db_test! {
    async fn a_place_says_what_its_expectation_is_made_of_and_it_adds_up(db) {
        let app = app(db).await;
        fill(&app, &made(4_000)).await;
        crate::jobs::run(&app, &app.municipality(HOME).unwrap(), Uuid::from_u128(9)).await.unwrap();
        let mut tx = app.main.read().await.unwrap();
        let squares = crate::squares::Squares::read(&mut tx, HOME, crate::squares::ALL).await.unwrap().unwrap();
        let reasons = crate::place::reasons_of(&mut tx, HOME).await.unwrap();
        let run = crate::run::newest(&mut tx, HOME).await.unwrap().unwrap();
        for square in &squares.list[..5] {
            let parts: f64 = reasons[&square.cell].iter().map(|r| r.1).sum();
            assert!((parts - square.total.expected).abs() < 0.02 * square.total.expected + 0.01, "{square:?} {parts}");
            let cell = (square.cell.x, square.cell.y);
            let slots = crate::place::slots(&mut tx, HOME, run.made_at, squares.from_day, cell).await.unwrap();
            let sum: f64 = slots.iter().map(|s| s.expected).sum();
            assert!((sum / square.total.expected - 1.0).abs() < 0.1, "{sum} of {square:?}");
        }
    }
}
