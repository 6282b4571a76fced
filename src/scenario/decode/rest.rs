//! Exits, places and clocks.

use super::{Reader, entries, label};
use crate::asylum::Disposition;
use crate::network::{self, Happening, Limit};
use crate::scenario::model::{Clock, Exit, Place, Returns};
use crate::scenario::notation::Dimension;
use crate::scenario::timeline::Expr;
use crate::scenario::tree::{Entry, Node, Value};
use crate::scenario::workdays::Holidays;
use crate::units::Span;
use jiff::civil::Date;

impl Reader<'_> {
    pub(super) fn read_exits(&mut self, root: &Node) -> Vec<Exit> {
        entries(root, "exit")
            .iter()
            .map(|entry| self.under(&entry.node, |reader| reader.read_exit(entry)))
            .collect()
    }

    fn read_exit(&mut self, entry: &Entry) -> Exit {
        let word = entry.node.get("kind").and_then(Node::text).unwrap_or_default();
        let path = format!("exit.{}.returns", entry.key);
        Exit {
            name: entry.key.clone(),
            label: label(entry),
            kind: Disposition::from_word(word).unwrap_or(Disposition::Left),
            returns: entry
                .node
                .get("returns")
                .and_then(|returns| self.under(returns, |reader| reader.read_returns(returns, &path))),
        }
    }

    fn read_returns(&mut self, node: &Node, path: &str) -> Option<Returns> {
        let to = node.get("to")?;
        let to = self.stage(to.text()?, &to.at);
        let versions = self.versions(node, path);
        self.check_by(&versions);
        let p = self.by_class(&versions, |reader, node, path| {
            node.get("p").map(|p| reader.quantity(p, &format!("{path}.p"), Dimension::Share))
        });
        let after = self.law(node.get("after")?, &format!("{path}.after"));
        let most = node.get("most").map_or(u8::MAX, |most| self.attempts(most));
        Some(Returns { to: to?, p, after, most })
    }

    /// A number of attempts.
    fn attempts(&mut self, node: &Node) -> u8 {
        let most = node.number().filter(|most| (1.0..=255.0).contains(most));
        if most.is_none() {
            self.error(
                format!("`most` is {}", super::written(node)),
                &node.at,
                "expected 1 to 255 attempts",
                "the first attempt counts: with most = 1 nobody comes back",
            );
        }
        most.map_or(u8::MAX, |most| most as u8)
    }

    pub(super) fn read_places(&mut self, root: &Node) -> Vec<Place> {
        let read = |entry: &Entry| {
            let capacity = entry.node.get("capacity").map(|capacity| {
                let path = format!("place.{}.capacity", entry.key);
                self.under(&entry.node, |reader| reader.expr(capacity, &path, Dimension::Count))
            });
            Place { name: entry.key.clone(), label: label(entry), capacity }
        };
        entries(root, "place").iter().map(read).collect()
    }

    pub(super) fn read_clocks(&mut self, root: &Node) -> Vec<Clock> {
        entries(root, "clock")
            .iter()
            .filter_map(|entry| self.under(&entry.node, |reader| reader.read_clock(entry)))
            .collect()
    }

    fn read_clock(&mut self, entry: &Entry) -> Option<Clock> {
        let node = &entry.node;
        let from = node.get("from").and_then(|from| self.happening(from));
        let to_node = node.get("to")?;
        let to: Vec<Happening> = match &to_node.value {
            Value::List(list) => list.iter().filter_map(|item| self.happening(item)).collect(),
            _ => self.happening(to_node).into_iter().collect(),
        };
        let limit = self.limit(node, &format!("clock.{}.limit", entry.key))?;
        let clock = network::Clock { from: from?, to, limit };
        Some(Clock { name: entry.key.clone(), label: label(entry), clock })
    }

    fn limit(&mut self, node: &Node, path: &str) -> Option<Limit> {
        let limit = node.get("limit")?;
        let suspended = self.suspended(node);
        let text = limit.get("value").unwrap_or(limit).text().unwrap_or_default();
        if !text.contains("working") {
            return match self.expr(limit, path, Dimension::Length) {
                Expr::Number(seconds) => Some(self.span_limit(Span::from_seconds(seconds), &suspended)),
                Expr::Parameter { .. } => None,
            };
        }
        let Expr::Number(days) = self.expr(limit, path, Dimension::WorkingDays) else { return None };
        let holidays = match node.get("calendar").and_then(Node::text) {
            Some("us") => Holidays::UnitedStates,
            Some("mx") => Holidays::Mexico,
            _ => {
                self.error(
                    "working days of which country?".to_owned(),
                    &node.at,
                    "no `calendar`",
                    "write calendar = \"us\" or \"mx\"",
                );
                return None;
            }
        };
        Some(Limit::ByDay(holidays.deadlines((self.start, self.end), days as u32, &suspended)))
    }

    fn span_limit(&self, span: Span, suspended: &[(Date, Date)]) -> Limit {
        if suspended.is_empty() {
            return Limit::Span(span);
        }
        let pauses = suspended.iter().map(|&(from, until)| (self.time(from), self.time(until)));
        Limit::Suspended(span, pauses.collect())
    }

    /// When a clock stands still: in order, apart from each other.
    fn suspended(&mut self, node: &Node) -> Vec<(Date, Date)> {
        let mut suspended: Vec<(Date, Date)> = Vec::new();
        for entry in node.get("suspended").and_then(Node::list).unwrap_or(&[]) {
            let dates = (entry.get("from").and_then(Node::date), entry.get("until").and_then(Node::date));
            let (Some(from), Some(until)) = dates else { continue };
            if until <= from || suspended.last().is_some_and(|last| last.1 > from) {
                self.error(
                    "a suspension ends before it begins, or begins before the one before it ends".to_owned(),
                    &entry.at,
                    "its dates are out of order",
                    "give `until` after `from`, and suspensions in order without overlap",
                );
                continue;
            }
            suspended.push((from, until));
        }
        suspended
    }

    /// `filed(stage)`, `started(stage)`, `decided(stage)` or `exit(exit)`.
    fn happening(&mut self, node: &Node) -> Option<Happening> {
        let text = node.text()?;
        let call = text.strip_suffix(')').and_then(|text| text.split_once('('));
        match call {
            Some(("filed", stage)) => self.stage(stage, &node.at).map(Happening::Joined),
            Some(("started", stage)) => self.stage(stage, &node.at).map(Happening::Started),
            Some(("decided", stage)) => self.stage(stage, &node.at).map(Happening::Completed),
            Some(("exit", exit)) => self.exit(exit, &node.at).map(Happening::Departed),
            _ => {
                self.error(
                    format!("`{text}` is not a happening"),
                    &node.at,
                    "not known",
                    "write filed(stage), started(stage), decided(stage) or exit(exit)",
                );
                None
            }
        }
    }
}
