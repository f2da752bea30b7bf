//! From the bytes that somebody sends to a clean picture, within bounds of memory and time.
//!
//! Only pixels come through: the picture is decoded, turned upright as its orientation says, and encoded anew as a
//! JPEG that has no segment but those of the picture itself. A colour profile (ICC) is dropped, not applied: a phone's
//! wide colours come out a little paler, and a profile can name the device.

use super::kinds::{self, Sent};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage};
use kit::scan::Verdict;
use site::App;
use std::io::Cursor;
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};

/// Longest side of the stored picture, in pixels: enough to read a number plate at ten metres.
const SIDE: u32 = 2000;
/// Longest side of the small picture, in pixels.
const THUMB_SIDE: u32 = 320;
/// Most pixels that are decoded: above the 48 megapixels of common phones, and a bound on a file that
/// unpacks to far more than it weighs.
const MOST_PIXELS: u64 = 50_000_000;
/// What stands where something was covered.
const COVER: image::Rgb<u8> = image::Rgb([40, 40, 40]);
/// Quality of the stored JPEG, of 100.
const QUALITY: u8 = 82;
/// Who may decode now, and who may wait for it: a flood of photos meets a sentence and not a machine without memory.
struct Turns {
    /// Pictures decoded at the same time: each may take some 200 MB.
    decoders: Semaphore,
    /// Pictures that may wait.
    places: Semaphore,
    /// How long a picture waits.
    patience: Duration,
}

static TURNS: Turns = Turns::new(2, 24, Duration::from_secs(30));

impl Turns {
    const fn new(decoders: usize, places: usize, patience: Duration) -> Self {
        Self { decoders: Semaphore::const_new(decoders), places: Semaphore::const_new(places), patience }
    }

    async fn take(&self) -> Result<SemaphorePermit<'_>, PhotoFault> {
        let _place = self.places.try_acquire().map_err(|_| PhotoFault::Busy)?;
        let turn = tokio::time::timeout(self.patience, self.decoders.acquire()).await;
        turn.map_err(|_| PhotoFault::Busy)?.map_err(|_| PhotoFault::Busy)
    }
}

/// A clean picture, ready to store.
#[derive(Clone, Debug)]
pub struct Ready {
    /// The picture as JPEG without metadata.
    pub image: Vec<u8>,
    /// The small picture as JPEG without metadata.
    pub thumb: Vec<u8>,
    /// Width of the picture in pixels.
    pub width: u32,
    /// Height of the picture in pixels.
    pub height: u32,
    /// What the virus scanner said of the file: `clean`, `unscanned`, or nothing where none is configured.
    pub scan: &'static str,
}

/// Why a file is no photo for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhotoFault {
    /// No bytes.
    #[error("photo-empty")]
    Empty,
    /// More megabytes than [`super::MOST_MEGABYTES`].
    #[error("photo-large")]
    Large,
    /// No JPEG, PNG or WebP inside, whatever the file's name says.
    #[error("photo-kind")]
    Kind,
    /// HEIC or HEIF: what an iPhone makes unless it is told otherwise; also AVIF.
    #[error("photo-heic")]
    Heic,
    /// A film.
    #[error("photo-video")]
    Video,
    /// A document: PDF, or an archive such as a Word file.
    #[error("photo-document")]
    Document,
    /// A drawing (SVG) or a web page: it can hold a program.
    #[error("photo-drawing")]
    Drawing,
    /// A picture in a format that cameras no longer make: GIF, BMP, TIFF.
    #[error("photo-format")]
    Format,
    /// The file is damaged or stops half-way.
    #[error("photo-broken")]
    Broken,
    /// More pixels than 50 million.
    #[error("photo-pixels")]
    Pixels,
    /// The virus scanner found something.
    #[error("photo-virus")]
    Virus,
    /// The virus scanner does not answer, and nothing comes in without it.
    #[error("photo-scanner")]
    Scanner,
    /// Too many photos come in at this moment.
    #[error("photo-busy")]
    Busy,
}

impl PhotoFault {
    /// Every fault.
    pub const ALL: [Self; 13] = [
        Self::Empty,
        Self::Large,
        Self::Kind,
        Self::Heic,
        Self::Video,
        Self::Document,
        Self::Drawing,
        Self::Format,
        Self::Broken,
        Self::Pixels,
        Self::Virus,
        Self::Scanner,
        Self::Busy,
    ];

    /// Locale key of the sentence that says what to do; it takes `file` and `most`.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "photo-empty",
            Self::Large => "photo-large",
            Self::Kind => "photo-kind",
            Self::Heic => "photo-heic",
            Self::Video => "photo-video",
            Self::Document => "photo-document",
            Self::Drawing => "photo-drawing",
            Self::Format => "photo-format",
            Self::Broken => "photo-broken",
            Self::Pixels => "photo-pixels",
            Self::Virus => "photo-virus",
            Self::Scanner => "photo-scanner",
            Self::Busy => "photo-busy",
        }
    }
}

