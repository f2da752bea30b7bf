//! Officers: profiles, loans, warnings, calendars.

use super::*;
use crate::feed;
use crate::officer::{self, LoanDraft, ProfileDraft, warn};
use crate::question;
use deployment::roster::Obstacle;
use kit::clock::day_number;
use testkit::db_test;

/// Deeds and profiles for the first `many` accounts, every third a senior.
pub(super) async fn crew(app: &Shared, many: u128) {
    let officers: Vec<DemoOfficer> = (0..many)
        .map(|n| DemoOfficer {
            account: officer(app, n),
            team: "enforcement",
            hours: "36",
            skills: if n % 3 == 0 { &["lead"] } else { &[] },
            deed: "Akte 1",
            deed_days: 400,
            training_days: 300,
            employer: "",
        })
        .collect();
    let cx = coordinator(app);
    crate::seed::officers(&cx, &officers).await.unwrap();
}

fn profile(app: &Shared, n: u128) -> ProfileDraft {
    ProfileDraft {
        request: id(),
        account: officer(app, n),
        team: "enforcement".into(),
        hours: "28,8".into(),
        night_cap: "count".into(),
        conditions: vec!["sunday_work".into()],
        is_planned: true,
        skills: vec![("lead".into(), "2024-08-01".into())],
        ..ProfileDraft::default()
    }
}

