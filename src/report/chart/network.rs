//! The network of a model as a drawing.

use super::layers::columns;
use super::svg::{cut, place, text, word};
use crate::report::document::{Node, NodeKind, Route};
use std::fmt::Write as _;

const BOX: (f64, f64) = (148.0, 46.0);
const APART: (f64, f64) = (38.0, 10.0);
const MARGIN: f64 = 8.0;
/// Letters that fit a line of a box.
const LETTERS: usize = 23;

/// What a drawing is made of.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Drawing<'a> {
    /// All parts, of all variants.
    pub(in crate::report) nodes: &'a [Node],
    /// The ways of this variant.
    pub(in crate::report) routes: &'a [Route],
    /// The ways of the baseline.
    pub(in crate::report) baseline: &'a [Route],
    /// For each part, its label and the line of numbers under it.
    pub(in crate::report) words: &'a [(String, String)],
    /// For each way of the variant, how many cases went it, relative to the most; empty where not counted.
    pub(in crate::report) weights: &'a [f64],
    /// What it shows, for those who cannot see it.
    pub(in crate::report) alt: &'a str,
}

/// The network of one variant as SVG: what only it has is of class `new`, what only the baseline has `gone`.
pub(in crate::report) fn network(drawing: &Drawing<'_>) -> String {
    let mut ways: Vec<(usize, usize)> =
        drawing.routes.iter().chain(drawing.baseline).map(|route| (route.from, route.to)).collect();
    ways.sort_unstable();
    ways.dedup();
    let last: Vec<bool> = drawing.nodes.iter().map(|node| node.kind == NodeKind::Exit).collect();
    // What neither variant has is of another policy.
    let there: Vec<bool> = (0..drawing.nodes.len())
        .map(|part| ways.iter().any(|&(from, to)| from == part || to == part))
        .collect();
    let mut columns = columns(drawing.nodes.len(), &ways, &last);
    for column in &mut columns {
        column.retain(|&part| there[part]);
    }
    columns.retain(|column| !column.is_empty());
    let places = places(&columns, drawing.nodes.len());
    let width = places.iter().map(|place| place.0).fold(0.0, f64::max) + BOX.0 + MARGIN;
    let height = places.iter().map(|place| place.1).fold(0.0, f64::max) + BOX.1 + MARGIN + 14.0;
    let mut svg = format!(
        r#"<svg class="network" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img"><title>{2}</title>"#,
        place(width),
        place(height),
        text(drawing.alt)
    );
    for &(from, to) in &ways {
        way(&mut svg, drawing, (from, to), (places[from], places[to]));
    }
    for (number, node) in drawing.nodes.iter().enumerate().filter(|(number, _)| there[*number]) {
        part(&mut svg, drawing, node, number, places[number]);
    }
    svg + "</svg>"
}

/// Where the upper left corner of each box is; columns are centred against the tallest.
fn places(columns: &[Vec<usize>], parts: usize) -> Vec<(f64, f64)> {
    let tallest = columns.iter().map(Vec::len).max().unwrap_or(0) as f64;
    let step = (BOX.0 + APART.0, BOX.1 + APART.1);
    let mut places = vec![(0.0, 0.0); parts];
    for (number, column) in columns.iter().enumerate() {
        let above = (tallest - column.len() as f64) / 2.0 * step.1;
        for (row, &part) in column.iter().enumerate() {
            places[part] = (MARGIN + number as f64 * step.0, MARGIN + above + row as f64 * step.1);
        }
    }
    places
}

fn way(
    svg: &mut String,
    drawing: &Drawing<'_>,
    (from, to): (usize, usize),
    places: ((f64, f64), (f64, f64)),
) {
    let is_it = |route: &Route| (route.from, route.to) == (from, to);
    let (own, before) = (drawing.routes.iter().position(is_it), drawing.baseline.iter().any(is_it));
    let class = match (own, before) {
        (Some(_), false) => "way new",
        (None, _) => "way gone",
        (Some(_), true) => "way",
    };
    let weight = own.and_then(|own| drawing.weights.get(own)).map_or(1.2, |weight| 1.0 + 7.0 * weight.sqrt());
    let (start, end) = (places.0, places.1);
    let (x1, y1) = (start.0 + BOX.0, start.1 + BOX.1 / 2.0);
    let (x2, y2) = (end.0, end.1 + BOX.1 / 2.0);
    let bend = if x2 > x1 {
        let half = f64::midpoint(x1, x2);
        format!("M{0} {1}C{2} {1} {2} {3} {4} {3}", place(x1), place(y1), place(half), place(y2), place(x2))
    } else {
        // Back or to the same column: out on the right, under the boxes, in from the left.
        let low = start.1.max(end.1) + BOX.1 + 5.0;
        let (right, left) = (x1 + 16.0, x2 - 16.0);
        let [x1, y1, x2, y2, low, right, left] = [x1, y1, x2, y2, low, right, left].map(place);
        format!(
            "M{x1} {y1}C{right} {y1} {right} {low} {x1} {low}L{x2} {low}C{left} {low} {left} {y2} {x2} {y2}"
        )
    };
    let back = if x2 > x1 { "" } else { " back" };
    // Only what differs is named at the way itself; all ways are in the words of the drawing.
    let title = if class == "way" {
        String::new()
    } else {
        let name = format!("{} → {}", drawing.words[from].0, drawing.words[to].0);
        format!("<title>{}</title>", text(&name))
    };
    let _ = write!(
        svg,
        r#"<path class="{class}{back}" stroke-width="{}" d="{bend}">{title}</path>"#,
        place(weight)
    );
}

