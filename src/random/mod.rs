//! Where all chance comes from.
//!
//! Random numbers are addressed, not drawn in turn: every number is a pure function of the seed, the
//! replication, and an [`Address`] that says whose decision it is and which one. Guarantees:
//!
//! 1. The same address gives the same number at any thread count, in any order, under any policy.
//! 2. Two different addresses never share a number: the address fills the 256-bit counter of the
//!    generator without hashing.
//! 3. Every law is sampled by inversion of one uniform, monotone in it.

mod count;
mod exponential;
mod gamma;
mod lengths;
mod logarithm;
mod normal;
mod ordered;
mod sequence;
mod stream;
mod survival;
mod variate;

pub use count::{Count, CountError};
pub use gamma::{gamma_cdf, gamma_quantile};
pub use lengths::{Lengths, Spans, spans, standard_exponentials};
pub use normal::normal_quantile;
pub use ordered::quantiles_in_order;
pub use sequence::Sequence;
pub use stream::{Address, Streams, key, unit};
pub use variate::{LawError, Variate};
