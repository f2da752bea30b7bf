//! What the form of a resident and that of an officer share: photos that are kept until the form is right, the map
//! that is a button, and for the officer's form, which is one page, the way from form to signal.

use super::draft::{Draft, Press};
use super::form::FormView;
use super::typed::Upload;
use super::{map, store};
use crate::intake::{self, Created, Desk, NewSignal, clean};
use crate::photo::{self, MOST_MEGABYTES, MOST_PHOTOS, PhotoFault, Ready};
use crate::presence::{self, Presence};
use axum::http::StatusCode;
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit, jobs};
use policy::Permit;
use site::Cx;

/// The name of the job that drops drafts, and photos whose form was never sent.
pub const CLEAN_PENDING: &str = "pending-photo-clean";
/// How long a draft and a photo wait for the rest: a day.
const WAIT_MICROS: i64 = 24 * HOUR_MICROS;
const HOUR_MICROS: i64 = 3_600_000_000;

/// What an officer's form wants to become.
pub(crate) struct Wish {
    /// The signal.
    pub(crate) new: NewSignal,
    /// What is wrong with it.
    pub(crate) faults: FieldFaults,
    /// The officer's presence that it was seen in.
    pub(crate) presence: Option<Presence>,
}

/// What became of it.
pub(crate) enum Outcome {
    /// The signal with this id.
    Made(Uuid),
    /// The form again.
    Form {
        /// 200 after a press on the map, 422 with faults, 409 for a form that was sent before.
        status: StatusCode,
        /// What it shows.
        view: Box<FormView>,
        /// Whether the form was sent before with another text.
        again: bool,
    },
}

/// Adds the faults of `more` for fields that have none yet.
pub(crate) fn join(faults: &mut FieldFaults, more: FieldFaults) {
    for fault in more.0 {
        if faults.0.iter().all(|f| f.field != fault.field) {
            faults.0.push(fault);
        }
    }
}

