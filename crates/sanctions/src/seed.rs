//! Invented sanctions and wrecks for the demonstration. Nobody in them exists, and no plate was ever given out.

use crate::event::{Chosen, Draft, Event, KIND, Line, PROCESSING, State, seeding};
use crate::wreck::{self, NewWreck, Step, Taken};
use crate::{export, figures};
use anyhow::{Context as _, anyhow};
use kit::{At, Fault, Municipality, Uuid};
use law::Regime;
use policy::{Actor, Role};
use records::Envelope;
use records::kin::{self, Act};
use serde_json::json;
use site::{Cx, Shared};
use std::sync::Arc;

const DAY: i64 = 86_400_000_000;

/// Code, modality, place, findings.
const SORTS: [(&str, &str, &str, &str); 9] = [
    (
        "R398",
        "traffic-fine",
        "Maerelaan, bij nummer 12",
        "Auto stond dubbel geparkeerd, geen bestuurder aanwezig, ander verkeer kon er niet langs.",
    ),
    (
        "F185",
        "penal-order",
        "Burgemeester Nielenplein",
        "Ik zag de persoon urineren tegen de gevel van een winkel. Ik sprak hem aan en vroeg om legitimatie.",
    ),
    (
        "F145a",
        "penal-order",
        "Park Assumburg",
        "Hond liep los in het park, binnen de bebouwde kom. De eigenaar liep op ongeveer dertig meter afstand.",
    ),
    (
        "R584",
        "traffic-fine",
        "Deutzstraat",
        "Auto geparkeerd waar bord E1 staat. Ik heb tien minuten gewacht, niemand kwam terug.",
    ),
    (
        "H013",
        "penal-order",
        "Beneluxlaan, ondergrondse container",
        "Huisvuil naast de container gezet op een dag dat er niet wordt opgehaald. De persoon gaf aan dat de container vol was.",
    ),
    (
        "R398",
        "traffic-fine",
        "Kerkweg",
        "Bestelbus dubbel geparkeerd voor een winkel, motor uit, geen laden of lossen gezien in vijf minuten.",
    ),
    (
        "F121a",
        "penal-order",
        "Stationsplein",
        "Persoon dronk bier uit een blik binnen het aangewezen gebied. Borden staan bij elke toegang.",
    ),
    (
        "H022",
        "penal-order",
        "Winkelcentrum De Citadel",
        "Persoon gooide een verpakking op de grond op een meter van een prullenbak en liep door.",
    ),
    ("R584", "traffic-fine", "Rijksstraatweg", "Auto op de stoep en onder bord E1, voetgangers moesten de rijbaan op."),
];

/// Names and days of birth of nobody.
const NOBODY: [(&str, &str, &str); 6] = [
    ("Zeggelaar", "Harm", "1990-04-12"),
    ("Wiebenga", "Lothar", "1994-04-12"),
    ("Ruitenkamp", "Pim", "1988-09-30"),
    ("Oevering", "Mats", "2001-02-03"),
    ("Hollebeek", "Tjitske", "1968-11-23"),
    ("Duinker", "Wessel", "1979-03-18"),
];

/// How many events, spread over the past year.
const MANY: i64 = 110;
/// The oldest, in days before today.
const OLDEST: i64 = 330;
/// Batches of the demonstration were sent so many days ago.
const SENT_DAYS: i64 = 12;

