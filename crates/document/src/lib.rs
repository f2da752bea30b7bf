//! Turns a template and data into a PDF that everybody can read and that an archive can keep.
//!
//! The template is Typst source; the data is JSON, which the template reads with `json("/data.json")`. The result is
//! a tagged PDF that meets PDF/UA-1 (ISO 14289-1, readable with a screen reader) and PDF/A-2a (ISO 19005-2, level A,
//! for the archive) at the same time. The PDF writer checks both standards and refuses to write a file that breaks
//! one, for example because a figure has no text alternative.
//!
//! What must not be:
//! - no network, no packages, no files: a template sees its own text, its data and the given fonts, nothing else;
//! - no clock: the date is an argument, so equal input gives equal bytes;
//! - no trace of an earlier document in memory: caches are dropped after each rendering.

mod error;
mod fonts;
mod legible;
mod picture;
mod world;

pub use error::{Diagnostic, DocumentError};
pub use fonts::Fonts;
pub use picture::png;

use jiff::civil::Date;
use serde_json::Value;
use typst::foundations::{Datetime, Smart};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::world::TemplateWorld;

/// Where a template finds its data: `#let data = json("/data.json")`.
pub const DATA_PATH: &str = "/data.json";

/// What is set around a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Language of the text, ISO 639-1 ("nl", "en"). A screen reader chooses its voice by it (WCAG 3.1.1).
    pub language: String,
    /// Title of the document, shown by the reader instead of the file name (WCAG 2.4.2).
    pub title: String,
    /// The date of the document: `datetime.today()` in the template and the creation date in the file.
    pub date: Date,
}

/// A rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The bytes of the PDF file.
    pub pdf: Vec<u8>,
    /// What the typesetter remarked and what did not stop it.
    pub warnings: Vec<Diagnostic>,
}

/// Renders `template` with `data` to a PDF (PDF/UA-1 and PDF/A-2a).
///
/// A character in the data that no font can show is replaced first (see [`Fonts::covers`]): the standards forbid empty
/// boxes, and an emoji in the name of an action must not hold up an annual report.
///
/// This takes CPU time (tenths of a second, much more in an unoptimised build): call it where blocking is allowed.
///
/// # Errors
/// When the language is no language code, when the template has an error or when the result would break a standard.
pub fn render(template: &str, data: &Value, options: &Options, fonts: &Fonts) -> Result<Document, DocumentError> {
    let data = legible::legible(data, fonts);
    let world = TemplateWorld::new(template, &data, options, fonts)?;
    let rendered = typeset(&world, options);
    // Letters hold personal data; nothing of it may stay behind in the typesetter's caches.
    typst::comemo::evict(0);
    rendered
}

fn typeset(world: &TemplateWorld, options: &Options) -> Result<Document, DocumentError> {
    let compiled = typst::compile(world);
    let pages = compiled.output.map_err(|found| world.errors(&found))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|e| DocumentError::Standard(e.message().to_string()))?;
    let pdf_options = PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Regie".to_owned())),
        timestamp: midnight(options.date).map(Timestamp::new_utc),
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    let pdf = typst_pdf::pdf(&pages, &pdf_options).map_err(|found| world.errors(&found))?;
    Ok(Document { pdf, warnings: world.diagnostics(&compiled.warnings) })
}

/// The first second of a day, as the typesetter writes it.
fn midnight(date: Date) -> Option<Datetime> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    Datetime::from_ymd_hms(i32::from(date.year()), month, day, 0, 0, 0)
}
