//! The charts of a page with their words and their numbers as tables.

use super::table::{Group, Line, Table, cell, estimate_caption, label, short_label};
use crate::report::chart::{Drawing, FanChart, Layout, fan, network};
use crate::report::document::{Chart, Document, Node, NodeKind, Row, Series, Subject};
use crate::report::say::{Key, Speech};

/// Most charts of stages drawn; the largest queues are.
const MOST_CHARTS: usize = 24;
/// Most parts that a drawing of the network can hold and still be read.
const MOST_PARTS: usize = 140;
/// Dates in the table under a chart.
const DATES_IN_TABLE: usize = 5;

/// A chart with its words.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct ChartView {
    pub(in crate::report) title: String,
    pub(in crate::report) svg: String,
    pub(in crate::report) notes: Vec<String>,
    pub(in crate::report) table: Table,
}

/// The network under one policy.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Diagram {
    pub(super) title: String,
    pub(super) svg: String,
    pub(super) open: bool,
    pub(super) parts: usize,
}

/// Charts of queues, charts of places, and how many queues are not drawn.
pub(super) fn charts(document: &Document, t: Speech) -> (Vec<ChartView>, Vec<ChartView>, usize) {
    let drawn = |chart: &&Chart| chart.subject != Subject::Place;
    let queues: Vec<&Chart> = document.queues.charts.iter().filter(drawn).collect();
    // What was published is always worth a chart.
    let size = |chart: &Chart| if chart.published.is_empty() { height(chart) } else { f64::INFINITY };
    let mut sizes: Vec<f64> = queues.iter().map(|chart| size(chart)).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let least = sizes.get(MOST_CHARTS - 1).copied().unwrap_or(0.0);
    let shown: Vec<&Chart> =
        queues.iter().copied().filter(|chart| size(chart) >= least).take(MOST_CHARTS).collect();
    let left_out = queues.len() - shown.len();
    let places = document.queues.charts.iter().filter(|chart| chart.subject == Subject::Place);
    let view = |(number, chart): (usize, &Chart)| view(document, t, chart, &format!("c{number}"));
    let all: Vec<&Chart> = shown.iter().copied().chain(places).collect();
    let mut views: Vec<ChartView> = all.iter().copied().enumerate().filter_map(view).collect();
    // Where there are too few dates to draw, no chart is there at all.
    let places = if views.len() == all.len() { views.split_off(shown.len()) } else { Vec::new() };
    (views, places, left_out)
}

fn height(chart: &Chart) -> f64 {
    let of_series = |series: &Series| series.q95.iter().flatten().copied().fold(0.0, f64::max);
    chart.series.iter().flatten().map(of_series).fold(0.0, f64::max)
}

fn view(document: &Document, t: Speech, chart: &Chart, id: &str) -> Option<ChartView> {
    let label = t.words(&chart.label);
    let title = match chart.subject {
        Subject::Waiting => t.fill(Key::WaitingAt, &[("label", label)]),
        Subject::Place => t.fill(Key::PersonsAt, &[("label", label)]),
        Subject::Pending | Subject::Level => label.to_owned(),
    };
    let alt = alt(document, t, chart, &title);
    let wanted = FanChart { chart, dates: &document.queues.dates, title: &title, alt: &alt, id };
    let mut notes = Vec::new();
    if let Some(capacity) = chart.capacity {
        notes.push(t.fill(Key::CapacityLine, &[("n", &t.number(capacity))]));
    }
    if !chart.published.is_empty() {
        notes.push(t.say(Key::PublishedPoints).to_owned());
    }
    Some(ChartView { svg: fan(&wanted, t)?, notes, table: table(document, t, chart, &title), title })
}

