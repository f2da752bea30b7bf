//! A questionnaire: its design, its states, and what a sent form answers. Pure.

use crate::config::SurveysConfig;
use crate::screen::screen;
use jiff::civil::Date;
use kit::{At, FieldFaults, Text, Uuid, text_enum};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Longest texts, in characters.
pub const LINE: usize = 300;
/// Longest introduction or open answer.
pub const PARAGRAPH: usize = 2000;
/// Most questions of one questionnaire, and most options of one question.
pub const MOST: usize = 40;

text_enum! {
    /// Where a questionnaire stands.
    pub enum State {
        /// Being made.
        Draft = "draft",
        /// Published; can be answered between its dates.
        Open = "open",
        /// Answered; the totals are made.
        Closed = "closed",
        /// Put away.
        Archived = "archived",
    }
}

impl State {
    /// Whether `self` may become `next`.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::Open | Self::Archived) | (Self::Open, Self::Closed) | (Self::Closed, Self::Archived)
        )
    }
}

text_enum! {
    /// Kind of question.
    pub enum Kind {
        /// One of the options.
        One = "one",
        /// Any of the options.
        Several = "several",
        /// A mark from 1 to 5.
        Scale5 = "scale-5",
        /// A mark from 1 to 10.
        Scale10 = "scale-10",
        /// The most important options, in order.
        Rank = "rank",
        /// A whole number.
        Number = "number",
        /// Own words; for the adviser only.
        Words = "words",
    }
}

impl Kind {
    /// Whether the question has options.
    #[must_use]
    pub fn has_options(self) -> bool {
        matches!(self, Self::One | Self::Several | Self::Rank)
    }

    /// The highest mark of a scale.
    #[must_use]
    pub fn top(self) -> Option<i64> {
        match self {
            Self::Scale5 => Some(5),
            Self::Scale10 => Some(10),
            _ => None,
        }
    }
}

text_enum! {
    /// How an answer came in.
    pub enum Channel {
        /// On this site.
        Web = "web",
        /// On paper, typed by staff.
        Paper = "paper",
    }
}

text_enum! {
    /// Which people answered: two figures that are never mixed.
    pub enum Sample {
        /// People who were drawn and got a one-time code.
        Invited = "invited",
        /// Whoever wanted to.
        Open = "open",
    }
}

/// An option of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opt {
    /// Its id within the question; never used again for another option.
    pub id: String,
    /// What is read.
    pub text: Text,
}

/// The condition on which a question is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// An earlier question with options.
    pub question: String,
    /// The option that must be chosen there.
    pub option: String,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its id within the questionnaire and its copies.
    pub id: String,
    /// Kind.
    pub kind: Kind,
    /// The question.
    pub text: Text,
    /// A line below it.
    pub hint: Text,
    /// Options, of the kinds that have them.
    pub options: Vec<Opt>,
    /// Whether it must be answered.
    pub required: bool,
    /// How many options to choose (rank).
    pub pick: i64,
    /// Lowest number (number).
    pub least: i64,
    /// Highest number (number).
    pub most: i64,
    /// When it is asked; always without.
    pub only_if: Option<When>,
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Design {
    /// Title.
    pub title: Text,
    /// Introduction.
    pub intro: Text,
    /// Questions in order.
    pub questions: Vec<Question>,
    /// How many questions were ever made, for their ids.
    pub made: usize,
}

/// A questionnaire as stored.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Id.
    pub id: Uuid,
    /// Its word in addresses.
    pub slug: String,
    /// The slug of the first questionnaire that it was copied from: figures of one series may be compared.
    pub series: String,
    /// What is asked.
    pub design: Design,
    /// State.
    pub state: State,
    /// First day on which it can be answered.
    pub opens_on: Option<Date>,
    /// Last day.
    pub closes_on: Option<Date>,
    /// When it was closed.
    pub closed_at: Option<At>,
    /// How many one-time codes were made.
    pub codes: i64,
    /// What was done at closing, by sample ([`crate::tally::Summary`]).
    pub summary: Vec<crate::tally::Summary>,
    /// Whether everybody may see the results.
    pub shown: bool,
    /// Counts the changes.
    pub version: i64,
}

impl Survey {
    /// Whether it can be answered on `day`.
    #[must_use]
    pub fn answerable(&self, day: Date) -> bool {
        self.state == State::Open && self.opens_on.is_some_and(|d| d <= day) && self.closes_on.is_some_and(|d| d >= day)
    }
}

/// Given answers: by question id the chosen options, mark, number or words.
pub type Given = BTreeMap<String, Vec<String>>;

