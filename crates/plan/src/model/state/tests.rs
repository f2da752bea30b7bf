use super::*;
use law::Body::{Council, Executive, Mayor};

#[test]
fn plan_changes_by_the_competent_body_only() {
    use PlanState::*;
    let cases = [
        // Politiewet 2012 art. 38b(1) and plan 5.3: the council adopts.
        (CollegeProposed, CouncilAdopted, Council, Ok("Politiewet 2012 art. 38b(1); plan 5.3")),
        (
            CollegeProposed,
            CouncilAdopted,
            Executive,
            Err("this is for the council (Politiewet 2012 art. 38b(1); plan 5.3)"),
        ),
        (
            CollegeProposed,
            CouncilAdopted,
            Mayor,
            Err("this is for the council (Politiewet 2012 art. 38b(1); plan 5.3)"),
        ),
        // Plan 5.3: the new plan, adopted by the council, replaces the evaluated one.
        (Evaluated, Superseded, Council, Ok("Politiewet 2012 art. 38b(1); plan 5.3")),
        (Evaluated, Superseded, Executive, Err("this is for the council (Politiewet 2012 art. 38b(1); plan 5.3)")),
        // Plan 5.3: evaluation at the end of the period.
        (InForce, Evaluated, Executive, Ok("plan 5.3")),
        (InForce, Superseded, Council, Err("a change from in-force to superseded is not allowed")),
        // Gemeentewet art. 160(1): the executive prepares and carries out decisions of the council.
        (Draft, PartnersConsulted, Executive, Ok("Gemeentewet art. 160(1)")),
        (Draft, CouncilAdopted, Council, Err("a change from draft to council-adopted is not allowed")),
        (CouncilAdopted, InForce, Council, Err("this is for the executive (Gemeentewet art. 160(1))")),
    ];
    for (from, to, body, expected) in cases {
        let found = decide(from, to, body, None).map(|c| c.basis).map_err(|e| e.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{from} -> {to} by {body}");
    }
}

#[test]
fn programme_is_adopted_by_the_executive_and_goes_to_the_council_for_information() {
    use ProgrammeState::*;
    let cases = [
        (Draft, CollegeAdopted, Executive, Ok("plan 2.1, 5.3")),
        (Draft, CollegeAdopted, Council, Err("this is for the executive (plan 2.1, 5.3)")),
        (CollegeAdopted, SentToCouncil, Executive, Ok("plan 5.3")),
        (CollegeAdopted, Running, Executive, Err("a change from college-adopted to running is not allowed")),
        (SentToCouncil, Running, Executive, Ok("plan 5.1")),
        (Running, Reported, Executive, Ok("plan 5.4")),
        (Reported, Draft, Executive, Err("a change from reported to draft is not allowed")),
    ];
    for (from, to, body, expected) in cases {
        let found = decide(from, to, body, None).map(|c| c.basis).map_err(|e| e.to_string());
        assert_eq!(found, expected.map_err(str::to_owned), "{from} -> {to} by {body}");
    }
}

#[test]
fn stopping_an_action_and_sending_a_plan_back_need_a_reason() {
    use ActionState::*;
    for reason in [None, Some(""), Some("  ")] {
        assert_eq!(decide(Running, Stopped, Executive, reason), Err(Refused::NoReason));
    }
    assert!(decide(Running, Stopped, Executive, Some("no permit")).is_ok());
    assert!(decide(Running, Done, Executive, None).is_ok());
    assert!(decide(Done, Running, Executive, None).is_err());
    let back = decide(PlanState::CollegeProposed, PlanState::Draft, Council, None);
    assert_eq!(back, Err(Refused::NoReason));
}

#[test]
fn every_state_but_the_last_can_go_on() {
    let ends: Vec<_> = PlanState::ALL.iter().filter(|s| next_steps(**s).count() == 0).collect();
    assert_eq!(ends, [&PlanState::Superseded]);
    let ends: Vec<_> = ProgrammeState::ALL.iter().filter(|s| next_steps(**s).count() == 0).collect();
    assert_eq!(ends, [&ProgrammeState::Reported]);
    let ends: Vec<_> = ActionState::ALL.iter().filter(|s| next_steps(**s).count() == 0).collect();
    assert_eq!(ends, [&ActionState::Done, &ActionState::Stopped]);
}

#[test]
fn the_register_of_competence_names_the_same_bodies() {
    let text = std::fs::read_to_string("../../config/law/competence.toml").unwrap();
    let register: toml::Table = toml::from_str(&text).unwrap();
    let rules = register.values().find_map(toml::Value::as_array).unwrap();
    let bodies = |kind: &str| -> Vec<String> {
        let rule = rules.iter().find(|r| r["kind"].as_str() == Some(kind)).unwrap_or_else(|| panic!("no rule {kind}"));
        rule["bodies"].as_array().unwrap().iter().map(|b| b.as_str().unwrap().to_owned()).collect()
    };
    let plan = PlanState::CHANGES.iter().map(|c| (c.rule, c.body));
    let programme = ProgrammeState::CHANGES.iter().map(|c| (c.rule, c.body));
    let named = plan.chain(programme).chain([(Some(DEVIATION.rule), DEVIATION.body)]);
    let mut checked = 0;
    for (rule, body) in named {
        if let Some(rule) = rule {
            assert!(bodies(rule).contains(&body.to_string()), "{rule}: {body}");
            checked += 1;
        }
    }
    assert_eq!(checked, 7);
}
