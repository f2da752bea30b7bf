//! The pages: who sees what, what is typed stays, and gaps are words.

use super::*;
use crate::{desk, download, web};
use axum::body::Body;
use axum::http::Request;
use testkit::{Answer, Caller};

fn router(app: &Shared) -> axum::Router {
    let table = site::routes::Table::new(app)
        .get("/figures", "figure:read", web::list)
        .get("/figures/import", "figure:import", desk::form)
        .upload("/figures/import", "figure:import", desk::send)
        .get("/figures/files/{id}", "figure:read", desk::file)
        .get("/figures/files/{id}/raw", "figure:import", desk::raw)
        .post("/figures/files/{id}/apply", "figure:import", desk::apply)
        .post("/figures/files/{id}/discard", "figure:import", desk::discard)
        .get("/figures/{dataset}", "figure:read", web::dataset)
        .get("/figures/{dataset}/figures.csv", "figure:read", download::all);
    testkit::web(app, table)
}

async fn upload(caller: &Caller, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    if let Some((name, bytes)) = file {
        body.extend(format!("--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: text/csv\r\n\r\n").into_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--b--\r\n");
    let request = Request::post("/figures/import").header("content-type", "multipart/form-data; boundary=b");
    caller.send(request.body(Body::from(body)).unwrap()).await
}

const FILE: &[u8] = b"buurt,jaar,soort,aantal\nGM0396,2021,a,1200\nGM0396,2022,a,0\nGM0396,2023,a,x\nBU03960101,2023,a,3\nGM0396,2022,b,veel\n";

testkit::db_test! {
    async fn a_file_goes_from_the_form_to_the_page(db) {
        let datasets = COUNTS.replace("kind = \"csv\"", "kind = \"csv\"\nsmall_cells = 5\nwarning = { nl = \"Pas op.\" }");
        let app = app(db, &datasets);
        let router = router(&app);
        let adviser = Caller::new(&app, &router, Some(Role::Adviser));
        let council = Caller::new(&app, &router, Some(Role::CouncilMember));
        assert_eq!(Caller::new(&app, &router, None).get("/figures").await.status, 303, "sign in first");
        assert_eq!(council.get("/figures/import").await.status, 403);
        let page = adviser.get("/figures").await.text;
        assert!(page.contains("Tellingen") && page.contains("nog geen cijfers") && page.contains("Pas op."), "{page}");
        // a wrong form keeps what was typed and says what to do
        let id = app.clock.id().to_string();
        let wrong = upload(&adviser, &[("request", &id), ("dataset", "counts"), ("reference", "gisteren")], None).await;
        assert_eq!(wrong.status, 422);
        for part in ["value=\"gisteren\"", "Kies een bestand, of vul", "jaar-maand-dag", &id, "value=\"counts\" selected"] {
            assert!(wrong.text.contains(part), "{part}: {}", wrong.text);
        }
        let form = [("request", id.as_str()), ("dataset", "counts"), ("reference", "2024-01-31")];
        let sent = upload(&adviser, &form, Some(("../a b.csv", FILE))).await;
        assert_eq!((sent.status, sent.location.as_str()), (303, format!("/figures/files/{id}").as_str()));
        let dry = adviser.get(&sent.location).await.text;
        for part in ["wacht op besluit", "Er is nog niets veranderd", "“veel”", "SHA-256", "Gebruik deze cijfers"] {
            assert!(dry.contains(part), "{part}: {dry}");
        }
        assert!(!council.get(&sent.location).await.text.contains("Gebruik deze cijfers"));
        assert_eq!(council.form(&format!("{}/apply", sent.location), &[]).await.status, 403);
        assert_eq!(adviser.form(&format!("{}/apply", sent.location), &[]).await.status, 303);
        assert_eq!(adviser.form(&format!("{}/apply", sent.location), &[]).await.status, 303, "twice is once");
        let again = upload(&adviser, &form, Some(("b.csv", FILE))).await;
        assert!(adviser.get(&again.location).await.text.contains("Dit bestand was er al"));
        // reading
        let page = council.get("/figures/counts").await.text;
        for part in ["1.200", "afgeschermd", "<svg", "1 tot en met 4", "-1.200", "niet vergeleken", "Pas op."] {
            assert!(page.contains(part), "{part}: {page}");
        }
        let csv = council.get("/figures/counts/figures.csv").await;
        assert!(csv.text.contains("n,n,a,a,GM0396,GM0396,year,2021,value,1200,,,,false"), "{}", csv.text);
        assert!(csv.text.contains("BU03960101,BU03960101,year,2023,suppressed,,"), "{}", csv.text);
        assert!(csv.text.contains("2023,suppressed,,"), "{}", csv.text);
        let raw = adviser.get(&format!("{}/raw", sent.location)).await;
        assert_eq!((raw.bytes.as_slice(), raw.header("content-type")), (FILE, "application/octet-stream"));
        assert_eq!(raw.header("content-disposition"), "attachment; filename=\"a_b.csv\"");
        assert_eq!(council.get(&format!("{}/raw", sent.location)).await.status, 403);
        assert_eq!(adviser.form(&format!("{}/discard", sent.location), &[]).await.status, 409);
        assert_eq!(council.get("/figures/nothing").await.status, 404);
    }

    async fn pages_render_in_both_languages_and_a_bad_file_is_explained(db) {
        let app = app(db, COUNTS);
        let router = router(&app);
        let adviser = Caller::new(&app, &router, Some(Role::Administrator));
        let id = app.clock.id().to_string();
        let sent = upload(&adviser, &[("request", &id), ("dataset", "counts")], Some(("a.csv", b"<html>"))).await;
        for language in ["nl", "en"] {
            for path in ["/figures", "/figures/import", "/figures/counts", sent.location.as_str()] {
                let request = Request::get(path).header("cookie", format!("language={language}")).body(Body::empty()).unwrap();
                let page = adviser.send(request).await;
                assert_eq!(page.status, 200, "{path}");
                assert!(!page.text.contains("figures-") && page.text.contains(&format!("lang=\"{language}\"")), "{language} {path}: {}", page.text);
            }
        }
        let page = adviser.get(&sent.location).await.text;
        assert!(page.contains("webpagina") && page.contains("Er is niets van dit bestand gebruikt"));
        assert_eq!(adviser.form(&format!("{}/discard", sent.location), &[]).await.status, 303);
        assert_eq!(adviser.get(&sent.location).await.status, 404);
    }
}
