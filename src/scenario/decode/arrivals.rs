//! Cases from outside, and those waiting at the start.

use super::{Reader, entries};
use crate::network::CountedIn;
use crate::random::Count;
use crate::scenario::counts::{Counts, Extend, Extension};
use crate::scenario::mix::Mix;
use crate::scenario::model::{Ages, Arrivals, Band, Form, Initial, Law, Process};
use crate::scenario::notation::Dimension;
use crate::scenario::parameter::Draw;
use crate::scenario::timeline::{Expr, Timeline};
use crate::scenario::tree::{Entry, Node, Value};
use crate::units::SimTime;

impl Reader<'_> {
    pub(super) fn read_arrivals(&mut self, root: &Node) -> Vec<Arrivals> {
        entries(root, "arrivals")
            .iter()
            .filter_map(|entry| self.under(&entry.node, |reader| reader.read_stream(entry)))
            .collect()
    }

    fn read_stream(&mut self, entry: &Entry) -> Option<Arrivals> {
        let (node, path) = (&entry.node, format!("arrivals.{}", entry.key));
        let to = node.get("to")?;
        let to = self.stage(to.text()?, &to.at);
        let mix = self.mix(node, &path);
        let rate = self.rate(node, &path);
        let scale = match node.get("scale") {
            Some(scale) => self.quantity(scale, &format!("{path}.scale"), Dimension::Factor),
            None => Timeline::from(1.0),
        };
        let enabled = !matches!(node.get("enabled").map(|node| &node.value), Some(Value::Boolean(false)));
        let unit = match node.get("unit").and_then(Node::text) {
            Some("persons") => CountedIn::Persons,
            _ => CountedIn::Cases,
        };
        let stream = Arrivals {
            name: entry.key.clone(),
            to: to?,
            mix,
            rate: if enabled { rate } else { Timeline::from(0.0) },
            scale,
            process: self.process(node, &path),
            batch: node
                .get("batch")
                .map_or(Count::Constant(1), |batch| self.count_law(batch, &format!("{path}.batch"))),
            unit,
            cap: node.get("cap").map(|cap| self.expr(cap, &format!("{path}.cap"), Dimension::Rate)),
            layer: 0.0,
        };
        self.check_cap(&stream, node);
        Some(stream)
    }

    /// An arrival rate above its cap, at any date.
    fn check_cap(&mut self, stream: &Arrivals, node: &Node) {
        let draw = Draw::central(&self.parameters);
        let Some(cap) = stream.cap.map(|cap| cap.value(&draw)) else { return };
        let times = std::iter::once(SimTime::START).chain(stream.breaks(&draw));
        let highest = times.map(|time| stream.counted_rate(time, &draw)).fold(0.0, f64::max);
        if highest > cap * (1.0 + 1e-9) {
            let at = node.get("cap").map_or(&node.at, |cap| &cap.at).clone();
            self.error(
                format!(
                    "arrivals `{}` reach {:.3} a day, above their cap of {:.3}",
                    stream.name,
                    highest * 86_400.0,
                    cap * 86_400.0
                ),
                &at,
                "the cap",
                "lower the rate or what a policy makes of it, or raise the cap",
            );
        }
    }

    /// `rate`, or a table, with dated steps of either.
    pub(super) fn rate(&mut self, node: &Node, path: &str) -> Timeline {
        let mut line = match (node.get("rate"), node.get("csv")) {
            (Some(rate), None) => self.stepless(rate, &format!("{path}.rate"), Dimension::Rate),
            (None, Some(_)) => self.table_rate(node, path, SimTime::START),
            (None, None) if node.get("step").is_some() => Timeline::from(0.0),
            _ => {
                self.error(
                    format!("`{path}` has no rate"),
                    &node.at,
                    "how many?",
                    "write rate = \"… /day\", or csv = \"…\" with column = \"…\", and not both",
                );
                Timeline::from(0.0)
            }
        };
        let steps = self.dated_steps(node, path, "step", |reader, step, path| {
            let from = step.get("from").and_then(Node::date).map(|date| reader.time(date))?;
            match (step.get("rate"), step.get("csv")) {
                (Some(rate), None) => {
                    Some(Timeline::from(reader.expr(rate, &format!("{path}.rate"), Dimension::Rate)))
                }
                (None, Some(_)) => Some(reader.table_rate(step, path, from)),
                _ => {
                    reader.error(
                        format!("`{path}` has no rate"),
                        &step.at,
                        "how many?",
                        "write rate = \"… /day\", or csv = \"…\" with column = \"…\"",
                    );
                    None
                }
            }
        });
        let mut all = std::mem::take(&mut line.steps);
        for (from, piece) in steps {
            all.retain(|(time, _)| *time < from);
            all.push((from, piece.base));
            all.extend(piece.steps.into_iter().filter(|(time, _)| *time > from));
        }
        line.steps = all;
        if let Some(rate) = node.get("rate") {
            self.check_overdrawn(&line, rate, &format!("{path}.rate"));
        }
        line
    }

    /// The rates of a table of counts by period, from an instant on.
    pub(super) fn table_rate(&mut self, node: &Node, path: &str, from: SimTime) -> Timeline {
        let Some(table) = self.dated_table(node, path) else { return Timeline::from(0.0) };
        let extend = self.extension(node);
        match table.rates(extend, self.start, self.end) {
            Ok(rates) => {
                let steps: Vec<(SimTime, Expr)> =
                    rates.into_iter().map(|(date, rate)| (self.time(date), Expr::Number(rate))).collect();
                let before = steps.iter().rev().find(|(time, _)| *time <= from);
                let base = before.or(steps.first()).map_or(Expr::Number(0.0), |(_, rate)| *rate);
                Timeline { base, steps, changes: Vec::new() }
            }
            Err((missing, help)) => {
                let at = node.get("csv").map_or(&node.at, |csv| &csv.at).clone();
                self.error(
                    format!("the table of `{path}` has no row for {}", missing.strftime("%B %Y")),
                    &at,
                    "does not cover the run",
                    help,
                );
                Timeline::from(0.0)
            }
        }
    }

    fn dated_table(&mut self, node: &Node, path: &str) -> Option<Counts> {
        let csv = node.get("csv")?;
        let Some(column) = node.get("column").and_then(Node::text) else {
            self.error(
                format!("`{path}` has a table but no `column`"),
                &csv.at,
                "which column?",
                "write column = \"…\"",
            );
            return None;
        };
        let date_column = node.get("date-column").and_then(Node::text).unwrap_or("date");
        let file = self.folder.join(csv.text()?);
        self.inputs.push(super::Input {
            path: path.to_owned(),
            value: format!("{} [{column}]", csv.text()?),
            provenance: self.provenance.last().cloned().flatten(),
        });
        crate::scenario::data::dated(&file, date_column, column, &csv.at, self.files, self.found)
    }

    fn extension(&mut self, node: &Node) -> Extend {
        let extend = node.get("extend")?;
        match extend.text() {
            Some("hold") => Some(Extension::Hold),
            Some("repeat-season") => Some(Extension::RepeatSeason),
            _ => {
                let growth = extend.get("growth")?;
                match self.expr(growth, "growth", Dimension::Hazard) {
                    Expr::Number(rate) => Some(Extension::Growth(rate * 31_557_600.0)),
                    Expr::Parameter { .. } => {
                        self.error(
                            "the growth of a table has a range".to_owned(),
                            &growth.at,
                            "expected one number",
                            "write growth = \"3 %/yr\", and vary the whole by `scale`",
                        );
                        Some(Extension::Hold)
                    }
                }
            }
        }
    }

    fn process(&mut self, node: &Node, path: &str) -> Process {
        let Some(process) = node.get("process") else { return Process::Poisson(Expr::Number(1.0)) };
        let path = format!("{path}.process");
        if let Some(poisson) = process.get("poisson") {
            let Some(dispersion) = poisson.get("dispersion") else {
                return Process::Poisson(Expr::Number(1.0));
            };
            let value = self.expr(dispersion, &format!("{path}.poisson.dispersion"), Dimension::Factor);
            if matches!(value, Expr::Number(number) if number < 1.0) {
                self.error(
                    "a dispersion is below 1".to_owned(),
                    &dispersion.at,
                    "expected 1 (Poisson) or more",
                    "counts less variable than Poisson: use { renewal.gamma = { cv = … } }",
                );
            }
            return Process::Poisson(value);
        }
        if let Some(law) = process.get("renewal") {
            return Process::Renewal(self.unit_law(law, &format!("{path}.renewal")));
        }
        match process.text() {
            Some("poisson") => {}
            Some("deterministic") => return Process::Deterministic,
            _ => self.error(format!("`{path}` is not a process"), &process.at, "not known", "write \"poisson\", \"deterministic\", { renewal.gamma = { cv = 0.5 } } or { poisson = { dispersion = 1.8 } }"),
        }
        Process::Poisson(Expr::Number(1.0))
    }

    pub(super) fn read_initial(&mut self, root: &Node) -> Vec<Initial> {
        entries(root, "initial")
            .iter()
            .filter_map(|entry| self.under(&entry.node, |reader| reader.read_docket(entry)))
            .collect()
    }

    fn read_docket(&mut self, entry: &Entry) -> Option<Initial> {
        let (node, path) = (&entry.node, format!("initial.{}", entry.key));
        let stage = match node.get("stage") {
            Some(stage) => self.stage(stage.text()?, &stage.at),
            None => self.stage(&entry.key, &entry.key_at),
        };
        let cases =
            node.get("cases").map(|cases| self.quantity(cases, &format!("{path}.cases"), Dimension::Count));
        let ages = self.ages(node, &path);
        let one = |band: &Band| band.classes.as_ref().is_some_and(|classes| classes.len() == 1);
        let by_class = matches!(&ages, Ages::Bands(bands) if bands.iter().all(one));
        let mix = if by_class { Mix::default() } else { self.mix(node, &path) };
        if cases.is_none() && matches!(ages, Ages::Law(_)) {
            self.error(format!("`{path}` has no `cases`"), &node.at, "how many wait?", "write cases = …");
        }
        Some(Initial { name: entry.key.clone(), stage: stage?, cases, mix, ages })
    }

    fn ages(&mut self, node: &Node, path: &str) -> Ages {
        let none = Ages::Law(Law { form: Form::Constant, parts: vec![Timeline::from(0.0)] });
        let Some(ages) = node.get("ages") else { return none };
        let Some(csv) = ages.get("csv") else { return Ages::Law(self.law(ages, &format!("{path}.ages"))) };
        let file = self.folder.join(csv.text().unwrap_or_default());
        let columns =
            |key: &str| ages.get("columns").and_then(|columns| columns.get(key)).and_then(Node::text);
        let per =
            match ages.get("unit").and_then(Node::text).unwrap_or_else(|| columns("age").unwrap_or("days")) {
                "years" | "year" => 31_557_600.0,
                "months" | "month" => 2_629_800.0,
                "weeks" | "week" => 604_800.0,
                _ => 86_400.0,
            };
        let wanted = (columns("age").unwrap_or("age"), columns("class"), columns("n").unwrap_or("n"));
        let Some(rows) = crate::scenario::data::bands(&file, wanted, &csv.at, self.files, self.found) else {
            return none;
        };
        self.inputs.push(super::Input {
            path: format!("{path}.ages"),
            value: csv.text().unwrap_or_default().to_owned(),
            provenance: self.provenance.last().cloned().flatten(),
        });
        let mut bands = Vec::new();
        for row in rows {
            let (youngest, oldest) = (row.from * per, row.until * per);
            let classes =
                row.class.and_then(|class| self.taxonomy.clone().select(&class, &csv.at, self.found));
            let classes = classes.map(|selector| selector.classes);
            bands.push(Band { youngest, oldest, classes, cases: row.cases });
        }
        Ages::Bands(bands)
    }
}

/// A sum without the dust of binary fractions.
pub(super) fn tidy_number(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}
