//! What an officer types: kept as it is, and read as facts when it is signed.

use jiff::civil::{Date, DateTime, Time};
use kit::{At, Uuid};
use law::Modality;
use law::sanction::Caught;
use records::Person;
use serde::{Deserialize, Serialize};
use site::Fields;

/// One sanction as typed: code and modality.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Chosen {
    /// Offence code.
    pub offence: String,
    /// Word of a [`Modality`].
    pub modality: String,
}

/// What asks for a full report (Besluit OM-afdoening art. 3.2).
pub const REASONS: [&str; 5] = ["serious", "disputed", "damage", "seizure", "family"];

/// Longest line and longest text, in characters; more is cut off when it comes in.
const LINE: usize = 200;
const TEXT: usize = 8_000;

/// An event as typed. Every field may be empty or half; the app sends the same as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    /// One to three sanctions.
    pub sanctions: Vec<Chosen>,
    /// How it began: `supervision` or `detection`.
    pub began: String,
    /// Day, ISO 8601.
    pub date: String,
    /// Time of day, `14:05`.
    pub time: String,
    /// Where, in words.
    pub place: String,
    /// Code of the neighbourhood; empty: not known.
    pub area: String,
    /// Longitude; may be empty.
    pub lon: String,
    /// Latitude; may be empty.
    pub lat: String,
    /// The visit that it came of.
    pub visit: Option<Uuid>,
    /// Word of a [`Caught`].
    pub caught: String,
    /// Which technical means.
    pub means: String,
    /// Which of [`REASONS`] hold.
    pub reasons: Vec<String>,
    /// Whether the same conduct was already punished.
    pub punished: bool,
    /// Kind of vehicle.
    pub vehicle: String,
    /// Plate.
    pub plate: String,
    /// Make and colour.
    pub vehicle_note: String,
    /// Family name.
    pub surname: String,
    /// First names.
    pub first_names: String,
    /// Day of birth, ISO 8601.
    pub birth: String,
    /// Place of birth.
    pub birth_place: String,
    /// Street and number.
    pub address: String,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub town: String,
    /// How the identity was verified: a word of [`super::page::IDENTITIES`].
    pub identity: String,
    /// Number of the document.
    pub identity_number: String,
    /// Whether the person was told that there is no duty to answer.
    pub cautioned: bool,
    /// What the person said.
    pub statement: String,
    /// What the officer saw and did.
    pub findings: String,
    /// Remarks.
    pub remarks: String,
}

impl Draft {
    /// Reads a form; the sanctions come from hidden fields `sanction` (`F185 penal-order`).
    #[must_use]
    pub fn of_form(fields: &Fields) -> Self {
        let line = |name: &str| fields.get(name).to_owned();
        let chosen = |pair: String| {
            let (offence, modality) = pair.split_once(' ')?;
            Some(Chosen { offence: offence.to_owned(), modality: modality.to_owned() })
        };
        let typed = Self {
            sanctions: fields.all("sanction").into_iter().filter_map(chosen).collect(),
            began: line("began"),
            date: line("date"),
            time: line("time"),
            place: line("place"),
            area: line("area"),
            lon: line("lon"),
            lat: line("lat"),
            visit: Uuid::try_parse(fields.get("visit")).ok(),
            caught: line("caught"),
            means: line("means"),
            reasons: fields.all("reasons"),
            punished: fields.has("punished", "yes"),
            vehicle: line("vehicle"),
            plate: line("plate"),
            vehicle_note: line("vehicle_note"),
            surname: line("surname"),
            first_names: line("first_names"),
            birth: line("birth"),
            birth_place: line("birth_place"),
            address: line("address"),
            postcode: line("postcode"),
            town: line("town"),
            identity: line("identity"),
            identity_number: line("identity_number"),
            cautioned: fields.has("cautioned", "yes"),
            statement: line("statement"),
            findings: line("findings"),
            remarks: line("remarks"),
        };
        typed.tidied()
    }

