//! Numbers that stand on parameters and change through time.

use super::parameter::Draw;
use crate::network::Steps;
use crate::units::{CALENDAR_DAYS, DAY, SimTime, Span};

/// A number in base units, or a multiple of a parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expr {
    /// A number.
    Number(f64),
    /// A multiple of a parameter.
    Parameter {
        /// Which.
        index: usize,
        /// How much of it.
        scale: f64,
    },
}

/// When a change begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Beginning {
    /// At an instant.
    At(SimTime),
    /// At an instant that a parameter picks: its value in seconds after the start.
    Picked(usize),
}

/// What a change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// Puts its value in the place.
    Set,
    /// Multiplies by it.
    Scale,
    /// Adds it, and takes away at most what there is.
    Add,
}

/// A change of a number from some instant on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DatedChange {
    /// What it does.
    pub operator: Operator,
    /// With which value.
    pub value: Expr,
    /// From when on.
    pub from: Beginning,
    /// Until when.
    pub until: SimTime,
    /// Length of a linear build-up, realized in steps of a week.
    pub ramp: Span,
    /// How it wears off once it is built up.
    pub fade: Option<Fade>,
}

/// How a change wears off: what is left of it beyond `floor` halves with every `half_life`.
///
/// It is realized in steps of a week, counted from the end of the build-up; each is the mean of the
/// curve over its week, so that the sum of the effect is that of the curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fade {
    /// Time in which half of it goes \[s\].
    pub half_life: Expr,
    /// Share of it that stays for good.
    pub floor: Expr,
    /// End of the run: no steps after it.
    pub end: SimTime,
}

const WEEK: i64 = 7 * DAY;

/// A number through time.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// At the start.
    pub base: Expr,
    /// New values from dates on, in order of time.
    pub steps: Vec<(SimTime, Expr)>,
    /// What policies do to it, in their order.
    pub changes: Vec<DatedChange>,
}

impl Expr {
    /// Its value in one future.
    pub fn value(self, draw: &Draw) -> f64 {
        match self {
            Self::Number(number) => number,
            Self::Parameter { index, scale } => draw.value(index) * scale,
        }
    }
}

impl Beginning {
    fn instant(self, draw: &Draw) -> SimTime {
        match self {
            Self::At(time) => time,
            Self::Picked(parameter) => SimTime::from_seconds(draw.value(parameter) as i64),
        }
    }
}

impl From<f64> for Timeline {
    fn from(number: f64) -> Self {
        Self::from(Expr::Number(number))
    }
}

impl From<Expr> for Timeline {
    fn from(base: Expr) -> Self {
        Self { base, steps: Vec::new(), changes: Vec::new() }
    }
}

impl Timeline {
    /// Its value at an instant in one future.
    pub fn at(&self, time: SimTime, draw: &Draw) -> f64 {
        self.changes.iter().fold(self.unchanged(time, draw), |value, change| change.apply(value, time, draw))
    }

    /// What it would be without policies.
    fn unchanged(&self, time: SimTime, draw: &Draw) -> f64 {
        let step = self.steps.iter().rev().find(|(from, _)| *from <= time);
        step.map_or(self.base, |(_, value)| *value).value(draw)
    }

    /// The instants at which it may change in one future, after the start.
    pub fn breaks(&self, draw: &Draw) -> Vec<SimTime> {
        let mut breaks: Vec<_> = self.steps.iter().map(|(from, _)| *from).collect();
        for change in &self.changes {
            let from = change.from.instant(draw);
            let weeks = change.ramp.seconds().div_euclid(WEEK).min(CALENDAR_DAYS / 7);
            breaks.extend((0..=weeks).map(|week| from + Span::new(week * WEEK)));
            breaks.extend([from + change.ramp, change.until]);
            if let Some(fade) = &change.fade {
                breaks.extend(fade.weeks(from + change.ramp).take_while(|&week| week < change.until));
            }
        }
        tidy(breaks)
    }

