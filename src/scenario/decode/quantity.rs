//! Numbers, laws and their changes.

use super::Reader;
use crate::diagnostic::Place;
use crate::random::Count;
use crate::scenario::model::{Form, Input, Law, Provenance};
use crate::scenario::notation::{Dimension, from_number, from_text};
use crate::scenario::parameter::{Marginal, Parameter};
use crate::scenario::timeline::{Beginning, DatedChange, Expr, Fade, Operator, Timeline};
use crate::scenario::tree::{Change, Node, Operation, Value};
use crate::units::{SimTime, Span};
use std::collections::BTreeMap;

/// A parameter of the file.
pub(super) struct Defined {
    node: Node,
    /// Its value once it has been read, in which dimension.
    read: Option<(Dimension, Expr)>,
    /// Being read: to find those that refer to themselves.
    open: bool,
}

impl Defined {
    pub(super) const fn is_read(&self) -> bool {
        self.read.is_some()
    }

    pub(super) const fn at(&self) -> &Place {
        &self.node.at
    }
}

/// The parameters that a model defines.
pub(super) fn definitions(root: &Node) -> BTreeMap<String, Defined> {
    super::entries(root, "param")
        .iter()
        .map(|entry| (entry.key.clone(), Defined { node: entry.node.clone(), read: None, open: false }))
        .collect()
}

/// Where the values of a table come from, if it says so.
pub(super) fn provenance(node: &Node) -> Option<Provenance> {
    let text = |node: Option<&Node>| node.and_then(Node::text).map(str::to_owned);
    let note = text(node.get("note"));
    let source = node.get("source");
    if source.is_none() && note.is_none() {
        return None;
    }
    let part = |key: &str| text(source.and_then(|source| source.get(key)));
    let id = text(source).or_else(|| part("ref"));
    let as_of = source.and_then(|source| source.get("as-of")).and_then(Node::date);
    Some(Provenance {
        source: id,
        at: part("at"),
        as_of,
        counts_as: part("counts-as"),
        grade: part("grade"),
        note,
    })
}

