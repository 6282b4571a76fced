//! What a study asks.

use super::kind::KINDS;
use super::{entries, label};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, nearest};
use crate::legend::{Better, OutcomeUnit};
use crate::network::{Combination, CountedIn, Crowd, Level, Passage, WaitStatistic};
use crate::scenario::model::{Outcome, Question, Scenario};
use crate::scenario::notation::{Dimension, from_text};
use crate::scenario::tree::{Entry, Node, Value};
use crate::units::Span;
use jiff::ToSpan;
use jiff::civil::Date;

/// Read the outcomes of a study for one of its variants.
pub(crate) fn outcomes(study: &Node, scenario: &Scenario, found: &mut Diagnostics) -> Vec<Outcome> {
    let mut reader = Asker { scenario, found, above: Vec::new(), read: Vec::new() };
    for entry in entries(study, "outcome") {
        let outcome = reader.outcome(entry);
        reader.above.push(entry.key.clone());
        reader.read.extend(outcome);
    }
    for row in entries(study, "row") {
        let outcome = reader.row(row);
        reader.read.extend(outcome);
    }
    reader.read
}

pub(super) struct Asker<'a> {
    scenario: &'a Scenario,
    found: &'a mut Diagnostics,
    /// Names of the outcomes above the one being read, and those of them that make sense.
    pub(super) above: Vec<String>,
    pub(super) read: Vec<Outcome>,
}

