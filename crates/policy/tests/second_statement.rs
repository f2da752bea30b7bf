//! The rules of access a second time, written plainly from the domain (chapters 0.2 and 16) and not from
//! the policy files, and compared with them for ten thousand random pairs of actor and record.
#![allow(clippy::unwrap_used, clippy::panic, reason = "test code")]

use kit::{At, Uuid};
use law::Regime::{self, R1, R2, R3, R4, R5, R6, R7, R8, R10};
use policy::{Actor, Circumstances, Hat, Policy, Resource, Role, Stage};

/// What a role does in a regime, by the first part of the action's name and, for records, the regime.
fn job(role: Role, action: &str, regime: Regime) -> bool {
    let team = [Role::Officer, Role::Coordinator, Role::Adviser].contains(&role);
    let records: &[(Role, &[Regime])] = &[
        (Role::Officer, &[R2]),
        (Role::Coordinator, &[R1, R2]),
        (Role::Adviser, &[R1, R3, R5]),
        (Role::Mayor, &[R3, R5, R8]),
        (Role::ProcessDirector, &[R4]),
        (Role::Partner, &[R4]),
        (Role::BibobOfficer, &[R6]),
        (Role::SocialOfficer, &[R7]),
        (Role::CareOfficer, &[R8]),
        (Role::CrisisOfficer, &[R10]),
    ];
    match action {
        "record:open" | "record:list" | "record:read" | "record:create" | "record:edit" | "record:disclose" => {
            let works = records.iter().any(|(r, regimes)| *r == role && regimes.contains(&regime));
            let kept_from = match role {
                // The mayor decides and reads; the papers are written by others.
                Role::Mayor => ["record:create", "record:edit"].contains(&action),
                // A partner brings in and reads; the case is led by the process director.
                Role::Partner => ["record:edit", "record:disclose"].contains(&action),
                // Police data leave through the coordinator.
                Role::Officer => action == "record:disclose",
                _ => false,
            };
            works && !kept_from
        }
        "record:review" | "rights:search" | "rights:read" | "rights:handle" | "retention:hold" | "audit:read"
        | "disclosure:review" => role == Role::PrivacyOfficer,
        "retention:read" | "account-list:read" => [Role::PrivacyOfficer, Role::Administrator].contains(&role),
        "account-list:edit" | "area:import" => role == Role::Administrator,
        "signal:import" => role == Role::Administrator && regime == R1,
        "signal:intake" | "signal:moderate" | "exchange:send" => {
            [Role::Intake, Role::Coordinator].contains(&role) && regime == R1
        }
        "form:read" | "form:edit" => [Role::Coordinator, Role::Administrator].contains(&role),
        "exchange:edit" => role == Role::Administrator,
        "figure:read" => team || [Role::Intake, Role::Mayor, Role::CouncilMember, Role::Administrator].contains(&role),
        "figure:import" => [Role::Adviser, Role::Administrator].contains(&role),
        "survey:edit" => role == Role::Adviser,
        "survey:read" => [Role::Coordinator, Role::Adviser, Role::Mayor, Role::CouncilMember].contains(&role),
        "group:read" => [Role::Intake, Role::Coordinator, Role::Adviser].contains(&role),
        "group:edit" | "group:message" => [Role::Coordinator, Role::Adviser].contains(&role),
        a if a.starts_with("signal:") || a.starts_with("issue:") => (team || role == Role::Intake) && regime == R1,
        "shift:read" | "round:read" => team,
        "roster:read" => [Role::Officer, Role::Coordinator].contains(&role),
        "roster:edit" | "roster:publish" | "deed:edit" => role == Role::Coordinator,
        "shift:edit" | "round:plan" | "round:approve" => role == Role::Coordinator,
        "field:use" => role == Role::Officer,
        "board:read" | "board:handle" | "device:wipe" => role == Role::Coordinator,
        "sanction:read" => [Role::Officer, Role::Coordinator].contains(&role) && regime == R2,
        "sanction:write" => role == Role::Officer && regime == R2,
        "sanction:check" | "sanction:export" => role == Role::Coordinator && regime == R2,
        "sanction:figures" => team || role == Role::Mayor,
        "wreck:read" => team || role == Role::Intake,
        "wreck:handle" => [Role::Officer, Role::Coordinator].contains(&role),
        "wreck:end" => role == Role::Coordinator,
        "picture:read" => team || role == Role::Mayor,
        "campaign:read" => team || role == Role::Mayor,
        "campaign:edit" | "campaign:decide" => [Role::Coordinator, Role::Adviser].contains(&role),
        "youth:overview" => team,
        "youth:read" => [Role::Officer, Role::Coordinator].contains(&role),
        "youth:write" => role == Role::Officer,
        "alarm:weigh" | "measure:edit" => [Role::Coordinator, Role::Adviser].contains(&role),
        "plan:read" | "account:read" => {
            team || [Role::Mayor, Role::CouncilMember, Role::PrivacyOfficer].contains(&role)
        }
        "plan:decide" => [Role::Adviser, Role::Mayor].contains(&role),
        "programme:edit" => role == Role::Adviser,
        "partner:edit" | "covenant:edit" => [Role::Adviser, Role::ProcessDirector].contains(&role),
        "partner:read" | "authorisation:read" => [
            Role::Coordinator,
            Role::Adviser,
            Role::Mayor,
            Role::ProcessDirector,
            Role::PrivacyOfficer,
            Role::Administrator,
        ]
        .contains(&role),
        "authorisation:propose" => [Role::Administrator, Role::Adviser, Role::ProcessDirector].contains(&role),
        "authorisation:decide" => role == Role::Mayor || (role == Role::Coordinator && regime == R2),
        "authorisation:withdraw" => {
            [Role::Mayor, Role::Coordinator, Role::Administrator, Role::PrivacyOfficer].contains(&role)
        }
        "desk:read" => true,
        other => panic!("{other} has no second statement"),
    }
}

