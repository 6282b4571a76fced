//! Changes that wait for a condition.

use super::Reader;
use super::quantity::written;
use crate::scenario::model::{Bound, Condition};
use crate::scenario::notation::{Dimension, from_text};
use crate::scenario::parameter::{Marginal, Parameter};
use crate::scenario::signal::{call, comparison};
use crate::scenario::timeline::Expr;
use crate::scenario::tree::{Change, Node, Value};

impl Reader<'_> {
    /// The parameter that is the instant at which a change of `path` begins that waits for a condition. Changes of
    /// one policy that wait for the same thing, and as long after it, have one.
    pub(super) fn condition(&mut self, from: &Node, change: &Change, path: &str) -> usize {
        let text = from.get("when").and_then(Node::text).unwrap_or_default().to_owned();
        let tested = self.tested(from);
        let later = from.get("after").map_or_else(String::new, |after| format!(", {} later", written(after)));
        let name = format!("beginning of {} when {text}, {tested:?}{later}", change.policy);
        if let Some(index) = self.parameters.iter().position(|parameter| parameter.name == name) {
            return index;
        }
        let bounds = (f64::NEG_INFINITY, f64::INFINITY);
        self.parameters.push(Parameter { name, central: f64::INFINITY, marginal: Marginal::Fixed, bounds });
        let parameter = self.parameters.len() - 1;
        let after = from.get("after").map_or(Expr::Number(0.0), |after| {
            self.expr(after, &format!("{path}.from.after"), Dimension::Length)
        });
        let at = from.get("when").map_or(&from.at, |when| &when.at).clone();
        if let Some((signal, below, bound)) = self.comparison(&text, &at) {
            let text = self.told_apart(text, &format!("{}{later}", change.policy));
            self.conditions.push(Condition { text, parameter, signal, at, below, bound, tested, after });
        }
        parameter
    }

    /// What a condition is called: itself, or with what tells it from others that read the same.
    fn told_apart(&self, text: String, by: &str) -> String {
        let taken = |name: &String| self.conditions.iter().any(|condition| condition.text == *name);
        if !taken(&text) {
            return text;
        }
        let mut name = format!("{text} ({by})");
        while taken(&name) {
            name.push_str(", again");
        }
        name
    }

    /// The dates at which a condition is looked at: at least one, within the run, in order.
    fn tested(&mut self, from: &Node) -> Vec<jiff::civil::Date> {
        let nodes = from.get("tested").and_then(Node::list).unwrap_or(&[]);
        let dates: Vec<_> = nodes.iter().filter_map(Node::date).collect();
        let outside =
            nodes.iter().find(|node| node.date().is_some_and(|date| date <= self.start || date > self.end));
        if let Some(node) = outside {
            let (start, end) = (self.start, self.end);
            self.error(
                "a condition is tested outside the run".to_owned(),
                &node.at,
                format!("expected a date after {start}, at most {end}"),
                "mend the date",
            );
        } else if dates.is_empty() || !dates.is_sorted() {
            self.error(
                "a condition is not tested on dates in order".to_owned(),
                &from.at,
                "when is it looked at?",
                "write tested = [2019-07-22, 2019-09-07]",
            );
        }
        dates
    }

    /// Signal, whether it must be below, and the bound, of a comparison.
    fn comparison(&mut self, text: &str, at: &crate::diagnostic::Place) -> Option<(String, bool, Bound)> {
        let Some((signal, below, bound)) = comparison(text) else {
            self.no_condition(text, at);
            return None;
        };
        let dimension = self.condition_signal(signal, at)?;
        let bound = match bound.strip_suffix("baseline").map(|rest| rest.trim().trim_end_matches('*').trim())
        {
            Some("") => Some(Bound::OfBaseline(1.0)),
            Some(factor) => from_text(factor, Dimension::Factor).ok().map(Bound::OfBaseline),
            None => {
                let unit = if dimension == Dimension::Length { 86_400.0 } else { 1.0 };
                from_text(bound, dimension).ok().map(|level| Bound::Level(level / unit))
            }
        };
        let Some(bound) = bound else {
            self.no_condition(text, at);
            return None;
        };
        Some((signal.replace(' ', ""), below, bound))
    }

    /// What the signal of a condition measures, if it is one.
    fn condition_signal(&mut self, text: &str, at: &crate::diagnostic::Place) -> Option<Dimension> {
        let (name, arguments) = call(text).unwrap_or_default();
        if let ("arrived", [of, length]) = (name, arguments.as_slice()) {
            let known = self.streams.iter().any(|stream| stream == of) || self.stage(of, at).is_some();
            let days = from_text(length, Dimension::Length).is_ok_and(|length| length >= 86_400.0);
            if !days {
                self.no_condition(text, at);
            }
            return (known && days).then_some(Dimension::Count);
        }
        self.signal(&Node::new(at.clone(), Value::Text(text.to_owned()))).map(|(_, dimension)| dimension)
    }

    fn no_condition(&mut self, text: &str, at: &crate::diagnostic::Place) {
        self.error(
            format!("`{text}` is not a condition"),
            at,
            "expected a signal and a bound",
            "write for instance \"arrived(border, 30 days) > 20_000\", \"waiting(merits) < 400_000\" or \"wait(merits) > 0.8 * baseline\"",
        );
    }
}
