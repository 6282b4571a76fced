//! Whether the parts of a model fit together.

use super::model::{Scenario, Serves};
use super::tree::Node;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::engine::MOST_POOLS;
use crate::network::Target;

/// Note what does not fit: stages nothing leads to, loops with no way out, pools nobody uses.
pub(super) fn check(scenario: &Scenario, root: &Node, found: &mut Diagnostics) {
    let graph = Graph::new(scenario);
    let at = |kind: &str, name: &str| key_place(root, kind, name);
    for (index, stage) in scenario.stages.iter().enumerate() {
        if !graph.reached[index] {
            found.push(
                Diagnostic::error(
                    format!("nothing leads to stage `{}`", stage.name),
                    &at("stage", &stage.name),
                    "no arrivals, no route, nobody at the start",
                )
                .help("lead something to it, or remove it"),
            );
        }
        if !graph.leaves[index] {
            found.push(
                Diagnostic::error(
                    format!("stage `{}` has no way out", stage.name),
                    &at("stage", &stage.name),
                    "no exit can be reached from here",
                )
                .help("add a route to an exit, here or where it leads to"),
            );
        }
    }
    check_pools(scenario, root, found);
    check_names(scenario, root, found);
    for entry in root.get("class").and_then(Node::table).map_or(&[][..], |table| &table.entries) {
        if !is_used(scenario, &entry.key) {
            found.push(
                Diagnostic::warning(
                    format!("no case is of class `{}`", entry.key),
                    &entry.key_at,
                    "not in any mix",
                )
                .help("add it to a mix, or remove it"),
            );
        }
    }
}

fn check_pools(scenario: &Scenario, root: &Node, found: &mut Diagnostics) {
    if scenario.pools.len() > MOST_POOLS {
        found.push(
            Diagnostic::error(
                format!("there are {} pools", scenario.pools.len()),
                &root.at,
                format!("at most {MOST_POOLS} are possible"),
            )
            .help("join some of them"),
        );
    }
    for (index, pool) in (0_u16..).zip(&scenario.pools) {
        let at = key_place(root, "pool", &pool.name);
        let served: Vec<u16> = (0..)
            .zip(&scenario.stages)
            .filter(|(_, stage)| stage.pools.contains(&index))
            .map(|(number, _)| number)
            .collect();
        if served.is_empty() {
            found.push(
                Diagnostic::error(format!("no stage uses pool `{}`", pool.name), &at, "nobody works here")
                    .help("name it as the `pool` of a stage, or remove it"),
            );
        }
        let listed: Vec<u16> = match &pool.serves {
            Serves::Longest => continue,
            Serves::Strict(order) => order.clone(),
            Serves::Shares(shares) => shares.iter().map(|(stage, _)| *stage).collect(),
        };
        let name = |stage: &u16| scenario.stages[usize::from(*stage)].name.clone();
        for stage in listed.iter().filter(|stage| !served.contains(stage)) {
            found.push(
                Diagnostic::error(
                    format!("pool `{}` serves `{}`, which does not name it", pool.name, name(stage)),
                    &at,
                    "in `serves`",
                )
                .help("name the pool at the stage, or take the stage out of `serves`"),
            );
        }
        for stage in served.iter().filter(|stage| !listed.contains(stage)) {
            found.push(
                Diagnostic::error(
                    format!("stage `{}` uses pool `{}`, which does not serve it", name(stage), pool.name),
                    &at,
                    "not in `serves`",
                )
                .help("add the stage to `serves`"),
            );
        }
    }
}

/// That no stage has the name of an exit: `to = "x"` could lead to either.
fn check_names(scenario: &Scenario, root: &Node, found: &mut Diagnostics) {
    let stages = scenario.stages.iter().map(|stage| &stage.name);
    for name in stages.filter(|&name| scenario.exits.iter().any(|exit| exit.name == *name)) {
        let stage = (key_place(root, "stage", name), "this stage");
        let exit = (key_place(root, "exit", name), "this exit");
        let (first, second) = if stage.0 <= exit.0 { (stage, exit) } else { (exit, stage) };
        found.push(
            Diagnostic::error(format!("a stage and an exit are both called `{name}`"), &second.0, second.1)
                .also(&first.0, first.1)
                .help(format!("give one of them another name: `{name}` could lead to either")),
        );
    }
}

