//! The language as data: which keys each table has, and what stands behind them.
//!
//! One description serves the check of every file, the JSON Schema and the reference page.

mod model;
mod policy;
mod record;
mod study;

pub use model::{JOINT, MODEL, SOURCE_ENTRY};
pub use policy::POLICY;
pub use record::RECORD;
#[cfg(test)]
pub(super) use study::OUTCOME;
pub use study::STUDY;

use super::notation::Dimension;
use super::tree::{Node, Table, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, nearest};

/// A key of a table.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What stands behind it.
    pub shape: Shape,
    /// Whether it must be there.
    pub required: bool,
    /// What it means.
    pub doc: &'static str,
}

/// What may stand behind a key.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Text.
    Text,
    /// Text, or a table of texts by language.
    Title,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// True or false.
    Boolean,
    /// A date.
    Date,
    /// A number with its unit, a parameter, or a table with one.
    Quantity(Dimension),
    /// A law of a length of time.
    Law,
    /// A law of a whole number.
    CountLaw,
    /// A table with these keys.
    Table(&'static [Field]),
    /// A table with names of the writer's own.
    Map(&'static Shape),
    /// A list.
    List(&'static Shape),
    /// One of these words.
    Word(&'static [&'static str]),
    /// Any of these.
    Either(&'static [Shape]),
    /// Anything: checked elsewhere.
    Any,
}

/// A key that must be there.
const fn must(key: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { key, shape, required: true, doc }
}

/// A key that may be there.
const fn may(key: &'static str, shape: Shape, doc: &'static str) -> Field {
    Field { key, shape, required: false, doc }
}

/// Keys of a value table: a number with where it comes from and how sure it is.
pub const VALUE: &[Field] = &[
    may("value", Shape::Any, "the number with its unit, or a parameter"),
    may("of", Shape::Text, "a parameter, as \"$name\""),
    may("scale", Shape::Number, "multiple of that parameter"),
    may("label", Shape::Title, "for reports"),
    may("role", Shape::Word(&["fixed", "uncertain", "lever"]), "what it is to a study"),
    may("range", Shape::Table(RANGE), "how far it may be off"),
    may("source", SOURCE, "where it comes from"),
    may("note", Shape::Text, "why, in words"),
];

const RANGE: &[Field] = &[
    may("p05", Shape::Any, "5 % point"),
    may("p95", Shape::Any, "95 % point"),
    may("min", Shape::Any, "least value"),
    may("mode", Shape::Any, "most likely value"),
    may("max", Shape::Any, "greatest value"),
    may("dist", Shape::Word(&["normal", "lognormal", "uniform", "triangular"]), "shape; uniform if not said"),
];

/// A citation: the id of an entry of the bibliography, or a table with it.
pub const SOURCE: Shape = Shape::Either(&[
    Shape::Text,
    Shape::Table(&[
        may("ref", Shape::Text, "id of an entry of the bibliography; left out of a mere assumption, grade D"),
        may("at", Shape::Text, "where in it"),
        may("as-of", Shape::Date, "date that the figure is of, where it is not that of the source"),
        may(
            "counts-as",
            Shape::Word(&["arrivals", "staffing", "law"]),
            "for records: of what a prediction may know though it is of after the start",
        ),
        may(
            "grade",
            Shape::Word(&["A", "B", "C", "D"]),
            "A official count, B study, C press or derived, D assumption",
        ),
    ]),
]);

/// Names of the laws of a length of time, with their keys.
pub const LAWS: &[(&str, &[&str])] = &[
    ("constant", &[]),
    ("exponential", &["mean"]),
    ("erlang", &["mean", "k"]),
    ("gamma", &["mean", "cv"]),
    ("lognormal", &["mean", "cv"]),
    ("weibull", &["mean", "cv"]),
    ("uniform", &["min", "max"]),
    ("triangular", &["min", "mode", "max"]),
    ("hyperexponential", &["mean", "cv"]),
    ("empirical", &["csv", "column", "unit"]),
];

/// Hold a table against its fields, noting every problem of form.
pub fn check(node: &Node, fields: &'static [Field], what: &str, found: &mut Diagnostics) {
    let Some(table) = node.table() else {
        return found.push(wrong_kind(node, "a table", what));
    };
    check_table(table, &node.at, fields, what, found);
}

fn check_table(table: &Table, at: &Place, fields: &[Field], what: &str, found: &mut Diagnostics) {
    for entry in &table.entries {
        match fields.iter().find(|field| field.key == entry.key) {
            Some(field) => check_shape(&entry.node, &field.shape, &format!("`{}`", entry.key), found),
            None => found.push(unknown_key(&entry.key, &entry.key_at, fields, what)),
        }
    }
    for field in fields.iter().filter(|field| field.required && table.get(field.key).is_none()) {
        found.push(
            Diagnostic::error(
                format!("{what} has no `{}`", field.key),
                at,
                format!("`{}` is missing here", field.key),
            )
            .help(format!("add `{} = …`: {}", field.key, field.doc)),
        );
    }
}

fn unknown_key(key: &str, at: &Place, fields: &[Field], what: &str) -> Diagnostic {
    let known: Vec<&str> = fields.iter().map(|field| field.key).collect();
    let all = format!("keys of {what}: {}", known.join(", "));
    let help = match nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?  {all}"),
        None => all,
    };
    Diagnostic::error(format!("unknown key `{key}` in {what}"), at, "not a key of it").help(help)
}

fn wrong_kind(node: &Node, expected: &str, what: &str) -> Diagnostic {
    Diagnostic::error(format!("{what} is {}", node.kind()), &node.at, format!("expected {expected}"))
        .help(format!("write {expected}"))
}

fn check_shape(node: &Node, shape: &Shape, what: &str, found: &mut Diagnostics) {
    if !fits(node, shape) {
        return found.push(wrong_kind(node, &describe(shape), what));
    }
    match (shape, &node.value) {
        (Shape::Table(fields), Value::Table(table)) => check_table(table, &node.at, fields, what, found),
        (Shape::Quantity(_), Value::Table(table)) => check_table(table, &node.at, VALUE, what, found),
        (Shape::Map(shape), Value::Table(table)) => {
            for entry in &table.entries {
                check_shape(
                    &entry.node,
                    shape,
                    &format!("{} `{}`", what.trim_matches('`'), entry.key),
                    found,
                );
            }
        }
        (Shape::List(shape), Value::List(list)) => {
            for item in list {
                check_shape(item, shape, &format!("an entry of {what}"), found);
            }
        }
        (Shape::Either(shapes), _) => {
            if let Some(shape) = shapes.iter().find(|shape| fits(node, shape)) {
                check_shape(node, shape, what, found);
            }
        }
        (Shape::Word(words), Value::Text(word)) if !words.contains(&word.as_str()) => {
            let help = match nearest(word, words.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?  legal: {}", words.join(", ")),
                None => format!("legal: {}", words.join(", ")),
            };
            found.push(
                Diagnostic::error(format!("{what} is \"{word}\""), &node.at, "not one of its words")
                    .help(help),
            );
        }
        (Shape::Law, Value::Table(table)) => check_law(table, node, what, found),
        _ => {}
    }
}

fn check_law(table: &Table, node: &Node, what: &str, found: &mut Diagnostics) {
    let names: Vec<&str> = LAWS.iter().map(|(name, _)| *name).collect();
    let [entry] = table.entries.as_slice() else {
        let help = format!("write one of: {}", names.join(", "));
        return found.push(
            Diagnostic::error(
                format!("{what} has {} laws", table.entries.len()),
                &node.at,
                "expected exactly one law",
            )
            .help(help),
        );
    };
    let Some((_, keys)) = LAWS.iter().find(|(name, _)| *name == entry.key) else {
        let near = nearest(&entry.key, names.iter().copied()).map(|near| format!("did you mean `{near}`?  "));
        return found.push(
            Diagnostic::error(format!("unknown law `{}` of {what}", entry.key), &entry.key_at, "not a law")
                .help(format!("{}laws: {}", near.unwrap_or_default(), names.join(", "))),
        );
    };
    if keys.is_empty() {
        return;
    }
    let Some(parts) = entry.node.table() else {
        let expected = format!("a table such as {{ {} = … }}", keys.join(" = …, "));
        return found.push(wrong_kind(&entry.node, &expected, &format!("`{}`", entry.key)));
    };
    for part in &parts.entries {
        if !keys.contains(&part.key.as_str()) {
            found.push(
                Diagnostic::error(
                    format!("unknown key `{}` in law `{}`", part.key, entry.key),
                    &part.key_at,
                    "not a key of it",
                )
                .help(format!("keys: {}", keys.join(", "))),
            );
        }
    }
    for key in keys.iter().filter(|key| **key != "unit" && parts.get(key).is_none()) {
        found.push(
            Diagnostic::error(
                format!("law `{}` has no `{key}`", entry.key),
                &entry.node.at,
                format!("`{key}` is missing here"),
            )
            .help(format!("write {} = {{ {} = … }}", entry.key, keys.join(" = …, "))),
        );
    }
}

fn fits(node: &Node, shape: &Shape) -> bool {
    match shape {
        Shape::Any => true,
        Shape::Text | Shape::Word(_) => matches!(node.value, Value::Text(_)),
        Shape::Title => matches!(node.value, Value::Text(_) | Value::Table(_)),
        Shape::Integer => matches!(node.value, Value::Integer(_)),
        Shape::Number => node.number().is_some(),
        Shape::Boolean => matches!(node.value, Value::Boolean(_)),
        Shape::Date => matches!(node.value, Value::Date(_)),
        Shape::Quantity(_) | Shape::CountLaw => {
            node.number().is_some() || matches!(node.value, Value::Text(_) | Value::Table(_))
        }
        Shape::Law | Shape::Table(_) | Shape::Map(_) => matches!(node.value, Value::Table(_)),
        Shape::List(_) => matches!(node.value, Value::List(_)),
        Shape::Either(shapes) => shapes.iter().any(|shape| fits(node, shape)),
    }
}

/// A shape, in words.
pub fn describe(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Title => "text, or a table { en = \"…\", es = \"…\" }".to_owned(),
        Shape::Integer => "a whole number".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Boolean => "true or false".to_owned(),
        Shape::Date => "a date such as 2019-06-07".to_owned(),
        Shape::Quantity(dimension) => dimension.expected().to_owned(),
        Shape::Law => "a law of a length of time, such as exponential = { mean = \"5 days\" }".to_owned(),
        Shape::CountLaw => "a whole number, or shifted-geometric = { mean = 2.6, min = 2 }".to_owned(),
        Shape::Table(_) => "a table".to_owned(),
        Shape::Map(shape) => format!("a table of names, each with {}", describe(shape)),
        Shape::List(shape) => format!("a list, each entry {}", describe(shape)),
        Shape::Word(words) => format!("one of \"{}\"", words.join("\", \"")),
        Shape::Either(shapes) => shapes.iter().map(describe).collect::<Vec<_>>().join(", or "),
        Shape::Any => "a value".to_owned(),
    }
}
