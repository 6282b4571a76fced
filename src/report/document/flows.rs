//! Where cases go: the network as a drawing, ends by kind, and the ledger of what a policy moved.

use super::super::Variant as View;
use super::super::pairing::counterpart;
use super::super::path::Path;
use super::Background;
use super::burden::named;
use super::number::{Row, Spread, Unit};
use super::words::{Name, Words};
use crate::asylum::Disposition;
use crate::experiment::{ExitFigure, Figure, Origin, StationFigure};
use crate::network::Target;
use crate::report::detail;
use crate::report::moves::{Way, grouped, ways};
use serde::{Deserialize, Serialize};

/// Where cases go.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Flows {
    /// What there is: arrivals, stages, exits, over all variants.
    pub nodes: Vec<Node>,
    /// For each variant, what leads where.
    pub routes: Vec<Vec<Route>>,
    /// Cases that went each way, where they were counted.
    pub counted: Vec<Flow>,
    /// What stages did: started, completed, withdrawn, waiting at the end.
    pub stages: Vec<Row>,
    /// How cases ended.
    pub endings: Vec<Ending>,
    /// Which policy moved how many cases, and to where; absent where flows were not counted.
    pub ledger: Option<Ledger>,
}

/// A thing in the drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Node {
    /// Its path, such as `stage.desk`.
    pub key: String,
    /// What it is called.
    pub label: Words,
    /// What it is.
    pub kind: NodeKind,
    /// Pools that serve it.
    pub pools: Vec<Name>,
}

/// Kinds of thing in the drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// Cases from outside, or there at the start.
    Arrivals,
    /// A stage with a line.
    Stage,
    /// A stage without one: a pure delay.
    Delay,
    /// A way out.
    Exit,
}

/// A way from one thing to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Route {
    /// Number of the node it leads from.
    pub from: usize,
    /// Number of the node it leads to.
    pub to: usize,
}

/// Cases that went a way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Flow {
    /// Key of the node they left.
    pub from: String,
    /// Key of the node they went to.
    pub to: String,
    /// For each variant.
    pub cases: Vec<Option<Spread>>,
}

/// Cases that ended by one exit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ending {
    /// The kind of end, as in the files.
    pub kind: String,
    /// Cases and persons.
    pub rows: Vec<Row>,
}

/// Which policy moved how many cases, and to where: paired means, variant − baseline. Rows of one variant sum
/// to what it changed in the arrivals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ledger {
    /// Last day of the account.
    pub until: String,
    /// An entry for each stage and exit.
    pub rows: Vec<LedgerRow>,
}

/// One entry of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LedgerRow {
    /// Key of the node.
    pub node: String,
    /// What it is called.
    pub label: Words,
    /// For each variant after the baseline, more (or fewer) cases there than in the baseline.
    pub moved: Vec<Option<Spread>>,
}

