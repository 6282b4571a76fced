//! Where a figure stands in a document: its name, which is the same in every variant that has it.

use crate::experiment::{
    ConditionFigure, ExitFigure, Figure, PlaceFigure, PoolFigure, StationFigure, TransferFigure,
};
use crate::legend::Legend;

/// The keys that lead to a figure from the root of a document, such as `stages`, `desk`, `waiting`, `at-end`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path(pub(super) Vec<String>);

impl Path {
    /// The path of a figure; `None` for one that the legend does not name.
    pub(super) fn of(figure: Figure, legend: &Legend) -> Option<Self> {
        let (group, name, keys): (&str, Option<&str>, &[&str]) = match figure {
            Figure::Station(index, figure) => {
                ("stages", Some(&legend.stages.get(usize::from(index))?.name.name), station(figure))
            }
            Figure::Pool(index, figure) => {
                ("pools", Some(&legend.pools.get(usize::from(index))?.name), pool(figure))
            }
            Figure::Exit(index, figure) => {
                ("exits", Some(&legend.exits.get(usize::from(index))?.name.name), exit(figure))
            }
            Figure::PendingCases => ("pending", None, &["cases", "at-end"]),
            Figure::PendingPersons => ("pending", None, &["persons", "at-end"]),
            Figure::Place(index, figure) => {
                ("places", Some(&legend.places.get(usize::from(index))?.name.name), place(figure))
            }
            Figure::Transfer(index, figure) => {
                ("transfers", Some(&legend.transfers.get(usize::from(index))?.name), transfer(figure))
            }
            Figure::Clock(index) => {
                ("clocks", Some(&legend.clocks.get(usize::from(index))?.name), &["within-share"])
            }
            Figure::Factor(response) => {
                ("responses", Some(&legend.responses.get(response)?.name.name), &["factor"])
            }
            Figure::Condition(index, figure) => {
                ("conditions", Some(&legend.conditions.get(index)?.name), condition(figure))
            }
            Figure::Cost(item) => ("costs", Some(&legend.costs.get(item)?.name), &[]),
            Figure::Measure(index) => ("outcomes", Some(&legend.outcomes.get(index)?.name.name), &[]),
        };
        Some(Self([group].into_iter().chain(name).chain(keys.iter().copied()).map(str::to_owned).collect()))
    }

    /// As three cells of a table: the group, the name (empty for the whole), and what about it, in one word:
    /// `stages`, `desk`, `waiting.at-end`. An outcome or a cost is a `value`.
    pub(super) fn cells(&self) -> [String; 3] {
        let (group, rest) =
            self.0.split_first().map_or((String::new(), &[][..]), |(g, rest)| (g.clone(), rest));
        let (name, keys) = match rest {
            [name, keys @ ..] if group != "pending" => (name.clone(), keys),
            keys => (String::new(), keys),
        };
        let figure = if keys.is_empty() { "value".to_owned() } else { keys.join(".") };
        [group, name, figure]
    }
}

const fn station(figure: StationFigure) -> &'static [&'static str] {
    match figure {
        StationFigure::WaitingAverage => &["waiting", "time-average"],
        StationFigure::WaitingAtEnd => &["waiting", "at-end"],
        StationFigure::WaitingPersonsAtEnd => &["waiting", "persons-at-end"],
        StationFigure::InServiceAverage => &["in-service", "time-average"],
        StationFigure::WaitMean => &["wait-days", "mean"],
        StationFigure::WaitMedian => &["wait-days", "median"],
        StationFigure::WaitP90 => &["wait-days", "p90"],
        StationFigure::StillWaitedMean => &["still-waiting", "days-so-far"],
        StationFigure::StillBeyondMean => &["still-waiting", "beyond-mean"],
        StationFigure::StillBeyondMedian => &["still-waiting", "beyond-median"],
        StationFigure::StillBeyondP90 => &["still-waiting", "beyond-p90"],
        StationFigure::DelayedShare => &["delayed-share"],
        StationFigure::Utilization => &["utilization"],
        StationFigure::Started => &["started"],
        StationFigure::Completed => &["completed"],
        StationFigure::Withdrawn => &["withdrawn"],
        StationFigure::NoShows => &["no-shows"],
        StationFigure::Cancelled => &["cancelled"],
        StationFigure::Transferred => &["transferred"],
    }
}

const fn pool(figure: PoolFigure) -> &'static [&'static str] {
    match figure {
        PoolFigure::StaffAverage => &["staff", "time-average"],
        PoolFigure::BusyAverage => &["busy", "time-average"],
        PoolFigure::Utilization => &["utilization"],
    }
}

const fn exit(figure: ExitFigure) -> &'static [&'static str] {
    match figure {
        ExitFigure::Cases => &["cases"],
        ExitFigure::Persons => &["persons"],
        ExitFigure::DaysInSystem => &["days-in-system"],
        ExitFigure::Attempts => &["attempts"],
    }
}

const fn condition(figure: ConditionFigure) -> &'static [&'static str] {
    match figure {
        ConditionFigure::Begun => &["begun"],
        ConditionFigure::BeginningDay => &["days-after-start"],
    }
}

const fn place(figure: PlaceFigure) -> &'static [&'static str] {
    match figure {
        PlaceFigure::PersonsAverage => &["persons", "time-average"],
        PlaceFigure::PersonsAtEnd => &["persons", "at-end"],
        PlaceFigure::PersonsPeak => &["persons", "peak"],
        PlaceFigure::BeyondCapacity => &["persons", "beyond-capacity"],
    }
}

const fn transfer(figure: TransferFigure) -> &'static [&'static str] {
    match figure {
        TransferFigure::Cases => &["cases"],
        TransferFigure::Persons => &["persons"],
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_path_names_what_the_index_means() {
        let legend = sample::legend();
        let cells = |figure| Path::of(figure, &legend).unwrap().cells();
        assert_eq!(cells(Figure::Station(0, StationFigure::WaitMean)), ["stages", "desk", "wait-days.mean"]);
        assert_eq!(cells(Figure::PendingCases), ["pending", "", "cases.at-end"]);
        assert_eq!(cells(Figure::Measure(0)), ["outcomes", "end", "value"]);
        assert_eq!(Path::of(Figure::Cost(7), &legend), None);
    }
}
