use jiff::civil::{Date, date};

use super::*;
use SanctionRule as R;

const RULES: &str = include_str!("../../../../config/law/sanctions.toml");
const OFFENCES: &str = include_str!("../../../../config/law/offences.toml");
const DAY: Date = date(2026, 6, 1);

fn law() -> SanctionLaw {
    SanctionLaw::parse(RULES).unwrap()
}

fn offences() -> OffenceRegister {
    OffenceRegister::parse(OFFENCES).unwrap()
}

/// An adult, caught in the act, identified, by an officer with a good deed.
fn case() -> Case<'static> {
    Case {
        day: DAY,
        is_detecting: true,
        powers: Some(Powers {
            domain: "I",
            offences: vec![],
            territory: vec!["GM0396", "GM0375"],
            valid_from: date(2024, 1, 1),
            valid_until: date(2028, 12, 31),
            trained_until: Some(date(2026, 12, 31)),
        }),
        municipality: "GM0396",
        has_fine_by_law: false,
        age: Some(30),
        caught: Caught::InTheAct,
        needs_report: false,
        is_punished: false,
        has_statement: true,
        is_cautioned: true,
        has_plate: false,
        is_identified: true,
    }
}

/// Which rules refuse these sanctions.
fn refused(chosen: &[(&str, Modality)], case: &Case<'_>) -> Vec<SanctionRule> {
    let register = offences();
    let chosen: Vec<Chosen<'_>> = chosen
        .iter()
        .map(|(code, modality)| Chosen { offence: register.get(code, case.day).unwrap(), modality: *modality })
        .collect();
    law().event(&chosen, case).iter().map(|r| r.rule).collect()
}

fn deed<'a>(case: &'a mut Case<'static>) -> &'a mut Powers<'static> {
    case.powers.as_mut().unwrap()
}

type Change = fn(&mut Case<'static>);
/// Article, offence and way, what makes it pass, what makes it fail, and the rule that says so.
type Row = (&'static str, (&'static str, Modality), Change, Change, R);

