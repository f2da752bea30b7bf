//! An event in words: the same lines stand on its page, in the report and in the readable field of its record.

use super::{Draft, judge};
use kit::Words;
use law::sanction::Amount;
use records::FieldText;
use site::Cx;

/// What is told of an event: label and text, in the language of `cx`; what is empty is left out.
pub(super) fn lines(cx: &Cx, draft: &Draft) -> Vec<(String, String)> {
    let words = &cx.words;
    let mut out = Vec::new();
    let mut tell = |label: &str, text: String| {
        if !text.trim().is_empty() {
            out.push((words.t(&format!("sanctions-label-{label}")), text));
        }
    };
    let word = |prefix: &str, value: &str| match value {
        "" => String::new(),
        value => words.t(&format!("sanctions-{prefix}-{value}")),
    };
    tell("sanctions", sanctions(cx, draft).join("\n"));
    tell(
        "when",
        draft.at(words.zone()).map_or_else(|| format!("{} {}", draft.date, draft.time), |at| words.date_time(at)),
    );
    tell("place", draft.place.clone());
    tell("began", word("began", &draft.began));
    tell("caught", word("caught", &draft.caught));
    tell("means", draft.means.clone());
    let reasons: Vec<String> = draft.reasons.iter().map(|r| word("reason", r)).collect();
    tell("reasons", reasons.join("\n"));
    tell("vehicle", format!("{} {} {}", word("vehicle", &draft.vehicle), draft.plate, draft.vehicle_note));
    tell("person", draft.full_name());
    let birth = draft.born().map_or_else(|| draft.birth.clone(), |born| words.day(born));
    tell(
        "birth",
        [birth, draft.birth_place.clone()].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(", "),
    );
    tell("address", format!("{}\n{} {}", draft.address, draft.postcode, draft.town).trim().to_owned());
    tell("identity", format!("{} {}", word("identity", &draft.identity), draft.identity_number));
    if !draft.statement.is_empty() {
        tell("cautioned", words.t(if draft.cautioned { "sanctions-caution-yes" } else { "sanctions-caution-no" }));
    }
    tell("statement", draft.statement.clone());
    tell("findings", draft.findings.clone());
    tell("remarks", draft.remarks.clone());
    out
}

/// Each sanction in a line: code, name, modality, and the amount when it is known.
pub(super) fn sanctions(cx: &Cx, draft: &Draft) -> Vec<String> {
    let chosen = judge::chosen(&cx.app.law.offences, draft, judge::day_of(cx, draft));
    let line = |one: &law::sanction::Chosen<'_>| {
        let name = one.offence.name.get(cx.words.language());
        let way = cx.t(&format!("sanctions-modality-{}", one.modality));
        let cost = judge::amount(cx, one, draft).map(|a| format!(", {}", money(&cx.words, a))).unwrap_or_default();
        format!("{} {name} ({way}{cost})", one.offence.code)
    };
    chosen.iter().map(line).collect()
}

/// An amount in words.
pub(super) fn money(words: &Words, amount: Amount) -> String {
    let key = match (amount.is_half, amount.uncertain) {
        (false, false) => "sanctions-amount",
        (true, false) => "sanctions-amount-half",
        (false, true) => "sanctions-amount-unsure",
        (true, true) => "sanctions-amount-half-unsure",
    };
    words.t1(key, "euros", &words.whole(amount.euros.into()))
}

/// The readable fields of the record, in the municipality's own language.
pub(super) fn fields(cx: &Cx, draft: &Draft) -> Vec<FieldText> {
    let language = cx.municipality.file.languages.first().map_or("nl", String::as_str);
    let mut cx = cx.clone();
    cx.words = cx.app.library.words(language, cx.municipality.zone.clone());
    let text = lines(&cx, draft).into_iter().map(|(label, text)| format!("{label}: {text}")).collect::<Vec<_>>();
    let persons = draft.person().map(|p| serde_json::to_string(&[p]).unwrap_or_default());
    let all = [
        ("title", title(&cx, draft)),
        ("text", text.join("\n")),
        ("persons", persons.unwrap_or_default()),
        ("place", draft.place.clone()),
    ];
    let field = |(name, text): (&str, String)| FieldText { name: name.to_owned(), is_special: false, text };
    all.into_iter().map(field).filter(|f| !f.text.is_empty()).collect()
}

/// What a list calls it: the first sanction and the place. No person.
fn title(cx: &Cx, draft: &Draft) -> String {
    let chosen = judge::chosen(&cx.app.law.offences, draft, judge::day_of(cx, draft));
    let name = match chosen.as_slice() {
        [] => cx.t("sanctions-untitled"),
        [one, ..] => format!("{} {}", one.offence.code, one.offence.name.get(cx.words.language())),
    };
    let more = if chosen.len() > 1 { format!(" +{}", chosen.len() - 1) } else { String::new() };
    if draft.place.is_empty() { format!("{name}{more}") } else { format!("{name}{more}, {}", draft.place) }
}
