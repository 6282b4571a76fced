//! The charts of how those who filed in one period went out, with their words and numbers.

use super::charts::ChartView;
use super::table::{Group, Line, Table, cell, estimate_caption, short_label};
use crate::report::chart::{CurveChart, curves};
use crate::report::detail;
use crate::report::document::{Curve, Document, Trace, WayOut};
use crate::report::say::{Key, Speech};

/// Lengths in the table under a chart: the limits that cohorts are followed for, and the end.
const LENGTHS: [u32; 5] = [180, 365, 730, 1_096, 1_826];

/// The curves of one period of filing.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct CurveGroup {
    /// What they show.
    pub(in crate::report) lead: String,
    /// Which period, in short.
    pub(in crate::report) title: String,
    /// A chart for each way.
    pub(in crate::report) charts: Vec<ChartView>,
}

/// The charts of every period that has curves, in order.
pub(super) fn groups(document: &Document, t: Speech) -> Vec<CurveGroup> {
    let mut all: Vec<CurveGroup> = Vec::new();
    let mut last = "";
    for (number, curve) in document.waits.curves.iter().enumerate() {
        if curve.from != last {
            last = &curve.from;
            let (from, until) = (t.date(&curve.from), t.date(&curve.until));
            let period = [("from", from.as_str()), ("until", &until)];
            let (lead, title) = (t.fill(Key::CurvesLead, &period), t.fill(Key::CurvesMore, &period));
            all.push(CurveGroup { lead, title, charts: Vec::new() });
        }
        if let (Some(group), Some(view)) = (all.last_mut(), view(document, t, number, curve)) {
            group.charts.push(view);
        }
    }
    all
}

fn view(document: &Document, t: Speech, number: usize, curve: &Curve) -> Option<ChartView> {
    let title = t.say(name(curve.way)).to_owned();
    let alt = alt(document, t, curve, &title);
    let svg = curves(&CurveChart { curve, number, title: &title, alt: &alt }, t)?;
    Some(ChartView { svg, notes: Vec::new(), table: table(document, t, curve, &title), title })
}

const fn name(way: WayOut) -> Key {
    match way {
        WayOut::Open => Key::CurveOpen,
        WayOut::Decided => Key::CurveDecided,
        WayOut::Removed => Key::CurveRemoved,
        WayOut::Withdrawn => Key::CurveWithdrawn,
        WayOut::Closed => Key::CurveClosed,
    }
}

/// Which of the days of a curve its table has: the limits, and the last.
fn shown(curve: &Curve) -> Vec<usize> {
    let last = curve.days.len().saturating_sub(1);
    (0..curve.days.len()).filter(|&place| place == last || LENGTHS.contains(&curve.days[place])).collect()
}

fn length(t: Speech, days: u32) -> String {
    t.words(&detail::length(&crate::experiment::Within::Days(days))).to_owned()
}

/// Median, and the range of nine in ten futures, in words; `None` where nothing is known.
fn numbers(t: Speech, trace: &Trace, place: usize) -> Option<[String; 3]> {
    let at = |band: &[Option<f64>]| band.get(place).copied().flatten().map(|share| t.percent(share / 100.0));
    Some([at(&trace.q50)?, at(&trace.q05)?, at(&trace.q95)?])
}

/// The chart in words: where each of the first few policies ends.
fn alt(document: &Document, t: Speech, curve: &Curve, title: &str) -> String {
    const POLICIES: usize = 4;
    let last = curve.days.len().saturating_sub(1);
    let line = |(variant, trace): (usize, &Option<Trace>)| {
        let [middle, low, high] = numbers(t, trace.as_ref()?, last)?;
        let (policy, length) = (short_label(document, t, variant), length(t, *curve.days.get(last)?));
        let parts = [
            ("policy", policy.as_str()),
            ("length", &length),
            ("middle", &middle),
            ("low", &low),
            ("high", &high),
        ];
        Some(t.fill(Key::CurveAltLine, &parts))
    };
    let told = |(variant, trace): &(usize, &Option<Trace>)| *variant == 0 || *trace != &curve.traces[0];
    let lines: Vec<String> =
        curve.traces.iter().enumerate().filter(told).filter_map(line).take(POLICIES).collect();
    let (from, until, lines) = (t.date(&curve.from), t.date(&curve.until), lines.join(" "));
    t.fill(Key::CurveAlt, &[("way", title), ("from", &from), ("until", &until), ("lines", &lines)])
}

/// The shares at a few lengths of time.
fn table(document: &Document, t: Speech, curve: &Curve, title: &str) -> Table {
    let places = shown(curve);
    let key = if curve.way == WayOut::Open { Key::After } else { Key::Within };
    let heading = |&place: &usize| match key {
        Key::After => t.fill(key, &[("length", &length(t, curve.days[place]))]),
        _ => format!("{} {}", t.say(key), length(t, curve.days[place])),
    };
    let head = std::iter::once(t.say(Key::Policy).to_owned()).chain(places.iter().map(heading)).collect();
    let text = |trace: &Trace, place: usize| match numbers(t, trace, place) {
        Some([middle, low, high]) if low == high => middle,
        Some([middle, low, high]) => {
            format!("{middle} ({})", t.fill(Key::To, &[("low", &low), ("high", &high)]))
        }
        None => t.say(Key::Undefined).to_owned(),
    };
    let row = |(variant, trace): (usize, &Option<Trace>)| {
        let trace = trace.as_ref()?;
        let cells = places.iter().map(|&place| cell(text(trace, place))).collect();
        let line = Line { variant: Some(variant), name: short_label(document, t, variant), cells };
        (variant == 0 || curve.traces[0].as_ref() != Some(trace)).then_some(line)
    };
    let rows = curve.traces.iter().enumerate().filter_map(row).collect();
    let caption = estimate_caption(document, t, &format!("{title}."));
    Table { caption, head, groups: vec![Group { heading: String::new(), rows }] }
}
