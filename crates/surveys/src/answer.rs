//! Answering: everybody, without a trace of who. See the invariant in the crate's description.

pub mod web;

use crate::SurveysConfig;
use crate::model::{Channel, Given, Sample, State, Survey, told};
use crate::store::{self, NewAnswer};
use crate::tally::Answer;
use kit::clock::day_number;
use kit::{Fault, FieldFaults, Seal, Tx, Uuid, audit};
use policy::Resource;
use site::{Cx, Fields};

/// Signs of a code: no letters that look like a digit (Crockford's base 32).
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs in a code: 50 bits.
const LENGTH: u32 = 10;

/// A new one-time code, `7K2PD-0RX4M`.
pub(crate) fn new_code(cx: &Cx) -> String {
    let random = cx.app.clock.id().as_u128();
    let sign = |i: u32| SIGNS.get(((random >> (5 * i)) & 31) as usize).copied().map_or('0', char::from);
    let signs: String = (0..LENGTH).map(sign).collect();
    let (a, b) = signs.split_at(LENGTH as usize / 2);
    format!("{a}-{b}")
}

/// The fingerprint of a code as typed: capitals, hyphens and look-alikes make no difference.
pub(crate) fn code_hash(seal: &Seal, survey: Uuid, code: &str) -> String {
    let plain: String = code
        .to_uppercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    seal.fingerprint(&format!("survey-code/{survey}/{plain}"))
}

/// The id of an answer that a form carries: only one without a time in it (UUID version 4).
fn blind(form: &Fields) -> Result<Uuid, Fault> {
    let id = form.id("request")?;
    if id.get_version_num() == 4 { Ok(id) } else { Err(Fault::Bad("fault-bad-request")) }
}

/// The questionnaire as it can be answered now.
pub(crate) async fn open(cx: &Cx, tx: &mut Tx, slug: &str) -> Result<Survey, Fault> {
    let survey = store::by_slug(tx, cx.code(), slug).await?.ok_or(Fault::NotFound)?;
    let today = cx.now.local(&cx.municipality.zone).date();
    match survey.state {
        State::Draft | State::Archived => Err(Fault::NotFound),
        _ if survey.answerable(today) => Ok(survey),
        State::Open if survey.opens_on.is_some_and(|first| first > today) => {
            let first = survey.opens_on.map(|d| cx.words.day(d)).unwrap_or_default();
            Err(Fault::Rule { key: "surveys-not-yet", values: vec![("day", first)] })
        }
        State::Open | State::Closed => Err(Fault::Rule { key: "surveys-over", values: vec![] }),
    }
}

/// Keeps an answer. The same form again keeps nothing.
///
/// # Errors
/// [`Fault::Invalid`] with the questions to look at, [`Fault::Rule`] when it cannot be answered today,
/// [`Fault::NotFound`], or when the policy or the database refuses.
pub async fn give(cx: &Cx, slug: &str, form: &Fields, channel: Channel) -> Result<(), Fault> {
    let action = if channel == Channel::Paper { "survey:edit" } else { "survey:answer" };
    let permit = cx.permit(action, &Resource::ordinary("survey-answer", cx.code()))?;
    let id = blind(form)?;
    let mut tx = cx.write().await?;
    let survey = open(cx, &mut tx, slug).await?;
    if store::answered(&mut tx, &permit, survey.id, id).await? {
        return Ok(());
    }
    let (given, mut faults): (Given, FieldFaults) = survey.design.read(&|name| form.all(name));
    let sample = if form.get("code").is_empty() { Sample::Open } else { Sample::Invited };
    if given.is_empty() && faults.is_empty() {
        faults.add("form", "surveys-answer-empty");
    }
    if sample == Sample::Invited {
        let hash = code_hash(cx.app.seals.of("main")?, survey.id, form.get("code"));
        if !store::use_code(&mut tx, &permit, survey.id, &hash).await? {
            faults.add("code", "surveys-code-wrong");
        }
    }
    faults.ok()?;
    let config = cx.municipality.get::<SurveysConfig>();
    let sheet = cx.municipality.get::<areas::Atlas>().sheet();
    let (area, age) = told(&config, &sheet, form.get("area"), form.get("age"));
    let day = day_number(cx.now.local(&cx.municipality.zone).date());
    let answer = Answer { area, age, sample, given };
    store::add_answers(&mut tx, &permit, survey.id, &[NewAnswer { id, day, channel, answer }]).await?;
    if channel == Channel::Paper {
        // who typed, and in which questionnaire; not which answer
        let detail = serde_json::json!({ "act": "paper" });
        audit::record(&mut tx, &cx.deed(), action, "survey", &survey.id.to_string(), &detail).await?;
    }
    Ok(tx.commit().await?)
}
