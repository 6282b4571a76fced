//! What was published, to be held beside the outcomes of a model.

use jiff::civil::Date;

/// Published figures, row by row, and what to know of the comparison.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// What it is called.
    pub title: Option<String>,
    /// What to know of it.
    pub note: Option<String>,
    /// Its rows, in the order of the file.
    pub rows: Vec<Row>,
    /// Labels that were changed after they had been fixed.
    pub changed: Vec<Relabelled>,
    /// Inputs that stand on a source dated after the start of the run.
    pub late: Vec<LateInput>,
}

/// One outcome with what was published of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Name as in the file.
    pub name: String,
    /// Which of the network's measures it is; label and unit are those of this outcome.
    pub outcome: usize,
    /// Published figures of the same thing, in the outcome's own unit; none where nothing is published.
    pub published: Vec<f64>,
    /// How far beyond their span the model's mean may lie, as a share of the nearer end.
    pub tolerance: f64,
    /// What the row says of the model.
    pub role: Role,
    /// Until when a prediction from later than the start knows figures.
    pub known_until: Option<Date>,
    /// The youngest figure it rests on, of those that a prediction may not know.
    pub youngest: Option<LateInput>,
    /// False: shown beside the published figure without a verdict.
    pub judged: bool,
    /// Where the figures are from.
    pub source: Option<Cited>,
    /// Why the model misses, if it does.
    pub miss: Option<String>,
    /// What to know of the row.
    pub note: Option<String>,
}

/// What a row says of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// No input is dated after the start but arrivals, staffing and legal dates: evidence.
    Predicted,
    /// Inputs were chosen so that it comes out.
    Fitted,
    /// It stands on assumptions about itself.
    Assumed,
}

impl Role {
    /// All of them, the strongest first.
    pub const ALL: [Self; 3] = [Self::Predicted, Self::Fitted, Self::Assumed];

    /// As in files and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Predicted => "predicted",
            Self::Fitted => "fitted",
            Self::Assumed => "assumed",
        }
    }

    /// The role of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A source as a reader can find it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cited {
    /// Id in the bibliography.
    pub id: String,
    /// Title.
    pub title: String,
    /// Address.
    pub url: Option<String>,
    /// Where in it.
    pub at: Option<String>,
}

/// A label that was changed after it had been fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relabelled {
    /// When.
    pub date: Date,
    /// Of which row.
    pub row: String,
    /// What it was.
    pub from: Role,
    /// What it is.
    pub to: Role,
    /// Until when it now knows figures, if from later than the start.
    pub known_until: Option<Date>,
    /// Why.
    pub why: String,
}

/// An input that stands on a source dated after the start; in order of sources.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LateInput {
    /// Id of its source.
    pub source: String,
    /// Path of the input.
    pub path: String,
    /// Date of the figure, or of its source, as written.
    pub date: String,
    /// What it counts as, where a prediction may know it.
    pub counts_as: Option<String>,
}

impl Row {
    /// The role in words, with the date from which it is predicted where that is not the start.
    pub fn standing(&self) -> String {
        standing(self.role, self.known_until)
    }
}

/// A role in words, with the date from which it is predicted where that is not the start.
pub fn standing(role: Role, known_until: Option<Date>) -> String {
    match known_until {
        Some(date) => format!("{} from {date}", role.name()),
        None => role.name().to_owned(),
    }
}
