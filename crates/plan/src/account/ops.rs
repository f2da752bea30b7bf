//! What the adviser writes: notes on a priority, and values that Regie cannot compute.

use super::indicators::{LEVEL, Status};
use super::store::{self, Note, Stored};
use crate::PlanBook;
use crate::model::{MeasureKind, MeasureSource, Uncertainty};
use kit::{Fault, FieldFaults, Uuid, audit, once};
use picture::interval;
use policy::Resource;
use site::Cx;

/// Longest texts, in characters.
const HEADLINE: usize = 200;
const TEXT: usize = 4000;
const ORIGIN: usize = 300;

/// A note as it comes from the form.
#[derive(Clone, Debug)]
pub struct NewNote {
    /// Made with the form; the same one is written once.
    pub request: Uuid,
    /// Year of the account.
    pub year: i16,
    /// The texts, with the version on which the form was made.
    pub note: Note,
}

/// Writes what the adviser notes on a priority in a year.
///
/// # Errors
/// [`Fault::Invalid`] when a text is too long, [`Fault::Stale`] when somebody else wrote since, [`Fault::NotFound`] for
/// an unknown priority or year, or when the policy or the database refuses.
pub async fn note_priority(cx: &Cx, new: NewNote) -> Result<(), Fault> {
    let permit = cx.permit("programme:edit", &Resource::open("priority-note", cx.code()))?;
    let book = cx.municipality.get::<PlanBook>();
    let this_year = cx.now.local(&cx.municipality.zone).year();
    if book.plan.priority(&new.note.priority).is_none() || !book.years(this_year).contains(&new.year) {
        return Err(Fault::NotFound);
    }
    let mut faults = FieldFaults::default();
    let texts = [
        ("headline", &new.note.headline, HEADLINE),
        ("done", &new.note.done, TEXT),
        ("adjust", &new.note.adjust, TEXT),
    ];
    for (field, text, most) in texts {
        if text.chars().count() > most {
            faults.add_with(field, "plan-too-long", vec![("most", most.to_string())]);
        }
    }
    faults.ok()?;
    let record = format!("{}/{}", new.year, new.note.priority);
    let mut tx = cx.write().await?;
    let answer = format!("/plan/priorities/{}?year={}", new.note.priority, new.year);
    if once::claim(&mut tx, cx.code(), new.request, cx.now, &answer).await? != once::Claim::New {
        return Ok(());
    }
    let note = Note {
        headline: new.note.headline.trim().to_owned(),
        done: new.note.done.trim().to_owned(),
        adjust: new.note.adjust.trim().to_owned(),
        ..new.note
    };
    if !store::set_note(&mut tx, &permit, new.year, &note, cx.now).await? {
        return Err(Fault::Stale);
    }
    let detail = serde_json::json!({ "headline": note.headline, "done": note.done, "adjust": note.adjust });
    audit::record(&mut tx, &cx.deed(), permit.action(), "priority-note", &record, &detail).await?;
    tx.commit().await?;
    Ok(())
}

/// A value as it comes from the form: numbers still as typed.
#[derive(Clone, Debug)]
pub struct NewValue {
    /// Made with the form; the same one is written once.
    pub request: Uuid,
    /// Id of the indicator.
    pub indicator: String,
    /// Year.
    pub year: i16,
    /// Value, missing or suppressed.
    pub status: Status,
    /// The value as typed, with a comma or a point.
    pub value: String,
    /// Lower end of the interval as typed, or empty.
    pub low: String,
    /// Upper end of the interval as typed, or empty.
    pub high: String,
    /// How many people answered, as typed, or empty; of a survey only.
    pub respondents: String,
    /// The design effect of the survey as typed, or empty.
    pub design_effect: String,
    /// Where it was taken from.
    pub origin: String,
    /// Version on which the form was made.
    pub version: i64,
}

/// A number as people type it: `19,2` or `19.2`. A point or comma before exactly three digits could be read in two
/// ways, and a wrong guess would be a thousand times off: it is refused.
fn number(text: &str) -> Result<Option<f64>, ()> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once([',', '.']).unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.len() <= 9 && part.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(decimals) || decimals.len() == 3 {
        return Err(());
    }
    format!("{}{whole}.{decimals}", if digits.len() < text.len() { "-" } else { "" }).parse().map(Some).map_err(|_| ())
}

/// The numbers of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Numbers {
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    respondents: Option<f64>,
    design_effect: Option<f64>,
}

