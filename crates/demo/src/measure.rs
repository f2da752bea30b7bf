//! Texts to measure the suggested category with. The generator never uses them, so a model that learned from the
//! fictitious reports has not seen their sentences.

use crate::rng::Rng;

const WRITTEN: &str = include_str!("../texts/test.txt");
const HARD: &str = include_str!("../texts/hard.txt");

/// In how many ways each sentence of [`test_texts`] is written.
const STYLES: usize = 5;

/// The sentences of a file with their category.
fn lines(file: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut category = "";
    let mut out = Vec::new();
    for line in file.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(section) => category = section,
            None => out.push((category, line)),
        }
    }
    out
}

/// Category and text: six sentences for each category, each as it is, angry, dictated, in small letters without points,
/// and with typing errors. Always the same.
#[must_use]
pub fn test_texts() -> Vec<(&'static str, String)> {
    let mut out = Vec::new();
    for (number, (category, text)) in (0..).zip(lines(WRITTEN)) {
        let rng = &mut Rng::of(2027, &[number]);
        out.extend((0..STYLES).map(|style| (category, styled(text, style, rng))));
    }
    out
}

/// Category and text: reports by hand, as residents write them; some in English.
#[must_use]
pub fn hard_texts() -> Vec<(&'static str, String)> {
    lines(HARD).into_iter().map(|(category, text)| (category, text.to_owned())).collect()
}

fn styled(text: &str, style: usize, rng: &mut Rng) -> String {
    const ANGRY: [&str; 4] =
        ["Voor de zoveelste keer!!", "Dit is toch niet normaal!", "Ik betaal me blauw aan belasting en", "SCHANDE."];
    const SPOKEN: [&str; 3] = [
        "hallo goedemorgen ik wilde even doorgeven dat",
        "ja dag met een bewoner het gaat om het volgende",
        "eh goeiedag ik bel want",
    ];
    let small = || text.to_lowercase().replace(['.', ',', '?', '!', '’'], "");
    match style {
        1 => format!("{} {}", rng.pick(&ANGRY).copied().unwrap_or_default(), text.to_uppercase()),
        2 => format!(
            "{} {} kunt u daar wat aan doen dank u wel",
            rng.pick(&SPOKEN).copied().unwrap_or_default(),
            small()
        ),
        3 => small(),
        4 => mistyped(text, rng),
        _ => text.to_owned(),
    }
}

/// About one long word in four misses a letter or has one twice.
fn mistyped(text: &str, rng: &mut Rng) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in text.split(' ') {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() > 4 && rng.chance(0.25) {
            let at = 1 + rng.below(letters.len() - 2);
            if rng.chance(0.5) {
                letters.remove(at);
            } else {
                letters.insert(at, letters[at]);
            }
        }
        words.push(letters.into_iter().collect());
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Setting;
    use jiff::civil::date;
    use std::collections::BTreeMap;

    #[test]
    fn every_category_has_its_texts_and_none_is_learned_from() {
        let setting = Setting::heemskerk(date(2024, 1, 1), date(2025, 1, 1));
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (category, _) in lines(WRITTEN) {
            counts.entry(category).or_default().0 += 1;
        }
        for (category, _) in lines(HARD) {
            counts.entry(category).or_default().1 += 1;
        }
        let known: Vec<&str> = setting.categories.iter().map(|c| c.id).collect();
        assert_eq!(counts.len(), known.len());
        for (category, (written, hard)) in &counts {
            assert!(known.contains(category) && *written == 6 && *hard >= 2, "{category}: {written}, {hard}");
        }
        assert!(lines(HARD).len() >= 120);
        let learned = ["waste", "public-space", "people", "rest"].map(|file| {
            std::fs::read_to_string(format!("{}/texts/{file}.txt", env!("CARGO_MANIFEST_DIR"))).unwrap().to_lowercase()
        });
        for (_, text) in lines(WRITTEN).into_iter().chain(lines(HARD)) {
            let text = text.to_lowercase();
            assert!(!learned.iter().any(|file| file.lines().any(|line| line.trim() == text)), "{text}");
        }
    }

    #[test]
    fn the_texts_are_always_the_same_and_differ_by_style() {
        let texts = test_texts();
        assert_eq!(texts, test_texts());
        assert_eq!(texts.len(), lines(WRITTEN).len() * STYLES);
        assert!(texts[1].1.contains(&texts[0].1.to_uppercase()));
        assert!(texts[3].1.chars().all(|c| !c.is_uppercase()));
    }
}
