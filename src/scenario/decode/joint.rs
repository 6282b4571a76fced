//! A table of shares in a mix: its columns are named after dimensions and hold values.

use super::Reader;
use super::arrivals::tidy_number;
use super::mix::{Draft, Part};
use crate::scenario::data::{self, JointRow};
use crate::scenario::grammar;
use crate::scenario::mix::Share;
use crate::scenario::timeline::{Expr, Timeline};
use crate::scenario::tree::Node;
use crate::units::SimTime;
use jiff::civil::Date;

impl Reader<'_> {
    /// The rows of a table of shares: its columns are named after dimensions and hold values.
    pub(super) fn joint(&mut self, node: &Node, path: &str, draft: &mut Draft) -> bool {
        let text = |key: &str| node.get(key).and_then(Node::text);
        grammar::check(node, grammar::JOINT, &format!("`{path}`"), self.found);
        let (Some(file), Some(share)) = (text("file"), text("share")) else { return false };
        let terms: Vec<&str> = self.taxonomy.dimensions.iter().map(String::as_str).chain(["class"]).collect();
        let columns = (share, text("date"), terms.as_slice());
        let full = self.folder.join(file);
        let rows = data::joint(&full, columns, &node.at, self.files, self.found);
        let Some(rows) = rows else { return false };
        self.inputs.push(super::Input {
            path: path.to_owned(),
            value: format!("{file} [{share}]"),
            provenance: self.provenance.last().cloned().flatten(),
        });
        let mut sound = true;
        let dates = dates_of(&rows);
        for date in &dates {
            let sum: f64 = rows.iter().filter(|row| row.from == *date).map(|row| row.share).sum();
            // Tables are rounded to some decimals; what that leaves over is spread evenly.
            if (sum - 1.0).abs() > 1e-6 {
                let when = date.map_or(String::new(), |date| format!(" from {date} on"));
                let problem = format!("the shares of `{file}` sum to {}{when}", tidy_number(sum));
                self.error(problem, &node.at, "they must sum to 1", "mend the table");
                sound = false;
            }
        }
        let mut texts: Vec<&str> = Vec::new();
        for row in &rows {
            if texts.contains(&row.selector.as_str()) {
                continue;
            }
            texts.push(&row.selector);
            let Some(selector) = self.taxonomy.clone().select(&row.selector, &row.at, self.found) else {
                sound = false;
                continue;
            };
            draft.shares.push(Share::Of(self.line_of(&rows, &dates, &row.selector)));
            draft.parts.push(Part {
                text: selector.text,
                at: row.at.clone(),
                classes: selector.classes,
                share: Some(draft.shares.len() - 1),
            });
        }
        sound
    }

    /// The share of a selector through time: none from a date on that has no row of it.
    fn line_of(&self, rows: &[JointRow], dates: &[Option<Date>], selector: &str) -> Timeline {
        let share = |date: &Option<Date>| {
            let at = || rows.iter().filter(|row| row.from == *date);
            let sum: f64 = at().map(|row| row.share).sum();
            let own: f64 = at().filter(|row| row.selector == selector).map(|row| row.share).sum();
            Expr::Number(own / sum)
        };
        let steps: Vec<(SimTime, Expr)> = dates
            .iter()
            .map(|date| (date.map_or(SimTime::START, |date| self.time(date)), share(date)))
            .collect();
        let before = steps.iter().rev().find(|(time, _)| *time <= SimTime::START).or(steps.first());
        let base = before.map_or(Expr::Number(0.0), |(_, share)| *share);
        Timeline { base, steps, changes: Vec::new() }
    }
}

/// The dates of a table, in order.
fn dates_of(rows: &[JointRow]) -> Vec<Option<Date>> {
    let mut dates: Vec<Option<Date>> = rows.iter().map(|row| row.from).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}
