//! An officer asks what is known of the work, and later to have it erased.

use super::*;
use crate::rights::model::What;
use kit::At;
use kit::clock::day_number;
use people::deed::DeedConfig;

const HOUR: i64 = 3_600_000_000;

fn town(house: House) -> Shared {
    testkit::app_in(house, |m| {
        let folder = m.folder.clone();
        let patrol = patrol::PatrolConfig::read(&folder).unwrap();
        m.put(roster::RosterConfig::read(&folder, &patrol).unwrap());
        m.put(patrol);
        m.put(DeedConfig::read(&folder).unwrap());
        m.put(PrivacyConfig::read(&folder).unwrap());
    })
}

/// An account with everything that the work leaves behind; yesterday's shift, and a wish for next month.
async fn works(cx: &Cx, n: u128, name: &str, email: &str) -> Uuid {
    let (code, id, now) = (cx.code().to_owned(), Uuid::from_u128(n), cx.now);
    let today = i64::from(day_number("2024-06-03".parse().unwrap()));
    let ago = |hours: i64| At::from_micros(now.micros() - hours * HOUR);
    let mut tx = cx.write().await.unwrap();
    tx.run(
        "insert into account (municipality, id, username, name, email, role, password_hash, active, created_at)
         values ($1, $2, $3, $4, $5, 'officer', '', $6, $7)",
        args![&code, id, format!("boa-{n}"), name, email, true, now],
    )
    .await
    .unwrap();
    tx.run(
        "insert into roster_officer (municipality, account_id, team, employer, contract_min, is_short_rest,
            is_collective, is_sunday_work, is_few_sundays, night_cap, is_planned, version)
         values ($1, $2, 'enforcement', '', 2160, $3, $3, $4, $3, '', $4, 1)",
        args![&code, id, false, true],
    )
    .await
    .unwrap();
    for sql in [
        "insert into roster_skill (municipality, account_id, skill) values ($1, $2, 'lead')",
        "insert into roster_loan (municipality, id, account_id, borrower, agreement, valid_from, valid_until)
         values ($1, $2, $2, 'GM0375', 'IJmond-7', 19000, 19700)",
    ] {
        tx.run(sql, args![&code, id]).await.unwrap();
    }
    for sql in [
        "insert into roster_feed (municipality, id, account_id, made_at) values ($1, $2, $2, $3)",
        "insert into roster (municipality, id, team, first_day, days, state, made_at, made_by, tries_done, tries_asked,
            version) values ($1, $2, 'enforcement', 1, 7, 'published', $3, $2, 0, 0, 1)",
        "insert into field_device (municipality, id, account_id, name, made_at, seen_at, offset_ms, last_seq, waiting)
         values ($1, $2, $2, 'Firefox op een telefoon', $3, $3, 0, 2, 0)",
    ] {
        tx.run(sql, args![&code, id, ago(48)]).await.unwrap();
    }
    for (first, kind, state, n) in [(today - 30, "leave", "granted", 1), (today + 30, "free", "asked", 2)] {
        tx.run(
            "insert into roster_request (municipality, id, account_id, kind, shift_kind, first_day, last_day, state,
                asked_at, asked_by, reason, version) values ($1, $2, $3, $4, '', $5, $5, $6, $7, $3, '', 1)",
            args![&code, Uuid::from_u128(id.as_u128() * 10 + n), id, kind, first, state, now],
        )
        .await
        .unwrap();
    }
    for sql in [
        "insert into roster_shift (municipality, id, roster_id, kind, day, starts_at, ends_at, break_min, staff, place)
         values ($1, $2, $2, 'early', 1, $3, $4, 30, 1, '')",
        "insert into shift (municipality, id, team, kind, starts_at, ends_at, day, lon, lat, version)
         values ($1, $2, 'enforcement', 'early', $3, $4, 1, 4.66, 52.5, 1)",
        "insert into round (municipality, id, shift_id, state, day, proposed_at, reason, seed, max_visits, proposal, version)
         values ($1, $2, $2, 'finished', 1, $3, '', $4 * 0, 8, '', 1)",
        "insert into presence (municipality, id, account_id, started_at, ended_at, lon, lat, cell_x, cell_y, area, day)
         values ($1, $2, $2, $3, $4, 4.66123, 52.50987, 1, 1, 'BU03960100', 1)",
        "insert into field_position (municipality, account_id, lon, lat, at, until) values ($1, $2, 4.66, 52.5, $3, $4)",
    ] {
        tx.run(sql, args![&code, id, ago(30), ago(22)]).await.unwrap();
    }
    for sql in [
        "insert into shift_officer (municipality, shift_id, account_id) values ($1, $2, $2)",
        "insert into round_officer (municipality, round_id, account_id) values ($1, $2, $2)",
    ] {
        tx.run(sql, args![&code, id]).await.unwrap();
    }
    tx.run(
        "insert into roster_place (municipality, shift_id, account_id, is_fixed) values ($1, $2, $2, $3)",
        args![&code, id, false],
    )
    .await
    .unwrap();
    for sql in [
        "insert into roster_swap (municipality, id, roster_id, officer, shift_id, other, state, asked_at, reason, version)
         values ($1, $2, $2, $2, $2, $2, 'offered', $3, '', 1)",
        "insert into roster_change (municipality, id, roster_id, shift_id, account_id, act, reason, at)
         values ($1, $2, $2, $2, $2, 'on', '', $3)",
        "insert into field_call (municipality, id, account_id, at, received_at, lon, lat, state, note, version)
         values ($1, $2, $2, $3, $3, 4.66123, 52.50987, 'closed', 'Collega kwam erbij', 1)",
        "insert into deed (municipality, id, account_id, number, domain, territory, offences, means, valid_from,
            valid_until, trained_until, made_at, made_by, version)
         values ($1, $2, $2, 'Akte 77', 'I', 'GM0396', '', 'handboeien', 19000, 20000, 20000, $3, $2, 1)",
    ] {
        tx.run(sql, args![&code, id, ago(30)]).await.unwrap();
    }
    for (seq, outcome, content) in [(1_i64, "done", ""), (2, "refused", "Fiets met platte band")] {
        tx.run(
            "insert into field_event (municipality, id, device_id, account_id, seq, kind, told_at, at, received_at,
                outcome, reason, reason_values, content)
             values ($1, $2, $3, $3, $4, 'observation', $5, $5, $5, $6, '', '', $7)",
            args![&code, Uuid::from_u128(n * 100 + seq.unsigned_abs() as u128), id, seq, ago(28), outcome, content],
        )
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    id
}

