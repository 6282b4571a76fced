//! The servers that a roster gives on average.

use super::integral;
use crate::network::Roster;
use crate::units::SimTime;

/// Some of the staff who started together.
struct Intake {
    from: f64,
    persons: f64,
    hired: bool,
}

/// Mean servers of a roster in each of `steps` steps of `step` seconds.
///
/// Leaving is by the expected share that stays, exp(−∫ attrition); hiring, lead, classes, ramp and closures are as
/// the rules of the roster have them, without rounding.
pub(super) fn servers(roster: &Roster, steps: usize, step: f64) -> Vec<f64> {
    let mut intakes: Vec<Intake> = Vec::new();
    let mut hired = 0.0;
    let mut pieces = roster.staff.pieces().peekable();
    let lead = roster.hires.as_ref().map_or(0.0, |hires| hires.lead.seconds() as f64);
    (0..steps)
        .map(|number| {
            let (from, until) = (number as f64 * step, (number + 1) as f64 * step);
            while let Some((_, &wanted)) = pieces.next_if(|(at, _)| (at.seconds() as f64) < from + step / 2.0)
            {
                settle(&mut intakes, (wanted + 0.5).floor(), from);
            }
            if let Some(hires) = &roster.hires {
                let start = (from - lead).max(hires.from.seconds() as f64);
                hired += integral(&hires.rate, start, (until - lead).max(start));
                while hired >= hires.class_size {
                    hired -= hires.class_size;
                    let persons = (hires.class_size + 0.5).floor();
                    intakes.push(Intake { from, persons, hired: true });
                }
            }
            let stay = libm::exp(-integral(&roster.attrition, from, until));
            let output: f64 =
                intakes.iter().map(|intake| intake.persons * output(intake, roster, from + step / 2.0)).sum();
            let at = SimTime::from_seconds((from + step / 2.0) as i64);
            let extra = (roster.extra.at(at) + 0.5).floor();
            let share = f64::midpoint(1.0, stay);
            for intake in &mut intakes {
                intake.persons *= stay;
            }
            ((output * share + extra) * (1.0 - roster.closed.at(at))).max(0.0)
        })
        .collect()
}

/// A dated number of staff replaces whatever hiring and leaving have made of it.
fn settle(intakes: &mut Vec<Intake>, wanted: f64, from: f64) {
    let mut left = wanted;
    for intake in intakes.iter_mut() {
        intake.persons = intake.persons.min(left);
        left -= intake.persons;
    }
    intakes.push(Intake { from, persons: left, hired: false });
}

fn output(intake: &Intake, roster: &Roster, at: f64) -> f64 {
    if !intake.hired {
        return 1.0;
    }
    let since = at - intake.from;
    let reached = roster.ramp.iter().rev().find(|(after, _)| after.seconds() as f64 <= since);
    reached.map_or(1.0, |(_, output)| *output)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Hires, Steps};
    use crate::units::{DAY, Span};

    fn day(number: i64) -> SimTime {
        SimTime::from_seconds(number * DAY)
    }

    fn plain(staff: Steps<f64>) -> Roster {
        Roster {
            staff,
            extra: Steps::constant(0.0),
            hires: None,
            attrition: Steps::constant(0.0),
            ramp: Vec::new(),
            closed: Steps::constant(0.0),
        }
    }

    #[test]
    fn staff_and_closures_follow_their_dates() {
        let closed = Steps::new(0.0, [(day(2), 0.5), (day(4), 0.0)]);
        let roster = Roster { closed, ..plain(Steps::new(10.0, [(day(3), 20.0), (day(5), 8.0)])) };
        assert_eq!(servers(&roster, 6, DAY as f64), [10.0, 10.0, 5.0, 10.0, 20.0, 8.0]);
    }

    #[test]
    fn hires_come_in_classes_after_their_lead_and_learn() {
        // As in the engine: the class of day 100 starts on day 120 with no output, half on day 150, all on day 180.
        let hires = Hires {
            rate: Steps::new(10.0 / (100.0 * DAY as f64), [(day(150), 0.0)]),
            class_size: 10.0,
            lead: Span::new(20 * DAY),
            from: SimTime::START,
        };
        let ramp = vec![(Span::ZERO, 0.0), (Span::new(30 * DAY), 0.5), (Span::new(60 * DAY), 1.0)];
        let found =
            servers(&Roster { hires: Some(hires), ramp, ..plain(Steps::constant(4.0)) }, 200, DAY as f64);
        assert_eq!([100, 121, 152, 182].map(|day| found[day]), [4.0, 4.0, 9.0, 14.0]);
    }

    #[test]
    fn attrition_halves_the_staff_in_its_half_life() {
        let attrition = Steps::constant(libm::log(2.0) / (100.0 * DAY as f64));
        let found = servers(&Roster { attrition, ..plain(Steps::constant(80.0)) }, 101, DAY as f64);
        assert!((found[100] - 40.0 * libm::exp2(-0.005)).abs() < 0.01, "{}", found[100]);
    }
}
