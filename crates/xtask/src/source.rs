//! Rust files: small, told what they are, `store` private to its slice, and no route beside the table of routes.

use crate::tree::{File, Findings, Tree, without_tests};

/// Lines (without tests) from which a file should be split, and must be split.
const SHOULD: usize = 450;
const MUST: usize = 600;

/// Checks every source file of every crate.
pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in tree.files.iter().filter(|f| f.is_source()) {
        check_file(file, findings);
    }
}

fn check_file(file: &File, findings: &mut Findings) {
    let path = &file.path;
    let code = without_tests(&file.text);
    let lines = code.lines().count();
    if lines > MUST {
        findings.fault(format!("{path}: {lines} lines without tests, at most {MUST}: split it by verb"));
    } else if lines > SHOULD {
        findings.warn(format!("{path}: {lines} lines, aim for {SHOULD}"));
    }
    let first = file.text.lines().find(|l| !l.trim().is_empty());
    if !first.is_some_and(|line| line.starts_with("//!")) {
        findings.fault(format!("{path}: does not start with `//!`: say what it is"));
    }
    for (number, line) in code.lines().enumerate() {
        if opens_store(line) {
            findings.fault(format!("{path}:{}: `store` is private to its slice: `mod store;`", number + 1));
        }
        if opens_a_route(line) && path != "crates/site/src/routes.rs" && !path.starts_with("crates/xtask/") {
            let number = number + 1;
            findings.fault(format!("{path}:{number}: a route without a permit check; put it in the table of routes"));
        }
    }
}

/// `pub mod store`, `pub(crate) mod store`, ...
fn opens_store(line: &str) -> bool {
    let Some(rest) = line.trim_start().strip_prefix("pub") else {
        return false;
    };
    let rest = match rest.strip_prefix('(') {
        Some(inner) => inner.split_once(')').map_or("", |(_, after)| after),
        None => rest,
    };
    let name = rest.trim_start().strip_prefix("mod ").unwrap_or_default();
    matches!(name.trim_end(), "store;" | "store {")
}

/// A way into the program that the table of routes does not know, and so no door guards.
fn opens_a_route(line: &str) -> bool {
    let code = line.trim_start();
    let ways = [".route(", ".route_service(", ".nest(", ".nest_service(", "Router::new()"];
    !code.starts_with("//") && ways.iter().any(|way| code.contains(way))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_stands_in_the_table() {
        for (line, opens) in [
            ("    .route(\"/x\", get(x))", true),
            ("let r = Router::new().merge(y);", true),
            ("    .nest_service(\"/static\", files)", true),
            ("    .get(\"/x\", \"public:read\", x)", false),
            ("// .route(\"/x\", get(x))", false),
        ] {
            assert_eq!(opens_a_route(line), opens, "{line}");
        }
    }

    fn faults(text: &str) -> (usize, usize) {
        let mut findings = Findings::default();
        let path = "crates/x/src/lib.rs".to_owned();
        let text = text.to_owned();
        check_file(&File { path, text }, &mut findings);
        (findings.faults.len(), findings.warnings.len())
    }

    #[test]
    fn size_is_counted_without_tests() {
        let lines = |n: usize| format!("//! x\n{}", "// y\n".repeat(n - 1));
        assert_eq!(faults(&lines(450)), (0, 0));
        assert_eq!(faults(&lines(451)), (0, 1));
        assert_eq!(faults(&lines(600)), (0, 1));
        assert_eq!(faults(&lines(601)), (1, 0));
        let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "// z\n".repeat(500));
        assert_eq!(faults(&(lines(450) + &tests)), (0, 0));
    }

    #[test]
    fn a_file_says_what_it_is() {
        assert_eq!(faults("//! x\n"), (0, 0));
        assert_eq!(faults("\n//! x\n"), (0, 0));
        assert_eq!(faults("// x\n"), (1, 0));
        assert_eq!(faults("use x;\n//! x\n"), (1, 0));
        assert_eq!(faults(""), (1, 0));
    }

    #[test]
    fn store_is_private() {
        for (line, open) in [
            ("mod store;", false),
            ("pub mod store;", true),
            ("    pub(crate) mod store;", true),
            ("pub(super) mod store {", true),
            ("pub mod stores;", false),
            ("pub mod model;", false),
            ("// pub mod store;", false),
        ] {
            assert_eq!(opens_store(line), open, "{line}");
        }
    }
}
