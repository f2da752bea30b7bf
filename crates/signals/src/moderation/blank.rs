//! A proposal for words that may be public: what looks like a person's data is blanked by plain rules that stand on the
//! page. A moderator reads it and decides; no rule here releases anything.

use site::Cx;

/// What a rule blanks (`moderation-blank-*`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// A name: after a form of address, the reporter's own, or a capital within a sentence that is no place.
    Name,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A number plate.
    Plate,
    /// The number of a house, or a postcode.
    House,
    /// Another long number: of an account, an order, a citizen.
    Number,
    /// A web address.
    Link,
}

impl Blank {
    /// Every rule, in the order of the page.
    pub(super) const ALL: [Self; 7] =
        [Self::Name, Self::Phone, Self::Email, Self::Plate, Self::House, Self::Number, Self::Link];

    /// Locale key of what stands in the place of the words.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Name => "moderation-blank-name",
            Self::Phone => "moderation-blank-phone",
            Self::Email => "moderation-blank-email",
            Self::Plate => "moderation-blank-plate",
            Self::House => "moderation-blank-house",
            Self::Number => "moderation-blank-number",
            Self::Link => "moderation-blank-link",
        }
    }
}

/// Words after which a name comes.
const TITLES: [&str; 20] = [
    "meneer",
    "mevrouw",
    "mijnheer",
    "dhr",
    "mw",
    "mevr",
    "heer",
    "de heer",
    "familie",
    "fam",
    "buurman",
    "buurvrouw",
    "dokter",
    "dr",
    "agent",
    "mr",
    "mrs",
    "ms",
    "miss",
    "neighbour",
];
/// Words between a first name and a last name.
const BETWEEN: [&str; 10] = ["van", "de", "der", "den", "het", "'t", "ter", "ten", "te", "op"];
/// Ends of names of streets and places.
const STREETS: [&str; 24] = [
    "straat",
    "laan",
    "weg",
    "plein",
    "dijk",
    "pad",
    "hof",
    "singel",
    "kade",
    "gracht",
    "park",
    "plantsoen",
    "dreef",
    "steeg",
    "duin",
    "veld",
    "wijk",
    "markt",
    "street",
    "road",
    "avenue",
    "lane",
    "square",
    "drive",
];

/// What a rule finds in words that must be about a place and not about a person: what it looks like, and the words.
/// `known` are names that are no person's.
#[must_use]
pub fn personal(words: &str, known: impl Fn(&str) -> bool) -> Vec<(Blank, String)> {
    let mut out: Vec<(Blank, String)> = Vec::new();
    for line in words.lines() {
        let mut last = None;
        for (token, blank) in line.split(' ').zip(rules(line, "", &known)) {
            let Some(blank) = blank else {
                last = None;
                continue;
            };
            let token = token.trim_matches(|c: char| !c.is_alphanumeric() && c != '+');
            match out.last_mut().filter(|_| last == Some(blank)) {
                Some((_, text)) => *text = format!("{text} {token}"),
                None => out.push((blank, token.to_owned())),
            }
            last = Some(blank);
        }
    }
    out
}

/// The words with everything blanked that a rule finds. `known` are names of places that stay; `reporter` is the
/// reporter's own name.
pub(super) fn proposal(cx: &Cx, words: &str, reporter: &str, known: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(words.len());
    for line in words.split('\n') {
        if !out.is_empty() {
            out.push('\n');
        }
        let found = rules(line, reporter, &known);
        let mut last = None;
        for (token, blank) in line.split(' ').zip(found) {
            let Some(blank) = blank else {
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push(' ');
                }
                out.push_str(token);
                last = None;
                continue;
            };
            let end: String = token.chars().rev().take_while(|c| ".,;:!?".contains(*c)).collect();
            let end: String = end.chars().rev().collect();
            if last == Some(blank) {
                // one blank for a name or number of several words
                out.push_str(&end);
                continue;
            }
            if !out.is_empty() && !out.ends_with('\n') {
                out.push(' ');
            }
            out.push_str(&cx.t(blank.key()));
            out.push_str(&end);
            last = end.is_empty().then_some(blank);
        }
    }
    out
}

