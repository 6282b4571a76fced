//! The budgets of forced counts while a replication runs.

use super::case_table::{Slot, State};
use super::flow::{along, time_on_the_way, way};
use super::occurrence::Observer;
use super::simulation::Simulation;
use super::site::WayOn;
use crate::network::{CountedIn, Lasts, Quota, StationIndex, Steps};
use crate::units::{SimTime, Span};

/// What is left of a quota, asked at instants that never go back.
#[derive(Debug)]
pub(super) struct Budget {
    /// The integral of the rate from the start to each of its changes.
    grown: Vec<f64>,
    /// The integral up to what has been used or has lapsed.
    spent: f64,
    /// Changes of the rate, and beginnings of periods, that are past.
    changed: usize,
    begun: usize,
}

impl Budget {
    /// Of a quota of which nothing has been used.
    pub(super) fn new(quota: &Quota) -> Self {
        let mut grown = Vec::with_capacity(quota.rate.changes().len());
        let (mut sum, mut since) = (0.0, SimTime::START);
        for (&until, rate) in quota.rate.changes().iter().zip(quota.rate.values()) {
            sum += rate * (until - since).seconds() as f64;
            since = until;
            grown.push(sum);
        }
        Self { grown, spent: 0.0, changed: 0, begun: 0 }
    }

    /// ∫ rate dt from the start to `time`.
    fn integral(&self, rate: &Steps<f64>, time: SimTime) -> f64 {
        self.in_piece(rate, rate.changes().partition_point(|change| *change <= time), time)
    }

    /// The same, where `time` lies in a piece of the rate.
    #[inline]
    fn in_piece(&self, rate: &Steps<f64>, piece: usize, time: SimTime) -> f64 {
        let (before, since) = match piece {
            0 => (0.0, SimTime::START),
            _ => (self.grown[piece - 1], rate.changes()[piece - 1]),
        };
        before + rate.values()[piece] * (time - since).seconds() as f64
    }

    /// Let go what no longer counts at `time`.
    #[inline]
    fn lapse(&mut self, quota: &Quota, time: SimTime) {
        if let Lasts::Periods(begin) = &quota.lasts {
            let begun = pass(begin, self.begun, time);
            if std::mem::replace(&mut self.begun, begun) == begun {
                return;
            }
        }
        let lapsed = self.integral(&quota.rate, quota.lasts.since(time));
        self.spent = self.spent.max(lapsed);
    }

    /// Use up `amount` at `time`, if anything is left; whether there was.
    #[inline]
    pub(super) fn take(&mut self, quota: &Quota, time: SimTime, amount: f64) -> bool {
        self.lapse(quota, time);
        self.changed = pass(quota.rate.changes(), self.changed, time);
        let left = self.in_piece(&quota.rate, self.changed, time) > self.spent;
        if left {
            self.spent += amount;
        }
        left
    }
}

/// How many of `instants` are past at `time`, of which `past` were before.
#[inline]
fn pass(instants: &[SimTime], mut past: usize, time: SimTime) -> usize {
    while instants.get(past).is_some_and(|&instant| instant <= time) {
        past += 1;
    }
    past
}

impl<'n, O: Observer> Simulation<'n, O> {
    /// A case goes on from a station with quotas, whose budgets are known only now: by the first of them that takes
    /// it, else by the draw among its ways, which where they answer to signals was made when service began.
    pub(super) fn move_on_by_quota(&mut self, slot: Slot, station: StationIndex, drawn: usize) {
        let taken = self.taken(slot, station);
        let site = &self.sites[usize::from(station)];
        let case = self.cases.get(slot);
        let words = || self.luck(case, site.key);
        let routes = || site.routes(case.class, self.now);
        let (target, delay) = match taken {
            Some(Quota { to, delay: None, .. }) => (*to, Span::ZERO),
            Some(Quota { to, delay, .. }) => (*to, time_on_the_way(delay.as_ref(), &words())),
            None if site.way_on == WayOn::Answering => along(&routes().ways()[drawn], &words()),
            None => way(routes(), &words()),
        };
        let rank = site.rank - 1;
        self.note_way(station, target, self.now);
        if delay == Span::ZERO {
            return self.arrive_at(slot, target);
        }
        self.cases.get_mut(slot).state = State::OnTheWay;
        self.schedule_coming(slot, target, self.now + delay, rank);
    }

    /// The first quota of a station that takes a case.
    fn taken(&mut self, slot: Slot, station: StationIndex) -> Option<&'n Quota> {
        let index = usize::from(station);
        let case = self.cases.get(slot);
        let (class, persons, now) = (usize::from(case.class), f64::from(case.persons), self.now);
        let network = self.network;
        let quotas = network.stations[index].quotas.iter().zip(&mut self.stations[index].budgets);
        for (quota, budget) in quotas.filter(|(quota, _)| quota.takes[class]) {
            let amount = match quota.counted {
                CountedIn::Cases => 1.0,
                CountedIn::Persons => persons,
            };
            if budget.take(quota, now, amount) {
                return Some(quota);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Target;
    use crate::units::DAY;

    fn day(number: i64) -> SimTime {
        SimTime::from_seconds(number * DAY)
    }

    fn quota(lasts: Lasts) -> Quota {
        // 3 in the first ten days, 20 in the next ten, none in ten more, then one a day.
        let per = |count: f64| count / (10 * DAY) as f64;
        Quota {
            to: Target::Exit(0),
            delay: None,
            takes: vec![true],
            rate: Steps::new(per(3.0), [(day(10), per(20.0)), (day(20), 0.0), (day(30), per(10.0))]),
            lasts,
            counted: CountedIn::Cases,
        }
    }

    /// How many of those who come every hour are taken in each ten days.
    fn taken(quota: &Quota, from: i64) -> [u32; 4] {
        let mut budget = Budget::new(quota);
        let mut taken = [0; 4];
        for hour in from..24 * 40 {
            let at = SimTime::from_seconds(hour * 3_600);
            taken[hour as usize / 240] += u32::from(budget.take(quota, at, 1.0));
        }
        taken
    }

    #[test]
    fn a_budget_is_used_to_the_last_and_lapses_with_its_period() {
        let periods = quota(Lasts::Periods(vec![day(10), day(20), day(30)]));
        assert_eq!(taken(&periods, 0), [3, 20, 0, 10]);
        // From day 5 on only: what came up before still counts, since its period goes on.
        assert_eq!(taken(&periods, 120), [3, 20, 0, 10]);
        assert_eq!(taken(&periods, 24 * 25), [0, 0, 0, 10]);
    }

    #[test]
    fn a_rate_lasts_for_a_length_of_time() {
        // At day 25 what came up since day 15 counts: half of the twenty.
        let rolling = quota(Lasts::Span(Span::new(10 * DAY)));
        assert_eq!(taken(&rolling, 24 * 25), [0, 0, 10, 10]);
    }

    #[test]
    fn a_budget_falls_below_nothing_by_one_case_at_most() {
        let quota = quota(Lasts::Periods(vec![day(10), day(20), day(30)]));
        let mut budget = Budget::new(&quota);
        let first = (1..240).find(|hour| budget.take(&quota, SimTime::from_seconds(hour * 3_600), 5.0));
        assert_eq!(first, Some(1));
        // 5 of 3 used: nothing more in this period, and the two too many come off the next.
        let later = (2..480).find(|hour| budget.take(&quota, SimTime::from_seconds(hour * 3_600), 1.0));
        assert_eq!(later, Some(240 + 25));
    }
}
