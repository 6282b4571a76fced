//! A picture in letters: medians through time as sparklines, for a terminal.

use super::super::Variant;
use super::super::fan::{Row, rows};
use super::super::rounding::count;
use super::super::table::{WIDTH, cut};
use crate::experiment::Outcome;

/// Columns of a sparkline, and of the name before it.
const CELLS: usize = 36;
const NAME: usize = 20;
/// Lines drawn beside the whole: the longest.
const LINES: usize = 4;
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Colours of the variants: codes that terminals show well on light and dark.
const COLOURS: [&str; 6] = ["39", "34", "33", "32", "35", "36"];

/// Medians through time of all open cases and of the longest lines, a sparkline for each variant, all of one
/// thing on one scale from nothing up; empty where there are fewer than two dates.
pub fn picture(variants: &[Variant<'_>], coloured: bool) -> String {
    let all: Vec<Vec<Row<'_>>> = variants.iter().map(rows).collect();
    if variants.first().is_none_or(|first| first.legend.series.len() < 2) {
        return String::new();
    }
    let mut text = format!("\n{}\n", heading(variants[0].outcome));
    for (label, key) in drawn(variants, &all) {
        text.push_str(&cut(&label, WIDTH));
        text.push('\n');
        let of = |rows: &Vec<Row<'_>>| {
            rows.iter().find(|row| is(row, &key)).map(|row| row.fan.quantiles[2].clone())
        };
        let medians: Vec<Option<Vec<f64>>> = all.iter().map(of).collect();
        let top = medians.iter().flatten().flatten().copied().fold(1.0, f64::max);
        for (number, median) in medians.iter().enumerate() {
            if let Some(median) = median {
                text.push_str(&line(variants[number].name, median, top, coloured.then_some(number)));
            }
        }
    }
    text
}

fn heading(outcome: &Outcome) -> String {
    let futures = super::super::caution::futures(outcome.replications.len());
    format!("Through time: median of {futures}, from nothing to the highest")
}

/// Kind, name and measure of a row.
type Key<'a> = (&'static str, Option<&'a str>, &'static str);

fn is(row: &Row<'_>, key: &Key<'_>) -> bool {
    (row.kind, row.name, row.measure) == *key
}

/// The whole and the longest lines of the first variant, with what people call them.
fn drawn<'a>(variants: &[Variant<'a>], all: &[Vec<Row<'a>>]) -> Vec<(String, Key<'a>)> {
    let highest = |row: &Row<'_>| row.fan.quantiles[2].iter().copied().fold(0.0, f64::max);
    let mut lines: Vec<&Row<'_>> =
        all.iter().flatten().filter(|row| row.measure == "waiting" && highest(row) > 0.0).collect();
    lines.sort_by(|a, b| highest(b).total_cmp(&highest(a)));
    let mut keys: Vec<Key<'_>> = vec![("pending", None, "cases")];
    for row in lines {
        let key = (row.kind, row.name, row.measure);
        if !keys.contains(&key) && keys.len() <= LINES {
            keys.push(key);
        }
    }
    let label = |name: &str| {
        let stages = variants.iter().flat_map(|variant| &variant.legend.stages);
        let known = stages.map(|stage| &stage.name).find(|stage| stage.name == name);
        format!("{}: waiting", known.map_or(name, |stage| &stage.label))
    };
    keys.into_iter().map(|key| (key.1.map_or_else(|| "All open cases".to_owned(), label), key)).collect()
}

/// `  name  ▁▂▃  first → last`.
fn line(name: &str, median: &[f64], top: f64, colour: Option<usize>) -> String {
    let cells = CELLS.min(median.len());
    let at = |cell: usize| median[cell * (median.len() - 1) / (cells - 1).max(1)];
    let spark: String = (0..cells).map(|cell| block(at(cell) / top)).collect();
    let spark = match colour {
        Some(number) => format!("\u{1b}[{}m{spark}\u{1b}[0m", COLOURS[number % COLOURS.len()]),
        None => spark,
    };
    let ends = [median.first(), median.last()].map(|end| end.map_or(0, |&end| end.round() as u64)).map(count);
    format!("  {:NAME$}{spark} {} → {}\n", cut(name, NAME - 1), ends[0], ends[1])
}

/// The block for a share of the highest; nothing at all is a blank.
fn block(share: f64) -> char {
    let eighths = (share * 8.0).ceil();
    if eighths < 1.0 || eighths.is_nan() { ' ' } else { BLOCKS[(eighths as usize - 1).min(7)] }
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;

    #[test]
    fn a_thing_is_drawn_on_one_scale_for_all_variants() {
        let (now, mut more) = (sample::baseline(), sample::baseline());
        for replication in &mut more.outcome.replications {
            replication.series.waiting[0] = vec![440, 440, 440];
        }
        let text = picture(&[now.variant("now"), more.variant("more")], false);
        assert!(text.contains("\nfront desk: waiting\n"), "{text}");
        // 110 and 220 of 440 are two and four eighths.
        assert!(text.contains("  now                 ▂▄ 110 → 220\n"), "{text}");
        assert!(text.contains("  more                ██ 440 → 440\n"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
        assert!(!text.contains('\u{1b}'));
        assert!(picture(&[now.variant("now")], true).contains("\u{1b}[39m"));
    }

    #[test]
    fn nothing_is_blank_and_the_highest_full() {
        assert_eq!([0.0, 0.01, 0.5, 1.0, f64::NAN].map(block), [' ', '▁', '▄', '█', ' ']);
    }
}