/// For each word between spaces: what it must be blanked as.
fn rules(line: &str, reporter: &str, known: &impl Fn(&str) -> bool) -> Vec<Option<Blank>> {
    let tokens: Vec<&str> = line.split(' ').collect();
    let bare: Vec<&str> = tokens.iter().map(|t| t.trim_matches(|c: char| !c.is_alphanumeric() && c != '+')).collect();
    let mut found: Vec<Option<Blank>> = bare.iter().map(|word| alone(word)).collect();
    phones(&bare, &mut found);
    let own: Vec<String> = reporter.split_whitespace().map(str::to_lowercase).filter(|w| w.len() > 2).collect();
    let mut begins = true;
    for (i, word) in bare.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|p| bare.get(p)).map_or("", |w| w).to_lowercase();
        let after_name = i.checked_sub(1).and_then(|p| found.get(p)).is_some_and(|f| *f == Some(Blank::Name));
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let place = known(word) || is_street(word) || bare.get(i + 1).is_some_and(|next| is_street(next));
        let lower = word.to_lowercase();
        let between = after_name && BETWEEN.contains(&lower.as_str()) && a_name_follows(&bare, i);
        let titled = capital && TITLES.contains(&before.as_str());
        let shouted = word.len() > 1 && word.chars().all(|c| !c.is_lowercase());
        let inside = capital && !begins && !place && !shouted && !TITLES.contains(&lower.as_str());
        if let Some(slot) = found.get_mut(i).filter(|f| f.is_none())
            && (titled || between || own.contains(&lower) || inside)
        {
            *slot = Some(Blank::Name);
        }
        let is_number = word.chars().next().is_some_and(|c| c.is_ascii_digit());
        let house =
            is_number && word.chars().count() <= 6 && (is_street(bare.get(i.wrapping_sub(1)).map_or("", |w| w)))
                || (is_number && ["nr", "nummer", "no", "number", "huisnummer"].contains(&before.as_str()));
        if house && let Some(slot) = found.get_mut(i) {
            *slot = Some(Blank::House);
        }
        begins = tokens.get(i).is_some_and(|t| t.ends_with(['.', '!', '?', ':'])) || (begins && word.is_empty());
    }
    found
}

/// What a word is whatever stands around it.
fn alone(word: &str) -> Option<Blank> {
    let lower = word.to_lowercase();
    if word.contains('@') && word.contains('.') {
        return Some(Blank::Email);
    }
    if lower.starts_with("http") || lower.starts_with("www.") || lower.contains("://") {
        return Some(Blank::Link);
    }
    if is_plate(word) {
        return Some(Blank::Plate);
    }
    if is_postcode(word) {
        return Some(Blank::House);
    }
    (word.chars().filter(char::is_ascii_digit).count() >= 7).then_some(Blank::Number)
}

/// Telephone numbers: nine to fifteen digits that begin with 0 or +, over one word or several.
fn phones(bare: &[&str], found: &mut [Option<Blank>]) {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    let numeric = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_digit() || "+-()/.".contains(c));
    let mut i = 0;
    while let Some(word) = bare.get(i) {
        let mut end = i;
        let mut count = 0;
        if word.starts_with(['0', '+']) {
            while let Some(next) = bare.get(end).filter(|w| numeric(w)) {
                count += digits(next);
                end += 1;
            }
        }
        if (9..=15).contains(&count) {
            found.iter_mut().take(end).skip(i).for_each(|f| *f = Some(Blank::Phone));
        }
        i = end.max(i + 1);
    }
    // a postcode may have a space: four digits, then two capitals
    for i in 1..bare.len() {
        if let (Some(a), Some(b)) = (bare.get(i - 1), bare.get(i))
            && is_postcode(&format!("{a}{b}"))
            && b.chars().all(char::is_uppercase)
        {
            found.iter_mut().take(i + 1).skip(i - 1).for_each(|f| *f = Some(Blank::House));
        }
    }
}