db_test! {
    async fn an_officer_gets_hours_skills_and_conditions(db) {
        let app = empty_town(db, 2).await;
        let cx = coordinator(&app);
        let boa = as_officer(&app, 0);
        assert_eq!(fault(done!(boa, tx, officer::save(&boa, &mut tx, &profile(&app, 0)))), "refused");
        let draft = profile(&app, 0);
        for _ in 0..2 {
            done!(cx, tx, officer::save(&cx, &mut tx, &draft)).unwrap();
        }
        let again = ProfileDraft { version: 1, hours: "36".into(), skills: vec![], ..profile(&app, 0) };
        done!(cx, tx, officer::save(&cx, &mut tx, &again)).unwrap();
        assert_eq!(fault(done!(cx, tx, officer::save(&cx, &mut tx, &ProfileDraft { request: id(), ..again }))), "stale");
        let mut tx = cx.read().await.unwrap();
        let found = officer::of(&mut tx, &permit(&cx), super::officer(&app, 0)).await.unwrap().unwrap();
        assert_eq!((found.contract_min, found.conditions().sunday_work, found.version), (2160, true, 2));
        assert_eq!(officer::skills(&mut tx, &permit(&cx)).await.unwrap(), []);
        drop(tx);
        type Spoil = fn(&mut ProfileDraft);
        let table: [(Spoil, &str); 7] = [
            (|d| d.team = "x".into(), "team roster-team-missing"),
            (|d| d.employer = "GM9999".into(), "employer roster-employer-wrong"),
            (|d| d.hours = "veel".into(), "hours roster-hours-wrong"),
            (|d| d.hours = "61".into(), "hours roster-hours-wrong"),
            (|d| d.adult_from = "straks".into(), "adult_from roster-adult-wrong"),
            (|d| d.night_cap = "none".into(), "night_cap roster-night-cap-missing"),
            (|d| d.skills = vec![("lead".into(), "ooit".into())], "skill roster-skill-wrong"),
        ];
        for (spoil, expected) in table {
            let mut draft = profile(&app, 1);
            spoil(&mut draft);
            assert_eq!(fault(done!(cx, tx, officer::save(&cx, &mut tx, &draft))), expected);
        }
    }

    async fn a_neighbours_officer_works_here_under_an_agreement_where_the_deed_holds(db) {
        let app = empty_town(db, 1).await;
        crew(&app, 1).await;
        let cx = coordinator(&app);
        let lent = ProfileDraft { employer: "GM0375".into(), version: 1, ..profile(&app, 0) };
        done!(cx, tx, officer::save(&cx, &mut tx, &lent)).unwrap();
        let roster = draft(&app, "2024-07-01").await;
        let obstacle = async || {
            let mut tx = cx.read().await.unwrap();
            let question = question::read(&cx, &mut tx, &permit(&cx), roster).await.unwrap();
            question.planner().unwrap().obstacle(0, 0).cloned()
        };
        assert_eq!(obstacle().await, Some(Obstacle::Agreement));
        let loan = |borrower: &str, until: &str| LoanDraft {
            request: id(), account: super::officer(&app, 0), borrower: borrower.into(), agreement: "IJmond 7".into(),
            from: "2024-01-01".into(), until: until.into(),
        };
        for (wrong, expected) in [
            (loan("GM0375", "2024-12-31"), "borrower roster-borrower-wrong"),
            (loan("GM0396", "2023-12-31"), "loan_until roster-last-day-wrong"),
            (LoanDraft { agreement: " ".into(), ..loan("GM0396", "2024-12-31") }, "agreement roster-agreement-missing"),
        ] {
            assert_eq!(fault(done!(cx, tx, officer::lend(&cx, &mut tx, &wrong))), expected);
        }
        done!(cx, tx, officer::lend(&cx, &mut tx, &loan("GM0396", "2024-12-31"))).unwrap();
        assert_eq!(obstacle().await, None);
        // The deed must give powers here too.
        let mut tx = app.main.write().await.unwrap();
        tx.run("update deed set territory = 'GM0375'", vec![]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(obstacle().await, Some(Obstacle::Territory));
        let loans = {
            let mut tx = cx.read().await.unwrap();
            officer::loans(&mut tx, &permit(&cx)).await.unwrap()
        };
        let end = |request| {
            let (cx, account, loan) = (&cx, super::officer(&app, 0), loans[0].id);
            async move { done!(cx, tx, officer::end_loan(cx, &mut tx, request, account, loan)) }
        };
        end(id()).await.unwrap();
        assert_eq!(fault(end(id()).await), "not found");
    }

    async fn what_ends_soon_is_warned_of(db) {
        let app = empty_town(db, 3).await;
        crew(&app, 1).await;
        let cx = coordinator(&app);
        done!(cx, tx, officer::save(&cx, &mut tx, &profile(&app, 1))).unwrap();
        let mut tx = app.main.write().await.unwrap();
        let day = i64::from(day_number(date(2024, 6, 30)));
        tx.run("update deed set valid_until = $1, trained_until = $1", kit::args![day]).await.unwrap();
        let found = warn::all(&cx, &mut tx, &permit(&cx)).await.unwrap();
        let texts: Vec<&str> = found.iter().map(|warning| warning.text.as_str()).collect();
        assert_eq!(texts, [
            "De akte van Officer 0 loopt af op 30 juni 2024.",
            "De opleiding van Officer 0 is geldig tot en met 30 juni 2024.",
            "Officer 1 heeft geen geldige akte.",
            "Van Officer 2 zijn nog geen team en uren ingevuld.",
            "Senior handhaver van Officer 1 is geldig tot en met 1 augustus 2024.",
        ]);
    }

    async fn the_calendar_has_a_secret_address_that_can_be_stopped(db) {
        let (app, _) = town(db, true).await;
        let boa = as_officer(&app, 0);
        let address = async || {
            let mut tx = boa.read().await.unwrap();
            feed::address(&boa, &mut tx, &permit(&boa), officer(&app, 0)).await.unwrap()
        };
        assert_eq!(address().await, None);
        done!(boa, tx, feed::renew(&boa, &mut tx, id(), false)).unwrap();
        let first = address().await.unwrap();
        let path = |address: &str| address.strip_prefix("http://regie.test").unwrap().to_owned();
        let router = super::web::router(&app);
        let anybody = testkit::Caller::new(&app, &router, None);
        let read = anybody.get(&path(&first)).await;
        assert_eq!((read.status, read.header("content-type")), (200, "text/calendar; charset=utf-8"));
        let events = read.text.matches("BEGIN:VEVENT").count();
        let own = places(&app, rosters(&app).await[0].id).await;
        assert_eq!(events, own.iter().filter(|place| place.account_id == officer(&app, 0)).count());
        assert!(!read.text.contains("Officer"), "no names: {}", read.text);
        done!(boa, tx, feed::renew(&boa, &mut tx, id(), false)).unwrap();
        assert_eq!(anybody.get(&path(&first)).await.status, 404, "another address, and the old one is worth nothing");
        let second = address().await.unwrap();
        assert_eq!(anybody.get(&path(&second)).await.status, 200);
        let forged = format!("{}0", &path(&second)[..path(&second).len() - 1]);
        let forged = if forged == path(&second) { format!("{}1", &forged[..forged.len() - 1]) } else { forged };
        assert_eq!(anybody.get(&forged).await.status, 404);
        done!(boa, tx, feed::renew(&boa, &mut tx, id(), true)).unwrap();
        assert_eq!(anybody.get(&path(&second)).await.status, 404);
    }
}
