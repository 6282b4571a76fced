//! Where cases go: the network as a drawing, ends by kind, and the ledger of what a policy moved.

use super::super::Variant as View;
use super::super::pairing::counterpart;
use super::super::path::Path;
use super::Background;
use super::burden::named;
use super::number::{Row, Spread, Unit};
use super::words::{Name, Words};
use crate::asylum::Disposition;
use crate::experiment::{ExitFigure, Figure, StationFigure};
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
            counted: Vec::new(),
            stages: stages(views, background),
            endings: endings(views, background),
            ledger: None,
        }
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
