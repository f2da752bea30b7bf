//! From configuration to the running program: vaults opened and migrated, shelves filled.

use crate::assets;
use anyhow::Context as _;
use include_dir::{Dir, include_dir};
use kit::config::{ServerConfig, StorageConfig};
use kit::db::{Bibob, FENCED, Ggz, Partnership, Police, Radicalisation, Social, Victims, Wpg};
use kit::migrate::Migration;
use kit::words::Library;
use kit::{Clock, Db, Keyring, Main, Municipality, Seal, Seals, Vault, Vaults};
use policy::Policy;
use signals::suggest::Suggester;
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
    kit::migrate::run(&db, &migrations(V::NAME)).await.with_context(|| format!("vault `{}`", V::NAME))?;
    Ok(db)
}

/// Opens every fenced vault.
pub async fn vaults(storage: &StorageConfig) -> anyhow::Result<Vaults> {
    let mut vaults = Vaults::default();
    vaults.add(&vault::<Wpg>(storage).await?);
    vaults.add(&vault::<Police>(storage).await?);
    vaults.add(&vault::<Partnership>(storage).await?);
    vaults.add(&vault::<Radicalisation>(storage).await?);
    vaults.add(&vault::<Bibob>(storage).await?);
    vaults.add(&vault::<Social>(storage).await?);
    vaults.add(&vault::<Ggz>(storage).await?);
    vaults.add(&vault::<Victims>(storage).await?);
    Ok(vaults)
}

/// The name of every vault, `main` first.
pub fn vault_names() -> impl Iterator<Item = &'static str> + Clone {
    std::iter::once(Main::NAME).chain(FENCED)
}

