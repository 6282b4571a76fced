//! A report as a text with headings and tables, for mail and wikis: the same words and numbers as the page.

use super::document::{Document, Lang};
use super::html::Sections;
use super::html::table::{Cell, Table};
use super::say::{Key, Speech};
use std::fmt::Write as _;

/// The text of a document.
pub fn text(document: &Document, lang: Lang) -> String {
    let t = Speech { lang };
    let sections = Sections::of(document, t);
    let title = document.question.as_ref().unwrap_or(&document.title);
    let mut text = format!("# {}\n\n{}\n\n", plain(t.words(title)), plain(&sections.facts.join(" · ")));
    heading(&mut text, t, Key::Answer);
    let _ = writeln!(text, "{}\n", plain(&sections.lead));
    for block in sections.answer.iter().chain(&sections.more) {
        let _ = writeln!(text, "**{}**\n", plain(&block.title));
        for line in &block.lines {
            let tag = if line.tag.is_empty() { String::new() } else { format!(" [{}]", line.tag) };
            let _ = writeln!(text, "- {}{tag}: {}.", plain(&line.label), plain(&line.text));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}:\n", t.say(Key::NotShown));
    for limit in &sections.not_shown {
        let _ = writeln!(text, "- {}", plain(limit));
    }
    text.push('\n');
    heading(&mut text, t, Key::Queues);
    for chart in sections.charts.iter().chain(&sections.places) {
        table(&mut text, &chart.table);
    }
    for (key, tables) in sections.tables() {
        heading(&mut text, t, key);
        if key == Key::Waits {
            curves(&mut text, &sections);
        }
        for found in tables {
            table(&mut text, found);
        }
    }
    if !document.design.en.is_empty() {
        heading(&mut text, t, Key::Design);
        // Indented, so that nothing in it is markup.
        for line in t.words(&document.design).lines() {
            let _ = writeln!(text, "    {line}");
        }
        text.push('\n');
    }
    cautions(&mut text, document, t);
    text
}

fn heading(text: &mut String, t: Speech, key: Key) {
    let _ = writeln!(text, "## {}\n", t.say(key));
}

/// How those who filed went out through time: the numbers of the charts.
fn curves(text: &mut String, sections: &Sections) {
    for group in &sections.curves {
        let _ = writeln!(text, "{}\n", plain(&group.lead));
        for chart in &group.charts {
            table(text, &chart.table);
        }
    }
}

fn cautions(text: &mut String, document: &Document, t: Speech) {
    heading(text, t, Key::Cautions);
    for caution in &document.audit.cautions {
        let _ =
            writeln!(text, "- {} → {}", plain(t.words(&caution.message)), plain(t.words(&caution.advice)));
    }
}

/// A table: its groups as rows in bold.
fn table(text: &mut String, table: &Table) {
    if table.is_empty() {
        return;
    }
    let cells = |row: &super::html::table::Line| -> Vec<String> { row.cells.iter().map(shown).collect() };
    let rows = || table.groups.iter().flat_map(|group| &group.rows);
    let columns = rows().map(|row| row.cells.len() + 1).max().unwrap_or(1).max(table.head.len());
    if !table.caption.is_empty() {
        let _ = writeln!(text, "{}\n", plain(&table.caption));
    }
    let mut write = |cells: Vec<String>| {
        let mut cells = cells;
        cells.resize(columns, String::new());
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    };
    write(table.head.iter().map(|head| plain(head)).collect());
    write(vec!["---".to_owned(); columns]);
    for group in &table.groups {
        if !group.heading.is_empty() && !group.rows.is_empty() {
            write(vec![format!("**{}**", plain(&group.heading))]);
        }
        for row in &group.rows {
            write(std::iter::once(plain(&row.name)).chain(cells(row)).collect());
        }
    }
    text.push('\n');
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Prose(text) => plain(text),
        // The numbers of a drawing stand in the cells beside it.
        Cell::Drawing(..) => String::new(),
        Cell::Link(url, text) => format!("[{}](<{}>)", plain(text), url.replace(['<', '>', '\n'], "")),
    }
}

/// A text of a file on one line, with nothing in it that Markdown or HTML would take for markup.
fn plain(raw: &str) -> String {
    let mut safe = String::with_capacity(raw.len());
    for letter in raw.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '!' | '~' => safe.extend(['\\', letter]),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\n' | '\r' | '\t' => safe.push(' '),
            _ => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::super::document::{Background, Words};
    use super::super::sample;
    use super::*;

    #[test]
    fn words_and_tables_are_those_of_the_page() {
        let (now, more) = (sample::baseline(), sample::with_inserted_stage());
        let document = Document::new(&[now.variant("now"), more.variant("more")], &Background::default());
        let text = text(&document, Lang::En);
        assert!(text.starts_with("# ") && text.contains("\n## The answer\n"), "{text}");
        assert!(text.contains("| **front desk: completed \\[cases\\]** |"), "{text}");
        let columns = |line: &str| line.replace("\\|", "").matches('|').count();
        let tables: Vec<&str> = text.split("\n\n").filter(|part| part.starts_with('|')).collect();
        assert!(
            tables.iter().all(|table| table
                .lines()
                .all(|line| columns(line) == columns(table.lines().next().unwrap())))
        );
    }

    #[test]
    fn no_text_of_a_file_is_markup() {
        let now = sample::baseline();
        let hostile = "# <script>alert(1)</script> | [x](javascript:y)\n- `a`";
        let background = Background { title: Words::from(hostile), ..Background::default() };
        let text = text(&Document::new(&[now.variant(hostile)], &background), Lang::Es);
        assert!(!text.contains("<script") && !text.contains("[x](javascript"), "{text}");
    }
}
