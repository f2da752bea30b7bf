//! What officers did and what followed, from the records to the figures and the page, on both databases.

use crate::account::{self, gather, months};
use crate::tests::{Signal, app, put, router};
use crate::{PlanBook, account::indicators::Whole};
use jiff::civil::date;
use kit::{At, Uuid, args};
use picture::interval::Shown;
use policy::Role;
use testkit::{Caller, MainDb, cx, db_test};

fn at(text: &str) -> At {
    At(text.parse().unwrap())
}

/// A report on a square.
async fn report(
    db: &MainDb,
    number: u32,
    category: &'static str,
    reported: &'static str,
    cell: (i64, i64),
    closed: Option<i64>,
) {
    let state = if closed.is_some() { "done" } else { "reported" };
    let id = put(db, number, &Signal { closed, state, area: Some("A"), ..Signal::handled(category, reported) }).await;
    let mut tx = db.write().await.unwrap();
    tx.run("update signal set cell_x = $2, cell_y = $3 where id = $1", args![id, cell.0, cell.1]).await.unwrap();
    tx.commit().await.unwrap();
}

/// Visits of one shift, each with its category, square, arrival and outcome; a quarter of an hour each.
async fn walk(db: &MainDb, number: u128, day: jiff::civil::Date, visits: &[(&str, (i64, i64), &str, &str)]) {
    let (shift, round) = (Uuid::from_u128(0x5000 + number), Uuid::from_u128(0x6000 + number));
    let day = kit::clock::day_number(day);
    let mut tx = db.write().await.unwrap();
    tx.run(
        "insert into shift (municipality, id, team, kind, starts_at, ends_at, day, lon, lat, version)
         values ('GM0396', $1, 'enforcement', 'late', 0, 1, $2, 4.6, 52.5, 1)",
        args![shift, day],
    )
    .await
    .unwrap();
    tx.run(
        "insert into round (municipality, id, shift_id, state, day, proposed_at, reason, seed, max_visits, proposal, version)
         values ('GM0396', $1, $2, 'finished', $3, 0, '', 0, 8, '', 1)",
        args![round, shift, day],
    )
    .await
    .unwrap();
    for (seq, (category, cell, arrived, outcome)) in (1_i64..).zip(visits) {
        let (id, arrived) = (Uuid::from_u128(number * 100 + 0x8000 + u128::from(seq.unsigned_abs())), at(arrived));
        let left = At::from_micros(arrived.micros() + 15 * 60_000_000);
        tx.run(
            "insert into presence (municipality, id, account_id, started_at, ended_at, lon, lat, cell_x, cell_y, area, day)
             values ('GM0396', $1, $1, $2, $3, 4.6, 52.5, $4, $5, 'A', $6)",
            args![id, arrived, left, cell.0, cell.1, day],
        )
        .await
        .unwrap();
        tx.run(
            "insert into visit (municipality, id, round_id, seq, kind, category, title, lon, lat, cell_x, cell_y, area,
                planned_at, minutes, why, state, arrived_at, left_at, outcome, note, presence_id, version)
             values ('GM0396', $1, $2, $3, 'cell', $4, '', 4.6, 52.5, $5, $6, 'A', $7, 15, '[]', 'left', $7, $8, $9, '',
                $1, 1)",
            args![id, round, seq, *category, cell.0, cell.1, arrived, left, *outcome],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
}

async fn sanction(db: &MainDb, month: i64, area: &str, modality: &str, many: Option<i64>) {
    let mut tx = db.write().await.unwrap();
    tx.run(
        "insert into sanction_count (municipality, month, area, offence_group, modality, many)
         values ('GM0396', $1, $2, 'dogs', $3, $4)",
        args![month, area, modality, many],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

/// Spring of 2023: four reports of dog mess, four rounds, and sanctions of three months.
async fn fill(db: &MainDb) {
    // visited after two and after six days; a new one after the first visit; one on a square where nobody came
    report(db, 1, "dog-mess", "2023-03-01T10:00:00Z", (1, 1), None).await;
    report(db, 2, "dog-mess", "2023-03-02T10:00:00Z", (2, 2), None).await;
    report(db, 3, "dog-mess", "2023-03-13T10:00:00Z", (1, 1), None).await;
    report(db, 4, "dog-mess", "2023-03-14T10:00:00Z", (9, 9), None).await;
    // closed before the officers came
    report(db, 5, "dog-mess", "2023-04-06T10:00:00Z", (2, 2), Some(2)).await;
    walk(db, 1, date(2023, 3, 3), &[("dog-mess", (1, 1), "2023-03-03T10:00:00Z", "warning")]).await;
    let second = [
        ("dog-mess", (2, 2), "2023-03-08T10:00:00Z", "talk"),
        ("youth-nuisance", (3, 3), "2023-03-08T11:00:00Z", "nothing-found"),
    ];
    walk(db, 2, date(2023, 3, 8), &second).await;
    walk(db, 3, date(2023, 4, 10), &[("dog-mess", (2, 2), "2023-04-10T10:00:00Z", "solved")]).await;
    // too late for the third report, whose 28 days end on 10 April
    walk(db, 4, date(2023, 4, 20), &[("dog-mess", (1, 1), "2023-04-20T10:00:00Z", "warning")]).await;
    let month = |of_year: i64| 2023 * 12 + of_year - 1;
    sanction(db, month(3), "", "penal-order", Some(12)).await;
    sanction(db, month(4), "", "penal-order", None).await;
    sanction(db, month(5), "", "traffic-fine", Some(6)).await;
    sanction(db, month(3), "A", "penal-order", Some(12)).await;
}

db_test! {
    async fn what_officers_did_and_what_followed_agrees_with_a_count_by_hand(db) {
        fill(&db).await;
        let app = app(db.clone());
        let cx = cx(&app, Some(Role::Adviser));
        let book = cx.municipality.get::<PlanBook>();
        let all: Vec<_> = book.indicators.indicator.iter().collect();
        let mut tx = db.read().await.unwrap();
        let figures = gather(&cx, &mut tx, &all, 2022..=2023).await.unwrap();
        let read = |id: &str, year| figures.read(book.indicators.get(id).unwrap(), year);
        let value = |id: &str| read(id, 2023).value().map(|v| (v.value * 100.0).round() / 100.0);
        // five visits of a quarter of an hour; one of them found nothing; two were warnings
        assert_eq!((value("presence-hours"), value("checks"), value("visits-with-action"), value("warnings")),
            (Some(1.25), Some(5.0), Some(4.0), Some(2.0)));
        // two places with an action (the square of young people had none): at one a report came ten days after
        let again = read("repeat-places", 2023);
        assert_eq!((again.of, value("repeat-places")), (Some(2), Some(50.0)));
        // of five reports two were visited: after 2 and after 6 days
        let median = read("response-median", 2023);
        assert_eq!((median.of, median.out_of, value("response-median")), (Some(2), Some(5), Some(4.0)));
        assert_eq!((value("response-p90"), value("visited-reports")), (Some(6.0), Some(40.0)));
        // 12, and a month with 1 to 4
        let sanctions = read("sanctions-penal-order", 2023).value().unwrap();
        assert_eq!((sanctions.value, sanctions.interval), (13.0, Some((13.0, 16.0))));
        assert_eq!((value("sanctions-traffic"), value("sanctions-halt")), (Some(6.0), Some(0.0)));
        assert_eq!(read("sanctions-halt", 2023).whole, Whole::Since(date(2023, 3, 1)));
        // nothing was recorded in 2022: missing, not zero
        for id in ["checks", "warnings", "repeat-places", "visited-reports", "response-median", "sanctions-traffic"] {
            assert_eq!(read(id, 2022).shown, Shown::Missing, "{id}");
        }
    }

    async fn months_are_counted_like_years(db) {
        fill(&db).await;
        let app = app(db.clone());
        let cx = cx(&app, Some(Role::Adviser));
        let book = cx.municipality.get::<PlanBook>();
        let mut tx = db.read().await.unwrap();
        for (id, march, april, may) in [
            ("checks", Some(3.0), Some(2.0), None),
            ("warnings", Some(1.0), Some(1.0), None),
            ("dog-mess-reports", Some(4.0), Some(1.0), None),
            // four reports of March, of which two were visited; that of April was closed before the visit
            ("visited-reports", Some(50.0), Some(0.0), None),
            // the places of April: no report after it
            ("repeat-places", Some(50.0), Some(0.0), None),
            ("sanctions-traffic", Some(0.0), Some(0.0), Some(6.0)),
        ] {
            let indicator = book.indicators.get(id).unwrap();
            let figures = gather(&cx, &mut tx, &[indicator], 2023..=2024).await.unwrap();
            let found = months(&cx, &mut tx, indicator, &figures, 24).await.unwrap();
            assert_eq!(found.len(), 24);
            let of = |month| {
                let (_, reading) = found.iter().find(|(day, _)| *day == date(2023, month, 1)).unwrap();
                reading.value().map(|v| v.value)
            };
            assert_eq!((of(3), of(4), of(5)), (march, april, may), "{id}");
            assert_eq!(found[0].1.shown, Shown::Missing, "{id}: before the first record");
            assert_eq!(found[23].1.whole, Whole::Running, "{id}");
        }
        // a month that is kept back is not zero and not missing
        let orders = book.indicators.get("sanctions-penal-order").unwrap();
        let figures = gather(&cx, &mut tx, &[orders], 2023..=2023).await.unwrap();
        let found = months(&cx, &mut tx, orders, &figures, 24).await.unwrap();
        let april = found.iter().find(|(day, _)| *day == date(2023, 4, 1)).unwrap();
        assert_eq!(april.1.shown, Shown::Suppressed);
    }

    async fn pages_and_the_annual_report_say_on_what_a_figure_rests(db) {
        fill(&db).await;
        let mut tx = db.write().await.unwrap();
        for code in ["A", "B"] {
            tx.run(
                "insert into area (municipality, year, code, level, name, parent, lon, lat, outline, origin)
                 values ('GM0396', 2024, $1, 'neighbourhood', $2, null, 4.6, 52.5, '', 'test')",
                args![code, format!("Buurt {code}")],
            )
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        let app = app(db.clone());
        let atlas = cx(&app, None).municipality.get::<areas::Atlas>();
        atlas.reload(&mut db.read().await.unwrap(), "GM0396").await.unwrap();
        let router = router(&app);
        let council = Caller::new(&app, &router, Some(Role::CouncilMember));
        for (path, texts) in [
            ("/plan/indicators/checks", vec!["Verloop per maand", "Buurt A", "volledige telling"]),
            ("/plan/indicators/presence-hours", vec!["Uren staan er allemaal", "Buurt B"]),
            ("/plan/indicators/repeat-places", vec!["2 plekken waarvan de 28 dagen voorbij zijn", "50\u{a0}%"]),
            (
                "/plan/indicators/response-median",
                vec!["Van 5 meldingen zijn er 2 binnen 28 dagen bezocht; 3 (60\u{a0}%) niet.", "4,0"],
            ),
            ("/plan/indicators/visited-reports", vec!["Van 5 meldingen zijn er 2 binnen 28 dagen bezocht"]),
            ("/plan/indicators/sanctions-penal-order", vec!["ten minste 13", "hoogstens 16", "afgeschermd"]),
            ("/plan/priorities/public-space?year=2023", vec!["ten minste 13", "Van 5 meldingen zijn er 2"]),
            ("/plan/report/2023", vec!["ten minste 13", "3 (60\u{a0}%) niet", "Waarschuwingen"]),
        ] {
            let page = council.get(path).await.text;
            for text in texts {
                assert!(page.contains(text), "{path}: {text}\n{page}");
            }
            assert!(!page.contains(">plan-") && !page.contains("style="), "{path}");
        }
        let counted = cx(&app, Some(Role::Adviser));
        let book = counted.municipality.get::<PlanBook>();
        let wanted: Vec<_> = book.indicators.indicator.iter().collect();
        let mut tx = db.read().await.unwrap();
        let found = account::areas::by_area(&counted, &mut tx, &atlas.sheet(), &wanted).await.unwrap();
        let orders = &found["sanctions-penal-order"];
        assert_eq!(orders.rows[0].total, picture::hide::Cell::Value(12), "only what the numbers themselves show");
        assert!(found["checks"].rows[0].rate.is_none(), "a visit is no event of inhabitants");
        // five reports, of which two and three are small: the table cannot be split
        assert!(found["visited-reports"].refused || found["visited-reports"].rows.iter().all(|r| r.rate.is_none()));
    }
}
