//! From a scenario to a network, for one future: names become indices, dates become instants.
//!
//! Read side by side with `docs/mechanisms.md`: a continuance is feedback, a withdrawal is reneging, an in absentia
//! order is an exit drawn at the hearing, a hearing calendar is a station with slots.

mod legend;
mod response;
mod stage;
mod transfer;

pub use legend::legend;

use crate::network::{self, Docket, Level, Measure, Mix, Network, Routes, Steps, Target};
use crate::random::{Variate, key};
use crate::scenario::model::{self, Ages, Dated, Law, Outcome, Question, Route, Scenario, Serves, dated};
use crate::scenario::{Draw, Operator, Timeline, tidy};
use crate::units::{DAY, SimTime, Span};
use jiff::civil::Date;
use legend::dates;

/// The network that a scenario is in one future.
pub fn compile(scenario: &Scenario, draw: &Draw) -> Network {
    let compiler = Compiler { scenario, draw, dates: dates(scenario) };
    compiler.network()
}

struct Compiler<'a> {
    scenario: &'a Scenario,
    draw: &'a Draw,
    dates: Vec<Date>,
}

impl Compiler<'_> {
    fn network(&self) -> Network {
        let scenario = self.scenario;
        Network {
            horizon: self.time(scenario.end),
            window: SimTime::START + scenario.warm_up,
            persons: scenario.classes.iter().map(|class| class.persons).collect(),
            stations: scenario.stages.iter().map(|stage| self.station(stage)).collect(),
            pools: scenario.pools.iter().map(|pool| self.pool(pool)).collect(),
            exits: scenario.exits.iter().map(|exit| self.exit(exit)).collect(),
            places: scenario.places.iter().map(|place| self.place(place)).collect(),
            arrivals: scenario.arrivals.iter().map(|stream| self.stream(stream)).collect(),
            initial: scenario.initial.iter().map(|group| self.docket(group)).collect(),
            transfers: scenario.transfers.iter().map(|transfer| self.transfer(transfer)).collect(),
            clocks: scenario.clocks.iter().map(|clock| clock.clock.clone()).collect(),
            dates: self.dates.iter().map(|&date| self.time(date)).collect(),
            responses: response::responses(scenario, self.draw),
            measures: scenario.outcomes.iter().map(|outcome| self.measure(outcome)).collect(),
            shown: scenario.shown.iter().map(|shown| shown.terms.clone()).collect(),
            costs: scenario
                .costs
                .iter()
                .map(|cost| network::CostItem {
                    basis: cost.basis.clone(),
                    price: cost.price.at(SimTime::START, self.draw) / cost.per,
                })
                .collect(),
            service_draws: scenario.service_draws,
        }
    }

    fn place(&self, place: &model::Place) -> network::Place {
        let capacity = place.capacity.map(|capacity| capacity.value(self.draw));
        network::Place { capacity: capacity.map(|persons| persons.round() as i64) }
    }

    fn time(&self, date: Date) -> SimTime {
        SimTime::from_seconds(i64::from((date - self.scenario.start).get_days()) * DAY)
    }

    fn station(&self, stage: &model::Stage) -> network::Station {
        let factor = self.working_time(stage);
        network::Station {
            key: key(&format!("stage {}", stage.name)),
            pools: stage.pools.clone(),
            slots: stage.slots.as_ref().map(|slots| self.slots(slots)),
            service: shared(&stage.service, |law| self.laws(law, factor)),
            order: steps(&stage.order, |order| *order),
            priority: steps(&stage.priority, Clone::clone),
            patience: shared(&stage.patience, |law| self.patience(law)),
            withdrawn_to: stage.withdrawn_to.unwrap_or(Target::Exit(0)),
            routes: shared(&stage.routes, |routes| self.routes(routes)),
            quotas: stage.quotas.iter().map(|quota| self.quota(quota)).collect(),
            place: stage.place,
            closed: self.stage_closed(&stage.closed),
        }
    }

    /// Calendar time that a unit of working time takes: of the first pool, where they differ.
    fn working_time(&self, stage: &model::Stage) -> f64 {
        let pool = stage.pools.first().map(|&pool| &self.scenario.pools[usize::from(pool)]);
        let hours = pool.map_or(1.0, |pool| pool.hours.value(self.draw));
        if hours > 0.0 { 1.0 / hours } else { 1.0 }
    }

    fn slots(&self, slots: &model::Slots) -> network::Slots {
        network::Slots {
            rate: self.lines(&slots.rate),
            no_show: shared(&slots.no_show, |rules| self.no_shows(rules)),
            no_show_to: slots.no_show_to,
        }
    }

    /// A dated number, each piece of which may change through time, too.
    fn lines(&self, values: &Dated<Timeline>) -> Steps<f64> {
        let breaks =
            values.iter().flat_map(|(from, line)| std::iter::once(*from).chain(line.breaks(self.draw)));
        let value = |time: SimTime| dated(values, time).map_or(0.0, |line| line.at(time, self.draw));
        Steps::new(value(SimTime::START), tidy(breaks.collect()).into_iter().map(|time| (time, value(time))))
    }

    fn laws(&self, laws: &Dated<Law>, factor: f64) -> Steps<Variate> {
        let breaks = laws.iter().flat_map(|(from, law)| std::iter::once(*from).chain(law.breaks(self.draw)));
        let value = |time: SimTime| {
            let law = dated(laws, time).and_then(|law| law.at(time, self.draw, factor).ok());
            law.unwrap_or(Variate::Constant(0.0))
        };
        Steps::new(value(SimTime::START), tidy(breaks.collect()).into_iter().map(|time| (time, value(time))))
    }

    fn patience(&self, laws: &Dated<Option<Law>>) -> Option<Steps<Variate>> {
        if laws.iter().all(|(_, law)| law.is_none()) {
            return None;
        }
        // Who has no end of patience waits longer than any run.
        let endless = Law::constant(1e15);
        let laws =
            laws.iter().map(|(from, law)| (*from, law.clone().unwrap_or_else(|| endless.clone()))).collect();
        Some(self.laws(&laws, 1.0))
    }

    fn routes(&self, routes: &Dated<Vec<Route>>) -> Steps<Routes> {
        let breaks = routes.iter().flat_map(|(from, ways)| {
            let inner = ways.iter().flat_map(|way| way_breaks(way, self.draw));
            std::iter::once(*from).chain(inner)
        });
        let value = |time: SimTime| self.ways(dated(routes, time).map_or(&[][..], Vec::as_slice), time);
        Steps::new(value(SimTime::START), tidy(breaks.collect()).into_iter().map(|time| (time, value(time))))
    }

    /// The ways on at an instant. What is diverted stands right behind what it is taken from, so that under
    /// common random numbers all others keep their way.
    fn ways(&self, routes: &[Route], time: SimTime) -> Routes {
        let given = |route: &Route| route.p.as_ref().map(|p| p.at(time, self.draw).max(0.0));
        let sum: f64 = routes.iter().filter_map(given).sum();
        let scale = if sum > 1.0 { 1.0 / sum } else { 1.0 };
        let mut ways = Vec::new();
        for route in routes {
            let all = given(route).unwrap_or((1.0 - sum).max(0.0)) * scale;
            let law = |law: &Law| law.at(time, self.draw, 1.0).unwrap_or(Variate::Constant(0.0));
            let after = route.after.as_ref().map(law);
            let mut left = all;
            let mut taken = Vec::new();
            for (change, target) in &route.diverted {
                let share = change.weight(time, self.draw) * change.value.value(self.draw);
                let part = left * share.clamp(0.0, 1.0);
                left -= part;
                taken.push((part, *target, after.clone()));
            }
            ways.push((left, route.target, after));
            ways.extend(taken);
        }
        Routes::new(ways)
    }

    fn pool(&self, pool: &model::Pool) -> network::Pool {
        let hires = pool.hires.as_ref().map(|hires| network::Hires {
            rate: hires.rate.steps(self.draw),
            class_size: hires.class_size.value(self.draw).max(0.5),
            lead: Span::from_seconds(hires.lead.value(self.draw)),
            from: hires.from,
        });
        network::Pool {
            key: key(&format!("pool {}", pool.name)),
            roster: network::Roster {
                staff: posts(&pool.staff).steps(self.draw).map(|staff| staff.max(0.0)),
                extra: self.extra(&pool.staff),
                hires,
                attrition: pool.attrition.steps(self.draw),
                ramp: pool.ramp.clone(),
                closed: self.closed(&pool.closed),
            },
            serves: match &pool.serves {
                Serves::Longest => network::Serves::LongestWaiting,
                Serves::Strict(order) => network::Serves::Strict(order.clone()),
                Serves::Shares(shares) => network::Serves::Shares(
                    shares.iter().map(|(stage, share)| (*stage, share.value(self.draw).max(1e-9))).collect(),
                ),
            },
        }
    }

    /// What policies add to it or scale it by, on top of hiring and leaving.
    fn extra(&self, staff: &Timeline) -> Steps<f64> {
        let posts = posts(staff);
        let extra = |time: SimTime| staff.at(time, self.draw).max(0.0) - posts.at(time, self.draw).max(0.0);
        let breaks = staff.breaks(self.draw);
        Steps::new(extra(SimTime::START), breaks.into_iter().map(|time| (time, extra(time))))
    }

    fn closed(&self, closures: &[model::Closure]) -> Steps<f64> {
        let breaks = closures.iter().flat_map(|closure| {
            [closure.from, closure.until].into_iter().chain(closure.share.breaks(self.draw))
        });
        let value = |time: SimTime| {
            let now = closures.iter().find(|closure| closure.from <= time && time < closure.until);
            now.map_or(0.0, |closure| closure.share.at(time, self.draw).clamp(0.0, 1.0))
        };
        Steps::new(value(SimTime::START), tidy(breaks.collect()).into_iter().map(|time| (time, value(time))))
    }

    fn exit(&self, exit: &model::Exit) -> network::Exit {
        network::Exit {
            key: key(&format!("exit {}", exit.name)),
            returns: exit.returns.as_ref().map(|returns| network::Returns {
                to: returns.to,
                probability: shared(&returns.p, |p| self.lines(p)),
                after: returns.after.at(SimTime::START, self.draw, 1.0).unwrap_or(Variate::Constant(0.0)),
                most: returns.most,
            }),
        }
    }

    fn stream(&self, stream: &model::Arrivals) -> network::ArrivalStream {
        let classes = &self.scenario.classes;
        let mix = |time: SimTime| {
            let rates = stream.class_rates(classes, time, self.draw);
            let total: f64 = rates.iter().map(|(_, rate)| rate).sum();
            if total > 0.0 {
                return Mix::new(rates.iter().map(|&(class, rate)| (rate / total, class)));
            }
            Mix::new(stream.mix.classes().map(|class| (1.0, class)))
        };
        let fixed = stream.mix.breaks(self.draw).is_empty();
        let breaks = if fixed { Vec::new() } else { stream.breaks(self.draw) };
        // Before the first share is known the rate may be zero: the mix of the first positive rate holds.
        let first = std::iter::once(SimTime::START)
            .chain(stream.breaks(self.draw))
            .find(|&time| stream.counted_rate(time, self.draw) > 0.0)
            .unwrap_or(SimTime::START);
        network::ArrivalStream {
            key: key(&format!("arrivals {}", stream.name)),
            to: stream.to,
            mix: Steps::new(mix(first), breaks.into_iter().map(|time| (time, mix(time)))),
            process: self.process(stream),
            rate: stream.steps(classes, self.draw),
            layer: stream.layer,
            batch: stream.batch,
        }
    }

    fn process(&self, stream: &model::Arrivals) -> network::Process {
        match &stream.process {
            model::Process::Poisson(dispersion) => {
                let dispersion = dispersion.value(self.draw);
                if dispersion > 1.0 {
                    network::Process::Overdispersed { dispersion, periods: self.months() }
                } else {
                    network::Process::Poisson
                }
            }
            model::Process::Deterministic => network::Process::Deterministic,
            model::Process::Renewal(law) => {
                let law = law.at(SimTime::START, self.draw, 1.0);
                network::Process::Renewal(law.unwrap_or(Variate::Constant(1.0)))
            }
        }
    }

    /// The first days of the calendar months of the run, that of the start's month among them.
    fn months(&self) -> Vec<SimTime> {
        let first = self.scenario.start.first_of_month();
        let months = (0..).map_while(|month| first.checked_add(jiff::Span::new().months(month)).ok());
        months.take_while(|date| *date < self.scenario.end).map(|date| self.time(date)).collect()
    }

    fn docket(&self, group: &model::Initial) -> network::InitialGroup {
        let cases = group.cases.as_ref().map(|cases| cases.at(SimTime::START, self.draw).max(0.0));
        let shares: Vec<(f64, u16)> = group
            .mix
            .at(SimTime::START, self.draw)
            .into_iter()
            .map(|(class, share)| (share, class))
            .collect();
        let docket = match &group.ages {
            Ages::Law(law) => Docket::Law {
                cases: cases.unwrap_or(0.0).round() as u64,
                ages: law.at(SimTime::START, self.draw, 1.0).unwrap_or(Variate::Constant(0.0)),
                mix: Mix::new(if shares.iter().all(|(share, _)| *share <= 0.0) {
                    vec![(1.0, 0)]
                } else {
                    shares
                }),
            },
            Ages::Bands(bands) => Docket::Table(age_bands(bands, cases, &shares)),
        };
        network::InitialGroup { key: key(&format!("initial {}", group.name)), station: group.stage, docket }
    }

    fn date(&self, date: Date) -> usize {
        self.dates.partition_point(|&other| other < date)
    }

    fn measure(&self, outcome: &Outcome) -> Measure {
        match &outcome.question {
            Question::Waiting(stages, unit, Some(date)) => {
                Measure::WaitingAt(stages.clone(), *unit, self.date(*date))
            }
            Question::Waiting(stages, unit, None) => Measure::WaitingAverage(stages.clone(), *unit),
            Question::PopulationAt(place, date) => Measure::PopulationAt(*place, self.date(*date)),
            Question::PopulationPeak(place) => Measure::PopulationPeak(*place),
            Question::PopulationAverage(place) => Measure::PopulationAverage(*place),
            Question::Pending(unit, date) => Measure::PendingAt(*unit, self.date(*date)),
            Question::WaitingAverageOf(stages, classes, unit) => {
                Measure::WaitingAverageOf(stages.clone(), classes.clone(), *unit)
            }
            Question::PendingOf(classes, unit, date) => {
                Measure::PendingOf(classes.clone(), *unit, self.date(*date))
            }
            Question::CameBy(streams, classes, unit, dates) => {
                Measure::CameBy(streams.clone(), classes.clone(), *unit, dates.map(|date| self.date(date)))
            }
            Question::ExitsOf(exits, classes, unit, dates) => {
                Measure::DepartedOf(exits.clone(), classes.clone(), *unit, dates.map(|date| self.date(date)))
            }
            Question::Exits(exits, unit, from, until) => {
                Measure::Departed(exits.clone(), *unit, self.date(*from), self.date(*until))
            }
            Question::Transferred(transfers, unit, from, until) => {
                Measure::Transferred(transfers.clone(), *unit, self.date(*from), self.date(*until))
            }
            Question::Present(stages, unit, date) => {
                Measure::PresentAt(stages.clone(), *unit, self.date(*date))
            }
            Question::Joined(stages, unit, from, until) => {
                Measure::Joined(stages.clone(), *unit, self.date(*from), self.date(*until))
            }
            Question::Completed(stages, unit, from, until) => {
                Measure::Completed(stages.clone(), *unit, self.date(*from), self.date(*until))
            }
            Question::Passed(passage, crowd, dates) => {
                Measure::Passed(*passage, crowd.clone(), dates.map(|date| self.date(date)))
            }
            Question::Visits(stage) => Measure::Visits(*stage),
            Question::Wait(stage, statistic) => Measure::Wait(*stage, *statistic),
            Question::Ever(level, below, bound, by) => self.ever(level, *below, *bound, *by),
            Question::ShareWithin(from, until, limit, exits) => Measure::ShareWithin {
                from: self.time(*from),
                until: self.time(*until),
                limit: *limit,
                exits: exits.clone(),
            },
            Question::Clock(clock) => Measure::ClockShare(*clock),
            Question::Cost(items) => Measure::Cost(items.clone()),
            Question::Combined(combination, parts) => Measure::Combined(*combination, parts.clone()),
        }
    }

    fn ever(&self, level: &Level, below: bool, bound: f64, by: Date) -> Measure {
        let first = self.scenario.counted_from();
        let shown = |date: &Date| *date >= first && self.scenario.series.contains(date);
        let looked_at = |date: &Date| *date <= by && (*date == by || shown(date));
        let dates = (0..self.dates.len()).filter(|&index| looked_at(&self.dates[index])).collect();
        if below {
            Measure::EverBelow(level.clone(), bound, dates)
        } else {
            Measure::EverAbove(level.clone(), bound, dates)
        }
    }
}

