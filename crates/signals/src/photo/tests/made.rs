//! Photos with every kind of metadata, made byte by byte: JPEG, PNG and WebP in many combinations. Each piece carries
//! [`MARK`], so that what is left of it can be found.

use flate2::write::ZlibEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::{Cursor, Write as _};

/// What must not come through.
pub(super) const MARK: &[u8] = b"SECRET-52.5105N-4.6680E";

/// One kind of metadata or of hidden content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Exif,
    ExifGps,
    ExifThumbnail,
    Xmp,
    ExtendedXmp,
    Iptc,
    Icc,
    Comment,
    Multi,
    Adobe,
    Ducky,
    Private,
    Text,
    Compressed,
    International,
    Time,
    TailZip,
    TailHtml,
    TailPhp,
    TailJpeg,
    TailNoise,
}

use Piece::*;

const JPEG: [Piece; 17] = [
    Exif,
    ExifGps,
    ExifThumbnail,
    Xmp,
    ExtendedXmp,
    Iptc,
    Icc,
    Comment,
    Multi,
    Adobe,
    Ducky,
    Private,
    TailZip,
    TailHtml,
    TailPhp,
    TailJpeg,
    TailNoise,
];
const PNG: [Piece; 11] = [Exif, ExifGps, Xmp, Icc, Text, Compressed, International, Time, Private, TailZip, TailPhp];
const WEBP: [Piece; 8] = [Exif, ExifGps, Xmp, Icc, Private, TailZip, TailHtml, TailNoise];

pub(super) struct Made {
    pub(super) kind: &'static str,
    pub(super) pieces: Vec<Piece>,
    pub(super) bytes: Vec<u8>,
    /// Width and height once it is turned upright.
    pub(super) upright: (u32, u32),
}

/// Photo number `n` of the set: its kind, size, orientation and pieces follow from `n`.
pub(super) fn photo(n: u32) -> Made {
    // a plain generator (Knuth's constants), so that the set is the same each time
    let dice = |salt: u64| {
        let mixed = (u64::from(n) + 1)
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(salt.wrapping_mul(1_442_695_040_888_963_407));
        (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 32
    };
    let (kind, all): (_, &[Piece]) = match n % 3 {
        0 => ("jpeg", &JPEG),
        1 => ("png", &PNG),
        _ => ("webp", &WEBP),
    };
    let mut pieces: Vec<Piece> =
        all.iter().copied().enumerate().filter(|(i, _)| dice(*i as u64 + 1) % 5 < 2).map(|(_, p)| p).collect();
    if pieces.is_empty() {
        pieces.push(all[n as usize % all.len()]);
    }
    let (width, height) = (20 + (dice(91) % 60) as u32, 20 + (dice(92) % 60) as u32);
    let orientation = 1 + (dice(93) % 8) as u16;
    let picture = DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * 5 % 256) as u8, (y * 7 % 256) as u8, ((x + y) * 3 % 256) as u8])
    }));
    let format = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP][n as usize % 3];
    let mut plain = Vec::new();
    picture.write_to(&mut Cursor::new(&mut plain), format).unwrap();
    let turned = pieces.iter().any(|p| matches!(p, Exif | ExifGps | ExifThumbnail)) && orientation >= 5;
    let bytes = match kind {
        "jpeg" => jpeg(&plain, &pieces, orientation),
        "png" => png(&plain, &pieces, orientation),
        _ => webp(&plain, &pieces, orientation, (width, height)),
    };
    Made { kind, pieces, bytes, upright: if turned { (height, width) } else { (width, height) } }
}

