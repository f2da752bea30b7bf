//! `regie check`: proofs on an installation, also while it runs.

use crate::start;
use kit::audit::{self, Verdict};
use kit::config::ServerConfig;
use kit::{Db, Main};
use std::path::Path;

/// Walks every audit chain; fails with the first broken link.
pub async fn audit(config: &Path) -> anyhow::Result<()> {
    let config = ServerConfig::read(config)?;
    let main: Db<Main> = start::vault(&config.storage).await?;
    let mut tx = main.read().await?;
    let mut broken = 0;
    for municipality in audit::chains(&mut tx).await? {
        match audit::verify(&mut tx, &municipality).await? {
            Verdict::Whole(n) => println!("main {municipality}: whole, {n} entries"),
            Verdict::Broken { seq, why } => {
                broken += 1;
                println!("main {municipality}: BROKEN at entry {seq}: {why}");
            }
        }
    }
    anyhow::ensure!(broken == 0, "the audit trail is not whole");
    Ok(())
}

/// Reads the configuration and everything that it names.
pub async fn config(path: &Path) -> anyhow::Result<()> {
    let config = ServerConfig::read(path)?;
    let law = |file: &str| std::fs::read_to_string(config.law.join(file));
    law::Competence::parse(&law("competence.toml")?)?;
    law::TermRegister::parse(&law("terms.toml")?)?;
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
    let main: Db<Main> = start::vault(&config.storage).await?;
    main.close().await;
    println!("{}: right", path.display());
    Ok(())
}