impl Design {
    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|q| q.id == id)
    }

    /// What is still missing before it can be published.
    #[must_use]
    pub fn check(&self, languages: &[String]) -> FieldFaults {
        let mut faults = FieldFaults::default();
        let whole = |text: &Text| languages.iter().all(|l| text.0.get(l).is_some_and(|t| !t.trim().is_empty()));
        if !whole(&self.title) {
            faults.add("title", "surveys-title-missing");
        }
        if !whole(&self.intro) {
            faults.add("intro", "surveys-intro-missing");
        }
        if self.questions.is_empty() {
            faults.add("questions", "surveys-questions-missing");
        }
        for (i, question) in self.questions.iter().enumerate() {
            let field = format!("question-{}", question.id);
            let nr = || vec![("nr", (i + 1).to_string())];
            if !whole(&question.text) || !question.options.iter().all(|o| whole(&o.text)) {
                faults.add_with(field, "surveys-question-texts-missing", nr());
            } else if question.kind.has_options() && question.options.len() < 2 {
                faults.add_with(field, "surveys-question-options-missing", nr());
            } else if let Some(when) = &question.only_if {
                let earlier = self.questions.iter().take(i).find(|q| q.id == when.question);
                if !earlier.is_some_and(|q| q.options.iter().any(|o| o.id == when.option)) {
                    faults.add_with(field, "surveys-question-when-wrong", nr());
                }
            }
        }
        faults
    }

    /// Whether `question` is asked after these answers.
    #[must_use]
    pub fn asked(&self, question: &Question, given: &Given) -> bool {
        match &question.only_if {
            None => true,
            Some(when) => {
                let earlier = self.question(&when.question);
                earlier.is_some_and(|q| self.asked(q, given))
                    && given.get(&when.question).is_some_and(|chosen| chosen.contains(&when.option))
            }
        }
    }

    /// Reads what a form sent; `field` gives the values of a control. Answers to questions that are not asked are
    /// dropped.
    #[must_use]
    pub fn read(&self, field: &dyn Fn(&str) -> Vec<String>) -> (Given, FieldFaults) {
        let (mut given, mut faults) = (Given::new(), FieldFaults::default());
        for question in &self.questions {
            if !self.asked(question, &given) {
                continue;
            }
            match question.read(field) {
                Ok(answer) if !answer.is_empty() => {
                    given.insert(question.id.clone(), answer);
                }
                Ok(_) if question.required => faults.add(question.id.clone(), "surveys-answer-missing"),
                Ok(_) => {}
                Err((key, values)) => faults.add_with(question.id.clone(), key, values),
            }
        }
        (given, faults)
    }
}

type Wrong = (&'static str, Vec<(&'static str, String)>);

impl Question {
    fn knows(&self, option: &String) -> bool {
        self.options.iter().any(|o| o.id == *option)
    }

    /// The names of its controls.
    #[must_use]
    pub fn controls(&self) -> Vec<String> {
        match self.kind {
            Kind::Rank => (1..=self.pick).map(|place| format!("{}-{place}", self.id)).collect(),
            _ => vec![self.id.clone()],
        }
    }

    fn read(&self, field: &dyn Fn(&str) -> Vec<String>) -> Result<Vec<String>, Wrong> {
        let sent: Vec<String> =
            self.controls().iter().flat_map(|name| field(name)).map(|v| v.trim().to_owned()).collect();
        let mut values: Vec<String> = sent.into_iter().filter(|v| !v.is_empty()).collect();
        let unknown = || ("surveys-answer-unknown", vec![]);
        let number = |value: &String, least: i64, most: i64| match value.parse::<i64>() {
            Ok(n) if (least..=most).contains(&n) => Ok(vec![n.to_string()]),
            _ => Err(("surveys-answer-number", vec![("least", least.to_string()), ("most", most.to_string())])),
        };
        match (self.kind, values.first()) {
            (_, None) => Ok(vec![]),
            (Kind::One, Some(_)) => {
                values.truncate(1);
                if values.iter().all(|v| self.knows(v)) { Ok(values) } else { Err(unknown()) }
            }
            (Kind::Several, Some(_)) => {
                values.sort();
                values.dedup();
                if values.iter().all(|v| self.knows(v)) { Ok(values) } else { Err(unknown()) }
            }
            (Kind::Rank, Some(_)) => {
                let mut once = values.clone();
                once.sort();
                once.dedup();
                if once.len() < values.len() {
                    return Err(("surveys-answer-twice", vec![]));
                }
                if values.iter().all(|v| self.knows(v)) { Ok(values) } else { Err(unknown()) }
            }
            (Kind::Scale5 | Kind::Scale10, Some(value)) => number(value, 1, self.kind.top().unwrap_or(10)),
            (Kind::Number, Some(value)) => number(value, self.least, self.most),
            (Kind::Words, Some(value)) if value.chars().count() > PARAGRAPH => {
                Err(("surveys-too-long", vec![("most", PARAGRAPH.to_string())]))
            }
            (Kind::Words, Some(value)) => Ok(Some(screen(value)).filter(|v| !v.is_empty()).into_iter().collect()),
        }
    }
}

