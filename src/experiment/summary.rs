//! From what a probe has seen to the numbers of a replication.

use super::figure::{
    ConditionFigure, ExitFigure, Figure, PlaceFigure, PoolFigure, StationFigure, TransferFigure, figures,
};
use super::probe::Probe;
use super::replication::{Audit, Replication, Series};
use super::sums::{PlaceSums, StationSums};
use super::watch::Flow;
use crate::engine::Capacity;
use crate::network::{CostBasis, CountedIn, Level, Measure, PlaceIndex, SAMPLING, Term, WaitStatistic};
use crate::units::{DAY, SimTime, Span};

const DAY_SECONDS: f64 = DAY as f64;

/// A probe that has seen a whole replication, with the staff there was.
pub(super) struct Summary<'n> {
    probe: Probe<'n>,
    /// Staffed time and time in post, by pool, in the window \[person-seconds\].
    staffed: Vec<i64>,
    in_post: Vec<i64>,
    series: Series,
    pending_persons: Vec<u32>,
    departed_persons: Vec<Vec<u32>>,
    /// Factors by response and week.
    factors: Vec<Vec<f64>>,
}

impl<'n> Summary<'n> {
    pub(super) fn new(mut probe: Probe<'n>, rosters: &[Vec<Capacity>]) -> Self {
        probe.close();
        let time = |count: fn(&Capacity) -> i64, roster: &Vec<Capacity>| integral(&probe, roster, count);
        let staffed = rosters
            .iter()
            .zip(&probe.overhang)
            .map(|(roster, overhang)| time(|step| step.servers, roster) + overhang)
            .collect();
        let in_post = rosters.iter().map(|roster| time(|step| step.staff, roster)).collect();
        let [pending, pending_persons] = probe.pending_changes.split().map(|one| one.levels().concat());
        let [waiting, waiting_persons] = probe.waiting.split().map(|one| one.levels());
        let [departed, departed_persons] = probe.departed.split().map(|one| one.flows());
        let series = Series {
            waiting,
            waiting_persons,
            completed: probe.completed.flows(),
            place_persons: probe.place_persons.levels(),
            departed,
            pending,
            shown: Vec::new(),
        };
        Self { probe, staffed, in_post, series, pending_persons, departed_persons, factors: Vec::new() }
    }

    /// With the factors that the network's responses had, by week.
    pub(super) fn with_factors(self, factors: Vec<Vec<f64>>) -> Self {
        Self { factors, ..self }
    }

    /// The replication, with all its figures in order.
    pub(super) fn replication(self, number: u64) -> Replication {
        let measures = self.measures();
        let figure = |figure| match figure {
            Figure::Measure(index) => measures[index],
            other => self.figure(other),
        };
        let figures = figures(self.probe.network).into_iter().map(figure).collect();
        let audit = self.audit();
        let shown = self.probe.network.shown.iter().map(|terms| self.shown(terms)).collect();
        let series = Series { shown, ..self.series };
        Replication { number, events: self.probe.events, figures, series, audit, detail: None }
    }

    /// Length of the window \[s\].
    fn window(&self) -> f64 {
        (self.probe.network.horizon - self.probe.network.window).seconds() as f64
    }

    fn figure(&self, figure: Figure) -> f64 {
        match figure {
            Figure::Station(index, figure) => self.station(usize::from(index), figure),
            Figure::Pool(index, figure) => self.pool(usize::from(index), figure),
            Figure::Exit(index, figure) => self.exit(usize::from(index), figure),
            Figure::PendingCases => self.probe.pending as f64,
            Figure::PendingPersons => self.probe.pending_persons as f64,
            Figure::Place(index, figure) => self.place(usize::from(index), figure),
            Figure::Transfer(index, TransferFigure::Cases) => {
                self.probe.transfers[usize::from(index)].cases as f64
            }
            Figure::Transfer(index, TransferFigure::Persons) => {
                self.probe.transfers[usize::from(index)].persons as f64
            }
            Figure::Clock(index) => self.probe.clocks.share(usize::from(index)),
            Figure::Factor(response) => self.factor(response),
            Figure::Condition(index, figure) => self.condition(index, figure),
            Figure::Cost(item) => self.cost(item),
            Figure::Measure(index) => self.measure(index, &[]),
        }
    }

