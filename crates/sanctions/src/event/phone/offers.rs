//! What the phone takes along: the offences that this officer may write today, and the rules that it can check itself.

use crate::SanctionsConfig;
use crate::event::judge::{self, Offer};
use crate::event::page::{IDENTITIES, VEHICLES, options, said_of_deed};
use crate::event::{Draft, REASONS};
use axum::Json;
use kit::Fault;
use law::sanction::{Caught, SanctionRule, Track};
use law::{Modality, Regime};
use policy::{Hat, Resource};
use records::RecordsConfig;
use records::kin::secrecy;
use serde_json::{Map, Value, json};
use site::Cx;
use site::page::Choice;

/// `GET /api/field/offences`: for today and the officer's own deed. Nothing of anybody else is in it.
///
/// # Errors
/// When the policy refuses or the database cannot be read.
pub async fn offers(cx: Cx) -> Result<Json<Value>, Fault> {
    let permit = cx.permit("field:use", &Resource::ordinary("field", cx.code()))?;
    let account = permit.actor().ok_or(Fault::SignIn)?;
    // Of the case nothing is known yet: what is usual is offered, and the phone leaves out what does not fit.
    let draft = Draft::default();
    let day = judge::day_of(&cx, &draft);
    let deed = judge::deed(&cx, &permit, account, day).await?;
    let case = judge::case(&cx, Hat::Investigator, deed.as_ref(), &draft);
    let offers = judge::offers(&cx, &case, "");
    let config = cx.municipality.get::<SanctionsConfig>();
    let lang = cx.words.language();
    let rules: Map<String, Value> = SanctionRule::ALL
        .iter()
        .filter_map(|id| {
            let rule = cx.app.law.sanctions.rule(*id, day)?;
            let said = json!({ "say": rule.say.get(lang), "article": rule.article, "unsure": rule.uncertain,
                "most": rule.most, "from": rule.from, "below": rule.below });
            Some((id.as_str().to_owned(), said))
        })
        .collect();
    let caught: Vec<&str> = Caught::ALL.iter().map(|c| c.as_str()).collect();
    let modalities: Vec<&str> = Modality::ALL.iter().map(|m| m.as_str()).collect();
    let choices = |prefix: &str, words: &[&str]| -> Vec<Value> {
        let choice = |c: Choice| json!({ "id": c.value, "name": c.label });
        options(&cx, prefix, words).into_iter().map(choice).collect()
    };
    let ways: Vec<Value> = Modality::ALL
        .iter()
        .zip(choices("sanctions-modality-", &modalities))
        .map(|(modality, choice)| json!({ "id": choice["id"], "name": choice["name"], "line": modality.line() }))
        .collect();
    let offences: Vec<Value> = offers.iter().filter(|o| !o.modalities.is_empty()).map(|o| offence(&cx, o)).collect();
    Ok(Json(json!({
        "day": day.to_string(),
        "said": cx.words.day(day),
        "deed": said_of_deed(&cx, deed.as_ref(), day),
        "offences": offences,
        "rules": rules,
        "ways": ways,
        "began": choices("sanctions-began-", &["supervision", "detection"]),
        "caught": choices("sanctions-caught-", &caught),
        "reasons": choices("sanctions-reason-", &REASONS),
        "vehicles": choices("sanctions-vehicle-", &VEHICLES),
        "identities": choices("sanctions-identity-", &IDENTITIES),
        "findings_least": config.findings_least,
        "photos_most": config.photos_most,
        "reason": cx.t("sanctions-open-reason"),
        "reason_least": cx.municipality.get::<RecordsConfig>().reason_min_chars,
        "secrecy": secrecy(&cx, Regime::R2),
    })))
}

fn offence(cx: &Cx, offer: &Offer<'_>) -> Value {
    let one = offer.offence;
    json!({
        "code": one.code,
        "name": one.name.get(cx.words.language()),
        "words": format!("{} {} {} {}", one.name.nl, one.name.en, one.group, one.words),
        "article": one.article,
        "unsure": one.uncertain,
        "ways": offer.modalities,
        "from": one.from_age,
        "below": one.below_age,
        "halt": one.halt && one.track != Track::Traffic,
        "vehicles": one.vehicles,
    })
}
