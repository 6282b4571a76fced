//! The servers of one pool and when each is next free.
//!
//! A tournament among them: the winner is the one free first, and it is found anew in as many steps as
//! the binary logarithm of their number, none of which waits for a guess about chance (Knuth,
//! TAOCP 3, §5.4.1, "trees of winners").

#![expect(
    clippy::inline_always,
    reason = "called at one place for every case: a sixth of the time of a short queue"
)]

use super::super::event_list::{Rank, instant, key};
use super::super::visit::BLOCK;
use crate::units::{SimTime, Span};

/// An instant in half seconds: whoever is free *at* a second t, after all that comes to it, is free at 2t;
/// who is free already before anything comes at it, at 2t − 1.
pub(super) type Half = i64;

/// Later than everything.
pub(super) const NEVER: Half = i64::MAX >> (LEAF_BITS + 2);

const LEAF_BITS: u32 = 20;
const LEAF: u64 = (1 << LEAF_BITS) - 1;
/// How long after its service a case comes again that does not: after thirty thousand years.
pub(super) const NEVER_BACK: Span = Span::new(1 << 40);
/// Added to instants, so that those before the start are not negative: an even number.
const OFFSET: Half = 8;
/// A half second in a node.
const HALF: u64 = 1 << LEAF_BITS;
/// The most servers there may be.
pub(super) const MOST_SERVERS: i64 = 1 << (LEAF_BITS - 1);

/// The servers of one pool.
#[derive(Debug)]
pub(super) struct Servers {
    /// The node n has the children 2n and 2n + 1; the upper half are the leaves. Instant, then leaf.
    nodes: Vec<u64>,
    winner: u64,
    /// Leaves without a server.
    vacant: Vec<u32>,
}

fn pack(free: Half, leaf: usize) -> u64 {
    ((free + OFFSET) as u64) << LEAF_BITS | leaf as u64
}

fn free_at(node: u64) -> Half {
    (node >> LEAF_BITS) as Half - OFFSET
}

/// Just before anything that happens at `time`.
pub(super) fn before(time: SimTime) -> Half {
    2 * time.seconds() - 1
}

/// The second in which a half second lies.
#[inline]
pub(super) fn second(half: Half) -> SimTime {
    SimTime::from_seconds((half + 1) >> 1)
}

impl Servers {
    /// No servers.
    pub(super) fn new() -> Self {
        let nobody = pack(NEVER, 0);
        Self { nodes: vec![nobody; 2], winner: nobody, vacant: vec![0] }
    }

    /// When the first of them is free; [`NEVER`] where there are none.
    #[inline]
    pub(super) fn earliest(&self) -> Half {
        free_at(self.winner)
    }

    /// The one that is free first works until `free`; its number.
    #[inline]
    pub(super) fn occupy(&mut self, free: Half) -> usize {
        let leaf = (self.winner & LEAF) as usize;
        self.set(leaf, free);
        leaf
    }

    #[inline]
    fn set(&mut self, leaf: usize, free: Half) {
        let new = pack(free, leaf);
        self.winner = match self.nodes.len() {
            2 => climb::<2>(&mut self.nodes, leaf, new),
            4 => climb::<4>(&mut self.nodes, leaf, new),
            8 => climb::<8>(&mut self.nodes, leaf, new),
            16 => climb::<16>(&mut self.nodes, leaf, new),
            512 => climb::<512>(&mut self.nodes, leaf, new),
            1024 => climb::<1024>(&mut self.nodes, leaf, new),
            _ => climb_far(&mut self.nodes, leaf, new),
        };
        self.nodes[1] = self.winner;
    }

    /// Serve those who come at `keys` one after the other, each for as long as `lasts` says, and write down when they
    /// begin and end; how many. `stop` ends it: before who would begin then or later.
    #[inline]
    pub(super) fn serve(&mut self, come: &Comers<'_>, stop: Half, served: &mut Served<'_>) -> usize {
        let (nodes, winner) = (&mut self.nodes, &mut self.winner);
        match nodes.len() {
            2 => serve::<2>(nodes, winner, come, stop, served),
            4 => serve::<4>(nodes, winner, come, stop, served),
            8 => serve::<8>(nodes, winner, come, stop, served),
            16 => serve::<16>(nodes, winner, come, stop, served),
            32 => serve::<32>(nodes, winner, come, stop, served),
            64 => serve::<64>(nodes, winner, come, stop, served),
            128 => serve::<128>(nodes, winner, come, stop, served),
            256 => serve::<256>(nodes, winner, come, stop, served),
            512 => serve::<512>(nodes, winner, come, stop, served),
            1024 => serve::<1024>(nodes, winner, come, stop, served),
            _ => serve::<0>(nodes, winner, come, stop, served),
        }
    }

    /// One more, free at `free`.
    pub(super) fn add(&mut self, free: Half) {
        if self.vacant.is_empty() {
            self.grow();
        }
        let leaf = self.vacant.pop().expect("a vacant leaf");
        self.set(leaf as usize, free);
    }

    /// The one that is free first goes; when it would have been free.
    pub(super) fn remove(&mut self) -> Half {
        let free = self.earliest();
        let leaf = self.winner & LEAF;
        self.set(leaf as usize, NEVER);
        self.vacant.push(leaf as u32);
        free
    }

    fn grow(&mut self) {
        let leaves = self.nodes.len() / 2;
        let old: Vec<u64> = self.nodes[leaves..].to_vec();
        self.nodes = vec![0; 4 * leaves];
        for leaf in 0..2 * leaves {
            self.nodes[2 * leaves + leaf] = old.get(leaf).copied().unwrap_or(pack(NEVER, leaf));
        }
        for node in (1..2 * leaves).rev() {
            self.nodes[node] = self.nodes[2 * node].min(self.nodes[2 * node + 1]);
        }
        self.winner = self.nodes[1];
        self.vacant.extend((leaves as u32..2 * leaves as u32).rev());
    }
}