    fn station(&self, index: usize, figure: StationFigure) -> f64 {
        let sums = &self.probe.stations[index];
        match figure {
            StationFigure::WaitingAverage => self.waiting_area(index, CountedIn::Cases) / self.window(),
            StationFigure::WaitingAtEnd => sums.waiting_at_end as f64,
            StationFigure::WaitingPersonsAtEnd => sums.waiting_persons_at_end as f64,
            StationFigure::InServiceAverage => sums.in_service as f64 / self.window(),
            StationFigure::WaitMean => sums.waits as f64 / sums.started as f64 / DAY_SECONDS,
            StationFigure::WaitMedian => self.wait_quantile(index, 0.5),
            StationFigure::WaitP90 => self.wait_quantile(index, 0.9),
            StationFigure::StillWaitedMean => self.probe.still.mean_days(index),
            StationFigure::StillBeyondMean => self.still_beyond(index, StationFigure::WaitMean),
            StationFigure::StillBeyondMedian => self.still_beyond(index, StationFigure::WaitMedian),
            StationFigure::StillBeyondP90 => self.still_beyond(index, StationFigure::WaitP90),
            StationFigure::DelayedShare => 1.0 - sums.at_once as f64 / sums.joined as f64,
            StationFigure::Utilization => self.utilization(index, sums),
            StationFigure::Started => sums.started as f64,
            StationFigure::Completed => sums.completed as f64,
            StationFigure::Withdrawn => sums.withdrawn as f64,
            StationFigure::NoShows => sums.no_shows as f64,
            StationFigure::Cancelled => sums.cancelled as f64,
            StationFigure::Transferred => sums.transferred as f64,
        }
    }

    fn utilization(&self, index: usize, sums: &StationSums) -> f64 {
        let pools = &self.probe.network.stations[index].pools;
        let staffed: i64 = pools.iter().map(|&pool| self.staffed[usize::from(pool)]).sum();
        sums.busy as f64 / staffed as f64
    }

    fn wait_quantile(&self, index: usize, p: f64) -> f64 {
        if self.probe.network.stations[index].is_delay() && self.probe.stations[index].started > 0 {
            return 0.0;
        }
        self.probe.waits[index].quantile(p).map_or(f64::NAN, |seconds| seconds / DAY_SECONDS)
    }

    /// How many of those left in line have waited longer than those whose turn came did by a figure of theirs.
    fn still_beyond(&self, index: usize, wait: StationFigure) -> f64 {
        self.probe.still.longer_than(index, self.station(index, wait))
    }

    /// Case- or person-seconds of waiting at a station, all classes together.
    fn waiting_area(&self, index: usize, counted: CountedIn) -> f64 {
        let classes = self.probe.network.persons.len();
        let areas = &self.probe.areas[index * classes..(index + 1) * classes];
        let area: i64 = match counted {
            CountedIn::Cases => areas.iter().map(|area| area.cases).sum(),
            CountedIn::Persons => areas.iter().map(|area| area.persons).sum(),
        };
        area as f64
    }

    fn pool(&self, index: usize, figure: PoolFigure) -> f64 {
        let (staffed, busy) = (self.staffed[index] as f64, self.probe.busy[index] as f64);
        match figure {
            PoolFigure::StaffAverage => staffed / self.window(),
            PoolFigure::BusyAverage => busy / self.window(),
            PoolFigure::Utilization => busy / staffed,
        }
    }

    fn exit(&self, index: usize, figure: ExitFigure) -> f64 {
        let sums = &self.probe.exits[index];
        match figure {
            ExitFigure::Cases => sums.cases as f64,
            ExitFigure::Persons => sums.persons as f64,
            ExitFigure::Attempts => sums.attempts as f64 / sums.cases as f64,
            ExitFigure::DaysInSystem => sums.in_system as f64 / sums.cases as f64 / DAY_SECONDS,
        }
    }

    fn place(&self, index: usize, figure: PlaceFigure) -> f64 {
        let sums = &self.probe.places[index];
        match figure {
            PlaceFigure::PersonsAverage => sums.area as f64 / self.window(),
            PlaceFigure::PersonsAtEnd => sums.at_end as f64,
            PlaceFigure::PersonsPeak => sums.peak as f64,
            PlaceFigure::BeyondCapacity if self.probe.network.places[index].capacity.is_none() => f64::NAN,
            PlaceFigure::BeyondCapacity => sums.beyond as f64 / self.window(),
        }
    }

    fn condition(&self, index: usize, figure: ConditionFigure) -> f64 {
        let network = self.probe.network;
        let begun = network.responses.begun[index];
        let happened = begun <= network.horizon;
        match figure {
            ConditionFigure::Begun => f64::from(u8::from(happened)),
            ConditionFigure::BeginningDay if happened => begun.seconds() as f64 / DAY_SECONDS,
            ConditionFigure::BeginningDay => f64::NAN,
        }
    }

    /// Time average of the factor of a response over the window.
    fn factor(&self, response: usize) -> f64 {
        let (window, horizon) = (self.probe.network.window, self.probe.network.horizon);
        let weeks = self.factors.get(response).map_or(&[][..], Vec::as_slice).iter().zip(0_i64..);
        let area = |(factor, week): (&f64, i64)| {
            let from = SimTime::START + Span::new(week * SAMPLING.seconds());
            let length = (from + SAMPLING).min(horizon).seconds() - from.max(window).seconds();
            factor * length.max(0) as f64
        };
        weeks.map(area).sum::<f64>() / self.window()
    }

