//! The Parquet form of a report, read back by a reader that knows the format and nothing of the program.

use crate::support::{Court, code, stderr};
use std::collections::BTreeMap;
use std::fs;

/// A value of Thrift's compact protocol.
#[derive(Debug, Clone)]
enum Value {
    Whole(i64),
    Text(Vec<u8>),
    List(Vec<Value>),
    Struct(BTreeMap<i64, Value>),
}

/// What is still to be read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap();
        self.0 = rest;
        *first
    }

    fn take(&mut self, number: usize) -> Vec<u8> {
        let (taken, rest) = self.0.split_at(number);
        self.0 = rest;
        taken.to_vec()
    }

    fn u32(&mut self) -> usize {
        u32::from_le_bytes(self.take(4).try_into().unwrap()) as usize
    }

    fn unsigned(&mut self) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return value;
            }
        }
    }

    fn whole(&mut self) -> i64 {
        let raw = self.unsigned();
        (raw >> 1) as i64 ^ -((raw & 1) as i64)
    }

    fn value(&mut self, kind: u8) -> Value {
        match kind {
            5 | 6 => Value::Whole(self.whole()),
            8 => {
                let length = self.unsigned() as usize;
                Value::Text(self.take(length))
            }
            9 => {
                let head = self.byte();
                let length = if head >> 4 == 15 { self.unsigned() } else { u64::from(head >> 4) };
                Value::List((0..length).map(|_| self.value(head & 15)).collect())
            }
            12 => self.structure(),
            _ => panic!("kind {kind}"),
        }
    }

    fn structure(&mut self) -> Value {
        let (mut fields, mut last) = (BTreeMap::new(), 0);
        loop {
            let head = self.byte();
            if head == 0 {
                return Value::Struct(fields);
            }
            last = if head >> 4 == 0 { self.whole() } else { last + i64::from(head >> 4) };
            let value = self.value(head & 15);
            fields.insert(last, value);
        }
    }
}

impl Value {
    fn field(&self, number: i64) -> &Self {
        let Self::Struct(fields) = self else { panic!("no structure: {self:?}") };
        fields.get(&number).unwrap_or_else(|| panic!("no field {number} in {fields:?}"))
    }

    fn whole(&self) -> i64 {
        let Self::Whole(value) = self else { panic!("no number: {self:?}") };
        *value
    }

    fn text(&self) -> String {
        let Self::Text(bytes) = self else { panic!("no text: {self:?}") };
        String::from_utf8(bytes.clone()).unwrap()
    }

    fn list(&self) -> &[Self] {
        let Self::List(values) = self else { panic!("no list: {self:?}") };
        values
    }
}

/// A table as text: the names of its columns and its rows; what is missing is empty.
fn read(file: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    assert_eq!((&file[..4], &file[file.len() - 4..]), (b"PAR1".as_slice(), b"PAR1".as_slice()));
    let length = Bytes(&file[file.len() - 8..]).u32();
    let footer = Bytes(&file[file.len() - 8 - length..]).structure();
    let rows = footer.field(3).whole() as usize;
    let [root, elements @ ..] = footer.field(2).list() else { panic!("no schema") };
    assert_eq!(root.field(5).whole() as usize, elements.len());
    let chunks = footer.field(4).list()[0].field(1).list();
    let mut cells: Vec<Vec<String>> = Vec::new();
    for (element, chunk) in elements.iter().zip(chunks) {
        let about = chunk.field(3);
        assert_eq!(about.field(3).list()[0].text(), element.field(4).text());
        cells.push(column(file, element, about, rows));
    }
    let names = elements.iter().map(|element| element.field(4).text()).collect();
    (names, (0..rows).map(|row| cells.iter().map(|column| column[row].clone()).collect()).collect())
}

fn column(file: &[u8], element: &Value, about: &Value, rows: usize) -> Vec<String> {
    let mut bytes = Bytes(&file[about.field(9).whole() as usize..]);
    let head = bytes.structure();
    let packed = bytes.take(head.field(3).whole() as usize);
    // Gzip without optional fields: ten bytes of head, eight of check and length.
    let page = miniz_oxide::inflate::decompress_to_vec(&packed[10..packed.len() - 8]).unwrap();
    assert_eq!(page.len(), head.field(2).whole() as usize);
    assert_eq!((head.field(5).field(1).whole(), about.field(4).whole()), (rows as i64, 2));
    let mut values = Bytes(&page);
    let there = if element.field(3).whole() == 1 { levels(&mut values, rows) } else { vec![true; rows] };
    let cell = |values: &mut Bytes<'_>| match element.field(1).whole() {
        1 => {
            let days = i32::from_le_bytes(values.take(4).try_into().unwrap());
            jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(days)).to_string()
        }
        5 => f64::from_le_bytes(values.take(8).try_into().unwrap()).to_string(),
        6 => {
            let length = values.u32();
            String::from_utf8(values.take(length)).unwrap()
        }
        kind => panic!("type {kind}"),
    };
    let cells =
        there.into_iter().map(|there| if there { cell(&mut values) } else { String::new() }).collect();
    assert!(values.0.is_empty(), "{} bytes are left over", values.0.len());
    cells
}

/// Which values are there: runs of one bit each.
fn levels(bytes: &mut Bytes<'_>, rows: usize) -> Vec<bool> {
    let length = bytes.u32();
    let coded = bytes.take(length);
    let (mut runs, mut there) = (Bytes(&coded), Vec::new());
    while !runs.0.is_empty() {
        let head = runs.unsigned();
        assert_eq!(head & 1, 0, "a run that is packed bit by bit");
        let value = runs.byte();
        there.extend((0..head >> 1).map(|_| value == 1));
    }
    assert_eq!(there.len(), rows);
    there
}

#[test]
fn the_parquet_table_is_the_csv_table_with_types() {
    let court = Court::new("parquet");
    let done = |arguments: &str| {
        let output = court.run(arguments);
        assert_eq!(code(&output), 0, "{arguments}: {}", stderr(&output));
    };
    court.replace("study.toml", "waiting for a hearing", "waiting, \\\"for\\\" a hearing ñ");
    done("compare study.toml --out run --report first.parquet");
    done("report run -o second.parquet");
    done("report run -o numbers.csv");
    let file = fs::read(court.path().join("first.parquet")).unwrap();
    assert_eq!(file, fs::read(court.path().join("second.parquet")).unwrap());
    let (names, rows) = read(&file);
    let mut table = csv::Reader::from_path(court.path().join("numbers.csv")).unwrap();
    assert_eq!(names, table.headers().unwrap().iter().collect::<Vec<_>>());
    let expected: Vec<Vec<String>> =
        table.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert!(rows.len() > 500, "{} rows", rows.len());
    assert_eq!(rows, expected);
    assert!(file.len() < fs::metadata(court.path().join("numbers.csv")).unwrap().len() as usize / 4);
}

#[test]
fn a_parquet_table_is_not_printed() {
    let court = Court::new("parquet-printed");
    assert_eq!(code(&court.run("run model.toml -n 2 --out run")), 0);
    let output = court.run("report run --format parquet");
    assert_eq!((code(&output), output.stdout.len()), (2, 0));
    assert!(stderr(&output).contains("-o numbers.parquet"), "{}", stderr(&output));
}
