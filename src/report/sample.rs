//! A small outcome made by hand, for the tests of this folder.

use super::Variant;
use crate::asylum::Disposition;
use crate::experiment::{
    ExitFigure, Figure, Outcome, PlaceFigure, PoolFigure, Replication, Series, StationFigure, TransferFigure,
};
use crate::legend::{Better, ExitName, Legend, Name, OutcomeName, OutcomeUnit, PlaceName, StageName};
use jiff::civil::date;

/// A legend with an outcome that fits it.
pub(super) struct Sample {
    pub(super) legend: Legend,
    pub(super) outcome: Outcome,
}

impl Sample {
    pub(super) fn variant<'a>(&'a self, name: &'a str) -> Variant<'a> {
        Variant { name, legend: &self.legend, outcome: &self.outcome, unsourced: 0 }
    }

    /// Change one figure in every replication.
    pub(super) fn set(&mut self, figure: Figure, value: impl Fn(usize) -> f64) {
        let index = self.outcome.index_of(figure).unwrap();
        for (number, replication) in self.outcome.replications.iter_mut().enumerate() {
            replication.figures[index] = value(number);
        }
    }
}

fn name(name: &str, label: &str) -> Name {
    Name { name: name.to_owned(), label: label.to_owned() }
}

fn stage(key: &str, label: &str) -> StageName {
    StageName { name: name(key, label), served: true, pools: vec![0] }
}

/// One stage, pool, exit, place, clock and cost, two outcomes, three dates of which two are shown.
pub(super) fn legend() -> Legend {
    let outcome = |key: &str, label: &str, unit, better| OutcomeName {
        name: name(key, label),
        unit,
        better,
        waits: Vec::new(),
    };
    Legend {
        title: "A desk".to_owned(),
        start: date(2019, 6, 7),
        end: date(2019, 9, 1),
        hash: "abc".to_owned(),
        currency: Some("USD".to_owned()),
        classes: vec![name("case", "case")],
        streams: vec![name("in", "in"), name("desk", "desk")],
        inputs: Vec::new(),
        stages: vec![stage("desk", "front desk")],
        pools: vec![name("clerk", "clerks")],
        exits: vec![ExitName { name: name("done", "done"), kind: Disposition::Relief }],
        places: vec![PlaceName { name: name("ciudad-juarez", "Ciudad Juárez"), capacity: Some(2_500.0) }],
        transfers: vec![name("wind-down", "wind-down")],
        clocks: vec![name("comar", "45 working days")],
        responses: Vec::new(),
        conditions: Vec::new(),
        costs: vec![name("staff(clerk)", "clerks")],
        outcomes: vec![
            outcome("end", "waiting at the end", OutcomeUnit::Cases, Some(Better::Lower)),
            outcome("decided", "decided", OutcomeUnit::Share, None),
        ],
        levels: Vec::new(),
        dates: vec![date(2019, 7, 1), date(2019, 7, 15), date(2019, 8, 1)],
        series: vec![0, 2],
    }
}

fn figures(stages: u16) -> Vec<Figure> {
    let stations =
        (0..stages).flat_map(|index| StationFigure::ALL.map(|figure| Figure::Station(index, figure)));
    let others = (PoolFigure::ALL.into_iter().map(|figure| Figure::Pool(0, figure)))
        .chain(ExitFigure::ALL.into_iter().map(|figure| Figure::Exit(0, figure)))
        .chain([Figure::PendingCases, Figure::PendingPersons])
        .chain(PlaceFigure::ALL.into_iter().map(|figure| Figure::Place(0, figure)))
        .chain(TransferFigure::ALL.into_iter().map(|figure| Figure::Transfer(0, figure)))
        .chain([Figure::Clock(0), Figure::Cost(0), Figure::Measure(0), Figure::Measure(1)]);
    stations.chain(others).collect()
}

/// Three futures: 1000, 1010 and 1020 of everything that is counted, half of every share.
fn outcome(stages: u16) -> Outcome {
    let figures = figures(stages);
    let value = |figure: &Figure, number: u64| match figure {
        Figure::Station(_, StationFigure::DelayedShare | StationFigure::Utilization)
        | Figure::Pool(_, PoolFigure::Utilization)
        | Figure::Clock(_)
        | Figure::Measure(1) => 0.5,
        // Nobody has been left behind.
        Figure::Station(
            _,
            StationFigure::StillBeyondMean | StationFigure::StillBeyondMedian | StationFigure::StillBeyondP90,
        ) => 0.0,
        _ => 1000.0 + 10.0 * number as f64,
    };
    let replication = |number: u64| Replication {
        number,
        events: 1_000,
        figures: figures.iter().map(|figure| value(figure, number)).collect(),
        series: series(usize::from(stages), 100 + 10 * number as u32),
        ..Replication::default()
    };
    Outcome {
        seed: 7,
        level: 0.95,
        per_cluster: 1,
        replications: (0..3).map(replication).collect(),
        figures,
        interrupted: false,
        ..Outcome::default()
    }
}

fn series(stages: usize, waiting: u32) -> Series {
    Series {
        waiting: vec![vec![waiting, waiting + 1, 2 * waiting]; stages],
        waiting_persons: vec![vec![waiting; 3]; stages],
        completed: vec![vec![5; 3]; stages],
        place_persons: vec![vec![9; 3]],
        departed: vec![vec![4; 3]],
        pending: vec![waiting; 3],
        shown: Vec::new(),
    }
}

/// The sample as it is.
pub(super) fn baseline() -> Sample {
    Sample { legend: legend(), outcome: outcome(1) }
}

/// The sample with a stage before the desk, and ten fewer waiting at the desk in every future.
pub(super) fn with_inserted_stage() -> Sample {
    let mut sample = Sample { legend: legend(), outcome: outcome(2) };
    sample.legend.stages.insert(0, stage("screening", "screening"));
    sample.set(Figure::Station(1, StationFigure::WaitingAtEnd), |number| 990.0 + 10.0 * number as f64);
    sample
}

/// The sample in `futures` futures, with the first outcome as given by their numbers.
pub(super) fn with_outcome(futures: usize, value: impl Fn(usize) -> f64) -> Sample {
    let mut sample = baseline();
    let first = sample.outcome.replications[0].clone();
    sample.outcome.replications = vec![first; futures];
    sample.set(Figure::Measure(0), value);
    sample
}
