//! Files that are wrong, for every reader: the run stops or the row is refused, as documented, and nothing is
//! half-imported.

use super::*;
use std::io::Write as _;

/// One page of the police's table, with everything that makes it hard: padded keys, months and years in one column, a
/// total, three levels, a withheld figure.
pub(super) const PAGE: &str = r##"{"odata.metadata":"http://x/ODataApi/OData/47022NED/$metadata#Cbs.OData.WebAPI.UntypedDataSet","value":[
{"ID":0,"SoortMisdrijf":"0.0.0 ","WijkenEnBuurten":"GM0396    ","Perioden":"2023JJ00","GeregistreerdeMisdrijven_1":"      12"},
{"ID":1,"SoortMisdrijf":"1.1.1 ","WijkenEnBuurten":"GM0396    ","Perioden":"2023JJ00","GeregistreerdeMisdrijven_1":"      12"},
{"ID":2,"SoortMisdrijf":"1.1.1 ","WijkenEnBuurten":"BU03960101","Perioden":"2023MM01","GeregistreerdeMisdrijven_1":"       ."}]}"##;

/// The columns that the table is expected to have.
pub(super) const COLUMNS: &str = r#"
area = "WijkenEnBuurten"
period = "Perioden"
categories = ["SoortMisdrijf"]
measures = ["GeregistreerdeMisdrijven_1"]
"#;

const CSV: &str = "buurt,jaar,soort,aantal\nGM0396,2022,a,3\nGM0396,2022,b,4\n";

