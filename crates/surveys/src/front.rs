//! What the pages of questionnaires share.

use kit::Uuid;
use site::{Cx, Page};

/// Whether a form was just saved.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Saved {
    /// Present after a redirect.
    saved: Option<u8>,
}

impl Saved {
    /// The page, with the message that the form was saved.
    pub(crate) fn on(&self, cx: &Cx, page: Page) -> Page {
        if self.saved.is_some() { page.with_notice("success", cx.t("surveys-saved")) } else { page }
    }
}

/// An id without a time in it (UUID version 4): from the random bits of two time-ordered ones.
pub(crate) fn blind_id(cx: &Cx) -> Uuid {
    let random = || cx.app.clock.id().as_u128() & 0x3fff_ffff_ffff_ffff;
    let bits = (random() << 64) | (random() << 2) ^ random();
    let bits = bits & !(0xf_u128 << 76) | (4 << 76);
    Uuid::from_u128(bits & !(3_u128 << 62) | (2 << 62))
}