/// What each class has, made once for all that have the same.
fn shared<T: PartialEq, U: Clone>(by_class: &[T], mut make: impl FnMut(&T) -> U) -> Vec<U> {
    let mut made: Vec<(&T, U)> = Vec::new();
    let mut all = Vec::with_capacity(by_class.len());
    for value in by_class {
        let known = made.iter().position(|(other, _)| *other == value);
        let index = known.unwrap_or_else(|| {
            made.push((value, make(value)));
            made.len() - 1
        });
        all.push(made[index].1.clone());
    }
    all
}

/// Bands in whole cases: rounded so that their sum is that of the table, or the number asked for.
fn age_bands(bands: &[model::Band], cases: Option<f64>, shares: &[(f64, u16)]) -> Vec<network::AgeBand> {
    let total: f64 = bands.iter().map(|band| band.cases).sum();
    let scale = cases.map_or(1.0, |cases| if total > 0.0 { cases / total } else { 0.0 });
    let mut given = 0.0_f64;
    let mut taken = 0;
    let mut whole = Vec::new();
    for band in bands {
        for (share, class) in shares_of(band, shares) {
            given += band.cases * share * scale;
            let cases = (given + 0.5).floor() as u64 - taken;
            taken += cases;
            let (youngest, oldest) = (Span::from_seconds(band.youngest), Span::from_seconds(band.oldest));
            whole.push(network::AgeBand { youngest, oldest, class, cases });
        }
    }
    whole
}