/// The chart in words: how each of the first few policies begins and ends.
fn alt(document: &Document, t: Speech, chart: &Chart, title: &str) -> String {
    const POLICIES: usize = 4;
    let ends = |series: &Series| {
        let at = |band: &[Option<f64>], last: bool| {
            let value = if last { band.iter().flatten().last() } else { band.iter().flatten().next() };
            value.map(|&value| t.number(value))
        };
        Some([
            at(&series.q50, false)?,
            at(&series.q50, true)?,
            at(&series.q05, true)?,
            at(&series.q95, true)?,
        ])
    };
    let line = |(variant, series): (usize, &Option<Series>)| {
        let [first, last, low, high] = ends(series.as_ref()?)?;
        let policy = short_label(document, t, variant);
        let parts =
            [("policy", policy.as_str()), ("first", &first), ("last", &last), ("low", &low), ("high", &high)];
        Some(t.fill(Key::ChartAltLine, &parts))
    };
    // What is the same as under the baseline needs no words of its own.
    let told = |(variant, series): &(usize, &Option<Series>)| *variant == 0 || *series != &chart.series[0];
    let all = chart.series.iter().enumerate().filter(told);
    let lines: Vec<String> = all.filter_map(line).take(POLICIES).collect();
    let (start, end) = (t.date(&document.start), t.date(&document.end));
    let lines = lines.join(" ");
    t.fill(Key::ChartAlt, &[("label", title), ("start", &start), ("end", &end), ("lines", &lines)])
}

/// Median and nine tenths of the futures at a few dates, the first and last among them.
fn table(document: &Document, t: Speech, chart: &Chart, title: &str) -> Table {
    let count = document.queues.dates.len();
    let wanted = DATES_IN_TABLE.min(count);
    let mut dates: Vec<usize> =
        (0..wanted).map(|place| place * count.saturating_sub(1) / wanted.saturating_sub(1).max(1)).collect();
    dates.dedup();
    let mut head = vec![t.say(Key::Policy).to_owned()];
    head.extend(dates.iter().map(|&date| t.month(&document.queues.dates[date])));
    let cell_at = |series: &Series, date: usize| {
        let at =
            |band: &[Option<f64>]| band.get(date).copied().flatten().map(|value| t.number(value.round()));
        match (at(&series.q50), at(&series.q05), at(&series.q95)) {
            (Some(middle), Some(low), Some(high)) if low == high => cell(middle),
            (Some(middle), Some(low), Some(high)) => {
                cell(format!("{middle} ({})", t.fill(Key::To, &[("low", &low), ("high", &high)])))
            }
            _ => cell(t.say(Key::Undefined)),
        }
    };
    let row = |(variant, series): (usize, &Option<Series>)| {
        let series = series.as_ref()?;
        let cells = dates.iter().map(|&date| cell_at(series, date)).collect();
        let line = Line { variant: Some(variant), name: short_label(document, t, variant), cells };
        (variant == 0 || chart.series[0].as_ref() != Some(series)).then_some(line)
    };
    let mut rows: Vec<Line> = chart.series.iter().enumerate().filter_map(row).collect();
    rows.extend(chart.published.iter().map(|published| Line {
        variant: None,
        name: format!(
            "{} – {}: {}",
            t.say(Key::Published),
            t.date(&published.date),
            t.words(&published.label)
        ),
        cells: vec![cell(t.number(published.value))],
    }));
    let caption = estimate_caption(document, t, &format!("{title}."));
    Table { caption, head, groups: vec![Group { heading: String::new(), rows }] }
}

/// The network under each policy, and what the drawings share.
pub(super) fn diagrams(document: &Document, t: Speech) -> (Vec<Diagram>, String) {
    let flows = &document.flows;
    let number = if flows.nodes.is_empty() { 0 } else { document.variants.len() };
    if number == 0 || flows.nodes.len() > MOST_PARTS {
        let undrawn = |variant| diagram(document, t, variant, None);
        return ((0..number).map(undrawn).collect(), String::new());
    }
    let layout = Layout::of(&flows.nodes, &flows.routes);
    let labels: Vec<String> = flows.nodes.iter().map(|node| t.words(&node.label).to_owned()).collect();
    let drawn = |variant| diagram(document, t, variant, Some(&layout));
    ((0..number).map(drawn).collect(), layout.shared(&flows.nodes, &labels))
}

fn diagram(document: &Document, t: Speech, variant: usize, layout: Option<&Layout>) -> Diagram {
    let (flows, policy) = (&document.flows, label(document, t, variant));
    let title = t.fill(Key::Diagram, &[("policy", &policy)]);
    let parts = flows.nodes.len();
    let Some(layout) = layout else {
        return Diagram { title, svg: String::new(), open: variant == 0, parts };
    };
    let words = |variant| -> Vec<(String, String)> {
        let of = |node: &Node| (t.words(&node.label).to_owned(), numbers(document, t, node, variant));
        flows.nodes.iter().map(of).collect()
    };
    let before = (variant > 0).then(|| words(0));
    let none = Vec::new();
    let routes = flows.routes.get(variant).unwrap_or(&none);
    let alt = diagram_alt(document, t, variant, &policy);
    let drawing = Drawing {
        layout,
        nodes: &flows.nodes,
        routes,
        baseline: flows.routes.first().unwrap_or(&none),
        words: &words(variant),
        before: before.as_deref(),
        weights: &weights(document, variant),
        alt: &alt,
    };
    Diagram { title, svg: network(&drawing), open: variant == 0, parts }
}

