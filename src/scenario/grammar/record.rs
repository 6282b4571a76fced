//! The keys of a record.

use super::study::{OUTCOME, REPLICATIONS};
use super::{Field, SOURCE, Shape, may, must};

/// The keys of a record file.
pub const RECORD: &[Field] = &[
    must("caseload", Shape::Integer, "version of the language: 1"),
    must("kind", Shape::Word(&["record"]), "\"record\""),
    may("title", Shape::Title, "what it is called"),
    may("note", Shape::Text, "what to know of it"),
    must("model", Shape::Text, "path of the model"),
    may("policies", Shape::List(&Shape::Text), "policy files laid over the model: what really happened"),
    may("replications", Shape::Table(REPLICATIONS), "how many futures, and which"),
    may("outcome", Shape::Map(&Shape::Table(OUTCOME)), "what rows are made of"),
    must("row", Shape::Map(&Shape::Table(ROW)), "an outcome beside what was published of it"),
    may("changed", Shape::List(&Shape::Table(CHANGED)), "labels changed after they had been fixed"),
    may("series", Shape::Word(&["week", "month", "year"]), "dates at which a level is held against a bound"),
    may("overlap", Shape::Word(&["last-wins"]), "lets the policy listed last win where two set the same"),
];

const ROLES: Shape = Shape::Word(&["predicted", "fitted", "assumed"]);

const ROW: &[Field] = &[
    may("label", Shape::Title, "for the page"),
    may(
        "chart",
        Shape::Title,
        "what the level is called in the reports of studies that name this record; one of the rows of a level says it for all",
    ),
    must("model", Shape::Table(OUTCOME), "what the model says: as an outcome of a study"),
    may("published", Shape::Number, "the published figure, a share as 0.46; none: nothing is published"),
    may("also", Shape::List(&Shape::Number), "other published figures of the same thing: the span"),
    may("tolerance", Shape::Number, "how far beyond the span still counts as a hit; 0.15 if not said"),
    must("role", ROLES, "what the row says of the model"),
    may("known-until", Shape::Date, "predicted rows: until when figures were known; the start if not said"),
    may("judged", Shape::Boolean, "false: shown without a verdict"),
    may("source", SOURCE, "where the published figures are from"),
    may("miss", Shape::Text, "why the model misses, if it does"),
    may("note", Shape::Text, "what to know of it"),
];

const CHANGED: &[Field] = &[
    must("date", Shape::Date, "when the label was changed"),
    must("row", Shape::Text, "of which row"),
    must("from", ROLES, "what it was"),
    must("to", ROLES, "what it is"),
    may(
        "known-until",
        Shape::Date,
        "until when figures are known, where it became predicted from later than the start",
    ),
    must("why", Shape::Text, "why"),
];
