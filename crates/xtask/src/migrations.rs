//! Migrations: `migrations/<vault>/{sqlite,postgres}` hold files with the same names.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{Findings, Tree};

const DATABASES: [&str; 2] = ["sqlite", "postgres"];

/// Compares the two folders of each vault.
pub fn check(tree: &Tree, findings: &mut Findings) {
    let mut vaults: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for file in tree.of_kind("sql") {
        let Some(place) = file.path.strip_prefix("migrations/") else {
            continue;
        };
        match place.split('/').collect::<Vec<_>>().as_slice() {
            [vault, database, name] if DATABASES.contains(database) => {
                let folders = vaults.entry(vault).or_default();
                folders.entry(database).or_default().insert(name);
            }
            _ => {
                findings.fault(format!("{}: a migration stands in migrations/<vault>/{{sqlite,postgres}}/", file.path))
            }
        }
    }
    for (vault, folders) in &vaults {
        let names: BTreeSet<&str> = folders.values().flatten().copied().collect();
        for database in DATABASES {
            for name in &names {
                if !folders.get(database).is_some_and(|has| has.contains(name)) {
                    findings.fault(format!("migrations/{vault}/{database}/{name} is missing"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::File;

    #[test]
    fn both_databases_have_the_same_files() {
        let cases: [(&[&str], &[&str]); 4] = [
            (&["main/sqlite/1.sql", "main/postgres/1.sql"], &[]),
            (&["main/sqlite/1.sql"], &["migrations/main/postgres/1.sql is missing"]),
            (
                &["main/sqlite/1.sql", "wpg/postgres/1.sql"],
                &["migrations/main/postgres/1.sql is missing", "migrations/wpg/sqlite/1.sql is missing"],
            ),
            (&["main/1.sql"], &["migrations/main/1.sql: a migration stands in migrations/<vault>/{sqlite,postgres}/"]),
        ];
        for (paths, expected) in cases {
            let file = |path: &&str| File { path: format!("migrations/{path}"), text: String::new() };
            let files = paths.iter().map(file).collect();
            let mut findings = Findings::default();
            check(&Tree { files }, &mut findings);
            assert_eq!(findings.faults, expected, "{paths:?}");
        }
    }
}
