//! The page of the picture: its counts are those of the database at that moment, it says what the night found, and it
//! is quick.

use super::*;
use crate::seen::Memory;
use crate::view::Look;
use kit::Tx;

/// Day, hour, square, area, category, source.
type Told = (i32, u8, Option<(i32, i32)>, String, String, u8);

/// Every count in memory, in the words of the database.
fn told(seen: &Seen) -> Vec<Told> {
    let mut out: Vec<Told> = seen
        .history
        .events()
        .iter()
        .map(|e| {
            let area = seen.area_code(e.area).unwrap_or_default().to_owned();
            let category = seen.lists.categories[usize::from(e.category)].clone();
            (e.day, e.hour, e.cell.map(|c| (c.x, c.y)), area, category, e.source)
        })
        .collect();
    out.sort();
    out
}

async fn fresh(tx: &mut Tx, municipality: &Arc<Municipality>, now: At) -> Seen {
    let mut other = Municipality::read(&municipality.folder).unwrap();
    shelve(&mut other);
    other.put(Memory::default());
    let code = other.code().to_owned();
    other.get::<Atlas>().reload(tx, &code).await.unwrap();
    Seen::read(tx, &Arc::new(other), now).await.unwrap()
}

db_test! {
    // Whatever changes (new, moved, other kind, gone, undone), what is in memory is what the database holds.
    async fn memory_follows_every_change(db) {
        let app = app(db).await;
        fill(&app, &made(900)).await;
        let home = app.municipality(HOME).unwrap();
        let now = app.clock.now();
        let steps: [&'static str; 8] = [
            "select 1",
            "update signal set category = 'greenery' where municipality = $1 and reference in ('R3', 'R500')",
            "update signal set cell_x = cell_x + 1, area = null where municipality = $1 and reference like 'R7%'",
            "update signal set cell_x = null, cell_y = null where municipality = $1 and reference = 'R8'",
            "update signal set day = day - 40, hour = 3 where municipality = $1 and reference = 'R9'",
            "update signal set words = 'x', version = version + 1 where municipality = $1",
            "delete from signal where municipality = $1 and reference like '%1'",
            "delete from signal where municipality = $1",
        ];
        let mut before = usize::MAX;
        for step in steps {
            let mut tx = app.main.write().await.unwrap();
            if step != "select 1" {
                tx.run(step, args![HOME]).await.unwrap();
            }
            tx.commit().await.unwrap();
            let mut tx = app.main.write().await.unwrap();
            if step != "select 1" {
                tx.run("delete from signal where municipality = $1", args![HOME]).await.unwrap();
            }
            drop(tx); // undone: nothing of it may be remembered
            let mut tx = app.main.read().await.unwrap();
            let kept = told(&Seen::read(&mut tx, &home, now).await.unwrap());
            assert_eq!(kept, told(&fresh(&mut tx, &home, now).await), "{step}");
            assert!(kept.len() <= before);
            before = kept.len();
        }
        assert_eq!(before, 0);
    }

    // A new day begins: days that were still to come are read, days too long ago are dropped.
    async fn memory_moves_with_the_day(db) {
        let app = app(db).await;
        let mut signals = made(300);
        let today = app.clock.now().day_and_hour(&app.municipality(HOME).unwrap().zone).0;
        for ahead in 0..4 {
            signals.push(Made { day: today + ahead, hour: 9, category: "litter", source: Source::Resident, place: None });
        }
        fill(&app, &signals).await;
        let home = app.municipality(HOME).unwrap();
        for (at, more) in [("2024-06-03T10:00:00Z", 0), ("2024-06-05T10:00:00Z", 2), ("2024-06-30T10:00:00Z", 3)] {
            let mut tx = app.main.read().await.unwrap();
            let now: At = At(at.parse().unwrap());
            let seen = Seen::read(&mut tx, &home, now).await.unwrap();
            let ahead = seen.history.events().iter().filter(|e| e.day > today).count();
            assert_eq!(told(&seen), told(&fresh(&mut tx, &home, now).await), "{at}");
            assert_eq!(ahead, more, "{at}");
        }
    }

    // The count on the page is the count that a list with the same filter gives.
    async fn the_page_counts_what_a_list_counts(db) {
        let app = app(db).await;
        fill(&app, &made(2_500)).await;
        let cx = testkit::cx(&app, Some(Role::Coordinator));
        let home = app.municipality(HOME).unwrap();
        let area = home.get::<Atlas>().sheet().neighbourhoods().nth(2).unwrap().code.clone();
        type Wanted = (&'static str, &'static str, &'static str, bool);
        let table: [(Wanted, &'static str); 6] = [
            (("", "", "", false), "source <> 'officer'"),
            (("all", "", "", false), "1 = 1"),
            (("police", "", "", false), "source = 'police'"),
            (("", "youth-groups", "", false), "source <> 'officer' and category = 'youth-nuisance'"),
            (("", "", "people", true), "source <> 'officer' and category = 'youth-nuisance' and area = $4"),
            (("", "", "", true), "source <> 'officer' and area = $4"),
        ];
        for period in ["4", "13", "52"] {
            for ((source, priority, group, in_area), list) in table {
                let query = Query {
                    period: period.into(),
                    source: source.into(),
                    priority: priority.into(),
                    group: group.into(),
                    area: if in_area { area.clone() } else { String::new() },
                    ..Query::default()
                };
                let look = Look::at(&cx, &query).await.unwrap();
                let days = look.choice.days;
                let sql = format!(
                    "select cast(count(*) as bigint) from signal
                     where municipality = $1 and day between $2 and $3 and ($4 = $4) and {list}"
                );
                let mut tx = app.main.read().await.unwrap();
                let (n,): (i64,) = tx
                    .one(Box::leak(sql.into_boxed_str()), args![HOME, days.from, days.to, &area])
                    .await
                    .unwrap();
                let what = format!("{period} {source} {priority} {group} {in_area}");
                assert_eq!(look.found.summary.total, n as u64, "{what}");
                assert_eq!(look.found.weeks.between(days.from, days.to), n as u64, "{what}");
                let in_weeks: f64 = look.found.series.points.iter().filter(|p| p.first_day >= days.from).map(|p| p.count.value).sum();
                assert_eq!(in_weeks, n as f64, "{what}");
                let of_groups: u64 = look.found.groups.iter().map(|g| g.total).sum();
                assert_eq!(of_groups, n as u64, "{what}");
            }
        }
    }
}

#[tokio::test]
async fn after_the_night_the_page_has_its_map_lines_small_charts_and_sentences() {
    let app = app(testkit::sqlite().await).await;
    fill(&app, &made(6_000)).await;
    let before = get(&app, Some(Role::Coordinator), "nl", "/picture").await.text;
    assert!(
        before.contains("De verwachting is nog niet berekend")
            && before.contains("Wat nieuw is, wordt vannacht berekend")
    );
    jobs::run(&app, &app.municipality(HOME).unwrap(), Uuid::from_u128(9)).await.unwrap();
    let page = get(&app, Some(Role::Coordinator), "nl", "/picture").await.text;
    for part in [
        "contour inner",
        "Binnen deze lijn verwachten we 50",
        "Wat veranderde er vorige week?",
        "Van 27 mei 2024 tot en met 2 juni 2024 kwamen",
        "Het duidelijkst meer: ",
        "expected-band",
        "week-grid",
        "Elke grafiek heeft een eigen schaal.",
        "/picture/download.csv?period=4&#38;chart=trend",
        "/picture/compare?period=4",
        "/picture/week?period=4",
        "/picture/record",
        "<ol class=\"places\">",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("style=") && !page.contains("onclick"));
    let group = get(&app, Some(Role::Coordinator), "nl", "/picture?group=people&scale=same").await.text;
    assert!(group.contains("Alle grafieken hebben dezelfde schaal.") && group.contains("contour"));
    let one = get(&app, Some(Role::Coordinator), "nl", "/picture?source=police").await.text;
    assert!(one.contains("Van deze keuze maken we geen verwachting"));
    let officers = get(&app, Some(Role::Coordinator), "nl", "/picture?source=officer").await.text;
    assert!(officers.contains("Eigen waarnemingen vergelijken we niet met een verwachting."));
}

/// Three figures of residents' reporting need officers' hours in three neighbourhoods; else the page says so.
#[tokio::test]
async fn reporting_is_shown_only_where_something_independent_is_known() {
    let app = app(testkit::sqlite().await).await;
    fill(&app, &made(3_000)).await;
    let page = get(&app, Some(Role::Coordinator), "nl", "/picture").await.text;
    assert!(page.contains("kunnen we nu niet zeggen"));
}
