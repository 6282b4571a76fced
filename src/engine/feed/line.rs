//! A waiting line, oldest first, that takes no more room than those who wait in it.

use super::super::visit::Traveller;
use crate::units::SimTime;
use std::collections::VecDeque;

/// Cases in one piece of the line.
const PIECE: usize = 512;
/// Cases whose deadlines are made together, those at the head of the line.
const JUDGED: usize = 32;

/// One who waits, since `joined`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    pub(super) who: Traveller,
    pub(super) joined: SimTime,
}

/// Cases in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Line {
    pieces: VecDeque<Vec<Waiting>>,
    /// Cases already gone from the first piece.
    gone: usize,
    spare: Option<Vec<Waiting>>,
    waiting: usize,
    /// When the patience of those at the head of the line ends, from `judged` on.
    deadlines: Vec<SimTime>,
    judged: usize,
}

impl Line {
    /// How many wait.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.waiting
    }

    #[inline]
    pub(super) fn push(&mut self, case: Waiting) {
        self.waiting += 1;
        match self.pieces.back_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(case),
            _ => self.begin_piece(case),
        }
    }

    #[cold]
    fn begin_piece(&mut self, case: Waiting) {
        let mut piece = self.spare.take().unwrap_or_else(|| Vec::with_capacity(PIECE));
        piece.push(case);
        self.pieces.push_back(piece);
    }

    /// The one that has waited longest, with the deadline that `judge` gives it.
    ///
    /// `judge` puts a deadline for each of the cases that it is shown into the list.
    #[inline]
    pub(super) fn pull(
        &mut self,
        judge: impl FnOnce(&[Waiting], &mut Vec<SimTime>),
    ) -> Option<(Waiting, SimTime)> {
        let head = self.pieces.front()?.get(self.gone..)?;
        let case = *head.first()?;
        if self.judged == self.deadlines.len() {
            self.deadlines.clear();
            self.judged = 0;
            judge(&head[..head.len().min(JUDGED)], &mut self.deadlines);
        }
        let deadline = self.deadlines[self.judged];
        self.judged += 1;
        self.gone += 1;
        self.waiting -= 1;
        if self.gone == PIECE || self.waiting == 0 {
            self.end_piece();
        }
        Some((case, deadline))
    }

    #[cold]
    fn end_piece(&mut self) {
        self.gone = 0;
        let mut piece = self.pieces.pop_front().expect("the piece that was read");
        piece.clear();
        self.spare = Some(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::SimTime;

    /// Everybody's deadline is the second that is the case's number.
    fn judge(cases: &[Waiting], deadlines: &mut Vec<SimTime>) {
        deadlines.extend(cases.iter().map(|case| SimTime::from_seconds(case.who.entity as i64)));
    }

    /// The number of the next in line.
    fn pull(line: &mut Line) -> Option<u64> {
        let (case, deadline) = line.pull(judge)?;
        assert_eq!(deadline.seconds() as u64, case.who.entity);
        Some(case.who.entity)
    }

    #[test]
    fn the_first_to_come_is_the_first_to_go() {
        let mut line = Line::default();
        let (mut come, mut gone) = (0, 0);
        for round in 0..40 {
            for _ in 0..97 + round {
                line.push(Waiting {
                    who: Traveller::new(SimTime::START, 0, come, 0),
                    joined: SimTime::START,
                });
                come += 1;
            }
            for _ in 0..97 {
                assert_eq!(pull(&mut line), Some(gone));
                gone += 1;
            }
            assert_eq!(line.len() as u64, come - gone);
        }
        while let Some(number) = pull(&mut line) {
            assert_eq!(number, gone);
            gone += 1;
        }
        assert_eq!(gone, come);
    }
}
