//! Writing a deed down and correcting it.

use super::{Deed, DeedConfig, store};
use jiff::ToSpan as _;
use jiff::civil::Date;
use kit::once::{self, Claim};
use kit::{Fault, FieldFaults, Tx, Uuid, audit};
use policy::Resource;
use site::Cx;

/// A deed as it was filled in; texts are checked here.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Made with the form.
    pub request: Uuid,
    /// The deed that is corrected, with the version on the form; `None`: a new one, whose id is the request's.
    pub of: Option<(Uuid, i64)>,
    /// The officer's account.
    pub account: Uuid,
    /// Number of the deed.
    pub number: String,
    /// Domain.
    pub domain: String,
    /// Codes of municipalities.
    pub territory: Vec<String>,
    /// Codes of offences, with spaces or commas between them.
    pub offences: String,
    /// Means of force.
    pub means: Vec<String>,
    /// First day, `2026-01-01`.
    pub from: String,
    /// Last day.
    pub until: String,
    /// Last day of the training; may be empty.
    pub trained_until: String,
}

/// Longest number and code, in characters.
const LINE: usize = 60;
/// Most codes of offences beyond the list.
const MOST_OFFENCES: usize = 200;

/// Checks a draft; the id and version of the result are those of the record that it becomes.
fn check(draft: &Draft, config: &DeedConfig) -> Result<Deed, FieldFaults> {
    let mut faults = FieldFaults::default();
    let number = draft.number.trim();
    if number.is_empty() || number.chars().count() > LINE {
        faults.add("number", "deed-number-wrong");
    }
    if !config.domains.iter().any(|d| d.id == draft.domain) {
        faults.add("domain", "deed-domain-missing");
    }
    let is_known = |code: &String| config.municipalities.iter().any(|m| m.code == *code);
    if draft.territory.is_empty() || !draft.territory.iter().all(is_known) {
        faults.add("territory", "deed-territory-missing");
    }
    if !draft.means.iter().all(|id| config.means.iter().any(|m| m.id == *id)) {
        faults.add("means", "deed-means-wrong");
    }
    let offences: Vec<String> = draft
        .offences
        .split(|c: char| c.is_whitespace() || c == ',' || c == ';')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect();
    let is_code =
        |code: &String| code.chars().count() <= LINE && code.chars().all(|c| c.is_alphanumeric() || ".:-".contains(c));
    if offences.len() > MOST_OFFENCES || !offences.iter().all(is_code) {
        faults.add("offences", "deed-offences-wrong");
    }
    let day = |text: &str| text.trim().parse::<Date>().ok();
    let (from, until) = (day(&draft.from), day(&draft.until));
    if from.is_none() {
        faults.add("from", "deed-from-missing");
    }
    match (from, until) {
        (_, None) => faults.add("until", "deed-until-missing"),
        (Some(from), Some(until)) if until < from => faults.add("until", "deed-until-early"),
        // Besluit buitengewoon opsporingsambtenaar: at most so many years; the last day is the one before.
        (Some(from), Some(until)) if until >= from.saturating_add(config.most_years.years()) => {
            faults.add_with("until", "deed-until-late", vec![("years", config.most_years.to_string())]);
        }
        _ => {}
    }
    let trained_until = day(&draft.trained_until);
    if trained_until.is_none() && !draft.trained_until.trim().is_empty() {
        faults.add("trained_until", "deed-trained-wrong");
    }
    let (Some(from), Some(until), true) = (from, until, faults.is_empty()) else { return Err(faults) };
    Ok(Deed {
        id: draft.of.map_or(draft.request, |(id, _)| id),
        account_id: draft.account,
        person: String::new(),
        number: number.to_owned(),
        domain: draft.domain.clone(),
        territory: draft.territory.clone(),
        offences,
        means: draft.means.clone(),
        from,
        until,
        trained_until,
        version: draft.of.map_or(0, |(_, version)| version),
    })
}

/// Writes a deed or its correction, once per form; gives its id.
///
/// # Errors
/// [`Fault::Invalid`] with a sentence per field, also when it overlaps another deed of the officer for the same domain;
/// [`Fault::Stale`] when it was changed since, or when the policy or the database refuses.
pub async fn save(cx: &Cx, tx: &mut Tx, draft: &Draft) -> Result<Uuid, Fault> {
    let permit = cx.permit("deed:edit", &Resource::ordinary("deed", cx.code()))?;
    let editor = permit.actor().ok_or(Fault::SignIn)?;
    let answer = format!("/roster/officers/{}", draft.account);
    if once::claim(tx, cx.code(), draft.request, cx.now, &answer).await? != Claim::New {
        return Ok(draft.of.map_or(draft.request, |(id, _)| id));
    }
    let deed = check(draft, &cx.municipality.get::<DeedConfig>()).map_err(Fault::Invalid)?;
    if !store::is_officer(tx, &permit, deed.account_id).await? {
        return Err(Fault::NotFound);
    }
    if store::overlapping(tx, &permit, &deed).await? > 0 {
        let mut faults = FieldFaults::default();
        faults.add("from", "deed-overlap");
        return Err(Fault::Invalid(faults));
    }
    match draft.of {
        None => store::insert(tx, &permit, &deed, (editor, cx.now)).await?,
        Some(_) if store::update(tx, &permit, &deed).await? == 1 => {}
        Some(_) => return Err(Fault::Stale),
    }
    let detail = serde_json::json!({
        "account": deed.account_id, "number": deed.number, "domain": deed.domain, "territory": deed.territory,
        "from": deed.from.to_string(), "until": deed.until.to_string(),
        "trained_until": deed.trained_until.map(|day| day.to_string()),
    });
    audit::record(tx, &cx.deed(), permit.action(), "deed", &deed.id.to_string(), &detail).await?;
    Ok(deed.id)
}
