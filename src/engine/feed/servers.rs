//! The servers of one pool and when each is next free.
//!
//! A tournament among them: the winner is the one free first, and it is found anew in as many steps as
//! the binary logarithm of their number, none of which waits for a guess about chance (Knuth,
//! TAOCP 3, §5.4.1, "trees of winners").

#![expect(
    clippy::inline_always,
    reason = "called at one place for every case: a sixth of the time of a short queue"
)]

/// An instant in half seconds: whoever is free *at* a second t, after all that comes to it, is free at 2t;
/// who is free already before anything comes at it, at 2t − 1.
pub(super) type Half = i64;

/// Later than everything.
pub(super) const NEVER: Half = i64::MAX >> (LEAF_BITS + 2);

const LEAF_BITS: u32 = 20;
const LEAF: u64 = (1 << LEAF_BITS) - 1;
/// Added to instants, so that those before the start are not negative.
const OFFSET: Half = 8;
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

impl Servers {
    /// No servers.
    pub(super) fn new() -> Self {
        let nobody = pack(NEVER, 0);
        Self { nodes: vec![nobody; 2], winner: nobody, vacant: vec![0] }
    }

    /// When the first of them is free; [`NEVER`] where there are none.
    #[inline]
    pub(super) fn earliest(&self) -> Half {
        (self.winner >> LEAF_BITS) as Half - OFFSET
    }

    /// The one that is free first works until `free`.
    #[inline]
    pub(super) fn occupy(&mut self, free: Half) {
        self.set((self.winner & LEAF) as usize, free);
    }

    #[inline(always)]
    fn set(&mut self, leaf: usize, free: Half) {
        let new = pack(free, leaf);
        self.winner = match self.nodes.len() {
            2 => climb::<2>(&mut self.nodes, leaf, new),
            4 => climb::<4>(&mut self.nodes, leaf, new),
            8 => climb::<8>(&mut self.nodes, leaf, new),
            16 => climb::<16>(&mut self.nodes, leaf, new),
            32 => climb::<32>(&mut self.nodes, leaf, new),
            64 => climb::<64>(&mut self.nodes, leaf, new),
            128 => climb::<128>(&mut self.nodes, leaf, new),
            256 => climb::<256>(&mut self.nodes, leaf, new),
            512 => climb::<512>(&mut self.nodes, leaf, new),
            1024 => climb::<1024>(&mut self.nodes, leaf, new),
            _ => climb_far(&mut self.nodes, leaf, new),
        };
        self.nodes[1] = self.winner;
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

/// Put `new` at a leaf of a tree of `NODES`; the winner.
///
/// The best of those whom it meets on its way up is found before it comes: it does not depend on it, and the next who
/// comes waits for the winner alone.
#[inline(always)]
fn climb<const NODES: usize>(nodes: &mut [u64], leaf: usize, new: u64) -> u64 {
    let Some(nodes) = nodes.first_chunk_mut::<NODES>() else { return new };
    let levels = NODES.trailing_zeros() as usize - 1;
    let mut place = (leaf + NODES / 2) & (NODES - 1);
    let mut best = u64::MAX;
    for _ in 0..levels {
        let other = nodes[place ^ 1];
        nodes[place] = best.min(new);
        best = best.min(other);
        place >>= 1;
    }
    best.min(new)
}

/// The same of any tree.
#[cold]
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