    fn cost(&self, item: usize) -> f64 {
        let item = &self.probe.network.costs[item];
        let amount = match &item.basis {
            CostBasis::Staff(pool) => self.in_post[usize::from(*pool)] as f64,
            CostBasis::Waiting(stations, classes, counted) => self.class_areas(stations, classes, *counted),
            CostBasis::Place(place) => self.place_sums(*place).area as f64,
            CostBasis::WithinCapacity(place) => {
                let sums = self.place_sums(*place);
                (sums.area - sums.beyond) as f64
            }
            CostBasis::BeyondCapacity(place) => self.place_sums(*place).beyond as f64,
            CostBasis::Visits(station, counted) => self.probe.visits.made(*station, *counted),
            CostBasis::Started(station) => self.probe.stations[usize::from(*station)].started as f64,
            CostBasis::Completed(station) => self.probe.stations[usize::from(*station)].completed as f64,
            CostBasis::Departed(exit, CountedIn::Cases) => self.probe.exits[usize::from(*exit)].cases as f64,
            CostBasis::Departed(exit, CountedIn::Persons) => {
                self.probe.exits[usize::from(*exit)].persons as f64
            }
        };
        amount * item.price
    }

    fn place_sums(&self, place: PlaceIndex) -> &PlaceSums {
        &self.probe.places[usize::from(place)]
    }

    fn class_areas(&self, stations: &[u16], classes: &[u16], counted: CountedIn) -> f64 {
        let all = self.probe.network.persons.len();
        let area = |station: u16, class: u16| {
            let area = self.probe.areas[usize::from(station) * all + usize::from(class)];
            match counted {
                CountedIn::Cases => area.cases,
                CountedIn::Persons => area.persons,
            }
        };
        stations.iter().flat_map(|&s| classes.iter().map(move |&c| area(s, c))).sum::<i64>() as f64
    }

    /// All measures in order, so that each finds those it is made of.
    fn measures(&self) -> Vec<f64> {
        let mut measures = Vec::new();
        for index in 0..self.probe.network.measures.len() {
            measures.push(self.measure(index, &measures));
        }
        measures
    }

    fn measure(&self, index: usize, earlier: &[f64]) -> f64 {
        match &self.probe.network.measures[index] {
            Measure::WaitingAt(stations, counted, date) => {
                self.level(&Level::Waiting(stations.clone(), *counted), *date)
            }
            Measure::WaitingAverage(stations, counted) => {
                let area: f64 = stations.iter().map(|&s| self.waiting_area(usize::from(s), *counted)).sum();
                area / self.window()
            }
            Measure::WaitingAverageOf(stations, classes, counted) => {
                self.class_areas(stations, classes, *counted) / self.window()
            }
            Measure::PendingOf(..) => {
                let sums = self.probe.rules.sums(index);
                (sums.came - sums.left) as f64
            }
            Measure::CameBy(..) => self.probe.rules.sums(index).came as f64,
            Measure::PopulationAt(place, date) => self.level(&Level::Population(*place), *date),
            Measure::PopulationPeak(place) => self.place(usize::from(*place), PlaceFigure::PersonsPeak),
            Measure::PopulationAverage(place) => self.place(usize::from(*place), PlaceFigure::PersonsAverage),
            Measure::PendingAt(counted, date) => self.level(&Level::Pending(*counted), *date),
            Measure::Departed(exits, counted, after, until) => {
                let rows = match counted {
                    CountedIn::Cases => &self.series.departed,
                    CountedIn::Persons => &self.departed_persons,
                };
                flow(rows, exits, *after, *until)
            }
            Measure::Transferred(transfers, counted, after, until) => {
                let rows = self.probe.transferred.split();
                let rows = match counted {
                    CountedIn::Cases => rows[0].flows(),
                    CountedIn::Persons => rows[1].flows(),
                };
                flow(&rows, transfers, *after, *until)
            }
            Measure::PresentAt(stations, counted, date) => {
                self.probe.watch.present(stations, *counted, *date)
            }
            Measure::Joined(stations, counted, after, until) => {
                let watch = &self.probe.watch;
                watch.flow(Flow::Came, stations, *counted, [*after, *until])
            }
            Measure::Completed(stations, CountedIn::Persons, after, until) => {
                let watch = &self.probe.watch;
                watch.flow(Flow::Served, stations, CountedIn::Persons, [*after, *until])
            }
            Measure::Completed(stations, CountedIn::Cases, after, until) => {
                flow(&self.series.completed, stations, *after, *until)
            }
            Measure::Passed(passage, crowd, dates) => {
                self.probe.watch.passed(index, *passage, crowd.counted, *dates)
            }
            Measure::Visits(station) => self.probe.visits.mean(*station),
            Measure::Wait(station, statistic) => self.station(usize::from(*station), wait_figure(*statistic)),
            Measure::EverBelow(level, bound, dates) => {
                f64::from(u8::from(dates.iter().any(|&date| self.level(level, date) < *bound)))
            }
            Measure::EverAbove(level, bound, dates) => {
                f64::from(u8::from(dates.iter().any(|&date| self.level(level, date) > *bound)))
            }
            Measure::DepartedOf(..) => self.probe.rules.sums(index).left as f64,
            Measure::ShareWithin { until, limit, .. } => {
                let sums = self.probe.rules.sums(index);
                if *until + *limit > self.probe.network.horizon {
                    return f64::NAN;
                }
                sums.left as f64 / sums.came as f64
            }
            Measure::ClockShare(clock) => self.probe.clocks.share(usize::from(*clock)),
            Measure::Cost(items) => items.iter().map(|&item| self.cost(item)).sum(),
            Measure::Combined(combination, parts) => {
                let parts: Vec<f64> = parts.iter().map(|&part| earlier[part]).collect();
                combination.of(&parts)
            }
        }
    }