    /// As a step function, in one future.
    pub fn steps(&self, draw: &Draw) -> Steps<f64> {
        Steps::new(
            self.at(SimTime::START, draw),
            self.breaks(draw).into_iter().map(|time| (time, self.at(time, draw))),
        )
    }

    /// The first instant at which a change takes away more than there is in one future, and the number of that change.
    pub fn overdrawn(&self, draw: &Draw) -> Option<(SimTime, usize)> {
        let times = std::iter::once(SimTime::START).chain(self.breaks(draw));
        times.into_iter().find_map(|time| {
            let mut value = self.unchanged(time, draw);
            let which = self.changes.iter().position(|change| {
                let overdrawn = change.overdraws(value, time, draw);
                value = change.apply(value, time, draw);
                overdrawn
            });
            which.map(|which| (time, which))
        })
    }

    /// The parameters it stands on.
    pub fn parameters(&self) -> impl Iterator<Item = usize> {
        let values =
            self.steps.iter().map(|(_, value)| value).chain(self.changes.iter().map(|change| &change.value));
        std::iter::once(&self.base).chain(values).filter_map(|value| match value {
            Expr::Parameter { index, .. } => Some(*index),
            Expr::Number(_) => None,
        })
    }
}

/// Instants in order, each once, those not after the start or never reached left out.
pub fn tidy(mut instants: Vec<SimTime>) -> Vec<SimTime> {
    instants.retain(|&time| time > SimTime::START && time < SimTime::NEVER);
    instants.sort_unstable();
    instants.dedup();
    instants
}

impl DatedChange {
    /// How far it is built up and not yet faded at an instant, 0 to 1.
    pub fn weight(&self, time: SimTime, draw: &Draw) -> f64 {
        let from = self.from.instant(draw);
        if time < from || time >= self.until {
            return 0.0;
        }
        if time >= from + self.ramp {
            return self.fade.map_or(1.0, |fade| fade.left(time - (from + self.ramp), draw));
        }
        // The middle of the week that a step stands for.
        let since = (time - from).seconds() as f64 + 3.5 * DAY as f64;
        (since / self.ramp.seconds() as f64).min(1.0)
    }

    fn apply(&self, value: f64, time: SimTime, draw: &Draw) -> f64 {
        let weight = self.weight(time, draw);
        if weight <= 0.0 {
            return value;
        }
        let by = self.value.value(draw);
        match self.operator {
            Operator::Set => value + weight * (by - value),
            Operator::Scale => value * (1.0 + weight * (by - 1.0)),
            Operator::Add if value + weight * by < 0.0 => 0.0,
            Operator::Add => value + weight * by,
        }
    }

    /// Whether it takes away more than `value`, beyond the dust of binary fractions.
    fn overdraws(&self, value: f64, time: SimTime, draw: &Draw) -> bool {
        let by = self.weight(time, draw) * self.value.value(draw);
        self.operator == Operator::Add && value + by < 1e-9 * by
    }
}

impl Fade {
    /// The beginnings of its weeks after the first, from when it begins to the end of the run.
    fn weeks(self, begins: SimTime) -> impl Iterator<Item = SimTime> {
        let first = ((SimTime::START - begins).seconds() / WEEK).max(0) + 1;
        (first..).map(move |week| begins + Span::new(week * WEEK)).take_while(move |&week| week <= self.end)
    }

