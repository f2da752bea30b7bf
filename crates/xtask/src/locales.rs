//! Texts: the same keys in every language, each key that is asked for exists, each that exists is used.
//!
//! A key that is put together at run time is declared in the file that holds it, for its prefix:
//! `# dynamic: signals-state-*`.

use std::collections::{BTreeMap, BTreeSet};

use crate::literals::literals;
use crate::tree::{File, Findings, Tree, without_tests};

/// The languages; Dutch first.
const LANGUAGES: [&str; 2] = ["nl", "en"];

/// Functions that look a text up: `t("key")`, `ta("key", args)`.
const LOOKUPS: [&str; 2] = ["t", "ta"];

/// Its own examples are no questions.
const NOT_ASKING: [&str; 2] = ["kit", "xtask"];

/// What one `.ftl` file says.
#[derive(Default, Debug)]
struct Ftl {
    /// Keys in order, with their line.
    keys: Vec<(String, usize)>,
    /// Prefixes of keys that are put together at run time.
    dynamic: Vec<String>,
    /// Keys that other texts in the file refer to: `{ key }`.
    references: BTreeSet<String>,
}

/// Checks `locales/<language>/*.ftl` against each other and against the crates.
pub fn check(tree: &Tree, findings: &mut Findings) {
    let mut languages: BTreeMap<&str, BTreeMap<&str, Ftl>> = BTreeMap::new();
    for language in LANGUAGES {
        let folder = format!("locales/{language}/");
        let files = tree.of_kind("ftl").filter_map(|f| {
            let name = f.path.strip_prefix(folder.as_str())?;
            Some((name, parse_ftl(&f.text)))
        });
        languages.insert(language, files.collect());
    }
    same_keys(&languages, findings);
    let known: BTreeSet<&str> = languages
        .values()
        .flat_map(BTreeMap::values)
        .flat_map(|ftl| ftl.keys.iter().map(|(key, _)| key.as_str()))
        .collect();
    for file in &tree.files {
        for (line, key) in asked(file) {
            if !known.contains(key.as_str()) {
                findings.fault(format!("{}:{line}: no text `{key}` in locales", file.path));
            }
        }
    }
    if let Some(files) = languages.get(LANGUAGES[0]) {
        unused(tree, files, findings);
    }
}

/// Same files, same keys, each key once.
fn same_keys(languages: &BTreeMap<&str, BTreeMap<&str, Ftl>>, findings: &mut Findings) {
    let empty = Ftl::default();
    let names: BTreeSet<&str> = languages.values().flat_map(|f| f.keys().copied()).collect();
    for (language, files) in languages {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for name in &names {
            let ftl = files.get(name).unwrap_or(&empty);
            let here: BTreeSet<&str> = ftl.keys.iter().map(|(key, _)| key.as_str()).collect();
            for (key, line) in &ftl.keys {
                if let Some(before) = seen.insert(key, name) {
                    findings.fault(format!("locales/{language}/{name}:{line}: `{key}` stands in {before} too"));
                }
            }
            for (other, others) in languages.iter().filter(|(other, _)| *other != language) {
                for (key, line) in others.get(name).map_or(&empty.keys, |ftl| &ftl.keys) {
                    if !here.contains(key.as_str()) {
                        findings.fault(format!("locales/{language}/{name}: `{key}` is missing ({other}, line {line})"));
                    }
                }
            }
        }
    }
}

/// A text that nothing asks for, and a prefix that nothing puts together.
fn unused(tree: &Tree, files: &BTreeMap<&str, Ftl>, findings: &mut Findings) {
    let mut words = BTreeSet::new();
    let mut source = String::new();
    for file in tree.files.iter().filter(|f| f.path.starts_with("crates/")) {
        let text = match file.kind() {
            "rs" if file.is_source() => without_tests(&file.text),
            "html" | "typ" => &file.text,
            _ => continue,
        };
        words.extend(text.split('"').filter(|word| is_key(word)));
        source.push_str(text);
    }
    for (name, ftl) in files {
        for prefix in &ftl.dynamic {
            if !source.contains(&format!("\"{prefix}")) {
                findings.fault(format!("locales: {name}: nothing puts together `{prefix}*` (# dynamic)"));
            }
        }
        for (key, line) in &ftl.keys {
            let put_together = ftl.dynamic.iter().any(|prefix| key.starts_with(prefix));
            let referred = files.values().any(|ftl| ftl.references.contains(key));
            if !put_together && !referred && !words.contains(key.as_str()) {
                findings.fault(format!("locales: {name}:{line}: nothing uses `{key}`"));
            }
        }
    }
}

fn is_key(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Reads keys (`^[a-z][a-z0-9-]* =`), `# dynamic:` lines and `{ key }` references.
fn parse_ftl(text: &str) -> Ftl {
    let mut ftl = Ftl::default();
    for (number, line) in text.lines().enumerate() {
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim_start_matches('#').trim();
            if let Some(prefixes) = comment.strip_prefix("dynamic:") {
                let prefixes = prefixes.split([' ', ',']);
                let prefixes = prefixes.filter_map(|p| p.trim().strip_suffix('*'));
                ftl.dynamic.extend(prefixes.map(str::to_owned));
            }
            continue;
        }
        if let Some((key, _)) = line.split_once('=') {
            let key = key.trim_end();
            if is_key(key) {
                ftl.keys.push((key.to_owned(), number + 1));
            }
        }
        for piece in line.split('{').skip(1) {
            let inner = piece.split('}').next().unwrap_or_default().trim();
            if is_key(inner) {
                ftl.references.insert(inner.to_owned());
            }
        }
    }
    ftl
}

