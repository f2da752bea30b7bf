//! From a form to a signal, for residents and officers alike: once, with its photos, losing nothing.

use super::draft::{Draft, Press};
use super::form::FormView;
use super::{map, store};
use crate::intake::{self, Created, Desk, NewSignal, clean};
use crate::photo::{self, MOST_MEGABYTES, MOST_PHOTOS, PhotoFault, Ready};
use crate::presence::{self, Presence};
use axum::http::StatusCode;
use kit::{At, Fault, FieldFaults, Tx, Uuid, audit, jobs};
use policy::Permit;
use site::Cx;

/// The name of the job that drops photos whose form was never sent.
pub const CLEAN_PENDING: &str = "pending-photo-clean";
/// How long a photo waits for its form: a day.
const WAIT_MICROS: i64 = 86_400_000_000;

/// What a form wants to become.
pub(crate) struct Wish {
    /// The signal.
    pub(crate) new: NewSignal,
    /// What is wrong with it.
    pub(crate) faults: FieldFaults,
    /// The officer's presence that it was seen in.
    pub(crate) presence: Option<Presence>,
}

/// What became of a form.
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

/// Takes a form in.
pub(crate) async fn take(cx: &Cx, permit: &Permit, mut draft: Draft, wish: Wish) -> Result<Outcome, Fault> {
    let desk = Desk::of(&cx.municipality);
    let mut photo_faults = std::mem::take(&mut draft.faults);
    photo_faults.0.retain(|f| f.field == "photo");
    let mut ready = ready_photos(&mut draft, &mut photo_faults).await;
    let mut tx = cx.write().await?;
    for id in std::mem::take(&mut draft.removed) {
        store::drop_pending(&mut tx, permit, draft.id, id).await?;
    }
    let waiting = store::pending(&mut tx, permit, draft.id).await?.len();
    if waiting + ready.len() > MOST_PHOTOS {
        ready.truncate(MOST_PHOTOS.saturating_sub(waiting));
        photo_faults.add_with("photo", "photo-many", vec![("most", MOST_PHOTOS.to_string())]);
    }

    let mut faults = photo_faults;
    let mut place_note = String::new();
    let status = match draft.press {
        Press::Send => {
            join(&mut faults, wish.faults);
            if faults.is_empty() {
                if let Some(presence) = &wish.presence {
                    presence::record(&mut tx, permit, presence).await?;
                }
                match intake::create(cx, &mut tx, permit, wish.new).await? {
                    Created::New(_) => {
                        attach(cx, &mut tx, permit, draft.id, &ready).await?;
                        tx.commit().await?;
                        return Ok(Outcome::Made(draft.id));
                    }
                    Created::Replay(_) => {
                        let (words, address) = (clean(&draft.words), clean(&draft.address));
                        if store::says(&mut tx, permit, draft.id, &draft.category, &words, &address).await? {
                            return Ok(Outcome::Made(draft.id));
                        }
                    }
                }
                // the page was kept open or reached by "back", and this is another text: a new report
                let new = Draft::fresh(cx);
                store::move_pending(&mut tx, permit, draft.id, new.id).await?;
                (draft.id, draft.presence) = (new.id, new.presence);
                StatusCode::CONFLICT
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            }
        }
        press => {
            place_note = press_on_map(cx, &desk, &mut draft, press);
            StatusCode::OK
        }
    };
    for photo in &ready {
        store::keep_pending(&mut tx, permit, draft.id, kit::clock::id_at(cx.now), photo, cx.now).await?;
    }
    if !ready.is_empty() {
        let at = At::from_micros(cx.now.micros() + WAIT_MICROS);
        let key = draft.id.to_string();
        jobs::enqueue(&mut tx, permit.municipality(), CLEAN_PENDING, &serde_json::json!({}), Some(&key), at).await?;
    }
    let pending = store::pending(&mut tx, permit, draft.id).await?;
    tx.commit().await?;
    let mut view = Box::new(FormView::new(cx, &desk, draft, &faults, &pending));
    view.place_note = place_note;
    Ok(Outcome::Form { status, view, again: status == StatusCode::CONFLICT })
}

/// Sets the point or the view after a press on the map; gives a sentence when no place was meant.
fn press_on_map(cx: &Cx, desk: &Desk, draft: &mut Draft, press: Press) -> String {
    match press {
        Press::Map(click) => match map::place_of(&cx.municipality, draft.centre, click) {
            Some((lon, lat)) if desk.inside(lon, lat) => {
                draft.place = Some((lon, lat));
                draft.centre = draft.place;
                String::new()
            }
            Some(_) => cx.words.t1("signal-place-outside", "municipality", &cx.municipality.file.name),
            None => cx.t("report-map-keyboard"),
        },
        Press::NoPoint => {
            (draft.place, draft.centre) = (None, None);
            String::new()
        }
        Press::Whole | Press::Send => {
            draft.centre = None;
            String::new()
        }
    }
}

/// Makes clean pictures of what was sent; each file that is none becomes a fault with its name.
async fn ready_photos(draft: &mut Draft, faults: &mut FieldFaults) -> Vec<Ready> {
    let mut ready = Vec::new();
    for upload in std::mem::take(&mut draft.uploads) {
        let made = match upload.bytes {
            Some(bytes) => photo::prepare(bytes).await,
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

async fn attach(cx: &Cx, tx: &mut Tx, permit: &Permit, signal: Uuid, ready: &[Ready]) -> Result<(), Fault> {
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

/// Job [`CLEAN_PENDING`]: drops the photos that waited a day for their form.
///
/// # Errors
/// When the database refuses.
pub async fn clean_pending(app: site::Shared, job: jobs::Job) -> anyhow::Result<()> {
    let municipality = app.municipality(&job.municipality)?;
    let cx = Cx::system(&app, &municipality, "report:create");
    let permit = cx.permit("report:create", &policy::Resource::ordinary("signal", cx.code()))?;
    let mut tx = cx.write().await?;
    store::drop_old(&mut tx, &permit, At::from_micros(cx.now.micros() - WAIT_MICROS)).await?;
    tx.commit().await?;
    Ok(())
}
