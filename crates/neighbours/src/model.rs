//! Groups, followers, and who wants to hear of what. Pure.

use jiff::civil::Date;
use kit::clock::day_date;
use kit::{At, Uuid, text_enum};

text_enum! {
    /// Kind of group.
    pub enum Kind {
        /// Neighbours who warn each other in a chat.
        Chat = "chat",
        /// Volunteers who walk rounds and watch.
        Watch = "watch",
        /// The area of Burgernet, the police's own network of residents.
        Burgernet = "burgernet",
        /// An association of residents.
        Residents = "residents",
        /// Entrepreneurs of a street or park.
        Business = "business",
    }
}

text_enum! {
    /// How often a follower hears something.
    pub enum Rhythm {
        /// As soon as there is news.
        Soon = "soon",
        /// Once a week.
        Weekly = "weekly",
    }
}

text_enum! {
    /// Where a follower stands.
    pub enum Following {
        /// The address was not confirmed yet.
        Waiting = "waiting",
        /// It was.
        Confirmed = "confirmed",
    }
}

/// A neighbourhood group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Id.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: Kind,
    /// Neighbourhood codes; at least one.
    pub areas: Vec<String>,
    /// Main categories that it wants to hear of; empty means all.
    pub topics: Vec<String>,
    /// The coordinator; empty after the contact left.
    pub coordinator: String,
    /// E-mail address of the coordinator.
    pub email: String,
    /// Telephone of the coordinator, or empty.
    pub phone: String,
    /// Day on which the coordinator agreed to be kept (AVG art. 7(1)), days since 1970-01-01.
    pub consent_on: Option<i64>,
    /// Language of messages.
    pub language: String,
    /// First day, days since 1970-01-01.
    pub since_on: i64,
    /// Remark about the group; nothing about members.
    pub note: String,
    /// When it ended.
    pub ended_at: Option<At>,
    /// Counts the changes.
    pub version: i64,
}

impl Group {
    /// Whether it can be told something.
    #[must_use]
    pub fn reachable(&self) -> bool {
        self.ended_at.is_none() && !self.email.is_empty() && self.consent_on.is_some()
    }

    /// Whether a message for `areas` (empty: all) about `topic` (empty: any) is for it.
    #[must_use]
    pub fn wants(&self, areas: &[String], topic: &str) -> bool {
        (areas.is_empty() || self.areas.iter().any(|a| areas.contains(a)))
            && (topic.is_empty() || self.topics.is_empty() || self.topics.iter().any(|t| t == topic))
    }
}

/// The date of a stored day.
#[must_use]
pub fn date(day: i64) -> Date {
    day_date(i32::try_from(day).unwrap_or(0))
}

/// Words as one text: ` a b `, so that a word can be found between spaces.
#[must_use]
pub fn joined(words: &[String]) -> String {
    if words.is_empty() { String::new() } else { format!(" {} ", words.join(" ")) }
}

/// The words of such a text.
#[must_use]
pub fn split(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Whether a follower of `areas` and `topics` (empty: all) wants to hear of a report.
#[must_use]
pub fn follows(areas: &[String], topics: &[String], area: Option<&str>, topic: &str) -> bool {
    let area = areas.is_empty() || area.is_some_and(|a| areas.iter().any(|x| x == a));
    area && (topics.is_empty() || topics.iter().any(|t| t == topic))
}

/// Whether a text has the shape of an e-mail address.
#[must_use]
pub fn is_address(text: &str) -> bool {
    text.len() <= 254
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || ",;<>\"".contains(c))
        && text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && !host.contains('@')
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        split(text)
    }

    #[test]
    fn a_group_hears_what_is_about_its_places_and_topics() {
        let group = Group {
            id: Uuid::nil(),
            name: String::new(),
            kind: Kind::Chat,
            areas: words("BU1 BU2"),
            topics: words("waste"),
            coordinator: "x".into(),
            email: "x@y.nl".into(),
            phone: String::new(),
            consent_on: Some(1),
            language: "nl".into(),
            since_on: 0,
            note: String::new(),
            ended_at: None,
            version: 1,
        };
        for (areas, topic, expected) in
            [("", "", true), ("BU2 BU9", "", true), ("BU9", "", false), ("", "waste", true), ("", "people", false)]
        {
            assert_eq!(group.wants(&words(areas), topic), expected, "{areas} {topic}");
        }
        assert!(Group { topics: vec![], ..group.clone() }.wants(&[], "people"));
        assert!(group.reachable() && !Group { consent_on: None, ..group.clone() }.reachable());
        assert!(!Group { ended_at: Some(At::from_micros(1)), ..group }.reachable());
    }

    #[test]
    fn a_follower_of_a_place_hears_nothing_without_a_place() {
        for (areas, topics, area, topic, expected) in [
            ("", "", None, "waste", true),
            ("BU1", "", Some("BU1"), "waste", true),
            ("BU1", "", None, "waste", false),
            ("BU1", "people", Some("BU1"), "waste", false),
        ] {
            assert_eq!(follows(&words(areas), &words(topics), area, topic), expected, "{areas} {topics} {area:?}");
        }
    }

    #[test]
    fn an_address_has_a_shape() {
        for (text, expected) in [
            ("a@b.nl", true),
            ("a.b+c@sub.b.nl", true),
            ("", false),
            ("a@b", false),
            ("@b.nl", false),
            ("a@@b.nl", false),
            ("a b@c.nl", false),
            ("a@b.nl,c@d.nl", false),
            ("a@b.nl\nBcc: x@y.nl", false),
            ("<a@b.nl>", false),
            ("a@.nl.", false),
        ] {
            assert_eq!(is_address(text), expected, "{text}");
        }
    }
}
