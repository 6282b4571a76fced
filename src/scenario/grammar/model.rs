//! The keys of a model, and of its bibliography.

use super::{Dimension, Field, SOURCE, Shape, VALUE, may, must};

const CSV: Shape = Shape::Text;
const NAMES: Shape = Shape::Either(&[Shape::Text, Shape::List(&Shape::Text)]);
const SHARES: Shape = Shape::Map(&Shape::Quantity(Dimension::Share));
const WITHDRAW: Shape = Shape::Either(&[Shape::Any]);
const LABEL: Field = may("label", Shape::Title, "for reports");
const CITED: Field = may("source", SOURCE, "where its values come from");
const NOTE: Field = may("note", Shape::Text, "why, in words");

/// The keys of a model file.
pub const MODEL: &[Field] = &[
    must("caseload", Shape::Integer, "version of the language: 1"),
    must("kind", Shape::Word(&["model"]), "\"model\""),
    must("title", Shape::Title, "what it is a model of"),
    must("start", Shape::Date, "first day"),
    must("end", Shape::Date, "last day: the run ends at its midnight"),
    may("sources", Shape::Text, "path of the bibliography"),
    NOTE,
    may("param", Shape::Map(&Shape::Table(VALUE)), "numbers with names, used as \"$name\""),
    may("dimension", Shape::Map(&Shape::Table(DIMENSION)), "what kinds of case are told apart by"),
    must("class", Shape::Map(&Shape::Table(CLASS)), "kinds of case"),
    may("pool", Shape::Map(&Shape::Table(POOL)), "groups of servers"),
    may("arrivals", Shape::Map(&Shape::Table(ARRIVALS)), "cases from outside"),
    must("stage", Shape::Map(&Shape::Table(STAGE)), "where cases wait and are served"),
    may("initial", Shape::Map(&Shape::Table(INITIAL)), "cases waiting at the start"),
    must("exit", Shape::Map(&Shape::Table(EXIT)), "ways out"),
    may("place", Shape::Map(&Shape::Table(PLACE)), "where people physically are"),
    may("transfer", Shape::Map(&Shape::Table(TRANSFER)), "waiting cases moved in bulk"),
    may("clock", Shape::Map(&Shape::Table(CLOCK)), "legal time limits"),
    may(
        "cost",
        Shape::Any,
        "prices: currency, and items: staff(pool), waiting(stage or class), place(place), within-capacity(place) and beyond-capacity(place), as \"staff(pool)\" = { per-year = … }, per-month or per-day; started(stage), decided(stage) and exit(exit), as { each = … }; visit(stage), as { per-visit = … }",
    ),
];

const DIMENSION: &[Field] = &[
    LABEL,
    must("value", Shape::Map(&Shape::Table(DIMENSION_VALUE)), "its values; their names are selectors"),
    CITED,
    NOTE,
];

const DIMENSION_VALUE: &[Field] =
    &[LABEL, may("persons", Shape::CountLaw, "persons in a case of this value"), CITED, NOTE];

const CLASS: &[Field] = &[
    LABEL,
    may("dimensions", Shape::List(&Shape::Text), "stands for every combination of their values"),
    may("persons", Shape::CountLaw, "persons in a case; 1 if neither the class nor a value says so"),
    CITED,
    NOTE,
];

const POOL: &[Field] = &[
    LABEL,
    must("start", Shape::Quantity(Dimension::Count), "servers at the start"),
    may("step", Shape::List(&Shape::Table(STAFF_STEP)), "servers from dates on"),
    may("hires", Shape::Table(HIRES), "new servers, in classes"),
    may("attrition", Shape::Quantity(Dimension::Hazard), "share that leaves per time"),
    may("ramp", Shape::List(&Shape::Table(RAMP)), "output of the newly hired"),
    may("closed", Shape::List(&Shape::Table(CLOSED)), "capacity lost for a time"),
    may(
        "serves",
        Shape::Either(&[Shape::List(&Shape::Text), SHARES]),
        "stages in order of priority, or with shares",
    ),
    may(
        "hours",
        Shape::Quantity(Dimension::Hours),
        "hours worked a week; service laws are then working time",
    ),
    CITED,
    NOTE,
];