/// Relative flow of each way of a variant; empty where flows were not counted.
fn weights(document: &Document, variant: usize) -> Vec<f64> {
    let flows = &document.flows;
    let key = |node: usize| flows.nodes.get(node).map_or("", |node| node.key.as_str());
    let cases = |route: &crate::report::document::Route| {
        let flow = flows.counted.iter().find(|flow| flow.from == key(route.from) && flow.to == key(route.to));
        flow.and_then(|flow| flow.cases.get(variant)?.as_ref()).map_or(0.0, |cases| cases.mean)
    };
    if flows.counted.is_empty() {
        return Vec::new();
    }
    let all: Vec<f64> =
        flows.routes.get(variant).map_or_else(Vec::new, |routes| routes.iter().map(cases).collect());
    let most = all.iter().copied().fold(1.0, f64::max);
    all.into_iter().map(|cases| cases / most).collect()
}

/// Cases that left a part in the period, and the change against the baseline.
fn numbers(document: &Document, t: Speech, node: &Node, variant: usize) -> String {
    let (group, name) = node.key.split_once('.').unwrap_or(("", &node.key));
    let row = match group {
        "stage" => find(&document.flows.stages, &format!("stages.{name}.completed")),
        "exit" => document
            .flows
            .endings
            .iter()
            .find_map(|ending| find(&ending.rows, &format!("exits.{name}.cases"))),
        _ => None,
    };
    let mean = |row: &Row, variant: usize| row.values.get(variant).copied().flatten().map(|value| value.mean);
    let Some(now) = row.and_then(|row| mean(row, variant)) else {
        return counted_out(document, t, node, variant);
    };
    let text = whole(t, now);
    let before = row.and_then(|row| mean(row, 0)).unwrap_or(0.0);
    let change = (now - before).round();
    if variant == 0 || change == 0.0 {
        return text;
    }
    let sign = if change > 0.0 { "+" } else { "−" };
    format!("{text} ({sign}{})", whole(t, change.abs()))
}

/// Cases that came in by a stream, where flows were counted.
fn counted_out(document: &Document, t: Speech, node: &Node, variant: usize) -> String {
    let out = document.flows.counted.iter().filter(|flow| flow.from == node.key);
    let cases = out.filter_map(|flow| flow.cases.get(variant)?.as_ref()).map(|cases| cases.mean);
    let sum: f64 = cases.sum();
    if sum > 0.0 { whole(t, sum) } else { String::new() }
}

/// A number of cases.
fn whole(t: Speech, cases: f64) -> String {
    t.count(cases.round() as usize)
}

fn find<'a>(rows: &'a [Row], key: &str) -> Option<&'a Row> {
    rows.iter().find(|row| row.key == key)
}

fn diagram_alt(document: &Document, t: Speech, variant: usize, policy: &str) -> String {
    const WAYS: usize = 30;
    let flows = &document.flows;
    let count =
        |kinds: &[NodeKind]| t.count(flows.nodes.iter().filter(|node| kinds.contains(&node.kind)).count());
    let name = |node: usize| flows.nodes.get(node).map_or("", |node| t.words(&node.label));
    let routes = flows.routes.get(variant).map_or(&[][..], |routes| routes);
    // Ways that are those of the baseline have been told with it.
    let told = variant > 0 && flows.routes.first().is_some_and(|first| first == routes);
    let lines: Vec<String> = routes
        .iter()
        .take(if told { 0 } else { WAYS })
        .map(|route| t.fill(Key::DiagramAltLine, &[("from", name(route.from)), ("to", name(route.to))]))
        .collect();
    let (stages, exits) = (count(&[NodeKind::Stage, NodeKind::Delay]), count(&[NodeKind::Exit]));
    let lines = lines.join(" ");
    t.fill(Key::DiagramAlt, &[("policy", policy), ("stages", &stages), ("exits", &exits), ("lines", &lines)])
}
