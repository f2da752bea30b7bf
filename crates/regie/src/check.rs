//! `regie check`: proofs on an installation, also while it runs.

use crate::start;
use anyhow::Context as _;
use kit::audit::{self, Verdict};
use kit::config::{ServerConfig, StorageConfig};
use kit::{AnyVault, Db, Keyring, Main};
use std::path::Path;

/// Walks every audit chain of every vault and compares it with its daily anchors; fails with the first
/// broken link. `outside` is a file of anchors that was kept elsewhere.
pub async fn audit(config: &Path, outside: Option<&Path>) -> anyhow::Result<()> {
    let outside = match outside {
        Some(file) => {
            let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
            Some(audit::read_csv(&text).map_err(|why| anyhow::anyhow!("{}: {why}", file.display()))?)
        }
        None => None,
    };
    let (mut broken, mut compared) = (0, 0);
    for db in every_vault(&ServerConfig::read(config)?.storage).await? {
        let mut tx = db.read().await?;
        for municipality in audit::chains(&mut tx).await? {
            let mut verdict = audit::verify(&mut tx, &municipality).await?;
            if let (Verdict::Whole(n), Verdict::Broken { seq, why }) =
                (&verdict, audit::verify_anchors(&mut tx, &municipality).await?)
            {
                tracing::debug!(links = n, "whole, but not as anchored");
                verdict = Verdict::Broken { seq, why };
            }
            if let (Verdict::Whole(_), Some(outside)) = (&verdict, &outside) {
                match audit::compare(&mut tx, db.name(), &municipality, outside).await? {
                    Verdict::Whole(n) => compared += n,
                    told => verdict = told,
                }
            }
            match verdict {
                Verdict::Whole(n) => println!("{} {municipality}: whole, {n} entries", db.name()),
                Verdict::Broken { seq, why } => {
                    broken += 1;
                    println!("{} {municipality}: BROKEN at entry {seq}: {why}", db.name());
                }
            }
        }
    }
    anyhow::ensure!(broken == 0, "the audit trail is not whole");
    if outside.is_some() {
        anyhow::ensure!(compared > 0, "none of the anchors in the file is of this installation");
        println!("{compared} anchors from outside agree");
    }
    Ok(())
}

async fn every_vault(storage: &StorageConfig) -> anyhow::Result<Vec<Db<AnyVault>>> {
    let main: Db<Main> = start::vault(storage).await?;
    let fenced = start::vaults(storage).await?;
    Ok([main.any()].into_iter().chain(fenced.all().cloned()).collect())
}

/// Tries from every vault to see every other one, and compares their keys.
pub async fn fences(config: &Path) -> anyhow::Result<()> {
    let config = ServerConfig::read(config)?;
    let mut faults = Vec::new();
    let vaults = every_vault(&config.storage).await?;
    let mut places: Vec<(String, &str)> = Vec::new();
    for db in &vaults {
        let place = kit::fences::place(db).await?;
        if let Some((_, twin)) = places.iter().find(|(p, _)| *p == place) {
            faults.push(format!("{} and {twin} are in the same place: {place}", db.name()));
        }
        let mut held = 0;
        for other in vaults.iter().filter(|other| other.name() != db.name()) {
            let ways = kit::fences::sees(db, other.name()).await?;
            held += usize::from(ways.is_empty());
            faults.extend(ways.into_iter().map(|way| format!("{} can see {}: {way}", db.name(), other.name())));
        }
        println!("{:<15} {held} of {} fences hold    {place}", db.name(), vaults.len() - 1);
        places.push((place, db.name()));
    }
    if let Some((one, other)) = Keyring::read(&config.keys)?.shared() {
        faults.push(format!("{one} and {other} have the same master key in {}", config.keys.display()));
    }
    for fault in &faults {
        println!("FAULT: {fault}");
    }
    anyhow::ensure!(faults.is_empty(), "the fences do not hold");
    println!("every fence holds: {} vaults, {} pairs", vaults.len(), vaults.len() * (vaults.len() - 1));
    Ok(())
}

/// Reads the configuration and everything that it names.
pub async fn config(path: &Path) -> anyhow::Result<()> {
    let config = ServerConfig::read(path)?;
    site::app::Law::read(&config.law).map_err(anyhow::Error::msg)?;
    policy::Policy::load()?;
    start::library()?;
    kit::mail::Post::open(&config.mail)?;
    for folder in &config.municipalities {
        let municipality = start::municipality(folder)?;
        let catalogue = municipality.get::<signals::Catalogue>();
        println!(
            "{} ({}): {} categories, {} priorities",
            municipality.file.name,
            municipality.code(),
            catalogue.categories.len(),
            catalogue.priorities.len()
        );
    }
    Keyring::read(&config.keys)?;
    for db in every_vault(&config.storage).await? {
        db.close().await;
    }
    println!("{}: right", path.display());
    Ok(())
}
