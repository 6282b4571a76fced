//! Addressed random numbers: Philox4x64-10 (Salmon, Moraes, Dror & Shaw 2011, "Parallel random
//! numbers: as easy as 1, 2, 3", SC'11).

#![expect(
    clippy::inline_always,
    reason = "words handed on in memory are read too soon after they were written: a tenth of the time"
)]

const M0: u64 = 0xD2E7_470E_E14C_6C93;
const M1: u64 = 0xCA5A_8263_9512_1157;
const W0: u64 = 0x9E37_79B9_7F4A_7C15;
const W1: u64 = 0xBB67_AE85_84CA_A73B;

/// Whose decision a block of four random words is for, and which one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// The case, or the number of the draw where no case owns it.
    pub entity: u64,
    /// Key of the stream the case came from, or of the process that owns the draw.
    pub stream: u64,
    /// Key of the place where the decision is made (a station, an exit) or of its kind.
    pub purpose: u64,
    /// Which of several such decisions of this entity: its visits, its attempts.
    pub ordinal: u64,
}

/// All random numbers of one replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streams {
    key: [u64; 2],
}

impl Streams {
    /// The random numbers of replication `replication` under the master seed `seed`.
    pub const fn new(seed: u64, replication: u64) -> Self {
        Self { key: [seed, replication] }
    }

    /// The four random words at `address`.
    #[inline(always)]
    pub fn block(&self, address: Address) -> [u64; 4] {
        philox([address.entity, address.stream, address.purpose, address.ordinal], self.key)
    }
}

/// The bijection Philox4x64 with ten rounds.
#[inline(always)]
fn philox(mut c: [u64; 4], mut k: [u64; 2]) -> [u64; 4] {
    for round in 0..10 {
        if round > 0 {
            k[0] = k[0].wrapping_add(W0);
            k[1] = k[1].wrapping_add(W1);
        }
        let p0 = u128::from(M0) * u128::from(c[0]);
        let p1 = u128::from(M1) * u128::from(c[2]);
        c = [(p1 >> 64) as u64 ^ c[1] ^ k[0], p1 as u64, (p0 >> 64) as u64 ^ c[3] ^ k[1], p0 as u64];
    }
    c
}

/// A uniform number in the open interval (0, 1): one of 2⁵² equally spaced midpoints.
///
/// Both `u` and `1 − u` are exact.
#[inline]
pub fn unit(word: u64) -> f64 {
    const STEP: f64 = 1.0 / (1_u64 << 52) as f64;
    ((word >> 12) as f64 + 0.5) * STEP
}

/// The key of a name, used in addresses: FNV-1a, then the finalizer of `SplitMix64`.
///
/// A key depends on the name alone, so that adding a stage renames nobody.
pub const fn key(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0100_0000_01b3);
        i += 1;
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_those_of_the_reference() {
        // Known-answer vectors of Random123 for philox4x64-10.
        assert_eq!(
            philox([0; 4], [0; 2]),
            [0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b, 0x7e68_b68a_ec7b_a23b]
        );
        assert_eq!(
            philox([u64::MAX; 4], [u64::MAX; 2]),
            [0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6, 0xa09c_aebf_594f_0ba0]
        );
    }

    #[test]
    fn uniforms_stay_inside_the_open_interval() {
        assert!(unit(0) > 0.0);
        assert!(unit(u64::MAX) < 1.0);
        assert!((1.0 - unit(u64::MAX)).abs() > 0.0);
    }
}
