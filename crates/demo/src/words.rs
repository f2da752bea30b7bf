//! Dutch words: hand-written sentences with slots, in several styles and with a little spelling
//! noise. The sentences are in `texts/`, one per line, in sections.

use crate::calendar::{DAY, HOUR, weekday};
use crate::places::Place;
use crate::rng::Rng;
use crate::setting::Setting;
use std::collections::HashMap;

const FILES: [(&str, &str); 5] = [
    ("waste", include_str!("../texts/waste.txt")),
    ("public-space", include_str!("../texts/public-space.txt")),
    ("people", include_str!("../texts/people.txt")),
    ("", include_str!("../texts/rest.txt")),
    ("", include_str!("../texts/officer.txt")),
];

const SINCE: [&str; 14] = [
    "al dagen",
    "al een week",
    "al meer dan een week",
    "al twee weken",
    "al weken",
    "sinds gisteren",
    "sinds het weekend",
    "sinds vorige week",
    "sinds maandag",
    "al een maand",
    "al een hele tijd",
    "al zeker drie weken",
    "sinds kort",
    "sinds een paar dagen",
];
const NUMBERS: [&str; 7] = ["twee", "drie", "een paar", "vier", "een stuk of vijf", "zeker zes", "minstens drie"];
const NEAR: [&str; 7] = [
    "bij ons in de straat",
    "hier op de hoek",
    "bij ons voor de deur",
    "bij ons in de buurt",
    "hier in de wijk",
    "achter de huizen",
    "langs het fietspad",
];
/// Common spelling errors: right and wrong.
const ERRORS: [(&str, &str); 12] = [
    ("wordt", "word"),
    ("gebeurt", "gebeurd"),
    ("altijd", "altyd"),
    ("steeds", "steets"),
    ("misschien", "mischien"),
    ("hondenpoep", "honde poep"),
    ("zwerfvuil", "zwerf vuil"),
    ("grofvuil", "grof vuil"),
    ("jongeren", "jongere"),
    ("gemeente", "gemeete"),
    ("iedere", "ieder"),
    ("verschrikkelijk", "verschrikelijk"),
];

type Lines = Vec<&'static str>;

/// All sentences, ready by category.
pub(crate) struct Texts {
    sections: HashMap<String, Lines>,
    cores: Vec<Lines>,
    ends: Vec<Lines>,
    officer: Vec<Lines>,
}

impl Texts {
    /// Reads the sections and orders them as the categories of the setting.
    pub(crate) fn new(setting: &Setting) -> Self {
        let mut sections: HashMap<String, Lines> = HashMap::new();
        for (main, text) in FILES {
            let mut name = String::new();
            for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
                match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                    Some("end") => name = format!("end:{main}"),
                    Some(section) => name = section.to_owned(),
                    None => sections.entry(name.clone()).or_default().push(line),
                }
            }
        }
        let of = |key: String| sections.get(&key).cloned().unwrap_or_default();
        let each = |key: fn(&str, &str) -> String| setting.categories.iter().map(|c| of(key(c.id, c.main))).collect();
        let cores = each(|id, _| id.to_owned());
        let ends = each(|_, main| format!("end:{main}"));
        let officer = setting
            .categories
            .iter()
            .map(|c| {
                let own = of(format!("officer:{}", c.id));
                if own.is_empty() { of(format!("officer:{}", c.main)) } else { own }
            })
            .collect();
        Self { cores, ends, officer, sections }
    }

    fn line(&self, section: &str, rng: &mut Rng) -> Option<&'static str> {
        self.sections.get(section).and_then(|lines| rng.pick(lines)).copied()
    }

    /// What a resident or partner wrote.
    pub(crate) fn report(
        &self,
        setting: &Setting,
        category: usize,
        place: &Place,
        when: (i64, i64),
        partner: bool,
        rng: &mut Rng,
    ) -> String {
        let core = self.cores.get(category).and_then(|lines| rng.pick(lines)).copied().unwrap_or("Overlast {plek}.");
        let mut text = String::with_capacity(160);
        if partner {
            let main = setting.categories.get(category).map_or("", |c| c.main);
            let own = self.line(&format!("partner:{main}"), rng);
            let frame = own.or_else(|| self.line("partner", rng)).unwrap_or("{core}");
            text.push_str(frame.trim_end_matches("{core}"));
        }
        fill(core, &mut text, setting, place, when, !partner, rng);
        if rng.chance(0.12) {
            push(&mut text, self.line("also", rng));
        }
        if rng.chance(0.5) {
            push(&mut text, self.ends.get(category).and_then(|lines| rng.pick(lines)).copied());
        }
        let style = if partner { 1.0 } else { rng.unit() };
        if style < 0.13 {
            let open = self.line("formal:open", rng).unwrap_or_default();
            text = format!("{open} {}", capitalised(&text));
            push(&mut text, self.line("formal:close", rng));
            return text;
        }
        if style < 0.24 {
            push(&mut text, self.line("angry", rng));
            if text.ends_with('.') {
                text.pop();
                text.push_str(if rng.chance(0.5) { "!" } else { "!!" });
            }
        }
        if rng.chance(0.3) {
            text = misspelt(&text, rng);
        }
        match style {
            s if (0.24..0.31).contains(&s) => {
                let open = self.line("dictated", rng).unwrap_or_default();
                format!("{open} {}", bare(&text).to_lowercase())
            }
            s if (0.31..0.45).contains(&s) => text.to_lowercase(),
            s if (0.45..0.53).contains(&s) => bare(&capitalised(&text)),
            _ => capitalised(&text),
        }
    }

    /// What an officer noted.
    pub(crate) fn observation(&self, setting: &Setting, category: usize, place: &Place, rng: &mut Rng) -> String {
        let core =
            self.officer.get(category).and_then(|lines| rng.pick(lines)).copied().unwrap_or("Waarneming {plek}.");
        let mut text = String::with_capacity(100);
        fill(core, &mut text, setting, place, (0, 0), false, rng);
        capitalised(&text)
    }

    /// A note with a state or the outcome of a visit, if one belongs to it.
    pub(crate) fn note(&self, state: &str, main: &str, police: bool, rng: &mut Rng) -> Option<String> {
        match state {
            "done" if police => self.line("police", rng),
            "done" => self.line(&format!("done:{main}"), rng),
            "in-progress" | "reported" | "reopened" => None,
            other => self.line(other, rng),
        }
        .map(str::to_owned)
    }

    /// A note with the outcome of a visit.
    pub(crate) fn visit_note(&self, outcome: &str, rng: &mut Rng) -> Option<String> {
        self.line(&format!("visit:{outcome}"), rng).map(str::to_owned)
    }

    /// An address text without a house number.
    pub(crate) fn address(&self, setting: &Setting, place: &Place, rng: &mut Rng) -> String {
        if let Some(hot) = place.hot.and_then(|i| setting.hot_places.get(i)) {
            return hot.name.clone();
        }
        let street = street(setting, place);
        if rng.chance(0.3) { format!("{street}, bij de {}", place.mark()) } else { street.to_owned() }
    }
}