/// A word for addresses from a title; `-2`, `-3` … when it is taken.
#[must_use]
pub fn slug(title: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let mut word = String::new();
    for c in title.to_lowercase().chars() {
        let plain = match c {
            'á' | 'à' | 'ä' | 'â' => 'a',
            'é' | 'è' | 'ë' | 'ê' => 'e',
            'í' | 'ï' | 'î' => 'i',
            'ó' | 'ò' | 'ö' | 'ô' => 'o',
            'ú' | 'ü' | 'û' => 'u',
            other => other,
        };
        if plain.is_ascii_alphanumeric() {
            word.push(plain);
        } else if !word.is_empty() && !word.ends_with('-') {
            word.push('-');
        }
    }
    let word: String = word.chars().take(50).collect();
    let word = match word.trim_matches('-') {
        "" | "new" | "manage" => "enquete",
        word => word,
    };
    let free = (1..).map(|n| if n == 1 { word.to_owned() } else { format!("{word}-{n}") }).find(|s| !taken(s));
    free.unwrap_or_default()
}

/// Options from lines of text, one language beside the other. An option whose first text was there before keeps its
/// id, so that copies of a questionnaire can be compared.
#[must_use]
pub fn options(lines: &BTreeMap<String, Vec<String>>, first: &str, before: &[Opt]) -> Vec<Opt> {
    let count = lines.values().map(Vec::len).max().unwrap_or(0).min(MOST);
    let mut next = before.iter().filter_map(|o| o.id.strip_prefix('o')?.parse::<usize>().ok()).max().unwrap_or(0);
    let mut made: Vec<Opt> = Vec::new();
    for i in 0..count {
        let text: BTreeMap<String, String> =
            lines.iter().filter_map(|(language, lines)| Some((language.clone(), lines.get(i)?.clone()))).collect();
        let word = text.get(first).cloned().unwrap_or_default();
        let kept = before.iter().find(|o| o.text.get(first) == word && !made.iter().any(|m| m.id == o.id));
        let id = kept.map_or_else(
            || {
                next += 1;
                format!("o{next}")
            },
            |o| o.id.clone(),
        );
        made.push(Opt { id, text: Text(text) });
    }
    made
}