/// The classes of a band, with their shares of it.
fn shares_of(band: &model::Band, shares: &[(f64, u16)]) -> Vec<(f64, u16)> {
    match band.classes.as_deref() {
        None => shares.to_vec(),
        Some([only]) => vec![(1.0, *only)],
        Some(classes) => {
            let among = shares.iter().filter(|(_, class)| classes.contains(class));
            let sum: f64 = among.clone().map(|(share, _)| share).sum();
            among.map(|(share, class)| (share / sum, *class)).collect()
        }
    }
}

fn way_breaks(route: &Route, draw: &Draw) -> Vec<SimTime> {
    let share = route.p.iter().flat_map(|p| p.breaks(draw));
    let after = route.after.iter().flat_map(|law| law.breaks(draw));
    let diverted = route.diverted.iter().flat_map(|(change, _)| {
        Timeline { base: crate::scenario::Expr::Number(0.0), steps: Vec::new(), changes: vec![*change] }
            .breaks(draw)
    });
    share.chain(after).chain(diverted).collect()
}

/// A dated value as a step function.
fn steps<T, U>(values: &Dated<T>, value: impl Fn(&T) -> U) -> Steps<U> {
    let first = values.iter().rev().find(|(from, _)| *from <= SimTime::START).or(values.first());
    let first = value(&first.expect("a dated value has a first entry").1);
    let later = values.iter().filter(|(from, _)| *from > SimTime::START);
    Steps::new(first, later.map(|(from, piece)| (*from, value(piece))))
}

/// Staff as the model, and policies that set it, have it.
fn posts(staff: &Timeline) -> Timeline {
    let sets = staff.changes.iter().filter(|change| change.operator == Operator::Set).copied();
    Timeline { changes: sets.collect(), ..staff.clone() }
}
