//! SQL of what leaves. `$1` municipality, `$2` the clock started before, `$3` at most so many rows.

use kit::shelf::Shelf;

pub(super) const SESSION: Shelf = Shelf {
    kind: "session",
    total: "select cast(count(*) as bigint) from session where municipality = $1",
    due: "select seen_at / 900000000 as quarter, cast(count(*) as bigint) as rows from session
          where municipality = $1 and seen_at < $2 group by 1 order by 1",
    go: &["delete from session where municipality = $1 and id in (select id from session
            where municipality = $1 and seen_at < $2 order by seen_at, id limit $3)"],
};

pub(super) const SIGN_IN_ATTEMPT: Shelf = Shelf {
    kind: "sign-in-attempt",
    total: "select cast(count(*) as bigint) from login_attempt where municipality = $1",
    due: "select created_at / 900000000 as quarter, cast(count(*) as bigint) as rows from login_attempt
          where municipality = $1 and created_at < $2 group by 1 order by 1",
    go: &["delete from login_attempt where municipality = $1 and state_hash in (select state_hash from login_attempt
            where municipality = $1 and created_at < $2 order by created_at, state_hash limit $3)"],
};

pub(super) const WELCOME_LINK: Shelf = Shelf {
    kind: "welcome-link",
    total: "select cast(count(*) as bigint) from welcome_link where municipality = $1",
    due: "select created_at / 900000000 as quarter, cast(count(*) as bigint) as rows from welcome_link
          where municipality = $1 and created_at < $2 group by 1 order by 1",
    go: &["delete from welcome_link where municipality = $1 and token_hash in (select token_hash from welcome_link
            where municipality = $1 and created_at < $2 order by created_at, token_hash limit $3)"],
};

pub(super) const AUTHORISATION: Shelf = Shelf {
    kind: "authorisation",
    total: "select cast(count(*) as bigint) from authorisation where municipality = $1",
    due: "select coalesce(withdrawn_at, refused_at, valid_until) / 900000000 as quarter,
            cast(count(*) as bigint) as rows from authorisation
          where municipality = $1 and coalesce(withdrawn_at, refused_at, valid_until) < $2 group by 1 order by 1",
    go: &["delete from authorisation where municipality = $1 and id in (select id from authorisation
            where municipality = $1 and coalesce(withdrawn_at, refused_at, valid_until) < $2 order by id limit $3)"],
};

/// Statements on the first covenants that are over.
macro_rules! of_covenants {
    ($head:expr) => {
        concat!(
            $head,
            " (select c.id from covenant c where c.municipality = $1 and coalesce(c.ended_at, c.valid_until) < $2
               order by c.id limit $3)"
        )
    };
}

pub(super) const COVENANT: Shelf = Shelf {
    kind: "covenant",
    total: "select cast(count(*) as bigint) from covenant where municipality = $1",
    due: "select coalesce(ended_at, valid_until) / 900000000 as quarter, cast(count(*) as bigint) as rows from covenant
          where municipality = $1 and coalesce(ended_at, valid_until) < $2 group by 1 order by 1",
    go: &[
        of_covenants!("delete from covenant_party where municipality = $1 and covenant_id in"),
        of_covenants!("delete from covenant_processing where municipality = $1 and covenant_id in"),
        of_covenants!("delete from covenant_life_area where municipality = $1 and covenant_id in"),
        of_covenants!("delete from covenant where municipality = $1 and id in"),
    ],
};

/// Statements on the first ended accounts that still name a person.
macro_rules! of_accounts {
    ($head:expr) => {
        concat!(
            $head,
            " (select a.id from account a where a.municipality = $1 and a.ended_at < $2 and a.name <> '-'
               order by a.ended_at, a.id limit $3)"
        )
    };
}

pub(super) const ACCOUNT: Shelf = Shelf {
    kind: "account",
    total: "select cast(count(*) as bigint) from account where municipality = $1 and name <> '-'",
    due: "select ended_at / 900000000 as quarter, cast(count(*) as bigint) as rows from account
          where municipality = $1 and ended_at < $2 and name <> '-' group by 1 order by 1",
    go: &[
        of_accounts!("delete from session where municipality = $1 and account_id in"),
        of_accounts!("delete from second_factor where municipality = $1 and account_id in"),
        of_accounts!("delete from recovery_code where municipality = $1 and account_id in"),
        of_accounts!("delete from welcome_link where municipality = $1 and account_id in"),
        // The user name must stay one of its kind: place in the list of accounts, and when it ended.
        of_accounts!(
            "update account set name = '-', email = '', issuer = '', subject = '', password_hash = '',
                username = 'ended-' || municipality || '-' || cast((select count(*) from account b
                    where b.municipality = account.municipality and b.id <= account.id) as text)
                    || '-' || cast(ended_at as text),
                version = version + 1
             where municipality = $1 and id in"
        ),
    ],
};
