//! What a file is, by its first bytes and whatever its name says; and whether a JPEG is whole and of a sane make.

use super::PhotoFault;

/// A kind of photo that is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sent {
    Jpeg,
    Png,
    WebP,
}

/// Most scans (passes of refinement) of a JPEG: cameras write 1, progressive encoders about 10. Each scan costs a pass
/// over all pixels, so that a small file of thousands would keep a processor busy for minutes.
const MOST_SCANS: usize = 64;

/// Brands of ISO media files (ISO/IEC 14496-12) that are still pictures: HEIC and HEIF (23008-12), AVIF.
const STILL: [&[u8; 4]; 13] = [
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1", b"avif", b"avis",
];

/// The kind of photo that `bytes` begin as.
///
/// # Errors
/// The fault whose sentence says what to do with a file of that kind.
pub(super) fn photo(bytes: &[u8]) -> Result<Sent, PhotoFault> {
    let is = |at: usize, mark: &[u8]| bytes.get(at..at + mark.len()) == Some(mark);
    if is(0, b"\xFF\xD8\xFF") {
        return Ok(Sent::Jpeg);
    }
    if is(0, b"\x89PNG\r\n\x1A\n") {
        return Ok(Sent::Png);
    }
    if is(0, b"RIFF") {
        return if is(8, b"WEBP") { Ok(Sent::WebP) } else { Err(PhotoFault::Video) };
    }
    if is(4, b"ftyp") {
        let brand = bytes.get(8..12).unwrap_or_default();
        let still = STILL.iter().any(|b| b.as_slice() == brand);
        return Err(if still { PhotoFault::Heic } else { PhotoFault::Video });
    }
    // QuickTime without a brand, Matroska and WebM, MPEG, Flash video, ASF
    let film: [(usize, &[u8]); 8] = [
        (4, b"moov"),
        (4, b"mdat"),
        (4, b"wide"),
        (0, b"\x1A\x45\xDF\xA3"),
        (0, b"\0\0\x01\xBA"),
        (0, b"\0\0\x01\xB3"),
        (0, b"FLV\x01"),
        (0, b"\x30\x26\xB2\x75"),
    ];
    if film.iter().any(|(at, mark)| is(*at, mark)) {
        return Err(PhotoFault::Video);
    }
    // PDF, ZIP (Word, OpenDocument), the old Office files, RAR, 7z
    let document: [&[u8]; 6] = [b"%PDF", b"PK\x03\x04", b"PK\x05\x06", b"\xD0\xCF\x11\xE0", b"Rar!", b"7z\xBC\xAF"];
    if document.iter().any(|mark| is(0, mark)) {
        return Err(PhotoFault::Document);
    }
    // GIF, BMP, TIFF and BigTIFF (and the raw files of cameras, which are TIFF), icons, JPEG 2000, JPEG XL
    let old: [&[u8]; 10] = [
        b"GIF8",
        b"BM",
        b"II*\0",
        b"MM\0*",
        b"II+\0",
        b"MM\0+",
        b"\0\0\x01\0",
        b"\0\0\0\x0CjP  ",
        b"\xFF\x0A",
        b"\0\0\0\x0CJXL ",
    ];
    if old.iter().any(|mark| is(0, mark)) {
        return Err(PhotoFault::Format);
    }
    // SVG, HTML and XML are texts that begin with a tag
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if text.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'<') {
        return Err(PhotoFault::Drawing);
    }
    Err(PhotoFault::Kind)
}

