//! Suggestions from the first day, what a night's training adds, and how it is measured.

use super::evaluate::{Labelled, measure, read_csv};
use super::*;
use crate::fixture;
use crate::intake::NewSignal;
use crate::model::State;
use kit::jobs::Registry;

fn catalogue(folder: &str) -> Catalogue {
    let dir = testkit::root().join("config").join(folder);
    let text = std::fs::read_to_string(dir.join("categories.toml")).unwrap();
    let file: toml::Table = toml::from_str(&text).unwrap();
    let priorities = file["category"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| (c["priority"].as_str().unwrap().to_owned(), kit::Text::default()));
    Catalogue::read(&dir, priorities.collect()).unwrap()
}

#[test]
fn on_the_first_day_the_taxonomy_suggests_and_says_why() {
    let known = catalogue("heemskerk");
    let suggester = Suggester::new(&known).unwrap();
    for (words, category, why) in [
        ("Er ligt weer hondenpoep voor mijn deur", "dog-mess", "hondenpoep"),
        ("De lantaarnpaal voor nummer 12 doet het niet", "street-lighting", "lantaarnpaal"),
        ("two mattresses on the corner", "bulky-waste", "mattresses"),
        ("Autowrak zonder wielen in onze straat", "car-wreck", "Autowrak"),
    ] {
        let found = suggester.suggest(&known, words);
        assert_eq!(found[0].category, category, "{words}: {found:?}");
        assert!(found[0].because.iter().any(|w| w == why), "{words}: {found:?}");
        assert!(found.len() <= 3 && found.iter().all(|s| (0.0..=1.0).contains(&s.share)));
        assert_eq!(found, suggester.suggest(&known, words), "the same words, the same answer");
    }
    for nothing in ["", "hallo", "12345", "   "] {
        assert_eq!(suggester.suggest(&known, nothing), [], "{nothing:?}");
    }
    assert!(Suggester::new(&catalogue("stlouis")).is_some());
    let mut unwanted = known;
    unwanted.suggest = None;
    assert!(Suggester::new(&unwanted).is_none());
}

#[test]
fn speed_on_five_hundred_characters_is_said_aloud() {
    let known = catalogue("heemskerk");
    let suggester = Suggester::new(&known).unwrap();
    let words = "Er ligt al weken afval naast de container bij de flat en de meeuwen trekken alles open. ".repeat(6);
    let start = std::time::Instant::now();
    let n = suggester.suggest(&known, &words).len();
    eprintln!("suggest() on {} characters: {:?}, {n} categories", words.len(), start.elapsed());
    assert!(n <= 3);
}

fn shelve(municipality: &mut kit::Municipality) {
    let known = catalogue(municipality.folder.file_name().unwrap().to_str().unwrap());
    municipality.put(Suggester::new(&known).unwrap());
}

