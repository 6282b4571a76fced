//! A file as its writer wrote it: values with their places, and what policies do to them.

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Files, Place};
use jiff::civil::Date;
use std::cell::Cell;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// A value, where it stands, and the changes that policies make to it.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands.
    pub at: Place,
    /// The value.
    pub value: Value,
    /// What policies do to it on a date.
    pub changes: Vec<Change>,
    /// Whether somebody has read those changes.
    pub changes_read: Cell<bool>,
}

/// A value.
#[derive(Debug, Clone)]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// Yes or no.
    Boolean(bool),
    /// A date.
    Date(Date),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// A table, in order of the file.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// One key of a table with its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_at: Place,
    /// The value.
    pub node: Node,
}

/// What a policy does to a value.
#[derive(Debug, Clone)]
pub struct Change {
    /// What.
    pub operation: Operation,
    /// From this date on (a date, or a choice of dates); from the start where there is none.
    pub from: Option<Node>,
    /// Until this date; for good where there is none.
    pub until: Option<Node>,
    /// Length of the build-up.
    pub ramp: Option<Node>,
    /// How it wears off.
    pub fade: Option<Node>,
    /// Why, in the policy's words.
    pub why: Option<String>,
    /// Title of the policy.
    pub policy: String,
    /// Where it is said.
    pub at: Place,
}

/// Kinds of change.
#[derive(Debug, Clone)]
pub enum Operation {
    /// Put this in its place.
    Set(Node),
    /// Multiply by this.
    Scale(Node),
    /// Add this.
    Add(Node),
    /// Send those who would go this way to another target, all or a share of them.
    Divert {
        /// The target, as `stage.x` or `exit.x`.
        to: Node,
        /// The share; all where there is none.
        share: Option<Node>,
    },
}

impl Node {
    /// A value at a place, with no changes.
    pub const fn new(at: Place, value: Value) -> Self {
        Self { at, value, changes: Vec::new(), changes_read: Cell::new(false) }
    }

    /// The table it is.
    pub const fn table(&self) -> Option<&Table> {
        if let Value::Table(table) = &self.value { Some(table) } else { None }
    }

    /// The list it is.
    pub fn list(&self) -> Option<&[Self]> {
        if let Value::List(list) = &self.value { Some(list) } else { None }
    }

    /// The text it is.
    pub fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The number it is.
    pub const fn number(&self) -> Option<f64> {
        match self.value {
            Value::Integer(number) => Some(number as f64),
            Value::Float(number) => Some(number),
            _ => None,
        }
    }

    /// The date it is.
    pub const fn date(&self) -> Option<Date> {
        if let Value::Date(date) = self.value { Some(date) } else { None }
    }

    /// The kind of value it is, in words.
    pub const fn kind(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "text",
            Value::Integer(_) => "a whole number",
            Value::Float(_) => "a number",
            Value::Boolean(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }

    /// The value of a key of the table it is.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.table()?.get(key)
    }

    /// The value at a path of keys below it; the entries of a list are numbered from 0.
    pub fn find<'a>(&self, path: impl IntoIterator<Item = &'a str>) -> Option<&Self> {
        path.into_iter().try_fold(self, |node, key| match &node.value {
            Value::List(list) => list.get(key.parse::<usize>().ok()?),
            _ => node.get(key),
        })
    }

    /// The same, to be changed.
    pub fn find_mut<'a>(&mut self, path: impl IntoIterator<Item = &'a str>) -> Option<&mut Self> {
        path.into_iter().try_fold(self, |node, key| match &mut node.value {
            Value::Table(table) => {
                table.entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.node)
            }
            Value::List(list) => list.get_mut(key.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// It and every value below it, with their paths.
    pub fn walk<'a>(&'a self, path: &str, visit: &mut dyn FnMut(&str, &'a Self)) {
        visit(path, self);
        let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match &self.value {
            Value::Table(table) => {
                for entry in &table.entries {
                    entry.node.walk(&below(&entry.key), visit);
                }
            }
            Value::List(list) => {
                for (number, node) in list.iter().enumerate() {
                    node.walk(&below(&number.to_string()), visit);
                }
            }
            _ => {}
        }
    }
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.key.as_str())
    }
}

/// Read a TOML file into a tree; `None` where it cannot be read, which has then been noted.
pub fn read(path: &Path, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<Node> {
    let (file, text) = read_text(path, files, diagnostics)?;
    parse(file, &text, diagnostics)
}

/// The tree of a text that was read as `file`; `None` where it is not TOML, which has then been noted.
pub fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = Place::new(file, error.span().unwrap_or(0..0));
        diagnostics.push(
            Diagnostic::error(format!("this is not TOML: {}", error.message()), &at, "here")
                .help("see https://toml.io for the form of such files"),
        );
    }
    if !errors.is_empty() {
        return None;
    }
    Some(node(file, &DeValue::Table(table.get_ref().clone()), 0..text.len(), diagnostics))
}

/// Read a file as text and take it in.
pub fn read_text(path: &Path, files: &mut Files, diagnostics: &mut Diagnostics) -> Option<(FileId, String)> {
    let name = path.display().to_string();
    let bytes = files.bytes(path);
    let mut refuse = |message: String, help: &str| {
        let file = files.add(name.clone(), String::new());
        diagnostics.push(Diagnostic::error(message, &Place::whole(file), "this file").help(help));
        None
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            return refuse(
                format!("`{name}` cannot be read: {error}"),
                "give the path of a file that exists and may be read; paths in a file are relative to that file",
            );
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => Some((files.add(name, text.clone()), text)),
        Err(error) => refuse(
            format!("`{name}` is not UTF-8: the byte at {} is not text", error.utf8_error().valid_up_to()),
            "save the file as UTF-8",
        ),
    }
}

fn node(file: FileId, value: &DeValue<'_>, range: std::ops::Range<usize>, found: &mut Diagnostics) -> Node {
    let at = Place::new(file, range);
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => integer(number, &at, found),
        DeValue::Float(number) => Value::Float(number.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(yes) => Value::Boolean(*yes),
        DeValue::Datetime(datetime) => date(datetime, &at, found),
        DeValue::Array(list) => {
            Value::List(list.iter().map(|item| node(file, item.get_ref(), item.span(), found)).collect())
        }
        DeValue::Table(table) => Value::Table(Table {
            entries: table
                .iter()
                .map(|(key, value)| Entry {
                    key: key.get_ref().to_string(),
                    key_at: Place::new(file, key.span()),
                    node: node(file, value.get_ref(), value.span(), found),
                })
                .collect(),
        }),
    };
    Node::new(at, value)
}

fn integer(number: &toml::de::DeInteger<'_>, at: &Place, found: &mut Diagnostics) -> Value {
    match i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()) {
        Ok(number) => Value::Integer(number),
        Err(_) => {
            found.push(Diagnostic::error(
                format!("the number {} is too large", number.as_str()),
                at,
                "expected at most 9223372036854775807",
            ));
            Value::Integer(0)
        }
    }
}

fn date(datetime: &toml::value::Datetime, at: &Place, found: &mut Diagnostics) -> Value {
    let civil = datetime
        .date
        .and_then(|date| Date::new(i16::try_from(date.year).ok()?, date.month as i8, date.day as i8).ok());
    match (civil, datetime.time) {
        (Some(date), None) => Value::Date(date),
        _ => {
            found.push(
                Diagnostic::error(
                    format!("`{datetime}` is not a date"),
                    at,
                    "expected a date such as 2019-06-07",
                )
                .help("dates mean their midnight; leave the time of day out"),
            );
            Value::Date(Date::constant(2000, 1, 1))
        }
    }
}
