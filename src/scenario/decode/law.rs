//! Laws: of lengths of time, and of whole numbers.

use super::Reader;
use super::quantity::written;
use crate::random::Count;
use crate::scenario::model::{Form, Law};
use crate::scenario::notation::{Dimension, from_text};
use crate::scenario::parameter::Draw;
use crate::scenario::timeline::Timeline;
use crate::scenario::tree::Node;
use crate::units::SimTime;

/// Most cases that come, or persons that there are, at once.
const MOST_AT_ONCE: f64 = 60_000.0;

impl Reader<'_> {
    /// A law of a length of time; a length alone is a constant.
    pub(super) fn law(&mut self, node: &Node, path: &str) -> Law {
        let Some(table) =
            node.table().filter(|table| table.get("value").is_none() && table.get("of").is_none())
        else {
            return Law { form: Form::Constant, parts: vec![self.quantity(node, path, Dimension::Length)] };
        };
        let Some(entry) = table.entries.first().filter(|_| table.entries.len() == 1) else {
            self.error(
                format!("`{path}` is not one law"),
                &node.at,
                "expected exactly one law",
                "write for instance exponential = { mean = \"5 days\" }",
            );
            return Law::constant(f64::NAN);
        };
        let below = format!("{path}.{}", entry.key);
        let (form, parts): (Form, &[(&str, Dimension)]) = match entry.key.as_str() {
            "constant" => (Form::Constant, &[]),
            "exponential" => (Form::Exponential, &[("mean", Dimension::Length)]),
            "erlang" => (Form::Erlang, &[("mean", Dimension::Length), ("k", Dimension::Count)]),
            "gamma" => (Form::Gamma, &[("mean", Dimension::Length), ("cv", Dimension::Factor)]),
            "lognormal" => (Form::Lognormal, &[("mean", Dimension::Length), ("cv", Dimension::Factor)]),
            "weibull" => (Form::Weibull, &[("mean", Dimension::Length), ("cv", Dimension::Factor)]),
            "hyperexponential" => {
                (Form::Hyperexponential, &[("mean", Dimension::Length), ("cv", Dimension::Factor)])
            }
            "uniform" => (Form::Uniform, &[("min", Dimension::Length), ("max", Dimension::Length)]),
            "triangular" => (
                Form::Triangular,
                &[("min", Dimension::Length), ("mode", Dimension::Length), ("max", Dimension::Length)],
            ),
            "empirical" => return self.empirical(&entry.node, &below),
            _ => {
                self.error(format!("unknown law `{}` in `{path}`", entry.key), &entry.key_at, "not a law", "laws: constant, exponential, erlang, gamma, lognormal, weibull, uniform, triangular, hyperexponential, empirical");
                return Law::constant(f64::NAN);
            }
        };
        let parts = if parts.is_empty() {
            vec![self.quantity(&entry.node, &below, Dimension::Length)]
        } else {
            parts.iter().map(|(key, dimension)| self.part(&entry.node, key, &below, *dimension)).collect()
        };
        let law = Law { form, parts };
        self.check_law(&law, node, path);
        law
    }

    /// A law as often as in a column of a table of lengths.
    fn empirical(&mut self, node: &Node, path: &str) -> Law {
        let text = |key: &str| node.get(key).and_then(Node::text);
        let unit = node.get("unit").and_then(Node::text).unwrap_or("days");
        let Some(csv) = node.get("csv") else { return Law::constant(f64::NAN) };
        let per = match from_text(&format!("1 {unit}"), Dimension::Length) {
            Ok(per) => per,
            Err(problem) => {
                self.error(problem, &node.at, "the unit of the column", "write unit = \"days\"");
                return Law::constant(f64::NAN);
            }
        };
        let file = self.folder.join(text("csv").unwrap_or_default());
        let column = text("column").unwrap_or_default();
        let values = crate::scenario::data::lengths(&file, column, &csv.at, self.files, self.found);
        let Some(values) = values else { return Law::constant(f64::NAN) };
        let values: Vec<f64> = values.into_iter().map(|value| value * per).collect();
        let law = Law { form: Form::Empirical(values.into()), parts: Vec::new() };
        self.check_law(&law, node, path);
        law
    }

    fn part(&mut self, node: &Node, key: &str, path: &str, dimension: Dimension) -> Timeline {
        match node.get(key) {
            Some(part) => self.quantity(part, &format!("{path}.{key}"), dimension),
            None => {
                self.error(
                    format!("`{path}` has no `{key}`"),
                    &node.at,
                    format!("`{key}` is missing here"),
                    format!("write {key} = {}", dimension.expected()),
                );
                Timeline::from(f64::NAN)
            }
        }
    }

    /// A length whose law is of mean 1 on another clock: numbers without a unit.
    pub(super) fn unit_law(&mut self, node: &Node, path: &str) -> Law {
        let Some(entry) = node.table().and_then(|table| table.entries.first()) else {
            return Law::constant(1.0);
        };
        let below = format!("{path}.{}", entry.key);
        let mut shape = |key: &str| match entry.node.get(key) {
            Some(part) => self.quantity(part, &format!("{below}.{key}"), Dimension::Factor),
            None => Timeline::from(1.0),
        };
        let one = Timeline::from(1.0);
        let (form, parts) = match entry.key.as_str() {
            "gamma" => (Form::Gamma, vec![one, shape("cv")]),
            "lognormal" => (Form::Lognormal, vec![one, shape("cv")]),
            "weibull" => (Form::Weibull, vec![one, shape("cv")]),
            "hyperexponential" => (Form::Hyperexponential, vec![one, shape("cv")]),
            "erlang" => (Form::Erlang, vec![one, shape("k")]),
            "exponential" => (Form::Exponential, vec![one]),
            "constant" => (Form::Constant, vec![one]),
            _ => {
                self.error(
                    format!("`{}` is not a law of gaps", entry.key),
                    &entry.key_at,
                    "not a law of gaps",
                    "write gamma, lognormal, weibull or hyperexponential = { cv = … }, or erlang = { k = … }",
                );
                (Form::Constant, vec![one])
            }
        };
        let law = Law { form, parts };
        self.check_law(&law, node, path);
        law
    }

    fn check_law(&mut self, law: &Law, node: &Node, path: &str) {
        let draw = Draw::central(&self.parameters);
        let numbers = law.parts.iter().map(|part| part.at(SimTime::START, &draw));
        if numbers.into_iter().any(f64::is_nan) {
            return;
        }
        if let Err(problem) = law.at(SimTime::START, &draw, 1.0) {
            self.error(
                format!("the law of `{path}` does not exist: {problem}"),
                &node.at,
                "of this law",
                "mend its parts",
            );
        }
    }

    /// A law of a whole number.
    pub(super) fn count_law(&mut self, node: &Node, path: &str) -> Count {
        self.note_input(node, path);
        let wrong = |reader: &mut Self, problem: String| {
            reader.error(
                problem,
                &node.at,
                "expected a whole number from 1 to 60_000, or a law of one",
                "write 1, or shifted-geometric = { mean = 2.6, min = 2 }",
            );
            Count::Constant(1)
        };
        if let Some(law) = node.get("shifted-geometric") {
            let part = |key: &str| law.get(key).and_then(Node::number);
            let (Some(mean), Some(min)) = (part("mean"), part("min")) else {
                return wrong(self, format!("`{path}` has no `mean` and `min`"));
            };
            return match Count::shifted_geometric(mean, min as u32) {
                Ok(law) => law,
                Err(problem) => wrong(self, format!("the law of `{path}` does not exist: {problem}")),
            };
        }
        let node = node.get("value").unwrap_or(node);
        match node.number() {
            Some(number) if number >= 1.0 && number.fract() == 0.0 && number <= MOST_AT_ONCE => {
                Count::Constant(number as u32)
            }
            _ => wrong(self, format!("`{path}` is {}, not a whole number from 1 to 60_000", written(node))),
        }
    }
}
