//! What the forms of groups and followers share.

use areas::Atlas;
use kit::FieldFaults;
use signals::Catalogue;
use site::{Choice, Cx};

/// Adds a fault when a text is too long.
pub(crate) fn short(faults: &mut FieldFaults, field: &'static str, text: &str, most: usize) {
    if text.chars().count() > most {
        faults.add_with(field, "neighbours-too-long", vec![("most", most.to_string())]);
    }
}

/// The neighbourhoods as choices.
pub(crate) fn area_choices(cx: &Cx) -> Vec<Choice> {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    sheet.neighbourhoods().map(|a| Choice::new(&a.code, &a.name)).collect()
}

/// The main categories as choices: what a message can be about.
pub(crate) fn topic_choices(cx: &Cx) -> Vec<Choice> {
    let catalogue = cx.municipality.get::<Catalogue>();
    catalogue.mains.iter().map(|m| Choice::new(&m.id, m.name.get(cx.words.language()))).collect()
}

/// Those of which something is shown to the public: what there can be news about.
pub(crate) fn public_topics(cx: &Cx) -> Vec<Choice> {
    let catalogue = cx.municipality.get::<Catalogue>();
    let public = |c: &Choice| catalogue.of_main(&c.value).any(|category| category.public);
    topic_choices(cx).into_iter().filter(public).collect()
}

/// Whether each of `values` is one of the choices.
pub(crate) fn among(values: &[String], choices: &[Choice]) -> bool {
    values.iter().all(|v| choices.iter().any(|c| c.value == *v))
}

/// The names of areas in a language of no matter; all of them when there are none.
pub(crate) fn area_names(cx: &Cx, areas: &[String]) -> String {
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let names: Vec<&str> = areas.iter().map(|a| sheet.name(a)).collect();
    if names.is_empty() { cx.municipality.file.name.clone() } else { names.join(", ") }
}

/// The names of main categories; empty when there are none.
pub(crate) fn topic_names(cx: &Cx, topics: &[String], language: &str) -> String {
    let catalogue = cx.municipality.get::<Catalogue>();
    let name = |id: &String| catalogue.mains.iter().find(|m| m.id == *id).map(|m| m.name.get(language).to_owned());
    topics.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}
