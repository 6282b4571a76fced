//! The names of what a network numbers, and the dates at which it is looked at.

use crate::legend::{
    ExitName, Legend, LevelName, Name, OutcomeName, PlaceName, StageName, Statistic, WaitName,
};
use crate::network::WaitStatistic;
use crate::scenario::Draw;
use crate::scenario::model::{Question, Scenario};
use jiff::civil::Date;

/// The names of everything in the network of a scenario.
pub fn legend(scenario: &Scenario, hash: &str) -> Legend {
    let central = Draw::central(&scenario.parameters);
    let name = |name: &str, label: &str| Name { name: name.to_owned(), label: label.to_owned() };
    let dates = dates(scenario);
    Legend {
        title: scenario.title.clone(),
        start: scenario.start,
        end: scenario.end,
        hash: hash.to_owned(),
        currency: scenario.currency.clone(),
        classes: scenario.classes.iter().map(|class| name(&class.name, &class.label)).collect(),
        streams: streams(scenario),
        inputs: scenario
            .parameters
            .iter()
            .filter(|parameter| parameter.is_uncertain())
            .map(|parameter| name(&parameter.name, &parameter.name))
            .collect(),
        stages: scenario
            .stages
            .iter()
            .map(|stage| StageName {
                name: name(&stage.name, &stage.label),
                served: !stage.pools.is_empty() || stage.slots.is_some(),
                pools: stage.pools.clone(),
            })
            .collect(),
        pools: scenario.pools.iter().map(|pool| name(&pool.name, &pool.label)).collect(),
        exits: scenario
            .exits
            .iter()
            .map(|exit| ExitName { name: name(&exit.name, &exit.label), kind: exit.kind })
            .collect(),
        places: scenario
            .places
            .iter()
            .map(|place| PlaceName {
                name: name(&place.name, &place.label),
                capacity: place.capacity.map(|capacity| capacity.value(&central)),
            })
            .collect(),
        transfers: scenario.transfers.iter().map(|one| name(&one.name, &one.label)).collect(),
        clocks: scenario.clocks.iter().map(|clock| name(&clock.name, &clock.label)).collect(),
        responses: super::response::names(scenario),
        conditions: scenario
            .conditions
            .iter()
            .map(|condition| name(&condition.text, &condition.text))
            .collect(),
        costs: scenario.costs.iter().map(|cost| name(&cost.name, &cost.name)).collect(),
        outcomes: scenario
            .outcomes
            .iter()
            .map(|outcome| OutcomeName {
                name: name(&outcome.name, &outcome.label),
                unit: outcome.unit,
                better: outcome.better,
                waits: waits(scenario, &outcome.question),
            })
            .collect(),
        levels: scenario
            .shown
            .iter()
            .map(|shown| LevelName { name: name(&shown.name, &shown.label), unit: shown.unit })
            .collect(),
        series: (0..dates.len()).filter(|&date| scenario.series.contains(&dates[date])).collect(),
        dates,
    }
}

/// The waits of those whose turn came that an outcome is, or is made of; each once.
fn waits(scenario: &Scenario, question: &Question) -> Vec<WaitName> {
    let mut all = Vec::new();
    match question {
        Question::Wait(stage, statistic) => {
            let statistic = match statistic {
                WaitStatistic::Mean => Statistic::Mean,
                WaitStatistic::Median => Statistic::Median,
                WaitStatistic::P90 => Statistic::P90,
            };
            all.push(WaitName { stage: usize::from(*stage), statistic });
        }
        // Parts stand before what is made of them.
        Question::Combined(_, parts) => {
            for wait in parts.iter().flat_map(|&part| waits(scenario, &scenario.outcomes[part].question)) {
                if !all.contains(&wait) {
                    all.push(wait);
                }
            }
        }
        _ => {}
    }
    all
}

/// The streams that cases come by, named by their paths.
fn streams(scenario: &Scenario) -> Vec<Name> {
    let name = |group: &str, name: &str| Name { name: format!("{group}.{name}"), label: name.to_owned() };
    let arrivals = scenario.arrivals.iter().map(|stream| name("arrivals", &stream.name));
    arrivals.chain(scenario.initial.iter().map(|group| name("initial", &group.name))).collect()
}

/// Every date at which the system is looked at, in order.
pub(super) fn dates(scenario: &Scenario) -> Vec<Date> {
    let mut dates = scenario.series.clone();
    dates.extend([scenario.start, scenario.end]);
    for outcome in &scenario.outcomes {
        match &outcome.question {
            Question::Waiting(_, _, Some(date))
            | Question::PopulationAt(_, date)
            | Question::Pending(_, date)
            | Question::PendingOf(.., date)
            | Question::Present(_, _, date)
            | Question::Ever(.., date) => {
                dates.push(*date);
            }
            Question::Exits(_, _, from, until)
            | Question::ExitsOf(_, _, _, [from, until])
            | Question::Transferred(_, _, from, until)
            | Question::Completed(_, _, from, until)
            | Question::Joined(_, _, from, until)
            | Question::CameBy(.., [from, until])
            | Question::Passed(.., [from, until]) => {
                dates.extend([*from, *until]);
            }
            _ => {}
        }
    }
    dates.sort_unstable();
    dates.dedup();
    dates
}
