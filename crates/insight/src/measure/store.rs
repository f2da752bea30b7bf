//! SQL of measures.

use super::Measure;
use kit::{At, Result, Tx, Uuid, args};
use policy::Permit;

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    title: String,
    kind: String,
    goal: String,
    areas: String,
    subjects: String,
    starts_on: i64,
    ends_on: Option<i64>,
    power: String,
    conclusion: String,
    concluded_at: Option<At>,
    withdrawn_at: Option<At>,
    made_at: At,
    version: i64,
}

impl Row {
    /// `None` when the stored JSON cannot be read: somebody else wrote it.
    fn measure(self) -> Option<Measure> {
        Some(Measure {
            id: self.id,
            title: self.title,
            kind: self.kind,
            goal: self.goal,
            areas: serde_json::from_str(&self.areas).ok()?,
            subjects: serde_json::from_str(&self.subjects).ok()?,
            starts_on: self.starts_on as i32,
            ends_on: self.ends_on.map(|d| d as i32),
            power: serde_json::from_str(&self.power).ok()?,
            conclusion: self.conclusion,
            concluded_at: self.concluded_at,
            withdrawn_at: self.withdrawn_at,
            made_at: self.made_at,
            version: self.version,
        })
    }
}

/// All measures, the newest start first.
pub(crate) async fn all(tx: &mut Tx, permit: &Permit) -> Result<Vec<Measure>> {
    let rows: Vec<Row> = tx
        .all(
            "select id, title, kind, goal, areas, subjects, starts_on, ends_on, power, conclusion, concluded_at,
                withdrawn_at, made_at, version
             from measure where municipality = $1 order by starts_on desc, id desc limit 1000",
            args![permit.municipality()],
        )
        .await?;
    Ok(rows.into_iter().filter_map(Row::measure).collect())
}

/// Writes a new measure.
pub(crate) async fn add(tx: &mut Tx, permit: &Permit, m: &Measure) -> anyhow::Result<()> {
    tx.run(
        "insert into measure (municipality, id, title, kind, goal, areas, subjects, starts_on, ends_on, power, made_at,
            version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)",
        args![
            permit.municipality(),
            m.id,
            &m.title,
            &m.kind,
            &m.goal,
            serde_json::to_string(&m.areas)?,
            serde_json::to_string(&m.subjects)?,
            m.starts_on,
            m.ends_on.map(i64::from),
            serde_json::to_string(&m.power)?,
            m.made_at
        ],
    )
    .await?;
    Ok(())
}

/// Changes what may change; `false` when it changed since `version`.
pub(crate) async fn change(tx: &mut Tx, permit: &Permit, m: &Measure) -> Result<bool> {
    let changed = tx
        .run(
            "update measure set ends_on = $3, conclusion = $4, concluded_at = $5, withdrawn_at = $6, version = version + 1
             where municipality = $1 and id = $2 and version = $7",
            args![
                permit.municipality(),
                m.id,
                m.ends_on.map(i64::from),
                &m.conclusion,
                m.concluded_at,
                m.withdrawn_at,
                m.version
            ],
        )
        .await?;
    Ok(changed == 1)
}
