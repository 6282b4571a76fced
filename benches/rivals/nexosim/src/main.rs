//! The workloads on NeXosim: one model for each, whose scheduled events are what happens to a case.
//!
//! A model for each station would need a message for every transfer; one model for all is the cheaper way. A simulated second
//! stands for a day. NeXosim has no lines and no servers: they are plain Rust here. One thread for a simulation.

use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::{EventSinkReader, Output, SinkState, event_slot};
use nexosim::simulation::{EventKey, Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::time::Duration;
use workload::{CUSTOMERS_PER_DAY, Court, DESK_SERVICE, DESKS, Draws, HORIZON, PATIENCE, Queue, Rival, SERVICE, Size};

/// Days as simulated seconds; an event must lie in the future.
fn span(days: f64) -> Duration {
    Duration::from_secs_f64(days).max(Duration::from_nanos(1))
}

fn day(time: MonotonicTime) -> f64 {
    time.duration_since(MonotonicTime::EPOCH).as_secs_f64()
}

#[derive(Serialize, Deserialize)]
struct Desk {
    draws: Draws,
    to_come: u64,
    free: usize,
    waiting: VecDeque<f64>,
    tally: Queue,
    report: Output<Queue>,
}

#[Model]
impl Desk {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        self.expect(cx);
    }

    fn expect(&mut self, cx: &Context<Self>) {
        if self.to_come > 0 {
            self.to_come -= 1;
            let gap = self.draws.exponential(1.0 / CUSTOMERS_PER_DAY);
            cx.schedule_event(span(gap), schedulable!(Self::arrive), ()).expect("a later time");
        }
    }

    fn start(&mut self, came: f64, now: f64, cx: &Context<Self>) {
        self.tally.starts += 1;
        self.tally.wait += now - came;
        let service = self.draws.exponential(DESK_SERVICE);
        cx.schedule_event(span(service), schedulable!(Self::leave), ()).expect("a later time");
    }

    #[nexosim(schedulable)]
    fn arrive(&mut self, _: (), cx: &Context<Self>) {
        let now = day(cx.time());
        self.tally.arrivals += 1;
        if self.free > 0 {
            self.free -= 1;
            self.start(now, now, cx);
        } else {
            self.waiting.push_back(now);
            self.tally.line.enter(now);
        }
        self.expect(cx);
    }

    #[nexosim(schedulable)]
    async fn leave(&mut self, _: (), cx: &Context<Self>) {
        let now = day(cx.time());
        self.tally.ends += 1;
        self.tally.end = now;
        match self.waiting.pop_front() {
            Some(came) => {
                self.tally.line.leave(now);
                self.start(came, now, cx);
            }
            None => self.free += 1,
        }
        if self.to_come == 0 && self.free == DESKS {
            self.report.send(self.tally).await;
        }
    }
}

fn mmc(customers: u64, seed: u64) -> Queue {
    let mut desk = Desk {
        draws: Draws::new(seed, 0),
        to_come: customers,
        free: DESKS,
        waiting: VecDeque::new(),
        tally: Queue::default(),
        report: Output::default(),
    };
    let mailbox = Mailbox::new();
    let (sink, mut reports) = event_slot(SinkState::Enabled);
    desk.report.connect_sink(sink);
    let mut simulation = SimInit::with_num_threads(1)
        .add_model(desk, mailbox, "desk")
        .init(MonotonicTime::EPOCH)
        .expect("a sound bench");
    simulation.run().expect("a run");
    reports.try_read().expect("a report")
}

/// Somebody who waits at C.
#[derive(Serialize, Deserialize)]
struct Waiting {
    number: usize,
    came: f64,
    timer: EventKey,
}

#[derive(Serialize, Deserialize)]
struct Office {
    draws: Draws,
    size: (f64, usize),
    free: [usize; 3],
    lines: [VecDeque<bool>; 2],
    merits: [VecDeque<Waiting>; 2],
    /// Whether each that has waited at C has withdrawn.
    gone: Vec<bool>,
    tally: Court,
    report: Output<Court>,
}

