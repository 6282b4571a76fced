//! What a run counts, and the line it prints.

use crate::HORIZON;
use serde::{Deserialize, Serialize};

/// A number that waits, integrated over time.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Line {
    number: u64,
    since: f64,
    area: f64,
}

impl Line {
    /// One more waits from `now` on.
    #[inline]
    pub fn enter(&mut self, now: f64) {
        self.advance(now);
        self.number += 1;
    }

    /// One fewer waits from `now` on.
    #[inline]
    pub fn leave(&mut self, now: f64) {
        self.advance(now);
        self.number -= 1;
    }

    /// The mean number from 0 to `end`.
    pub fn mean(mut self, end: f64) -> f64 {
        self.advance(end);
        self.area / end
    }

    fn advance(&mut self, now: f64) {
        self.area += self.number as f64 * (now - self.since);
        self.since = now;
    }
}

/// What W1 counts.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Queue {
    /// Customers that have come, have started, have left.
    pub arrivals: u64,
    /// Services started.
    pub starts: u64,
    /// Services ended.
    pub ends: u64,
    /// Sum of the waits.
    pub wait: f64,
    /// The line.
    pub line: Line,
    /// The last departure.
    pub end: f64,
}

impl Queue {
    /// One line of JSON.
    pub fn print(&self, customers: u64) {
        assert_eq!(self.ends, customers, "every customer leaves");
        println!(
            "{{\"workload\":\"mmc\",\"customers\":{customers},\"events\":{},\"mean_wait\":{:.6},\"lq\":{:.4}}}",
            self.arrivals + self.starts + self.ends,
            self.wait / self.starts as f64,
            self.line.mean(self.end)
        );
    }
}

/// What W2 counts.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Court {
    /// Model events.
    pub events: u64,
    /// Arrivals from outside.
    pub arrivals: u64,
    /// Services ended at C.
    pub completed: u64,
    /// Cases withdrawn while they waited at C.
    pub withdrawn: u64,
    /// Services started at C.
    pub starts: u64,
    /// Sum of the waits of those that started at C.
    pub wait: f64,
    /// The lines at A, B and C.
    pub lines: [Line; 3],
}

impl Court {
    /// The tallies of parts of one model together; each line is kept by one part only.
    pub fn merge(parts: &[Court]) -> Court {
        let mut all = Court::default();
        for part in parts {
            all.events += part.events;
            all.arrivals += part.arrivals;
            all.completed += part.completed;
            all.withdrawn += part.withdrawn;
            all.starts += part.starts;
            all.wait += part.wait;
            for (sum, line) in all.lines.iter_mut().zip(part.lines) {
                if line.since > 0.0 || line.number > 0 {
                    *sum = line;
                }
            }
        }
        all
    }

    /// One line of JSON with means over replications, events over all.
    pub fn print(replications: &[Court]) {
        let number = replications.len() as f64;
        let total = |value: fn(&Court) -> u64| replications.iter().map(value).sum::<u64>() as f64;
        let mean = |value: fn(&Court) -> f64| replications.iter().map(value).sum::<f64>() / number;
        let line = |at: usize| replications.iter().map(|court| court.lines[at].mean(HORIZON)).sum::<f64>() / number;
        println!(
            "{{\"workload\":\"court\",\"replications\":{number},\"events\":{},\"arrivals\":{},\"completed\":{},\"withdrawn\":{},\"mean_wait_c\":{},\"lq_a\":{},\"lq_b\":{},\"lq_c\":{},\"q_c_end\":{}}}",
            total(|court| court.events),
            total(|court| court.arrivals) / number,
            total(|court| court.completed) / number,
            total(|court| court.withdrawn) / number,
            mean(|court| court.wait) * number / total(|court| court.starts),
            line(0),
            line(1),
            line(2),
            mean(|court| court.lines[2].number as f64),
        );
    }
}