/// The numbers of a value, or what is wrong with them; `survey` holds the limits when it comes from a survey. A
/// percentage of known respondents without a margin gets Wilson's, with the design effect.
fn numbers(new: &NewValue, percent: bool, survey: Option<&Uncertainty>) -> Result<Numbers, FieldFaults> {
    let mut faults = FieldFaults::default();
    if new.status != Status::Value {
        return Ok(Numbers::default());
    }
    let mut read = |field: &'static str, text: &str| {
        let found = number(text);
        match found {
            Err(()) => faults.add(field, "plan-value-number"),
            Ok(Some(v)) if v < 0.0 => faults.add(field, "plan-value-negative"),
            Ok(Some(v)) if percent && v > 100.0 && ["value", "low", "high"].contains(&field) => {
                faults.add(field, "plan-value-percent");
            }
            _ => {}
        }
        found.unwrap_or_default()
    };
    let of_survey = |text: &'_ str| if survey.is_some() { text.to_owned() } else { String::new() };
    let mut all = Numbers {
        value: read("value", &new.value),
        low: read("low", &new.low),
        high: read("high", &new.high),
        respondents: read("respondents", &of_survey(&new.respondents)),
        design_effect: read("design_effect", &of_survey(&new.design_effect)),
    };
    if faults.is_empty() {
        match (all.value, all.low, all.high) {
            (None, _, _) => faults.add("value", "plan-value-empty"),
            (_, Some(_), None) => faults.add("high", "plan-value-interval"),
            (_, None, Some(_)) => faults.add("low", "plan-value-interval"),
            (Some(v), Some(l), Some(h)) if !(l <= v && v <= h) => faults.add("low", "plan-value-order"),
            _ => {}
        }
        let least = survey.map_or(0, |rules| rules.survey_least);
        match (all.respondents, all.design_effect) {
            (Some(n), _) if n.fract() != 0.0 => faults.add("respondents", "plan-value-respondents-whole"),
            (Some(n), _) if n < f64::from(least) => {
                faults.add_with("respondents", "plan-value-respondents-few", vec![("least", least.to_string())]);
            }
            (None, Some(_)) => faults.add("respondents", "plan-value-respondents-missing"),
            (_, Some(d)) if d < 1.0 => faults.add("design_effect", "plan-value-design-effect-low"),
            _ => {}
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if let (Some(value), None, Some(n), true) = (all.value, all.low, all.respondents, percent) {
        let range = interval::proportion(value / 100.0, n, all.design_effect.unwrap_or(1.0), LEVEL);
        (all.low, all.high) = range.map(|r| (r.low * 100.0, r.high * 100.0)).unzip();
    }
    Ok(all)
}

/// Writes a value that was filled in by hand. Of a suppressed value the number itself is not kept.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, [`Fault::Stale`] when somebody else wrote since, [`Fault::NotFound`]
/// for an indicator that is computed or unknown, or when the policy or the database refuses.
pub async fn set_value(cx: &Cx, new: NewValue) -> Result<(), Fault> {
    let permit = cx.permit("programme:edit", &Resource::open("measured-value", cx.code()))?;
    let book = cx.municipality.get::<PlanBook>();
    let indicator = book.indicators.get(&new.indicator).filter(|i| i.measure.kind == MeasureKind::Manual);
    let this_year = cx.now.local(&cx.municipality.zone).year();
    let (Some(indicator), true) = (indicator, first_year(&book) <= new.year && new.year <= this_year) else {
        return Err(Fault::NotFound);
    };
    let survey = (indicator.source == MeasureSource::Survey).then_some(&book.indicators.uncertainty);
    let found = numbers(&new, indicator.unit.get("nl") == "%", survey);
    let mut faults = found.as_ref().err().cloned().unwrap_or_default();
    match new.origin.trim().chars().count() {
        0 => faults.add("origin", "plan-value-origin-missing"),
        n if n > ORIGIN => faults.add_with("origin", "plan-too-long", vec![("most", ORIGIN.to_string())]),
        _ => {}
    }
    faults.ok()?;
    let Numbers { value, low, high, respondents, design_effect } = found.unwrap_or_default();
    let mut tx = cx.write().await?;
    let answer = format!("/plan/priorities/{}?year={}", indicator.priority, new.year);
    if once::claim(&mut tx, cx.code(), new.request, cx.now, &answer).await? != once::Claim::New {
        return Ok(());
    }
    let row = Stored {
        indicator: new.indicator,
        year: i64::from(new.year),
        status: new.status,
        value,
        low,
        high,
        respondents: respondents.map(|n| n as i64),
        design_effect,
        origin: new.origin.trim().to_owned(),
        version: new.version,
    };
    if !store::set_value(&mut tx, &permit, &row, cx.now).await? {
        return Err(Fault::Stale);
    }
    let detail = serde_json::json!({
        "status": row.status, "value": value, "low": low, "high": high, "respondents": row.respondents,
        "design_effect": design_effect,
    });
    let record = format!("{}/{}", row.indicator, row.year);
    audit::record(&mut tx, &cx.deed(), permit.action(), "measured-value", &record, &detail).await?;
    tx.commit().await?;
    Ok(())
}

/// The first year for which a value may be filled in: the oldest baseline, else the plan's first year.
pub(super) fn first_year(book: &PlanBook) -> i16 {
    let baselines = book.indicators.indicator.iter().filter_map(|i| i.baseline.as_ref()).map(|b| b.year);
    baselines.chain([book.plan.from]).min().unwrap_or(book.plan.from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them_and_never_guessed() {
        for (text, expected) in [
            ("", Ok(None)),
            ("19,2", Ok(Some(19.2))),
            (" 19.25 ", Ok(Some(19.25))),
            ("0", Ok(Some(0.0))),
            ("-3", Ok(Some(-3.0))),
            ("1.204", Err(())),
            ("1,204", Err(())),
            ("1.204,5", Err(())),
            ("12%", Err(())),
            ("NaN", Err(())),
            ("1e9", Err(())),
            ("-", Err(())),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }

    #[test]
    fn each_fault_of_a_value_is_named_at_its_field() {
        let new = |status, value: &str, low: &str, high: &str| NewValue {
            request: Uuid::nil(),
            indicator: String::new(),
            year: 2024,
            status,
            value: value.into(),
            low: low.into(),
            high: high.into(),
            respondents: String::new(),
            design_effect: String::new(),
            origin: String::new(),
            version: 0,
        };
        use Status::{Missing, Suppressed, Value};
        for (status, value, low, high, fault) in [
            (Value, "5", "", "", None),
            (Value, "5", "4", "6", None),
            (Value, "", "", "", Some(("value", "plan-value-empty"))),
            (Value, "x", "", "", Some(("value", "plan-value-number"))),
            (Value, "-5", "", "", Some(("value", "plan-value-negative"))),
            (Value, "105", "", "", Some(("value", "plan-value-percent"))),
            (Value, "5", "4", "", Some(("high", "plan-value-interval"))),
            (Value, "5", "", "6", Some(("low", "plan-value-interval"))),
            (Value, "5", "6", "7", Some(("low", "plan-value-order"))),
            (Missing, "x", "", "", None),
            (Suppressed, "3", "", "", None),
        ] {
            let found = numbers(&new(status, value, low, high), true, None);
            let first = found.as_ref().err().map(|f| (f.0[0].field.as_ref(), f.0[0].key));
            assert_eq!(first, fault, "{status} {value} {low} {high}");
        }
        let kept = numbers(&new(Suppressed, "3", "", ""), true, None);
        assert_eq!(kept, Ok(Numbers::default()), "the number itself is not kept");
    }

    #[test]
    fn a_survey_figure_has_enough_answers_and_the_margin_of_wilson() {
        let rules = Uncertainty::default();
        let new = |respondents: &str, design_effect: &str, [low, high]: [&str; 2]| NewValue {
            request: Uuid::nil(),
            indicator: String::new(),
            year: 2024,
            status: Status::Value,
            value: "20".into(),
            low: low.into(),
            high: high.into(),
            respondents: respondents.into(),
            design_effect: design_effect.into(),
            origin: String::new(),
            version: 0,
        };
        for (respondents, effect, fault) in [
            ("", "", None),
            ("50", "", None),
            ("400", "1,6", None),
            ("49", "", Some(("respondents", "plan-value-respondents-few"))),
            ("0", "", Some(("respondents", "plan-value-respondents-few"))),
            ("99,5", "", Some(("respondents", "plan-value-respondents-whole"))),
            ("1.204", "", Some(("respondents", "plan-value-number"))),
            ("-80", "", Some(("respondents", "plan-value-negative"))),
            ("", "1,6", Some(("respondents", "plan-value-respondents-missing"))),
            ("400", "0,5", Some(("design_effect", "plan-value-design-effect-low"))),
            ("400", "veel", Some(("design_effect", "plan-value-number"))),
        ] {
            let found = numbers(&new(respondents, effect, ["", ""]), true, Some(&rules));
            let first = found.as_ref().err().map(|f| (f.0[0].field.as_ref(), f.0[0].key));
            assert_eq!(first, fault, "{respondents} {effect}");
        }
        // 20 % of 400 with design effect 1.6 is as sure as of 250: Wilson 15.51 to 25.40
        let near = |found: Option<f64>, wanted: f64| assert!((found.unwrap() - wanted).abs() < 0.01, "{found:?}");
        let found = numbers(&new("400", "1,6", ["", ""]), true, Some(&rules)).unwrap();
        near(found.low, 15.51);
        near(found.high, 25.40);
        // the margin of the source goes before ours; a mark has no margin that follows from the number of answers
        let given = numbers(&new("400", "1,6", ["15", "26"]), true, Some(&rules)).unwrap();
        assert_eq!((given.low, given.high), (Some(15.0), Some(26.0)));
        assert_eq!(numbers(&new("400", "", ["", ""]), false, Some(&rules)).unwrap().low, None);
        // of another source nobody asks for respondents
        assert_eq!(numbers(&new("3", "x", ["", ""]), true, None).unwrap().respondents, None);
    }
}
