//! Results for statistics programs: tidy tables, one number or one band a row. An undefined number is
//! an empty cell.

use super::Variant;
use super::document::Document;
use super::fan::{self, QUANTILES};
use super::numbers::numbers;
use super::path::Path;
use ::csv::Writer;

/// Every figure of every replication: `variant,replication,kind,name,figure,value`.
pub fn figures(variants: &[Variant]) -> String {
    let mut table = Table::new(&["variant", "replication", "kind", "name", "figure", "value"]);
    for variant in variants {
        let path = |&figure| Path::of(figure, variant.legend).map(|path| path.cells());
        let names: Vec<Option<[String; 3]>> = variant.outcome.figures.iter().map(path).collect();
        for replication in &variant.outcome.replications {
            let number = replication.number.to_string();
            for (cells, &value) in names.iter().zip(&replication.figures) {
                if let Some([kind, name, figure]) = cells {
                    table.row(&[variant.name, &number, kind, name, figure, &shown(value)]);
                }
            }
        }
    }
    table.finish()
}

/// Every band at every date: `variant,date,kind,name,measure,mean,q05,q25,q50,q75,q95`.
pub fn series(variants: &[Variant]) -> String {
    let quantiles = QUANTILES.map(|(name, _)| name);
    let mut table =
        Table::new(&[["variant", "date", "kind", "name", "measure", "mean"].as_slice(), &quantiles].concat());
    for variant in variants {
        for row in fan::rows(variant).into_iter().filter(|row| !row.fan.is_undefined()) {
            for (place, &date) in variant.legend.series.iter().enumerate() {
                let date = variant.legend.dates.get(date).map(ToString::to_string).unwrap_or_default();
                let mean = shown(row.fan.mean[place]);
                let band = row.fan.quantiles.each_ref().map(|quantile| shown(quantile[place]));
                let head = [variant.name, &date, row.kind, row.name.unwrap_or(""), row.measure, &mean];
                table.row(&[head.as_slice(), &band.each_ref().map(String::as_str)].concat());
            }
        }
    }
    table.finish()
}

/// Every number that a report shows: `section,key,label,unit,variant,date,statistic,value`.
pub fn document(document: &Document) -> String {
    let mut table = Table::new(&["section", "key", "label", "unit", "variant", "date", "statistic", "value"]);
    for number in numbers(document) {
        table.row(&[
            number.section,
            &number.key,
            &number.label,
            number.unit.word(),
            number.variant.map_or("", |variant| document.variants[variant].name.as_str()),
            &number.date,
            &number.statistic,
            &shown(number.value),
        ]);
    }
    table.finish()
}

/// The shortest text that reads back as the same number.
fn shown(value: f64) -> String {
    // Nothing has no sign.
    if value.is_nan() { String::new() } else { (value + 0.0).to_string() }
}

/// A table in memory, where writing cannot fail.
struct Table {
    writer: Writer<Vec<u8>>,
}

impl Table {
    fn new(headings: &[&str]) -> Self {
        let mut table = Self { writer: Writer::from_writer(Vec::new()) };
        table.row(headings);
        table
    }

    fn row(&mut self, cells: &[&str]) {
        self.writer.write_record(cells).expect("rows are of one length and memory takes them");
    }

    fn finish(self) -> String {
        let bytes = self.writer.into_inner().expect("memory takes what is left");
        String::from_utf8(bytes).expect("cells are text")
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::experiment::{Figure, StationFigure};

    #[test]
    fn there_is_a_row_for_each_figure_of_each_replication() {
        let now = sample::baseline();
        let text = figures(&[now.variant("now"), now.variant("again")]);
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows[0], "variant,replication,kind,name,figure,value");
        assert_eq!(rows[1], "now,0,stages,desk,waiting.time-average,1000");
        assert_eq!(rows.len(), 1 + 2 * 3 * now.outcome.figures.len());
    }

    #[test]
    fn a_name_with_commas_and_quotes_reads_back_as_it_was() {
        let mut now = sample::baseline();
        now.set(Figure::Station(0, StationFigure::WaitingAverage), |_| f64::NAN);
        let odd = "more, judges=\"600\"\nand on";
        let text = series(&[now.variant(odd)]);
        assert!(
            text.contains("\"more, judges=\"\"600\"\"\nand on\",2019-07-01,stages,desk,waiting,110,101,")
        );
        let text = figures(&[now.variant(odd)]);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert!(rows.iter().all(|row| &row[0] == odd));
        assert_eq!(&rows[0][5], "");
    }

    #[test]
    fn the_whole_has_no_name() {
        let now = sample::baseline();
        let text = series(&[now.variant("now")]);
        assert!(text.ends_with("now,2019-08-01,pending,,cases,110,101,105,110,115,119\n"), "{text}");
    }
}
