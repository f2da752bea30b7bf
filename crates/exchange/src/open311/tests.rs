use super::*;
use crate::fixture::{self, misfits};
use kit::args;
use serde_json::Value;
use site::Shared;
use site::routes::Table;
use testkit::{Answer, Caller, db_test, web};

fn caller(app: &Shared) -> Caller {
    let table = Table::new(app)
        .get("/open311/v2/{resource}", "public:read", get)
        .post("/open311/v2/{resource}", "report:create", post)
        .get("/open311/v2/services/{code}", "public:read", service)
        .get("/open311/v2/requests/{id}", "public:read", request)
        .get("/open311/v2/tokens/{token}", "report:follow", token);
    Caller::new(app, &web(app, table), None)
}

const WORDS: &str = "Mijn buurman <Jan> & zoon zetten zakken neer";

fn report() -> Vec<(&'static str, &'static str)> {
    vec![
        ("service_code", "household-waste"),
        ("lat", "52.5101"),
        ("long", "4.6701"),
        ("address_string", "Maerelaan 12"),
        ("email", "zoe@voorbeeld.nl"),
        ("first_name", "Zoë"),
        ("last_name", "Test"),
        ("device_id", "tt222111"),
        ("description", WORDS),
    ]
}

async fn sent(caller: &Caller, more: &[(&str, &str)]) -> Answer {
    let mut fields = report();
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.extend(more.iter().map(|(n, v)| (*n, *v)).collect::<Vec<_>>());
    caller.form("/open311/v2/requests.json", &fields).await
}

fn fits(answer: &Answer, schema: &str) {
    let Some(folder) = testkit::shared("data/standaarden/open311/schema") else { return };
    let text = std::fs::read_to_string(folder.join(schema)).unwrap();
    let wrong = misfits(&answer.json(), &serde_json::from_str(&text).unwrap(), &folder, schema);
    assert!(wrong.is_empty(), "{wrong:?}");
}

async fn ask(app: &Shared, sql: &'static str, values: Vec<kit::Value>) {
    let mut tx = app.main.write().await.unwrap();
    tx.run(sql, values).await.unwrap();
    tx.commit().await.unwrap();
}

