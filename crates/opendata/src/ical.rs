//! The calendar (iCalendar, RFC 5545) of days on which the municipality does not work.
//!
//! Route: `/calendar.ics` with `public:read`.

use crate::data::OPEN;
use crate::map::permit;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use jiff::civil::Date;
use kit::Fault;
use law::calendar::{Holidays, dutch_holidays};
use signals::intake::Desk;
use site::Cx;
use site::ical::{Event, When, calendar};

/// `GET /calendar.ics`: the days of this year and the next on which the municipality does not work, so that a
/// term or a promise does not end on them (Algemene termijnenwet art. 1 and 3, and the municipality's own days).
///
/// # Errors
/// When the policy refuses.
pub async fn closed_days(cx: Cx) -> Result<Response, Fault> {
    permit(&cx)?;
    let desk = Desk::of(&cx.municipality);
    let year = cx.now.local(&cx.municipality.zone).year();
    let mut days: Vec<Date> = vec![];
    if desk.calendar.holidays == Holidays::Netherlands {
        days.extend([year, year.saturating_add(1)].into_iter().flat_map(dutch_holidays));
    }
    days.extend(desk.calendar.equated.iter().chain(&desk.calendar.closed).filter(|d| d.year() >= year));
    days.sort_unstable();
    days.dedup();
    let host = cx.app.public_url.split('/').nth(2).unwrap_or("localhost").to_owned();
    let events: Vec<Event> = days
        .into_iter()
        .map(|day| Event {
            uid: format!("closed-{day}@{host}"),
            when: When::Day(day),
            summary: cx.words.t1("opendata-calendar-day", "municipality", &cx.municipality.file.name),
            description: cx.t(if desk.calendar.is_working_day(day) {
                "opendata-calendar-own"
            } else {
                "opendata-calendar-holiday"
            }),
            url: cx.app.public_url.clone(),
        })
        .collect();
    let name = cx.words.t1("opendata-calendar-name", "municipality", &cx.municipality.file.name);
    let headers = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8"), OPEN];
    Ok((headers, calendar(&name, cx.now, &events)).into_response())
}

#[cfg(test)]
mod tests {
    use site::ical::escape;

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
    fn the_examples_of_others_use_the_same_escapes() {
        let Some(path) = testkit::shared("data/standaarden/icalendar") else { return };
        let mut texts = 0;
        for name in [
            "events__event_with_unicode_fields.ics",
            "calendars__created_calendar_with_unicode_fields.ics",
            "calendars__issue_127_categories_with_commas.ics",
            "calendars__rfc_7986_properties.ics",
        ] {
            let text = std::fs::read_to_string(path.join(name)).unwrap().replace("\r\n", "\n").replace('\n', "\r\n");
            for (name, value) in unfolded(&text).unwrap_or_default() {
                if !["SUMMARY", "DESCRIPTION", "LOCATION"].contains(&name.as_str()) {
                    continue;
                }
                // read as the standard says, then written by us: the same text
                let mut plain = String::new();
                let mut letters = value.chars();
                while let Some(c) = letters.next() {
                    match c {
                        '\\' => plain.push(match letters.next() {
                            Some('n' | 'N') => '\n',
                            other => other.unwrap_or('\\'),
                        }),
                        c => plain.push(c),
                    }
                }
                assert_eq!(escape(&plain), value, "{name}");
                texts += 1;
            }
        }
        assert!(texts >= 5, "{texts}");
    }
}
