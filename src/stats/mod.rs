//! stub
mod histogram;
pub use histogram::Histogram;
