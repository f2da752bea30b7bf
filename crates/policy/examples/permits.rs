//! Prints, as JSON, how many permit decisions a second one core takes, and what those of a list page cost.
//!
//! `cargo run --profile demo -p policy --example permits`
#![allow(clippy::disallowed_methods, reason = "a measurement reads the clock")]

use kit::{At, Uuid};
use law::Regime;
use policy::{Actor, Circumstances, Hat, Policy, Resource, Role};
use std::hint::black_box;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let begin = Instant::now();
    let policy = Policy::load()?;
    let load_ms = begin.elapsed().as_secs_f64() * 1e3;
    let now = At::from_micros(9_000_000_000_000);
    let actors: Vec<Actor> = Role::ALL
        .iter()
        .map(|role| Actor {
            account: Some(Uuid::from_u128(1)),
            role: Some(*role),
            stepped_up_at: Some(At::from_micros(now.micros() - 60_000_000)),
            in_office: true,
            authorised: ["wpg-daily".to_owned(), "zvh-cases".to_owned()].into(),
            ..Actor::stranger("GM0396")
        })
        .collect();
    let how = Circumstances { hat: Hat::Investigator, purpose: true, step_up_minutes: 15, ..Circumstances::plain(now) };
    let actions =
        ["signal:list", "signal:read", "record:open", "record:list", "record:read", "record:disclose", "plan:read"];
    let regimes = [Regime::R1, Regime::R2, Regime::R3, Regime::R4];

    // Every question for the first time: Cedar itself.
    let ask = |n: usize| {
        let actor = &actors[n % actors.len()];
        let action = actions[n / actors.len() % actions.len()];
        let regime = regimes[n / actors.len() / actions.len() % regimes.len()];
        let resource = Resource::fenced("record", "GM0396", regime, "wpg-daily");
        policy.permit_as(actor, action, &resource, &how).is_ok()
    };
    let questions = actors.len() * actions.len() * regimes.len();
    let begin = Instant::now();
    for n in 0..questions {
        black_box(ask(n));
    }
    let first_us = begin.elapsed().as_secs_f64() * 1e6 / questions as f64;

    // The same questions again and again, each timed.
    let mut took: Vec<u64> = Vec::with_capacity(1_000_000);
    let begin = Instant::now();
    for n in 0..1_000_000 {
        let one = Instant::now();
        black_box(ask(n));
        took.push(u64::try_from(one.elapsed().as_nanos())?);
    }
    let per_second = 1e6 / begin.elapsed().as_secs_f64();
    took.sort_unstable();
    let at = |q: f64| took[(q * (took.len() - 1) as f64) as usize] as f64 / 1e3;

    // What a list page asks: its door, its own permit, and a menu and buttons of twenty entries.
    let menu = policy.actions();
    let page = Instant::now();
    for _ in 0..10_000 {
        black_box(policy.enter(&actors[1], "signal:list").is_ok());
        black_box(policy.permit(&actors[1], "signal:list", &Resource::ordinary("signal", "GM0396")).is_ok());
        for action in menu.iter().take(20) {
            black_box(policy.may_enter(actors[1].role, action));
        }
    }
    let page_us = page.elapsed().as_secs_f64() * 1e6 / 10_000.0;
    println!(
        "{{\"load_ms\":{load_ms:.1},\"first_us\":{first_us:.1},\"per_second\":{per_second:.0},\"p50_us\":{:.2},\"p99_us\":{:.2},\"max_us\":{:.1},\"list_page_us\":{page_us:.1}}}",
        at(0.5),
        at(0.99),
        at(1.0)
    );
    Ok(())
}