/// Makes a clean picture of the bytes of a JPEG, PNG or WebP file that a stranger sent: scanned for viruses first
/// where a scanner is configured, decoded on a thread of its own.
///
/// # Errors
/// When the scanner refuses, or the bytes are no whole picture within bounds.
pub async fn prepare(app: &App, bytes: Vec<u8>) -> Result<Ready, PhotoFault> {
    if bytes.is_empty() {
        return Err(PhotoFault::Empty);
    }
    if bytes.len() > super::MOST_MEGABYTES << 20 {
        return Err(PhotoFault::Large);
    }
    // What is no photo need not be scanned, nor wait.
    kinds::photo(&bytes)?;
    let scan = match &app.scan {
        None => "",
        Some(scanner) => match scanner.look(&bytes).await {
            Verdict::Clean => "clean",
            Verdict::Unscanned => "unscanned",
            Verdict::Infected => return Err(PhotoFault::Virus),
            Verdict::Down => return Err(PhotoFault::Scanner),
        },
    };
    let ready = in_turn(move || clean(&bytes)).await?;
    Ok(Ready { scan, ..ready })
}

/// Does heavy work on a picture when its turn has come, on a thread of its own.
pub(super) async fn in_turn<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PhotoFault> + Send + 'static,
) -> Result<T, PhotoFault> {
    let _turn = TURNS.take().await?;
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(PhotoFault::Broken))
}

fn clean(bytes: &[u8]) -> Result<Ready, PhotoFault> {
    if bytes.is_empty() {
        return Err(PhotoFault::Empty);
    }
    let kind = kinds::photo(bytes)?;
    if kind == Sent::Jpeg && !kinds::jpeg_is_whole(bytes) {
        return Err(PhotoFault::Broken);
    }
    let format = match kind {
        Sent::Jpeg => ImageFormat::Jpeg,
        Sent::Png => ImageFormat::Png,
        Sent::WebP => ImageFormat::WebP,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_PIXELS * 8);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| PhotoFault::Broken)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PhotoFault::Pixels);
    }
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| PhotoFault::Broken)?;
    if picture.width() > SIDE || picture.height() > SIDE {
        picture = picture.resize(SIDE, SIDE, FilterType::Triangle);
    }
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    ready(&on_white(&picture))
}

/// A picture and its small one, encoded.
fn ready(picture: &RgbImage) -> Result<Ready, PhotoFault> {
    let thumb = DynamicImage::ImageRgb8(picture.clone()).thumbnail(THUMB_SIDE, THUMB_SIDE).into_rgb8();
    let (width, height) = picture.dimensions();
    Ok(Ready { width, height, image: encode(picture)?, thumb: encode(&thumb)?, scan: "" })
}

/// A stored picture with solid rectangles in place of what lies under them: `(left, top, right, bottom)` as parts of
/// the whole, 0 to 1. Each is rounded outward to whole pixels.
pub(super) fn covered(jpeg: &[u8], areas: &[[f64; 4]]) -> Result<Ready, PhotoFault> {
    let picture = ImageReader::with_format(Cursor::new(jpeg), ImageFormat::Jpeg).decode();
    let mut picture = picture.map_err(|_| PhotoFault::Broken)?.into_rgb8();
    let (width, height) = picture.dimensions();
    let pixel = |part: f64, whole: u32, up: bool| {
        let at = part.clamp(0.0, 1.0) * f64::from(whole);
        if up { at.ceil() as u32 } else { at.floor() as u32 }
    };
    for [left, top, right, bottom] in areas {
        for y in pixel(*top, height, false)..pixel(*bottom, height, true) {
            for x in pixel(*left, width, false)..pixel(*right, width, true) {
                picture.put_pixel(x, y, COVER);
            }
        }
    }
    ready(&picture)
}

/// Lays a picture that lets light through on white: JPEG knows no transparency.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let rgba = picture.to_rgba8();
    let mut out = RgbImage::new(rgba.width(), rgba.height());
    for (to, from) in out.pixels_mut().zip(rgba.pixels()) {
        let [red, green, blue, alpha] = from.0;
        let lay = |c: u8| {
            let mixed = (u16::from(c) * u16::from(alpha) + 255 * (255 - u16::from(alpha)) + 127) / 255;
            u8::try_from(mixed).unwrap_or(255)
        };
        to.0 = [lay(red), lay(green), lay(blue)];
    }
    out
}

