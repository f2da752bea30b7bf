//! No secret stands in the repository: no private key, no token of a known maker, no password in a configuration
//! or an address.

use crate::tree::{File, Findings, Tree};

/// Places that look like a secret and are none, each with its reason. The text must stand in the line.
const ALLOWED: [(&str, &str, &str); 0] = [];

/// Beginnings of tokens that their makers gave a shape of their own, and how many letters and digits follow at least.
const TOKENS: [(&str, usize); 10] = [
    ("AKIA", 16),
    ("ghp_", 36),
    ("gho_", 36),
    ("ghs_", 36),
    ("github_pat_", 40),
    ("glpat-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("sk_live_", 20),
    ("AIza", 35),
];

/// Names whose value in a configuration is a secret.
const NAMES: [&str; 6] = ["password", "passwd", "secret", "api_key", "apikey", "token"];

/// Checks every text file.
pub fn check(tree: &Tree, findings: &mut Findings) {
    for file in &tree.files {
        for (number, line) in (1..).zip(file.text.lines()) {
            if let Some(what) = secret_in(file, line)
                && !is_allowed(file, line)
            {
                findings.fault(format!("{}:{number}: {what} in the repository: take it out and replace it", file.path));
            }
        }
    }
    for (path, text, reason) in ALLOWED {
        if tree.files.iter().any(|f| f.path == path && !f.text.contains(text)) {
            findings.fault(format!("{path}: no `{text}` any more ({reason}): take it from the list"));
        }
    }
}

fn is_allowed(file: &File, line: &str) -> bool {
    ALLOWED.iter().any(|(path, text, _)| *path == file.path && line.contains(text))
}

/// What kind of secret a line holds, if any.
fn secret_in(file: &File, line: &str) -> Option<&'static str> {
    if line.contains("-----BEGIN ") && line.contains("PRIVATE KEY-----") && !line.contains(['…', '"', '`']) {
        return Some("a private key");
    }
    if is_master_key(line) {
        return Some("a master key");
    }
    if has_token(line) {
        return Some("a token");
    }
    if has_password_in_address(line) {
        return Some("a password in an address");
    }
    if matches!(file.kind(), "toml" | "yml" | "sh") && is_named_secret(line) {
        return Some("a password or token");
    }
    None
}

fn has_token(line: &str) -> bool {
    TOKENS.iter().any(|(head, least)| {
        line.match_indices(head).any(|(at, _)| {
            let alone = !line[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            let tail = &line[at + head.len()..];
            let length = tail.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
            alone && length >= *least
        })
    })
}

/// `scheme://user:password@host`; a password that is a word for one, a blank or a variable is none.
fn has_password_in_address(line: &str) -> bool {
    line.match_indices("://").any(|(at, mark)| {
        let rest = &line[at + mark.len()..];
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | '<' | '>' | ')'));
        let authority = &rest[..end.unwrap_or(rest.len())];
        let Some((user, _)) = authority.rsplit_once('@') else { return false };
        user.split_once(':').is_some_and(|(_, password)| is_real(password))
    })
}

/// `smtp_password = "…"`, `token: …`, `export API_KEY=…`; the name of a file that holds it is none.
fn is_named_secret(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("export ");
    if line.starts_with('#') {
        return false;
    }
    let Some((name, value)) = line.split_once(['=', ':']) else { return false };
    let name = name.trim().trim_matches('"').to_ascii_lowercase();
    if !NAMES.iter().any(|n| name == *n || name.ends_with(&format!("_{n}")) || name.ends_with(&format!("-{n}"))) {
        return false;
    }
    let value = value.split(" #").next().unwrap_or_default().trim().trim_matches(['"', '\'']);
    is_real(value)
}

/// A key of the key file: 64 hexadecimal digits.
fn is_master_key(line: &str) -> bool {
    let Some((name, value)) = line.split_once('=') else { return false };
    let value = value.trim().trim_matches('"');
    matches!(name.trim(), "current" | "previous") && value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Whether a value can be a secret: eight signs at least, no variable, no blank to fill in, no word for one.
fn is_real(value: &str) -> bool {
    let word = value.to_ascii_lowercase();
    let blank = ["…", "...", "<", "{", "$", "*", "(", "["].iter().any(|b| value.contains(b));
    let spoken = ["example", "secret", "password", "wachtwoord", "change", "true", "false", "none", "demo"];
    value.len() >= 8 && !blank && !spoken.iter().any(|s| word.contains(s)) && !value.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, line: &str) -> bool {
        secret_in(&File { path: path.to_owned(), text: String::new() }, line).is_some()
    }

    /// Put together here, so that this file holds none of them.
    #[test]
    fn secrets_are_found() {
        let digits = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0";
        for (path, line) in [
            ("x.md", ["-----BEGIN RSA", " PRIVATE", " KEY-----"].concat()),
            ("x.sh", ["-----BEGIN", " PRIVATE", " KEY-----"].concat()),
            ("keys.toml", format!("current = \"{}\"", "0f".repeat(32))),
            ("x.rs", format!("let t = \"ghp{}{digits}\";", '_')),
            ("x.md", format!("AKI{}{}", 'A', &digits.to_uppercase()[..16])),
            ("x.mjs", format!("'glpat{}{digits}'", '-')),
            ("x.toml", format!("url = \"postgres:{}/regie:{}@db/regie\"", '/', "hunter2hunter2")),
            ("x.toml", format!("smtp_{} = \"hunter2hunter2\"", "password")),
            ("x.yml", format!("  api-{}: hunter2hunter2", "token")),
            ("x.sh", format!("export API_{}=hunter2hunter2", "KEY")),
        ] {
            assert!(found(path, &line), "{path}: {line}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_left_alone() {
        for (path, line) in [
            ("x.toml", "client_secret_file = \"oidc-client-value.txt\""),
            ("x.toml", "# smtp_password = \"hunter2hunter2\""),
            ("x.toml", "smtp_password = \"…\""),
            ("x.toml", "smtp_password = \"\""),
            ("x.toml", "wpg = \"postgres://wpg:…@localhost/regie\""),
            ("x.md", "postgres://role:secret@host/db"),
            ("x.rs", "format!(\"postgres://{role}:{word}@{host}\")"),
            ("x.sh", "TOKEN=$(cat file)"),
            ("x.yml", "token: ${{ github.token }}"),
            ("x.ftl", "session-password = Wachtwoord"),
            ("x.toml", "argon2 = \"0.5\""),
            ("x.toml", "current = \"2024\""),
            ("x.md", "a line `-----BEGIN … PRIVATE KEY-----` is refused"),
            ("x.rs", "let password = \"twelve letters\";"),
            ("x.md", "https://example.nl/a:b@c"),
        ] {
            assert!(!found(path, line), "{path}: {line}");
        }
    }
}
