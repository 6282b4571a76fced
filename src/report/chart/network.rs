//! The network of a model as a drawing.

use super::layers::columns;
use super::svg::{cut, place, text, word};
use crate::report::document::{Node, NodeKind, Route};
use std::fmt::Write as _;

const BOX: (f64, f64) = (148.0, 46.0);
const APART: (f64, f64) = (38.0, 10.0);
const MARGIN: f64 = 8.0;
/// From one line of a box to the next.
const LINE: f64 = 12.5;
/// Letters that fit a line of a box.
const LETTERS: usize = 23;

/// Where the parts of a network stand and how its ways run: the same in the drawings of all variants, so that what they
/// share is written once and differences meet the eye.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Layout {
    places: Vec<(f64, f64)>,
    ways: Vec<(usize, usize)>,
}

/// What a drawing is made of.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct Drawing<'a> {
    /// Where things stand.
    pub(in crate::report) layout: &'a Layout,
    /// All parts, of all variants.
    pub(in crate::report) nodes: &'a [Node],
    /// The ways of this variant.
    pub(in crate::report) routes: &'a [Route],
    /// The ways of the baseline.
    pub(in crate::report) baseline: &'a [Route],
    /// For each part, its label and the line of numbers under it.
    pub(in crate::report) words: &'a [(String, String)],
    /// The same in the baseline; none in the drawing of the baseline itself.
    pub(in crate::report) before: Option<&'a [(String, String)]>,
    /// For each way of the variant, how many cases went it, relative to the most; empty where not counted.
    pub(in crate::report) weights: &'a [f64],
    /// What it shows, for those who cannot see it.
    pub(in crate::report) alt: &'a str,
}

impl Layout {
    /// For all parts, with the ways of all variants.
    pub(in crate::report) fn of(nodes: &[Node], routes: &[Vec<Route>]) -> Self {
        let mut ways: Vec<(usize, usize)> =
            routes.iter().flatten().map(|route| (route.from, route.to)).collect();
        ways.sort_unstable();
        ways.dedup();
        let last: Vec<bool> = nodes.iter().map(|node| node.kind == NodeKind::Exit).collect();
        let mut columns = columns(nodes.len(), &ways, &last);
        for column in &mut columns {
            column.retain(|&part| ways.iter().any(|&(from, to)| from == part || to == part));
        }
        columns.retain(|column| !column.is_empty());
        Self { places: places(&columns, nodes.len()), ways }
    }

    fn size(&self) -> (f64, f64) {
        let furthest = |of: fn(&(f64, f64)) -> f64| self.places.iter().map(of).fold(0.0, f64::max);
        (furthest(|at| at.0) + BOX.0 + MARGIN, furthest(|at| at.1) + BOX.1 + MARGIN + 14.0)
    }