async fn rows(app: &Shared, account: Uuid) -> [i64; 12] {
    let mut tx = vault(app, "main").read().await.unwrap();
    let mut all = [0; 12];
    for (n, table) in TABLES.into_iter().enumerate() {
        let sql = format!("select cast(count(*) as bigint) from {table} where account_id = $1");
        all[n] = count(&mut tx, Box::leak(sql.into_boxed_str()), account).await;
    }
    all
}

const TABLES: [&str; 12] = [
    "roster_feed",
    "roster_request",
    "roster_officer",
    "roster_skill",
    "roster_place",
    "roster_change",
    "deed",
    "field_position",
    "field_device",
    "field_event",
    "round_officer",
    "presence",
];

async fn of_work(cx: &Cx, id: Uuid) -> Vec<super::super::model::Finding> {
    let (mut found, _) = findings(cx, id, "main").await;
    found.retain(|f| crate::rights::officer::is_work(f.what));
    found
}

house_test! {
    async fn an_officer_gets_to_read_what_the_work_left_behind(house) {
        let app = town(house);
        let cx = officer(&app);
        works(&cx, 7, "Jan Jansen", "jan@voorbeeld.nl").await;
        works(&cx, 8, "Piet Ander", "piet@voorbeeld.nl").await;
        let id = identified(&cx, "access", "Jan Jansen").await;
        search_all(&cx, id).await;
        let dossier = dossier(&cx, id).await;
        let place = gather::enter(&cx, &dossier, "main").unwrap();
        let opened = gather::gather(&cx, &dossier, &place).await.unwrap();
        // AVG art. 15(1) and (3): each processing, with what is in it, in words.
        for (what, rule, says) in [
            (What::Roster, "Roosters", vec!["contract van 36 uur", "Senior handhaver", "IJmond-7", "geheim agenda-adres", "verlof, toegekend", "graag vrij", "Werk op zondag", "2 juni 2024", "staat nu op"]),
            (What::Deed, "Akte", vec!["Akte 77", "domein I", "handboeien", "Opleiding geldig"]),
            (What::Phone, "Telefoons", vec!["Firefox op een telefoon", "1 bericht, verwerkt", "Fiets met platte band", "Collega kwam erbij", "52.500, 4.660"]),
            (What::Rounds, "boa", vec!["2 juni 2024", "52.50987, 4.66123"]),
        ] {
            let found: Vec<_> = opened.iter().filter(|o| o.what == what).collect();
            assert_eq!(found.len(), 1, "{what}: only the asker's");
            let text = format!("{:?}", found[0].fields);
            for part in says {
                assert!(text.contains(part), "{what}: {part}\n{text}");
            }
            for raw in ["Piet", "roster-subject", "field-subject", "rights-", "enforcement"] {
                assert!(!text.contains(raw), "{what}: {raw}\n{text}");
            }
            let kept = &found[0].kept.as_ref().unwrap().0;
            assert!(kept.contains(rule), "{what}: {kept}");
        }
        for finding in of_work(&cx, id).await {
            let names: Vec<String> = opened.iter().find(|o| o.id == finding.id).unwrap().fields.iter().map(|f| f.name.clone()).collect();
            let fields = names.iter().map(String::as_str).collect::<Vec<_>>();
            decide_one(&cx, id, "main", NewDecision { finding: finding.id, ..give(&fields) }).await.unwrap();
        }
        let answer = serde_json::to_string(&letter::build(&cx, &super::dossier(&cx, id).await).await.unwrap()).unwrap();
        for says in ["Diensten in roosters", "Akte 77", "Fiets met platte band", "Waar u was, en wanneer", "Bewaartermijn"] {
            assert!(answer.contains(says), "{says}\n{answer}");
        }
        assert!(!answer.contains("rights-field-"), "{answer}");
    }

    async fn what_may_go_is_erased_and_what_stays_is_said(house) {
        let app = town(house);
        let cx = officer(&app);
        let jan = works(&cx, 7, "Jan Jansen", "jan@voorbeeld.nl").await;
        let piet = works(&cx, 8, "Piet Ander", "piet@voorbeeld.nl").await;
        let id = identified(&cx, "erasure", "Jan Jansen").await;
        search_all(&cx, id).await;
        let all = [1, 2, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1];
        assert_eq!(rows(&app, jan).await, all);
        let erase = |finding| NewDecision { act: "erase".into(), finding, ..NewDecision::default() };
        for finding in of_work(&cx, id).await {
            let open = decide_one(&cx, id, "main", erase(finding.id)).await;
            assert!(matches!(open, Err(Fault::Rule { key: "rights-rule-account-open", .. })), "{}: {open:?}", finding.what);
        }
        let mut tx = cx.write().await.unwrap();
        tx.run("update account set active = $2, ended_at = $3 where id = $1", args![jan, false, cx.now]).await.unwrap();
        tx.commit().await.unwrap();
        for (what, law, stays) in [
            (What::Roster, "AVG art. 17(3)(b) with ATW art. 4:3", false),
            (What::Deed, "AVG art. 17(3)(b): who had the power", true),
            (What::Phone, "AVG art. 17(1)(a)", false),
            (What::Rounds, "AVG art. 17(3)(b): presence", true),
        ] {
            let finding = of_work(&cx, id).await.into_iter().find(|f| f.what == what).unwrap();
            match decide_one(&cx, id, "main", erase(finding.id)).await {
                Ok(()) => assert!(!stays, "{law}"),
                Err(Fault::Rule { key: "rights-rule-stays", values }) => assert!(stays && !values[0].1.is_empty(), "{law}: {values:?}"),
                other => panic!("{law}: {other:?}"),
            }
        }
        // The address, the wish for next month, the open swap and the place are gone; what was worked stays.
        assert_eq!(rows(&app, jan).await, [0, 1, 1, 1, 1, 1, 1, 0, 1, 2, 1, 1]);
        assert_eq!(rows(&app, piet).await, all, "nothing of a colleague");
        let mut tx = vault(&app, "main").read().await.unwrap();
        assert_eq!(count(&mut tx, "select cast(count(*) as bigint) from roster_swap where officer = $1", jan).await, 0);
        let entries = audit::newest(&mut tx, cx.code(), i64::MAX, 50).await.unwrap();
        assert!(entries.iter().filter(|e| e.action == "rights:search" && e.detail.contains("\"officer\":\"erased\"")).count() == 2);
        drop(tx);
        // The answer says what stays, and by which rule.
        let answer = serde_json::to_string(&letter::build(&cx, &dossier(&cx, id).await).await.unwrap()).unwrap();
        for says in ["Wat nog blijft", "Diensten in roosters", "Roosters: wie wanneer werkte", "Berichten van uw telefoon", "Telefoons van handhavers"] {
            assert!(answer.contains(says), "{says}\n{answer}");
        }
        assert!(!answer.contains("Agenda\"") && !answer.contains("Laatste plek"), "{answer}");
    }
}
