//! Many replications of one or several networks.

mod clock_probe;
mod dates;
mod figure;
mod probe;
mod replication;
mod run;
mod summary;

pub use figure::{ExitFigure, Figure, PlaceFigure, PoolFigure, StationFigure, figures};
pub use replication::{Audit, Replication, Series};
pub use run::{Control, replicate, run};
