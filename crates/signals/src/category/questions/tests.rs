//! Every kind of question with right and wrong answers; conditions; what is kept stays readable.

use super::*;
use crate::fixture;
use jiff::civil::date;
use kit::FieldFaults;

pub(crate) fn text(nl: &str) -> Text {
    Text([("nl".to_owned(), nl.to_owned()), ("en".to_owned(), format!("{nl} (en)"))].into())
}

pub(crate) fn question(id: &str, kind: QuestionKind) -> Question {
    Question {
        id: id.into(),
        label: text(&format!("Vraag {id}")),
        hint: Text::default(),
        kind,
        required: true,
        options: ["rood", "blauw", "groen"].map(|o| AnswerOption { id: o.into(), label: text(o) }).to_vec(),
        when: None,
        least: None,
        most: None,
    }
}

fn bounded(kind: QuestionKind, least: f64, most: f64) -> Question {
    Question { least: Some(least), most: Some(most), ..question("q", kind) }
}

fn answers(of: &[(&str, &[&str])]) -> Answers {
    of.iter().map(|(q, given)| ((*q).to_owned(), given.iter().map(|g| (*g).to_owned()).collect())).collect()
}

/// What one question makes of what was typed: the tidied answers, or the key of the fault.
fn one(question: &Question, given: &[&str]) -> std::result::Result<Vec<String>, &'static str> {
    let mut faults = FieldFaults::default();
    let kept = check(std::slice::from_ref(question), &answers(&[("q", given)]), date(2024, 6, 3), &mut faults);
    match faults.0.first() {
        Some(fault) => {
            assert_eq!(fault.field, "answer-q");
            Err(fault.key)
        }
        None => Ok(kept.get("q").cloned().unwrap_or_default()),
    }
}