/// What, dataset, bytes, key of the stop or of the first refused row, refused rows, figures that come in.
type Case = (&'static str, &'static str, Vec<u8>, &'static str, u64, u64);

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn utf16(text: &str) -> Vec<u8> {
    [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()
}

testkit::db_test! {
    async fn what_is_wrong_is_said_and_nothing_is_half_imported(db) {
        let app = app(db, &format!("{COUNTS}{CRIMES}{COLUMNS}"));
        let cx = adviser(&app);
        let page = zip(&[("UntypedDataSet-0000.json", PAGE.as_bytes())]);
        let cut = |bytes: &[u8], by: usize| bytes[..bytes.len() - by].to_vec();
        let csv = |text: &str| text.as_bytes().to_vec();
        let table = "\"ID\";\"SoortMisdrijf\";\"WijkenEnBuurten\";\"Perioden\";\"GeregistreerdeMisdrijven_1\"\n";
        let cases: Vec<Case> = vec![
            ("a good CSV", "counts", csv(CSV), "", 0, 2),
            ("cut off within a row", "counts", cut(CSV.as_bytes(), 3), "figures-stop-cut-off", 0, 0),
            ("a quote that was never closed", "counts", csv("buurt,jaar,soort,aantal\nGM0396,2022,\"a,3\n"), "figures-stop-cut-off", 0, 0),
            ("packed and cut off", "counts", cut(&gz(CSV.as_bytes()), 9), "figures-stop-cut-short", 0, 0),
            ("UTF-16 is read", "counts", utf16(CSV), "", 0, 2),
            ("Latin-1 unannounced", "counts", b"buurt,jaar,soort,aantal\nGM0396,2022,caf\xe9,3\n".to_vec(), "figures-stop-encoding", 0, 0),
            ("a column was renamed", "counts", csv(&CSV.replace("aantal", "n")), "figures-stop-columns", 0, 0),
            ("a column was added", "counts", csv(&CSV.replace("aantal", "aantal,extra").replace(",3\n", ",3,1\n").replace(",4\n", ",4,1\n")), "figures-stop-new-columns", 0, 0),
            ("a column twice", "counts", csv(&CSV.replace("soort", "jaar")), "figures-stop-column-twice", 0, 0),
            ("another separator", "counts", csv(&CSV.replace(',', ";")), "figures-stop-delimiter", 0, 0),
            ("only a header", "counts", csv("buurt,jaar,soort,aantal\n"), "figures-stop-empty", 0, 0),
            ("nothing", "counts", vec![], "figures-stop-empty", 0, 0),
            ("a web page", "counts", csv("<html><title>503</title></html>"), "figures-stop-html-title", 0, 0),
            ("a spreadsheet", "counts", page.clone(), "figures-stop-zip", 0, 0),
            ("the same row twice", "counts", csv(&format!("{CSV}GM0396,2022,b,4\n")), "", 0, 2),
            ("two rows that contradict", "counts", csv(&format!("{CSV}GM0396,2022,b,5\n")), "figures-row-contradiction", 2, 1),
            ("no number", "counts", csv(&format!("{CSV}GM0396,2022,c,veel\n")), "figures-row-number", 1, 2),
            ("no period", "counts", csv(&format!("{CSV}GM0396,22,c,1\n")), "figures-row-period", 1, 2),
            ("no area", "counts", csv(&format!("{CSV},2022,c,1\n")), "figures-row-no-area", 1, 2),
            ("a field too many", "counts", csv(&format!("{CSV}GM0396,2022,c,1,1\n")), "figures-row-fields", 1, 2),
            ("a good page", "crimes", PAGE.as_bytes().to_vec(), "", 0, 3),
            ("a good bundle", "crimes", page.clone(), "", 0, 3),
            ("a page cut off", "crimes", cut(PAGE.as_bytes(), 40), "figures-stop-cut-off", 0, 0),
            ("a bundle cut off", "crimes", cut(&page, 60), "figures-stop-cut-short", 0, 0),
            ("a page in UTF-16 is read", "crimes", utf16(PAGE), "", 0, 3),
            ("Latin-1 in a page", "crimes", [PAGE.as_bytes(), b"\xe9"].concat(), "figures-stop-encoding", 0, 0),
            ("the column of figures was renamed", "crimes", csv(&PAGE.replace("Misdrijven_1", "Misdrijven_2")), "figures-stop-columns", 0, 0),
            ("the column of areas was renamed", "crimes", csv(&PAGE.replace("WijkenEnBuurten", "RegioS")), "figures-stop-columns", 0, 0),
            ("a column was added to the page", "crimes", csv(&PAGE.replace("\"Perioden\"", "\"Leeftijd\":\"1\",\"Perioden\"")), "figures-stop-new-columns", 0, 0),
            ("an error instead of rows", "crimes", csv(r#"{"odata.error":{"message":{"value":"query returns more than 10000 records"}}}"#), "figures-stop-server", 0, 0),
            ("no rows", "crimes", csv(r#"{"odata.metadata":"x#y.UntypedDataSet"}"#), "figures-stop-no-rows", 0, 0),
            ("a web page instead of JSON", "crimes", csv("<!DOCTYPE html><html></html>"), "figures-stop-html", 0, 0),
            ("a feed instead of JSON", "crimes", csv("<?xml version=\"1.0\"?><feed/>"), "figures-stop-xml", 0, 0),
            ("a key twice in a page", "crimes", csv(&PAGE.replace("\"1.1.1 \",\"WijkenEnBuurten\":\"GM", "\"0.0.0 \",\"WijkenEnBuurten\":\"GM")), "", 0, 2),
            ("keys that contradict", "crimes", csv(&PAGE.replacen("      12", "      13", 1).replace("1.1.1 \",\"WijkenEnBuurten\":\"GM", "0.0.0\",\"WijkenEnBuurten\":\"GM")), "figures-row-contradiction", 2, 1),
            ("another period", "crimes", csv(&PAGE.replace("2023MM01", "2023SJ00")), "figures-row-period", 1, 2),
            ("a good table in CSV", "crimes", csv(&format!("{table}0;\"1.1.1 \";\"GM0396    \";\"2023JJ00\";\"     7\"\n")), "", 0, 1),
            ("a table in CSV cut off", "crimes", csv(&format!("{table}0;\"1.1.1 \";\"GM0396    \";\"2023")), "figures-stop-cut-off", 0, 0),
            ("a short row of a table", "crimes", csv(&format!("{table}0;\"1.1.1 \";\"GM0396\"\n1;\"1.1.1 \";\"GM0396    \";\"2023JJ00\";\"     7\"\n")), "figures-row-fields", 1, 1),
            ("another column in CSV", "crimes", csv(&format!("{}0;\"1.1.1 \";\"GM0396    \";\"2023JJ00\";\"     7\"\n", table.replace("Perioden", "Periode"))), "figures-stop-columns", 0, 0),
        ];
        for (what, dataset, bytes, key, refused, figures) in cases {
            let received = send(&cx, dataset, "file", &bytes, "").await;
            assert_eq!(trouble(&received.report), (key.to_owned(), refused), "{what}: {:?}", received.report);
            assert_eq!(received.report.cells, figures, "{what}");
            assert!(kept(&cx, dataset).await.is_empty(), "{what}: nothing before somebody uses it");
            if let Some(stop) = &received.report.stopped {
                let refused = import::apply(&cx, received.id, true).await;
                assert!(matches!(refused, Err(Fault::Rule { key: "figures-rule-stopped", .. })), "{what}");
                let sentence = stop.sentence(&cx.words);
                assert!(!sentence.contains("figures-") && !sentence.contains("{ $"), "{what}: {sentence}");
            }
            for refusal in &received.report.refusals {
                let sentence = refusal.why.sentence(&cx.words);
                assert!(refusal.row > 0 && !sentence.contains("figures-") && !sentence.contains('$'), "{what}: {sentence}");
            }
        }
    }

    async fn a_code_list_that_moved_waits_for_a_person(db) {
        let app = app(db, &format!("{CRIMES}{COLUMNS}"));
        let cx = adviser(&app);
        let list = |title: &str| format!("{{\"odata.metadata\":\"x#SoortMisdrijf\",\"value\":[{{\"Key\":\"0.0.0 \",\"Title\":\"Totaal\"}},{{\"Key\":\"1.1.1 \",\"Title\":\"{title}\"}}]}}");
        let file = |title: &str, page: &str| zip(&[("SoortMisdrijf.json", list(title).as_bytes()), ("UntypedDataSet-0000.json", page.as_bytes())]);
        let first = send(&cx, "crimes", "a.zip", &file("Woninginbraak", PAGE), "").await;
        import::apply(&cx, first.id, false).await.unwrap();
        let moved = send(&cx, "crimes", "b.zip", &file("Fietsendiefstal", &PAGE.replace("12\"", "13\"")), "").await;
        assert_eq!(moved.report.moved[0].was, "Woninginbraak");
        assert!(matches!(import::apply(&cx, moved.id, false).await, Err(Fault::Rule { key: "figures-rule-moved", .. })));
        assert!(kept(&cx, "crimes").await.iter().all(|r| r.4 != Some(13.0)), "nothing was written");
        import::apply(&cx, moved.id, true).await.unwrap();
        assert!(kept(&cx, "crimes").await.iter().any(|r| r.4 == Some(13.0)));
        // a code outside the list is refused with its row
        let unknown = send(&cx, "crimes", "c.zip", &file("Fietsendiefstal", &PAGE.replace("2,\"SoortMisdrijf\":\"1.1.1", "2,\"SoortMisdrijf\":\"9.9.9")), "").await;
        assert_eq!(trouble(&unknown.report), ("figures-row-unknown-code".to_owned(), 1));
        assert_eq!(unknown.report.refusals[0].row, 3);
    }

    async fn a_year_that_is_half_there_is_said_and_not_final(db) {
        let app = app(db, COUNTS);
        let cx = adviser(&app);
        let mut file = String::from("buurt,jaar,soort,aantal\nGM0396,2022,a,99\n");
        for (year, months) in [(2022, 12), (2023, 5)] {
            (1..=months).for_each(|m| file.push_str(&format!("GM0396,{year}-{m:02},a,1\n")));
        }
        file.push_str("GM0396,2023,a,5\n");
        let received = send(&cx, "counts", "a.csv", file.as_bytes(), "").await;
        let notes: Vec<&str> = received.report.notes.iter().map(|n| n.key.as_str()).collect();
        assert_eq!(notes, ["figures-note-half-year", "figures-note-months-year"], "the year 2022 is not its months either");
        import::apply(&cx, received.id, false).await.unwrap();
        let config = cx.municipality.get::<FiguresConfig>();
        let ask = crate::read::Ask { dataset: "counts", measure: "n", categories: &["a".to_owned()], area: "GM0396" };
        let years = crate::read::by_year(&mut cx.read().await.unwrap(), cx.code(), &config, ask).await.unwrap();
        let got: Vec<_> = years.iter().map(|y| (y.year, y.figure, y.preliminary)).collect();
        assert_eq!(got, [(2022, areas::Figure::Value(99.0), false), (2023, areas::Figure::Value(5.0), true)]);
    }
}

#[test]
fn the_metadata_layout_with_sections_is_read() {
    let text = "TableInfos;;;;\nID;Title;Identifier;Modified;\n0;\"Misdrijven\nper maand\";47013NED;2025-12-15T02:00:00;\nDataProperties;;;;\n\
        ID;Position;Type;Key;Title\n0;0;Dimension;SoortMisdrijf;Soort\n1;1;GeoDimension;RegioS;Regio\n2;2;TimeDimension;Perioden;Perioden\n\
        3;3;Topic;GeregistreerdeMisdrijven_1;Misdrijven\nSoortMisdrijf;;;;\nKey;Title;Description;;\n0.0.0 ;Totaal;;;\n1.1.1 ;Inbraak;\"A20\nA30\";;\n\
        RegioS;;;;\nKey;Title;Description;;\nNL01  ;Nederland;;;\nGM0396;Heemskerk;;;\nPerioden;;;;\nKey;Title;Status;;\n2023JJ00;2023;Voorlopig;;\n";
    let data = "\"ID\";\"SoortMisdrijf\";\"RegioS\";\"Perioden\";\"GeregistreerdeMisdrijven_1\"\n0;\"1.1.1 \";\"GM0396\";\"2023JJ00\";\"   7\"\n";
    let config: FiguresConfig = toml::from_str(&format!("{HEAD}{CRIMES}")).unwrap();
    let sheet = areas::Sheet::new(vec![], vec![]);
    let around = crate::source::Around {
        dataset: &config.datasets[0],
        municipality: "GM0396",
        sheet: &sheet,
        today: jiff::civil::date(2026, 1, 1),
        stated: None,
        most_bytes: 1_000_000,
    };
    let both = zip(&[("47013NED_metadata.csv", text.as_bytes()), ("47013NED_data.csv", data.as_bytes())]);
    let parsed = crate::source::read(crate::source::Raw { bytes: &both, name: "47013NED.zip" }, &around).unwrap();
    assert_eq!(parsed.reference.as_deref(), Some("2025-12-15"));
    assert_eq!((parsed.rows, parsed.names.len()), (1, 5), "{:?}", parsed.names);
    let one = &parsed.observations[0];
    assert_eq!((one.key.category.as_str(), one.key.area.as_str(), one.preliminary), ("1.1.1", "GM0396", true));
    assert!(one.key.measure == "GeregistreerdeMisdrijven_1" && one.figure == areas::Figure::Value(7.0));
    // the metadata file alone brings names
    let names = crate::source::read(crate::source::Raw { bytes: text.as_bytes(), name: "m.csv" }, &around).unwrap();
    assert_eq!((names.rows, names.observations.len(), names.names.len()), (0, 0, 5));
}

#[test]
fn version_4_and_margins_are_read() {
    let dataset = r#"
[[dataset]]
id = "monitor"
name = { nl = "Monitor" }
publisher = "CBS"
licence = "CC BY 4.0"
kind = "odata"
adds_up = false
[dataset.odata]
version = 4
survey = true
area = "RegioS"
period = "Perioden"
margins = { column = "Marges", value = "MW00000", low = "MOG0095", high = "MBG0095" }
"#;
    let config: FiguresConfig = toml::from_str(&format!("{HEAD}{dataset}")).unwrap();
    let sheet = areas::Sheet::new(vec![], vec![]);
    let around = crate::source::Around {
        dataset: &config.datasets[0],
        municipality: "GM0396",
        sheet: &sheet,
        today: jiff::civil::date(2026, 1, 1),
        stated: None,
        most_bytes: 1_000_000,
    };
    let row = |measure: &str, margin: &str, attribute: &str, value: &str| {
        format!(
            r#"{{"Id":1,"Measure":"{measure}","ValueAttribute":"{attribute}","Value":{value},"StringValue":null,"RegioS":"GM0396","Perioden":"2023JJ00","Marges":"{margin}"}}"#
        )
    };
    let rows = [
        row("T1", "MOG0095", "None", "30.1"),
        row("T1", "MW00000", "None", "34.5"),
        row("T1", "MBG0095", "None", "39.2"),
        row("T2", "MW00000", "Confidential", "null"),
        row("T3", "MW00000", "Impossible", "null"),
        row("T4", "MW00000", "None", "0"),
        row("T5", "MX", "None", "0"),
    ];
    let text = format!(
        r##"{{"@odata.context":"https://x/v1/CBS/85146NED/$metadata#Observations","value":[{}]}}"##,
        rows.join(",")
    );
    let parsed = crate::source::read(crate::source::Raw { bytes: text.as_bytes(), name: "o.json" }, &around).unwrap();
    let got: Vec<_> = parsed.observations.iter().map(|o| (o.key.measure.as_str(), o.figure, o.low, o.high)).collect();
    use areas::Figure::{Missing, Suppressed, Value};
    let expected = [
        ("T1", Value(34.5), Some(30.1), Some(39.2)),
        ("T2", Suppressed, None, None),
        ("T3", Missing, None, None),
        ("T4", Value(0.0), None, None),
    ];
    assert_eq!(got, expected);
    assert_eq!((parsed.refused[0].row, parsed.refused[0].why.key.as_str()), (7, "figures-row-margin-code"));
    assert!(parsed.observations.iter().all(|o| o.key.period.kind == crate::model::PeriodKind::Survey));
}

#[test]
fn a_total_that_is_not_its_parts_is_said_and_repeated_names_stay_apart() {
    let dataset = COUNTS.split_once("[dataset.csv]").unwrap().0;
    let csv = "[dataset.csv]\narea = { column = \"gebied\", number_repeats = true }\nperiod = { value = \"2022\" }\nrest = { category = \"n\" }\ntotal = \"totaal\"\n";
    let config: FiguresConfig = toml::from_str(&format!("{HEAD}{dataset}areas = \"all\"\n{csv}")).unwrap();
    let sheet = areas::Sheet::new(vec![], vec![]);
    let around = crate::source::Around {
        dataset: &config.datasets[0],
        municipality: "GM0396",
        sheet: &sheet,
        today: jiff::civil::date(2026, 1, 1),
        stated: None,
        most_bytes: 1_000_000,
    };
    let text = "gebied,totaal,a,b\nBavel,5,2,3\nBavel,4,2,3\nUlvenhout,9,x,3\nBron: ons,,,\n";
    let parsed = crate::source::read(crate::source::Raw { bytes: text.as_bytes(), name: "b.csv" }, &around).unwrap();
    let areas: Vec<&str> = parsed.observations.iter().step_by(3).map(|o| o.key.area.as_str()).collect();
    assert_eq!(areas, ["Bavel", "Bavel (2)", "Ulvenhout"]);
    let notes: Vec<_> = parsed.notes.iter().map(|n| (n.key.as_str(), n.values["row"].as_str())).collect();
    assert_eq!(notes, [("figures-note-below", "5"), ("figures-note-total", "3")], "a withheld part is no difference");
}
