//! Invented measures for the demonstration, made through the same door as real ones.

use super::ops::{NewMeasure, create};
use areas::{Atlas, Level};
use kit::clock::{day_date, day_number};
use kit::{At, Fault, Municipality, Uuid};
use policy::Actor;
use site::{Cx, Shared};
use std::sync::Arc;

/// An area approach around a point from a day on, as the invented town has it, and a campaign that is still to come.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn seed(
    app: &Shared,
    municipality: &Arc<Municipality>,
    adviser: &Actor,
    now: At,
    (lon, lat): (f64, f64),
    from: jiff::civil::Date,
) -> Result<(), Fault> {
    let cx = Cx {
        actor: adviser.clone(),
        now,
        path: "/measures".to_owned(),
        ..Cx::system(app, municipality, "measure:edit")
    };
    let sheet = municipality.get::<Atlas>().sheet();
    let Some((area, _)) = sheet.index.nearest(lon, lat, Level::Neighbourhood) else { return Ok(()) };
    let words = |key: &str| cx.t(key);
    let year = |date: jiff::civil::Date, days: i32| day_date(day_number(date) + days).to_string();
    let today = cx.now.local(&municipality.zone).date();
    let measures = [
        NewMeasure {
            request: id(app),
            title: words("measure-demo-approach"),
            kind: "approach".to_owned(),
            goal: words("measure-demo-approach-goal"),
            areas: vec![area.code.clone()],
            subjects: vec!["people".to_owned()],
            starts_on: from.to_string(),
            ends_on: year(from, 364),
        },
        NewMeasure {
            request: id(app),
            title: words("measure-demo-campaign"),
            kind: "campaign".to_owned(),
            goal: words("measure-demo-campaign-goal"),
            areas: sheet.neighbourhoods().filter(|a| a.code != area.code).take(6).map(|a| a.code.clone()).collect(),
            subjects: vec!["waste".to_owned()],
            starts_on: year(today, 14),
            ends_on: year(today, 14 + 83),
        },
    ];
    for measure in &measures {
        create(&cx, measure).await?;
    }
    Ok(())
}

fn id(app: &Shared) -> Uuid {
    app.clock.id()
}
