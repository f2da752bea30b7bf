//! Where an officer worked, for requests of data subjects (AVG art. 15): shifts, rounds and presence, in words. The
//! caller has the permit. All of it stays until its term is over; the rule is `presence`.

mod store;

use crate::PatrolConfig;
use areas::Atlas;
use kit::{At, Fault, Tx, Uuid};
use policy::Permit;
use site::Cx;

/// What is kept of an officer: the name of each field and what stands in it, a line for each thing. Empty fields are left
/// out.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(cx: &Cx, tx: &mut Tx, permit: &Permit, account: Uuid) -> Result<Vec<(&'static str, String)>, Fault> {
    let words = &cx.words;
    let hours =
        |from: At, until: At| format!("{}, {}\u{2013}{}", words.date(from), words.time(from), words.time(until));
    let shifts = crate::shift::of_officer(tx, permit, account, At::from_micros(0), i64::MAX).await?;
    let shifts = shifts.iter().map(|s| {
        let config = cx.municipality.get::<PatrolConfig>();
        let kind = config.shift_name(&s.kind, words.language());
        format!("{}: {} {kind}", hours(s.starts_at, s.ends_at), config.team_name(&s.team, words.language()))
    });
    let shifts = shifts.map(|line| line.trim().to_owned()).collect();
    let rounds = store::rounds(tx, permit, account).await?;
    let rounds = rounds.iter().map(|(from, until)| hours(*from, *until)).collect();
    let atlas = cx.municipality.find::<Atlas>().map(|atlas| atlas.sheet());
    let area = |code: &str| atlas.as_ref().map_or(code, |sheet| sheet.name(code)).to_owned();
    let presence = signals::presence::of_officer(tx, permit, account).await?;
    let presence = presence.iter().map(|p| {
        let area = p.area.as_deref().map(area).unwrap_or_default();
        format!("{}: {:.5}, {:.5} {area}", hours(p.started_at, p.ended_at), p.lat, p.lon).trim().to_owned()
    });
    let presence = presence.collect();
    let all: [(&str, Vec<String>); 3] =
        [("patrol-shifts", shifts), ("patrol-rounds", rounds), ("patrol-presence", presence)];
    Ok(all.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(name, lines)| (name, lines.join("\n"))).collect())
}
