//! Tables of a page: groups of rows under headings.

use crate::report::document::{Document, Row, Spread, Unit};
use crate::report::say::{Key, Speech};

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::report) struct Table {
    /// What it shows.
    pub(in crate::report) caption: String,
    /// Headings of the columns; the first is over the names of the rows.
    pub(in crate::report) head: Vec<String>,
    /// Its rows, in groups.
    pub(in crate::report) groups: Vec<Group>,
}

/// Rows under a heading.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::report) struct Group {
    /// The heading; none where it is empty.
    pub(in crate::report) heading: String,
    /// The rows.
    pub(in crate::report) rows: Vec<Line>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::report) struct Line {
    /// Number of the variant it is about, for its colour and switch.
    pub(in crate::report) variant: Option<usize>,
    /// Its name.
    pub(in crate::report) name: String,
    /// The other cells.
    pub(in crate::report) cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) enum Cell {
    /// A number or a few words.
    Text(String),
    /// A sentence.
    Prose(String),
    /// A drawing of ours, with what it shows in words.
    Drawing(String, String),
    /// A link to the web with its text.
    Link(String, String),
}

impl Table {
    /// Whether there is nothing in it.
    pub(in crate::report) fn is_empty(&self) -> bool {
        self.groups.iter().all(|group| group.rows.is_empty())
    }

    /// How many columns it has.
    pub(super) fn columns(&self) -> usize {
        let rows = self.groups.iter().flat_map(|group| &group.rows);
        rows.map(|row| row.cells.len() + 1).max().unwrap_or(1).max(self.head.len())
    }

    /// A table of estimates, with a row for each variant under each figure.
    pub(super) fn of_rows(document: &Document, t: Speech, caption: &str, rows: &[(String, &Row)]) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for (name, row) in rows {
            let heading = format!("{name} [{}]", unit_of(row, t));
            let group = Group { heading, rows: estimates(document, t, &row.unit, &row.values) };
            if !group.rows.is_empty() {
                groups.push(group);
            }
        }
        let caption = estimate_caption(document, t, caption);
        Self { caption, head: estimate_head(document, t), groups }
    }
}

/// The headings of a table of estimates.
pub(super) fn estimate_head(document: &Document, t: Speech) -> Vec<String> {
    let level = t.level(document.origin.level);
    vec![
        t.say(Key::Policy).to_owned(),
        t.say(Key::Mean).to_owned(),
        t.fill(Key::MonteCarlo, &[("level", &level)]),
        t.say(Key::Range80).to_owned(),
    ]
}

/// What a table of estimates shows, and that a policy which changes nothing is not in it.
pub(super) fn estimate_caption(document: &Document, t: Speech, caption: &str) -> String {
    if !document.compares() {
        return caption.to_owned();
    }
    let stop = if caption.is_empty() || caption.ends_with('.') { "" } else { "." };
    format!("{caption}{stop} {}", t.say(Key::SameLeftOut)).trim().to_owned()
}

fn unit_of(row: &Row, t: Speech) -> String {
    let largest = largest(&row.values);
    match row.values.iter().flatten().next() {
        Some(spread) => t.shown(&row.unit, spread, largest).heading(),
        None => t.unit(&row.unit).to_owned(),
    }
}

/// The largest number of a row, which decides whether it is shown in millions.
pub(super) fn largest(values: &[Option<Spread>]) -> f64 {
    values.iter().flatten().map(|spread| spread.q95.abs().max(spread.q05.abs())).fold(0.0, f64::max)
}

/// A row of estimates for the baseline and each variant in which the figure is another one.
pub(super) fn estimates(document: &Document, t: Speech, unit: &Unit, values: &[Option<Spread>]) -> Vec<Line> {
    let largest = largest(values);
    let line = |(variant, value): (usize, &Option<Spread>)| {
        let spread = value.as_ref()?;
        (variant == 0 || value != &values[0]).then(|| Line {
            variant: Some(variant),
            name: short_label(document, t, variant),
            cells: estimate_cells(t, unit, spread, largest),
        })
    };
    values.iter().enumerate().filter_map(line).collect()
}

/// Mean, Monte Carlo error and the range of eight in ten futures.
pub(super) fn estimate_cells(t: Speech, unit: &Unit, spread: &Spread, largest: f64) -> Vec<Cell> {
    let shown = t.shown(unit, spread, largest);
    let half = spread.half_width.map_or_else(|| t.say(Key::Undefined).to_owned(), |half| shown.bare(half));
    [shown.bare(spread.mean), half, shown.range(spread.q10, spread.q90)].map(Cell::Text).to_vec()
}

/// What a variant is called.
pub(in crate::report) fn label(document: &Document, t: Speech, variant: usize) -> String {
    document.variants.get(variant).map_or_else(String::new, |variant| t.words(&variant.label).to_owned())
}

/// Letters that a name may have where it stands many times: the titles of several policies make a longer one.
const LONGEST: usize = 40;

/// What a variant is called in rows and by the side of lines: its name in the study where its label is long, which the key to the
/// colours explains.
pub(in crate::report) fn short_label(document: &Document, t: Speech, variant: usize) -> String {
    let label = label(document, t, variant);
    if is_short(&label) {
        return label;
    }
    document.variants.get(variant).map_or(label, |variant| variant.name.clone())
}

/// Whether a label is not too long for a row.
pub(super) fn is_short(label: &str) -> bool {
    label.chars().count() <= LONGEST
}

/// A text in a cell.
pub(super) fn cell(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

/// A row of cells of text.
pub(super) fn line(name: impl Into<String>, cells: Vec<Cell>) -> Line {
    Line { variant: None, name: name.into(), cells }
}