#[test]
fn every_rule_of_one_sanction_passes_and_refuses() {
    let penal = Modality::PenalOrder;
    let table: Vec<Row> = vec![
        (
            "Bbo 4: last day counts",
            ("F185", penal),
            |c| deed(c).valid_until = DAY,
            |c| deed(c).valid_until = date(2026, 5, 31),
            R::DeedValid,
        ),
        (
            "Bbo 4: first day counts",
            ("F185", penal),
            |c| deed(c).valid_from = DAY,
            |c| deed(c).valid_from = date(2026, 6, 2),
            R::DeedValid,
        ),
        ("Bbo 2: a deed at all", ("F185", penal), |_| {}, |c| c.powers = None, R::DeedValid),
        (
            "Bbo 16: training",
            ("F185", penal),
            |c| deed(c).trained_until = Some(DAY),
            |c| deed(c).trained_until = Some(date(2026, 5, 31)),
            R::Training,
        ),
        ("Regeling domeinlijsten", ("F185", penal), |_| {}, |c| deed(c).domain = "IV", R::Domain),
        (
            "Bbo 4: offences of the deed",
            ("F185", penal),
            |c| *deed(c) = Powers { domain: "IV", offences: vec!["F185"], ..deed(c).clone() },
            |c| *deed(c) = Powers { domain: "IV", offences: vec!["F121a"], ..deed(c).clone() },
            R::Domain,
        ),
        (
            "Bbo 4: territory",
            ("F185", penal),
            |c| c.municipality = "GM0375",
            |c| c.municipality = "GM0453",
            R::Territory,
        ),
        ("Awb 5:11, Wpg 46: hat", ("F185", penal), |_| {}, |c| c.is_detecting = false, R::Hat),
        ("Sv 487: under 12", ("F185", penal), |c| c.age = Some(12), |c| c.age = Some(11), R::AgeNone),
        ("18 and older", ("F121a", penal), |c| c.age = Some(18), |c| c.age = Some(17), R::AgeLimit),
        ("Alcoholwet 45: under 18", ("E211a", penal), |c| c.age = Some(17), |c| c.age = Some(18), R::AgeLimit),
        (
            "Besluit OM-afdoening 3.1",
            ("F185", penal),
            |c| c.caught = Caught::TechnicalMeans,
            |c| c.caught = Caught::Afterwards,
            R::Caught,
        ),
        ("Besluit OM-afdoening 3.2", ("F185", penal), |_| {}, |c| c.needs_report = true, R::FullReport),
        (
            "Besluit OM-afdoening 3.2(5)",
            ("F185", penal),
            |c| c.has_fine_by_law = false,
            |c| c.has_fine_by_law = true,
            R::FineFirst,
        ),
        (
            "Besluit OM-afdoening 3.2(5): not of the by-law",
            ("D530", penal),
            |c| c.has_fine_by_law = true,
            |c| c.needs_report = true,
            R::FullReport,
        ),
        ("Gemeentewet 154b(1)", ("F185", Modality::NuisanceFine), |c| c.has_fine_by_law = true, |_| {}, R::FineByLaw),
        (
            "Gemeentewet 154b(2): nuisance drinking",
            ("F121a", penal),
            |c| c.has_fine_by_law = true,
            |c| c.caught = Caught::Afterwards,
            R::Caught,
        ),
        (
            "Gemeentewet 154b(2): no fine for it",
            ("H022", Modality::NuisanceFine),
            |c| c.has_fine_by_law = true,
            |_| {},
            R::FineByLaw,
        ),
        (
            "Sv 29",
            ("F185", penal),
            |c| {
                c.has_statement = false;
                c.is_cautioned = false
            },
            |c| c.is_cautioned = false,
            R::CautionPenal,
        ),
        (
            "Awb 5:10a",
            ("H022", Modality::NuisanceFine),
            |c| c.has_fine_by_law = true,
            |c| {
                c.has_fine_by_law = true;
                c.is_cautioned = false
            },
            R::CautionFine,
        ),
        ("Awb 5:43, Sr 68", ("F185", penal), |_| {}, |c| c.is_punished = true, R::Double),
        (
            "Wahv 5: the plate",
            ("R398", Modality::TrafficFine),
            |c| {
                c.has_plate = true;
                c.is_identified = false;
                c.age = None
            },
            |c| {
                c.is_identified = false;
                c.age = None
            },
            R::PlateHolder,
        ),
        ("Wahv 5: or the driver", ("R398", Modality::TrafficFine), |_| {}, |c| c.is_identified = false, R::PlateHolder),
        ("Sv 27a: identity", ("F185", penal), |_| {}, |c| c.is_identified = false, R::Identity),
        (
            "a report about somebody unknown",
            ("F185", Modality::Report),
            |c| c.is_identified = false,
            |c| c.is_cautioned = false,
            R::CautionPenal,
        ),
        ("Sr 77e: 12 to 17", ("F185", Modality::Halt), |c| c.age = Some(17), |c| c.age = Some(18), R::Halt),
        ("Sr 77e: from 12", ("F185", Modality::Halt), |c| c.age = Some(12), |c| c.age = None, R::Halt),
        (
            "Sr 77e: listed offences",
            ("F185", Modality::Halt),
            |c| c.age = Some(15),
            |c| {
                c.age = Some(15);
                c.needs_report = true
            },
            R::Halt,
        ),
    ];
    for (article, (code, modality), passing, failing, rule) in table {
        let mut good = case();
        passing(&mut good);
        assert_eq!(refused(&[(code, modality)], &good), [], "{article}");
        let mut bad = case();
        failing(&mut bad);
        assert!(
            refused(&[(code, modality)], &bad).contains(&rule),
            "{article}: {:?}",
            refused(&[(code, modality)], &bad)
        );
    }
    let mut with_by_law = case();
    with_by_law.has_fine_by_law = true;
    assert_eq!(refused(&[("F121a", Modality::NuisanceFine)], &with_by_law), [R::FineNever], "Gemeentewet 154b(2)");
}

#[test]
fn an_event_follows_one_line_and_has_at_most_three_sanctions() {
    use Modality::{NuisanceFine, PenalOrder, Report, TrafficFine};
    let mut case = case();
    case.has_plate = true;
    let four = [("F185", PenalOrder), ("D530", PenalOrder), ("F110a", PenalOrder), ("F126", PenalOrder)];
    type Row<'a> = (&'a str, &'a [(&'a str, Modality)], &'a [R]);
    let table: [Row<'_>; 6] = [
        ("Besluit OM-afdoening 3.2: three", &four[..3], &[]),
        ("Besluit OM-afdoening 3.2: four", &four, &[R::Most]),
        ("one line: order and report", &[("F185", PenalOrder), ("F120a", Report)], &[]),
        ("Awb 5:44: fine and order", &[("R398", TrafficFine), ("D530", PenalOrder)], &[R::OneTrack]),
        ("Awb 5:43: the same twice", &[("F185", PenalOrder), ("F185", PenalOrder)], &[R::Double]),
        ("two traffic fines", &[("R398", TrafficFine), ("R395", TrafficFine)], &[]),
    ];
    for (article, chosen, expected) in table {
        assert_eq!(refused(chosen, &case), expected, "{article}");
    }
    case.has_fine_by_law = true;
    assert_eq!(refused(&[("H022", NuisanceFine), ("H013", NuisanceFine)], &case), [], "fines together");
    case.powers = None;
    let said = refused(&[("H022", NuisanceFine), ("H013", NuisanceFine)], &case);
    assert_eq!(said, [R::DeedValid], "what holds for the officer is said once");
}

