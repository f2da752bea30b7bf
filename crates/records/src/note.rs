//! A note (aantekening, dossierstuk): the kind of record that every processing has. Its words as named fields.

use crate::config::RecordsConfig;
use crate::subject::Person;
use crate::typed::Typed;
use crate::write::FieldText;
use jiff::civil::Date;
use kit::{FieldFaults, Words};
use law::Regime;

/// The word of this kind of record.
pub(crate) const KIND: &str = "note";

/// The names of a note's fields, in the order of the page.
pub(crate) const FIELDS: [&str; 7] = ["title", "text", "conclusion", "persons", "place", "special-reason", "source"];

/// The words of a note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Note {
    /// One line that says what it is.
    pub title: String,
    /// What was seen, said or found.
    pub text: String,
    /// The conclusion that others may need for their own task, without the content of care behind it.
    pub conclusion: String,
    /// Whom it is about.
    pub persons: Vec<Person>,
    /// Where.
    pub place: String,
    /// Why it holds special personal data (AVG art. 9, Wpg art. 5); empty when it holds none.
    pub special_reason: String,
    /// Who or what it comes from.
    pub source: String,
}

impl Note {
    /// Reads a form; gives what is wrong with it too.
    pub fn read(typed: &Typed, config: &RecordsConfig) -> (Self, FieldFaults) {
        let mut faults = FieldFaults::default();
        let note = Self {
            title: typed.get("title"),
            text: typed.get("text"),
            conclusion: typed.get("conclusion"),
            persons: persons(typed, config.persons_most, &mut faults),
            place: typed.get("place"),
            special_reason: if typed.has("special", "yes") { typed.get("special-reason") } else { String::new() },
            source: typed.get("source"),
        };
        if note.title.is_empty() {
            faults.add("title", "records-title-missing");
        }
        if note.text.is_empty() && note.conclusion.is_empty() {
            faults.add("text", "records-text-missing");
        }
        let mut most = |field, text: &str, most: usize| {
            let have = text.chars().count();
            if have > most {
                let values = vec![("most", most.to_string()), ("have", have.to_string())];
                faults.add_with(field, "records-too-long", values);
            }
        };
        most("title", &note.title, config.line_max_chars);
        most("place", &note.place, config.line_max_chars);
        most("source", &note.source, config.line_max_chars);
        most("text", &note.text, config.text_max_chars);
        most("conclusion", &note.conclusion, config.text_max_chars);
        most("special-reason", &note.special_reason, config.text_max_chars);
        if typed.has("special", "yes") && note.special_reason.chars().count() < config.reason_min_chars {
            let min = config.reason_min_chars.to_string();
            faults.add_with("special-reason", "records-special-reason-short", vec![("min", min)]);
        }
        (note, faults)
    }

    /// The fields that have content.
    pub fn fields(&self) -> Vec<FieldText> {
        let is_special = !self.special_reason.is_empty();
        let persons = match self.persons.is_empty() {
            true => String::new(),
            false => serde_json::to_string(&self.persons).unwrap_or_default(),
        };
        let texts = [
            (FIELDS[0], false, self.title.clone()),
            (FIELDS[1], is_special, self.text.clone()),
            (FIELDS[2], is_special, self.conclusion.clone()),
            (FIELDS[3], false, persons),
            (FIELDS[4], false, self.place.clone()),
            (FIELDS[5], is_special, self.special_reason.clone()),
            (FIELDS[6], false, self.source.clone()),
        ];
        texts
            .into_iter()
            .filter(|(_, _, text)| !text.is_empty())
            .map(|(name, is_special, text)| FieldText { name: name.to_owned(), is_special, text })
            .collect()
    }

    /// The form of fields as they are kept.
    pub fn typed(fields: &[FieldText]) -> Typed {
        let mut typed = Typed::default();
        for field in fields {
            if field.name == "persons" {
                for (n, person) in persons_of(fields).into_iter().enumerate() {
                    typed.0.push((format!("person-{n}-name"), person.name));
                    let birth = person.birth.map(|d| d.to_string()).unwrap_or_default();
                    typed.0.push((format!("person-{n}-birth"), birth));
                }
            } else {
                typed.0.push((field.name.clone(), field.text.clone()));
            }
            if field.name == "special-reason" {
                typed.0.push(("special".to_owned(), "yes".to_owned()));
            }
        }
        typed
    }
}

