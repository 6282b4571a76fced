//! Slots of a stage, those who do not come to them, and closures.

use super::Reader;
use super::stage::{Version, default_first};
use crate::network::Scheduled;
use crate::scenario::model::{NoShow, Slots, Stage};
use crate::scenario::notation::Dimension;
use crate::scenario::timeline::{Expr, Timeline};
use crate::scenario::tree::{Node, Value};
use crate::units::{SimTime, Span};

impl Reader<'_> {
    pub(super) fn slots(&mut self, node: &Node, versions: &[Version<'_>], path: &str) -> Option<Slots> {
        let no_show_to = self.stage_target(node, "no-show-to");
        if node.get("slots").is_none() {
            self.refuse_no_shows(node, path);
            return None;
        }
        let mut rate = Vec::new();
        for version in versions {
            if let Some(slots) = version.node.get("slots") {
                rate.push((version.from, self.slot_rate(slots, &format!("{}.slots", version.path))));
            }
        }
        let no_show = self.by_class(versions, |reader, node, path| {
            node.get("no-show")
                .map(|rule| reader.under(rule, |reader| reader.no_show(rule, &format!("{path}.no-show"))))
        });
        let nobody = || NoShow { p: Timeline::from(0.0), by_wait: Vec::new(), calls_next: false };
        let no_show = no_show.into_iter().map(|dated| default_first(dated, nobody())).collect();
        Some(Slots { rate, no_show, no_show_to })
    }

    fn refuse_no_shows(&mut self, node: &Node, path: &str) {
        for key in ["no-show", "no-show-to"] {
            if let Some(node) = node.get(key) {
                self.error(
                    format!("`{path}` has `{key}` but no `slots`"),
                    &node.at,
                    "nobody is called to a slot here",
                    "add slots = \"… /day\", or remove this",
                );
            }
        }
    }

    /// Slots per second: a rate, or a table of counts by period.
    fn slot_rate(&mut self, node: &Node, path: &str) -> Timeline {
        if node.get("csv").is_none() {
            return self.quantity(node, path, Dimension::Rate);
        }
        if let Some(value) = node.get("value").or_else(|| node.get("of")) {
            self.error(
                format!("`{path}` has both a table and a value"),
                &value.at,
                "one of them is too many",
                "keep one of them",
            );
        }
        let line = self.under(node, |reader| reader.table_rate(node, path, SimTime::START));
        let line = Timeline { changes: self.changes(node, path, Dimension::Rate), ..line };
        self.check_overdrawn(&line, node, path);
        line
    }

    /// A share, or a table with shares by wait.
    fn no_show(&mut self, node: &Node, path: &str) -> NoShow {
        let structured = ["p", "by-wait", "slot"].iter().any(|key| node.get(key).is_some());
        if !structured {
            let p = self.quantity(node, path, Dimension::Share);
            return NoShow { p, by_wait: Vec::new(), calls_next: false };
        }
        let p = match node.get("p") {
            Some(p) => self.no_show_share(node, p, &format!("{path}.p")),
            None => {
                self.error(
                    format!("`{path}` has no `p`"),
                    &node.at,
                    "how many do not come?",
                    "write p = 0.1: the share before the first wait of `by-wait`",
                );
                Timeline::from(0.0)
            }
        };
        let calls_next = node.get("slot").and_then(Node::text) == Some("next");
        NoShow { p, by_wait: self.by_wait(node, path), calls_next }
    }

    /// A share of a table, to which what policies do to the table as a whole is done, too.
    fn no_show_share(&mut self, whole: &Node, share: &Node, path: &str) -> Timeline {
        let mut line = self.quantity(share, path, Dimension::Share);
        line.changes.extend(self.changes(whole, path, Dimension::Share));
        line
    }

    fn by_wait(&mut self, node: &Node, path: &str) -> Vec<(Span, Timeline)> {
        let mut shares: Vec<(Span, Timeline)> = Vec::new();
        for (number, step) in node.get("by-wait").and_then(Node::list).unwrap_or(&[]).iter().enumerate() {
            let path = format!("{path}.by-wait.{number}");
            let (Some(after), Some(p)) = (step.get("after"), step.get("p")) else { continue };
            let after = match self.expr(after, &format!("{path}.after"), Dimension::Length) {
                Expr::Number(seconds) if !seconds.is_nan() => Span::from_seconds(seconds),
                _ => continue,
            };
            if shares.last().is_some_and(|(last, _)| *last >= after) {
                self.error(
                    "the waits of a no-show are out of order".to_owned(),
                    &step.at,
                    "not after the entry before it",
                    "put the entries in order of `after`",
                );
                continue;
            }
            shares.push((after, self.no_show_share(node, p, &format!("{path}.p"))));
        }
        shares
    }

    /// What cannot be closed, or not in this way.
    pub(super) fn check_closed(&mut self, stage: &Stage, node: &Node) {
        let Some(first) = node.get("closed").and_then(Node::list).and_then(<[Node]>::first) else { return };
        if stage.slots.is_some() {
            return;
        }
        let name = &stage.name;
        if stage.pools.is_empty() {
            return self.error(
                format!("stage `{name}` is a delay and cannot be closed"),
                &first.at,
                "no pool and no slots: nobody waits here",
                "close the stage that leads here, or give this one a pool or slots",
            );
        }
        for (number, closure) in stage.closed.iter().enumerate() {
            let entry = node.get("closed").and_then(Node::list).and_then(|list| list.get(number));
            let at = entry.map_or(&node.at, |entry| &entry.at).clone();
            let whole = closure.share.changes.is_empty() && matches!(closure.share.base, Expr::Number(1.0));
            if !whole {
                self.error(
                    format!("stage `{name}` has no slots and is closed in part"),
                    &at,
                    "expected share = 1",
                    format!(
                        "give it slots, or close its pool: [[pool.{}.closed]]",
                        self.pools[usize::from(stage.pools[0])]
                    ),
                );
            }
            if closure.scheduled == Scheduled::EndOfLine {
                self.error(
                    format!("stage `{name}` has no slots, so that nobody is scheduled"),
                    &at,
                    "`scheduled` says what becomes of them",
                    "remove `scheduled`, or give the stage slots",
                );
            }
        }
    }

    /// What becomes of those whose slot is lost.
    pub(super) fn scheduled(node: &Node) -> Scheduled {
        match node.get("scheduled").map(|node| &node.value) {
            Some(Value::Text(word)) if word == "end-of-line" => Scheduled::EndOfLine,
            _ => Scheduled::Keep,
        }
    }
}
