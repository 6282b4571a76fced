//! A difference as a strip: nine tenths and half of the futures, and the mean, about nothing.

use super::svg::{line, place, text};
use crate::report::document::Spread;
use std::fmt::Write as _;

const SIZE: (f64, f64) = (160.0, 20.0);

/// The strip of a difference of policy `number` on a scale that reaches `reach` to both sides.
pub(in crate::report) fn strip(spread: &Spread, reach: f64, number: usize, alt: &str) -> String {
    let (width, height) = SIZE;
    let middle = height / 2.0;
    let x = |value: f64| width / 2.0 + (value / reach).clamp(-1.0, 1.0) * (width / 2.0 - 4.0);
    let mut svg = format!(
        r#"<svg class="strip v{number}" viewBox="0 0 {width} {height}" role="img"><title>{}</title>"#,
        text(alt)
    );
    line(&mut svg, "zero", (width / 2.0, 1.0), (width / 2.0, height - 1.0));
    line(&mut svg, "wide", (x(spread.q05), middle), (x(spread.q95), middle));
    line(&mut svg, "narrow", (x(spread.q25), middle), (x(spread.q75), middle));
    let _ = write!(svg, r#"<circle class="dot" cx="{}" cy="{middle}" r="4"/></svg>"#, place(x(spread.mean)));
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_in_the_middle() {
        let spread = Spread::of(&[-10.0, 0.0, 10.0], 1, 0.95).unwrap();
        let svg = strip(&spread, 20.0, 1, "a < b");
        assert!(svg.contains(r#"cx="80""#) && svg.contains("a &lt; b"), "{svg}");
    }
}
