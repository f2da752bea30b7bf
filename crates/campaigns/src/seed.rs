//! Invented campaigns for the demonstration, made through the same doors as real ones.

use crate::model::{State, StepState, Verdict, monday};
use crate::obligation::{self, web as duty};
use crate::ops::{self, Decision, Form, day_text};
use crate::step;
use areas::{Atlas, Level};
use kit::clock::{day_date, id_at};
use kit::{At, Fault, Municipality, Uuid};
use policy::Actor;
use signals::pick::Pick;
use site::{Cx, Shared};
use std::sync::Arc;

/// A place of the demonstration: name as typed, longitude, latitude, visits per week, minutes, hours.
type Place = (&'static str, f64, f64, i64, i64, (i64, i64));

struct Sketch {
    kind: &'static str,
    name: &'static str,
    problem: &'static str,
    context: &'static str,
    everywhere: bool,
    /// Days from today to the first and the last day.
    days: (i64, i64),
    hours: i64,
    places: &'static [Place],
    /// Of ten visits asked so many were made.
    tenths: i64,
    state: State,
}

const SKETCHES: [Sketch; 3] = [
    Sketch {
        kind: "dark-days",
        name: "Donkere-dagenoffensief",
        problem: "Van oktober tot en met februari zijn er meer inbraken in de vroege avond. Bewoners voelen zich minder veilig op weg naar huis.",
        context: "Vorig jaar hielpen de witte voetjes en de extra rondes bij het station. De politie kijkt mee naar de straten.",
        everywhere: true,
        days: (-45, 60),
        hours: 220,
        places: &[
            ("Station Heemskerk", 4.6872, 52.4949, 4, 15, (17, 21)),
            ("Winkelcentrum De Citadel", 4.6717, 52.5085, 3, 15, (17, 21)),
            ("Parkeerterrein bij het sportpark", 4.6623, 52.5155, 2, 15, (18, 22)),
        ],
        tenths: 8,
        state: State::Running,
    },
    Sketch {
        kind: "hang-out",
        name: "Rust na sluitingstijd bij het plein",
        problem: "Na sluitingstijd bleven groepen hangen op het plein. Bewoners sliepen slecht en er lag veel afval.",
        context: "Jongerenwerk kende een deel van de groep. De jeugdboa maakte afspraken over muziek en afval.",
        everywhere: false,
        days: (-150, -60),
        hours: 120,
        places: &[
            ("Plein bij het winkelcentrum", 4.6711, 52.5080, 4, 15, (22, 26)),
            ("Speeltuin achter de flat", 4.6745, 52.5062, 2, 15, (20, 24)),
        ],
        tenths: 9,
        state: State::Closed,
    },
    Sketch {
        kind: "bicycles",
        name: "Fietsactie bij het station",
        problem: "De rekken bij het station staan vol met wrakken. Reizigers zetten hun fiets op het looppad.",
        context: "Bij de laatste telling was één op de acht fietsen een wrak.",
        everywhere: false,
        days: (14, 55),
        hours: 48,
        places: &[("Fietsenstalling station", 4.6868, 52.4951, 2, 30, (8, 18))],
        tenths: 0,
        state: State::Draft,
    },
];

/// A running, a closed and a coming campaign around `now`.
///
/// # Errors
/// When the policy or the database refuses.
pub async fn seed(app: &Shared, municipality: &Arc<Municipality>, coordinator: &Actor, now: At) -> Result<(), Fault> {
    let today = i64::from(now.day_and_hour(&municipality.zone).0);
    for sketch in &SKETCHES {
        let on = |day: i64| noon(municipality, day.min(today));
        let cx = |day: i64| Cx {
            actor: coordinator.clone(),
            now: on(day),
            path: "/campaigns".to_owned(),
            ..Cx::system(app, municipality, "campaign:edit")
        };
        write(&cx, sketch, today, municipality).await?;
    }
    Ok(())
}

fn noon(municipality: &Municipality, day: i64) -> At {
    let date = day_date(i32::try_from(day).unwrap_or_default());
    let zoned = date.at(12, 0, 0, 0).to_zoned(municipality.zone.clone());
    zoned.map_or(At::from_micros(day * 86_400_000_000), |z| At(z.timestamp()))
}

async fn write(cx: &impl Fn(i64) -> Cx, sketch: &Sketch, today: i64, municipality: &Municipality) -> Result<(), Fault> {
    let (starts, ends) = (today + sketch.days.0, today + sketch.days.1);
    let made = cx(starts - 14);
    let config = made.municipality.get::<crate::CampaignsConfig>();
    let Some(kind) = config.kind(sketch.kind) else { return Ok(()) };
    let sheet = municipality.get::<Atlas>().sheet();
    let mut areas: Vec<String> = (sketch.places.iter())
        .filter(|_| !sketch.everywhere)
        .filter_map(|p| sheet.index.nearest(p.1, p.2, Level::Neighbourhood).map(|(s, _)| s.code.clone()))
        .collect();
    areas.sort();
    areas.dedup();
    let form = Form {
        kind: kind.id.clone(),
        name: sketch.name.to_owned(),
        problem: sketch.problem.to_owned(),
        context: sketch.context.to_owned(),
        areas,
        categories: kind.categories.clone(),
        priorities: kind.priorities.clone(),
        partners: kind.partners.join("\n"),
        budget_hours: sketch.hours.to_string(),
        starts_on: day_text(starts),
        ends_on: day_text(ends),
        review_on: day_text(ends + kind.review_days),
    };
    let id = id_at(made.now);
    let mut tx = made.write().await?;
    ops::create(&made, &mut tx, id, &form).await?;
    let mut duties = vec![];
    for (n, (place, lon, lat, per_week, minutes, hours)) in sketch.places.iter().enumerate() {
        let form = duty::Form {
            name: (*place).to_owned(),
            pick: Pick::at((*lon, *lat)),
            category: kind.visit.category.clone(),
            per_week: per_week.to_string(),
            minutes: minutes.to_string(),
            hour_from: hours.0.to_string(),
            hour_to: (hours.1 % 24).to_string(),
            ..duty::Form::default()
        };
        let request = Uuid::from_u128(id.as_u128() + 1 + n as u128);
        duty::put(&made, &mut tx, request, id, &form, false).await?;
        duties.push((request, *per_week, *minutes, hours.0));
    }
    tx.commit().await?;
    if sketch.state == State::Draft {
        return Ok(());
    }
    decide(&cx(starts), id, Decision { becomes: State::Running.to_string(), ..Decision::default() }).await?;
    ops::follow(&cx(starts), Uuid::from_u128(id.as_u128() + 100), id).await?;
    steps(&cx(starts + 7), id, sketch.state).await?;
    visits(cx, &duties, (starts, ends.min(today - 1)), sketch.tenths).await?;
    if sketch.state == State::Closed {
        let review = Decision {
            becomes: State::Reviewed.to_string(),
            lesson: "De avonden met toezicht én jongerenwerk werkten het best. Toezicht alleen verplaatste de groep."
                .to_owned(),
            verdict: Verdict::Stop.to_string(),
            ..Decision::default()
        };
        decide(&cx(ends + 14), id, review).await?;
        decide(&cx(ends + 21), id, Decision { becomes: State::Closed.to_string(), ..Decision::default() }).await?;
    }
    Ok(())
}

async fn decide(cx: &Cx, id: Uuid, decision: Decision) -> Result<(), Fault> {
    let mut tx = cx.write().await?;
    let version = ops::get(cx, &mut tx, id).await?.campaign.version;
    ops::decide(cx, &mut tx, id_at(cx.now), (id, version), &decision).await?;
    Ok(tx.commit().await?)
}

/// How far the mix of measures is: all done, or two on the way.
async fn steps(cx: &Cx, id: Uuid, state: State) -> Result<(), Fault> {
    let mut tx = cx.write().await?;
    let all = ops::get(cx, &mut tx, id).await?.steps;
    let many = if state == State::Closed { all.len() } else { 2 };
    for step in all.into_iter().take(many) {
        let to = if state == State::Closed { StepState::Done } else { StepState::Running };
        let form = step::Form {
            id: Some(step.id),
            what: step.what,
            partner: step.partner,
            from_on: step.from_on.map(day_text).unwrap_or_default(),
            to_on: step.to_on.map(day_text).unwrap_or_default(),
            state: to.to_string(),
            version: step.version,
            ..step::Form::default()
        };
        step::put(cx, &mut tx, cx.app.clock.id(), id, &form).await?;
    }
    Ok(tx.commit().await?)
}

/// Visits of the past, spread over each week; so many of ten that were asked.
async fn visits(
    cx: &impl Fn(i64) -> Cx,
    duties: &[(Uuid, i64, i64, i64)],
    (from, to): (i64, i64),
    tenths: i64,
) -> Result<(), Fault> {
    let cx = cx(to);
    let permit = ops::editing(&cx)?;
    let mut tx = cx.write().await?;
    for (n, (duty, per_week, minutes, hour)) in duties.iter().enumerate() {
        let mut asked = n as i64;
        for week in (monday(from)..=to).step_by(7) {
            for k in 0..*per_week {
                let day = week + (k * 7 / per_week + n as i64) % 7;
                asked += 1;
                if day < from || day > to || asked * tenths % 10 >= tenths {
                    continue;
                }
                let arrived = At::from_micros(noon(&cx.municipality, day).micros() + (hour - 12) * 3_600_000_000);
                let left = At::from_micros(arrived.micros() + (minutes + (asked * 7) % 9 - 3) * 60_000_000);
                let visit = Uuid::from_u128(duty.as_u128() ^ (u128::from(day.unsigned_abs()) << 32) ^ k as u128);
                obligation::made(&cx, &mut tx, &permit, *duty, visit, (arrived, left)).await?;
            }
        }
    }
    Ok(tx.commit().await?)
}
