use crate::ExchangeConfig;
use crate::fixture;
use crate::signalen::import::{File, Options, Report, Stop, run};
use kit::args;
use policy::Role;
use signals::State;
use site::Cx;
use site::routes::Table;
use testkit::{Caller, db_test, web};

fn file(name: &str, text: &str) -> File {
    File { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

const SIGNALS: &str = "id,signal_uuid,source,text,text_extra,incident_date_start,incident_date_end,created_at,updated_at,operational_date,expire_date,image,upload,extra_properties,category_assignment_id,location_id,reporter_id,status_id,priority,priority_created_at,parent,type,type_created_at,directing_departments_assignment_id
12,b1,online,\"Zakken naast de bak,
al een week\",veel stank,2024-03-01 10:00:00.5+00,,2024-03-01 11:00:00.123456+00,2024-03-05 12:00:00+00,,,,,null,71,61,51,103,normal,2024-03-01 11:00:00+00,,SIG,2024-03-01 11:00:00+00,
13,b2,Telefoon – CCA,Lamp kapot,,2022-01-01 10:00:00+00,,2022-01-01 11:00:00+00,2022-01-05 12:00:00+00,,,,,null,72,62,52,110,high,2022-01-01 11:00:00+00,,QUE,2022-01-01 11:00:00+00,
14,b3,Interne melding,Brug open,,2024-05-01 10:00:00+00,,2024-05-01 11:00:00+00,2024-05-01 11:00:00+00,,,,,null,73,63,53,111,low,2024-05-01 11:00:00+00,,COM,2024-05-01 11:00:00+00,
";
const STATUSES: &str =
    "id,text,user,target_api,state_display,extern,created_at,updated_at,extra_properties,_signal_id,state
100,,,,Gemeld,False,2024-03-01 11:00:00.2+00,2024-03-01 11:00:00+00,null,12,m
101,Wordt bekeken,a@b.nl,,In behandeling,False,2024-03-02 11:00:00+00,2024-03-02 11:00:00+00,null,12,b
102,Nog steeds bezig,a@b.nl,,In behandeling,False,2024-03-03 11:00:00+00,2024-03-03 11:00:00+00,null,12,b
103,Opgehaald,a@b.nl,,Afgehandeld,False,2024-03-05 12:00:00+00,2024-03-05 12:00:00+00,null,12,o
109,,,,Gemeld,False,2022-01-01 11:00:00+00,2022-01-01 11:00:00+00,null,13,m
110,Gemaakt,a@b.nl,,Afgehandeld,False,2022-01-05 12:00:00+00,2022-01-05 12:00:00+00,null,13,o
111,,,,Gemeld,False,2024-05-01 11:00:00+00,2024-05-01 11:00:00+00,null,14,m
";
const LOCATIONS: &str = "id,lat,lng,stadsdeel,buurt_code,address,address_text,created_at,updated_at,extra_properties,_signal_id
61,4.67,52.51,,BU03960002,\"{\"\"openbare_ruimte\"\": \"\"Maerelaan\"\", \"\"huisnummer\"\": 12, \"\"huisletter\"\": \"\"A\"\", \"\"huisnummer_toevoeging\"\": \"\"2\"\", \"\"postcode\"\": \"\"1961AA\"\", \"\"woonplaats\"\": \"\"Heemskerk\"\"}\",,2024-03-01 11:00:00+00,2024-03-01 11:00:00+00,null,12
62,52.51,4.60,,,null,Strandweg 1,2022-01-01 11:00:00+00,2022-01-01 11:00:00+00,null,13
63,4.66,52.50,,,null,Kanaal,2024-05-01 11:00:00+00,2024-05-01 11:00:00+00,null,14
";
const CATEGORIES: &str = "id,main,sub,main_slug,sub_slug,departments,created_at,updated_at,extra_properties,_signal_id,deadline,deadline_factor_3
71,Afval,Huisafval,afval,huisafval,,2024-03-01 11:00:00+00,2024-03-01 11:00:00+00,null,12,,
72,Wegen,Straatverlichting,wegen-verkeer-straatmeubilair,straatverlichting-openbare-klok,,2022-01-01 11:00:00+00,2022-01-01 11:00:00+00,null,13,,
73,Wegen,Brug,wegen-verkeer-straatmeubilair,brug,,2024-05-01 11:00:00+00,2024-05-01 11:00:00+00,null,14,,
";
const REPORTERS: &str = "id,email,phone,is_anonymized,created_at,updated_at,extra_properties,_signal_id
51,zoe@voorbeeld.nl,0612345678,False,2024-03-01 11:00:00+00,2024-03-01 11:00:00+00,,12
52,oud@voorbeeld.nl,,False,2022-01-01 11:00:00+00,2022-01-01 11:00:00+00,,13
53,,,False,2024-05-01 11:00:00+00,2024-05-01 11:00:00+00,,14
";
const NOTES: &str = "id,created_at,updated_at,_signal_id,text
1,2024-03-04 09:00:00+00,2024-03-04 09:00:00+00,12,Container was vol
";

fn set() -> Vec<File> {
    vec![
        file("110000UTC_signals.csv", SIGNALS),
        file("110000UTC_signals_assigned_user.csv", "id,assigned_to,assigned_at\n"),
        file("statuses.csv", STATUSES),
        file("locations.csv", LOCATIONS),
        file("categories.csv", CATEGORIES),
        file("reporters.csv", REPORTERS),
        file("notes.csv", NOTES),
    ]
}

fn with(name: &str, text: &str) -> Vec<File> {
    set().into_iter().map(|f| if f.name.ends_with(name) { file(name, text) } else { f }).collect()
}

fn all() -> Options {
    Options { contact: true, ..Options::default() }
}

async fn count(cx: &Cx, sql: &'static str) -> i64 {
    let mut tx = cx.read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, args![cx.code()]).await.unwrap();
    n
}

async fn refused(cx: &Cx, files: &[File], options: &Options) -> Vec<(&'static str, String)> {
    let wrong = match run(cx, files, options, true).await {
        Err(Stop::Files(wrong)) => wrong,
        Err(Stop::Rows(report)) => report.refused,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        count(cx, "select cast(count(*) as bigint) from signal where municipality = $1").await,
        0,
        "nothing is half-imported"
    );
    assert!(wrong.iter().all(|w| !w.sentence(&cx.words).starts_with("exchange-")), "{wrong:?}");
    wrong.into_iter().map(|w| (w.key, format!("{}:{}", w.file, w.line))).collect()
}

fn small(report: &Report) -> (usize, usize, usize, usize) {
    (report.read, report.new, report.known, report.refused.len())
}

#[test]
fn every_state_and_category_of_signalen_has_a_place_here() {
    let folder = testkit::root().join("config/heemskerk");
    let text = std::fs::read_to_string(folder.join("categories.toml")).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    let ids = table["category"].as_array().unwrap().iter().map(|c| c["priority"].as_str().unwrap().to_owned());
    let priorities = ids.map(|id| (id, kit::Text::default())).collect();
    let catalogue = signals::Catalogue::read(&folder, priorities).unwrap();
    let words = ExchangeConfig::read(&folder, &catalogue).unwrap().words.unwrap();
    for code in [
        "m",
        "i",
        "b",
        "h",
        "o",
        "a",
        "s",
        "reopened",
        "closure requested",
        "ingepland",
        "reopen requested",
        "reaction requested",
        "reaction received",
        "forward to external",
        "ready to send",
        "sent",
        "send failed",
        "done external",
    ] {
        assert!(words.state(code).is_some(), "{code}");
    }
    assert_eq!(words.state_codes().filter(|(code, _)| !code.is_empty()).count(), 18);
    assert_eq!(words.state("Extern: verzonden"), Some(State::Forwarded), "histories give the name");
    for state in State::ALL {
        let (code, _) = words.state_there(*state);
        assert_eq!(words.state(code), Some(*state), "{state} goes there and comes back");
    }
    for category in catalogue.categories.iter().filter(|c| words.category_there(&c.id).is_none()) {
        assert!(["dog-loose", "speeding", "housing-nuisance"].contains(&category.id.as_str()), "{}", category.id);
    }
    let Some(path) = testkit::shared("data/taxonomie/signalen_categorieen.csv") else { return };
    let mut unknown = Vec::new();
    let mut slugs = 0;
    for row in csv::Reader::from_path(path).unwrap().records() {
        let row = row.unwrap();
        slugs += 1;
        let slug = format!("{}/{}", &row[0], &row[2]);
        if words.category(&slug).is_none() {
            unknown.push(slug);
        }
    }
    assert_eq!((slugs, unknown), (77, vec!["overig/overig".to_owned()]));
}

db_test! {
    async fn an_export_moves_in_whole_and_once(db) {
        let app = fixture::app(db, "").await;
        let cx = testkit::cx(&app, Some(Role::Administrator));
        let dry = run(&cx, &set(), &all(), false).await.unwrap();
        assert_eq!(small(&dry), (3, 3, 0, 0));
        assert_eq!(dry.unused, ["110000UTC_signals_assigned_user.csv"]);
        assert_eq!(count(&cx, "select cast(count(*) as bigint) from signal where municipality = $1").await, 0, "dry");
        assert_eq!(dry.contacts, 1, "details of the old report may not be kept any more");
        assert_eq!(dry.changed.iter().map(|w| (w.key, w.number.as_str())).collect::<Vec<_>>(), [("exchange-row-contact-old", "13")]);

        let done = run(&cx, &set(), &all(), true).await.unwrap();
        assert_eq!((small(&done), done.applied, done.events), (small(&dry), true, dry.events));
        let mut tx = cx.read().await.unwrap();
        type Row = (String, String, String, String, String, String, String, String, Option<f64>, i64);
        let rows: Vec<Row> = tx
            .all(
                "select reference, kind, channel, source, category, state, urgency, address, lon,
                    coalesce(closed_at, 0) as closed
                 from signal where municipality = $1 order by reported_at desc",
                args![cx.code()],
            )
            .await
            .unwrap();
        let said: Vec<String> = rows
            .iter()
            .map(|r| format!("{} {} {} {} {} {} {} {} {:?} {}", r.0, r.1, r.2, r.3, r.4, r.5, r.6, r.7, r.8, r.9 / 86_400_000_000))
            .collect();
        assert_eq!(said, [
            "SIG-14 complaint desk import traffic-situation reported low Kanaal Some(4.66) 0",
            "SIG-12 report web resident household-waste done normal Maerelaan 12A-2, 1961AA Heemskerk Some(4.67) 19787",
            "SIG-13 question phone resident street-lighting done high Strandweg 1 Some(4.6) 18997",
        ], "coordinates come right whichever column they stand in");
        let (words,): (String,) = tx.one("select words from signal where municipality = $1 and reference = 'SIG-12'", args![cx.code()]).await.unwrap();
        assert_eq!(words, "Zakken naast de bak,\nal een week\n\nveel stank");
        let history: Vec<(String, String, String, String)> = tx
            .all(
                "select e.kind, e.was, e.becomes, e.note from signal_event e
                 join signal s on s.municipality = e.municipality and s.id = e.signal_id
                 where e.municipality = $1 and s.reference = 'SIG-12' order by e.at, e.id",
                args![cx.code()],
            )
            .await
            .unwrap();
        let history: Vec<String> = history.iter().map(|(k, w, b, n)| format!("{k} {w}>{b} {n}")).collect();
        assert_eq!(history, [
            "state >reported ",
            "state reported>in-progress Wordt bekeken",
            "note > Nog steeds bezig",
            "note > Container was vol",
            "state in-progress>done Opgehaald",
        ]);
        drop(tx);
        assert_eq!(count(&cx, "select cast(count(*) as bigint) from reporter where municipality = $1").await, 1);
        assert_eq!(count(&cx, "select cast(count(*) as bigint) from audit_entry where municipality = $1 and action = 'signal:import'").await, 1);
        assert_eq!(count(&cx, "select cast(count(*) as bigint) from processing_log where municipality = $1").await, 1);
        assert_eq!(count(&cx, "select cast(count(*) as bigint) from job where municipality = $1 and name = 'picture-refresh'").await, 1);

        let events = count(&cx, "select cast(count(*) as bigint) from signal_event where municipality = $1").await;
        let again = run(&cx, &set(), &all(), true).await.unwrap();
        assert_eq!(small(&again), (3, 0, 3, 0));
        assert_eq!(count(&cx, "select cast(count(*) as bigint) from signal_event where municipality = $1").await, events);
        let more = SIGNALS.replace("14,b3", "15,b4");
        let more = with("signals.csv", &more).into_iter().map(|f| if f.name == "statuses.csv" { file("statuses.csv", &STATUSES.replace(",14,m", ",15,m")) } else { f }).collect::<Vec<_>>();
        assert_eq!(small(&run(&cx, &more, &all(), true).await.unwrap()), (3, 1, 2, 0), "a later export adds what is new");
        assert_eq!(count(&cx, "select cast(count(*) as bigint) from signal_event where municipality = $1").await, events + 1);
    }

    async fn bad_files_stop_and_say_where(db) {
        let app = fixture::app(db, "").await;
        let cx = testkit::cx(&app, Some(Role::Administrator));
        let cut = STATUSES.trim_end().rsplit_once(",null").unwrap().0.to_owned();
        let between = STATUSES.split_inclusive('\n').take(4).collect::<String>();
        let mut latin = STATUSES.replace("Opgehaald", "é").into_bytes();
        let at = latin.windows(2).position(|w| w == [0xc3, 0xa9]).unwrap();
        latin.splice(at..at + 2, [0xe9]);
        let encoding: Vec<File> = set().into_iter().map(|f| if f.name == "statuses.csv" { File { bytes: latin.clone(), ..f } } else { f }).collect();
        let without: Vec<File> = set().into_iter().filter(|f| f.name != "locations.csv").collect();
        for (what, files, key, place) in [
            ("nothing", vec![], "exchange-file-none", ":0"),
            ("a file is missing", without, "exchange-file-absent", "locations.csv:0"),
            ("cut off in a row", with("statuses.csv", &cut), "exchange-file-cut", "statuses.csv:8"),
            ("cut off in quotes", with("signals.csv", SIGNALS.split_once(" bak").unwrap().0), "exchange-file-cut", "signals.csv:0"),
            ("cut off between rows", with("statuses.csv", &between), "exchange-row-status", "110000UTC_signals.csv:2"),
            ("not UTF-8", encoding, "exchange-file-encoding", "statuses.csv:0"),
            ("UTF-16", with("statuses.csv", "\u{feff}i\0d\0"), "exchange-file-encoding", "statuses.csv:0"),
            ("a page", with("statuses.csv", "<!DOCTYPE html><html>Log in</html>"), "exchange-file-html", "statuses.csv:0"),
            ("packed", with("statuses.csv", "PK\u{3}\u{4}..."), "exchange-file-packed", "statuses.csv:0"),
            ("empty", with("statuses.csv", " \n"), "exchange-file-empty", "statuses.csv:0"),
            ("a column has another name", with("statuses.csv", &STATUSES.replace("_signal_id", "melding")), "exchange-file-columns", "statuses.csv:0"),
            ("a row too short", with("categories.csv", &CATEGORIES.replace(",null,12,,", "")), "exchange-row-fields", "categories.csv:2"),
            ("an unknown state", with("statuses.csv", &STATUSES.replace(",12,b", ",12,x")), "exchange-row-state", "110000UTC_signals.csv:2"),
            ("an unknown category", with("categories.csv", &CATEGORIES.replace("huisafval,,", "ruimteafval,,")), "exchange-row-category", "110000UTC_signals.csv:2"),
            ("the same number twice", with("signals.csv", &SIGNALS.replace("\n13,", "\n12,")), "exchange-row-twice", "signals.csv:4"),
            ("no number", with("signals.csv", &SIGNALS.replace("\n13,", "\nx,")), "exchange-row-number", "signals.csv:4"),
            ("a wrong time", with("signals.csv", &SIGNALS.replace("2022-01-01 11:00:00+00,2022", "1 januari,2022")), "exchange-row-time", "signals.csv:4"),
            ("the future", with("signals.csv", &SIGNALS.replace("2022-01-01 11:00:00+00,2022", "2032-01-01 11:00:00+00,2022")), "exchange-row-future", "signals.csv:4"),
            ("elsewhere", with("locations.csv", &LOCATIONS.replace("4.67,52.51", "4.90,52.37")), "exchange-row-outside", "110000UTC_signals.csv:2"),
            ("a type of tomorrow", with("signals.csv", &SIGNALS.replace("QUE", "XXX")), "exchange-row-type", "signals.csv:4"),
            ("JSON cut off", vec![file("page.json", "{\"results\": [{")], "exchange-file-cut", "page.json:0"),
            ("JSON of something else", vec![file("page.json", "[{\"naam\": 1}]")], "exchange-file-schema", "page.json:0"),
            ("no JSON", vec![file("page.json", "{'results': []}")], "exchange-file-json", "page.json:0"),
        ] {
            let wrong = refused(&cx, &files, &all()).await;
            assert!(wrong.contains(&(key, place.to_owned())), "{what}: {wrong:?}");
        }
        let other = with("categories.csv", &CATEGORIES.replace("huisafval,,", "ruimteafval,,"));
        let skip = Options { skip: true, ..all() };
        assert_eq!(small(&run(&cx, &other, &skip, false).await.unwrap()), (3, 2, 0, 1), "the others may come");
        let fallback = Options { fallback: Some("litter".to_owned()), ..all() };
        assert_eq!(small(&run(&cx, &other, &fallback, false).await.unwrap()), (3, 3, 0, 0));
        let outside = with("locations.csv", &LOCATIONS.replace("4.67,52.51", "4.90,52.37"));
        assert_eq!(small(&run(&cx, &outside, &Options { outside: true, ..all() }, false).await.unwrap()), (3, 3, 0, 0));
        for role in [Role::Intake, Role::Coordinator, Role::Mayor] {
            let cx = testkit::cx(&app, Some(role));
            assert!(matches!(run(&cx, &set(), &all(), false).await, Err(Stop::Fault(kit::Fault::Refused { .. }))), "{role}");
        }
    }

    async fn answers_of_the_api_move_in_too(db) {
        let app = fixture::app(db, "").await;
        let cx = testkit::cx(&app, Some(Role::Administrator));
        let page = r#"{"_links":{"self":{"href":""},"next":{"href":null},"previous":{"href":null}},"count":2,"results":[
            {"id":7,"status":{"state":"m","text":null,"created_at":"2024-05-01T08:00:00+00:00"},"text":"kort"},
            {"id":8,"text":"Graffiti op de muur","text_extra":"","created_at":"2024-05-02T10:00:00+02:00","category":{"main_slug":"overlast-in-de-openbare-ruimte","sub_slug":"graffiti-wildplak"},
             "location":{"geometrie":{"type":"Point","coordinates":[4.67,52.51]},"address_text":"Plein 1"},
             "status":{"state":"ingepland","text":"Morgen","created_at":"2024-05-03T10:00:00+02:00"},
             "priority":{"priority":"high"},"reporter":{"email":"","phone":""},"notes":[{"text":"Foto bekeken","created_by":null}],"source":"online"}]}"#;
        let detail = r#"{"id":7,"text":"Zwerfvuil in het park","created_at":"2024-05-01T10:00:00+02:00","incident_date_start":"2024-05-01T09:00:00+02:00",
            "category":{"main_slug":"afval","sub_slug":"veeg-zwerfvuil"},"location":{"id":1,"geometrie":{"type":"Point","coordinates":[4.60,52.50]},"address":{"openbare_ruimte":"Park","huisnummer":1,"huisletter":"","huisnummer_toevoeging":"","postcode":"","woonplaats":"Heemskerk"}},
            "status":{"state":"o","text":"Schoon","created_at":"2024-05-04T10:00:00+02:00"},"priority":{"priority":"normal"},"type":{"code":"SIG"},"reporter":{"email":"a@b.nl","phone":""},"notes":[]}"#;
        let history = r#"[
            {"identifier":"UPDATE_STATUS_3","when":"2024-05-04T10:00:00+02:00","what":"UPDATE_STATUS","action":"Status gewijzigd naar: Afgehandeld","description":"Schoon","who":"x","_signal":7},
            {"identifier":"CREATE_NOTE_1","when":"2024-05-03T11:00:00+02:00","what":"CREATE_NOTE","action":"Notitie toegevoegd:","description":"Aannemer gebeld","who":"x","_signal":7},
            {"identifier":"UPDATE_STATUS_2","when":"2024-05-02T09:00:00+02:00","what":"UPDATE_STATUS","action":"Status gewijzigd naar: Extern: verzonden","description":"","who":"x","_signal":7},
            {"identifier":"UPDATE_STATUS_1","when":"2024-05-01T10:00:00+02:00","what":"UPDATE_STATUS","action":"Status gewijzigd naar: Gemeld","description":null,"who":"x","_signal":7}]"#;
        let files = [file("page.json", page), file("7.json", detail), file("7-history.json", history)];
        let report = run(&cx, &files, &Options::default(), true).await.unwrap();
        assert_eq!((small(&report), report.contacts), ((2, 2, 0, 0), 0), "contact details only when they are asked for");
        let mut tx = cx.read().await.unwrap();
        let rows: Vec<(String, String, String, String)> = tx
            .all("select reference, category, state, address from signal where municipality = $1 order by reference", args![cx.code()])
            .await
            .unwrap();
        assert_eq!(rows, [
            ("SIG-7".to_owned(), "litter".to_owned(), "done".to_owned(), "Park 1, Heemskerk".to_owned()),
            ("SIG-8".to_owned(), "graffiti".to_owned(), "planned".to_owned(), "Plein 1".to_owned()),
        ]);
        let notes: Vec<(String, String)> = tx
            .all("select becomes, note from signal_event where municipality = $1 and (note <> '' or becomes = 'forwarded') order by at, id", args![cx.code()])
            .await
            .unwrap();
        let notes: Vec<String> = notes.into_iter().map(|(b, n)| format!("{b}:{n}")).collect();
        assert_eq!(notes, ["forwarded:", ":Foto bekeken", "planned:Morgen", ":Aannemer gebeld", "done:Schoon"]);
    }

    async fn the_page_tries_first_and_then_imports_once(db) {
        let app = fixture::app(db, "").await;
        let table = Table::new(&app)
            .get("/exchange/signalen/import", "exchange:edit", crate::signalen::import_form)
            .upload("/exchange/signalen/import", "exchange:edit", crate::signalen::import_send)
            .post("/exchange/signalen/import/apply", "exchange:edit", crate::signalen::import_apply);
        let router = web(&app, table);
        let caller = Caller::new(&app, &router, Some(Role::Administrator));
        let cx = testkit::cx(&app, Some(Role::Administrator));
        fixture::no_bare_keys(&caller.get("/exchange/signalen/import").await.text);
        let send = async |files: &[File]| {
            let mut body = String::new();
            for file in files {
                body.push_str(&format!("--X\r\ncontent-disposition: form-data; name=\"files\"; filename=\"C:\\data\\{}\"\r\n\r\n", file.name));
                body.push_str(std::str::from_utf8(&file.bytes).unwrap());
                body.push_str("\r\n");
            }
            body.push_str("--X\r\ncontent-disposition: form-data; name=\"contact\"\r\n\r\nyes\r\n--X--\r\n");
            let request = axum::http::Request::post("/exchange/signalen/import")
                .header("content-type", "multipart/form-data; boundary=X")
                .body(axum::body::Body::from(body))
                .unwrap();
            caller.send(request).await
        };
        let bad = send(&with("statuses.csv", "<html>")).await;
        assert_eq!(bad.status, 422);
        assert!(bad.text.contains("Dit is een webpagina") && bad.text.contains("statuses.csv"), "{}", bad.text);
        let dry = send(&set()).await;
        assert_eq!(dry.status, 200, "{}", dry.text);
        fixture::no_bare_keys(&dry.text);
        assert!(dry.text.contains("Er is nog niets overgenomen"));
        assert!(!dry.text.contains("Zakken naast"), "a report says no words");
        let upload = dry.text.split_once("name=\"upload\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
        let apply = [("upload", upload.as_str()), ("contact", "yes"), ("fallback", "")];
        let done = caller.form("/exchange/signalen/import/apply", &apply).await;
        assert_eq!(done.status, 200, "{}", done.text);
        assert!(done.text.contains("De meldingen zijn overgenomen"));
        assert_eq!(count(&cx, "select cast(count(*) as bigint) from signal where municipality = $1").await, 3);
        assert_eq!(count(&cx, "select cast(count(*) as bigint) from exchange_upload where municipality = $1").await, 0, "the files are gone");
        assert_eq!(caller.form("/exchange/signalen/import/apply", &apply).await.status, 409);
        let intake = Caller::new(&app, &router, Some(Role::Intake));
        assert_eq!(intake.get("/exchange/signalen/import").await.status, 403);
    }
}
