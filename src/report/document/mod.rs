//! Everything that a report shows, as data: numbers, labels and sources in the order of the report.
//!
//! A document is made once, after the simulation, and is all that a report is made from: `report.json` is
//! this document, a page or a table is a way of showing it, and `verify` compares two of them. It holds no
//! sentence in one language where a number and a word of a closed set will do; what comes from files is
//! there in every language the file has.
//!
//! Guarantees:
//!
//! 1. The same outcomes and files give the same document, byte for byte.
//! 2. A document that was changed or cut after it was written is known by its seal.
//! 3. Numbers that are undefined are absent, never zero.

mod answer;
mod audit;
mod burden;
mod certainty;
mod curves;
mod flows;
mod number;
mod origin;
mod provenance;
mod queues;
mod seal;
mod spanish;
mod still;
mod waits;
mod words;

pub use answer::{Answer, Gap, Headline, QuantileGap, Verdict};
pub use audit::{Audit, CautionNote, FluidGap, Identities};
pub use burden::{Burden, Place};
pub use certainty::{Certainty, Driver, Share};
pub use curves::{Curve, Trace, WayOut};
pub use flows::{Ending, Flow, Flows, Ledger, LedgerRow, Node, NodeKind, Route};
pub use number::{Band, Row, Series, Spread, Unit};
pub use origin::{File, Origin, Variant};
pub use provenance::{Alteration, Beginning, Condition, Fade, Input, Item, Policy, Provenance, Source};
pub use queues::{Chart, Published, Queues, Subject};
pub use seal::Broken;
pub use still::Still;
pub use waits::{Age, Cohort, CohortShare, StageWait, Waits};
pub use words::{Lang, Name, Words};

use super::Variant as View;
use serde::{Deserialize, Serialize};

/// Version of the form of a document; a reader of another one refuses it.
pub const FORM: u32 = 5;

/// A report as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Document {
    /// Version of this form.
    pub form: u32,
    /// Version of the program.
    pub caseload: String,
    /// Title of the model.
    pub title: Words,
    /// What the study asks.
    pub question: Option<Words>,
    /// First day, as 2019-06-07.
    pub start: String,
    /// Last day.
    pub end: String,
    /// What was run, and from which files.
    pub origin: Origin,
    /// The variants; the first is the baseline.
    pub variants: Vec<Variant>,
    /// The headline figures and what each policy changes in them.
    pub answer: Answer,
    /// Sweeps, interactions and where verdicts turn, as the terminal sets them; empty where the study asks for none.
    pub design: Words,
    /// Levels through time.
    pub queues: Queues,
    /// Waits, cohorts, ages.
    pub waits: Waits,
    /// Where cases go.
    pub flows: Flows,
    /// Money, places and clocks.
    pub burden: Burden,
    /// What the spread is made of.
    pub certainty: Certainty,
    /// What was checked.
    pub audit: Audit,
    /// Every input and its source.
    pub provenance: Provenance,
    /// Hash of all the above.
    pub seal: String,
}

/// What a document needs beyond outcomes: what the files say.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Background {
    /// Title of the model.
    pub title: Words,
    /// What the study asks.
    pub question: Option<Words>,
    /// What was run.
    pub origin: Origin,
    /// Labels by the path of a thing, such as `stage.desk`, in the languages of the files.
    pub labels: std::collections::BTreeMap<String, Words>,
    /// The network as a drawing: what there is and what leads where, over all variants.
    pub nodes: Vec<Node>,
    /// For each variant, what leads where.
    pub routes: Vec<Vec<Route>>,
    /// Inputs, sources, policies, methods.
    pub provenance: Provenance,
    /// Sweeps, interactions and where verdicts turn, in words.
    pub design: Words,
    /// Published figures that belong to a chart, by its key.
    pub published: Vec<(String, Published)>,
}

impl Document {
    /// The document of variants on the same futures, the baseline first.
    ///
    /// # Panics
    ///
    /// If there is no variant: a report is about at least one.
    pub fn new(views: &[View<'_>], background: &Background) -> Self {
        let baseline = views.first().expect("a report is about at least one variant");
        // Each looks at every future for itself: as many at once as there are cores.
        let (queues, (waits, flows)) = rayon::join(
            || Queues::of(views, background),
            || rayon::join(|| Waits::of(views, background), || Flows::of(views, background)),
        );
        let mut document = Self {
            form: FORM,
            caseload: env!("CARGO_PKG_VERSION").to_owned(),
            title: background.title.clone(),
            question: background.question.clone(),
            start: baseline.legend.start.to_string(),
            end: baseline.legend.end.to_string(),
            origin: background.origin.clone(),
            variants: views.iter().map(|view| Variant::of(view, background)).collect(),
            answer: Answer::of(views, background),
            design: background.design.clone(),
            queues,
            waits,
            flows,
            burden: Burden::of(views, background),
            certainty: Certainty::of(views),
            audit: Audit::of(views, background),
            provenance: background.provenance.clone(),
            seal: String::new(),
        };
        document.seal = document.hash();
        document
    }

    /// The baseline.
    pub fn baseline(&self) -> &Variant {
        &self.variants[0]
    }

    /// Whether it compares at all.
    pub fn compares(&self) -> bool {
        self.variants.len() > 1
    }
}
