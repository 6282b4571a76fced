//! Counts of lengths of time in bins, for quantiles of many millions of values.

/// Bits of a value that its bin keeps: bins are 2⁻⁸ ≈ 0.39 % wide.
const BITS: u32 = 8;
/// Bins of one power of two.
const SUBBINS: usize = 1 << BITS;
/// Enough bins for every non-negative `i64`.
const BINS: usize = (63 - BITS as usize) * SUBBINS + SUBBINS;

/// A histogram of whole numbers of seconds in bins that widen with the value.
///
/// Below 512 s each value has a bin of its own; above, the relative width of a bin is at most 2⁻⁸.
/// Recording is order-free and exact in the counts, and two histograms add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    counts: Box<[u32; BINS]>,
    total: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self::new()
    }
}

impl Histogram {
    /// An empty histogram.
    ///
    /// # Panics
    ///
    /// Never: the length of the array is that of its type.
    pub fn new() -> Self {
        let counts = vec![0; BINS].into_boxed_slice().try_into().expect("as many counts as bins");
        Self { counts, total: 0 }
    }

    /// Counts a length; negative ones count as zero.
    #[inline]
    pub fn record(&mut self, seconds: i64) {
        let count = &mut self.counts[bin(seconds)];
        *count = count.wrapping_add(1);
        self.total += 1;
    }

    /// Counts several lengths.
    #[inline]
    pub fn record_all(&mut self, lengths: impl Iterator<Item = i64>) {
        let mut total = 0;
        for seconds in lengths {
            let count = &mut self.counts[bin(seconds)];
            *count = count.wrapping_add(1);
            total += 1;
        }
        self.total += total;
    }

    /// How many lengths have been counted.
    pub fn count(&self) -> u64 {
        self.total
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.counts.fill(0);
        self.total = 0;
    }

    /// Adds the counts of another histogram.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(other.counts.iter()) {
            *count = count.saturating_add(*more);
        }
        self.total += other.total;
    }

    /// The quantile at `p` in [0, 1] \[seconds\]: linear between the order statistics, whose places
    /// inside a bin are taken to be even. `None` when nothing was counted.
    ///
    /// Exact for values below 512 s, else within 0.4 %.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let last = self.total.checked_sub(1)?;
        let place = p.clamp(0.0, 1.0) * last as f64;
        let below = place as u64;
        let low = self.ranked(below);
        let share = place - below as f64;
        Some(if share > 0.0 { low + share * (self.ranked((below + 1).min(last)) - low) } else { low })
    }

    /// The value of rank `rank`, counted from zero \[seconds\].
    fn ranked(&self, rank: u64) -> f64 {
        let mut before = 0;
        for (bin, &count) in self.counts.iter().enumerate() {
            let count = u64::from(count);
            if rank < before + count {
                return place_in_bin(bin, (rank - before) as f64, count as f64);
            }
            before += count;
        }
        f64::NAN
    }
}

/// The bin of a length.
///
/// Of the value's binary digits the leading nine pick the bin within a power of two, and the number
/// of the others picks the power.
#[inline]
fn bin(seconds: i64) -> usize {
    let value = seconds.max(0) as u64;
    let shift = 63 - BITS - (value | SUBBINS as u64).leading_zeros();
    ((shift as usize) << BITS) + (value >> shift) as usize
}

/// Where the value numbered `index` of `count` even ones lies in a bin \[seconds\].
fn place_in_bin(bin: usize, index: f64, count: f64) -> f64 {
    let shift = (bin >> BITS).saturating_sub(1);
    let low = ((bin - (shift << BITS)) as u64) << shift;
    let width = 1_u64 << shift;
    low as f64 + (width - 1) as f64 * (index + 0.5) / count
}

#[cfg(test)]
mod tests {
    use super::super::quantile;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_values_are_exact() {
        let mut histogram = Histogram::new();
        for value in 0..512 {
            histogram.record(value);
            assert_eq!(bin(value), value as usize);
        }
        assert_eq!(histogram.quantile(0.0), Some(0.0));
        assert_eq!(histogram.quantile(0.5), Some(255.5));
        assert_eq!(histogram.quantile(1.0), Some(511.0));
        histogram.clear();
        assert_eq!((histogram.count(), histogram.quantile(0.5)), (0, None));
    }

    #[test]
    fn the_longest_and_the_negative_have_a_bin() {
        let mut histogram = Histogram::new();
        histogram.record(i64::MAX);
        histogram.record(-5);
        assert_eq!(histogram.quantile(0.0), Some(0.0));
        assert!((histogram.quantile(1.0).unwrap() / i64::MAX as f64 - 1.0).abs() < 0.004);
    }

    #[test]
    fn bins_follow_each_other_without_gap() {
        let mut next = 512_u64;
        for index in 512..BINS {
            let low = place_in_bin(index, -0.5, 1.0) as u64;
            assert_eq!(low, next, "bin {index}");
            assert_eq!(bin(low as i64), index);
            let shift = (index >> BITS) - 1;
            next = low + (1 << shift);
            assert!((1_u64 << shift) as f64 <= 0.004 * low as f64);
        }
        assert_eq!(next, 1 << 63);
    }

    #[test]
    fn merging_is_recording_both() {
        let (mut a, mut b, mut both) = (Histogram::new(), Histogram::new(), Histogram::new());
        for value in 0..1000 {
            if value % 3 == 0 { &mut a } else { &mut b }.record(value * value);
            both.record(value * value);
        }
        a.merge(&b);
        assert_eq!(a, both);
        let mut together = Histogram::new();
        together.record_all((0..1000).map(|value| value * value));
        assert_eq!(together, both);
    }

    proptest! {
        #[test]
        fn quantiles_are_those_of_the_sorted_values(
            mut values in prop::collection::vec(0_i64..100_000_000, 1..200),
            p in 0.0..1.0_f64,
        ) {
            let mut histogram = Histogram::new();
            for &value in &values {
                histogram.record(value);
            }
            values.sort_unstable();
            let sorted: Vec<f64> = values.iter().map(|&value| value as f64).collect();
            let exact = quantile(&sorted, p);
            let found = histogram.quantile(p).unwrap();
            prop_assert!((found - exact).abs() <= 0.004 * exact + 1e-9, "{found} for {exact}");
        }
    }
}