const STAFF_STEP: &[Field] = &[
    must("from", Shape::Date, "from this date on"),
    must("staff", Shape::Quantity(Dimension::Count), "servers"),
    CITED,
    NOTE,
];

const HIRES: &[Field] = &[
    must("rate", Shape::Quantity(Dimension::Rate), "persons hired per time"),
    may("class-size", Shape::Quantity(Dimension::Count), "persons who start together; 1 if not said"),
    may("lead", Shape::Quantity(Dimension::Length), "from hiring to the first day of work"),
    may("from", Shape::Date, "no hiring before this date"),
    CITED,
    NOTE,
];

const RAMP: &[Field] = &[
    must("after", Shape::Quantity(Dimension::Length), "this long after the first day of work"),
    must("output", Shape::Quantity(Dimension::Share), "output as a share of a trained server's"),
];

const CLOSED: &[Field] = &[
    must("from", Shape::Date, "from this date on"),
    must("until", Shape::Date, "until before this date"),
    must("share", Shape::Quantity(Dimension::Share), "share of capacity lost"),
    CITED,
    NOTE,
];

const ARRIVALS: &[Field] = &[
    LABEL,
    must("to", Shape::Text, "stage they come to"),
    may("class", Shape::Text, "selector: they are all of these classes"),
    may(
        "mix",
        MIX,
        "shares of selectors, which sum to 1; of the values of dimensions; or `csv`, a table of shares",
    ),
    may("rate", Shape::Quantity(Dimension::Rate), "arrivals per time"),
    may("csv", CSV, "table of counts by period"),
    may("column", Shape::Text, "its column of counts"),
    may("date-column", Shape::Text, "its column of first days of periods; \"date\" if not said"),
    may("extend", EXTEND, "what holds after its last row, in periods as long as its rows are apart"),
    may("step", Shape::List(&Shape::Table(RATE_STEP)), "rates from dates on"),
    may("scale", Shape::Quantity(Dimension::Factor), "multiplies the whole rate"),
    may(
        "process",
        Shape::Any,
        "\"poisson\", \"deterministic\", { renewal.LAW = … } or { poisson = { dispersion = … } }",
    ),
    may(
        "batch",
        Shape::CountLaw,
        "cases per arrival: a rate or table in cases is of arrivals, one in persons of persons",
    ),
    may("unit", Shape::Word(&["cases", "persons"]), "what is counted"),
    may("cap", Shape::Quantity(Dimension::Rate), "no policy may take the rate above this"),
    may("enabled", Shape::Boolean, "false: nobody comes"),
    may("responds", Shape::List(&Shape::Table(ARRIVALS_RESPOND)), "how it answers to signals"),
    CITED,
    NOTE,
];

const SIGNAL: Field = must(
    "signal",
    Shape::Text,
    "wait(stage), waiting(stage), share(stage, target), population(place) or pending",
);
const REFERENCE: Field = may(
    "reference",
    Shape::Any,
    "what it is held against: a number, or \"baseline\" (if not said): the same signal without any policy",
);
const ELASTICITY: Field =
    must("elasticity", Shape::Quantity(Dimension::Number), "the factor is (signal ÷ reference)^elasticity");
const ANSWERING: Field = may("class", Shape::Text, "who answers; all if not said");
const LAG: Field = may("lag", Shape::Quantity(Dimension::Length), "how long the signal takes to be heard");
const CAP: Field = must("cap", Shape::Quantity(Dimension::Factor), "greatest factor");
const FLOOR: Field = may("floor", Shape::Quantity(Dimension::Factor), "least factor; 1 ÷ cap if not said");
const ENABLED: Field = may("enabled", Shape::Boolean, "false: nothing answers");

const ARRIVALS_RESPOND: &[Field] =
    &[SIGNAL, REFERENCE, ELASTICITY, ANSWERING, LAG, CAP, FLOOR, ENABLED, CITED, NOTE];

