use super::*;
use crate::tests::{app, request, router};
use jiff::civil::date;
use kit::args;
use policy::Role;
use testkit::{Caller, MainDb, cx, db_test};

fn decision(number: u32, what: &str, body: Body, version: i64) -> NewDecision {
    let (subject, becomes) = what.split_once('/').unwrap();
    NewDecision {
        request: request(number).parse().unwrap(),
        subject: subject.parse().unwrap(),
        becomes: becomes.into(),
        version,
        body,
        decided_on: date(2024, 5, 28),
        reference: "Z-2024-17".into(),
        note: String::new(),
    }
}

/// Puts the plan and the programme of 2024 in the states that a test needs.
async fn stand(db: &MainDb, plan: PlanState, programme: ProgrammeState) {
    let mut tx = db.write().await.unwrap();
    tx.run(
        "insert into plan_state (municipality, plan, state, version, changed_at) values ('GM0396', $1, $2, 1, 0)",
        args!["ivhp-2021-2024", plan],
    )
    .await
    .unwrap();
    tx.run(
        "insert into programme_state (municipality, year, state, version, changed_at) values ('GM0396', 2024, $1, 1, 0)",
        args![programme],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn count(db: &MainDb, table: &'static str) -> i64 {
    let (n,): (i64,) = db.read().await.unwrap().one(table, vec![]).await.unwrap();
    n
}

const DECISIONS: &str = "select count(*) from decision";
const AUDIT: &str = "select count(*) from audit_entry";

db_test! {
    async fn a_decision_of_the_wrong_body_is_refused_with_body_and_article(db) {
        use Body::{Council, Executive, Mayor};
        stand(&db, PlanState::CollegeProposed, ProgrammeState::Draft).await;
        let app = app(db.clone());
        let cx = cx(&app, Some(Role::Adviser));
        // decision, body that took it, who may, article or section
        let table = [
            // Politiewet 2012 art. 38b(1): the council adopts the plan
            ("plan/council-adopted", Executive, "de gemeenteraad", "Politiewet 2012 artikel 38b, lid 1"),
            ("plan/council-adopted", Mayor, "de gemeenteraad", "Politiewet 2012 artikel 38b, lid 1"),
            // plan 5.3: the executive adopts the programme and only informs the council
            ("programme-2024/college-adopted", Council, "het college", "plan, paragraaf 2.1, 5.3"),
            ("programme-2024/college-adopted", Mayor, "het college", "plan, paragraaf 2.1, 5.3"),
            // plan 5.4: a deviation from the main lines goes to the council
            ("deviation/", Executive, "de gemeenteraad", "plan, paragraaf 5.4"),
        ];
        for (number, (what, body, who, basis)) in (0u32..).zip(table) {
            let version = if what.starts_with("deviation") { 0 } else { 1 };
            let refused = register(&cx, decision(number, what, body, version)).await;
            let Err(Fault::Invalid(faults)) = refused else { panic!("{what} by {body}: {refused:?}") };
            let sentence = faults.of("body", &cx.words).unwrap();
            assert!(sentence.contains(who) && sentence.contains(basis), "{what} by {body}: {sentence}");
        }
        assert_eq!((count(&db, DECISIONS).await, count(&db, AUDIT).await), (0, 0), "a refusal leaves nothing behind");
    }

    async fn a_programme_goes_from_draft_to_reported(db) {
        stand(&db, PlanState::InForce, ProgrammeState::Draft).await;
        let app = app(db.clone());
        let cx = cx(&app, Some(Role::Adviser));
        let steps = ["college-adopted", "sent-to-council", "running", "reported"];
        for (n, state) in (1..).zip(steps) {
            let what = format!("programme-2024/{state}");
            register(&cx, decision(u32::try_from(n).unwrap(), &what, Body::Executive, n)).await.unwrap();
        }
        let book = cx.municipality.get::<PlanBook>();
        let mut tx = db.read().await.unwrap();
        let states = programme_states(&mut tx, "GM0396", &book).await.unwrap();
        assert_eq!(states[1], (2024, Standing { state: ProgrammeState::Reported, version: 5 }));
        assert_eq!(states[0].1, Standing { state: ProgrammeState::Reported, version: 0 }, "2023 as configured");
        let made = decisions(&mut tx, "GM0396", &book.plan.id).await.unwrap();
        assert_eq!(made.len(), 4);
        let first = made.iter().find(|d| d.becomes == "college-adopted").unwrap();
        assert_eq!((first.kind.as_str(), first.was.as_str(), first.body.as_str()), ("year-programme", "draft", "executive"));
        assert_eq!((first.day(), first.basis.as_str()), (date(2024, 5, 28), "plan 2.1, 5.3"));
        drop(tx);
        assert_eq!(count(&db, AUDIT).await, 4);
    }

    async fn what_does_not_follow_or_came_too_late_is_refused(db) {
        stand(&db, PlanState::InForce, ProgrammeState::Running).await;
        let app = app(db.clone());
        let cx = cx(&app, Some(Role::Adviser));
        let fault = |outcome: std::result::Result<(), Fault>| match outcome {
            Err(Fault::Invalid(faults)) => format!("{} {}", faults.0[0].field, faults.0[0].key),
            Err(Fault::Stale) => "stale".to_owned(),
            other => panic!("{other:?}"),
        };
        let ok = || decision(1, "programme-2024/reported", Body::Executive, 1);
        let table = [
            (NewDecision { becomes: "draft".into(), ..ok() }, "what plan-decision-not-now"),
            (NewDecision { becomes: "nonsense".into(), ..ok() }, "what plan-decision-what"),
            (NewDecision { version: 0, ..ok() }, "stale"),
            (NewDecision { decided_on: date(2024, 6, 4), ..ok() }, "decided_on plan-decision-future"),
            // the register of competence does not reach back so far
            (NewDecision { decided_on: date(2020, 6, 4), ..ok() }, "decided_on plan-decision-no-rule"),
            (NewDecision { reference: " ".into(), ..ok() }, "reference plan-decision-reference"),
            (decision(1, "deviation/", Body::Council, 0), "note plan-decision-deviation-note"),
        ];
        for (new, expected) in table {
            assert_eq!(fault(register(&cx, new).await), expected);
        }
        register(&cx, ok()).await.unwrap();
        register(&cx, ok()).await.unwrap();
        assert_eq!(count(&db, DECISIONS).await, 1, "the same form twice is one decision");
    }

    async fn sending_a_plan_back_needs_a_reason_and_days_run_on(db) {
        stand(&db, PlanState::CollegeProposed, ProgrammeState::Running).await;
        let app = app(db.clone());
        let cx = cx(&app, Some(Role::Mayor));
        let back = decision(1, "plan/draft", Body::Council, 1);
        let Err(Fault::Invalid(faults)) = register(&cx, back.clone()).await else { panic!("no reason") };
        assert_eq!(faults.0[0].field, "note");
        register(&cx, NewDecision { note: "Niet rond met de partners".into(), ..back }).await.unwrap();
        let early = NewDecision { decided_on: date(2024, 5, 1), ..decision(2, "plan/partners-consulted", Body::Executive, 2) };
        let Err(Fault::Invalid(faults)) = register(&cx, early).await else { panic!("before the last") };
        assert_eq!(faults.0[0].key, "plan-decision-before-last");
    }

    async fn an_action_changes_once_and_only_as_the_table_says(db) {
        let app = app(db.clone());
        let cx = cx(&app, Some(Role::Adviser));
        let change = |n, action: &str, to, note: &str, version| ActionChange {
            request: request(n).parse().unwrap(), year: 2024, action: action.into(), to, note: note.into(), version,
        };
        // dog-mess-action runs, dark-days is planned
        let no_reason = change_action(&cx, change(1, "dog-mess-action", ActionState::Stopped, " ", 0)).await;
        assert!(matches!(no_reason, Err(Fault::Invalid(f)) if f.0[0].key == "plan-action-reason"));
        let jump = change_action(&cx, change(1, "dark-days", ActionState::Done, "", 0)).await;
        assert!(matches!(jump, Err(Fault::Invalid(f)) if f.0[0].key == "plan-action-not-now"));
        let unknown = change_action(&cx, change(1, "nothing", ActionState::Done, "", 0)).await;
        assert!(matches!(unknown, Err(Fault::NotFound)));
        change_action(&cx, change(2, "dog-mess-action", ActionState::Stopped, "Te weinig mensen", 0)).await.unwrap();
        change_action(&cx, change(2, "dog-mess-action", ActionState::Stopped, "Te weinig mensen", 0)).await.unwrap();
        let stale = change_action(&cx, change(3, "dog-mess-action", ActionState::Done, "", 0)).await;
        assert!(matches!(stale, Err(Fault::Stale)));
        let book = cx.municipality.get::<PlanBook>();
        let mut tx = db.read().await.unwrap();
        let states = action_states(&mut tx, "GM0396", &book, 2024, "nl").await.unwrap();
        let now = &states["dog-mess-action"];
        assert_eq!((now.standing.state, now.standing.version, now.note.as_str()), (ActionState::Stopped, 1, "Te weinig mensen"));
        assert_eq!(states["dark-days"].standing, Standing { state: ActionState::Planned, version: 0 });
        drop(tx);
        assert_eq!(count(&db, AUDIT).await, 1);
    }

    async fn roles_see_and_do_what_the_policy_says(db) {
        let app = app(db.clone());
        let router = router(&app);
        let form = [("request", request(1)), ("what", "plan/evaluated/0".into()), ("body", "executive".into()),
            ("decided_on", "2024-05-28".into()), ("reference", "Z-1".into()), ("note", String::new())];
        let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
        for (role, read, write) in [
            (None, 303, 401),
            (Some(Role::Officer), 200, 403),
            (Some(Role::CouncilMember), 200, 403),
            (Some(Role::Administrator), 403, 403),
            (Some(Role::Mayor), 200, 303),
        ] {
            let caller = Caller::new(&app, &router, role);
            assert_eq!(caller.get("/plan/decisions").await.status, read, "{role:?}");
            assert_eq!(caller.form("/plan/decisions", &form).await.status, write, "{role:?}");
        }
        assert_eq!(count(&db, DECISIONS).await, 1);
    }

    async fn a_refused_form_keeps_what_was_typed(db) {
        let app = app(db.clone());
        let router = router(&app);
        let adviser = Caller::new(&app, &router, Some(Role::Adviser));
        let id = request(9);
        let send = async |what: &str, body: &str, day: &str| {
            let form = [("request", id.as_str()), ("what", what), ("body", body), ("decided_on", day),
                ("reference", "Raadsbesluit 12"), ("note", "Mijn toelichting")];
            adviser.form("/plan/decisions", &form).await
        };
        let wrong = send("plan/evaluated/0", "council", "2024-05-28").await;
        assert_eq!(wrong.status, 422);
        for text in ["Hierover besluit het college", "plan, paragraaf 5.3", "Raadsbesluit 12", "Mijn toelichting",
            "value=\"2024-05-28\"", "id=\"body-error\""] {
            assert!(wrong.text.contains(text), "{text}");
        }
        let stale = send("plan/evaluated/7", "executive", "2024-05-28").await;
        assert_eq!(stale.status, 409);
        assert!(stale.text.contains("Een collega heeft dit intussen gewijzigd") && stale.text.contains("Mijn toelichting"));
        let empty = send("", "", "").await;
        assert_eq!(empty.status, 422);
        for field in ["what-error", "body-error", "decided_on-error"] {
            assert!(empty.text.contains(field), "{field}");
        }
        assert_eq!(send("plan/evaluated/0", "executive", "2024-05-28").await.status, 303);
        let page = adviser.get("/plan/decisions").await;
        assert!(page.text.contains("Geëvalueerd") && page.text.contains("Raadsbesluit 12"));
    }

    async fn programme_and_action_show_their_state(db) {
        stand(&db, PlanState::InForce, ProgrammeState::Running).await;
        let app = app(db.clone());
        let router = router(&app);
        let adviser = Caller::new(&app, &router, Some(Role::Adviser));
        let page = adviser.get("/plan/programme/2024").await;
        assert_eq!(page.status, 200);
        for text in ["Uitvoeringsprogramma 2024", "bedragen en voortgang zijn verzonnen", "In uitvoering", "regulier werk",
            "kwartaal 2 tot en met 4", "/plan/programme/2024/dark-days"] {
            assert!(page.text.contains(text), "{text}");
        }
        assert_eq!(adviser.get("/plan/programme/2021").await.status, 404);
        let action = adviser.get("/plan/programme/2024/dog-mess-action").await;
        assert!(action.text.contains("Stand wijzigen") && action.text.contains("value=\"stopped\""));
        let council = Caller::new(&app, &router, Some(Role::CouncilMember));
        let action = council.get("/plan/programme/2024/dog-mess-action").await;
        assert!(action.status == 200 && !action.text.contains("Stand wijzigen"));
        let id = request(3);
        let form = |to: &'static str| [("request", id.as_str().to_owned()), ("version", "0".to_owned()), ("to", to.to_owned()), ("note", "Getypt".to_owned())];
        for (to, status, text) in [("", 422, "Kies de nieuwe stand"), ("planned", 422, "kan niet volgen"), ("done", 303, "")] {
            let form = form(to);
            let form: Vec<(&str, &str)> = form.iter().map(|(k, v)| (*k, v.as_str())).collect();
            let answer = adviser.form("/plan/programme/2024/dog-mess-action", &form).await;
            assert_eq!(answer.status, status, "{to}");
            assert!(answer.text.contains(text) && (status == 303 || answer.text.contains("Getypt")), "{to}");
        }
    }
}

#[test]
fn a_basis_is_cited_as_people_do() {
    let library = kit::words::Library::from_dir(&testkit::root().join("locales")).unwrap();
    let library = std::sync::Arc::new(library);
    for (language, basis, expected) in [
        ("nl", "Politiewet 2012 art. 38b(1); plan 5.3", "Politiewet 2012 artikel 38b, lid 1; plan, paragraaf 5.3"),
        ("en", "Gemeentewet art. 160(1)", "Gemeentewet article 160, paragraph 1"),
        ("nl", "IVHP 5.4", "plan, paragraaf 5.4"),
        ("en", "Opiumwet art. 13b", "Opiumwet article 13b"),
    ] {
        assert_eq!(cite(&library.words(language, jiff::tz::TimeZone::UTC), basis), expected);
    }
}
