//! What the pages of a report and of an observation show: the typed text, the choices, the faults.

use super::draft::Draft;
use super::map::FormMap;
use super::store::Pending;
use crate::category::Category;
use crate::category::stops::Stop;
use crate::intake::{Desk, WORDS};
use crate::photo::{MOST_MEGABYTES, MOST_PHOTOS};
use kit::FieldFaults;
use site::page::FormError;
use site::{Choice, Cx};

/// A group of categories.
#[derive(Debug)]
pub struct Group {
    /// Name.
    pub name: String,
    /// Icon.
    pub icon: String,
    /// Whether it holds the chosen one.
    pub open: bool,
    /// The categories.
    pub choices: Vec<CategoryChoice>,
}

/// A category that can be chosen, unless it takes no reports now.
#[derive(Debug)]
pub struct CategoryChoice {
    /// Id.
    pub value: String,
    /// Name.
    pub label: String,
    /// What belongs here.
    pub hint: String,
    /// Why it takes no reports now; empty when it does.
    pub stopped: String,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// A photo that was kept.
#[derive(Debug)]
pub struct Kept {
    /// Id.
    pub id: String,
    /// The small picture as a `data:` address.
    pub src: String,
    /// What it is, for who does not see it.
    pub alt: String,
    /// The words of the box that takes it away.
    pub remove: String,
}

/// A form as it is shown.
#[derive(Debug)]
pub struct FormView {
    /// What was typed.
    pub draft: Draft,
    /// Faults, for the summary and for each field.
    pub errors: Vec<FormError>,
    /// Categories.
    pub groups: Vec<Group>,
    /// Neighbourhoods.
    pub areas: Vec<Choice>,
    /// The map.
    pub map: FormMap,
    /// Longitude typed or chosen.
    pub lon: String,
    /// Latitude typed or chosen.
    pub lat: String,
    /// In words where the chosen point lies; empty without a point.
    pub point: String,
    /// Photos kept from an earlier try.
    pub kept: Vec<Kept>,
    /// A sentence about the place after a press on the map.
    pub place_note: String,
    /// Whether nobody typed anything yet.
    pub fresh: bool,
    /// How many photos may be sent, and which.
    pub photo_hint: String,
    /// What to do with a photo that is too large.
    pub photo_large: String,
    /// Megabytes of one photo.
    pub photo_most: usize,
    /// How long the words may be.
    pub words_hint: String,
    /// The same as a number.
    pub words_most: usize,
}

impl FormView {
    /// An empty form.
    #[must_use]
    pub fn empty(cx: &Cx) -> Self {
        let view = Self::new(cx, Draft::fresh(cx), &FieldFaults::default(), &[], &[]);
        Self { fresh: true, ..view }
    }

    /// The form with `draft` in it; categories with one of `stops` cannot be chosen.
    #[must_use]
    pub(super) fn new(cx: &Cx, draft: Draft, faults: &FieldFaults, pending: &[Pending], stops: &[Stop]) -> Self {
        let words = &cx.words;
        let desk = &Desk::of(&cx.municipality);
        let text = |n: f64| format!("{n:.6}");
        let areas = std::iter::once(Choice::new("", words.t("report-area-none")))
            .chain(desk.sheet.neighbourhoods().map(|a| Choice::new(&a.code, &a.name)))
            .collect();
        let point = match draft.place {
            None => String::new(),
            Some((lon, lat)) => match desk.sheet.neighbourhood(lon, lat) {
                Some(code) => words.t1("report-point-in", "area", desk.sheet.name(code)),
                None => words.t("report-point-set"),
            },
        };
        Self {
            errors: cx.summary(faults),
            groups: groups(cx, desk, &draft.category, stops),
            areas,
            map: FormMap::new(&cx.municipality, draft.centre, draft.place),
            lon: draft.place.map(|p| text(p.0)).unwrap_or_default(),
            lat: draft.place.map(|p| text(p.1)).unwrap_or_default(),
            point,
            kept: pending
                .iter()
                .enumerate()
                .map(|(i, p)| Kept {
                    id: p.id.to_string(),
                    src: format!("data:image/jpeg;base64,{}", base64(&p.thumb_bytes)),
                    alt: words.tn("photo-kept-alt", number(i + 1)),
                    remove: words.tn("photo-remove", number(i + 1)),
                })
                .collect(),
            place_note: String::new(),
            fresh: false,
            photo_hint: words
                .ta("photo-hint", &[("most", number(MOST_PHOTOS).into()), ("mb", number(MOST_MEGABYTES).into())]),
            photo_large: words.tn("photo-too-large-here", number(MOST_MEGABYTES)),
            photo_most: MOST_MEGABYTES,
            words_hint: words.tn("report-words-hint", number(*WORDS.end())),
            words_most: *WORDS.end(),
            draft,
        }
    }

    /// The fault of a field; empty when it has none.
    #[must_use]
    pub fn error(&self, field: &str) -> &str {
        self.errors.iter().find(|e| e.field == field).map_or("", |e| &e.text)
    }
}

/// A small count as texts take it.
fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn choice(language: &str, category: &Category, chosen: &str, stops: &[Stop]) -> CategoryChoice {
    let stop = stops.iter().find(|s| s.category == category.id);
    CategoryChoice {
        value: category.id.clone(),
        label: category.name.get(language).to_owned(),
        hint: category.hint.get(language).to_owned(),
        stopped: stop.map(|s| s.message.get(language).to_owned()).unwrap_or_default(),
        chosen: stop.is_none() && category.id == chosen,
    }
}

/// Categories by main category; for staff first those that a round can do something about.
fn groups(cx: &Cx, desk: &Desk, chosen: &str, stops: &[Stop]) -> Vec<Group> {
    let language = cx.words.language();
    let staff = cx.action.starts_with("signal:");
    let group = |name: String, icon: String, categories: &[&Category]| Group {
        name,
        icon,
        open: categories.iter().any(|c| c.id == chosen),
        choices: categories.iter().map(|c| choice(language, c, chosen, stops)).collect(),
    };
    let mut groups = Vec::new();
    let mut rest = Vec::new();
    for main in &desk.catalogue.mains {
        let (here, later): (Vec<&Category>, Vec<&Category>) =
            desk.catalogue.of_main(&main.id).partition(|c| !staff || c.patrol);
        rest.extend(later);
        if !here.is_empty() {
            let icon = main.icon.clone().unwrap_or_else(|| main.id.clone());
            groups.push(group(main.name.get(language).to_owned(), icon, &here));
        }
    }
    if !rest.is_empty() {
        groups.push(group(cx.t("observe-category-rest"), "list".to_owned(), &rest));
    }
    groups
}

/// Base64 (RFC 4648 section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_usize, |n, b| n << 8 | usize::from(*b)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let letter = LETTERS.get(bits >> (18 - 6 * i) & 63).copied().unwrap_or(b'=');
            out.push(if i > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
