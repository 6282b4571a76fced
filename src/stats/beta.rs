//! The incomplete beta function, behind the t, F and binomial laws.

use std::f64::consts::PI;

/// The regularized incomplete beta function Iₓ(a, b), with `y` = 1 − `x` given apart so that
/// neither end loses digits.
///
/// Continued fraction of DLMF §8.17(v), evaluated by Lentz's method on the side of the mean where it
/// converges fast; about √max(a, b) steps.
pub(super) fn regularized(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    if x * (a + b + 2.0) < a + 1.0 { fraction(a, b, x, y) } else { 1.0 - fraction(b, a, y, x) }
}

/// The density of the beta law with parameters a, b at x, where y = 1 − x.
pub(super) fn density(a: f64, b: f64, x: f64, y: f64) -> f64 {
    libm::exp(log_power(a, x, y) + log_power(b, y, x) - log_beta(a, b)) / (x * y)
}

/// The x at which Iₓ(a, b) = p, by bisection with Newton steps inside the bracket.
pub(super) fn inverse(a: f64, b: f64, p: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    let mut x = a / (a + b);
    for _ in 0..200 {
        let excess = regularized(a, b, x, 1.0 - x) - p;
        if excess > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = x - excess / density(a, b, x, 1.0 - x);
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        if (next - x).abs() <= 1e-15 * x {
            return next;
        }
        x = next;
    }
    x
}

/// Iₓ(a, b) by its continued fraction, for x below the mean.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let front = libm::exp(log_power(a, x, y) + log_power(b, y, x) - log_beta(a, b)) / a;
    let mut c = 1.0;
    let mut d = away_from_zero(1.0 - (a + b) * x / (a + 1.0)).recip();
    let mut value = d;
    for m in 1..20_000 {
        let m = f64::from(m);
        for coefficient in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = away_from_zero(1.0 + coefficient * d).recip();
            c = away_from_zero(1.0 + coefficient / c);
            value *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * value
}

/// a · log x, through 1 − x where x is close to 1.
fn log_power(a: f64, x: f64, y: f64) -> f64 {
    a * if x > 0.5 { libm::log1p(-y) } else { libm::log(x) }
}

/// Lentz's method divides by these: a zero is moved off by less than rounding.
fn away_from_zero(value: f64) -> f64 {
    if value.abs() < 1e-300 { 1e-300 } else { value }
}

/// log B(a, b), without the cancellation of three large log-gammas.
///
/// Where the larger argument is ten or more, from Stirling's series (DLMF 5.11.1).
pub(super) fn log_beta(a: f64, b: f64) -> f64 {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    if large < 10.0 {
        return libm::lgamma(small) + libm::lgamma(large) - libm::lgamma(small + large);
    }
    // log Γ(large) − log Γ(small + large)
    let fall = -(large - 0.5) * libm::log1p(small / large) - small * libm::log(small + large)
        + small
        + stirling_rest(large)
        - stirling_rest(small + large);
    if small < 10.0 {
        return libm::lgamma(small) + fall;
    }
    let log_ratio = libm::log(small / (small + large));
    0.5 * libm::log(2.0 * PI) - 0.5 * libm::log(large) + (small - 0.5) * log_ratio
        - large * libm::log1p(small / large)
        + 0.5 * (libm::log1p(small / large) + libm::log(large) - libm::log(small + large))
        + stirling_rest(small)
        + stirling_rest(large)
        - stirling_rest(small + large)
}

/// log Γ(x) − ((x − ½) log x − x + ½ log 2π) for x of ten or more (DLMF 5.11.1, six terms).
fn stirling_rest(x: f64) -> f64 {
    let r = 1.0 / (x * x);
    let series = 1.0 / 12.0
        - r * (1.0 / 360.0
            - r * (1.0 / 1260.0 - r * (1.0 / 1680.0 - r * (1.0 / 1188.0 - r * (691.0 / 360_360.0)))));
    series / x
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn a_beta_with_a_parameter_of_one_is_a_power() {
        // Iₓ(a, 1) = xᵃ and Iₓ(1, b) = 1 − (1 − x)ᵇ: DLMF 8.17.7 and 8.17.8.
        close(regularized(3.0, 1.0, 0.2, 0.8), 0.008);
        close(regularized(1.0, 4.0, 0.7, 0.3), 1.0 - 0.0081);
    }

    #[test]
    fn log_beta_agrees_across_its_branches() {
        // B(a, b) of whole numbers: (a − 1)! (b − 1)! / (a + b − 1)!.
        close(log_beta(3.0, 4.0), libm::log(1.0 / 60.0));
        close(log_beta(2.0, 50.0), libm::log(1.0 / (50.0 * 51.0)));
        // B(12, 11) = 11! 10! / 22! = 1 / 7 759 752.
        close(log_beta(12.0, 11.0), -libm::log(7_759_752.0));
        close(log_beta(1.0, 5e5), -libm::log(5e5));
    }

    #[test]
    fn the_inverse_undoes_the_function() {
        for (a, b) in [(0.5, 0.5), (1.0, 3.0), (9.0, 43.0), (180.0, 21.0), (0.5, 200.0)] {
            for p in [1e-6, 0.025, 0.5, 0.975] {
                let x = inverse(a, b, p);
                close(regularized(a, b, x, 1.0 - x), p);
            }
        }
    }
}
