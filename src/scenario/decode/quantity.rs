//! Numbers and their changes.

use super::Reader;
use crate::diagnostic::Place;
use crate::scenario::model::{Input, Provenance};
use crate::scenario::notation::{Dimension, from_number, from_text};
use crate::scenario::parameter::{Draw, Marginal, Parameter};
use crate::scenario::timeline::{Beginning, DatedChange, Expr, Fade, Operator, Timeline};
use crate::scenario::tree::{Change, Node, Operation, Value};
use crate::units::{DAY, SimTime, Span};
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
        let line = self.stepless(node, path, dimension);
        self.check_overdrawn(&line, node, path);
        line
    }

    /// The same where dated steps are still to come.
    pub(super) fn stepless(&mut self, node: &Node, path: &str, dimension: Dimension) -> Timeline {
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
                let of = format!("{path} ({})", change.policy);
                let (operator, value) = match &change.operation {
                    Operation::Set(value) => (Operator::Set, self.expr(value, &of, dimension)),
                    Operation::Scale(value) => (Operator::Scale, self.expr(value, &of, Dimension::Factor)),
                    Operation::Add(value) => (Operator::Add, self.addend(value, &of, dimension)),
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
                Some(self.dated(change, operator, value, path))
            })
            .collect()
    }

    /// What is added: less than nothing where a minus leads it.
    fn addend(&mut self, node: &Node, path: &str, dimension: Dimension) -> Expr {
        self.note_input(node, path);
        if node.number().is_some_and(|number| number < 0.0) && dimension.is_bare() {
            return self.number(node, path, Dimension::Number);
        }
        let Some(taken) = node.text().and_then(|text| text.trim().strip_prefix('-')) else {
            return self.number(node, path, dimension);
        };
        let taken = Node::new(node.at.clone(), Value::Text(taken.trim().to_owned()));
        match self.number(&taken, path, dimension) {
            Expr::Number(number) => Expr::Number(-number),
            Expr::Parameter { index, scale } => Expr::Parameter { index, scale: -scale },
        }
    }

    /// That no change takes away more than there is, where inputs are at their central values: whichever of its dates
    /// a change begins at, and whether or not conditions hold.
    pub(super) fn check_overdrawn(&mut self, line: &Timeline, node: &Node, path: &str) {
        if line.changes.iter().all(|change| change.operator != Operator::Add) {
            return;
        }
        let central = Draw::central(&self.parameters);
        let mut draws = vec![self.where_all_hold(&central)];
        for (index, parameter) in self.parameters.iter().enumerate() {
            if let Marginal::Choice(dates) = &parameter.marginal {
                draws.extend(dates.iter().map(|&(_, date)| central.with(index, date)));
            }
        }
        draws.insert(0, central);
        let Some((time, which)) = draws.iter().find_map(|draw| line.overdrawn(draw)) else { return };
        let at = node.changes.get(which).map_or(&node.at, |change| &change.at).clone();
        let since = self.start.saturating_add(jiff::Span::new().days(time.seconds() / DAY));
        self.error(
            format!("`{path}` would be below zero from {since} on"),
            &at,
            "takes away more than there is",
            "take away less, begin later, or `scale` it by a factor below 1",
        );
    }

    /// The draw with every condition true at the first date at which it is looked at.
    fn where_all_hold(&self, draw: &Draw) -> Draw {
        let mut begun = draw.clone();
        for condition in &self.conditions {
            if let Some(&date) = condition.tested.first() {
                let midnight = self.time(date).seconds() as f64;
                begun = begun.with(condition.parameter, midnight + condition.after.value(draw));
            }
        }
        begun
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
            return Beginning::Picked(self.condition(from, change, &format!("{path} ({})", change.policy)));
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
        Beginning::Picked(self.choice(&change.policy, path, parts))
    }

    /// The parameter that is one of several dates: changes of one policy with the same dates begin together.
    fn choice(&mut self, policy: &str, path: &str, parts: Vec<(f64, f64)>) -> usize {
        let mut before = 0.0;
        let likely = parts.iter().map(|&(end, value)| (end - std::mem::replace(&mut before, end), value));
        let central = likely.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(0.0, |(_, value)| value);
        let marginal = Marginal::Choice(parts);
        let same = |&&(ref own, index): &&(String, usize)| {
            own == policy && self.parameters[index].marginal == marginal
        };
        if let Some(&(_, index)) = self.choices.iter().find(same) {
            return index;
        }
        let mut name = format!("date of {policy} on {path}");
        while self.parameters.iter().any(|parameter| parameter.name == name) {
            name.push_str(", again");
        }
        let bounds = (f64::NEG_INFINITY, f64::INFINITY);
        let index = self.parameters.len();
        self.parameters.push(Parameter { name, central, marginal, bounds });
        self.choices.push((policy.to_owned(), index));
        index
    }

    pub(super) fn note_input(&mut self, node: &Node, path: &str) {
        let own = provenance(node);
        let provenance = own.or_else(|| self.provenance.last().cloned().flatten());
        self.inputs.push(Input { path: path.to_owned(), value: written(node), provenance });
    }
}

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
