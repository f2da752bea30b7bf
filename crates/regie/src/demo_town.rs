//! `regie demo`: a filled town on this machine. The data are invented (crate `demo`); the way in is not:
//! areas, accounts, signals, rounds and decisions go through the same doors as real ones.

use crate::{serve, start};
use anyhow::Context as _;
use demo::{DemoSignal, Setting};
use include_dir::{Dir, include_dir};
use kit::clock::{day_number, id_at};
use kit::{At, Municipality, Uuid, audit};
use patrol::seed::{PastRound, PastShift, PastVisit};
use people::account::Account;
use plan::cycle::{NewDecision, Subject};
use plan::model::ProgrammeState;
use policy::{Actor, Permit, Role};
use signals::intake::{Desk, NewSignal, Reporter};
use signals::seed::{Change, Past, PastIssue};
use signals::{Channel, Kind, Source, State};
use site::{Cx, Shared};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

mod deployment;

static CONFIG: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../config");

/// First day of the invented signals: the years 2023 and 2024 of the plan are whole.
const FROM: jiff::civil::Date = jiff::civil::date(2023, 1, 1);

/// Starts the demonstration in `dir`, filling it when it is new.
pub async fn run(dir: &Path, port: u16) -> anyhow::Result<()> {
    write_configuration(dir, port).with_context(|| format!("cannot write in {}", dir.display()))?;
    let app = start::app(&dir.join("regie.toml"), true).await?;
    if is_new(&app).await? {
        let begin = Instant::now();
        eprintln!("Filling {} with an invented Heemskerk ...", dir.display());
        fill(&app).await?;
        eprintln!("Filled in {:.1} s.", begin.elapsed().as_secs_f64());
    }
    start::nightly(&app).await?;
    let table = personas(&app).await?;
    serve::run(app, &format!("127.0.0.1:{port}"), |address| {
        eprintln!("\nRegie runs on {address}\n\nSign in at {address}/login as one of:\n{table}\nA resident needs no account: {address}/report\nCtrl-C stops; the data stay in {}.\n", dir.display());
    })
    .await
}

/// The demo's configuration is the program's own, written anew at each start.
fn write_configuration(dir: &Path, port: u16) -> anyhow::Result<()> {
    let config = dir.join("config");
    std::fs::create_dir_all(&config)?;
    CONFIG.extract(&config)?;
    let keys = dir.join("keys.toml");
    if !keys.exists() {
        crate::keys::write(&keys)?;
    }
    std::fs::write(
        dir.join("regie.toml"),
        format!(
            "# Written by `regie demo` at each start. Copy it to change it.\n\
             listen = \"127.0.0.1:{port}\"\n\
             public_url = \"http://127.0.0.1:{port}\"\n\
             municipalities = [\"config/heemskerk\", \"config/stlouis\"]\n\
             law = \"config/law\"\n\
             keys = \"keys.toml\"\n\n\
             [storage]\nkind = \"sqlite\"\ndir = \".\"\n\n\
             [mail]\nfrom = \"Gemeente Heemskerk demo <regie@heemskerk.example>\"\nfolder = \"mail\"\n"
        ),
    )?;
    Ok(())
}

async fn is_new(app: &Shared) -> anyhow::Result<bool> {
    let mut tx = app.main.read().await?;
    let home = app.home().context("no municipality")?;
    Ok(people::account::all(&mut tx, home.code()).await?.is_empty())
}

async fn personas(app: &Shared) -> anyhow::Result<String> {
    let mut tx = app.main.read().await?;
    let mut text = String::new();
    for municipality in &app.municipalities {
        for account in people::account::all(&mut tx, municipality.code()).await? {
            text.push_str(&format!(
                "  {:<16} {:<24} {:<18} {}\n",
                account.username, account.name, account.role, municipality.file.name
            ));
        }
    }
    Ok(text)
}