const STAGE_RESPONDS: &[Field] = &[
    may("route", Shape::Text, "the way on that answers: a target of `then`"),
    may("what", Shape::Word(&["withdraw"]), "\"withdraw\": the hazard of withdrawing answers"),
    SIGNAL,
    REFERENCE,
    ELASTICITY,
    ANSWERING,
    LAG,
    CAP,
    FLOOR,
    ENABLED,
    CITED,
    NOTE,
];

/// What stands behind a key of it depends on whether that is a selector or a dimension: checked when it is read.
const MIX: Shape = Shape::Map(&Shape::Any);

/// The keys of a table of shares in a mix.
pub const JOINT: &[Field] = &[
    must("file", CSV, "table whose columns are named after dimensions (or `class`) and hold values"),
    must("share", Shape::Text, "its column of shares"),
    may("date", Shape::Text, "its column of dates from which they hold"),
    CITED,
    NOTE,
];

const EXTEND: Shape = Shape::Either(&[
    Shape::Word(&["hold", "repeat-season"]),
    Shape::Table(&[must("growth", Shape::Any, "growth per year, such as \"2 %/yr\"")]),
]);

const RATE_STEP: &[Field] = &[
    must("from", Shape::Date, "from this date on"),
    may("rate", Shape::Quantity(Dimension::Rate), "arrivals per time"),
    may("csv", CSV, "table of counts by period"),
    may("column", Shape::Text, "its column of counts"),
    may("date-column", Shape::Text, "its column of first days of periods"),
    may("extend", EXTEND, "what holds after its last row, in periods as long as its rows are apart"),
    CITED,
    NOTE,
];

const STAGE: &[Field] = &[
    LABEL,
    may("pool", NAMES, "who serves here; left out: a pure delay"),
    may("service", Shape::Law, "time a server is held, or length of the delay"),
    may(
        "rate",
        Shape::Quantity(Dimension::Rate),
        "short for an exponential service with this rate per server",
    ),
    may("order", ORDER, "who is next; \"oldest-first\" if not said"),
    may("priority", Shape::Map(&Shape::Integer), "level by selector, lower first; 0 if not said"),
    may("withdraw", WITHDRAW, "patience while waiting: a law, or { hazard = … }"),
    may("withdrawn-to", Shape::Text, "exit or stage of those who run out of it"),
    may("then", Shape::Any, "where cases go next: targets with probabilities that sum to 1"),
    may(
        "quota",
        Shape::List(&Shape::Table(QUOTA)),
        "forced counts: so many a period go one way before `then` is drawn",
    ),
    may("by", Shape::Map(&Shape::Table(BY_CLASS)), "what differs for the classes of a selector"),
    may("step", Shape::List(&Shape::Table(STAGE_STEP)), "what holds from dates on"),
    may("place", Shape::Text, "where those in this stage physically are"),
    may("slots", SLOTS, "appointments per time, at most one a second, or a table of them"),
    may("no-show", NO_SHOW, "share of those called who do not come"),
    may("no-show-to", Shape::Text, "exit or stage of those; left out: the end of the line"),
    may("closed", Shape::List(&Shape::Table(STAGE_CLOSED)), "starts lost for a time"),
    may(
        "responds",
        Shape::List(&Shape::Table(STAGE_RESPONDS)),
        "how ways on and withdrawals answer to signals",
    ),
    CITED,
    NOTE,
];

const SLOTS: Shape = Shape::Either(&[Shape::Text, Shape::Number, Shape::Table(SLOT_TABLE)]);

const SLOT_TABLE: &[Field] = &[
    may("csv", CSV, "table of counts by period"),
    may("column", Shape::Text, "its column of counts"),
    may("date-column", Shape::Text, "its column of first days of periods; \"date\" if not said"),
    may("extend", EXTEND, "what holds after its last row, in periods as long as its rows are apart"),
    VALUE[0],
    VALUE[1],
    VALUE[2],
    VALUE[3],
    VALUE[4],
    VALUE[5],
    VALUE[6],
    VALUE[7],
];

