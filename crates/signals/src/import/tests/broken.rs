//! Files and mappings that are wrong, one line each.

use super::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write as _;

const HEADER: &str = "nr,tijd,x,y,soort\n";
const GOOD: &str = "1,2024-05-01T10:00:00,4.6687,52.5107,afval\n";

fn gzip(text: &str) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap()
}

/// Rows that cannot be compressed, so that a cut gzip file still gives the first of them.
fn many() -> String {
    let mut text = HEADER.to_owned();
    for i in 0..20_000_u64 {
        let odd = i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let _ = writeln!(text, "{odd:x},2024-05-01T10:00:00,4.66{},52.51,afval", odd % 1000);
    }
    text
}

#[tokio::test]
async fn refused_rows_have_their_line_and_reason() {
    let app = program(testkit::sqlite().await).await;
    let semicolon = DUTCH.to_owned() + "[file]\ndelimiter = \";\"\n";
    let latin = DUTCH.to_owned() + "[file]\nencoding = \"windows-1252\"\n";
    let keep = DUTCH.to_owned() + "[place]\nmissing = \"keep\"\n";
    let rd = DUTCH.to_owned() + "[place]\ncrs = \"rd\"\n";
    let row = |row: &str| format!("{HEADER}{GOOD}{row}\n").into_bytes();
    // what, mapping, file, new, rejected, part of the reject file
    type Case<'a> = (&'a str, &'a str, Vec<u8>, u64, u64, &'a str);
    let cases: Vec<Case> = vec![
        ("header only", DUTCH, HEADER.into(), 0, 0, ""),
        ("byte order mark", DUTCH, format!("\u{feff}{HEADER}{GOOD}").into(), 1, 0, ""),
        ("gzip", DUTCH, gzip(&format!("\u{feff}{HEADER}{GOOD}")), 1, 0, ""),
        ("no end of line", DUTCH, format!("{HEADER}{}", GOOD.trim()).into(), 1, 0, ""),
        ("windows line ends", DUTCH, format!("{HEADER}{GOOD}").replace('\n', "\r\n").into(), 1, 0, ""),
        ("unknown category", DUTCH, row("2,2024-05-01T10:00:00,4.66,52.51,kat"), 1, 1, "3,\"category `kat` is not"),
        ("future date", DUTCH, row("2,2024-07-01T10:00:00,4.66,52.51,afval"), 1, 1, "lies in the future"),
        ("long ago", DUTCH, row("2,1824-07-01T10:00:00,4.66,52.51,afval"), 1, 1, "more than 100 years back"),
        ("no date", DUTCH, row("2,,4.66,52.51,afval"), 1, 1, "`tijd` is empty"),
        ("another date", DUTCH, row("2,01-05-2024,4.66,52.51,afval"), 1, 1, "time `01-05-2024` is not as"),
        ("outside", DUTCH, row("2,2024-05-01T10:00:00,4.9,52.37,afval"), 1, 1, "lies outside the municipality"),
        ("swapped", DUTCH, row("2,2024-05-01T10:00:00,52.51,4.66,afval"), 1, 1, "lies outside the municipality"),
        ("RD as degrees", DUTCH, row("2,2024-05-01T10:00:00,106222,502799,afval"), 1, 1, "is it `crs = "),
        ("RD", &rd, format!("{HEADER}1,2024-05-01T10:00:00,106222.474,502799.453,afval\n").into(), 1, 0, ""),
        ("no number", DUTCH, row("2,2024-05-01T10:00:00,oost,52.51,afval"), 1, 1, "coordinate `oost` is no number"),
        ("zero place", DUTCH, row("2,2024-05-01T10:00:00,0,0,afval"), 1, 1, "it has no place"),
        ("code for unknown", DUTCH, row("2,2024-05-01T10:00:00,-99997,-99997,afval"), 1, 1, "it has no place"),
        ("kept without place", &keep, row("2,2024-05-01T10:00:00,0,0,afval"), 2, 0, ""),
        ("no id", DUTCH, row(" ,2024-05-01T10:00:00,4.66,52.51,afval"), 1, 1, "`nr` must have 1 to 100"),
        ("short row", DUTCH, row("2,2024-05-01T10:00:00"), 1, 1, "it has 2 fields, the header has 5"),
        ("long row", DUTCH, row("2,2024-05-01T10:00:00,4.66,52.51,afval,x"), 1, 1, "it has 6 fields"),
        ("NUL", DUTCH, row("2\0,2024-05-01T10:00:00,4.66,52.51,afval"), 1, 1, "holds a NUL character"),
        (
            "wrong encoding",
            DUTCH,
            [row("").as_slice(), b"2,2024-05-01T10:00:00,4.66,52.51,caf\xe9\n"].concat(),
            1,
            1,
            "is not UTF-8",
        ),
        (
            "right encoding",
            &latin,
            [row("").as_slice(), b"2,2024-05-01T10:00:00,4.66,52.51,caf\xe9\n"].concat(),
            1,
            1,
            "category `caf",
        ),
        (
            "quotes with newlines",
            DUTCH,
            row("\"2\n\"\"b\"\"\",2024-05-01T10:00:00,4.66,52.51,afval\n3,,,,"),
            2,
            1,
            "5,\"category `` is not",
        ),
        ("semicolons", &semicolon, format!("{HEADER}{GOOD}").replace(',', ";").into(), 1, 0, ""),
        ("decimal commas", &semicolon, format!("{HEADER}{GOOD}").replace(',', ";").replace('.', ",").into(), 1, 0, ""),
    ];
    for (n, (what, mapping, content, new, rejected, part)) in cases.into_iter().enumerate() {
        let mut mapping = parse(mapping);
        mapping.origin = format!("case-{n}");
        let (counts, rejects) = import(&app, &mapping, &file("x.csv", &content)).await;
        let counts = counts.unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_eq!((counts.new, counts.rejected), (new, rejected), "{what}: {rejects}");
        assert!(rejects.contains(part), "{what}: {rejects}");
    }
}

