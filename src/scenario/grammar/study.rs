//! The keys of a study.

use super::{Field, Shape, may, must};

/// The keys of a study file.
pub const STUDY: &[Field] = &[
    must("caseload", Shape::Integer, "version of the language: 1"),
    must("kind", Shape::Word(&["study"]), "\"study\""),
    may("title", Shape::Title, "what it is called"),
    may("question", Shape::Title, "what it asks"),
    may("note", Shape::Text, "what to know of it"),
    must("model", Shape::Text, "path of the model"),
    may(
        "record",
        Shape::Text,
        "path of a record whose published figures are drawn under the model in reports",
    ),
    may("baseline", Shape::Text, "the policy that others are held against"),
    may("policies", Shape::Map(&Shape::List(&Shape::Text)), "names with lists of policy files"),
    may("axis", Shape::Map(&Shape::Table(AXIS)), "values to be tried"),
    may(
        "interaction",
        Shape::Map(&Shape::Table(INTERACTION)),
        "what two policies change together beyond their sum",
    ),
    may("flip", Shape::Map(&Shape::Table(FLIP)), "where on an axis a difference changes its sign"),
    may("replications", Shape::Table(REPLICATIONS), "how many futures, and which"),
    may("outcome", Shape::Map(&Shape::Table(OUTCOME)), "what is asked"),
    may(
        "series",
        Shape::Word(&["week", "month", "year"]),
        "dates at which the system is shown; month if not said",
    ),
    may("overlap", Shape::Word(&["last-wins"]), "lets the policy listed last win where two set the same"),
];

const AXIS: &[Field] = &[
    must("path", Shape::Text, "which value"),
    must("values", Shape::List(&Shape::Any), "what it takes in turn"),
];

const INTERACTION: &[Field] = &[
    may("label", Shape::Title, "for reports"),
    must("of", Shape::Text, "an outcome"),
    must("first", Shape::Text, "a policy"),
    must("second", Shape::Text, "another policy"),
    must("both", Shape::Text, "a policy made of the files of both"),
];

const FLIP: &[Field] = &[
    may("label", Shape::Title, "for reports"),
    must("axis", Shape::Text, "an axis, whose values are numbers of one unit"),
    must("outcome", Shape::Text, "an outcome"),
    must("between", Shape::List(&Shape::Text), "two policies: the difference is first − second"),
];

pub(super) const REPLICATIONS: &[Field] = &[
    may("seed", Shape::Integer, "master seed"),
    may("number", Shape::Integer, "futures a policy"),
    may("min", Shape::Integer, "least number, where `stop` decides"),
    may("max", Shape::Integer, "greatest number, where `stop` decides"),
    may("stop", Shape::List(&Shape::Table(STOP)), "stop when these are known well enough"),
    may(
        "warm-up",
        Shape::Any,
        "time left out of all figures but those that say their dates: steady-state models only",
    ),
    may(
        "uncertain",
        Shape::Word(&["sample", "central"]),
        "whether inputs with a range vary between futures; if not said they do not: \"central\"",
    ),
    may(
        "per-draw",
        Shape::Integer,
        "futures for each draw of the inputs; 2 if not said. Their number is rounded up to whole draws",
    ),
    may("service-draws", Shape::Word(&["slot", "case"]), "whose luck a service time is"),
    may("level", Shape::Number, "confidence of intervals"),
];

const STOP: &[Field] = &[
    must("outcome", Shape::Text, "an outcome"),
    must("half-width", Shape::Any, "\"1 %\" of its mean, or a number"),
];

const NAMES: Shape = Shape::Either(&[Shape::Text, Shape::List(&Shape::Text)]);

pub(in crate::scenario) const OUTCOME: &[Field] = &[
    may("label", Shape::Title, "for reports"),
    may("better", Shape::Word(&["lower", "higher"]), "which sign of a difference is good"),
    may(
        "unit",
        Shape::Word(&["cases", "persons"]),
        "what is counted, cases if not said: `waiting`, `pending`, `pending-at`, `arrived`, `exits`, `completed`, `transferred`, `probability`; all else has its own unit",
    ),
    may(
        "of",
        Shape::Text,
        "selector: `arrived`, `completed`, `exits`, `pending`, `pending-at` or `waiting` of cases of these classes only",
    ),
    may("waiting", NAMES, "stages: the number waiting"),
    may("population", Shape::Text, "place: the persons there"),
    may("pending", Shape::Boolean, "the number present and not out"),
    may("pending-at", NAMES, "stages: the number there, waiting or in service"),
    may(
        "arrived",
        NAMES,
        "stages: comings to them, from outside or from another stage, not those there at the start; or streams of arrivals (arrivals.NAME where a stage has the same name)",
    ),
    may("exits", NAMES, "exits: departures"),
    may("completed", NAMES, "stages: ends of service"),
    may("transferred", NAMES, "transfers: waiting cases moved"),
    may("visits", Shape::Text, "stage: mean visits of those who left and had been there"),
    may("wait", Shape::Text, "stage: waits of those whose service started"),
    may(
        "statistic",
        Shape::Word(&["mean", "median", "p90"]),
        "of the waits that `wait` asks for; mean if not said",
    ),
    may("probability", Shape::Text, "chance of, for instance, \"waiting(stage) < 400_000\""),
    may("by", Shape::Date, "`probability`: at any date of the series after the warm-up and up to this one"),
    may("share-within", Shape::Any, "share of a cohort out within this time"),
    may(
        "cohort",
        Shape::Date,
        "`share-within`: those who came from this date on, for a month or before `until`; it lies in the run as a whole",
    ),
    may("clock", Shape::Text, "clock: share in time"),
    may("cost", NAMES, "cost items, or \"total\""),
    may("sum", NAMES, "outcomes above: all together, future by future"),
    may("difference", NAMES, "two outcomes above: the first less the second, future by future"),
    may("ratio", NAMES, "two outcomes above: the first over the second, future by future"),
    may(
        "at",
        Shape::Date,
        "just after this date's midnight: `waiting`, `population`, `pending`, `pending-at`",
    ),
    may(
        "average",
        Shape::Boolean,
        "time average after the warm-up, in place of `at`: `waiting`, `population`",
    ),
    may("peak", Shape::Boolean, "greatest value after the warm-up, in place of `at`: `population`"),
    may(
        "from",
        Shape::Either(&[Shape::Date, Shape::Word(&["filed"])]),
        "`arrived`, `exits`, `completed`, `transferred`: what comes after this date's midnight; if not said, after the start and the warm-up (after the next midnight where that is no whole number of days). `share-within`: the word \"filed\"",
    ),
    may(
        "until",
        Shape::Date,
        "`arrived`, `exits`, `completed`, `transferred`: what comes up to this date's midnight; the end if not said. `share-within`: the first date after the cohort",
    ),
];