const NO_SHOW: Shape = Shape::Either(&[Shape::Text, Shape::Number, Shape::Table(NO_SHOW_TABLE)]);

const NO_SHOW_TABLE: &[Field] = &[
    may("p", Shape::Quantity(Dimension::Share), "share, before the first wait of `by-wait`"),
    may("by-wait", Shape::List(&Shape::Table(BY_WAIT)), "shares from waits on"),
    may("slot", Shape::Word(&["used", "next"]), "\"next\": the next in line is called to the same slot"),
    VALUE[0],
    VALUE[1],
    VALUE[2],
    VALUE[3],
    VALUE[4],
    VALUE[5],
    VALUE[6],
    VALUE[7],
];

const BY_WAIT: &[Field] = &[
    must("after", Shape::Quantity(Dimension::Length), "from this wait at the stage on"),
    must("p", Shape::Quantity(Dimension::Share), "share of those called who do not come"),
    CITED,
    NOTE,
];

const STAGE_CLOSED: &[Field] = &[
    must("from", Shape::Date, "from this date on"),
    must("until", Shape::Date, "until before this date"),
    may("share", Shape::Quantity(Dimension::Share), "share of slots lost; 1 if not said"),
    may(
        "scheduled",
        Shape::Word(&["keep", "end-of-line"]),
        "what becomes of those whose slot is lost; \"keep\" (their place in line) if not said",
    ),
    CITED,
    NOTE,
];

const QUOTA: &[Field] = &[
    LABEL,
    must("to", Shape::Text, "stage or exit of those taken"),
    may("of", Shape::Text, "selector: whom it takes; everybody if not said"),
    may("rate", Shape::Quantity(Dimension::Rate), "so many per time; what is not used lapses after 30 days"),
    may("csv", CSV, "table of counts by period; what is not used lapses with its period"),
    may("column", Shape::Text, "its column of counts"),
    may("date-column", Shape::Text, "its column of first days of periods; \"date\" if not said"),
    may("extend", EXTEND, "what holds after its last row, in periods as long as its rows are apart"),
    may("step", Shape::List(&Shape::Table(RATE_STEP)), "rates from dates on"),
    may("scale", Shape::Quantity(Dimension::Factor), "multiplies the rate"),
    may("unit", Shape::Word(&["cases", "persons"]), "what is counted; cases if not said"),
    may("after", Shape::Any, "time on the way: a length or a law"),
    CITED,
    NOTE,
];

const ORDER: Shape = Shape::Word(&["oldest-first", "newest-first", "random"]);

const BY_CLASS: &[Field] = &[
    may("service", Shape::Law, "time a server is held"),
    may("rate", Shape::Quantity(Dimension::Rate), "short for an exponential service"),
    may("withdraw", WITHDRAW, "patience while waiting"),
    may("then", Shape::Any, "where these cases go next"),
    may("no-show", NO_SHOW, "share of those called who do not come"),
    CITED,
    NOTE,
];

const STAGE_STEP: &[Field] = &[
    must("from", Shape::Date, "from this date on"),
    may("service", Shape::Law, "time a server is held"),
    may("rate", Shape::Quantity(Dimension::Rate), "short for an exponential service"),
    may("order", ORDER, "who is next"),
    may("priority", Shape::Map(&Shape::Integer), "level by selector"),
    may("withdraw", WITHDRAW, "patience while waiting"),
    may("then", Shape::Any, "where cases go next"),
    may("slots", SLOTS, "appointments per time, at most one a second, or a table of them"),
    may("no-show", NO_SHOW, "share of those called who do not come"),
    may("by", Shape::Map(&Shape::Table(BY_CLASS)), "what differs for the classes of a selector"),
    CITED,
    NOTE,
];

