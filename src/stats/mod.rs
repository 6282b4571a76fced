//! Estimators over plain numbers: what replications say, and how surely.
//!
//! The sample is always the replications (statistics of terminating systems); nothing here knows of
//! simulation. Two intervals with two names: the *half-width* of a mean is the Monte Carlo error
//! and shrinks with more replications; the *quantiles* are the range of futures and do not.
//!
//! Guarantees:
//!
//! 1. NaN means "undefined in this replication" and is left out, never counted as a number.
//! 2. Results depend on the values and their order only.

mod beta;
mod cohort;
mod crossing;
mod difference;
mod estimate;
mod histogram;
mod mser;
mod normal;
mod precision;
mod proportion;
mod quantile;
mod quantile_difference;
mod quantile_interval;
mod rounding;
mod sensitivity;
mod student;
mod subset;
mod variance_shares;

pub use cohort::{Incidence, grouped_incidence, incidence};
pub use crossing::{Crossing, Tested, crossings};
pub use difference::Difference;
pub use estimate::{Estimate, interval_widening};
pub use histogram::Histogram;
pub use mser::{Truncation, mser5};
pub use precision::{Target, checkpoints, reached};
pub use proportion::{clopper_pearson, wilson, wilson_share};
pub use quantile::quantile;
pub use quantile_difference::{QuantileDifference, Resamples};
pub use quantile_interval::{Ranks, quantile_ranks};
pub use rounding::rounded;
pub use sensitivity::{FirstOrder, RankCorrelations, Ranked};
pub use subset::could_be_best;
pub use variance_shares::VarianceShares;
