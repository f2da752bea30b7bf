//! Invented neighbourhood groups for the demonstration, made through the same door as real ones; `.example` is nobody's.

use crate::groups::save;
use crate::model::{Group, Kind};
use kit::clock::{day_number, id_at};
use kit::{At, Fault, Municipality};
use policy::Actor;
use site::{Cx, Shared};
use std::sync::Arc;

/// Name, kind, first neighbourhood by place in the list, how many of them, topics, coordinator.
const GROUPS: [(&str, Kind, usize, usize, &str, &str); 12] = [
    ("WhatsApp-groep Duinrand", Kind::Chat, 0, 1, "", "De Boer"),
    ("WhatsApp-groep Oosterzij", Kind::Chat, 3, 1, "people traffic", "Bakker"),
    ("WhatsApp-groep Poelenburg", Kind::Chat, 6, 2, "", "Visser"),
    ("Buurtpreventie Broekpolder", Kind::Watch, 9, 3, "people public-space", "Yilmaz"),
    ("Buurtpreventie Centrum", Kind::Watch, 13, 2, "people business", "Smit"),
    ("Burgernet Heemskerk-Noord", Kind::Burgernet, 16, 5, "people", "Mulder"),
    ("Burgernet Heemskerk-Zuid", Kind::Burgernet, 21, 5, "people", "El Idrissi"),
    ("Bewonersvereniging De Velden", Kind::Residents, 27, 2, "waste nature traffic", "De Groot"),
    ("Wijkraad Commandeurs", Kind::Residents, 29, 2, "", "Jansen"),
    ("Ondernemers winkelcentrum", Kind::Business, 14, 1, "waste business people", "Peters"),
    ("WhatsApp-groep Hoogdorp", Kind::Chat, 32, 1, "", "Kuiper"),
    ("WhatsApp-groep Waterakkers", Kind::Chat, 34, 1, "public-space waste", "Hendriks"),
];

/// Makes the groups, the first of them two years before `now`.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn seed(app: &Shared, municipality: &Arc<Municipality>, coordinator: &Actor, now: At) -> Result<(), Fault> {
    let cx = Cx {
        actor: coordinator.clone(),
        now,
        path: "/neighbours".to_owned(),
        ..Cx::system(app, municipality, "group:edit")
    };
    let sheet = municipality.get::<areas::Atlas>().sheet();
    let codes: Vec<String> = sheet.neighbourhoods().map(|a| a.code.clone()).collect();
    let topics = crate::front::topic_choices(&cx);
    let today = i64::from(day_number(now.local(&municipality.zone).date()));
    for (i, (name, kind, first, many, wanted, who)) in GROUPS.iter().enumerate() {
        let day = today - 730 + i64::try_from(i).unwrap_or(0) * 50;
        let surname = who.rsplit(' ').next().unwrap_or(who).to_lowercase();
        let areas: Vec<String> = codes.iter().cycle().skip(*first).take((*many).min(codes.len())).cloned().collect();
        let wanted = wanted.split_whitespace().filter(|t| topics.iter().any(|c| c.value == *t));
        let group = Group {
            id: id_at(now),
            name: (*name).to_owned(),
            kind: *kind,
            areas,
            topics: wanted.map(str::to_owned).collect(),
            coordinator: (*who).to_owned(),
            email: format!("{surname}@buurt.example"),
            phone: String::new(),
            consent_on: Some(day),
            language: municipality.file.languages.first().cloned().unwrap_or_default(),
            since_on: day,
            note: String::new(),
            ended_at: None,
            version: 0,
        };
        save(&cx, id_at(now), group).await?;
    }
    Ok(())
}
