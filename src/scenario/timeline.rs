//! Numbers that stand on parameters and change through time.

use super::parameter::Draw;
use crate::network::Steps;
use crate::units::{DAY, SimTime, Span};

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
    /// Adds it.
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
}

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
        let step = self.steps.iter().rev().find(|(from, _)| *from <= time);
        let base = step.map_or(self.base, |(_, value)| *value).value(draw);
        self.changes.iter().fold(base, |value, change| change.apply(value, time, draw))
    }

    /// The instants at which it may change in one future, after the start.
    pub fn breaks(&self, draw: &Draw) -> Vec<SimTime> {
        let mut breaks: Vec<_> = self.steps.iter().map(|(from, _)| *from).collect();
        for change in &self.changes {
            let from = change.from.instant(draw);
            let weeks = change.ramp.seconds().div_euclid(7 * DAY);
            breaks.extend((0..=weeks).map(|week| from + Span::new(week * 7 * DAY)));
            breaks.extend([from + change.ramp, change.until]);
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
    /// How far it is built up at an instant, 0 to 1.
    pub fn weight(&self, time: SimTime, draw: &Draw) -> f64 {
        let from = self.from.instant(draw);
        if time < from || time >= self.until {
            return 0.0;
        }
        if self.ramp == Span::ZERO {
            return 1.0;
        }
        // The middle of the week that a step stands for.
        let since = (time - from).seconds() as f64 + 3.5 * DAY as f64;
        if time >= from + self.ramp { 1.0 } else { (since / self.ramp.seconds() as f64).min(1.0) }
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
            Operator::Add => value + weight * by,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_build_up_hold_and_end() {
        let day = |number: i64| SimTime::from_seconds(number * DAY);
        let change = DatedChange {
            operator: Operator::Scale,
            value: Expr::Number(2.0),
            from: Beginning::At(day(100)),
            until: day(300),
            ramp: Span::new(70 * DAY),
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
