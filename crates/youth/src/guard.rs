//! What a note may not hold. A telephone number, an e-mail or web address, a number plate and other long numbers are
//! refused. What looks like a name or a house number may be a shop or a square: then the officer is asked to look again,
//! and says that it is no person's.

use crate::config::YouthConfig;
use areas::Atlas;
use kit::FieldFaults;
use signals::moderation::{Blank, personal};
use site::Cx;

/// Checks `text` of `field`; `sure` is what the officer said of names. `places` are names of hang-outs.
pub(crate) fn check(
    cx: &Cx,
    faults: &mut FieldFaults,
    (field, text): (&'static str, &str),
    places: &[String],
    sure: bool,
) {
    let config = cx.municipality.get::<YouthConfig>();
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let part_of = |name: &str, word: &str| name.split([' ', '-']).any(|part| part == word);
    let known = |word: &str| {
        part_of(&cx.municipality.file.name, word)
            || config.known_words.iter().any(|k| k == word)
            || sheet.areas.iter().any(|a| part_of(&a.name, word))
            || places.iter().any(|p| part_of(p, word))
    };
    let found = personal(text, known);
    let words = |wanted: &dyn Fn(Blank) -> bool| {
        let some: Vec<&str> = found.iter().filter(|(b, _)| wanted(*b)).map(|(_, t)| t.as_str()).collect();
        some.join(", ")
    };
    let soft = |b: Blank| matches!(b, Blank::Name | Blank::House);
    let (hard, soft) = (words(&|b| !soft(b)), words(&soft));
    if !hard.is_empty() {
        faults.add_with(field, "youth-personal", vec![("words", hard)]);
    } else if !soft.is_empty() && !sure {
        faults.add_with(field, "youth-maybe-name", vec![("words", soft)]);
    }
}

/// Whether the officer must say that what looks like a name is none.
pub(crate) fn asks(faults: &FieldFaults) -> bool {
    faults.0.iter().any(|f| f.key == "youth-maybe-name")
}
