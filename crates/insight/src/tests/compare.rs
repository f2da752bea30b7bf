//! Two periods or neighbourhoods side by side: what is said of plain cases, what wrong input gets, what is hidden.

use super::{HOME, Made, app, check, fill, get_by, made};
use crate::compare::compare;
use areas::Atlas;
use axum::Router;
use jiff::civil::date;
use kit::clock::{day_date, day_number};
use policy::Role;
use signals::Source;
use site::Shared;
use site::routes::Table;

fn router(app: &Shared) -> Router {
    testkit::web(app, Table::new(app).get("/picture/compare", "picture:read", compare))
}

async fn page(app: &Shared, role: Option<Role>, language: &str, query: &str) -> testkit::Answer {
    get_by(app, &router(app), role, language, &format!("/picture/compare{query}")).await
}

/// `n` reports on the days from `from`, spread evenly over `days`.
fn spread(
    n: usize,
    from: jiff::civil::Date,
    days: usize,
    category: &'static str,
    place: Option<(f64, f64)>,
) -> Vec<Made> {
    let first = day_number(from);
    let one = |i: usize| Made {
        day: first + (i * days / n) as i32,
        hour: (i % 24) as u8,
        category,
        source: Source::Resident,
        place,
    };
    (0..n).map(one).collect()
}

#[tokio::test]
async fn every_role_that_may_gets_the_page_in_both_languages() {
    let app = app(testkit::sqlite().await).await;
    for filled in [false, true] {
        if filled {
            fill(&app, &made(3_000)).await;
        }
        for language in ["nl", "en"] {
            for role in Role::ALL.iter().map(|r| Some(*r)).chain([None]) {
                let answer = page(&app, role, language, "").await;
                let may = match role {
                    Some(Role::Coordinator | Role::Adviser | Role::Officer | Role::Mayor) => 200,
                    None => 303,
                    _ => 403,
                };
                assert_eq!(answer.status, may, "{role:?} {language} {filled}");
                check(&format!("{role:?} {language}"), &answer.text);
            }
        }
    }
    let text = page(&app, Some(Role::Adviser), "nl", "").await.text;
    assert!(text.contains("value=\"2024-05-06\"") && text.contains("value=\"2023-05-08\""), "a year of weeks ago");
    assert_eq!(text.matches("week-grid").count(), 2, "both grids");
    assert!(text.contains("series-2"), "both lines");
}

#[tokio::test]
async fn it_says_more_when_there_is_more_and_no_difference_when_there_is_none() {
    let app = app(testkit::sqlite().await).await;
    let mut signals = spread(364, date(2023, 3, 6), 364, "litter", None);
    signals.extend(spread(40, date(2024, 3, 4), 28, "litter", None));
    signals.extend(spread(120, date(2024, 4, 1), 28, "litter", None));
    signals.extend(spread(44, date(2024, 4, 29), 28, "litter", None));
    fill(&app, &signals).await;
    let query = |a: &str, b: &str, c: &str, d: &str| format!("?from={a}&to={b}&from2={c}&to2={d}");
    for (query, says, not) in [
        (query("2024-04-01", "2024-04-28", "2024-03-04", "2024-03-31"), "Duidelijk meer", "Let op: geen"),
        (query("2024-03-04", "2024-03-31", "2024-04-01", "2024-04-28"), "Duidelijk minder", "Duidelijk meer"),
        (query("2024-04-29", "2024-05-26", "2024-03-04", "2024-03-31"), "Geen aantoonbaar verschil", "Duidelijk"),
        (query("2024-04-29", "2024-04-30", "2024-03-04", "2024-03-05"), "Te weinig om te vergelijken", "Duidelijk"),
        // half as long with as many a day: no difference
        (query("2024-04-29", "2024-05-12", "2024-03-04", "2024-03-31"), "niet even lang", "Duidelijk"),
        (query("2024-05-20", "2024-06-30", "2024-03-04", "2024-03-31"), "de periode loopt nog", "Duidelijk meer"),
        (
            query("2023-01-02", "2023-04-02", "2023-06-05", "2023-09-03"),
            "er is pas iets bekend vanaf 6 maart 2023",
            "NaN",
        ),
        (query("2024-04-29", "2024-05-26", "2024-03-04", "2024-03-31"), "niet in dezelfde tijd van het jaar", "NaN"),
    ] {
        let text = page(&app, Some(Role::Coordinator), "nl", &query).await.text;
        let main = text.split("<main").nth(1).unwrap();
        assert!(main.contains(says) && !main.contains(not), "{query}: {says}");
    }
}

