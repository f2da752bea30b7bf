//! `regie keys`: the file of master keys, and the data keys that they wrap.

use crate::{Keys, commands::Misuse, start};
use anyhow::Context as _;
use kit::config::ServerConfig;
use kit::jobs::Job;
use kit::{AnyVault, Clock, Db, Keyring, Main, Seal, Seals, Tx, Vault as _};
use site::Shared;
use std::io::Write as _;
use std::path::Path;

/// Writes a new key file that only its owner can read.
pub fn write(file: &Path) -> anyhow::Result<()> {
    let text = Keyring::make(start::vault_names())?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(file).with_context(|| format!("cannot make {}", file.display()))?;
    out.write_all(text.as_bytes())?;
    Ok(out.sync_all()?)
}

/// Runs one of the commands.
pub async fn run(what: Keys) -> anyhow::Result<()> {
    match what {
        Keys::Make { file } => {
            if file.exists() {
                return Err(Misuse(format!("{} exists; a key file is never overwritten", file.display())).into());
            }
            write(&file)?;
            println!("{}: keep it out of backups of the database, and a copy of it in a safe", file.display());
            Ok(())
        }
        Keys::Wrap(place) => {
            let (vaults, seals) = open(&place.file()?).await?;
            for db in vaults {
                let mut tx = db.write().await?;
                let moved = seals.of(db.name())?.rewrap(&mut tx).await?;
                tx.commit().await?;
                println!("{}: {moved} data keys wrapped with the current master key", db.name());
            }
            Ok(())
        }
        Keys::Rotate { vault, place } => {
            let app = start::app(&place.file()?, false).await?;
            let known = app.every_vault().iter().any(|db| vault.as_deref().is_none_or(|name| name == db.name()));
            if !known {
                return Err(Misuse("there is no vault of that name".to_owned()).into());
            }
            for db in app.every_vault() {
                if vault.as_deref().is_none_or(|name| name == db.name()) {
                    rotate(&app, &db).await?;
                }
            }
            Ok(())
        }
    }
}

async fn open(config: &Path) -> anyhow::Result<(Vec<Db<AnyVault>>, Seals)> {
    let config = ServerConfig::read(config)?;
    let ring = Keyring::read(&config.keys)?;
    let main: Db = start::vault(&config.storage).await?;
    let fenced = start::vaults(&config.storage).await?;
    let vaults: Vec<_> = [main.any()].into_iter().chain(fenced.all().cloned()).collect();
    let mut seals = Seals::default();
    for db in &vaults {
        seals.add(db.name(), Seal::load(db, &ring, Clock::System.now()).await?);
    }
    Ok((vaults, seals))
}

/// A new data key for one vault, every sealed field on it, the old keys gone.
async fn rotate(app: &Shared, db: &Db<AnyVault>) -> anyhow::Result<()> {
    let seal = app.seals.of(db.name())?;
    let mut tx = db.write().await?;
    let version = seal.rotate(&mut tx, app.clock.now()).await?;
    tell(&mut tx, app).await?;
    tx.commit().await?;
    let mut fields = 0;
    loop {
        let mut tx = db.write().await?;
        let sealed = records::reseal(&mut tx, seal, BATCH).await?;
        tx.commit().await?;
        fields += sealed;
        if sealed == 0 {
            break;
        }
    }
    if db.name() == Main::NAME {
        let mut tx = app.main.write().await?;
        fields += people::reseal(&mut tx, seal).await?;
        tx.commit().await?;
    }
    fields += u64::try_from(privacy::rights::reseal(app, db.name()).await?)?;
    let mut tx = db.write().await?;
    seal.retire(&mut tx, version).await?;
    tell(&mut tx, app).await?;
    tx.commit().await?;
    println!("{}: data key {version}, {fields} fields sealed anew", db.name());
    Ok(())
}

/// Fields of one transaction while a vault is sealed anew.
const BATCH: i64 = 500;

/// The job by which a running server learns of a new data key.
pub const RELOAD: &str = "keys-reload";

async fn tell(tx: &mut Tx<AnyVault>, app: &Shared) -> anyhow::Result<()> {
    let home = app.home().context("no municipality is configured")?;
    let now = app.clock.now();
    Ok(kit::jobs::enqueue(tx, home.code(), RELOAD, &serde_json::json!({}), None, now).await?)
}

/// Reads the data keys of the job's vault again.
pub async fn reload(app: Shared, job: Job) -> anyhow::Result<()> {
    let seal = app.seals.of(job.vault)?;
    let vault = app.every_vault().into_iter().find(|db| db.name() == job.vault).context("the vault is not open")?;
    let mut tx = vault.read().await?;
    Ok(seal.reload(&mut tx).await?)
}
