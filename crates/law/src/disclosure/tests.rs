use jiff::civil::date;

use super::limits::BIBOB;
use super::*;
use ReceiverKind as To;
use Regime::{R0, R1, R2, R3, R4, R5, R6, R7, R8, R9, R10};

const FILE: &str = include_str!("../../../../config/law/disclosure.toml");
const DAY: Date = date(2026, 6, 1);
const PLAIN: Field<'_> =
    Field { name: "name", special: false, criminal: false, source_identity: false, care_content: false };

fn register() -> DisclosureRegister {
    DisclosureRegister::parse(FILE).unwrap()
}

/// A proposal that lacks nothing: every need is met, one plain field.
fn proposal(basis: &str, from: Regime, to: Regime, receiver: ReceiverKind) -> Proposal<'_> {
    Proposal {
        from,
        to,
        receiver,
        inside: matches!(receiver, To::Municipality | To::Mayor | To::Boa),
        basis,
        purpose: "to weigh an order against nuisance",
        necessity: "without the name and the date the order cannot be addressed",
        fields: &[PLAIN],
        met: Need::ALL,
    }
}

#[test]
fn each_basis_allows_what_its_article_says() {
    let register = register();
    let table = [
        ("wpg-15", "Wpg art. 15", R2, R2, To::Police),
        ("wpg-16", "Wpg art. 16", R2, R2, To::Prosecutor),
        ("wpg-16", "Wpg art. 16", R2, R2, To::Boa),
        ("wpg-16", "Wpg art. 16", R2, R3, To::Mayor),
        ("wpg-18", "Wpg art. 18", R2, R1, To::Probation),
        ("wpg-19", "Wpg art. 19", R2, R1, To::Municipality),
        ("wpg-20", "Wpg art. 20", R2, R4, To::CareAndSafetyHouse),
        ("wpg-20", "Wpg art. 20", R2, R4, To::Riec),
        ("wpg-25", "Wpg art. 25", R2, R2, To::DataSubject),
        ("wpg-33", "Wpg art. 33", R2, R2, To::Audit),
        ("wpg-7-2", "Wpg art. 7(2)", R3, R3, To::Court),
        ("wgs-zvh", "WGS", R1, R4, To::CareAndSafetyHouse),
        ("wgs-zvh", "WGS", R4, R4, To::Police),
        ("wgs-zvh-outcome", "WGS", R4, R1, To::Municipality),
        ("wgs-riec", "WGS", R1, R4, To::Riec),
        ("wgs-riec-outcome", "WGS", R4, R1, To::Municipality),
        ("radicalisation", "Wet gegevensverwerking persoonsgerichte aanpak", R1, R5, To::CaseMeeting),
        ("radicalisation", "Wet gegevensverwerking persoonsgerichte aanpak", R5, R5, To::CaseMeeting),
        ("avg-6-1-c", "AVG art. 6(1)(c)", R1, R7, To::SafeHome),
        ("avg-6-1-e", "AVG art. 6(1)(e)", R1, R1, To::HousingCorporation),
        ("avg-6-1-e", "AVG art. 6(1)(e)", R9, R1, To::Municipality),
        ("avg-9", "AVG art. 9", R1, R1, To::Probation),
        ("avg-10", "AVG art. 10", R1, R2, To::Police),
        ("sv-126nd", "Sv art. 126nd", R1, R2, To::Prosecutor),
        ("avg-15", "AVG art. 15", R7, R7, To::DataSubject),
        ("avg-58", "AVG art. 58", R10, R10, To::SupervisorAuthority),
        ("awb-8-42", "Awb art. 7:4", R1, R1, To::Court),
        ("bibob-28", "Wet Bibob art. 28(2)", R6, R6, To::ObjectionCommittee),
        ("bibob-28", "Wet Bibob art. 28(2)", R6, R4, To::Riec),
        ("bibob-28-demand", "Wet Bibob art. 28(2)", R6, R2, To::Prosecutor),
        ("bibob-9", "Wet Bibob art. 9", R6, R6, To::Lbb),
        ("wvggz", "Wvggz art. 5:2", R8, R8, To::Prosecutor),
        ("wvggz-5-2", "Wvggz art. 5:1", R1, R8, To::Municipality),
        ("social", "Jeugdwet art. 7.3.11", R7, R4, To::CareAndSafetyHouse),
    ];
    for (basis, article, from, to, receiver) in table {
        let allowed = register.check(&proposal(basis, from, to, receiver), DAY);
        let allowed = allowed.unwrap_or_else(|refusals| panic!("{basis} {article} {from} {receiver}: {refusals:?}"));
        assert_eq!(allowed.id, basis);
        assert!(allowed.article.starts_with(article), "{basis}: {}", allowed.article);
        assert!(register.choices(from, receiver, DAY).any(|choice| choice.id == basis), "{basis} is offered");
    }
    for basis in register.bases() {
        assert!(table.iter().any(|(id, ..)| *id == basis.id), "{}: no case in which it allows", basis.id);
    }
}