fn street<'a>(setting: &'a Setting, place: &Place) -> &'a str {
    setting.neighbourhoods.get(place.hood).and_then(|h| h.streets.get(place.street)).map_or("Dorpsweg", String::as_str)
}

/// A preposition that fits the name of a street.
fn preposition(street: &str) -> &'static str {
    let ends = |tail: &str| street.ends_with(tail);
    if ends("straat") || ends("passage") {
        "in de"
    } else if ends("plein") || ends("pad") {
        "op het"
    } else if ends("weg") || ends("laan") || ends("dijk") || ends("singel") || street.starts_with("Laan") {
        "aan de"
    } else {
        "bij"
    }
}

/// Fills the slots and choices of a sentence; `own` if the writer lives there.
fn fill(core: &str, out: &mut String, setting: &Setting, place: &Place, when: (i64, i64), own: bool, rng: &mut Rng) {
    let mut rest = core;
    while let Some(at) = rest.find(['{', '(']) {
        out.push_str(&rest[..at]);
        let choice = rest[at..].starts_with('(');
        let tail = &rest[at + 1..];
        let Some(close) = tail.find(if choice { ')' } else { '}' }) else {
            break;
        };
        let inner = &tail[..close];
        rest = &tail[close + 1..];
        if choice {
            let n = inner.split('|').count();
            out.push_str(inner.split('|').nth(rng.below(n)).unwrap_or_default());
            continue;
        }
        match inner {
            "plek" => where_phrase(out, setting, place, own, rng),
            "tijd" => out.push_str(time_phrase(when, rng)),
            "duur" => out.push_str(rng.pick(&SINCE).copied().unwrap_or_default()),
            _ => out.push_str(rng.pick(&NUMBERS).copied().unwrap_or_default()),
        }
    }
    out.push_str(rest);
}

fn where_phrase(out: &mut String, setting: &Setting, place: &Place, own: bool, rng: &mut Rng) {
    if let Some(hot) = place.hot.and_then(|i| setting.hot_places.get(i)) {
        out.push_str(if !own || rng.chance(0.9) { &hot.phrase } else { "hier" });
        return;
    }
    let street = street(setting, place);
    let luck = rng.unit();
    if luck < 0.5 {
        out.push_str(preposition(street));
        out.push(' ');
        out.push_str(street);
    } else if luck < 0.72 {
        for part in ["bij de ", place.mark(), " ", preposition(street), " ", street] {
            out.push_str(part);
        }
    } else if luck < 0.86 || !own {
        out.push_str("bij de ");
        out.push_str(place.mark());
    } else {
        out.push_str(rng.pick(&NEAR).copied().unwrap_or_default());
    }
}

