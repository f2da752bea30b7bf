//! Writes texts with their category as CSV (`text,category,split`) to standard output: `train` is what residents of the
//! fictitious town wrote in two years, `test` and `hard` are kept apart from it.
//! `cargo run -p demo --example texts -- test > test.csv`

use demo::{Setting, Source};
use jiff::civil::date;
use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let set = std::env::args().nth(1).unwrap_or_default();
    let (split, texts): (&str, Vec<(&str, String)>) = match set.as_str() {
        "train" => {
            let setting = Setting::heemskerk(date(2023, 1, 1), date(2025, 1, 1));
            let of_residents = demo::signals(&setting).into_iter().filter(|s| s.source == Source::Resident);
            ("train", of_residents.map(|s| (s.category, s.words)).collect())
        }
        "test" => ("test", demo::test_texts()),
        "hard" => ("test", demo::hard_texts()),
        _ => return Err(std::io::Error::other("say which: train, test or hard")),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "text,category,split")?;
    for (category, text) in texts {
        writeln!(out, "\"{}\",{category},{split}", text.replace('"', "\"\"").replace('\n', " "))?;
    }
    out.flush()
}
