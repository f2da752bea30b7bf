//! Persons in a record, and the text by which the same person is found again: folded, then fingerprinted with the
//! vault's own key, so that the database shows no name and no two vaults show the same.

use jiff::civil::Date;
use kit::Seal;
use serde::{Deserialize, Serialize};

/// A person whom a record is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name as written.
    pub name: String,
    /// Date of birth, when known.
    pub birth: Option<Date>,
}

/// The text that stands for a person: lower case, without accents, every other sign a single space; with the date of
/// birth when it is known. [`Seal::fingerprint`] of it is the person's pseudonym in that vault.
#[must_use]
pub fn subject_key(name: &str, birth: Option<Date>) -> String {
    let mut folded = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match base(c) {
            "" => {}
            " " if folded.ends_with(' ') || folded.is_empty() => {}
            text => folded.push_str(text),
        }
        if base(c).is_empty() && c.is_alphanumeric() {
            folded.push(c);
        }
    }
    let birth = birth.map(|d| d.to_string()).unwrap_or_default();
    format!("person/{}/{birth}", folded.trim_end())
}

/// The pseudonyms under which `person` is found in a vault: by name alone, and by name and birth.
#[must_use]
pub fn fingerprints(seal: &Seal, person: &Person) -> Vec<String> {
    let mut all = vec![seal.fingerprint(&subject_key(&person.name, None))];
    if person.birth.is_some() {
        all.push(seal.fingerprint(&subject_key(&person.name, person.birth)));
    }
    all
}

/// One pseudonym per person, for the processing log: by name and birth as far as known.
pub(crate) fn pseudonyms(seal: &Seal, persons: &[Person]) -> Vec<String> {
    persons.iter().map(|p| seal.fingerprint(&subject_key(&p.name, p.birth))).collect()
}

/// The plain letters of a lower-case letter, a space for what parts words, nothing for a loose accent and for a letter
/// that stays as it is.
fn base(c: char) -> &'static str {
    match c {
        'á' | 'à' | 'ä' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'é' | 'è' | 'ë' | 'ê' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'í' | 'ì' | 'ï' | 'î' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ó' | 'ò' | 'ö' | 'ô' | 'õ' | 'ø' | 'ō' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ú' | 'ù' | 'ü' | 'û' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'ĳ' => "ij",
        '\u{300}'..='\u{36f}' => "",
        c if c.is_alphanumeric() => "",
        _ => " ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_same_person_has_one_key_however_it_is_typed() {
        let born = Some(date(1990, 1, 2));
        let key = subject_key("José  van den  Berg-Müller", born);
        assert_eq!(key, "person/jose van den berg muller/1990-01-02");
        for same in
            ["JOSÉ VAN DEN BERG-MÜLLER", " josé van den berg müller ", "Jose\u{301} van den Berg  Mu\u{308}ller"]
        {
            assert_eq!(subject_key(same, born), key, "{same}");
        }
        for other in [subject_key("José van den Berg", born), subject_key("José van den Berg-Müller", None)] {
            assert_ne!(other, key);
        }
        assert_eq!(subject_key("Ĳsbrand Groß", None), "person/ijsbrand gross/");
        assert_eq!(subject_key("Иван", None), "person/иван/");
    }

    #[test]
    fn a_person_is_found_by_name_and_by_name_with_birth() {
        let seal = Seal::of_bytes(1);
        let person = Person { name: "Jan Jansen".to_owned(), birth: Some(date(1990, 1, 2)) };
        let keys = fingerprints(&seal, &person);
        assert_eq!(keys.len(), 2);
        assert!(keys.contains(&pseudonyms(&seal, std::slice::from_ref(&person))[0]));
        assert_eq!(fingerprints(&seal, &Person { birth: None, ..person }), keys[..1]);
    }
}