/// The migrations of a vault that are built into the program; all fenced vaults have the same.
pub fn migrations(vault: &str) -> Vec<Migration> {
    let folder = if vault == Main::NAME { vault } else { "fenced" };
    let files = |kind: &str| {
        let mut files: Vec<_> =
            MIGRATIONS.get_dir(format!("{folder}/{kind}")).map(|d| d.files().collect()).unwrap_or_default();
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
    municipality.put(streets::StreetMap::new(streets::StreetsConfig::read(&folder)?));
    municipality.put(people::partners::PartnersConfig::read(&folder)?);
    let book = plan::PlanBook::read(&folder)?;
    municipality.put(signals::Catalogue::read(&folder, book.priorities())?);
    if let Some(suggester) = Suggester::new(&municipality.get::<signals::Catalogue>()) {
        municipality.put(suggester);
    }
    municipality.put(signals::contact::ContactConfig::read(&folder)?);
    municipality.put(exchange::ExchangeConfig::read(&folder, &municipality.get::<signals::Catalogue>())?);
    municipality.put(book);
    municipality.put(patrol::PatrolConfig::read(&folder)?);
    municipality.put(roster::RosterConfig::read(&folder, &municipality.get::<patrol::PatrolConfig>())?);
    municipality.put(people::deed::DeedConfig::read(&folder)?);
    municipality.put(patrol::round::search::Searches::default());
    municipality.put(field::FieldConfig::read(&folder)?);
    municipality.put(records::RecordsConfig::read(&folder)?);
    municipality.put(sanctions::SanctionsConfig::read(&folder)?);
    municipality.put(insight::PictureConfig::read(&folder)?);
    municipality.put(insight::seen::Memory::default());
    municipality.put(campaigns::CampaignsConfig::read(&folder, &municipality.get::<signals::Catalogue>())?);
    municipality.put(youth::YouthConfig::read(&folder)?);
    municipality.put(insight::algorithms::AlgorithmsConfig::read(&folder)?);
    municipality.put(surveys::SurveysConfig::read(&folder)?);
    municipality.put(surveys::Gate::default());
    let open = opendata::OpenDataConfig::read(&folder)?;
    municipality.put(opendata::Live::new(open.live));
    municipality.put(open);
    municipality.put(exchange::webhook::WebhookConfig::read(&folder)?);
    municipality.put(neighbours::NeighboursConfig::read(&folder)?);
    municipality.put(figures::FiguresConfig::read(&folder)?);
    municipality.put(privacy::registers::PrivacyConfig::read(&folder)?);
    Ok(())
}

/// Whether cookies on this address cannot be read on the way: https, or this machine itself.
pub fn is_guarded(public_url: &str) -> bool {
    let host = public_url.strip_prefix("http://").map(|rest| rest.split('/').next().unwrap_or_default());
    host.is_none_or(|host| {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        ["localhost", "127.0.0.1", "[::1]"].contains(&name)
    })
}

/// The program on the configuration in `path`. `demo` opens persona sign-in: only `regie demo` says so.
pub async fn app(path: &Path, demo: bool) -> anyhow::Result<Shared> {
    let config = ServerConfig::read(path)?;
    anyhow::ensure!(
        demo || is_guarded(&config.public_url),
        "`public_url` must begin with https: without it a session can be read on the way ({})",
        config.public_url
    );
    let law = site::app::Law::read(&config.law).map_err(anyhow::Error::msg)?;
    let mut municipalities =
        config.municipalities.iter().map(|folder| municipality(folder)).collect::<anyhow::Result<Vec<_>>>()?;
    if let Some(otlp) = &config.otlp
        && let Some(home) = municipalities.first_mut()
    {
        home.put(privacy::audit::Logbook::open(otlp)?);
    }
    for oidc in &config.oidc {
        let municipality = municipalities.iter_mut().find(|m| m.code() == oidc.municipality);
        municipality
            .with_context(|| format!("[[oidc]] is for `{}`, which is not configured here", oidc.municipality))?
            .put(people::oidc::Provider::open(oidc, config.public_url.trim_end_matches('/'))?);
    }
    if let Some(folder) = &config.mail.inbox
        && let Some(home) = municipalities.first_mut()
    {
        home.put(kit::inbox::Maildir::open(folder, config.mail.inbox_most_megabytes)?);
    }
    for municipality in &mut municipalities {
        municipality.put(people::client::Proxies(config.trusted_proxies.clone()));
    }
    let municipalities: Vec<_> = municipalities.into_iter().map(Arc::new).collect();
    let main: Db<Main> = vault(&config.storage).await?;
    let vaults = vaults(&config.storage).await?;
    let ring = Keyring::read(&config.keys)?;
    let mut seals = Seals::default();
    seals.add(Main::NAME, Seal::load(&main, &ring, Clock::System.now()).await?);
    for db in vaults.all() {
        seals.add(db.name(), Seal::load(db, &ring, Clock::System.now()).await?);
    }
    let mut tx = main.write().await?;
    for municipality in &municipalities {
        municipality.get::<signals::Catalogue>().sync(&mut tx, municipality.code()).await?;
        municipality.get::<areas::Atlas>().reload(&mut tx, municipality.code()).await?;
        municipality.get::<streets::StreetMap>().reload(&mut tx, municipality.code()).await?;
        if let Some(suggester) = municipality.find::<Suggester>() {
            suggester.reload(&mut tx, municipality.code()).await?;
        }
    }
    tx.commit().await?;
    Ok(Arc::new(App {
        main,
        vaults,
        seals,
        policy: Policy::load()?,
        library: Arc::new(library()?),
        clock: Clock::System,
        municipalities,
        law,
        assets: assets::base(),
        public_url: config.public_url.trim_end_matches('/').to_owned(),
        post: kit::mail::Post::open(&config.mail)?,
        http: kit::fetch::Http::new(config.fetch)?,
        scan: config.scan.map(kit::scan::Scanner::new).transpose()?,
        fonts: assets::FONTS.to_vec(),
        demo,
    }))
}

/// Makes sure that every municipality's nightly work is asked for.
pub async fn nightly(app: &Shared) -> anyhow::Result<()> {
    for municipality in &app.municipalities {
        kit::outbox::start(&app.main, &app.post, municipality.code(), app.clock.now()).await?;
    }
    let mut tx = app.main.write().await?;
    for municipality in &app.municipalities {
        insight::schedule(&mut tx, municipality, app.clock.now()).await?;
        signals::suggest::schedule(&mut tx, municipality, app.clock.now()).await?;
        signals::contact::schedule(&mut tx, municipality, app.clock.now()).await?;
        sanctions::figures::schedule(&mut tx, municipality, app.clock.now()).await?;
        if !app.demo {
            figures::refresh::schedule(&mut tx, municipality, app.clock.now()).await?;
        }
    }
    tx.commit().await?;
    for vault in app.every_vault() {
        let mut tx = vault.write().await?;
        for municipality in &app.municipalities {
            privacy::retention::schedule(&mut tx, municipality, app.clock.now()).await?;
        }
        tx.commit().await?;
    }
    privacy::audit::schedule(app).await?;
    Ok(())
}
