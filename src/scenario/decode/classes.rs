//! Dimensions and classes: a class with dimensions stands for all combinations of their values.

use super::{Reader, entries, label};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::random::Count;
use crate::scenario::model::Class;
use crate::scenario::selector::{DimensionValue, Kind, Selector, Taxonomy};
use crate::scenario::tree::{Entry, Node};

/// More classes than this are a mistake of the writer's: every one of them is kept at every stage.
const MOST_CLASSES: usize = 4_096;

/// The classes of a model, with those of a family spelled out.
pub(super) fn taxonomy(root: &Node, found: &mut Diagnostics) -> Taxonomy {
    let mut taxonomy = Taxonomy::default();
    for (number, dimension) in entries(root, "dimension").iter().enumerate() {
        taxonomy.dimensions.push(dimension.key.clone());
        let values = values(dimension);
        if values.is_empty() {
            let message = format!("dimension `{}` has no values", dimension.key);
            let help = format!("write [dimension.{}.value.NAME] for each of them", dimension.key);
            found.push(Diagnostic::error(message, &dimension.key_at, "nothing to choose from").help(help));
        }
        taxonomy.values.extend(values.iter().map(|value| DimensionValue {
            name: value.key.clone(),
            label: label(value),
            dimension: number,
        }));
    }
    refuse_shared_names(root, found);
    for entry in entries(root, "class") {
        let dimensions = dimensions(entry, &taxonomy, found);
        let combinations = combinations(&dimensions, &taxonomy);
        if taxonomy.len() + combinations.len() > MOST_CLASSES {
            let message = format!("class `{}` has {} combinations of values", entry.key, combinations.len());
            found.push(
                Diagnostic::error(
                    message,
                    &entry.key_at,
                    format!("at most {MOST_CLASSES} classes are possible"),
                )
                .help("leave out a dimension, or join values"),
            );
            continue;
        }
        let kind = |values: Vec<usize>| Kind {
            name: expanded(&entry.key, values.iter().map(|&value| &*taxonomy.values[value].name)),
            family: entry.key.clone(),
            values,
        };
        let kinds: Vec<Kind> = combinations.into_iter().map(kind).collect();
        taxonomy.kinds.extend(kinds);
    }
    taxonomy
}

fn values(dimension: &Entry) -> &[Entry] {
    dimension.node.get("value").and_then(Node::table).map_or(&[], |table| &table.entries)
}

/// `migrant:guatemala+family`.
fn expanded<'a>(class: &str, values: impl Iterator<Item = &'a str>) -> String {
    let values: Vec<&str> = values.collect();
    if values.is_empty() { class.to_owned() } else { format!("{class}:{}", values.join("+")) }
}

/// A selector and the keys of a mix must not be able to mean two things.
fn refuse_shared_names(root: &Node, found: &mut Diagnostics) {
    let dimensions = entries(root, "dimension");
    let all = dimensions.iter().chain(dimensions.iter().flat_map(values)).chain(entries(root, "class"));
    let mut seen: Vec<&Entry> = Vec::new();
    for entry in all {
        if let Some(mark) = entry.key.chars().find(|mark| "+:".contains(*mark)) {
            let message = format!("the name `{}` has a `{mark}`", entry.key);
            let help = "use letters, digits and hyphens: `+` joins the terms of a selector";
            found.push(Diagnostic::error(message, &entry.key_at, "not in a name").help(help));
        }
        match seen.iter().find(|other| other.key == entry.key) {
            Some(other) => found.push(
                Diagnostic::error(
                    format!("two things are called `{}`", entry.key),
                    &entry.key_at,
                    "one of them",
                )
                .also(&other.key_at, "the other")
                .help("give dimensions, their values and classes names of their own"),
            ),
            None => seen.push(entry),
        }
    }
}