#[tokio::test]
async fn refused_files_say_what_to_do() {
    let app = program(testkit::sqlite().await).await;
    let gone = testkit::folder().join("gone.csv");
    for (what, content, hint) in [
        ("empty", vec![], "it is empty"),
        ("doubled headers", b"nr,tijd,x,y,soort,x, y\n".to_vec(), "more than once: x, y"),
        ("missing column", b"nr,tijd,x,y,kind\n".to_vec(), "no column soort; columns found: nr, tijd, x, y, kind"),
        ("other delimiter", b"nr;tijd;x;y;soort\n".to_vec(), "and `delimiter` under [file]"),
        ("zip", b"PK\x03\x04rest of the file".to_vec(), "unpack it, or save it as CSV"),
        ("UTF-16", b"\xff\xfen\0r\0".to_vec(), "save it as UTF-8"),
    ] {
        let (outcome, _) = import(&app, &parse(DUTCH), &file("x.csv", &content)).await;
        let error = outcome.unwrap_err().to_string();
        assert!(error.contains(hint), "{what}: {error}");
    }
    let (outcome, _) = import(&app, &parse(DUTCH), &gone).await;
    assert!(outcome.unwrap_err().to_string().contains("cannot be read"));
    let path = file("x.csv", format!("{HEADER}{GOOD}").as_bytes());
    let error = run(&app, &parse(DUTCH), &path, &path, &()).await.unwrap_err().to_string();
    assert!(error.contains("it is the file itself"), "{error}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with(HEADER), "the file is as it was");
    let (entries,): (i64,) = app
        .main
        .read()
        .await
        .unwrap()
        .one("select count(*) from audit_entry where action = 'signal:import'", args![])
        .await
        .unwrap();
    assert_eq!(entries, 0, "nothing was done");
}

#[tokio::test]
async fn a_file_that_was_cut_off_keeps_what_came_before() {
    let app = program(testkit::sqlite().await).await;
    let whole = gzip(&many());
    let mut damaged = whole.clone();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 64].fill(0xff);
    for (what, content, least, line, hint) in [
        ("row", format!("{HEADER}{GOOD}2,2024-05-01T10").into_bytes(), 1, Some(3), "the last record is cut off"),
        (
            "quote",
            format!("{HEADER}{GOOD}\"2,2024-05-01T10:00:00,4.66,52.51,afval\n3,2024-05-01T10:00:00,4.66,52.51,afval\n")
                .into(),
            1,
            Some(3),
            "cut off",
        ),
        ("gzip", whole[..whole.len() / 2].to_vec(), 5_000, None, "it was cut off"),
        ("damaged gzip", damaged, 5_000, None, "damaged"),
    ] {
        let mut mapping = parse(DUTCH);
        mapping.origin = what.replace(' ', "-");
        let (outcome, _) = import(&app, &mapping, &file("x.csv", &content)).await;
        match outcome {
            Err(ImportError::Stopped { line: found, why, counts, .. }) => {
                assert!(why.contains(hint), "{what}: {why}");
                // What a damaged stream unpacks to may repeat an id: every record is still new, known or refused.
                let told = counts.new + counts.known + counts.rejected;
                assert!(counts.new >= least && counts.rows == told, "{what}: {counts}");
                assert!(line.is_none_or(|l| l == found), "{what}: line {found}");
            }
            other => panic!("{what}: {other:?}"),
        }
    }
    // Once the whole file is there, the rest is added.
    let mut mapping = parse(DUTCH);
    mapping.origin = "gzip".to_owned();
    let counts = import(&app, &mapping, &file("x.csv", &whole)).await.0.unwrap();
    assert!(counts.known >= 5_000 && counts.known + counts.new == 20_000, "{counts}");
    let details: Vec<(String,)> = app
        .main
        .read()
        .await
        .unwrap()
        .all("select detail from audit_entry where action = 'signal:import' order by seq", args![])
        .await
        .unwrap();
    let whole: Vec<bool> = details.iter().map(|d| d.0.contains("\"whole\":true")).collect();
    assert_eq!(whole, [false, false, false, false, true]);
}