    fn level(&self, level: &Level, date: usize) -> f64 {
        match level {
            Level::Waiting(stations, counted) => {
                let rows = match counted {
                    CountedIn::Cases => &self.series.waiting,
                    CountedIn::Persons => &self.series.waiting_persons,
                };
                stations.iter().map(|&station| f64::from(rows[usize::from(station)][date])).sum()
            }
            Level::Pending(CountedIn::Cases) => f64::from(self.series.pending[date]),
            Level::Pending(CountedIn::Persons) => f64::from(self.pending_persons[date]),
            Level::Population(place) => f64::from(self.series.place_persons[usize::from(*place)][date]),
            Level::Present(stations, counted) => self.probe.watch.present(stations, *counted, date),
        }
    }

    /// A sum of levels at every date.
    fn shown(&self, terms: &[Term]) -> Vec<f64> {
        let signed = |term: &Term, date| {
            let level = self.level(&term.level, date);
            if term.subtracted { -level } else { level }
        };
        let sum = |date| terms.iter().map(|term| signed(term, date)).sum();
        let dates = 0..self.probe.network.dates.len();
        if terms.is_empty() { vec![f64::NAN; dates.len()] } else { dates.map(sum).collect() }
    }

    fn audit(&self) -> Audit {
        let horizon = i128::from(self.probe.network.horizon.seconds());
        let mut audit =
            Audit { conservation: self.probe.in_system - self.probe.pending as i64, ..Audit::default() };
        for sums in &self.probe.stations {
            let balance = &sums.balance;
            // The first breach must not be hidden by a later one of the other sign.
            audit.conservation += (balance.present - sums.present_at_end).abs();
            let area = i128::from(balance.instants) + i128::from(balance.present) * horizon;
            audit.little += (area - i128::from(balance.times)).abs();
        }
        for (busy, staffed) in self.probe.busy.iter().zip(&self.staffed) {
            audit.busy += i128::from((busy - staffed).max(0));
        }
        let served: i64 = self.probe.stations.iter().map(|sums| sums.busy).sum();
        audit.busy += i128::from((served - self.probe.busy.iter().sum::<i64>()).abs());
        audit
    }
}

const fn wait_figure(statistic: WaitStatistic) -> StationFigure {
    match statistic {
        WaitStatistic::Mean => StationFigure::WaitMean,
        WaitStatistic::Median => StationFigure::WaitMedian,
        WaitStatistic::P90 => StationFigure::WaitP90,
    }
}

/// Sum of flows over some rows, after one date and up to and with another.
fn flow(rows: &[Vec<u32>], which: &[u16], after: usize, until: usize) -> f64 {
    let sum = |row: &Vec<u32>| row[after + 1..=until].iter().map(|&flow| f64::from(flow)).sum::<f64>();
    which.iter().map(|&index| sum(&rows[usize::from(index)])).sum()
}

/// ∫ of a number of a roster over the window \[person-seconds\].
fn integral(probe: &Probe<'_>, roster: &[Capacity], count: fn(&Capacity) -> i64) -> i64 {
    let (window, horizon) = (probe.network.window, probe.network.horizon);
    let ends = roster.iter().skip(1).map(|step| step.from).chain([SimTime::NEVER]);
    roster
        .iter()
        .zip(ends)
        .map(|(step, end)| {
            let length = end.min(horizon).seconds() - step.from.max(window).seconds();
            count(step) * length.max(0)
        })
        .sum()
}
