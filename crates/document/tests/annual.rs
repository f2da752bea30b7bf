//! The annual report of the `plan` crate, typeset whole: the template must take its sample without a remark, and the
//! file must be tagged, titled and the same each time.

#[path = "../../plan/src/account/paper/mod.rs"]
#[allow(dead_code, unused_imports)]
mod account;

use std::path::Path;

use account::{AnnualReport, Chart, Point, Status, TEMPLATE};
use document::{DocumentError, Fonts, Options, render};
use serde_json::{Value, json};

/// The Noto Sans files, or nothing when `npm ci` was not run; then the test says so and stops.
fn fonts() -> Option<Fonts> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/@expo-google-fonts/noto-sans");
    let files: Vec<Vec<u8>> = ["400Regular", "400Regular_Italic", "700Bold"]
        .iter()
        .filter_map(|cut| std::fs::read(package.join(cut).join(format!("NotoSans_{cut}.ttf"))).ok())
        .collect();
    if files.len() < 3 {
        eprintln!("skipped: no fonts; run `npm ci` first");
        return None;
    }
    Fonts::new(files).ok()
}

fn options(report: &AnnualReport) -> Options {
    Options {
        language: report.language.clone(),
        title: format!("{} {}", report.title, report.year),
        date: report.generated_on,
    }
}

fn simple() -> Options {
    Options { language: "en".into(), title: "Test".into(), date: jiff::civil::date(2027, 2, 12) }
}

fn holds(pdf: &[u8], text: &str) -> bool {
    pdf.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn the_sample_becomes_an_accessible_archivable_pdf() {
    let Some(fonts) = fonts() else { return };
    let report = AnnualReport::sample();
    let data = serde_json::to_value(&report).expect("a report is JSON");
    let started = std::time::Instant::now();
    let first = render(TEMPLATE, &data, &options(&report), &fonts).expect("the sample renders");
    eprintln!("rendered in {:?}, {} bytes", started.elapsed(), first.pdf.len());
    if let Some(path) = std::env::var_os("ANNUAL_PDF") {
        std::fs::write(path, &first.pdf).expect("the file can be written");
    }
    assert_eq!(first.warnings, [], "the typesetter has remarks");
    assert!(first.pdf.starts_with(b"%PDF-1.7"));
    let marks = [
        "<dc:language><rdf:Bag><rdf:li>nl</rdf:li>",
        ">Jaarverslag veiligheid en handhaving 2026</rdf:li>",
        "<xmp:CreateDate>2027-02-12T00:00:00",
        "<pdfuaid:part>1<",
        "<pdfaid:part>2<",
        "<pdfaid:conformance>A<",
    ];
    for mark in marks {
        assert!(holds(&first.pdf, mark), "{mark} is not in the file");
    }
    let second = render(TEMPLATE, &data, &options(&report), &fonts).expect("the sample renders again");
    assert!(first.pdf == second.pdf, "equal input gave other bytes");
}

fn chart(target: Option<f64>, values: &[Option<f64>]) -> Chart {
    let point = |value: &Option<f64>| Point {
        label: "2026".into(),
        value: *value,
        low: value.map(|v| v * 0.9),
        high: value.map(|v| v * 1.1),
        value_label: value.map_or("none".into(), |v| v.to_string()),
    };
    Chart {
        title: "Edge".into(),
        unit: "count".into(),
        target,
        points: values.iter().map(point).collect(),
        alt: "An edge case.".into(),
    }
}

#[test]
fn an_empty_report_and_strange_drawings_render() {
    let Some(fonts) = fonts() else { return };
    let mut report = AnnualReport::sample();
    report.language = "en".into();
    report.status = Status::Decided;
    report.motto.clear();
    report.summary.clear();
    report.key_figures.clear();
    report.method.clear();
    report.sources.clear();
    let priority = report.focus_areas[0].priorities[1].clone();
    let charts = [
        chart(None, &[]),
        chart(Some(4.5), &[None, None]),
        chart(None, &[Some(0.0), Some(0.0)]),
        chart(Some(0.0), &[Some(0.0)]),
        chart(None, &[Some(7.0)]),
        chart(Some(7.25), &[Some(7.0), None, Some(7.1)]),
        chart(None, &[Some(-3.0), Some(0.001)]),
        chart(Some(1e6), &[Some(123_456.0); 14]),
    ];
    for area in &mut report.focus_areas {
        area.priorities.clear();
    }
    for (number, chart) in charts.into_iter().enumerate() {
        let id = format!("edge-{number}");
        report.focus_areas[0].priorities.push(account::Priority { id, chart: Some(chart), ..priority.clone() });
    }
    let data = serde_json::to_value(&report).expect("a report is JSON");
    let made = render(TEMPLATE, &data, &options(&report), &fonts).expect("the edges render");
    assert_eq!(made.warnings, []);
    if let Some(path) = std::env::var_os("ANNUAL_PDF") {
        std::fs::write(Path::new(&path).with_extension("edge.pdf"), &made.pdf).expect("the file can be written");
    }
    report.focus_areas.clear();
    let data = serde_json::to_value(&report).expect("a report is JSON");
    let made = render(TEMPLATE, &data, &options(&report), &fonts).expect("an empty report renders");
    assert_eq!(made.warnings, []);
}

#[test]
fn text_that_no_font_shows_does_not_stop_the_report() {
    let Some(fonts) = fonts() else { return };
    let data = json!({ "name": "Fietsactie \u{1F6B2} \u{2265} 50" });
    render("#json(\"/data.json\").name", &data, &simple(), &fonts).expect("an emoji is replaced");
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let Some(fonts) = fonts() else { return };
    let cases = [
        ("An unknown word\n\n#nothing", Some(3), "unknown variable"),
        (
            "A drawing without words\n#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"))",
            Some(2),
            "alt",
        ),
        ("No file\n#read(\"/etc/passwd\")", Some(2), "not found"),
        ("No package\n#import \"@preview/cetz:0.4.0\"", Some(2), "not found"),
        ("A key that is not there\n#json(\"/data.json\").at(\"absent\")", Some(2), "absent"),
    ];
    for (template, line, words) in cases {
        let Err(DocumentError::Template(found)) = render(template, &json!({}), &simple(), &fonts) else {
            panic!("no error of the template: {template}");
        };
        assert_eq!(found[0].line, line, "{found:?}");
        assert!(found[0].to_string().contains(words), "{found:?} does not speak of {words}");
    }
}

#[test]
fn a_wrong_language_and_a_wrong_font_are_refused() {
    assert_eq!(Fonts::new([b"no font".to_vec()]).err(), Some(DocumentError::NoFont));
    let Some(fonts) = fonts() else { return };
    let options = Options { language: "Nederlands".into(), ..simple() };
    let refused = render("text", &Value::Null, &options, &fonts);
    assert_eq!(refused.err(), Some(DocumentError::Language("Nederlands".into())));
}
