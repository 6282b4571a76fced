//! The sections of a page as tables and sentences.

use super::table::{
    Cell, Group, Line, Table, cell, estimate_cells, is_short, label, largest, line, short_label,
};
use crate::report::chart::strip;
use crate::report::document::{Document, Gap, Headline, QuantileGap, Row, Spread};
use crate::report::say::{Key, Speech, praise};

/// Headline figures that stand in full at the top of a page; the rest is folded.
const IN_FULL: usize = 6;

/// A variant in the legend.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Legend {
    pub(super) number: usize,
    pub(super) label: String,
    pub(super) name: String,
    /// What rows call it; nothing where that is the label.
    pub(super) rows: String,
    pub(super) baseline: bool,
}

/// A headline figure with its sentences.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct AnswerBlock {
    pub(in crate::report) title: String,
    pub(in crate::report) lines: Vec<Sentence>,
}

/// A sentence about one variant.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Sentence {
    pub(in crate::report) variant: usize,
    pub(in crate::report) label: String,
    pub(in crate::report) tag: String,
    pub(in crate::report) class: &'static str,
    pub(in crate::report) text: String,
}

/// What was run, in short.
pub(super) fn facts(document: &Document, t: Speech) -> Vec<String> {
    let (start, end) = (t.date(&document.start), t.date(&document.end));
    vec![
        t.fill(Key::Period, &[("start", &start), ("end", &end)]),
        futures(document.origin.replications, t),
        t.fill(Key::Seed, &[("n", &document.origin.seed.to_string())]),
        t.fill(Key::MadeBy, &[("version", &document.caseload)]),
    ]
}

fn futures(number: usize, t: Speech) -> String {
    t.counted(number, Key::FutureOne, Key::Futures)
}

pub(super) fn legend(document: &Document, t: Speech) -> Vec<Legend> {
    let entry = |(number, variant): (usize, &crate::report::document::Variant)| Legend {
        number,
        label: t.words(&variant.label).to_owned(),
        rows: if is_short(t.words(&variant.label)) { String::new() } else { variant.name.clone() },
        name: variant.name.clone(),
        baseline: number == 0,
    };
    document.variants.iter().enumerate().map(entry).collect()
}

pub(super) fn lead(document: &Document, t: Speech) -> String {
    let baseline = label(document, t, 0);
    let key = if document.compares() { Key::AnswerLead } else { Key::AnswerAlone };
    t.fill(key, &[("baseline", &baseline)])
}

/// The headline figures in full, and those that are folded.
pub(super) fn answer(document: &Document, t: Speech) -> (Vec<AnswerBlock>, Vec<AnswerBlock>) {
    let block = |headline: &Headline| AnswerBlock {
        title: t.words(&headline.label).to_owned(),
        lines: sentences(document, t, headline),
    };
    let mut blocks: Vec<AnswerBlock> = document.answer.headlines.iter().map(block).collect();
    let more = if blocks.len() > IN_FULL + 2 { blocks.split_off(IN_FULL) } else { Vec::new() };
    (blocks, more)
}

fn sentences(document: &Document, t: Speech, headline: &Headline) -> Vec<Sentence> {
    let level = document.origin.level;
    let baseline = label(document, t, 0);
    let mut all = Vec::new();
    for (variant, value) in headline.values.iter().enumerate() {
        let name = label(document, t, variant);
        if variant == 0 || !document.compares() {
            let text = value.as_ref().map_or_else(
                || t.say(Key::VerdictAbsent).to_owned(),
                |value| t.standing(&headline.unit, value, level),
            );
            let text = with(text, &t.still(&headline.still, variant, None));
            let tag = if document.compares() { t.say(Key::Baseline).to_owned() } else { String::new() };
            all.push(Sentence { variant, label: name, tag, class: "plain", text });
        } else {
            let gap = headline.gaps.get(variant).and_then(Option::as_ref);
            let (key, class) = gap.map_or((Key::Open, "open"), |gap| praise(headline, gap));
            let text = t.verdict(headline, gap, &baseline, level);
            let text = with(text, &t.still(&headline.still, variant, Some(&baseline)));
            all.push(Sentence { variant, label: name, tag: t.say(key).to_owned(), class, text });
        }
    }
    all
}

/// A sentence without its stop, and what follows it.
fn with(text: String, after: &str) -> String {
    if after.is_empty() { text } else { text + "." + after.trim_end_matches('.') }
}

