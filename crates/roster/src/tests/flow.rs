//! Making, filling, publishing and changing rosters; requests and swaps.

use super::*;
use crate::period::{Replace, State};
use crate::request::{self, Ask, Decision};
use crate::swap::{self, Answer, Offer};
use crate::{question, retention, words};
use deployment::roster::{Budget, Severity, Verdict};
use kit::jobs::Registry;
use kit::{At, audit};
use law::labour::LabourKind;
use testkit::db_test;

async fn audited(app: &Shared, action: &str) -> usize {
    let mut tx = app.main.read().await.unwrap();
    let all = audit::newest(&mut tx, "GM0396", i64::MAX, 500).await.unwrap();
    all.iter().filter(|entry| entry.action == action).count()
}

db_test! {
    async fn a_roster_is_made_filled_made_better_and_published(db) {
        let (app, id) = town(db, false).await;
        let cx = coordinator(&app);
        let before = places(&app, id).await;
        assert!(before.len() > 50, "two weeks of 30 places, filled at once: {}", before.len());
        assert!(rosters(&app).await[0].is_searching());
        // The search runs to its end in the background and the plan stays lawful.
        let mut registry = Registry::default();
        registry.add(period::IMPROVE, period::improve);
        registry.run_due(&app.main, &app.clock, &app).await.unwrap();
        let roster = rosters(&app).await.remove(0);
        assert_eq!((roster.tries_done, roster.is_searching()), (400, false));
        assert!(roster.bound <= roster.cost && roster.cost.is_some(), "{roster:?}");
        let mut tx = cx.read().await.unwrap();
        let question = question::read(&cx, &mut tx, &permit(&cx), id).await.unwrap();
        drop(tx);
        let found = question.planner().unwrap().check(&question.plan).unwrap();
        assert!(found.iter().all(|finding| finding.severity() != Severity::Forbidden), "{found:?}");
        // Only the coordinator publishes, once per form, and as it was seen.
        let stale = done!(cx, tx, period::publish(&cx, &mut tx, super::id(), id, roster.version - 1));
        assert_eq!(fault(stale), "stale");
        let boa = as_officer(&app, 0);
        assert_eq!(fault(done!(boa, tx, period::publish(&boa, &mut tx, super::id(), id, roster.version))), "refused");
        let request = super::id();
        for _ in 0..2 {
            done!(cx, tx, period::publish(&cx, &mut tx, request, id, roster.version)).unwrap();
        }
        assert_eq!(audited(&app, "roster:publish").await, 1);
        assert_eq!(rosters(&app).await[0].state, State::Published);
        for shift in shifts(&app, id).await {
            let mut on: Vec<Uuid> =
                places(&app, id).await.iter().filter(|p| p.shift_id == shift.id).map(|p| p.account_id).collect();
            on.sort();
            assert_eq!(in_patrol(&app, shift.id).await, on, "patrol has the same officers");
        }
        assert_eq!(mails(&app, 3).await, ["Uw rooster vanaf 10 juni 2024 staat klaar"]);
        assert_eq!(fault(done!(cx, tx, period::fill(&cx, &mut tx, super::id(), id))), "roster-published-rule");
    }

    async fn wrong_rosters_are_named(db) {
        let (app, _) = town(db, false).await;
        let cx = coordinator(&app);
        type Spoil = fn(&mut NewPeriod);
        let table: [(Spoil, &str); 6] = [
            (|n| n.team = "nobody".into(), "team roster-team-missing"),
            (|n| n.first_day = "2024-07-02".into(), "first_day roster-monday-missing"),
            (|n| n.first_day = "morgen".into(), "first_day roster-monday-missing"),
            (|n| n.first_day = "2024-05-06".into(), "first_day roster-past"),
            (|n| n.first_day = "2024-06-17".into(), "first_day roster-overlap"),
            (|n| n.weeks = "13".into(), "weeks roster-weeks-wrong"),
        ];
        for (spoil, expected) in table {
            let mut new = NewPeriod {
                request: id(),
                team: "enforcement".into(),
                first_day: "2024-07-01".into(),
                weeks: "2".into(),
            };
            spoil(&mut new);
            assert_eq!(fault(done!(cx, tx, period::make(&cx, &mut tx, &new))), expected);
        }
    }

    async fn the_law_and_powers_refuse_with_their_article_and_a_wish_asks_a_reason(db) {
        let (app, id) = town(db, false).await;
        let cx = coordinator(&app);
        let empty = draft(&app, "2024-07-01").await;
        let rows = shifts(&app, empty).await;
        let at = |day: i64, kind: &str| rows.iter().find(|s| s.day == rows[0].day + day && s.kind == kind).unwrap().id;
        let put = |shift, n| change(empty, shift, officer(&app, n), "");
        done!(cx, tx, period::put(&cx, &mut tx, &put(at(0, "late"), 0))).unwrap();
        let unlawful = done!(cx, tx, period::put(&cx, &mut tx, &put(at(1, "early"), 0)));
        // Late ends at 22:00, early begins at 7:30.
        let said = why(unlawful.clone());
        assert!(said.contains("9 uur en 30 minuten") && said.contains("11 uur") && said.contains("ATW art. 5:3"), "{said}");
        assert_eq!(fault(unlawful), "account roster-cannot");
        // Once per form; full is full; a bigger need makes room.
        done!(cx, tx, period::put(&cx, &mut tx, &put(at(0, "late"), 1))).unwrap();
        assert_eq!(fault(done!(cx, tx, period::put(&cx, &mut tx, &put(at(0, "late"), 2)))), "account roster-full");
        let more = |staff| {
            let (cx, change) = (&cx, put(at(0, "late"), 2));
            async move { done!(cx, tx, period::staff(cx, &mut tx, &change, staff)) }
        };
        assert_eq!(fault(more("1").await), "staff roster-staff-wrong");
        more("3").await.unwrap();
        done!(cx, tx, period::put(&cx, &mut tx, &put(at(0, "late"), 2))).unwrap();
        // The night needs a deed, which somebody else's account has not.
        let stranger = change(empty, at(0, "late"), Uuid::from_u128(1), "");
        assert_eq!(fault(done!(cx, tx, period::put(&cx, &mut tx, &stranger))), "not found");
        // A wish for a free day can be gone against, with a reason.
        let boa = as_officer(&app, 4);
        let ask = Ask {
            request: super::id(),
            account: officer(&app, 4),
            kind: "free".into(),
            first: "2024-07-03".into(),
            ..Ask::default()
        };
        done!(boa, tx, request::ask(&boa, &mut tx, &ask)).unwrap();
        let wish = put(at(2, "early"), 4);
        assert_eq!(fault(done!(cx, tx, period::put(&cx, &mut tx, &wish))), "reason roster-wish-reason");
        let wish = Change { reason: "Niemand anders".into(), ..put(at(2, "early"), 4) };
        done!(cx, tx, period::put(&cx, &mut tx, &wish)).unwrap();
        // What is put by hand stays when the rest is filled.
        done!(cx, tx, period::fill(&cx, &mut tx, super::id(), empty)).unwrap();
        let stays = places(&app, empty).await;
        assert!(stays.iter().any(|p| p.shift_id == at(2, "early") && p.account_id == officer(&app, 4) && p.is_fixed));
        assert!(!places(&app, id).await.is_empty());
    }

    async fn a_published_roster_changes_with_patrol_and_keeps_its_history(db) {
        let (app, id) = town(db, true).await;
        let cx = coordinator(&app);
        let place = places(&app, id).await.remove(0);
        let take = |reason: &str| change(id, place.shift_id, place.account_id, reason);
        assert_eq!(fault(done!(cx, tx, period::take(&cx, &mut tx, &take("")))), "reason roster-reason-missing");
        let form = take("Wil naar een cursus");
        for _ in 0..2 {
            done!(cx, tx, period::take(&cx, &mut tx, &form)).unwrap();
        }
        assert!(!in_patrol(&app, place.shift_id).await.contains(&place.account_id));
        assert_eq!(fault(done!(cx, tx, period::take(&cx, &mut tx, &take("nog eens")))), "stale");
        let mut tx = cx.read().await.unwrap();
        let changes = period::changes_of(&mut tx, &permit(&cx), place.account_id, At::from_micros(0), 9).await.unwrap();
        assert_eq!((changes.len(), changes[0].reason.as_str()), (1, "Wil naar een cursus"));
        let open = question::open_places(&mut tx, &permit(&cx), cx.now, At::from_micros(i64::MAX)).await.unwrap();
        assert!(open.iter().any(|open| open.id == place.shift_id));
        drop(tx);
        // Back again, and patrol follows.
        done!(cx, tx, period::put(&cx, &mut tx, &take("Cursus gaat niet door"))).unwrap();
        assert!(in_patrol(&app, place.shift_id).await.contains(&place.account_id));
    }

    async fn who_is_not_available_comes_off_and_the_best_takes_over(db) {
        let (app, id) = town(db, true).await;
        let cx = coordinator(&app);
        let place = places(&app, id).await.into_iter().find(|p| p.account_id == officer(&app, 0)).unwrap();
        let row = shifts(&app, id).await.into_iter().find(|s| s.id == place.shift_id).unwrap();
        let day = kit::clock::day_date(row.day as i32).to_string();
        let boa = as_officer(&app, 0);
        let ask = Ask { request: super::id(), account: officer(&app, 0), first: day, ..Ask::default() };
        assert_eq!(fault(done!(as_officer(&app, 1), tx, request::away(&as_officer(&app, 1), &mut tx, &ask))), "refused");
        let away = done!(boa, tx, request::away(&boa, &mut tx, &ask)).unwrap();
        assert!(!places(&app, id).await.contains(&place));
        assert!(!in_patrol(&app, row.id).await.contains(&officer(&app, 0)));
        let mut tx = cx.read().await.unwrap();
        let question = question::read(&cx, &mut tx, &permit(&cx), id).await.unwrap();
        drop(tx);
        let shift = question.shift(row.id).unwrap();
        let list = question.planner().unwrap().replacements(&question.plan, shift, None).unwrap();
        let of = |n| list.iter().find(|r| question.people[r.officer].id == officer(&app, n)).unwrap();
        assert!(matches!(&of(0).verdict, Verdict::Cannot { .. }), "not available");
        let first = list.iter().find(|r| matches!(r.verdict, Verdict::Can { .. }) && !question.plan.has(r.officer, shift));
        let first = question.people[first.unwrap().officer].id;
        done!(cx, tx, period::put(&cx, &mut tx, &change(id, row.id, first, "Invallen"))).unwrap();
        assert!(in_patrol(&app, row.id).await.contains(&first));
        // Back before it begins: the request is gone.
        done!(cx, tx, request::back(&cx, &mut tx, super::id(), away, 1)).unwrap();
        let replaced = Replace { on: change(id, row.id, officer(&app, 0), "Is er weer"), off: first };
        done!(cx, tx, period::replace(&cx, &mut tx, &replaced)).unwrap();
        let on = in_patrol(&app, row.id).await;
        assert!(on.contains(&officer(&app, 0)) && !on.contains(&first));
    }

    async fn leave_is_granted_once_published_shifts_are_given_away(db) {
        let (app, id) = town(db, true).await;
        let (cx, boa) = (coordinator(&app), as_officer(&app, 2));
        let place = places(&app, id).await.into_iter().find(|p| p.account_id == officer(&app, 2)).unwrap();
        let row = shifts(&app, id).await.into_iter().find(|s| s.id == place.shift_id).unwrap();
        let ask = Ask {
            request: super::id(),
            account: officer(&app, 2),
            kind: "leave".into(),
            first: kit::clock::day_date(row.day as i32).to_string(),
            ..Ask::default()
        };
        let leave = done!(boa, tx, request::ask(&boa, &mut tx, &ask)).unwrap();
        let decide = |grant, reason: &str| Decision { request: super::id(), version: 1, grant, reason: reason.into() };
        let yes = decide(true, "");
        assert_eq!(fault(done!(boa, tx, request::decide(&boa, &mut tx, leave, &yes))), "refused");
        assert_eq!(fault(done!(cx, tx, request::decide(&cx, &mut tx, leave, &yes))), "roster-leave-shifts");
        let bare = decide(false, " ");
        assert_eq!(fault(done!(cx, tx, request::decide(&cx, &mut tx, leave, &bare))), "reason roster-refusal-missing");
        done!(cx, tx, period::take(&cx, &mut tx, &change(id, row.id, officer(&app, 2), "Verlof"))).unwrap();
        done!(cx, tx, request::decide(&cx, &mut tx, leave, &yes)).unwrap();
        done!(cx, tx, request::decide(&cx, &mut tx, leave, &yes)).unwrap();
        assert_eq!(fault(done!(cx, tx, request::decide(&cx, &mut tx, leave, &decide(true, "")))), "stale");
        let back = change(id, row.id, officer(&app, 2), "Toch");
        assert!(why(done!(cx, tx, period::put(&cx, &mut tx, &back))).contains("niet beschikbaar"));
        assert!(mails(&app, 2).await.contains(&"Uw verlof".to_owned()));
        // Taken back before it begins.
        done!(boa, tx, request::withdraw(&boa, &mut tx, super::id(), leave, 2)).unwrap();
        let other = as_officer(&app, 3);
        assert_eq!(fault(done!(other, tx, request::withdraw(&other, &mut tx, super::id(), leave, 3))), "not found");
    }

    async fn wrong_requests_are_named(db) {
        let app = empty_town(db, 1).await;
        let boa = as_officer(&app, 0);
        for (kind, shift_kind, first, last, expected) in [
            ("", "", "2024-07-01", "", "kind roster-kind-missing"),
            ("away", "", "2024-07-01", "", "kind roster-kind-missing"),
            ("leave", "", "", "", "first roster-day-missing"),
            ("leave", "", "2024-06-02", "", "first roster-day-past"),
            ("leave", "", "2024-07-02", "2024-07-01", "last roster-last-day-wrong"),
            ("leave", "", "2024-07-02", "later", "last roster-last-day-wrong"),
            ("leave", "", "2024-07-01", "2024-12-31", "last roster-days-many"),
            ("shift", "dawn", "2024-07-01", "", "shift_kind roster-shift-kind-missing"),
        ] {
            let ask = Ask {
                request: id(),
                account: officer(&app, 0),
                kind: kind.into(),
                shift_kind: shift_kind.into(),
                first: first.into(),
                last: last.into(),
            };
            assert_eq!(fault(done!(boa, tx, request::ask(&boa, &mut tx, &ask))), expected);
        }
    }

    async fn a_swap_needs_the_law_the_colleague_and_the_coordinator(db) {
        let (app, id) = town(db, true).await;
        let cx = coordinator(&app);
        let rows = shifts(&app, id).await;
        let all = places(&app, id).await;
        // Two shifts of two officers that can be exchanged, and one that cannot be given to somebody.
        let mut tx = cx.read().await.unwrap();
        let question = question::read(&cx, &mut tx, &permit(&cx), id).await.unwrap();
        drop(tx);
        let offer = |shift, other, other_shift| Offer { request: super::id(), shift, other, other_shift };
        let verdict = |p: &period::Place, other: Uuid| {
            swap::judge(&question, p.account_id, &offer(p.shift_id, other, None)).unwrap()
        };
        let pairs = || all.iter().flat_map(|p| (0..6).map(move |n| (p, n))).filter(|(p, n)| {
            let other = officer(&app, *n);
            other != p.account_id && !all.iter().any(|q| q.shift_id == p.shift_id && q.account_id == other)
        });
        let (bad, other) = pairs().find(|(p, n)| !verdict(p, officer(&app, *n)).can()).unwrap();
        let who = |account: Uuid| (0..6).find(|n| officer(&app, *n) == account).unwrap();
        let giver = as_officer(&app, who(bad.account_id));
        let refused = done!(giver, tx, swap::offer(&giver, &mut tx, &offer(bad.shift_id, officer(&app, other), None)));
        assert_eq!(fault(refused), "other roster-swap-cannot");
        let (good, other) = pairs().find(|(p, n)| verdict(p, officer(&app, *n)).can()).unwrap();
        let (giver, taker) = (as_officer(&app, who(good.account_id)), as_officer(&app, other));
        assert!(rows.iter().any(|row| row.id == good.shift_id));
        let asked = offer(good.shift_id, officer(&app, other), None);
        for _ in 0..2 {
            done!(giver, tx, swap::offer(&giver, &mut tx, &asked)).unwrap();
        }
        let again = offer(good.shift_id, officer(&app, other), None);
        assert_eq!(fault(done!(giver, tx, swap::offer(&giver, &mut tx, &again))), "other roster-swap-waits");
        let answer = |version, yes, reason: &str| Answer {
            request: super::id(), swap: asked.request, version, yes, reason: reason.into(),
        };
        assert_eq!(fault(done!(giver, tx, swap::answer(&giver, &mut tx, &answer(1, true, "")))), "not found");
        assert_eq!(fault(done!(cx, tx, swap::decide(&cx, &mut tx, &answer(1, true, "")))), "stale");
        done!(taker, tx, swap::answer(&taker, &mut tx, &answer(1, true, ""))).unwrap();
        let bare = answer(2, false, "");
        assert_eq!(fault(done!(cx, tx, swap::decide(&cx, &mut tx, &bare))), "reason roster-refusal-missing");
        done!(cx, tx, swap::decide(&cx, &mut tx, &answer(2, true, ""))).unwrap();
        let on = in_patrol(&app, good.shift_id).await;
        assert!(on.contains(&officer(&app, other)) && !on.contains(&good.account_id));
        assert_eq!(fault(done!(giver, tx, swap::withdraw(&giver, &mut tx, super::id(), asked.request, 3))), "stale");
    }

    async fn shifts_made_by_hand_in_patrol_count_for_rest(db) {
        let app = empty_town(db, 2).await;
        let (_, cx) = (people::crew(&app, 2).await, coordinator(&app));
        let id = draft(&app, "2024-07-01").await;
        let first = shifts(&app, id).await.into_iter().find(|s| s.kind == "early").unwrap();
        // The Sunday before: until three in the night.
        let hours = |from: i64, to: i64| {
            let at = |hours: i64| At::from_micros(first.starts_at.micros() + hours * 3_600_000_000);
            (at(from), at(to))
        };
        for (n, (starts_at, ends_at)) in [(1_u128, hours(-12, -5)), (2, hours(30, 38))] {
            let planned = patrol::shift::planned::Planned {
                id: Uuid::from_u128(n),
                team: "enforcement".into(),
                kind: "own".into(),
                starts_at,
                ends_at,
                officers: vec![officer(&app, 0)],
            };
            let mut tx = cx.write().await.unwrap();
            patrol::shift::planned::write(&mut tx, &permit(&cx), &cx.municipality, &[planned]).await.unwrap();
            tx.commit().await.unwrap();
        }
        let put = done!(cx, tx, period::put(&cx, &mut tx, &change(id, first.id, officer(&app, 0), "")));
        assert!(why(put).contains("vóór dit rooster"));
        done!(cx, tx, period::put(&cx, &mut tx, &change(id, first.id, officer(&app, 1), ""))).unwrap();
        let mut tx = cx.read().await.unwrap();
        let question = question::read(&cx, &mut tx, &permit(&cx), id).await.unwrap();
        assert_eq!((question.shifts.len(), question.own), (shifts(&app, id).await.len() + 1, question.shifts.len() - 1));
        assert_eq!(question.on(question.own), [officer(&app, 0)], "the other one stands in the roster, fixed");
    }

    async fn what_is_over_leaves(db) {
        let (app, id) = town(db, true).await;
        let cx = coordinator(&app);
        let place = places(&app, id).await.remove(0);
        done!(cx, tx, period::take(&cx, &mut tx, &change(id, place.shift_id, place.account_id, "Weg"))).unwrap();
        let far = At::from_micros(cx.now.micros() + 6 * 366 * 86_400_000_000);
        let mut tx = app.main.write().await.unwrap();
        for shelf in [retention::DUTY, retention::CHANGE, retention::REQUEST, retention::SWAP, retention::DEED] {
            let total = shelf.total(&mut tx, "GM0396").await.unwrap();
            let due: i64 = shelf.due(&mut tx, "GM0396", far).await.unwrap().iter().map(|due| due.rows).sum();
            assert_eq!(due, total, "{}", shelf.kind);
            assert_eq!(shelf.due(&mut tx, "GM0396", At::from_micros(0)).await.unwrap(), [], "{}", shelf.kind);
            for sql in shelf.go {
                tx.run(sql, kit::args!["GM0396", far, 10_000_i64]).await.unwrap();
            }
            assert_eq!(shelf.total(&mut tx, "GM0396").await.unwrap(), 0, "{}", shelf.kind);
        }
    }
}

