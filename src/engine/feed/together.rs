//! A station without levels while it is worked through: many cases at a time where everything about them is known when
//! they come, else one after the other.

use super::super::event_list::{Entry, instant, key};
use super::super::occurrence::Observer;
use super::super::visit::BLOCK;
use super::Floor;
use super::centre::{Centre, Services};
use super::line::Waiting;
use super::onward::NOBODY;
use super::servers::{Comers, Served};
use super::ways::Ways;
use crate::network::{Route, Target};
use crate::units::{SimTime, Span};

impl<'n> Centre<'n> {
    /// All who come up to and with `limit`.
    pub(super) fn work_in_turn<O: Observer>(&mut self, limit: SimTime, floor: &mut Floor<'_, 'n, O>) {
        loop {
            let key = self.next_key(limit, floor);
            if key == i64::MAX {
                return;
            }
            if !self.serve_together(floor) {
                let (who, luck) = self.inputs.take();
                let joined = instant(key);
                self.come(&Waiting { who, joined }, 2 * joined.seconds(), &luck, floor);
            }
        }
    }

    /// Serve those taken up as far as nothing comes between them; whether there is at least one.
    ///
    /// What comes between them is a change of the number of servers, or somebody who comes again before the next.
    fn serve_together<O: Observer>(&mut self, floor: &mut Floor<'_, 'n, O>) -> bool {
        let Some(ways) = &mut self.ways else { return false };
        let Services::OneLaw(services) = &mut self.services else { return false };
        if self.withdraws {
            return false;
        }
        let (lasts, keys, visits) = (services.ready(), self.inputs.keys(), &mut self.untold.visits);
        let most = keys.len().min(lasts.len()).min(visits.room());
        if ways.are_drawn() {
            let (words, exponentials) = self.inputs.luck();
            ways.choose(&words[..most], &exponentials[..most]);
        }
        let (at, until) = visits.next_times(most);
        let come = Comers { keys: &keys[..most], lasts, back: ways.back(most), rank: self.rank };
        // Who would begin after the horizon is not served at all.
        let stop = self.next_change.min(2 * floor.world.network.horizon.seconds() + 1);
        let count = self.servers.serve(&come, stop, &mut Served { at, until, seats: &mut self.seats });
        if count == 0 {
            return false;
        }
        let latest = until[..count].iter().fold(SimTime::START, |latest, &until| latest.max(until));
        services.pass(count);
        if latest > floor.world.network.horizon {
            self.end_together(count, floor);
        } else {
            self.send_together(count, floor);
        }
        true
    }

    /// The next `count` of those taken up have been served and go on.
    fn send_together<O: Observer>(&mut self, count: usize, floor: &mut Floor<'_, 'n, O>) {
        let visits = &mut self.untold.visits;
        let from = visits.len();
        let (cases, first) = self.inputs.cases();
        visits.add(cases, first, self.inputs.keys()[..count].iter().map(|&key| instant(key)));
        self.inputs.pass(count);
        let Some(ways) = self.ways.take() else { return };
        match ways.all() {
            [Route { target: Target::Exit(exit), delay: None, .. }] => visits.leave_all(from, *exit),
            all => {
                let mine = self.hand_on(&ways, from, floor);
                let others = |(number, _): &(usize, _)| Some(*number) != mine;
                for (number, way) in all.iter().enumerate().filter(others) {
                    self.send_by(&ways, number, way.target, from, floor);
                }
            }
        }
        self.ways = Some(ways);
        if self.untold.visits.room() == 0 {
            self.tell(floor);
        }
    }

    /// Hand on those of the visits from `from` on who go the way that is handed on in order: which.
    #[inline]
    fn hand_on<O: Observer>(
        &mut self,
        ways: &Ways<'n>,
        from: usize,
        floor: &mut Floor<'_, 'n, O>,
    ) -> Option<usize> {
        let onward = self.onward.as_mut()?;
        let (rank, way, visits) = (self.rank, onward.way, &self.untold.visits);
        let come = (from..visits.len()).map(|place| {
            let (who, _, at) = visits.done(place);
            let key = if ways.takes(way, place - from) { key(at, rank) } else { NOBODY };
            Entry { key, what: who.on_visit(0) }
        });
        onward.hand_on(&self.seats[..visits.len() - from], come, floor.queue(onward));
        Some(way)
    }

    /// Those of the visits from `from` on who take the way `number` go to its target.
    #[inline]
    fn send_by<O: Observer>(
        &mut self,
        ways: &Ways<'n>,
        number: usize,
        target: Target,
        from: usize,
        floor: &mut Floor<'_, 'n, O>,
    ) {
        let mut chosen = [0; BLOCK];
        let taken = ways.chosen(number, self.untold.visits.len() - from, &mut chosen);
        for &place in &chosen[..taken] {
            let (place, delay) = (from + usize::from(place), ways.delay(usize::from(place)));
            let (who, joined, at) = self.untold.visits.done(place);
            let case = Waiting { who, joined };
            if delay > Span::ZERO {
                self.set_out(&case, target, at + delay, floor);
            } else if let Some(exit) = self.arrive(&case, target, at, self.rank, floor) {
                self.untold.visits.leave_by(place, exit);
            }
        }
    }

    /// The same where the horizon comes before the last of them is done.
    #[cold]
    fn end_together<O: Observer>(&mut self, count: usize, floor: &mut Floor<'_, 'n, O>) {
        let horizon = floor.world.network.horizon;
        let (at, until) = self.untold.visits.next_times(count);
        let times: Vec<_> = at.iter().copied().zip(until.iter().copied()).collect();
        for (place, (at, until)) in times.into_iter().enumerate() {
            if let Some(onward) = &mut self.onward {
                onward.take(self.seats[place] as usize, floor.queue(onward));
            }
            let joined = instant(self.inputs.keys()[0]);
            let (who, luck) = self.inputs.take();
            let case = Waiting { who, joined };
            if until > horizon {
                self.tell_unfinished(&case, at, until, floor);
            } else {
                self.finish_visit(&case, (at, until), &luck, floor);
            }
        }
    }
}
