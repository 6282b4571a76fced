//! Pools of servers.

use super::{Reader, entries, label};
use crate::scenario::model::{Closure, Hires, Pool, Serves};
use crate::scenario::notation::Dimension;
use crate::scenario::timeline::{Expr, Timeline};
use crate::scenario::tree::{Entry, Node, Value};
use crate::units::{SimTime, Span};

impl Reader<'_> {
    pub(super) fn read_pools(&mut self, root: &Node) -> Vec<Pool> {
        entries(root, "pool")
            .iter()
            .map(|entry| self.under(&entry.node, |reader| reader.read_pool(entry)))
            .collect()
    }

    fn read_pool(&mut self, entry: &Entry) -> Pool {
        let (node, path) = (&entry.node, format!("pool.{}", entry.key));
        let below = |key: &str| format!("{path}.{key}");
        let attrition = node.get("attrition").map_or(Timeline::from(0.0), |attrition| {
            self.quantity(attrition, &below("attrition"), Dimension::Hazard)
        });
        let mut staff = node
            .get("start")
            .map_or(Timeline::from(0.0), |start| self.stepless(start, &below("start"), Dimension::Count));
        staff.steps = self.dated_steps(node, &path, "step", |reader, step, path| {
            step.get("staff").map(|staff| reader.expr(staff, &format!("{path}.staff"), Dimension::Count))
        });
        if let Some(start) = node.get("start") {
            self.check_overdrawn(&staff, start, &below("start"));
        }
        Pool {
            name: entry.key.clone(),
            label: label(entry),
            staff,
            attrition,
            hires: node
                .get("hires")
                .map(|hires| self.under(hires, |reader| reader.read_hires(hires, &below("hires")))),
            ramp: self.read_ramp(node, &path),
            closed: self.read_closed(node, &path),
            serves: self.read_serves(node, &path),
            hours: node
                .get("hours")
                .map_or(Expr::Number(1.0), |hours| self.expr(hours, &below("hours"), Dimension::Hours)),
        }
    }

    /// The dated entries of a list, which must be in order.
    pub(super) fn dated_steps<T>(
        &mut self,
        node: &Node,
        path: &str,
        key: &str,
        mut read: impl FnMut(&mut Self, &Node, &str) -> Option<T>,
    ) -> Vec<(SimTime, T)> {
        let mut steps: Vec<(SimTime, T)> = Vec::new();
        for (number, step) in node.get(key).and_then(Node::list).unwrap_or(&[]).iter().enumerate() {
            let path = format!("{path}.{key}.{number}");
            let Some(from_node) = step.get("from") else { continue };
            let Some(date) = from_node.date() else { continue };
            let from = self.time(date);
            if steps.last().is_some_and(|(last, _)| *last >= from) {
                self.error(
                    format!("the date {date} is not after the one before it"),
                    &from_node.at,
                    "out of order",
                    "put dated entries in order of their dates, each date once",
                );
                continue;
            }
            if let Some(value) = self.under(step, |reader| read(reader, step, &path)) {
                steps.push((from, value));
            }
        }
        steps
    }

    fn read_hires(&mut self, node: &Node, path: &str) -> Hires {
        let mut expr = |key: &str, dimension, default: f64| match node.get(key) {
            Some(value) => self.expr(value, &format!("{path}.{key}"), dimension),
            None => Expr::Number(default),
        };
        let class_size = expr("class-size", Dimension::Count, 1.0);
        let lead = expr("lead", Dimension::Length, 0.0);
        if let (Expr::Number(size), Some(node)) = (class_size, node.get("class-size"))
            && size < 0.5
        {
            self.error(
                format!("a class of hires has {size} persons"),
                &node.at,
                "expected at least 1",
                "write class-size = 1",
            );
        }
        let rate = match node.get("rate") {
            Some(rate) => self.quantity(rate, &format!("{path}.rate"), Dimension::Rate),
            None => Timeline::from(0.0),
        };
        let from = node
            .get("from")
            .and_then(Node::date)
            .map_or(SimTime::START, |date| self.time(date).max(SimTime::START));
        Hires { rate, class_size, lead, from }
    }

    fn read_ramp(&mut self, node: &Node, path: &str) -> Vec<(Span, f64)> {
        let mut ramp: Vec<(Span, f64)> = Vec::new();
        for (number, step) in node.get("ramp").and_then(Node::list).unwrap_or(&[]).iter().enumerate() {
            let mut value = |key: &str, dimension| match step.get(key) {
                Some(node) => match self.expr(node, &format!("{path}.ramp.{number}.{key}"), dimension) {
                    Expr::Number(number) => number,
                    Expr::Parameter { .. } => f64::NAN,
                },
                None => f64::NAN,
            };
            let (after, output) = (value("after", Dimension::Length), value("output", Dimension::Share));
            if after.is_nan() || output.is_nan() {
                continue;
            }
            let after = Span::from_seconds(after);
            if ramp.last().is_some_and(|(last, _)| *last >= after) {
                self.error(
                    "a ramp is out of order".to_owned(),
                    &step.at,
                    "not after the entry before it",
                    "put the entries in order of `after`",
                );
                continue;
            }
            ramp.push((after, output));
        }
        ramp
    }

    pub(super) fn read_closed(&mut self, node: &Node, path: &str) -> Vec<Closure> {
        let mut closed: Vec<Closure> = Vec::new();
        for (number, entry) in node.get("closed").and_then(Node::list).unwrap_or(&[]).iter().enumerate() {
            let dates = (entry.get("from").and_then(Node::date), entry.get("until").and_then(Node::date));
            let (Some(from), Some(until)) = dates else { continue };
            let (from, until) = (self.time(from), self.time(until));
            if until <= from || closed.last().is_some_and(|last| last.until > from) {
                self.error(
                    "a closure ends before it begins, or begins before the one before it ends".to_owned(),
                    &entry.at,
                    "its dates are out of order",
                    "give `until` after `from`, and closures in order without overlap",
                );
                continue;
            }
            let share = entry.get("share").map(|share| {
                self.under(entry, |reader| {
                    reader.quantity(share, &format!("{path}.closed.{number}.share"), Dimension::Share)
                })
            });
            let share = share.unwrap_or_else(|| Timeline::from(1.0));
            closed.push(Closure { from, until, share, scheduled: Self::scheduled(entry) });
        }
        closed
    }

    fn read_serves(&mut self, node: &Node, path: &str) -> Serves {
        let Some(serves) = node.get("serves") else { return Serves::Longest };
        match &serves.value {
            Value::List(list) => {
                let stages = list.iter().filter_map(|item| self.stage(item.text()?, &item.at)).collect();
                Serves::Strict(stages)
            }
            Value::Table(table) => {
                let shares = table.entries.iter().filter_map(|entry| {
                    let stage = self.stage(&entry.key, &entry.key_at)?;
                    let share =
                        self.expr(&entry.node, &format!("{path}.serves.{}", entry.key), Dimension::Share);
                    if matches!(share, Expr::Number(share) if share <= 0.0) {
                        self.error(
                            format!("stage `{}` has no share of the pool", entry.key),
                            &entry.node.at,
                            "expected more than 0",
                            "give it a share, or take it off the pool",
                        );
                    }
                    Some((stage, share))
                });
                Serves::Shares(shares.collect())
            }
            _ => Serves::Longest,
        }
    }
}
