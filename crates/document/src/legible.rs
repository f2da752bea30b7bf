//! Makes every text in the data printable with the given fonts.
//!
//! PDF/A-2 (ISO 19005-2, 6.2.11.8) and PDF/UA-1 (ISO 14289-1, 7.21.8) forbid a reference to the empty shape `.notdef`.
//! Text of people may hold anything, so what no font can show is replaced before typesetting.

use serde_json::Value;

use crate::Fonts;

/// Signs that many text fonts lack, and what is written instead.
const SPELLED: &[(char, &str)] = &[
    ('\u{2192}', "->"),
    ('\u{2190}', "<-"),
    ('\u{2264}', "<="),
    ('\u{2265}', ">="),
    ('\u{2248}', "~"),
    ('\u{2260}', "<>"),
    ('\u{2010}', "-"),
    ('\u{2011}', "-"),
    ('\u{202F}', "\u{A0}"),
];

/// A copy of `data` in which every text (keys excepted) can be shown with `fonts`.
pub(crate) fn legible(data: &Value, fonts: &Fonts) -> Value {
    match data {
        Value::String(text) => Value::String(text_of(text, &|c| fonts.covers(c))),
        Value::Array(items) => items.iter().map(|item| legible(item, fonts)).collect(),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(key, value)| (key.clone(), legible(value, fonts))).collect())
        }
        other => other.clone(),
    }
}

/// `text` in characters for which `covers` holds. Titles go through here too.
pub(crate) fn text_of(text: &str, covers: &dyn Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\n' | ' ') {
            out.push(c);
        } else if c.is_control() {
            out.push(' ');
        } else if ignorable(c) {
            // Joins or colours its neighbours and has no shape of its own.
        } else if !private(c) && covers(c) {
            out.push(c);
        } else if let Some((_, spelled)) = SPELLED.iter().find(|(sign, _)| *sign == c) {
            out.push_str(spelled);
        } else {
            out.push(if covers('\u{FFFD}') { '\u{FFFD}' } else { '?' });
        }
    }
    out
}

/// Byte order mark, joiners, direction marks, variation selectors and tags.
fn ignorable(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Private use: a sign without an agreed meaning, which the standards forbid.
fn private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_shows_is_replaced() {
        let latin = |c: char| matches!(c, '!'..='~' | '\u{A0}'..='\u{FF}' | '\u{E000}' | '\u{FFFD}');
        let poor = |c: char| c.is_ascii_graphic();
        type Case<'a> = (&'a str, &'a dyn Fn(char) -> bool, &'a str);
        let cases: &[Case] = &[
            ("Fietsactie café", &latin, "Fietsactie café"),
            ("Actie \u{1F6B2}!", &latin, "Actie \u{FFFD}!"),
            ("Actie \u{1F6B2}!", &poor, "Actie ?!"),
            ("n \u{2265} 50 \u{2192} tonen", &latin, "n >= 50 -> tonen"),
            ("tab\tregel\nvolgende", &latin, "tab regel\nvolgende"),
            ("\u{FEFF}ge\u{200D}heel", &latin, "geheel"),
            ("eigen \u{E000}", &latin, "eigen \u{FFFD}"),
        ];
        for (text, covers, expected) in cases {
            assert_eq!(text_of(text, covers), *expected, "{text}");
        }
    }
}
