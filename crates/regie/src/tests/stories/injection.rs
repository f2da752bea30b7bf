//! A stranger with a tool, on every page that a stranger may open.

use super::*;
use serde_json::json;

/// What a stranger with a tool sends.
fn payloads() -> Vec<Vec<u8>> {
    let texts = [
        "'; drop table signal; --",
        "' or '1'='1",
        "1) union select password_hash from account --",
        "\\'",
        "\"",
        "%",
        "_",
        "\0",
        "$1",
        "?1",
    ];
    let texts = texts.into_iter().map(|t| t.as_bytes().to_vec());
    texts.chain([vec![b'\''; 10_000], b"'\xff\xfe --".to_vec()]).collect()
}

/// Notes in `faults` an answer that is a fault of ours, or that says a word about what is behind it.
fn look(faults: &mut Vec<String>, what: &str, answer: &Answer) {
    let text = answer.text.to_lowercase();
    let words =
        ["syntax error", "argon2", "sqlite", "postgres", "sqlx", "login_attempt", "signal_event", "audit_entry"];
    let said: Vec<&str> = words.into_iter().filter(|word| text.contains(word)).collect();
    if answer.status >= 500 || !said.is_empty() {
        faults.push(format!("{what:?}: {} {said:?}", answer.status));
    }
}

/// The routes that a stranger may open, from the table itself.
fn open_routes(app: &Shared, method: &Method) -> Vec<&'static str> {
    let stranger = Actor::stranger("GM0396");
    let table = routes::table(app, None);
    let open = table.list().iter().filter(|r| {
        r.path != super::super::STREAM && r.method == *method && app.policy.enter(&stranger, r.action).is_ok()
    });
    open.map(|r| r.path).collect()
}

/// `path` with `value` for each of its parameters.
fn with(path: &str, value: &str) -> String {
    let parts = path.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    parts.collect::<Vec<_>>().join(value)
}

/// A report for the API in which `field` is `value`, whatever bytes that is.
fn api_body(id: &str, field: &str, value: &[u8]) -> Vec<u8> {
    let quoted = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => serde_json::to_vec(text).unwrap(),
        Err(_) => [b"\"", bytes, b"\""].concat(),
    };
    let good = json!({ "id": id, "category": "litter", "words": "Blikjes in het gras", "address": "Maerelaan" });
    let mut object: BTreeMap<&str, Vec<u8>> =
        good.as_object().unwrap().iter().map(|(k, v)| (k.as_str(), serde_json::to_vec(v).unwrap())).collect();
    match field.split_once('.') {
        Some((outer, inner)) => {
            object.insert(outer, [b"{\"", inner.as_bytes(), b"\":", quoted(value).as_slice(), b"}"].concat())
        }
        None => object.insert(field, quoted(value)),
    };
    let members: Vec<Vec<u8>> =
        object.into_iter().map(|(k, v)| [b"\"", k.as_bytes(), b"\":", v.as_slice()].concat()).collect();
    [b"{", members.join(&b","[..]).as_slice(), b"}"].concat()
}

const REPORT: [(&str, &str); 15] = [
    ("id", ""),
    ("category", "litter"),
    ("words", "Blikjes in het gras"),
    ("address", "Maerelaan"),
    ("area", ""),
    ("lon", ""),
    ("lat", ""),
    ("centre", ""),
    ("occurred_at", ""),
    ("name", ""),
    ("email", ""),
    ("phone", ""),
    ("remove", ""),
    ("no-point", ""),
    ("presence", ""),
];
const API: [&str; 11] = [
    "id",
    "category",
    "words",
    "address",
    "area",
    "occurred_at",
    "lon",
    "else",
    "reporter.name",
    "reporter.email",
    "reporter.phone",
];
const QUERY: [&str; 12] =
    ["to", "back", "pin", "centre", "at", "code", "state", "error", "username", "q", "after", "page"];
const FIELDS: [&str; 7] = ["username", "password", "back", "code", "again", "logout_token", "to"];

