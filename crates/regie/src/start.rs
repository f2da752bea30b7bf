//! From configuration to the running program: vaults opened and migrated, shelves filled.

use crate::assets;
use anyhow::Context as _;
use include_dir::{Dir, include_dir};
use kit::config::{ServerConfig, StorageConfig};
use kit::migrate::Migration;
use kit::words::Library;
use kit::{Clock, Db, Main, Municipality, Vault};
use policy::Policy;
use site::{App, Shared};
use std::path::Path;
use std::sync::Arc;

static MIGRATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../migrations");
static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../locales");

/// Opens the vault `V` as the configuration says and brings its schema up to date.
pub async fn vault<V: Vault>(storage: &StorageConfig) -> anyhow::Result<Db<V>> {
    let db = match storage {
        StorageConfig::Sqlite { dir } => Db::<V>::sqlite(dir).await?,
        StorageConfig::Postgres { vaults } => {
            let url = vaults.get(V::NAME).with_context(|| format!("[storage.vaults] needs `{}`", V::NAME))?;
            Db::<V>::postgres(url).await.with_context(|| format!("vault `{}`", V::NAME))?
        }
    };
    kit::migrate::run(&db, &migrations(V::NAME)).await?;
    Ok(db)
}

/// The migrations of a vault that are built into the program.
pub fn migrations(vault: &str) -> Vec<Migration> {
    let files = |kind: &str| {
        let mut files: Vec<_> =
            MIGRATIONS.get_dir(format!("{vault}/{kind}")).map(|d| d.files().collect()).unwrap_or_default();
        files.sort_by_key(|f: &&include_dir::File<'_>| f.path());
        files
    };
    files("sqlite")
        .into_iter()
        .zip(files("postgres"))
        .map(|(sqlite, postgres)| Migration {
            name: sqlite.path().file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            sqlite: sqlite.contents_utf8().unwrap_or_default().to_owned(),
            postgres: postgres.contents_utf8().unwrap_or_default().to_owned(),
        })
        .collect()
}

/// The texts that are built into the program.
pub fn library() -> anyhow::Result<Library> {
    let mut files = Vec::new();
    for language in LOCALES.dirs() {
        let name = language.path().to_string_lossy().into_owned();
        for file in language.files() {
            files.push((name.clone(), file.contents_utf8().unwrap_or_default().to_owned()));
        }
    }
    Library::new(files).map_err(anyhow::Error::msg)
}

/// Reads one municipality's folder and fills its shelf.
pub fn municipality(folder: &Path) -> anyhow::Result<Municipality> {
    let mut municipality = Municipality::read(folder)?;
    shelve(&mut municipality)?;
    Ok(municipality)
}

/// What each area of the domain keeps on a municipality's shelf.
pub fn shelve(municipality: &mut Municipality) -> anyhow::Result<()> {
    let folder = municipality.folder.clone();
    municipality.put(areas::Atlas::new(&municipality.file));
    let book = plan::PlanBook::read(&folder)?;
    municipality.put(signals::Catalogue::read(&folder, book.priorities())?);
    municipality.put(book);
    municipality.put(patrol::PatrolConfig::read(&folder)?);
    municipality.put(insight::PictureConfig::read(&folder)?);
    Ok(())
}

/// The program on the configuration in `path`. `demo` opens persona sign-in: only `regie demo` says so.
pub async fn app(path: &Path, demo: bool) -> anyhow::Result<Shared> {
    let config = ServerConfig::read(path)?;
    let law = |file: &str| {
        let path = config.law.join(file);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    let law = site::app::Law {
        competence: law::Competence::parse(&law("competence.toml")?)?,
        terms: law::TermRegister::parse(&law("terms.toml")?)?,
    };
    let municipalities = config
        .municipalities
        .iter()
        .map(|folder| Ok(Arc::new(municipality(folder)?)))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let main: Db<Main> = vault(&config.storage).await?;
    let mut tx = main.write().await?;
    for municipality in &municipalities {
        municipality.get::<signals::Catalogue>().sync(&mut tx, municipality.code()).await?;
        municipality.get::<areas::Atlas>().reload(&mut tx, municipality.code()).await?;
    }
    tx.commit().await?;
    Ok(Arc::new(App {
        main,
        policy: Policy::load()?,
        library: Arc::new(library()?),
        clock: Clock::System,
        municipalities,
        law,
        assets: assets::base(),
        public_url: config.public_url.trim_end_matches('/').to_owned(),
        post: kit::mail::Post::open(&config.mail)?,
        fonts: assets::FONTS.to_vec(),
        demo,
    }))
}

/// Makes sure that every municipality's nightly picture is asked for.
pub async fn nightly(app: &Shared) -> anyhow::Result<()> {
    let mut tx = app.main.write().await?;
    for municipality in &app.municipalities {
        insight::schedule(&mut tx, municipality, app.clock.now()).await?;
    }
    tx.commit().await?;
    Ok(())
}
