//! What is offered during a call: the category that the words mean, places that fit what was typed, and what is open
//! nearby.

use super::{Call, permit, store};
use crate::category::questions::{self, QuestionView};
use crate::intake::Desk;
use crate::issues::Frame;
use crate::report::elsewhere::{self, CHOICE};
use crate::suggest::{because, suggest};
use areas::address;
use axum::Form;
use axum::response::Response;
use kit::{Fault, FieldFaults, Tx};
use policy::{Permit, Resource};
use site::page::Page;
use site::{Cx, render};

/// A category that the words point to.
pub(super) struct Guess {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) because: String,
}

/// A place that fits what was typed.
pub(super) struct Place {
    pub(super) value: String,
    pub(super) label: String,
}

/// An open report nearby.
pub(super) struct Near {
    pub(super) href: String,
    pub(super) text: String,
}

/// What is offered.
pub(super) struct Help {
    pub(super) guesses: Vec<Guess>,
    pub(super) places: Vec<Place>,
    pub(super) near: Vec<Near>,
    /// In words where the chosen point lies.
    pub(super) point: String,
}

impl Help {
    pub(super) async fn of(cx: &Cx, tx: &mut Tx, permit: &Permit, call: &Call) -> Result<Self, Fault> {
        let desk = Desk::of(&cx.municipality);
        let language = cx.words.language();
        // what plainly belongs to another organisation goes before any category
        let not_ours = elsewhere::meant(&desk.catalogue, &call.words, "").into_iter().map(|r| Guess {
            value: format!("{CHOICE}{}", r.id),
            label: r.name.get(language).to_owned(),
            because: cx.t("calls-elsewhere"),
        });
        let guessed = suggest(&cx.municipality, &call.words);
        let ours = guessed.iter().map(|s| Guess {
            value: s.category.clone(),
            label: desk.catalogue.name(&s.category, language).to_owned(),
            because: because(&cx.words, s),
        });
        let guesses = not_ours.chain(ours).filter(|g| g.value != call.category).collect();
        let open = cx.permit("area:read", &Resource::open("area", cx.code()))?;
        let places = address::search(tx, &open, &call.address)
            .await?
            .into_iter()
            .filter(|f| call.place.is_none() || f.label != call.address)
            .map(|f| Place { value: format!("{:.6} {:.6}|{}", f.point.0, f.point.1, f.label), label: f.label })
            .collect();
        let mut near = Vec::new();
        if let (Some(here), Some(category)) = (call.place, desk.catalogue.get(&call.category)) {
            let frame = Frame::around(here, category.issue.radius_m);
            for row in store::near(tx, permit, &category.id, &frame).await? {
                let metres = desk.atlas.metres(here, (row.lon, row.lat)).unwrap_or_default();
                if metres <= category.issue.radius_m {
                    let values = [
                        ("reference", row.reference.into()),
                        ("day", cx.words.date(row.reported_at).into()),
                        ("metres", cx.words.number(metres, 0).into()),
                    ];
                    near.push(Near {
                        href: format!("/signals/{}", row.id),
                        text: cx.words.ta("calls-near-one", &values),
                    });
                }
            }
        }
        let point = call.place.map_or_else(String::new, |(lon, lat)| match desk.sheet.neighbourhood(lon, lat) {
            Some(code) => cx.words.t1("report-point-in", "area", desk.sheet.name(code)),
            None => cx.t("report-point-set"),
        });
        Ok(Self { guesses, places, near, point })
    }
}

#[derive(askama::Template)]
#[template(path = "calls/pages/pieces.html")]
struct Pieces {
    page: Page,
    help: Help,
    questions: Vec<QuestionView>,
}

/// `POST /intake/help`: the pieces of the screen that follow what was typed, for `static/calls.mjs`.
///
/// # Errors
/// When the policy refuses or the database does.
pub async fn help(cx: Cx, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Fault> {
    let permit = permit(&cx)?;
    let call = Call::read(&fields);
    let mut tx = cx.read().await?;
    let asked = questions::asked(&mut tx, cx.code(), &call.category).await?;
    let help = Help::of(&cx, &mut tx, &permit, &call).await?;
    drop(tx);
    let questions = questions::views(&cx.words, &asked.questions, &call.answers, &FieldFaults::default());
    render(&Pieces { page: cx.page("calls-title"), help, questions })
}