/// A TIFF block as EXIF has it: make, orientation, a comment, and on request GPS and a preview picture.
fn exif(orientation: u16, gps: bool, preview: bool) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let mark = u32::try_from(MARK.len() + 1).unwrap();
    let entries = 3 + u32::from(gps);
    let texts = 8 + 2 + entries * 12 + 4;
    let gps_at = texts + mark * 2;
    let preview_at = gps_at + if gps { 2 + 2 * 12 + 4 + mark } else { 0 };
    let mut ifd = [
        entry(0x010F, 2, mark, texts),
        entry(0x0112, 3, 1, u32::from(orientation)),
        entry(0x0131, 2, mark, texts + mark),
    ]
    .concat();
    if gps {
        ifd.extend(entry(0x8825, 4, 1, gps_at));
    }
    let next = if preview { preview_at } else { 0 };
    let mut out =
        [b"II*\0\x08\0\0\0".to_vec(), (entries as u16).to_le_bytes().to_vec(), ifd, next.to_le_bytes().to_vec()]
            .concat();
    for _ in 0..2 {
        out.extend_from_slice(MARK);
        out.push(0);
    }
    if gps {
        out.extend(
            [
                b"\x02\0".to_vec(),
                entry(0x0001, 2, 2, u32::from_le_bytes(*b"N\0\0\0")),
                entry(0x001D, 2, mark, gps_at + 30),
                vec![0; 4],
                MARK.to_vec(),
                vec![0],
            ]
            .concat(),
        );
    }
    if preview {
        let small = [&crate::photo::testing::jpeg(8, 6)[..], MARK].concat();
        let at = preview_at + 2 + 2 * 12 + 4;
        out.extend(
            [
                b"\x02\0".to_vec(),
                entry(0x0201, 4, 1, at),
                entry(0x0202, 4, 1, u32::try_from(small.len()).unwrap()),
                vec![0; 4],
                small,
            ]
            .concat(),
        );
    }
    out
}

fn xmp() -> Vec<u8> {
    [b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>", MARK, b"</x:xmpmeta>"]
        .concat()
}

/// An ICC profile of 128 bytes of head and no tags but a text.
fn icc() -> Vec<u8> {
    let mut head = vec![0; 132];
    head[8..12].copy_from_slice(&[2, 16, 0, 0]);
    head[12..24].copy_from_slice(b"mntrRGB XYZ ");
    head[36..40].copy_from_slice(b"acsp");
    head.extend_from_slice(MARK);
    let length = u32::try_from(head.len()).unwrap();
    head[..4].copy_from_slice(&length.to_be_bytes());
    head
}

fn tail(pieces: &[Piece]) -> Vec<u8> {
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            TailZip => out.extend([b"PK\x03\x04\x14\0\0\0", MARK, b"PK\x05\x06", &[0; 18][..]].concat()),
            TailHtml => out.extend([b"<html><script>alert('", MARK, b"')</script></html>"].concat()),
            TailPhp => out.extend([&b"<?php system($_GET['"[..], MARK, b"']); ?>"].concat()),
            TailJpeg => out.extend([&crate::photo::testing::jpeg_with_exif(16, 12)[..], MARK].concat()),
            TailNoise => out.extend([&[0_u8, 255, 217, 255, 225][..], MARK].concat()),
            _ => {}
        }
    }
    out
}