#[test]
fn each_refusal_names_its_article() {
    let register = register();
    let with = |field: Field<'static>| -> &'static [Field<'static>] { Vec::leak(vec![PLAIN, field]) };
    let met = |without: Need| -> &'static [Need] {
        Vec::leak(Need::ALL.iter().copied().filter(|need| *need != without).collect())
    };
    let avg = || proposal("avg-6-1-e", R1, R1, To::Police);
    let secret = with(Field { source_identity: true, ..PLAIN });
    let care = with(Field { care_content: true, ..PLAIN });
    let table: [(&str, Proposal<'_>, &str); 40] = [
        ("unknown-basis", proposal("avg-6-1-z", R1, R1, To::Police), "AVG art. 6(1)"),
        ("consent", proposal("avg-6-1-a", R1, R1, To::Police), "AVG art. 6(1), 7(4)"),
        ("from", proposal("avg-6-1-e", R7, R1, To::Police), "AVG art. 6(1)(e)"),
        ("from", proposal("avg-6-1-e", R0, R1, To::Police), "AVG art. 6(1)(e)"),
        ("to", proposal("wgs-riec", R1, R7, To::Riec), "WGS"),
        ("to", proposal("wgs-zvh", R1, R1, To::Police), "WGS"),
        ("to", proposal("wgs-zvh", R7, R1, To::Municipality), "WGS"),
        ("to", proposal("avg-15", R7, R1, To::DataSubject), "AVG art. 15"),
        ("receiver", proposal("avg-6-1-e", R1, R1, To::Press), "AVG art. 6(1)(e)"),
        ("receiver", proposal("avg-6-1-e", R1, R1, To::Council), "AVG art. 6(1)(e)"),
        ("receiver", proposal("wgs-riec", R4, R4, To::CareProvider), "WGS"),
        ("covenant", Proposal { met: met(Need::Covenant), ..avg() }, "AVG art. 5(2)"),
        ("covenant", Proposal { met: met(Need::Covenant), ..proposal("wpg-20", R2, R4, To::Riec) }, "AVG art. 5(2)"),
        (
            "written-decision",
            Proposal { met: met(Need::WrittenDecision), ..proposal("wpg-20", R2, R4, To::Riec) },
            "Wpg art. 20",
        ),
        (
            "consent-of-authority",
            Proposal { met: met(Need::ConsentOfAuthority), ..proposal("wpg-19", R2, R1, To::Other) },
            "Wpg art. 19",
        ),
        (
            "special-data-reason",
            Proposal { met: &[Need::Covenant], fields: with(Field { special: true, ..PLAIN }), ..avg() },
            "AVG art. 9; UAVG art. 23; Wpg art. 5",
        ),
        (
            "special-data-reason",
            Proposal {
                met: &[],
                fields: with(Field { special: true, ..PLAIN }),
                ..proposal("wpg-16", R2, R2, To::Prosecutor)
            },
            "AVG art. 9; UAVG art. 23; Wpg art. 5",
        ),
        (
            "criminal-data-reason",
            Proposal { met: &[Need::Covenant], fields: with(Field { criminal: true, ..PLAIN }), ..avg() },
            "AVG art. 10",
        ),
        (
            "named-inquiry",
            Proposal { met: met(Need::NamedInquiry), ..proposal("sv-126nd", R1, R2, To::Police) },
            "Wpg art. 9(2)",
        ),
        (
            "legal-demand",
            Proposal { met: met(Need::LegalDemand), ..proposal("bibob-28-demand", R6, R2, To::Police) },
            "Sv art. 126nd",
        ),
        (
            "named-law",
            Proposal { met: met(Need::NamedLaw), ..proposal("avg-6-1-c", R1, R1, To::Court) },
            "AVG art. 6(3)",
        ),
        (
            "secrecy-exception",
            Proposal { met: met(Need::SecrecyException), ..proposal("social", R7, R7, To::SafeHome) },
            "Jeugdwet",
        ),
        ("no-purpose", Proposal { purpose: " \n", ..avg() }, "AVG art. 5(1)(b)"),
        ("necessity", Proposal { necessity: "needed", ..avg() }, "AVG art. 5(1)(c)"),
        ("necessity", Proposal { necessity: "                                        ", ..avg() }, "AVG art. 5(1)(c)"),
        ("no-fields", Proposal { fields: &[], ..avg() }, "AVG art. 5(1)(c)"),
        ("source-identity", Proposal { fields: secret, ..avg() }, "AVG art. 5(1)(f)"),
        (
            "source-identity",
            Proposal { fields: secret, ..proposal("avg-15", R1, R1, To::DataSubject) },
            "AVG art. 5(1)(f), 15(4)",
        ),
        ("care-content", Proposal { fields: care, ..proposal("social", R7, R4, To::CareAndSafetyHouse) }, "Jeugdwet"),
        ("care-content", Proposal { fields: care, ..proposal("wgs-zvh", R7, R7, To::HousingCorporation) }, "Jeugdwet"),
        ("police-data", proposal("wgs-riec", R2, R4, To::Riec), "Wpg art. 7(1), 15-20"),
        ("police-data", proposal("avg-6-1-e", R2, R1, To::Municipality), "Wpg art. 7(1), 15-20"),
        ("police-reuse", proposal("wpg-19", R3, R3, To::Municipality), "Wpg art. 7(2), 16(1)(c)"),
        ("police-mayor", proposal("wpg-16", R2, R2, To::Mayor), "Wpg art. 16(1)(c)"),
        ("police-mayor", proposal("wpg-16", R2, R3, To::Prosecutor), "Wpg art. 16(1)(c)"),
        ("bibob-list", proposal("bibob-28", R6, R6, To::Council), "Wet Bibob art. 28(2)"),
        ("radicalisation", proposal("avg-15", R5, R5, To::DataSubject), "Wet gegevensverwerking persoonsgerichte"),
        ("copy", proposal("avg-6-1-e", R1, R9, To::Municipality), "Wet BRP"),
        ("copy", proposal("avg-6-1-c", R10, R1, To::Municipality), "Wet BRP"),
        ("only-aggregates", proposal("avg-6-1-e", R1, R0, To::Municipality), "AVG art. 5(1)(c), 89"),
    ];
    for (key, proposal, article) in table {
        let refusals = register.check(&proposal, DAY).unwrap_err();
        let key = format!("disclosure-refusal-{key}");
        let found = refusals.iter().find(|refusal| refusal.key() == key);
        let found = found.unwrap_or_else(|| panic!("{key}: {refusals:?} for {proposal:?}"));
        assert!(found.article().starts_with(article), "{key}: {}", found.article());
    }
    let early = register.check(&proposal("wgs-zvh", R1, R4, To::CareAndSafetyHouse), date(2025, 2, 28)).unwrap_err();
    assert_eq!(early[0].key(), "disclosure-refusal-basis-not-in-force", "WGS, in force from 1 March 2025");
    assert!(early[0].article().starts_with("WGS"));
    for need in Need::ALL {
        assert_eq!(Refusal::Missing(*need).key(), format!("disclosure-refusal-{need}"));
    }
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let register = register();
    let hasty = Proposal { purpose: "", necessity: "", fields: &[], met: &[], ..proposal("wpg-20", R2, R4, To::Riec) };
    let keys: Vec<_> = register.check(&hasty, DAY).unwrap_err().iter().map(Refusal::key).collect();
    let expected = ["no-purpose", "necessity", "no-fields", "covenant", "written-decision"];
    assert_eq!(keys, expected.map(|key| format!("disclosure-refusal-{key}")));
}

#[test]
fn a_covenant_is_for_others() {
    let register = register();
    let without = |receiver| Proposal { met: &[], ..proposal("avg-6-1-e", R1, R1, receiver) };
    assert!(register.check(&without(To::Municipality), DAY).is_ok(), "AVG art. 26: no agreement with oneself");
    assert_eq!(register.check(&without(To::Police), DAY), Err(vec![Refusal::Missing(Need::Covenant)]));
}

#[test]
fn the_necessity_is_counted_in_characters() {
    let register = register();
    let min = register.necessity_min_chars;
    for (length, allowed) in [(min - 1, false), (min, true)] {
        let necessity = format!("  {}  ", "é".repeat(length));
        let proposal = Proposal { necessity: &necessity, ..proposal("wpg-16", R2, R2, To::Prosecutor) };
        assert_eq!(register.check(&proposal, DAY).is_ok(), allowed, "{length} of {min}");
    }
}

#[test]
fn a_search_for_a_hit_never_sees_a_fence() {
    let seen: Vec<_> = Regime::ALL.into_iter().filter(|regime| may_search(*regime)).collect();
    assert_eq!(seen, [R0, R1, R9], "Wpg art. 7(2), 16(1)(c): never R3; a hit in a case or care is itself a disclosure");
}

/// Every regime to every regime, every receiver, every basis, inside and out, with all that can be filled in and
/// attached. The limits are stated here a second time, plainly.
#[test]
fn no_combination_breaks_a_hard_limit() {
    let register = register();
    let (mut tried, mut allowed) = (0, 0);
    for from in Regime::ALL {
        for to in Regime::ALL {
            for receiver in To::ALL.iter().copied() {
                for basis in register.bases() {
                    for inside in [false, true] {
                        tried += 1;
                        let proposal = Proposal { inside, ..proposal(&basis.id, from, to, receiver) };
                        if register.check(&proposal, DAY).is_err() {
                            continue;
                        }
                        allowed += 1;
                        let case = format!("{from} to {to}, {receiver}, {}, inside: {inside}", basis.id);
                        let municipal =
                            inside || [To::Municipality, To::Mayor, To::Boa, To::Council].contains(&receiver);
                        assert!(from != R3 || !municipal, "Wpg 7(2), 16(1)(c): {case}");
                        assert!(from != R3 || to == R3, "Wpg 16(1)(c): {case}");
                        assert!(to != R3 || from == R3 || (from == R2 && receiver == To::Mayor), "Wpg 16: {case}");
                        assert!(![R2, R3].contains(&from) || basis.article.starts_with("Wpg "), "Wpg 7(1): {case}");
                        assert!(from != R6 || BIBOB.contains(&receiver), "Bibob 28(2): {case}");
                        assert!(from != R5 || (to == R5 && receiver == To::CaseMeeting), "radicalisation: {case}");
                        assert!(to != R0 && from != R0, "only aggregates: {case}");
                        assert!(from == to || ![R9, R10].contains(&to), "no copies: {case}");
                        assert!(![To::Council, To::Press].contains(&receiver), "no records in public: {case}");
                        for fields in [Field { source_identity: true, ..PLAIN }, Field { care_content: true, ..PLAIN }]
                        {
                            let fields = &[PLAIN, fields];
                            let refused = register.check(&Proposal { fields, ..proposal }, DAY).is_err();
                            let care = [R7, R8].contains(&to) || receiver == To::DataSubject;
                            let supervised = receiver == To::SupervisorAuthority;
                            assert!(refused || (fields[1].care_content && (care || supervised)), "{case}: {fields:?}");
                        }
                    }
                }
            }
        }
    }
    assert_eq!(tried, 11 * 11 * To::ALL.len() * register.bases().len() * 2);
    assert!(allowed > 100, "the register allows something: {allowed} of {tried}");
}

/// The hard limits do not rest on the file: a register that lists everything for everybody is stopped too.
#[test]
fn no_configuration_lifts_a_hard_limit() {
    let all = |words: Vec<&str>| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
    let regimes = all(Regime::ALL.iter().map(|regime| regime.code()).collect());
    let receivers = all(To::ALL.iter().map(|receiver| receiver.as_str()).collect());
    let register = DisclosureRegister::parse(&format!(
        "necessity_min_chars = 0\n[[basis]]\nid = \"a\"\nname = {{ nl = \"a\", en = \"a\" }}\narticle = \"Wpg art. 0\"\n\
         from = [{regimes}]\nto = [{regimes}]\nreceivers = [{receivers}]\nvalid_from = \"2020-01-01\"\nverified = true\n"
    ))
    .unwrap();
    for from in Regime::ALL {
        for receiver in To::ALL.iter().copied() {
            let allowed = |to| register.check(&proposal("a", from, to, receiver), DAY).is_ok();
            let inside = [To::Municipality, To::Mayor, To::Boa, To::Council].contains(&receiver);
            assert!(from != R3 || !inside || !allowed(R3), "Wpg 16(1)(c): {receiver}");
            assert!(from != R6 || BIBOB.contains(&receiver) || !allowed(R6), "Wet Bibob 28(2): {receiver}");
            assert!(from != R5 || receiver == To::CaseMeeting || !allowed(R5), "radicalisation: {receiver}");
            assert!(!allowed(R0), "only aggregates: {from} {receiver}");
            for to in Regime::ALL.into_iter().filter(|to| allowed(*to)) {
                assert!((from == R3) <= (to == R3), "R3 becomes nothing else, Wpg 16(1)(c): {to} {receiver}");
                let mayor = from == R2 && receiver == To::Mayor;
                assert!((to == R3) <= (from == R3 || mayor), "only the mayor gets R3: {from} {receiver}");
                assert!(!mayor || to == R3, "the mayor gets police data as R3 only: {to}");
            }
            let secret = &[Field { source_identity: true, ..PLAIN }];
            let refusals = register.check(&Proposal { fields: secret, ..proposal("a", from, from, receiver) }, DAY);
            assert!(refusals.unwrap_err().iter().any(Refusal::is_hard), "who reported: {from} {receiver}");
        }
    }
}

#[test]
fn wrong_registers_are_refused() {
    let entry = |id: &str, from: &str, receivers: &str, more: &str| {
        format!(
            "[[basis]]\nid = \"{id}\"\nname = {{ nl = \"a\", en = \"a\" }}\narticle = \"b\"\nfrom = [{from}]\nto = []\n\
             receivers = [{receivers}]\nvalid_from = \"2020-01-01\"\nverified = true\n{more}\n"
        )
    };
    let file = |entries: String| format!("necessity_min_chars = 30\n{entries}");
    let right = entry("a", "\"R1\"", "\"police\"", "");
    assert!(DisclosureRegister::parse(&file(right.clone())).is_ok());
    let table = [
        ("no minimum", right.clone(), "missing field `necessity_min_chars`"),
        ("consent", file(entry("avg-6-1-a", "\"R1\"", "\"police\"", "")), "consent is no basis"),
        ("no regime", file(entry("a", "", "\"police\"", "")), "no regime or no receiver"),
        ("no receiver", file(entry("a", "\"R1\"", "", "")), "no regime or no receiver"),
        ("unknown receiver", file(entry("a", "\"R1\"", "\"sheriff\"", "")), "unknown variant `sheriff`"),
        ("unknown need", file(entry("a", "\"R1\"", "\"police\"", "needs = [\"luck\"]")), "unknown variant `luck`"),
        ("no article", file(right.replace("\"b\"", "\"\"")), "no article"),
        ("no Dutch", file(right.replace("nl = \"a\"", "nl = \" \"")), "a text is missing"),
        ("twice", file(right.clone() + &right), "in force on 2020-01-01"),
    ];
    for (case, toml, expected) in table {
        let error = DisclosureRegister::parse(&toml).unwrap_err().to_string();
        assert!(error.contains(expected), "{case}: {error}");
    }
}