/// When it happened, seen from the moment of reporting (both local seconds).
fn time_phrase((occurred, reported): (i64, i64), rng: &mut Rng) -> &'static str {
    let day = occurred.div_euclid(DAY);
    let hour = occurred.rem_euclid(DAY) / HOUR;
    let ago = reported.div_euclid(DAY) - day;
    let words: &[&str] = match (ago, hour) {
        (0, 0..6) => &["vannacht", "afgelopen nacht", "midden in de nacht"],
        (0, 6..12) => &["vanochtend", "vanmorgen", "vanochtend vroeg"],
        (0, 12..18) => &["vanmiddag", "vandaag"],
        (0, _) => &["vanavond", "nu"],
        (1, 0..6) => &["gisternacht", "in de nacht"],
        (1, 6..12) => &["gisterochtend", "gisteren"],
        (1, 12..18) => &["gistermiddag", "gisteren"],
        (1, _) => &["gisteravond"],
        _ if weekday(day) >= 5 => &["afgelopen weekend", "in het weekend"],
        _ => &["een paar dagen geleden", "deze week", "van de week"],
    };
    rng.pick(words).copied().unwrap_or("vandaag")
}

fn push(text: &mut String, sentence: Option<&str>) {
    if let Some(sentence) = sentence {
        text.push(' ');
        text.push_str(sentence);
    }
}

/// Capital letters at the start of sentences (which start with an ASCII letter).
fn capitalised(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let (mut start, mut stop) = (true, false);
    for byte in &mut bytes {
        match *byte {
            b' ' => start |= stop,
            b'.' | b'!' | b'?' => stop = true,
            _ => {
                if start {
                    byte.make_ascii_uppercase();
                }
                (start, stop) = (false, false);
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// Without full stops and commas, as spoken or typed in haste.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '.' | ',' | '!' | '?' | ':')).collect()
}

/// One or two spelling errors: a common one, or two letters in the wrong order.
fn misspelt(text: &str, rng: &mut Rng) -> String {
    if rng.chance(0.6)
        && let Some((right, wrong)) = ERRORS.iter().find(|(right, _)| text.contains(right))
    {
        return text.replacen(right, wrong, 1);
    }
    let words = text.split(' ').count();
    let target = rng.below(words);
    let mut out = String::with_capacity(text.len());
    for (i, word) in text.split(' ').enumerate() {
        if i > 0 {
            out.push(' ');
        }
        // Names keep their spelling: only words of small letters change.
        if i == target && word.len() > 5 && word.bytes().all(|b| b.is_ascii_lowercase()) {
            let at = 1 + rng.below(word.len() - 3);
            let (a, b) = (&word[at..=at], &word[at + 1..at + 2]);
            for part in [&word[..at], b, a, &word[at + 2..]] {
                out.push_str(part);
            }
        } else {
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_category_has_sentences_endings_and_notes() {
        let setting = Setting::heemskerk(date(2024, 1, 1), date(2025, 1, 1));
        let texts = Texts::new(&setting);
        for (i, category) in setting.categories.iter().enumerate() {
            assert!((15..=30).contains(&texts.cores[i].len()), "{} has {}", category.id, texts.cores[i].len());
            assert!(texts.ends[i].len() > 8, "{}", category.id);
            assert!(!texts.officer[i].is_empty(), "{}", category.main);
            assert!(texts.note("done", category.main, false, &mut Rng::of(1, &[])).is_some(), "{}", category.main);
        }
        for (name, lines) in &texts.sections {
            for line in lines {
                assert_eq!(line.matches('{').count(), line.matches('}').count(), "{name}: {line}");
                assert_eq!(line.matches('(').count(), line.matches(')').count(), "{name}: {line}");
                for slot in line.split('{').skip(1) {
                    let slot = slot.split('}').next().unwrap();
                    assert!(["plek", "tijd", "duur", "aantal", "core"].contains(&slot), "{name}: {line}");
                }
            }
        }
    }

    #[test]
    fn words_of_time_fit_the_moment() {
        let monday = 20_332 * DAY; // 2025-09-01, a Monday
        let mut rng = Rng::of(1, &[]);
        for (occurred, reported, want) in [
            (monday + 22 * HOUR, monday + 23 * HOUR, &["vanavond", "nu", "nu"][..]),
            (monday + 22 * HOUR, monday + DAY + 8 * HOUR, &["gisteravond"]),
            (monday - DAY + 12 * HOUR, monday + DAY, &["afgelopen weekend", "in het weekend"]),
        ] {
            assert!(want.contains(&time_phrase((occurred, reported), &mut rng)));
        }
    }

    #[test]
    fn sentences_start_with_a_capital_and_spelling_noise_keeps_names() {
        assert_eq!(capitalised("er ligt glas. op het plein? ja"), "Er ligt glas. Op het plein? Ja");
        let mut rng = Rng::of(9, &[]);
        for _ in 0..50 {
            assert!(misspelt("Beneluxlaan vol met rommel", &mut rng).starts_with("Beneluxlaan"));
        }
    }
}