async fn fill(app: &Shared) -> anyhow::Result<()> {
    let heemskerk = app.home().context("no municipality")?.clone();
    for municipality in &app.municipalities {
        let sketch = municipality.folder.join("areas.geojson");
        areas::import::seed(app, municipality.code(), &sketch, 2025).await?;
    }
    // Yesterday is the last whole day.
    let today = app.clock.now().local(&heemskerk.zone).date();
    let setting = Setting::heemskerk(FROM, today);
    addresses(app, &heemskerk, &setting).await?;
    let lines = demo::streets(&setting).into_iter().map(|street| (street.kind, street.line));
    streets::import::write(app, heemskerk.code(), streets::Extract::invented(lines), "demo", false).await?;
    let officers = accounts(app, &heemskerk).await?;
    let reports = demo::signals(&setting);
    signals(app, &heemskerk, &reports).await?;
    patrols(app, &heemskerk, &setting, &reports, &officers, today).await?;
    decisions(app, &heemskerk, officers.get(5).copied()).await?;
    fences(app, &heemskerk).await?;
    sources(app, &heemskerk).await?;
    insight::jobs::run(app, &heemskerk, app.clock.id()).await?;
    measures(app, &heemskerk, &setting).await?;
    deployment::campaigns(app, &heemskerk).await?;
    deployment::rosters(app, &heemskerk, today).await?;
    deployment::round_of_today(app, &heemskerk).await?;
    deployment::sanctions(app, &heemskerk).await
}

/// What the municipality tried: the area approach that the invented town knows, and a campaign to come.
async fn measures(app: &Shared, heemskerk: &Arc<Municipality>, setting: &Setting) -> anyhow::Result<()> {
    let Some(approach) = &setting.approach else { return Ok(()) };
    let adviser = persona(app, heemskerk, Role::Adviser).await?;
    let at = (approach.lon, approach.lat);
    let made = insight::measure::seed::seed(app, heemskerk, &adviser, app.clock.now(), at, approach.from).await;
    made.map_err(|fault| anyhow::anyhow!("{fault:?}"))
}

/// The persona with this role.
async fn persona(app: &Shared, heemskerk: &Municipality, role: Role) -> anyhow::Result<Actor> {
    let mut tx = app.main.read().await?;
    let accounts = people::account::all(&mut tx, heemskerk.code()).await?;
    Ok(Actor {
        account: accounts.iter().find(|a| a.role == role).map(|a| a.id),
        name: "demo".into(),
        role: Some(role),
        ..Actor::stranger(heemskerk.code())
    })
}

/// The invented address register.
async fn addresses(app: &Shared, heemskerk: &Municipality, setting: &Setting) -> anyhow::Result<()> {
    let addresses = demo::addresses(setting)
        .into_iter()
        .map(|a| areas::address::Address {
            id: format!("{} {}", a.street, a.number),
            number: a.number,
            suffix: String::new(),
            postcode: String::new(),
            place: heemskerk.file.name.clone(),
            point: (a.lon, a.lat),
            street: a.street,
        })
        .collect();
    let parsed = areas::address::Parsed { addresses, refused: vec![] };
    areas::address::write(app, heemskerk.code(), parsed).await?;
    Ok(())
}

/// What residents are asked and told: questions of the form, a closed and an open questionnaire, neighbourhood groups;
/// and the suggestions learn from the reports.
async fn sources(app: &Shared, heemskerk: &Arc<Municipality>) -> anyhow::Result<()> {
    let said = |fault: kit::Fault| anyhow::anyhow!("{fault:?}");
    let (coordinator, adviser) =
        (persona(app, heemskerk, Role::Coordinator).await?, persona(app, heemskerk, Role::Adviser).await?);
    let now = app.clock.now();
    let cx = Cx { actor: coordinator.clone(), ..Cx::system(app, heemskerk, "form:edit") };
    let mut tx = app.main.write().await?;
    signals::category::seed::seed(&cx, &mut tx).await.map_err(said)?;
    tx.commit().await?;
    surveys::seed::seed(app, heemskerk, &adviser, now).await.map_err(said)?;
    neighbours::seed::seed(app, heemskerk, &coordinator, now).await.map_err(said)?;
    signals::suggest::train_now(app, heemskerk).await?;
    Ok(())
}

/// The accounts of the personas; gives the ids in the order of the demo's team.
async fn accounts(app: &Shared, heemskerk: &Arc<Municipality>) -> anyhow::Result<Vec<Uuid>> {
    let now = app.clock.now();
    let mut tx = app.main.write().await?;
    let mut ids = Vec::new();
    for person in demo::team() {
        let id = id_at(now);
        ids.push(id);
        let account = Account {
            municipality: heemskerk.code().to_owned(),
            id,
            username: person.username.to_owned(),
            name: person.name.to_owned(),
            role: person.role.parse().map_err(anyhow::Error::msg)?,
            active: true,
        };
        people::account::add(&mut tx, &account, NO_PASSWORD, now).await?;
    }
    // Who grants the mayor's own authorisations: the mayor's deputy, who has no part in the demonstration.
    let deputy = Account {
        municipality: heemskerk.code().to_owned(),
        id: id_at(now),
        username: "locoburgemeester".to_owned(),
        name: "Pieter van Dam".to_owned(),
        role: Role::Mayor,
        active: true,
    };
    people::account::add(&mut tx, &deputy, NO_PASSWORD, now).await?;
    for other in app.municipalities.iter().skip(1) {
        let account = Account {
            municipality: other.code().to_owned(),
            id: id_at(now),
            username: format!("{}.coordinator", other.file.slug),
            name: "Jordan Reed".to_owned(),
            role: Role::Coordinator,
            active: true,
        };
        people::account::add(&mut tx, &account, NO_PASSWORD, now).await?;
    }
    tx.commit().await?;
    Ok(ids)
}

