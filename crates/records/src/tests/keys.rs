//! Key rotation: everything sealed comes under the newest key, and opens with that alone.

use super::*;
use crate::note::KIND;
use crate::reseal;
use crate::store::{Envelope, History, add_history, crossing, disclosure};
use crate::write::{self, FieldText, place};
use kit::{At, Keyring, Seal};
use testkit::house_test;

house_test! {
    async fn every_sealed_value_comes_under_the_newest_key(house) {
        let app = app(house);
        let db = vault(&app, "wpg");
        let file = testkit::folder().join("keys.toml");
        std::fs::write(&file, Keyring::make(["wpg"]).unwrap()).unwrap();
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        let seal = Seal::load(&db, &Keyring::read(&file).unwrap(), app.clock.now()).await.unwrap();
        let now = app.clock.now();
        let mut tx = db.write().await.unwrap();
        let (id, m) = (Uuid::from_u128(1), "GM0396");
        let record = Envelope { id, kind: KIND.to_owned(), processing: "wpg-daily".to_owned(), origin: "own".to_owned(),
            disclosure_id: None, created_at: now, created_by: None, closed_at: None, ended_at: None, removed_at: None, version: 1 };
        let fields: Vec<FieldText> = (0..5).map(|n| FieldText { name: format!("field-{n}"), is_special: false, text: format!("Tekst {n}") }).collect();
        write::new(&mut tx, &seal, m, &record, &fields).await.unwrap();
        let old = seal.seal(&place::history(m, id), b"Oud").unwrap();
        for (line, sealed_bytes) in [(id, Some(old)), (Uuid::from_u128(2), None)] {
            let line = History { id: line, at: now, actor_id: None, act: "corrected".to_owned(), detail: "{}".to_owned(), sealed_bytes };
            add_history(&mut tx, m, id, &line).await.unwrap();
        }
        let row = disclosure::DisclosureRow { id, record_id: id, receiver_kind: "police".to_owned(), receiver: String::new(),
            to_regime: "R2".to_owned(), basis: "wpg-15".to_owned(), purpose: String::new(), fields: "[]".to_owned(),
            decision: "{}".to_owned(), covenant_id: None, given_by: id, at: now, state: disclose::State::Outside,
            delivered_at: None, recalled_at: None, sent_at: None };
        disclosure::insert(&mut tx, m, &row, seal.seal(&place::necessity(m, id), b"Nodig").unwrap()).await.unwrap();
        for (n, payload) in [(id, seal.seal(&place::crossing(m, id), b"Inhoud").unwrap()), (Uuid::from_u128(2), vec![])] {
            let way = crossing::Crossing { id: n, disclosure_id: id, act: disclose::Act::Give, to_vault: String::new(),
                payload_bytes: payload, at: At::from_micros(n.as_u128() as i64), delivered_at: None };
            crossing::insert(&mut tx, m, &way).await.unwrap();
        }
        assert_eq!(reseal(&mut tx, &seal, 100).await.unwrap(), 0, "all is under the only key");
        let newest = seal.rotate(&mut tx, now).await.unwrap();
        let mut batches = vec![];
        loop {
            batches.push(reseal(&mut tx, &seal, 3).await.unwrap());
            if batches.last() == Some(&0) { break }
        }
        assert_eq!(batches, [3, 3, 2, 0], "five fields, a line of history, a necessity, a content on its way");
        seal.retire(&mut tx, newest).await.unwrap();
        let opened = write::opened(&mut tx, &seal, m, id).await.unwrap();
        assert_eq!(opened.iter().map(|f| f.text.as_str()).collect::<Vec<_>>(), ["Tekst 0", "Tekst 1", "Tekst 2", "Tekst 3", "Tekst 4"]);
        let (sealed,): (Vec<u8>,) = tx.one("select sealed_bytes from record_history where sealed_bytes is not null", vec![]).await.unwrap();
        assert_eq!(seal.open_text(&place::history(m, id), &sealed).unwrap(), "Oud");
        let content = crossing::get(&mut tx, m, id).await.unwrap().unwrap();
        assert_eq!(seal.open_text(&place::crossing(m, id), &content.payload_bytes).unwrap(), "Inhoud");
    }
}
