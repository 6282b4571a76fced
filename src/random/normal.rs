//! The quantile of the standard normal law.

use super::logarithm::ln;

/// Coefficients of one rational function, from the constant up.
struct Rational {
    above: [f64; 8],
    below: [f64; 8],
}

/// |u − ½| ≤ 0.425.
const CENTRE: Rational = Rational {
    above: [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    below: [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
};

/// r = √(−ln min(u, 1 − u)) ≤ 5, less 1.6.
const MIDDLE: Rational = Rational {
    above: [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    below: [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
};

/// r > 5, less 5.
const TAIL: Rational = Rational {
    above: [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    below: [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
};

impl Rational {
    #[inline]
    fn at(&self, x: f64) -> f64 {
        seventh_degree(&self.above, x) / seventh_degree(&self.below, x)
    }
}

/// A polynomial of the seventh degree, in pairs and pairs of pairs: a processor works on several at a time.
#[inline]
fn seventh_degree(c: &[f64; 8], x: f64) -> f64 {
    let w = x * x;
    let low = (c[0] + c[1] * x) + w * (c[2] + c[3] * x);
    let high = (c[4] + c[5] * x) + w * (c[6] + c[7] * x);
    low + w * w * high
}

/// The standard normal quantile at `u` in (0, 1), to about 1 part in 10¹⁶.
///
/// Wichura (1988), "Algorithm AS 241: The percentage points of the normal distribution", Applied
/// Statistics 37(3), routine PPND16.
#[inline]
pub fn normal_quantile(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= CENTRAL { in_the_centre(q) } else { outside(u) }
}

/// The same of several numbers: in the centre of all of them at once, then outside it of those that lie there.
pub(super) fn normal_quantiles<const N: usize>(u: &[f64; N]) -> [f64; N] {
    let (mut z, mut far, mut count) = ([0.0; N], [0; N], 0);
    for (z, u) in z.iter_mut().zip(u) {
        *z = in_the_centre(u - 0.5);
    }
    for (place, u) in u.iter().enumerate() {
        far[count.min(N - 1)] = place;
        count += usize::from((u - 0.5).abs() > CENTRAL);
    }
    for &place in &far[..count] {
        z[place] = outside(u[place]);
    }
    z
}

/// |u − ½| up to here is the centre.
const CENTRAL: f64 = 0.425;

#[inline]
fn in_the_centre(q: f64) -> f64 {
    q * CENTRE.at(0.180_625 - q * q)
}

#[inline]
fn outside(u: f64) -> f64 {
    let below = u < 0.5;
    let r = (-ln(if below { u } else { 1.0 - u })).sqrt();
    let z = if r <= 5.0 { MIDDLE.at(r - 1.6) } else { TAIL.at(r - 5.0) };
    if below { -z } else { z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_points_are_met() {
        // Tables of the normal law, to 15 digits (computed with Python's statistics.NormalDist and mpmath).
        for (u, z) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.95, 1.644_853_626_951_472_7),
            (0.001, -3.090_232_306_167_813_5),
            (1e-10, -6.361_340_902_404_056),
            (1e-20, -9.262_340_089_798_408),
        ] {
            assert!((normal_quantile(u) - z).abs() < 1e-13 * (1.0 + z.abs()), "{u}: {}", normal_quantile(u));
        }
    }

    #[test]
    fn several_at_once_are_those_of_one_at_a_time() {
        let u: [f64; 64] = std::array::from_fn(|n| (n as f64 + 0.5) / 64.0);
        assert_eq!(normal_quantiles(&u), u.map(normal_quantile));
        let u = [1e-14, 0.5, 1.0 - 1e-13, 0.075, 0.925, 0.9999];
        assert_eq!(normal_quantiles(&u), u.map(normal_quantile));
    }
}
