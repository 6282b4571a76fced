//! The grammar as JSON Schema, for editors, and as a page for readers.

use super::grammar::{Field, LAWS, MODEL, POLICY, RECORD, SOURCE_ENTRY, STUDY, Shape, VALUE, describe};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// The kinds of file with their keys.
const KINDS: [(&str, &[Field]); 5] =
    [("model", MODEL), ("policy", POLICY), ("study", STUDY), ("record", RECORD), ("source", SOURCE_ENTRY)];

/// The JSON Schema (draft 7) of a kind of file: `model`, `policy`, `study`, `record`, or `source` for an entry of a bibliography.
pub fn schema(kind: &str) -> Option<Value> {
    let (_, fields) = KINDS.into_iter().find(|(name, _)| *name == kind)?;
    let mut schema = table(fields);
    schema.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    schema.insert("title".to_owned(), json!(format!("caseload {kind}")));
    Some(Value::Object(schema))
}

fn table(fields: &[Field]) -> Map<String, Value> {
    let mut properties = Map::new();
    for field in fields {
        let mut property = shape(&field.shape);
        property.insert("description".to_owned(), json!(field.doc));
        properties.insert(field.key.to_owned(), Value::Object(property));
    }
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.key).collect();
    object(
        json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false }),
    )
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}

fn shape(shape_of: &Shape) -> Map<String, Value> {
    object(match shape_of {
        Shape::Text => json!({ "type": "string" }),
        Shape::Title => {
            json!({ "anyOf": [{ "type": "string" }, { "type": "object", "additionalProperties": { "type": "string" } }] })
        }
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::Boolean => json!({ "type": "boolean" }),
        // A TOML date reaches a JSON Schema as text.
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::Quantity(_) => json!({ "anyOf": [{ "type": "string" }, { "type": "number" }, table(VALUE)] }),
        Shape::Law => law(),
        Shape::CountLaw => json!({ "anyOf": [{ "type": "integer" }, { "type": "object" }] }),
        Shape::Table(fields) => return table(fields),
        Shape::Map(inner) => json!({ "type": "object", "additionalProperties": shape(inner) }),
        Shape::List(inner) => json!({ "type": "array", "items": shape(inner) }),
        Shape::Word(words) => json!({ "enum": words }),
        Shape::Either(shapes) => json!({ "anyOf": shapes.iter().map(shape).collect::<Vec<_>>() }),
        Shape::Any => json!({}),
    })
}

fn law() -> Value {
    let laws: Vec<Value> = LAWS
        .iter()
        .map(|(name, keys)| {
            let inner = if keys.is_empty() {
                json!({})
            } else {
                let properties: Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), json!({}))).collect();
                json!({ "type": "object", "properties": properties, "additionalProperties": false })
            };
            json!({ "type": "object", "properties": { *name: inner }, "required": [name], "additionalProperties": false })
        })
        .collect();
    json!({ "anyOf": laws })
}

/// The reference page of the language.
pub fn reference() -> String {
    let mut page = String::from(
        "# Scenario reference\n\nMade from the grammar of the program by `caseload schema --dir schema`; a test fails when it is stale.\n\
         Keys marked * must be there.\n",
    );
    for (kind, fields) in KINDS {
        let _ = write!(page, "\n## {kind}\n");
        section(&mut page, fields, "", &mut Vec::new());
    }
    let laws: Vec<String> = LAWS
        .iter()
        .map(|(name, keys)| {
            if keys.is_empty() {
                format!("`{name} = \"5 days\"`")
            } else {
                format!("`{name} = {{ {} }}`", keys.join(", "))
            }
        })
        .collect();
    let _ = write!(page, "\n## Laws of a length of time\n\n{}\n", laws.join(" · "));
    page
}

fn section(page: &mut String, fields: &[Field], path: &str, seen: &mut Vec<&'static str>) {
    page.push_str("\n| key | what stands there | meaning |\n| --- | --- | --- |\n");
    for field in fields {
        let star = if field.required { "\\*" } else { "" };
        let shape = short(&field.shape).replace('|', "\\|");
        let _ = writeln!(page, "| `{}`{star} | {shape} | {} |", field.key, field.doc);
    }
    let mut below: Vec<_> = fields.iter().filter_map(|field| choice(field, seen)).collect();
    below.extend(fields.iter().filter_map(|field| table_below(field, seen)));
    for (name, inner) in below {
        let below = if path.is_empty() { name } else { format!("{path}.{name}") };
        let _ = write!(page, "\n### `{below}`\n");
        section(page, inner, &below, seen);
    }
}

/// The table behind a key, and how its path goes on; the keys of a value and of a range are shown once.
fn table_below(field: &Field, seen: &mut Vec<&'static str>) -> Option<(String, &'static [Field])> {
    if field.key == "range" {
        if seen.contains(&field.key) {
            return None;
        }
        seen.push(field.key);
    }
    let (name, inner): (String, &[Field]) = match field.shape {
        Shape::Table(fields) => (field.key.to_owned(), fields),
        Shape::Map(Shape::Table(fields)) => (format!("{}.NAME", field.key), fields),
        Shape::List(Shape::Table(fields)) => (format!("{}[]", field.key), fields),
        _ => return None,
    };
    (!std::ptr::eq(inner, VALUE) || field.key == "param").then_some((name, inner))
}

/// The table that may stand behind a key instead of something shorter; shown once for each key.
fn choice(field: &Field, seen: &mut Vec<&'static str>) -> Option<(String, &'static [Field])> {
    let Shape::Either(shapes) = field.shape else { return None };
    if field.key == "source" || seen.contains(&field.key) {
        return None;
    }
    let table = shapes.iter().find_map(|shape| match shape {
        Shape::Table(fields) => Some(*fields),
        _ => None,
    })?;
    seen.push(field.key);
    Some((field.key.to_owned(), table))
}

fn short(shape: &Shape) -> String {
    match shape {
        Shape::Map(Shape::Table(_)) => "tables by name".to_owned(),
        Shape::List(Shape::Table(_)) => "a list of tables".to_owned(),
        Shape::Law => "a law of a length of time".to_owned(),
        other => describe(other),
    }
}
