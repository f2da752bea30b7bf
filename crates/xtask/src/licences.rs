//! What we build from: the licence of each crate and browser package against the lists in
//! `deny.toml`, and no crate that is banned there. Works offline.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::spdx::permitted;
use crate::tree::Findings;

/// Browser packages may also carry these: they are not linked, but shipped beside the program.
const BESIDE: [(&str, &str); 2] =
    [("OFL-1.1", "fonts, shipped unchanged"), ("MPL-2.0", "axe-core: only in the browser tests")];

/// The lists of `deny.toml` that we hold things against.
struct Lists {
    allow: Vec<String>,
    banned: Vec<(String, String)>,
}

/// One thing that we build from.
struct Package {
    name: String,
    licence: String,
}

/// Checks crates and browser packages.
pub fn check(root: &Path) -> Result<Findings> {
    let lists = read_lists(&read(root, "deny.toml")?)?;
    let mut findings = Findings::default();
    let metadata = metadata(root, &mut findings)?;
    let crates = crates(&metadata)?;
    let packages = browser_packages(&read(root, "package-lock.json")?)?;
    judge(&lists, &crates, &[], &mut findings);
    let beside = BESIDE.map(|(licence, _)| licence);
    judge(&lists, &packages, &beside, &mut findings);
    let counts = (crates.len(), packages.len());
    findings.note(format!("{} crates, {} browser packages", counts.0, counts.1));
    Ok(findings)
}

fn read(root: &Path, name: &str) -> Result<String> {
    std::fs::read_to_string(root.join(name)).with_context(|| format!("read `{name}`"))
}

fn judge(lists: &Lists, packages: &[Package], beside: &[&str], findings: &mut Findings) {
    let allowed = |name: &str| lists.allow.iter().any(|a| a == name) || beside.contains(&name);
    for Package { name, licence } in packages {
        match permitted(licence, &allowed) {
            Some(true) => {}
            Some(false) => findings.fault(format!("{name}: `{licence}` is not in deny.toml")),
            None => findings.fault(format!("{name}: cannot read the licence `{licence}`")),
        }
        let bare = name.split(' ').next().unwrap_or_default();
        if let Some((_, reason)) = lists.banned.iter().find(|(banned, _)| banned == bare) {
            findings.fault(format!("{name}: banned in deny.toml: {reason}"));
        }
    }
}

/// Reads `licenses.allow` and `bans.deny` of `deny.toml`.
fn read_lists(text: &str) -> Result<Lists> {
    let table: toml::Table = toml::from_str(text).context("deny.toml")?;
    let list = |section: &str, key: &str| {
        let found = table.get(section).and_then(|s| s.get(key));
        let found = found.and_then(toml::Value::as_array);
        found.with_context(|| format!("deny.toml: no list {section}.{key}"))
    };
    let text = |value: Option<&toml::Value>| {
        let text = value.and_then(toml::Value::as_str);
        text.map(str::to_owned).context("deny.toml: text expected")
    };
    let allow = list("licenses", "allow")?.iter().map(|v| text(Some(v)));
    let banned = list("bans", "deny")?.iter().map(|v| Ok((text(v.get("crate"))?, text(v.get("reason"))?)));
    Ok(Lists { allow: allow.collect::<Result<_>>()?, banned: banned.collect::<Result<_>>()? })
}

/// `cargo metadata`: of all platforms when all crates are here; else of this machine's platform;
/// only when that is not here either, cargo may fetch.
fn metadata(root: &Path, findings: &mut Findings) -> Result<Value> {
    if let Ok(all) = cargo_metadata(root, &["--offline"]) {
        return Ok(all);
    }
    let host = host()?;
    findings.note(format!("only the crates for {host}: others are not fetched"));
    let here = ["--filter-platform", &host, "--offline"];
    cargo_metadata(root, &here).or_else(|_| cargo_metadata(root, &here[..2]))
}

fn cargo_metadata(root: &Path, more: &[&str]) -> Result<Value> {
    let mut command = Command::new("cargo");
    command.args(["metadata", "--format-version=1", "--locked"]);
    let output = command.args(more).current_dir(root).output();
    let output = output.context("run cargo metadata")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    }
    serde_json::from_slice(&output.stdout).context("read cargo metadata")
}

/// The platform that we are on, as rustc calls it.
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output();
    let output = output.context("run rustc -vV")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc names no host")
}

/// All crates, ours too.
fn crates(metadata: &Value) -> Result<Vec<Package>> {
    let packages = metadata["packages"].as_array();
    let packages = packages.context("cargo metadata has no packages")?;
    let package = |p: &Value| Package {
        name: format!("{} {}", text(&p["name"]), text(&p["version"])),
        licence: text(&p["license"]),
    };
    Ok(packages.iter().map(package).collect())
}

/// All packages of `package-lock.json`, except the root itself.
fn browser_packages(lock: &str) -> Result<Vec<Package>> {
    let lock: Value = serde_json::from_str(lock).context("package-lock.json")?;
    let packages = lock["packages"].as_object();
    let packages = packages.context("package-lock.json has no packages")?;
    let named = packages.iter().filter(|(path, _)| !path.is_empty());
    let package = |(path, p): (&String, &Value)| Package {
        name: format!("{} {}", path.trim_start_matches("node_modules/"), text(&p["version"])),
        licence: text(&p["license"]),
    };
    Ok(named.map(package).collect())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DENY: &str = r#"
        [licenses]
        allow = ["MIT", "EUPL-1.2"]
        [bans]
        deny = [{ crate = "openssl", reason = "TLS is rustls" }]
    "#;

    #[test]
    fn packages_are_held_against_the_lists() {
        let metadata = serde_json::json!({ "packages": [
            { "name": "good", "version": "1.0.0", "license": "MIT OR GPL-3.0-only" },
            { "name": "bad", "version": "1.0.0", "license": "GPL-3.0-only" },
            { "name": "none", "version": "1.0.0", "license": null },
            { "name": "openssl", "version": "1.0.0", "license": "MIT" },
            { "name": "openssl-probe", "version": "1.0.0", "license": "MIT" },
        ] });
        let mut findings = Findings::default();
        let lists = read_lists(DENY).unwrap();
        judge(&lists, &crates(&metadata).unwrap(), &[], &mut findings);
        assert_eq!(
            findings.faults,
            [
                "bad 1.0.0: `GPL-3.0-only` is not in deny.toml",
                "none 1.0.0: cannot read the licence ``",
                "openssl 1.0.0: banned in deny.toml: TLS is rustls",
            ]
        );
    }

    #[test]
    fn fonts_may_ship_beside_the_program() {
        let lock = r#"{ "packages": {
            "": { "name": "regie", "version": "0.1.0" },
            "node_modules/@x/font": { "version": "1.0.0", "license": "MIT AND OFL-1.1" },
            "node_modules/y": { "version": "2.0.0", "license": "CC-BY-NC-4.0" }
        } }"#;
        let packages = browser_packages(lock).unwrap();
        let lists = read_lists(DENY).unwrap();
        let mut findings = Findings::default();
        judge(&lists, &packages, &["OFL-1.1"], &mut findings);
        assert_eq!(findings.faults, ["y 2.0.0: `CC-BY-NC-4.0` is not in deny.toml"]);
    }

    #[test]
    fn a_list_that_is_missing_is_said() {
        assert!(read_lists("[licenses]\nallow = []\n").is_err());
        assert!(read_lists("[licenses]\nallow = [1]\n[bans]\ndeny = []\n").is_err());
    }
}
