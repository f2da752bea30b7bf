//! Documents: no path of one machine, no link to a file that is not there.

use crate::tree::{File, Findings, Tree};

/// How an absolute path of somebody's machine begins.
const MACHINE: [&str; 4] = ["/home/", "/root/", "/Users/", "C:\\Users\\"];

/// This file names them.
const EXCEPT: &str = "crates/xtask/src/docs.rs";

/// Checks paths in every text file, and links in every document.
pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree.files.iter().filter(|f| f.path != EXCEPT) {
        for (number, line) in file.text.lines().enumerate() {
            if let Some(path) = machine_path(line) {
                let number = number + 1;
                findings.fault(format!("{}:{number}: path of one machine: {path}", file.path));
            }
        }
        if file.kind() == "md" {
            for (line, target) in links(&file.text) {
                if !exists(tree, file, &target) {
                    findings.fault(format!("{}:{line}: no file `{target}`", file.path));
                }
            }
        }
    }
}

/// The absolute path in a line, if there is one: not within a longer path or address.
fn machine_path(line: &str) -> Option<&str> {
    for start in MACHINE {
        for (at, _) in line.match_indices(start) {
            let before = line[..at].chars().next_back();
            let inside = |c: char| c.is_alphanumeric() || "./-_~}>)*".contains(c);
            if !before.is_some_and(inside) {
                return line[at..].split_whitespace().next();
            }
        }
    }
    None
}

/// Line and target of each link `](target)` to a file of ours.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for piece in line.split("](").skip(1) {
            let target = piece.split([')', '#', ' ']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains(':') {
                found.push((number + 1, target.to_owned()));
            }
        }
    }
    found
}

/// Is there a file, or a folder with files, at `target` as seen from `file`?
fn exists(tree: &Tree, file: &File, target: &str) -> bool {
    let mut parts: Vec<&str> = file.path.split('/').collect();
    parts.pop();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return false;
                }
            }
            name => parts.push(name),
        }
    }
    let path = parts.join("/");
    let folder = format!("{path}/");
    let ours = |f: &File| f.path == path || f.path.starts_with(&folder);
    tree.files.iter().any(ours) || crate::root().join(&path).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_one_machine_is_seen() {
        for (line, expected) in [
            ("see /home/main/x for", Some("/home/main/x")),
            ("`/home/me/x`", Some("/home/me/x`")),
            ("https://example.org/work/x", None),
            ("../work/x", None),
            ("crates/work/x", None),
            ("/usr/lib/postgresql", None),
            ("$ROOT/work", None),
        ] {
            assert_eq!(machine_path(line), expected, "{line}");
        }
    }

    #[test]
    fn links_are_followed() {
        let text = "[a](b.md) [c](d/e.md#f) [g](https://h) [i](#j)\n```\n[k](l.md)\n```\n";
        let expected = [(1, "b.md".to_owned()), (1, "d/e.md".to_owned())];
        assert_eq!(links(text), expected);
        let file = |path: &str| File { path: path.to_owned(), text: String::new() };
        let tree = Tree { files: vec![file("docs/a.md"), file("docs/adr/b.md")] };
        for (from, target, expected) in [
            ("docs/x.md", "a.md", true),
            ("docs/x.md", "adr/b.md", true),
            ("docs/x.md", "adr/", true),
            ("docs/adr/x.md", "../a.md", true),
            ("README.md", "docs/a.md", true),
            ("README.md", "a.md", false),
            ("README.md", "../a.md", false),
        ] {
            assert_eq!(exists(&tree, &file(from), target), expected, "{from} {target}");
        }
    }
}
