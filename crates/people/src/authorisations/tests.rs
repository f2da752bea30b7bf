use super::rules::{Term, check};
use super::*;
use crate::covenants;
use crate::partners::Day;
use crate::partners::tests::{app, audited, english, fault, organisation, person, request, router, whole};
use kit::args;
use testkit::{Caller, cx, db_test};

/// Tests stand still on Monday 3 June 2024, 10:00 in Heemskerk.
fn proposal(n: u128, account: Uuid, processing: &str) -> Proposal {
    Proposal {
        request: request(n),
        account,
        processing: processing.into(),
        reason: "Behandelt deze zaken.".into(),
        valid_from: Day::typed("2024-06-03"),
        ..Proposal::default()
    }
}

fn with_deed(proposal: Proposal, until: &str) -> Proposal {
    Proposal { deed_number: "A-17".into(), deed_until: Day::typed(until), ..proposal }
}

fn grant(n: u128) -> Decision {
    Decision { request: request(n), version: 1, grant: true, reason: String::new() }
}

fn withdrawal(n: u128, version: i64) -> Withdrawal {
    Withdrawal { request: request(n), version, reason: "Andere functie.".into() }
}

async fn state(app: &site::Shared, id: Uuid, now: At) -> State {
    let mut tx = app.main.read().await.unwrap();
    get(&mut tx, "GM0396", id, now).await.unwrap().unwrap().state
}

#[test]
fn what_a_proposal_must_say() {
    let heemskerk = kit::Municipality::read(&testkit::root().join("config/heemskerk")).unwrap();
    let now = At(testkit::now());
    let ok = || proposal(1, request(2), "wpg-daily");
    let day = Day::typed;
    let deed = || with_deed(ok(), "2025-01-31");
    // article, officer with police data, proposal, fault
    let table = [
        (
            "Wpg art. 6(1): a described need",
            false,
            Proposal { reason: " ".into(), ..ok() },
            "reason authorisations-reason-missing",
        ),
        (
            "Wpg art. 6(1): not afterwards",
            false,
            Proposal { valid_from: day("2024-06-02"), ..ok() },
            "valid_from authorisations-from-past",
        ),
        ("a first day", false, Proposal { valid_from: day("soon"), ..ok() }, "valid_from authorisations-from-missing"),
        (
            "a last day that is one",
            false,
            Proposal { valid_until: day("later"), ..ok() },
            "valid_until authorisations-until-wrong",
        ),
        (
            "in order",
            false,
            Proposal { valid_from: day("2024-08-01"), valid_until: day("2024-07-01"), ..ok() },
            "valid_until authorisations-until-early",
        ),
        ("Bbo: no power without a deed", true, ok(), "deed_number authorisations-deed-missing"),
        (
            "Bbo: the deed's last day",
            true,
            Proposal { deed_number: "A-17".into(), ..ok() },
            "deed_until authorisations-deed-until-missing",
        ),
        ("Bbo: a lapsed deed", true, with_deed(ok(), "2024-06-02"), "deed_until authorisations-deed-lapsed"),
        (
            "Bbo: lapsed on the first day",
            true,
            Proposal { valid_from: day("2025-02-01"), ..deed() },
            "deed_until authorisations-deed-lapsed",
        ),
        (
            "Bbo: not longer than the deed",
            true,
            Proposal { valid_until: day("2025-02-01"), ..deed() },
            "valid_until authorisations-until-after-deed",
        ),
        (
            "Bbo: a deed counts for who needs none, too",
            false,
            Proposal { valid_until: day("2025-02-01"), ..deed() },
            "valid_until authorisations-until-after-deed",
        ),
    ];
    for (article, needs_deed, proposal, expected) in table {
        let faults = check(&proposal, needs_deed, now, &heemskerk).unwrap_err();
        assert_eq!(format!("{} {}", faults.0[0].field, faults.0[0].key), expected, "{article}");
    }
    let at = |text: &str| At(text.parse().unwrap());
    let from = at("2024-06-02T22:00:00Z");
    let until = Some(at("2025-01-31T23:00:00Z"));
    assert_eq!(check(&ok(), false, now, &heemskerk).unwrap(), Term { from, until: None, deed_until: None });
    let with_the_deed = Term { from, until, deed_until: until };
    assert_eq!(check(&deed(), true, now, &heemskerk).unwrap(), with_the_deed, "ends with the deed");
    let last_day = Proposal { valid_until: day("2025-01-31"), ..deed() };
    assert_eq!(check(&last_day, true, now, &heemskerk).unwrap(), with_the_deed, "up to and with the deed's last day");
}