/// Whether people of a regime write the conclusion apart from the text: where care content stays behind.
pub(crate) fn has_conclusion(regime: Regime) -> bool {
    matches!(regime, Regime::R4 | Regime::R7 | Regime::R8)
}

/// The persons among a record's fields.
pub(crate) fn persons_of(fields: &[FieldText]) -> Vec<Person> {
    let field = fields.iter().find(|f| f.name == "persons");
    field.and_then(|f| serde_json::from_str(&f.text).ok()).unwrap_or_default()
}

/// A field's content as people read it.
pub(crate) fn shown(field: &FieldText, words: &Words) -> String {
    if field.name != "persons" {
        return field.text.clone();
    }
    let line = |p: &Person| match p.birth {
        Some(birth) => {
            words.ta("records-person-born", &[("name", p.name.as_str().into()), ("birth", words.day(birth).into())])
        }
        None => p.name.clone(),
    };
    persons_of(std::slice::from_ref(field)).iter().map(line).collect::<Vec<_>>().join("\n")
}

fn persons(typed: &Typed, most: usize, faults: &mut FieldFaults) -> Vec<Person> {
    let mut persons = Vec::new();
    for n in 0..most {
        let (name, birth) = (typed.get(&format!("person-{n}-name")), typed.get(&format!("person-{n}-birth")));
        if name.is_empty() && birth.is_empty() {
            continue;
        }
        if name.is_empty() {
            faults.add("persons", "records-person-name-missing");
        }
        match birth_of(&birth) {
            Ok(birth) => persons.push(Person { name, birth }),
            Err(()) => faults.add_with("persons", "records-birth-wrong", vec![("birth", birth)]),
        }
    }
    persons
}

/// A date of birth as a form sends it; nothing is no date.
pub(crate) fn birth_of(text: &str) -> Result<Option<Date>, ()> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| ()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> RecordsConfig {
        RecordsConfig::read(&testkit::root().join("config/heemskerk")).unwrap()
    }

    fn form(pairs: &[(&str, &str)]) -> Typed {
        Typed(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn a_form_becomes_fields_and_a_form_again() {
        let typed = form(&[
            ("title", "Vechtpartij"),
            ("text", "Twee mannen bij de haven."),
            ("person-0-name", "Jan Jansen"),
            ("person-0-birth", "1990-01-02"),
            ("person-2-name", "Piet Pietersen"),
            ("special", "yes"),
            ("special-reason", "Letsel is nodig voor het bewijs."),
        ]);
        let (note, faults) = Note::read(&typed, &config());
        assert!(faults.is_empty(), "{faults:?}");
        let fields = note.fields();
        assert_eq!(
            fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
            ["title", "text", "persons", "special-reason"]
        );
        assert!(fields.iter().any(|f| f.name == "text" && f.is_special));
        assert_eq!(Note::read(&Note::typed(&fields), &config()).0, note);
    }

    #[test]
    fn each_fault_is_named() {
        let table: [(&[(&str, &str)], &str); 5] = [
            (&[("text", "x")], "records-title-missing"),
            (&[("title", "x")], "records-text-missing"),
            (&[("title", "x"), ("text", "x"), ("person-0-birth", "1990-01-01")], "records-person-name-missing"),
            (&[("title", "x"), ("text", "x"), ("person-0-name", "J"), ("person-0-birth", "x")], "records-birth-wrong"),
            (&[("title", "x"), ("text", "x"), ("special", "yes")], "records-special-reason-short"),
        ];
        for (pairs, key) in table {
            let (_, faults) = Note::read(&form(pairs), &config());
            assert_eq!(faults.0.iter().map(|f| f.key).collect::<Vec<_>>(), [key]);
        }
    }
}
