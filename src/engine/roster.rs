//! What a roster amounts to in one replication: how many servers there are, when.

use super::integral::Integral;
use crate::network::{Pool, Roster};
use crate::random::{Address, Streams, key, unit};
use crate::units::{SimTime, Span};
use std::collections::BTreeMap;

const LEAVES: u64 = key("roster: leaves");
/// Numbers of hires start here, so that a larger staff at the start renames none of them.
const FIRST_HIRE: u64 = 1 << 32;

/// A number of servers from an instant on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capacity {
    /// From this instant on.
    pub from: SimTime,
    /// Servers at work: the sum of the outputs of the staff, less closures, rounded.
    pub servers: i64,
    /// Persons in post.
    pub staff: i64,
}

/// One of the staff.
struct Person {
    from: SimTime,
    until: SimTime,
    hired: bool,
}

/// The servers of `pool` through time, first at the start: one entry for each change.
pub(super) fn capacity(pool: &Pool, streams: Streams, horizon: SimTime) -> Vec<Capacity> {
    let staff = staff(pool, streams, horizon);
    let mut changes: BTreeMap<SimTime, (i64, f64)> = BTreeMap::new();
    for person in &staff {
        for (from, persons, output) in outputs(person, &pool.roster) {
            let change = changes.entry(from).or_default();
            change.0 += persons;
            change.1 += output;
        }
    }
    let mut before = 0;
    for (from, &extra) in pool.roster.extra.pieces() {
        let extra = (extra + 0.5).floor() as i64;
        let change = changes.entry(from).or_default();
        change.0 += extra - before;
        change.1 += (extra - before) as f64;
        before = extra;
    }
    for &from in pool.roster.closed.changes() {
        changes.entry(from).or_default();
    }
    changes.entry(SimTime::START).or_default();
    accumulate(&changes, &pool.roster, horizon)
}

/// Add the changes up and round the servers, leaving out what changes nothing.
fn accumulate(changes: &BTreeMap<SimTime, (i64, f64)>, roster: &Roster, horizon: SimTime) -> Vec<Capacity> {
    let (mut staff, mut output) = (0, 0.0);
    let mut steps: Vec<Capacity> = Vec::new();
    for (&from, change) in changes.range(..=horizon) {
        staff += change.0;
        output += change.1;
        let servers = (output * (1.0 - roster.closed.at(from)) + 0.5 + 1e-9).floor() as i64;
        if steps.last().is_none_or(|last| (last.servers, last.staff) != (servers, staff)) {
            steps.push(Capacity { from, servers: servers.max(0), staff });
        }
    }
    steps
}

/// Who is in post, and when each comes and goes.
fn staff(pool: &Pool, streams: Streams, horizon: SimTime) -> Vec<Person> {
    let roster = &pool.roster;
    let mut everybody = hires(pool, streams, horizon);
    everybody.sort_by_key(|person| person.from);
    let mut next = 0;
    for (from, &number) in roster.staff.pieces() {
        let wanted = (number + 0.5).floor() as usize;
        let present: Vec<usize> = (0..everybody.len())
            .filter(|&i| everybody[i].from <= from && everybody[i].until > from)
            .collect();
        for &surplus in present.iter().skip(wanted) {
            everybody[surplus].until = from;
        }
        for _ in present.len()..wanted {
            let until = leaves(pool, streams, next, from);
            everybody.push(Person { from, until, hired: false });
            next += 1;
        }
        everybody.sort_by_key(|person| person.from);
    }
    everybody
}

/// The classes of hires.
fn hires(pool: &Pool, streams: Streams, horizon: SimTime) -> Vec<Person> {
    let Some(hires) = &pool.roster.hires else { return Vec::new() };
    let mut clock = Integral::new(&hires.rate, hires.from.seconds() as f64);
    let mut everybody = Vec::new();
    while let Some(hired) = clock.advance(hires.class_size) {
        let from = hired + hires.lead;
        if from > horizon {
            break;
        }
        for _ in 0..(hires.class_size + 0.5).floor() as usize {
            let until = leaves(pool, streams, FIRST_HIRE + everybody.len() as u64, from);
            everybody.push(Person { from, until, hired: true });
        }
    }
    everybody
}

