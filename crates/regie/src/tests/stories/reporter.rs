//! Who told stays with who handles the report.

use super::*;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Mutex;

#[tokio::test]
async fn nobody_learns_who_told() {
    let app = town(testkit::house_sqlite().await).await;
    let metrics = PrometheusBuilder::new().install_recorder().unwrap();
    let (lines, id) = (Lines::default(), app.clock.id().to_string());
    let sink = lines.clone();
    // A single listener of one thread is not told of a line that another test's thread reaches first; of two, each is.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let log = tracing_subscriber::fmt().json().with_writer(move || sink.clone()).finish();
    let listening = tracing::subscriber::set_default(log);
    let router = serve::router(&app, Some(metrics.clone()));
    let told = [("name", "Quirijn Zwaluwstaart"), ("email", "verklikt@elders.example"), ("phone", "0612398745")];
    let fields =
        [("id", id.as_str()), ("category", "litter"), ("words", "Blikjes in het gras"), ("address", "Maerelaan")];
    let form: Vec<(&str, &[u8])> = fields.iter().chain(&told).map(|(k, v)| (*k, v.as_bytes())).collect();
    let sent = Browser::new(&app).send("POST", "/report", MULTIPART, multipart(&form)).await;
    // a token that begins with the id and cannot be guessed from it
    let token = sent.location.strip_prefix("/report/status/").unwrap();
    assert!(token.starts_with(&id.replace('-', "")) && token.len() == 64, "{token}");
    let secrets = ["zwaluwstaart", "verklikt", "0612398745"];
    let table = routes::table(&app, None);
    for role in [None].into_iter().chain(Role::ALL.iter().map(|r| Some(*r))) {
        let caller = Caller::new(&app, &router, role);
        let handles = matches!(role, Some(Role::Intake | Role::Officer | Role::Coordinator | Role::Adviser));
        // a PDF is packed, its page is among these; a stream has no end
        for route in table
            .list()
            .iter()
            .filter(|r| r.method == Method::GET && !r.path.ends_with("pdf") && r.path != super::super::STREAM)
        {
            let answer = caller.get(&filled(&route.path.replace("{id}", &id))).await;
            let text = answer.text.to_lowercase();
            let shown = secrets.iter().filter(|secret| text.contains(**secret)).count();
            let all = if handles && route.path == "/signals/{id}" { 3 } else { 0 };
            assert_eq!(shown, all, "{role:?} {}: {}", route.path, answer.status);
        }
    }
    drop(listening);
    let metrics = metrics.render().to_lowercase();
    assert!(metrics.contains("/signals/{id}") && !metrics.contains(&id));
    let mut tx = app.main.read().await.unwrap();
    let rows: Vec<(String,)> = tx
        .all(
            "select detail from audit_entry union all select record_id from audit_entry
        union all select subject from processing_log union all select payload from job
        union all select body from outbox",
            vec![],
        )
        .await
        .unwrap();
    assert!(rows.len() > 3);
    let lines = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    for text in rows.iter().map(|r| r.0.as_str()).chain([metrics.as_str(), &lines]) {
        assert!(!secrets.iter().any(|secret| text.to_lowercase().contains(secret)), "{text}");
    }
    assert!(!lines.contains(&id), "no path in the log");
    let requests: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let requests: Vec<&Value> = requests.iter().filter(|l| l["fields"]["message"] == "request").collect();
    assert!(requests.len() > 500, "{}", requests.len());
    for line in requests {
        let names: BTreeSet<&str> = line["fields"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, BTreeSet::from(["message", "method", "route", "status", "ms", "queries"]));
    }
}

#[tokio::test]
async fn what_goes_elsewhere_is_kept_nowhere() {
    let app = town(testkit::house_sqlite().await).await;
    let lines = Lines::default();
    let sink = lines.clone();
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let log =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || sink.clone()).finish();
    let listening = tracing::subscriber::set_default(log);
    let mut reporter = Browser::new(&app);
    let words = "De buurman slaat zijn kinderen, hij heet Zwaluwstaart";
    let id = app.clock.id().to_string();
    let form = |step: &'static str, field: (&'static str, &'static str)| {
        multipart(&[("id", id.as_bytes()), ("step", step.as_bytes()), (field.0, field.1.as_bytes())])
    };
    let typing = reporter.form("/report/suggest", &[("words", words)]).await;
    assert!(typing.status == 200 && typing.text.contains("0800-2000"));
    let warned = reporter.send("POST", "/report/draft", MULTIPART, form("words", ("words", words))).await;
    assert!(warned.status == 200 && warned.text.contains("0800-2000") && warned.text.contains("Zwaluwstaart"));
    let told = [("id", id.as_bytes()), ("step", b"words"), ("words", words.as_bytes()), ("told", b"care")];
    let on = reporter.send("POST", "/report/draft", MULTIPART, multipart(&told)).await;
    assert_eq!(on.location, format!("/report/draft/{id}/category"));
    let away =
        reporter.send("POST", "/report/draft", MULTIPART, form("category", ("category", "elsewhere-care"))).await;
    assert!(away.status == 200 && away.text.contains("Wij hebben niets bewaard"));
    drop(listening);
    let lines = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    let mut all = lines.to_lowercase();
    let mut tx = app.main.read().await.unwrap();
    let columns: Vec<(String, String)> = tx
        .all(
            "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c on true where m.type = 'table'",
            vec![],
        )
        .await
        .unwrap();
    assert!(columns.len() > 200, "{}", columns.len());
    for (table, column) in columns {
        let sql = format!("select coalesce(group_concat(quote(\"{column}\")), '') from \"{table}\"");
        let (text,): (String,) = tx.one(Box::leak(sql.into_boxed_str()), vec![]).await.unwrap();
        all.push_str(&text.to_lowercase());
    }
    for secret in ["zwaluwstaart", "buurman", &id, &id.replace('-', "")] {
        assert!(!all.contains(secret), "{secret}");
    }
    assert_eq!(
        count(&app, "select count(*) from report_draft").await + count(&app, "select count(*) from signal").await,
        0
    );
}

/// Log lines, kept.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