/// Writes the events and wrecks of the demonstration and counts them. `officers` are accounts with a deed. Call it once,
/// on empty tables. Gives how many events.
///
/// # Errors
/// When a vault or key is not there, or a database refuses.
pub async fn seed(
    app: &Shared,
    municipality: &Arc<Municipality>,
    officers: &[(Uuid, &str)],
    coordinator: &Actor,
) -> anyhow::Result<usize> {
    let said = |fault: Fault| anyhow!("{fault:?}");
    let checker = coordinator.account.context("the coordinator has no account")?;
    let seal = app.seals.of(Regime::R2.vault())?;
    let db = app.vaults.get(Regime::R2.vault()).context("the vault wpg is not open")?;
    let mut cx = Cx::system(app, municipality, "import:seed");
    let now = cx.now;
    let areas: Vec<(String, (f64, f64))> =
        municipality.get::<areas::Atlas>().sheet().neighbourhoods().map(|a| (a.code.clone(), a.centre)).collect();
    let mut tx = db.write().await?;
    let mut sent = Vec::new();
    for n in 0..MANY {
        // Every seventh day twice as many, so that the months differ.
        let days = OLDEST - n * OLDEST / MANY;
        let at = At::from_micros(now.micros() - days * DAY - (n % 9) * 3_600_000_000);
        let Some((officer, deed)) = officers.get(usize::try_from(n).unwrap_or(0) % officers.len().max(1)) else {
            break;
        };
        let state = match days {
            0..=1 => State::Draft,
            2..=5 => State::Signed,
            6..=SENT_DAYS => State::Checked,
            _ => State::Exported,
        };
        let area = areas.get(usize::try_from(n * 5 % 3).unwrap_or(0));
        let draft = draft(n, at, municipality, area);
        let record = Envelope {
            id: kit::clock::id_at(at),
            kind: KIND.to_owned(),
            processing: PROCESSING.to_owned(),
            origin: "own".to_owned(),
            disclosure_id: None,
            created_at: at,
            created_by: Some(*officer),
            closed_at: None,
            ended_at: None,
            removed_at: None,
            version: 1,
        };
        let later = |hours: i64| Some(At::from_micros(at.micros() + hours * 3_600_000_000));
        let signed = state != State::Draft;
        let checked = matches!(state, State::Checked | State::Exported);
        let event = Event {
            record_id: record.id,
            officer_id: *officer,
            state,
            day: i64::from(at.day_and_hour(&municipality.zone).0),
            area: draft.area.clone(),
            deed: if signed { deed.trim_start_matches("Akte ").to_owned() } else { String::new() },
            visit_id: None,
            signed_at: if signed { later(1) } else { None },
            checked_at: if checked { later(20) } else { None },
            checked_by: checked.then_some(checker),
        };
        let code = municipality.code();
        let fields = seeding(&cx, &draft);
        kin::new(&mut tx, seal, code, &record, &fields).await.map_err(said)?;
        let text = serde_json::to_vec(&draft)?;
        kin::put_inner(&mut tx, seal, code, record.id, ("typed", &text), at).await.map_err(said)?;
        let lines: Vec<Line> =
            draft.sanctions.iter().map(|c| Line { offence: c.offence.clone(), modality: c.modality.clone() }).collect();
        crate::event::put(&mut tx, code, &event, &lines).await?;
        let mut acts = vec![("created", at, *officer, Role::Officer)];
        acts.extend(event.signed_at.map(|at| ("signed", at, *officer, Role::Officer)));
        acts.extend(event.checked_at.map(|at| ("checked", at, checker, Role::Coordinator)));
        for (act, at, who, role) in acts {
            let deed = kit::audit::Deed {
                municipality: code,
                actor: Some(who),
                role: role.as_str(),
                at,
                purpose: PROCESSING,
                trace: cx.trace,
            };
            let detail = json!({ "reason": "demo" });
            let action = if role == Role::Officer { "sanction:write" } else { "sanction:check" };
            let act = Act { action, processing: PROCESSING, record: record.id, act, detail };
            kin::changed(&mut tx, seal, &deed, &act, &fields).await.map_err(said)?;
        }
        if state == State::Exported {
            sent.push((record, event, draft));
        }
    }
    let at = At::from_micros(now.micros() - SENT_DAYS * DAY);
    export::seed(&cx, &mut tx, seal, (checker, at), &sent).await.map_err(said)?;
    tx.commit().await?;
    cx.actor = coordinator.clone();
    wrecks(&mut cx).await.map_err(said)?;
    figures::refresh(app, municipality).await?;
    Ok(usize::try_from(MANY).unwrap_or(0))
}

