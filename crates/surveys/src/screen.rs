//! Free text of strangers: what looks like a way to find a person is left out before the text is kept. Pure.
//!
//! It catches what has a shape (e-mail address, web address, telephone number, number plate, bank account, citizen
//! number); a name has none. That is why open answers are for the adviser only, and the question warns.

/// What stands in the place of what was left out.
pub const LEFT_OUT: &str = "[…]";

/// The text without e-mail addresses, web addresses, telephone numbers, plates and other long numbers.
#[must_use]
pub fn screen(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let mut kept: Vec<&str> = Vec::new();
        let mut i = 0;
        while let Some(word) = words.get(i) {
            // a telephone number may be written in pieces: take as many pieces of digits as there are
            let run = words.iter().skip(i).take_while(|w| digits_only(w)).count();
            let digits: usize = words.iter().skip(i).take(run).map(|w| count_digits(w)).sum();
            if run > 0 && digits >= 9 {
                kept.push(LEFT_OUT);
                i += run;
                continue;
            }
            kept.push(if tells(word) { LEFT_OUT } else { word });
            i += 1;
        }
        out.push(kept.join(" "));
    }
    out.join("\n").trim().to_owned()
}

fn count_digits(word: &str) -> usize {
    word.chars().filter(char::is_ascii_digit).count()
}

/// Digits with the signs that people write between them.
fn digits_only(word: &str) -> bool {
    let word = word.trim_end_matches(['!', '?', ';']);
    count_digits(word) > 0 && word.chars().all(|c| c.is_ascii_digit() || "+-().,/:".contains(c))
}

fn tells(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_lowercase();
    let mail = bare.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
    let web = lower.starts_with("http") || lower.starts_with("www.");
    mail || web || plate(bare) || iban(bare)
}

/// A Dutch number plate: three groups of one to three, six signs together, each group letters or digits.
fn plate(word: &str) -> bool {
    let groups: Vec<&str> = word.split('-').collect();
    let alike = |g: &&str| {
        (1..=3).contains(&g.len())
            && (g.chars().all(|c| c.is_ascii_digit()) || g.chars().all(|c| c.is_ascii_alphabetic()))
    };
    groups.len() == 3
        && groups.iter().all(alike)
        && groups.iter().map(|g| g.len()).sum::<usize>() == 6
        && word.chars().any(|c| c.is_ascii_digit())
        && word.chars().any(|c| c.is_ascii_alphabetic())
}

fn iban(word: &str) -> bool {
    let mut signs = word.chars();
    let country = signs.by_ref().take(2).filter(char::is_ascii_alphabetic).count() == 2;
    word.len() >= 15 && country && word.is_ascii() && count_digits(word) >= 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_finds_a_person_is_left_out_and_the_rest_stays() {
        for (text, expected) in [
            ("Meer toezicht bij het station.", "Meer toezicht bij het station."),
            ("Mail mij: jan.jansen@voorbeeld.nl.", "Mail mij: […]"),
            ("Bel 06-12345678 of 0251 25 67 67!", "Bel […] of […]"),
            ("Bel 0251 25 67 67 s avonds", "Bel […] s avonds"),
            ("auto AB-123-C staat er altijd", "auto […] staat er altijd"),
            ("zie https://voorbeeld.nl/foto en www.ding.nl", "zie […] en […]"),
            ("NL91ABNA0417164300 is van hem", "[…] is van hem"),
            ("Tussen 22:00 en 23:30, op 3 mei 2024", "Tussen 22:00 en 23:30, op 3 mei 2024"),
            ("tip-top-10 winkel", "tip-top-10 winkel"),
            ("regel een\nregel twee 123456782", "regel een\nregel twee […]"),
            ("", ""),
        ] {
            assert_eq!(screen(text), expected, "{text}");
        }
    }
}
