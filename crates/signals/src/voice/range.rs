//! One part of a sound: players ask for it to jump, and Safari plays nothing without it.

/// What is asked for, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// From the first to the last byte, both counted in.
    Of(usize, usize),
    /// Nothing that is there.
    Outside,
}

/// Reads the header `Range` of a request for something of `whole` bytes. What we do not understand, or that asks for more
/// parts than one, gets all of it (RFC 9110 14.2).
pub(super) fn read(range: &str, whole: usize) -> Part {
    let Some((from, to)) = range.strip_prefix("bytes=").and_then(|spec| spec.trim().split_once('-')) else {
        return Part::Whole;
    };
    let last = whole.saturating_sub(1);
    let part = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) if from <= to => (from, to.min(last)),
        (Ok(from), Err(_)) if to.is_empty() => (from, last),
        // the last so many bytes
        (Err(_), Ok(most)) if from.is_empty() => (if most == 0 { whole } else { whole.saturating_sub(most) }, last),
        _ => return Part::Whole,
    };
    if part.0 < whole { Part::Of(part.0, part.1) } else { Part::Outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_read_and_everything_else_is_the_whole() {
        for (range, expected) in [
            ("", Part::Whole),
            ("bytes=0-", Part::Of(0, 9)),
            ("bytes=0-1", Part::Of(0, 1)),
            ("bytes=4-4", Part::Of(4, 4)),
            ("bytes=8-99", Part::Of(8, 9)),
            ("bytes=-3", Part::Of(7, 9)),
            ("bytes=-30", Part::Of(0, 9)),
            ("bytes=10-", Part::Outside),
            ("bytes=10-12", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=5-2", Part::Whole),
            ("bytes=0-1,4-5", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=-", Part::Whole),
            ("items=0-1", Part::Whole),
        ] {
            assert_eq!(read(range, 10), expected, "{range}");
        }
        assert_eq!(read("bytes=0-", 0), Part::Outside);
    }
}
