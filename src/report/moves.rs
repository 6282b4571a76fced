//! Which ways cases went, gathered once over all futures: a comparison has tens of millions of moves.

use super::Variant;
use crate::experiment::{Detail, Move, Origin};
use crate::network::Target;

/// A way in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    /// Where cases came from.
    pub(super) from: Origin,
    /// Where they went.
    pub(super) to: Target,
    /// Number of the period.
    pub(super) period: u16,
}

impl Way {
    const fn of(one: &Move) -> Self {
        Self { from: one.from, to: one.to, period: one.period }
    }

    /// Ways in the order in which every future lists its moves.
    const fn key(self) -> (Origin, u8, u16, u16) {
        match self.to {
            Target::Station(station) => (self.from, 0, station, self.period),
            Target::Exit(exit) => (self.from, 1, exit, self.period),
        }
    }
}

fn details<'a>(view: &Variant<'a>) -> impl Iterator<Item = &'a Detail> {
    view.outcome.replications.iter().filter_map(|one| one.detail.as_deref())
}

/// All ways that somebody went in any future, in order.
pub(super) fn ways(view: &Variant) -> Vec<Way> {
    let mut all: Vec<Way> = Vec::new();
    for detail in details(view) {
        let mut place = 0;
        for way in detail.moves.iter().map(Way::of) {
            place = advance(&all, place, way);
            if all.get(place) != Some(&way) {
                all.insert(place, way);
            }
        }
    }
    all
}

/// The first place from `place` on whose way is not before `way`: both lists are in order, so that a future is one walk.
fn advance(all: &[Way], mut place: usize, way: Way) -> usize {
    while all.get(place).is_some_and(|known| known.key() < way.key()) {
        place += 1;
    }
    place
}

/// Cases of each of so many groups of ways, in every future; a way may belong to two groups.
pub(super) fn grouped(
    view: &Variant,
    groups: usize,
    of: impl Fn(&Way) -> [Option<usize>; 2],
) -> Vec<Vec<f64>> {
    let all = ways(view);
    let group: Vec<[Option<usize>; 2]> = all.iter().map(of).collect();
    let mut sums = vec![Vec::new(); groups];
    for detail in details(view) {
        for row in &mut sums {
            row.push(0.0);
        }
        let mut place = 0;
        for one in &detail.moves {
            place = advance(&all, place, Way::of(one));
            for &group in group[place].iter().flatten() {
                if let Some(last) = sums[group].last_mut() {
                    *last += f64::from(one.cases);
                }
            }
        }
    }
    sums
}

/// Mean cases and persons on each way, in the order of [`ways`].
pub(super) fn means(view: &Variant) -> Vec<(Way, f64, f64)> {
    let mut sums: Vec<(Way, f64, f64)> = ways(view).into_iter().map(|way| (way, 0.0, 0.0)).collect();
    let mut futures: f64 = 0.0;
    for detail in details(view) {
        futures += 1.0;
        let mut place = 0;
        for one in &detail.moves {
            while sums[place].0.key() < Way::of(one).key() {
                place += 1;
            }
            sums[place].1 += f64::from(one.cases);
            sums[place].2 += f64::from(one.persons);
        }
    }
    sums.into_iter().map(|(way, cases, persons)| (way, cases / futures, persons / futures)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::experiment::Leaving;

    fn one(from: Origin, to: Target, period: u16, cases: u32) -> Move {
        Move { from, to, period, cases, persons: 2 * cases }
    }

    #[test]
    fn moves_are_gathered_way_by_way() {
        let (served, desk, out) = (Origin::Station(0, Leaving::Served), Target::Station(0), Target::Exit(0));
        let futures = [
            vec![one(Origin::Stream(0), desk, 0, 10), one(served, out, 0, 6), one(served, out, 1, 3)],
            vec![one(Origin::Stream(0), desk, 1, 4), one(Origin::Return(0), desk, 0, 1)],
            vec![one(served, desk, 0, 5)],
        ];
        let mut now = sample::baseline();
        for (replication, moves) in now.outcome.replications.iter_mut().zip(futures) {
            replication.detail = Some(Box::new(Detail { moves, ..Detail::default() }));
        }
        let view = now.variant("now");
        let found = means(&view);
        let keys: Vec<_> = found.iter().map(|(way, ..)| way.key()).collect();
        assert!(keys.is_sorted() && keys.len() == 6, "{keys:?}");
        assert_eq!((found[0].1, found[0].2), (10.0 / 3.0, 20.0 / 3.0));
        // To the desk, and served at it: the way from the desk to itself is both.
        let group = |way: &Way| {
            [(way.to == desk).then_some(0), matches!(way.from, Origin::Station(0, _)).then_some(1)]
        };
        assert_eq!(grouped(&view, 2, group), [[10.0, 5.0, 5.0], [9.0, 0.0, 5.0]]);
    }
}
