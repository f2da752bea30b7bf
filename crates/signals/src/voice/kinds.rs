//! What a file is, by its content and whatever was said of it: sound alone, in one of the three packings of browsers.

use super::{Media, VoiceFault};

/// The tracks of WebM and Ogg are named within so many bytes of the beginning.
const HEAD: usize = 4096;

/// What the sound in `bytes` is packed in.
///
/// # Errors
/// [`VoiceFault::Film`] when there are pictures with it, [`VoiceFault::Kind`] for everything else.
pub(super) fn sound(bytes: &[u8]) -> Result<Media, VoiceFault> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let named = |names: &[&[u8]]| names.iter().any(|name| head.windows(name.len()).any(|w| w == *name));
    let (media, has_sound, has_pictures) = if bytes.starts_with(b"\x1A\x45\xDF\xA3") {
        // EBML with the codec of each track (RFC 9559; the Matroska codec registry)
        let heard = named(&[b"webm"]) && named(&[b"A_OPUS", b"A_VORBIS"]);
        (Media::WebM, heard, named(&[b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG"]))
    } else if bytes.starts_with(b"OggS") {
        // the first packet of each stream (RFC 3533, RFC 7845)
        (Media::Ogg, named(&[b"OpusHead", b"\x01vorbis"]), named(&[b"\x80theora"]))
    } else if bytes.get(4..8) == Some(b"ftyp") {
        // the handler of each track (ISO/IEC 14496-12, 8.4.3); it may stand at the end of the file
        (Media::Mp4, has_handler(bytes, b"soun"), has_handler(bytes, b"vide"))
    } else {
        return Err(VoiceFault::Kind);
    };
    match (has_pictures, has_sound) {
        (true, _) => Err(VoiceFault::Film),
        (false, true) => Ok(media),
        (false, false) => Err(VoiceFault::Kind),
    }
}

/// Whether an MP4 file has a track of this kind: `hdlr`, four bytes of version and flags, four of nothing, the kind.
fn has_handler(bytes: &[u8], kind: &[u8; 4]) -> bool {
    bytes.windows(16).any(|w| w.starts_with(b"hdlr") && w.get(12..16) == Some(kind.as_slice()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_is_known_by_its_content_and_nothing_else_gets_in() {
        let webm = |rest: &[u8]| [b"\x1A\x45\xDF\xA3\x9fB\x82\x84webm", rest].concat();
        let ogg = |rest: &[u8]| [b"OggS\0\x02", &[0_u8; 22][..], rest].concat();
        let mp4 = |kinds: &[&[u8]]| {
            let tracks =
                kinds.iter().map(|kind| [b"hdlr\0\0\0\0\0\0\0\0", *kind].concat()).collect::<Vec<_>>().concat();
            [b"\0\0\0\x18ftypisom\0\0\0\0", &tracks[..]].concat()
        };
        for (what, bytes, expected) in [
            ("WebM with Opus", webm(b"A_OPUS"), Ok(Media::WebM)),
            ("WebM with Vorbis", webm(b"A_VORBIS"), Ok(Media::WebM)),
            ("Ogg with Opus", ogg(b"OpusHead"), Ok(Media::Ogg)),
            ("Ogg with Vorbis", ogg(b"\x01vorbis"), Ok(Media::Ogg)),
            ("MP4", mp4(&[b"soun"]), Ok(Media::Mp4)),
            ("film in WebM", webm(b"A_OPUS V_VP8"), Err(VoiceFault::Film)),
            ("film in Ogg", ogg(b"\x80theora"), Err(VoiceFault::Film)),
            ("film in MP4", mp4(&[b"soun", b"vide"]), Err(VoiceFault::Film)),
            ("Matroska", b"\x1A\x45\xDF\xA3\x9fB\x82\x88matroskaA_OPUS".to_vec(), Err(VoiceFault::Kind)),
            ("subtitles in WebM", webm(b"S_TEXT"), Err(VoiceFault::Kind)),
            ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0hdlr\0\0\0\0\0\0\0\0pict".to_vec(), Err(VoiceFault::Kind)),
            ("JPEG", b"\xFF\xD8\xFF\xE0".to_vec(), Err(VoiceFault::Kind)),
            ("HTML", b"<!doctype html>webm A_OPUS".to_vec(), Err(VoiceFault::Kind)),
            ("MP3", b"ID3\x04".to_vec(), Err(VoiceFault::Kind)),
            ("nothing", vec![], Err(VoiceFault::Kind)),
        ] {
            assert_eq!(sound(&bytes), expected, "{what}");
        }
    }
}
