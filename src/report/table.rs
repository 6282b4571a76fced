//! Tables and paragraphs of plain text, no wider than a terminal.

/// Columns of a terminal.
pub(super) const WIDTH: usize = 80;
/// Blanks between two columns.
const GAP: usize = 2;
/// A space at which no line ends.
pub(super) const NO_BREAK: char = '\u{a0}';
/// The first column is never cut to less than this.
const LEAST: usize = 12;

/// Rows of cells: the first column to the left, the others to the right.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub(super) fn new(headings: &[&str]) -> Self {
        Self { rows: vec![headings.iter().map(|&heading| heading.to_owned()).collect()] }
    }

    /// One more row; a single cell is a heading inside the table and may be as long as it needs.
    pub(super) fn row<I: IntoIterator<Item = String>>(&mut self, cells: I) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether there are headings only.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.len() < 2
    }

    /// All rows, each ended by a line feed.
    pub(super) fn show(&self) -> String {
        let widths = self.widths();
        let mut shown = String::new();
        for row in &self.rows {
            shown.push_str(self.line(row, &widths).trim_end());
            shown.push('\n');
        }
        shown
    }

    fn line(&self, row: &[String], widths: &[usize]) -> String {
        let [first, others @ ..] = row else { return String::new() };
        if others.is_empty() {
            return cut(first, WIDTH);
        }
        let label = self.label(first, widths[0]);
        let cells = others.iter().zip(&widths[1..]).map(|(cell, width)| format!("{cell:>0$}", width + GAP));
        format!("{label:0$}", widths[0]) + &cells.collect::<String>()
    }

    /// A label of at most `width` characters: where another row's would look the same, cut in its middle.
    fn label(&self, label: &str, width: usize) -> String {
        let short = cut_label(label, width);
        let others = self.rows.iter().filter(|row| row.len() > 1 && row[0] != label);
        let alike = short != label && others.into_iter().any(|row| cut_label(&row[0], width) == short);
        if alike { cut_middle(label, width) } else { short }
    }

    /// The width of each column; the first takes what the others leave.
    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let full = || self.rows.iter().filter(|row| row.len() > 1);
        let width = |column: usize| {
            full().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..columns).map(width).collect();
        let others: usize = widths.iter().skip(1).map(|width| width + GAP).sum();
        if let Some(first) = widths.first_mut() {
            *first = WIDTH.saturating_sub(others).max(LEAST);
        }
        widths
    }
}

/// A label of at most `width` characters; its unit in brackets is kept where there is room.
fn cut_label(label: &str, width: usize) -> String {
    let unit = label.rfind(" [").map_or("", |at| &label[at..]);
    let room = width.saturating_sub(unit.chars().count());
    if room < LEAST / 2 {
        return cut(label, width);
    }
    cut(&label[..label.len() - unit.len()], room) + unit
}

/// A text of at most `width` characters; what is cut off leaves an ellipsis.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}

/// A text of at most `width` characters that keeps its beginning and, for the most part, its end.
fn cut_middle(text: &str, width: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let kept = width.saturating_sub(1).min(letters.len());
    let head = kept / 3;
    let tail = &letters[letters.len() - (kept - head)..];
    letters[..head].iter().chain(['…'].iter()).chain(tail).collect()
}

/// A paragraph broken between words; lines after the first begin with `indent` blanks. Words
/// longer than a line are broken too. What a no-break space joins stays on one line, as does a number with its `%`.
pub(super) fn wrap(text: &str, indent: usize) -> String {
    let mut lines = vec![String::new()];
    let mut used = 0;
    let text = text.replace(" %", &format!("{NO_BREAK}%"));
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        for (part, piece) in pieces(word, WIDTH - indent).into_iter().enumerate() {
            let length = piece.chars().count();
            if part > 0 || (used > 0 && used + 1 + length > WIDTH) {
                lines.push(" ".repeat(indent));
                used = indent;
            } else if used > 0 {
                lines.last_mut().expect("there is a first line").push(' ');
                used += 1;
            }
            lines.last_mut().expect("there is a first line").push_str(&piece);
            used += length;
        }
    }
    lines.join("\n").replace(NO_BREAK, " ") + "\n"
}

fn pieces(word: &str, width: usize) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    letters.chunks(width).map(|piece| piece.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_label_gives_way_to_the_numbers() {
        let mut table = Table::new(&["", "mean", "range"]);
        table.row(["x".repeat(200), "1,000".to_owned(), "900 to 1,100".to_owned()]);
        table.row(["é".repeat(300)]);
        let shown = table.show();
        assert!(shown.lines().all(|line| line.chars().count() <= WIDTH), "{shown}");
        assert!(shown.contains("…  1,000  900 to 1,100\n"), "{shown}");
        assert_eq!(cut_label("a very long label [days]", 16), "a very l… [days]");
        assert_eq!(cut_label("short [days]", 16), "short [days]");
    }

    #[test]
    fn labels_that_begin_alike_stay_apart() {
        let mut table = Table::new(&["", "mean"]);
        for half_life in [4, 10, 1_200] {
            table.row([format!("  {} = {half_life} months", "enforcement ".repeat(8)), "1".to_owned()]);
        }
        table.row([format!("  comprehensive {}", "and more ".repeat(9)), "1".to_owned()]);
        let shown = table.show();
        let rows: Vec<&str> = shown.lines().skip(1).collect();
        assert!(rows[0].contains("= 4 months") && rows[2].contains("= 1200 months"), "{shown}");
        assert!(rows[3].starts_with("  comprehensive and more") && rows[3].contains("…"), "{shown}");
        assert!(rows.iter().all(|row| row.chars().count() <= WIDTH), "{shown}");
    }

    #[test]
    fn columns_of_numbers_end_together() {
        let mut table = Table::new(&["", "mean"]);
        table.row(["a".to_owned(), "1".to_owned()]);
        table.row(["b".to_owned(), "100".to_owned()]);
        let ends: Vec<usize> = table.show().lines().map(|line| line.chars().count()).collect();
        assert_eq!(ends, [80, 80, 80]);
    }

    #[test]
    fn paragraphs_are_broken_between_words() {
        let text = wrap(&"seven77 ".repeat(30), 2);
        assert!(text.lines().all(|line| line.len() <= WIDTH));
        assert!(text.lines().skip(1).all(|line| line.starts_with("  seven77")));
        assert!(wrap(&"w".repeat(500), 4).lines().all(|line| line.len() <= WIDTH));
        assert_eq!(wrap("short", 2), "short\n");
        let joined = format!("{} 95 %", "x".repeat(76));
        assert_eq!(wrap(&joined, 2), format!("{}\n  95 %\n", "x".repeat(76)));
    }
}
