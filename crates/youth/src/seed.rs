//! Invented hang-outs and contacts for the demonstration, made through the same doors as real ones.

use crate::contact::ops::{self, Change, create};
use crate::place::{self, put};
use kit::clock::id_at;
use kit::{At, Fault, Municipality};
use policy::Actor;
use signals::pick::Pick;
use site::{Cx, Shared};
use std::sync::Arc;

/// Name, longitude, latitude, days between contacts, and by how much the mood got better (+) or worse (-) lately.
const PLACES: [(&str, f64, f64, i64, i64); 5] = [
    ("Plein bij het winkelcentrum", 4.6711, 52.5080, 6, 1),
    ("Achter het station", 4.6865, 52.4955, 9, -1),
    ("Skatebaan in het park", 4.6640, 52.5120, 8, 0),
    ("Speeltuin achter de flat", 4.6745, 52.5062, 12, 1),
    ("Parkeerterrein bij het sportpark", 4.6623, 52.5155, 15, 0),
];
const SEEN: [&str; 6] = [
    "Muziek aan, verder rustig. Ze ruimden zelf op toen ik erom vroeg.",
    "Scooters op het voetpad. Na een gesprek weggezet.",
    "Veel blikjes naast de bak. Er is maar één bak.",
    "Groep is wisselend: een deel komt uit de wijk, een deel van verder weg.",
    "Bewoners spraken de groep zelf aan, dat liep goed.",
    "Gespannen sfeer, men wilde niet praten. Later nog eens langs.",
];
const AGREED: [&str; 3] = [
    "Muziek uit na tien uur.",
    "Afval in de bak, en de bak wordt vaker leeggemaakt.",
    "Scooters blijven bij de rekken.",
];

/// Hang-outs with half a year of contacts by `officer` until `now`.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn seed(app: &Shared, municipality: &Arc<Municipality>, officer: &Actor, now: At) -> Result<(), Fault> {
    let cx = |days: i64, minutes: i64| Cx {
        actor: officer.clone(),
        now: At::from_micros(now.micros() - days * 86_400_000_000 - minutes * 60_000_000),
        path: "/youth".to_owned(),
        ..Cx::system(app, municipality, "youth:write")
    };
    for (n, (name, lon, lat, every, change)) in (0i64..).zip(PLACES) {
        let begin = cx(180, 0);
        let mut tx = begin.write().await?;
        let form =
            place::Form { name: name.to_owned(), pick: Pick::at((lon, lat)), sure: true, ..place::Form::default() };
        let hang_out = put(&begin, &mut tx, id_at(begin.now), &form).await?;
        tx.commit().await?;
        let days = (1..).map(|k| 175 - n - k * every).take_while(|days| *days > 0);
        for (k, days) in (0i64..).zip(days) {
            let cx = cx(days, (k * 37 + n * 11) % 240);
            let lately = if days < 60 { change } else { 0 };
            let pick = |list: &'static [&'static str], of: i64| {
                let i = usize::try_from(of).unwrap_or_default() % list.len();
                list.get(i).copied().unwrap_or_default().to_owned()
            };
            // most groups differ little from week to week; two places got better, one got worse
            let size = (2 + (k * 5 + n) % 3 / 2 - k % 2 * (n % 2) - lately).clamp(0, 4);
            let mood = ((k * 3 + n) % 5 / 2 - lately).clamp(0, 3);
            let (nobody, agrees) = (size == 0, size > 0 && k % 3 == 1);
            let say = |said: bool, words: String| if said { words } else { String::new() };
            let form = ops::Form {
                place: hang_out.to_string(),
                size: pick(&["nobody", "few", "some", "many", "crowd"], size),
                mood: if nobody { "quiet".to_owned() } else { pick(&["quiet", "lively", "restless", "grim"], mood) },
                age: say(!nobody, pick(&["12-15", "16-17", "mixed", "18-23"], k + n)),
                seen: say(!nobody && k % 2 == 0, pick(&SEEN, k / 2 + n)),
                agreement: say(agrees, pick(&AGREED, k + n)),
                follow_up: pick(&["none", "none", "back", "youth-work"], k * i64::from(!nobody)),
                sure: true,
                ..ops::Form::default()
            };
            let mut tx = cx.write().await?;
            let contact = create(&cx, &mut tx, id_at(cx.now), &form).await?;
            // the newest agreements are still to be looked at
            if agrees && days > 12 {
                let change = Change::Checked(pick(&["yes", "partly", "yes", "no"], k + n), String::new(), true);
                ops::change(&cx, &mut tx, id_at(cx.now), (contact.id, 1), &change).await?;
            }
            tx.commit().await?;
        }
    }
    Ok(())
}
