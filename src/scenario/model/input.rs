//! Numbers that were given, and where they come from.

use jiff::civil::Date;

/// A number that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path.
    pub path: String,
    /// It, as written.
    pub value: String,
    /// Where it comes from.
    pub provenance: Option<Provenance>,
}

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// Id of the source.
    pub source: Option<String>,
    /// Where in it.
    pub at: Option<String>,
    /// Date that the figure is of, where it is not that of the source.
    pub as_of: Option<Date>,
    /// What it counts as, of what a prediction may know though it is of after the start.
    pub counts_as: Option<String>,
    /// A to D.
    pub grade: Option<String>,
    /// Why.
    pub note: Option<String>,
}