testkit::db_test! {
    async fn a_night_learns_what_staff_chose_and_no_rare_words(db) {
        let app = fixture::app_with(db, shelve).await;
        let cx = fixture::coordinator(&app);
        let home = app.home().unwrap().clone();
        // A word of this town that the taxonomy does not know, and a name.
        let texts = ["knorrepot bij het Kwakelpad", "weer een knorrepot gezien", "knorrepot!!", "de knorrepot van Verweij is er weer"];
        assert_eq!(suggest(&home, "knorrepot").first().filter(|s| s.category == "animals" && s.share > 0.5), None);
        for words in texts {
            let closed = Some(cx.now);
            let new = NewSignal { words: words.into(), category: "animals".into(), state: State::Done, closed_at: closed, ..fixture::report(&cx) };
            fixture::add(&cx, new).await;
        }
        // An open report teaches nothing.
        fixture::add(&cx, NewSignal { words: "knorrepot".into(), category: "litter".into(), ..fixture::report(&cx) }).await;
        assert_eq!(train_now(&app, &home).await.unwrap(), texts.len());
        let found = suggest(&home, "Ik zag een KNORREPOT");
        assert_eq!((found[0].category.as_str(), found[0].because[0].as_str()), ("animals", "KNORREPOT"), "{found:?}");
        assert_eq!(because(&cx.words, &found[0]), "Omdat u schreef: KNORREPOT");
        let model = home.get::<Suggester>().model();
        assert!(model.features().iter().any(|f| f == "=knorrepot"));
        assert!(!model.features().iter().any(|f| f.contains("verwe") || f.contains("kwakel")));
        // Another process takes up what was stored, and the job asks for the next night once.
        let other = Suggester::new(&catalogue("heemskerk")).unwrap();
        let mut tx = app.main.read().await.unwrap();
        other.reload(&mut tx, home.code()).await.unwrap();
        drop(tx);
        assert_eq!(other.model(), model);
        let mut registry = Registry::default();
        registry.add(TRAIN, train);
        let mut tx = app.main.write().await.unwrap();
        for _ in 0..2 {
            schedule(&mut tx, &home, kit::At::from_micros(app.clock.now().micros() - fixture::DAY)).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(registry.run_due(&app.main, &app.clock, &app).await.unwrap(), 1);
        let mut tx = app.main.read().await.unwrap();
        let (waiting,): (i64,) =
            tx.one("select cast(count(*) as bigint) from job where name = 'suggest-train'", vec![]).await.unwrap();
        assert_eq!(waiting, 1);
        let measured = evaluate(&mut tx, &home, None).await.unwrap();
        assert_eq!((measured.learned, measured.tested), (3, 1));
    }
}

#[test]
fn files_of_texts_are_read_or_refused_with_their_line() {
    let all =
        read_csv("\u{feff}text,category,split\n\"Poep, overal\",dog-mess,test\nGlas,litter,\n".as_bytes()).unwrap();
    assert_eq!(all[0], Labelled { text: "Poep, overal".into(), category: "dog-mess".into(), is_test: Some(true) });
    assert_eq!(all[1].is_test, None);
    for (file, line) in [
        ("", "1"),
        ("<html><body>", "1"),
        ("words,category\na,b\n", "1"),
        ("text,category\nGlas,litter\n,litter\n", "3"),
        ("text,category,split\nGlas,litter,half\n", "2"),
        ("text,category\nGlas\n", "2"),
    ] {
        let error = read_csv(file.as_bytes()).unwrap_err().to_string();
        assert!(error.starts_with(&format!("line {line}:")), "{file:?}: {error}");
    }
    let latin1 = read_csv(&b"text,category\nCaf\xe9,litter\n"[..]).unwrap_err().to_string();
    assert!(latin1.starts_with("line 2:"), "{latin1}");
}

#[test]
fn figures_are_of_the_newer_fifth_beside_what_is_trivial() {
    let known = catalogue("heemskerk");
    let config = known.suggest.clone().unwrap();
    let text = |text: &str, category: &str| Labelled { text: text.into(), category: category.into(), is_test: None };
    let mut all: Vec<Labelled> = (0..16).map(|_| text("zwerfvuil op het veld", "litter")).collect();
    all.extend([
        text("hondenpoep op de stoep", "dog-mess"),
        text("de lantaarnpaal is kapot", "street-lighting"),
        text("zwerfvuil", "litter"),
        text("iets anders", "litter"),
        text("telt niet mee", "no-such-category"),
    ]);
    let found = measure(&known, &config, all.clone()).unwrap();
    assert_eq!((found.learned, found.tested), (16, 4));
    assert_eq!(found.most_frequent.top1, 0.5, "half of the test is litter");
    assert!(found.keywords.top1 >= 0.75 && found.model_always.top1 >= 0.75, "{}", found.table());
    assert!(found.taxonomy.top1 >= 0.75);
    assert!(found.table().contains("most frequent") && found.table().contains("street-lighting"));
    assert_eq!(serde_json::to_value(&found).unwrap()["model"]["n"], 4);
    assert_eq!(measure(&known, &config, vec![]), None);
}
