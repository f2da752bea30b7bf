//! Tests of the list against a naive filter, of the plans of its statements, and of every change.

use super::store::lists::{Ask, Base, texts};
use super::*;
use crate::fixture::{self, DAY, EAST, WEST, add, coordinator, no_bare_keys, permit, report};
use crate::intake::{Desk, Reporter, fold};
use crate::model::{Source, State, Urgency};
use kit::db::QUERIES;
use kit::paging::Cursor;
use kit::{At, Fault, Uuid, args};
use policy::Role;
use site::routes::Table;
use site::{Cx, Shared};
use std::sync::atomic::{AtomicU32, Ordering};
use testkit::{Caller, db_test, web};

fn routes(app: &Shared) -> axum::Router {
    let table = Table::new(app)
        .get("/signals", "signal:list", list)
        .get("/signals/map", "signal:list", map)
        .get("/signals/{id}", "signal:read", page)
        .post("/signals/{id}/edit", "signal:handle", edit);
    web(app, table)
}

async fn fetch(cx: &Cx, id: Uuid) -> Signal {
    let mut tx = cx.read().await.unwrap();
    store::get(&mut tx, &permit(cx, "signal:read"), id).await.unwrap().unwrap()
}

async fn change(cx: &Cx, id: Uuid, to: State, note: &str, tell: bool) -> Result<(), Fault> {
    let mut tx = cx.write().await.unwrap();
    let change = Change { version: None, to, note, tell };
    change_state(cx, &mut tx, &permit(cx, "signal:handle"), id, &change).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn doing(cx: &Cx, id: Uuid, version: Option<i64>, edit: Edit<'_>) -> Result<(), Fault> {
    let mut tx = cx.write().await.unwrap();
    apply(cx, &mut tx, &permit(cx, "signal:handle"), id, version, &edit).await?;
    tx.commit().await.unwrap();
    Ok(())
}

db_test! {
    async fn each_state_follows_the_table_and_no_other(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let permit = permit(&cx, "signal:handle");
        for from in State::ALL {
            let mut new = report(&cx);
            new.state = *from;
            new.closed_at = from.is_closed().then_some(cx.now);
            let id = add(&cx, new).await;
            for to in State::ALL {
                let mut tx = cx.write().await.unwrap();
                let change = Change { version: Some(1), to: *to, note: "reden", tell: false };
                let outcome = change_state(&cx, &mut tx, &permit, id, &change).await;
                if from.may_become(*to) {
                    outcome.unwrap();
                    let now = store::get(&mut tx, &permit, id).await.unwrap().unwrap();
                    assert_eq!((now.state, now.version), (*to, 2));
                    assert_eq!(now.closed_at, to.is_closed().then_some(cx.now), "{from} -> {to}");
                } else {
                    assert!(matches!(outcome, Err(Fault::Rule { key: "signals-rule-state", .. })), "{from} -> {to}");
                }
            }
        }
    }
    async fn closing_and_reopening_keep_term_history_and_audit(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let mut new = report(&cx);
        new.reporter = Some(Reporter { name: String::new(), email: "an@voorbeeld.nl".into(), phone: String::new(), ..Reporter::default() });
        let id = add(&cx, new).await;
        let due = fetch(&cx, id).await.due_at;
        assert!(due.is_some());
        assert!(matches!(change(&cx, id, State::Done, "  ", true).await, Err(Fault::Invalid(_))), "a note is needed");
        change(&cx, id, State::Done, "Opgeruimd\u{0}.", true).await.unwrap();
        let done = fetch(&cx, id).await;
        assert_eq!((done.state, done.closed_at), (State::Done, Some(cx.now)));
        change(&cx, id, State::Reopened, "", false).await.unwrap();
        let open = fetch(&cx, id).await;
        assert_eq!((open.state, open.closed_at, open.due_at), (State::Reopened, None, due));
        let mut tx = cx.read().await.unwrap();
        let history = store::history(&mut tx, &permit(&cx, "signal:read"), id).await.unwrap();
        let mut states: Vec<_> = history.iter().map(|l| (l.becomes.as_str(), l.note.as_str(), l.public)).collect();
        states.sort_unstable();
        assert_eq!(states, [("done", "Opgeruimd.", true), ("reopened", "", false), ("reported", "", true)]);
        let mails: Vec<(String, String)> =
            tx.all("select subject, body from outbox where recipient = 'an@voorbeeld.nl' order by id", vec![]).await.unwrap();
        assert_eq!(mails.len(), 2, "the confirmation and the answer");
        assert!(mails.iter().any(|(_, body)| body.contains("Opgeruimd.") && body.contains("Afgehandeld")), "{mails:?}");
        let audits = fixture::number(
            &mut tx,
            "select cast(count(*) as bigint) from audit_entry where $1 = $1 and action = 'signal:handle'",
            id,
        )
        .await;
        assert_eq!(audits, 2);
    }
    async fn other_changes_are_kept_with_their_history(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let desk = Desk::of(&cx.municipality);
        let id = add(&cx, report(&cx)).await;
        doing(&cx, id, Some(1), Edit::Urgency(Urgency::High)).await.unwrap();
        doing(&cx, id, Some(2), Edit::Category("asbestos")).await.unwrap();
        doing(&cx, id, Some(3), Edit::Note("bellen")).await.unwrap();
        let place = Move { point: Some((4.62, 52.50)), area: None, address: "Café De Hoek".into() };
        doing(&cx, id, Some(4), Edit::Place(place)).await.unwrap();
        let now = fetch(&cx, id).await;
        assert_eq!((now.version, now.urgency, now.category.as_str()), (5, Urgency::High, "asbestos"));
        assert_eq!(now.due_at, desk.due(desk.catalogue.get("asbestos").unwrap(), now.reported_at));
        assert_eq!((now.area.as_deref(), now.lon, now.address.as_str()), (Some(WEST), Some(4.62), "Café De Hoek"));
        let area = Move { point: None, area: Some(EAST.into()), address: String::new() };
        doing(&cx, id, Some(5), Edit::Place(area)).await.unwrap();
        let now = fetch(&cx, id).await;
        assert_eq!((now.area.as_deref(), now.lon), (Some(EAST), None));
        for (edit, field) in [
            (Edit::Place(Move { point: Some((5.0, 52.5)), ..Move::default() }), "lon"),
            (Edit::Place(Move { point: Some((f64::NAN, 52.5)), ..Move::default() }), "lon"),
            (Edit::Place(Move { area: Some("BU9".into()), ..Move::default() }), "area"),
            (Edit::Place(Move { address: "x".repeat(201), ..Move::default() }), "address"),
            (Edit::Category("nope"), "category"),
            (Edit::Note(""), "note"),
            (Edit::Note(&"x".repeat(NOTE + 1)), "note"),
        ] {
            match doing(&cx, id, None, edit).await {
                Err(Fault::Invalid(faults)) => assert_eq!(faults.0[0].field, field),
                other => panic!("{field}: {other:?}"),
            }
        }
        assert!(matches!(doing(&cx, id, Some(5), Edit::Note("oud")).await, Err(Fault::Stale)));
        assert!(matches!(doing(&cx, Uuid::nil(), None, Edit::Note("x")).await, Err(Fault::NotFound)));
        let mut tx = cx.read().await.unwrap();
        let events = fixture::number(
            &mut tx, "select cast(count(*) as bigint) from signal_event where signal_id = $1", id,
        ).await;
        assert_eq!(events, 6, "came in, and five changes");
        let verdict = kit::audit::verify(&mut tx, cx.code()).await.unwrap();
        assert!(matches!(verdict, kit::audit::Verdict::Whole(6)), "{verdict:?}");
    }
    async fn the_list_is_what_a_naive_filter_finds(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let desk = Desk::of(&cx.municipality);
        let all = crowd(&cx, &desk, 330).await;
        let permit = permit(&cx, "signal:list");
        let mut queries_seen = std::collections::BTreeSet::new();
        for text in [
            "", "state=all", "state=done", "state=waiting", "category=litter", "state=all&category=litter",
            "area=BU03960001", "state=all&area=BU03960002", "state=all&area=BU03960001&category=dog-mess",
            "main=waste", "state=all&main=traffic", "priority=traffic-safety&state=all", "source=officer&state=all",
            "late=yes", "late=no", "state=all&late=yes", "state=all&late=no", "q=zwerf&state=all", "q=CAFÉ",
            "q=100%25&state=all", "q=_x&state=all", "from=2024-05-20&state=all", "to=2024-05-20&state=all",
            "from=2024-05-10&to=2024-05-10&state=all", "state=all&main=waste&area=BU03960002&late=no&source=resident",
            "state=cancelled&main=living", "q=nergens",
        ] {
            let (filter, faults) = Filter::read(&query(text), &desk);
            assert!(faults.is_empty(), "{text}: {faults:?}");
            let expected: Vec<Uuid> = all.iter().filter(|s| fits(&filter, s, &cx, &desk)).map(|s| s.id).collect();
            let mut found = Vec::new();
            let mut after = None;
            loop {
                let (got, queries) = QUERIES
                    .scope(AtomicU32::new(0), async {
                        let mut tx = cx.read().await.unwrap();
                        let got = find(&mut tx, &permit, &desk, &filter, after, cx.now).await.unwrap();
                        (got, QUERIES.with(|n| n.load(Ordering::Relaxed)))
                    })
                    .await;
                assert!(queries <= 4, "{text}: {queries} queries");
                queries_seen.insert(queries);
                if after.is_none() {
                    assert_eq!(got.count, Some(expected.len() as i64), "{text}");
                }
                found.extend(got.rows.iter().map(|r| r.id));
                after = got.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(found, expected, "{text}");
        }
        assert!(queries_seen.contains(&2), "{queries_seen:?}");
    }
    async fn a_reference_is_found_whatever_else_is_asked(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let desk = Desk::of(&cx.municipality);
        let id = add(&cx, report(&cx)).await;
        change(&cx, id, State::Done, "klaar", false).await.unwrap();
        let mut imported = report(&cx);
        imported.source = Source::Import;
        imported.source_ref = Some("SIG-77/a".into());
        let other = add(&cx, imported).await;
        let reference = fetch(&cx, id).await.reference;
        let permit = permit(&cx, "signal:list");
        for (text, expected) in [
            (reference.clone(), Some(id)),
            (reference.to_lowercase().replace('-', ""), Some(id)),
            ("SIG-77/a".to_owned(), Some(other)),
            ("ZZZZ-ZZZZ".to_owned(), None),
        ] {
            let (filter, _) = Filter::read(&Query { q: text.clone(), ..Query::default() }, &desk);
            let mut tx = cx.read().await.unwrap();
            let found = find(&mut tx, &permit, &desk, &filter, None, cx.now).await.unwrap();
            assert_eq!(found.rows.first().map(|r| r.id), expected, "{text}");
        }
    }
    async fn pages_render_in_both_languages_and_for_nobody_else(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let mut new = report(&cx);
        new.words = "Kijk <script>alert(1)</script>".into();
        new.reporter = Some(Reporter { name: "An".into(), email: "an@voorbeeld.nl".into(), phone: String::new(), ..Reporter::default() });
        let id = add(&cx, new).await;
        add(&cx, report(&cx)).await;
        doing(&cx, id, None, Edit::Urgency(Urgency::High)).await.unwrap();
        doing(&cx, id, None, Edit::Category("asbestos")).await.unwrap();
        doing(&cx, id, None, Edit::Note("bellen")).await.unwrap();
        change(&cx, id, State::InProgress, "bezig", true).await.unwrap();
        let router = routes(&app);
        for role in Role::ALL {
            let caller = Caller::new(&app, &router, Some(*role));
            let works = matches!(role, Role::Officer | Role::Coordinator | Role::Adviser | Role::Intake);
            for path in ["/signals".to_owned(), "/signals/map".into(), format!("/signals/{id}")] {
                let answer = caller.get(&path).await;
                assert_eq!(answer.status, if works { 200 } else { 403 }, "{role} {path}");
                assert!(works || !answer.text.contains("an@voorbeeld.nl"));
            }
        }
        assert_eq!(Caller::new(&app, &router, None).get("/signals").await.status, 303);
        let staff = Caller::new(&app, &router, Some(Role::Coordinator));
        for (language, word) in [("nl", "Meldingen"), ("en", "Reports")] {
            for path in [
                "/signals", "/signals?state=all&q=vuil&late=no&from=2024-01-01", "/signals?state=done", "/signals/map",
                "/signals?state=nope&from=x&category=y&after=zz", &format!("/signals/{id}"),
            ] {
                let request = axum::http::Request::get(path)
                    .header("cookie", format!("language={language}"))
                    .body(axum::body::Body::empty())
                    .unwrap();
                let answer = staff.send(request).await;
                assert_eq!(answer.status, 200, "{path}: {}", answer.text);
                assert!(answer.text.contains(word), "{path}");
                no_bare_keys(&answer.text);
            }
        }
        let detail = staff.get(&format!("/signals/{id}")).await.text;
        assert!(detail.contains("an@voorbeeld.nl") && !detail.contains("<script>alert"));
        for (path, status) in [("/signals/x", 404), ("/signals/018f0000-0000-7000-8000-000000000000", 404)] {
            assert_eq!(staff.get(path).await.status, status, "{path}");
        }
    }
    async fn a_form_works_once_and_a_stale_form_keeps_its_text(db) {
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let id = add(&cx, report(&cx)).await;
        let staff = Caller::new(&app, &routes(&app), Some(Role::Officer));
        let path = format!("/signals/{id}/edit");
        let request = app.clock.id().to_string();
        let done = [("request", request.as_str()), ("version", "1"), ("what", "state"), ("state", "done"), ("note", "Opgeruimd")];
        for _ in 0..2 {
            let answer = staff.form(&path, &done).await;
            assert_eq!((answer.status, answer.location), (303, format!("/signals/{id}")));
        }
        assert_eq!(fetch(&cx, id).await.version, 2, "the second time did nothing");
        let other = app.clock.id().to_string();
        for (fields, status, says) in [
            (vec![("version", "1"), ("what", "state"), ("state", "reopened"), ("note", "Toch niet <b>")], 409, "Toch niet &#60;b&#62;"),
            (vec![("version", "2"), ("what", "state"), ("state", "planned"), ("note", "Morgen gaan we")], 409, "Morgen gaan we"),
            (vec![("version", "2"), ("what", "state"), ("note", "Geen status")], 422, "Geen status"),
            (vec![("version", "2"), ("what", "state"), ("state", "reopen-requested"), ("note", "")], 422, "Schrijf een toelichting."),
            (vec![("version", "2"), ("what", "note"), ("remark", "")], 422, "remark-error"),
            (vec![("version", "2"), ("what", "place"), ("lon", "4,6x"), ("lat", "52.5")], 422, "4,6x"),
            (vec![("version", "2"), ("what", "category"), ("category", "nope")], 422, "category-error"),
            (vec![("version", "2"), ("what", "urgency"), ("urgency", "nope")], 422, "urgency-error"),
            (vec![("version", "2"), ("what", "nope")], 400, ""),
            (vec![("version", "x"), ("what", "note")], 400, ""),
        ] {
            let mut form = fields.clone();
            form.push(("request", &other));
            let answer = staff.form(&path, &form).await;
            assert_eq!(answer.status, status, "{fields:?}");
            assert!(answer.text.contains(says), "{fields:?}: {}", answer.text);
        }
        assert_eq!(fetch(&cx, id).await.version, 2, "nothing was kept of what was wrong");
        let form = [("request", other.as_str()), ("version", "2"), ("what", "place"), ("lon", "4,62"), ("lat", "52,50")];
        assert_eq!(staff.form(&path, &form).await.status, 303);
        assert_eq!(fetch(&cx, id).await.area.as_deref(), Some(WEST));
    }
}

#[test]
fn a_term_is_on_time_soon_or_late() {
    let zone = jiff::tz::TimeZone::get("Europe/Amsterdam").unwrap();
    let at = |text: &str| At(text.parse().unwrap());
    let now = at("2024-06-03T08:00:00Z");
    for (due, closed, expected) in [
        (None, None, TermState::None),
        (Some("2024-06-05T22:00:00Z"), None, TermState::OnTime),
        (Some("2024-06-04T22:00:00Z"), None, TermState::Soon),
        (Some("2024-06-03T08:00:01Z"), None, TermState::Soon),
        (Some("2024-06-03T08:00:00Z"), None, TermState::Late),
        (Some("2024-06-01T22:00:00Z"), Some("2024-06-01T21:59:59Z"), TermState::Met),
        (Some("2024-06-01T22:00:00Z"), Some("2024-06-01T22:00:00Z"), TermState::Missed),
    ] {
        assert_eq!(TermState::of(due.map(at), closed.map(at), now, &zone), expected, "{due:?} {closed:?}");
    }
}

#[tokio::test]
async fn every_base_walks_its_own_index_and_sorts_nothing() {
    let db = testkit::sqlite::<kit::Main>().await;
    let mut tx = db.read().await.unwrap();
    let none = || vec![kit::Value::Text(None); 15];
    for (base, index) in [
        (Base::Open, "INDEX signal_open ("),
        (Base::OpenCategory, "INDEX signal_open_category ("),
        (Base::OpenArea, "INDEX signal_open_area ("),
        (Base::All, "INDEX signal_new ("),
        (Base::Category, "INDEX signal_category ("),
        (Base::Area, "INDEX signal_area ("),
    ] {
        let (t, _) = texts(base);
        for sql in [t.list, t.count, t.points, t.window] {
            let explain: &'static str = Box::leak(format!("explain query plan {sql}").into_boxed_str());
            let plan: Vec<(i64, i64, i64, String)> = tx.all(explain, none()).await.unwrap();
            let lines: Vec<&str> = plan.iter().map(|l| l.3.as_str()).collect();
            assert!(lines.iter().any(|l| l.replace("COVERING ", "").contains(index)), "{base:?}: {lines:?}");
            assert!(lines.iter().all(|l| !l.contains("TEMP B-TREE")), "{base:?}: {lines:?}");
            assert!(lines.iter().all(|l| *l != "SCAN s"), "{base:?}: {lines:?}");
        }
    }
}

#[test]
fn a_filter_comes_back_from_its_address() {
    let filter = Filter {
        state: Which::Is(State::Waiting),
        category: Some("litter".into()),
        area: Some(WEST.into()),
        from: Some(jiff::civil::date(2024, 5, 1)),
        late: Some(false),
        text: "a & b=c".into(),
        ..Filter::default()
    };
    assert_eq!(
        filter.query(),
        "state=waiting&category=litter&area=BU03960001&from=2024-05-01&late=no&q=a%20%26%20b%3Dc"
    );
    assert_eq!(Filter::default().href("/signals", None), "/signals");
    let cursor = Cursor { at: At::from_micros(36), id: Uuid::nil() };
    assert_eq!(Filter::default().href("/signals", Some(cursor)), format!("/signals?after={cursor}"));
}

fn query(text: &str) -> Query {
    let uri: axum::http::Uri = format!("/?{text}").parse().unwrap();
    axum::extract::Query::<Query>::try_from_uri(&uri).unwrap().0
}

/// A signal as the naive filter sees it, newest first.
struct Seen {
    id: Uuid,
    signal: Signal,
    search: String,
}

async fn crowd(cx: &Cx, desk: &Desk, n: u64) -> Vec<Seen> {
    let permit = permit(cx, "signal:create");
    let words = ["Zwerfvuil bij het café", "100% vol", "a_x in de tuin", "hondenpoep op de stoep"];
    let categories = ["litter", "dog-mess", "speeding", "housing-nuisance", "asbestos"];
    let mut rows = Vec::new();
    let mut seed = 7_u64;
    let mut dice = |n: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % n
    };
    for i in 0..n {
        let mut new = report(cx);
        // three at the same instant now and then: the id decides
        new.reported_at = At::from_micros(cx.now.micros() - (i64::try_from(i / 3).unwrap() + 1) * DAY / 4);
        new.state = State::ALL[usize::try_from(dice(12)).unwrap()];
        if new.state.is_closed() {
            let days = i64::try_from(dice(20)).unwrap();
            new.closed_at = Some(At::from_micros(new.reported_at.micros() + days * DAY));
        }
        new.category = categories[usize::try_from(dice(5)).unwrap()].into();
        new.words = words[usize::try_from(dice(4)).unwrap()].into();
        new.source = Source::ALL[usize::try_from(dice(3)).unwrap()];
        new.place = match dice(3) {
            0 => None,
            1 => Some((4.62, 52.5)),
            _ => Some((4.68, 52.5)),
        };
        rows.push(desk.prepare(new));
    }
    let mut seen: Vec<(At, Uuid, String)> = rows.iter().map(|r| (r.reported_at, r.id, r.search.clone())).collect();
    let mut tx = cx.write().await.unwrap();
    crate::intake::insert_many(&mut tx, &permit, rows).await.unwrap();
    tx.commit().await.unwrap();
    seen.sort_by(|a, b| b.cmp(a));
    let mut out = Vec::new();
    for (_, id, search) in seen {
        out.push(Seen { id, signal: fetch(cx, id).await, search });
    }
    out
}

fn fits(filter: &Filter, seen: &Seen, cx: &Cx, desk: &Desk) -> bool {
    let s = &seen.signal;
    let category = desk.catalogue.get(&s.category).unwrap();
    let day = s.reported_at.local(&cx.municipality.zone).date();
    let late = s.due_at.is_some_and(|due| s.closed_at.unwrap_or(cx.now) >= due);
    (match filter.state {
        Which::Open => s.closed_at.is_none(),
        Which::All => true,
        Which::Is(state) => s.state == state,
    }) && filter.category.as_ref().is_none_or(|c| *c == s.category)
        && filter.main.as_ref().is_none_or(|m| *m == category.main)
        && filter.priority.as_ref().is_none_or(|p| *p == category.priority)
        && filter.area.as_ref().is_none_or(|a| Some(a) == s.area.as_ref())
        && filter.source.is_none_or(|f| f == s.source)
        && filter.from.is_none_or(|d| day >= d)
        && filter.to.is_none_or(|d| day <= d)
        && filter.late.is_none_or(|l| l == late)
        && seen.search.contains(&fold(&[&filter.text]))
}

/// A million rows: each page within a quarter of a second, the deepest and the most selective too, in a
/// debug build on a busy machine (a release build needs a tenth of it).
/// Run by hand: `cargo test --release -p signals million -- --ignored --nocapture`.
mod million {
    use super::*;

    async fn body(db: testkit::MainDb) {
        let db_is_sqlite = db.is_sqlite();
        let app = fixture::app(db).await;
        let cx = coordinator(&app);
        let desk = Desk::of(&cx.municipality);
        let mut tx = cx.write().await.unwrap();
        let sql = tx.pick(include_str!("tests/million-sqlite.sql"), include_str!("tests/million-postgres.sql"));
        tx.run(sql, args![cx.code(), cx.now]).await.unwrap();
        tx.commit().await.unwrap();
        if !db_is_sqlite {
            // what its autovacuum does within a minute
            let mut tx = cx.write().await.unwrap();
            tx.run("analyze signal", vec![]).await.unwrap();
            tx.commit().await.unwrap();
        }
        let permit = permit(&cx, "signal:list");
        let middle = Cursor { at: At::from_micros(cx.now.micros() - 900 * DAY), id: Uuid::nil() };
        for text in [
            "",
            "state=all",
            "state=done",
            "state=cancelled",
            "category=litter",
            "state=all&category=litter",
            "area=BU03960001",
            "state=all&area=BU03960002",
            "state=all&main=traffic",
            "state=all&source=partner",
            "late=yes",
            "state=all&late=yes&area=BU03960001&source=officer",
            "state=all&q=zwerf",
            "state=all&q=bestaatniet",
            "q=bestaatniet",
            "state=all&from=2022-05-20&to=2022-05-25",
        ] {
            let (filter, _) = Filter::read(&query(text), &desk);
            for after in [None, Some(middle)] {
                let mut took = Vec::new();
                for _ in 0..5 {
                    let start = std::time::Instant::now();
                    let mut tx = cx.read().await.unwrap();
                    find(&mut tx, &permit, &desk, &filter, after, cx.now).await.unwrap();
                    took.push(start.elapsed());
                }
                took.sort();
                eprintln!("{text:60} {} {:?}", after.is_some(), took[2]);
                assert!(took[2].as_millis() < 250, "{text}");
            }
        }
        let ask: Ask = Filter::default().ask(None, cx.now, &desk);
        let start = std::time::Instant::now();
        let mut tx = cx.read().await.unwrap();
        let points = store::lists::points(&mut tx, &permit, &ask, MOST_POINTS).await.unwrap();
        eprintln!("{} points {:?}", points.len(), start.elapsed());
        drop(tx);
        let staff = Caller::new(&app, &routes(&app), Some(Role::Coordinator));
        let start = std::time::Instant::now();
        let answer = staff.get("/signals/map").await;
        eprintln!("map {} bytes {:?}", answer.text.len(), start.elapsed());
        assert_eq!(answer.status, 200);
    }

    #[tokio::test]
    #[ignore = "a million rows: by hand"]
    async fn sqlite() {
        body(testkit::sqlite().await).await;
    }

    #[tokio::test]
    #[ignore = "a million rows: by hand"]
    async fn postgres() {
        if let Some(db) = testkit::postgres().await {
            body(db).await;
        }
    }
}