fn part(svg: &mut String, drawing: &Drawing<'_>, node: &Node, number: usize, at: (f64, f64)) {
    let touches = |routes: &[Route]| routes.iter().any(|route| route.from == number || route.to == number);
    let state = match (touches(drawing.routes), touches(drawing.baseline)) {
        (true, false) => " new",
        (false, true) => " gone",
        _ => "",
    };
    let kind = match node.kind {
        NodeKind::Arrivals => "arrivals",
        NodeKind::Stage => "stage",
        NodeKind::Delay => "delay",
        NodeKind::Exit => "exit",
    };
    let round = if node.kind == NodeKind::Stage { 4.0 } else { BOX.1 / 2.0 };
    let (label, numbers) = &drawing.words[number];
    let [x, y, width, height] = [at.0, at.1, BOX.0, BOX.1].map(place);
    let _ = write!(
        svg,
        r#"<g class="part {kind}{state}"><title>{}</title><rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}"/>"#,
        text(&format!("{label}: {numbers}"))
    );
    let middle = at.0 + BOX.0 / 2.0;
    let lines = lines(label);
    let mut y = at.1 + if lines.len() + usize::from(!numbers.is_empty()) > 2 { 14.0 } else { 20.0 };
    for line in &lines {
        word(svg, "name", "middle", (middle, y), line);
        y += 12.5;
    }
    if !numbers.is_empty() {
        word(svg, "figure", "middle", (middle, y + 1.0), &cut(numbers, LETTERS + 4));
    }
    svg.push_str("</g>");
}

/// A label on at most two lines.
fn lines(label: &str) -> Vec<String> {
    if label.chars().count() <= LETTERS {
        return vec![label.to_owned()];
    }
    let mut first = String::new();
    let mut rest = label.split(' ').peekable();
    while let Some(next) = rest.peek()
        && first.chars().count() + next.chars().count() < LETTERS
    {
        if !first.is_empty() {
            first.push(' ');
        }
        first.push_str(next);
        rest.next();
    }
    if first.is_empty() {
        return vec![cut(label, LETTERS)];
    }
    vec![first, cut(&rest.collect::<Vec<_>>().join(" "), LETTERS)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Words;

    fn node(key: &str, kind: NodeKind) -> Node {
        Node { key: key.to_owned(), label: Words::from(key), kind, pools: Vec::new() }
    }

    #[test]
    fn what_only_one_variant_has_is_marked() {
        let nodes = [
            node("arrivals.in", NodeKind::Arrivals),
            node("stage.desk", NodeKind::Stage),
            node("stage.new", NodeKind::Stage),
            node("exit.out", NodeKind::Exit),
        ];
        let words: Vec<(String, String)> =
            nodes.iter().map(|node| (node.key.clone(), "1 <2".to_owned())).collect();
        let route = |from, to| Route { from, to };
        let drawing = Drawing {
            nodes: &nodes,
            routes: &[route(0, 2), route(2, 3)],
            baseline: &[route(0, 1), route(1, 1), route(1, 3)],
            words: &words,
            weights: &[],
            alt: "a <b>",
        };
        let svg = network(&drawing);
        assert!(
            svg.contains(r#"class="part stage new""#) && svg.contains(r#"class="part stage gone""#),
            "{svg}"
        );
        assert_eq!(svg.matches(r#"class="way gone"#).count(), 3);
        assert_eq!(svg.matches(r#"class="way new""#).count(), 2);
        assert!(!svg.contains("<b>") && !svg.contains("1 <2"));
    }

    #[test]
    fn long_labels_take_two_lines_and_are_cut() {
        assert_eq!(lines("Hearing on the merits"), ["Hearing on the merits"]);
        assert_eq!(
            lines("Court case that began in the interior"),
            ["Court case that began", "in the interior"]
        );
        assert!(lines(&"x".repeat(500))[0].chars().count() <= LETTERS);
    }
}
