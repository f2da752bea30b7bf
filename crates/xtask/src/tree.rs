//! The text files of the repository, read once, and what the checks found in them.

use std::path::Path;

use anyhow::{Context, Result};

/// Folders that are not ours: built, fetched, or data.
const SKIP: [&str; 5] = [".git", "target", "node_modules", "data", "out"];

/// The kinds of text file that the checks look at.
const KINDS: [&str; 15] =
    ["rs", "toml", "md", "ftl", "html", "sql", "mjs", "sh", "yml", "typ", "json", "txt", "pem", "key", "env"];

/// One text file.
pub struct File {
    /// Path from the root, with `/` on every system.
    pub path: String,
    /// The whole text.
    pub text: String,
}

impl File {
    /// The part after the last point of the name.
    pub fn kind(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, kind)| kind)
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(&self.path, |(_, n)| n)
    }

    /// Rust source of a crate, without its tests: `crates/<crate>/src/**/*.rs`.
    pub fn is_source(&self) -> bool {
        let in_src = self.path.starts_with("crates/") && self.path.contains("/src/");
        self.kind() == "rs" && in_src && !self.path.contains("/tests/") && self.name() != "tests.rs"
    }

    /// The name of the crate it is in.
    pub fn krate(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }
}

/// All text files, sorted by path.
pub struct Tree {
    /// The files.
    pub files: Vec<File>,
}

impl Tree {
    /// Reads the tree below `root`.
    pub fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        walk(root, "", &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Result<&str> {
        let found = self.files.iter().find(|f| f.path == path);
        Ok(&found.with_context(|| format!("`{path}` is missing"))?.text)
    }

    /// Files of one kind.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |f| f.kind() == kind)
    }
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<File>) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("read `{prefix}`"))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            if !SKIP.contains(&name.as_str()) {
                walk(&entry.path(), &format!("{path}/"), files)?;
            }
            continue;
        }
        let kind = name.rsplit_once('.').map_or("", |(_, kind)| kind);
        if KINDS.contains(&kind) || name == "Makefile" {
            let bytes = std::fs::read(entry.path()).with_context(|| format!("read `{path}`"))?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            files.push(File { path, text });
        }
    }
    Ok(())
}

/// What the checks found.
#[derive(Default)]
pub struct Findings {
    /// Must be mended: the task fails.
    pub faults: Vec<String>,
    /// Should be mended.
    pub warnings: Vec<String>,
    /// Good to know.
    pub notes: Vec<String>,
}

impl Findings {
    /// Adds a fault.
    pub fn fault(&mut self, text: String) {
        self.faults.push(text);
    }

    /// Adds a warning.
    pub fn warn(&mut self, text: String) {
        self.warnings.push(text);
    }

    /// Adds a note.
    pub fn note(&mut self, text: String) {
        self.notes.push(text);
    }
}

/// The source without its unit tests: all before the `#[cfg(test)]` that stands before a module.
/// (By habit of the house the tests are the last thing in a file.)
pub fn without_tests(text: &str) -> &str {
    let mut from = 0;
    while let Some(at) = text[from..].find("#[cfg(test)]").map(|at| from + at) {
        let line_start = text[..at].rfind('\n').map_or(0, |n| n + 1);
        let after = &text[at + "#[cfg(test)]".len()..];
        let next = after.trim_start();
        if text[line_start..at].is_empty() && opens_module(next) {
            return &text[..at];
        }
        from = at + 1;
    }
    text
}

/// `mod name {`, possibly after attributes. `mod tests;` opens nothing here.
fn opens_module(mut rest: &str) -> bool {
    while rest.starts_with("#[") {
        rest = rest.split_once('\n').map_or("", |(_, after)| after).trim_start();
    }
    let line = rest.lines().next().unwrap_or_default();
    line.starts_with("mod ") && line.ends_with('{')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_cut_off() {
        let cases = [
            ("a\n#[cfg(test)]\nmod tests {\n b\n}\n", "a\n"),
            ("a\n#[cfg(test)]\n#[allow(x)]\nmod tests {\n}\n", "a\n"),
            ("a\n#[cfg(test)]\nfn only() {}\nb\n", "a\n#[cfg(test)]\nfn only() {}\nb\n"),
            ("a\n#[cfg(test)]\nmod tests;\nb\n", "a\n#[cfg(test)]\nmod tests;\nb\n"),
            ("//! say #[cfg(test)]\nmod x {\n}\n", "//! say #[cfg(test)]\nmod x {\n}\n"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(without_tests(text), expected, "{text}");
        }
    }

    #[test]
    fn a_source_file_is_known_by_its_place() {
        let source = |path: &str| {
            let path = path.to_owned();
            let text = String::new();
            File { path, text }.is_source()
        };
        assert!(source("crates/signals/src/handle/ops.rs"));
        assert!(!source("crates/signals/src/handle/tests/ops.rs"));
        assert!(!source("crates/signals/src/handle/tests.rs"));
        assert!(!source("crates/signals/tests/all.rs"));
        assert!(!source("crates/signals/src/handle/pages/list.html"));
    }
}
