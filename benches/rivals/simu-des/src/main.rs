//! The workloads on simu-des: a process for each case, its resources for stations.

use simu::{EnvHandle, PriorityResource, Resource, SimEnv, any_of, monte_carlo};
use std::cell::RefCell;
use std::rc::Rc;
use workload::{
    CUSTOMERS_PER_DAY, Court, DESK_SERVICE, DESKS, Draws, HORIZON, PATIENCE, Queue, Rival, SERVICE, Size,
};

struct Desk {
    env: EnvHandle,
    servers: Resource,
    draws: RefCell<Draws>,
    tally: RefCell<Queue>,
}

async fn customer(desk: Rc<Desk>) {
    let came = desk.env.now();
    {
        let mut tally = desk.tally.borrow_mut();
        tally.arrivals += 1;
        tally.line.enter(came);
    }
    let _server = desk.servers.request().await;
    let now = desk.env.now();
    {
        let mut tally = desk.tally.borrow_mut();
        tally.line.leave(now);
        tally.starts += 1;
        tally.wait += now - came;
    }
    let service = desk.draws.borrow_mut().exponential(DESK_SERVICE);
    desk.env.timeout(service).await;
    let mut tally = desk.tally.borrow_mut();
    tally.ends += 1;
    tally.end = desk.env.now();
}

fn mmc(customers: u64, seed: u64) -> Queue {
    let mut env = SimEnv::with_seed(seed);
    let desk = Rc::new(Desk {
        env: env.handle(),
        servers: Resource::new(DESKS),
        draws: RefCell::new(Draws::new(seed, 0)),
        tally: RefCell::default(),
    });
    let source = Rc::clone(&desk);
    env.spawn(async move {
        for _ in 0..customers {
            let gap = source.draws.borrow_mut().exponential(1.0 / CUSTOMERS_PER_DAY);
            source.env.timeout(gap).await;
            source.env.spawn(customer(Rc::clone(&source)));
        }
    });
    env.run();
    desk.tally.take()
}

struct State {
    env: EnvHandle,
    stations: [Resource; 2],
    judges: PriorityResource,
    draws: RefCell<Draws>,
    tally: RefCell<Court>,
}

impl State {
    fn count(&self) {
        self.tally.borrow_mut().events += 1;
    }

    /// A service at A or B, with the wait before it.
    async fn visit(&self, station: usize) {
        self.tally.borrow_mut().lines[station].enter(self.env.now());
        let _server = self.stations[station].request().await;
        self.tally.borrow_mut().lines[station].leave(self.env.now());
        self.count();
        let service = self.draws.borrow_mut().exponential(SERVICE[station]);
        self.env.timeout(service).await;
        self.count();
    }
}

/// The wait at C, raced against the patience of the case, and the merits hearing.
async fn merits(state: Rc<State>, detained: bool) {
    let came = state.env.now();
    state.tally.borrow_mut().lines[2].enter(came);
    let patience = state.draws.borrow_mut().exponential(PATIENCE);
    let held = Rc::new(RefCell::new(None));
    let slot = Rc::clone(&held);
    let request = state.judges.request(u32::from(!detained));
    any_of![async move { *slot.borrow_mut() = Some(request.await) }, state.env.timeout(patience)].await;
    let now = state.env.now();
    let judge = held.take();
    {
        let mut tally = state.tally.borrow_mut();
        tally.events += 1;
        tally.lines[2].leave(now);
        if judge.is_none() {
            tally.withdrawn += 1;
            return;
        }
        tally.starts += 1;
        tally.wait += now - came;
    }
    let service = state.draws.borrow_mut().merits();
    state.env.timeout(service).await;
    state.count();
    state.tally.borrow_mut().completed += 1;
}

async fn case(state: Rc<State>, detained: bool) {
    {
        let mut tally = state.tally.borrow_mut();
        tally.events += 1;
        tally.arrivals += 1;
    }
    state.visit(0).await;
    loop {
        state.visit(1).await;
        let delay = state.draws.borrow_mut().continuance();
        let Some(delay) = delay else { break };
        state.env.timeout(delay).await;
        state.count();
    }
    merits(state, detained).await;
}

fn court(scale: f64, seed: u64) -> Court {
    let size = Size::new(scale);
    let mut env = SimEnv::with_seed(seed);
    let state = Rc::new(State {
        env: env.handle(),
        stations: [Resource::new(size.servers[0]), Resource::new(size.servers[1])],
        judges: PriorityResource::new(size.servers[2]),
        draws: RefCell::new(Draws::new(seed, 0)),
        tally: RefCell::default(),
    });
    for _ in 0..size.backlog {
        let detained = state.draws.borrow_mut().detained();
        env.spawn(merits(Rc::clone(&state), detained));
    }
    let source = Rc::clone(&state);
    env.spawn(async move {
        loop {
            let gap = source.draws.borrow_mut().exponential(size.gap);
            source.env.timeout(gap).await;
            let detained = source.draws.borrow_mut().detained();
            source.env.spawn(case(Rc::clone(&source), detained));
        }
    });
    env.run_until(HORIZON);
    *state.tally.borrow()
}

fn main() {
    workload::main(&Rival {
        mmc,
        court,
        lazy: None,
        replicate: |court, seeds| monte_carlo::run(seeds, |seed| court(0.01, seed)),
    });
}
