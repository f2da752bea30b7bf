use super::*;
use crate::fixture;
use crate::handle::{self, Edit};
use crate::intake;
use kit::args;

fn at(text: &str) -> At {
    At(text.parse::<jiff::Zoned>().unwrap().timestamp())
}

/// The last day of a term, as people say it.
fn last_day(desk: &Desk, due: At) -> String {
    At::from_micros(due.micros() - 1).local(&desk.municipality.zone).date().to_string()
}

#[tokio::test]
async fn each_kind_has_the_term_of_its_law() {
    let app = fixture::app(testkit::sqlite().await).await;
    let desk = Desk::of(app.home().unwrap());
    let category = desk.catalogue.get("litter").unwrap();
    for (kind, article, from, last) in [
        // eight weeks; the day of receipt does not count
        (Kind::EnforcementRequest, "Awb 4:13(2)", "2024-06-03T10:00[Europe/Amsterdam]", "2024-07-29"),
        // the eighth week ends on Whit Monday: the next working day
        (Kind::EnforcementRequest, "Awb 4:13(2), Atw 1(1)", "2024-03-25T23:59[Europe/Amsterdam]", "2024-05-21"),
        // six weeks end on Good Friday, before the Easter weekend: the Tuesday after it
        (Kind::Complaint, "Awb 9:11(1), Atw 1(1)", "2024-02-16T09:00[Europe/Amsterdam]", "2024-04-02"),
        // six weeks end on Saturday 4 May, Sunday follows
        (Kind::Complaint, "Awb 9:11(1), Atw 1(1)", "2024-03-23T09:00[Europe/Amsterdam]", "2024-05-06"),
        (Kind::Complaint, "Awb 9:11(1)", "2024-06-03T10:00[Europe/Amsterdam]", "2024-07-15"),
        // promises: ten working days for a question, three for litter
        (Kind::Question, "the municipality", "2024-06-03T10:00[Europe/Amsterdam]", "2024-06-17"),
        (Kind::Report, "the municipality", "2024-06-03T10:00[Europe/Amsterdam]", "2024-06-06"),
    ] {
        let due = due(&app.law.terms, &desk, kind, category, at(from)).unwrap();
        assert_eq!(last_day(&desk, due), last, "{kind} {article} from {from}");
    }
    // the register does not vouch for the law before 2013
    assert!(due(&app.law.terms, &desk, Kind::Complaint, category, at("2012-06-01T10:00[Europe/Amsterdam]")).is_none());
}

#[test]
fn the_law_asks_who_sends_an_application_or_a_complaint() {
    let both = Reporter { name: "Ada".into(), postal: "Maerelaan 1".into(), ..Reporter::default() };
    for (kind, article, reporter, fields) in [
        (Kind::EnforcementRequest, "Awb 4:2(1)(a)", Reporter::default(), vec!["name", "postal"]),
        (Kind::Complaint, "Awb 9:4(1)(a)", Reporter { name: " ".into(), ..both.clone() }, vec!["name"]),
        (Kind::Complaint, "Awb 9:4(1)(a)", both.clone(), vec![]),
        (Kind::Report, "may be anonymous", Reporter::default(), vec![]),
        (Kind::Question, "may be anonymous", Reporter::default(), vec![]),
    ] {
        let found: Vec<String> = missing(kind, &reporter).0.into_iter().map(|f| f.field.into_owned()).collect();
        assert_eq!(found, fields, "{kind} {article}");
    }
}

