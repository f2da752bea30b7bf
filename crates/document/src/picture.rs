//! A drawing (SVG) as a picture (PNG), for those whose programs do not read drawings.

use std::sync::Arc;

use resvg::{tiny_skia, usvg};

use crate::{DocumentError, Fonts};

/// Widest and highest picture, in pixels: what is larger is a mistake and would take the memory of the machine.
const MOST_PIXELS: u32 = 8_000;

/// Draws `svg` as a PNG, `scale` pixels per unit of the drawing.
///
/// Texts without a family of their own, and generic families, get the given fonts. No file and no address is opened:
/// what the drawing refers to outside itself is left out. Equal input gives equal bytes.
///
/// # Errors
/// When the drawing cannot be read, or is empty or too large.
pub fn png(svg: &str, scale: f32, fonts: &Fonts) -> Result<Vec<u8>, DocumentError> {
    let wrong = |what: &str| DocumentError::Drawing(what.to_owned());
    let mut options = usvg::Options {
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    let families = fonts.families();
    let family = families.first().cloned().unwrap_or_default();
    let known = options.fontdb_mut();
    for file in fonts.files() {
        known.load_font_source(usvg::fontdb::Source::Binary(Arc::new(file)));
    }
    known.set_sans_serif_family(&family);
    known.set_serif_family(&family);
    known.set_monospace_family(&family);
    options.font_family = family;
    let tree = usvg::Tree::from_str(svg, &options).map_err(|e| wrong(&e.to_string()))?;
    let size = tree.size().to_int_size().scale_by(scale).ok_or_else(|| wrong("it has no size"))?;
    if size.width().max(size.height()) > MOST_PIXELS {
        return Err(wrong("it is too large"));
    }
    let mut canvas = tiny_skia::Pixmap::new(size.width(), size.height()).ok_or_else(|| wrong("it has no size"))?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut canvas.as_mut());
    canvas.encode_png().map_err(|e| wrong(&e.to_string()))
}
