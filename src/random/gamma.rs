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

/// The quantile at `u` of the gamma law with shape `a` and scale 1.
///
/// Starts from the cube of a normal variate (Wilson & Hilferty 1931, PNAS 17) or, for small shapes, from the leading
/// term of the series, and is refined by Halley's method inside a bracket.
pub fn gamma_quantile(a: f64, u: f64) -> f64 {
    let mut x = start(a, u);
    let (mut low, mut high) = (0.0, f64::INFINITY);
    for _ in 0..100 {
        let error = gamma_cdf(a, x) - u;
        if error > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let density = libm::exp((a - 1.0) * libm::log(x) - x - libm::lgamma(a));
        let newton = error / density;
        let step = newton / (1.0 - 0.5 * (newton * ((a - 1.0) / x - 1.0)).clamp(-1.0, 1.0));
        let mut next = x - step;
        if !(next > low && next < high) {
            next = if high.is_finite() { f64::midpoint(low, high) } else { 2.0 * x + 1.0 };
        }
        if (next - x).abs() <= 1e-13 * x {
            return next;
        }
        x = next;
    }
    x
}

fn start(a: f64, u: f64) -> f64 {
    let leading = libm::exp((libm::log(u) + libm::lgamma(a + 1.0)) / a);
    if a < 0.5 {
        return leading.clamp(1e-300, 1e3);
    }
    let ninth = 1.0 / (9.0 * a);
    let cube = 1.0 - ninth + normal_quantile(u) * ninth.sqrt();
    if cube > 0.1 { a * cube * cube * cube } else { leading.max(1e-300) }
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
}
