//! Deployment and the street in the demonstration: campaigns, contacts of the youth officer, rosters, sanctions, wrecks.

use super::{AUTHORISED, NO_PASSWORD, persona};
use kit::Municipality;
use kit::clock::id_at;
use people::account::Account;
use policy::{Actor, Role};
use site::{Cx, Shared};
use std::sync::Arc;

/// Campaigns of the coordinator, and what the youth officer knows of the street.
pub(super) async fn campaigns(app: &Shared, heemskerk: &Arc<Municipality>) -> anyhow::Result<()> {
    let said = |fault: kit::Fault| anyhow::anyhow!("{fault:?}");
    let coordinator = persona(app, heemskerk, Role::Coordinator).await?;
    campaigns::seed::seed(app, heemskerk, &coordinator, app.clock.now()).await.map_err(said)?;
    let mut tx = app.main.read().await?;
    let accounts = people::account::all(&mut tx, heemskerk.code()).await?;
    drop(tx);
    let youth = accounts.iter().find(|a| a.username == "jeugdboa").map(|a| a.id);
    let officer = Actor { account: youth, ..persona(app, heemskerk, Role::Officer).await? };
    youth::seed::seed(app, heemskerk, &officer, app.clock.now()).await.map_err(said)
}

/// Deeds, contracts and a roster of four weeks: published for the young people's team, a draft for enforcement. Four
/// colleagues who have no part in the demonstration fill the team, one of them lent by a neighbour.
pub(super) async fn rosters(
    app: &Shared,
    heemskerk: &Arc<Municipality>,
    today: jiff::civil::Date,
) -> anyhow::Result<()> {
    use roster::seed::DemoOfficer;
    let mut tx = app.main.write().await?;
    for (username, name) in COLLEAGUES {
        let account = Account {
            municipality: heemskerk.code().to_owned(),
            id: id_at(app.clock.now()),
            username: username.to_owned(),
            name: name.to_owned(),
            role: Role::Officer,
            active: true,
        };
        people::account::add(&mut tx, &account, NO_PASSWORD, app.clock.now()).await?;
    }
    let accounts = people::account::all(&mut tx, heemskerk.code()).await?;
    tx.commit().await?;
    type Line =
        (&'static str, &'static str, &'static str, &'static [&'static str], &'static str, i64, i64, &'static str);
    let lines: [Line; 8] = [
        ("boa1", "enforcement", "36", &["lead"], "Akte 2023-4411", 900, 200, ""),
        ("boa2", "enforcement", "36", &["first-aid"], "Akte 2022-1873", 70, 300, ""),
        ("boa3", "enforcement", "32", &["lead"], "Akte 2024-0107", 1300, 45, ""),
        ("boa4", "enforcement", "36", &["lead"], "Akte 2024-0218", 1400, 400, ""),
        ("boa5", "enforcement", "28,8", &[], "Akte 2025-0032", 1700, 500, ""),
        ("boa6", "enforcement", "36", &["first-aid"], "Akte 2023-3905", 800, 250, "GM0375"),
        ("boa7", "enforcement", "36", &[], "Akte 2025-0611", 1650, 600, ""),
        ("jeugdboa", "youth", "36", &["youth-work", "lead"], "Akte 2024-0290", 1200, 350, ""),
    ];
    let officers: Vec<DemoOfficer> = lines
        .into_iter()
        .filter_map(|(username, team, hours, skills, deed, deed_days, training_days, employer)| {
            let account = accounts.iter().find(|a| a.username == username)?.id;
            Some(DemoOfficer { account, team, hours, skills, deed, deed_days, training_days, employer })
        })
        .collect();
    let actor = persona(app, heemskerk, Role::Coordinator).await?;
    let cx = Cx { actor, ..Cx::system(app, heemskerk, "roster:edit") };
    let monday = today.saturating_add(jiff::Span::new().days(14 - i64::from(today.weekday().to_monday_zero_offset())));
    let seeded = roster::seed::seed(&cx, &officers, monday, 4, &["youth"]).await;
    seeded.map_err(|fault| anyhow::anyhow!("{fault:?}"))
}

/// Officers of whom there is no persona: sign-in name and invented name.
const COLLEAGUES: [(&str, &str); 4] =
    [("boa4", "Yara Duin"), ("boa5", "Stijn Broekhuizen"), ("boa6", "Lieke van der Kolk"), ("boa7", "Milan Egmond")];

/// An approved round for the shift that is on today or still comes, so that the app and the board have something to show.
pub(super) async fn round_of_today(app: &Shared, heemskerk: &Arc<Municipality>) -> anyhow::Result<()> {
    let mut tx = app.main.read().await?;
    let accounts = people::account::all(&mut tx, heemskerk.code()).await?;
    drop(tx);
    let Some(officer) = accounts.iter().find(|a| a.username == "boa1") else { return Ok(()) };
    let actor = persona(app, heemskerk, Role::Coordinator).await?;
    let cx = Cx { actor, ..Cx::system(app, heemskerk, "round:plan") };
    let reason = "Het voorstel volgt de open meldingen en de campagnes van deze week.";
    let made = patrol::seed::today(&cx, officer.id, 6, reason).await;
    made.map(|_| ()).map_err(|fault| anyhow::anyhow!("{fault:?}"))
}

/// Invented sanctions and wrecks.
pub(super) async fn sanctions(app: &Shared, heemskerk: &Arc<Municipality>) -> anyhow::Result<()> {
    let mut tx = app.main.read().await?;
    let accounts = people::account::all(&mut tx, heemskerk.code()).await?;
    drop(tx);
    let of = |(person, _, deed): &(&str, &str, Option<&'static str>)| {
        Some((accounts.iter().find(|a| a.username == *person)?.id, (*deed)?))
    };
    let officers: Vec<_> = AUTHORISED.iter().filter_map(of).collect();
    let coordinator = persona(app, heemskerk, Role::Coordinator).await?;
    sanctions::seed::seed(app, heemskerk, &officers, &coordinator).await?;
    Ok(())
}
