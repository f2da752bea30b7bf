//! Answers of Signalen's private API, kept as files: pages of `/signals/v1/private/signals/`, single reports, and
//! histories (`…/{id}/history`). Which is which shows from what is in them; a single report counts before a page.

use super::{Export, Record, Status, Wrong, address, instant};
use kit::At;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

#[derive(Default)]
struct Found<'a> {
    file: &'a str,
    report: Value,
    whole: bool,
}

/// Reads the set.
pub(super) fn read(texts: &[(&str, &str)]) -> Result<Export, Vec<Wrong>> {
    let (mut fatal, mut wrong) = (Vec::new(), Vec::new());
    let mut reports: BTreeMap<u64, Found<'_>> = BTreeMap::new();
    let mut histories: HashMap<u64, Vec<Value>> = HashMap::new();
    for (file, text) in texts {
        let value: Value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(e) if e.is_eof() => {
                fatal.push(Wrong::file(file, "exchange-file-cut", ""));
                continue;
            }
            Err(e) => {
                fatal.push(Wrong::file(file, "exchange-file-json", e.to_string()));
                continue;
            }
        };
        let is_page = value.get("results").is_some_and(Value::is_array);
        let items = match value {
            Value::Array(items) => items,
            Value::Object(mut page) if is_page => match page.remove("results") {
                Some(Value::Array(items)) => items,
                _ => vec![],
            },
            other => vec![other],
        };
        for item in items {
            if let Some(number) = item["_signal"].as_u64() {
                histories.entry(number).or_default().push(item);
            } else if let (Some(number), true) = (item["id"].as_u64(), item["status"].is_object()) {
                let known = reports.get(&number);
                if known.is_some_and(|k| k.whole != is_page) {
                    // the same report twice in the same sort of file
                    let fault = Wrong::file(file, "exchange-row-twice", number.to_string());
                    wrong.push(Wrong { number: number.to_string(), ..fault });
                } else if known.is_none_or(|k| !k.whole) {
                    reports.insert(number, Found { file, report: item, whole: !is_page });
                }
            } else {
                fatal.push(Wrong::file(file, "exchange-file-schema", ""));
                break;
            }
        }
    }
    if !fatal.is_empty() {
        return Err(fatal);
    }
    let records = reports
        .into_iter()
        .map(|(number, found)| record(number, &found, histories.remove(&number).unwrap_or_default()))
        .collect();
    Ok(Export { records, wrong, unused: vec![] })
}

fn record(number: u64, found: &Found<'_>, mut history: Vec<Value>) -> Record {
    let report = &found.report;
    let text = |value: &Value| value.as_str().unwrap_or_default().trim().to_owned();
    let at = |value: &Value| value.as_str().and_then(instant);
    let location = &report["location"];
    let corner = |i: usize| location["geometrie"]["coordinates"][i].as_f64();
    let place = text(&location["address_text"]);
    let mut statuses = Vec::new();
    let mut notes: Vec<(At, String)> = Vec::new();
    history.sort_by_key(|entry| at(&entry["when"]));
    for entry in &history {
        let Some(when) = at(&entry["when"]) else { continue };
        match entry["what"].as_str() {
            // "Status gewijzigd naar: Extern: verzonden"
            Some("UPDATE_STATUS") => {
                let action = text(&entry["action"]);
                let word = action.split_once(':').map_or(action.as_str(), |(_, name)| name.trim());
                statuses.push(Status { at: when, word: word.to_owned(), text: text(&entry["description"]) });
            }
            Some("CREATE_NOTE") => notes.push((when, text(&entry["description"]))),
            _ => {}
        }
    }
    if statuses.is_empty()
        && let Some(when) = at(&report["status"]["created_at"])
    {
        let status = &report["status"];
        statuses.push(Status { at: when, word: text(&status["state"]), text: text(&status["text"]) });
    }
    if notes.is_empty() {
        let given = report["notes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let created = at(&report["updated_at"]).or(at(&report["created_at"]));
        notes =
            given.iter().filter_map(|note| Some((at(&note["created_at"]).or(created)?, text(&note["text"])))).collect();
    }
    Record {
        file: found.file.to_owned(),
        line: 0,
        number: number.to_string(),
        created: at(&report["created_at"]),
        incident: at(&report["incident_date_start"]),
        text: text(&report["text"]),
        text_extra: text(&report["text_extra"]),
        slug: format!("{}/{}", text(&report["category"]["main_slug"]), text(&report["category"]["sub_slug"])),
        point: corner(0).zip(corner(1)),
        address: if place.is_empty() { address(&location["address"]) } else { place },
        statuses,
        notes,
        priority: text(&report["priority"]["priority"]),
        kind: Some(text(&report["type"]["code"])).filter(|t| !t.is_empty()).unwrap_or_else(|| "SIG".to_owned()),
        source: text(&report["source"]),
        email: text(&report["reporter"]["email"]),
        phone: text(&report["reporter"]["phone"]),
    }
}
