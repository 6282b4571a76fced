//! Changes of the number of servers of a station while it is worked through.

use super::super::occurrence::{Observer, Occurrence};
use super::Floor;
use super::centre::Centre;
use super::servers::{Half, NEVER, before, second};
use crate::network::PoolIndex;
use crate::units::SimTime;

impl<'n> Centre<'n> {
    /// The number of servers changes.
    #[cold]
    pub(super) fn change<O: Observer>(&mut self, floor: &mut Floor<'_, 'n, O>) {
        self.let_on(i64::MAX, floor);
        let (at, by) = self.changes[self.changed];
        self.changed += 1;
        self.next_change = self.changes.get(self.changed).map_or(NEVER, |change| before(change.0));
        self.let_go(before(at), floor);
        for _ in 0..by.max(0) {
            self.add_server(at, floor);
        }
        for _ in 0..(-by).max(0) {
            self.leaving.push((self.servers.remove(), at));
        }
        self.leaving.sort_unstable();
        self.let_go(before(at), floor);
    }

    /// Those who were to leave and are free by `half` are gone.
    fn let_go<O: Observer>(&mut self, half: Half, floor: &mut Floor<'_, 'n, O>) {
        let gone = self.leaving.partition_point(|&(free, _)| free <= half);
        let horizon = floor.world.network.horizon;
        for (free, from) in self.leaving.drain(..gone) {
            book(self.pool, from, second(free).min(horizon), floor);
        }
    }

    /// One who was to leave and still works stays; else somebody new comes.
    fn add_server<O: Observer>(&mut self, at: SimTime, floor: &mut Floor<'_, 'n, O>) {
        match self.leaving.pop() {
            Some((free, from)) => {
                book(self.pool, from, at, floor);
                self.servers.add(free);
            }
            None => self.servers.add(before(at)),
        }
    }

    /// The horizon is there: the last changes take place, and whoever was too many until then is told.
    pub(super) fn close<O: Observer>(&mut self, floor: &mut Floor<'_, 'n, O>) {
        while self.next_change < NEVER {
            self.change(floor);
        }
        self.let_go(NEVER, floor);
    }
}

/// One server was too many from `from` to `until`.
fn book<O: Observer>(pool: Option<PoolIndex>, from: SimTime, until: SimTime, floor: &mut Floor<'_, '_, O>) {
    if let Some(pool) = pool
        && from < until
    {
        floor.observer.observe(Occurrence::Overhang { pool, servers: 1, from, until });
    }
}
