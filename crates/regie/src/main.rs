//! `regie`: the one program. Commands and exit codes are a contract with outsiders (README):
//! 0 done, 1 ran and found a fault, 2 called wrongly.

mod api;
mod assets;
mod backup;
mod check;
mod commands;
mod demo_town;
mod keys;
mod picture;
mod routes;
mod serve;
mod start;
#[cfg(test)]
mod tests;

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Regie: runs a municipality's safety and enforcement plan.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Which installation a command works on.
#[derive(Clone, Debug, Args)]
pub struct Place {
    /// Configuration file (regie.toml).
    #[arg(long, env = "REGIE_CONFIG", conflicts_with = "dir")]
    config: Option<PathBuf>,
    /// Folder of a demo or installation that holds a regie.toml.
    #[arg(long)]
    dir: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a filled demonstration with the municipality of Heemskerk.
    Demo {
        /// Folder of its data; made and filled when it is new.
        #[arg(long, default_value = "data/demo")]
        dir: PathBuf,
        /// Port on 127.0.0.1.
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Serve an installation.
    Serve(Place),
    /// Read a file into an installation.
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// The proposal of a category from the words of a report.
    Suggest {
        #[command(subcommand)]
        what: Suggest,
    },
    /// The forecasts and the early warning, checked on files of your own.
    Picture {
        #[command(subcommand)]
        what: picture::Picture,
    },
    /// Write a report.
    Report {
        #[command(subcommand)]
        what: Report,
    },
    /// Prove that an installation is right; exit code 1 names what is not.
    Check {
        #[command(subcommand)]
        what: Check,
    },
    /// Write a copy of all vaults to a file, also while the server runs.
    Backup {
        /// The file to write.
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Put a copy back, also while the server runs.
    Restore {
        /// The file that `regie backup` wrote.
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
    /// Keys of sealed fields.
    Keys {
        #[command(subcommand)]
        what: Keys,
    },
    /// Local accounts.
    Account {
        #[command(subcommand)]
        what: Account,
    },
}

#[derive(Debug, Subcommand)]
enum Import {
    /// Districts and neighbourhoods with key figures (GeoJSON or GeoPackage; WGS84 or RD).
    Areas {
        /// The file.
        file: PathBuf,
        /// Year of the division.
        #[arg(long)]
        year: i16,
        /// Municipality code; default: the first that is configured.
        #[arg(long)]
        municipality: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// The address register, to find places by typing (CSV; WGS84 or RD); it replaces the one that is there.
    Addresses {
        /// The file.
        file: PathBuf,
        /// Municipality code; default: the first that is configured.
        #[arg(long)]
        municipality: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// The street network, for travel times (.osm.pbf, .osm, .osm.gz, or the national road file as GeoJSON); it replaces
    /// the one that is there.
    Streets {
        /// The file.
        file: PathBuf,
        /// Only say what would be kept.
        #[arg(long)]
        dry_run: bool,
        /// Municipality code; default: the first that is configured.
        #[arg(long)]
        municipality: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Figures of others from a file or an address, for one of the datasets in figures.toml.
    Figures {
        /// The file, or an address that begins with https://.
        what: String,
        /// Id of the dataset.
        #[arg(long)]
        dataset: String,
        /// The period of the figures, when the file does not say it (2023, 2023-04).
        #[arg(long, default_value = "")]
        period: String,
        /// Only say what would change.
        #[arg(long)]
        dry_run: bool,
        /// Municipality code; default: the first that is configured.
        #[arg(long)]
        municipality: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Reports with their history from an export of Signalen: a folder with its CSV files or the answers of its API.
    Signalen {
        /// The folder.
        folder: PathBuf,
        /// Write them; without this only says what would happen.
        #[arg(long)]
        apply: bool,
        /// Take the reporters' contact data too, of reports of which you may still keep it.
        #[arg(long)]
        contact: bool,
        /// Category for reports whose category has no place in signalen.toml; without it they are refused.
        #[arg(long)]
        fallback: Option<String>,
        /// Take reports outside the municipality too, without their point.
        #[arg(long)]
        outside: bool,
        /// Take the good reports when others are refused.
        #[arg(long)]
        skip: bool,
        /// Municipality code; default: the first that is configured.
        #[arg(long)]
        municipality: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Signals from a CSV file (also .gz).
    Signals {
        /// The file.
        file: PathBuf,
        /// How its columns, categories, times and places are to be read (TOML).
        #[arg(long)]
        mapping: PathBuf,
        /// Where refused rows go; default: the file's name with .rejects.csv.
        #[arg(long)]
        rejects: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Subcommand)]
enum Suggest {
    /// How often the proposal is right: learns from the older closed reports and is tried on the newer fifth.
    Evaluate {
        /// Texts to try it on instead (CSV with the columns text, category and, if wanted, split: train or test).
        #[arg(long)]
        file: Option<PathBuf>,
        /// Write the figures here too.
        #[arg(long)]
        json: Option<PathBuf>,
        /// Municipality code; default: the first that is configured.
        #[arg(long)]
        municipality: Option<String>,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Subcommand)]
enum Keys {
    /// Write a new key file with a master key for each vault.
    Make {
        /// The file; it must not exist.
        file: PathBuf,
    },
    /// Wrap the data keys with the master keys that are `current` now.
    Wrap(Place),
    /// Make new data keys, seal every field anew with them, and forget the old ones.
    Rotate {
        /// Only this vault.
        #[arg(long)]
        vault: Option<String>,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Subcommand)]
enum Report {
    /// The annual account to college and council (PDF).
    Annual {
        /// Year.
        #[arg(long)]
        year: i16,
        /// The PDF to write.
        #[arg(long)]
        out: PathBuf,
        /// Municipality code; default: the first that is configured.
        #[arg(long)]
        municipality: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// The yearly internal audit set of the Wpg (art. 33): lists, proofs and a summary.
    WpgAudit {
        /// Year.
        #[arg(long)]
        year: i16,
        /// The folder to write; nothing in it is overwritten.
        #[arg(long)]
        out: PathBuf,
        /// Municipality code; default: the first that is configured.
        #[arg(long)]
        municipality: Option<String>,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Debug, Subcommand)]
enum Check {
    /// The audit chain of every vault.
    Audit {
        /// Anchors that were kept outside (the CSV of /audit/anchors): the chain must agree with them too.
        #[arg(long)]
        anchors: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
    /// The configuration and everything that it names.
    Config(Place),
    /// That no vault's connection can see another vault, and that each has a key of its own.
    Fences(Place),
}

#[derive(Debug, Subcommand)]
enum Account {
    /// Add an account; the password is read from standard input.
    Add {
        /// Sign-in name.
        #[arg(long)]
        username: String,
        /// Name for colleagues.
        #[arg(long)]
        name: String,
        /// officer, coordinator, adviser, mayor, council-member, privacy-officer or administrator.
        #[arg(long)]
        role: policy::Role,
        /// Municipality code; default: the first that is configured.
        #[arg(long)]
        municipality: Option<String>,
        #[command(flatten)]
        place: Place,
    },
}

impl Place {
    /// The configuration file: what was said, else `regie.toml` here, else the demo's.
    pub fn file(&self) -> anyhow::Result<PathBuf> {
        if let Some(config) = &self.config {
            return Ok(config.clone());
        }
        let candidates: Vec<PathBuf> = match &self.dir {
            Some(dir) => vec![dir.join("regie.toml")],
            None => vec![PathBuf::from("regie.toml"), PathBuf::from("data/demo/regie.toml")],
        };
        candidates.iter().find(|c| c.is_file()).cloned().ok_or_else(|| {
            commands::Misuse(format!(
                "there is no {}: name the installation with --config FILE or --dir FOLDER",
                candidates.iter().map(|c| c.display().to_string()).collect::<Vec<_>>().join(" and no ")
            ))
            .into()
        })
    }
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("regie: {error}");
            return ExitCode::from(1);
        }
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("regie: {error:#}");
            ExitCode::from(if error.is::<commands::Misuse>() { 2 } else { 1 })
        }
    }
}