#[tokio::test]
async fn every_finding_of_the_law_has_its_sentence() {
    let app = empty_town(testkit::sqlite().await, 0).await;
    let cx = coordinator(&app);
    for language in ["nl", "en"] {
        let words = app.library.words(language, cx.municipality.zone.clone());
        for kind in LabourKind::ALL.iter().filter(|kind| !matches!(kind, LabourKind::NightShift | LabourKind::Week)) {
            let key = format!("roster-law-{kind}");
            assert_ne!(words.t(&key), key, "{language}");
        }
        assert!(words::hours(&words, 450).contains('7'), "{language}");
    }
    let words = app.library.words("nl", cx.municipality.zone.clone());
    for (minutes, text) in
        [(480, "8 uur"), (450, "7 uur en 30 minuten"), (61, "1 uur en één minuut"), (15, "15 minuten")]
    {
        assert_eq!(words::hours(&words, minutes), text);
    }
}

/// The figure of the issue: thirty officers, eight weeks, from the tables to the planner and back.
#[tokio::test]
async fn thirty_officers_and_eight_weeks_from_the_tables() {
    let app = empty_town(testkit::sqlite().await, 30).await;
    people::crew(&app, 30).await;
    let cx = coordinator(&app);
    let new =
        NewPeriod { request: id(), team: "enforcement".into(), first_day: "2024-06-10".into(), weeks: "8".into() };
    let roster = done!(cx, tx, period::make(&cx, &mut tx, &new)).unwrap();
    for shift in shifts(&app, roster).await {
        let many = change(roster, shift.id, Uuid::nil(), "");
        // Four times the staff of the demonstration: 120 places a week, what thirty officers of 36 hours can do is 144.
        done!(cx, tx, period::staff(&cx, &mut tx, &many, "8")).unwrap();
    }
    #[allow(clippy::disallowed_methods, reason = "a measurement, not the program")]
    let start = std::time::Instant::now();
    done!(cx, tx, period::fill(&cx, &mut tx, id(), roster)).unwrap();
    println!(
        "30 officers, 8 weeks: {} places from the tables and back in {:.2} s",
        places(&app, roster).await.len(),
        start.elapsed().as_secs_f64()
    );
    let mut tx = cx.read().await.unwrap();
    let question = question::read(&cx, &mut tx, &permit(&cx), roster).await.unwrap();
    let better = question.planner().unwrap().improve(&question.plan, Budget { tries: 5_000, seed: 1 }).unwrap();
    let gap = 100.0 * (1.0 - better.bound.total() as f64 / better.cost.total() as f64);
    let open = better.plan.0.iter().zip(&question.roster.shifts).map(|(on, shift)| shift.staff as usize - on.len());
    println!("open places after 5,000 changes: {}", open.sum::<usize>());
    println!("after 5,000 changes at {:.2} s: at most {gap:.1} % better", start.elapsed().as_secs_f64());
    let found = question.planner().unwrap().check(&question.plan).unwrap();
    assert!(found.iter().all(|finding| finding.severity() != Severity::Forbidden));
}
