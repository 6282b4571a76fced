//! Many replications of one or several networks.

mod figure;
mod replication;

pub use figure::{ExitFigure, Figure, PlaceFigure, PoolFigure, StationFigure, figures};
pub use replication::{Audit, Replication, Series};
