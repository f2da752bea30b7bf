//! The drawing holds: each dependency between our crates is an arrow in `docs/architecture.md`.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};

use crate::tree::{Findings, Tree};

/// The page with the drawing.
const PAGE: &str = "docs/architecture.md";

/// Tests of every crate may use it; it is drawn for no one else.
const FOR_TESTS: &str = "testkit";

/// Who may use whom.
type Drawing = BTreeMap<String, BTreeSet<String>>;

/// Compares the manifests with the drawing.
pub fn check(tree: &Tree, findings: &mut Findings) -> Result<()> {
    let drawing = parse_drawing(tree.text(PAGE)?)?;
    let mut crates = BTreeSet::new();
    let mut manifests = Vec::new();
    for file in tree.of_kind("toml").filter(|f| f.name() == "Cargo.toml") {
        if let Some(name) = file.krate() {
            crates.insert(name.to_owned());
            let manifest = toml::from_str::<toml::Table>(&file.text);
            let manifest = manifest.with_context(|| file.path.clone())?;
            manifests.push((name.to_owned(), manifest));
        }
    }
    for (name, targets) in &drawing {
        for drawn in targets.iter().chain([name]) {
            if !crates.contains(drawn) {
                findings.fault(format!("{PAGE}: `{drawn}` is drawn but is no crate"));
            }
        }
    }
    if let Some(cycle) = cycle(&drawing) {
        findings.fault(format!("{PAGE}: arrows in a circle: {cycle}"));
    }
    for (name, manifest) in &manifests {
        let Some(allowed) = drawing.get(name) else {
            findings.fault(format!("{PAGE}: crate `{name}` is not in the drawing"));
            continue;
        };
        for (section, used) in dependencies(manifest) {
            let test_only = section == "dev-dependencies" && used == FOR_TESTS;
            if crates.contains(&used) && !allowed.contains(&used) && !test_only {
                findings
                    .fault(format!("crates/{name}/Cargo.toml: {section}: the arrow {name} -> {used} is not in {PAGE}"));
            }
        }
    }
    Ok(())
}

/// The lines `name -> a b c` of the block fenced with ```` ```arrows ````.
fn parse_drawing(page: &str) -> Result<Drawing> {
    let (_, rest) = page.split_once("```arrows\n").with_context(|| format!("{PAGE} has no block ```arrows"))?;
    let (block, _) = rest.split_once("\n```").with_context(|| format!("{PAGE}: the block ```arrows has no end"))?;
    let mut drawing = Drawing::new();
    for line in block.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let (name, targets) = line.split_once("->").with_context(|| format!("{PAGE}: no arrow in `{line}`"))?;
        let targets = targets.split_whitespace().map(str::to_owned).collect();
        if drawing.insert(name.trim().to_owned(), targets).is_some() {
            bail!("{PAGE}: `{}` is drawn twice", name.trim());
        }
    }
    Ok(drawing)
}

/// Section and name of each dependency of a manifest.
fn dependencies(manifest: &toml::Table) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
        if let Some(toml::Value::Table(table)) = manifest.get(section) {
            found.extend(table.keys().map(|name| (section, name.clone())));
        }
    }
    found
}

/// A circle in the drawing, as text, if there is one.
fn cycle(drawing: &Drawing) -> Option<String> {
    fn visit<'a>(
        drawing: &'a Drawing,
        at: &'a str,
        path: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) -> Option<String> {
        if let Some(start) = path.iter().position(|p| *p == at) {
            path.push(at);
            return Some(path[start..].join(" -> "));
        }
        if !done.insert(at) {
            return None;
        }
        path.push(at);
        for next in drawing.get(at).into_iter().flatten() {
            if let Some(found) = visit(drawing, next, path, done) {
                return Some(found);
            }
        }
        path.pop();
        None
    }
    let mut done = BTreeSet::new();
    drawing.keys().find_map(|name| visit(drawing, name, &mut Vec::new(), &mut done))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    const DRAWN: &str =
        "# x\n```arrows\nregie   -> signals kit\nsignals -> kit\nkit     ->\ntestkit -> kit\n```\nafter\n";

    fn tree(page: &str, signals: &str) -> Tree {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        let files = vec![
            file("crates/kit/Cargo.toml", "[dependencies]\nserde = \"1\"\n"),
            file("crates/regie/Cargo.toml", ""),
            file("crates/signals/Cargo.toml", signals),
            file("crates/testkit/Cargo.toml", ""),
            file(PAGE, page),
        ];
        Tree { files }
    }

    #[test]
    fn the_block_is_read() {
        let drawing = parse_drawing(DRAWN).unwrap();
        assert_eq!(drawing.len(), 4);
        assert!(drawing["regie"].contains("signals"));
        assert!(drawing["kit"].is_empty());
    }

    #[test]
    fn a_block_that_cannot_be_read_is_refused() {
        for page in ["no block", "```arrows\nkit ->\n", "```arrows\nkit\n```", "```arrows\nkit ->\nkit ->\n```"] {
            assert!(parse_drawing(page).is_err(), "{page}");
        }
    }

    #[test]
    fn manifests_are_held_against_the_drawing() {
        let cases = [
            ("[dependencies]\nkit.workspace = true\n", 0),
            ("[dependencies]\nregie.workspace = true\n", 1),
            ("[dev-dependencies]\ntestkit.workspace = true\n", 0),
            ("[dependencies]\ntestkit.workspace = true\n", 1),
            ("[build-dependencies]\nregie = { path = \"x\" }\n", 1),
        ];
        for (manifest, faults) in cases {
            let mut findings = Findings::default();
            check(&tree(DRAWN, manifest), &mut findings).unwrap();
            assert_eq!(findings.faults.len(), faults, "{manifest}{:?}", findings.faults);
        }
    }

    #[test]
    fn the_drawing_is_held_against_the_crates() {
        let page = "```arrows\nregie -> ghost\nkit ->\ntestkit -> kit\n```\n";
        let mut findings = Findings::default();
        check(&tree(page, ""), &mut findings).unwrap();
        assert_eq!(
            findings.faults,
            [
                "docs/architecture.md: `ghost` is drawn but is no crate",
                "docs/architecture.md: crate `signals` is not in the drawing",
            ]
        );
    }

    #[test]
    fn a_circle_is_named() {
        let drawing = parse_drawing("```arrows\na -> b\nb -> c\nc -> b\nd ->\n```").unwrap();
        assert_eq!(cycle(&drawing).as_deref(), Some("b -> c -> b"));
        assert_eq!(cycle(&parse_drawing(DRAWN).unwrap()), None);
    }
}
