//! SQL of questionnaires, their answers and totals.

use crate::model::{Channel, Design, Given, Sample, State, Survey};
use crate::tally::{Answer, Status, Summary, Total};
use kit::clock::{day_date, day_number};
use kit::shelf::Shelf;
use kit::{At, DbError, Result, Tx, Uuid, args};
use policy::Permit;

/// A questionnaire as its row.
#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    slug: String,
    series: String,
    design: String,
    state: State,
    opens_on: Option<i64>,
    closes_on: Option<i64>,
    closed_at: Option<At>,
    codes: i64,
    summary: String,
    is_shown: bool,
    version: i64,
}

/// A stored text that is no JSON any more.
fn broken(error: serde_json::Error) -> DbError {
    DbError::Sqlx(sqlx::Error::Decode(Box::new(error)))
}

impl Row {
    fn survey(self) -> Result<Survey> {
        let day = |n: i64| day_date(i32::try_from(n).unwrap_or(0));
        Ok(Survey {
            id: self.id,
            slug: self.slug,
            series: self.series,
            design: serde_json::from_str::<Design>(&self.design).map_err(broken)?,
            state: self.state,
            opens_on: self.opens_on.map(day),
            closes_on: self.closes_on.map(day),
            closed_at: self.closed_at,
            codes: self.codes,
            summary: serde_json::from_str::<Vec<Summary>>(&self.summary).map_err(broken)?,
            shown: self.is_shown,
            version: self.version,
        })
    }
}

/// Every questionnaire, the newest first.
pub(crate) async fn all(tx: &mut Tx, municipality: &str) -> Result<Vec<Survey>> {
    let rows: Vec<Row> = tx
        .all(
            "select id, slug, series, design, state, opens_on, closes_on, closed_at, codes, summary, is_shown, version
             from survey where municipality = $1 order by created_at desc, id desc",
            args![municipality],
        )
        .await?;
    rows.into_iter().map(Row::survey).collect()
}

/// The questionnaire with this slug.
pub(crate) async fn by_slug(tx: &mut Tx, municipality: &str, slug: &str) -> Result<Option<Survey>> {
    let row: Option<Row> = tx
        .opt(
            "select id, slug, series, design, state, opens_on, closes_on, closed_at, codes, summary, is_shown, version
             from survey where municipality = $1 and slug = $2",
            args![municipality, slug],
        )
        .await?;
    row.map(Row::survey).transpose()
}

/// Writes a new questionnaire.
pub(crate) async fn insert(tx: &mut Tx, permit: &Permit, survey: &Survey, now: At) -> Result<()> {
    tx.run(
        "insert into survey (municipality, id, slug, series, design, state, codes, summary, is_shown, created_at,
            changed_at, version) values ($1, $2, $3, $4, $5, $6, 0, '[]', $7, $8, $8, 1)",
        args![
            permit.municipality(),
            survey.id,
            &survey.slug,
            &survey.series,
            serde_json::to_string(&survey.design).map_err(broken)?,
            survey.state,
            false,
            now
        ],
    )
    .await?;
    Ok(())
}

