//! Quantiles of a sample.

/// The quantile at `p` in [0, 1] of numbers in ascending order: linear between the order statistics
/// (type 7 of Hyndman & Fan 1996, "Sample quantiles in statistical packages").
///
/// # Panics
///
/// If there are no numbers: callers have at least one.
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    let place = p.clamp(0.0, 1.0) * (sorted.len() - 1) as f64;
    let below = place as usize;
    let low = sorted[below];
    match sorted.get(below + 1) {
        Some(&high) if place > below as f64 => low + (place - below as f64) * (high - low),
        _ => low,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_linear_between_order_statistics() {
        // By the definition: h = (n − 1) p is 0, 0.3, 1.5, 2.7, 3.
        let sorted = [1.0, 2.0, 4.0, 8.0];
        for (p, expected) in [(0.0, 1.0), (0.1, 1.3), (0.5, 3.0), (0.9, 6.8), (1.0, 8.0)] {
            assert!((quantile(&sorted, p) - expected).abs() < 1e-12, "{p}");
        }
        assert_eq!(quantile(&[5.0], 0.3), 5.0);
    }
}
