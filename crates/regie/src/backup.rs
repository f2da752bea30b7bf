//! `regie backup` and `regie restore`: all vaults in one gzipped tar file with a manifest, while the
//! server runs. SQLite vaults by the database's own online copy; PostgreSQL vaults by `pg_dump`.

use crate::start;
use anyhow::{Context as _, bail, ensure};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use kit::config::{ServerConfig, StorageConfig};
use kit::{Db, Main, Vault as _, jobs};
use rusqlite::{Connection, OpenFlags, backup::Backup};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const MANIFEST: &str = "manifest.json";

/// A folder beside `near` that is gone when this is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn beside(near: &Path) -> anyhow::Result<Self> {
        let name = format!(".regie-{}", kit::Clock::System.id().simple());
        let dir = near.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).join(name);
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&dir).with_context(|| dir.display().to_string())?;
        Ok(Self(dir))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Writes a copy of every vault to `file`; an older file of that name stays until the new one is whole.
pub async fn backup(config: &Path, file: &Path) -> anyhow::Result<()> {
    let config = ServerConfig::read(config)?;
    let scratch = Scratch::beside(file)?;
    let mut manifest = serde_json::json!({
        "program": "regie", "version": env!("CARGO_PKG_VERSION"),
        "made_at": kit::Clock::System.now().0.to_string(), "vaults": {},
    });
    let part = scratch.0.join("backup.tar.gz");
    let mut tar = tar::Builder::new(GzEncoder::new(File::create(&part)?, Compression::fast()));
    for vault in start::vault_names() {
        let (name, copy) = match &config.storage {
            StorageConfig::Sqlite { dir } => {
                let copy = scratch.0.join(format!("{vault}.sqlite"));
                copy_sqlite(&dir.join(format!("{vault}.sqlite")), &copy)?;
                (format!("{vault}.sqlite"), copy)
            }
            StorageConfig::Postgres { vaults } => {
                let copy = scratch.0.join(format!("{vault}.pgdump"));
                let url = vaults.get(vault).with_context(|| format!("[storage.vaults] needs `{vault}`"))?;
                tool(
                    Command::new("pg_dump")
                        .args(["--format=custom", "--no-owner", "--no-acl", "--schema", vault])
                        .arg("--file")
                        .arg(&copy)
                        .arg(url),
                )?;
                (format!("{vault}.pgdump"), copy)
            }
        };
        manifest["vaults"][&name] = digest(&copy)?.into();
        tar.append_path_with_name(&copy, &name)?;
    }
    let text = serde_json::to_vec_pretty(&manifest)?;
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_mode(0o600);
    header.set_cksum();
    tar.append_data(&mut header, MANIFEST, text.as_slice())?;
    tar.into_inner()?.finish()?.sync_all()?;
    #[cfg(unix)]
    std::fs::set_permissions(&part, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    std::fs::rename(&part, file).with_context(|| file.display().to_string())?;
    let bytes = file.metadata()?.len();
    println!("{} ({} kB)", file.display(), bytes / 1000);
    if let Err(error) = note(&config, file, bytes).await {
        eprintln!("the backup is whole, but the page of backups will not show it: {error:#}");
    }
    Ok(())
}

/// The codes of the municipalities that are configured here.
fn codes(config: &ServerConfig) -> anyhow::Result<Vec<String>> {
    let code = |folder: &PathBuf| Ok(kit::Municipality::read(folder)?.code().to_owned());
    config.municipalities.iter().map(code).collect()
}

/// Notes the backup in `main`, so that the page of backups says when it must be destroyed. The schema is left as it
/// is: a backup is also made before an upgrade.
async fn note(config: &ServerConfig, file: &Path, bytes: u64) -> anyhow::Result<()> {
    let codes = codes(config)?;
    let main = match &config.storage {
        StorageConfig::Sqlite { dir } => Db::<Main>::sqlite(dir).await?,
        StorageConfig::Postgres { vaults } => {
            let url = vaults.get(Main::NAME).context("[storage.vaults] needs `main`")?;
            Db::<Main>::postgres(url).await?
        }
    };
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    let sha256 = digest(file)?;
    privacy::retention::note_backup(&main, &codes, (&name, &sha256, bytes), kit::Clock::System.now()).await?;
    main.close().await;
    Ok(())
}

/// Puts the copy in `file` back in place of what every vault holds now.
pub async fn restore(config: &Path, file: &Path) -> anyhow::Result<()> {
    let config = ServerConfig::read(config)?;
    let scratch = Scratch::beside(file)?;
    tar::Archive::new(GzDecoder::new(File::open(file)?))
        .unpack(&scratch.0)
        .with_context(|| format!("{} is no backup of Regie, or it is damaged", file.display()))?;
    let manifest: serde_json::Value = serde_json::from_slice(
        &std::fs::read(scratch.0.join(MANIFEST)).with_context(|| format!("{} has no manifest", file.display()))?,
    )?;
    for vault in start::vault_names() {
        let (name, sqlite) = match &config.storage {
            StorageConfig::Sqlite { dir } => (format!("{vault}.sqlite"), Some(dir.join(format!("{vault}.sqlite")))),
            StorageConfig::Postgres { .. } => (format!("{vault}.pgdump"), None),
        };
        let copy = scratch.0.join(&name);
        ensure!(copy.is_file(), "{} holds no {name}: it was made on the other kind of database", file.display());
        ensure!(
            manifest["vaults"][&name].as_str() == Some(digest(&copy)?.as_str()),
            "{name} in {} is damaged: its checksum differs",
            file.display()
        );
        match (&config.storage, sqlite) {
            (_, Some(target)) => copy_sqlite(&copy, &target)?,
            (StorageConfig::Postgres { vaults }, None) => {
                let url = vaults.get(vault).with_context(|| format!("[storage.vaults] needs `{vault}`"))?;
                tool(
                    Command::new("pg_restore")
                        .args([
                            "--clean",
                            "--if-exists",
                            "--no-owner",
                            "--no-acl",
                            "--single-transaction",
                            "--schema",
                            vault,
                            "--dbname",
                        ])
                        .arg(url)
                        .arg(&copy),
                )?;
            }
            _ => {}
        }
    }
    let main: Db<Main> = start::vault(&config.storage).await?;
    let mut tx = main.write().await?;
    let now = kit::Clock::System.now();
    for municipality in codes(&config)? {
        for job in [areas::import::RELOAD_JOB, streets::import::RELOAD_JOB] {
            jobs::enqueue(&mut tx, &municipality, job, &serde_json::json!({}), Some("restore"), now).await?;
        }
    }
    tx.commit().await?;
    println!("restored what {} held at {}", file.display(), manifest["made_at"].as_str().unwrap_or("?"));
    Ok(())
}

/// SQLite's own online copy: a consistent moment of `from`, in place of what `to` holds.
fn copy_sqlite(from: &Path, to: &Path) -> anyhow::Result<()> {
    ensure!(from.is_file(), "there is no {}", from.display());
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut target = Connection::open(to)?;
    source.busy_timeout(Duration::from_secs(30))?;
    target.busy_timeout(Duration::from_secs(30))?;
    Backup::new(&source, &mut target)?.run_to_completion(4096, Duration::ZERO, None)?;
    Ok(())
}

fn tool(command: &mut Command) -> anyhow::Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output =
        command.output().with_context(|| format!("{name} is needed for PostgreSQL; install postgresql-client"))?;
    if !output.status.success() {
        bail!("{name}: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

fn digest(path: &Path) -> anyhow::Result<String> {
    let mut hasher = Sha256::new();
    std::io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize().iter().map(|b| format!("{b:02x}")).collect())
}
