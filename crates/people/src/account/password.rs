//! What a password must be: long, and not one that anybody would try first. No rules about its signs:
//! they make passwords that people write down (NIST SP 800-63B, 3.1.1.2).

/// Fewest characters.
const SHORTEST: usize = 12;
/// Most characters: enough for a sentence, too few to keep argon2 busy.
const LONGEST: usize = 200;
/// Fewest different characters: one sign over and over is no secret.
const DIFFERENT: usize = 5;

/// The long ones among the passwords that turn up most in leaks, and what a Dutch person would add.
const COMMON: &str = include_str!("common-passwords.txt");

/// The locale key of what is wrong with `password` for somebody with these `names` (name, e-mail, municipality).
pub(super) fn fault(password: &str, names: &[&str]) -> Option<&'static str> {
    let lower = password.to_lowercase();
    let different: std::collections::HashSet<char> = lower.chars().collect();
    if password.chars().count() < SHORTEST {
        return Some("identity-password-short");
    }
    if password.chars().count() > LONGEST {
        return Some("identity-password-long");
    }
    let plain: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    if different.len() < DIFFERENT || COMMON.lines().any(|c| !c.starts_with('#') && c == plain) {
        return Some("identity-password-common");
    }
    // What is left of it without the person's own words must still be long.
    let mut rest = lower;
    let words = names.iter().flat_map(|n| n.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase);
    for word in words.filter(|w| w.chars().count() >= 4) {
        rest = rest.replace(&word, "");
    }
    (rest.chars().count() < SHORTEST / 2).then_some("identity-password-own-name")
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn long_uncommon_passwords_pass() {
        let names = ["Noor Terlouw", "n.terlouw@heemskerk.example", "Heemskerk"];
        for (password, wrong) in [
            ("kort", Some("identity-password-short")),
            ("een lang wachtwoord", None),
            ("correct horse battery staple", Some("identity-password-common")),
            ("aaaaaaaaaaaaaa", Some("identity-password-common")),
            ("121212121212", Some("identity-password-common")),
            ("Wachtwoord 123!", Some("identity-password-common")),
            ("qwertyuiop123", Some("identity-password-common")),
            ("NoorTerlouw1", Some("identity-password-own-name")),
            ("Heemskerk2024", Some("identity-password-own-name")),
            ("Heemskerk ligt aan zee", None),
        ] {
            assert_eq!(fault(password, &names), wrong, "{password}");
        }
        assert_eq!(fault(&"abcdefgh".repeat(40), &names), Some("identity-password-long"));
    }
}
