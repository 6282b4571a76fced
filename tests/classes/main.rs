//! Classes told apart by dimensions, forced counts and returns: from the text of a model to its cases.

mod mix;
mod quota;
mod returns;
mod support;
