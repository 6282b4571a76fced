//! The vocabulary of asylum adjudication: words and what they mean, nothing that computes.

mod disposition;

pub use disposition::Disposition;
