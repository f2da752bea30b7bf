use crate::report::tests::{Part, count, fresh_id, send, town};
use crate::{observe, presence};
use kit::clock::day_number;
use policy::{Resource, Role};
use site::routes::Table;
use testkit::{Caller, db_test};

fn form<'a>(id: &'a str, presence: &'a str, other: &'a [(&'a str, &'a str)]) -> Vec<Part<'a>> {
    let fields = [
        ("id", id),
        ("presence", presence),
        ("category", "litter"),
        ("words", "Blikjes bij de bank"),
        ("lon", "4.668"),
        ("lat", "52.5105"),
        ("started_at", "2024-06-03T09:40"),
        ("ended_at", "2024-06-03T10:00"),
    ];
    fields
        .into_iter()
        .map(|(name, value)| {
            let value = other.iter().find(|o| o.0 == name).map_or(value, |o| o.1);
            Part::Text(name, value.as_bytes())
        })
        .chain(other.iter().filter(|o| fields.iter().all(|f| f.0 != o.0)).map(|o| Part::Text(o.0, o.1.as_bytes())))
        .collect()
}

db_test! {
    async fn an_observation_and_its_presence_are_written_once_and_together(db) {
        let app = town(db).await;
        let router = testkit::web(
            &app,
            Table::new(&app).get("/observe", "signal:create", observe::form).upload("/observe", "signal:create", observe::send),
        );
        let officer = Caller::new(&app, &router, Some(Role::Officer));
        let page = officer.get("/observe").await;
        assert_eq!(page.status, 200);
        // what a round can do something about comes first
        assert!(page.text.find("value=\"litter\"").unwrap() < page.text.find("Andere onderwerpen").unwrap());
        let (id, presence) = (fresh_id(&app).to_string(), fresh_id(&app).to_string());
        for _ in 0..2 {
            let answer = send(&officer, "/observe", &form(&id, &presence, &[])).await;
            assert_eq!((answer.status, answer.location.as_str()), (303, format!("/observe?made={id}").as_str()));
        }
        let linked = "select count(*) from signal s join presence p on p.municipality = s.municipality
            and p.id = s.presence_id where s.municipality = $1 and s.source = 'officer' and s.area = p.area";
        assert_eq!(count(&app, linked).await, 1);
        assert_eq!(count(&app, "select count(*) from presence where municipality = $1").await, 1);
        let after = officer.get(&format!("/observe?made={id}")).await;
        assert!(after.text.contains("is opgeslagen") && after.text.contains(&format!("/signals/{id}")));

        // only the neighbourhood is known: the presence counts in its middle
        let (second, place) = (fresh_id(&app).to_string(), fresh_id(&app).to_string());
        let by_area = [("lon", ""), ("lat", ""), ("area", "BU03960100"), ("started_at", "2024-06-03T09:30")];
        assert_eq!(send(&officer, "/observe", &form(&second, &place, &by_area)).await.status, 303);

        let cx = testkit::cx(&app, Some(Role::Officer));
        let permit = cx.permit("signal:create", &Resource::ordinary("signal", cx.code())).unwrap();
        let mut tx = app.main.read().await.unwrap();
        let today = day_number(jiff::civil::date(2024, 6, 3));
        let minutes = presence::minutes_between(&mut tx, &permit, today, today).await.unwrap();
        assert_eq!(minutes.iter().map(|m| m.minutes).sum::<i64>(), 50);
        assert!(minutes.iter().any(|m| m.area.as_deref() == Some("BU03960100")));
        assert!(presence::minutes_between(&mut tx, &permit, today - 7, today - 1).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn wrong_observations_get_a_sentence_and_write_nothing() {
    let app = town(testkit::sqlite().await).await;
    let table = Table::new(&app).get("/observe", "signal:create", observe::form).upload(
        "/observe",
        "signal:create",
        observe::send,
    );
    let router = testkit::web(&app, table);
    let officer = Caller::new(&app, &router, Some(Role::Officer));
    for (other, sentence) in [
        (vec![("ended_at", "2024-06-03T09:00")], "Weggaan kan niet"),
        (vec![("ended_at", "2024-06-03T11:00")], "ligt in de toekomst"),
        (vec![("started_at", "2024-06-02T09:00")], "langer dan 12 uur"),
        (vec![("started_at", "vroeg")], "Dit tijdstip is niet leesbaar"),
        (vec![("lon", ""), ("lat", "")], "Kies waar u bent"),
        (vec![("lon", ""), ("lat", ""), ("address", "Maerelaan 1")], "Kies waar u bent"),
        (vec![("lon", "5.5")], "ligt niet in de gemeente"),
        (vec![("words", "")], "Vertel in een paar woorden"),
    ] {
        let (id, presence) = (fresh_id(&app).to_string(), fresh_id(&app).to_string());
        let answer = send(&officer, "/observe", &form(&id, &presence, &other)).await;
        assert_eq!(answer.status, 422, "{other:?}");
        assert!(answer.text.matches(sentence).count() >= 2, "{other:?}: {sentence}");
    }
    assert_eq!(count(&app, "select count(*) from presence where municipality = $1").await, 0);
    // who may not create signals sees no form
    let mayor = Caller::new(&app, &router, Some(Role::Mayor));
    assert_eq!(mayor.get("/observe").await.status, 403);
    assert_eq!(Caller::new(&app, &router, None).get("/observe").await.status, 303);
}

/// The longest presence that is believed is the municipality's own.
#[tokio::test]
async fn the_longest_presence_is_configuration() {
    let folder = testkit::folder();
    let text = std::fs::read_to_string(testkit::root().join("config/heemskerk/categories.toml")).unwrap();
    let mut ids: Vec<(String, kit::Text)> = Vec::new();
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("priority = \"").and_then(|l| l.strip_suffix('"')) {
            ids.push((id.to_owned(), kit::Text::default()));
        }
    }
    for (hours, is_right) in [("0", false), ("1", true), ("24", true), ("25", false)] {
        let other = text.replace("most_hours = 12", &format!("most_hours = {hours}"));
        std::fs::write(folder.join("categories.toml"), other).unwrap();
        match crate::Catalogue::read(&folder, ids.clone()) {
            Ok(catalogue) => assert!(is_right && catalogue.presence.most_hours.to_string() == hours, "{hours}"),
            Err(error) => assert!(!is_right && error.to_string().contains("most_hours"), "{hours}: {error}"),
        }
    }
}
