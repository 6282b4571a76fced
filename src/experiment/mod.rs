//! Many replications of one or several networks.

mod clock_probe;
mod dates;
mod figure;
mod outcome;
mod probe;
mod replication;
mod run;
mod study;
mod summary;
mod watch;

pub use figure::{ExitFigure, Figure, PlaceFigure, PoolFigure, StationFigure, figures};
pub use outcome::Outcome;
pub use replication::{Audit, Replication, Series};
pub use run::{Control, replicate, run};
pub use study::{Arm, Futures, compare};
