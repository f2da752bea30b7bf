//! The people of the demonstration, all invented: the personas one can log in as, the residents
//! who leave a name, and the shifts of the officers.

use crate::calendar::day_number;
use crate::rng::Rng;
use crate::setting::Setting;
use crate::signals::Contact;
use jiff::civil::{Date, Time, time};
use jiff::{Span, Timestamp};

/// One persona.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPerson {
    /// Name to log in with.
    pub username: &'static str,
    /// Invented name.
    pub name: &'static str,
    /// Role id of the platform.
    pub role: &'static str,
    /// What the person does, in Dutch, for the page on which one chooses a persona.
    pub function: &'static str,
    /// Team id, for those who work in shifts.
    pub team: Option<&'static str>,
    /// Mail address in the reserved domain `.example` (RFC 2606).
    pub email: &'static str,
}

/// One shift of one officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoShift {
    /// Index in [`team`].
    pub officer: usize,
    /// Team id.
    pub team: &'static str,
    /// `early`, `day`, `late` or `night`.
    pub kind: &'static str,
    /// Start.
    pub starts_at: Timestamp,
    /// End.
    pub ends_at: Timestamp,
}

/// Team of the enforcement officers.
pub(crate) const ENFORCEMENT: &str = "enforcement";
/// Team of the youth officer.
pub(crate) const YOUTH: &str = "youth";
/// The officers in [`team`]: three of enforcement and the youth officer last.
pub(crate) const OFFICERS: [usize; 4] = [1, 2, 3, 4];

/// The personas: a coordinator, four officers (the last is the youth officer), an adviser on
/// public order and safety, the mayor, a council member, the privacy officer, the administrator.
pub fn team() -> Vec<DemoPerson> {
    let person =
        |username, name, role, function, team, email| DemoPerson { username, name, role, function, team, email };
    let on = |team| Some(team);
    vec![
        person(
            "coordinator",
            "Marit Zandstra",
            "coordinator",
            "Coördinator handhaving",
            on(ENFORCEMENT),
            "coordinator@regie.example",
        ),
        person("boa1", "Daan Kuiper", "officer", "Handhaver", on(ENFORCEMENT), "boa1@regie.example"),
        person("boa2", "Samira Veldhuis", "officer", "Handhaver", on(ENFORCEMENT), "boa2@regie.example"),
        person("boa3", "Ruben Oosterdam", "officer", "Handhaver", on(ENFORCEMENT), "boa3@regie.example"),
        person("jeugdboa", "Noor Terlouw", "officer", "Jeugdboa", on(YOUTH), "jeugdboa@regie.example"),
        person(
            "adviseur",
            "Karim Bergsma",
            "adviser",
            "Adviseur openbare orde en veiligheid",
            None,
            "adviseur@regie.example",
        ),
        person("meldpunt", "Wilma Zonneveld", "intake", "Medewerker meldpunt", None, "meldpunt@regie.example"),
        person("burgemeester", "Elske Vondeling", "mayor", "Burgemeester", None, "burgemeester@regie.example"),
        person("raadslid", "Joris Hemelrijk", "council-member", "Raadslid", None, "raadslid@regie.example"),
        person("privacy", "Anouk Wildeboer", "privacy-officer", "Privacy officer", None, "privacy@regie.example"),
        person(
            "procesregisseur",
            "Ilse Kramer",
            "process-director",
            "Procesregisseur Zorg- en Veiligheidshuis",
            None,
            "procesregisseur@regie.example",
        ),
        person("wijkagent", "Bas Verhoeven", "partner", "Wijkagent", None, "wijkagent@regie.example"),
        person("bibob", "Femke Aalders", "bibob-officer", "Bibob-medewerker", None, "bibob@regie.example"),
        person("beheer", "Thijs Duinmeijer", "administrator", "Beheerder", None, "beheer@regie.example"),
    ]
}

const EARLY: (&str, Time, i64) = ("early", time(7, 30, 0, 0), 8);
const NORMAL: (&str, Time, i64) = ("day", time(10, 0, 0, 0), 8);
const LATE: (&str, Time, i64) = ("late", time(14, 0, 0, 0), 8);
const NIGHT: (&str, Time, i64) = ("night", time(18, 0, 0, 0), 8);

/// The shifts of the two weeks that start on `monday`: early 07:30-15:30, day 10:00-18:00, late
/// 14:00-22:00, and on Friday and Saturday a night of two officers 18:00-02:00. Three officers
/// rotate through three patterns; the youth officer works afternoons and weekend nights. Nobody
/// has less than 11 hours between two shifts (Arbeidstijdenwet art. 5:3).
pub fn shifts(setting: &Setting, monday: Date) -> Vec<DemoShift> {
    let mut out = week(setting, monday);
    if let Ok(next) = monday.checked_add(Span::new().days(7)) {
        out.extend(week(setting, next));
    }
    out.sort_by_key(|s| (s.starts_at, s.officer));
    out
}

