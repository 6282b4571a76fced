//! The gamma law: its distribution function and the inverse of it.

use super::normal::normal_quantile;

/// The regularized incomplete gamma function P(a, x): the distribution function at `x` of the gamma law with
/// shape `a` and scale 1. Series below a + 1, continued fraction (Lentz) above (Abramowitz & Stegun 6.5.29, 6.5.31).
pub fn gamma_cdf(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 { front * series(a, x) } else { 1.0 - front * fraction(a, x) }
}

/// More terms than any argument of use needs.
const MOST_TERMS: usize = 100_000;
const EPSILON: f64 = 1e-16;

fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    for n in 1..MOST_TERMS {
        term *= x / (a + n as f64);
        sum += term;
        if term < sum * EPSILON {
            break;
        }
    }
    sum
}

fn fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut h = d;
    for n in 1..MOST_TERMS {
        let n = n as f64;
        let an = -n * (n - a);
        b += 2.0;
        d = 1.0 / nonzero(an * d + b, TINY);
        c = nonzero(b + an / c, TINY);
        h *= d * c;
        if (d * c - 1.0).abs() < EPSILON * 4.0 {
            break;
        }
    }
    h
}

fn nonzero(x: f64, tiny: f64) -> f64 {
    if x.abs() < tiny { tiny } else { x }
}

/// Shape from which the expansion about the normal law is exact to 1e-10.
const LARGE_SHAPE: f64 = 10_000.0;

/// The quantile at `u` of the gamma law with shape `a` and scale 1: relative error about 1e-12.
pub fn gamma_quantile(a: f64, u: f64) -> f64 {
    if a >= LARGE_SHAPE { expand(a, u) } else { solve(a, u) }
}

/// The quantile for a large shape by the Cornish–Fisher expansion about the normal law, six terms.
///
/// Abramowitz & Stegun 26.2.49 with the cumulants of the gamma law.
fn expand(a: f64, u: f64) -> f64 {
    let z = normal_quantile(u);
    let s = z * z;
    let root = a.sqrt();
    let h2 = (s - 1.0) / 3.0;
    let h3 = z * (s - 7.0) / 36.0;
    let h4 = -((3.0 * s + 7.0) * s - 16.0) / 810.0;
    let h5 = z * ((9.0 * s + 256.0) * s - 433.0) / 38_880.0;
    let h6 = (((12.0 * s - 243.0) * s - 923.0) * s + 1472.0) / 204_120.0;
    a + root * z + (h2 + (h3 + (h4 + (h5 + h6 / root) / root) / root) / root)
}

/// The quantile by Newton's method in y = log x.
///
/// The logarithm of a gamma variable has a log-concave density, so that the logarithms of the
/// distribution function and of the tail are concave in y, and the steps cannot go astray.
fn solve(a: f64, u: f64) -> f64 {
    let log_gamma = libm::lgamma(a);
    let mut y = start(a, u, log_gamma);
    if y < SMALLEST {
        return 0.0;
    }
    let upper = u > 0.5;
    let target = libm::log(if upper { 1.0 - u } else { u });
    for _ in 0..200 {
        let x = libm::exp(y);
        let front = a * y - x - log_gamma;
        let part = log_part(a, x, front, upper);
        let slope = libm::exp(front - part);
        let step = (target - part) / if upper { -slope } else { slope };
        y += step.clamp(-1.0, 1.0);
        if step.is_nan() || step.abs() < 1e-13 {
            break;
        }
    }
    libm::exp(y)
}

/// Logarithms below this are those of numbers too small to tell from zero.
const SMALLEST: f64 = -700.0;

/// The logarithm of a first guess: the cube of a normal variate (Wilson & Hilferty 1931, PNAS 17), and for small
/// shapes and far left the leading term of the series, xᵃ / Γ(a + 1) = u.
fn start(a: f64, u: f64, log_gamma: f64) -> f64 {
    let ninth = 1.0 / (9.0 * a);
    let root = 1.0 - ninth + normal_quantile(u) * ninth.sqrt();
    if a >= 1.0 && root > 0.2 {
        libm::log(a) + 3.0 * libm::log(root)
    } else {
        ((libm::log(u) + libm::log(a) + log_gamma) / a).min(libm::log(a + 40.0))
    }
}

/// log P(X ≤ x), or log P(X > x) where `upper`; `front` is the logarithm of xᵃ e⁻ˣ / Γ(a).
fn log_part(a: f64, x: f64, front: f64, upper: bool) -> f64 {
    let below = x < a + 1.0;
    let found = front + libm::log(if below { series(a, x) } else { fraction(a, x) });
    if below == upper { libm::log(-libm::expm1(found)) } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_law_is_a_gamma_law() {
        for u in [1e-6, 0.1, 0.5, 0.9, 0.999_999] {
            let exact = -libm::log(1.0 - u);
            assert!((gamma_quantile(1.0, u) / exact - 1.0).abs() < 1e-10, "{u}");
        }
    }

    #[test]
    fn quantiles_invert_the_distribution_function() {
        for a in [0.05, 0.3, 0.7, 2.0, 4.0, 30.0, 1_000.0] {
            for u in [1e-8, 0.01, 0.3, 0.5, 0.8, 0.99, 0.999_999] {
                let x = gamma_quantile(a, u);
                if x > 1e-200 {
                    assert!((gamma_cdf(a, x) - u).abs() < 1e-10, "{a} {u}: {x}");
                }
            }
        }
        // χ² with 10 degrees of freedom has its 95 % point at 18.307 (any table).
        assert!((2.0 * gamma_quantile(5.0, 0.95) - 18.307_038).abs() < 1e-5);
    }

    #[test]
    fn the_two_methods_meet_at_a_large_shape() {
        for u in [1e-12, 1e-3, 0.3, 0.5, 0.8, 1.0 - 1e-12] {
            let (far, near) = (expand(LARGE_SHAPE, u), solve(LARGE_SHAPE, u));
            assert!((far / near - 1.0).abs() < 1e-10, "{u}: {far} {near}");
        }
    }

    #[test]
    fn the_far_tail_keeps_its_digits() {
        // P(X > x) = e⁻ˣ (1 + x + x²/2) for shape 3.
        for tail in [1e-3, 1e-9, 1e-13] {
            let u = 1.0 - tail;
            let x = gamma_quantile(3.0, u);
            let found = libm::exp(-x) * (1.0 + x + 0.5 * x * x);
            assert!((found / (1.0 - u) - 1.0).abs() < 1e-10, "{tail}");
        }
    }

    #[test]
    fn extreme_shapes_have_quantiles() {
        assert_eq!(gamma_quantile(1e-10, 0.5), 0.0);
        assert!(gamma_quantile(1e-10, 1.0 - 1e-15).is_finite());
        assert!((gamma_quantile(1e12, 0.975) / 1e12 - 1.0 - 1.96e-6).abs() < 1e-8);
    }
}
