//! Where the numbers of a model come from.

use super::decode::written;
use super::grammar::{self, SOURCE_ENTRY};
use super::tree::{Node, read as read_tree};
use crate::diagnostic::{Diagnostic, Diagnostics, Files, nearest};
use jiff::civil::Date;
use std::path::Path;

/// The sources of a model.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bibliography {
    /// Whether the model names one at all.
    pub given: bool,
    /// Its entries.
    pub sources: Vec<Source>,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Id used in models.
    pub id: String,
    /// Title.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was published, as written: a year, a month or a day.
    pub date: Option<String>,
}

/// Read the bibliography that a model names.
pub fn read(model_path: &Path, model: &Node, files: &mut Files, found: &mut Diagnostics) -> Bibliography {
    let Some(path) = model.get("sources").and_then(Node::text) else { return Bibliography::default() };
    let path = model_path.parent().unwrap_or(Path::new("")).join(path);
    let Some(root) = read_tree(&path, files, found) else { return Bibliography::default() };
    let entries = root.table().map_or(&[][..], |table| &table.entries);
    let mut sources = Vec::new();
    for entry in entries {
        grammar::check(&entry.node, SOURCE_ENTRY, &format!("source `{}`", entry.key), found);
        let text = |key: &str| entry.node.get(key).and_then(Node::text).map(str::to_owned);
        let url = text("url");
        if let (Some(url), Some(node)) = (&url, entry.node.get("url"))
            && !(url.starts_with("https://") || url.starts_with("http://"))
        {
            found.push(
                Diagnostic::error(
                    format!("the address `{url}` is not one of the web"),
                    &node.at,
                    "expected http:// or https://",
                )
                .help("give an address that a reader can open, or leave it out"),
            );
        }
        let date = entry.node.get("date").map(written);
        sources.push(Source { id: entry.key.clone(), title: text("title").unwrap_or_default(), url, date });
    }
    Bibliography { given: true, sources }
}

impl Source {
    /// The first day that its date can mean: "2019-12" is 2019-12-01. `None` where it has none, or one in words.
    pub fn first_day(&self) -> Option<Date> {
        let text = self.date.as_deref()?;
        let mut parts = text.split('-').map(str::parse::<i16>);
        let year = parts.next()?.ok()?;
        let mut part = || parts.next().map_or(Some(1), |part| i8::try_from(part.ok()?).ok());
        Date::new(year, part()?, part()?).ok()
    }
}

impl Bibliography {
    /// The entry of that id.
    pub fn find(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == id)
    }

    /// Note sources that are cited but not listed, and assumptions without a reason.
    pub fn check(&self, root: &Node, found: &mut Diagnostics) {
        let mut check = |node: &Node| {
            let Some(source) = node.get("source") else { return };
            let id = source.text().or_else(|| source.get("ref").and_then(Node::text));
            if let Some(id) = id
                && !self.sources.iter().any(|known| known.id == id)
            {
                let help = match nearest(id, self.sources.iter().map(|source| source.id.as_str())) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if self.given => "add it to the bibliography".to_owned(),
                    None => "write sources = \"sources.toml\" in the model, and list it there".to_owned(),
                };
                found.push(
                    Diagnostic::error(
                        format!("unknown source `{id}`"),
                        &source.at,
                        "not in the bibliography",
                    )
                    .help(help),
                );
            }
            let grade = source.get("grade").and_then(Node::text);
            if id.is_none() && grade != Some("D") {
                found.push(
                    Diagnostic::error("a source without `ref`", &source.at, "which source?")
                        .help("name an entry of the bibliography, or call a mere assumption grade = \"D\""),
                );
            }
            if grade == Some("D") && node.get("note").is_none() {
                found.push(
                    Diagnostic::error("an assumption has no reason", &source.at, "grade D")
                        .help("add note = \"…\" that says why this value"),
                );
            }
        };
        root.walk("", &mut |_, node| check(node));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_date_means_its_first_day() {
        let first = |text: &str| {
            let date = Some(text.to_owned());
            Source { id: String::new(), title: String::new(), url: None, date }.first_day()
        };
        assert_eq!(first("2019-12-24"), Some(date(2019, 12, 24)));
        assert_eq!(first("2019-12"), Some(date(2019, 12, 1)));
        assert_eq!(first("2019"), Some(date(2019, 1, 1)));
        assert_eq!((first("spring 2019"), first("2019-13"), first("2019-x")), (None, None, None));
    }
}
