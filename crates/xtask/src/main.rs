//! Tasks of the project that a machine can do: `cargo xtask tidy` checks the house rules,
//! `cargo xtask licences` what we build from.
//!
//! One rule, one file. Each file has a pure parser with unit tests and a `check` that walks the
//! tree and adds what it finds to [`Findings`].

mod arrows;
mod docs;
mod licences;
mod literals;
mod locales;
mod migrations;
mod secrets;
mod source;
mod spdx;
mod sql;
mod tree;

use std::path::Path;
use std::process::ExitCode;

use tree::{Findings, Tree};

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    let findings = match task.as_str() {
        "tidy" => tidy(),
        "licences" => licences::check(root()),
        _ => {
            eprintln!("usage: cargo xtask tidy | licences");
            return ExitCode::from(2);
        }
    };
    match findings {
        Ok(findings) => report(&task, &findings),
        Err(error) => {
            eprintln!("xtask {task}: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// The root of the repository: two folders above this crate.
fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().and_then(Path::parent).unwrap_or(here)
}

fn tidy() -> anyhow::Result<Findings> {
    let tree = Tree::read(root())?;
    let mut findings = Findings::default();
    arrows::check(&tree, &mut findings)?;
    source::check(&tree, &mut findings);
    sql::check(&tree, &mut findings);
    locales::check(&tree, &mut findings);
    migrations::check(&tree, &mut findings);
    docs::check(&tree, &mut findings);
    secrets::check(&tree, &mut findings);
    findings.note(format!("{} files read", tree.files.len()));
    Ok(findings)
}

/// Prints what was found. Exit code 0, or 1 when there is a fault.
fn report(task: &str, findings: &Findings) -> ExitCode {
    for note in &findings.notes {
        println!("note: {note}");
    }
    for warning in &findings.warnings {
        println!("warning: {warning}");
    }
    for fault in &findings.faults {
        println!("fault: {fault}");
    }
    let (faults, warnings) = (findings.faults.len(), findings.warnings.len());
    println!("xtask {task}: {faults} faults, {warnings} warnings");
    if faults == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
