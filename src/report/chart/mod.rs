//! Charts as SVG, complete without any script: marks, axes and a text alternative.
//!
//! Colours, widths and fonts are classes of the page's style sheet, so that light, dark and print are one
//! drawing. Every text that comes from a file is escaped here ([`svg::text`]).

mod curve;
mod fan;
mod field;
mod layers;
mod network;
mod path;
mod scale;
mod strip;
mod svg;

pub(super) use curve::{CurveChart, curves};
pub(super) use fan::{FanChart, fan};
pub(super) use network::{Drawing, Layout, network};
pub(super) use strip::strip;