impl Flows {
    pub(super) fn of(views: &[View<'_>], background: &Background) -> Self {
        Self {
            nodes: background.nodes.clone(),
            routes: background.routes.clone(),
            counted: counted(views),
            stages: stages(views, background),
            endings: endings(views, background),
            ledger: Ledger::of(views, background),
        }
    }
}

/// Cases that went each way, ends of service and withdrawals together; ways in the order of the first variant that has
/// them.
fn counted(views: &[View<'_>]) -> Vec<Flow> {
    let mut flows: Vec<Flow> = Vec::new();
    for (number, view) in views.iter().enumerate() {
        let mut own: Vec<(String, String)> = Vec::new();
        let mut group = |way: &Way| {
            let named = (detail::origin(view.legend, way.from), detail::target(view.legend, way.to));
            own.iter().position(|known| *known == named).unwrap_or_else(|| {
                own.push(named);
                own.len() - 1
            })
        };
        let groups: Vec<(Way, usize)> = ways(view).into_iter().map(|way| (way, group(&way))).collect();
        let of = |way: &Way| {
            let found = groups.iter().find(|(known, _)| known == way);
            [found.map(|(_, group)| *group), None]
        };
        let cases = grouped(view, own.len(), of);
        for ((from, to), cases) in own.into_iter().zip(cases) {
            let spread = Spread::of(&cases, view.outcome.per_cluster, view.outcome.level);
            let place = flows.iter().position(|flow| (&flow.from, &flow.to) == (&from, &to));
            let place = place.unwrap_or_else(|| {
                flows.push(Flow { from, to, cases: vec![None; views.len()] });
                flows.len() - 1
            });
            flows[place].cases[number] = spread;
        }
    }
    // A way that a variant never went has no cases there, where moves were counted at all.
    let none = |view: &View<'_>| {
        let values = vec![0.0; detail::values(view, |_| 0.0).len()];
        Spread::of(&values, view.outcome.per_cluster, view.outcome.level)
    };
    let none: Vec<Option<Spread>> = views.iter().map(none).collect();
    for flow in &mut flows {
        for (cases, none) in flow.cases.iter_mut().zip(&none) {
            *cases = cases.or(*none);
        }
    }
    flows
}

/// A thing that cases are at, or have left by, at the end.
#[derive(Clone, Copy)]
enum Account<'a> {
    Stage(&'a str),
    OnTheWay,
    Exit(&'a str),
}

impl Account<'_> {
    /// Cases there in every future; zero where the variant has no such thing. `out` are the cases that left by each exit of
    /// the variant for good.
    fn cases(self, view: &View<'_>, out: &[Vec<f64>]) -> Vec<f64> {
        let legend = view.legend;
        let stage = |name: &str| legend.stages.iter().position(|stage| stage.name.name == name);
        let of_stock = |place: Option<usize>| {
            detail::values(view, |detail| place.map_or(0.0, |place| f64::from(detail.stock[place].cases)))
        };
        match self {
            Self::Stage(name) => of_stock(stage(name)),
            Self::OnTheWay => of_stock(Some(legend.stages.len())),
            Self::Exit(name) => {
                let exit = legend.exits.iter().position(|exit| exit.name.name == name);
                exit.map_or_else(|| of_stock(None), |exit| out[exit].clone())
            }
        }
    }
}

/// Cases that left by each exit for good, in every future: those that came back are taken away.
fn out(view: &View<'_>) -> Vec<Vec<f64>> {
    let exits = view.legend.exits.len();
    let group = |way: &Way| {
        let left = if let Target::Exit(exit) = way.to { Some(usize::from(exit)) } else { None };
        let back = if let Origin::Return(exit) = way.from { Some(exits + usize::from(exit)) } else { None };
        [left, back]
    };
    let mut left = grouped(view, 2 * exits, group);
    let back = left.split_off(exits);
    for (left, back) in left.iter_mut().zip(back) {
        left.iter_mut().zip(back).for_each(|(left, back)| *left -= back);
    }
    left
}

impl Ledger {
    /// More (or fewer) cases at each thing than in the baseline; things at which nothing changes are left out.
    pub(in crate::report) fn of(views: &[View<'_>], background: &Background) -> Option<Self> {
        let baseline = views.first().filter(|view| view.outcome.detail.is_some() && views.len() > 1)?;
        let mut stages: Vec<&crate::legend::Name> = Vec::new();
        let mut exits: Vec<&crate::legend::Name> = Vec::new();
        for view in views {
            for stage in &view.legend.stages {
                if stages.iter().all(|known| known.name != stage.name.name) {
                    stages.push(&stage.name);
                }
            }
            for exit in &view.legend.exits {
                if exits.iter().all(|known| known.name != exit.name.name) {
                    exits.push(&exit.name);
                }
            }
        }
        let stages = stages.into_iter().map(|name| {
            let key = format!("stage.{}", name.name);
            (named(&key, &name.label, background), key, Account::Stage(&name.name))
        });
        let way = Words::both("on the way between stages", "en camino entre etapas");
        let exits = exits.into_iter().map(|name| {
            let key = format!("exit.{}", name.name);
            (named(&key, &name.label, background), key, Account::Exit(&name.name))
        });
        let all = stages.chain([(way, "on-the-way".to_owned(), Account::OnTheWay)]).chain(exits);
        let gone: Vec<Vec<Vec<f64>>> = views.iter().map(out).collect();
        let row = |(label, node, account): (Words, String, Account<'_>)| {
            let before = account.cases(baseline, &gone[0]);
            let moved = |(view, gone): (&View<'_>, &Vec<Vec<f64>>)| {
                let now = account.cases(view, gone);
                let differences: Vec<f64> =
                    now.iter().zip(&before).map(|(now, before)| now - before).collect();
                let spread = Spread::of(&differences, baseline.outcome.per_cluster, baseline.outcome.level)?;
                // With all its digits, so that what one line loses the others gain to the last case.
                let sum: f64 = differences.iter().sum();
                Some(Spread { mean: sum / differences.len() as f64, ..spread })
            };
            LedgerRow { node, label, moved: views[1..].iter().zip(&gone[1..]).map(moved).collect() }
        };
        let changed = |row: &LedgerRow| row.moved.iter().flatten().any(|moved| moved.mean != 0.0);
        Some(Self { until: baseline.legend.end.to_string(), rows: all.map(row).filter(changed).collect() })
    }
}

/// Completed, withdrawn and waiting at the end, for each stage that any variant has.
fn stages(views: &[View<'_>], background: &Background) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let figures = [StationFigure::Completed, StationFigure::Withdrawn, StationFigure::WaitingAtEnd];
    for view in views {
        for (index, stage) in view.legend.stages.iter().enumerate() {
            for figure in figures {
                let figure = Figure::Station(index as u16, figure);
                add(
                    &mut rows,
                    figure,
                    &format!("stage.{}", stage.name.name),
                    &stage.name.label,
                    (view, views, background),
                );
            }
        }
    }
    rows
}

/// The figure that `of` has, in all variants, unless it is there already.
fn add(
    rows: &mut Vec<Row>,
    figure: Figure,
    path: &str,
    label: &str,
    (of, views, background): (&View<'_>, &[View<'_>], &Background),
) {
    let Some(key) = Path::of(figure, of.legend).map(|path| path.0.join(".")) else { return };
    if rows.iter().all(|known| known.key != key) {
        let value = |view: &View<'_>| Spread::of_figure(view, counterpart(view, of, figure)?);
        let values = views.iter().map(value).collect();
        rows.push(Row { key, label: named(path, label, background), unit: Unit::Cases, values });
    }
}

/// The exits that any variant has, under their kinds.
fn endings(views: &[View<'_>], background: &Background) -> Vec<Ending> {
    let mut endings: Vec<Ending> = Disposition::ALL
        .iter()
        .map(|kind| Ending { kind: kind.word().to_owned(), rows: Vec::new() })
        .collect();
    for view in views {
        for (index, exit) in view.legend.exits.iter().enumerate() {
            let figure = Figure::Exit(index as u16, ExitFigure::Cases);
            let place = endings.iter_mut().find(|ending| ending.kind == exit.kind.word());
            if let Some(ending) = place {
                let path = format!("exit.{}", exit.name.name);
                add(&mut ending.rows, figure, &path, &exit.name.label, (view, views, background));
            }
        }
    }
    endings.retain(|ending| !ending.rows.is_empty());
    endings
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;

    #[test]
    fn a_stage_that_only_a_policy_has_is_shown_too() {
        let (now, more) = (sample::baseline(), sample::with_inserted_stage());
        let flows = Flows::of(&[now.variant("now"), more.variant("more")], &Background::default());
        let keys: Vec<&str> = flows.stages.iter().map(|row| row.key.as_str()).collect();
        assert_eq!(keys.len(), 6);
        let inserted = flows.stages.iter().find(|row| row.key == "stages.screening.completed").unwrap();
        assert!(inserted.values[0].is_none() && inserted.values[1].is_some());
        let desk = flows.stages.iter().find(|row| row.key == "stages.desk.waiting.at-end").unwrap();
        assert_eq!(
            desk.values.iter().flatten().map(|value| value.mean).collect::<Vec<_>>(),
            [1010.0, 1000.0]
        );
        assert_eq!(flows.endings[0].kind, "relief");
    }
}
