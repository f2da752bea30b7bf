//! From a text to its words and their pieces.

/// The longest piece of a word in letters.
const LONGEST: usize = 5;
/// The shortest piece of a word in letters.
const SHORTEST: usize = 3;
/// So much of a text is read; what follows says no more about its category.
const MOST_WORDS: usize = 400;

/// Two blocks, each brought to length one: whole words with pairs of them, and pieces of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Words,
    Pieces,
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// As it was written.
    pub written: &'a str,
    /// In small letters without accents.
    pub folded: String,
}

/// The words of a text. What has a digit or `@` in it (house numbers, number plates, telephone numbers, addresses of
/// mail) says nothing about a category and may say something about a person: it is left out.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    text.split(char::is_whitespace)
        .filter(|part| !part.contains(|c: char| c.is_numeric() || c == '@'))
        .flat_map(|part| part.split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.chars().nth(1).is_some())
        .take(MOST_WORDS)
        .map(|written| Word { written, folded: written.chars().flat_map(char::to_lowercase).map(fold).collect() })
        .collect()
}

/// A letter without its accent, for the letters of western Europe.
fn fold(c: char) -> char {
    match c {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ý' | 'ÿ' => 'y',
        c => c,
    }
}

/// Tells `found` every feature of a text, with its block and the word that it comes from (a pair: its second word).
/// A whole word starts with `=`, a pair has a space; the ends of a word count in its pieces as `<` and `>`.
pub(crate) fn each(words: &[Word<'_>], mut found: impl FnMut(Block, &str, usize)) {
    let mut feature = String::new();
    let mut ends = Vec::new();
    for (at, word) in words.iter().enumerate() {
        feature.clear();
        feature.push('=');
        feature.push_str(&word.folded);
        found(Block::Words, &feature, at);
        if let Some(before) = at.checked_sub(1).and_then(|b| words.get(b)) {
            feature.clear();
            feature.push_str(&before.folded);
            feature.push(' ');
            feature.push_str(&word.folded);
            found(Block::Words, &feature, at);
        }
        feature.clear();
        feature.push('<');
        feature.push_str(&word.folded);
        feature.push('>');
        ends.clear();
        ends.extend(feature.char_indices().map(|(i, _)| i).chain([feature.len()]));
        for (first, start) in ends.iter().enumerate() {
            for end in ends.iter().skip(first + SHORTEST).take(LONGEST - SHORTEST + 1) {
                found(Block::Pieces, &feature[*start..*end], at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_numbers_left_out() {
        for (text, expected) in [
            ("Café op de hoek!", vec!["cafe", "op", "de", "hoek"]),
            ("bel 06-12345678 of mail jan@huis.nl, AB-123-C", vec!["bel", "of", "mail"]),
            ("HONDENPOEP/zwerfvuil", vec!["hondenpoep", "zwerfvuil"]),
            ("", vec![]),
            ("...", vec![]),
        ] {
            let found: Vec<_> = words(text).into_iter().map(|w| w.folded).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn features_are_words_pairs_and_pieces() {
        let mut found = Vec::new();
        each(&words("volle bak"), |block, feature, at| found.push((block, feature.to_owned(), at)));
        assert!(found.contains(&(Block::Words, "=bak".into(), 1)));
        assert!(found.contains(&(Block::Words, "volle bak".into(), 1)));
        assert!(found.contains(&(Block::Pieces, "<ba".into(), 1)));
        assert!(found.contains(&(Block::Pieces, "<bak>".into(), 1)));
        assert!(found.contains(&(Block::Pieces, "volle".into(), 0)));
        assert!(!found.iter().any(|(_, f, _)| f == "<b"));
    }
}