/// The whole rule in plain words.
fn may(actor: &Actor, action: &str, record: &Resource<'_>, how: &Circumstances) -> bool {
    if actor.municipality != record.municipality {
        return false;
    }
    let open_to_all = [
        "public:read",
        "report:create",
        "report:follow",
        "session:start",
        "session:end",
        "area:read",
        "survey:answer",
        "group:follow",
    ];
    if open_to_all.contains(&action) {
        return true;
    }
    let Some(role) = actor.role else { return false };
    if action == "round:walk" {
        return role == Role::Coordinator || (role == Role::Officer && record.own);
    }
    if action == "roster:own" {
        return role == Role::Officer && record.own;
    }
    if !job(role, action, record.regime) {
        return false;
    }
    let ordinary = [Regime::R0, R1].contains(&record.regime);
    let fresh = actor
        .stepped_up_at
        .is_some_and(|at| (how.now.micros() - at.micros()) / 60_000_000 < i64::from(how.step_up_minutes));
    let watches = ["record:review", "rights:search"].contains(&action);
    if watches {
        return (ordinary || (fresh && how.purpose)) && (action != "record:review" || record.stage == Stage::Removed);
    }
    let sanction = ["sanction:read", "sanction:write", "sanction:check", "sanction:export"].contains(&action);
    if !action.starts_with("record:") && !sanction {
        return true;
    }
    if action == "sanction:write" && !record.own {
        return false;
    }
    let has = |list: &[String]| list.iter().any(|p| p == record.processing);
    let content = action != "record:open";
    let touches_one = ["record:read", "record:edit", "record:disclose"].contains(&action);
    let hat = match record.regime {
        R2 => how.hat == Hat::Investigator,
        R1 => how.hat == Hat::Supervisor,
        _ => true,
    };
    (ordinary || (has(&actor.authorised) && fresh))
        && (ordinary || !content || how.purpose)
        && hat
        && (actor.organisation.is_none() || has(&actor.covenants))
        && (record.regime != R5 || actor.in_office)
        && (![R4, R5].contains(&record.regime) || !touches_one || record.participant)
        && (record.stage != Stage::Targeted || !content || how.targeted)
        && record.stage != Stage::Removed
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(sides).unwrap()).unwrap()
    }
    fn mostly(&mut self) -> bool {
        self.roll(5) > 0
    }
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }
}

#[test]
fn ten_thousand_random_pairs_agree() {
    let policy = Policy::load().unwrap();
    let actions: Vec<&str> = policy.actions().into_iter().filter(|a| !["fenced", "content"].contains(a)).collect();
    let records: Vec<&str> = actions.iter().copied().filter(|a| a.starts_with("record:")).collect();
    let mut dice = Dice(2026);
    let (mut allowed, mut refused) = (0, 0);
    for n in 0..10_000 {
        let role = if dice.roll(20) == 0 { None } else { Some(dice.pick(Role::ALL)) };
        let now = At::from_micros(9_000_000_000_000);
        let processings = |given: bool| if given { ["p".to_owned()].into() } else { ["q".to_owned()].into() };
        let minutes = i64::try_from(dice.roll(20)).unwrap();
        let actor = Actor {
            account: role.map(|_| Uuid::from_u128(1)),
            role,
            organisation: (dice.roll(4) == 0).then(|| Uuid::from_u128(2)),
            stepped_up_at: dice.mostly().then(|| At::from_micros(now.micros() - minutes * 60_000_000)),
            in_office: dice.mostly(),
            authorised: processings(dice.mostly()),
            covenants: processings(dice.mostly()),
            ..Actor::stranger(if dice.roll(12) == 0 { "US-STL" } else { "GM0396" })
        };
        // Half of the pairs are about records in the regime where the role works: there the fences decide.
        let action = if n % 2 == 0 { dice.pick(&records) } else { dice.pick(&actions) };
        let regimes: Vec<Regime> = match role {
            Some(role) if n % 2 == 0 => Regime::ALL.into_iter().filter(|r| job(role, action, *r)).collect(),
            _ => vec![],
        };
        let regime = dice.pick(if regimes.is_empty() { &Regime::ALL } else { &regimes });
        let record = Resource {
            own: dice.mostly(),
            participant: dice.mostly(),
            stage: if dice.mostly() { Stage::Free } else { dice.pick(Stage::ALL) },
            ..Resource::fenced("record", "GM0396", regime, "p")
        };
        let hat = match regime {
            R2 if dice.mostly() => Hat::Investigator,
            _ if dice.mostly() => Hat::Supervisor,
            _ => dice.pick(Hat::ALL),
        };
        let how = Circumstances { now, hat, purpose: dice.mostly(), targeted: dice.mostly(), step_up_minutes: 15 };
        let by_policy = policy.permit_as(&actor, action, &record, &how).is_ok();
        let by_words = may(&actor, action, &record, &how);
        assert_eq!(by_policy, by_words, "{role:?} {action} {regime}\n{actor:#?}\n{record:#?}\n{how:#?}");
        if by_policy { allowed += 1 } else { refused += 1 }
    }
    eprintln!("10,000 pairs agree: {allowed} allowed, {refused} refused");
    assert!(allowed > 1_500 && refused > 1_500, "both sides are well covered");
}
