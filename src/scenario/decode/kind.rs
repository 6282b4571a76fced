//! The kinds of outcome, and the keys that each of them reads.
//!
//! A key that is legal but that nothing reads is an error: who writes it believes that it counts.

use super::outcome::{Asker, is_true};
use crate::scenario::tree::{Entry, Node};

/// What an outcome counts between two dates.
const PERIOD: &[&str] = &["from", "until", "unit", "of"];
/// What it looks at on a date.
const LEVEL: &[&str] = &["at", "unit", "of"];

/// The key that asks, and the keys that say more of it; all of them read `label` and `better`, too.
pub(super) const KINDS: [(&str, &[&str]); 17] = [
    ("waiting", &["at", "average", "unit", "of"]),
    ("population", &["at", "average", "peak"]),
    ("pending", LEVEL),
    ("pending-at", LEVEL),
    ("arrived", PERIOD),
    ("exits", PERIOD),
    ("completed", PERIOD),
    ("transferred", &["from", "until", "unit"]),
    ("visits", &[]),
    ("wait", &["statistic"]),
    ("probability", &["by", "unit"]),
    ("share-within", &["from", "cohort", "until"]),
    ("clock", &[]),
    ("cost", &[]),
    ("sum", &[]),
    ("difference", &[]),
    ("ratio", &[]),
];

/// What every outcome may have.
const ALL: [&str; 2] = ["label", "better"];
/// When a level is looked at: one of them.
const WHEN: [&str; 3] = ["at", "average", "peak"];

/// The keys that an outcome of a kind reads as it is written, and what it is then called.
fn read_by(kind: &str, node: &Node) -> (Vec<&'static str>, String) {
    let mut keys =
        KINDS.iter().find(|(name, _)| *name == kind).map_or_else(Vec::new, |(_, keys)| keys.to_vec());
    let whole = ["peak", "average"].into_iter().find(|key| keys.contains(key) && is_true(node, key));
    if let Some(whole) = whole {
        keys.retain(|key| *key == whole || !WHEN.contains(key));
        return (keys, format!("`{kind}` with `{whole} = true`"));
    }
    let condition = node.get(kind).and_then(Node::text).unwrap_or_default();
    if kind == "probability" && condition.trim_start().starts_with("population") {
        keys.retain(|key| *key != "unit");
        return (keys, "the probability of a population".to_owned());
    }
    (keys, format!("`{kind}`"))
}

impl Asker<'_> {
    /// Keys of an outcome that it does not read.
    pub(super) fn refuse_unread(&mut self, kind: &str, node: &Node) {
        let (keys, called) = read_by(kind, node);
        let known = |entry: &Entry| {
            entry.key == kind || ALL.contains(&entry.key.as_str()) || keys.contains(&entry.key.as_str())
        };
        let entries = node.table().map_or(&[][..], |table| &table.entries);
        for entry in entries.iter().filter(|entry| !known(entry)) {
            let read = keys.iter().chain(&ALL).copied().collect::<Vec<_>>().join(", ");
            self.error(
                format!("{called} does not read `{}`", entry.key),
                &entry.key_at,
                "nothing reads this",
                format!("leave it out; {called} reads: {read}"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::grammar::OUTCOME;

    #[test]
    fn every_key_of_the_grammar_asks_or_is_read() {
        for field in OUTCOME.iter().filter(|field| !ALL.contains(&field.key)) {
            let asks = KINDS.iter().any(|(kind, _)| *kind == field.key);
            let read = KINDS.iter().any(|(_, keys)| keys.contains(&field.key));
            assert!(asks != read, "`{}` asks: {asks}, is read: {read}", field.key);
        }
    }

    #[test]
    fn the_reference_names_every_kind_that_reads_a_key() {
        for field in OUTCOME.iter().filter(|field| KINDS.iter().any(|(_, keys)| keys.contains(&field.key))) {
            for (kind, keys) in KINDS {
                let named = field.doc.contains(&format!("`{kind}`"));
                assert_eq!(named, keys.contains(&field.key), "`{}` of `{kind}`: {}", field.key, field.doc);
            }
        }
    }
}
