//! Floods and junk.
//!
//! - One sender may send so many reports ([`kit::config::Limits`]); who sends more waits.
//! - All strangers together may send so many. Above that nobody is refused and nobody solves a puzzle: a report is kept
//!   as ever and its sender gets the reference at once, but it waits for a look before it is shown, and its confirmation
//!   waits some hours, so that a flood with other people's addresses does not mail those people.
//! - A report with a sign of junk ([`Sign`]: plain rules that stand on the page) is kept, waits for a look, is not shown,
//!   and its confirmation waits until a person says that it is none. No rule deletes anything.
//! - A moderator puts thousands aside in one act ([`batch`]), and brings them back in one.

pub(crate) mod batch;
mod web;

use super::store;
use crate::intake::{Prepared, fold};
use crate::model::{Channel, Publication, Source};
use kit::config::Junk;
use kit::outbox;
use kit::throttle::{self, Limit};
use kit::{At, Fault, Tx, Uuid, text_enum};
use policy::Permit;
use sha2::{Digest as _, Sha256};
use site::Cx;

pub use batch::{Batch, Sieve, bring_back, put_aside};
pub use web::{junk as page, put_aside as put_aside_form, undo as undo_form};

text_enum! {
    /// What makes a report look like junk.
    pub enum Sign {
        /// More web addresses than a report needs.
        Links = "links",
        /// The same words came in many times within the window.
        Same = "same",
        /// A piece of a program or of a web page.
        Script = "script",
        /// A word of the municipality's list.
        Words = "words",
    }
}

/// Pieces of text that belong to a program or a web page.
const SCRIPT: [&str; 9] =
    ["<script", "</script", "javascript:", "<iframe", "<img", "<a href", "onerror=", "onload=", "<?php"];

/// The signs that can be read from the words alone.
#[must_use]
pub fn signs(rules: &Junk, words: &str) -> Vec<Sign> {
    let text = fold(&[words]);
    let links = text.matches("http://").count()
        + text.matches("https://").count()
        + text.split_whitespace().filter(|w| w.starts_with("www.")).count();
    let mut signs = Vec::new();
    if links > rules.links as usize {
        signs.push(Sign::Links);
    }
    if SCRIPT.iter().any(|piece| text.contains(piece)) {
        signs.push(Sign::Script);
    }
    let listed = |word: &String| {
        let word = fold(&[word.as_str()]);
        text.match_indices(&word).any(|(at, _)| {
            let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            edge(text.get(..at).and_then(|t| t.chars().next_back()))
                && edge(text.get(at + word.len()..).and_then(|t| t.chars().next()))
        })
    };
    if rules.words.iter().any(listed) {
        signs.push(Sign::Words);
    }
    signs
}

/// What happens with the confirmation of a new report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mail {
    /// It is sent.
    Now,
    /// It is sent at this moment: there is a flood.
    Later(At),
    /// It waits until a person has looked.
    Held,
}

/// Looks at a report of a stranger that was just written: marks what looks like junk, lets it wait for a look during a
/// flood, and says what happens with its confirmation.
///
/// # Errors
/// When the database refuses.
pub async fn screen(cx: &Cx, tx: &mut Tx, permit: &Permit, new: &Prepared) -> Result<Mail, Fault> {
    let strange = matches!(new.channel, Channel::Web | Channel::Api | Channel::Open311 | Channel::Mail);
    if new.source != Source::Resident || !strange {
        return Ok(Mail::Now);
    }
    let file = &cx.municipality.file;
    let mut signs = signs(&file.junk, &new.words);
    if new.words.chars().count() >= file.junk.same_words_length as usize {
        let window_s = i64::from(file.junk.same_words_minutes) * 60;
        let limit = Limit { failures: i64::from(file.junk.same_words) - 1, window_s };
        let key = format!("words:{}", fingerprint(cx.code(), &new.words));
        if throttle::wait(tx, &key, limit, cx.now).await? > 0 {
            signs.push(Sign::Same);
        }
        throttle::fail(tx, &key, limit, cx.now).await?;
    }
    if !signs.is_empty() {
        let words: Vec<&str> = signs.iter().map(|s| s.as_str()).collect();
        store::set_suspect(tx, permit, new.id, &words.join(" ")).await?;
        return Ok(Mail::Held);
    }
    if throttle::wait(tx, throttle::ALL_REPORTS, file.limits.of_all_reports(), cx.now).await? > 0 {
        if new.publication == Publication::Shown {
            store::let_wait(tx, permit, new.id).await?;
        }
        let minutes = i64::from(file.limits.flood_mail_minutes);
        return Ok(Mail::Later(At::from_micros(cx.now.micros() + minutes * 60_000_000)));
    }
    Ok(Mail::Now)
}

/// Delays or holds the mail about report `signal` that was just put in the outbox, as [`screen`] said.
///
/// # Errors
/// When the database refuses.
pub async fn withhold(tx: &mut Tx, permit: &Permit, signal: Uuid, mail: Mail) -> kit::Result<()> {
    match mail {
        Mail::Now => Ok(()),
        Mail::Later(at) => store::delay_mail(tx, permit, signal, at).await,
        Mail::Held => store::hold_mail(tx, permit, signal).await,
    }
}

/// A person looked and it is no junk: the mark goes and the mail that waited is sent.
pub(super) async fn clear(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: Uuid) -> Result<(), Fault> {
    store::set_suspect(tx, permit, signal, "").await?;
    for message in store::held(tx, permit, signal).await? {
        outbox::put(tx, &message, cx.now).await?;
    }
    store::drop_held(tx, permit, signal).await?;
    Ok(())
}

/// The same for the same words, however they are spaced; nobody reads the words from it.
fn fingerprint(municipality: &str, words: &str) -> String {
    let folded = fold(&[words]);
    let letters: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    hex::encode(Sha256::digest(format!("{municipality}/{letters}")).get(..16).unwrap_or_default())
}
