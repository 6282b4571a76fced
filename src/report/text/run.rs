//! The report of one variant.

use super::super::Variant;
use super::super::caution::cautions;
use super::super::headline::{Headline, headlines};
use super::super::rounding::Rounding;
use super::super::say::{Key, Speech};
use super::super::still::beyond;
use super::super::table::{Table, wrap};
use super::super::unit::Unit;
use super::{audit, detail, header, held, line, listed, say};
use crate::asylum::Disposition;
use crate::experiment::{ConditionFigure, ExitFigure, Figure, PlaceFigure, StationFigure, TransferFigure};
use crate::legend::{OutcomeUnit, PlaceName, StageName, WaitName};

/// Outcomes of which it is said what makes their spread.
const SPREADS: usize = 3;

/// What came out of one variant.
pub fn run(variant: &Variant) -> String {
    let mut text = header(variant, &format!("policy {}", variant.name));
    let sections =
        [outcomes, stages, places, exits, transfers, pending, clocks, responses, conditions, costs]
            .map(|section| section(variant));
    for table in sections.iter().filter(|table| !table.is_empty()) {
        text.push('\n');
        text.push_str(&table.show());
    }
    text.push('\n');
    text.push_str(&wrap(
        "± MC: Monte Carlo error of the mean, smaller with more replications. \
        90 % of futures: the range nine in ten futures lie in, which does not shrink.",
        2,
    ));
    text.push_str(&held(&[variant]));
    text.push_str(&detail::cohort(variant));
    text.push_str(&spreads(variant));
    text.push_str(&audit(&[variant]));
    let cautions: Vec<_> = cautions(variant).into_iter().map(|caution| (String::new(), caution)).collect();
    text + &listed(&cautions)
}

/// What the spread of the first outcomes is made of; nothing where inputs keep their values.
fn spreads(variant: &Variant) -> String {
    let asked = headlines(variant).into_iter().take(SPREADS).filter(|_| !variant.legend.outcomes.is_empty());
    let sentence = |headline: Headline| {
        let text = say::made_of(variant, &variant.values(headline.figure), "this figure")?;
        Some(wrap(&format!("{}: {text}", headline.label), 2))
    };
    asked.filter_map(sentence).collect()
}

/// Rows of one table about one variant.
struct Section<'a> {
    variant: &'a Variant<'a>,
    table: Table,
}

impl<'a> Section<'a> {
    fn new(variant: &'a Variant<'a>, title: &str) -> Self {
        Self { variant, table: line::table(title, variant.outcome.level) }
    }

    fn heading(&mut self, text: String) {
        self.table.row([text]);
    }

    fn row(&mut self, label: &str, figure: Figure, unit: OutcomeUnit) {
        let unit = Unit::of(unit, self.variant.legend);
        line::row(&mut self.table, label, self.variant, figure, &unit);
    }

    /// A row that is left out where the figure is nothing in all futures.
    fn row_if_any(&mut self, label: &str, figure: Figure, unit: OutcomeUnit) {
        if self.variant.values(figure).iter().any(|&value| value > 0.0) {
            self.row(label, figure, unit);
        }
    }

    /// A row of persons that is left out where every case is of one person.
    fn persons(&mut self, label: &str, persons: Figure, cases: Figure) {
        if self.variant.values(persons) != self.variant.values(cases) {
            self.row(label, persons, OutcomeUnit::Persons);
        }
    }
}

fn outcomes(variant: &Variant) -> Table {
    let mut section = Section::new(variant, "Outcomes");
    if !variant.legend.outcomes.is_empty() {
        for headline in headlines(variant) {
            line::row(&mut section.table, &headline.label, variant, headline.figure, &headline.unit);
            for wait in &headline.waits {
                left_waiting(&mut section, wait);
            }
        }
    }
    section.table
}

/// Those who still wait, under a wait of those whose turn came.
fn left_waiting(section: &mut Section, wait: &WaitName) {
    let say = |key| format!("  {}", Speech::ENGLISH.say(key));
    let of = |figure| Figure::Station(wait.stage as u16, figure);
    section.row(&say(Key::StillWaiting), of(StationFigure::WaitingAtEnd), OutcomeUnit::Cases);
    section.row(&say(Key::StillSoFar), of(StationFigure::StillWaitedMean), OutcomeUnit::Days);
    section.row(&say(Key::StillBeyond), of(beyond(wait.statistic)), OutcomeUnit::Cases);
}

fn stages(variant: &Variant) -> Table {
    let mut section = Section::new(variant, "Stages");
    for (index, stage) in variant.legend.stages.iter().enumerate() {
        section.heading(stage.name.label.clone());
        stage_rows(&mut section, index as u16, stage);
    }
    section.table
}

