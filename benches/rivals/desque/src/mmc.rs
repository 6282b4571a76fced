//! W1: arrivals and departures.

use crate::Time;
use desque::SimState;
use desque::serial::{OkEvent, Simulation};
use std::collections::VecDeque;
use workload::{CUSTOMERS_PER_DAY, DESK_SERVICE, DESKS, Draws, Queue};

type Sim = Simulation<Desk, Time>;

struct Desk {
    draws: Draws,
    free: usize,
    waiting: VecDeque<f64>,
    to_come: u64,
    tally: Queue,
}

impl SimState<Time> for Desk {}

#[derive(Debug)]
struct Arrival;

#[derive(Debug)]
struct Departure;

impl OkEvent<Desk, Time> for Arrival {
    fn execute(&mut self, sim: &mut Sim) {
        let now = sim.current_time().0;
        let desk = sim.state_mut();
        desk.tally.arrivals += 1;
        desk.to_come -= 1;
        let free = desk.free > 0;
        if free {
            desk.free -= 1;
        } else {
            desk.tally.line.enter(now);
            desk.waiting.push_back(now);
        }
        if free {
            serve(sim, now);
        }
        next_arrival(sim);
    }
}

impl OkEvent<Desk, Time> for Departure {
    fn execute(&mut self, sim: &mut Sim) {
        let now = sim.current_time().0;
        let desk = sim.state_mut();
        desk.tally.ends += 1;
        desk.tally.end = now;
        match desk.waiting.pop_front() {
            Some(arrival) => {
                desk.tally.line.leave(now);
                serve(sim, arrival);
            }
            None => desk.free += 1,
        }
    }
}

fn serve(sim: &mut Sim, arrival: f64) {
    let now = sim.current_time().0;
    let desk = sim.state_mut();
    desk.tally.starts += 1;
    desk.tally.wait += now - arrival;
    let service = desk.draws.exponential(DESK_SERVICE);
    sim.schedule(Departure, Time(now + service)).expect("services end later");
}

fn next_arrival(sim: &mut Sim) {
    if sim.state().to_come > 0 {
        let gap = sim.state_mut().draws.exponential(1.0 / CUSTOMERS_PER_DAY);
        let at = Time(sim.current_time().0 + gap);
        sim.schedule(Arrival, at).expect("arrivals come later");
    }
}

pub(crate) fn run(customers: u64, seed: u64) -> Queue {
    let desk = Desk {
        draws: Draws::new(seed, 0),
        free: DESKS,
        waiting: VecDeque::new(),
        to_come: customers,
        tally: Queue::default(),
    };
    let mut sim = Simulation::new(desk, Time(0.0));
    next_arrival(&mut sim);
    sim.run().expect("the run ends");
    sim.state().tally
}
