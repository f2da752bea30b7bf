//! The audit set holds exactly what was done in its year, from two vaults, and nothing of the content.

use super::write;
use crate::rights::tests::{app, officer, record};
use kit::{At, Uuid, args, audit};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use testkit::house_test;

const OFFICER: Uuid = Uuid::from_u128(0xb0a);

/// The rows of a file without its head.
fn rows(dir: &std::path::Path, name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(dir.join(format!("{name}.csv"))).unwrap();
    let all: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert!(all[0].contains("at") || all[0].contains("records"), "{name} has a head");
    all[1..].iter().map(|l| (*l).to_owned()).collect()
}

fn fonts() -> Option<Vec<&'static [u8]>> {
    let package = testkit::root().join("node_modules/@expo-google-fonts/noto-sans");
    let cuts = ["400Regular", "400Regular_Italic", "700Bold"];
    cuts.into_iter()
        .map(|c| std::fs::read(package.join(c).join(format!("NotoSans_{c}.ttf"))).ok().map(|f| &*f.leak()))
        .collect()
}

house_test! {
    async fn each_file_says_what_was_done(house) {
        let Some(files) = fonts() else {
            eprintln!("skipped: no fonts; run `npm ci` first");
            return;
        };
        let mut app = app(house);
        Arc::get_mut(&mut app).unwrap().fonts = files;
        let cx = officer(&app);
        let at = |text: &str| At(text.parse().unwrap());
        let (this_year, last_year) = (at("2024-03-01T09:00:00Z"), at("2023-12-31T22:00:00Z"));
        let mut tx = app.main.write().await.unwrap();
        for (id, name) in [(OFFICER, "=Bo Boa"), (Uuid::from_u128(0xc0), "Kim Coördinator")] {
            tx.run("insert into account (municipality, id, username, name, role, password_hash, active, created_at)
                    values ($1, $2, $3, $4, 'officer', '', $5, $6)",
                args![cx.code(), id, id.to_string(), name, true, last_year]).await.unwrap();
        }
        for (id, processing) in [(1, "wpg-daily"), (2, "bibob")] {
            tx.run("insert into authorisation (municipality, id, account_id, processing, reason, deed_number, valid_from,
                        proposed_by, proposed_at, granted_by, granted_at, refusal, withdrawn_by, withdrawn_at, withdrawal, version)
                    values ($1, $2, $3, $4, 'Team, handhaving', '', $5, $6, $5, $6, $5, '', $6, $7, 'Ander werk', 1)",
                args![cx.code(), Uuid::from_u128(id), OFFICER, processing, last_year, Uuid::from_u128(0xc0), at("2024-04-01T00:00:00Z")])
                .await.unwrap();
        }
        for (id, vault, noticed) in [(3, "wpg", this_year), (4, "main", this_year), (5, "wpg", last_year)] {
            tx.run("insert into incident (municipality, id, vault, what, noticed_by, happened_at, noticed_at, is_breach,
                        no_report, measures, created_at, version)
                    values ($1, $2, $3, 'Scherm open', 'Kim', $4, $4, $5, '', '', $4, 1)",
                args![cx.code(), Uuid::from_u128(id), vault, noticed, false]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let ours = record(&app, "wpg", "wpg-daily", &[("Jan Jansen", "1990-01-02")], "Geheime inhoud").await;
        record(&app, "police", "police-reports", &[("Jan Jansen", "1990-01-02")], "Geheime rapportage").await;
        let wpg = app.vaults.get("wpg").unwrap();
        let mut tx = wpg.write().await.unwrap();
        for (id, when) in [(10, this_year), (11, at("2024-05-01T09:00:00Z")), (12, last_year)] {
            tx.run("insert into opening (municipality, id, account_id, processing, hat, reason, at, until)
                    values ($1, $2, $3, 'wpg-daily', 'investigator', 'Controle haven', $4, $4)",
                args![cx.code(), Uuid::from_u128(id), OFFICER, when]).await.unwrap();
        }
        for (id, hits) in [(20, 1_i64), (21, 3)] {
            tx.run("insert into targeted_query (municipality, id, account_id, processing, fingerprint, reason, hits, at, until)
                    values ($1, $2, $3, 'wpg-daily', 'f', 'Herhaald feit', $4, $5, $5)",
                args![cx.code(), Uuid::from_u128(id), OFFICER, hits, this_year]).await.unwrap();
        }
        tx.run("insert into disclosure (municipality, id, record_id, receiver_kind, receiver, to_regime, basis, purpose,
                    necessity_bytes, fields, decision, given_by, at, state)
                values ($1, $2, $3, 'prosecution', 'Openbaar Ministerie', 'R2', 'wpg-16', 'Vervolging', $4, '[\"text\"]', '{}',
                    $5, $6, 'handed-over')",
            args![cx.code(), Uuid::from_u128(30), ours, vec![0_u8], OFFICER, this_year]).await.unwrap();
        tx.run("insert into destruction (municipality, id, at, act, kind, processing, rule, trigger_month, records)
                values ($1, $2, $3, 'destroyed', 'note', 'wpg-daily', 'wpg-8', '2014-03', 12)",
            args![cx.code(), Uuid::from_u128(40), this_year]).await.unwrap();
        audit::record(&mut tx, &cx.deed_for("wpg-daily"), "record:read", "record", "1", &serde_json::json!({})).await.unwrap();
        let (hash,): (String,) = tx.one("select hash from audit_entry where seq = 1", vec![]).await.unwrap();
        for (day, hash) in [(19_800_i64, hash.as_str()), (19_801, "other"), (19_000, "last year")] {
            tx.run("insert into audit_anchor (municipality, day, seq, hash, at) values ($1, $2, 1, $3, $4)",
                args![cx.code(), day, hash, this_year]).await.unwrap();
        }
        tx.commit().await.unwrap();
        let requests = [("V2024-1", "wpg", this_year), ("V2024-2", "avg", this_year), ("V2023-1", "wpg", last_year)];
        let mut tx = app.main.write().await.unwrap();
        for (n, (reference, laws, received)) in requests.into_iter().enumerate() {
            tx.run("insert into subject_request (municipality, id, reference, kind, laws, state, asker_bytes, fingerprint,
                        received_at, due_at, extension, refusal, answered_at, created_at, version)
                    values ($1, $2, $3, 'access', $4, 'answered', $5, 'f', $6, $6, '', '', $6, $6, 1)",
                args![cx.code(), Uuid::from_u128(50 + n as u128), reference, laws, vec![0_u8], received]).await.unwrap();
        }
        tx.commit().await.unwrap();

        let dir = testkit::folder();
        let written = write(&app, &cx.municipality, 2024, &dir).await.unwrap();
        assert_eq!(written.len(), 13);
        let has = |name: &str, each: &[&[&str]]| {
            let rows = rows(&dir, name);
            assert_eq!(rows.len(), each.len(), "{name}: {rows:?}");
            for (row, parts) in rows.iter().zip(each) {
                assert!(parts.iter().all(|p| row.contains(p)), "{name}: {row}");
            }
        };
        has("authorisations", &[&["'=Bo Boa", "wpg-daily", "\"Team, handhaving\"", "withdrawn", "Ander werk", "Kim"]]);
        has("openings", &[&["2024-03-01T09:00:00Z", "Controle haven", "investigator"], &["2024-05-01"]]);
        has("targeted-queries", &[&["Herhaald feit", ",1"], &["Herhaald feit", ",3"]]);
        has("combinations", &[&[&Uuid::from_u128(21).to_string(), ",3"]]);
        has("disclosures", &[&["Openbaar Ministerie", "wpg-16", "text", "handed-over"]]);
        has("deviations", &[&["opening", &Uuid::from_u128(11).to_string(), "not-authorised"]]);
        has("suspected-unlawful", &[&[&Uuid::from_u128(3).to_string(), "Scherm open"]]);
        has("requests", &[&["V2024-1", "access", "wpg"]]);
        has("retention", &[&["destroyed", "wpg-8", "2014-03", "12"]]);
        has("stock", &[&["wpg-daily", "1", "0"]]);
        has("chain", &[&["main,chain,,0,whole"], &["wpg,chain,,1,whole"], &["2024-03-18", "holds"], &["2024-03-19", "does not hold"]]);
        // Every file is as the manifest says, and nothing of the content is in any of them.
        let manifest: serde_json::Value =
            serde_json::from_slice(&std::fs::read(dir.join("manifest.json")).unwrap()).unwrap();
        let listed = manifest["files"].as_array().unwrap();
        assert_eq!(listed.len(), 12);
        for file in listed {
            let bytes = std::fs::read(dir.join(file["name"].as_str().unwrap())).unwrap();
            assert_eq!(file["sha256"], hex::encode(Sha256::digest(&bytes)));
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("Geheime") && !text.contains("Jan Jansen") && !text.contains("police"), "{file}");
        }
        assert!(std::fs::read(dir.join("summary.pdf")).unwrap().starts_with(b"%PDF"));
        let again = write(&app, &cx.municipality, 2024, &dir).await.unwrap_err().to_string();
        assert!(again.contains("never overwritten"), "{again}");
        assert!(write(&app, &cx.municipality, 2025, &testkit::folder()).await.is_err(), "it has not begun");
        for db in [app.main.any(), wpg.clone()] {
            let entry = audit::newest(&mut db.read().await.unwrap(), cx.code(), i64::MAX, 1).await.unwrap().remove(0);
            assert_eq!((entry.kind.as_str(), entry.purpose.as_str()), ("audit-set", "accountability"));
        }
        let police = audit::newest(&mut app.vaults.get("police").unwrap().read().await.unwrap(), cx.code(), i64::MAX, 9).await.unwrap();
        assert!(police.is_empty(), "no other vault is touched");
    }
}

#[test]
fn cells_stay_cells() {
    let table = super::Table {
        name: "x",
        head: &["a", "b"],
        rows: vec![vec!["=1+1".into(), "a, \"b\"".into()], vec!["plain".into(), "two\nlines".into()]],
        notable: 0,
    };
    assert_eq!(super::csv::file(&table), "a,b\r\n'=1+1,\"a, \"\"b\"\"\"\r\nplain,\"two\nlines\"\r\n");
}