db_test! {
    async fn four_eyes(db) {
        let app = app(db).await;
        let who = |role: Role| cx(&app, Some(role));
        let id_of = |role: Role| who(role).actor.account.unwrap();
        person(&app, request(100), "Boa", Role::Officer, None).await;
        let boa = |n| with_deed(proposal(n, request(100), "wpg-daily"), "2026-01-31");
        // Wpg art. 6: who may propose at all
        for role in [Role::Officer, Role::Coordinator, Role::Mayor, Role::PrivacyOfficer, Role::Partner] {
            assert_eq!(fault(propose(&who(role), boa(1)).await), "refused", "{role}");
        }
        let id = propose(&who(Role::Administrator), boa(2)).await.unwrap();
        assert_eq!(propose(&who(Role::Administrator), boa(2)).await.unwrap(), id, "the same request again");
        assert_eq!(state(&app, id, At(testkit::now())).await, State::Proposed);
        assert_eq!(fault(propose(&who(Role::Adviser), boa(3)).await), "processing authorisations-overlap");
        // who may decide: the mayor; the coordinator for police data only
        for role in [Role::Administrator, Role::Adviser, Role::Officer, Role::PrivacyOfficer] {
            assert_eq!(fault(decide(&who(role), id, grant(4)).await), "refused", "{role}");
        }
        decide(&who(Role::Coordinator), id, grant(5)).await.unwrap();
        decide(&who(Role::Coordinator), id, grant(5)).await.unwrap();
        assert_eq!(state(&app, id, At(testkit::now())).await, State::InForce);
        assert_eq!(fault(decide(&who(Role::Mayor), id, grant(6)).await), "stale", "decided is decided");
        let bibob = propose(&who(Role::Adviser), proposal(7, id_of(Role::ProcessDirector), "bibob")).await.unwrap();
        assert_eq!(fault(decide(&who(Role::Coordinator), bibob, grant(8)).await), "refused", "R6 is the mayor's");
        // neither the person nor the proposer, whatever the role
        let own = propose(&who(Role::Adviser), proposal(9, id_of(Role::Mayor), "zvh-cases")).await.unwrap();
        assert_eq!(fault(decide(&who(Role::Mayor), own, grant(10)).await), "decision authorisations-own");
        let mut proposer = who(Role::Mayor);
        proposer.actor.account = Some(id_of(Role::Adviser));
        assert_eq!(fault(decide(&proposer, bibob, grant(11)).await), "decision authorisations-own-proposal");
        // a refusal says why
        let no = Decision { grant: false, ..grant(12) };
        assert_eq!(fault(decide(&who(Role::Mayor), bibob, no.clone()).await), "refusal authorisations-refusal-missing");
        decide(&who(Role::Mayor), bibob, Decision { reason: "Geen taak.".into(), ..no }).await.unwrap();
        assert_eq!(state(&app, bibob, At(testkit::now())).await, State::Refused);
        let counts = (audited(&app, "authorisation:propose").await, audited(&app, "authorisation:decide").await);
        assert_eq!(counts, (3, 2));
    }

    async fn what_cannot_be_proposed(db) {
        let app = app(db).await;
        let adviser = cx(&app, Some(Role::Adviser));
        person(&app, request(100), "Boa", Role::Officer, None).await;
        person(&app, request(101), "Vertrokken", Role::Officer, None).await;
        let mut tx = app.main.write().await.unwrap();
        tx.run("update account set active = $1 where name = 'Vertrokken'", args![false]).await.unwrap();
        tx.commit().await.unwrap();
        let table = [
            (proposal(1, request(100), "accounts"), "processing authorisations-processing-missing"),
            (proposal(1, request(100), ""), "processing authorisations-processing-missing"),
            (proposal(1, request(99), "bibob"), "account authorisations-person-missing"),
            (proposal(1, request(101), "bibob"), "account authorisations-person-missing"),
            (proposal(1, request(100), "wpg-inquiry"), "deed_number authorisations-deed-missing"),
        ];
        for (proposal, expected) in table {
            assert_eq!(fault(propose(&adviser, proposal).await), expected);
        }
        assert!(propose(&adviser, proposal(1, request(100), "social")).await.is_ok(), "a deed is for police data only");
    }

    async fn somebody_of_a_partner_needs_a_covenant_in_force(db) {
        let app = app(db).await;
        let [adviser, mayor] = [Role::Adviser, Role::Mayor].map(|role| cx(&app, Some(role)));
        let police = organisation(&app, 1, "Politie").await;
        person(&app, request(100), "Agent", Role::Partner, Some(police)).await;
        let id = propose(&adviser, proposal(2, request(100), "zvh-cases")).await.unwrap();
        assert_eq!(fault(decide(&mayor, id, grant(3)).await), "decision authorisations-grant-no-covenant");
        let covenant = covenants::create(&adviser, covenants::tests::draft(4, police)).await.unwrap();
        decide(&mayor, id, grant(5)).await.unwrap();
        let other = propose(&adviser, proposal(6, request(100), "riec-cases")).await.unwrap();
        assert_eq!(fault(decide(&mayor, other, grant(7)).await), "decision authorisations-grant-no-covenant");
        let ending = covenants::Ending { request: request(8), version: 1, reason: "Klaar.".into() };
        covenants::end(&adviser, covenant, ending).await.unwrap();
        withdraw(&mayor, id, withdrawal(9, 2)).await.unwrap();
        let again = propose(&adviser, proposal(10, request(100), "zvh-cases")).await.unwrap();
        assert_eq!(fault(decide(&mayor, again, grant(11)).await), "decision authorisations-grant-no-covenant");
    }

    async fn the_power_lapses_with_the_deed(db) {
        let app = app(db).await;
        person(&app, request(100), "Boa", Role::Officer, None).await;
        let adviser = cx(&app, Some(Role::Adviser));
        let boa = |n| with_deed(proposal(n, request(100), "wpg-daily"), "2024-06-30");
        let id = propose(&adviser, boa(1)).await.unwrap();
        let late = At("2024-06-30T22:00:00Z".parse().unwrap());
        let mut coordinator = cx(&app, Some(Role::Coordinator));
        coordinator.now = late;
        assert_eq!(fault(decide(&coordinator, id, grant(2)).await), "decision authorisations-grant-deed-lapsed");
        decide(&cx(&app, Some(Role::Coordinator)), id, grant(3)).await.unwrap();
        assert_eq!(state(&app, id, At::from_micros(late.micros() - 1)).await, State::InForce);
        assert_eq!(state(&app, id, late).await, State::Expired, "Besluit buitengewoon opsporingsambtenaar");
    }

    async fn a_withdrawal_holds_at_once_and_the_register_forgets_nothing(db) {
        let app = app(db).await;
        let [adviser, mut mayor] = [Role::Adviser, Role::Mayor].map(|role| cx(&app, Some(role)));
        person(&app, request(100), "Jansen", Role::BibobOfficer, None).await;
        let id = propose(&adviser, proposal(1, request(100), "bibob")).await.unwrap();
        decide(&mayor, id, grant(2)).await.unwrap();
        let granted = mayor.now;
        mayor.now = At::from_micros(granted.micros() + 3_600_000_000);
        assert_eq!(fault(withdraw(&adviser, id, withdrawal(3, 2)).await), "refused");
        let silent = Withdrawal { reason: " ".into(), ..withdrawal(3, 2) };
        assert_eq!(fault(withdraw(&mayor, id, silent).await), "withdrawal authorisations-withdrawal-missing");
        assert_eq!(fault(withdraw(&mayor, id, withdrawal(3, 1)).await), "stale");
        withdraw(&mayor, id, withdrawal(4, 2)).await.unwrap();
        withdraw(&mayor, id, withdrawal(4, 2)).await.unwrap();
        assert_eq!(fault(withdraw(&mayor, id, withdrawal(5, 3)).await), "stale");
        assert_eq!(state(&app, id, At::from_micros(mayor.now.micros() - 1)).await, State::InForce);
        assert_eq!(state(&app, id, mayor.now).await, State::Withdrawn);
        assert_eq!(audited(&app, "authorisation:withdraw").await, 1);
        // Wpg art. 32 and 33: all that was alive in the period, with who and when
        let day = 86_400_000_000;
        let at = |days: i64| At::from_micros(granted.micros() + days * day);
        let mut tx = app.main.read().await.unwrap();
        for (from, to, rows) in [(-9, 0, 0), (-9, 1, 1), (0, 9, 1), (1, 9, 0)] {
            let found = list_for_audit(&mut tx, "GM0396", at(from), at(to)).await.unwrap();
            assert_eq!(found.len(), rows, "{from} to {to}");
        }
        let row = list_for_audit(&mut tx, "GM0396", at(-9), at(9)).await.unwrap().remove(0);
        let names = [row.proposer, row.granter, row.withdrawer].map(Option::unwrap);
        assert_eq!(names, ["adviser", "mayor", "mayor"]);
        assert_eq!((row.granted_at, row.withdrawn_at, row.withdrawal.as_str()), (Some(granted), Some(mayor.now), "Andere functie."));
    }

    async fn the_pages_filter_download_and_keep_what_was_typed(db) {
        let app = app(db).await;
        let router = router(&app);
        person(&app, request(100), "Boa Bakker", Role::Officer, None).await;
        let [adviser, mayor, coordinator] =
            [Role::Adviser, Role::Mayor, Role::Coordinator].map(|role| Caller::new(&app, &router, Some(role)));
        let (n, boa) = (request(1).to_string(), request(100).to_string());
        let mut typed = vec![
            ("request", n.as_str()), ("account", boa.as_str()), ("processing", "wpg-daily"),
            ("reason", "Surveillance, centrum"), ("valid_from", "2024-06-03"), ("deed_number", "A-17"),
        ];
        let answer = adviser.form("/authorisations/new", &typed).await;
        assert_eq!(answer.status, 422);
        for kept in [&format!("value=\"{boa}\" selected"), "value=\"wpg-daily\" selected", "Surveillance, centrum</textarea>", "value=\"A-17\"", "href=\"#deed_until\""] {
            assert!(answer.text.contains(kept), "{kept}");
        }
        typed.push(("deed_until", "2026-01-31"));
        let answer = adviser.form("/authorisations/new", &typed).await;
        assert_eq!((answer.status, answer.location), (303, format!("/authorisations/{n}?saved=1")));
        let page = format!("/authorisations/{n}");
        for path in ["/authorisations", "/authorisations/new", page.as_str()] {
            for answer in [adviser.get(path).await, english(&adviser, path).await] {
                assert_eq!(answer.status, 200, "{path}");
                whole(&answer);
            }
        }
        assert!(!adviser.get(&page).await.text.contains("/decide\""), "who may not decide gets no form");
        let decide = format!("{page}/decide");
        let request_2 = request(2).to_string();
        let form = |decision| [("request", request_2.as_str()), ("version", "1"), ("decision", decision), ("refusal", "")];
        assert_eq!(adviser.form(&decide, &form("grant")).await.status, 403);
        let answer = coordinator.form(&decide, &form("")).await;
        assert!(answer.status == 422 && answer.text.contains("Kies of u de autorisatie verleent of weigert."));
        let answer = coordinator.form(&decide, &form("refuse")).await;
        assert!(answer.status == 422 && answer.text.contains("value=\"refuse\" checked"));
        assert_eq!(coordinator.form(&decide, &form("grant")).await.status, 303);
        assert!(mayor.get(&page).await.text.contains("Verleend door coordinator"));
        for (query, shown) in [
            ("", true),
            ("?state=in-force", true),
            ("?state=proposed", false),
            ("?processing=bibob", false),
            (&format!("?person={boa}"), true),
            (&format!("?person={n}"), false),
        ] {
            let answer = mayor.get(&format!("/authorisations{query}")).await;
            assert_eq!(answer.text.contains(&format!("href=\"{page}\"")), shown, "{query}");
            let csv = mayor.get(&format!("/authorisations.csv{query}")).await;
            assert_eq!(csv.text.contains("Boa Bakker,officer,,wpg-daily,\"Surveillance, centrum\",in-force"), shown, "{query}");
        }
        let csv = mayor.get("/authorisations.csv").await;
        assert_eq!(csv.header("content-disposition"), "attachment; filename=\"autorisaties-heemskerk-2024-06-03.csv\"");
        assert_eq!(csv.text.lines().count(), 2);
        let withdraw = format!("{page}/withdraw");
        let request_3 = request(3).to_string();
        let form = |reason| [("request", request_3.as_str()), ("version", "2"), ("withdrawal", reason)];
        let answer = mayor.form(&withdraw, &form("")).await;
        assert!(answer.status == 422 && answer.text.contains("Vul in waarom u de autorisatie intrekt."));
        assert_eq!(mayor.form(&withdraw, &form("Weg")).await.status, 303);
        assert!(mayor.get(&page).await.text.contains("Ingetrokken door mayor"));
        assert_eq!(Caller::new(&app, &router, Some(Role::Officer)).get("/authorisations.csv").await.status, 403);
    }
}