impl Asker<'_> {
    /// The outcome that a row of a record holds beside what was published; rows cannot be parts of others.
    fn row(&mut self, row: &Entry) -> Option<Outcome> {
        if self.above.contains(&row.key) {
            self.error(
                format!("`{}` is the name of an outcome and of a row", row.key),
                &row.key_at,
                "named twice",
                "give the row or the outcome another name",
            );
        }
        let model = row.node.get("model")?.clone();
        let asked = Entry { key: row.key.clone(), key_at: row.key_at.clone(), node: model };
        Some(Outcome { label: label(row), ..self.outcome(&asked)? })
    }

    fn outcome(&mut self, entry: &Entry) -> Option<Outcome> {
        let kinds = || KINDS.into_iter().map(|(kind, _)| kind);
        let asked: Vec<&str> = kinds().filter(|kind| entry.node.get(kind).is_some()).collect();
        let [kind] = asked.as_slice() else {
            self.error(
                format!("outcome `{}` asks {} things", entry.key, asked.len()),
                &entry.node.at,
                "expected exactly one",
                format!("write one of: {}", kinds().collect::<Vec<_>>().join(", ")),
            );
            return None;
        };
        self.refuse_unread(kind, &entry.node);
        let question = self.question(kind, entry)?;
        let better = match entry.node.get("better").and_then(Node::text) {
            Some("lower") => Some(Better::Lower),
            Some("higher") => Some(Better::Higher),
            _ => None,
        };
        Some(Outcome {
            name: entry.key.clone(),
            label: label(entry),
            unit: self.unit(&question),
            better,
            question,
        })
    }

    /// The classes that a selector names.
    fn select(&mut self, of: &Node) -> Option<Vec<u16>> {
        let selector = self.scenario.taxonomy.select(of.text().unwrap_or_default(), &of.at, self.found);
        selector.map(|selector| selector.classes)
    }

    /// What is asked of some classes at stages.
    fn passed(&mut self, passage: Passage, subject: &Node, entry: &Entry) -> Option<Question> {
        let node = &entry.node;
        let stations = self.stages(subject);
        let classes = self.select(node.get("of")?);
        let dates = match passage {
            Passage::Present | Passage::Waiting => self.date(node, "at", entry).map(|date| [date, date]),
            Passage::Came | Passage::Served => self.period(node).map(<[Date; 2]>::from),
        };
        let crowd = Crowd { stations: stations?, classes: classes?, counted: counted(node) };
        Some(Question::Passed(passage, crowd, dates?))
    }

    /// The names of the streams of arrivals, as written in what is asked about; `None`: it names stages.
    fn stream_names(&self, subject: &Node) -> Option<Vec<String>> {
        let first = match &subject.value {
            Value::List(list) => list.first()?.text()?,
            _ => subject.text()?,
        };
        let names = names(&self.scenario.arrivals, |stream| &stream.name);
        let paths: Vec<String> = names.iter().map(|name| format!("arrivals.{name}")).collect();
        let is_stage = self.scenario.stages.iter().any(|stage| stage.name == first);
        let known = if first.starts_with("arrivals.") { paths } else { names };
        known.iter().any(|name| name == first && !is_stage).then_some(known)
    }

    /// Comings by streams of arrivals.
    fn came_by(&mut self, streams: Vec<u16>, node: &Node) -> Option<Question> {
        let classes = match node.get("of") {
            Some(of) => self.select(of)?,
            None => (0..self.scenario.classes.len() as u16).collect(),
        };
        let (from, until) = self.period(node)?;
        Some(Question::CameBy(streams, classes, counted(node), [from, until]))
    }

    fn question(&mut self, kind: &str, entry: &Entry) -> Option<Question> {
        let node = &entry.node;
        let counted = counted(node);
        let subject = node.get(kind)?;
        if kind == "arrived"
            && let Some(known) = self.stream_names(subject)
        {
            let streams = self.each(&known, subject, "stream of arrivals")?;
            return self.came_by(streams, node);
        }
        if let Some(passage) = passage(kind, node).filter(|_| node.get("of").is_some()) {
            return self.passed(passage, subject, entry);
        }
        Some(match kind {
            "waiting" => {
                let stages = self.stages(subject);
                if let Some(of) = node.get("of") {
                    return Some(Question::WaitingAverageOf(stages?, self.select(of)?, counted));
                }
                let at = if is_true(node, "average") { None } else { Some(self.date(node, "at", entry)?) };
                Question::Waiting(stages?, counted, at)
            }
            "population" => {
                let place = self.place(subject)?;
                if is_true(node, "peak") {
                    Question::PopulationPeak(place)
                } else if is_true(node, "average") {
                    Question::PopulationAverage(place)
                } else {
                    Question::PopulationAt(place, self.date(node, "at", entry)?)
                }
            }
            "pending" => {
                let at = self.date(node, "at", entry);
                match node.get("of") {
                    Some(of) => Question::PendingOf(self.select(of)?, counted, at?),
                    None => Question::Pending(counted, at?),
                }
            }
            "pending-at" => {
                let stages = self.stages(subject)?;
                Question::Present(stages, counted, self.date(node, "at", entry)?)
            }
            "arrived" => {
                let stages = self.stages(subject)?;
                let (from, until) = self.period(node)?;
                Question::Joined(stages, counted, from, until)
            }
            "exits" => {
                let exits = self.exits(subject)?;
                let (from, until) = self.period(node)?;
                match node.get("of") {
                    Some(of) => Question::ExitsOf(exits, self.select(of)?, counted, [from, until]),
                    None => Question::Exits(exits, counted, from, until),
                }
            }
            "transferred" => {
                let known = names(&self.scenario.transfers, |transfer| &transfer.name);
                let transfers = self.each(&known, subject, "transfer")?;
                let (from, until) = self.period(node)?;
                Question::Transferred(transfers, counted, from, until)
            }
            "completed" => {
                let stages = self.stages(subject)?;
                let (from, until) = self.period(node)?;
                Question::Completed(stages, counted, from, until)
            }
            "visits" => Question::Visits(*self.stages(subject)?.first()?),
            "wait" => {
                let stages = self.stages(subject)?;
                let statistic = match node.get("statistic").and_then(Node::text) {
                    Some("median") => WaitStatistic::Median,
                    Some("p90") => WaitStatistic::P90,
                    _ => WaitStatistic::Mean,
                };
                Question::Wait(*stages.first()?, statistic)
            }
            "probability" => self.probability(subject, counted, entry)?,
            "share-within" => self.share_within(subject, node, entry)?,
            "clock" => Question::Clock(self.find(
                &names(&self.scenario.clocks, |clock| &clock.name),
                subject,
                "clock",
            )?),
            "cost" => Question::Cost(self.costs(subject)?),
            "sum" => self.combined(Combination::Sum, subject)?,
            "difference" => self.combined(Combination::Difference, subject)?,
            "ratio" => self.combined(Combination::Ratio, subject)?,
            _ => return None,
        })
    }

    fn probability(&mut self, subject: &Node, counted: CountedIn, entry: &Entry) -> Option<Question> {
        let by = self.date(&entry.node, "by", entry)?;
        let text = subject.text().unwrap_or_default().to_owned();
        let split = text
            .find(['<', '>'])
            .map(|at| (text[..at].trim(), text.as_bytes()[at] == b'<', text[at + 1..].trim()));
        let parsed = split.and_then(|(level, below, bound)| {
            Some((level, below, from_text(bound.trim_start_matches('='), Dimension::Count).ok()?))
        });
        let level = parsed.and_then(|(level, ..)| level.strip_suffix(')')?.split_once('('));
        let (Some((_, below, bound)), Some((what, name))) = (parsed, level) else {
            self.error(format!("`{text}` is not a condition"), &subject.at, "expected a level and a bound", "write for instance \"waiting(merits) < 400_000\", \"pending() < 2_000_000\" or \"population(city) > 2500\"");
            return None;
        };
        let node = Node::new(subject.at.clone(), Value::Text(name.to_owned()));
        let level = match what {
            "pending" if name.is_empty() => Level::Pending(counted),
            "waiting" | "pending" => Level::Waiting(self.stages(&node)?, counted),
            "population" => Level::Population(self.place(&node)?),
            _ => {
                self.error(
                    format!("`{what}` is not a level"),
                    &subject.at,
                    "not known",
                    "write waiting(stage), pending() or population(place)",
                );
                return None;
            }
        };
        Some(Question::Ever(level, below, bound, by))
    }

    fn share_within(&mut self, subject: &Node, node: &Node, entry: &Entry) -> Option<Question> {
        let cohort = node.get("cohort").and_then(Node::date);
        let limit = subject.text().map(|text| from_text(text, Dimension::Length));
        let (Some(from), Some(Ok(limit))) = (cohort, limit) else {
            self.error(
                format!("outcome `{}` has no cohort or no limit", entry.key),
                &node.at,
                "who, and within what time?",
                "write { share-within = \"180 days\", from = \"filed\", cohort = 2019-10-01 }",
            );
            return None;
        };
        self.refuse_from_date(node);
        let until = self.cohort_end(from, node)?;
        let exits = (0..self.scenario.exits.len() as u16).collect();
        Some(Question::ShareWithin(from, until, Span::from_seconds(limit), exits))
    }

    /// The first date after a cohort that came from a date on, when it lies in the run.
    fn cohort_end(&mut self, from: Date, node: &Node) -> Option<Date> {
        let at = &node.get("cohort")?.at;
        if !self.inside(from, at) {
            return None;
        }
        let Some(until) = node.get("until") else {
            let until = from.checked_add(1.month()).unwrap_or(Date::MAX);
            if until > self.scenario.end {
                self.error(
                    format!("the month from {from} on is not over when the run ends"),
                    at,
                    format!("the run ends on {}", self.scenario.end),
                    "write an earlier `cohort`, or an `until`",
                );
                return None;
            }
            return Some(until);
        };
        let date = until.date()?;
        if date <= from {
            self.empty([from, date], node, "give an `until` after the `cohort`");
            return None;
        }
        self.inside(date, &until.at).then_some(date)
    }

    /// A cohort is of those who filed; its dates stand elsewhere.
    fn refuse_from_date(&mut self, node: &Node) {
        if let Some(from) = node.get("from").filter(|from| from.date().is_some()) {
            self.error(
                "a share of a cohort counts from a date",
                &from.at,
                "expected \"filed\"",
                "write from = \"filed\" and cohort = 2019-10-01",
            );
        }
    }

    fn costs(&mut self, subject: &Node) -> Option<Vec<usize>> {
        let all = names(&self.scenario.costs, |cost| &cost.name);
        if subject.text() == Some("total") {
            return Some((0..all.len()).collect());
        }
        self.each(&all, subject, "cost item").map(|costs| costs.into_iter().map(usize::from).collect())
    }

    fn unit(&self, question: &Question) -> OutcomeUnit {
        let counted = |counted: CountedIn| match counted {
            CountedIn::Cases => OutcomeUnit::Cases,
            CountedIn::Persons => OutcomeUnit::Persons,
        };
        match question {
            Question::Waiting(_, unit, _)
            | Question::WaitingAverageOf(_, _, unit)
            | Question::Pending(unit, _)
            | Question::PendingOf(_, unit, _)
            | Question::CameBy(_, _, unit, _)
            | Question::Exits(_, unit, ..)
            | Question::ExitsOf(_, _, unit, _)
            | Question::Transferred(_, unit, ..)
            | Question::Completed(_, unit, ..)
            | Question::Present(_, unit, _)
            | Question::Joined(_, unit, ..) => counted(*unit),
            Question::Passed(_, crowd, _) => counted(crowd.counted),
            Question::PopulationAt(..) | Question::PopulationPeak(_) | Question::PopulationAverage(_) => {
                OutcomeUnit::Persons
            }
            Question::Wait(..) => OutcomeUnit::Days,
            Question::Visits(_) => OutcomeUnit::Ratio,
            Question::Ever(..) | Question::ShareWithin(..) | Question::Clock(_) => OutcomeUnit::Share,
            Question::Cost(_) => OutcomeUnit::Money,
            Question::Combined(combination, parts) => {
                let unit = |part: usize| parts.get(part).map(|&part| self.read[part].unit);
                match combination {
                    Combination::Sum | Combination::Difference => unit(0).unwrap_or(OutcomeUnit::Ratio),
                    Combination::Ratio if unit(0) == unit(1) => OutcomeUnit::Share,
                    Combination::Ratio => OutcomeUnit::Ratio,
                }
            }
        }
    }

    fn stages(&mut self, subject: &Node) -> Option<Vec<u16>> {
        self.each(&names(&self.scenario.stages, |stage| &stage.name), subject, "stage")
    }

    fn exits(&mut self, subject: &Node) -> Option<Vec<u16>> {
        self.each(&names(&self.scenario.exits, |exit| &exit.name), subject, "exit")
    }

    fn place(&mut self, subject: &Node) -> Option<u16> {
        self.find(&names(&self.scenario.places, |place| &place.name), subject, "place")
    }

    fn each(&mut self, known: &[String], subject: &Node, what: &str) -> Option<Vec<u16>> {
        match &subject.value {
            Value::List(list) => list.iter().map(|item| self.find(known, item, what)).collect(),
            _ => self.find(known, subject, what).map(|index| vec![index]),
        }
    }

    fn find(&mut self, known: &[String], node: &Node, what: &str) -> Option<u16> {
        let name = node.text().unwrap_or_default();
        if let Some(index) = known.iter().position(|candidate| candidate == name) {
            return u16::try_from(index).ok();
        }
        let help = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", known.join(", ")),
        };
        self.error(format!("unknown {what} `{name}`"), &node.at, "not known in the model", help);
        None
    }

    /// A date that must be there and lie in the run.
    fn date(&mut self, node: &Node, key: &str, entry: &Entry) -> Option<Date> {
        let Some(found) = node.get(key) else {
            self.error(
                format!("outcome `{}` has no `{key}`", entry.key),
                &node.at,
                "when?",
                format!("write {key} = {}", self.scenario.end),
            );
            return None;
        };
        let date = found.date()?;
        self.inside(date, &found.at).then_some(date)
    }

    fn inside(&mut self, date: Date, at: &Place) -> bool {
        let (start, end) = (self.scenario.start, self.scenario.end);
        let inside = (start..=end).contains(&date);
        if !inside {
            self.error(
                format!("{date} is outside the run"),
                at,
                format!("expected a date from {start} to {end}"),
                "mend the date, or the `end` of the model",
            );
        }
        inside
    }

    /// From and until; from the end of the warm-up and to the end of the run where they are not said.
    fn period(&mut self, node: &Node) -> Option<(Date, Date)> {
        let scenario = self.scenario;
        let from = self.bound(node, "from", scenario.counted_from())?;
        let until = self.bound(node, "until", scenario.end)?;
        if until <= from {
            let help =
                "give an `until` after the `from`; where no `from` is said it is the end of the warm-up";
            self.empty([from, until], node, help);
            return None;
        }
        Some((from, until))
    }

    /// A date in the run, where one is said.
    fn bound(&mut self, node: &Node, key: &str, unsaid: Date) -> Option<Date> {
        let Some(found) = node.get(key) else { return Some(unsaid) };
        let Some(date) = found.date() else {
            self.error(
                format!("`{key}` is not a date"),
                &found.at,
                format!("expected a date from {} to {}", self.scenario.start, self.scenario.end),
                "write the date; \"filed\" goes with `share-within`",
            );
            return None;
        };
        self.inside(date, &found.at).then_some(date)
    }

    fn empty(&mut self, [from, until]: [Date; 2], node: &Node, help: &str) {
        self.error(
            format!("the period from {from} until {until} is empty"),
            &node.at,
            "its dates are out of order",
            help,
        );
    }

    pub(super) fn error(
        &mut self,
        message: impl Into<String>,
        at: &Place,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.found.push(Diagnostic::error(message, at, label).help(help));
    }
}

/// What the `unit` of an outcome says.
fn counted(node: &Node) -> CountedIn {
    match node.get("unit").and_then(Node::text) {
        Some("persons") => CountedIn::Persons,
        _ => CountedIn::Cases,
    }
}

/// What an outcome of a kind counts of some classes at stages.
fn passage(kind: &str, node: &Node) -> Option<Passage> {
    match kind {
        "waiting" if !is_true(node, "average") => Some(Passage::Waiting),
        "arrived" => Some(Passage::Came),
        "completed" => Some(Passage::Served),
        "pending-at" => Some(Passage::Present),
        _ => None,
    }
}

pub(super) fn is_true(node: &Node, key: &str) -> bool {
    matches!(node.get(key).map(|node| &node.value), Some(Value::Boolean(true)))
}

fn names<T>(things: &[T], name: impl Fn(&T) -> &String) -> Vec<String> {
    things.iter().map(|thing| name(thing).clone()).collect()
}