/// Line and key of each look-up with a literal key.
fn asked(file: &File) -> Vec<(usize, String)> {
    let Some(krate) = file.krate() else {
        return Vec::new();
    };
    match file.kind() {
        "html" | "typ" => asked_in_page(&file.text),
        "rs" if file.is_source() && !NOT_ASKING.contains(&krate) => asked_in_code(without_tests(&file.text)),
        _ => Vec::new(),
    }
}

fn asked_in_code(code: &str) -> Vec<(usize, String)> {
    let found = literals(code).into_iter();
    let found = found.filter(|l| is_key(&l.text) && is_lookup(&code[..l.at]));
    found.map(|l| (l.line, l.text)).collect()
}

fn asked_in_page(page: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in page.match_indices('"') {
        let word = page[at + 1..].split('"').next().unwrap_or_default();
        if is_key(word) && is_lookup(&page[..at]) {
            found.push((page[..at].matches('\n').count() + 1, word.to_owned()));
        }
    }
    found
}

/// Does `before` end in the call of a look-up: `t(`, `cx.ta(`?
fn is_lookup(before: &str) -> bool {
    let Some(before) = before.trim_end().strip_suffix('(') else {
        return false;
    };
    let name_start = before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    LOOKUPS.contains(&&before[name_start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(nl: &str, en: &str, page: &str, code: &str) -> Tree {
        let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
        let files = vec![
            file("crates/signals/src/handle/pages/list.html", page),
            file("crates/signals/src/handle/web.rs", code),
            file("locales/en/signals.ftl", en),
            file("locales/nl/signals.ftl", nl),
        ];
        Tree { files }
    }

    fn faults(nl: &str, en: &str, page: &str, code: &str) -> Vec<String> {
        let mut findings = Findings::default();
        check(&tree(nl, en, page, code), &mut findings);
        findings.faults
    }

    #[test]
    fn an_ftl_file_is_read() {
        let ftl = parse_ftl(
            "# dynamic: state-*, kind-*\ntitle = Meldingen\n    .label = x = y\ncount = { $n ->\n    [one] één\n   *[other] { $n } { title }\n }\n-brand = Regie\nEmpty = x\n",
        );
        let keys: Vec<&str> = ftl.keys.iter().map(|(k, _)| k.as_str()).collect();
        assert_eq!(keys, ["title", "count"]);
        assert_eq!(ftl.dynamic, ["state-", "kind-"]);
        assert!(ftl.references.contains("title"));
        assert_eq!(ftl.references.len(), 1);
    }

    #[test]
    fn a_whole_set_is_right() {
        let ftl = "# dynamic: state-*\ntitle = a\nsave = b { brand }\nbrand = c\nstate-done = d\n";
        let page = "<h1>{{ cx.t(\"title\") }}</h1>";
        let code = "f(cx.ta(\"save\", args), format!(\"state-{x}\"))";
        assert_eq!(faults(ftl, ftl, page, code), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_named() {
        let page = "{{ t(\"title\") }}";
        let cases: [(&str, &str, &str, &str, &str); 7] = [
            ("title = a\n", "", page, "", "locales/en/signals.ftl: `title` is missing (nl, line 1)"),
            ("", "title = a\n", page, "", "locales/nl/signals.ftl: `title` is missing (en, line 1)"),
            (
                "title = a\n",
                "title = a\n",
                "{{ t(\"title\") }}\n{{ ta(\"nope\", x) }}",
                "",
                "crates/signals/src/handle/pages/list.html:2: no text `nope` in locales",
            ),
            (
                "title = a\n",
                "title = a\n",
                page,
                "cx.t(\n  \"nope\")",
                "crates/signals/src/handle/web.rs:2: no text `nope` in locales",
            ),
            ("title = a\nold = b\n", "title = a\nold = b\n", page, "", "locales: signals.ftl:2: nothing uses `old`"),
            (
                "title = a\n# dynamic: x-*\nx-a = b\n",
                "title = a\nx-a = b\n",
                page,
                "",
                "locales: signals.ftl: nothing puts together `x-*` (# dynamic)",
            ),
            (
                "title = a\ntitle = b\n",
                "title = a\n",
                page,
                "",
                "locales/nl/signals.ftl:2: `title` stands in signals.ftl too",
            ),
        ];
        for (nl, en, page, code, expected) in cases {
            assert_eq!(faults(nl, en, page, code), [expected]);
        }
    }

    #[test]
    fn other_calls_ask_for_nothing() {
        let code = "const(\"nope\"); at(\"nope\"); x.get(\"nope\"); // t(\"nope\")\n";
        assert_eq!(faults("", "", "<a class=\"nope\">", code), Vec::<String>::new());
    }
}