/// When the `number`-th of the staff leaves: the instant at which the integral of the attrition rate
/// since `from` reaches a keyed exponential variate of mean 1.
fn leaves(pool: &Pool, streams: Streams, number: u64, from: SimTime) -> SimTime {
    let word = streams.block(Address { entity: number, stream: pool.key, purpose: LEAVES, ordinal: 0 })[0];
    let patience = -libm::log(1.0 - unit(word));
    Integral::new(&pool.roster.attrition, from.seconds() as f64).advance(patience).unwrap_or(SimTime::NEVER)
}

/// Changes in persons and output that one of the staff makes: (when, persons, output).
fn outputs(person: &Person, roster: &Roster) -> Vec<(SimTime, i64, f64)> {
    let ramp = if person.hired { roster.ramp.as_slice() } else { &[] };
    let mut now = match ramp.first() {
        Some(&(after, output)) if after == Span::ZERO => output,
        _ => 1.0,
    };
    let mut changes = vec![(person.from, 1, now)];
    for &(after, output) in ramp.iter().filter(|(after, _)| *after > Span::ZERO) {
        let from = person.from + after;
        if from < person.until {
            changes.push((from, 0, output - now));
            now = output;
        }
    }
    changes.push((person.until, -1, -now));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Hires, Serves, Steps};
    use crate::units::DAY;

    fn day(number: i64) -> SimTime {
        SimTime::from_seconds(number * DAY)
    }

    fn pool(roster: Roster) -> Pool {
        Pool { key: key("judges"), roster, serves: Serves::LongestWaiting }
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

    fn servers(roster: Roster) -> Vec<(i64, i64)> {
        capacity(&pool(roster), Streams::new(1, 0), day(1000))
            .into_iter()
            .map(|step| (step.from.seconds() / DAY, step.servers))
            .collect()
    }

    #[test]
    fn staff_follows_its_dates() {
        assert_eq!(
            servers(plain(Steps::new(50.0, [(day(10), 60.0), (day(20), 40.0)]))),
            [(0, 50), (10, 60), (20, 40)]
        );
    }

    #[test]
    fn extra_posts_come_on_top_of_hires() {
        let hires = Hires {
            rate: Steps::constant(1.0 / (10.0 * DAY as f64)),
            class_size: 5.0,
            lead: Span::ZERO,
            from: SimTime::START,
        };
        let extra = Steps::new(0.0, [(day(60), 100.0)]);
        let mut all = servers(Roster { extra, hires: Some(hires), ..plain(Steps::constant(10.0)) });
        all.truncate(4);
        assert_eq!(all, [(0, 10), (50, 15), (60, 115), (100, 120)]);
    }

    #[test]
    fn a_closure_takes_its_share_and_gives_it_back() {
        let closed = Steps::new(0.0, [(day(5), 0.8), (day(9), 0.0)]);
        assert_eq!(servers(Roster { closed, ..plain(Steps::constant(10.0)) }), [(0, 10), (5, 2), (9, 10)]);
    }

    #[test]
    fn hires_come_in_classes_after_their_lead_and_learn() {
        let hires = Hires {
            rate: Steps::new(10.0 / (100.0 * DAY as f64), [(day(150), 0.0)]),
            class_size: 10.0,
            lead: Span::new(20 * DAY),
            from: SimTime::START,
        };
        let ramp = vec![(Span::ZERO, 0.0), (Span::new(30 * DAY), 0.5), (Span::new(60 * DAY), 1.0)];
        let roster = Roster { hires: Some(hires), ramp, ..plain(Steps::constant(4.0)) };
        // The class of day 100 starts on day 120 with no output, half on day 150, all on day 180.
        assert_eq!(servers(roster), [(0, 4), (120, 4), (150, 9), (180, 14)]);
    }

    #[test]
    fn attrition_halves_the_staff_in_its_half_life() {
        // 10,000 people at a hazard of ln 2 per 100 days: 5,000 ± 4·50 are left after 100 days.
        let attrition = Steps::constant(libm::log(2.0) / (100.0 * DAY as f64));
        let steps = capacity(
            &pool(Roster { attrition, ..plain(Steps::constant(10_000.0)) }),
            Streams::new(7, 3),
            day(100),
        );
        let left = steps.last().map_or(0, |step| step.servers);
        assert!((left - 5_000).abs() < 200, "{left} of 10,000 are left");
    }
}
