//! How late the figures are that the rows of a record rest on.

use super::bibliography::Bibliography;
use super::load::Study;
use super::model::{Input, Question, Scenario};
use super::overlay::split;
use super::tree::Node;
use super::upstream::{Recorded, Upstream};
use crate::legend::record::LateInput;
use jiff::civil::Date;

/// The inputs of a model with the dates of their figures.
pub(super) struct Evidence<'a> {
    scenario: &'a Scenario,
    recorded: Recorded,
    /// Those dated after the start that a row may rest on.
    late: Vec<Late>,
}

/// An input dated after the start.
struct Late {
    input: LateInput,
    /// `None`: its source has no date.
    date: Option<Date>,
    /// When it begins to hold, where that is said.
    begins: Option<Date>,
}

impl<'a> Evidence<'a> {
    /// What there is in the model of a record.
    pub(super) fn new(study: &'a Study) -> Self {
        let variant = &study.variants[study.baseline];
        let scenario = &variant.scenario;
        let late = scenario
            .inputs
            .iter()
            .filter_map(|input| late(input, scenario, &study.bibliography, &variant.root));
        let mut late: Vec<Late> = late.collect();
        late.sort_by(|one, other| key(one).cmp(&key(other)));
        late.dedup_by(|one, other| one.input == other.input);
        Self { scenario, recorded: Recorded::new(scenario), late }
    }

    /// The inputs dated after the start that the outcome of that number rests on, held against the date until which
    /// figures are known.
    pub(super) fn of(&self, outcome: usize, known: Date) -> Basis<'_> {
        let upstream = Upstream::of(self.scenario, &self.recorded, outcome);
        let end = end(&self.scenario.outcomes[outcome].question, self.scenario);
        let holds = |late: &&Late| {
            late.begins.is_none_or(|begins| begins < end) && upstream.rests_on(&late.input.path)
        };
        let rests: Vec<&Late> = self.late.iter().filter(holds).collect();
        let unknown = || rests.iter().copied().filter(|late| late.input.counts_as.is_none());
        let too_late = unknown().filter(|late| late.date.is_none_or(|date| date > known));
        let youngest = unknown().max_by_key(|late| (late.date.is_none(), late.date));
        Basis {
            late: rests.iter().map(|late| &late.input).collect(),
            too_late: too_late.map(|late| &late.input).collect(),
            youngest: youngest.map(|late| &late.input),
        }
    }
}

/// The inputs dated after the start that a row rests on, in order of source and path.
pub(super) struct Basis<'a> {
    /// All of them.
    pub(super) late: Vec<&'a LateInput>,
    /// Those that a prediction may not know, and which are younger than what it says it knows.
    pub(super) too_late: Vec<&'a LateInput>,
    /// The youngest that a prediction from the start may not know.
    pub(super) youngest: Option<&'a LateInput>,
}

fn key(late: &Late) -> (&str, &str) {
    (&late.input.source, &late.input.path)
}

/// An input whose figure, or else its source, is of after the start or of no date.
fn late(input: &Input, scenario: &Scenario, bibliography: &Bibliography, root: &Node) -> Option<Late> {
    let provenance = input.provenance.as_ref()?;
    let source = bibliography.find(provenance.source.as_ref()?)?;
    let date = provenance.as_of.or_else(|| source.first_day());
    if date.is_some_and(|date| date <= scenario.start) {
        return None;
    }
    let written = match provenance.as_of {
        Some(date) => date.to_string(),
        None => source.date.clone().unwrap_or_else(|| "no date".to_owned()),
    };
    let counts_as = provenance.counts_as.clone();
    let input = LateInput { path: input.path.clone(), source: source.id.clone(), date: written, counts_as };
    Some(Late { begins: begins(&input.path, scenario, root), input, date })
}

/// The last `from` or `date` on the way to an input: before it the input does nothing. A parameter begins with the first
/// that reads it.
fn begins(path: &str, scenario: &Scenario, root: &Node) -> Option<Date> {
    let keys = split(path);
    if keys[0] == "param" {
        let readers = scenario.readers.iter().filter(|(read, _)| keys.get(1) == Some(read));
        let begin: Option<Vec<Date>> = readers.map(|(_, reader)| begins(reader, scenario, root)).collect();
        return begin?.into_iter().min();
    }
    let above = (1..=keys.len()).filter_map(|length| root.find(keys[..length].iter().map(String::as_str)));
    above.filter_map(|node| node.get("from").or_else(|| node.get("date")).and_then(Node::date)).max()
}

/// The last date that an outcome is about.
pub(super) fn end(question: &Question, scenario: &Scenario) -> Date {
    match question {
        Question::Waiting(.., Some(at))
        | Question::PopulationAt(_, at)
        | Question::Pending(_, at)
        | Question::PendingOf(.., at)
        | Question::CameBy(.., [_, at])
        | Question::Present(.., at)
        | Question::Exits(.., at)
        | Question::ExitsOf(.., [_, at])
        | Question::Transferred(.., at)
        | Question::Completed(.., at)
        | Question::Joined(.., at)
        | Question::Passed(.., [_, at])
        | Question::Ever(.., at) => *at,
        Question::Combined(_, parts) => {
            let ends = parts.iter().map(|&part| end(&scenario.outcomes[part].question, scenario));
            ends.max().unwrap_or(scenario.end)
        }
        _ => scenario.end,
    }
}
