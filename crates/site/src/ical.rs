//! Calendars as iCalendar (RFC 5545): a small writer for events on days or at instants.

use jiff::ToSpan as _;
use jiff::civil::Date;
use kit::At;
use std::fmt::Write as _;

/// When an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A whole day, wherever one is.
    Day(Date),
    /// From an instant to another.
    Span(At, At),
}

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The same for the same event in each answer, unique in the world: `…@host`.
    pub uid: String,
    /// When it is.
    pub when: When,
    /// In a few words.
    pub summary: String,
    /// In some sentences; may be empty.
    pub description: String,
    /// A page about it; may be empty.
    pub url: String,
}

/// The text of a calendar called `name` with `events`; `now` is the stamp of each.
#[must_use]
pub fn calendar(name: &str, now: At, events: &[Event]) -> String {
    let mut out = String::new();
    for fixed in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Regie//Regie//NL", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    {
        line(&mut out, fixed);
    }
    line(&mut out, &format!("X-WR-CALNAME:{}", escape(name)));
    for event in events {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}", escape(&event.uid)));
        line(&mut out, &format!("DTSTAMP:{}", instant(now)));
        match event.when {
            When::Day(day) => {
                let basic = |day: Date| format!("{:04}{:02}{:02}", day.year(), day.month(), day.day());
                line(&mut out, &format!("DTSTART;VALUE=DATE:{}", basic(day)));
                line(&mut out, &format!("DTEND;VALUE=DATE:{}", basic(day.saturating_add(1.day()))));
                line(&mut out, "TRANSP:TRANSPARENT");
            }
            When::Span(from, to) => {
                line(&mut out, &format!("DTSTART:{}", instant(from)));
                line(&mut out, &format!("DTEND:{}", instant(to)));
            }
        }
        line(&mut out, &format!("SUMMARY:{}", escape(&event.summary)));
        if !event.description.is_empty() {
            line(&mut out, &format!("DESCRIPTION:{}", escape(&event.description)));
        }
        if !event.url.is_empty() {
            // a URI is not escaped; a line break in it would begin another property
            let clean: String = event.url.chars().filter(|c| !c.is_control()).collect();
            line(&mut out, &format!("URL:{clean}"));
        }
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// An instant in UTC (RFC 5545, 3.3.5, form 2).
fn instant(at: At) -> String {
    let utc = at.local(&jiff::tz::TimeZone::UTC);
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        utc.year(),
        utc.month(),
        utc.day(),
        utc.hour(),
        utc.minute(),
        utc.second()
    )
}

/// A text value (RFC 5545, 3.3.11): backslash, semicolon, comma and line breaks are escaped, other control
/// characters left out.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' => out.push_str("\\n"),
            '\t' => out.push('\t'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes a content line, folded after 75 octets without cutting a letter (RFC 5545, 3.1).
fn line(out: &mut String, text: &str) {
    let mut octets = 0;
    for c in text.chars() {
        if octets + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            octets = 1;
        }
        octets += c.len_utf8();
        out.push(c);
    }
    let _ = write!(out, "\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_lines_folded_between_letters() {
        for (text, escaped) in [
            ("a, b; c\\d", "a\\, b\\; c\\\\d"),
            ("one\r\ntwo\nthree\rfour", "one\\ntwo\\nthree\\nfour"),
            ("bell\u{7}", "bell"),
        ] {
            assert_eq!(escape(text), escaped);
        }
        let mut out = String::new();
        line(&mut out, &format!("SUMMARY:{}", "é".repeat(100)));
        for part in out.split("\r\n") {
            assert!(part.len() <= 75, "{} octets", part.len());
        }
        assert_eq!(out.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "é".repeat(100)));
    }

    /// The content lines of a calendar, unfolded; an error names what is no content line.
    fn unfolded(text: &str) -> Result<Vec<(String, String)>, String> {
        let text = text.replace("\r\n ", "").replace("\r\n\t", "");
        text.split_terminator("\r\n")
            .map(|line| {
                let (name, value) = line.split_once(':').ok_or_else(|| line.to_owned())?;
                Ok((name.to_owned(), value.to_owned()))
            })
            .collect()
    }

    #[test]
    fn the_standards_own_text_comes_back() {
        // RFC 5545, 3.3.11: the example of a text value.
        let plain = "Project XYZ Final Review\nConference Room - 3B\nCome Prepared.";
        assert_eq!(escape(plain), "Project XYZ Final Review\\nConference Room - 3B\\nCome Prepared.");
        let at = |text: &str| At(text.parse().unwrap());
        let now = at("1996-07-04T12:00:00Z");
        let event = Event {
            uid: "uid1@example.com".into(),
            when: When::Span(at("1996-09-18T14:30:00Z"), at("1996-09-20T22:00:00Z")),
            summary: "Networld+Interop Conference".into(),
            description: "Networld+Interop Conference and Exhibit\nAtlanta World Congress Center\nAtlanta, Georgia"
                .into(),
            url: String::new(),
        };
        let text = calendar("x", now, &[event]);
        let lines = unfolded(&text).unwrap();
        // RFC 5545, 3.6.1 and 4: the conference of the first example.
        for (name, value) in [
            ("UID", "uid1@example.com"),
            ("DTSTAMP", "19960704T120000Z"),
            ("DTSTART", "19960918T143000Z"),
            ("DTEND", "19960920T220000Z"),
            ("SUMMARY", "Networld+Interop Conference"),
            (
                "DESCRIPTION",
                "Networld+Interop Conference and Exhibit\\nAtlanta World Congress Center\\nAtlanta\\, Georgia",
            ),
        ] {
            assert!(lines.contains(&(name.to_owned(), value.to_owned())), "{name}: {text}");
        }
    }
}
