//! SQL of accounts and sessions.

use crate::account::{Account, Person};
use crate::session::Method;
use kit::{At, Result, Tx, Uuid, args};

/// Inserts an account unless its id is there.
pub(crate) async fn insert_account(tx: &mut Tx, account: &Account, password_hash: &str, at: At) -> Result<()> {
    tx.run(
        "insert into account (municipality, id, username, name, role, password_hash, active, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (municipality, id) do nothing",
        args![
            &account.municipality,
            account.id,
            &account.username,
            &account.name,
            account.role,
            password_hash,
            account.active,
            at
        ],
    )
    .await?;
    Ok(())
}

/// The accounts of a municipality by name.
pub(crate) async fn accounts(tx: &mut Tx, municipality: &str) -> Result<Vec<Account>> {
    tx.all(
        "select municipality, id, username, name, role, active from account where municipality = $1
         order by name, id limit 500",
        args![municipality],
    )
    .await
}

/// The account of a sign-in name.
pub(crate) async fn by_username(tx: &mut Tx, username: &str) -> Result<Option<Account>> {
    tx.opt("select municipality, id, username, name, role, active from account where username = $1", args![username])
        .await
}

/// The password hash of an account, and whether a second factor stands behind it.
pub(crate) async fn guard(tx: &mut Tx, municipality: &str, id: Uuid) -> Result<Option<(String, bool)>> {
    let row: Option<(String, Option<At>)> = tx
        .opt(
            "select a.password_hash, f.confirmed_at from account a
             left join second_factor f on f.municipality = a.municipality and f.account_id = a.id
             where a.municipality = $1 and a.id = $2",
            args![municipality, id],
        )
        .await?;
    Ok(row.map(|(hash, confirmed)| (hash, confirmed.is_some())))
}

/// Everything about one account.
pub(crate) async fn person(tx: &mut Tx, municipality: &str, id: Uuid) -> Result<Option<Person>> {
    tx.opt(
        "select a.municipality, a.id, a.username, a.name, a.role, a.active, a.email, a.organisation_id, a.issuer,
            a.subject, a.ended_at, a.end_cause, a.created_at, a.version, f.confirmed_at as factor_at,
            o.name as organisation
         from account a
         left join second_factor f on f.municipality = a.municipality and f.account_id = a.id
         left join organisation o on o.municipality = a.municipality and o.id = a.organisation_id
         where a.municipality = $1 and a.id = $2",
        args![municipality, id],
    )
    .await
}

/// The account of a provider's subject.
pub(crate) async fn by_subject(tx: &mut Tx, municipality: &str, issuer: &str, subject: &str) -> Result<Option<Uuid>> {
    let row: Option<(Uuid,)> = tx
        .opt(
            "select id from account where municipality = $1 and issuer = $2 and subject = $3 and subject <> ''",
            args![municipality, issuer, subject],
        )
        .await?;
    Ok(row.map(|r| r.0))
}

/// Names the provider and its subject of an account that comes from there.
pub(crate) async fn set_subject(tx: &mut Tx, municipality: &str, id: Uuid, issuer: &str, subject: &str) -> Result<()> {
    tx.run(
        "update account set issuer = $3, subject = $4 where municipality = $1 and id = $2",
        args![municipality, id, issuer, subject],
    )
    .await?;
    Ok(())
}

/// Writes what the provider says of a person; an account that had ended there lives again.
pub(crate) async fn refresh_person(tx: &mut Tx, account: &Account, email: &str) -> Result<()> {
    tx.run(
        "update account set name = $3, email = $4, role = $5, active = $6, ended_at = null, end_cause = '',
            version = version + 1
         where municipality = $1 and id = $2",
        args![&account.municipality, account.id, &account.name, email, account.role, true],
    )
    .await?;
    Ok(())
}

/// Writes e-mail address, role and organisation when `version` is still the present one.
pub(crate) async fn update_person(
    tx: &mut Tx,
    (municipality, id): (&str, Uuid),
    version: i64,
    role: policy::Role,
    organisation: Option<Uuid>,
) -> Result<u64> {
    tx.run(
        "update account set role = $4, organisation_id = $5, version = version + 1
         where municipality = $1 and id = $2 and version = $3",
        args![municipality, id, version, role, organisation],
    )
    .await
}

/// Writes the e-mail address and organisation of a new account.
pub(crate) async fn set_contact(
    tx: &mut Tx,
    (municipality, id): (&str, Uuid),
    email: &str,
    organisation: Option<Uuid>,
) -> Result<()> {
    tx.run(
        "update account set email = $3, organisation_id = $4 where municipality = $1 and id = $2",
        args![municipality, id, email, organisation],
    )
    .await?;
    Ok(())
}

