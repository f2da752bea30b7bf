//! Files of every kind, good and bad, on both databases; a fake OData server; the pages.

use crate::import::{self, Incoming, Received};
use crate::model::Period;
use crate::{FiguresConfig, Report, store};
use kit::Fault;
use policy::{Resource, Role};
use site::{Cx, Shared};

mod bad;
mod pages;
mod server;
mod shared;

/// The head of every configuration in these tests.
const HEAD: &str = "[import]\nmost_megabytes = 50\nrefresh_at = \"03:40:00\"\n";

/// A table as the police publish it.
const CRIMES: &str = r#"
[[dataset]]
id = "crimes"
name = { nl = "Misdrijven", en = "Crimes" }
publisher = "Politie"
licence = "CC BY 4.0"
kind = "odata"
compare = ["NL01"]
totals = ["0.0.0"]
municipality_only = ["1.4.1"]
small_cells = 5
preliminary_months = 3
[dataset.odata]
page = 3
"#;

/// A mapped file.
const COUNTS: &str = r#"
[[dataset]]
id = "counts"
name = { nl = "Tellingen" }
publisher = "Wij"
licence = "CC0"
kind = "csv"
[dataset.csv]
area = { column = "buurt" }
period = { column = "jaar" }
category = ["soort"]
values = [{ column = "aantal", measure = "n" }]
"#;

fn app(db: testkit::MainDb, datasets: &str) -> Shared {
    let text = format!("{HEAD}{datasets}");
    testkit::app(db, |m| {
        m.put(areas::Atlas::new(&m.file));
        m.put(toml::from_str::<FiguresConfig>(&text).unwrap());
    })
}

fn adviser(app: &Shared) -> Cx {
    Cx { action: "figure:import", ..testkit::cx(app, Some(Role::Adviser)) }
}

async fn send(cx: &Cx, dataset: &str, name: &str, bytes: &[u8], stated: &str) -> Received {
    let incoming = Incoming {
        id: cx.app.clock.id(),
        dataset: dataset.to_owned(),
        bytes: bytes.to_vec(),
        name: name.to_owned(),
        media_type: String::new(),
        origin: String::new(),
        etag: String::new(),
        modified: String::new(),
        reference: String::new(),
        stated: Period::parse(stated),
    };
    import::receive(cx, incoming).await.unwrap()
}

/// Everything that is in use of a dataset: area, category, period, status, value.
async fn kept(cx: &Cx, dataset: &str) -> Vec<(String, String, String, String, Option<f64>)> {
    let permit = cx.permit("figure:read", &Resource::open("figure", cx.code())).unwrap();
    let rows = store::all(&mut cx.read().await.unwrap(), &permit, dataset).await.unwrap();
    let line = |r: store::WholeRow| {
        let period = Period::stored(r.cell.period_kind, &r.cell.period).code();
        (r.cell.area, r.category, period, r.cell.status, r.cell.value)
    };
    rows.into_iter().map(line).collect()
}

