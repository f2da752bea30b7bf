//! The page of what there is and what goes, and the page of the rules.

use super::ahead::{self, Ahead, Going};
use super::plain;
use axum::response::Response;
use kit::Fault;
use law::{RetentionRule, Stage, Term, TermUnit};
use policy::Resource;
use site::page::{Link, Page};
use site::{Cx, render};

#[derive(askama::Template)]
#[template(path = "retention/pages/overview.html")]
struct OverviewPage {
    page: Page,
    tabs: Vec<Link>,
    period: String,
    going: Vec<GoingRow>,
    records: Vec<RecordRow>,
    shelves: Vec<ShelfRow>,
    missing: Vec<String>,
}

struct GoingRow {
    vault: String,
    what: String,
    rule: String,
    becomes: String,
    tone: &'static str,
    rows: String,
    days: Vec<(String, String)>,
}

struct RecordRow {
    vault: String,
    what: String,
    rule: String,
    free: String,
    targeted: String,
    removed: String,
    held: String,
}

struct ShelfRow {
    vault: String,
    what: String,
    rule: String,
    term: String,
    rows: String,
}

/// `GET /retention`: how many records stand where, and what goes next month.
///
/// # Errors
/// When the policy refuses or a database cannot be read.
pub async fn overview(cx: Cx) -> Result<Response, Fault> {
    cx.permit("retention:read", &Resource::ordinary("retention", cx.code()))?;
    let found = ahead::look(&cx).await?;
    let today = cx.now.local(&cx.municipality.zone).date();
    let (from, to) = (today.tomorrow().unwrap_or(today), ahead::month_from(today));
    let period =
        cx.words.ta("retention-period", &[("from", cx.words.day(from).into()), ("to", cx.words.day(to).into())]);
    let page = OverviewPage {
        tabs: tabs(&cx, "/retention"),
        period,
        going: going_rows(&cx, &found),
        records: record_rows(&cx, &found),
        shelves: shelf_rows(&cx, &found),
        missing: missing(&cx, &found),
        page: cx.page("retention-title"),
    };
    render(&page)
}

fn going_rows(cx: &Cx, found: &Ahead<'_>) -> Vec<GoingRow> {
    let rows = found.going.iter().map(|(what, days)| {
        let rule = cx.app.law.retention.rules().iter().find(|r| r.id == what.rule);
        let (becomes, tone) = becomes(what, rule);
        GoingRow {
            vault: vault_name(cx, what.vault),
            what: what_name(cx, &what.kind, &what.processing),
            rule: rule_name(cx, rule),
            becomes: cx.t(becomes),
            tone,
            rows: cx.words.whole(days.values().sum()),
            days: days.iter().map(|(day, n)| (cx.words.weekday(*day), cx.words.whole(*n))).collect(),
        }
    });
    rows.collect()
}

fn becomes(what: &Going, rule: Option<&RetentionRule>) -> (&'static str, &'static str) {
    match what.stage {
        Stage::Destroyed if rule.is_some_and(|r| r.anonymise) && what.kind != "reporter-contact" => {
            ("retention-becomes-anonymised", "late")
        }
        Stage::Destroyed => ("retention-becomes-destroyed", "late"),
        _ => ("retention-becomes-removed", "soon"),
    }
}

fn record_rows(cx: &Cx, found: &Ahead<'_>) -> Vec<RecordRow> {
    let rows = found.lines.iter().map(|line| RecordRow {
        vault: vault_name(cx, line.vault),
        what: what_name(cx, &line.sort.kind, &line.sort.processing),
        rule: rule_name(cx, line.rule),
        free: cx.words.whole(line.counts.free),
        targeted: cx.words.whole(line.counts.targeted),
        removed: cx.words.whole(line.counts.removed),
        held: cx.words.whole(line.counts.held),
    });
    rows.collect()
}

fn shelf_rows(cx: &Cx, found: &Ahead<'_>) -> Vec<ShelfRow> {
    let some = found.shelved.iter().filter(|s| s.rows > 0);
    let rows = some.map(|s| {
        let mut what = kind_name(cx, s.kind);
        if s.locked {
            what = format!("{what} ({})", cx.t("retention-locked"));
        }
        ShelfRow {
            vault: vault_name(cx, s.vault),
            what,
            rule: rule_name(cx, s.rule),
            term: s.rule.map_or_else(String::new, |rule| whole_term(cx, rule)),
            rows: cx.words.whole(s.rows),
        }
    });
    rows.collect()
}

fn missing(cx: &Cx, found: &Ahead<'_>) -> Vec<String> {
    let records = found.lines.iter().filter(|line| line.rule.is_none());
    let records = records.map(|line| what_name(cx, &line.sort.kind, &line.sort.processing));
    let shelves = found.shelved.iter().filter(|s| s.rule.is_none()).map(|s| kind_name(cx, s.kind));
    let known = plain::WITHOUT_RULE.iter().map(|word| cx.t(&format!("retention-none-{word}")));
    let mut all: Vec<String> = records.chain(shelves).chain(known).collect();
    all.dedup();
    all
}