#[test]
fn the_picker_offers_what_is_open() {
    use Modality::{Halt, NuisanceFine, PenalOrder, Report, TrafficFine};
    let (law, register) = (law(), offences());
    let open = |code: &str, case: &Case<'_>| law.may_write(register.get(code, DAY).unwrap(), case);
    let adult = case();
    assert_eq!(open("H022", &adult).unwrap(), [PenalOrder, Report]);
    assert_eq!(open("R398", &adult).unwrap(), [TrafficFine]);
    assert_eq!(open("VW2.3.6", &adult).unwrap(), [Report]);
    let by_law = Case { has_fine_by_law: true, ..case() };
    assert_eq!(open("H022", &by_law).unwrap(), [NuisanceFine, Report]);
    assert_eq!(open("F121a", &by_law).unwrap(), [PenalOrder, Report], "Gemeentewet 154b(2)");
    let minor = Case { age: Some(14), ..case() };
    assert_eq!(open("H022", &minor).unwrap(), [PenalOrder, Report, Halt]);
    let refusals = open("F121a", &minor).unwrap_err();
    assert_eq!(refusals.iter().map(|r| (r.rule, r.offence.as_str())).collect::<Vec<_>>(), [(R::AgeLimit, "F121a")]);
    assert_eq!(register.get("F121a", DAY).unwrap().minor.as_deref(), Some("E211a"));
    assert!(refusals.iter().all(|r| r.article.contains("Alcoholwet")));
}

#[test]
fn tariffs_are_halved_for_the_young_and_rounded_up() {
    let law = law();
    let register = offences();
    let mut offence = register.get("H022", DAY).unwrap().clone();
    offence.tariffs = vec![Tariff {
        modality: Modality::PenalOrder,
        euros: 95,
        valid_from: date(2024, 1, 1),
        valid_until: Some(date(2027, 1, 1)),
        source: "test".into(),
        uncertain: false,
    }];
    let table = [
        ("Wahv 2, OM-afdoening 4: 12", Some(12), Some((48, true))),
        ("15 is half", Some(15), Some((48, true))),
        ("16 is whole", Some(16), Some((95, false))),
        ("adult", Some(40), Some((95, false))),
        ("unknown age is whole", None, Some((95, false))),
    ];
    for (article, age, expected) in table {
        let amount = law.amount(&offence, Modality::PenalOrder, (DAY, age));
        assert_eq!(amount.map(|a| (a.euros, a.is_half)), expected, "{article}");
    }
    assert_eq!(law.amount(&offence, Modality::PenalOrder, (date(2027, 1, 1), None)), None, "the tariff is over");
    assert_eq!(law.amount(&offence, Modality::Report, (DAY, None)), None, "a report has no tariff");
    let unknown = register.get("R398", DAY).unwrap();
    assert_eq!(
        law.amount(unknown, Modality::TrafficFine, (DAY, None)),
        None,
        "a tariff that is not known is not shown"
    );
}

#[test]
fn the_registers_are_whole() {
    let register = offences();
    for code in ["H325a", "F145d", "H013", "F121a", "E211b", "F185", "R584", "D537", "F216"] {
        assert!(register.get(code, DAY).is_some_and(|o| o.holds_on(DAY)), "{code}");
    }
    assert!(register.get("F121a", date(2016, 12, 31)).is_some_and(|o| !o.holds_on(date(2016, 12, 31))));
    assert!(register.on(date(2016, 12, 31)).next().is_none());
    let found: Vec<&str> = register.on(DAY).filter(|o| o.matches("hond POEP")).map(|o| o.code.as_str()).collect();
    assert_eq!(found, ["H325a", "H325b", "H325c", "H326"]);
    assert!(register.on(DAY).filter(|o| o.matches("f185")).count() == 1);
    let dogs = register.on(DAY).filter(|o| o.matches("hondenpoep")).count();
    assert_eq!(dogs, 4, "people say hondenpoep, the list says otherwise");
    let entry = |extra: &str| {
        format!(
            "[[offence]]\ncode = \"A\"\ngroup = \"g\"\nname = {{ nl = \"a\", en = \"a\" }}\ntrack = \"penal\"\n\
             domains = [\"I\"]\narticle = \"x\"\nsource = \"y\"\nvalid_from = \"2020-01-01\"\nuncertain = true\n{extra}\n"
        )
    };
    let table = [
        (entry("never_fine = true"), "by-law"),
        (entry("minor = \"B\""), "not in the list"),
        (entry("tarif = 1"), "unknown field"),
        (entry("") + &entry(""), "two versions"),
    ];
    for (toml, expected) in table {
        let error = OffenceRegister::parse(&toml).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let gone = RULES.replace("id = \"halt\"", "id = \"double\"");
    assert!(SanctionLaw::parse(&gone).unwrap_err().to_string().contains("halt"));
    let bare = RULES.replace("most = 3\n", "");
    assert!(SanctionLaw::parse(&bare).unwrap_err().to_string().contains("numbers"));
}
