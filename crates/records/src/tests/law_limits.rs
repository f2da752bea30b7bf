//! The limits of law on a disclosure as this crate proposes it, by article.

use crate::disclose::{Purpose, Wish};
use crate::write::FieldText;
use jiff::civil::date;
use kit::Uuid;
use law::{ReceiverKind, Regime};
use std::collections::BTreeMap;

fn field(name: &str, is_special: bool) -> FieldText {
    FieldText { name: name.to_owned(), is_special, text: "x".to_owned() }
}

fn wish(from: Regime, to: Option<Regime>, receiver: ReceiverKind, basis: &str) -> Wish {
    Wish {
        id: Uuid::from_u128(1),
        from,
        to: to.map(|regime| ("somewhere".to_owned(), regime)),
        receiver,
        name: "Ontvanger".to_owned(),
        why: Purpose {
            basis: basis.to_owned(),
            purpose: "Een doel".to_owned(),
            necessity: "Zonder deze velden kan de ontvanger zijn taak niet doen.".to_owned(),
            needs: BTreeMap::new(),
            covenant: None,
        },
        fields: vec![field("title", false), field("persons", false)],
    }
}

fn keys(wish: &Wish) -> Vec<&'static str> {
    let law = site::app::Law::read(&testkit::root().join("config/law")).unwrap();
    wish.refusals(&law.disclosure, date(2026, 6, 1)).iter().map(|r| &r.key()["disclosure-refusal-".len()..]).collect()
}

#[test]
fn the_mayors_police_data_never_go_inside_the_municipality() {
    use ReceiverKind::{Boa, Council, Mayor, Municipality};
    for regime in [Regime::R1, Regime::R2, Regime::R4, Regime::R5, Regime::R6, Regime::R7] {
        for receiver in [Municipality, Mayor, Boa, Council] {
            for basis in ["wpg-16", "wpg-20", "wpg-7-2", "avg-6-1-e", "avg-6-1-c"] {
                let refused = keys(&wish(Regime::R3, Some(regime), receiver, basis));
                assert!(refused.contains(&"police-reuse"), "Wpg art. 7(2), 16(1)(c): {regime} {receiver} {basis}");
            }
        }
    }
    let court = wish(Regime::R3, None, ReceiverKind::Court, "wpg-7-2");
    assert_eq!(keys(&court), [""; 0], "Awb art. 8:42: the file of an appeal");
}

#[test]
fn bibob_goes_to_its_closed_list_only() {
    use ReceiverKind::{Audit, Council, Court, HousingCorporation, Mayor, Municipality, ObjectionCommittee, Press};
    for (receiver, allowed) in [
        (ObjectionCommittee, true),
        (Court, true),
        (Audit, true),
        (Municipality, false),
        (Mayor, false),
        (Council, false),
        (HousingCorporation, false),
        (Press, false),
    ] {
        let refused = keys(&wish(Regime::R6, None, receiver, "bibob-28"));
        assert_eq!(!refused.contains(&"bibob-list"), allowed, "Wet Bibob art. 28(2): {receiver}");
        assert_eq!(refused.is_empty(), allowed, "{receiver}: {refused:?}");
    }
}

#[test]
fn each_limit_is_met_by_the_fields_and_needs_of_a_note() {
    use ReceiverKind::{CareAndSafetyHouse, CaseMeeting, Municipality, Prosecutor, SafeHome};
    let zvh = || wish(Regime::R2, Some(Regime::R4), CareAndSafetyHouse, "wpg-20");
    let with = |mut wish: Wish, needs: &[&str]| {
        wish.why.needs = needs.iter().map(|n| ((*n).to_owned(), "ja".to_owned())).collect();
        wish.why.covenant = Some(Uuid::from_u128(2));
        wish
    };
    let fields = |mut wish: Wish, fields: Vec<FieldText>| {
        wish.fields = fields;
        wish
    };
    let met = ["written-decision", "criminal-data-reason"];
    let care = |name| {
        fields(
            with(wish(Regime::R7, Some(Regime::R4), SafeHome, "social"), &["secrecy-exception"]),
            vec![field(name, false)],
        )
    };
    let table: Vec<(&str, Wish, &[&str])> = vec![
        ("Wpg art. 16: to the prosecutor", wish(Regime::R2, None, Prosecutor, "wpg-16"), &[]),
        ("Wpg art. 20, AVG art. 10: all that is asked", with(zvh(), &met), &[]),
        ("Wpg art. 20, AVG art. 10: nothing met", zvh(), &["covenant", "written-decision", "criminal-data-reason"]),
        ("Wpg art. 5", fields(with(zvh(), &met), vec![field("text", true)]), &["special-data-reason"]),
        ("AVG art. 5(1)(f): the source", fields(with(zvh(), &met), vec![field("source", false)]), &["source-identity"]),
        ("AVG art. 5(1)(c): no field", fields(with(zvh(), &met), vec![]), &["no-fields"]),
        (
            "Wpg art. 7(1): no AVG basis",
            with(wish(Regime::R2, Some(Regime::R1), Municipality, "avg-6-1-e"), &met),
            &["from", "police-data"],
        ),
        ("AVG art. 6(1)(a): consent", wish(Regime::R1, None, Prosecutor, "avg-6-1-a"), &["consent"]),
        ("AVG art. 6(1): no basis", wish(Regime::R1, None, Prosecutor, ""), &["unknown-basis"]),
        (
            "radicalisation stays there",
            wish(Regime::R5, Some(Regime::R1), Municipality, "radicalisation"),
            &["radicalisation", "to", "receiver"],
        ),
        ("radicalisation: the meeting itself", wish(Regime::R5, Some(Regime::R5), CaseMeeting, "radicalisation"), &[]),
        ("Wmo art. 5.3.3: the conclusion", care("conclusion"), &[]),
    ];
    for (article, wish, expected) in table {
        let mut refused = keys(&wish);
        let mut expected = expected.to_vec();
        refused.sort_unstable();
        expected.sort_unstable();
        assert_eq!(refused, expected, "{article}");
    }
    assert!(keys(&care("text")).contains(&"care-content"), "Jeugdwet art. 7.3.11: not the content");
}