/// Whether a case comes or waits that is of a class, or of one of those that it stands for.
fn is_used(scenario: &Scenario, family: &str) -> bool {
    let kinds = &scenario.taxonomy.kinds;
    let meant = |class: u16| kinds[usize::from(class)].family == family;
    let arrives = scenario.arrivals.iter().any(|stream| stream.mix.classes().any(meant));
    let waits = scenario.initial.iter().any(|group| {
        let banded = match &group.ages {
            super::model::Ages::Bands(bands) => {
                bands.iter().flat_map(|band| &band.classes).flatten().any(|&class| meant(class))
            }
            super::model::Ages::Law(_) => false,
        };
        banded || group.mix.classes().any(meant)
    });
    arrives || waits
}

/// Where the name of a thing stands.
fn key_place(root: &Node, kind: &str, name: &str) -> Place {
    let table = root.get(kind).and_then(Node::table);
    let entry = table.and_then(|table| table.entries.iter().find(|entry| entry.key == name));
    entry.map_or_else(|| root.at.clone(), |entry| entry.key_at.clone())
}

/// Which stages can be reached, and from which an exit can.
struct Graph {
    reached: Vec<bool>,
    leaves: Vec<bool>,
}

impl Graph {
    fn new(scenario: &Scenario) -> Self {
        let next: Vec<Vec<Target>> =
            (0..scenario.stages.len()).map(|stage| targets(scenario, stage)).collect();
        let mut reached = vec![false; next.len()];
        let mut open: Vec<usize> = scenario.arrivals.iter().map(|stream| usize::from(stream.to)).collect();
        open.extend(scenario.initial.iter().map(|group| usize::from(group.stage)));
        open.extend(
            scenario
                .exits
                .iter()
                .filter_map(|exit| exit.returns.as_ref())
                .map(|returns| usize::from(returns.to)),
        );
        while let Some(stage) = open.pop() {
            if !std::mem::replace(&mut reached[stage], true) {
                open.extend(next[stage].iter().copied().filter_map(station));
            }
        }
        let mut leaves: Vec<bool> = next
            .iter()
            .map(|targets| targets.iter().any(|target| matches!(target, Target::Exit(_))))
            .collect();
        loop {
            let more: Vec<usize> = (0..next.len())
                .filter(|&stage| {
                    !leaves[stage] && next[stage].iter().copied().filter_map(station).any(|to| leaves[to])
                })
                .collect();
            if more.is_empty() {
                return Self { reached, leaves };
            }
            for stage in more {
                leaves[stage] = true;
            }
        }
    }
}

fn station(target: Target) -> Option<usize> {
    match target {
        Target::Station(index) => Some(usize::from(index)),
        Target::Exit(_) => None,
    }
}

fn targets(scenario: &Scenario, index: usize) -> Vec<Target> {
    let stage = &scenario.stages[index];
    let routes = stage.routes.iter().flatten().flat_map(|(_, routes)| routes);
    let routed = routes
        .flat_map(|route| std::iter::once(route.target).chain(route.diverted.iter().map(|(_, to)| *to)));
    let no_show = stage.slots.as_ref().and_then(|slots| slots.no_show_to);
    let from_here = |from: &[u16]| from.iter().any(|&from| usize::from(from) == index);
    let moved =
        scenario.transfers.iter().filter(|transfer| transfer.takes.is_some() && from_here(&transfer.from));
    let forced = stage.quotas.iter().map(|quota| quota.to).chain(moved.map(|transfer| transfer.to));
    routed.chain(stage.withdrawn_to).chain(no_show).chain(forced).collect()
}