fn encode(picture: &RgbImage) -> Result<Vec<u8>, PhotoFault> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY).encode_image(picture).map_err(|_| PhotoFault::Broken)?;
    Ok(out)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A JPEG of `width` × `height`, red on the left and blue on the right.
    pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| {
            let grain = u8::try_from((x * 7 + y * 13) % 40).unwrap();
            image::Rgb(if x < width / 2 { [215, grain, grain] } else { [grain, grain, 215] })
        });
        encode(&picture).unwrap()
    }

    /// The same JPEG with an EXIF segment: turned a quarter, made by a phone, at 52 degrees north.
    pub(crate) fn jpeg_with_exif(width: u32, height: u32) -> Vec<u8> {
        let entry = |tag: u16, kind: u16, count: u32, value: u32| {
            [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
        };
        // IFD0 at 8 with three entries (make, orientation, GPS), its text at 50, the GPS IFD at 60
        let tiff = [
            &b"II*\0\x08\0\0\0\x03\0"[..],
            &entry(0x010F, 2, 10, 50),
            &entry(0x0112, 3, 1, 6),
            &entry(0x8825, 4, 1, 60),
            &[0; 4],
            b"SecretCam\0",
            b"\x01\0",
            &entry(0x0001, 2, 2, u32::from_le_bytes(*b"N\0\0\0")),
            &[0; 4],
        ]
        .concat();
        let segment = [b"Exif\0\0", tiff.as_slice()].concat();
        let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
        let plain = jpeg(width, height);
        [&plain[..2], &[0xFF, 0xE1], &length, &segment, &plain[2..]].concat()
    }

    fn has(bytes: &[u8], text: &[u8]) -> bool {
        bytes.windows(text.len()).any(|w| w == text)
    }

    #[test]
    fn a_photo_is_turned_upright_and_nothing_of_the_file_is_left() {
        let sent = jpeg_with_exif(600, 300);
        assert!(has(&sent, b"Exif") && has(&sent, b"SecretCam"));
        let ready = clean(&sent).unwrap();
        assert_eq!((ready.width, ready.height), (300, 600), "orientation 6 turns a quarter");
        for bytes in [&ready.image, &ready.thumb] {
            assert!(!has(bytes, b"Exif") && !has(bytes, b"SecretCam"));
            // no application segment but JFIF's own
            assert!((0xE1..=0xEF_u8).all(|m| !has(&bytes[..200], &[0xFF, m])));
        }
        let picture = image::load_from_memory(&ready.image).unwrap().to_rgb8();
        let (top, bottom) = (picture.get_pixel(150, 20), picture.get_pixel(150, 580));
        assert!(top.0[0] > 150 && bottom.0[2] > 150, "left becomes top: {top:?} {bottom:?}");
    }

    #[test]
    fn big_photos_become_smaller_and_small_ones_stay() {
        for ((width, height), expected) in [((2600, 1300), (2000, 1000)), ((40, 30), (40, 30)), ((1, 1), (1, 1))] {
            let ready = clean(&jpeg(width, height)).unwrap();
            assert_eq!((ready.width, ready.height), expected);
            let thumb = image::load_from_memory(&ready.thumb).unwrap();
            assert!(thumb.width() <= 320 && thumb.height() <= 320 && thumb.width() > 0);
        }
    }

    /// A PNG of 60,000 × 60,000 pixels in a few bytes.
    pub(crate) fn bomb() -> Vec<u8> {
        let mut png = Vec::new();
        DynamicImage::new_luma8(1, 1).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
        png[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        png[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let crc = png[12..29].iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
        });
        png[29..33].copy_from_slice(&(!crc).to_be_bytes());
        png
    }

    #[test]
    fn what_is_no_photo_is_refused_with_its_reason() {
        let whole = jpeg(400, 300);
        let exif = jpeg_with_exif(400, 300);
        for (what, bytes, expected) in [
            ("nothing", vec![], PhotoFault::Empty),
            ("a text", b"this is no photo".to_vec(), PhotoFault::Kind),
            ("half a JPEG", whole[..whole.len() / 2].to_vec(), PhotoFault::Broken),
            ("half a JPEG with EXIF", exif[..exif.len() / 2].to_vec(), PhotoFault::Broken),
            ("a JPEG's head", whole[..20].to_vec(), PhotoFault::Broken),
            ("a bomb", bomb(), PhotoFault::Pixels),
        ] {
            assert_eq!(clean(&bytes).unwrap_err(), expected, "{what}");
        }
    }

    #[tokio::test]
    async fn a_flood_of_photos_waits_for_its_turn_or_is_told_to_come_back() {
        let turns = Turns::new(1, 2, Duration::from_millis(80));
        let first = turns.take().await.unwrap();
        let (second, third, fourth) = tokio::join!(turns.take(), turns.take(), turns.take());
        for (what, outcome) in [("second", second), ("third", third), ("fourth", fourth)] {
            assert_eq!(outcome.err(), Some(PhotoFault::Busy), "the {what} finds the decoder taken");
        }
        let (later, ()) = tokio::join!(turns.take(), async { drop(first) });
        assert!(later.is_ok(), "who waits gets the turn that becomes free");
        assert_eq!(turns.places.available_permits(), 2, "who has a turn waits no more");
    }

    #[test]
    fn transparent_parts_become_white() {
        let mut png = Vec::new();
        DynamicImage::new_rgba8(8, 8).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
        let ready = clean(&png).unwrap();
        let pixel = *image::load_from_memory(&ready.image).unwrap().to_rgb8().get_pixel(4, 4);
        assert!(pixel.0.iter().all(|c| *c > 250), "{pixel:?}");
    }
}