/// What a reader must not take the answer for.
pub(super) fn not_shown(document: &Document, t: Speech) -> Vec<String> {
    let inputs = &document.provenance.inputs;
    let assumed = inputs.iter().filter(|input| input.is_assumed()).count();
    let ranges = document.provenance.open();
    let intervals = document.answer.headlines.len() * document.variants.len().max(2).saturating_sub(1);
    let mut all = vec![t.say(Key::NotForecast).to_owned()];
    all.push(if document.origin.sampled {
        t.counted(ranges, Key::NotInputsOne, Key::NotInputs)
    } else {
        t.say(Key::NotInputsCentral).to_owned()
    });
    if assumed > 0 {
        let key = if assumed == 1 { Key::NotAssumedOne } else { Key::NotAssumed };
        all.push(t.fill(key, &[("n", &t.count(assumed)), ("all", &t.count(inputs.len()))]));
    }
    if intervals > 1 {
        all.push(t.fill(Key::NotAdjusted, &[("n", &t.count(intervals))]));
    }
    all.push(t.say(Key::NotSingle).to_owned());
    all
}

/// What each stage did.
pub(super) fn stages(document: &Document, t: Speech) -> Table {
    let name = |row: &Row| {
        let key = if row.key.ends_with(".completed") {
            Key::Completed
        } else if row.key.ends_with(".withdrawn") {
            Key::Withdrawn
        } else {
            Key::WaitingAtEnd
        };
        format!("{}: {}", t.words(&row.label), t.say(key))
    };
    let something = |row: &&Row| row.values.iter().flatten().any(|value| value.q95 > 0.0);
    let rows: Vec<(String, &Row)> =
        document.flows.stages.iter().filter(something).map(|row| (name(row), row)).collect();
    Table::of_rows(document, t, t.say(Key::StagesTable), &rows)
}

/// How cases ended.
pub(super) fn endings(document: &Document, t: Speech) -> Table {
    let mut rows = Vec::new();
    for ending in &document.flows.endings {
        let kind = kind(&ending.kind).map_or(ending.kind.as_str(), |key| t.say(key));
        rows.extend(ending.rows.iter().map(|row| (format!("{} ({kind})", t.words(&row.label)), row)));
    }
    Table::of_rows(document, t, t.say(Key::Endings), &rows)
}

/// What a kind of end is called.
pub(in crate::report) fn kind(word: &str) -> Option<Key> {
    Some(match word {
        "relief" => Key::Relief,
        "denial" => Key::Denial,
        "removal" => Key::Removal,
        "removal-in-absentia" => Key::RemovalInAbsentia,
        "withdrawn" => Key::KindWithdrawn,
        "abandoned" => Key::Abandoned,
        "closed" => Key::Closed,
        "left" => Key::Left,
        _ => return None,
    })
}

/// Who was moved, and where to.
pub(super) fn ledger(document: &Document, t: Speech) -> Table {
    let Some(ledger) = &document.flows.ledger else { return Table::default() };
    let group = |row: &crate::report::document::LedgerRow| {
        let unit = crate::report::document::Unit::Cases;
        let moves = |moved: &&Spread| moved.mean != 0.0 || moved.q05 < 0.0 || moved.q95 > 0.0;
        let lines = row.moved.iter().enumerate().filter_map(|(place, moved)| {
            let moved = moved.as_ref().filter(moves);
            let cells = estimate_cells(t, &unit, moved?, 0.0);
            Some(Line { variant: Some(place + 1), name: short_label(document, t, place + 1), cells })
        });
        Group { heading: t.words(&row.label).to_owned(), rows: lines.collect() }
    };
    Table {
        caption: t.fill(Key::LedgerLead, &[("until", &t.date(&ledger.until))]),
        head: super::table::estimate_head(document, t),
        groups: ledger.rows.iter().map(group).collect(),
    }
}

/// Paired differences of the headline figures.
pub(super) fn comparison(document: &Document, t: Speech) -> Table {
    if !document.compares() {
        return Table::default();
    }
    let level = t.level(document.origin.level);
    let head = vec![
        t.say(Key::Policy).to_owned(),
        String::new(),
        t.say(Key::Difference).to_owned(),
        t.fill(Key::MonteCarlo, &[("level", &level)]),
        t.say(Key::Range80).to_owned(),
        t.say(Key::Below).to_owned(),
        t.say(Key::Above).to_owned(),
        t.say(Key::BestIn).to_owned(),
        t.say(Key::Candidates).to_owned(),
        t.say(Key::Gain).to_owned(),
    ];
    let groups = document.answer.headlines.iter().map(|headline| compared(document, t, headline)).collect();
    Table { caption: t.say(Key::ComparisonLead).to_owned(), head, groups }
}