#[derive(askama::Template)]
#[template(path = "retention/pages/rules.html")]
struct RulesPage {
    page: Page,
    tabs: Vec<Link>,
    longest: String,
    rules: Vec<RuleRow>,
}

struct RuleRow {
    name: String,
    note: String,
    regimes: String,
    trigger: String,
    free: String,
    removed: String,
    end: String,
    article: String,
    chosen: String,
    verified: bool,
    since: String,
}

/// `GET /retention/rules`: the register of terms.
///
/// # Errors
/// When the policy refuses.
pub async fn rules_page(cx: Cx) -> Result<Response, Fault> {
    cx.permit("retention:read", &Resource::ordinary("retention", cx.code()))?;
    let today = cx.now.local(&cx.municipality.zone).date();
    let longest = i64::from(cx.app.law.retention.longest(today));
    render(&RulesPage {
        tabs: tabs(&cx, "/retention/rules"),
        longest: cx.words.tn("retention-longest", longest),
        rules: cx.app.law.retention.rules().iter().map(|rule| rule_row(&cx, rule)).collect(),
        page: cx.page("retention-rules-title"),
    })
}

fn rule_row(cx: &Cx, rule: &RetentionRule) -> RuleRow {
    let lang = cx.words.language();
    let term = |term: Option<Term>| term.map(|t| term_text(cx, t)).unwrap_or_default();
    let locked = term(rule.locked);
    let end = match (rule.archive, rule.anonymise) {
        (true, _) => cx.t("retention-end-archive"),
        (_, true) => cx.words.t1("retention-end-anonymised", "term", &locked),
        _ => cx.words.t1("retention-end-destroyed", "term", &locked),
    };
    RuleRow {
        name: rule.name.get(lang).to_owned(),
        note: rule.note.as_ref().map(|n| n.get(lang).to_owned()).unwrap_or_default(),
        regimes: rule.regimes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        trigger: cx.t(&format!("retention-trigger-{}", rule.trigger)),
        free: term(rule.free),
        removed: term(rule.removed),
        end,
        article: rule.article.clone(),
        chosen: cx.t(if rule.policy { "retention-by-policy" } else { "retention-by-law" }),
        verified: rule.verified,
        since: cx.words.day(rule.valid_from),
    }
}

fn term_text(cx: &Cx, term: Term) -> String {
    let key = match term.unit {
        TermUnit::Hours => "retention-term-hours",
        TermUnit::WorkingDays | TermUnit::CalendarDays => "retention-term-days",
        TermUnit::Weeks => "retention-term-weeks",
        TermUnit::Months => "retention-term-months",
        TermUnit::Years => "retention-term-years",
    };
    cx.words.tn(key, i64::from(term.length))
}

fn whole_term(cx: &Cx, rule: &RetentionRule) -> String {
    let both = [rule.removed, rule.locked].into_iter().flatten().filter(|t| t.length > 0);
    both.map(|t| term_text(cx, t)).collect::<Vec<_>>().join(" + ")
}

/// The pages of retention, with this one marked.
pub(super) fn tabs(cx: &Cx, here: &str) -> Vec<Link> {
    let link = |href: &str, key: &str| Link { current: href == here, ..Link::new(href, cx.t(key)) };
    vec![
        link("/retention", "retention-tab-overview"),
        link("/retention/rules", "retention-tab-rules"),
        link("/retention/holds", "retention-tab-holds"),
        link("/retention/proofs", "retention-tab-proofs"),
        link("/retention/backups", "retention-tab-backups"),
    ]
}

/// What people call a vault.
pub(super) fn vault_name(cx: &Cx, vault: &str) -> String {
    cx.t(&format!("retention-vault-{vault}"))
}

/// What people call a kind of record; a kind that has no text here shows its word.
pub(super) fn kind_name(cx: &Cx, kind: &str) -> String {
    let key = format!("retention-kind-{kind}");
    let text = cx.t(&key);
    if text == key { kind.to_owned() } else { text }
}

/// A kind of record of a processing.
pub(super) fn what_name(cx: &Cx, kind: &str, processing: &str) -> String {
    let kind = kind_name(cx, kind);
    match cx.app.policy.register().get(processing) {
        Some(p) => format!("{}: {kind}", p.name.get(cx.words.language())),
        None if processing.is_empty() => kind,
        None => format!("{processing}: {kind}"),
    }
}

fn rule_name(cx: &Cx, rule: Option<&RetentionRule>) -> String {
    match rule {
        Some(rule) => rule.name.get(cx.words.language()).to_owned(),
        None => cx.t("retention-no-rule"),
    }
}