#[test]
fn every_kind_takes_what_it_should_and_refuses_the_rest() {
    use QuestionKind::*;
    let long = "a".repeat(201);
    let q = |kind| question("q", kind);
    type Case<'a> = (Question, &'a [&'a str], std::result::Result<&'a [&'a str], &'a str>);
    let table: &[Case<'_>] = &[
        (q(Text), &[" hoog "], Ok(&["hoog"])),
        (q(Text), &["\u{0}\u{7f}"], Err("category-fault-missing")),
        (q(Text), &["a\nb"], Err("category-fault-line")),
        (q(Text), &["a", "b"], Err("category-fault-one")),
        (q(Text), &["a", "a", " "], Ok(&["a"])),
        (q(Text), &[&long], Err("category-fault-long")),
        (bounded(Text, 2.0, 4.0), &["é"], Err("category-fault-short")),
        (bounded(Text, 2.0, 4.0), &["éééé"], Ok(&["éééé"])),
        (q(LongText), &["a\r\nb"], Ok(&["a\nb"])),
        (q(Number), &["3,50"], Ok(&["3.5"])),
        (q(Number), &["-2"], Ok(&["-2"])),
        (q(Number), &["drie"], Err("category-fault-number")),
        (q(Number), &["1e9"], Err("category-fault-number")),
        (q(Number), &["NaN"], Err("category-fault-number")),
        (q(Number), &["1.000,5"], Err("category-fault-number")),
        (bounded(Number, 1.0, 5.0), &["0"], Err("category-fault-low")),
        (bounded(Number, 1.0, 5.0), &["5,1"], Err("category-fault-high")),
        (q(Date), &["2024-06-30"], Ok(&["2024-06-30"])),
        (q(Date), &["1-6-2024"], Ok(&["2024-06-01"])),
        (q(Date), &["1/6/24"], Err("category-fault-date")),
        (q(Date), &["2024-02-30"], Err("category-fault-date")),
        (q(Date), &["gisteren"], Err("category-fault-date")),
        (bounded(Date, -7.0, 0.0), &["2024-05-26"], Err("category-fault-early")),
        (bounded(Date, -7.0, 0.0), &["2024-05-27"], Ok(&["2024-05-27"])),
        (bounded(Date, -7.0, 0.0), &["2024-06-04"], Err("category-fault-late")),
        (q(YesNo), &["yes"], Ok(&["yes"])),
        (q(YesNo), &["ja"], Err("category-fault-unknown")),
        (q(YesNo), &["yes", "no"], Err("category-fault-one")),
        (q(YesNo), &[], Err("category-fault-choose")),
        (q(Choice), &["rood"], Ok(&["rood"])),
        (q(Choice), &["paars"], Err("category-fault-unknown")),
        (q(Choice), &["rood", "blauw"], Err("category-fault-one")),
        (q(Choices), &["rood", "blauw"], Ok(&["rood", "blauw"])),
        (q(Choices), &["rood", "paars"], Err("category-fault-unknown")),
        (bounded(Choices, 2.0, 2.0), &["rood"], Err("category-fault-few")),
        (bounded(Choices, 2.0, 2.0), &["rood", "groen", "blauw"], Err("category-fault-many")),
        (super::Question { required: false, ..q(Choice) }, &[""], Ok(&[])),
    ];
    for (question, given, expected) in table {
        let expected = expected.map(|all| all.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        assert_eq!(one(question, given), expected, "{:?} {given:?}", question.kind);
    }
}

#[test]
fn a_question_counts_only_when_its_condition_is_met() {
    let when = |question: &str, equals: &str| Some(Condition { question: question.into(), equals: equals.into() });
    let questions = [
        question("dog", QuestionKind::YesNo),
        Question { when: when("dog", YES), ..question("colours", QuestionKind::Choices) },
        Question { when: when("colours", "rood"), ..question("why", QuestionKind::Text) },
    ];
    let today = date(2024, 6, 3);
    for (typed, kept, faulty) in [
        (answers(&[("dog", &["no"]), ("colours", &["rood"]), ("why", &["x"])]), &["dog"][..], &[][..]),
        (
            answers(&[("dog", &["yes"]), ("colours", &["rood", "groen"]), ("why", &["x"])]),
            &["colours", "dog", "why"],
            &[],
        ),
        (answers(&[("dog", &["yes"]), ("colours", &["groen"])]), &["colours", "dog"], &[]),
        (answers(&[("dog", &["yes"])]), &["dog"], &["answer-colours"]),
        (answers(&[("colours", &["rood"])]), &[], &["answer-dog"]),
        (answers(&[("stranger", &["x"]), ("dog", &["no"])]), &["dog"], &[]),
    ] {
        let mut faults = FieldFaults::default();
        let found = check(&questions, &typed, today, &mut faults);
        assert_eq!(found.keys().collect::<Vec<_>>(), kept, "{typed:?}");
        assert_eq!(faults.0.iter().map(|f| f.field.as_ref()).collect::<Vec<_>>(), faulty, "{typed:?}");
    }
}

#[tokio::test]
async fn sentences_name_their_question_in_the_language_of_the_reader() {
    let app = fixture::app(testkit::sqlite().await).await;
    let cx = fixture::coordinator(&app);
    let questions = [question("q", QuestionKind::Number)];
    let mut faults = FieldFaults::default();
    let typed = typed([("answer-q", "veel"), ("words", "x")]);
    assert_eq!(typed, answers(&[("q", &["veel"])]));
    check(&questions, &typed, date(2024, 6, 3), &mut faults);
    let zone = cx.municipality.zone.clone();
    for (language, label) in [("nl", "Vraag q’"), ("en", "Vraag q (en)’")] {
        let words = app.library.words(language, zone.clone());
        let view = &views(&words, &questions, &typed, &faults)[0];
        assert!(view.error.contains(label), "{}", view.error);
        assert_eq!((view.name.as_str(), view.value.as_str(), view.control), ("answer-q", "veel", "text"));
    }
}

testkit::db_test! {
    async fn answers_stay_with_their_signal_and_their_version(db) {
        let app = fixture::app(db).await;
        let cx = fixture::coordinator(&app);
        let id = fixture::add(&cx, fixture::report(&cx)).await;
        let permit = fixture::permit(&cx, "signal:read");
        let when = Condition { question: "colour".into(), equals: "rood".into() };
        let questions = vec![
            question("colour", QuestionKind::Choice),
            Question { when: Some(when), ..question("day", QuestionKind::Date) },
            question("height", QuestionKind::Number),
            question("loose", QuestionKind::YesNo),
        ];
        let mut tx = cx.write().await.unwrap();
        assert_eq!(asked(&mut tx, cx.code(), "dog-mess").await.unwrap().number, 0);
        let form = Form { category: "dog-mess".into(), number: 1, questions };
        tx.run(
            "insert into category_form_version (municipality, category, number, questions, published_at, published_by)
             values ($1, $2, 1, $3, $4, null)",
            kit::args![cx.code(), "dog-mess", serde_json::to_string(&form.questions).unwrap(), cx.now],
        ).await.unwrap();
        tx.run(
            "insert into category_form (municipality, category, draft, published, version, changed_at)
             values ($1, $2, '[]', 1, 1, $3)",
            kit::args![cx.code(), "dog-mess", cx.now],
        ).await.unwrap();
        assert_eq!(asked(&mut tx, cx.code(), "dog-mess").await.unwrap(), form);
        assert_eq!(all_asked(&mut tx, cx.code()).await.unwrap(), std::slice::from_ref(&form));
        let mut faults = FieldFaults::default();
        let given = answers(&[("colour", &["rood"]), ("day", &["2-6-2024"]), ("height", &["2,5"]), ("loose", &["no"])]);
        let kept = check(&form.questions, &given, date(2024, 6, 3), &mut faults);
        assert!(faults.is_empty(), "{faults:?}");
        for _ in 0..2 {
            keep(&mut tx, &permit, id, &form, &kept).await.unwrap();
        }
        // The category asks something else now.
        tx.run("update category_form set published = 2", vec![]).await.unwrap();
        let read = answered(&mut tx, &permit, id, &cx.words).await.unwrap();
        let read: Vec<(&str, &str)> = read.iter().map(|(l, v)| (l.as_str(), v.as_str())).collect();
        assert_eq!(read, [
            ("Vraag colour", "rood"), ("Vraag day", "2 juni 2024"), ("Vraag height", "2,5"), ("Vraag loose", "Nee"),
        ]);
    }
}
