//! The keys of a policy.

use super::{Dimension, Field, SOURCE, Shape, VALUE, may, must};

/// The keys of a policy file.
pub const POLICY: &[Field] = &[
    must("caseload", Shape::Integer, "version of the language: 1"),
    must("kind", Shape::Word(&["policy"]), "\"policy\""),
    may("extends", Shape::Text, "path of the model it is laid over"),
    must("title", Shape::Title, "what it is called"),
    may("note", Shape::Text, "what to know of it"),
    may("source", SOURCE, "where it comes from"),
    may("sources", Shape::Text, "path of the bibliography"),
    may("param", Shape::Map(&Shape::Table(VALUE)), "numbers with names, added to those of the model"),
    may(
        "made-of",
        Shape::List(&Shape::Text),
        "policy files that it is made of, laid over the model before its own changes; what several are made of is laid once",
    ),
    may("intent", Shape::List(&Shape::Text), "paths that it means to change"),
    may("change", Shape::List(&Shape::Table(CHANGE)), "what it changes"),
];

const CHANGE: &[Field] = &[
    may("path", Shape::Text, "which value"),
    may("set", Shape::Any, "put this in its place; on a route, \"stage.x\" or \"exit.x\" sends cases there"),
    may("share", Shape::Quantity(Dimension::Share), "share of those sent elsewhere"),
    may("scale", Shape::Quantity(Dimension::Factor), "multiply it"),
    may("add", Shape::Any, "add to it; with a minus, as in \"-5 /day\", take away, at most what there is"),
    may("insert", Shape::Text, "path of something new"),
    may("table", Shape::Any, "the new thing"),
    may("value", Shape::Any, "the new value"),
    may("remove", Shape::Text, "path of something to take away"),
    may(
        "from",
        Shape::Either(&[Shape::Date, Shape::Table(BEGINNING)]),
        "from this date on; a choice of dates; or a condition",
    ),
    may("until", Shape::Date, "until before this date"),
    may("ramp", Shape::Quantity(Dimension::Length), "length of a linear build-up"),
    may("fade", Shape::Table(FADE), "how it wears off once it is built up"),
    may("why", Shape::Text, "why, in words"),
    may("source", SOURCE, "where it comes from"),
    may("note", Shape::Text, "what to know of it"),
];

const FADE: &[Field] = &[
    must("half-life", Shape::Quantity(Dimension::Length), "time in which half of what is left goes"),
    may("floor", Shape::Quantity(Dimension::Share), "share of its size that stays; 0 if not said"),
    may("source", SOURCE, "where it comes from"),
    may("note", Shape::Text, "why, in words"),
];

const BEGINNING: &[Field] = &[
    may(
        "choice",
        Shape::List(&Shape::Table(&[
            must("date", Shape::Date, "a date"),
            must("p", Shape::Quantity(Dimension::Share), "its probability"),
        ])),
        "dates with probabilities that sum to 1",
    ),
    may(
        "when",
        Shape::Text,
        "a condition, such as \"arrived(border, 30 days) > 20_000\" or \"wait(merits) > 0.8 * baseline\"",
    ),
    may(
        "tested",
        Shape::List(&Shape::Date),
        "the dates at which it is looked at: the first at which it holds counts",
    ),
    may("after", Shape::Quantity(Dimension::Length), "from that date to the beginning"),
];
