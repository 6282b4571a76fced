//! How a case ends.

use std::fmt;

/// The kind of end that an exit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Disposition {
    /// Protection granted: asylum, refugee status, complementary protection, other relief.
    Relief,
    /// Protection denied, with no order to leave.
    Denial,
    /// Ordered removed, or removed, after a hearing.
    Removal,
    /// Ordered removed because the person did not appear.
    RemovalInAbsentia,
    /// Given up by the applicant.
    Withdrawn,
    /// Deemed given up: the person did not appear or did not provide what was asked.
    Abandoned,
    /// Ended without a decision on the claim: termination, dismissal, administrative closure.
    Closed,
    /// Left the system that is modelled.
    Left,
}

impl Disposition {
    /// All kinds, in the order in which reports list them.
    pub const ALL: [Self; 8] = [
        Self::Relief,
        Self::Denial,
        Self::Removal,
        Self::RemovalInAbsentia,
        Self::Withdrawn,
        Self::Abandoned,
        Self::Closed,
        Self::Left,
    ];

    /// The word for it in scenario files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Relief => "relief",
            Self::Denial => "denial",
            Self::Removal => "removal",
            Self::RemovalInAbsentia => "removal-in-absentia",
            Self::Withdrawn => "withdrawn",
            Self::Abandoned => "abandoned",
            Self::Closed => "closed",
            Self::Left => "left",
        }
    }

    /// The kind that `word` stands for in scenario files.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether a claim was decided on its merits.
    pub const fn is_decision(self) -> bool {
        matches!(self, Self::Relief | Self::Denial | Self::Removal)
    }
}

impl fmt::Display for Disposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