fn jpeg(plain: &[u8], pieces: &[Piece], orientation: u16) -> Vec<u8> {
    let segment = |mark: u8, parts: &[&[u8]]| {
        let body = parts.concat();
        [&[0xFF, mark][..], &u16::try_from(body.len() + 2).unwrap().to_be_bytes(), &body].concat()
    };
    let mut out = plain[..2].to_vec();
    let gps = pieces.contains(&ExifGps);
    let preview = pieces.contains(&ExifThumbnail);
    if gps || preview || pieces.contains(&Exif) {
        out.extend(segment(0xE1, &[b"Exif\0\0", &exif(orientation, gps, preview)]));
    }
    for piece in pieces {
        out.extend(match piece {
            Xmp => segment(0xE1, &[b"http://ns.adobe.com/xap/1.0/\0", &xmp()]),
            ExtendedXmp => {
                segment(0xE1, &[b"http://ns.adobe.com/xmp/extension/\0", &[b'A'; 32], &[0, 0, 1, 0, 0, 0, 0, 0], MARK])
            }
            Iptc => segment(0xED, &[b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x1C\x1C\x02\x78\0\x17", MARK]),
            Icc => segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", &icc()]),
            Comment => segment(0xFE, &[MARK, b" <script>alert(1)</script>"]),
            Multi => segment(0xE2, &[b"MPF\0II*\0", MARK]),
            Adobe => segment(0xEE, &[b"Adobe\0d\0\0\0\0\x01", MARK]),
            Ducky => segment(0xEC, &[b"Ducky\0\x01\0\x04\0\0\0\x3C", MARK]),
            Private => segment(0xEB, &[b"HDR_RI ver=11 ", MARK]),
            _ => vec![],
        });
    }
    // the encoder's own head comes after them, which decoders allow
    [out, plain[2..].to_vec(), tail(pieces)].concat()
}

fn png(plain: &[u8], pieces: &[Piece], orientation: u16) -> Vec<u8> {
    let chunk = |name: &[u8; 4], parts: &[&[u8]]| {
        let body = [name.as_slice(), &parts.concat()].concat();
        let crc = !body.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
        });
        [&u32::try_from(body.len() - 4).unwrap().to_be_bytes()[..], &body, &crc.to_be_bytes()].concat()
    };
    let packed = |bytes: &[u8]| {
        let mut zlib = ZlibEncoder::new(Vec::new(), flate2::Compression::none());
        zlib.write_all(bytes).unwrap();
        zlib.finish().unwrap()
    };
    let mut out = plain[..33].to_vec();
    let gps = pieces.contains(&ExifGps);
    for piece in pieces {
        out.extend(match piece {
            Exif if !gps => chunk(b"eXIf", &[&exif(orientation, false, false)]),
            ExifGps => chunk(b"eXIf", &[&exif(orientation, true, false)]),
            Xmp => chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", &xmp()]),
            Icc => chunk(b"iCCP", &[b"profile\0\0", &packed(&icc())]),
            Text => chunk(b"tEXt", &[b"Comment\0<?php ", MARK]),
            Compressed => {
                let mut zlib = ZlibEncoder::new(Vec::new(), flate2::Compression::best());
                zlib.write_all(&MARK.repeat(20)).unwrap();
                chunk(b"zTXt", &[b"Author\0\0", &zlib.finish().unwrap()])
            }
            International => chunk(b"iTXt", &[b"Title\0\0\0nl\0Titel\0", MARK]),
            // a moment has no room for a mark: it goes in a text beside it
            Time => {
                [chunk(b"tIME", &[&[7, 232, 6, 3, 10, 0, 0]]), chunk(b"tEXt", &[b"Creation Time\0", MARK])].concat()
            }
            Private => chunk(b"prVt", &[MARK]),
            _ => vec![],
        });
    }
    [out, plain[33..].to_vec(), tail(pieces)].concat()
}

fn webp(plain: &[u8], pieces: &[Piece], orientation: u16, (width, height): (u32, u32)) -> Vec<u8> {
    let chunk = |name: &[u8; 4], body: &[u8]| {
        let pad = if body.len() % 2 == 1 { vec![0] } else { vec![] };
        [name.as_slice(), &u32::try_from(body.len()).unwrap().to_le_bytes(), body, &pad].concat()
    };
    let gps = pieces.contains(&ExifGps);
    let has_exif = gps || pieces.contains(&Exif);
    let (has_icc, has_xmp) = (pieces.contains(&Icc), pieces.contains(&Xmp));
    let flags = u8::from(has_icc) << 5 | u8::from(has_exif) << 3 | u8::from(has_xmp) << 2;
    let size = |n: u32| (n - 1).to_le_bytes()[..3].to_vec();
    let mut body = chunk(b"VP8X", &[vec![flags, 0, 0, 0], size(width), size(height)].concat());
    if has_icc {
        body.extend(chunk(b"ICCP", &icc()));
    }
    body.extend_from_slice(&plain[12..]);
    if has_exif {
        body.extend(chunk(b"EXIF", &exif(orientation, gps, false)));
    }
    if has_xmp {
        body.extend(chunk(b"XMP ", &xmp()));
    }
    if pieces.contains(&Private) {
        body.extend(chunk(b"prVt", MARK));
    }
    let length = u32::try_from(body.len() + 4).unwrap().to_le_bytes();
    [b"RIFF".to_vec(), length.to_vec(), b"WEBP".to_vec(), body, tail(pieces)].concat()
}
