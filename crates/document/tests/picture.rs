//! A drawing becomes a picture: readable letters, the asked size, the same bytes each time, and nothing from outside.

use std::path::Path;

use document::{DocumentError, Fonts, png};

/// Noto Sans, or nothing when `npm ci` was not run; then the test says so and stops.
fn fonts() -> Option<Fonts> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/@expo-google-fonts/noto-sans");
    let files: Option<Vec<Vec<u8>>> = ["400Regular", "700Bold"]
        .iter()
        .map(|cut| std::fs::read(package.join(cut).join(format!("NotoSans_{cut}.ttf"))).ok())
        .collect();
    if files.is_none() {
        eprintln!("skipped: no fonts; run `npm ci` first");
    }
    Fonts::new(files?).ok()
}

fn drawing(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"50\" viewBox=\"0 0 200 50\">\
         <style>.ground{{fill:#fff}}text{{font-family:sans-serif;font-size:20px;fill:#000}}</style>\
         <rect class=\"ground\" width=\"200\" height=\"50\"/>{inside}</svg>"
    )
}

/// Width and height of a PNG: its first chunk (RFC 2083, 11.2.2).
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let at = |i: usize| png[i..i + 4].try_into().map_or(0, u32::from_be_bytes);
    (at(16), at(20))
}

#[test]
fn a_drawing_becomes_a_picture_with_letters() {
    let Some(fonts) = fonts() else { return };
    let empty = png(&drawing(""), 2.0, &fonts).unwrap();
    assert_eq!(size(&empty), (400, 100));
    let words = drawing("<text x=\"5\" y=\"30\">Meldingen per week: 12–20</text>");
    let written = png(&words, 2.0, &fonts).unwrap();
    assert_eq!(size(&written), (400, 100));
    assert!(written.len() > empty.len() + 1_000, "letters leave marks: {} and {}", written.len(), empty.len());
    assert_eq!(png(&words, 2.0, &fonts).unwrap(), written);
    let own = words.replace("sans-serif", "'No such font'");
    assert!(png(&own, 2.0, &fonts).unwrap().len() > empty.len() + 1_000, "an unknown family gets the given font");
}

#[test]
fn nothing_from_outside_is_drawn_and_what_cannot_be_drawn_is_said() {
    let Some(fonts) = fonts() else { return };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/mark.svg");
    let link = drawing(&format!("<image href=\"{}\" width=\"50\" height=\"50\"/>", file.display()));
    assert_eq!(png(&link, 1.0, &fonts).unwrap(), png(&drawing(""), 1.0, &fonts).unwrap());
    for (wrong, scale) in [("no drawing", 1.0), ("<svg", 1.0), (drawing("").as_str(), 500.0)] {
        assert!(matches!(png(wrong, scale, &fonts), Err(DocumentError::Drawing(_))), "{wrong} {scale}");
    }
}
