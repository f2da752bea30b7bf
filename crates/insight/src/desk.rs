//! `GET /desk`: the start page of everyone who is signed in: what waits, what is new, and the ways on, by role.
//! What is new comes from the last nightly run, so that this page is quick.

mod store;

use crate::alarm::{self, AlarmLine, State};
use crate::brief::Brief;
use crate::run::newest;
use crate::wording::Wording;
use axum::response::Response;
use kit::audit::{self, Verdict};
use kit::{Fault, Tx};
use people::deed::{self, DeedConfig};
use policy::{Permit, Resource, Role};
use site::page::{Link, Page};
use site::{Cx, render};

/// Alarms that the page names.
const ALARMS: usize = 5;

#[derive(askama::Template)]
#[template(path = "pages/desk.html")]
struct DeskPage {
    page: Page,
    hello: String,
    lead: String,
    buttons: Vec<Link>,
    tiles: Vec<Tile>,
    picture: Option<Picture>,
    ways: Vec<Way>,
    notice: Option<(&'static str, String)>,
}

struct Tile {
    label: String,
    figure: String,
    note: String,
    href: String,
}

/// The picture in a few lines.
struct Picture {
    title: String,
    sentences: Vec<String>,
    rises: Vec<String>,
    alarms: Vec<AlarmLine>,
    made: String,
}

/// A way on: a card with a line of explanation.
struct Way {
    href: String,
    label: String,
    text: String,
}

/// `GET /desk`.
pub async fn desk(cx: Cx) -> Result<Response, Fault> {
    let permit = cx.permit("desk:read", &Resource::ordinary("desk", cx.code()))?;
    let role = cx.actor.role.ok_or(Fault::SignIn)?;
    let mut tx = cx.read().await?;
    let tiles = tiles(&cx, &mut tx, &permit, role).await?;
    let picture = if matches!(role, Role::Coordinator | Role::Adviser | Role::Mayor | Role::Officer) {
        Some(picture(&cx, &mut tx, &permit, role).await?)
    } else {
        None
    };
    let notice = match role {
        Role::PrivacyOfficer => Some(chain(&cx, &mut tx, &permit).await?),
        _ => None,
    };
    drop(tx);
    let year = i64::from(cx.now.local(&cx.municipality.zone).year());
    render(&DeskPage {
        page: cx.page("desk-title"),
        hello: cx.words.t1("desk-hello", "name", &cx.actor.name),
        lead: cx.t(&format!("desk-lead-{role}")),
        buttons: buttons(&cx, role),
        tiles,
        picture,
        ways: ways(&cx, role, year),
        notice,
    })
}

/// The one or two things that are done most.
fn buttons(cx: &Cx, role: Role) -> Vec<Link> {
    let link = |href: &str, key: &str| Link::new(href, cx.t(key));
    match role {
        Role::Officer => vec![link("/rounds", "desk-to-round"), link("/observe", "desk-to-observe")],
        Role::Intake => vec![link("/intake", "desk-way-intake"), link("/signals", "desk-to-signals")],
        Role::Coordinator => vec![link("/rounds", "desk-to-rounds"), link("/signals", "desk-to-signals")],
        Role::Mayor => vec![link("/plan/decisions", "desk-to-decisions"), link("/picture", "desk-to-picture")],
        _ => vec![],
    }
}

/// Mails are counted up to this many.
const MOST_MAILS: i64 = 200;

/// Counts that wait for somebody.
async fn tiles(cx: &Cx, tx: &mut Tx, permit: &Permit, role: Role) -> Result<Vec<Tile>, Fault> {
    let words = &cx.words;
    let tile = |key: &str, n: i64, href: &str| Tile {
        label: words.t(&format!("desk-{key}")),
        figure: words.whole(n),
        note: words.t(&format!("desk-{key}-note")),
        href: href.to_owned(),
    };
    Ok(match role {
        Role::Coordinator | Role::Officer | Role::Adviser => {
            let count = store::open(tx, permit, cx.now, day_start(cx)).await?;
            let mut tiles = vec![
                tile("open", count.open, "/signals"),
                tile("late", count.late, "/signals?late=yes"),
                tile("today", count.today, "/signals"),
            ];
            if cx.may("alarm:weigh") {
                let open = alarm::open(tx, permit.municipality()).await?;
                let new = open.iter().filter(|a| a.state == State::Open).count();
                tiles.push(Tile {
                    label: words.t("alarm-tile"),
                    figure: words.whole(new as i64),
                    note: words.t("alarm-tile-note"),
                    href: "/alarms".to_owned(),
                });
            }
            if cx.may("campaign:decide") {
                let day = i64::from(cx.now.day_and_hour(&cx.municipality.zone).0);
                let due = store::reviews(tx, permit, day).await?;
                if due > 0 {
                    tiles.push(tile("reviews", due, "/campaigns"));
                }
            }
            if cx.may("issue:read") {
                tiles.push(tile("issues", store::issues(tx, permit).await?, "/issues"));
            }
            if cx.may("deed:edit")
                && let Some(config) = cx.municipality.find::<DeedConfig>()
            {
                let today = cx.now.local(&cx.municipality.zone).date();
                let soon = today.saturating_add(jiff::Span::new().days(config.warn_days));
                let ending = deed::ending(tx, permit, today, soon).await?.len();
                tiles.push(tile("deeds", i64::try_from(ending).unwrap_or(0), "/roster/officers"));
            }
            tiles
        }
        Role::Intake => {
            let count = store::open(tx, permit, cx.now, day_start(cx)).await?;
            let (waiting, suspect) = signals::moderation::counts(tx, permit).await?;
            let mails = signals::contact::incoming(tx, permit, MOST_MAILS).await?.len();
            vec![
                tile("today", count.today, "/signals"),
                tile("late", count.late, "/signals?late=yes"),
                tile("mails", i64::try_from(mails).unwrap_or(MOST_MAILS), "/intake/mail"),
                tile("waiting", waiting, "/moderation"),
                tile("suspect", suspect, "/moderation/junk"),
            ]
        }
        Role::Administrator => vec![tile("accounts", store::accounts(tx, permit).await?, "/accounts")],
        _ => vec![],
    })
}

/// The begin of the local day.
fn day_start(cx: &Cx) -> kit::At {
    let date = cx.now.local(&cx.municipality.zone).date();
    date.to_zoned(cx.municipality.zone.clone()).map_or(cx.now, |z| kit::At(z.timestamp()))
}

/// The picture of the last nightly run.
async fn picture(cx: &Cx, tx: &mut Tx, permit: &Permit, role: Role) -> Result<Picture, Fault> {
    let wording = Wording::new(&cx.words, &cx.municipality);
    let title = cx.t("desk-picture");
    let run = newest(tx, permit.municipality()).await?;
    let Some((run, brief)) = run.and_then(|r| r.brief.clone().map(|b| (r, b))) else {
        let text = cx.t("desk-picture-none");
        return Ok(Picture { title, sentences: vec![text], rises: vec![], alarms: vec![], made: String::new() });
    };
    let rises = |b: &Brief| b.priorities.iter().filter(|p| p.rises()).map(|p| wording.rise(p)).collect::<Vec<_>>();
    let mut sentences = vec![wording.came(&brief, "picture-came", "")];
    if role == Role::Mayor {
        sentences.extend(wording.most(&brief, 1, true).into_iter().take(1));
    }
    let alarms = alarm::open(tx, permit.municipality()).await?;
    sentences.push(wording.newest(&alarms));
    Ok(Picture {
        title,
        sentences,
        rises: if role == Role::Officer { vec![] } else { rises(&brief) },
        alarms: if role == Role::Mayor {
            vec![]
        } else {
            alarms.iter().take(ALARMS).map(|a| AlarmLine::of(a, &wording)).collect()
        },
        made: cx.words.t1("picture-made-at", "at", &cx.words.date_time(run.made_at)),
    })
}

/// Whether the audit trail is whole.
async fn chain(cx: &Cx, tx: &mut Tx, permit: &Permit) -> Result<(&'static str, String), Fault> {
    Ok(match audit::verify(tx, permit.municipality()).await? {
        Verdict::Whole(n) => ("success", cx.words.tn("desk-audit-whole", n)),
        Verdict::Broken { seq, .. } => ("error", cx.words.t1("desk-audit-broken", "seq", &cx.words.whole(seq))),
    })
}

/// The ways on, of which each role sees those that are open to it.
fn ways(cx: &Cx, role: Role, year: i64) -> Vec<Way> {
    let all = [
        ("picture", "/picture".to_owned(), "picture:read"),
        ("signals", "/signals".to_owned(), "signal:list"),
        ("issues", "/issues".to_owned(), "issue:read"),
        ("rounds", "/rounds".to_owned(), "round:read"),
        ("results", "/rounds/results".to_owned(), "round:read"),
        ("roster", "/roster".to_owned(), "roster:read"),
        ("campaigns", "/campaigns".to_owned(), "campaign:read"),
        ("youth", "/youth".to_owned(), "youth:overview"),
        ("sanctions", "/sanctions".to_owned(), "sanction:read"),
        ("wrecks", "/wrecks".to_owned(), "wreck:read"),
        ("plan", "/plan".to_owned(), "plan:read"),
        ("programme", format!("/plan/programme/{year}"), "plan:read"),
        ("report", format!("/plan/report/{year}"), "account:read"),
        ("audit", "/audit".to_owned(), "audit:read"),
        ("accounts", "/accounts".to_owned(), "account-list:read"),
        ("algorithms", "/algorithms".to_owned(), "public:read"),
        ("records", "/records".to_owned(), "record:open"),
        ("partners", "/partners".to_owned(), "partner:read"),
        ("authorisations", "/authorisations".to_owned(), "authorisation:read"),
        ("disclosures", "/disclosures".to_owned(), "disclosure:review"),
        ("rights", "/rights".to_owned(), "rights:read"),
        ("retention", "/retention".to_owned(), "retention:read"),
        ("register", "/register".to_owned(), "public:read"),
        ("intake", "/intake".to_owned(), "signal:intake"),
        ("moderation", "/moderation".to_owned(), "signal:moderate"),
        ("figures", "/figures".to_owned(), "figure:read"),
        ("forms", "/forms".to_owned(), "form:read"),
        ("templates", "/templates".to_owned(), "form:read"),
        ("surveys", "/surveys/manage".to_owned(), "survey:read"),
        ("neighbours", "/neighbours".to_owned(), "group:read"),
        ("exchange", "/exchange".to_owned(), "exchange:edit"),
        ("webhooks", "/exchange/webhooks".to_owned(), "exchange:edit"),
    ];
    let wanted: &[&str] = match role {
        Role::Coordinator => &[
            "picture",
            "signals",
            "moderation",
            "intake",
            "issues",
            "rounds",
            "results",
            "roster",
            "sanctions",
            "wrecks",
            "campaigns",
            "youth",
            "programme",
            "plan",
            "records",
            "authorisations",
            "forms",
            "templates",
            "neighbours",
            "surveys",
            "figures",
        ],
        Role::Intake => &["intake", "signals", "moderation", "issues", "neighbours"],
        Role::Officer => {
            &["picture", "signals", "rounds", "roster", "sanctions", "wrecks", "youth", "campaigns", "plan", "records"]
        }
        Role::Adviser => &[
            "picture",
            "campaigns",
            "youth",
            "plan",
            "programme",
            "report",
            "signals",
            "issues",
            "figures",
            "surveys",
            "neighbours",
            "partners",
            "records",
        ],
        Role::Mayor => {
            &["picture", "campaigns", "plan", "programme", "report", "figures", "surveys", "records", "authorisations"]
        }
        Role::CouncilMember => &["plan", "programme", "report", "figures", "surveys", "algorithms"],
        Role::PrivacyOfficer => {
            &["rights", "disclosures", "retention", "audit", "register", "authorisations", "accounts", "algorithms"]
        }
        Role::Administrator => &[
            "forms",
            "templates",
            "figures",
            "exchange",
            "webhooks",
            "accounts",
            "authorisations",
            "retention",
            "algorithms",
        ],
        Role::ProcessDirector => &["records", "partners", "authorisations"],
        Role::Partner | Role::BibobOfficer | Role::SocialOfficer | Role::CareOfficer | Role::CrisisOfficer => {
            &["records", "register"]
        }
    };
    let shown = all.into_iter().filter(|(id, _, action)| wanted.contains(id) && cx.may(action));
    shown
        .map(|(id, href, _)| Way {
            href,
            label: cx.t(&format!("desk-way-{id}")),
            text: cx.t(&format!("desk-way-{id}-text")),
        })
        .collect()
}