/// Closes an account.
pub(crate) async fn end_account(tx: &mut Tx, municipality: &str, id: Uuid, cause: &str, at: At) -> Result<()> {
    tx.run(
        "update account set active = $3, ended_at = $4, end_cause = $5, version = version + 1
         where municipality = $1 and id = $2",
        args![municipality, id, false, at, cause],
    )
    .await?;
    Ok(())
}

/// Opens a closed account.
pub(crate) async fn open_account(tx: &mut Tx, municipality: &str, id: Uuid) -> Result<()> {
    tx.run(
        "update account set active = $3, ended_at = null, end_cause = '', version = version + 1
         where municipality = $1 and id = $2",
        args![municipality, id, true],
    )
    .await?;
    Ok(())
}

/// Writes a new password.
pub(crate) async fn set_password(tx: &mut Tx, municipality: &str, id: Uuid, hash: &str) -> Result<()> {
    tx.run(
        "update account set password_hash = $3, version = version + 1 where municipality = $1 and id = $2",
        args![municipality, id, hash],
    )
    .await?;
    Ok(())
}

/// Partner organisations by name, for the choice on the form of an account.
pub(crate) async fn organisations(tx: &mut Tx, municipality: &str) -> Result<Vec<(Uuid, String)>> {
    tx.all("select id, name from organisation where municipality = $1 order by name limit 500", args![municipality])
        .await
}

/// A session with the account that it is of, and what that account may do now.
#[derive(sqlx::FromRow)]
pub(crate) struct Found {
    pub(crate) municipality: String,
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) created_at: At,
    pub(crate) seen_at: At,
    pub(crate) stepped_up_at: Option<At>,
    pub(crate) name: String,
    pub(crate) role: policy::Role,
    pub(crate) organisation_id: Option<Uuid>,
    pub(crate) authorised: Option<String>,
    pub(crate) covenants: Option<String>,
}

/// The session of a token's hash while its account is open, with the processings that an authorisation
/// or a covenant opens at `now`. Each `until` is the first instant that no longer counts.
pub(crate) async fn session(tx: &mut Tx, token_hash: &str, now: At) -> Result<Option<Found>> {
    tx.opt(
        "select s.municipality, s.id, s.account_id, s.created_at, s.seen_at, s.stepped_up_at,
            a.name, a.role, a.organisation_id,
            (select string_agg(z.processing, ' ') from authorisation z
             where z.municipality = s.municipality and z.account_id = s.account_id and z.granted_at is not null
                and z.refused_at is null and z.withdrawn_at is null and z.valid_from <= $2
                and (z.valid_until is null or z.valid_until > $2)) as authorised,
            (select string_agg(cp.processing, ' ') from covenant_party p
             join covenant c on c.municipality = p.municipality and c.id = p.covenant_id
             join covenant_processing cp on cp.municipality = c.municipality and cp.covenant_id = c.id
             where p.municipality = s.municipality and p.organisation_id = a.organisation_id
                and c.valid_from <= $2 and c.valid_until > $2
                and (c.ended_at is null or c.ended_at > $2)) as covenants
         from session s join account a on a.municipality = s.municipality and a.id = s.account_id
         where s.token_hash = $1 and a.active and a.ended_at is null",
        args![token_hash, now],
    )
    .await
}

/// Writes down the last use of a session.
pub(crate) async fn touch(tx: &mut Tx, municipality: &str, id: Uuid, now: At) -> Result<()> {
    tx.run("update session set seen_at = $3 where municipality = $1 and id = $2", args![municipality, id, now]).await?;
    Ok(())
}

/// A session that is about to open.
pub(crate) struct NewSession<'a> {
    pub(crate) id: Uuid,
    pub(crate) account: &'a Account,
    pub(crate) token_hash: &'a str,
    pub(crate) method: Method,
    pub(crate) browser: &'a str,
    pub(crate) place: &'a str,
    pub(crate) stepped_up_at: Option<At>,
    pub(crate) provider_session: &'a str,
    pub(crate) id_token: Option<Vec<u8>>,
}

/// Opens a session.
pub(crate) async fn insert_session(tx: &mut Tx, new: NewSession<'_>, now: At) -> Result<()> {
    tx.run(
        "insert into session (municipality, id, account_id, token_hash, method, browser, place, created_at, seen_at,
            stepped_up_at, provider_session, id_token_bytes) values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)",
        args![
            &new.account.municipality,
            new.id,
            new.account.id,
            new.token_hash,
            new.method,
            new.browser,
            new.place,
            now,
            new.stepped_up_at,
            new.provider_session,
            new.id_token
        ],
    )
    .await?;
    Ok(())
}

