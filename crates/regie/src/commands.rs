//! What each command does.

use crate::{
    Account, Check, Cli, Command, Import, Report, Suggest, backup, check, demo_town, keys, picture, serve, start,
};
use anyhow::Context as _;
use kit::config::ServerConfig;
use kit::{Clock, Municipality};
use site::{Cx, Shared};
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use tracing_subscriber::EnvFilter;

/// The command was called wrongly (exit code 2).
#[derive(Debug)]
pub struct Misuse(pub String);

impl std::fmt::Display for Misuse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Misuse {}

/// Log lines as JSON on standard error; `RUST_LOG` narrows or widens.
fn log(default: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    let _ = tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_env_filter(filter).try_init();
}

/// Runs one command.
pub async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Demo { dir, port } => {
            log("warn");
            demo_town::run(&dir, port).await
        }
        Command::Serve(place) => {
            log("info");
            let file = place.file()?;
            let listen = ServerConfig::read(&file)?.listen;
            let app = start::app(&file, false).await?;
            start::nightly(&app).await?;
            serve::run(app, &listen, |address| eprintln!("Regie listens on {address}")).await
        }
        Command::Import { what: Import::Areas { file, year, municipality, place } } => {
            log("warn");
            present(&file)?;
            let app = start::app(&place.file()?, false).await?;
            let municipality = chosen(&app, municipality.as_deref())?;
            let options = areas::import::Options::default();
            let report = areas::import::run(&app, municipality.code(), &file, i64::from(year), options).await?;
            println!("{report}");
            Ok(())
        }
        Command::Import { what: Import::Addresses { file, municipality, place } } => {
            log("warn");
            present(&file)?;
            let app = start::app(&place.file()?, false).await?;
            let municipality = chosen(&app, municipality.as_deref())?;
            println!("{}", areas::address::run(&app, municipality.code(), &file).await?);
            Ok(())
        }
        Command::Import { what: Import::Streets { file, dry_run, municipality, place } } => {
            log("warn");
            present(&file)?;
            let app = start::app(&place.file()?, false).await?;
            let municipality = chosen(&app, municipality.as_deref())?;
            println!("{}", streets::import::run(&app, municipality.code(), &file, dry_run).await?);
            Ok(())
        }
        Command::Import { what: Import::Figures { what, dataset, period, dry_run, municipality, place } } => {
            log("warn");
            let app = start::app(&place.file()?, false).await?;
            let municipality = chosen(&app, municipality.as_deref())?;
            println!("{}", figures::refresh::run(&app, municipality.code(), &what, &dataset, &period, dry_run).await?);
            Ok(())
        }
        Command::Import {
            what: Import::Signalen { folder, apply, contact, fallback, outside, skip, municipality, place },
        } => {
            log("warn");
            if !folder.is_dir() {
                return Err(Misuse(format!("there is no folder {}", folder.display())).into());
            }
            let app = start::app(&place.file()?, false).await?;
            let municipality = chosen(&app, municipality.as_deref())?;
            let options = exchange::signalen::import::Options { contact, fallback, outside, skip };
            let told =
                exchange::signalen::import::from_folder(&app, municipality.code(), &folder, &options, apply).await?;
            println!("{told}");
            Ok(())
        }
        Command::Suggest { what: Suggest::Evaluate { file, json, municipality, place } } => {
            log("warn");
            let texts = match &file {
                Some(file) => {
                    present(file)?;
                    Some(signals::suggest::evaluate::read_csv(std::fs::File::open(file)?)?)
                }
                None => None,
            };
            let app = start::app(&place.file()?, false).await?;
            let municipality = chosen(&app, municipality.as_deref())?;
            let mut tx = app.main.read().await?;
            let found = signals::suggest::evaluate::evaluate(&mut tx, &municipality, texts).await?;
            println!("{}", found.table());
            if let Some(json) = json {
                std::fs::write(&json, serde_json::to_vec_pretty(&found)?)
                    .with_context(|| json.display().to_string())?;
            }
            Ok(())
        }
        Command::Picture { what } => picture::run(what),
        Command::Import { what: Import::Signals { file, mapping, rejects, place } } => {
            log("warn");
            present(&file)?;
            present(&mapping)?;
            let mapping = signals::import::Mapping::read(&mapping).map_err(|e| Misuse(e.to_string()))?;
            let app = start::app(&place.file()?, false).await?;
            let rejects = rejects.unwrap_or_else(|| {
                let mut name = file.file_name().unwrap_or_default().to_os_string();
                name.push(".rejects.csv");
                name.into()
            });
            let bar = Bar::new();
            let counts = signals::import::run(&app, &mapping, &file, &rejects, &bar).await?;
            bar.0.finish_and_clear();
            println!("{counts}");
            if counts.rejected > 0 {
                println!("refused rows with line number and reason: {}", rejects.display());
            }
            Ok(())
        }
        Command::Report { what: Report::Annual { year, out, municipality, place } } => {
            log("warn");
            let app = start::app(&place.file()?, false).await?;
            let cx = Cx::system(&app, &chosen(&app, municipality.as_deref())?, "account:read");
            let mut tx = app.main.read().await?;
            let report = plan::account::report(&cx, &mut tx, year).await.map_err(|fault| match fault {
                kit::Fault::NotFound => anyhow::anyhow!("the plan has no account of {year}"),
                other => other.into(),
            })?;
            let fonts = document::Fonts::new(app.fonts.clone())?;
            let pdf = tokio::task::spawn_blocking(move || plan::account::pdf(&report, &fonts)).await??;
            std::fs::write(&out, &pdf).with_context(|| out.display().to_string())?;
            println!("{} ({} kB)", out.display(), pdf.len() / 1000);
            Ok(())
        }
        Command::Report { what: Report::WpgAudit { year, out, municipality, place } } => {
            log("warn");
            let app = start::app(&place.file()?, false).await?;
            let municipality = chosen(&app, municipality.as_deref())?;
            for file in privacy::audit_pack::write(&app, &municipality, year, &out).await? {
                println!("{}", file.display());
            }
            Ok(())
        }
        Command::Check { what: Check::Audit { anchors, place } } => {
            check::audit(&place.file()?, anchors.as_deref()).await
        }
        Command::Check { what: Check::Config(place) } => check::config(&place.file()?).await,
        Command::Check { what: Check::Fences(place) } => check::fences(&place.file()?).await,
        Command::Keys { what } => {
            log("warn");
            keys::run(what).await
        }
        Command::Backup { file, place } => backup::backup(&place.file()?, &file).await,
        Command::Restore { file, place } => {
            present(&file)?;
            backup::restore(&place.file()?, &file).await
        }
        Command::Account { what: Account::Add { username, name, role, municipality, place } } => {
            let app = start::app(&place.file()?, false).await?;
            let municipality = chosen(&app, municipality.as_deref())?;
            let mut password = String::new();
            std::io::stdin().read_to_string(&mut password)?;
            let password = password.trim_end_matches(['\r', '\n']);
            anyhow::ensure!(password.chars().count() >= 12, "the password needs at least 12 characters");
            let account = people::account::Account {
                municipality: municipality.code().to_owned(),
                id: Clock::System.id(),
                username: username.to_lowercase(),
                name,
                role,
                active: true,
            };
            let hash = people::account::hash(password)?;
            let mut tx = app.main.write().await?;
            people::account::add(&mut tx, &account, &hash, app.clock.now()).await.map_err(|e| {
                if e.is_unique_violation() {
                    anyhow::anyhow!("the sign-in name `{}` is taken", account.username)
                } else {
                    e.into()
                }
            })?;
            let cx = Cx::system(&app, &municipality, "account-list:edit");
            let (id, detail) = (account.id.to_string(), serde_json::json!({ "by": "terminal", "role": account.role }));
            kit::audit::record(&mut tx, &cx.deed(), "account-list:edit", "account", &id, &detail).await?;
            tx.commit().await?;
            println!("added {} ({})", account.username, account.role);
            Ok(())
        }
    }
}