fn stage_rows(section: &mut Section, index: u16, stage: &StageName) {
    let of = |figure| Figure::Station(index, figure);
    let (cases, persons) = (of(StationFigure::WaitingAtEnd), of(StationFigure::WaitingPersonsAtEnd));
    if stage.served {
        section.row("  waiting at end", cases, OutcomeUnit::Cases);
        section.persons("  waiting at end", persons, cases);
        section.row("  wait, mean", of(StationFigure::WaitMean), OutcomeUnit::Days);
        section.row("  wait, median", of(StationFigure::WaitMedian), OutcomeUnit::Days);
        let still = [StationFigure::StillWaitedMean, StationFigure::StillBeyondMean].map(of);
        section.row_if_any("  still waiting, so far, mean", still[0], OutcomeUnit::Days);
        section.row_if_any("  still waiting beyond the mean", still[1], OutcomeUnit::Cases);
        section.row("  utilization", of(StationFigure::Utilization), OutcomeUnit::Share);
    } else {
        section.row("  under way, average", of(StationFigure::InServiceAverage), OutcomeUnit::Cases);
    }
    section.row("  completed", of(StationFigure::Completed), OutcomeUnit::Cases);
    section.row_if_any("  withdrawn", of(StationFigure::Withdrawn), OutcomeUnit::Cases);
    section.row_if_any("  did not appear", of(StationFigure::NoShows), OutcomeUnit::Cases);
    section.row_if_any("  transferred", of(StationFigure::Transferred), OutcomeUnit::Cases);
    section.row_if_any("  cancelled", of(StationFigure::Cancelled), OutcomeUnit::Cases);
}

fn places(variant: &Variant) -> Table {
    let mut section = Section::new(variant, "Places");
    for (index, place) in variant.legend.places.iter().enumerate() {
        let of = |figure| Figure::Place(index as u16, figure);
        section.heading(capacity(variant, place, of(PlaceFigure::PersonsPeak)));
        section.row("  there, average", of(PlaceFigure::PersonsAverage), OutcomeUnit::Persons);
        section.row("  there at the peak", of(PlaceFigure::PersonsPeak), OutcomeUnit::Persons);
        section.row_if_any(
            "  beyond the capacity, average",
            of(PlaceFigure::BeyondCapacity),
            OutcomeUnit::Persons,
        );
        section.row("  there at end", of(PlaceFigure::PersonsAtEnd), OutcomeUnit::Persons);
    }
    section.table
}

/// A place with its capacity and how often the peak is over it.
fn capacity(variant: &Variant, place: &PlaceName, peak: Figure) -> String {
    let Some(capacity) = place.capacity else { return place.name.label.clone() };
    let peaks = variant.values(peak);
    let over = peaks.iter().filter(|&&peak| peak > capacity).count() as f64 / peaks.len() as f64;
    let shown = Rounding::of(capacity, 0.0).show(capacity);
    let over = Rounding::of(1.0, 0.0).show(over * 100.0);
    format!("{}: room for {shown}; peak beyond that in {over} % of futures", place.name.label)
}

/// The exits under the kinds of end that they are.
fn exits(variant: &Variant) -> Table {
    let mut section = Section::new(variant, "Exits");
    for kind in Disposition::ALL {
        let of_kind = variant.legend.exits.iter().enumerate().filter(|(_, exit)| exit.kind == kind);
        for (place, (index, exit)) in of_kind.enumerate() {
            if place == 0 {
                section.heading(kind.to_string());
            }
            let of = |figure| Figure::Exit(index as u16, figure);
            let label = format!("  {}", exit.name.label);
            section.row(&label, of(ExitFigure::Cases), OutcomeUnit::Cases);
            section.persons(&label, of(ExitFigure::Persons), of(ExitFigure::Cases));
            section.row_if_any(&format!("{label}, attempts"), of(ExitFigure::Attempts), OutcomeUnit::Ratio);
        }
    }
    section.table
}

fn transfers(variant: &Variant) -> Table {
    let mut section = Section::new(variant, "Transfers");
    for (index, transfer) in variant.legend.transfers.iter().enumerate() {
        let of = |figure| Figure::Transfer(index as u16, figure);
        section.row(&transfer.label, of(TransferFigure::Cases), OutcomeUnit::Cases);
        section.persons(&transfer.label, of(TransferFigure::Persons), of(TransferFigure::Cases));
    }
    section.table
}

fn pending(variant: &Variant) -> Table {
    let mut section = Section::new(variant, "Pending");
    section.row("at end", Figure::PendingCases, OutcomeUnit::Cases);
    section.persons("at end", Figure::PendingPersons, Figure::PendingCases);
    section.table
}