    /// The same without control characters and blanks around the words, each text no longer than it may be.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let chosen = |c: &Chosen| Chosen { offence: cut(&c.offence, LINE), modality: cut(&c.modality, LINE) };
        self.sanctions = self.sanctions.iter().take(MOST_KEPT).map(chosen).collect();
        self.reasons =
            REASONS.iter().filter(|r| self.reasons.iter().any(|s| s == *r)).map(|r| (*r).to_owned()).collect();
        let lines = [
            &mut self.began,
            &mut self.date,
            &mut self.time,
            &mut self.place,
            &mut self.area,
            &mut self.lon,
            &mut self.lat,
            &mut self.caught,
            &mut self.means,
            &mut self.vehicle,
            &mut self.plate,
            &mut self.vehicle_note,
            &mut self.surname,
            &mut self.first_names,
            &mut self.birth,
            &mut self.birth_place,
            &mut self.address,
            &mut self.postcode,
            &mut self.town,
            &mut self.identity,
            &mut self.identity_number,
        ];
        for line in lines {
            *line = cut(line, LINE);
        }
        for text in [&mut self.statement, &mut self.findings, &mut self.remarks] {
            *text = cut(text, TEXT);
        }
        self
    }

    /// The day of the offence, when it can be read.
    #[must_use]
    pub fn day(&self) -> Option<Date> {
        self.date.parse().ok()
    }

    /// Day and time, when both can be read.
    #[must_use]
    pub fn moment(&self) -> Option<DateTime> {
        let time: Time = format!("{}:00", self.time).parse().ok()?;
        Some(self.day()?.to_datetime(time))
    }

    /// The same as an instant in `zone`.
    #[must_use]
    pub fn at(&self, zone: &jiff::tz::TimeZone) -> Option<At> {
        Some(At(self.moment()?.to_zoned(zone.clone()).ok()?.timestamp()))
    }

    /// The day of birth, when it can be read.
    #[must_use]
    pub fn born(&self) -> Option<Date> {
        self.birth.parse().ok()
    }

    /// Age in whole years on the day of the offence; `None` when it is not known.
    #[must_use]
    pub fn age(&self) -> Option<i16> {
        let (day, born) = (self.day()?, self.born()?);
        let had = (day.month(), day.day()) >= (born.month(), born.day());
        Some(day.year() - born.year() - i16::from(!had))
    }

    /// How it was found; unknown counts as afterwards, which allows least.
    #[must_use]
    pub fn caught(&self) -> Caught {
        self.caught.parse().unwrap_or(Caught::Afterwards)
    }

    /// Family name after the first names; empty when there is none.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_names, self.surname).trim().to_owned()
    }

    /// The person, when a family name is known.
    #[must_use]
    pub fn person(&self) -> Option<Person> {
        (!self.surname.is_empty()).then(|| Person { name: self.full_name(), birth: self.born() })
    }

    /// Longitude and latitude, when both can be read.
    #[must_use]
    pub fn point(&self) -> Option<(f64, f64)> {
        let of = |text: &str| text.parse::<f64>().ok().filter(|v| v.is_finite());
        Some((of(&self.lon)?, of(&self.lat)?))
    }

    /// The modality of a sanction, when the word is one.
    #[must_use]
    pub fn modality(chosen: &Chosen) -> Option<Modality> {
        chosen.modality.parse().ok()
    }
}

/// Most sanctions that a draft keeps: one more than the law allows, so that it can say so.
const MOST_KEPT: usize = 4;

fn cut(text: &str, most: usize) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .take(most)
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_count_on_the_day_of_the_offence() {
        let table = [("2012-06-03", Some(12)), ("2012-06-04", Some(11)), ("2024-06-03", Some(0)), ("morgen", None)];
        for (birth, age) in table {
            let draft = Draft { date: "2024-06-03".into(), birth: birth.into(), ..Draft::default() };
            assert_eq!(draft.age(), age, "{birth}");
        }
    }

    #[test]
    fn half_a_draft_is_kept_as_it_is() {
        let fields = Fields::default()
            .with("sanction", "F185 penal-order")
            .with("date", "3 juni")
            .with("time", "tien")
            .with("birth", "onbekend")
            .with("reasons", "serious")
            .with("findings", "  Zag een man\nbij de muur.  ");
        let draft = Draft::of_form(&fields);
        assert_eq!((draft.day(), draft.moment(), draft.born()), (None, None, None));
        assert_eq!((draft.date.as_str(), draft.birth.as_str()), ("3 juni", "onbekend"));
        assert_eq!(draft.findings, "Zag een man\nbij de muur.");
        assert_eq!(draft.sanctions, [Chosen { offence: "F185".into(), modality: "penal-order".into() }]);
        let json = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&json).unwrap(), draft);
        assert_eq!(draft.caught(), Caught::Afterwards);
    }
}
