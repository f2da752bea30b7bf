//! Following a neighbourhood or topic by mail: an address, confirmed by its owner before the first news, and a way out in
//! every mail. The link of each mail carries an HMAC of the follower's id, so that no token is kept anywhere.

pub mod web;

use crate::NeighboursConfig;
use crate::digest;
use crate::front::{among, area_choices, public_topics};
use crate::model::{Following, Rhythm, is_address, joined};
use crate::store::{self, Follower};
use kit::clock::id_at;
use kit::throttle::{self, Limit};
use kit::{At, Fault, FieldFaults, Uuid, audit, jobs, outbox};
use policy::{Permit, Resource};
use site::Cx;

const DAY_S: i64 = 86_400;
/// Digits of each half of a token.
const HALF: usize = 32;

/// What somebody wants to hear of.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Made with the form; the follower's id.
    pub request: Uuid,
    /// E-mail address.
    pub email: String,
    /// Neighbourhood codes; empty for all.
    pub areas: Vec<String>,
    /// Main categories; empty for all.
    pub topics: Vec<String>,
    /// How often.
    pub rhythm: Option<Rhythm>,
}

fn permit(cx: &Cx) -> Result<Permit, Fault> {
    cx.permit("group:follow", &Resource::ordinary("follower", cx.code()))
}

/// The end of a follower's links: the id, and half an HMAC of it with the key of the vault.
pub(crate) fn token(cx: &Cx, id: Uuid) -> Result<String, Fault> {
    let mac = cx.app.seals.of("main")?.fingerprint(&format!("neighbourhood-follower/{}/{id}", cx.code()));
    Ok(format!("{}{}", id.simple(), mac.get(..HALF).unwrap_or_default()))
}

/// The follower that a link names.
fn id_of(cx: &Cx, text: &str) -> Result<Uuid, Fault> {
    let id = text.get(..HALF).and_then(|id| Uuid::try_parse(id).ok()).ok_or(Fault::NotFound)?;
    let made = token(cx, id)?;
    // all digits are looked at, so that the time tells nothing about where they differ
    let same = made.len() == text.len() && made.bytes().zip(text.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0;
    if same { Ok(id) } else { Err(Fault::NotFound) }
}

/// Keeps a wish until its address is confirmed, and mails the link. Who asked before gets the same answer: nobody
/// learns whether an address follows.
///
/// # Errors
/// [`Fault::Invalid`] with what is wrong, [`Fault::Wait`] when too much was asked, or when the database refuses.
pub async fn ask(cx: &Cx, wish: Wish) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let config = cx.municipality.get::<NeighboursConfig>();
    let mut faults = FieldFaults::default();
    if !is_address(&wish.email) {
        faults.add("email", "neighbours-email-wrong");
    }
    if !among(&wish.areas, &area_choices(cx)) {
        faults.add("areas", "neighbours-areas-wrong");
    }
    if !among(&wish.topics, &public_topics(cx)) {
        faults.add("topics", "neighbours-topics-wrong");
    }
    if wish.rhythm.is_none() {
        faults.add("rhythm", "neighbours-rhythm-missing");
    }
    faults.ok()?;
    let seal = cx.app.seals.of("main")?;
    let email_hash = seal.fingerprint(&format!("follower/{}/{}", cx.code(), wish.email.to_lowercase()));
    let mut tx = cx.write().await?;
    if store::follower(&mut tx, &permit, wish.request).await?.is_some() {
        return Ok(());
    }
    let limit = |most: u32| Limit { failures: most.into(), window_s: DAY_S };
    let all = format!("neighbourhood-follow:{}", cx.code());
    throttle::count(&mut tx, &all, limit(config.follow_all_day), cx.now).await?;
    let one = format!("neighbourhood-follow:{email_hash}");
    throttle::count(&mut tx, &one, limit(config.follow_per_address_day), cx.now).await?;
    let follower = Follower {
        id: wish.request,
        email: wish.email,
        email_hash,
        language: cx.words.language().to_owned(),
        areas: joined(&wish.areas),
        topics: joined(&wish.topics),
        rhythm: wish.rhythm.unwrap_or(Rhythm::Weekly),
        state: Following::Waiting,
        seen_until: cx.now,
    };
    let ends = At::from_micros(cx.now.micros() + i64::from(config.confirm_hours) * 3_600_000_000);
    store::add_follower(&mut tx, &permit, &follower, ends, cx.now).await?;
    let link = format!("{}/neighbourhood/follow/{}", cx.app.public_url, token(cx, follower.id)?);
    let values = [
        ("municipality", cx.municipality.file.name.as_str().into()),
        ("link", link.into()),
        ("hours", config.confirm_hours.to_string().into()),
    ];
    let mail = outbox::Message {
        id: id_at(cx.now),
        municipality: cx.code().to_owned(),
        recipient: follower.email,
        subject: cx.words.t1("neighbours-confirm-subject", "municipality", &cx.municipality.file.name),
        body: cx.words.ta("neighbours-confirm-body", &values),
    };
    outbox::put(&mut tx, &mail, cx.now).await?;
    let detail = serde_json::json!({ "act": "ask" });
    audit::record(&mut tx, &cx.deed(), "group:follow", "follower", &follower.id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

/// Confirms the address of a link; an older wish of the same address is replaced.
///
/// # Errors
/// [`Fault::NotFound`] when the link is wrong or too old, or when the database refuses.
pub async fn confirm(cx: &Cx, link: &str) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let id = id_of(cx, link)?;
    let mut tx = cx.write().await?;
    let follower = store::follower(&mut tx, &permit, id).await?.ok_or(Fault::NotFound)?;
    if follower.state == Following::Confirmed {
        return Ok(());
    }
    let next = digest::next(cx, follower.rhythm, cx.now);
    if !store::confirm(&mut tx, &permit, id, next, cx.now).await? {
        return Err(Fault::NotFound);
    }
    store::forget_others(&mut tx, &permit, &follower.email_hash, id).await?;
    jobs::enqueue(&mut tx, cx.code(), digest::DIGEST, &serde_json::json!({}), Some("all"), next).await?;
    let detail = serde_json::json!({ "act": "confirm" });
    audit::record(&mut tx, &cx.deed(), "group:follow", "follower", &id.to_string(), &detail).await?;
    Ok(tx.commit().await?)
}

/// Forgets the address of a link, at once. Who stopped before is told the same.
///
/// # Errors
/// [`Fault::NotFound`] when the link is wrong, or when the database refuses.
pub async fn stop(cx: &Cx, link: &str) -> Result<(), Fault> {
    let permit = permit(cx)?;
    let id = id_of(cx, link)?;
    let mut tx = cx.write().await?;
    if store::forget(&mut tx, &permit, id).await? {
        let detail = serde_json::json!({ "act": "stop" });
        audit::record(&mut tx, &cx.deed(), "group:follow", "follower", &id.to_string(), &detail).await?;
        tx.commit().await?;
    }
    Ok(())
}