fn clocks(variant: &Variant) -> Table {
    let mut section = Section::new(variant, "Clocks");
    for (index, clock) in variant.legend.clocks.iter().enumerate() {
        let label = format!("{}, in time", clock.label);
        section.row(&label, Figure::Clock(index as u16), OutcomeUnit::Share);
    }
    section.table
}

fn responses(variant: &Variant) -> Table {
    let mut section = Section::new(variant, "Responses");
    for (index, response) in variant.legend.responses.iter().enumerate() {
        section.heading(response.name.label.clone());
        if let Some(gain) = response.loop_gain {
            section.heading(format!("  loop gain {gain}"));
        }
        section.row("  factor on average", Figure::Factor(index), OutcomeUnit::Share);
    }
    section.table
}

fn conditions(variant: &Variant) -> Table {
    let mut section = Section::new(variant, "Conditions");
    for (index, condition) in variant.legend.conditions.iter().enumerate() {
        section.heading(condition.label.clone());
        let of = |figure| Figure::Condition(index, figure);
        section.row("  came true in", of(ConditionFigure::Begun), OutcomeUnit::Share);
        section.row_if_any("  days after the start", of(ConditionFigure::BeginningDay), OutcomeUnit::Days);
    }
    section.table
}

fn costs(variant: &Variant) -> Table {
    let mut section = Section::new(variant, "Costs");
    for (item, cost) in variant.legend.costs.iter().enumerate() {
        section.row(&cost.label, Figure::Cost(item), OutcomeUnit::Money);
    }
    section.table
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;

    fn within_80_columns(text: &str) {
        for line in text.lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }

    #[test]
    fn a_report_names_its_two_intervals_apart() {
        let text = run(&sample::baseline().variant("now"));
        within_80_columns(&text);
        assert!(text.starts_with("A desk\n2019-06-07 to 2019-09-01 · policy now · 3 futures · seed 7 ·"));
        assert!(text.contains("mean  ± MC 95 %  90 % of futures\n"), "{text}");
        assert!(text.contains("audit: conservation exact, Little exact in all 3 futures\n"));
        assert!(text.contains("Ciudad Juárez: room for 2,500; peak beyond that in 0 % of futures\n"));
        assert!(text.contains("\nrelief\n  done [cases] "));
        assert!(!text.contains("caution"));
    }

    #[test]
    fn numbers_are_rounded_by_their_error_and_have_their_unit() {
        // s = 10 / √3 = 5.77, so numbers are rounded to tens; t(0.975, 2) s = 24.8.
        let text = run(&sample::baseline().variant("now"));
        let row = text.lines().find(|line| line.starts_with("end: waiting at the end [cases]")).unwrap();
        assert_eq!(row.split_whitespace().skip(6).collect::<Vec<_>>().join(" "), "1,010 20 1,000 to 1,020");
        assert!(text.lines().any(|line| line.starts_with("decided [%]") && line.contains(" 50 ")), "{text}");
        assert!(text.lines().any(|line| line.starts_with("clerks [USD]")));
    }

    #[test]
    fn what_is_undefined_or_long_keeps_the_width() {
        let mut now = sample::baseline();
        now.set(Figure::Station(0, StationFigure::WaitMean), |_| f64::NAN);
        now.set(Figure::Cost(0), |number| 5.123_456e12 + 1e9 * number as f64);
        now.legend.title = "A very long title about many things ".repeat(5);
        now.legend.stages[0].name.label = "front desk ".repeat(20);
        now.legend.exits[0].name.label = "exit ".repeat(20);
        now.set(Figure::Station(0, StationFigure::Utilization), |_| 1.0);
        now.outcome.interrupted = true;
        now.outcome.precision = Some(false);
        let variant = Variant { unsourced: 12, ..now.variant("a-policy-of-a-name-that-is-rather-long") };
        let text = run(&variant);
        within_80_columns(&text);
        assert!(text.lines().any(|line| line.starts_with("clerks [USD million]")), "{text}");
        assert_eq!(text.matches("caution: ").count(), 4, "{text}");
        assert!(text.contains("\ncaution: 12 inputs have no source\n  → give each"), "{text}");
    }

    #[test]
    fn persons_are_shown_where_they_differ_from_cases() {
        let mut now = sample::baseline();
        let shown = |sample: &sample::Sample| run(&sample.variant("now")).matches("[persons]").count();
        assert_eq!(shown(&now), 4);
        now.set(Figure::PendingPersons, |_| 2600.0);
        assert_eq!(shown(&now), 5);
    }
}
