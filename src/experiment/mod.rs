//! Many replications of one or several networks.

mod case_rules;
mod clock_probe;
mod dates;
mod detail;
mod figure;
mod outcome;
mod probe;
mod probe_blocks;
mod replication;
mod run;
mod shared;
mod slot_set;
mod still;
mod study;
mod summary;
mod sums;
mod visit_probe;
mod watch;

pub use detail::{
    AgeAt, CohortResult, CurveResult, Detail, DetailPlan, Leaving, Move, Origin, Stock, Within,
};
pub use figure::{
    ConditionFigure, ExitFigure, Figure, PlaceFigure, PoolFigure, StationFigure, TransferFigure, figures,
};
pub use outcome::{FluidLevel, Outcome};
pub use replication::{Audit, Replication, Series};
pub use run::{Answered, Control, replicate, replicate_answering, replicate_in_detail, run};
pub use shared::Shared;
pub use study::{Arm, Futures, compare};