    /// What is left of the change in the week that the time `since` its full size lies in.
    fn left(self, since: Span, draw: &Draw) -> f64 {
        let floor = self.floor.value(draw).clamp(0.0, 1.0);
        let half_life = self.half_life.value(draw);
        if half_life <= 0.0 {
            return floor;
        }
        let a_week = WEEK as f64 / half_life * std::f64::consts::LN_2;
        let week = since.seconds().div_euclid(WEEK) as f64;
        let mean = libm::exp(-week * a_week) * -libm::expm1(-a_week) / a_week;
        floor + (1.0 - floor) * mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_fades_by_half_in_its_half_life_and_down_to_its_floor() {
        let day = |number: i64| SimTime::from_seconds(number * DAY);
        let fade =
            Fade { half_life: Expr::Number(70.0 * DAY as f64), floor: Expr::Number(0.2), end: day(7000) };
        let change = DatedChange {
            operator: Operator::Scale,
            value: Expr::Number(1.6),
            from: Beginning::At(day(10)),
            until: day(6000),
            ramp: Span::new(60 * DAY),
            fade: Some(fade),
        };
        let line = Timeline { changes: vec![change], ..Timeline::from(10.0) };
        let draw = Draw::default();
        let steps = line.steps(&draw);
        // Full size on day 70. The curve is 10·(1 + 0.6·(0.2 + 0.8·2^(−t/70))); its mean over the week that
        // begins at t is (2^(−t/70) − 2^(−(t+7)/70))·70/(7·ln 2) in place of the power.
        let curve = |t: f64| libm::exp2(-t / 70.0);
        for t in [0.0, 7.0, 70.0, 140.0, 700.0] {
            let mean = (curve(t) - curve(t + 7.0)) * 10.0 / std::f64::consts::LN_2;
            let expected = 10.0 * (1.0 + 0.6 * (0.2 + 0.8 * mean));
            for inside in [0.0, 6.9] {
                let at = SimTime::from_seconds(((70.0 + t + inside) * DAY as f64) as i64);
                assert!((steps.at(at) - expected).abs() < 1e-12, "{t}: {} {expected}", steps.at(at));
            }
        }
        // Before, while it builds up, at the floor, and after its end.
        assert_eq!((*steps.at(day(9)), *steps.at(day(6000))), (10.0, 10.0));
        assert!(*steps.at(day(40)) > 12.0 && *steps.at(day(69)) <= 16.0);
        assert!((steps.at(day(5999)) - 11.2).abs() < 1e-9);
        // Half of what fades is gone after a half-life: exact for the curve, and so for the ratio of weeks.
        let above = |number: i64| steps.at(day(number)) - 11.2;
        assert!((above(70 + 70) / above(70) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn nothing_takes_away_more_than_there_is() {
        let day = |number: i64| SimTime::from_seconds(number * DAY);
        let add = |by: f64, from: i64| DatedChange {
            operator: Operator::Add,
            value: Expr::Number(by),
            from: Beginning::At(day(from)),
            until: SimTime::NEVER,
            ramp: Span::ZERO,
            fade: None,
        };
        let draw = Draw::default();
        let mut line = Timeline { changes: vec![add(-0.2, 10), add(-0.1, 20)], ..Timeline::from(0.3) };
        assert_eq!(line.overdrawn(&draw), None);
        line.changes.push(add(-0.1, 30));
        assert_eq!(line.overdrawn(&draw), Some((day(30), 2)));
        assert_eq!(*line.steps(&draw).at(day(30)), 0.0);
        line.changes.push(add(0.5, 0));
        assert_eq!(line.at(day(30), &draw), 0.5);
        line.steps.push((day(25), Expr::Number(0.4)));
        assert_eq!(line.overdrawn(&draw), None);
    }

    #[test]
    fn changes_build_up_hold_and_end() {
        let day = |number: i64| SimTime::from_seconds(number * DAY);
        let change = DatedChange {
            operator: Operator::Scale,
            value: Expr::Number(2.0),
            from: Beginning::At(day(100)),
            until: day(300),
            ramp: Span::new(70 * DAY),
            fade: None,
        };
        let line = Timeline {
            base: Expr::Number(10.0),
            steps: vec![(day(200), Expr::Number(20.0))],
            changes: vec![change],
        };
        let draw = Draw::default();
        let at = |number| line.at(day(number), &draw);
        // Half a week of build-up on the first day, all of it after ten weeks.
        assert_eq!([at(0), at(100), at(170), at(200), at(300)], [10.0, 10.5, 20.0, 40.0, 20.0]);
        assert_eq!(*line.steps(&draw).at(day(250)), 40.0);
    }
}
