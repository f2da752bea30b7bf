//! SQL of drafts and of published versions.

use crate::category::questions::Question;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

/// The draft of a category.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct DraftForm {
    /// The questions as they are being made.
    pub questions: Vec<Question>,
    /// Number of the version that is asked now; 0 when none was published.
    pub published: i64,
    /// Version of the draft, for forms; 0 when there is none.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    category: String,
    draft: String,
    published: i64,
    version: i64,
}

impl Row {
    fn form(self) -> Result<(String, DraftForm)> {
        let questions = crate::category::questions::read(&self.draft)?;
        Ok((self.category, DraftForm { questions, published: self.published, version: self.version }))
    }
}

/// The draft of every category that has one.
pub(super) async fn drafts(tx: &mut Tx, municipality: &str) -> Result<Vec<(String, DraftForm)>> {
    let sql = "select category, draft, published, version from category_form where municipality = $1";
    let rows: Vec<Row> = tx.all(sql, args![municipality]).await?;
    rows.into_iter().map(Row::form).collect()
}

/// The draft of a category.
pub(super) async fn draft(tx: &mut Tx, municipality: &str, category: &str) -> Result<DraftForm> {
    let sql = "select category, draft, published, version from category_form where municipality = $1 and category = $2";
    let row: Option<Row> = tx.opt(sql, args![municipality, category]).await?;
    Ok(row.map(Row::form).transpose()?.map(|(_, form)| form).unwrap_or_default())
}

/// Writes the draft in place of the one at `form.version`; no row when somebody was before.
pub(super) async fn write(tx: &mut Tx, permit: &Permit, category: &str, form: &DraftForm, now: At) -> Result<u64> {
    let draft = serde_json::to_string(&form.questions).unwrap_or_default();
    tx.run(
        "insert into category_form (municipality, category, draft, published, version, changed_at)
         values ($1, $2, $3, $4, 1, $6)
         on conflict (municipality, category) do update set draft = excluded.draft, published = excluded.published,
            version = category_form.version + 1, changed_at = excluded.changed_at where category_form.version = $5",
        args![permit.municipality(), category, draft, form.published, form.version, now],
    )
    .await
}

/// Writes a version that is published.
pub(super) async fn publish(
    tx: &mut Tx,
    permit: &Permit,
    category: &str,
    form: &DraftForm,
    (now, actor): (At, Option<Uuid>),
) -> Result<()> {
    let questions = serde_json::to_string(&form.questions).unwrap_or_default();
    tx.run(
        "insert into category_form_version (municipality, category, number, questions, published_at, published_by)
         values ($1, $2, $3, $4, $5, $6)",
        args![permit.municipality(), category, form.published, questions, now, actor],
    )
    .await?;
    Ok(())
}

/// A version that was published.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Version {
    pub number: i64,
    pub questions: String,
    pub published_at: At,
    /// Name of who published it; absent when the account is gone.
    pub by: Option<String>,
}

impl Version {
    pub(super) fn read(&self) -> Result<Vec<Question>> {
        crate::category::questions::read(&self.questions)
    }
}

/// The versions of a category, newest first.
pub(super) async fn versions(tx: &mut Tx, municipality: &str, category: &str) -> Result<Vec<Version>> {
    tx.all(
        "select v.number, v.questions, v.published_at, a.name as by from category_form_version v
         left join account a on a.municipality = v.municipality and a.id = v.published_by
         where v.municipality = $1 and v.category = $2 order by v.number desc",
        args![municipality, category],
    )
    .await
}
