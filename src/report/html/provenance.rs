//! Inputs, sources, policies, methods and files of a page.

use super::packed::link;
use super::table::{Cell, Group, Line, Table, cell, line};
use crate::report::document::{Alteration, Document, Input, Source};
use crate::report::say::{Key, Speech};

/// A policy as readable differences.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PolicyView {
    pub(super) title: String,
    pub(super) file: String,
    pub(super) variants: String,
    pub(super) changes: Vec<ChangeView>,
}

/// One change in words.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ChangeView {
    pub(super) sentence: String,
    pub(super) path: String,
    pub(super) notes: Vec<String>,
    /// The written value of something new, which is long.
    pub(super) code: String,
}

/// A file that the page encloses.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FileView {
    pub(super) path: String,
    pub(super) name: String,
    pub(super) hash: String,
    /// The address that holds its text.
    pub(super) link: String,
}

pub(super) fn policies(document: &Document, t: Speech) -> Vec<PolicyView> {
    let policy = |policy: &crate::report::document::Policy| PolicyView {
        title: t.words(&policy.title).to_owned(),
        file: policy.file.clone(),
        variants: policy.variants.join(", "),
        changes: policy.changes.iter().map(|change| view(t, change)).collect(),
    };
    document.provenance.policies.iter().map(policy).collect()
}

fn view(t: Speech, change: &Alteration) -> ChangeView {
    let mut notes: Vec<String> = change.why.iter().cloned().collect();
    if let Some(source) = &change.source {
        let grade = change
            .grade
            .as_ref()
            .map_or_else(String::new, |grade| format!(", {} {grade}", t.say(Key::Grade)));
        notes.push(format!("{}: {source}{grade}", t.say(Key::Source)));
    }
    notes.extend(change.note.iter().cloned());
    notes.extend(change.more.iter().map(|(key, value)| format!("{key} = {value}")));
    let code =
        if change.operation == "insert" { change.value.clone().unwrap_or_default() } else { String::new() };
    ChangeView { sentence: t.alteration(change), path: change.path.clone(), notes, code }
}

/// Policies as a table: a sentence a row.
pub(super) fn changes(document: &Document, t: Speech) -> Table {
    let group = |policy: PolicyView| Group {
        heading: format!("{} ({})", policy.title, policy.variants),
        rows: policy.changes.into_iter().map(change_row).collect(),
    };
    let groups = policies(document, t).into_iter().map(group).collect();
    Table { caption: t.say(Key::PoliciesTitle).to_owned(), head: Vec::new(), groups }
}

fn change_row(change: ChangeView) -> Line {
    line(change.path, vec![Cell::Prose(change.sentence), Cell::Prose(change.notes.join(". "))])
}

/// The assumptions, and the inputs from sources.
pub(super) fn inputs(document: &Document, t: Speech) -> (Table, Table) {
    let inputs = &document.provenance.inputs;
    let (assumed, sourced): (Vec<&Input>, Vec<&Input>) = inputs.iter().partition(|input| input.is_assumed());
    let (number, all) = (t.count(assumed.len()), t.count(inputs.len()));
    let caption = t.fill(Key::InputsLead, &[("n", &number), ("all", &all)]);
    let table = |caption: String, inputs: &[&Input]| Table {
        caption,
        head: [Key::Input, Key::Value, Key::RangeOf, Key::Source, Key::Grade, Key::Why]
            .map(|key| t.say(key).to_owned())
            .to_vec(),
        groups: grouped(document, t, inputs),
    };
    (table(caption, &assumed), table(t.say(Key::SourcedTitle).to_owned(), &sourced))
}

/// Inputs of one thing under its name.
fn grouped(document: &Document, t: Speech, inputs: &[&Input]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for input in inputs {
        let thing: Vec<&str> = input.path.split('.').take(2).collect();
        let name = thing.join(".");
        let heading =
            input.label.as_ref().map_or(name.clone(), |label| format!("{} ({name})", t.words(label)));
        let rest = input.path.strip_prefix(&name).and_then(|rest| rest.strip_prefix('.'));
        let named = rest.unwrap_or(&input.path).to_owned();
        super::sections::push(&mut groups, heading, line(named, cells(document, t, input)));
    }
    for group in &mut groups {
        repeated(&mut group.rows);
    }
    groups
}

/// A source or a reason that many numbers of one thing share is told once.
fn repeated(rows: &mut [Line]) {
    const SHARED: [usize; 2] = [2, 4];
    let nothing = Cell::Prose(String::new());
    for column in SHARED {
        let mut before = nothing.clone();
        for row in &mut *rows {
            let Some(cell) = row.cells.get_mut(column) else { continue };
            if *cell == before && before != nothing {
                *cell = Cell::Text("″".to_owned());
            } else {
                before = cell.clone();
            }
        }
    }
}