fn compared(document: &Document, t: Speech, headline: &Headline) -> Group {
    let gaps = || headline.gaps.iter().flatten();
    let reach = gaps().map(|gap| gap.spread.q05.abs().max(gap.spread.q95.abs())).fold(1e-12, f64::max);
    let biggest = largest(&headline.values);
    let row = |(variant, gap): (usize, &Option<Gap>)| {
        let best = headline.best.get(variant).copied().flatten();
        let candidate = headline.candidates.get(variant).map(|&is_it| if is_it { Key::Yes } else { Key::No });
        let best = cell(best.map_or_else(String::new, |share| t.percent(share)));
        let candidate = cell(candidate.map_or("", |key| t.say(key)));
        let cells = match gap {
            None => {
                let mut cells = vec![cell(t.say(Key::Baseline))];
                cells.extend((0..5).map(|_| cell("")));
                cells.extend([best, candidate, cell("")]);
                cells
            }
            Some(gap) => gap_cells(t, headline, gap, (variant, reach, biggest), [best, candidate]),
        };
        Line { variant: Some(variant), name: short_label(document, t, variant), cells }
    };
    let unit = headline.values.iter().flatten().next();
    let unit = unit.map_or_else(String::new, |spread| t.shown(&headline.unit, spread, biggest).heading());
    Group {
        heading: format!("{} [{unit}]", t.words(&headline.label)),
        rows: headline.gaps.iter().enumerate().map(row).collect(),
    }
}

/// How far the quantiles of the futures move.
pub(super) fn quantiles(document: &Document, t: Speech) -> Table {
    let text = |headline: &Headline, gap: &Gap, one: &QuantileGap| {
        let shown = t.shown(&headline.unit, &gap.spread, largest(&headline.values));
        let middle = shown.bare(one.difference);
        match (one.low, one.high) {
            (Some(low), Some(high)) if low < high => format!("{middle} ({})", shown.range(low, high)),
            _ => middle,
        }
    };
    let group = |headline: &Headline| {
        let line = |(variant, gap): (usize, &Option<Gap>)| {
            let gap = gap.as_ref()?;
            let cells = gap.quantiles.iter().map(|one| cell(text(headline, gap, one))).collect();
            Some(Line { variant: Some(variant), name: short_label(document, t, variant), cells })
        };
        let spread = headline.values.iter().flatten().next();
        let unit = spread.map_or_else(String::new, |spread| {
            t.shown(&headline.unit, spread, largest(&headline.values)).heading()
        });
        Group {
            heading: format!("{} [{unit}]", t.words(&headline.label)),
            rows: headline.gaps.iter().enumerate().filter_map(line).collect(),
        }
    };
    let level = t.level(document.origin.level);
    Table {
        caption: t.fill(Key::QuantilesLead, &[("level", &level)]),
        head: [Key::Policy, Key::LowTenth, Key::Median, Key::HighTenth]
            .map(|key| t.say(key).to_owned())
            .to_vec(),
        groups: document.answer.headlines.iter().map(group).collect(),
    }
}

fn gap_cells(
    t: Speech,
    headline: &Headline,
    gap: &Gap,
    (variant, reach, largest): (usize, f64, f64),
    [best, candidate]: [Cell; 2],
) -> Vec<Cell> {
    let spread = &gap.spread;
    let shown = t.shown(&headline.unit, spread, largest);
    let ends = [spread.mean, spread.q25, spread.q75, spread.q05, spread.q95].map(|value| shown.bare(value));
    let names = ["mean", "q25", "q75", "q05", "q95"];
    let parts: Vec<(&str, &str)> = names.into_iter().zip(ends.iter().map(String::as_str)).collect();
    let alt = t.fill(Key::StripAlt, &parts);
    let half = spread.half_width.map_or_else(|| t.say(Key::Undefined).to_owned(), |half| shown.bare(half));
    vec![
        Cell::Drawing(strip(spread, reach, variant, &alt), alt),
        cell(shown.bare(spread.mean)),
        cell(half),
        cell(shown.range(spread.q10, spread.q90)),
        cell(t.percent(gap.below)),
        cell(t.percent(gap.above)),
        best,
        candidate,
        cell(gap.gain.map_or_else(|| t.say(Key::Undefined).to_owned(), |gain| t.number(gain))),
    ]
}

