//! A report as one page that needs nothing else: no network, no font, no script of anybody else.
//!
//! The page is complete without its script; the script adds reading off, arrow keys and the logarithmic
//! scale. Texts of files are data: the templates escape them, charts escape them, and marks that would turn
//! the direction of reading are shown as a sign. A policy in the head of the page forbids every request and
//! every script but ours, whose pass is the page's own seal: no text can contain it, as the seal is a hash of
//! the text.

mod charts;
mod curves;
mod packed;
mod provenance;
pub(in crate::report) mod sections;
mod selftest;
pub(in crate::report) mod table;
mod thin;
mod waits;

use super::document::{Broken, Document, Lang};
use super::say::{Key, Speech};
use askama::Template;
use charts::{ChartView, Diagram};
use curves::CurveGroup;
use provenance::{FileView, PolicyView};
use sections::{AnswerBlock, Legend};
use std::borrow::Borrow;
use table::{Cell, Table};

const STYLE: &str = include_str!("../../../templates/report.css");
const SCRIPT: &str = include_str!("../../../templates/report.js");

/// The page of a document.
///
/// # Panics
///
/// Never: the template writes to memory.
pub fn page(document: &Document, lang: Lang) -> String {
    let page = Page::of(document, Speech { lang }).render().expect("memory takes every page");
    let page = format!("{}\n", page.trim());
    page.chars().map(|letter| if turns_the_text(letter) { '\u{fffd}' } else { letter }).collect()
}

/// The document that a page encloses.
///
/// # Errors
///
/// What is wrong with the page.
pub fn enclosed(page: &str) -> Result<Document, Broken> {
    packed::document(page)
}

/// How a page in a language begins.
pub fn language_mark(lang: Lang) -> String {
    format!("<html lang=\"{}\">", lang.code())
}

/// Marks that embed or override the direction of the text after them.
const fn turns_the_text(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    t: Speech,
    document: &'a Document,
    style: &'static str,
    script: &'static str,
    /// What a script must show to be run.
    pass: &'a str,
    s: Sections,
    legend: Vec<Legend>,
    diagrams: Vec<Diagram>,
    /// What the drawings of the network have in common.
    shared: String,
    policies: Vec<PolicyView>,
    files: Vec<FileView>,
    packed: String,
}

impl<'a> Page<'a> {
    fn of(document: &'a Document, t: Speech) -> Self {
        let (diagrams, shared) = charts::diagrams(document, t);
        Self {
            t,
            document,
            style: STYLE,
            script: SCRIPT,
            pass: document.seal.get(..32).unwrap_or("none"),
            s: Sections::of(document, t),
            legend: sections::legend(document, t),
            diagrams,
            shared,
            policies: provenance::policies(document, t),
            files: provenance::files(document),
            packed: packed::element(document),
        }
    }

    /// A text of the catalogue by its key.
    const fn say(&self, key: Key) -> &'static str {
        self.t.say(key)
    }

    /// A text of the catalogue with a count in it.
    fn counted(&self, one: Key, many: Key, number: impl Borrow<usize>) -> String {
        self.t.counted(*number.borrow(), one, many)
    }

    /// How many claims of theory the program was held against.
    fn held(&self) -> String {
        let (held, all) = selftest::held();
        self.t.fill(Key::SelfTestHeld, &[("n", &self.t.count(held)), ("all", &self.t.count(all))])
    }

    /// How light bands are, of one: where there are many, they lie over each other.
    fn light(&self) -> String {
        const FULL: f64 = 3.0;
        format!("{:.2}", (FULL / self.document.variants.len() as f64).min(1.0))
    }

    /// The name of a variant.
    fn name(&self, variant: impl Borrow<usize>) -> &str {
        self.document.variants.get(*variant.borrow()).map_or("", |variant| &variant.name)
    }
}

/// Sentences and tables of a report, in the order in which they are read.
pub(super) struct Sections {
    pub(super) facts: Vec<String>,
    pub(super) lead: String,
    pub(super) answer: Vec<AnswerBlock>,
    pub(super) more: Vec<AnswerBlock>,
    pub(super) not_shown: Vec<String>,
    pub(super) charts: Vec<ChartView>,
    pub(super) places: Vec<ChartView>,
    charts_left_out: usize,
    waits: Table,
    /// How those who filed in a few periods went out through time.
    pub(super) curves: Vec<CurveGroup>,
    cohorts: Vec<Table>,
    ages: Table,
    stages: Table,
    endings: Table,
    ledger: Table,
    comparison: Table,
    quantiles: Table,
    costs: Table,
    place_table: Table,
    clocks: Table,
    certainty: Table,
    shares: Table,
    drivers: Table,
    identities: Table,
    selftest: Table,
    fluid: Table,
    changes: Table,
    assumed: Table,
    sourced: Table,
    sources: Table,
    methods: Table,
    repeat: Table,
}

impl Sections {
    /// All of a document, in a language.
    pub(super) fn of(document: &Document, t: Speech) -> Self {
        let (answer, more) = sections::answer(document, t);
        let (charts, places, charts_left_out) = charts::charts(document, t);
        let (assumed, sourced) = provenance::inputs(document, t);
        Self {
            facts: sections::facts(document, t),
            lead: sections::lead(document, t),
            answer,
            more,
            not_shown: sections::not_shown(document, t),
            charts,
            places,
            charts_left_out,
            waits: waits::stages(document, t),
            curves: curves::groups(document, t),
            cohorts: waits::cohorts(document, t),
            ages: waits::ages(document, t),
            stages: sections::stages(document, t),
            endings: sections::endings(document, t),
            ledger: sections::ledger(document, t),
            comparison: sections::comparison(document, t),
            quantiles: sections::quantiles(document, t),
            costs: sections::costs(document, t),
            place_table: sections::places(document, t),
            clocks: sections::clocks(document, t),
            certainty: sections::certainty(document, t),
            shares: sections::shares(document, t),
            drivers: sections::drivers(document, t),
            identities: sections::identities(document, t),
            selftest: selftest::selftest(t),
            fluid: sections::fluid(document, t),
            changes: provenance::changes(document, t),
            assumed,
            sourced,
            sources: provenance::sources(document, t),
            methods: provenance::methods(document, t),
            repeat: provenance::facts(document, t),
        }
    }

    /// The tables after the charts, under the headings of their sections.
    pub(super) fn tables(&self) -> Vec<(Key, Vec<&Table>)> {
        let waits = self.cohorts.iter().chain([&self.ages, &self.waits]).collect();
        vec![
            (Key::Waits, waits),
            (Key::Flows, vec![&self.ledger, &self.stages, &self.endings]),
            (Key::Comparison, vec![&self.comparison, &self.quantiles]),
            (Key::Burden, vec![&self.costs, &self.place_table, &self.clocks]),
            (Key::Certainty, vec![&self.shares, &self.drivers, &self.certainty]),
            (Key::Audit, vec![&self.identities, &self.fluid, &self.selftest]),
            (Key::Provenance, vec![&self.changes, &self.assumed, &self.sourced, &self.sources]),
            (Key::Methods, vec![&self.repeat, &self.methods]),
        ]
    }
}