fn dimensions(class: &Entry, taxonomy: &Taxonomy, found: &mut Diagnostics) -> Vec<usize> {
    let mut dimensions = Vec::new();
    for item in class.node.get("dimensions").and_then(Node::list).unwrap_or(&[]) {
        let name = item.text().unwrap_or_default();
        match taxonomy.dimension(name) {
            Some(dimension) if !dimensions.contains(&dimension) => dimensions.push(dimension),
            Some(_) => found.push(
                Diagnostic::error(
                    format!("class `{}` names `{name}` twice", class.key),
                    &item.at,
                    "once more",
                )
                .help("name each dimension once"),
            ),
            None => found.push(super::unknown(&taxonomy.dimensions, name, "dimension", &item.at)),
        }
    }
    dimensions
}

/// Every choice of one value in each dimension; those of the last dimension change fastest.
fn combinations(dimensions: &[usize], taxonomy: &Taxonomy) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for &dimension in dimensions {
        let values: Vec<usize> =
            (0..taxonomy.values.len()).filter(|&v| taxonomy.values[v].dimension == dimension).collect();
        // A product that is far too large is not worked out: it is refused by its first factors.
        if all.len() > MOST_CLASSES {
            break;
        }
        let longer = |chosen: &Vec<usize>| {
            let chosen = chosen.clone();
            values.clone().into_iter().map(move |value| [chosen.as_slice(), &[value]].concat())
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

impl Reader<'_> {
    /// The classes that a text names.
    pub(super) fn select(&mut self, node: &Node) -> Option<Selector> {
        let taxonomy = self.taxonomy.clone();
        taxonomy.select(node.text().unwrap_or_default(), &node.at, self.found)
    }

    /// The classes that a key names.
    pub(super) fn select_key(&mut self, entry: &Entry) -> Option<Selector> {
        let taxonomy = self.taxonomy.clone();
        taxonomy.select(&entry.key, &entry.key_at, self.found)
    }

    pub(super) fn read_classes(&mut self, root: &Node) -> Vec<Class> {
        let taxonomy = self.taxonomy.clone();
        let by_value = self.persons_by_value(root);
        let mut classes = Vec::new();
        for entry in entries(root, "class") {
            let own = entry.node.get("persons").map(|persons| {
                let path = format!("class.{}.persons", entry.key);
                self.under(&entry.node, |reader| reader.count_law(persons, &path))
            });
            for kind in taxonomy.kinds.iter().filter(|kind| kind.family == entry.key) {
                let persons = own.unwrap_or_else(|| self.persons_of(kind, &by_value, entry));
                classes.push(Class {
                    name: kind.name.clone(),
                    label: full_label(entry, kind, &taxonomy),
                    persons,
                });
            }
        }
        classes
    }

    /// Persons in a case by value of a dimension, where it says so.
    fn persons_by_value(&mut self, root: &Node) -> Vec<Option<Count>> {
        let mut all = Vec::new();
        for dimension in entries(root, "dimension") {
            for value in values(dimension) {
                let path = format!("dimension.{}.value.{}.persons", dimension.key, value.key);
                let persons = value.node.get("persons");
                all.push(persons.map(|law| self.under(&value.node, |reader| reader.count_law(law, &path))));
            }
        }
        all
    }

    fn persons_of(&mut self, kind: &Kind, by_value: &[Option<Count>], class: &Entry) -> Count {
        let mut saying = kind.values.iter().copied().filter(|&value| by_value[value].is_some());
        let first = saying.next();
        if let (Some(first), Some(second)) = (first, saying.next()) {
            let name = |value: usize| self.taxonomy.values[value].name.clone();
            self.error(
                format!("`{}` and `{}` both say how many persons are in a case", name(first), name(second)),
                &class.key_at,
                "this class has both",
                format!("write [class.{}] persons = …, or say it in one dimension only", class.key),
            );
        }
        first.and_then(|value| by_value[value]).unwrap_or(Count::Constant(1))
    }
}

/// `Migrant: Guatemala, Family`.
fn full_label(class: &Entry, kind: &Kind, taxonomy: &Taxonomy) -> String {
    if kind.values.is_empty() {
        return label(class);
    }
    let values: Vec<&str> = kind.values.iter().map(|&value| taxonomy.values[value].label.as_str()).collect();
    format!("{}: {}", label(class), values.join(", "))
}