/// The age groups and areas that an answer may name: anything else is "not told".
#[must_use]
pub fn told(config: &SurveysConfig, sheet: &areas::Sheet, area: &str, age: &str) -> (String, String) {
    let age = config.ages.iter().find(|a| a.id == age).map(|a| a.id.clone()).unwrap_or_default();
    let neighbourhood = sheet.neighbourhoods().find(|a| a.code == area);
    let area = match neighbourhood {
        None => String::new(),
        Some(a) if config.area_level == "district" => a.parent.clone().unwrap_or_else(|| a.code.clone()),
        Some(a) => a.code.clone(),
    };
    (area, age)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn text(nl: &str) -> Text {
        Text([("nl".to_owned(), nl.to_owned()), ("en".to_owned(), format!("{nl} (en)"))].into())
    }

    /// A question of `kind` with `n` options.
    pub(crate) fn question(id: &str, kind: Kind, n: usize) -> Question {
        Question {
            id: id.to_owned(),
            kind,
            text: text("Vraag"),
            hint: Text::default(),
            options: (1..=n).map(|i| Opt { id: format!("o{i}"), text: text(&format!("Keuze {i}")) }).collect(),
            required: false,
            pick: 3,
            least: 0,
            most: 20,
            only_if: None,
        }
    }

    /// A design with one question of each kind.
    pub(crate) fn design() -> Design {
        let mut questions = vec![
            question("q1", Kind::One, 3),
            question("q2", Kind::Several, 4),
            question("q3", Kind::Scale5, 0),
            question("q4", Kind::Scale10, 0),
            question("q5", Kind::Rank, 5),
            question("q6", Kind::Number, 0),
            question("q7", Kind::Words, 0),
        ];
        questions[0].required = true;
        questions[1].only_if = Some(When { question: "q1".to_owned(), option: "o1".to_owned() });
        Design { title: text("Enquête"), intro: text("Waarom"), questions, made: 7 }
    }

    fn languages() -> Vec<String> {
        vec!["nl".to_owned(), "en".to_owned()]
    }

    fn read(sent: &[(&str, &str)]) -> (Given, FieldFaults) {
        design().read(&|name| sent.iter().filter(|(k, _)| *k == name).map(|(_, v)| (*v).to_owned()).collect())
    }

    #[test]
    fn states_go_forward_only() {
        let allowed: Vec<(State, State)> = State::ALL
            .iter()
            .flat_map(|a| State::ALL.iter().map(|b| (*a, *b)))
            .filter(|(a, b)| a.may_become(*b))
            .collect();
        use State::{Archived, Closed, Draft, Open};
        assert_eq!(allowed, [(Draft, Open), (Draft, Archived), (Open, Closed), (Closed, Archived)]);
    }

    #[test]
    fn a_form_is_read_by_kind() {
        let (given, faults) = read(&[
            ("q1", "o1"),
            ("q2", "o3"),
            ("q2", "o1"),
            ("q3", "5"),
            ("q4", "10"),
            ("q5-1", "o2"),
            ("q5-2", ""),
            ("q5-3", "o5"),
            ("q6", " 7 "),
            ("q7", "Mail a@b.nl"),
        ]);
        assert!(faults.is_empty(), "{faults:?}");
        let of = |id: &str| given[id].join(",");
        assert_eq!(
            ["q1", "q2", "q3", "q4", "q5", "q6", "q7"].map(of),
            ["o1", "o1,o3", "5", "10", "o2,o5", "7", "Mail […]"]
        );
        // the condition fails: what was sent for it is dropped, and it is not missed
        let (given, faults) = read(&[("q1", "o2"), ("q2", "o1")]);
        assert!(faults.is_empty() && !given.contains_key("q2"));
    }

    #[test]
    fn a_wrong_answer_is_named_at_its_question() {
        let long = "x".repeat(PARAGRAPH + 1);
        for (sent, field, key) in [
            (vec![], "q1", "surveys-answer-missing"),
            (vec![("q1", "o9")], "q1", "surveys-answer-unknown"),
            (vec![("q1", "o1"), ("q2", "x")], "q2", "surveys-answer-unknown"),
            (vec![("q1", "o1"), ("q3", "6")], "q3", "surveys-answer-number"),
            (vec![("q1", "o1"), ("q3", "0")], "q3", "surveys-answer-number"),
            (vec![("q1", "o1"), ("q4", "tien")], "q4", "surveys-answer-number"),
            (vec![("q1", "o1"), ("q5-1", "o1"), ("q5-2", "o1")], "q5", "surveys-answer-twice"),
            (vec![("q1", "o1"), ("q5-1", "zz")], "q5", "surveys-answer-unknown"),
            (vec![("q1", "o1"), ("q6", "21")], "q6", "surveys-answer-number"),
            (vec![("q1", "o1"), ("q6", "9999999999999999999999")], "q6", "surveys-answer-number"),
            (vec![("q1", "o1"), ("q7", long.as_str())], "q7", "surveys-too-long"),
        ] {
            let (_, faults) = read(&sent);
            assert_eq!((faults.0[0].field.as_ref(), faults.0[0].key), (field, key), "{sent:?}");
        }
    }

    #[test]
    fn what_must_be_there_before_publishing() {
        assert!(design().check(&languages()).is_empty());
        type Change = fn(&mut Design);
        let table: [(Change, &str); 6] = [
            (|d| drop(d.title.0.remove("en")), "title surveys-title-missing"),
            (|d| d.intro = Text::default(), "intro surveys-intro-missing"),
            (|d| d.questions.clear(), "questions surveys-questions-missing"),
            (|d| drop(d.questions[2].text.0.remove("nl")), "question-q3 surveys-question-texts-missing"),
            (|d| d.questions[0].options.truncate(1), "question-q1 surveys-question-options-missing"),
            (|d| d.questions.swap(0, 1), "question-q2 surveys-question-when-wrong"),
        ];
        for (change, expected) in table {
            let mut design = design();
            change(&mut design);
            let faults = design.check(&languages());
            assert_eq!(format!("{} {}", faults.0[0].field, faults.0[0].key), expected);
        }
    }

    #[test]
    fn addresses_are_plain_and_free() {
        for (title, taken, expected) in [
            ("Enquête handhaving 2024!", vec![], "enquete-handhaving-2024"),
            ("Enquête handhaving 2024", vec!["enquete-handhaving-2024"], "enquete-handhaving-2024-2"),
            ("Manage", vec![], "enquete"),
            ("???", vec!["enquete"], "enquete-2"),
        ] {
            assert_eq!(slug(title, &|s| taken.contains(&s)), expected);
        }
    }

    #[test]
    fn an_option_keeps_its_id_when_lines_move() {
        let lines = |nl: &[&str]| {
            let nl: Vec<String> = nl.iter().map(|s| (*s).to_owned()).collect();
            BTreeMap::from([("nl".to_owned(), nl.clone()), ("en".to_owned(), nl)])
        };
        let ids = |options: &[Opt]| options.iter().map(|o| o.id.clone()).collect::<Vec<_>>().join(",");
        let first = options(&lines(&["a", "b", "c"]), "nl", &[]);
        assert_eq!(ids(&first), "o1,o2,o3");
        assert_eq!(ids(&options(&lines(&["c", "new", "a", "a"]), "nl", &first)), "o3,o4,o1,o5");
    }
}
