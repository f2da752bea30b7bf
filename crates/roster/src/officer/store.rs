//! SQL of officers.

use super::{Known, LoanRow, Profile, SkillRow};
use kit::{Result, Tx, Uuid, args};
use policy::Permit;

/// Every profile, by name.
pub(super) async fn profiles(tx: &mut Tx, permit: &Permit) -> Result<Vec<Profile>> {
    tx.all(
        "select o.account_id, a.name, a.active, o.team, o.employer, o.contract_min, o.adult_from, o.is_short_rest,
            o.is_collective, o.is_sunday_work, o.is_few_sundays, o.night_cap, o.is_planned, o.version
         from roster_officer o join account a on a.municipality = o.municipality and a.id = o.account_id
         where o.municipality = $1 order by a.name, o.account_id limit 500",
        args![permit.municipality()],
    )
    .await
}

/// Officers with an open account, by name.
pub(super) async fn known(tx: &mut Tx, permit: &Permit) -> Result<Vec<Known>> {
    tx.all(
        "select id, name from account where municipality = $1 and role = 'officer' and active = $2
         order by name, id limit 500",
        args![permit.municipality(), true],
    )
    .await
}

/// Every skill.
pub(super) async fn skills(tx: &mut Tx, permit: &Permit) -> Result<Vec<SkillRow>> {
    tx.all(
        "select account_id, skill, valid_until from roster_skill where municipality = $1 order by account_id, skill",
        args![permit.municipality()],
    )
    .await
}

/// Every agreement.
pub(super) async fn loans(tx: &mut Tx, permit: &Permit) -> Result<Vec<LoanRow>> {
    tx.all(
        "select id, account_id, borrower, agreement, valid_from, valid_until from roster_loan
         where municipality = $1 order by valid_until, id",
        args![permit.municipality()],
    )
    .await
}

/// Writes a new profile.
pub(super) async fn insert(tx: &mut Tx, permit: &Permit, p: &Profile) -> Result<u64> {
    tx.run(
        "insert into roster_officer (municipality, account_id, team, employer, contract_min, adult_from,
            is_short_rest, is_collective, is_sunday_work, is_few_sundays, night_cap, is_planned, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1) on conflict do nothing",
        args![
            permit.municipality(),
            p.account_id,
            &p.team,
            &p.employer,
            p.contract_min,
            p.adult_from,
            p.is_short_rest,
            p.is_collective,
            p.is_sunday_work,
            p.is_few_sundays,
            &p.night_cap,
            p.is_planned
        ],
    )
    .await
}

/// Changes a profile while its version is still the present one.
pub(super) async fn update(tx: &mut Tx, permit: &Permit, p: &Profile) -> Result<u64> {
    tx.run(
        "update roster_officer set team = $4, employer = $5, contract_min = $6, adult_from = $7, is_short_rest = $8,
            is_collective = $9, is_sunday_work = $10, is_few_sundays = $11, night_cap = $12, is_planned = $13,
            version = version + 1
         where municipality = $1 and account_id = $2 and version = $3",
        args![
            permit.municipality(),
            p.account_id,
            p.version,
            &p.team,
            &p.employer,
            p.contract_min,
            p.adult_from,
            p.is_short_rest,
            p.is_collective,
            p.is_sunday_work,
            p.is_few_sundays,
            &p.night_cap,
            p.is_planned
        ],
    )
    .await
}

/// Writes the skills of an officer in place of those that were there.
pub(super) async fn set_skills(tx: &mut Tx, permit: &Permit, account: Uuid, skills: &[SkillRow]) -> Result<()> {
    tx.run(
        "delete from roster_skill where municipality = $1 and account_id = $2",
        args![permit.municipality(), account],
    )
    .await?;
    let rows = skills.iter().flat_map(|s| args![permit.municipality(), account, &s.skill, s.valid_until]).collect();
    tx.insert_many("insert into roster_skill (municipality, account_id, skill, valid_until)", "", 4, rows).await?;
    Ok(())
}

/// Writes an agreement.
pub(super) async fn insert_loan(tx: &mut Tx, permit: &Permit, loan: &LoanRow) -> Result<()> {
    tx.run(
        "insert into roster_loan (municipality, id, account_id, borrower, agreement, valid_from, valid_until)
         values ($1, $2, $3, $4, $5, $6, $7)",
        args![
            permit.municipality(),
            loan.id,
            loan.account_id,
            &loan.borrower,
            &loan.agreement,
            loan.valid_from,
            loan.valid_until
        ],
    )
    .await?;
    Ok(())
}

/// Gives an agreement another last day.
pub(super) async fn end_loan(tx: &mut Tx, permit: &Permit, account: Uuid, id: Uuid, last: i64) -> Result<u64> {
    tx.run(
        "update roster_loan set valid_until = $4 where municipality = $1 and account_id = $2 and id = $3
            and valid_until > $4",
        args![permit.municipality(), account, id, last],
    )
    .await
}