#[tokio::test]
async fn rejected_rows_can_be_corrected_and_imported() {
    let app = program(testkit::sqlite().await).await;
    let path = file("x.csv", format!("{HEADER}{GOOD}2,2024-05-01T10:00:00,4.66,52.51,kat\n").as_bytes());
    let (_, rejects) = import(&app, &parse(DUTCH), &path).await;
    // only the field is corrected, not the reason
    let corrected = rejects.replace(",kat\n", ",hond\n");
    let counts = import(&app, &parse(DUTCH), &file("y.csv", corrected.as_bytes())).await.0.unwrap();
    assert_eq!(numbers(&counts), (1, 1, 0, 0));
}

#[tokio::test]
async fn wrong_mappings_are_refused_before_anything_is_read() {
    let app = program(testkit::sqlite().await).await;
    let path = file("x.csv", format!("{HEADER}{GOOD}").as_bytes());
    for (from, to, hint) in [
        ("GM0396", "GM9999", "Check `municipality`"),
        ("\"boei\"", "\"boei: 1\"", "`origin` is `boei: 1`"),
        ("\"litter\"", "\"liter\"", "[categories] `afval`: categories.toml has no category `liter`"),
        ("y = \"y\"\n", "", "only one of `x` and `y`"),
        ("x = \"x\"\ny = \"y\"\n", "", "names no place"),
        ("Europe/Amsterdam", "Europe/Heemskerk", "no IANA time zone"),
        ("\"iso\"", "\"dd-mm\"", "use `iso` or a pattern"),
        ("[categories]", "[file]\ndelimiter = \"::\"\n[categories]", "delimiter is `::`"),
        ("[categories]", "[states]\nklaar = \"done\"\n[categories]", "[states] needs the column `state`"),
    ] {
        let mapping = parse(&DUTCH.replacen(from, to, 1));
        let error = import(&app, &mapping, &path).await.0.unwrap_err().to_string();
        assert!(error.contains(hint), "{error}");
    }
    for (line, hint) in [("colour = 1\n", "unknown field"), ("source = \"rumour\"\n", "rumour")] {
        let text = if line.starts_with("source") {
            DUTCH.replace("source = \"partner\"\n", line)
        } else {
            line.to_owned() + DUTCH
        };
        let error = Mapping::read(&file("m.toml", text.as_bytes())).unwrap_err().to_string();
        assert!(error.contains(hint) && error.contains("m.toml"), "{error}");
    }
}

#[tokio::test]
async fn without_areas_nothing_can_be_placed() {
    let app = testkit::app(testkit::sqlite().await, |m| {
        m.put(Catalogue::read(&m.folder, priorities(&m.folder.join("categories.toml"))).unwrap());
        m.put(Atlas::new(&m.file));
    });
    let path = file("x.csv", format!("{HEADER}{GOOD}").as_bytes());
    let error = import(&app, &parse(DUTCH), &path).await.0.unwrap_err().to_string();
    assert!(error.contains("Import its boundary file first"), "{error}");
}
