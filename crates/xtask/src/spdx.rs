//! Licence expressions (SPDX): `MIT OR Apache-2.0`, `(MIT OR Apache-2.0) AND Unicode-3.0`,
//! `Apache-2.0 WITH LLVM-exception`, and the old `MIT/Apache-2.0`.

/// May we use it? `allowed` answers for one licence (with its exception).
/// `None` when the expression cannot be read.
pub fn permitted(expression: &str, allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let answer = any(&mut rest, allowed)?;
    rest.is_empty().then_some(answer)
}

/// `a OR b`
fn any(rest: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut answer = all(rest, allowed)?;
    while take(rest, "OR") {
        answer |= all(rest, allowed)?;
    }
    Some(answer)
}

/// `a AND b`, which binds stronger
fn all(rest: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut answer = one(rest, allowed)?;
    while take(rest, "AND") {
        answer &= one(rest, allowed)?;
    }
    Some(answer)
}

/// `( ... )`, or one licence, with or without an exception
fn one(rest: &mut &[&str], allowed: &dyn Fn(&str) -> bool) -> Option<bool> {
    if take(rest, "(") {
        let answer = any(rest, allowed)?;
        return take(rest, ")").then_some(answer);
    }
    let name = next(rest)?;
    if take(rest, "WITH") {
        let exception = next(rest)?;
        return Some(allowed(&format!("{name} WITH {exception}")));
    }
    Some(allowed(name))
}

fn next<'a>(rest: &mut &[&'a str]) -> Option<&'a str> {
    let (first, after) = rest.split_first()?;
    if ["(", ")", "OR", "AND", "WITH"].contains(first) {
        return None;
    }
    *rest = after;
    Some(first)
}

fn take(rest: &mut &[&str], word: &str) -> bool {
    let found = rest.first() == Some(&word);
    if found {
        *rest = &rest[1..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_weighed() {
        let allowed = |name: &str| ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].contains(&name);
        for (expression, expected) in [
            ("MIT", Some(true)),
            ("GPL-3.0-only", Some(false)),
            ("GPL-3.0-only OR MIT", Some(true)),
            ("GPL-3.0-only/MIT", Some(true)),
            ("Apache-2.0 / MIT", Some(true)),
            ("MIT AND ISC", Some(true)),
            ("MIT AND GPL-3.0-only", Some(false)),
            ("MIT OR GPL-3.0-only AND Zlib", Some(true)),
            ("(MIT OR GPL-3.0-only) AND Zlib", Some(false)),
            ("Apache-2.0 WITH LLVM-exception", Some(true)),
            ("Apache-2.0", Some(false)),
            ("", None),
            ("MIT OR", None),
            ("(MIT", None),
            ("MIT ISC", None),
        ] {
            assert_eq!(permitted(expression, &allowed), expected, "{expression}");
        }
    }
}