/// Those who come to be served one after the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comers<'a> {
    /// When.
    pub(super) keys: &'a [i64],
    /// For how long each is served.
    pub(super) lasts: &'a [Span],
    /// How long after that each comes here again, [`NEVER_BACK`] where it does not. Empty where nobody does.
    pub(super) back: &'a [Span],
    /// The rank at which they come again.
    pub(super) rank: Rank,
}

/// Where it is written down when services begin and end.
#[derive(Debug)]
pub(super) struct Served<'a> {
    pub(super) at: &'a mut [SimTime],
    pub(super) until: &'a mut [SimTime],
    /// And by which server.
    pub(super) seats: &'a mut [u32; BLOCK],
}

/// [`Servers::serve`] on a tree of `NODES`; of any number where that is 0.
fn serve<const NODES: usize>(
    nodes: &mut [u64],
    first: &mut u64,
    come: &Comers<'_>,
    stop: Half,
    served: &mut Served<'_>,
) -> usize {
    if come.back.is_empty() {
        serve_all::<NODES, false>(nodes, first, come, stop, served)
    } else {
        serve_all::<NODES, true>(nodes, first, come, stop, served)
    }
}

#[inline(always)]
fn serve_all<const NODES: usize, const LOOPS: bool>(
    nodes: &mut [u64],
    first: &mut u64,
    come: &Comers<'_>,
    stop: Half,
    served: &mut Served<'_>,
) -> usize {
    /// No service counts for longer here than one that reaches beyond every horizon.
    const LONGEST: i64 = 1 << 39;
    let count = come.keys.len().min(BLOCK);
    let (keys, lasts) = (&come.keys[..count], &come.lasts[..count]);
    let back = if LOOPS { &come.back[..count] } else { come.back };
    let (at, until) = (&mut served.at[..count], &mut served.until[..count]);
    // All in the form of the tree, so that little lies between one winner and the next.
    let (mut comes, mut lengths) = ([0; BLOCK], [0; BLOCK]);
    for (comes, &key) in comes.iter_mut().zip(keys) {
        *comes = pack(2 * instant(key).seconds(), 0);
    }
    for (length, last) in lengths.iter_mut().zip(lasts) {
        *length = (last.seconds().min(LONGEST) as u64) << (LEAF_BITS + 1);
    }
    let stop = pack(stop, 0);
    let mut winner = *first;
    let mut returns = i64::MAX;
    let mut done = 0;
    while done < count {
        let begins = (winner & !LEAF).max(comes[done]);
        if begins >= stop || LOOPS && returns < keys[done] {
            break;
        }
        let start = (begins + HALF) & !(LEAF | HALF);
        let end = start + lengths[done];
        at[done] = SimTime::from_seconds((start >> (LEAF_BITS + 1)) as i64);
        if LOOPS {
            let again = (end >> (LEAF_BITS + 1)) as i64 - OFFSET / 2 + back[done].seconds();
            let rank = come.rank - Rank::from(back[done] > Span::ZERO);
            returns = returns.min(key(SimTime::from_seconds(again), rank));
        }
        served.seats[done] = (winner & LEAF) as u32;
        winner = climb::<NODES>(nodes, (winner & LEAF) as usize, end | winner & LEAF);
        done += 1;
    }
    for ((at, until), &last) in at.iter_mut().zip(until).zip(lasts).take(done) {
        *at = SimTime::from_seconds(at.seconds() - OFFSET / 2);
        *until = *at + last;
    }
    *first = winner;
    nodes[1] = winner;
    done
}

/// Put `new` at a leaf of a tree of `NODES`, of any number where that is 0; the winner.
///
/// Three other arrangements that look shorter, the best of those met on the way found beforehand, the same two levels at a
/// time, and a tree of losers, took a tenth to a fifth longer.
#[inline(always)]
fn climb<const NODES: usize>(nodes: &mut [u64], leaf: usize, new: u64) -> u64 {
    if NODES == 0 {
        return climb_far(nodes, leaf, new);
    }
    let Some(nodes) = nodes.first_chunk_mut::<NODES>() else { return new };
    let mut place = (leaf + NODES / 2) & (NODES - 1);
    let mut winner = new;
    for _ in 1..NODES.trailing_zeros() {
        nodes[place] = winner;
        winner = winner.min(nodes[place ^ 1]);
        place >>= 1;
    }
    winner
}

/// The same of any tree.
#[inline(never)]
fn climb_far(nodes: &mut [u64], leaf: usize, new: u64) -> u64 {
    let mut place = leaf + nodes.len() / 2;
    let mut winner = new;
    while place > 1 {
        nodes[place] = winner;
        winner = winner.min(nodes[place ^ 1]);
        place >>= 1;
    }
    winner
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_to_be_free_is_known_at_every_turn(
            turns in prop::collection::vec((0_u8..4, 0_i64..1000), 1..200),
        ) {
            let mut servers = Servers::new();
            let mut reference: Vec<Half> = Vec::new();
            for (turn, by) in turns {
                reference.sort_unstable();
                if turn == 0 || reference.is_empty() {
                    servers.add(by - 5);
                    reference.push(by - 5);
                } else if turn == 1 {
                    prop_assert_eq!(servers.remove(), reference.remove(0));
                } else {
                    servers.occupy(reference[0] + by);
                    reference[0] += by;
                }
                prop_assert_eq!(servers.earliest(), reference.iter().copied().min().unwrap_or(NEVER));
            }
        }
    }
}
