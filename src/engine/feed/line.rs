//! A waiting line, oldest first, that takes no more room than those who wait in it.

use super::super::case_table::Case;
use std::collections::VecDeque;

/// Cases in one piece of the line.
const PIECE: usize = 512;

/// Cases in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Line {
    pieces: VecDeque<Vec<Case>>,
    /// Cases already gone from the first piece.
    gone: usize,
    spare: Option<Vec<Case>>,
    waiting: usize,
}

impl Line {
    /// How many wait.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.waiting
    }

    #[inline]
    pub(super) fn push(&mut self, case: Case) {
        self.waiting += 1;
        match self.pieces.back_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(case),
            _ => self.begin_piece(case),
        }
    }

    #[cold]
    fn begin_piece(&mut self, case: Case) {
        let mut piece = self.spare.take().unwrap_or_else(|| Vec::with_capacity(PIECE));
        piece.push(case);
        self.pieces.push_back(piece);
    }

    /// The one that has waited longest.
    #[inline]
    pub(super) fn pull(&mut self) -> Option<Case> {
        let case = *self.pieces.front()?.get(self.gone)?;
        self.gone += 1;
        self.waiting -= 1;
        if self.gone == PIECE || self.waiting == 0 {
            self.end_piece();
        }
        Some(case)
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

    #[test]
    fn the_first_to_come_is_the_first_to_go() {
        let mut line = Line::default();
        let (mut come, mut gone) = (0, 0);
        for round in 0..40 {
            for _ in 0..97 + round {
                line.push(Case::new(SimTime::START, 0, come));
                come += 1;
            }
            for _ in 0..97 {
                assert_eq!(line.pull().map(|case| case.entity()), Some(gone));
                gone += 1;
            }
            assert_eq!(line.len() as u64, come - gone);
        }
        while let Some(case) = line.pull() {
            assert_eq!(case.entity(), gone);
            gone += 1;
        }
        assert_eq!(gone, come);
    }
}