#[tokio::test]
async fn only_reports_of_public_categories_are_ever_shown() {
    use Publication::{Hidden, Private, Shown, Waiting};
    let app = fixture::app(testkit::sqlite().await).await;
    let desk = Desk::of(app.home().unwrap());
    let public = desk.catalogue.get("litter").unwrap();
    let secret = desk.catalogue.categories.iter().find(|c| !c.public).unwrap();
    for (was, kind, category, point, becomes) in [
        (Shown, Kind::Complaint, public, true, Private),
        (Shown, Kind::EnforcementRequest, public, true, Private),
        (Waiting, Kind::Question, public, true, Private),
        (Shown, Kind::Report, secret, true, Private),
        (Private, Kind::Report, public, true, Waiting),
        (Private, Kind::Report, public, false, Private),
        (Hidden, Kind::Report, public, true, Hidden),
        (Shown, Kind::Report, public, true, Shown),
    ] {
        let found = publication(was, kind, category, Source::Resident, point);
        assert_eq!(found, becomes, "{was} {kind} {}", category.id);
    }
    assert_eq!(publication(Private, Kind::Report, public, Source::Officer, true), Private);
}

testkit::db_test! {
    async fn staff_correct_the_kind_and_the_term_counts_anew(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let id = fixture::add(&cx, fixture::report(&cx)).await;
        let permit = fixture::permit(&cx, "signal:handle");
        let desk = Desk::of(&cx.municipality);
        let mut tx = cx.write().await.unwrap();
        let before = handle::current(&mut tx, &permit, id, None).await.unwrap();
        assert_eq!((before.kind, before.publication), (Kind::Report, Publication::Shown));
        for (to, days) in [(Kind::EnforcementRequest, "2024-07-29"), (Kind::Complaint, "2024-07-15"), (Kind::Report, "2024-06-06")] {
            handle::apply(&cx, &mut tx, &permit, id, None, &Edit::Kind(to)).await.unwrap();
            let now = handle::current(&mut tx, &permit, id, None).await.unwrap();
            assert_eq!((now.kind, last_day(&desk, now.due_at.unwrap()).as_str()), (to, days));
            let shown = if to == Kind::Report { Publication::Waiting } else { Publication::Private };
            assert_eq!(now.publication, shown, "{to}");
        }
        // the same again changes nothing
        handle::apply(&cx, &mut tx, &permit, id, None, &Edit::Kind(Kind::Report)).await.unwrap();
        let lines: Vec<(String, String)> = tx
            .all("select was, becomes from signal_event where signal_id = $1 and kind = 'kind' order by at, id", args![id])
            .await
            .unwrap();
        assert_eq!(lines.len(), 3);
        let entries = kit::audit::newest(&mut tx, cx.code(), i64::MAX, 1).await.unwrap();
        assert!(entries[0].detail.contains("\"kind\"") && entries[0].detail.contains("report"), "{}", entries[0].detail);
        // another category leaves the statutory term alone
        handle::apply(&cx, &mut tx, &permit, id, None, &Edit::Kind(Kind::Complaint)).await.unwrap();
        handle::apply(&cx, &mut tx, &permit, id, None, &Edit::Category("asbestos")).await.unwrap();
        let now = handle::current(&mut tx, &permit, id, None).await.unwrap();
        assert_eq!(last_day(&desk, now.due_at.unwrap()), "2024-07-15");
    }

    async fn a_request_to_enforce_comes_in_with_its_term_and_is_never_public(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        for (kind, last) in [(Kind::EnforcementRequest, "2024-07-29"), (Kind::Complaint, "2024-07-15")] {
            let mut new = fixture::report(&cx);
            (new.kind, new.reporter) = (kind, Some(Reporter { name: "Ada".into(), postal: "Maerelaan 1".into(), ..Reporter::default() }));
            let id = new.id;
            let mut tx = cx.write().await.unwrap();
            intake::create(&cx, &mut tx, &fixture::permit(&cx, "signal:create"), new).await.unwrap();
            let permit = fixture::permit(&cx, "signal:handle");
            let signal = handle::current(&mut tx, &permit, id, None).await.unwrap();
            assert_eq!(last_day(&Desk::of(&cx.municipality), signal.due_at.unwrap()), last);
            assert_eq!((signal.kind, signal.publication), (kind, Publication::Private));
            assert_eq!(handle::reporter(&mut tx, &permit, id).await.unwrap().unwrap().postal, "Maerelaan 1");
            tx.commit().await.unwrap();
        }
    }
}
