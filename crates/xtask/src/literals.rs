//! The string literals of a Rust source file, found without a full parser: it knows comments,
//! plain, raw and byte strings, characters and lifetimes, and nothing else.

/// One string literal.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// Line on which it starts, from 1.
    pub line: usize,
    /// Offset in bytes of its opening quote (or of the `r` of a raw string).
    pub at: usize,
    /// What stands between the quotes, escapes as they are written.
    pub text: String,
}

/// All string literals of `source`, in order.
pub fn literals(source: &str) -> Vec<Literal> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        at = match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'/') => end_of_line(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'*') => end_of_comment(bytes, at),
            b'\'' => after_character(bytes, at),
            b'"' => {
                let end = end_of_string(bytes, at + 1);
                found.push(literal(source, at, at + 1, end));
                end + 1
            }
            b'r' if !continues_a_word(bytes, at) => match raw_string(bytes, at) {
                Some((start, end, after)) => {
                    found.push(literal(source, at, start, end));
                    after
                }
                None => at + 1,
            },
            _ => at + 1,
        };
    }
    found
}

fn literal(source: &str, at: usize, start: usize, end: usize) -> Literal {
    Literal { line: source[..at].matches('\n').count() + 1, at, text: source[start..end.min(source.len())].to_owned() }
}

/// Is the byte at `at` part of a name that began before it? (`br"..."` is a string of bytes.)
fn continues_a_word(bytes: &[u8], at: usize) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    match at.checked_sub(1).map(|before| bytes[before]) {
        Some(b'b') => at.checked_sub(2).is_some_and(|before| word(bytes[before])),
        Some(before) => word(before),
        None => false,
    }
}

fn end_of_line(bytes: &[u8], at: usize) -> usize {
    let rest = &bytes[at..];
    at + rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len())
}

/// Comments nest in Rust.
fn end_of_comment(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0;
    while at < bytes.len() {
        match &bytes[at..bytes.len().min(at + 2)] {
            b"/*" => {
                depth += 1;
                at += 2;
            }
            b"*/" => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    break;
                }
            }
            _ => at += 1,
        }
    }
    at
}

/// `'a'` and `'\n'` are characters; `'a` is a lifetime.
fn after_character(bytes: &[u8], at: usize) -> usize {
    if bytes.get(at + 1) == Some(&b'\\') {
        let rest = bytes.get(at + 3..).unwrap_or_default();
        return match rest.iter().position(|b| *b == b'\'') {
            Some(end) => at + 3 + end + 1,
            None => bytes.len(),
        };
    }
    // A character is at most four bytes of UTF-8.
    let rest = bytes.get(at + 1..).unwrap_or_default();
    let width = match rest.first() {
        Some(b) if *b >= 0xF0 => 4,
        Some(b) if *b >= 0xE0 => 3,
        Some(b) if *b >= 0xC0 => 2,
        _ => 1,
    };
    if rest.get(width) == Some(&b'\'') { at + width + 2 } else { at + 1 }
}

/// The closing quote of a plain string that starts at `at`.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(bytes.len())
}

/// Start and end of the text of a raw string that starts at `at`, and what comes after it.
fn raw_string(bytes: &[u8], at: usize) -> Option<(usize, usize, usize)> {
    let rest = &bytes[at + 1..];
    let hashes = rest.iter().take_while(|b| **b == b'#').count();
    if rest.get(hashes) != Some(&b'"') {
        return None;
    }
    let start = at + 1 + hashes + 1;
    let mut closing = vec![b'"'];
    closing.resize(hashes + 1, b'#');
    let length = bytes[start..].windows(closing.len()).position(|window| window == closing)?;
    Some((start, start + length, start + length + closing.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        literals(source).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn strings_of_all_sorts_are_found() {
        let cases: [(&str, &[&str]); 12] = [
            (r#"f("a", "b")"#, &["a", "b"]),
            (r#"f("a \" b")"#, &[r#"a \" b"#]),
            (r###"f(r"a\", r#"b " c"#)"###, &["a\\", "b \" c"]),
            (r#"f(b"a", br"b")"#, &["a", "b"]),
            (
                r#"// "a"
               f("b")"#,
                &["b"],
            ),
            (r#"/* "a" /* "b" */ "c" */ f("d")"#, &["d"]),
            (r#"f('"', "a", '\'', "b", '\u{22}', "c")"#, &["a", "b", "c"]),
            (r#"fn f<'a>(x: &'a str) { g("b") }"#, &["b"]),
            (r#"f('é', "a", '€', "b")"#, &["a", "b"]),
            (r#"for x in "a".chars() {}"#, &["a"]),
            (r#"let r = 1; var"a""#, &["a"]),
            ("f(\"open", &["open"]),
        ];
        for (source, expected) in cases {
            assert_eq!(texts(source), expected, "{source}");
        }
    }

    #[test]
    fn the_place_is_known() {
        let found = literals("a\nb(\"c\")\n");
        assert_eq!((found[0].line, found[0].at), (2, 4));
    }
}
