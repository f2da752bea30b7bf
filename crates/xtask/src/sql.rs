//! SQL stands in `store.rs`, in kit (the door itself) and in the migrations, and nowhere else.

use crate::literals::literals;
use crate::tree::{File, Findings, Tree, without_tests};

/// Other files that may hold SQL, each with its reason.
const ALLOWED: [(&str, &str); 1] =
    [("crates/areas/src/boundary/geopackage.rs", "a GeoPackage is somebody else's SQLite file")];

/// Crates that are the database door or exist to test it.
const DOORS: [&str; 2] = ["kit", "testkit"];

/// Checks the string literals of every source file.
pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree.files.iter().filter(|f| f.is_source() && !may(f)) {
        for literal in literals(without_tests(&file.text)) {
            if is_sql(&literal.text) {
                findings.fault(format!(
                    "{}:{}: SQL outside store.rs: \"{}\"",
                    file.path,
                    literal.line,
                    literal.text.chars().take(40).collect::<String>()
                ));
            }
        }
    }
    for (path, reason) in ALLOWED {
        let file = tree.files.iter().find(|f| f.path == path);
        if file.is_some_and(|f| !literals(&f.text).iter().any(|l| is_sql(&l.text))) {
            findings.fault(format!("{path}: no SQL any more ({reason}): take it from the list"));
        }
    }
}

/// Stores may hold SQL, and the files that make rows for tests.
fn may(file: &File) -> bool {
    matches!(file.name(), "store.rs" | "fixture.rs" | "test_support.rs")
        || file.path.contains("/store/")
        || file.krate().is_some_and(|name| DOORS.contains(&name))
        || ALLOWED.iter().any(|(path, _)| *path == file.path)
}

/// Does this text read as a statement? (A sentence that starts with "select" or "update" does not.)
fn is_sql(text: &str) -> bool {
    let text = text.replace("\\n", " ").replace('\\', " ").to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let has = |word: &str| words.contains(&word);
    match words.as_slice() {
        ["select", "1"] => true,
        ["select", ..] | ["with", ..] => has("from") && (has("select") && looks_exact(&words)),
        ["insert", "into", ..] => has("values") || has("select"),
        ["update", _, "set", ..] => true,
        ["delete", "from", ..] => true,
        _ => false,
    }
}

/// Prose also has "select ... from": a statement has a sign that prose has not.
fn looks_exact(words: &[&str]) -> bool {
    let sign = |w: &&&str| {
        w.contains(['*', '$', '(', '=', '_']) || w.ends_with(',') || matches!(**w, "where" | "order" | "group" | "join")
    };
    words.iter().any(|w| sign(&w)) || words.len() == 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_told_from_sentences() {
        for (text, expected) in [
            ("select 1", true),
            ("select id, title from signal where area = $1", true),
            ("SELECT count(*) FROM signal", true),
            ("select id from signal", true),
            ("\n  select a\n  from b where c", true),
            ("select a, \\\n  b from c", true),
            ("with x as (select 1 from y) select * from x", true),
            ("insert into signal (id) values ($1)", true),
            ("insert into a select * from b", true),
            ("update signal set state = $1", true),
            ("delete from job", true),
            ("select a category", false),
            ("select a team from the list", false),
            ("update the plan", false),
            ("insert into the list", false),
            ("delete", false),
            ("with a reason from the list", false),
            ("", false),
        ] {
            assert_eq!(is_sql(text), expected, "{text}");
        }
    }

    fn faults(path: &str, text: &str) -> usize {
        let file = File { path: path.to_owned(), text: text.to_owned() };
        let mut findings = Findings::default();
        check(&Tree { files: vec![file] }, &mut findings);
        findings.faults.len()
    }

    #[test]
    fn only_the_store_holds_sql() {
        let code = "fn f() { g(\"delete from job\") }\n";
        assert_eq!(faults("crates/x/src/a/ops.rs", code), 1);
        assert_eq!(faults("crates/x/src/a/store.rs", code), 0);
        assert_eq!(faults("crates/x/src/a/store/list.rs", code), 0);
        assert_eq!(faults("crates/kit/src/jobs.rs", code), 0);
        assert_eq!(faults("crates/x/tests/all.rs", code), 0);
        assert_eq!(faults("crates/x/src/a.rs", "// \"delete from job\"\n"), 0);
        let tests = format!("#[cfg(test)]\nmod tests {{\n{code}}}\n");
        assert_eq!(faults("crates/x/src/a.rs", &tests), 0);
    }
}