/// The shifts of one week.
pub(crate) fn week(setting: &Setting, monday: Date) -> Vec<DemoShift> {
    type Slot = (i64, (&'static str, Time, i64));
    let patterns: [&[Slot]; 4] = [
        &[(1, EARLY), (2, EARLY), (3, EARLY), (4, EARLY), (5, NORMAL)],
        &[(0, LATE), (1, LATE), (2, LATE), (3, LATE), (4, NIGHT)],
        &[(0, EARLY), (1, NORMAL), (2, NORMAL), (3, NORMAL), (5, NIGHT)],
        &[(1, NORMAL), (2, LATE), (3, LATE), (4, NIGHT), (5, NIGHT)],
    ];
    let number = day_number(monday).div_euclid(7);
    let mut out = Vec::with_capacity(20);
    for (i, officer) in (0i64..).zip(OFFICERS) {
        let youth = i == 3;
        let pattern = if youth { 3 } else { (i + number).rem_euclid(3) as usize };
        for (day, (kind, start, hours)) in patterns.get(pattern).copied().unwrap_or_default() {
            let starts = monday
                .checked_add(Span::new().days(*day))
                .and_then(|date| date.to_datetime(*start).to_zoned(setting.time_zone.clone()));
            let Ok(starts_at) = starts.map(|z| z.timestamp()) else {
                continue;
            };
            let ends_at = starts_at.checked_add(Span::new().hours(*hours)).unwrap_or(starts_at);
            out.push(DemoShift { officer, team: if youth { YOUTH } else { ENFORCEMENT }, kind, starts_at, ends_at });
        }
    }
    out.sort_by_key(|s| (s.starts_at, s.officer));
    out
}

const GIVEN: [&str; 24] = [
    "Anna", "Bas", "Carla", "Dirk", "Els", "Fatima", "Gert", "Hanna", "Ibrahim", "Jolanda", "Kees", "Lotte", "Mehmet",
    "Nienke", "Otto", "Petra", "Quinten", "Rosa", "Stefan", "Tineke", "Umar", "Vera", "Wim", "Yara",
];
const FAMILY: [&str; 24] = [
    "Akkerhuis",
    "Bloemsaat",
    "Cranenveld",
    "Duinhof",
    "Eikelboer",
    "Fonteyne",
    "Grasduin",
    "Heidekamp",
    "IJsbrand",
    "Jagersveld",
    "Klaverdijk",
    "Lindeboer",
    "Molenkamp",
    "Noordzij",
    "Olmenhof",
    "Polderman",
    "Rietdekker",
    "Strandvoogd",
    "Tuinhout",
    "Uiterwaard",
    "Veenstroom",
    "Waterland",
    "Zeewijk",
    "Zomerkoren",
];

/// An invented resident with an address for mail that cannot exist.
pub(crate) fn contact(rng: &mut Rng) -> Contact {
    let given = rng.pick(&GIVEN).copied().unwrap_or_default();
    let family = rng.pick(&FAMILY).copied().unwrap_or_default();
    Contact {
        name: format!("{given} {family}"),
        email: format!("{}.{}@post.example", given.to_lowercase(), family.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn nobody_works_after_less_than_eleven_hours_of_rest() {
        let setting = Setting::heemskerk(date(2024, 1, 1), date(2026, 1, 1));
        // Arbeidstijdenwet art. 5:3: at least 11 hours between two shifts; 40 hours a week here.
        let mut all = Vec::new();
        let mut monday = date(2025, 1, 6);
        for _ in 0..20 {
            all.extend(shifts(&setting, monday));
            monday = monday.checked_add(Span::new().days(14)).unwrap();
        }
        for officer in OFFICERS {
            let mut own: Vec<_> = all.iter().filter(|s| s.officer == officer).collect();
            own.sort_by_key(|s| s.starts_at);
            assert_eq!(own.len(), 200, "five shifts a week for officer {officer}");
            for pair in own.windows(2) {
                let rest = pair[1].starts_at.duration_since(pair[0].ends_at);
                assert!(rest.as_hours() >= 11, "officer {officer}: {} to {}", pair[0].ends_at, pair[1].starts_at);
            }
        }
    }

    #[test]
    fn weekend_nights_have_two_officers_and_weekdays_early_and_late() {
        let setting = Setting::heemskerk(date(2024, 1, 1), date(2026, 1, 1));
        let two_weeks = shifts(&setting, date(2025, 9, 1));
        let count = |kind: &str| two_weeks.iter().filter(|s| s.kind == kind).count();
        assert_eq!((count("early"), count("day"), count("late"), count("night")), (10, 10, 12, 8));
        assert_eq!(
            two_weeks[0].starts_at,
            date(2025, 9, 1).at(7, 30, 0, 0).to_zoned(setting.time_zone.clone()).unwrap().timestamp()
        );
    }

    #[test]
    fn personas_cover_the_roles_with_four_officers() {
        let team = team();
        let with = |role: &str| team.iter().filter(|p| p.role == role).count();
        for (role, n) in [
            ("coordinator", 1),
            ("officer", 4),
            ("adviser", 1),
            ("mayor", 1),
            ("council-member", 1),
            ("privacy-officer", 1),
            ("administrator", 1),
        ] {
            assert_eq!(with(role), n, "{role}");
        }
        for officer in OFFICERS {
            assert_eq!(team[officer].role, "officer");
        }
        assert!(team.iter().all(|p| p.email.ends_with(".example")));
    }
}