#[Model]
impl Office {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        for _ in 0..self.size.1 {
            let detained = self.draws.detained();
            self.come_to_merits(detained, 0.0, cx);
        }
        self.expect(cx);
        cx.schedule_event(span(HORIZON), schedulable!(Self::close), ()).expect("a later time");
    }

    fn expect(&mut self, cx: &Context<Self>) {
        let gap = self.draws.exponential(self.size.0);
        cx.schedule_event(span(gap), schedulable!(Self::arrive), ()).expect("a later time");
    }

    fn start(&mut self, station: usize, detained: bool, cx: &Context<Self>) {
        self.tally.events += 1;
        let service = self.draws.exponential(SERVICE[station]);
        cx.schedule_event(span(service), schedulable!(Self::end), (station, detained)).expect("a later time");
    }

    fn come(&mut self, station: usize, detained: bool, now: f64, cx: &Context<Self>) {
        if self.free[station] > 0 {
            self.free[station] -= 1;
            self.start(station, detained, cx);
        } else {
            self.lines[station].push_back(detained);
            self.tally.lines[station].enter(now);
        }
    }

    fn start_merits(&mut self, came: f64, now: f64, cx: &Context<Self>) {
        self.tally.events += 1;
        self.tally.starts += 1;
        self.tally.wait += now - came;
        let service = self.draws.merits();
        cx.schedule_event(span(service), schedulable!(Self::end_merits), ()).expect("a later time");
    }

    fn come_to_merits(&mut self, detained: bool, now: f64, cx: &Context<Self>) {
        if self.free[2] > 0 {
            self.free[2] -= 1;
            return self.start_merits(now, now, cx);
        }
        let number = self.gone.len();
        self.gone.push(false);
        let patience = self.draws.exponential(PATIENCE);
        let timer =
            cx.schedule_keyed_event(span(patience), schedulable!(Self::withdraw), number).expect("a later time");
        self.merits[usize::from(!detained)].push_back(Waiting { number, came: now, timer });
        self.tally.lines[2].enter(now);
    }

    #[nexosim(schedulable)]
    fn arrive(&mut self, _: (), cx: &Context<Self>) {
        let now = day(cx.time());
        self.tally.events += 1;
        self.tally.arrivals += 1;
        let detained = self.draws.detained();
        self.come(0, detained, now, cx);
        self.expect(cx);
    }

    #[nexosim(schedulable)]
    fn end(&mut self, (station, detained): (usize, bool), cx: &Context<Self>) {
        let now = day(cx.time());
        self.tally.events += 1;
        match self.lines[station].pop_front() {
            Some(next) => {
                self.tally.lines[station].leave(now);
                self.start(station, next, cx);
            }
            None => self.free[station] += 1,
        }
        if station == 0 {
            return self.come(1, detained, now, cx);
        }
        match self.draws.continuance() {
            Some(delay) => {
                cx.schedule_event(span(delay), schedulable!(Self::come_back), detained).expect("a later time");
            }
            None => self.come_to_merits(detained, now, cx),
        }
    }

    #[nexosim(schedulable)]
    fn come_back(&mut self, detained: bool, cx: &Context<Self>) {
        self.tally.events += 1;
        self.come(1, detained, day(cx.time()), cx);
    }

    #[nexosim(schedulable)]
    fn end_merits(&mut self, _: (), cx: &Context<Self>) {
        let now = day(cx.time());
        self.tally.events += 1;
        self.tally.completed += 1;
        for level in 0..2 {
            while let Some(next) = self.merits[level].pop_front() {
                if !self.gone[next.number] {
                    next.timer.cancel();
                    self.tally.lines[2].leave(now);
                    return self.start_merits(next.came, now, cx);
                }
            }
        }
        self.free[2] += 1;
    }

    #[nexosim(schedulable)]
    fn withdraw(&mut self, number: usize, cx: &Context<Self>) {
        self.gone[number] = true;
        self.tally.events += 1;
        self.tally.withdrawn += 1;
        self.tally.lines[2].leave(day(cx.time()));
    }

    #[nexosim(schedulable)]
    async fn close(&mut self) {
        self.report.send(self.tally).await;
    }
}

fn court(scale: f64, seed: u64) -> Court {
    let size = Size::new(scale);
    let mut office = Office {
        draws: Draws::new(seed, 0),
        size: (size.gap, size.backlog),
        free: size.servers,
        lines: Default::default(),
        merits: Default::default(),
        gone: Vec::new(),
        tally: Court::default(),
        report: Output::default(),
    };
    let mailbox = Mailbox::new();
    let (sink, mut reports) = event_slot(SinkState::Enabled);
    office.report.connect_sink(sink);
    let mut simulation = SimInit::with_num_threads(1)
        .add_model(office, mailbox, "office")
        .init(MonotonicTime::EPOCH)
        .expect("a sound bench");
    simulation.step_until(span(HORIZON)).expect("a run");
    reports.try_read().expect("a report")
}

fn main() {
    workload::main(&Rival { mmc, court, lazy: None, replicate: workload::on_all_cores });
}
