use super::*;
use patrol::round::Outcome;

const HOUR: i64 = DAY / 24;

fn at(day: i64, hour: i64) -> At {
    At::from_micros(day * DAY + hour * HOUR)
}

fn report(id: u128, category: &str, cell: Option<(i64, i64)>, reported: At) -> Report {
    Report {
        id: Uuid::from_u128(id),
        issue_id: None,
        category: category.into(),
        source: "resident".into(),
        cell_x: cell.map(|c| c.0),
        cell_y: cell.map(|c| c.1),
        area: Some("A".into()),
        reported_at: reported,
        closed_at: None,
    }
}

fn visit(category: Option<&str>, cell: (i64, i64), arrived: At, outcome: Outcome) -> Seen {
    Seen {
        target: None,
        category: category.map(str::to_owned),
        cell_x: cell.0,
        cell_y: cell.1,
        area: Some("A".into()),
        arrived_at: arrived,
        left_at: At::from_micros(arrived.micros() + HOUR / 4),
        outcome,
    }
}

fn all(_: &str, _: &str) -> bool {
    true
}

#[test]
fn a_report_is_answered_by_the_first_visit_of_its_place_in_time() {
    let first = || report(1, "litter", Some((5, 5)), at(10, 0));
    let closed = |day| Report { closed_at: Some(at(day, 0)), ..first() };
    let grouped = || Report { issue_id: Some(Uuid::from_u128(7)), ..report(1, "litter", None, at(10, 0)) };
    let of = |day, hour| visit(Some("litter"), (5, 5), at(day, hour), Outcome::NothingFound);
    let aimed = |target: u128| Seen { target: Some(Uuid::from_u128(target)), category: None, ..of(13, 0) };
    let other = Seen { category: Some("dog-mess".into()), ..of(11, 0) };
    let beside = Seen { cell_x: 6, ..of(11, 0) };
    // what; the report; the visits; tenths of days until the first visit
    type Case = (&'static str, Report, Vec<Seen>, Option<i64>);
    let table: [Case; 12] = [
        ("no visit", first(), vec![], None),
        ("a day and a half later", first(), vec![of(11, 12)], Some(15)),
        ("the first of two", first(), vec![of(12, 0), of(14, 0)], Some(20)),
        ("before the report", first(), vec![of(9, 23)], None),
        ("at once", first(), vec![of(9, 23), of(10, 0)], Some(0)),
        ("on the last day", first(), vec![of(38, 0)], Some(280)),
        ("an hour too late", first(), vec![of(38, 1)], None),
        ("after it was closed", closed(11), vec![of(12, 0)], None),
        ("before it was closed", closed(13), vec![of(12, 0)], Some(20)),
        ("another category or square", first(), vec![other, beside], None),
        ("for the report itself", report(1, "litter", None, at(10, 0)), vec![aimed(1)], Some(30)),
        ("for its issue", grouped(), vec![aimed(7)], Some(30)),
    ];
    for (what, report, visits, after) in table {
        let reports = [report];
        let follow = Follow::new(&reports, &visits, at(100, 0));
        let found = follow.answered(&all, (at(0, 0), at(100, 0)), 28);
        assert_eq!(found, [Answered { area: Some("A"), after }], "{what}");
    }
}

#[test]
fn reports_whose_days_are_not_over_and_of_other_sources_or_times_do_not_count() {
    let officer = Report { source: "officer".into(), ..report(4, "litter", Some((1, 1)), at(60, 0)) };
    let mut reports = vec![
        report(1, "litter", Some((1, 1)), at(49, 23)),
        report(2, "litter", Some((1, 1)), at(50, 0)),
        officer,
        report(3, "litter", Some((1, 1)), at(72, 0)),
        report(5, "litter", Some((1, 1)), at(72, 1)),
    ];
    reports.sort_by_key(|r| r.reported_at);
    // the visit would answer the newest one too: that must not count before the others had their time
    let visits = [visit(Some("litter"), (1, 1), at(73, 0), Outcome::Talk)];
    let follow = Follow::new(&reports, &visits, at(100, 0));
    let residents = |category: &str, source: &str| category == "litter" && source == "resident";
    let found = responses(&follow.answered(&residents, (at(50, 0), at(100, 0)), 28));
    // those of day 50 (after 23 days) and day 72 (after a day)
    assert_eq!(found, Responses { bins: vec![(10, 1), (230, 1)], of: 2 });
}

#[test]
fn a_place_counts_once_and_again_when_a_report_follows_the_first_action() {
    let acts = |x, day| visit(Some("litter"), (x, 0), at(day, 0), Outcome::Warning);
    let visits = [
        acts(1, 10),                                                     // a report 3 days later: again
        visit(Some("litter"), (2, 0), at(10, 1), Outcome::NothingFound), // no action
        acts(3, 11),                                                     // a report after 40 days: not again
        acts(4, 12),                                                     // a report of an officer: not again
        acts(5, 13),                                                     // a report of another category: not again
        visit(None, (6, 0), at(14, 0), Outcome::Talk),                   // for no category
        visit(Some("dog-mess"), (7, 0), at(15, 0), Outcome::Talk),       // not covered
        acts(1, 20),                                                     // the second visit of place 1
        acts(8, 75),                                                     // its days are not over
        acts(9, 200),                                                    // after the period
    ];
    let officer = Report { source: "officer".into(), ..report(3, "litter", Some((4, 0)), at(13, 0)) };
    let reports = [
        report(6, "litter", Some((3, 0)), at(10, 23)), // before the visit
        report(1, "litter", Some((1, 0)), at(13, 0)),
        officer,
        report(4, "dog-mess", Some((5, 0)), at(14, 0)),
        report(2, "litter", Some((3, 0)), at(51, 0)),
        report(5, "litter", Some((8, 0)), at(76, 0)),
    ];
    let follow = Follow::new(&reports, &visits, at(100, 0));
    let litter = |category: &str| category == "litter";
    let residents = |_: &str, source: &str| source == "resident";
    let found = repeats(&follow.acted(&litter, &residents, (at(0, 0), at(100, 0)), 28));
    assert_eq!(found, Repeats { places: 4, again: 1 });
    // from day 15 place 1 begins anew, with the visit of day 20
    let found = repeats(&follow.acted(&litter, &residents, (at(15, 0), at(100, 0)), 28));
    assert_eq!(found, Repeats { places: 1, again: 0 });
}