house_test! {
    async fn sql_in_any_field_stays_text(house) {
        let app = town(house).await;
        person(&app, 1, "ada", Role::Officer).await;
        let cyn = person(&app, 2, "cyn", Role::Officer).await;
        factor(&app, cyn).await;
        let mut officer = Browser::signed_in(&app, "ada").await;
        let (accounts, sessions) = ("select count(*) from account", "select count(*) from session");
        let before = (count(&app, accounts).await, count(&app, sessions).await);
        let mut stranger = Browser::new(&app);
        for cookie in ["session", "attempt", "language"] {
            stranger.cookies.insert(cookie.into(), "' or '1'='1".into());
        }
        // what was accepted: the report, the field, and its text
        let mut accepted: Vec<(String, &str, String)> = vec![];
        let mut faults = vec![];
        for payload in payloads() {
            let shown = String::from_utf8_lossy(&payload[..payload.len().min(30)]).into_owned();
            let sent = String::from_utf8_lossy(&payload).replace('\0', "").trim().to_owned();
            for (field, _) in REPORT {
                let id = app.clock.id().to_string();
                let value = |(name, good): (&'static str, &'static str)| match name {
                    name if name == field => (name, payload.clone()),
                    "id" => (name, id.clone().into_bytes()),
                    name => (name, good.as_bytes().to_vec()),
                };
                let form: Vec<(&str, Vec<u8>)> = REPORT.into_iter().filter(|f| f.0 == field || !f.1.is_empty() || f.0 == "id").map(value).collect();
                let form: Vec<(&str, &[u8])> = form.iter().map(|(k, v)| (*k, v.as_slice())).collect();
                let answer = stranger.send("POST", "/report", MULTIPART, multipart(&form)).await;
                look(&mut faults, &format!("/report {field} {shown}"), &answer);
                if let Some(id) = answer.location.strip_prefix("/report/status/") {
                    accepted.push((id[..32].to_owned(), field, sent.clone()));
                }
            }
            for field in API {
                let body = api_body(&app.clock.id().to_string(), field, &payload);
                let answer = stranger.send("POST", "/api/v1/signals", "application/json", body).await;
                look(&mut faults, &format!("/api/v1/signals {field} {shown}"), &answer);
                if let Some(id) = answer.location.strip_prefix("/api/v1/signals/") {
                    accepted.push((id.to_owned(), field, sent.clone()));
                }
            }
            let value = percent(&payload);
            let short = percent(&payload[..payload.len().min(1000)]);
            for path in open_routes(&app, &Method::GET) {
                if path.contains('{') {
                    look(&mut faults, &format!("GET {path} {shown}"), &stranger.get(&with(path, &value)).await);
                }
                let all = QUERY.map(|name| format!("{name}={short}")).join("&");
                for query in [format!("{all}&lon=4.67&lat=52.51"), format!("lon={value}&lat={value}"), format!("w={value}")] {
                    look(&mut faults, &format!("GET {path}? {shown}"), &stranger.get(&format!("{}?{query}", filled(path))).await);
                }
            }
            for path in open_routes(&app, &Method::POST) {
                let body = FIELDS.map(|name| format!("{name}={value}")).join("&").into_bytes();
                look(&mut faults, &format!("POST {path} {shown}"), &stranger.send("POST", &with(path, &value), FORM, body).await);
            }
            let body = format!("username=ada&password={value}&back={value}").into_bytes();
            let answer = stranger.send("POST", "/login", FORM, body).await;
            look(&mut faults, &format!("password {shown}"), &answer);
            assert_ne!(answer.status, 303, "{shown}");
            let mut half = Browser::new(&app);
            let form = [("username", "cyn"), ("password", PASSWORD)];
            assert_eq!(half.form("/login", &form).await.location, "/login/code");
            let answer = half.send("POST", "/login/code", FORM, format!("code={value}").into_bytes()).await;
            look(&mut faults, &format!("code {shown}"), &answer);
            assert_ne!(answer.status, 303, "{shown}");
            app.clock.set(app.clock.now().0 + SignedDuration::from_secs(901));
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert_eq!((count(&app, accounts).await, count(&app, sessions).await), before);
        assert_eq!(count(&app, "select count(*) from signal").await, i64::try_from(accepted.len()).unwrap());
        let mut read = 0;
        for (id, field, text) in accepted {
            let answer = officer.get(&format!("/api/v1/signals/{id}")).await;
            assert_eq!(answer.status, 200, "{field} {text}");
            if ["words", "address"].contains(&field) {
                assert_eq!(answer.json()[field], text.as_str());
                read += 1;
            }
        }
        assert!(read >= 12, "{read} texts came back");
    }
}
