//! News for followers: one mail with the shown reports that are new or changed since the last, at once or weekly. It says
//! what the public map says (category, place, state), never words of a reporter.

use crate::NeighboursConfig;
use crate::follow::token;
use crate::model::{Rhythm, follows, split};
use crate::store::{self, Follower};
use areas::Atlas;
use jiff::ToSpan as _;
use jiff::civil::Weekday;
use kit::clock::id_at;
use kit::{At, Fault, Tx, Words, jobs, outbox};
use policy::{Permit, Resource};
use signals::Catalogue;
use signals::intake::Desk;
use signals::moderation::public::{Asked, MOST, PublicSignal, shown};
use site::{Cx, Shared};

/// The job that looks for news.
pub const DIGEST: &str = "neighbourhood-digest";
/// A change is told after this time, so that one that is being written now is not overlooked.
const SETTLE_MICROS: i64 = 60_000_000;
/// Followers that are told in one go.
const BATCH: i64 = 200;

/// When a follower hears something next, seen from `now`.
#[must_use]
pub fn next(cx: &Cx, rhythm: Rhythm, now: At) -> At {
    let config = cx.municipality.get::<NeighboursConfig>();
    match rhythm {
        Rhythm::Soon => At::from_micros(now.micros() + i64::from(config.check_minutes) * 60_000_000),
        Rhythm::Weekly => {
            let local = now.local(&cx.municipality.zone);
            let weekday = Weekday::from_monday_one_offset(config.digest_weekday).unwrap_or(Weekday::Monday);
            let today = local.date();
            let hour = |date: jiff::civil::Date| date.at(config.digest_hour, 0, 0, 0);
            let date = if today.weekday() == weekday && local < hour(today) {
                today
            } else {
                today.nth_weekday(1, weekday).or_else(|_| today.checked_add(7.days())).unwrap_or(today)
            };
            hour(date).to_zoned(cx.municipality.zone.clone()).map_or(now, |z| At(z.timestamp()))
        }
    }
}

/// Job [`DIGEST`]: tells every follower whose time has come, and asks for the next look.
///
/// # Errors
/// When the database refuses.
pub async fn digest(app: Shared, job: jobs::Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    let cx = Cx::system(&app, &municipality, "group:follow");
    let permit = cx.permit("group:follow", &Resource::ordinary("follower", cx.code()))?;
    let mut tx = cx.write().await?;
    if store::followers(&mut tx, cx.code()).await? == 0 {
        return Ok(());
    }
    // asked for first: a fault below must not end the chain
    let again = next(&cx, Rhythm::Soon, cx.now);
    jobs::enqueue(&mut tx, cx.code(), DIGEST, &serde_json::json!({}), Some("all"), again).await?;
    tx.commit().await?;
    loop {
        let mut tx = cx.read().await?;
        let due = store::due(&mut tx, &permit, cx.now, BATCH).await?;
        drop(tx);
        let Some(oldest) = due.iter().map(|f| f.seen_until).min() else { return Ok(()) };
        let until = At::from_micros(cx.now.micros() - SETTLE_MICROS);
        let mut tx = cx.read().await?;
        let news = changes(&cx, &permit, &mut tx, oldest, until).await?;
        drop(tx);
        for follower in &due {
            tell(&cx, &permit, follower, &news, until).await?;
        }
        if due.len() < usize::try_from(BATCH).unwrap_or(usize::MAX) {
            return Ok(());
        }
    }
}

/// What changed on the public map from `since` up to `until`, the newest report first.
async fn changes(cx: &Cx, permit: &Permit, tx: &mut Tx, since: At, until: At) -> Result<Vec<PublicSignal>, Fault> {
    let desk = Desk::of(&cx.municipality);
    let mut found: Vec<PublicSignal> = Vec::new();
    let mut asked = Asked { since: Some(since), limit: MOST, ..Asked::default() };
    loop {
        let page = shown(tx, permit, &desk, &asked).await?;
        let whole = page.len() < usize::try_from(MOST).unwrap_or(usize::MAX);
        asked.after = page.last().map(PublicSignal::after);
        found.extend(page.into_iter().filter(|s| s.updated_at < until));
        if whole {
            return Ok(found);
        }
    }
}

/// Tells one follower, in one transaction with the note that it was told: a crash in between tells nobody twice.
async fn tell(cx: &Cx, permit: &Permit, f: &Follower, news: &[PublicSignal], until: At) -> Result<(), Fault> {
    let catalogue = cx.municipality.get::<Catalogue>();
    let (areas, topics) = (split(&f.areas), split(&f.topics));
    let wanted: Vec<&PublicSignal> = news
        .iter()
        .filter(|s| s.updated_at >= f.seen_until)
        .filter(|s| follows(&areas, &topics, s.area.as_deref(), catalogue.get(&s.category).map_or("", |c| &c.main)))
        .collect();
    let until = At::from_micros(until.micros().max(f.seen_until.micros()));
    let mut tx = cx.write().await?;
    if !store::told(&mut tx, permit, f, until, next(cx, f.rhythm, cx.now)).await? {
        return Ok(());
    }
    if !wanted.is_empty() {
        let words = cx.app.library.words(&f.language, cx.municipality.zone.clone());
        let mail = outbox::Message {
            id: id_at(cx.now),
            municipality: cx.code().to_owned(),
            recipient: f.email.clone(),
            subject: words.tn("neighbours-news-subject", i64::try_from(wanted.len()).unwrap_or(0)),
            body: body(cx, &words, f, &wanted)?,
        };
        outbox::put(&mut tx, &mail, cx.now).await?;
    }
    Ok(tx.commit().await?)
}

fn body(cx: &Cx, words: &Words, f: &Follower, wanted: &[&PublicSignal]) -> Result<String, Fault> {
    let config = cx.municipality.get::<NeighboursConfig>();
    let catalogue = cx.municipality.get::<Catalogue>();
    let sheet = cx.municipality.get::<Atlas>().sheet();
    let municipality = &cx.municipality.file.name;
    let mut lines = vec![words.t1("neighbours-news-lead", "municipality", municipality), String::new()];
    for signal in wanted.iter().take(config.digest_most) {
        let area = signal.area.as_deref().map_or(municipality.as_str(), |code| sheet.name(code));
        lines.push(words.ta(
            "neighbours-news-line",
            &[
                ("category", catalogue.name(&signal.category, words.language()).into()),
                ("area", area.into()),
                ("state", words.t(&format!("neighbours-signal-{}", signal.state.public_word())).into()),
                ("day", words.date(signal.reported_at).into()),
            ],
        ));
    }
    let more = wanted.len().saturating_sub(config.digest_most);
    if more > 0 {
        lines.push(words.tn("neighbours-news-more", i64::try_from(more).unwrap_or(0)));
    }
    let url = &cx.app.public_url;
    let stop = format!("{url}/neighbourhood/follow/{}", token(cx, f.id)?);
    lines.push(String::new());
    lines.push(words.t1("neighbours-news-map", "link", &format!("{url}/map")));
    lines.push(words.t1("neighbours-news-stop", "link", &stop));
    Ok(lines.join("\n"))
}
