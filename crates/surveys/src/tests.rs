use crate::design::{
    Act, Head, NewQuestion, Standing, change_standing, close_due, copy, create, make_codes, move_question,
    save_question,
};
use crate::front::blind_id;
use crate::model::{Channel, Kind, Sample, State};
use crate::tally::Status;
use crate::{SurveysConfig, answer, design, outcome, retention, store};
use kit::{At, Fault, Text, Uuid, args, audit, jobs};
use policy::Role;
use site::Fields;
use site::{Cx, Shared};
use std::collections::BTreeMap;
use testkit::{Caller, MainDb, cx, db_test};

/// Two districts with a neighbourhood each: 6,000 and 2,000 inhabitants.
const AREAS: [(&str, &str, &str, Option<&str>, f64); 4] = [
    ("WK039601", "district", "Wijk West", None, 6000.0),
    ("WK039602", "district", "Wijk Oost", None, 2000.0),
    ("BU03960101", "neighbourhood", "Westend", Some("WK039601"), 6000.0),
    ("BU03960201", "neighbourhood", "Oostend", Some("WK039602"), 2000.0),
];

async fn app(db: MainDb) -> Shared {
    let app = testkit::app(db, |municipality| {
        municipality.put(SurveysConfig::read(&municipality.folder).unwrap());
        municipality.put(areas::Atlas::new(&municipality.file));
    });
    let mut tx = app.main.write().await.unwrap();
    for (code, level, name, parent, inhabitants) in AREAS {
        let outline = r#"{"type":"MultiPolygon","coordinates":[[[[4.6,52.5],[4.7,52.5],[4.7,52.52],[4.6,52.5]]]]}"#;
        tx.run(
            "insert into area (municipality, year, code, level, name, parent, lon, lat, outline, origin)
             values ('GM0396', 2024, $1, $2, $3, $4, 4.65, 52.51, $5, 'test')",
            args![code, level, name, parent, outline],
        )
        .await
        .unwrap();
        tx.run(
            "insert into key_figure (municipality, year, code, key, status, value)
             values ('GM0396', 2024, $1, 'aantal_inwoners', 'value', $2)",
            args![code, inhabitants],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let mut tx = app.main.read().await.unwrap();
    app.home().unwrap().get::<areas::Atlas>().reload(&mut tx, "GM0396").await.unwrap();
    drop(tx);
    app
}

fn text(nl: &str) -> Text {
    Text([("nl".to_owned(), nl.to_owned()), ("en".to_owned(), format!("{nl}, in English"))].into())
}

fn adviser(app: &Shared) -> Cx {
    Cx { action: "survey:edit", ..cx(app, Some(Role::Adviser)) }
}

fn id(cx: &Cx) -> Uuid {
    cx.app.clock.id()
}

async fn version(app: &Shared, slug: &str) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    store::by_slug(&mut tx, "GM0396", slug).await.unwrap().unwrap().version
}

async fn state(app: &Shared, slug: &str) -> State {
    let mut tx = app.main.read().await.unwrap();
    store::by_slug(&mut tx, "GM0396", slug).await.unwrap().unwrap().state
}

fn question(cx: &Cx, version: i64, kind: Kind, options: &[&str]) -> NewQuestion {
    let of = |suffix: &str| options.iter().map(|o| format!("{o}{suffix}")).collect::<Vec<_>>();
    NewQuestion {
        request: id(cx),
        version,
        kind: Some(kind),
        text: text("Voelt u zich veilig?"),
        lines: BTreeMap::from([("nl".to_owned(), of("")), ("en".to_owned(), of(" (en)"))]),
        ..NewQuestion::default()
    }
}

/// A draft with a choice (q1), a mark (q2) and words (q3).
async fn draft(cx: &Cx) -> String {
    let head = Head { request: id(cx), version: 0, title: text("Enquête veiligheid"), intro: text("Waarom") };
    let slug = create(cx, head).await.unwrap();
    for (i, (kind, options)) in
        [(Kind::One, vec!["Ja", "Nee"]), (Kind::Scale10, vec![]), (Kind::Words, vec![])].into_iter().enumerate()
    {
        save_question(cx, &slug, None, question(cx, i as i64 + 1, kind, &options)).await.unwrap();
    }
    slug
}

async fn step(cx: &Cx, slug: &str, to: Standing) -> Result<(), Fault> {
    change_standing(cx, slug, (id(cx), version(&cx.app, slug).await), to).await
}

async fn published(cx: &Cx) -> String {
    let slug = draft(cx).await;
    step(cx, &slug, Standing::Open("2024-06-01".into(), "2024-06-10".into())).await.unwrap();
    slug
}

fn form(cx: &Cx, fields: &[(&str, &str)]) -> Fields {
    fields.iter().fold(Fields::default().with("request", blind_id(cx).to_string()), |f, (k, v)| f.with(*k, *v))
}

fn fault<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> String {
    match outcome {
        Err(Fault::Invalid(faults)) => format!("{} {}", faults.0[0].field, faults.0[0].key),
        Err(Fault::Rule { key, .. } | Fault::Bad(key)) => key.to_owned(),
        Err(Fault::Stale) => "stale".to_owned(),
        Err(Fault::NotFound) => "not-found".to_owned(),
        Err(Fault::Refused { .. } | Fault::SignIn) => "refused".to_owned(),
        other => panic!("{other:?}"),
    }
}

async fn audited(app: &Shared) -> Vec<String> {
    let mut tx = app.main.read().await.unwrap();
    let all = audit::newest(&mut tx, "GM0396", i64::MAX, 1000).await.unwrap();
    all.into_iter().map(|e| format!("{} {}", e.action, e.detail)).collect()
}

async fn count(app: &Shared, sql: &'static str) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    tx.one::<(i64,)>(sql, vec![]).await.unwrap().0
}

const ANSWERS: &str = "select count(*) as n from survey_answer";

db_test! {
    async fn a_questionnaire_is_made_once_frozen_by_publishing_and_copied_to_change(db) {
        let app = app(db).await;
        let adviser = adviser(&app);
        for role in [None, Some(Role::Coordinator), Some(Role::Mayor)] {
            let head = Head { request: id(&adviser), title: text("x"), ..Head::default() };
            assert_eq!(fault(create(&cx(&app, role), head).await), "refused", "{role:?}");
        }
        let head = Head { request: id(&adviser), version: 0, title: text("Enquête"), intro: text("Waarom") };
        assert_eq!(create(&adviser, head.clone()).await.unwrap(), "enquete");
        assert_eq!(create(&adviser, head).await.unwrap(), "enquete", "the same request again");
        let slug = draft(&adviser).await;
        assert_eq!(slug, "enquete-veiligheid");
        assert_eq!(fault(save_question(&adviser, &slug, None, question(&adviser, 1, Kind::One, &["a", "b"])).await), "stale");
        move_question(&adviser, &slug, "q3", Act::Up, (id(&adviser), 4)).await.unwrap();
        move_question(&adviser, &slug, "q3", Act::Down, (id(&adviser), 5)).await.unwrap();
        let open = || Standing::Open("2024-06-03".into(), "2024-06-10".into());
        for (opens, closes, expected) in [
            ("", "2024-06-10", "opens_on surveys-day-missing"),
            ("2024-06-03", "morgen", "closes_on surveys-day-missing"),
            ("2024-06-01", "2024-06-02", "closes_on surveys-day-past"),
            ("2024-06-20", "2024-06-10", "closes_on surveys-day-order"),
        ] {
            assert_eq!(fault(step(&adviser, &slug, Standing::Open(opens.into(), closes.into())).await), expected);
        }
        assert_eq!(fault(step(&adviser, "enquete", open()).await), "questions surveys-questions-missing");
        assert_eq!(fault(step(&adviser, &slug, Standing::Shown(true)).await), "surveys-not-closed");
        step(&adviser, &slug, open()).await.unwrap();
        assert_eq!(fault(step(&adviser, &slug, open()).await), "surveys-step-wrong");
        let frozen = save_question(&adviser, &slug, Some("q1"), question(&adviser, 7, Kind::One, &["Ja", "Nee"])).await;
        assert_eq!(fault(frozen), "surveys-frozen");
        let second = copy(&adviser, &slug, id(&adviser)).await.unwrap();
        assert_eq!((second.as_str(), state(&app, &second).await), ("enquete-veiligheid-2", State::Draft));
        save_question(&adviser, &second, Some("q1"), question(&adviser, 1, Kind::One, &["Nee", "Ja"])).await.unwrap();
        let mut tx = app.main.read().await.unwrap();
        let copied = store::by_slug(&mut tx, "GM0396", &second).await.unwrap().unwrap();
        let ids: Vec<&str> = copied.design.questions[0].options.iter().map(|o| o.id.as_str()).collect();
        assert_eq!((copied.series.as_str(), ids), ("enquete-veiligheid", vec!["o2", "o1"]));
        drop(tx);
        assert_eq!(audited(&app).await.len(), 10, "each change once");
    }

    async fn what_a_question_must_say(db) {
        let app = app(db).await;
        let adviser = adviser(&app);
        let slug = draft(&adviser).await;
        let q = |kind, options: &[&str]| question(&adviser, 4, kind, options);
        let table = [
            (NewQuestion { kind: None, ..q(Kind::One, &["a", "b"]) }, "kind surveys-kind-missing"),
            (NewQuestion { text: Text::default(), ..q(Kind::Number, &[]) }, "text surveys-question-text-missing"),
            (NewQuestion { text: text(&"x".repeat(301)), ..q(Kind::Number, &[]) }, "text surveys-too-long"),
            (q(Kind::One, &["a"]), "options surveys-options-missing"),
            (
                NewQuestion {
                    lines: BTreeMap::from([("nl".into(), vec!["a".into(), "b".into()]), ("en".into(), vec!["a".into()])]),
                    ..q(Kind::Several, &[])
                },
                "options surveys-options-uneven",
            ),
            (NewQuestion { pick: "9".into(), ..q(Kind::Rank, &["a", "b", "c"]) }, "pick surveys-pick-wrong"),
            (NewQuestion { least: "veel".into(), ..q(Kind::Number, &[]) }, "least surveys-number-shape"),
            (NewQuestion { least: "5".into(), most: "5".into(), ..q(Kind::Number, &[]) }, "most surveys-number-order"),
            (NewQuestion { only_if: "q9:o1".into(), ..q(Kind::Number, &[]) }, "only_if surveys-when-wrong"),
            (NewQuestion { only_if: "q1:o9".into(), ..q(Kind::Number, &[]) }, "only_if surveys-when-wrong"),
        ];
        for (new, expected) in table {
            assert_eq!(fault(save_question(&adviser, &slug, None, new).await), expected);
        }
        let fine = NewQuestion { only_if: "q1:o2".into(), ..q(Kind::Number, &[]) };
        save_question(&adviser, &slug, None, fine).await.unwrap();
    }

    async fn an_answer_is_kept_once_and_nothing_tells_whose_it_is(db) {
        let app = app(db).await;
        let adviser = adviser(&app);
        let slug = published(&adviser).await;
        let stranger = Cx { action: "survey:answer", ..cx(&app, None) };
        let before = (audited(&app).await.len(), count(&app, "select count(*) as n from handled_request").await);
        let sent = form(&stranger, &[("q1", "o1"), ("q2", "7"), ("q3", "Bel 0612345678"), ("area", "BU03960101"), ("age", "25-44")]);
        answer::give(&stranger, &slug, &sent, Channel::Web).await.unwrap();
        answer::give(&stranger, &slug, &sent, Channel::Web).await.unwrap();
        assert_eq!(count(&app, ANSWERS).await, 1, "the same form again");
        let after = (audited(&app).await.len(), count(&app, "select count(*) as n from handled_request").await);
        assert_eq!(before, after, "no entry with a time stands beside the answer");
        let mut tx = app.main.read().await.unwrap();
        let row: (Uuid, i64, String, String, String) =
            tx.one("select id, day, area, age, given from survey_answer", vec![]).await.unwrap();
        drop(tx);
        assert_eq!(row.0.get_version_num(), 4, "an id without a time");
        assert_eq!((row.1, row.2.as_str(), row.3.as_str()), (19_877, "WK039601", "25-44"), "the district, and the day");
        assert!(row.4.contains("Bel […]") && !row.4.contains("0612345678"), "{}", row.4);
        // an id that a client made with a time in it is refused
        let timed = Fields::default().with("request", id(&stranger).to_string()).with("q1", "o1");
        assert_eq!(fault(answer::give(&stranger, &slug, &timed, Channel::Web).await), "fault-bad-request");
        assert_eq!(fault(answer::give(&stranger, &slug, &form(&stranger, &[]), Channel::Web).await), "form surveys-answer-empty");
        assert_eq!(fault(answer::give(&stranger, &slug, &form(&stranger, &[("q2", "11")]), Channel::Web).await), "q2 surveys-answer-number");
        // an area or age that nobody offered is "not told"
        let odd = form(&stranger, &[("q1", "o2"), ("area", "BU99"), ("age", "oud")]);
        answer::give(&stranger, &slug, &odd, Channel::Web).await.unwrap();
        assert_eq!(count(&app, "select count(*) as n from survey_answer where area = '' and age = ''").await, 1);
        // paper: staff only, audited without the answer
        assert_eq!(fault(answer::give(&stranger, &slug, &form(&stranger, &[("q1", "o1")]), Channel::Paper).await), "refused");
        answer::give(&adviser, &slug, &form(&adviser, &[("q1", "o1")]), Channel::Paper).await.unwrap();
        assert_eq!(audited(&app).await[0], r#"survey:edit {"act":"paper"}"#);
    }

    async fn it_is_answered_between_its_days_only(db) {
        let app = app(db).await;
        let adviser = adviser(&app);
        let slug = draft(&adviser).await;
        let give = async |cx: &Cx| answer::give(cx, &slug, &form(cx, &[("q1", "o1")]), Channel::Web).await;
        let stranger = cx(&app, None);
        assert_eq!(fault(give(&stranger).await), "not-found", "a draft is nobody's business");
        step(&adviser, &slug, Standing::Open("2024-06-04".into(), "2024-06-05".into())).await.unwrap();
        for (now, expected) in [
            ("2024-06-03T08:00:00Z", "surveys-not-yet"),
            ("2024-06-03T22:00:00Z", ""), // the first day in Heemskerk
            ("2024-06-05T21:59:59Z", ""),
            ("2024-06-05T22:00:00Z", "surveys-over"),
        ] {
            let later = Cx { now: At(now.parse().unwrap()), ..stranger.clone() };
            let outcome = give(&later).await;
            assert_eq!(outcome.map(|()| String::new()).unwrap_or_else(|f| fault::<()>(Err(f))), expected, "{now}");
        }
    }

    async fn a_code_works_once_and_is_gone(db) {
        let app = app(db).await;
        let adviser = adviser(&app);
        let slug = published(&adviser).await;
        for wrong in ["0", "-1", "veel", "20001"] {
            let made = make_codes(&adviser, &slug, (id(&adviser), version(&app, &slug).await), wrong).await;
            assert_eq!(fault(made), "codes surveys-codes-number", "{wrong}");
        }
        let request = (id(&adviser), version(&app, &slug).await);
        let codes = make_codes(&adviser, &slug, request, "30").await.unwrap();
        let mut once = codes.clone();
        once.sort();
        once.dedup();
        assert_eq!((once.len(), count(&app, "select count(*) as n from survey_code").await), (30, 30));
        assert_eq!(fault(make_codes(&adviser, &slug, request, "30").await), "surveys-codes-once");
        let stranger = cx(&app, None);
        let with = |code: &str| form(&stranger, &[("q1", "o1"), ("code", code)]);
        // letters that look like a digit, small letters and a forgotten hyphen are all the same code
        let typed = codes[0].to_lowercase().replace('-', "").replace('0', "o").replace('1', "l");
        answer::give(&stranger, &slug, &with(&typed), Channel::Web).await.unwrap();
        assert_eq!(count(&app, "select count(*) as n from survey_code").await, 29, "destroyed at use");
        assert_eq!(fault(answer::give(&stranger, &slug, &with(&typed), Channel::Web).await), "code surveys-code-wrong");
        // a form with another fault does not use the code up
        let faulty = form(&stranger, &[("q2", "99"), ("code", &codes[1])]);
        assert_eq!(fault(answer::give(&stranger, &slug, &faulty, Channel::Web).await), "q2 surveys-answer-number");
        answer::give(&stranger, &slug, &with(&codes[1]), Channel::Web).await.unwrap();
        assert_eq!(count(&app, "select count(*) as n from survey_answer where sample = 'invited'").await, 2);
        step(&adviser, &slug, Standing::Closed).await.unwrap();
        assert_eq!(count(&app, "select count(*) as n from survey_code").await, 0, "the others too, at closing");
    }

    async fn closing_keeps_weighted_totals_that_the_plan_can_read(db) {
        let app = app(db).await;
        let adviser = adviser(&app);
        let slug = published(&adviser).await;
        let stranger = cx(&app, None);
        // 60 answers from the west (30 safe), 60 from the east (all safe); three in four people live in the west:
        // weights 1.5 and 0.5, so 62.5 % is safe
        for i in 0..120 {
            let (area, choice) = if i < 60 { ("BU03960101", if i < 30 { "o1" } else { "o2" }) } else { ("BU03960201", "o1") };
            answer::give(&stranger, &slug, &form(&stranger, &[("q1", choice), ("area", area)]), Channel::Web).await.unwrap();
        }
        let mut tx = app.main.read().await.unwrap();
        assert_eq!(crate::result(&mut tx, "GM0396", &slug, "q1", "o1").await.unwrap(), None, "not before it is closed");
        drop(tx);
        // the job closes on the day after its last, and not before
        let job = jobs::Job { id: id(&adviser), municipality: "GM0396".into(), name: design::CLOSE.into(),
            payload: format!(r#"{{"survey":"{slug}"}}"#), attempts: 1, vault: "main" };
        for (now, expected) in [("2024-06-10T21:00:00Z", State::Open), ("2024-06-10T22:00:00Z", State::Closed)] {
            app.clock.set(now.parse().unwrap());
            close_due(app.clone(), job.clone()).await.unwrap();
            assert_eq!(state(&app, &slug).await, expected, "{now}");
        }
        close_due(app.clone(), job).await.unwrap();
        let mut tx = app.main.read().await.unwrap();
        let read = crate::result(&mut tx, "GM0396", &slug, "q1", "o1").await.unwrap().unwrap();
        assert!((read.value - 62.5).abs() < 1e-9 && read.n == 120 && !read.few && !read.drawn, "{read:?}");
        assert!(read.low < 55.0 && read.low > 50.0 && read.high < 72.0, "{read:?}");
        let year = |y: i16| (At(format!("{y}-01-01T00:00:00Z").parse().unwrap()), At(format!("{}-01-01T00:00:00Z", y + 1).parse().unwrap()));
        let of = async |tx: &mut kit::Tx, y| crate::result_of_year(tx, "GM0396", &slug, "q1", "o1", year(y)).await.unwrap();
        assert!(of(&mut tx, 2024).await.is_some() && of(&mut tx, 2023).await.is_none());
        assert_eq!(crate::result(&mut tx, "GM0396", &slug, "q2", "mean").await.unwrap(), None, "nobody gave a mark");
        let survey = read_id(&mut tx, &slug).await;
        let totals = store::totals(&mut tx, "GM0396", survey).await.unwrap();
        let west = totals.iter().find(|t| t.area == "WK039601" && t.option == "o1").unwrap();
        assert_eq!((west.status, west.n), (Status::Few, 60));
        assert!(west.apart_high.unwrap() < 0.0, "the west is surely less safe than the rest: {west:?}");
        drop(tx);
        // a year after closing the answers go; the totals stay
        let later = At("2025-07-01T00:00:00Z".parse().unwrap());
        let mut tx = app.main.write().await.unwrap();
        assert_eq!(retention::ANSWER.total(&mut tx, "GM0396").await.unwrap(), 120);
        assert_eq!(retention::ANSWER.due(&mut tx, "GM0396", later).await.unwrap()[0].rows, 120);
        assert_eq!(retention::ANSWER.go(&mut tx, "GM0396", later, 100).await.unwrap(), 100);
        assert_eq!(retention::ANSWER.go(&mut tx, "GM0396", later, 100).await.unwrap(), 20);
        assert!(crate::result(&mut tx, "GM0396", &slug, "q1", "o1").await.unwrap().is_some());
    }

    async fn the_demonstration_has_a_closed_survey_and_an_open_poll(db) {
        let app = app(db).await;
        let home = app.home().unwrap().clone();
        crate::seed::seed(&app, &home, &adviser(&app).actor, app.clock.now()).await.unwrap();
        assert_eq!(state(&app, "enquete-handhaving").await, State::Closed);
        assert_eq!(state(&app, "peiling-wat-is-voor-u-het-belangrijkst").await, State::Open);
        let mut tx = app.main.read().await.unwrap();
        let mark = crate::result(&mut tx, "GM0396", "enquete-handhaving", "q1", "mean").await.unwrap().unwrap();
        assert!(mark.n == 420 && mark.low < mark.value && mark.value < mark.high && (5.0..9.0).contains(&mark.value), "{mark:?}");
        let survey = store::by_slug(&mut tx, "GM0396", "enquete-handhaving").await.unwrap().unwrap();
        assert_eq!((survey.summary[0].sample, survey.summary[0].n), (Sample::Open, 420));
        assert!(survey.summary[0].weighting.deff > 1.0 && survey.summary[0].paper > 0);
    }
}

async fn read_id(tx: &mut kit::Tx, slug: &str) -> Uuid {
    store::by_slug(tx, "GM0396", slug).await.unwrap().unwrap().id
}

fn router(app: &Shared) -> axum::Router {
    use crate::answer::web as answer;
    use crate::design::web as design;
    use outcome::web as outcome;
    let table = site::routes::Table::new(app)
        .get("/surveys", "survey:answer", outcome::list)
        .get("/surveys/manage", "survey:read", outcome::manage)
        .get("/surveys/new", "survey:edit", design::new)
        .post("/surveys/new", "survey:edit", design::new_submit)
        .get("/surveys/{slug}", "survey:answer", answer::form)
        .post("/surveys/{slug}", "survey:answer", answer::send)
        .get("/surveys/{slug}/thanks", "survey:answer", answer::thanks)
        .get("/surveys/{slug}/outcome", "survey:answer", outcome::public)
        .get("/surveys/{slug}/outcome.csv", "survey:answer", outcome::public_csv)
        .get("/surveys/{slug}/results", "survey:read", outcome::results)
        .get("/surveys/{slug}/results.csv", "survey:read", outcome::results_csv)
        .get("/surveys/{slug}/words", "survey:edit", outcome::words)
        .get("/surveys/{slug}/design", "survey:edit", design::design)
        .get("/surveys/{slug}/head", "survey:edit", design::edit_head)
        .post("/surveys/{slug}/head", "survey:edit", design::edit_head_submit)
        .post("/surveys/{slug}/state", "survey:edit", design::state_submit)
        .post("/surveys/{slug}/copy", "survey:edit", design::copy_submit)
        .post("/surveys/{slug}/codes", "survey:edit", design::codes_submit)
        .get("/surveys/{slug}/preview", "survey:edit", answer::preview)
        .get("/surveys/{slug}/paper", "survey:edit", answer::paper)
        .post("/surveys/{slug}/paper", "survey:edit", answer::paper_submit)
        .get("/surveys/{slug}/questions/{question}", "survey:edit", design::question)
        .post("/surveys/{slug}/questions/{question}", "survey:edit", design::question_submit)
        .post("/surveys/{slug}/questions/{question}/move", "survey:edit", design::move_submit);
    testkit::web(app, table)
}

async fn english(caller: &Caller, path: &str) -> testkit::Answer {
    let request = axum::http::Request::get(path).header("cookie", "language=en");
    caller.send(request.body(axum::body::Body::empty()).unwrap()).await
}

fn whole(answer: &testkit::Answer) {
    let at = answer.text.find(">surveys-").or_else(|| answer.text.find("\"surveys-"));
    assert!(at.is_none(), "{}", &answer.text[at.unwrap_or(0)..][..80]);
}

#[tokio::test]
async fn every_page_says_what_it_means_in_both_languages() {
    let app = app(testkit::sqlite().await).await;
    let home = app.home().unwrap().clone();
    crate::seed::seed(&app, &home, &adviser(&app).actor, app.clock.now()).await.unwrap();
    let own = draft(&adviser(&app)).await;
    let router = router(&app);
    let staff = Caller::new(&app, &router, Some(Role::Adviser));
    let (closed, poll) = ("enquete-handhaving", "peiling-wat-is-voor-u-het-belangrijkst");
    for path in [
        "/surveys".to_owned(),
        "/surveys/manage".to_owned(),
        "/surveys/new".to_owned(),
        format!("/surveys/{poll}"),
        format!("/surveys/{poll}/thanks"),
        format!("/surveys/{poll}/paper"),
        format!("/surveys/{poll}/paper?saved=1"),
        format!("/surveys/{poll}/results"),
        format!("/surveys/{closed}/outcome"),
        format!("/surveys/{closed}/results"),
        format!("/surveys/{closed}/words"),
        format!("/surveys/{closed}/design"),
        format!("/surveys/{poll}/design"),
        format!("/surveys/{own}/design"),
        format!("/surveys/{own}/head"),
        format!("/surveys/{own}/preview"),
        format!("/surveys/{own}/questions/new"),
        format!("/surveys/{own}/questions/q1"),
    ] {
        for answer in [staff.get(&path).await, english(&staff, &path).await] {
            assert_eq!(answer.status, 200, "{path}");
            whole(&answer);
            assert!(!answer.text.contains("style="), "{path}: the CSP refuses it");
        }
    }
    let results = staff.get(&format!("/surveys/{closed}/results")).await.text;
    assert!(results.contains("420 antwoorden") && results.contains("regie-chart") && results.contains("Open peiling"));
    let csv = staff.get(&format!("/surveys/{closed}/outcome.csv")).await;
    assert!(csv.text.starts_with("sample,question,") && csv.header("content-type").starts_with("text/csv"));
    assert!(csv.text.lines().all(|l| !l.contains("q6,")), "no open words in the totals");
}

#[tokio::test]
async fn strangers_answer_and_see_only_what_was_shown() {
    let app = app(testkit::sqlite().await).await;
    let adviser = adviser(&app);
    let slug = published(&adviser).await;
    let router = router(&app);
    let stranger = Caller::new(&app, &router, None);
    for path in ["results", "results.csv", "words", "design", "paper", "preview", "questions/q1"] {
        let status = stranger.get(&format!("/surveys/{slug}/{path}")).await.status;
        assert!([401, 403].contains(&status) || status == 303, "{path}: {status}");
    }
    let page = stranger.get(&format!("/surveys/{slug}")).await;
    assert!(page.headers.get("set-cookie").is_none(), "no cookie");
    let request = page.text.split("name=\"request\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    // what was typed stays, the fault is named at its question
    let wrong = [("request", request.as_str()), ("q1", "o1"), ("q2", "12"), ("q3", "Meer licht graag")];
    let answer = stranger.form(&format!("/surveys/{slug}"), &wrong).await;
    assert_eq!(answer.status, 422);
    assert!(
        answer.text.contains("Meer licht graag")
            && answer.text.contains("href=\"#q2\"")
            && answer.text.contains(&request)
    );
    let right = [("request", request.as_str()), ("q1", "o1"), ("q2", "8"), ("area", "BU03960201")];
    for _ in 0..2 {
        let answer = stranger.form(&format!("/surveys/{slug}"), &right).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/surveys/enquete-veiligheid/thanks"));
    }
    assert_eq!(count(&app, ANSWERS).await, 1);
    assert_eq!(stranger.get(&format!("/surveys/{slug}/outcome")).await.status, 404, "not shown yet");
    step(&adviser, &slug, Standing::Closed).await.unwrap();
    assert_eq!(stranger.get(&format!("/surveys/{slug}/outcome")).await.status, 404, "closed is not shown");
    step(&adviser, &slug, Standing::Shown(true)).await.unwrap();
    let shown = stranger.get(&format!("/surveys/{slug}/outcome")).await;
    assert!(shown.status == 200 && shown.text.contains("te weinig antwoorden"), "one answer shows nothing");
    step(&adviser, &slug, Standing::Shown(false)).await.unwrap();
    assert_eq!(stranger.get(&format!("/surveys/{slug}/outcome.csv")).await.status, 404);
}

#[tokio::test]
async fn the_adviser_designs_with_forms_alone() {
    let app = app(testkit::sqlite().await).await;
    let router = router(&app);
    let staff = Caller::new(&app, &router, Some(Role::Adviser));
    let request = || app.clock.id().to_string();
    let empty = staff.form("/surveys/new", &[("request", &request()), ("title", ""), ("intro", "Bewaard")]).await;
    assert!(empty.status == 422 && empty.text.contains("Bewaard"));
    let fields = [
        ("request", &*request()),
        ("title", "Peiling"),
        ("title-en", "Poll"),
        ("intro", "Waarom"),
        ("intro-en", "Why"),
    ];
    let made = staff.form("/surveys/new", &fields).await;
    assert_eq!(made.location, "/surveys/peiling/design?saved=1");
    let (r, v) = (request(), version(&app, "peiling").await.to_string());
    let question = [
        ("request", &*r),
        ("version", &*v),
        ("kind", "rank"),
        ("text", "Wat eerst?"),
        ("text-en", "What first?"),
        ("options", "Afval\r\nVerkeer\r\n\r\nJeugd"),
        ("options-en", "Waste\r\nTraffic\r\nYouth"),
        ("required", "yes"),
    ];
    let saved = staff.form("/surveys/peiling/questions/new", &question).await;
    assert_eq!(saved.location, "/surveys/peiling/design?saved=1", "{}", saved.text);
    let preview = staff.get("/surveys/peiling/preview").await.text;
    assert!(preview.contains("name=\"q1-3\"") && preview.contains("Verkeer") && !preview.contains("action=\"/surveys"));
    let (r, v) = (request(), version(&app, "peiling").await.to_string());
    let publish =
        [("request", &*r), ("version", &*v), ("to", "open"), ("opens_on", "2024-06-03"), ("closes_on", "2024-06-09")];
    assert_eq!(staff.form("/surveys/peiling/state", &publish).await.status, 303);
    assert_eq!(
        staff
            .form("/surveys/peiling/state", &[("request", &request()), ("version", &v), ("to", "closed")])
            .await
            .status,
        409
    );
    assert_eq!(staff.get("/surveys/peiling/questions/q1").await.status, 409, "frozen");
    let (r, v) = (request(), version(&app, "peiling").await.to_string());
    let codes = staff.form("/surveys/peiling/codes", &[("request", &r), ("version", &v), ("codes", "3")]).await;
    assert_eq!((codes.text.lines().count(), codes.header("cache-control")), (4, "no-store"));
    let invited = codes.text.lines().nth(1).unwrap().split_once("http://regie.test").unwrap().1.to_owned();
    let code = invited.split_once("code=").unwrap().1.to_owned();
    assert!(staff.get(&invited).await.text.contains(&format!("value=\"{code}\"")));
    assert_eq!(
        staff.form("/surveys/peiling/copy", &[("request", &request())]).await.location,
        "/surveys/peiling-2/design?saved=1"
    );
}