/// Value, range, source, grade and reason of an input.
fn cells(document: &Document, t: Speech, input: &Input) -> Vec<Cell> {
    let mut why = input.note.clone().unwrap_or_default();
    if !input.variants.is_empty() {
        let only = t.fill(Key::Only, &[("n", &input.variants.join(", "))]);
        why = if why.is_empty() { only } else { format!("{only}. {why}") };
    }
    vec![
        cell(input.value.clone()),
        cell(input.range.clone().unwrap_or_default()),
        source_cell(document, t, input),
        cell(input.grade.clone().unwrap_or_default()),
        if why.is_empty() { cell("") } else { Cell::Prose(why) },
    ]
}

fn source_cell(document: &Document, t: Speech, input: &Input) -> Cell {
    let Some(id) = &input.source else { return cell(t.say(Key::NoSource)) };
    let place = input.at.as_ref().map_or_else(String::new, |at| format!(", {at}"));
    let known = document.provenance.sources.iter().find(|source| source.id == *id);
    match known.and_then(web) {
        Some(url) => Cell::Link(url, format!("{id}{place}")),
        None => Cell::Prose(format!("{id}{place}")),
    }
}

/// The address of a source, if it is one of the web: nothing else is ever a link.
fn web(source: &Source) -> Option<String> {
    source.url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

pub(super) fn sources(document: &Document, t: Speech) -> Table {
    let row = |source: &Source| {
        let title = match web(source) {
            Some(url) => Cell::Link(url, source.title.clone()),
            None => Cell::Prose(source.title.clone()),
        };
        let cited = t.counted(source.cited, Key::CitedByOne, Key::CitedBy);
        line(source.id.clone(), vec![title, cell(cited)])
    };
    let cited = document.provenance.sources.iter().filter(|source| source.cited > 0);
    let rows = cited.map(row).collect();
    Table { groups: vec![Group { heading: String::new(), rows }], ..Table::default() }
}

pub(super) fn methods(document: &Document, t: Speech) -> Table {
    let row = |item: &crate::report::document::Item| {
        let says = item.says.as_ref().map_or_else(
            || Cell::Prose(format!("▢ {}", t.say(Key::GapMark))),
            |says| Cell::Prose(t.words(says).to_owned()),
        );
        line(format!("{} {}", item.number, t.words(&item.asks)), vec![says])
    };
    let rows = document.provenance.methods.iter().map(row).collect();
    Table { groups: vec![Group { heading: String::new(), rows }], ..Table::default() }
}

/// What is needed to repeat it.
pub(super) fn facts(document: &Document, t: Speech) -> Table {
    let origin = &document.origin;
    let inputs = if origin.sampled {
        t.counted(origin.per_draw, Key::SampledOne, Key::Sampled)
    } else {
        t.say(Key::Central).to_owned()
    };
    let command = origin.command.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ");
    let mut rows = vec![
        line(t.say(Key::Command), vec![Cell::Prose(format!("caseload {command}"))]),
        line(t.say(Key::Version), vec![cell(format!("caseload {}", document.caseload))]),
        line(t.fill(Key::Seed, &[("n", "")]).trim(), vec![cell(origin.seed.to_string())]),
        line(t.fill(Key::Futures, &[("n", "")]).trim(), vec![cell(t.count(origin.replications))]),
        line(t.say(Key::Uncertain), vec![cell(inputs)]),
    ];
    for variant in &document.variants {
        let name = t.fill(Key::VariantHash, &[("name", &variant.name)]);
        rows.push(line(name, vec![Cell::Prose(variant.hash.clone())]));
    }
    rows.push(line(t.say(Key::Seal), vec![Cell::Prose(document.seal.clone())]));
    Table { groups: vec![Group { heading: String::new(), rows }], ..Table::default() }
}

/// A word as a shell takes it.
pub(in crate::report) fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./=,:+@%".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

pub(super) fn files(document: &Document) -> Vec<FileView> {
    let file = |file: &crate::report::document::File| FileView {
        name: file.path.rsplit(['/', '\\']).next().unwrap_or("file").to_owned(),
        path: file.path.clone(),
        hash: file.blake3.clone(),
        link: link(&file.text),
    };
    document.origin.files.iter().map(file).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_is_linked_to() {
        let source = |url: &str| Source {
            id: "a".to_owned(),
            title: "b".to_owned(),
            url: Some(url.to_owned()),
            cited: 1,
        };
        assert!(web(&source("https://example.org/")).is_some());
        assert_eq!(web(&source("javascript:alert(1)")), None);
        assert_eq!(web(&source("data:text/html,x")), None);
    }

    #[test]
    fn words_of_a_command_are_as_a_shell_takes_them() {
        assert_eq!(["run", "a b", "it's", ""].map(quoted), ["run", "'a b'", "'it'\\''s'", "''"]);
    }
}
