mod away;
mod steps;

use super::draft::Draft;
use super::map::{WIDTHS, place_of};
use crate::category::Catalogue;
use crate::intake::{Reporter, reference};
use crate::photo;
use crate::{handle, report};
use kit::{At, Db, Main, Text, Uuid, args};
use policy::{Resource, Role};
use site::Shared;
use site::routes::Table;
use std::collections::BTreeMap;
use testkit::{Answer, Caller, db_test};

/// The program with the categories and areas of `config/`.
pub(crate) async fn town(db: Db<Main>) -> Shared {
    let app = testkit::app(db, |municipality| {
        let folder = municipality.folder.clone();
        municipality.put(areas::Atlas::new(&municipality.file));
        municipality.put(crate::contact::ContactConfig::read(&folder).unwrap());
        // the plan is another crate's; here its priorities are whatever the categories name
        let text = std::fs::read_to_string(folder.join("categories.toml")).unwrap();
        let priorities = text
            .lines()
            .filter_map(|l| l.strip_prefix("priority = \"")?.strip_suffix('"'))
            .map(|id| (id.to_owned(), Text(BTreeMap::from([("nl".to_owned(), id.to_owned())]))))
            .collect();
        municipality.put(Catalogue::read(&folder, priorities).unwrap());
    });
    areas::import::seed(&app, "GM0396", &testkit::root().join("config/heemskerk/areas.geojson"), 2025).await.unwrap();
    app
}

fn router(app: &Shared) -> axum::Router {
    testkit::web(
        app,
        Table::new(app)
            .get("/", "public:read", report::home)
            .get("/report", "report:create", report::form)
            .upload("/report", "report:create", report::send)
            .upload("/report/draft", "report:create", report::go)
            .get("/report/draft/{id}/{step}", "report:create", report::step)
            .post("/report/suggest", "report:create", report::suggestions)
            .get("/report/map.svg", "report:create", report::map_picture)
            .get("/report/status/{id}", "report:follow", report::status)
            .get("/signals/{id}/photos/{photo}", "signal:photo", photo::show),
    )
}

/// One part of a form: a text, or a file with its name.
pub(crate) enum Part<'a> {
    Text(&'a str, &'a [u8]),
    File(&'a str, &'a str, &'a [u8]),
}

