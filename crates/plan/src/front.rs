//! What the pages of plan and account share: the tabs between them, the years, and the parts of a form.

use crate::PlanBook;
use kit::{Fault, FieldFaults, Uuid};
use site::{Cx, FormError, Link};

/// The calendar year of the request in the municipality.
pub(crate) fn this_year(cx: &Cx) -> i16 {
    cx.now.local(&cx.municipality.zone).year()
}

/// The year that somebody chose, else the one that is shown first.
///
/// # Errors
/// [`Fault::NotFound`] for a year outside the plan.
pub(crate) fn chosen_year(cx: &Cx, book: &PlanBook, chosen: Option<i16>) -> Result<i16, Fault> {
    let year = chosen.unwrap_or_else(|| book.default_year(this_year(cx)));
    if book.years(this_year(cx)).contains(&year) { Ok(year) } else { Err(Fault::NotFound) }
}

/// Plan, programme, decisions and report as tabs; `current` is the first part of the address below `/plan`.
pub(crate) fn tabs(cx: &Cx, book: &PlanBook, year: i16, current: &str) -> Vec<Link> {
    let mut all = vec![("", "/plan".to_owned(), cx.t("plan-tab-plan"))];
    let programme = book.programmes.range(..=year).next_back().or(book.programmes.iter().next());
    if let Some((year, _)) = programme {
        let label = cx.words.t1("plan-tab-programme", "year", &year.to_string());
        all.push(("programme", format!("/plan/programme/{year}"), label));
    }
    all.push(("decisions", "/plan/decisions".to_owned(), cx.t("plan-tab-decisions")));
    let label = cx.words.t1("plan-tab-report", "year", &year.to_string());
    all.push(("report", format!("/plan/report/{year}"), label));
    let link = |(part, href, label): (&str, String, String)| Link { href, label, current: part == current };
    all.into_iter().map(link).collect()
}

/// The newest years (at most six) as tabs.
pub(crate) fn year_tabs(cx: &Cx, book: &PlanBook, year: i16, href: impl Fn(i16) -> String) -> Vec<Link> {
    let years = book.years(this_year(cx));
    let first = (*years.start()).max(years.end().saturating_sub(5)).min(year);
    let link = |y: i16| Link { href: href(y), label: y.to_string(), current: y == year };
    (first..=*years.end()).map(link).collect()
}

/// The id of a request as it comes back from a form.
///
/// # Errors
/// [`Fault::Bad`] when it is no id: the form was not made here.
pub(crate) fn request_id(text: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(text).map_err(|_| Fault::Bad("fault-bad-request"))
}

/// What is wrong with a form that is shown again.
#[derive(Debug, Default)]
pub(crate) struct Trouble {
    /// Faults by field.
    pub faults: FieldFaults,
    /// Somebody else changed the record.
    pub stale: bool,
}

impl Trouble {
    /// Sorts out the end of an operation: a trouble to show with the form, or a fault of another kind.
    ///
    /// # Errors
    /// Every fault that has nothing to do with what was typed.
    pub fn of(fault: Fault) -> Result<Self, Fault> {
        match fault {
            Fault::Invalid(faults) => Ok(Self { faults, stale: false }),
            Fault::Stale => Ok(Self { faults: FieldFaults::default(), stale: true }),
            other => Err(other),
        }
    }

    /// The status of the page that shows the form again.
    pub fn status(&self) -> axum::http::StatusCode {
        match (self.stale, self.faults.is_empty()) {
            (true, _) => axum::http::StatusCode::CONFLICT,
            (_, false) => axum::http::StatusCode::UNPROCESSABLE_ENTITY,
            _ => axum::http::StatusCode::OK,
        }
    }

    /// The lines of the error summary.
    pub fn summary(&self, cx: &Cx, first_field: &str) -> Vec<FormError> {
        let mut all = cx.summary(&self.faults);
        if self.stale {
            all.push(FormError { field: first_field.to_owned(), text: cx.t("plan-stale") });
        }
        all
    }

    /// The sentence of a field; empty when it is right.
    pub fn at(&self, cx: &Cx, field: &str) -> String {
        self.faults.of(field, &cx.words).unwrap_or_default()
    }
}
