//! Behaviour that answers to signals.

use super::{Reader, entries};
use crate::diagnostic::Place;
use crate::network::{Responder, Signal, Target};
use crate::scenario::model::{Arrivals, Process, Response, Scenario, Stage};
use crate::scenario::notation::Dimension;
use crate::scenario::signal::call;
use crate::scenario::timeline::Expr;
use crate::scenario::tree::{Node, Value};

impl Reader<'_> {
    /// Every response that is switched on, of streams of arrivals first.
    pub(super) fn read_responses(&mut self, root: &Node, scenario: &Scenario) -> Vec<Response> {
        let mut responses = Vec::new();
        for (number, stream) in scenario.arrivals.iter().enumerate() {
            let Some(node) = root.find(["arrivals", &stream.name, "responds"]) else { continue };
            for (index, item) in node.list().unwrap_or(&[]).iter().enumerate() {
                let path = format!("arrivals.{}.responds.{index}", stream.name);
                self.check_answering_process(stream, item);
                responses.extend(self.response(item, &path, Some(Responder::Arrivals(number))));
            }
        }
        for (entry, stage) in entries(root, "stage").iter().zip(&scenario.stages) {
            for (index, item) in
                entry.node.get("responds").and_then(Node::list).unwrap_or(&[]).iter().enumerate()
            {
                let path = format!("stage.{}.responds.{index}", stage.name);
                let to = self.stage_responder(item, stage);
                responses.extend(self.response(item, &path, to));
            }
        }
        responses
    }

    fn check_answering_process(&mut self, stream: &Arrivals, node: &Node) {
        if !matches!(stream.process, Process::Poisson(_)) {
            self.error(
                format!("arrivals `{}` cannot answer to a signal", stream.name),
                &node.at,
                "its `process` is not Poisson",
                "leave `process` out, or write process = { poisson = { dispersion = … } }",
            );
        }
    }

    /// What of a stage answers: a way on from it, or withdrawals from its line.
    fn stage_responder(&mut self, node: &Node, stage: &Stage) -> Option<Responder> {
        let station = self.stages.iter().position(|name| *name == stage.name)? as u16;
        match (node.get("route"), node.get("what")) {
            (Some(route), None) => {
                let target = self.target(route.text()?, &route.at)?;
                if !leads_to(stage, target) {
                    self.error(
                        format!("stage `{}` does not lead to `{}`", stage.name, route.text()?),
                        &route.at,
                        "not among its ways on",
                        "name one of the targets of its `then`",
                    );
                }
                Some(Responder::Route(station, target))
            }
            (None, Some(what)) => {
                if !stage.patience.iter().flatten().any(|(_, law)| law.is_some()) {
                    self.error(
                        format!("nobody withdraws at stage `{}`", stage.name),
                        &what.at,
                        "it has no `withdraw`",
                        "give it a law of patience, as withdraw = { hazard = \"4 %/yr\" }",
                    );
                }
                Some(Responder::Withdrawals(station))
            }
            (route, _) => {
                let problem = if route.is_some() { "two things" } else { "nothing" };
                self.error(
                    format!("a response of stage `{}` is about {problem}", stage.name),
                    &node.at,
                    "expected exactly one",
                    "write route = \"…\" with a target of its `then`, or what = \"withdraw\"",
                );
                None
            }
        }
    }

    fn response(&mut self, node: &Node, path: &str, to: Option<Responder>) -> Option<Response> {
        self.under(node, |reader| {
            let signal_node = node.get("signal")?;
            let signal = reader.signal(signal_node);
            let part = |key: &str| node.get(key).map(|node| (node, format!("{path}.{key}")));
            let (elasticity, lag, cap, floor) =
                (part("elasticity")?, part("lag"), part("cap")?, part("floor"));
            let elasticity = reader.expr(elasticity.0, &elasticity.1, Dimension::Number);
            let lag =
                lag.map_or(Expr::Number(0.0), |(node, path)| reader.expr(node, &path, Dimension::Length));
            let (cap_at, cap) = (&cap.0.at, reader.expr(cap.0, &cap.1, Dimension::Factor));
            reader.check_bound(cap, "cap", "less than 1", |cap| cap < 1.0, cap_at);
            let floor = floor.map(|(node, path)| {
                let floor = reader.expr(node, &path, Dimension::Factor);
                reader.check_bound(floor, "floor", "more than 1", |floor| floor > 1.0, &node.at);
                floor
            });
            let reference = reader.reference(node, signal.map(|(_, dimension)| dimension), path);
            let classes = match node.get("class") {
                Some(class) => Some(reader.select(class)?),
                None => None,
            };
            let enabled = !matches!(node.get("enabled").map(|node| &node.value), Some(Value::Boolean(false)));
            let (name, at) = (signal_node.text()?.replace(' ', ""), signal_node.at.clone());
            let signal = signal.map(|(signal, _)| signal)?;
            let response = Response {
                path: path.to_owned(),
                to: to?,
                classes,
                name,
                signal,
                at,
                reference,
                elasticity,
                lag,
                cap,
                floor,
            };
            enabled.then_some(response)
        })
    }

    fn check_bound(&mut self, bound: Expr, key: &str, problem: &str, is_wrong: fn(f64) -> bool, at: &Place) {
        if matches!(bound, Expr::Number(number) if is_wrong(number)) {
            self.error(
                format!("the `{key}` of a response is {problem}"),
                at,
                "a factor of 1, which changes nothing, must be within the bounds",
                "give a `cap` of 1 or more, such as 2.0, and a `floor` of 1 or less, such as 0.5",
            );
        }
    }

    /// The number that a signal is held against; `None`: what it is in the baseline.
    fn reference(&mut self, node: &Node, dimension: Option<Dimension>, path: &str) -> Option<Expr> {
        let reference = node.get("reference")?;
        if reference.text() == Some("baseline") {
            return None;
        }
        Some(self.expr(reference, &format!("{path}.reference"), dimension?))
    }

    /// A signal, and what it measures.
    pub(super) fn signal(&mut self, node: &Node) -> Option<(Signal, Dimension)> {
        let text = node.text()?;
        let (name, arguments) = call(text).unwrap_or_default();
        Some(match (name, arguments.as_slice()) {
            ("wait", [stage]) => (Signal::Wait(self.stage(stage, &node.at)?), Dimension::Length),
            ("waiting", [stage]) => (Signal::Waiting(self.stage(stage, &node.at)?), Dimension::Count),
            ("share", [stage, target]) => {
                let (stage, target) = (self.stage(stage, &node.at), self.target(target, &node.at));
                (Signal::Share(stage?, target?), Dimension::Share)
            }
            ("population", [place]) => (Signal::Population(self.place(place, &node.at)?), Dimension::Count),
            ("pending", []) => (Signal::Pending, Dimension::Count),
            _ => {
                self.error(
                    format!("`{text}` is not a signal"),
                    &node.at,
                    "not known",
                    "write wait(stage), waiting(stage), share(stage, target), population(place) or pending",
                );
                return None;
            }
        })
    }
}

/// Whether a way leads from a stage to a target for any class at any date.
fn leads_to(stage: &Stage, target: Target) -> bool {
    let ways = stage.routes.iter().flatten().flat_map(|(_, ways)| ways);
    ways.flat_map(|way| std::iter::once(way.target).chain(way.diverted.iter().map(|(_, to)| *to)))
        .any(|to| to == target)
}
