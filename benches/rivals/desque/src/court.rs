//! W2: the court. desque cannot take an event back, so the timer of a case that has left its line finds
//! that out when it fires. With lazy withdrawal there are no timers.

use crate::Time;
use desque::SimState;
use desque::serial::{OkEvent, Simulation};
use std::collections::VecDeque;
use workload::{Court, Draws, HORIZON, PATIENCE, SERVICE, Size};

type Sim = Simulation<State, Time>;

/// A case that waits for a merits hearing.
#[derive(Clone, Copy)]
struct Pending {
    number: usize,
    entry: f64,
    deadline: f64,
}

struct State {
    draws: Draws,
    size: Size,
    lazy: bool,
    over: bool,
    free: [usize; 3],
    /// Cases at A and B: whether they are detained.
    waiting: [VecDeque<bool>; 2],
    /// Cases at C, detained first.
    pending: [VecDeque<Pending>; 2],
    /// By number of a case at C: whether it still waits. Kept for timers only.
    waits: Vec<bool>,
    tally: Court,
}

impl SimState<Time> for State {
    fn is_complete(&self, _: &Time) -> bool {
        self.over
    }
}

impl State {
    /// The next case at C that has not been withdrawn.
    fn next_pending(&mut self, now: f64) -> Option<Pending> {
        for class in 0..2 {
            while let Some(case) = self.pending[class].pop_front() {
                if self.lazy && case.deadline < now {
                    self.withdraw(case.deadline);
                } else if self.lazy || std::mem::take(&mut self.waits[case.number]) {
                    return Some(case);
                }
            }
        }
        None
    }

    /// A case leaves the line at C unheard. A lazy withdrawal is booked late, at its own time: the
    /// integral of the line is linear, so the order does not matter.
    fn withdraw(&mut self, at: f64) {
        self.tally.events += 1;
        self.tally.withdrawn += 1;
        self.tally.lines[2].leave(at);
    }
}

#[derive(Debug)]
struct Arrival;

#[derive(Debug)]
struct Served {
    station: usize,
    detained: bool,
}

#[derive(Debug)]
struct Return {
    detained: bool,
}

#[derive(Debug)]
struct Decided;

#[derive(Debug)]
struct Withdrawal {
    number: usize,
}

#[derive(Debug)]
struct End;

impl OkEvent<State, Time> for Arrival {
    fn execute(&mut self, sim: &mut Sim) {
        let state = sim.state_mut();
        state.tally.events += 1;
        state.tally.arrivals += 1;
        let detained = state.draws.detained();
        join(sim, 0, detained);
        next_arrival(sim);
    }
}

impl OkEvent<State, Time> for Served {
    fn execute(&mut self, sim: &mut Sim) {
        let now = sim.current_time().0;
        let state = sim.state_mut();
        state.tally.events += 1;
        match state.waiting[self.station].pop_front() {
            Some(detained) => {
                state.tally.lines[self.station].leave(now);
                serve(sim, self.station, detained);
            }
            None => state.free[self.station] += 1,
        }
        if self.station == 0 {
            join(sim, 1, self.detained);
        } else if let Some(delay) = sim.state_mut().draws.continuance() {
            schedule(sim, Return { detained: self.detained }, now + delay);
        } else {
            file(sim, self.detained);
        }
    }
}

impl OkEvent<State, Time> for Return {
    fn execute(&mut self, sim: &mut Sim) {
        sim.state_mut().tally.events += 1;
        join(sim, 1, self.detained);
    }
}

impl OkEvent<State, Time> for Decided {
    fn execute(&mut self, sim: &mut Sim) {
        let now = sim.current_time().0;
        let state = sim.state_mut();
        state.tally.events += 1;
        state.tally.completed += 1;
        match state.next_pending(now) {
            Some(case) => {
                state.tally.lines[2].leave(now);
                hear(sim, case.entry);
            }
            None => state.free[2] += 1,
        }
    }
}

impl OkEvent<State, Time> for Withdrawal {
    fn execute(&mut self, sim: &mut Sim) {
        let now = sim.current_time().0;
        let state = sim.state_mut();
        if std::mem::take(&mut state.waits[self.number]) {
            state.withdraw(now);
        }
    }
}

impl OkEvent<State, Time> for End {
    fn execute(&mut self, sim: &mut Sim) {
        let state = sim.state_mut();
        state.over = true;
        if state.lazy {
            for case in state.pending.iter_mut().flat_map(std::mem::take).collect::<Vec<_>>() {
                if case.deadline <= HORIZON {
                    state.withdraw(case.deadline);
                }
            }
        }
    }
}

fn schedule(sim: &mut Sim, event: impl OkEvent<State, Time> + 'static, at: f64) {
    sim.schedule(event, Time(at)).expect("events lie ahead");
}

fn next_arrival(sim: &mut Sim) {
    let state = sim.state_mut();
    let gap = state.draws.exponential(state.size.gap);
    let at = sim.current_time().0 + gap;
    schedule(sim, Arrival, at);
}

/// A case comes to A or B.
fn join(sim: &mut Sim, station: usize, detained: bool) {
    let now = sim.current_time().0;
    let state = sim.state_mut();
    if state.free[station] > 0 {
        state.free[station] -= 1;
        serve(sim, station, detained);
    } else {
        state.tally.lines[station].enter(now);
        state.waiting[station].push_back(detained);
    }
}

/// A service starts at A or B.
fn serve(sim: &mut Sim, station: usize, detained: bool) {
    let state = sim.state_mut();
    state.tally.events += 1;
    let service = state.draws.exponential(SERVICE[station]);
    let at = sim.current_time().0 + service;
    schedule(sim, Served { station, detained }, at);
}

/// A case comes to C.
fn file(sim: &mut Sim, detained: bool) {
    let entry = sim.current_time().0;
    let state = sim.state_mut();
    if state.free[2] > 0 {
        state.free[2] -= 1;
        hear(sim, entry);
        return;
    }
    state.tally.lines[2].enter(entry);
    let deadline = entry + state.draws.exponential(PATIENCE);
    let number = state.waits.len();
    state.pending[usize::from(!detained)].push_back(Pending { number, entry, deadline });
    if !state.lazy {
        state.waits.push(true);
        schedule(sim, Withdrawal { number }, deadline);
    }
}

/// A merits hearing starts.
fn hear(sim: &mut Sim, entry: f64) {
    let now = sim.current_time().0;
    let state = sim.state_mut();
    state.tally.events += 1;
    state.tally.starts += 1;
    state.tally.wait += now - entry;
    let service = state.draws.merits();
    schedule(sim, Decided, now + service);
}

pub(crate) fn run(scale: f64, seed: u64, lazy: bool) -> Court {
    let size = Size::new(scale);
    let state = State {
        draws: Draws::new(seed, 0),
        size,
        lazy,
        over: false,
        free: size.servers,
        waiting: Default::default(),
        pending: Default::default(),
        waits: Vec::new(),
        tally: Court::default(),
    };
    let mut sim = Simulation::new(state, Time(0.0));
    for _ in 0..size.backlog {
        let detained = sim.state_mut().draws.detained();
        file(&mut sim, detained);
    }
    next_arrival(&mut sim);
    schedule(&mut sim, End, HORIZON);
    sim.run().expect("the run ends");
    sim.state().tally
}
