//! The program's own proof against theory: the page that `caseload validate` writes, as it was when this version was
//! made. The check of every commit makes it anew and holds it against the one enclosed here.

use super::table::{Cell, Group, Line, Table, cell};
use crate::report::say::{Key, Speech};

const PAGE: &str = include_str!("../../../docs/validation-textbook.md");

/// The claims of theory with what came out of them.
pub(super) fn selftest(t: Speech) -> Table {
    let head = [
        Key::TestedSystem,
        Key::TestedFigure,
        Key::Theory,
        Key::Estimate,
        Key::TestedError,
        Key::OffBy,
        Key::TestVerdict,
    ];
    Table {
        caption: t.say(Key::SelfTest).to_owned(),
        head: head.map(|key| t.say(key).to_owned()).to_vec(),
        groups: vec![Group { heading: String::new(), rows: claims().map(|claim| row(t, &claim)).collect() }],
    }
}

/// How many claims hold, of how many.
pub(super) fn held() -> (usize, usize) {
    let held = claims().filter(|claim| claim.last() == Some(&"holds")).count();
    (held, claims().count())
}

/// The cells of each row of the page: system, figure, theory, estimate, half-width, errors off, verdict.
fn claims() -> impl Iterator<Item = Vec<&'static str>> {
    const HEAD: usize = 2;
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(str::trim).collect();
    PAGE.lines().filter(|line| line.starts_with('|')).skip(HEAD).map(cells)
}

fn row(t: Speech, claim: &[&str]) -> Line {
    let cells = claim.iter().skip(1).map(|&text| {
        let key = match text {
            "mean wait [days]" => Some(Key::TestedWait),
            "mean waiting [cases]" => Some(Key::TestedWaiting),
            "share delayed" => Some(Key::TestedDelayed),
            "utilization" => Some(Key::TestedBusy),
            "holds" => Some(Key::Holds),
            "FAILS" => Some(Key::Fails),
            _ => None,
        };
        key.map_or_else(|| number(text), |key| cell(t.say(key)))
    });
    Line {
        variant: None,
        name: claim.first().copied().unwrap_or_default().to_owned(),
        cells: cells.collect(),
    }
}

/// A number with a sign that is one.
fn number(text: &str) -> Cell {
    cell(text.replace('-', "\u{2212}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Lang;

    #[test]
    fn every_claim_of_the_page_is_shown_and_holds() {
        let (held, all) = held();
        assert!(held == all && all >= 20, "{held} of {all}");
        let table = selftest(Speech { lang: Lang::Es });
        assert_eq!(table.groups[0].rows.len(), all);
        let first = &table.groups[0].rows[0];
        assert_eq!((first.name.as_str(), &first.cells[0]), ("mm1", &cell("espera media [días]")));
        assert!(table.groups[0].rows.iter().all(|row| row.cells.len() + 1 == table.head.len()));
    }
}
