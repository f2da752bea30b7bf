//! Just enough of YAML and JSON Schema to hold our answers against the standard's own schemas.

use serde_json::{Map, Value, json};
use std::path::Path;

/// Reads the YAML of the schemas: block mappings and lists, scalars, quoted texts; texts over several lines
/// (descriptions) are skipped.
pub(super) fn yaml(text: &str) -> Value {
    let lines: Vec<(usize, &str)> = text
        .lines()
        .map(|line| (line.len() - line.trim_start().len(), line.trim()))
        .filter(|(_, line)| !line.is_empty() && *line != "---" && !line.starts_with('#'))
        .collect();
    let mut at = 0;
    block(&lines, &mut at)
}

fn scalar(text: &str) -> Value {
    let bare = text.trim_matches(['\'', '"']);
    if bare.len() < text.len() {
        return json!(bare);
    }
    match text {
        "null" => Value::Null,
        "true" => json!(true),
        "false" => json!(false),
        text => text.parse::<i64>().map_or_else(|_| json!(text), |n| json!(n)),
    }
}

/// Whether a line begins with a key: a property may be called `description`, and a description may be a text.
fn is_key(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(k, v)| k.chars().all(char::is_alphanumeric) && (v.is_empty() || v.starts_with(' ')))
}

fn block(lines: &[(usize, &str)], at: &mut usize) -> Value {
    let Some(&(indent, first)) = lines.get(*at) else { return Value::Null };
    if first.starts_with('-') {
        let mut list = vec![];
        while let Some(&(here, line)) = lines.get(*at).filter(|l| l.0 == indent && l.1.starts_with('-')) {
            let inner = line[1..].trim_start();
            let is_map =
                inner.split_once(':').is_some_and(|(k, v)| !k.contains(' ') && (v.is_empty() || v.starts_with(' ')));
            if is_map && !inner.starts_with(['\'', '"']) {
                // the first key of a mapping stands behind the dash: read it as if it stood alone
                let deep = here + (line.len() - inner.len());
                let mut own = vec![(deep, inner)];
                *at += 1;
                while let Some(&(more, text)) = lines.get(*at).filter(|l| l.0 > indent) {
                    own.push((more, text));
                    *at += 1;
                }
                let mut from = 0;
                list.push(block(&own, &mut from));
            } else {
                *at += 1;
                list.push(scalar(inner));
            }
        }
        return Value::Array(list);
    }
    let mut map = Map::new();
    while let Some(&(_, line)) = lines.get(*at).filter(|l| l.0 == indent) {
        let (key, value) = line.split_once(':').unwrap_or((line, ""));
        let (key, value) = (key.trim_matches(['\'', '"']), value.trim());
        *at += 1;
        let deeper = lines.get(*at).is_some_and(|l| l.0 > indent || (l.0 == indent && l.1.starts_with('-')));
        let read = match value {
            "" if deeper && (key != "description" || lines.get(*at).is_some_and(|l| is_key(l.1))) => block(lines, at),
            "" | "|-" | "|" | ">-" | ">" => Value::Null,
            text => scalar(text),
        };
        // what is left of a text over several lines
        while lines.get(*at).is_some_and(|l| l.0 > indent) {
            *at += 1;
        }
        map.insert(key.to_owned(), read);
    }
    Value::Object(map)
}

/// What is wrong with `value` by the schema in `folder/file`; empty when nothing is.
pub(super) fn faults(folder: &Path, file: &str, value: &Value) -> Vec<String> {
    let schema = yaml(&std::fs::read_to_string(folder.join(file)).unwrap());
    check(folder, &schema, value, file)
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        other => panic!("type `{other}`"),
    }
}

fn check(folder: &Path, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    let mut out = vec![];
    for (key, rule) in schema.as_object().expect("a schema is an object") {
        match key.as_str() {
            "$ref" => out.extend(faults(folder, rule.as_str().unwrap(), value)),
            "type" => {
                let kinds: Vec<&Value> = rule.as_array().map_or_else(|| vec![rule], |all| all.iter().collect());
                let fits = kinds.iter().any(|k| k.as_str().map_or(value.is_null(), |k| is(k, value)));
                if !fits {
                    out.push(format!("{place}: no {rule}: {value}"));
                }
            }
            "required" => {
                for name in rule.as_array().unwrap() {
                    if value.is_object() && value.get(name.as_str().unwrap()).is_none() {
                        out.push(format!("{place}: lacks {name}"));
                    }
                }
            }
            "properties" => {
                for (name, inner) in rule.as_object().unwrap() {
                    if let Some(found) = value.get(name) {
                        out.extend(check(folder, inner, found, &format!("{place}.{name}")));
                    }
                }
            }
            "items" => {
                for (n, found) in value.as_array().into_iter().flatten().enumerate() {
                    out.extend(check(folder, rule, found, &format!("{place}[{n}]")));
                }
            }
            "allOf" => {
                for inner in rule.as_array().unwrap() {
                    out.extend(check(folder, inner, value, place));
                }
            }
            "oneOf" => {
                let fits =
                    rule.as_array().unwrap().iter().filter(|s| check(folder, s, value, place).is_empty()).count();
                if fits != 1 {
                    out.push(format!("{place}: {fits} of oneOf: {value}"));
                }
            }
            "const" if rule != value => out.push(format!("{place}: not {rule}")),
            "enum" if !rule.as_array().unwrap().contains(value) => out.push(format!("{place}: none of {rule}")),
            "minItems" | "maxItems" => {
                let (have, bound) = (value.as_array().map_or(0, Vec::len) as i64, rule.as_i64().unwrap());
                if (key == "minItems" && have < bound) || (key == "maxItems" && have > bound) {
                    out.push(format!("{place}: {have} items, {key} {bound}"));
                }
            }
            "minimum" if value.as_i64() < rule.as_i64() => out.push(format!("{place}: below {rule}")),
            "maximum" if value.as_i64() > rule.as_i64() => out.push(format!("{place}: above {rule}")),
            "format"
                if rule == "date-time" && value.as_str().is_some_and(|t| t.parse::<jiff::Timestamp>().is_err()) =>
            {
                out.push(format!("{place}: no date-time: {value}"));
            }
            _ => {}
        }
    }
    out
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let Some(folder) = testkit::shared("data/standaarden/ogc/core_schemas") else { return };
    let point = json!({ "type": "Point", "coordinates": [4.6, 52.5] });
    let feature = |geometry: Value| json!({ "type": "Feature", "geometry": geometry, "properties": {} });
    assert_eq!(faults(&folder, "featureGeoJSON.yaml", &feature(point)), Vec::<String>::new());
    for (file, wrong) in [
        ("featureGeoJSON.yaml", feature(json!({ "type": "Point", "coordinates": [4.6] }))),
        ("featureGeoJSON.yaml", feature(json!({ "type": "Punt", "coordinates": [4.6, 52.5] }))),
        ("featureGeoJSON.yaml", json!({ "type": "Feature", "properties": {} })),
        ("collection.yaml", json!({ "id": "x" })),
        ("collection.yaml", json!({ "id": "x", "links": [{ "href": "x" }] })),
        ("collection.yaml", json!({ "id": "x", "links": [], "extent": { "spatial": { "bbox": [[1, 2, 3]] } } })),
        ("collection.yaml", json!({ "id": "x", "links": [], "extent": { "temporal": { "interval": [[null, "x"]] } } })),
        ("exception.yaml", json!({ "status": 42 })),
        ("confClasses.yaml", json!({ "conformsTo": [1] })),
    ] {
        assert!(!faults(&folder, file, &wrong).is_empty(), "{file}: {wrong}");
    }
}