/// The file is there.
pub fn present(file: &Path) -> anyhow::Result<()> {
    if file.is_file() { Ok(()) } else { Err(Misuse(format!("there is no file {}", file.display())).into()) }
}

fn chosen(app: &Shared, code: Option<&str>) -> anyhow::Result<Arc<Municipality>> {
    let known = || app.municipalities.iter().map(|m| m.code()).collect::<Vec<_>>().join(", ");
    match code {
        None => app.home().cloned().context("no municipality is configured"),
        Some(code) => app
            .municipality(code)
            .map_err(|_| Misuse(format!("`{code}` is not configured here; known: {}", known())).into()),
    }
}

/// A progress bar on the terminal, and nothing where there is none.
struct Bar(indicatif::ProgressBar);

impl Bar {
    fn new() -> Self {
        let bar = indicatif::ProgressBar::new(0);
        if let Ok(style) =
            indicatif::ProgressStyle::with_template("{wide_bar} {percent} %, {msg} rows, {elapsed} of about {duration}")
        {
            bar.set_style(style);
        }
        Self(bar)
    }
}

impl signals::import::Progress for Bar {
    fn at(&self, rows: u64, bytes: u64, of: u64) {
        self.0.set_length(of);
        self.0.set_position(bytes);
        self.0.set_message(rows.to_string());
    }
}