/// Changes what is asked, while it is a draft; false when it changed since `version`.
pub(crate) async fn set_design(
    tx: &mut Tx,
    permit: &Permit,
    id: Uuid,
    version: i64,
    design: &Design,
    now: At,
) -> Result<bool> {
    let touched = tx
        .run(
            "update survey set design = $4, changed_at = $5, version = version + 1
             where municipality = $1 and id = $2 and version = $3 and state = 'draft'",
            args![permit.municipality(), id, version, serde_json::to_string(design).map_err(broken)?, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Changes where it stands (state, dates, closing, codes, summary, whether it is shown); false when it changed since
/// its version.
pub(crate) async fn set_standing(tx: &mut Tx, permit: &Permit, survey: &Survey, now: At) -> Result<bool> {
    let touched = tx
        .run(
            "update survey set state = $4, opens_on = $5, closes_on = $6, closed_at = $7, codes = $8, summary = $9,
                is_shown = $10, changed_at = $11, version = version + 1
             where municipality = $1 and id = $2 and version = $3",
            args![
                permit.municipality(),
                survey.id,
                survey.version,
                survey.state,
                survey.opens_on.map(day_number),
                survey.closes_on.map(day_number),
                survey.closed_at,
                survey.codes,
                serde_json::to_string(&survey.summary).map_err(broken)?,
                survey.shown,
                now
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// One line of the history.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Event {
    pub(crate) at: At,
    pub(crate) act: String,
    pub(crate) note: String,
}

/// Adds a line to the history.
pub(crate) async fn add_event(
    tx: &mut Tx,
    permit: &Permit,
    survey: Uuid,
    id: Uuid,
    act: &str,
    note: &str,
    now: At,
) -> Result<()> {
    tx.run(
        "insert into survey_event (municipality, survey_id, id, at, act, note, account_id)
         values ($1, $2, $3, $4, $5, $6, $7)",
        args![permit.municipality(), survey, id, now, act, note, permit.actor()],
    )
    .await?;
    Ok(())
}

/// The history, the newest first.
pub(crate) async fn events(tx: &mut Tx, municipality: &str, survey: Uuid) -> Result<Vec<Event>> {
    tx.all(
        "select at, act, note from survey_event where municipality = $1 and survey_id = $2 order by at desc, id desc",
        args![municipality, survey],
    )
    .await
}

/// Whether an answer with this id is there.
pub(crate) async fn answered(tx: &mut Tx, permit: &Permit, survey: Uuid, id: Uuid) -> Result<bool> {
    let found: Option<(i64,)> = tx
        .opt(
            "select day from survey_answer where municipality = $1 and survey_id = $2 and id = $3",
            args![permit.municipality(), survey, id],
        )
        .await?;
    Ok(found.is_some())
}

/// An answer as it is kept.
pub(crate) struct NewAnswer {
    pub(crate) id: Uuid,
    pub(crate) day: i32,
    pub(crate) channel: Channel,
    pub(crate) answer: Answer,
}

/// Keeps answers.
pub(crate) async fn add_answers(tx: &mut Tx, permit: &Permit, survey: Uuid, new: &[NewAnswer]) -> Result<()> {
    let mut values = Vec::with_capacity(new.len() * 9);
    for n in new {
        let given = serde_json::to_string(&n.answer.given).map_err(broken)?;
        let (area, age) = (&n.answer.area, &n.answer.age);
        let sample = n.answer.sample;
        values.extend(args![permit.municipality(), survey, n.id, n.day, n.channel, sample, area, age, given]);
    }
    let head = "insert into survey_answer (municipality, survey_id, id, day, channel, sample, area, age, given)";
    tx.insert_many(head, "on conflict (municipality, survey_id, id) do nothing", 9, values).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct AnswerRow {
    channel: Channel,
    area: String,
    age: String,
    sample: Sample,
    given: String,
}

/// Every answer with its channel, in an order that says nothing.
pub(crate) async fn answers(tx: &mut Tx, municipality: &str, survey: Uuid) -> Result<Vec<(Channel, Answer)>> {
    let rows: Vec<AnswerRow> = tx
        .all(
            "select channel, area, age, sample, given from survey_answer where municipality = $1 and survey_id = $2
             order by id",
            args![municipality, survey],
        )
        .await?;
    rows.into_iter()
        .map(|row| {
            let given: Given = serde_json::from_str(&row.given).map_err(broken)?;
            Ok((row.channel, Answer { area: row.area, age: row.age, sample: row.sample, given }))
        })
        .collect()
}

/// How many answers each questionnaire has.
pub(crate) async fn counts(tx: &mut Tx, municipality: &str) -> Result<Vec<(Uuid, i64)>> {
    tx.all(
        "select survey_id, count(*) as n from survey_answer where municipality = $1 group by survey_id",
        args![municipality],
    )
    .await
}

/// Keeps the fingerprints of one-time codes.
pub(crate) async fn add_codes(tx: &mut Tx, permit: &Permit, survey: Uuid, hashes: &[String]) -> Result<()> {
    let values = hashes.iter().flat_map(|h| args![permit.municipality(), survey, h]).collect();
    let head = "insert into survey_code (municipality, survey_id, code_hash)";
    tx.insert_many(head, "on conflict (municipality, survey_id, code_hash) do nothing", 3, values).await?;
    Ok(())
}

/// Uses a code up; false when there is none.
pub(crate) async fn use_code(tx: &mut Tx, permit: &Permit, survey: Uuid, hash: &str) -> Result<bool> {
    let touched = tx
        .run(
            "delete from survey_code where municipality = $1 and survey_id = $2 and code_hash = $3",
            args![permit.municipality(), survey, hash],
        )
        .await?;
    Ok(touched == 1)
}

/// Destroys the codes that nobody used.
pub(crate) async fn drop_codes(tx: &mut Tx, permit: &Permit, survey: Uuid) -> Result<()> {
    tx.run("delete from survey_code where municipality = $1 and survey_id = $2", args![permit.municipality(), survey])
        .await?;
    Ok(())
}

/// Keeps the totals of a closed questionnaire.
pub(crate) async fn add_totals(tx: &mut Tx, permit: &Permit, survey: Uuid, totals: &[Total]) -> Result<()> {
    let values = totals
        .iter()
        .flat_map(|t| {
            args![
                permit.municipality(),
                survey,
                t.sample,
                &t.question,
                &t.option,
                &t.area,
                t.status,
                t.n,
                t.value,
                t.low,
                t.high,
                t.apart_low,
                t.apart_high
            ]
        })
        .collect();
    let head = "insert into survey_total (municipality, survey_id, sample, question, option, area, status, n, value,
                low, high, apart_low, apart_high)";
    tx.insert_many(head, "", 13, values).await?;
    Ok(())
}

/// The totals of a closed questionnaire.
pub(crate) async fn totals(tx: &mut Tx, municipality: &str, survey: Uuid) -> Result<Vec<Total>> {
    tx.all(
        "select sample, question, option, area, status, n, value, low, high, apart_low, apart_high
         from survey_total where municipality = $1 and survey_id = $2 order by sample, question, option, area",
        args![municipality, survey],
    )
    .await
}

/// A total with the day of closing.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Dated {
    pub(crate) slug: String,
    pub(crate) sample: Sample,
    pub(crate) status: Status,
    pub(crate) n: i64,
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) closed_at: At,
}

/// The totals of one option in the closed questionnaires with this slug or of this series: the last closed first, and
/// of each the invited before the open sample.
pub(crate) async fn readings(
    tx: &mut Tx,
    municipality: &str,
    slug: &str,
    series: &str,
    question: &str,
    option: &str,
) -> Result<Vec<Dated>> {
    tx.all(
        "select s.slug, t.sample, t.status, t.n, t.value, t.low, t.high, s.closed_at
         from survey_total t join survey s on s.municipality = t.municipality and s.id = t.survey_id
         where t.municipality = $1 and (s.slug = $2 or s.series = $3) and t.question = $4 and t.option = $5
            and t.area = '' and s.closed_at is not null
         order by s.closed_at desc, t.sample",
        args![municipality, slug, series, question, option],
    )
    .await
}

/// The percentages of age groups by area, of the newest year that was imported.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct AgeFigure {
    pub(crate) code: String,
    pub(crate) key: String,
    pub(crate) value: f64,
}

/// See [`AgeFigure`].
pub(crate) async fn age_figures(tx: &mut Tx, municipality: &str) -> Result<Vec<AgeFigure>> {
    tx.all(
        "select code, key, value from key_figure where municipality = $1 and value is not null
            and key like 'percentage_personen_%' and year = (select max(year) from area where municipality = $1)",
        args![municipality],
    )
    .await
}

/// How single answers leave; the totals stay. `$1` municipality, `$2` closed before, `$3` at most so many.
pub(crate) const ANSWER: Shelf = Shelf {
    kind: "survey-answer",
    total: "select cast(count(*) as bigint) from survey_answer where municipality = $1",
    due: "select s.closed_at / 900000000 as quarter, cast(count(*) as bigint) as rows
          from survey_answer a join survey s on s.municipality = a.municipality and s.id = a.survey_id
          where a.municipality = $1 and s.closed_at < $2 group by 1 order by 1",
    go: &["delete from survey_answer where municipality = $1 and id in (select a.id
            from survey_answer a join survey s on s.municipality = a.municipality and s.id = a.survey_id
            where a.municipality = $1 and s.closed_at < $2 order by s.closed_at, a.id limit $3)"],
};