const INITIAL: &[Field] = &[
    LABEL,
    may("stage", Shape::Text, "where they wait, if the table is not named for it"),
    may("cases", Shape::Quantity(Dimension::Count), "how many"),
    may("class", Shape::Text, "selector: they are all of these classes"),
    may("mix", MIX, "shares of classes, as for arrivals"),
    may("ages", Shape::Any, "time since they came: a law, or { csv = …, columns = { age, class, n } }"),
    CITED,
    NOTE,
];

const EXIT: &[Field] = &[
    LABEL,
    must(
        "kind",
        Shape::Word(&[
            "relief",
            "denial",
            "removal",
            "removal-in-absentia",
            "withdrawn",
            "abandoned",
            "closed",
            "left",
        ]),
        "what kind of end it is",
    ),
    may("returns", Shape::Table(RETURNS), "those who come back"),
    CITED,
    NOTE,
];

const RETURNS: &[Field] = &[
    must("to", Shape::Text, "stage they come back to"),
    must("p", Shape::Quantity(Dimension::Share), "share that comes back"),
    must("after", Shape::Any, "time away: a length or a law"),
    may("by", RETURNS_BY, "by selector"),
    may("step", Shape::List(&Shape::Table(RETURNS_STEP)), "shares of those who leave from dates on"),
    may("most", Shape::Integer, "attempts of a case at most, the first among them"),
    CITED,
    NOTE,
];

const RETURNS_BY: Shape =
    Shape::Map(&Shape::Table(&[must("p", Shape::Quantity(Dimension::Share), "share that comes back")]));

const RETURNS_STEP: &[Field] = &[
    must("from", Shape::Date, "from this date on"),
    may("p", Shape::Quantity(Dimension::Share), "share that comes back"),
    may("by", RETURNS_BY, "by selector"),
    CITED,
    NOTE,
];

const TRANSFER: &[Field] = &[
    LABEL,
    must("from-stage", NAMES, "stages where those wait whom it takes"),
    must("to", Shape::Text, "stage or exit they go to"),
    may("of", Shape::Text, "selector of those it takes; all if not said"),
    may("date", Shape::Date, "at the midnight this date begins with, a share of those waiting"),
    may("share", Shape::Quantity(Dimension::Share), "that share; 1 if not said"),
    may(
        "rate",
        Shape::Quantity(Dimension::Rate),
        "so many, moved at the end of each day, who came first first",
    ),
    may("hazard", Shape::Quantity(Dimension::Hazard), "each of those waiting at this rate"),
    may("from", Shape::Date, "from this date on; the start if not said"),
    may("until", Shape::Date, "until before this date; the end if not said"),
    may("enabled", Shape::Boolean, "false: it takes nobody"),
    CITED,
    NOTE,
];

const PLACE: &[Field] =
    &[LABEL, may("capacity", Shape::Quantity(Dimension::Count), "persons it can shelter"), CITED, NOTE];

const CLOCK: &[Field] = &[
    LABEL,
    must("from", Shape::Text, "what starts it: filed(stage), started(stage), decided(stage) or exit(exit)"),
    must("to", NAMES, "what stops it"),
    must("limit", Shape::Any, "a length of time, or a number of working days"),
    may("calendar", Shape::Word(&["us", "mx"]), "whose holidays are not working days"),
    may("suspended", Shape::List(&Shape::Table(SUSPENDED)), "when it stands still"),
    CITED,
    NOTE,
];

const SUSPENDED: &[Field] = &[
    must("from", Shape::Date, "from this date on"),
    must("until", Shape::Date, "until before this date"),
    CITED,
    NOTE,
];

/// The keys of an entry of a bibliography.
pub const SOURCE_ENTRY: &[Field] = &[
    must("title", Shape::Text, "title"),
    may("publisher", Shape::Text, "who published it"),
    may("date", Shape::Either(&[Shape::Text, Shape::Date, Shape::Integer]), "when"),
    may("url", Shape::Text, "where it can be read: http or https"),
    may("retrieved", Shape::Either(&[Shape::Text, Shape::Date]), "when it was read"),
    may("note", Shape::Text, "what to know of it"),
];
