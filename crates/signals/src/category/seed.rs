//! Questions and a stop for the demonstration, as an administrator could have made them.

use super::editor;
use super::questions::{AnswerOption, Condition, Question, QuestionKind, YES};
use super::stops::{self, Draft};
use crate::Catalogue;
use kit::{At, Fault, Text, Tx};
use policy::Resource;
use site::Cx;

const DAY: i64 = 86_400_000_000;

fn text(nl: &str, en: &str) -> Text {
    Text([("nl", nl), ("en", en)].map(|(language, text)| (language.to_owned(), text.to_owned())).into())
}

fn question(id: &str, kind: QuestionKind, (nl, en): (&str, &str)) -> Question {
    let (hint, options) = (Text::default(), vec![]);
    Question {
        id: id.into(),
        label: text(nl, en),
        hint,
        kind,
        required: false,
        options,
        when: None,
        least: None,
        most: None,
    }
}

fn options<const N: usize>(of: [(&str, &str, &str); N]) -> Vec<AnswerOption> {
    of.map(|(id, nl, en)| AnswerOption { id: id.into(), label: text(nl, en) }).to_vec()
}

fn after(question: &str, equals: &str) -> Option<Condition> {
    Some(Condition { question: question.into(), equals: equals.into() })
}

/// The questions by category.
fn forms() -> [(&'static str, Vec<Question>); 4] {
    use QuestionKind::{Choice, Choices, Date, Number, Text as Line, YesNo};
    [
        (
            "street-lighting",
            vec![
                Question {
                    required: true,
                    options: options([
                        ("one", "Eén lamp", "One light"),
                        ("more", "Een paar lampen", "Some lights"),
                        ("street", "De hele straat", "The whole street"),
                    ]),
                    ..question("how-many", Choice, ("Hoeveel lampen doen het niet?", "How many lights do not work?"))
                },
                Question {
                    when: after("how-many", "one"),
                    hint: text("Het nummer staat op een plaatje op de paal.", "The number is on a plate on the post."),
                    most: Some(20.0),
                    ..question("number", Line, ("Wat is het nummer van de paal?", "What is the number of the post?"))
                },
            ],
        ),
        (
            "dog-loose",
            vec![
                Question {
                    required: true,
                    ..question("bitten", YesNo, ("Heeft de hond gebeten?", "Did the dog bite?"))
                },
                Question {
                    required: true,
                    when: after("bitten", YES),
                    options: options([("person", "Een mens", "A person"), ("animal", "Een dier", "An animal")]),
                    ..question("whom", Choices, ("Wie werd gebeten?", "Who was bitten?"))
                },
                Question {
                    when: after("bitten", YES),
                    least: Some(-365.0),
                    most: Some(0.0),
                    ..question("day", Date, ("Op welke dag?", "On which day?"))
                },
            ],
        ),
        (
            "car-wreck",
            vec![
                Question {
                    options: options([
                        ("car", "Auto", "Car"),
                        ("scooter", "Scooter of brommer", "Scooter or moped"),
                        ("trailer", "Aanhanger of caravan", "Trailer or caravan"),
                    ]),
                    ..question("what", Choice, ("Wat staat er?", "What is it?"))
                },
                Question {
                    least: Some(1.0),
                    most: Some(120.0),
                    ..question(
                        "months",
                        Number,
                        ("Hoeveel maanden staat het er al, ongeveer?", "For about how many months?"),
                    )
                },
            ],
        ),
        (
            "bulky-waste",
            vec![Question {
                required: true,
                ..question(
                    "blocks",
                    YesNo,
                    ("Verspert het de stoep of de weg?", "Does it block the pavement or the road?"),
                )
            }],
        ),
    ]
}

/// Publishes questions and plans a stop, in categories that the municipality has and that ask nothing yet.
///
/// # Errors
/// When the policy refuses or the database fails.
pub async fn seed(cx: &Cx, tx: &mut Tx) -> Result<(), Fault> {
    let permit = cx.permit("form:edit", &Resource::open("form", cx.code()))?;
    let catalogue = cx.municipality.get::<Catalogue>();
    for (category, questions) in forms() {
        if catalogue.get(category).is_some() {
            editor::publish_first(cx, tx, &permit, category, questions).await?;
        }
    }
    let category = "slipperiness";
    if catalogue.get(category).is_some() && stops::all(tx, permit.municipality(), category).await?.is_empty() {
        let at = |days: i64| Ok(Some(At::from_micros(cx.now.micros() + days * DAY)));
        let message = text(
            "Van april tot oktober strooien we niet. Ligt er olie op de weg? Bel ons dan.",
            "From April to October we do not grit. Is there oil on the road? Then call us.",
        );
        stops::add(cx, tx, &permit, cx.app.clock.id(), category, &Draft { message, from: at(30), until: at(60) })
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::category::questions::asked;
    use crate::fixture;

    testkit::db_test! {
        async fn the_demonstration_has_questions_and_a_planned_stop_once(db) {
            let app = fixture::app(db).await;
            let cx = testkit::cx(&app, Some(policy::Role::Administrator));
            let mut tx = cx.write().await.unwrap();
            for _ in 0..2 {
                seed(&cx, &mut tx).await.unwrap();
            }
            for (category, questions) in forms() {
                let form = asked(&mut tx, cx.code(), category).await.unwrap();
                assert_eq!((form.number, form.questions), (1, questions), "{category}");
            }
            assert_eq!(stops::all(&mut tx, cx.code(), "").await.unwrap().len(), 1);
            assert!(stops::stops(&mut tx, cx.code(), cx.now).await.unwrap().is_empty());
        }
    }
}