/// Gives a session another token, and writes when it showed its second factor.
pub(crate) async fn renew_session(
    tx: &mut Tx,
    municipality: &str,
    id: Uuid,
    token_hash: &str,
    stepped_up_at: At,
) -> Result<u64> {
    tx.run(
        "update session set token_hash = $3, stepped_up_at = $4 where municipality = $1 and id = $2",
        args![municipality, id, token_hash, stepped_up_at],
    )
    .await
}

/// Keeps the newest id token of a session, for signing out at the provider.
pub(crate) async fn keep_id_token(tx: &mut Tx, municipality: &str, id: Uuid, sealed: Vec<u8>) -> Result<()> {
    tx.run(
        "update session set id_token_bytes = $3 where municipality = $1 and id = $2",
        args![municipality, id, sealed],
    )
    .await?;
    Ok(())
}

/// A session of an account, for its list.
#[derive(sqlx::FromRow)]
pub(crate) struct Listed {
    pub(crate) id: Uuid,
    pub(crate) method: Method,
    pub(crate) browser: String,
    pub(crate) place: String,
    pub(crate) created_at: At,
    pub(crate) seen_at: At,
}

/// The sessions of an account, the newest first.
pub(crate) async fn sessions(tx: &mut Tx, municipality: &str, account: Uuid) -> Result<Vec<Listed>> {
    tx.all(
        "select id, method, browser, place, created_at, seen_at from session
         where municipality = $1 and account_id = $2 order by seen_at desc, id limit 100",
        args![municipality, account],
    )
    .await
}

/// What a session needs to end at its provider too.
#[derive(sqlx::FromRow)]
pub(crate) struct Ending {
    pub(crate) municipality: String,
    pub(crate) id: Uuid,
    pub(crate) id_token_bytes: Option<Vec<u8>>,
}

/// The session of a token's hash.
pub(crate) async fn ending(tx: &mut Tx, token_hash: &str) -> Result<Option<Ending>> {
    tx.opt("select municipality, id, id_token_bytes from session where token_hash = $1", args![token_hash]).await
}

/// Ends a session by its token's hash.
pub(crate) async fn delete_session(tx: &mut Tx, token_hash: &str) -> Result<()> {
    tx.run("delete from session where token_hash = $1", args![token_hash]).await?;
    Ok(())
}

/// Ends one session of an account.
pub(crate) async fn delete_one(tx: &mut Tx, municipality: &str, account: Uuid, id: Uuid) -> Result<u64> {
    tx.run(
        "delete from session where municipality = $1 and account_id = $2 and id = $3",
        args![municipality, account, id],
    )
    .await
}

/// Ends every session of an account, except `keep`.
pub(crate) async fn delete_all(tx: &mut Tx, municipality: &str, account: Uuid, keep: Option<Uuid>) -> Result<u64> {
    tx.run(
        "delete from session where municipality = $1 and account_id = $2 and id <> $3",
        args![municipality, account, keep.unwrap_or_default()],
    )
    .await
}

/// Ends the sessions of an account that the provider calls `sid`.
pub(crate) async fn delete_of_provider(tx: &mut Tx, municipality: &str, account: Uuid, sid: &str) -> Result<u64> {
    tx.run(
        "delete from session where municipality = $1 and account_id = $2 and provider_session = $3",
        args![municipality, account, sid],
    )
    .await
}

/// Keeps the hash of a one-time link; links of before are worth nothing any more.
pub(crate) async fn insert_link(tx: &mut Tx, account: (&str, Uuid), token_hash: &str, at: At) -> Result<()> {
    delete_links(tx, account).await?;
    tx.run(
        "insert into welcome_link (municipality, token_hash, account_id, created_at) values ($1, $2, $3, $4)",
        args![account.0, token_hash, account.1, at],
    )
    .await?;
    Ok(())
}

/// The account of a link that was made after `since`, while that account is open.
pub(crate) async fn link(tx: &mut Tx, token_hash: &str, since: At) -> Result<Option<(String, Uuid)>> {
    tx.opt(
        "select l.municipality, l.account_id from welcome_link l
         join account a on a.municipality = l.municipality and a.id = l.account_id
         where l.token_hash = $1 and l.created_at > $2 and a.active",
        args![token_hash, since],
    )
    .await
}

/// Forgets the links of an account.
pub(crate) async fn delete_links(tx: &mut Tx, (municipality, account): (&str, Uuid)) -> Result<()> {
    tx.run("delete from welcome_link where municipality = $1 and account_id = $2", args![municipality, account])
        .await?;
    Ok(())
}

/// Sets the partner organisation of an account.
pub(crate) async fn set_organisation(tx: &mut Tx, municipality: &str, account: Uuid, organisation: Uuid) -> Result<()> {
    tx.run(
        "update account set organisation_id = $3, version = version + 1 where municipality = $1 and id = $2",
        args![municipality, account, organisation],
    )
    .await?;
    Ok(())
}