/// No password fits this: personas sign in by their button, which exists only here.
const NO_PASSWORD: &str = "!";

/// The permit of a coordinator: the demo writes what a coordinator could have written.
fn permit(app: &Shared, municipality: &Municipality, action: &'static str) -> anyhow::Result<Permit> {
    let actor = Actor { name: "demo".into(), role: Some(Role::Coordinator), ..Actor::stranger(municipality.code()) };
    Ok(app.policy.permit(&actor, action, &policy::Resource::ordinary("signal", municipality.code()))?)
}

async fn signals(app: &Shared, heemskerk: &Arc<Municipality>, reports: &[DemoSignal]) -> anyhow::Result<()> {
    let desk = Desk::of(heemskerk);
    let permit = permit(app, heemskerk, "signal:create")?;
    let issues = issues(&desk, reports);
    let mut past = Vec::with_capacity(reports.len());
    for report in reports {
        let issue_id = report.place_group.and_then(|g| issues.get(&g)).map(|i| i.id);
        let signal = NewSignal {
            id: report.id,
            kind: Kind::Report,
            channel: if report.source.id() == "officer" { Channel::Officer } else { Channel::Web },
            source: report.source.id().parse::<Source>().map_err(anyhow::Error::msg)?,
            source_ref: None,
            category: report.category.to_owned(),
            words: report.words.clone(),
            address: report.address.clone().unwrap_or_default(),
            place: report.lon.zip(report.lat).filter(|(lon, lat)| desk.inside(*lon, *lat)),
            area: None,
            occurred_at: At(report.occurred_at),
            reported_at: At(report.reported_at),
            state: State::Reported,
            closed_at: None,
            reporter: report.contact.as_ref().map(|c| Reporter {
                name: c.name.clone(),
                email: c.email.clone(),
                ..Reporter::default()
            }),
            presence_id: None,
            issue_id,
            language: "nl".to_owned(),
        };
        let changes = report
            .history
            .iter()
            .filter(|c| c.state != State::Reported.as_str())
            .map(|c| {
                Ok(Change {
                    at: At(c.at),
                    to: c.state.parse().map_err(anyhow::Error::msg)?,
                    note: c.note.clone().unwrap_or_default(),
                })
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        past.push(Past { signal, changes });
    }
    let issues: Vec<PastIssue> = issues.into_values().collect();
    let cx = Cx::system(app, heemskerk, "import:seed");
    let mut tx = app.main.write().await?;
    let new = signals::seed::write(&mut tx, &permit, &desk, &issues, past).await?;
    let detail = serde_json::json!({ "signals": new, "issues": issues.len(), "origin": "invented for the demo" });
    audit::record(&mut tx, &cx.deed(), "import:seed", "signal", "demo", &detail).await?;
    tx.commit().await?;
    Ok(())
}

/// Three and more reports of one place become an issue; pairs stay apart, for a person to join.
fn issues(desk: &Desk, reports: &[DemoSignal]) -> BTreeMap<u32, PastIssue> {
    let mut groups: BTreeMap<u32, Vec<&DemoSignal>> = BTreeMap::new();
    for report in reports {
        if let Some(group) = report.place_group {
            groups.entry(group).or_default().push(report);
        }
    }
    groups.retain(|_, members| members.len() >= 3);
    groups
        .into_iter()
        .filter_map(|(group, members)| {
            let (first, last) = (members.first()?, members.last()?);
            let ended = |s: &DemoSignal| {
                s.history.last().filter(|c| c.state == "done" || c.state == "cancelled").map(|c| At(c.at))
            };
            let closed_at =
                members.iter().map(|m| ended(m)).collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().max());
            let place = first.lon.zip(first.lat);
            Some((
                group,
                PastIssue {
                    id: id_at(At(last.reported_at)),
                    category: first.category.to_owned(),
                    title: desk.catalogue.name(first.category, "nl").to_owned(),
                    place,
                    opened_at: At(first.reported_at),
                    closed_at,
                },
            ))
        })
        .collect()
}

/// Past rounds as they were walked, and the shifts of this week and the next.
async fn patrols(
    app: &Shared,
    heemskerk: &Arc<Municipality>,
    setting: &Setting,
    reports: &[DemoSignal],
    officers: &[Uuid],
    today: jiff::civil::Date,
) -> anyhow::Result<()> {
    let account = |index: usize| officers.get(index).copied();
    let coordinator = account(0);
    let mut past = Vec::new();
    for round in demo::rounds(setting, reports) {
        let end = At(round.starts_at + jiff::SignedDuration::from_mins(round.length_min));
        let visits = round
            .visits
            .iter()
            .map(|v| {
                Ok(PastVisit {
                    lon: v.lon,
                    lat: v.lat,
                    category: Some(v.category.to_owned()),
                    title: String::new(),
                    planned_at: At(v.planned_at),
                    arrived_at: At(v.arrived_at),
                    left_at: At(v.left_at),
                    outcome: v.outcome.parse().map_err(anyhow::Error::msg)?,
                    note: v.note.clone().unwrap_or_default(),
                })
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        let day_before = At(round.starts_at - jiff::SignedDuration::from_hours(20));
        past.push(PastShift {
            id: id_at(At(round.starts_at)),
            team: round.team.to_owned(),
            kind: kind_of(round.starts_at, heemskerk).to_owned(),
            starts_at: At(round.starts_at),
            ends_at: end,
            officers: account(round.officer).into_iter().collect(),
            rounds: vec![PastRound {
                id: round.id,
                approved_at: day_before,
                approved_by: coordinator,
                reason: "Gevolgd: de drukste plekken van die week.".to_owned(),
                finished_at: end,
                visits,
            }],
        });
    }
    let monday = today - jiff::Span::new().days(i64::from(today.weekday().to_monday_zero_offset()));
    let mut coming: BTreeMap<(jiff::Timestamp, &str), PastShift> = BTreeMap::new();
    for shift in demo::shifts(setting, monday) {
        if day_number(shift.starts_at.to_zoned(heemskerk.zone.clone()).date()) < day_number(today) {
            continue;
        }
        coming
            .entry((shift.starts_at, shift.team))
            .or_insert_with(|| PastShift {
                id: id_at(At(shift.starts_at)),
                team: shift.team.to_owned(),
                kind: shift.kind.to_owned(),
                starts_at: At(shift.starts_at),
                ends_at: At(shift.ends_at),
                officers: vec![],
                rounds: vec![],
            })
            .officers
            .extend(account(shift.officer));
    }
    past.extend(together(heemskerk, monday, coming.values()));
    past.extend(coming.into_values());
    let permit = permit(app, heemskerk, "shift:edit")?;
    let cx = Cx::system(app, heemskerk, "import:seed");
    let mut tx = app.main.write().await?;
    let shifts = patrol::seed(&mut tx, &permit, heemskerk, &past).await?;
    let detail = serde_json::json!({ "shifts": shifts, "origin": "invented for the demo" });
    audit::record(&mut tx, &cx.deed(), "import:seed", "shift", "demo", &detail).await?;
    tx.commit().await?;
    Ok(())
}

/// On Sunday afternoon, when nobody else works, all officers of enforcement go out together: a plan of several crews.
fn together<'a>(
    heemskerk: &Municipality,
    monday: jiff::civil::Date,
    coming: impl Iterator<Item = &'a PastShift>,
) -> Option<PastShift> {
    let officers: BTreeSet<Uuid> =
        coming.filter(|shift| shift.team == "enforcement").flat_map(|shift| shift.officers.iter().copied()).collect();
    let sunday = monday + jiff::Span::new().days(6);
    let starts_at = sunday.at(14, 0, 0, 0).to_zoned(heemskerk.zone.clone()).ok()?.timestamp();
    Some(PastShift {
        id: id_at(At(starts_at)),
        team: "enforcement".to_owned(),
        kind: "own".to_owned(),
        starts_at: At(starts_at),
        ends_at: At(starts_at + jiff::SignedDuration::from_hours(5)),
        officers: officers.into_iter().collect(),
        rounds: vec![],
    })
}

/// The kind of shift that begins at this local hour.
fn kind_of(starts_at: jiff::Timestamp, municipality: &Municipality) -> &'static str {
    match starts_at.to_zoned(municipality.zone.clone()).hour() {
        5..=9 => "early",
        10..=12 => "day",
        13..=17 => "late",
        _ => "night",
    }
}

/// Who is authorised for what in the demonstration: sign-in name, processing, and the deed of an officer.
const AUTHORISED: [(&str, &str, Option<&str>); 12] = [
    ("coordinator", "wpg-daily", None),
    ("coordinator", "wpg-inquiry", None),
    ("coordinator", "received", None),
    ("boa1", "wpg-daily", Some("Akte 2023-4411")),
    ("boa2", "wpg-daily", Some("Akte 2022-1873")),
    ("jeugdboa", "wpg-daily", Some("Akte 2024-0290")),
    ("burgemeester", "police-reports", None),
    ("adviseur", "police-reports", None),
    ("adviseur", "received", None),
    ("procesregisseur", "zvh-cases", None),
    ("wijkagent", "zvh-cases", None),
    ("bibob", "bibob", None),
];

/// Partners with their covenants, authorisations, and records behind the fences.
async fn fences(app: &Shared, heemskerk: &Arc<Municipality>) -> anyhow::Result<()> {
    let said = |fault: kit::Fault| anyhow::anyhow!("{fault:?}");
    let mut tx = app.main.read().await?;
    let accounts = people::account::all(&mut tx, heemskerk.code()).await?;
    drop(tx);
    let id = |username: &str| {
        let found = accounts.iter().find(|a| a.username == username).map(|a| a.id);
        found.with_context(|| format!("the demo has no {username}"))
    };
    let adviser = id("adviseur")?;
    let partners = people::partners::seed::seed(app, heemskerk, adviser).await.map_err(said)?;
    let police = *partners.get("police").context("the demo has no police")?;
    let mut tx = app.main.write().await?;
    people::account::belongs(&mut tx, heemskerk.code(), id("wijkagent")?, police).await?;
    tx.commit().await?;
    for (person, processing, deed) in AUTHORISED {
        let own = ["burgemeester", "adviseur"].contains(&person);
        let grant = people::partners::seed::Grant {
            adviser: if person == "adviseur" { id("procesregisseur")? } else { adviser },
            mayor: id(if own { "locoburgemeester" } else { "burgemeester" })?,
            person: id(person)?,
            processing,
            reason: "Nodig voor het dagelijks werk (verzonnen).",
            deed,
        };
        people::partners::seed::authorise(app, heemskerk, grant)
            .await
            .map_err(|fault| anyhow::anyhow!("{person} for {processing}: {fault:?}"))?;
    }
    let mut tx = app.main.read().await?;
    let now = app.clock.now();
    let covenants = people::covenants::all(&mut tx, heemskerk.code(), None).await?;
    let covenant = covenants.iter().find(|c| c.in_force(now) && c.processings.iter().any(|p| p == "zvh-cases"));
    let covenant = covenant.map(|c| c.id);
    drop(tx);
    let mut by_role = HashMap::new();
    for account in &accounts {
        by_role.entry(account.role).or_insert(account.id);
    }
    by_role.insert(Role::Mayor, id("burgemeester")?);
    records::seed(app, heemskerk, &by_role, covenant).await?;
    Ok(())
}

/// The executive's decisions on the programme of 2024, as the adviser registered them.
async fn decisions(app: &Shared, heemskerk: &Arc<Municipality>, adviser: Option<Uuid>) -> anyhow::Result<()> {
    let mut cx = Cx::system(app, heemskerk, "plan:decide");
    cx.actor = Actor { account: adviser, role: Some(Role::Adviser), ..cx.actor };
    let book = heemskerk.get::<plan::PlanBook>();
    for (year, becomes, decided_on, reference) in [
        (2024, ProgrammeState::CollegeAdopted, jiff::civil::date(2023, 12, 12), "B&W 2023-398"),
        (2024, ProgrammeState::SentToCouncil, jiff::civil::date(2023, 12, 19), "RIB 2023-121"),
        (2024, ProgrammeState::Running, jiff::civil::date(2024, 1, 9), "B&W 2024-002"),
    ] {
        let mut tx = app.main.read().await?;
        let states = plan::cycle::programme_states(&mut tx, heemskerk.code(), &book).await?;
        drop(tx);
        let Some((_, now)) = states.iter().find(|(y, _)| *y == year) else { continue };
        let decision = NewDecision {
            request: app.clock.id(),
            subject: Subject::Programme(year),
            becomes: becomes.to_string(),
            version: now.version,
            body: law::Body::Executive,
            decided_on,
            reference: reference.to_owned(),
            note: "Verzonnen besluit voor de demo.".to_owned(),
        };
        plan::cycle::register(&cx, decision)
            .await
            .map_err(|fault| anyhow::anyhow!("decision of {decided_on}: {fault:?}"))?;
    }
    Ok(())
}