impl Reader<'_> {
    /// A number through time: its value and what policies do to it.
    pub(super) fn quantity(&mut self, node: &Node, path: &str, dimension: Dimension) -> Timeline {
        let base = self.expr(node, path, dimension);
        let changes = self.changes(node, path, dimension);
        Timeline { base, steps: Vec::new(), changes }
    }

    /// A number that does not change.
    pub(super) fn expr(&mut self, node: &Node, path: &str, dimension: Dimension) -> Expr {
        self.note_input(node, path);
        self.number(node, path, dimension)
    }

    fn number(&mut self, node: &Node, path: &str, dimension: Dimension) -> Expr {
        let value = match &node.value {
            Value::Text(text) => match text.strip_prefix('$') {
                Some(name) => return self.parameter(name, 1.0, path, dimension, &node.at),
                None => from_text(text, dimension),
            },
            Value::Table(_) => return self.value_table(node, path, dimension),
            Value::Integer(_) | Value::Float(_) => from_number(node.number().unwrap_or(f64::NAN), dimension),
            _ => Err(format!("{} stands here", node.kind())),
        };
        match value {
            Ok(number) => Expr::Number(number),
            Err(problem) => {
                let help = format!("write {}", dimension.expected());
                self.error(
                    format!("{problem} in `{path}`"),
                    &node.at,
                    format!("expected {}", dimension.expected()),
                    help,
                );
                Expr::Number(f64::NAN)
            }
        }
    }

    fn value_table(&mut self, node: &Node, path: &str, dimension: Dimension) -> Expr {
        if let Some(of) = node.get("of") {
            let scale = node.get("scale").and_then(Node::number).unwrap_or(1.0);
            let name = of.text().unwrap_or_default().to_owned();
            return match name.strip_prefix('$') {
                Some(name) => self.parameter(name, scale, path, dimension, &of.at),
                None => {
                    self.error(
                        format!("`of` is `{name}` in `{path}`"),
                        &of.at,
                        "expected a parameter",
                        "write of = \"$name\"",
                    );
                    Expr::Number(f64::NAN)
                }
            };
        }
        let Some(value) = node.get("value") else {
            self.error(
                format!("`{path}` has no value"),
                &node.at,
                format!("expected {}", dimension.expected()),
                "write { value = …, source = … }, or the value alone",
            );
            return Expr::Number(f64::NAN);
        };
        let central = self.number(value, path, dimension);
        match (node.get("range"), central) {
            (Some(range), Expr::Number(central)) if is_open(node) => {
                self.uncertain(path, central, range, dimension)
            }
            _ => central,
        }
    }

    /// A new parameter with a range.
    fn uncertain(&mut self, name: &str, central: f64, range: &Node, dimension: Dimension) -> Expr {
        if let Some(index) = self.parameters.iter().position(|parameter| parameter.name == name) {
            return Parameter::expr(index);
        }
        let marginal = self.marginal(name, central, range, dimension);
        let least = if dimension == Dimension::Number { f64::NEG_INFINITY } else { 0.0 };
        let most = if dimension == Dimension::Share { 1.0 } else { f64::INFINITY };
        self.parameters.push(Parameter { name: name.to_owned(), central, marginal, bounds: (least, most) });
        Parameter::expr(self.parameters.len() - 1)
    }

    fn marginal(&mut self, name: &str, central: f64, range: &Node, dimension: Dimension) -> Marginal {
        let mut point = |key: &str| {
            let node = range.get(key)?;
            match self.number(node, &format!("{name}.range.{key}"), dimension) {
                Expr::Number(number) => Some(number),
                Expr::Parameter { .. } => None,
            }
        };
        let (p05, p95) = (point("p05"), point("p95"));
        let (min, mode, max) = (point("min"), point("mode"), point("max"));
        let shape = range.get("dist").and_then(Node::text).unwrap_or("uniform");
        let marginal = match (shape, p05, p95, min, max) {
            ("triangular", _, _, Some(min), Some(max)) => {
                let mode = mode.unwrap_or(central);
                (min <= mode && mode <= max).then_some(Marginal::Triangular { min, mode, max })
            }
            ("uniform", _, _, Some(min), Some(max)) => (min <= max).then_some(Marginal::Uniform { min, max }),
            ("uniform", Some(low), Some(high), ..) => {
                (low <= high).then(|| Marginal::uniform_between(low, high))
            }
            ("normal", Some(low), Some(high), ..) => (low <= high).then(|| Marginal::normal(low, high)),
            ("lognormal", Some(low), Some(high), ..) => {
                (0.0 < low && low <= high).then(|| Marginal::lognormal(low, high))
            }
            _ => None,
        };
        marginal.unwrap_or_else(|| {
            self.error(
                format!("the range of `{name}` does not make a {shape} law"),
                &range.at,
                "expected two points in order",
                "write range = { p05 = …, p95 = …, dist = \"normal\" | \"lognormal\" | \"uniform\" }, or min, mode, max with \"triangular\"",
            );
            Marginal::Fixed
        })
    }

    /// A reference to a parameter of the file.
    fn parameter(&mut self, name: &str, scale: f64, path: &str, dimension: Dimension, at: &Place) -> Expr {
        self.readers.push((name.to_owned(), path.to_owned()));
        let Some(expr) = self.resolve(name, dimension, at) else { return Expr::Number(f64::NAN) };
        match expr {
            Expr::Number(number) => Expr::Number(number * scale),
            Expr::Parameter { index, scale: own } => Expr::Parameter { index, scale: own * scale },
        }
    }

    fn resolve(&mut self, name: &str, dimension: Dimension, at: &Place) -> Option<Expr> {
        let Some(defined) = self.defined.get_mut(name) else {
            let known: Vec<String> = self.defined.keys().cloned().collect();
            self.index(&known, name, "parameter", at);
            return None;
        };
        if let Some((read_as, expr)) = defined.read {
            if read_as == dimension {
                return Some(expr);
            }
            let message = format!("parameter `{name}` is used both as {read_as:?} and as {dimension:?}");
            self.error(message, at, "used here as something else", "define a second parameter");
            return None;
        }
        if defined.open {
            self.error(
                format!("parameter `{name}` refers to itself"),
                at,
                "in a circle",
                "give it a value of its own",
            );
            return None;
        }
        defined.open = true;
        let node = defined.node.clone();
        let path = format!("param.{name}");
        let expr = self.under(&node, |reader| reader.expr(&node, &path, dimension));
        let changes = self.changes(&node, &path, dimension);
        if let Some(change) = node.changes.first().filter(|_| !changes.is_empty()) {
            self.error(
                format!("parameter `{name}` cannot change on a date"),
                &change.at,
                "this change",
                "change the values that use it",
            );
        }
        if let Some(defined) = self.defined.get_mut(name) {
            defined.open = false;
            defined.read = Some((dimension, expr));
        }
        Some(expr)
    }

    /// What policies do to a number.
    pub(super) fn changes(&mut self, node: &Node, path: &str, dimension: Dimension) -> Vec<DatedChange> {
        node.changes_read.set(true);
        node.changes
            .iter()
            .filter_map(|change| {
                let (operator, value, dimension) = match &change.operation {
                    Operation::Set(value) => (Operator::Set, value, dimension),
                    Operation::Scale(value) => (Operator::Scale, value, Dimension::Factor),
                    Operation::Add(value) => (Operator::Add, value, signed(value, dimension)),
                    Operation::Divert { .. } => {
                        self.error(
                            format!("`{path}` is not a route"),
                            &change.at,
                            "only routes lead to stages and exits",
                            "give a path such as stage.x.then.y",
                        );
                        return None;
                    }
                };
                let value = self.expr(value, &format!("{path} ({})", change.policy), dimension);
                Some(self.dated(change, operator, value, path))
            })
            .collect()
    }

    /// A change with its dates.
    pub(super) fn dated(
        &mut self,
        change: &Change,
        operator: Operator,
        value: Expr,
        path: &str,
    ) -> DatedChange {
        let from = self.beginning(change, path);
        let until = match &change.until {
            Some(node) => node.date().map_or(SimTime::NEVER, |date| self.time(date)),
            None => SimTime::NEVER,
        };
        if let (Beginning::At(from), Some(node)) = (from, &change.until)
            && until <= from
        {
            self.error(
                "a change ends before it begins".to_owned(),
                &node.at,
                "not after `from`",
                "give an `until` after the `from`",
            );
        }
        let ramp = match &change.ramp {
            Some(node) => match self.number(node, "ramp", Dimension::Length) {
                Expr::Number(seconds) => Span::from_seconds(seconds),
                Expr::Parameter { .. } => Span::ZERO,
            },
            None => Span::ZERO,
        };
        let fade = change.fade.as_ref().and_then(|fade| self.fade(fade, change, path));
        DatedChange { operator, value, from, until, ramp, fade }
    }

    /// How a change wears off; one without a beginning has nothing to wear off from.
    fn fade(&mut self, node: &Node, change: &Change, path: &str) -> Option<Fade> {
        if change.from.is_none() {
            self.error(
                format!("a change of `{path}` fades but does not say since when"),
                &node.at,
                "no `from`",
                "write from = …: it fades from then on, or from the end of its `ramp`",
            );
            return None;
        }
        let path = format!("{path} ({}).fade", change.policy);
        let half_life = node.get("half-life")?;
        let length = self.expr(half_life, &format!("{path}.half-life"), Dimension::Length);
        if matches!(length, Expr::Number(seconds) if seconds == 0.0) {
            self.error(
                "a half-life is zero".to_owned(),
                &half_life.at,
                "nothing would be left at once",
                "give a positive length, such as \"9 months\"",
            );
        }
        let floor = match node.get("floor") {
            Some(floor) => self.expr(floor, &format!("{path}.floor"), Dimension::Share),
            None => Expr::Number(0.0),
        };
        Some(Fade { half_life: length, floor, end: self.time(self.end) })
    }

    fn beginning(&mut self, change: &Change, path: &str) -> Beginning {
        let Some(from) = &change.from else { return Beginning::At(SimTime::from_seconds(i64::MIN)) };
        if let Some(date) = from.date() {
            return Beginning::At(self.time(date));
        }
        if from.get("when").is_some() {
            return Beginning::Picked(self.condition(from, change));
        }
        let choices = from.get("choice").and_then(Node::list).unwrap_or(&[]);
        let mut parts: Vec<(f64, f64)> = Vec::new();
        let mut sum = 0.0;
        for choice in choices {
            let date = choice.get("date").and_then(Node::date).unwrap_or(self.start);
            let p =
                choice.get("p").map_or(0.0, |node| match self.number(node, "choice.p", Dimension::Share) {
                    Expr::Number(p) => p,
                    Expr::Parameter { .. } => 0.0,
                });
            sum += p;
            parts.push((sum, self.time(date).seconds() as f64));
        }
        if (sum - 1.0).abs() > 1e-9 {
            self.error(
                format!("the probabilities of the dates sum to {sum}"),
                &from.at,
                "they must sum to 1",
                "mend the `p` of the dates",
            );
        }
        let name = format!("date of {} on {path}", change.policy);
        Beginning::Picked(self.choice(name, parts))
    }

    fn choice(&mut self, name: String, parts: Vec<(f64, f64)>) -> usize {
        if let Some(index) = self.parameters.iter().position(|parameter| parameter.name == name) {
            return index;
        }
        let mut before = 0.0;
        let likely = parts.iter().map(|&(end, value)| (end - std::mem::replace(&mut before, end), value));
        let central = likely.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(0.0, |(_, value)| value);
        let bounds = (f64::NEG_INFINITY, f64::INFINITY);
        self.parameters.push(Parameter { name, central, marginal: Marginal::Choice(parts), bounds });
        self.parameters.len() - 1
    }

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
        let draw = crate::scenario::parameter::Draw::central(&self.parameters);
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

    fn note_input(&mut self, node: &Node, path: &str) {
        let own = provenance(node);
        let provenance = own.or_else(|| self.provenance.last().cloned().flatten());
        self.inputs.push(Input { path: path.to_owned(), value: written(node), provenance });
    }
}

/// Most cases that come, or persons that there are, at once.
const MOST_AT_ONCE: f64 = 60_000.0;

/// A value as it was written.
pub fn written(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(yes) => yes.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(list) => format!("[{}]", list.iter().map(written).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => match table.get("value") {
            Some(value) => written(value),
            None => {
                let parts =
                    table.entries.iter().map(|entry| format!("{} = {}", entry.key, written(&entry.node)));
                format!("{{ {} }}", parts.collect::<Vec<_>>().join(", "))
            }
        },
    }
}

/// Whether a value with a range is one that varies between futures.
fn is_open(node: &Node) -> bool {
    node.get("role").and_then(Node::text) != Some("fixed")
}

/// What is added may be negative, where it is a bare number.
fn signed(value: &Node, dimension: Dimension) -> Dimension {
    match (dimension, value.number()) {
        (Dimension::Count | Dimension::Share | Dimension::Factor, Some(_)) => Dimension::Number,
        _ => dimension,
    }
}