/// Whether a JPEG goes on to its end-of-image mark (ITU-T T.81 B.1.1.3) with at most [`MOST_SCANS`] scans: a file
/// that stopped half-way would otherwise be shown with a grey rest. Segments are skipped by their length, as the small
/// preview in one of them has marks of its own; what comes after the end is not looked at.
pub(super) fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let (mut at, mut scans) = (2, 0);
    while let Some([0xFF, marker, rest @ ..]) = bytes.get(at..) {
        let length = match rest {
            [high, low, ..] => usize::from(*high) << 8 | usize::from(*low),
            _ => 0,
        };
        at += match marker {
            0xD9 => return scans > 0,
            0xFF => 1,
            0x01 | 0xD0..=0xD8 => 2,
            _ if length < 2 => return false,
            _ => 2 + length,
        };
        if *marker == 0xDA {
            scans += 1;
            let Some(data) = bytes.get(at..).filter(|_| scans <= MOST_SCANS) else { return false };
            // in the picture's data a mark is FF and neither 00 (a stuffed FF), a restart (D0 to D7) nor a fill (FF)
            let mark = data
                .windows(2)
                .position(|pair| matches!(pair, [0xFF, mark] if !matches!(mark, 0x00 | 0xD0..=0xD7 | 0xFF)));
            let Some(mark) = mark else { return false };
            at += mark;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_file_that_is_no_photo_gets_its_own_sentence() {
        let ftyp = |brand: &[u8]| [b"\0\0\0\x18ftyp", brand, b"\0\0\0\0"].concat();
        for (what, bytes, expected) in [
            ("HEIC", ftyp(b"heic"), PhotoFault::Heic),
            ("HEIF", ftyp(b"mif1"), PhotoFault::Heic),
            ("AVIF", ftyp(b"avif"), PhotoFault::Heic),
            ("MP4", ftyp(b"isom"), PhotoFault::Video),
            ("QuickTime", ftyp(b"qt  "), PhotoFault::Video),
            ("WebM", b"\x1A\x45\xDF\xA3rest".to_vec(), PhotoFault::Video),
            ("AVI", b"RIFF\0\0\0\0AVI LIST".to_vec(), PhotoFault::Video),
            ("PDF", b"%PDF-1.7".to_vec(), PhotoFault::Document),
            ("Word", b"PK\x03\x04word".to_vec(), PhotoFault::Document),
            ("SVG", b"\xEF\xBB\xBF \n<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), PhotoFault::Drawing),
            ("HTML", b"<!doctype html><script>".to_vec(), PhotoFault::Drawing),
            ("TIFF", b"II*\0\x08\0\0\0".to_vec(), PhotoFault::Format),
            ("big-endian TIFF", b"MM\0*\0\0\0\x08".to_vec(), PhotoFault::Format),
            ("BMP", b"BM\x36\0\0\0".to_vec(), PhotoFault::Format),
            ("GIF", b"GIF89a<script>alert(1)</script>".to_vec(), PhotoFault::Format),
            ("text", b"hello".to_vec(), PhotoFault::Kind),
            ("PHP", b"hello <?php".to_vec(), PhotoFault::Kind),
            ("nothing", vec![], PhotoFault::Kind),
        ] {
            assert_eq!(photo(&bytes).unwrap_err(), expected, "{what}");
        }
    }

    #[test]
    fn a_jpeg_that_stops_or_refines_without_end_is_not_whole() {
        let scan = b"\xFF\xDA\0\x02data\xFF\0more\xFF\xD0rest";
        let jpeg = |scans: usize, end: &[u8]| [b"\xFF\xD8".to_vec(), scan.repeat(scans), end.to_vec()].concat();
        for (what, bytes, expected) in [
            ("whole", jpeg(1, b"\xFF\xD9"), true),
            ("with a tail", jpeg(1, b"\xFF\xD9<script>"), true),
            ("progressive", jpeg(10, b"\xFF\xD9"), true),
            ("without end", jpeg(1, b""), false),
            ("without a scan", jpeg(0, b"\xFF\xD9"), false),
            ("thousands of scans", jpeg(2000, b"\xFF\xD9"), false),
            ("a segment of no length", b"\xFF\xD8\xFF\xE1\0\0\xFF\xD9".to_vec(), false),
        ] {
            assert_eq!(jpeg_is_whole(&bytes), expected, "{what}");
        }
    }
}
