use super::*;
use crate::partners::tests::{audited, fault, person};
use jiff::civil::date;
use policy::{Resource, Role};
use testkit::{cx, db_test};

const OFFICER: Uuid = Uuid::from_u128(0x77);

fn draft(n: u128) -> Draft {
    Draft {
        request: Uuid::from_u128(n),
        account: OFFICER,
        number: "Akte 2023-4411".into(),
        domain: "I".into(),
        territory: vec!["GM0396".into(), "GM0375".into()],
        offences: "F121a, H022".into(),
        means: vec!["handcuffs".into()],
        from: "2023-01-01".into(),
        until: "2027-12-31".into(),
        trained_until: "2024-12-31".into(),
        ..Draft::default()
    }
}

async fn town(db: testkit::MainDb) -> site::Shared {
    let app = testkit::app(db, |m| {
        let config = DeedConfig::read(&m.folder).unwrap();
        m.put(config);
    });
    person(&app, OFFICER, "Daan", Role::Officer, None).await;
    app
}

async fn saved(app: &site::Shared, role: Role, draft: &Draft) -> std::result::Result<Uuid, Fault> {
    let cx = cx(app, Some(role));
    let mut tx = cx.write().await.unwrap();
    let id = save(&cx, &mut tx, draft).await?;
    tx.commit().await.unwrap();
    Ok(id)
}

db_test! {
    async fn a_deed_gives_powers_from_its_first_to_its_last_day(db) {
        let app = town(db).await;
        for role in [Role::Officer, Role::Adviser, Role::PrivacyOfficer] {
            assert_eq!(fault(saved(&app, role, &draft(1)).await), "refused", "{role}");
        }
        let id = saved(&app, Role::Coordinator, &draft(1)).await.unwrap();
        assert_eq!(saved(&app, Role::Coordinator, &draft(1)).await.unwrap(), id, "the same form: one deed");
        assert_eq!(audited(&app, "deed:edit").await, 1);
        let cx = cx(&app, Some(Role::Coordinator));
        let permit = cx.permit("deed:edit", &Resource::ordinary("deed", cx.code())).unwrap();
        let mut tx = cx.read().await.unwrap();
        for (day, is_valid, is_trained) in [
            (date(2022, 12, 31), false, false),
            (date(2023, 1, 1), true, true),
            (date(2024, 12, 31), true, true),
            (date(2025, 1, 1), true, false),
            (date(2027, 12, 31), true, false),
            (date(2028, 1, 1), false, false),
        ] {
            let deed = valid(&mut tx, &permit, OFFICER, day).await.unwrap();
            assert_eq!(deed.as_ref().is_some_and(|d| d.is_valid(day)), is_valid, "{day}");
            assert_eq!(deed.is_some_and(|d| d.is_trained(day)), is_trained, "{day}");
        }
        let deed = valid(&mut tx, &permit, OFFICER, date(2024, 6, 3)).await.unwrap().unwrap();
        assert_eq!(deed.offences, ["F121a", "H022"]);
        assert_eq!(since(&mut tx, &permit, date(2028, 1, 1)).await.unwrap(), []);
        for (soon, deed, training) in [
            (date(2024, 12, 31), None, None),
            (date(2025, 1, 1), None, Some(date(2024, 12, 31))),
            (date(2028, 1, 1), Some(date(2027, 12, 31)), Some(date(2024, 12, 31))),
        ] {
            let found = ending(&mut tx, &permit, date(2024, 6, 3), soon).await.unwrap();
            let found = found.first().map_or((None, None), |ending| (ending.deed, ending.training));
            assert_eq!(found, (deed, training), "{soon}");
        }
    }

    async fn a_correction_needs_the_present_version_and_overlaps_nothing(db) {
        let app = town(db).await;
        let id = saved(&app, Role::Coordinator, &draft(1)).await.unwrap();
        let correct = |request, version| Draft { of: Some((id, version)), until: "2025-12-31".into(), ..draft(request) };
        saved(&app, Role::Coordinator, &correct(2, 1)).await.unwrap();
        assert_eq!(fault(saved(&app, Role::Coordinator, &correct(3, 1)).await), "stale");
        assert_eq!(fault(saved(&app, Role::Coordinator, &draft(4)).await), "from deed-overlap");
        let next = Draft { from: "2026-01-01".into(), until: "2030-12-31".into(), ..draft(5) };
        saved(&app, Role::Coordinator, &next).await.unwrap();
        let stranger = Draft { account: Uuid::from_u128(9), ..draft(6) };
        assert!(matches!(saved(&app, Role::Coordinator, &stranger).await, Err(Fault::NotFound)));
    }

    async fn each_wrong_field_is_named(db) {
        let app = town(db).await;
        type Spoil = fn(&mut Draft);
        let table: [(Spoil, &str); 11] = [
            (|d| d.number.clear(), "number deed-number-wrong"),
            (|d| d.domain = "VII".into(), "domain deed-domain-missing"),
            (|d| d.territory.clear(), "territory deed-territory-missing"),
            (|d| d.territory.push("GM9999".into()), "territory deed-territory-missing"),
            (|d| d.means.push("sword".into()), "means deed-means-wrong"),
            (|d| d.offences = "F121a <b>".into(), "offences deed-offences-wrong"),
            (|d| d.from = "gisteren".into(), "from deed-from-missing"),
            (|d| d.until.clear(), "until deed-until-missing"),
            (|d| d.until = "2022-12-31".into(), "until deed-until-early"),
            // Besluit buitengewoon opsporingsambtenaar: five years.
            (|d| d.until = "2028-01-01".into(), "until deed-until-late"),
            (|d| d.trained_until = "31-12-2024".into(), "trained_until deed-trained-wrong"),
        ];
        for (n, (spoil, expected)) in (10..).zip(table) {
            let mut draft = draft(n);
            spoil(&mut draft);
            assert_eq!(fault(saved(&app, Role::Coordinator, &draft).await), expected);
        }
    }
}