/// A Dutch number plate: three groups with two dashes, six letters and digits in all, both kinds among them.
fn is_plate(word: &str) -> bool {
    let groups: Vec<&str> = word.split('-').collect();
    let signs: String = groups.concat();
    groups.len() == 3
        && signs.len() == 6
        && groups.iter().all(|g| {
            (1..=3).contains(&g.len())
                && (g.chars().all(|c| c.is_ascii_digit()) || g.chars().all(|c| c.is_ascii_alphabetic()))
        })
        && signs.contains(|c: char| c.is_ascii_digit())
        && signs.contains(|c: char| c.is_ascii_alphabetic())
}

fn is_postcode(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    matches!(chars.as_slice(), [a, b, c, d, e, f]
        if [a, b, c, d].iter().all(|c| c.is_ascii_digit()) && e.is_ascii_uppercase() && f.is_ascii_uppercase())
}

fn is_street(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.len() > 4 && STREETS.iter().any(|end| lower.ends_with(end))
}

fn a_name_follows(bare: &[&str], i: usize) -> bool {
    bare.iter().skip(i + 1).take(2).any(|w| w.chars().next().is_some_and(char::is_uppercase) && !is_street(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_persons_data_is_named() {
        let known = |word: &str| word == "Halt";
        for (words, found) in [
            ("Groep van 8 bij de speeltuin, rustig", vec![]),
            ("Afspraak met Halt", vec![]),
            ("Gesproken met Piet de Boer.", vec![(Blank::Name, "Piet de Boer")]),
            (
                "Bel 06 12 34 56 78 of x@y.example",
                vec![(Blank::Phone, "06 12 34 56 78"), (Blank::Email, "x@y.example")],
            ),
            ("Scooter 12-ABC-3\nKerkstraat 12", vec![(Blank::Plate, "12-ABC-3"), (Blank::House, "12")]),
        ] {
            let found: Vec<(Blank, String)> = found.into_iter().map(|(b, t)| (b, t.to_owned())).collect();
            assert_eq!(personal(words, known), found, "{words}");
        }
    }

    #[tokio::test]
    async fn what_looks_like_a_persons_data_is_blanked() {
        let app = crate::fixture::app(testkit::sqlite().await).await;
        let cx = crate::fixture::coordinator(&app);
        let known = |word: &str| word == "Heemskerk";
        for (words, expected) in [
            ("Zwerfvuil bij de container", "Zwerfvuil bij de container"),
            ("Bel mij op 06-12345678.", "Bel mij op [telefoonnummer]."),
            ("bel 06 12 34 56 78 of +31 251 123456 aub", "bel [telefoonnummer] of [telefoonnummer] aub"),
            ("mail jan.devries@voorbeeld.nl, dank", "mail [e-mailadres], dank"),
            ("auto met kenteken 12-ABC-3 staat fout", "auto met kenteken [kenteken] staat fout"),
            ("G-123-BB en 99-XX-XX", "[kenteken] en [kenteken]"),
            ("Voor Maerelaan 12b ligt vuil", "Voor Maerelaan [huisnummer] ligt vuil"),
            ("Op 1962 AB of 1962AB", "Op [huisnummer] of [huisnummer]"),
            ("Meneer Jansen van de Berg gooit afval weg", "Meneer [naam] gooit afval weg"),
            ("Ik zag Piet de Boer lopen. Hij woont hier.", "Ik zag [naam] lopen. Hij woont hier."),
            ("In Heemskerk bij de Kerkstraat ligt het. Groet", "In Heemskerk bij de Kerkstraat ligt het. Groet"),
            ("groeten zoë bakker", "groeten [naam]"),
            ("zie https://www.example.org/x en www.spam.example", "zie [webadres] en [webadres]"),
            ("rekening NL91ABNA0417164300 klopt", "rekening [nummer] klopt"),
            ("LET OP glas", "LET OP glas"),
            ("eerste regel\nbel 0612345678\nklaar", "eerste regel\nbel [telefoonnummer]\nklaar"),
            ("", ""),
        ] {
            assert_eq!(proposal(&cx, words, "Zoë Bakker", known), expected, "{words}");
        }
    }
}
