//! Forced counts at a stage.

use super::Reader;
use crate::network::CountedIn;
use crate::scenario::model::Quota;
use crate::scenario::notation::Dimension;
use crate::scenario::timeline::Timeline;
use crate::scenario::tree::Node;

impl Reader<'_> {
    pub(super) fn read_quotas(&mut self, node: &Node, path: &str) -> Vec<Quota> {
        let list = node.get("quota").and_then(Node::list).unwrap_or(&[]);
        let read = |(number, entry): (usize, &Node)| {
            let path = format!("{path}.quota.{number}");
            self.under(entry, |reader| reader.read_quota(entry, &path))
        };
        list.iter().enumerate().filter_map(read).collect()
    }

    fn read_quota(&mut self, node: &Node, path: &str) -> Option<Quota> {
        let to = self.stage_target(node, "to");
        let takes = match node.get("of") {
            Some(of) => {
                let selector = self.select(of)?;
                (0..self.taxonomy.len() as u16).map(|class| selector.names(class)).collect()
            }
            None => vec![true; self.taxonomy.len()],
        };
        let persons = node.get("unit").and_then(Node::text) == Some("persons");
        let steps = node.get("step").and_then(Node::list).unwrap_or(&[]);
        Some(Quota {
            to: to?,
            after: node.get("after").map(|after| self.law(after, &format!("{path}.after"))),
            takes,
            rate: self.rate(node, path),
            scale: match node.get("scale") {
                Some(scale) => self.quantity(scale, &format!("{path}.scale"), Dimension::Factor),
                None => Timeline::from(1.0),
            },
            by_period: std::iter::once(node).chain(steps).any(|part| part.get("csv").is_some()),
            unit: if persons { CountedIn::Persons } else { CountedIn::Cases },
        })
    }
}