testkit::db_test! {
    async fn a_dry_run_changes_nothing_and_the_same_file_twice_is_one(db) {
        let app = app(db, COUNTS);
        let cx = adviser(&app);
        let file = b"buurt,jaar,soort,aantal\nBU03960101,2022,a,3\nBU03960101,2022,b,0\nBU03960101,2022,c,\nBU03960102,2022,a,x\nBU06370101,2022,a,9\n";
        let first = send(&cx, "counts", "a.csv", file, "").await;
        assert_eq!((first.report.new, first.report.elsewhere, first.report.refused), (4, 1, 0));
        assert!(kept(&cx, "counts").await.is_empty(), "a dry run writes no figure");
        let again = send(&cx, "counts", "b.csv", file, "").await;
        assert_eq!((again.id, again.known), (first.id, false), "the same bytes are the same file");
        let used = import::apply(&cx, first.id, false).await.unwrap();
        assert_eq!(used, import::apply(&cx, first.id, false).await.unwrap(), "using it twice is using it once");
        let known = send(&cx, "counts", "c.csv", file, "").await;
        assert!(known.known && known.id == first.id);
        // zero, missing and withheld stay three things
        let statuses: Vec<_> = kept(&cx, "counts").await.into_iter().map(|r| (r.1, r.3, r.4)).collect();
        let expected = [("a", "value", Some(3.0)), ("a", "suppressed", None), ("b", "value", Some(0.0)), ("c", "missing", None)];
        assert_eq!(statuses, expected.map(|(c, s, v)| (c.to_owned(), s.to_owned(), v)));
    }

    async fn the_newest_file_wins_and_what_stood_there_can_be_read(db) {
        let app = app(db, COUNTS);
        let cx = adviser(&app);
        let first = send(&cx, "counts", "a.csv", b"buurt,jaar,soort,aantal\nGM0396,2021,a,3\nGM0396,2022,a,5\nGM0396,2022,b,7\n", "").await;
        import::apply(&cx, first.id, false).await.unwrap();
        let second = send(&cx, "counts", "a.csv", b"buurt,jaar,soort,aantal\nGM0396,2021,a,3\nGM0396,2022,a,6\nGM0396,2022,b,.\nGM0396,2023,a,1\n", "").await;
        let r = second.report;
        assert_eq!((r.new, r.changed, r.same, r.gone), (1, 2, 1, 0));
        assert_eq!(r.changes[0].was, ("value".to_owned(), Some(5.0)));
        import::apply(&cx, second.id, false).await.unwrap();
        let permit = cx.permit("figure:read", &Resource::open("figure", cx.code())).unwrap();
        let mut tx = cx.read().await.unwrap();
        let before = store::revisions(&mut tx, &permit, "counts", ("n", "a", "GM0396")).await.unwrap();
        assert_eq!(before.len(), 1);
        assert_eq!((before[0].value, before[0].by_file_id), (Some(5.0), second.id));
        drop(tx);
        let now = kept(&cx, "counts").await;
        assert!(now.contains(&("GM0396".into(), "b".into(), "2022".into(), "unspecified".into(), None)));
        assert_eq!(now.len(), 4);
        // the first file again is known: it does not bring the old figures back
        assert!(send(&cx, "counts", "a.csv", b"buurt,jaar,soort,aantal\nGM0396,2021,a,3\nGM0396,2022,a,5\nGM0396,2022,b,7\n", "").await.known);
        let ask = crate::read::Ask { dataset: "counts", measure: "n", categories: &["a".to_owned(), "b".to_owned()], area: "GM0396" };
        let config = cx.municipality.get::<FiguresConfig>();
        let years = crate::read::by_year(&mut cx.read().await.unwrap(), cx.code(), &config, ask).await.unwrap();
        let figures: Vec<_> = years.iter().map(|y| (y.year, y.figure)).collect();
        assert_eq!(figures, [(2021, areas::Figure::Missing), (2022, areas::Figure::Unspecified), (2023, areas::Figure::Missing)]);
    }

    async fn who_may_not_import_does_not(db) {
        let app = app(db, COUNTS);
        let cx = testkit::cx(&app, Some(Role::CouncilMember));
        let incoming = Incoming { id: app.clock.id(), dataset: "counts".into(), bytes: vec![], name: String::new(), media_type: String::new(),
            origin: String::new(), etag: String::new(), modified: String::new(), reference: String::new(), stated: None };
        assert!(matches!(import::receive(&cx, incoming).await, Err(Fault::Refused { .. })));
        assert!(matches!(import::apply(&cx, app.clock.id(), false).await, Err(Fault::Refused { .. })));
        assert!(matches!(import::discard(&cx, app.clock.id()).await, Err(Fault::Refused { .. })));
    }

    async fn a_file_that_is_in_use_is_kept_and_another_can_be_thrown_away(db) {
        let app = app(db, COUNTS);
        let cx = adviser(&app);
        let used = send(&cx, "counts", "a.csv", b"buurt,jaar,soort,aantal\nGM0396,2021,a,3\n", "").await;
        import::apply(&cx, used.id, false).await.unwrap();
        assert!(matches!(import::discard(&cx, used.id).await, Err(Fault::Rule { .. })));
        let other = send(&cx, "counts", "b.csv", b"buurt,jaar,soort,aantal\nGM0396,2021,a,4\n", "").await;
        import::discard(&cx, other.id).await.unwrap();
        import::discard(&cx, other.id).await.unwrap();
        assert!(matches!(import::apply(&cx, other.id, false).await, Err(Fault::NotFound)));
        assert_eq!(kept(&cx, "counts").await[0].4, Some(3.0));
    }
}

#[test]
fn the_configurations_of_the_house_can_be_read() {
    for town in ["heemskerk", "stlouis"] {
        FiguresConfig::read(&testkit::root().join("config").join(town)).unwrap();
    }
    let wrong = |text: &str| toml::from_str::<FiguresConfig>(&format!("{HEAD}{text}")).is_err();
    assert!(wrong(&COUNTS.replace("licence", "license")), "unknown keys are refused");
}

/// The first stop or refusal of a report, and how many rows were refused.
fn trouble(report: &Report) -> (String, u64) {
    let first = report.stopped.as_ref().or(report.refusals.first().map(|r| &r.why));
    (first.map(|s| s.key.clone()).unwrap_or_default(), report.refused)
}