    /// The boxes with their names, and the ways: shown nowhere, used by every drawing.
    pub(in crate::report) fn shared(&self, nodes: &[Node], labels: &[String]) -> String {
        let mut svg = String::from(r#"<svg class="shared" width="0" height="0" aria-hidden="true"><defs>"#);
        for (number, (node, label)) in nodes.iter().zip(labels).enumerate() {
            named_box(&mut svg, node, label, (number, self.places[number]));
        }
        for (number, &(from, to)) in self.ways.iter().enumerate() {
            let path = bend(self.places[from], self.places[to]);
            let back = if self.places[to].0 > self.places[from].0 { "" } else { r#" class="back""# };
            let _ = write!(svg, r#"<path id="w{number}"{back} d="{path}"/>"#);
        }
        svg + "</defs></svg>"
    }
}

/// The network of one variant as SVG: what only it has is of class `new`, what only the baseline has `gone`.
pub(in crate::report) fn network(drawing: &Drawing<'_>) -> String {
    let (width, height) = drawing.layout.size();
    let mut svg = format!(
        r#"<svg class="network" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img"><title>{2}</title>"#,
        place(width),
        place(height),
        text(drawing.alt)
    );
    svg.push_str(r#"<g class="ways">"#);
    for number in 0..drawing.layout.ways.len() {
        way(&mut svg, drawing, number);
    }
    svg.push_str("</g>");
    for (number, node) in drawing.nodes.iter().enumerate() {
        part(&mut svg, drawing, node, number);
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

/// The line from one box to another.
fn bend(start: (f64, f64), end: (f64, f64)) -> String {
    let (x1, y1) = (start.0 + BOX.0, start.1 + BOX.1 / 2.0);
    let (x2, y2) = (end.0, end.1 + BOX.1 / 2.0);
    if x2 > x1 {
        let half = f64::midpoint(x1, x2);
        return format!(
            "M{0} {1}C{2} {1} {2} {3} {4} {3}",
            place(x1),
            place(y1),
            place(half),
            place(y2),
            place(x2)
        );
    }
    // Back or to the same column: out on the right, under the boxes, in from the left.
    let low = start.1.max(end.1) + BOX.1 + 5.0;
    let (right, left) = (x1 + 16.0, x2 - 16.0);
    let [x1, y1, x2, y2, low, right, left] = [x1, y1, x2, y2, low, right, left].map(place);
    format!("M{x1} {y1}C{right} {y1} {right} {low} {x1} {low}L{x2} {low}C{left} {low} {left} {y2} {x2} {y2}")
}

/// A way, where the variant or the baseline has it.
fn way(svg: &mut String, drawing: &Drawing<'_>, number: usize) {
    let (from, to) = drawing.layout.ways[number];
    let is_it = |route: &Route| (route.from, route.to) == (from, to);
    let (own, before) = (drawing.routes.iter().position(is_it), drawing.baseline.iter().any(is_it));
    let class = match (own, before) {
        (Some(_), true) => "",
        (Some(_), false) => "new",
        (None, true) => "gone",
        (None, false) => return,
    };
    let weight = own.and_then(|own| drawing.weights.get(own)).map_or(1.2, |weight| 1.0 + 7.0 * weight.sqrt());
    let _ = write!(svg, r##"<use href="#w{number}" stroke-width="{}""##, place(weight));
    // Only what differs is named at the way itself; all ways are in the words of the drawing.
    if class.is_empty() {
        svg.push_str("/>");
    } else {
        let name = format!("{} → {}", drawing.words[from].0, drawing.words[to].0);
        let _ = write!(svg, r#" class="{class}"><title>{}</title></use>"#, text(&name));
    }
}

/// A part with its numbers, where the variant or the baseline has it.
fn part(svg: &mut String, drawing: &Drawing<'_>, node: &Node, number: usize) {
    let touches = |routes: &[Route]| routes.iter().any(|route| route.from == number || route.to == number);
    let state = match (touches(drawing.routes), touches(drawing.baseline)) {
        (true, true) => "",
        (true, false) => " new",
        (false, true) => " gone",
        (false, false) => return,
    };
    let kind = match node.kind {
        NodeKind::Arrivals => "arrivals",
        NodeKind::Stage => "stage",
        NodeKind::Delay => "delay",
        NodeKind::Exit => "exit",
    };
    let (label, numbers) = &drawing.words[number];
    let at = drawing.layout.places[number];
    let same = drawing.before.is_some_and(|before| before[number].1 == *numbers);
    if same && state.is_empty() {
        let _ = write!(svg, r##"<use href="#b{number}"/>"##);
        return;
    }
    let id = if drawing.before.is_none() { format!(r#" id="b{number}""#) } else { String::new() };
    let _ = write!(svg, r##"<g{id} class="part {kind}{state}"><use href="#p{number}"/>"##);
    if !numbers.is_empty() {
        let (lines, first) = first_line(label);
        let y = at.1 + first + LINE * lines.len() as f64 + 1.0;
        let (x, y) = (place(at.0 + BOX.0 / 2.0), place(y));
        let _ = write!(svg, r#"<text x="{x}" y="{y}">{}</text>"#, text(&cut(numbers, LETTERS + 4)));
    }
    svg.push_str("</g>");
}

/// The box of a part with its name in it.
fn named_box(svg: &mut String, node: &Node, label: &str, (number, at): (usize, (f64, f64))) {
    let round = if node.kind == NodeKind::Stage { 4.0 } else { BOX.1 / 2.0 };
    let [x, y, width, height] = [at.0, at.1, BOX.0, BOX.1].map(place);
    let _ = write!(
        svg,
        r#"<g id="p{number}"><title>{}</title><rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}"/>"#,
        text(label)
    );
    let (lines, mut y) = first_line(label);
    for line in &lines {
        word(svg, "name", "middle", (at.0 + BOX.0 / 2.0, at.1 + y), line);
        y += LINE;
    }
    svg.push_str("</g>");
}

/// The lines of a label, and how far below the top of its box the first one stands: a line of numbers is to come under them.
fn first_line(label: &str) -> (Vec<String>, f64) {
    let lines = lines(label);
    let first = if lines.len() > 1 { 14.0 } else { 20.0 };
    (lines, first)
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
        let before = vec![route(0, 1), route(1, 1), route(1, 3)];
        let routes = vec![route(0, 2), route(2, 3)];
        let layout = Layout::of(&nodes, &[before.clone(), routes.clone()]);
        let drawing = Drawing {
            layout: &layout,
            nodes: &nodes,
            routes: &routes,
            baseline: &before,
            words: &words,
            before: Some(&words),
            weights: &[],
            alt: "a <b>",
        };
        let svg = network(&drawing);
        assert!(
            svg.contains(r#"class="part stage new""#) && svg.contains(r#"class="part stage gone""#),
            "{svg}"
        );
        assert_eq!(svg.matches(r#"class="gone""#).count(), 3);
        assert_eq!(svg.matches(r#"class="new""#).count(), 2);
        let shared = layout.shared(&nodes, &["<i>", "b", "c", "d"].map(str::to_owned));
        assert!(!svg.contains("<b>") && !svg.contains("1 <2") && !shared.contains("<i>"));
        // What a drawing uses is there once: in what is shared, or in the drawing of the baseline.
        let shared = shared + &network(&Drawing { routes: &before, before: None, ..drawing });
        for id in svg.split("href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert_eq!(shared.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
        }
        // Without the policy the part that only it has is not drawn.
        let alone = network(&Drawing { routes: &before, before: None, ..drawing });
        assert!(!alone.contains("#p2") && alone.contains("#p1"), "{alone}");
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