/// Sends a form as a browser does.
pub(crate) async fn send(caller: &Caller, path: &str, parts: &[Part<'_>]) -> Answer {
    let mut body = Vec::new();
    for part in parts {
        let (head, content) = match part {
            Part::Text(name, text) => (format!("name=\"{name}\"\r\n"), text),
            Part::File(name, file, bytes) => {
                (format!("name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: image/jpeg\r\n"), bytes)
            }
        };
        body.extend_from_slice(format!("--edge\r\nContent-Disposition: form-data; {head}\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--edge--\r\n");
    let request = axum::http::Request::post(path)
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(axum::body::Body::from(body))
        .unwrap();
    caller.send(request).await
}

pub(crate) fn fresh_id(app: &Shared) -> Uuid {
    app.clock.id()
}

pub(crate) async fn count(app: &Shared, sql: &'static str) -> i64 {
    let mut tx = app.main.read().await.unwrap();
    let (n,): (i64,) = tx.one(sql, args!["GM0396"]).await.unwrap();
    n
}

const SIGNALS: &str = "select count(*) from signal where municipality = $1";
const PHOTOS: &str = "select count(*) from photo where municipality = $1";
const PENDING: &str = "select count(*) from pending_photo where municipality = $1";

const GOOD: [(&str, &str); 5] = [
    ("category", "litter"),
    ("words", "Overal plastic in het gras <b>&"),
    ("address", "Maerelaan, bij de speeltuin"),
    ("occurred_at", "2024-06-03T09:30"),
    ("name", "Ada Voorbeeld"),
];

fn good<'a>(id: &'a str, other: &'a [(&'a str, &'a str)]) -> Vec<Part<'a>> {
    let mut parts = vec![Part::Text("id", id.as_bytes())];
    for (name, value) in GOOD {
        let value = other.iter().find(|o| o.0 == name).map_or(value, |o| o.1);
        parts.push(Part::Text(name, value.as_bytes()));
    }
    for (name, value) in other.iter().filter(|o| GOOD.iter().all(|g| g.0 != o.0)) {
        parts.push(Part::Text(name, value.as_bytes()));
    }
    parts
}

db_test! {
    async fn a_report_comes_in_once_and_can_be_followed(db) {
        let app = town(db).await;
        let caller = Caller::new(&app, &router(&app), None);
        let id = fresh_id(&app).to_string();
        let mut parts = good(&id, &[("email", "ada@voorbeeld.nl"), ("phone", "0612345678")]);
        let picture = crate::photo::testing::jpeg_with_exif(600, 300);
        parts.push(Part::File("photo", "IMG_1.jpg", &picture));
        let first = send(&caller, "/report", &parts).await;
        assert!(first.status == 303 && first.location.starts_with("/report/status/"), "{}", first.location);
        assert_eq!(send(&caller, "/report", &parts).await.location, first.location);
        assert_eq!((count(&app, SIGNALS).await, count(&app, PHOTOS).await, count(&app, PENDING).await), (1, 1, 0));
        assert_eq!(count(&app, "select count(*) from outbox where municipality = $1").await, 1);

        let status = caller.get(&first.location).await;
        assert_eq!(status.status, 200);
        assert!(status.text.contains(&reference(id.parse().unwrap())) && status.text.contains("Zwerfvuil"));
        assert!(status.text.contains("Bedankt voor uw melding") && status.text.contains("noindex"));
        for secret in ["Ada", "voorbeeld.nl", "0612345678", "plastic", "Maerelaan"] {
            assert!(!status.text.contains(secret), "{secret} is on the public page");
        }

        // staff see the photo, nobody else does
        let mut tx = app.main.read().await.unwrap();
        let cx = testkit::cx(&app, Some(Role::Officer));
        let permit = cx.permit("signal:photo", &Resource::ordinary("signal", cx.code())).unwrap();
        let photos = photo::photos_of(&mut tx, &permit, id.parse().unwrap()).await.unwrap();
        drop(tx);
        assert_eq!((photos[0].width, photos[0].height), (300, 600));
        let officer = Caller::new(&app, &router(&app), Some(Role::Officer));
        for href in [photos[0].href(), photos[0].thumb_href()] {
            let shown = officer.get(&href).await;
            assert_eq!((shown.status, &shown.bytes[..3]), (200, &[0xFF, 0xD8, 0xFF][..]));
            assert!(!shown.bytes.windows(4).any(|w| w == b"Exif"));
            assert_ne!(caller.get(&href).await.status, 200);
        }
        let elsewhere = photos[0].href().replace(&id, &fresh_id(&app).to_string());
        assert_eq!(officer.get(&elsewhere).await.status, 404);
    }

    async fn the_status_page_shows_what_was_told_and_nothing_else(db) {
        let app = town(db).await;
        let caller = Caller::new(&app, &router(&app), None);
        let id = fresh_id(&app);
        send(&caller, "/report", &good(&id.to_string(), &[])).await;
        let cx = testkit::cx(&app, Some(Role::Officer));
        let permit = cx.permit("signal:handle", &Resource::ordinary("signal", cx.code())).unwrap();
        let mut tx = app.main.write().await.unwrap();
        for (to, note, tell) in [
            (crate::State::InProgress, "Buurman belt elke dag", false),
            (crate::State::Done, "Het plastic is opgeruimd", true),
        ] {
            let change = handle::Change { version: None, to, note, tell };
            handle::change_state(&cx, &mut tx, &permit, id, &change).await.unwrap();
        }
        tx.commit().await.unwrap();
        let page = caller.get(&crate::contact::status_path(&cx, id).unwrap()).await.text;
        assert!(page.contains("Afgehandeld") && page.contains("Het plastic is opgeruimd"));
        assert!(!page.contains("Buurman") && !page.contains("uiterlijk op"));
        assert_eq!(caller.get(&format!("/report/status/{}", fresh_id(&app))).await.status, 404);
    }

    async fn the_same_form_with_another_text_becomes_a_second_report(db) {
        let app = town(db).await;
        let caller = Caller::new(&app, &router(&app), None);
        let id = fresh_id(&app).to_string();
        send(&caller, "/report", &good(&id, &[])).await;
        let again = send(&caller, "/report", &good(&id, &[("words", "Nu ligt er een matras")])).await;
        assert_eq!(again.status, 409);
        assert!(again.text.contains("Nu ligt er een matras") && again.text.contains("goed aangekomen"));
        let new = hidden(&again.text, "id");
        assert_ne!(new, id);
        let second = send(&caller, "/report", &good(&new, &[("words", "Nu ligt er een matras")])).await;
        assert_eq!((second.status, count(&app, SIGNALS).await), (303, 2));
    }

    async fn photos_of_a_wrong_form_are_kept_and_cleaned_after_a_day(db) {
        let app = town(db).await;
        let caller = Caller::new(&app, &router(&app), None);
        let id = fresh_id(&app).to_string();
        let picture = crate::photo::testing::jpeg(64, 48);
        let mut parts = good(&id, &[("words", "")]);
        parts.push(Part::File("photo", "a.jpg", &picture));
        parts.push(Part::File("photo", "b.jpg", &picture));
        let answer = send(&caller, "/report", &parts).await;
        assert_eq!((answer.status, count(&app, PENDING).await), (422, 2));
        assert!(answer.text.contains("data:image/jpeg;base64,/9j/"));
        // one is taken away, two more come: three is the most
        let first = answer.text.split("name=\"remove\" type=\"checkbox\" value=\"").nth(1).unwrap()[..36].to_owned();
        let other = [("words", ""), ("remove", first.as_str())];
        let mut parts = good(&id, &other);
        for name in ["c.jpg", "d.jpg", "e.jpg"] {
            parts.push(Part::File("photo", name, &picture));
        }
        let answer = send(&caller, "/report", &parts).await;
        assert!(answer.text.contains("niet meer dan 3 foto"));
        assert_eq!((answer.status, count(&app, PENDING).await), (422, 3));
        // the form that is right at last takes them along
        let sent = send(&caller, "/report", &good(&id, &[])).await;
        assert_eq!((sent.status, count(&app, PENDING).await, count(&app, PHOTOS).await), (303, 0, 3));

        let other = fresh_id(&app).to_string();
        let mut parts = good(&other, &[("words", "")]);
        parts.push(Part::File("photo", "a.jpg", &picture));
        send(&caller, "/report", &parts).await;
        let mut jobs = kit::jobs::Registry::default();
        jobs.add(report::CLEAN_PENDING, report::clean_pending);
        for (hours, left) in [(23, 1), (25, 0)] {
            app.clock.set(testkit::now() + jiff::Span::new().hours(hours));
            jobs.run_due(&app.main, &app.clock, &app).await.unwrap();
            assert_eq!(count(&app, PENDING).await, left, "after {hours} hours");
        }
    }
}

fn hidden(page: &str, name: &str) -> String {
    let marker = format!("name=\"{name}\" value=\"");
    page.split(&marker).nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn bad_input_gets_a_sentence_and_loses_nothing() {
    let app = town(testkit::sqlite().await).await;
    let caller = Caller::new(&app, &router(&app), None);
    let long = "x".repeat(10_000);
    let whole = crate::photo::testing::jpeg(200, 100);
    let half = &whole[..whole.len() / 2];
    let huge = vec![0_u8; 50 << 20];
    let bomb = crate::photo::testing::bomb();
    let cases: Vec<(&str, Vec<Part<'_>>, &str)> = vec![
        ("nothing typed", vec![Part::Text("words", b"")], "Vertel in een paar woorden"),
        ("no category", vec![Part::Text("category", b"")], "Kies waar uw melding over gaat."),
        ("no words", vec![Part::Text("words", b" \r\n ")], "Vertel in een paar woorden"),
        ("10,000 characters", vec![Part::Text("words", long.as_bytes())], "Uw tekst is 10000 tekens lang."),
        ("no UTF-8", vec![Part::Text("words", b"caf\xe9 dicht")], "niet leesbaar en is weggelaten"),
        ("no UTF-8 in the name", vec![Part::Text("name", b"Ren\xe9")], "niet leesbaar en is weggelaten"),
        ("no such category", vec![Part::Text("category", b"<script>")], "Deze categorie bestaat niet."),
        ("no such area", vec![Part::Text("area", b"BU0")], "Deze buurt bestaat niet."),
        ("no place", vec![Part::Text("address", b"")], "Vul in waar het is"),
        (
            "in the sea",
            vec![Part::Text("lon", b"4.50"), Part::Text("lat", b"52.51")],
            "ligt niet in de gemeente Heemskerk",
        ),
        ("a point of words", vec![Part::Text("lon", b"NaN"), Part::Text("lat", b"52.51")], "Kies de plek opnieuw"),
        ("tomorrow", vec![Part::Text("occurred_at", b"2024-06-04T10:00")], "ligt in de toekomst"),
        ("no time", vec![Part::Text("occurred_at", b"gisteren")], "Dit tijdstip is niet leesbaar"),
        ("no e-mail", vec![Part::Text("email", b"ada@")], "Dit e-mailadres klopt niet"),
        ("no phone", vec![Part::Text("phone", b"112")], "Dit telefoonnummer klopt niet"),
        ("50 MB", vec![Part::File("photo", "vakantie.jpg", &huge)], "vakantie.jpg is groter dan 15 MB"),
        ("a text", vec![Part::File("photo", "brief.jpg", b"Geachte heer")], "brief.jpg is geen foto"),
        ("half a photo", vec![Part::File("photo", "half.jpg", half)], "half.jpg is beschadigd"),
        ("a bomb", vec![Part::File("photo", "bom.png", &bomb)], "bom.png heeft te veel beeldpunten"),
        ("an empty file", vec![Part::File("photo", "leeg.jpg", b"")], "leeg.jpg is leeg"),
    ];
    for (what, wrong, sentence) in cases {
        let id = fresh_id(&app).to_string();
        let named = |part: &Part<'_>| match part {
            Part::Text(name, _) => (*name).to_owned(),
            Part::File(..) => "photo".to_owned(),
        };
        let names: Vec<String> = wrong.iter().map(named).collect();
        let mut parts: Vec<Part<'_>> =
            good(&id, &[]).into_iter().filter(|p| what != "nothing typed" && !names.contains(&named(p))).collect();
        // what comes after the file is read too
        parts.extend(wrong);
        parts.push(Part::Text("phone-note", b"last"));
        let answer = send(&caller, "/report", &parts).await;
        assert_eq!(answer.status, 422, "{what}");
        let summary = answer.text.split("id=\"errors\"").nth(1).unwrap().split("</ul>").next().unwrap();
        assert!(summary.contains(sentence), "{what}: {summary}");
        assert!(answer.text.matches(sentence).count() >= 2, "{what}: not at its field");
        let target = summary.split("href=\"#").nth(1).unwrap().split('"').next().unwrap();
        assert!(answer.text.contains(&format!("id=\"{target}\"")), "{what}: the summary leads nowhere");
        if what == "nothing typed" {
            continue;
        }
        for (name, step, kept) in [
            ("words", "words", "Overal plastic in het gras &#60;b&#62;&#38;"),
            ("address", "place", "Maerelaan, bij de speeltuin"),
            ("name", "contact", "Ada Voorbeeld"),
            ("category", "category", "value=\"litter\" checked"),
        ] {
            let page = caller.get(&format!("/report/draft/{id}/{step}")).await;
            assert!(names.iter().any(|n| n == name) || page.text.contains(kept), "{what}: {name} is lost");
        }
    }
    assert_eq!(count(&app, SIGNALS).await, 0);
    let kept = send(&caller, "/report", &[Part::Text("words", b"caf\xe9 dicht")]).await;
    assert!(kept.text.contains(">caf dicht</textarea>"));
    // no form at all
    for (kind, body) in [("text/plain", "x"), ("multipart/form-data; boundary=edge", "x"), ("multipart/form-data", "")]
    {
        let request = axum::http::Request::post("/report")
            .header("content-type", kind)
            .body(axum::body::Body::from(body))
            .unwrap();
        assert_eq!(caller.send(request).await.status, 400, "{kind}");
    }
}

#[tokio::test]
async fn a_click_on_the_map_keeps_everything() {
    let app = town(testkit::sqlite().await).await;
    let caller = Caller::new(&app, &router(&app), None);
    let id = fresh_id(&app).to_string();
    let picture = crate::photo::testing::jpeg(64, 48);
    let mut parts = good(&id, &[("map640.x", "400"), ("map640.y", "200"), ("email", "ada@voorbeeld.nl")]);
    parts.push(Part::File("photo", "a.jpg", &picture));
    parts.push(Part::Text("step", b"place"));
    let one = send(&caller, "/report/draft", &parts).await;
    assert_eq!((one.status, one.location.as_str()), (409, ""), "the steps before are gone");
    let one = send(&caller, "/report/draft", &parts).await;
    assert_eq!((one.status, count(&app, SIGNALS).await, count(&app, PENDING).await), (303, 0, 1));
    assert_eq!(one.location, format!("/report/draft/{id}/place#place"));
    let one = caller.get(&format!("/report/draft/{id}/place")).await;
    assert!(!one.text.contains("id=\"errors\"") && one.text.contains("Maerelaan"));
    assert!(one.text.contains("name=\"map640\"") && one.text.contains("formaction=\"/report/draft#place\""));
    let contact = caller.get(&format!("/report/draft/{id}/contact")).await.text;
    assert!(contact.contains("Ada Voorbeeld") && contact.contains("ada@voorbeeld.nl"));
    let (lon, lat) = (hidden(&one.text, "lon"), hidden(&one.text, "lat"));
    assert!(one.text.contains("De plek is gekozen"));
    assert_eq!(hidden(&one.text, "centre"), format!("{lon},{lat}"), "the second map looks nearer");
    // the same spot on the small map is the same place, within a pixel
    let municipality = app.home().unwrap();
    let click = |width: u16, x: f64, y: f64| super::draft::Click { width: f64::from(width), x, y };
    let scale = f64::from(WIDTHS[0]) / f64::from(WIDTHS[1]);
    let small = place_of(municipality, None, click(WIDTHS[0], 400.0 * scale, 200.0 * scale)).unwrap();
    assert!(
        (small.0 - lon.parse::<f64>().unwrap()).abs() < 2e-4 && (small.1 - lat.parse::<f64>().unwrap()).abs() < 2e-4
    );
    // the middle of the near map is the point itself
    let (width, height) = (f64::from(WIDTHS[1]), page_height(&one.text));
    let centre = Some((lon.parse().unwrap(), lat.parse().unwrap()));
    let middle = place_of(municipality, centre, click(WIDTHS[1], width / 2.0, height / 2.0)).unwrap();
    assert!((middle.0 - small.0).abs() < 5e-4 && (middle.1 - small.1).abs() < 5e-4);

    let near = [("lon", lon.as_str()), ("lat", &lat), ("centre", &hidden(&one.text, "centre"))]
        .map(|(n, v)| (n.to_owned(), v.to_owned()));
    let with = |more: &[(&str, &str)]| {
        let all: Vec<(String, String)> =
            near.iter().cloned().chain(more.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))).collect();
        all
    };
    for (press, lon_kept, centre_kept, sentence) in [
        (vec![("map280.x", "0"), ("map280.y", "0")], true, true, "met een muis"),
        (vec![("map99.x", "5"), ("map99.y", "5")], true, true, "met een muis"),
        (vec![("whole", "yes")], true, false, "De plek is gekozen"),
        (vec![("no-point", "yes")], false, false, "Wijs de plek aan"),
    ] {
        let all = with(&press);
        let all: Vec<(&str, &str)> = all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let mut parts = good(&id, &all);
        parts.push(Part::Text("step", b"place"));
        let mut answer = send(&caller, "/report/draft", &parts).await;
        if let Some(path) = answer.location.strip_suffix("#place") {
            answer = caller.get(path).await;
        }
        assert_eq!(answer.status, 200, "{press:?}");
        assert!(answer.text.contains(sentence), "{press:?}");
        assert_eq!(!hidden(&answer.text, "lon").is_empty(), lon_kept, "{press:?}");
        assert_eq!(!hidden(&answer.text, "centre").is_empty(), centre_kept, "{press:?}");
    }
    // and the report lands at the point
    let all = with(&[]);
    let all: Vec<(&str, &str)> = all.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(send(&caller, "/report", &good(&id, &all)).await.status, 303);
    let placed = "select count(*) from signal where municipality = $1 and area is not null and cell_x is not null";
    assert_eq!(count(&app, placed).await, 1);
}

fn page_height(page: &str) -> f64 {
    let tag = page.split("name=\"map640\"").nth(1).unwrap();
    tag.split("height=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn pages_speak_both_languages_and_follow_the_keyboard() {
    let app = town(testkit::sqlite().await).await;
    let caller = Caller::new(&app, &router(&app), None);
    for (path, dutch, english) in
        [("/", "Zo werkt het", "How it works"), ("/report", "Wat is er aan de hand?", "What is going on?")]
    {
        for (language, word, number) in [("nl", dutch, "Bel 112"), ("en", english, "Call 112")] {
            let request = axum::http::Request::get(path)
                .header("cookie", format!("language={language}"))
                .body(axum::body::Body::empty())
                .unwrap();
            let answer = caller.send(request).await;
            assert_eq!(answer.status, 200);
            assert!(answer.text.contains(word) && answer.text.contains(number), "{path} {language}");
            // the order of the keyboard is that of the page; the frame alone takes its main part out of it
            let body = answer.text.replace("<main id=\"main\" tabindex=\"-1\">", "");
            assert!(!body.contains("tabindex"), "{path}");
            // no key shows itself
            for prefix in [">report-", ">photo-", "\"report-h", ">signal-"] {
                assert!(!answer.text.contains(prefix), "{path} {language} {prefix}");
            }
        }
    }
    let id = fresh_id(&app).to_string();
    send(&caller, "/report", &good(&id, &[("words", "")])).await;
    for (step, ids) in [
        ("words", vec!["words", "photo", "kind"]),
        ("category", vec!["category", "category-litter", "category-elsewhere-emergency"]),
        ("place", vec!["address", "place", "area", "occurred_at"]),
        ("contact", vec!["name", "email", "phone"]),
    ] {
        let page = caller.get(&format!("/report/draft/{id}/{step}")).await.text;
        let places: Vec<usize> = ids.iter().map(|id| page.find(&format!("id=\"{id}\"")).unwrap()).collect();
        assert!(places.is_sorted(), "{step}: {places:?}");
        // Enter in a field presses the first button of the form: that is the one that goes on
        let form = page.split("<form method=\"post\" action=\"/report/draft\"").nth(1).unwrap();
        let first = form.find("<button hidden name=\"send\"").unwrap();
        for other in ["type=\"image\"", "name=\"back\""] {
            assert!(form.find(other).is_none_or(|at| first < at), "{step}: {other}");
        }
    }
}

#[tokio::test]
async fn the_map_is_a_picture_of_its_own() {
    let app = town(testkit::sqlite().await).await;
    let caller = Caller::new(&app, &router(&app), None);
    for (query, has, lacks) in [
        ("", "Assumburg", "#cd262d"),
        ("?w=280", "<svg", "Assumburg"),
        ("?w=640&centre=4.668,52.51&pin=4.668,52.51", "#cd262d", "Assumburg"),
        ("?w=9999&centre=x&pin=900,900", "width=\"640\"", "#cd262d"),
    ] {
        let answer = caller.get(&format!("/report/map.svg{query}")).await;
        assert_eq!(answer.status, 200, "{query}");
        assert!(answer.text.contains(has) && !answer.text.contains(lacks), "{query}: {}", answer.text);
    }
}

#[test]
fn local_times_are_read_as_browsers_write_them() {
    let app = tokio::runtime::Runtime::new().unwrap().block_on(async { testkit::app(testkit::sqlite().await, |_| {}) });
    let cx = testkit::cx(&app, None);
    let instant = |text: &str| super::draft::local_instant(&cx, text).map(|at: At| at.0.to_string());
    for (text, expected) in [
        ("2024-06-03T10:00", Some("2024-06-03T08:00:00Z")),
        ("2024-06-03 10:00:30", Some("2024-06-03T08:00:30Z")),
        // the hour that the clock skips in spring, and the one that it has twice in autumn
        ("2024-03-31T02:30", Some("2024-03-31T01:30:00Z")),
        ("2024-10-27T02:30", Some("2024-10-27T00:30:00Z")),
        ("2024-02-30T10:00", None),
        ("", None),
    ] {
        assert_eq!(instant(text).as_deref(), expected, "{text}");
    }
    assert_eq!(Draft::fresh(&cx).occurred_at, "2024-06-03T10:00");
    assert!(Draft::fresh(&cx).reporter == Reporter::default());
}
