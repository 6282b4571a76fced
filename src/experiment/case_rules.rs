//! Measures that are decided case by case, when it comes and when it leaves: cohorts, classes, streams.

use crate::engine::Case;
use crate::network::{ClassIndex, CountedIn, ExitIndex, Measure, Network};
use crate::units::{SimTime, Span};

/// One measure's tally.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct RuleSums {
    pub(super) came: u64,
    pub(super) left: u64,
}

/// Counts cases for the measures that ask; where none does, nothing is looked at.
#[derive(Debug)]
pub(super) struct CaseRules {
    /// Whether there are no rules: asked of every case.
    idle: bool,
    /// Rules for those who come, and by exit for those who leave.
    coming: Vec<Coming>,
    leaving: Vec<Vec<Leaving>>,
    /// By measure.
    sums: Vec<RuleSums>,
}

/// A measure that counts those who come.
#[derive(Debug)]
struct Coming {
    measure: usize,
    /// Whether only those who come from outside for the first time count.
    filed: bool,
    /// Which streams count; `None`: all.
    streams: Option<Vec<u16>>,
    who: Who,
}

/// A measure that counts those who leave.
#[derive(Debug)]
struct Leaving {
    measure: usize,
    /// Those who came from outside at or after the first instant and before the second, and this long ago at most.
    within: Option<(SimTime, SimTime, Span)>,
    who: Who,
}

/// Which classes count, how, and when: after the first instant and not after the second.
#[derive(Debug)]
struct Who {
    /// By class; empty: all.
    classes: Vec<bool>,
    counted: CountedIn,
    after: SimTime,
    until: SimTime,
}

const BEFORE_ALL: SimTime = SimTime::from_seconds(-1);

impl CaseRules {
    /// The rules of a network that have counted nothing yet.
    pub(super) fn new(network: &Network) -> Self {
        let measures = || network.measures.iter().enumerate();
        let of_exit =
            |exit| measures().filter_map(|(number, one)| leaving(network, number, one, exit)).collect();
        let coming: Vec<_> = measures().filter_map(|(number, one)| coming(network, number, one)).collect();
        let leaving: Vec<Vec<_>> = (0..network.exits.len() as ExitIndex).map(of_exit).collect();
        Self {
            idle: coming.is_empty() && leaving.iter().all(Vec::is_empty),
            coming,
            leaving,
            sums: vec![RuleSums::default(); network.measures.len()],
        }
    }

    /// Whether there is nothing to look at.
    #[inline]
    pub(super) fn is_idle(&self) -> bool {
        self.idle
    }

    /// What a measure has counted.
    pub(super) fn sums(&self, measure: usize) -> RuleSums {
        self.sums[measure]
    }

    /// A case comes, from outside for the first time (`filed`) or otherwise.
    #[inline]
    pub(super) fn came(&mut self, case: &Case, at: SimTime, filed: bool) {
        for rule in &self.coming {
            let from_there = |streams: &Vec<u16>| streams.contains(&case.stream());
            if (filed || !rule.filed) && rule.streams.as_ref().is_none_or(from_there) {
                self.sums[rule.measure].came += rule.who.number(case, at);
            }
        }
    }

    /// A case leaves by an exit.
    #[inline]
    pub(super) fn left(&mut self, case: &Case, exit: ExitIndex, at: SimTime) {
        for rule in &self.leaving[usize::from(exit)] {
            if rule.within.is_none_or(|cohort| is_in_time(case, cohort, at)) {
                self.sums[rule.measure].left += rule.who.number(case, at);
            }
        }
    }
}

impl Who {
    /// Of some classes, between two instants.
    fn new(
        network: &Network,
        classes: &[ClassIndex],
        counted: CountedIn,
        after: SimTime,
        until: SimTime,
    ) -> Self {
        let mut own = vec![false; network.persons.len()];
        for &class in classes {
            own[usize::from(class)] = true;
        }
        Self { classes: own, counted, after, until }
    }

    /// Every case at any time.
    fn everybody() -> Self {
        Self { classes: Vec::new(), counted: CountedIn::Cases, after: BEFORE_ALL, until: SimTime::NEVER }
    }

    /// What a case counts at an instant.
    #[inline]
    fn number(&self, case: &Case, at: SimTime) -> u64 {
        let own = self.classes.get(usize::from(case.class)).copied().unwrap_or(true);
        match self.counted {
            _ if !own || at <= self.after || at > self.until => 0,
            CountedIn::Cases => 1,
            CountedIn::Persons => u64::from(case.persons),
        }
    }
}

/// Whether a case that leaves at `at` for the first time was filed in a cohort and is in time.
fn is_in_time(case: &Case, (from, until, limit): (SimTime, SimTime, Span), at: SimTime) -> bool {
    let filed = !case.initial && case.attempt == 0 && (from..until).contains(&case.entered());
    filed && at - case.entered() <= limit
}

/// The last instant before another: time is counted in whole seconds.
fn just_before(time: SimTime) -> SimTime {
    SimTime::from_seconds(time.seconds() - 1)
}

/// The rule of a measure for those who come.
fn coming(network: &Network, measure: usize, what: &Measure) -> Option<Coming> {
    let date = |date: &usize| network.dates[*date];
    let rule = |filed, streams, who| Some(Coming { measure, filed, streams, who });
    match what {
        Measure::ShareWithin { from, until, .. } => rule(
            true,
            None,
            Who { after: just_before(*from), until: just_before(*until), ..Who::everybody() },
        ),
        Measure::CameBy(streams, classes, counted, [after, until]) => {
            let who = Who::new(network, classes, *counted, date(after), date(until));
            rule(true, Some(streams.clone()), who)
        }
        Measure::PendingOf(classes, counted, until) => {
            rule(false, None, Who::new(network, classes, *counted, BEFORE_ALL, date(until)))
        }
        _ => None,
    }
}

/// The rule of a measure for those who leave by an exit.
fn leaving(network: &Network, measure: usize, what: &Measure, exit: ExitIndex) -> Option<Leaving> {
    let date = |date: &usize| network.dates[*date];
    let rule = |within, who| Some(Leaving { measure, within, who });
    match what {
        Measure::ShareWithin { from, until, limit, exits } if exits.contains(&exit) => {
            rule(Some((*from, *until, *limit)), Who::everybody())
        }
        Measure::DepartedOf(exits, classes, counted, [after, until]) if exits.contains(&exit) => {
            rule(None, Who::new(network, classes, *counted, date(after), date(until)))
        }
        Measure::PendingOf(classes, counted, until) => {
            rule(None, Who::new(network, classes, *counted, BEFORE_ALL, date(until)))
        }
        _ => None,
    }
}
