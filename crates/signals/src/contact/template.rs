//! The language of templates: plain text with variables `{ $reference }`, from a closed list. A line of which a variable
//! has no value is left out, so that no mail says "before ." when there is no term.

use kit::text_enum;

text_enum! {
    /// What a message is about; each has a text of its own.
    pub enum Event {
        /// A report came in.
        Received = "received",
        /// A request to enforce came in: an application with a term (Awb art. 4:13).
        ReceivedEnforcement = "received-enforcement-request",
        /// A complaint about conduct came in (Awb art. 9:6: its receipt is confirmed in writing).
        ReceivedComplaint = "received-complaint",
        /// A question came in.
        ReceivedQuestion = "received-question",
        /// Somebody works on it.
        InProgress = "in-progress",
        /// The work has a day.
        Planned = "planned",
        /// Handled.
        Done = "done",
        /// Not taken up.
        Cancelled = "cancelled",
        /// Another organisation does it.
        Forwarded = "forwarded",
        /// Taken up again.
        Reopened = "reopened",
        /// Not taken up again.
        ReopenRefused = "reopen-refused",
        /// The reporter is asked something.
        Asked = "asked",
        /// The reporter is asked again.
        Reminder = "reminder",
        /// What a colleague writes.
        Free = "free",
        /// A follower must confirm the address.
        FollowConfirm = "follow-confirm",
        /// A followed report changed.
        FollowNews = "follow-news",
    }
}

/// Every variable of every template; what it stands for is said on the page (`contact-variable-*`).
pub(crate) const VARIABLES: [&str; 12] = [
    "reference",
    "category",
    "state",
    "received",
    "due",
    "note",
    "days",
    "link",
    "municipality",
    "organisation",
    "email",
    "phone",
];

/// Longest subject and text, in characters.
pub(super) const SUBJECT: usize = 150;
pub(super) const BODY: usize = 8000;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part<'a> {
    Text(&'a str),
    Variable(&'a str),
}

/// What is wrong in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// A brace that does not open or close a variable, in this line (from 1).
    Brace(usize),
    /// A name that is not in the list, in this line.
    Unknown(usize, String),
}

fn parts<'a>(line: &'a str, number: usize) -> Result<Vec<Part<'a>>, Wrong> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['{', '}']) {
        let (text, from) = rest.split_at(at);
        let inside = from.strip_prefix('{').and_then(|f| f.split_once('}')).ok_or(Wrong::Brace(number))?;
        let name = inside.0.trim().strip_prefix('$').ok_or(Wrong::Brace(number))?.trim();
        if name.contains('{') {
            return Err(Wrong::Brace(number));
        }
        let name = VARIABLES.iter().find(|v| **v == name).ok_or_else(|| Wrong::Unknown(number, name.to_owned()))?;
        parts.push(Part::Text(text));
        parts.push(Part::Variable(name));
        rest = inside.1;
    }
    parts.push(Part::Text(rest));
    Ok(parts)
}

/// The first fault of a text, if any.
pub(crate) fn check(text: &str) -> Result<(), Wrong> {
    text.lines().zip(1..).try_for_each(|(line, number)| parts(line, number).map(|_| ()))
}

/// The text with its variables filled in. A line with an empty variable is left out; a fault leaves its line as it is.
pub(crate) fn fill(text: &str, values: &[(&str, String)]) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        let Ok(parts) = parts(line, 0) else {
            out.push(line.to_owned());
            continue;
        };
        let mut filled = String::new();
        let mut whole = true;
        for part in parts {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Variable(name) => match values.iter().find(|(n, v)| *n == name && !v.is_empty()) {
                    Some((_, value)) => filled.push_str(value),
                    None => whole = false,
                },
            }
        }
        // Where a line was left out, no two empty lines stay.
        if whole && !(filled.is_empty() && out.last().is_some_and(String::is_empty)) {
            out.push(filled);
        }
    }
    out.join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_a_closed_list_and_braces_must_close() {
        for (text, wrong) in [
            ("Uw melding { $reference }", None),
            ("{$reference}{ $link }", None),
            ("", None),
            ("geen variabele", None),
            ("een\n{ $refrence }", Some(Wrong::Unknown(2, "refrence".into()))),
            ("{ $reference", Some(Wrong::Brace(1))),
            ("een }", Some(Wrong::Brace(1))),
            ("{ reference }", Some(Wrong::Brace(1))),
            ("{ { $reference }", Some(Wrong::Brace(1))),
            ("a\nb\n{}", Some(Wrong::Brace(3))),
            ("{ $a { $link } }", Some(Wrong::Brace(1))),
            ("{ $reference\n}", Some(Wrong::Brace(1))),
        ] {
            assert_eq!(check(text).err(), wrong, "{text}");
        }
    }

    #[test]
    fn a_line_without_its_value_is_left_out_and_values_are_no_templates() {
        let values =
            [("reference", "A1".to_owned()), ("note", "kijk { $link }\nregel 2".to_owned()), ("due", String::new())];
        for (text, filled) in [
            ("Nummer { $reference }.", "Nummer A1."),
            ("Een\n\nVoor { $due }.\n\nTwee", "Een\n\nTwee"),
            ("{ $note }", "kijk { $link }\nregel 2"),
            ("{ broken", "{ broken"),
            ("{ $link }", ""),
        ] {
            assert_eq!(fill(text, &values), filled, "{text}");
        }
    }
}
