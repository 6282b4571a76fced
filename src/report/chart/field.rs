//! The field of a chart with its two axes.

use super::scale::Scale;
use super::svg::{line, place, text};
use std::fmt::Write as _;

/// Size of a drawing and of the field inside its axes; `templates/report.js` knows them, too.
pub(super) const SIZE: (f64, f64) = (400.0, 240.0);
pub(super) const FIELD: Field = Field { left: 54.0, top: 8.0, width: 338.0, height: 204.0 };
/// What marks the place that is read off.
pub(super) const CURSOR: &str = r#"<line class="cursor" x1="0" y1="8" x2="0" y2="212" visibility="hidden"/>"#;

/// Where numbers are drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Field {
    /// Where a share of the width stands.
    pub(super) fn x(&self, share: f64) -> f64 {
        self.left + share * self.width
    }

    /// Where a share of the height stands, from below.
    pub(super) fn y(&self, share: f64) -> f64 {
        self.top + self.height * (1.0 - share)
    }
}

/// Both axes; `label` names the numbers of the upright one, `along` are the marks of the other by their share of the width.
pub(super) fn axes(
    svg: &mut String,
    scale: &Scale,
    label: &dyn Fn(f64) -> String,
    along: Vec<(f64, String)>,
) {
    let bottom = FIELD.y(0.0);
    let heights: Vec<f64> = scale.ticks.iter().map(|tick| FIELD.y(tick / scale.top)).collect();
    svg.push_str(r#"<g class="axis y"><path class="grid" d=""#);
    for &y in &heights {
        let _ = write!(svg, "M{} {}h{}", place(FIELD.left), place(y), place(FIELD.width));
    }
    svg.push_str(r#""/>"#);
    for (&tick, y) in scale.ticks.iter().zip(heights) {
        tick_word(svg, (FIELD.left - 5.0, y + 3.5), "", &label(tick));
    }
    svg.push_str(r#"</g><g class="axis x">"#);
    for (share, label) in along {
        let x = FIELD.x(share);
        line(svg, "mark", (x, bottom), (x, bottom + 4.0));
        // A label at the right edge keeps inside the drawing.
        let anchor = if share > 0.95 { r#" text-anchor="end""# } else { "" };
        tick_word(svg, (x, bottom + 16.0), anchor, &label);
    }
    svg.push_str("</g>");
}

/// A label of an axis; how it is set is in the style sheet.
fn tick_word(svg: &mut String, at: (f64, f64), anchor: &str, label: &str) {
    let _ = write!(svg, r#"<text x="{}" y="{}"{anchor}>{}</text>"#, place(at.0), place(at.1), text(label));
}
