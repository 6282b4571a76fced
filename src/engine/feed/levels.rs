//! A station with levels of priority while it is worked through.

use super::super::event_list::instant;
use super::super::occurrence::Observer;
use super::Floor;
use super::centre::Centre;
use super::line::Waiting;
use super::luck::deadlines;
use super::servers::{Half, NEVER, second};
use crate::units::SimTime;

impl<'n> Centre<'n> {
    /// Changes, comings and beginnings in order of time, up to and with `limit`.
    pub(super) fn work_lines<O: Observer>(&mut self, limit: SimTime, floor: &mut Floor<'_, 'n, O>) {
        let end = 2 * limit.seconds();
        loop {
            let key = self.next_key(limit, floor);
            let comes: Half = if key == i64::MAX { NEVER } else { 2 * instant(key).seconds() };
            let free = self.servers.earliest();
            let begins = if self.waiting > 0 { free } else { NEVER };
            let next = comes.min(begins);
            if self.next_change <= next.min(end) {
                self.change(floor);
            } else if next > end {
                return;
            } else if begins < comes {
                self.call(second(begins), floor);
            } else if self.waiting == 0 && free < comes {
                let (who, _) = self.inputs.take();
                let luck = self.luck(&who, floor);
                self.start(&Waiting { who, joined: instant(key) }, instant(key), &luck, floor);
            } else {
                self.line_up_until(free.min(self.next_change - 1));
            }
        }
    }

    /// All taken up who come until `half`, when the next server is free, take their places.
    #[inline]
    fn line_up_until(&mut self, half: Half) {
        let keys = self.inputs.keys();
        let count = keys.iter().take_while(|&&key| 2 * instant(key).seconds() <= half).count();
        for place in 0..count {
            let (key, who) = self.inputs.coming(place);
            self.line_up(Waiting { who, joined: instant(key) });
        }
        self.inputs.pass(count);
    }

    /// A case takes the last place at its level.
    #[inline]
    pub(super) fn line_up(&mut self, case: Waiting) {
        let level = self.stage.priority.values()[0][usize::from(case.who.class())];
        self.lines[usize::from(level)].push(case);
        self.waiting += 1;
    }

    /// A server is free at `at` and calls the first of the first level.
    #[inline]
    fn call<O: Observer>(&mut self, at: SimTime, floor: &mut Floor<'_, 'n, O>) {
        let Some((case, deadline)) = self.pull(floor) else { return };
        self.waiting -= 1;
        if deadline <= at {
            self.withdraw(&case, deadline, floor);
        } else {
            let luck = self.luck(&case.who, floor);
            self.start(&case, at, &luck, floor);
        }
    }

    /// The first of the first level, and when its patience ends.
    #[inline]
    fn pull<O>(&mut self, floor: &Floor<'_, 'n, O>) -> Option<(Waiting, SimTime)> {
        let line = self.lines.iter_mut().find(|line| line.len() > 0)?;
        let (stage, withdraws, world) = (self.stage, self.withdraws, &floor.world);
        line.pull(|cases, ends| {
            if withdraws {
                deadlines(stage, cases, world, ends);
            } else {
                ends.resize(cases.len(), SimTime::NEVER);
            }
        })
    }

    /// The horizon is there: tell who still waits.
    pub(super) fn finish<O: Observer>(&mut self, floor: &mut Floor<'_, 'n, O>) {
        let horizon = floor.world.network.horizon;
        while let Some((case, deadline)) = self.pull(floor) {
            if deadline <= horizon {
                self.withdraw(&case, deadline, floor);
            } else {
                self.tell_waiting(&case, floor);
            }
        }
        self.tell(floor);
        self.close(floor);
    }
}
