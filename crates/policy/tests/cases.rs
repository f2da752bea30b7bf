//! The cases beside each policy file: who must be allowed what, and who must be refused, by which fence.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "test code")]

use kit::{At, Fault, Uuid};
use law::Regime;
use policy::{Actor, Circumstances, Hat, Policy, Resource, Role, Stage};
use std::path::Path;

const HERE: &str = "GM0396";

/// One line of a case file, e.g. `refuse officer record:read R2 unauthorised -> fence-authorised`. Without
/// further words every fence is open: authorised, a fresh second factor, a purpose, the right hat, taking
/// part, in the office.
struct Case {
    allow: bool,
    actor: Actor,
    action: &'static str,
    resource: Resource<'static>,
    how: Circumstances,
    fence: Option<String>,
}

impl Case {
    fn read(policy: &Policy, line: &str) -> Self {
        let (line, fence) = line.split_once("->").map_or((line, None), |(l, f)| (l, Some(f.trim().to_owned())));
        let mut words = line.split_whitespace();
        let mut next = || words.next().unwrap_or_else(|| panic!("too short: {line}"));
        let allow = match next() {
            "allow" => true,
            "refuse" => false,
            other => panic!("`{other}` is neither allow nor refuse: {line}"),
        };
        let role = match next() {
            "stranger" => None,
            role => Some(role.parse::<Role>().unwrap()),
        };
        let wanted = next();
        let action = policy.actions().into_iter().find(|a| *a == wanted).unwrap_or_else(|| panic!("{wanted}"));
        let regime: Regime = next().parse().unwrap();
        let now = At::from_micros(3_600_000_000 * 1_000);
        let minutes_ago = |n: i64| At::from_micros(now.micros() - n * 60_000_000);
        let mut actor = Actor {
            account: role.map(|_| Uuid::from_u128(1)),
            role,
            in_office: true,
            stepped_up_at: Some(minutes_ago(1)),
            authorised: ["p".to_owned()].into(),
            ..Actor::stranger(HERE)
        };
        let mut resource = Resource { participant: true, ..Resource::fenced("record", HERE, regime, "p") };
        let hat = if regime == Regime::R2 { Hat::Investigator } else { Hat::Supervisor };
        let mut how = Circumstances { hat, purpose: true, step_up_minutes: 15, ..Circumstances::plain(now) };
        for word in words {
            match word.split_once('=').unwrap_or((word, "")) {
                ("hat", hat) => how.hat = hat.parse().unwrap(),
                ("unauthorised", _) => actor.authorised = [].into(),
                ("step-up", minutes) => actor.stepped_up_at = Some(minutes_ago(minutes.parse().unwrap())),
                ("no-step-up", _) => actor.stepped_up_at = None,
                ("no-purpose", _) => how.purpose = false,
                ("outsider", _) => actor.organisation = Some(Uuid::from_u128(2)),
                ("covenant", _) => actor.covenants = ["p".to_owned()].into(),
                ("elsewhere", _) => actor.in_office = false,
                ("no-participant", _) => resource.participant = false,
                ("stage", stage) => resource.stage = stage.parse::<Stage>().unwrap(),
                ("targeted-query", _) => how.targeted = true,
                ("own", _) => resource.own = true,
                ("other-town", _) => resource.municipality = "US-STL",
                _ => panic!("unknown word `{word}` in {line}"),
            }
        }
        Self { allow, actor, action, resource, how, fence }
    }
}

#[test]
fn every_policy_file_has_cases_that_hold() {
    let policy = Policy::load().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "cedar"));
    assert!(files.len() >= 10);
    let mut held = 0;
    for file in files {
        let cases = folder.join("cases").join(file.with_extension("txt").file_name().unwrap());
        let text = std::fs::read_to_string(&cases).unwrap_or_else(|_| panic!("{} has no cases", file.display()));
        let (mut allowed, mut refused) = (0, 0);
        for line in text.lines().filter(|l| !l.trim().is_empty() && !l.starts_with('#')) {
            let case = Case::read(&policy, line);
            match policy.permit_as(&case.actor, case.action, &case.resource, &case.how) {
                Ok(permit) => {
                    assert!(case.allow, "{}: allowed, but: {line}", cases.display());
                    assert_eq!((permit.action(), permit.regime()), (case.action, case.resource.regime));
                    allowed += 1;
                }
                Err(fault) => {
                    assert!(!case.allow, "{}: {fault:?}, but: {line}", cases.display());
                    if let (Some(fence), Fault::Refused { fences, .. }) = (&case.fence, &fault) {
                        assert_eq!(fences, std::slice::from_ref(fence), "{line}");
                    }
                    assert!(case.fence.is_none() || matches!(fault, Fault::Refused { .. }), "{line}");
                    refused += 1;
                }
            }
        }
        let silent = text.contains("# allows nothing");
        assert!(refused > 0 && (allowed > 0 || silent), "{}: cases on both sides", cases.display());
        held += allowed + refused;
    }
    eprintln!("{held} cases hold");
}