/// Cost by item.
pub(super) fn costs(document: &Document, t: Speech) -> Table {
    named_rows(document, t, Key::Costs, &document.burden.costs)
}

/// Share in time of each clock.
pub(super) fn clocks(document: &Document, t: Speech) -> Table {
    named_rows(document, t, Key::Clocks, &document.burden.clocks)
}

fn named_rows(document: &Document, t: Speech, caption: Key, rows: &[Row]) -> Table {
    let rows: Vec<(String, &Row)> = rows.iter().map(|row| (t.words(&row.label).to_owned(), row)).collect();
    Table::of_rows(document, t, t.say(caption), &rows)
}

/// Persons at each place, and how often over its capacity.
pub(super) fn places(document: &Document, t: Speech) -> Table {
    let mut table = Table {
        caption: super::table::estimate_caption(document, t, t.say(Key::PlacesTable)),
        head: super::table::estimate_head(document, t),
        groups: Vec::new(),
    };
    for place in &document.burden.places {
        let name = t.words(&place.place.label);
        for row in &place.rows {
            let rows: Vec<(String, &Row)> = vec![(format!("{name}: {}", t.words(&row.label)), row)];
            table.groups.extend(Table::of_rows(document, t, "", &rows).groups);
        }
        if let Some(capacity) = place.capacity {
            let heading = format!("{name}: {}", t.fill(Key::OverCapacity, &[("n", &t.number(capacity))]));
            let over = |(variant, over): (usize, &Option<f64>)| {
                let share = t.fill(Key::OfFutures, &[("n", &t.percent((*over)?))]);
                Some(Line {
                    variant: Some(variant),
                    name: short_label(document, t, variant),
                    cells: vec![cell(share)],
                })
            };
            table
                .groups
                .push(Group { heading, rows: place.over.iter().enumerate().filter_map(over).collect() });
        }
    }
    table
}

/// Error of the mean beside the range of futures, never mixed.
pub(super) fn certainty(document: &Document, t: Speech) -> Table {
    let group = |headline: &Headline| {
        let largest = largest(&headline.values);
        let row = |(variant, value): (usize, &Option<Spread>)| {
            let spread = value.as_ref()?;
            let shown = t.shown(&headline.unit, spread, largest);
            let mut cells = estimate_cells(t, &headline.unit, spread, largest);
            cells.insert(2, cell(shown.range(spread.q25, spread.q75)));
            cells.push(cell(shown.range(spread.q05, spread.q95)));
            Some(Line { variant: Some(variant), name: short_label(document, t, variant), cells })
        };
        let rows = headline.values.iter().enumerate().filter_map(row).collect();
        Group { heading: t.words(&headline.label).to_owned(), rows }
    };
    let mut head = super::table::estimate_head(document, t);
    head.insert(3, t.say(Key::Range50).to_owned());
    head.push(t.say(Key::Range90).to_owned());
    Table {
        caption: t.say(Key::TwoIntervals).to_owned(),
        head,
        groups: document.answer.headlines.iter().map(group).collect(),
    }
}

fn headline_name(document: &Document, t: Speech, key: &str) -> String {
    let headline = document.answer.headlines.iter().find(|headline| headline.key == key);
    headline.map_or_else(|| key.to_owned(), |headline| t.words(&headline.label).to_owned())
}

fn of_what(document: &Document, t: Speech, variant: usize, of_difference: bool) -> String {
    let name = short_label(document, t, variant);
    if of_difference { format!("{name}: {}", t.say(Key::OfDifference)) } else { name }
}

fn share_text(t: Speech, share: f64, interval: Option<(f64, f64)>) -> String {
    let share = share.max(0.0);
    let (low, high) = interval.unwrap_or((share, share));
    t.percent_within(share, (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0)))
}

/// Whether a page shows what makes the spread of this: levels of the baseline, differences of the others. The rest
/// is in the table of all numbers.
const fn on_page(variant: usize, of_difference: bool) -> bool {
    (variant == 0) != of_difference
}

