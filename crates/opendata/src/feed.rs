//! Feeds of shown reports, by category and area: Atom (RFC 4287) with the place as GeoRSS, and RSS 2.0.
//!
//! Routes: `/map/feed.atom`, `/map/feed.rss`, with the filter of the map; all `public:read`.

use crate::data::OPEN;
use crate::filter::{Filter, Query};
use crate::map::{config, permit};
use crate::view::{Item, xml};
use axum::extract;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use kit::{At, Fault};
use signals::intake::Desk;
use signals::moderation::public::PublicSignal;
use site::Cx;
use std::fmt::Write as _;

/// What both kinds of feed say.
struct Feed {
    title: String,
    /// The page for people with the same filter.
    page: String,
    /// The address of the feed itself.
    itself: String,
    updated: At,
    entries: Vec<(Item, PublicSignal)>,
}

/// `GET /map/feed.atom`
///
/// # Errors
/// When the database cannot be read.
pub async fn atom(cx: Cx, extract::Query(query): extract::Query<Query>, headers: HeaderMap) -> Result<Response, Fault> {
    feed(&cx, &query, &headers, "/map/feed.atom", "application/atom+xml; charset=utf-8", write_atom).await
}

/// `GET /map/feed.rss`
///
/// # Errors
/// When the database cannot be read.
pub async fn rss(cx: Cx, extract::Query(query): extract::Query<Query>, headers: HeaderMap) -> Result<Response, Fault> {
    feed(&cx, &query, &headers, "/map/feed.rss", "application/rss+xml; charset=utf-8", write_rss).await
}

async fn feed(
    cx: &Cx,
    query: &Query,
    headers: &HeaderMap,
    path: &str,
    media: &str,
    write: fn(&Cx, &Feed) -> String,
) -> Result<Response, Fault> {
    let permit = permit(cx)?;
    let (desk, config) = (Desk::of(&cx.municipality), config(cx));
    // A feed has no period: it is as long as the settings say.
    let filter = Filter { after: None, ..Filter::read(query, &desk, 0, cx.now) };
    let mut tx = cx.read().await?;
    let found = filter.find(&mut tx, &permit, &desk, usize::from(config.feed.most)).await?;
    drop(tx);
    // The same answer until something changes: readers of feeds ask often.
    let tag = tag(cx.words.language(), &found);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes()) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let url = &cx.app.public_url;
    let about = filter.about(&desk, cx.words.language());
    let title = cx.words.t1("opendata-feed-of", "municipality", &cx.municipality.file.name);
    let feed = Feed {
        title: if about.is_empty() { title } else { format!("{title}: {about}") },
        page: format!("{url}{}", filter.href("/map", &config.map, &[])),
        itself: format!("{url}{}", filter.href(path, &config.map, &[])),
        updated: found.iter().map(|s| s.updated_at).max().unwrap_or(cx.now),
        entries: found.into_iter().map(|s| (Item::new(cx, &desk, &s), s)).collect(),
    };
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::VARY, "accept-language, cookie".to_owned()),
        (OPEN.0, OPEN.1.to_owned()),
    ];
    Ok((headers, write(cx, &feed)).into_response())
}

/// A weak tag of which reports there are and when each last changed (FNV-1a).
fn tag(language: &str, found: &[PublicSignal]) -> String {
    let seen = found.iter().flat_map(|s| format!("{} {};", s.reference, s.updated_at.micros()).into_bytes());
    let sum = seen.fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("W/\"{sum:x}-{language}\"")
}

/// State, place and released words in one text.
fn summary(item: &Item, signal: &PublicSignal) -> String {
    let words = signal.public_words.as_deref().unwrap_or_default();
    [item.state.as_str(), &item.area, words].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(". ")
}

fn write_atom(cx: &Cx, feed: &Feed) -> String {
    let url = &cx.app.public_url;
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:georss=\"http://www.georss.org/georss\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{}</id>\n<updated>{}</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
         <author><name>{}</name></author>\n",
        xml(cx.words.language()),
        xml(&feed.title),
        xml(&feed.itself),
        feed.updated.0,
        xml(&feed.itself),
        xml(&feed.page),
        xml(&cx.municipality.file.contact.organisation),
    );
    for (item, signal) in &feed.entries {
        let address = xml(&format!("{url}{}", item.href));
        let _ = write!(
            out,
            "<entry>\n<title>{}</title>\n<id>{address}</id>\n<published>{}</published>\n<updated>{}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n<category term=\"{}\" label=\"{}\"/>\n\
             <georss:point>{:.6} {:.6}</georss:point>\n<summary>{}</summary>\n</entry>\n",
            xml(&title(item)),
            signal.reported_at.0,
            signal.updated_at.0,
            xml(&signal.category),
            xml(&item.category),
            signal.lat,
            signal.lon,
            xml(&summary(item, signal)),
        );
    }
    out + "</feed>\n"
}

fn title(item: &Item) -> String {
    if item.area.is_empty() { item.category.clone() } else { format!("{}, {}", item.category, item.area) }
}

fn write_rss(cx: &Cx, feed: &Feed) -> String {
    let url = &cx.app.public_url;
    let when = |at: At| jiff::fmt::rfc2822::to_string(&at.0.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:georss=\"http://www.georss.org/georss\">\n\
         <channel>\n<title>{}</title>\n<link>{}</link>\n<description>{}</description>\n<language>{}</language>\n\
         <lastBuildDate>{}</lastBuildDate>\n<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{}\"/>\n",
        xml(&feed.title),
        xml(&feed.page),
        xml(&cx.t("opendata-map-lead")),
        xml(cx.words.language()),
        when(feed.updated),
        xml(&feed.itself),
    );
    for (item, signal) in &feed.entries {
        let address = xml(&format!("{url}{}", item.href));
        let _ = write!(
            out,
            "<item>\n<title>{}</title>\n<link>{address}</link>\n<guid isPermaLink=\"true\">{address}</guid>\n\
             <pubDate>{}</pubDate>\n<category>{}</category>\n<georss:point>{:.6} {:.6}</georss:point>\n\
             <description>{}</description>\n</item>\n",
            xml(&title(item)),
            when(signal.reported_at),
            xml(&item.category),
            signal.lat,
            signal.lon,
            xml(&summary(item, signal)),
        );
    }
    out + "</channel>\n</rss>\n"
}