/// Takes the form of an officer in.
pub(crate) async fn take(
    cx: &Cx,
    permit: &Permit,
    mut draft: Draft,
    uploads: Vec<Upload>,
    wish: Wish,
) -> Result<Outcome, Fault> {
    let mut faults = std::mem::take(&mut draft.faults);
    faults.0.retain(|f| f.field == "photo");
    let ready = ready(cx, uploads, &mut faults).await;
    let mut tx = cx.write().await?;
    let (ready, _) = fitting(&mut tx, permit, &mut draft, ready, &mut faults).await?;
    let mut place_note = String::new();
    let status = if draft.press == Press::Send {
        join(&mut faults, wish.faults);
        if faults.is_empty() {
            if let Some(presence) = &wish.presence {
                presence::record(&mut tx, permit, presence).await?;
            }
            match intake::create(cx, &mut tx, permit, wish.new).await? {
                Created::New(_) => {
                    attach(cx, &mut tx, permit, (draft.id, draft.id), &ready).await?;
                    tx.commit().await?;
                    return Ok(Outcome::Made(draft.id));
                }
                Created::Replay(_) if says(&mut tx, permit, &draft).await? => return Ok(Outcome::Made(draft.id)),
                Created::Replay(_) => {}
            }
            renew(cx, &mut tx, permit, &mut draft).await?;
            StatusCode::CONFLICT
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    } else {
        place_note = press_on_map(cx, &Desk::of(&cx.municipality), &mut draft);
        StatusCode::OK
    };
    keep(cx, &mut tx, permit, draft.id, &ready).await?;
    let pending = store::pending(&mut tx, permit, draft.id).await?;
    tx.commit().await?;
    let mut view = Box::new(FormView::new(cx, draft, &faults, &pending, &[]));
    view.place_note = place_note;
    Ok(Outcome::Form { status, view, again: status == StatusCode::CONFLICT })
}

/// Whether the signal that the draft's id already became says the same.
pub(super) async fn says(tx: &mut Tx, permit: &Permit, draft: &Draft) -> Result<bool, Fault> {
    let (words, address) = (clean(&draft.words), clean(&draft.address));
    Ok(store::says(tx, permit, draft.id, &draft.category, &words, &address).await?)
}

/// The page was kept open or reached by "back", and this is another text: a new signal.
pub(super) async fn renew(cx: &Cx, tx: &mut Tx, permit: &Permit, draft: &mut Draft) -> Result<(), Fault> {
    let new = Draft::fresh(cx);
    store::move_pending(tx, permit, draft.id, new.id).await?;
    (draft.id, draft.presence) = (new.id, new.presence);
    Ok(())
}

/// Sets the point or the view after a press on the map; gives a sentence when no place was meant.
pub(super) fn press_on_map(cx: &Cx, desk: &Desk, draft: &mut Draft) -> String {
    match draft.press {
        Press::Map(click) => match map::place_of(&cx.municipality, draft.centre, click) {
            Some((lon, lat)) if desk.inside(lon, lat) => {
                draft.place = Some((lon, lat));
                draft.centre = draft.place;
                String::new()
            }
            Some(_) => cx.words.t1("signal-place-outside", "municipality", &cx.municipality.file.name),
            None => cx.t("report-map-keyboard"),
        },
        Press::NoPoint | Press::Find => {
            (draft.place, draft.centre) = (None, None);
            String::new()
        }
        Press::Found => match draft.place {
            Some((lon, lat)) if desk.inside(lon, lat) => String::new(),
            _ => {
                (draft.place, draft.centre) = (None, None);
                cx.words.t1("signal-place-outside", "municipality", &cx.municipality.file.name)
            }
        },
        Press::Whole | Press::Send | Press::Back => {
            draft.centre = None;
            String::new()
        }
    }
}

/// Makes clean pictures of what was sent; each file that is none becomes a fault with its name.
pub(super) async fn ready(cx: &Cx, uploads: Vec<Upload>, faults: &mut FieldFaults) -> Vec<Ready> {
    let mut ready = Vec::new();
    for upload in uploads {
        let made = match upload.bytes {
            Some(bytes) => photo::prepare(&cx.app, bytes).await,
            None => Err(PhotoFault::Large),
        };
        match made {
            Ok(photo) => ready.push(photo),
            Err(fault) => {
                let values = vec![("file", upload.name), ("most", MOST_MEGABYTES.to_string())];
                faults.add_with("photo", fault.key(), values);
            }
        }
    }
    ready
}

/// Drops the photos that must go; gives the new ones that fit beside those that wait, and how many wait.
pub(super) async fn fitting(
    tx: &mut Tx,
    permit: &Permit,
    draft: &mut Draft,
    mut ready: Vec<Ready>,
    faults: &mut FieldFaults,
) -> Result<(Vec<Ready>, usize), Fault> {
    for id in std::mem::take(&mut draft.removed) {
        store::drop_pending(tx, permit, draft.id, id).await?;
    }
    let waiting = store::pending(tx, permit, draft.id).await?.len();
    if waiting + ready.len() > MOST_PHOTOS {
        ready.truncate(MOST_PHOTOS.saturating_sub(waiting));
        faults.add_with("photo", "photo-many", vec![("most", MOST_PHOTOS.to_string())]);
    }
    Ok((ready, waiting))
}

/// Keeps photos until their form is right, at most a day.
pub(super) async fn keep(cx: &Cx, tx: &mut Tx, permit: &Permit, form: Uuid, ready: &[Ready]) -> Result<(), Fault> {
    for photo in ready {
        store::keep_pending(tx, permit, form, kit::clock::id_at(cx.now), photo, cx.now).await?;
    }
    if ready.is_empty() { Ok(()) } else { clean_later(cx, tx, permit).await }
}

/// Lets the job [`CLEAN_PENDING`] come when a day is over: once for all that was kept within an hour.
pub(super) async fn clean_later(cx: &Cx, tx: &mut Tx, permit: &Permit) -> Result<(), Fault> {
    let hour = cx.now.micros().div_euclid(HOUR_MICROS);
    let at = At::from_micros((hour + 1) * HOUR_MICROS + WAIT_MICROS);
    let key = hour.to_string();
    jobs::enqueue(tx, permit.municipality(), CLEAN_PENDING, &serde_json::json!({}), Some(&key), at).await?;
    Ok(())
}

/// Gives the signal the photos of its form: those that waited and the new ones.
pub(super) async fn attach(
    cx: &Cx,
    tx: &mut Tx,
    permit: &Permit,
    (form, signal): (Uuid, Uuid),
    ready: &[Ready],
) -> Result<(), Fault> {
    if form != signal {
        store::move_pending(tx, permit, form, signal).await?;
    }
    let waiting = store::attach_pending(tx, permit, signal).await?;
    for photo in ready {
        photo::keep(tx, permit, signal, kit::clock::id_at(cx.now), photo, cx.now).await?;
    }
    let photos = waiting + ready.len() as u64;
    if photos > 0 {
        let detail = serde_json::json!({ "photos": photos });
        audit::record(tx, &cx.deed(), permit.action(), "signal", &signal.to_string(), &detail).await?;
    }
    Ok(())
}

/// Job [`CLEAN_PENDING`]: drops the drafts and the photos that waited a day.
///
/// # Errors
/// When the database refuses.
pub async fn clean_pending(app: site::Shared, job: jobs::Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    let cx = Cx::system(&app, &municipality, "report:create");
    let permit = cx.permit("report:create", &policy::Resource::ordinary("signal", cx.code()))?;
    let before = At::from_micros(cx.now.micros() - WAIT_MICROS);
    let mut tx = cx.write().await?;
    store::drop_old(&mut tx, &permit, before).await?;
    store::drop_old_drafts(&mut tx, &permit, before).await?;
    tx.commit().await?;
    Ok(())
}