/// How much of the spread is unknown inputs.
pub(super) fn shares(document: &Document, t: Speech) -> Table {
    let mut groups: Vec<Group> = Vec::new();
    let shown = document.certainty.shares.iter().filter(|share| on_page(share.variant, share.of_difference));
    for share in shown {
        let heading = headline_name(document, t, &share.headline);
        let row = Line {
            variant: Some(share.variant),
            name: of_what(document, t, share.variant, share.of_difference),
            cells: vec![cell(share_text(t, share.inputs, share.interval))],
        };
        push(&mut groups, heading, row);
    }
    let head = vec![t.say(Key::Policy).to_owned(), t.say(Key::FromInputs).to_owned()];
    Table { caption: t.say(Key::SharesLead).to_owned(), head, groups }
}

/// Inputs shown of one figure, the strongest.
const DRIVERS: usize = 3;

/// The inputs that drive the first headline figures.
pub(super) fn drivers(document: &Document, t: Speech) -> Table {
    let mut groups: Vec<Group> = Vec::new();
    let first: Vec<&str> =
        document.answer.headlines.iter().take(IN_FULL).map(|headline| headline.key.as_str()).collect();
    let shown = document.certainty.drivers.iter().filter(|driver| {
        on_page(driver.variant, driver.of_difference) && first.contains(&driver.headline.as_str())
    });
    for driver in shown {
        let what = of_what(document, t, driver.variant, driver.of_difference);
        let heading = format!("{} – {what}", headline_name(document, t, &driver.headline));
        if groups.iter().any(|group| group.heading == heading && group.rows.len() >= DRIVERS) {
            continue;
        }
        let correlation =
            driver.correlation.map_or_else(String::new, |value| t.grouped(&format!("{value:+.2}")));
        let cells = vec![cell(share_text(t, driver.share, driver.interval)), cell(correlation)];
        push(&mut groups, heading, line(input_name(document, t, &driver.input), cells));
    }
    let head = [Key::Input, Key::ShareOfVariance, Key::Correlation].map(|key| t.say(key).to_owned()).to_vec();
    Table { caption: t.say(Key::DriversTitle).to_owned(), head, groups }
}

/// What the files call an input, with its name.
fn input_name(document: &Document, t: Speech, name: &str) -> String {
    let path = format!("param.{name}");
    let label = document.provenance.inputs.iter().find(|input| input.path == path || input.path == name);
    let label = label.and_then(|input| input.label.as_ref());
    label.map_or_else(|| name.to_owned(), |label| format!("{} ({name})", t.words(label)))
}

/// Put a row under its heading, which is there already or new.
pub(super) fn push(groups: &mut Vec<Group>, heading: String, row: Line) {
    match groups.iter_mut().find(|group| group.heading == heading) {
        Some(group) => group.rows.push(row),
        None => groups.push(Group { heading, rows: vec![row] }),
    }
}

/// The exact identities.
pub(super) fn identities(document: &Document, t: Speech) -> Table {
    let all = &document.audit.identities;
    let futures: usize = all.iter().map(|identities| identities.futures).sum();
    let sum = |pick: fn(&crate::report::document::Identities) -> usize| all.iter().map(pick).sum::<usize>();
    let verdict = |broken: usize| {
        cell(if broken == 0 {
            t.counted(futures, Key::AuditExactOne, Key::AuditExact)
        } else {
            t.counted(broken, Key::AuditBrokenOne, Key::AuditBroken)
        })
    };
    let rows = vec![
        line(t.say(Key::Conservation), vec![verdict(sum(|identities| identities.conservation))]),
        line(t.say(Key::Little), vec![verdict(sum(|identities| identities.little))]),
        line(t.say(Key::Busy), vec![verdict(sum(|identities| identities.busy))]),
    ];
    Table { groups: vec![Group { heading: String::new(), rows }], ..Table::default() }
}

/// The fluid twin against the simulation.
pub(super) fn fluid(document: &Document, t: Speech) -> Table {
    let mut groups: Vec<Group> = Vec::new();
    for gap in &document.audit.fluid {
        let relative = (gap.simulated - gap.fluid).abs() / gap.simulated.abs().max(1.0);
        let cells = vec![cell(t.number(gap.simulated)), cell(t.number(gap.fluid)), cell(t.percent(relative))];
        let row = Line { variant: Some(gap.variant), name: short_label(document, t, gap.variant), cells };
        push(&mut groups, t.words(&gap.label).to_owned(), row);
    }
    let head = [Key::Policy, Key::Simulated, Key::Fluid, Key::Gap].map(|key| t.say(key).to_owned()).to_vec();
    Table { caption: t.say(Key::FluidLead).to_owned(), head, groups }
}
