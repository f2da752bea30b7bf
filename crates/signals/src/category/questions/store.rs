//! SQL of questions that are asked and of their answers.

use super::{Answers, Form, Question};
use kit::{Result, Tx, Uuid, args};
use policy::Permit;

#[derive(sqlx::FromRow)]
struct Row {
    category: String,
    number: i64,
    questions: String,
}

impl Row {
    fn form(self) -> Result<Form> {
        Ok(Form { questions: read(&self.questions)?, category: self.category, number: self.number })
    }
}

/// Questions as they lie in the database.
pub(in crate::category) fn read(json: &str) -> Result<Vec<Question>> {
    serde_json::from_str(json).map_err(|e| kit::DbError::Sqlx(sqlx::Error::Decode(Box::new(e))))
}

/// The version that is asked now.
pub(super) async fn published(tx: &mut Tx, municipality: &str, category: &str) -> Result<Option<Form>> {
    let sql = "select v.category, v.number, v.questions from category_form f
         join category_form_version v on v.municipality = f.municipality and v.category = f.category
            and v.number = f.published
         where f.municipality = $1 and f.category = $2";
    let row: Option<Row> = tx.opt(sql, args![municipality, category]).await?;
    row.map(Row::form).transpose()
}

/// The same of every category.
pub(super) async fn all_published(tx: &mut Tx, municipality: &str) -> Result<Vec<Form>> {
    let sql = "select v.category, v.number, v.questions from category_form f
         join category_form_version v on v.municipality = f.municipality and v.category = f.category
            and v.number = f.published
         where f.municipality = $1 order by v.category";
    let rows: Vec<Row> = tx.all(sql, args![municipality]).await?;
    rows.into_iter().map(Row::form).collect()
}

/// Writes the answers of a signal.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, signal: Uuid, form: &Form, answers: &Answers) -> Result<()> {
    let line = |(question, given): (&String, &Vec<String>)| {
        let answer = serde_json::to_string(given).unwrap_or_default();
        args![permit.municipality(), signal, &form.category, form.number, question, answer]
    };
    let values = answers.iter().flat_map(line).collect();
    tx.insert_many(
        "insert into signal_answer (municipality, signal_id, category, number, question, answer)",
        "on conflict do nothing",
        6,
        values,
    )
    .await?;
    Ok(())
}

/// An answer with the version of the questions that it belongs to.
#[derive(sqlx::FromRow)]
pub(super) struct Given {
    pub category: String,
    pub number: i64,
    pub question: String,
    pub answer: String,
    pub questions: Option<String>,
}

/// The answers of a signal.
pub(super) async fn answers(tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<Vec<Given>> {
    tx.all(
        "select a.category, a.number, a.question, a.answer, v.questions from signal_answer a
         left join category_form_version v on v.municipality = a.municipality and v.category = a.category
            and v.number = a.number
         where a.municipality = $1 and a.signal_id = $2 order by a.category, a.number, a.question",
        args![permit.municipality(), signal],
    )
    .await
}
