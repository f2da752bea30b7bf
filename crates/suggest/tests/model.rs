//! What holds for every model.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "test code")]

use proptest::prelude::*;
use suggest::{Example, Guess, Model, Settings, train};

const LABELS: [&str; 3] = ["dog-mess", "lamp", "litter"];

fn given() -> Vec<Example<'static>> {
    [
        ("dog-mess", "hondenpoep"),
        ("dog-mess", "poep van een hond"),
        ("lamp", "lantaarnpaal"),
        ("lamp", "straatverlichting brandt niet"),
        ("litter", "zwerfvuil"),
        ("litter", "blikjes en papier op straat"),
    ]
    .map(|(label, text)| Example { label, text, given: true })
    .to_vec()
}

fn small() -> Settings {
    Settings { rounds: 4, ..Settings::default() }
}

#[test]
fn a_model_knows_what_it_was_told_and_says_why() {
    let model = train(&given(), &Settings::default());
    for (text, label, why) in [
        ("Overal ligt hondenpoep op de stoep", "dog-mess", "hondenpoep"),
        ("De lantaarnpalen in onze straat doen het niet", "lamp", "lantaarnpalen"),
        ("ZWERFVUIL en nog eens zwerfvuil", "litter", "ZWERFVUIL"),
        ("er is weer hondepoep gezien", "dog-mess", "hondepoep"),
    ] {
        let guesses = model.guess(text, 3);
        assert_eq!((guesses[0].label.as_str(), guesses[0].because[0].as_str()), (label, why), "{text}: {guesses:?}");
        assert!(guesses[0].because.len() <= 3);
    }
}

#[test]
fn what_stands_in_few_reports_is_not_in_the_model() {
    let reports = [
        "De hond van Kwakernaat poept hier",
        "Hond van Kwakernaat loopt los en poept",
        "Een hond poept elke dag op het veld",
        "Hond poept bij de school",
        "Hond poept bij de school",
        "Hond poept bij de school",
    ];
    let mut examples = given();
    examples.extend(reports.map(|text| Example { label: "dog-mess", text, given: false }));
    let model = train(&examples, &Settings::default());
    assert!(model.features().iter().any(|f| f == "=poept"));
    for hidden in ["=kwakernaat", "<kwa", "=school"] {
        assert!(!model.features().iter().any(|f| f == hidden), "{hidden}");
    }
    // From three different reports on, it is in.
    let third = Example { label: "dog-mess", text: "Kwakernaat doet niets", given: false };
    examples.push(third);
    assert!(train(&examples, &Settings::default()).features().iter().any(|f| f == "=kwakernaat"));
}

#[test]
fn what_was_written_is_read_and_nothing_else() {
    let model = train(&given(), &small());
    assert_eq!(Model::from_json(&model.to_json()).unwrap(), model);
    let whole = model.to_json();
    for wrong in ["", "{}", &whole[..whole.len() / 2], &whole.replacen("\"bias\":[", "\"bias\":[1,", 1)] {
        assert!(Model::from_json(wrong).is_err());
    }
}

#[test]
fn nothing_known_gives_nothing() {
    let model = train(&given(), &small());
    for text in ["", "   ", "!!!", "06-12345678", "日本語", "\u{0}"] {
        assert_eq!(model.guess(text, 3), [], "{text:?}");
    }
    assert_eq!(train(&[], &small()).guess("hondenpoep", 3), []);
}

#[test]
fn speed_is_said_aloud() {
    let model = train(&given(), &Settings::default());
    let text = "Er ligt al weken zwerfvuil, blikjes en papier bij de lantaarnpaal aan de overkant. ".repeat(6);
    let start = std::time::Instant::now();
    let times = 100;
    for _ in 0..times {
        assert_eq!(model.guess(&text, 3).len(), 3);
    }
    eprintln!("guess on {} characters: {:?}", text.len(), start.elapsed() / times);
}

fn rows() -> impl Strategy<Value = Vec<(usize, String)>> {
    prop::collection::vec((0..LABELS.len(), "[a-eé ]{0,20}|\\PC{0,12}"), 0..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_the_texts_does_not_matter(rows in rows(), turn in 0_usize..24) {
        let of = |rows: &[(usize, String)]| {
            let examples: Vec<_> =
                rows.iter().map(|(l, text)| Example { label: LABELS[*l], text, given: false }).collect();
            train(&examples, &Settings { least_reports: 1, ..small() })
        };
        let mut turned = rows.clone();
        turned.rotate_left(turn.min(rows.len()));
        turned.reverse();
        prop_assert_eq!(of(&rows), of(&turned));
    }

    #[test]
    fn shares_are_shares_whatever_is_typed(rows in rows(), text in "\\PC{0,60}") {
        let examples: Vec<_> =
            rows.iter().map(|(l, text)| Example { label: LABELS[*l], text, given: *l == 0 }).collect();
        let guesses: Vec<Guess> = train(&examples, &Settings { least_reports: 1, ..small() }).guess(&text, 9);
        if let Some(last) = guesses.last() {
            prop_assert!(guesses.iter().all(|g| g.share.is_finite() && (0.0..=1.0).contains(&g.share)));
            prop_assert!((guesses.iter().map(|g| g.share).sum::<f64>() - 1.0).abs() < 1e-4);
            prop_assert!(guesses[0].share >= last.share);
            prop_assert!(guesses.iter().flat_map(|g| &g.because).all(|word| text.contains(word.as_str())));
        }
    }
}