fn draft(n: i64, at: At, municipality: &Municipality, area: Option<&(String, (f64, f64))>) -> Draft {
    let pick = |most: usize| usize::try_from(n).unwrap_or(0) % most;
    let (offence, modality, place, findings) = SORTS[pick(SORTS.len())];
    let local = at.local(&municipality.zone);
    let by_car = modality == "traffic-fine";
    let (surname, first_names, birth) = if by_car { ("", "", "") } else { NOBODY[pick(NOBODY.len())] };
    let of = |text: &str, is: bool| if is { text.to_owned() } else { String::new() };
    Draft {
        sanctions: vec![Chosen { offence: offence.to_owned(), modality: modality.to_owned() }],
        began: "supervision".to_owned(),
        date: local.date().to_string(),
        time: format!("{:02}:{:02}", local.hour(), local.minute()),
        place: place.to_owned(),
        area: area.map(|a| a.0.clone()).unwrap_or_default(),
        caught: "in-the-act".to_owned(),
        vehicle: of("car", by_car),
        plate: of(&format!("00-DEM-{}", n % 10), by_car),
        vehicle_note: of("grijze personenauto", by_car),
        surname: surname.to_owned(),
        first_names: first_names.to_owned(),
        birth: birth.to_owned(),
        birth_place: of("Nergenshuizen", !by_car),
        address: of("Verzonnenlaan 1", !by_car),
        postcode: of("0000 AA", !by_car),
        town: of("Nergenshuizen", !by_car),
        identity: of("identity-card", !by_car),
        identity_number: of("DEMO0000", !by_car),
        cautioned: !by_car,
        statement: of("Sorry, ik wist niet dat het hier niet mag.", !by_car),
        findings: findings.to_owned(),
        ..Draft::default()
    }
}

/// Wrecks of every state: days ago, kind, description, place, and the steps with the day of each.
async fn wrecks(cx: &mut Cx) -> Result<(), Fault> {
    type Story = (i64, &'static str, &'static str, &'static str, &'static [(i64, Step)]);
    let stories: [Story; 7] = [
        (
            150,
            "bicycle",
            "Zwarte omafiets, geen voorwiel",
            "Station, rek 4",
            &[(130, Step::Remove), (20, Step::Destroy)],
        ),
        (
            60,
            "bicycle",
            "Blauwe stadsfiets, achterwiel verbogen",
            "Station, rek 2",
            &[(44, Step::Remove), (43, Step::Copy)],
        ),
        (50, "moped", "Rode scooter zonder kap", "Beneluxlaan", &[(33, Step::Remove), (20, Step::Return)]),
        (22, "bicycle", "Kinderfiets, ketting los", "Maerelaan", &[]),
        (9, "bicycle", "Groene fiets, twee lekke banden", "Burgemeester Nielenplein", &[]),
        (5, "trailer", "Aanhanger met gebroken as", "Rijksstraatweg", &[]),
        (40, "object", "Oude bank op het voetpad", "Kerkweg", &[(36, Step::Gone)]),
    ];
    let now = cx.now;
    for (days, kind, description, place, steps) in stories {
        cx.now = At::from_micros(now.micros() - days * DAY);
        let new = NewWreck {
            request: kit::clock::id_at(cx.now),
            kind: kind.to_owned(),
            description: description.to_owned(),
            place: place.to_owned(),
            labelled: true,
            ..NewWreck::default()
        };
        let mut tx = cx.app.main.write().await?;
        let id = wreck::add(cx, &mut tx, &new).await?;
        for (version, (days, step)) in (1_i64..).zip(steps) {
            cx.now = At::from_micros(now.micros() - days * DAY);
            let said = Taken {
                request: kit::clock::id_at(cx.now),
                version,
                note: "Aangetroffen zoals beschreven, foto's gemaakt (verzonnen).".to_owned(),
                lock: "Hangslot doorgeknipt".to_owned(),
                store_place: "Gemeentewerf, vak B".to_owned(),
                ..Taken::default()
            };
            wreck::take(cx, &mut tx, id, (*step, &said)).await?;
        }
        tx.commit().await?;
    }
    cx.now = now;
    Ok(())
}
