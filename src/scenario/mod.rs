//! Scenario files and their meaning.
//!
//! A file is read into a tree of values with their places; the grammar says which keys are legal;
//! policies are laid over the tree of their model; decoding gives the tree a meaning, a `Scenario`. All
//! problems of meaning are noted, and shown at once.

pub mod bibliography;
mod check;
mod composite;
mod counts;
mod data;
mod decode;
mod design;
mod evidence;
pub mod grammar;
pub mod load;
mod mix;
pub mod model;
mod notation;
mod overlay;
mod parameter;
mod paths;
mod record;
mod schema;
pub mod selector;
mod series;
mod shown;
mod signal;
pub mod study;
mod timeline;
pub mod tree;
mod upstream;
mod workdays;

pub use decode::written;
pub use load::{Loaded, Request, Study, Variant, load};
pub use mix::{Mix, Share};
pub use model::Scenario;
pub use notation::Dimension;
pub use overlay::split;
pub use parameter::{Draw, Parameter};
pub use schema::{reference, schema};
pub use signal::{call, comparison};
pub use study::{Replications, Wanted};
pub use timeline::{Expr, Operator, Timeline, tidy};
pub use workdays::term_in_working_days;