#[tokio::test]
async fn a_hole_in_the_import_and_a_new_source_are_told() {
    let app = app(testkit::sqlite().await).await;
    let mut signals = spread(728, date(2022, 6, 6), 728, "litter", None);
    let hole = day_number(date(2024, 5, 10))..day_number(date(2024, 5, 26));
    signals.retain(|s| !hole.contains(&s.day));
    let mut police = spread(20, date(2024, 5, 27), 7, "litter", None);
    police.iter_mut().for_each(|s| s.source = Source::Police);
    signals.extend(police);
    fill(&app, &signals).await;
    let text = page(&app, Some(Role::Adviser), "nl", "").await.text;
    assert!(text.contains("van 10 mei 2024 tot en met 25 mei 2024 kwam nergens iets binnen"), "{text}");
    assert!(text.contains("De bron ‘Politie’ is er wel bij Eerste periode"));
}

#[tokio::test]
async fn wrong_input_is_told_and_kept() {
    let app = app(testkit::sqlite().await).await;
    fill(&app, &made(300)).await;
    let good = "from=2024-05-06&to=2024-06-02&from2=2023-05-08&to2=2023-06-04";
    for (query, says, kept) in [
        ("from=gisteren&to=2024-06-02&from2=2023-05-08&to2=2023-06-04", "Vul een dag in", "value=\"gisteren\""),
        (
            "from=2024-06-02&to=2024-05-06&from2=2023-05-08&to2=2023-06-04",
            "die na de eerste dag ligt",
            "value=\"2024-05-06\"",
        ),
        (
            "from=2099-01-01&to=2099-02-01&from2=2023-05-08&to2=2023-06-04",
            "Kies een eerste dag vóór vandaag",
            "value=\"2099-01-01\"",
        ),
        (
            "from=2024-05-06&to=2024-06-02&from2=1901-05-08&to2=1901-06-04",
            "Van daarvoor is niets bekend",
            "value=\"1901-06-04\"",
        ),
        ("from=2024-05-06&to=2024-06-02&from2=2024-05-06&to2=2024-06-02", "Nu zijn ze gelijk", "value=\"2024-06-02\""),
        (&format!("{good}&area=BU0"), "Kies een buurt uit de lijst", "value=\"2023-05-08\""),
        (&format!("{good}&priority=wens"), "Kies een prioriteit uit de lijst", "value=\"2023-05-08\""),
        (&format!("{good}&source=buurman"), "Kies een bron uit de lijst", "value=\"2023-05-08\""),
    ] {
        let answer = page(&app, Some(Role::Adviser), "nl", &format!("?{query}")).await;
        assert_eq!(answer.status, 422, "{query}");
        assert!(answer.text.contains(says) && answer.text.contains(kept), "{query}: {says}");
        assert!(
            answer.text.contains("aria-invalid=\"true\"") && !answer.text.contains("id=\"compare-short\""),
            "{query}"
        );
    }
}

/// Domain chapter 4: counts of 1 to 4 about persons are hidden in a neighbourhood, with another one of the same kind.
#[tokio::test]
async fn neighbourhoods_are_compared_per_inhabitant_and_small_counts_are_hidden() {
    let app = app(testkit::sqlite().await).await;
    let sheet = app.municipality(HOME).unwrap().get::<Atlas>().sheet();
    let hoods: Vec<_> = sheet.neighbourhoods().filter(|a| a.inhabitants.is_some_and(|n| n > 500.0)).cloned().collect();
    let place = |i: usize| Some(hoods[i].centre);
    let mut signals = spread(60, date(2024, 5, 6), 28, "litter", place(0));
    signals.extend(spread(60, date(2024, 5, 6), 28, "litter", place(1)));
    signals.extend(spread(3, date(2024, 5, 6), 28, "youth-nuisance", place(0)));
    signals.extend(spread(30, date(2024, 5, 6), 28, "youth-nuisance", place(1)));
    fill(&app, &signals).await;
    let days = "from=2024-05-06&to=2024-06-02&from2=2024-05-06&to2=2024-06-02";
    let query = format!("?{days}&area={}&area2={}", hoods[0].code, hoods[1].code);
    let text = page(&app, Some(Role::Adviser), "nl", &query).await.text;
    assert!(text.contains("per inwoner en per dag") && text.contains("Per 1.000 inwoners"));
    let row = text.split("<tr>").find(|r| r.contains("Overlast door jongeren")).unwrap();
    assert!(row.contains("suppressed") && !row.contains(">3<"), "{row}");
    assert!(text.contains("Mensen melden niet overal even graag"));
    let youth = format!("{query}&priority=youth-groups");
    let text = page(&app, Some(Role::Mayor), "nl", &youth).await.text;
    assert!(text.contains("te weinig om te tonen") && !text.contains("week-grid") && !text.contains("id=\"what\""));
    // enough on both sides: totals, but no hours
    let both = format!("?{days}&area={}&area2=&priority=youth-groups", hoods[1].code);
    let text = page(&app, Some(Role::Mayor), "nl", &both).await.text;
    assert!(text.contains("Daarom tonen we geen uren") && !text.contains("week-grid"), "{}", day_date(0));
}
