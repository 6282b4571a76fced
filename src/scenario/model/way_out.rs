//! Exits, and those who come back.

use super::{Dated, Law};
use crate::asylum::Disposition;
use crate::network::StationIndex;
use crate::scenario::timeline::Timeline;

/// A way out.
#[derive(Debug, Clone)]
pub struct Exit {
    /// Name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// What kind of end it is.
    pub kind: Disposition,
    /// Those who come back.
    pub returns: Option<Returns>,
}

/// Those who come back.
#[derive(Debug, Clone)]
pub struct Returns {
    /// Where to.
    pub to: StationIndex,
    /// Which share, by class.
    pub p: Vec<Dated<Timeline>>,
    /// After how long.
    pub after: Law,
    /// Attempts of a case at most, the first among them.
    pub most: u8,
}