db_test! {
    async fn services_say_what_can_be_reported_and_what_is_asked(db) {
        let app = fixture::app(db, "").await;
        let caller = caller(&app);
        let questions = r#"[
            {"id":"bags","label":{"nl":"Hoeveel zakken?"},"hint":{"nl":"Ongeveer"},"kind":"number","required":true,"options":[],"when":null,"least":1.0,"most":99.0},
            {"id":"smells","label":{"nl":"Stinkt het?"},"hint":{},"kind":"yes-no","required":false,"options":[],"when":null,"least":null,"most":null},
            {"id":"where","label":{"nl":"Waar?"},"hint":{},"kind":"choices","required":true,"options":[{"id":"street","label":{"nl":"Straat"}},{"id":"grass","label":{"nl":"Gras"}}],"when":{"question":"smells","equals":"yes"},"least":null,"most":null}
        ]"#;
        let code = app.home().unwrap().code().to_owned();
        ask(&app, "insert into category_form (municipality, category, draft, published, version, changed_at) values ($1, 'household-waste', $2, 1, 1, 0)", args![&code, questions]).await;
        ask(&app, "insert into category_form_version (municipality, category, number, questions, published_at) values ($1, 'household-waste', 1, $2, 0)", args![&code, questions]).await;

        let services = caller.get("/open311/v2/services.json?jurisdiction_id=HEEMSKERK.example").await;
        assert_eq!((services.status, services.header("content-type")), (200, "application/json; charset=utf-8"));
        assert_eq!(services.header("access-control-allow-origin"), "*");
        fits(&services, "services.json");
        let all = services.json();
        let waste = all.as_array().unwrap().iter().find(|s| s["service_code"] == "household-waste").unwrap();
        assert_eq!((waste["metadata"].as_bool(), waste["group"].as_str()), (Some(true), Some("Afval")));
        assert_eq!(all.as_array().unwrap().iter().filter(|s| s["metadata"] == true).count(), 1);
        assert!(all.as_array().unwrap().iter().all(|s| s["service_code"] != "emergency"), "other organisations are no service");

        let definition = caller.get("/open311/v2/services/household-waste.json").await;
        fits(&definition, "service-definition.json");
        let attributes = definition.json()["attributes"].clone();
        let said: Vec<_> = attributes.as_array().unwrap().iter()
            .map(|a| (a["code"].as_str().unwrap().to_owned(), a["datatype"].as_str().unwrap().to_owned(), a["required"].as_bool().unwrap(), a["values"].as_array().map_or(0, Vec::len)))
            .collect();
        assert_eq!(said, [
            ("bags".to_owned(), "number".to_owned(), true, 0),
            ("smells".to_owned(), "singlevaluelist".to_owned(), false, 2),
            ("where".to_owned(), "multivaluelist".to_owned(), false, 2),
        ], "a question that depends on an answer is not required beforehand");
        let xml = caller.get("/open311/v2/services/household-waste.xml").await;
        assert_eq!(xml.header("content-type"), "text/xml; charset=utf-8");
        for part in ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<service_definition>", "<attributes><attribute>", "<values><value><key>", "<datatype>multivaluelist</datatype>"] {
            assert!(xml.text.contains(part), "{part}: {}", xml.text);
        }

        let missing = sent(&caller, &[]).await;
        assert_eq!(missing.status, 400);
        assert!(missing.json()[0]["description"].as_str().unwrap().starts_with("attribute[bags] (Hoeveel zakken?): "));
        let conditional = sent(&caller, &[("attribute[bags]", "3"), ("attribute[smells]", "yes")]).await;
        assert!(conditional.json()[0]["description"].as_str().unwrap().starts_with("attribute[where]"), "{}", conditional.text);
        let good = sent(&caller, &[("attribute[bags]", "3"), ("attribute[smells]", "yes"), ("attribute[where][]", "street"), ("attribute[where][]", "grass")]).await;
        assert_eq!(good.status, 200, "{}", good.text);
        let mut tx = app.main.read().await.unwrap();
        let (n,): (i64,) = tx.one("select cast(count(*) as bigint) from signal_answer where municipality = $1", args![&code]).await.unwrap();
        assert_eq!(n, 3);

        let discovery = caller.get("/open311/v2/discovery.json").await.json();
        assert_eq!(discovery["endpoints"][0]["specification"], "http://wiki.open311.org/GeoReport_v2");
        assert_eq!(discovery["endpoints"][0]["url"], "http://regie.test/open311/v2");
        let xml = caller.get("/open311/v2/discovery.xml").await.text;
        assert!(xml.contains("<endpoints><endpoint>") && xml.contains("<formats><format>text/xml</format>"), "{xml}");
    }

    async fn a_report_comes_in_and_the_public_sees_only_what_was_released(db) {
        let app = fixture::app(db, "").await;
        let caller = caller(&app);
        let made = sent(&caller, &[]).await;
        assert_eq!(made.status, 200, "{}", made.text);
        let receipt = &made.json()[0];
        let id = receipt["service_request_id"].as_str().unwrap().to_owned();
        let notice = receipt["service_notice"].as_str().unwrap().to_owned();
        assert!(receipt["account_id"].is_null() && receipt.get("token").is_none(), "an id, so no token");
        let token = notice.rsplit('/').next().unwrap().to_owned();
        assert!(notice.contains("http://regie.test/report/status/"), "{notice}");

        let cx = testkit::cx(&app, None);
        let mut tx = app.main.read().await.unwrap();
        let (channel, words, place): (String, String, String) = tx
            .one("select channel, words, address from signal where municipality = $1 and reference = $2", args![cx.code(), &id])
            .await
            .unwrap();
        assert_eq!((channel.as_str(), words.as_str(), place.as_str()), ("open311", WORDS, "Maerelaan 12"));
        let (email,): (String,) = tx.one("select email from reporter where municipality = $1", args![cx.code()]).await.unwrap();
        assert_eq!(email, "zoe@voorbeeld.nl");
        drop(tx);

        for path in [format!("requests/{id}"), "requests".to_owned(), format!("requests?service_request_id=x,{id}&extensions=true").replacen('?', ".json?", 1)] {
            let path = if path.contains(".json") { path } else { format!("{path}.json") };
            let answer = caller.get(&format!("/open311/v2/{path}")).await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.text);
            fits(&answer, "requests.json");
            let row = &answer.json()[0];
            assert_eq!(answer.json().as_array().unwrap().len(), 1);
            assert_eq!((row["service_request_id"].as_str(), row["status"].as_str()), (Some(id.as_str()), Some("open")));
            assert_eq!(row["description"], "Huisafval verkeerd neergezet");
            assert_eq!(row["address"], "Oost, Heemskerk");
            assert_eq!(row["requested_datetime"], "2024-06-03T08:00:00Z");
            assert!(row["lat"] != 52.5101 && row["long"] != 4.6701, "rounded");
            for secret in ["buurman", "Maerelaan", "zoe@", "Zoë", "tt222111", "52.5101", "4.6701"] {
                assert!(!answer.text.contains(secret), "{path}: {secret}");
            }
        }
        let updates = caller.get(&format!("/open311/v2/requests/{id}.json?extensions=true")).await.json();
        assert_eq!(updates[0]["updates"][0]["description"], "Ontvangen");

        ask(&app, "update signal set public_words = 'Zakken & <dozen>' where municipality = $1", args![cx.code()]).await;
        let xml = caller.get(&format!("/open311/v2/requests/{id}.xml")).await.text;
        for part in ["<service_requests><request>", "<description>Zakken &amp; &lt;dozen&gt;</description>", "<zipcode/>", "<status>open</status>"] {
            assert!(xml.contains(part), "{part}: {xml}");
        }

        // who made it follows it, also when nobody else may see it
        let found = caller.get(&format!("/open311/v2/tokens/{token}.json")).await.json();
        assert_eq!((found[0]["service_request_id"].as_str(), found[0]["token"].as_str()), (Some(id.as_str()), Some(token.as_str())));
        for state in ["none", "waiting", "hidden"] {
            ask(&app, "update signal set publication = $2 where municipality = $1", args![cx.code(), state]).await;
            let hidden = caller.get(&format!("/open311/v2/requests/{id}.json")).await;
            assert_eq!((hidden.status, hidden.json()[0]["code"].as_i64()), (404, Some(404)), "{state}");
            assert_eq!(hidden.text, caller.get("/open311/v2/requests/ABCD-1234.json").await.text, "there or not: the same answer");
            assert_eq!(caller.get("/open311/v2/requests.json").await.json(), serde_json::json!([]));
            let own = caller.get(&format!("/open311/v2/requests/{id}.json?token={token}")).await;
            assert_eq!(own.status, 200);
            fits(&own, "requests.json");
            assert!(own.json()[0]["lat"].is_null() && !own.text.contains("buurman"));
        }
    }

    async fn wrong_requests_are_answered_as_the_standard_says(db) {
        let app = fixture::app(db, "").await;
        let caller = caller(&app);
        for (path, status) in [
            ("services.html", 404),
            ("services", 404),
            ("things.json", 404),
            ("services.json?jurisdiction_id=amsterdam.nl", 404),
            ("services/nothing.json", 404),
            ("services/emergency.json", 400),
            ("requests.json?jurisdiction_id=amsterdam.nl", 404),
            ("requests.json?service_code=nothing", 404),
            ("requests.json?status=new", 400),
            ("requests.json?start_date=2024-05-01", 400),
            ("requests.json?start_date=gisteren", 400),
            ("requests.json?start_date=2024-01-01T00:00:00Z&end_date=2024-05-01T00:00:00Z", 400),
            ("requests.json?start_date=2024-05-01T00:00:00Z&end_date=2024-04-01T00:00:00Z", 400),
            ("requests.json?bbox=1,2,3", 400),
            ("requests.json?bbox=5,52,4,53", 400),
            ("requests.json?lat=52.5&long=4.6&radius=-1", 400),
            ("requests.json?radius=100", 400),
            ("requests.json?page=0", 400),
            ("requests/XXXX-0000.json", 404),
            ("requests/XXXX-0000", 404),
            ("tokens/x.json", 404),
        ] {
            let answer = caller.get(&format!("/open311/v2/{path}")).await;
            assert_eq!(answer.status, status, "{path}: {}", answer.text);
            if path.contains(".json") {
                let errors = answer.json();
                let error = &errors.as_array().unwrap()[0];
                assert_eq!(error["code"], status, "{path}");
                assert!(!error["description"].as_str().unwrap().starts_with("exchange-"), "{path}");
            } else {
                assert!(answer.text.contains("<errors><error><code>404</code><description>"), "{path}: {}", answer.text);
            }
        }
        for (fields, status) in [
            (vec![("service_code", "")], 400),
            (vec![("service_code", "nothing")], 404),
            (vec![("service_code", "emergency")], 400),
            (vec![("jurisdiction_id", "amsterdam.nl")], 404),
            (vec![("lat", "")], 400),
            (vec![("lat", "abc")], 400),
            (vec![("lat", "41.9"), ("long", "-87.6")], 400),
            (vec![("lat", ""), ("long", ""), ("address_string", "")], 400),
            (vec![("description", "")], 400),
            (vec![("email", "zoe")], 400),
            (vec![("media_url", "http://10.0.0.1/x.jpg")], 400),
            (vec![("client_request_id", "12")], 400),
        ] {
            let answer = sent(&caller, &fields).await;
            assert_eq!(answer.status, status, "{fields:?}: {}", answer.text);
            assert!(answer.json()[0]["description"].as_str().unwrap().len() > 10, "{fields:?}");
        }
        let long = "x".repeat(4001);
        assert_eq!(sent(&caller, &[("description", &long)]).await.status, 400);
        let flood = sent(&caller, &[("description", &"x".repeat(40 << 20))]).await;
        assert_eq!((flood.status, flood.json()[0]["code"].as_u64()), (413, Some(413)));
        let redirect = sent(&caller, &[("service_code", "emergency")]).await;
        assert!(redirect.json()[0]["description"].as_str().unwrap().contains("112"));
        let no_form = caller.post_json("/open311/v2/requests.json", &serde_json::json!({})).await;
        assert_eq!(no_form.status, 400, "{}", no_form.text);
        assert_eq!(caller.form("/open311/v2/services.json", &[]).await.status, 404);

        let code = app.home().unwrap().code().to_owned();
        ask(&app, "insert into category_stop (municipality, id, category, message, starts_at, version) values ($1, $2, 'household-waste', '{\"nl\":\"Deze week niet.\",\"en\":\"Not this week.\"}', 0, 1)", args![&code, app.clock.id()]).await;
        let stopped = sent(&caller, &[]).await;
        assert_eq!((stopped.status, stopped.json()[0]["description"].as_str()), (400, Some("Deze week niet.")));
        let english = axum::http::Request::post("/open311/v2/requests.json")
            .header("accept-language", "en")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from("service_code=household-waste&lat=52.51&long=4.67&description=bags"))
            .unwrap();
        assert_eq!(caller.send(english).await.json()[0]["description"], "Not this week.", "in the language of the request");
        let list = caller.get("/open311/v2/services.json").await.json();
        let waste = list.as_array().unwrap().iter().find(|s| s["service_code"] == "household-waste").unwrap();
        assert!(waste["description"].as_str().unwrap().starts_with("Deze week niet."));
    }

    async fn the_same_report_is_one_report(db) {
        let app = fixture::app(db, "").await;
        let caller = caller(&app);
        let id = async |more: &[(&str, &str)]| {
            let answer = sent(&caller, more).await;
            assert_eq!(answer.status, 200, "{}", answer.text);
            answer.json()[0]["service_request_id"].as_str().unwrap().to_owned()
        };
        let first = id(&[]).await;
        assert_eq!(first, id(&[]).await, "sent twice in a moment");
        assert_eq!(first, id(&[("api_key", "xyz")]).await, "the key is no part of it");
        assert_ne!(first, id(&[("lat", "52.5102")]).await);
        app.clock.set("2024-06-03T08:09:59Z".parse().unwrap());
        assert_eq!(first, id(&[]).await);
        app.clock.set("2024-06-03T08:21:00Z".parse().unwrap());
        assert_ne!(first, id(&[]).await, "after ten minutes it is a report of its own");
        let key = "0190a1b2-0000-4000-8000-000000000001";
        let named = id(&[("client_request_id", key)]).await;
        app.clock.set("2024-07-03T08:00:00Z".parse().unwrap());
        assert_eq!(named, id(&[("client_request_id", key), ("description", "anders")]).await, "for ever");
    }

    async fn a_list_is_narrowed_and_paged(db) {
        let app = fixture::app(db, "").await;
        let caller = caller(&app);
        let mut ids = Vec::new();
        for (day, code, lon) in [("01", "litter", "4.60"), ("02", "litter", "4.67"), ("03", "graffiti", "4.67"), ("04", "youth-nuisance", "4.67"), ("05", "graffiti", "4.70")] {
            app.clock.set(format!("2024-05-{day}T10:00:00Z").parse().unwrap());
            let made = sent(&caller, &[("service_code", code), ("long", lon)]).await;
            ids.push(made.json()[0]["service_request_id"].as_str().unwrap().to_owned());
        }
        app.clock.set("2024-06-03T08:00:00Z".parse().unwrap());
        let code = app.home().unwrap().code().to_owned();
        ask(&app, "update signal set state = 'done', closed_at = reported_at, updated_at = reported_at where municipality = $1 and reference = $2", args![&code, &ids[0]]).await;
        let list = async |query: &str| {
            let answer = caller.get(&format!("/open311/v2/requests.json?{query}")).await;
            assert_eq!(answer.status, 200, "{query}: {}", answer.text);
            let found: Vec<usize> = answer.json().as_array().unwrap().iter()
                .map(|r| ids.iter().position(|id| r["service_request_id"] == *id).unwrap())
                .collect();
            (found, answer.header("link").to_owned())
        };
        for (query, expected) in [
            ("", vec![4, 2, 1, 0]),
            ("status=open", vec![4, 2, 1]),
            ("status=closed", vec![0]),
            ("status=open,closed", vec![4, 2, 1, 0]),
            ("service_code=litter,graffiti&status=open", vec![4, 2, 1]),
            ("service_code=youth-nuisance", vec![]),
            ("start_date=2024-05-02T10:00:00Z&end_date=2024-05-03T10:00:00Z", vec![2, 1]),
            ("start_date=2024-05-02T12:00:00+02:00", vec![4, 2, 1]),
            ("end_date=2024-05-01T23:00:00Z", vec![0]),
            ("start_date=2023-01-01T00:00:00Z", vec![]),
            ("bbox=4.66,52.50,4.68,52.52", vec![2, 1]),
            ("lat=52.51&long=4.70&radius=500", vec![4]),
            ("updated_after=2024-05-03T00:00:00Z", vec![4, 2]),
            ("updated_after=2024-05-01T00:00:00Z&updated_before=2024-05-03T00:00:00Z", vec![1, 0]),
        ] {
            assert_eq!(list(query).await.0, expected, "{query}");
        }
        let by_id = list(&format!("service_request_id={},{}&status=closed", ids[1], ids[3])).await.0;
        assert_eq!(by_id, [1], "ids override the rest; what is not public stays away");
        let (first, link) = list("page_size=3&status=open,closed").await;
        assert_eq!(first, [4, 2, 1]);
        assert_eq!(link, "<http://regie.test/open311/v2/requests.json?status=open%2Cclosed&page=2&page_size=3>; rel=\"next\"");
        let (second, link) = list("page_size=3&page=2").await;
        assert_eq!(second, [0]);
        assert!(link.contains("rel=\"prev\"") && !link.contains("rel=\"next\""), "{link}");
        let row: Value = caller.get("/open311/v2/requests.json?status=closed").await.json()[0].clone();
        assert!(row["expected_datetime"].is_null(), "nothing more is expected");
        assert_eq!(row["status_notes"], "Afgehandeld");
    }

    async fn where_keys_are_asked_none_reports_without(db) {
        let key = hex::encode(<sha2::Sha256 as sha2::Digest>::digest("geheim"));
        let app = fixture::app_with(db, "", |config| config.open311.key_hashes = vec![key.clone()]).await;
        let caller = caller(&app);
        for (sent_key, status) in [("", 403), ("fout", 403), ("geheim", 200)] {
            assert_eq!(sent(&caller, &[("api_key", sent_key)]).await.status, status, "{sent_key}");
        }
        assert_eq!(caller.get("/open311/v2/services.json").await.status, 200, "reading is free");
    }
}

#[test]
fn xml_holds_every_text() {
    let value = serde_json::json!([{ "a": "x\u{0}\u{b}<&>\"'\u{ffff}é\n", "b": null, "c": [1, 2], "d": true }]);
    let text = answer::xml("services", &value);
    assert!(text.contains("<services><service><a>x&lt;&amp;&gt;&quot;'é\n</a><b/><c>"), "{text}");
}
