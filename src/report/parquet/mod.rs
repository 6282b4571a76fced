//! Tables in the Parquet format: typed columns, packed, that statistics programs read without guessing.
//!
//! One row group with one page a column, in plain encoding, packed by gzip: the part of the format that every reader has
//! (Apache Parquet 2.x, `parquet.thrift`, `Encodings.md`). The same table gives the same bytes.

mod packed;
mod thrift;

pub(super) use packed::gzip;

use jiff::civil::Date;
use thrift::{Struct, unsigned};

const MAGIC: &[u8; 4] = b"PAR1";
/// Of `Encoding`: values one after the other, and the levels of what may be missing.
const PLAIN: i32 = 0;
const RLE: i32 = 3;
/// Of `CompressionCodec`.
const GZIP: i32 = 2;

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) cells: Cells,
}

/// What a column holds, a row each.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cells {
    /// Texts.
    Text(Vec<String>),
    /// Texts that may be missing.
    MaybeText(Vec<Option<String>>),
    /// Dates that may be missing.
    MaybeDate(Vec<Option<Date>>),
    /// Numbers.
    Number(Vec<f64>),
}

/// A table as a file. All columns have the same number of rows.
pub(super) fn file(columns: &[Column]) -> Vec<u8> {
    let rows = columns.first().map_or(0, |column| column.cells.len());
    let mut bytes = MAGIC.to_vec();
    let chunks: Vec<Struct> = columns.iter().map(|column| chunk(&mut bytes, column)).collect();
    let group = Struct::default().list(1, chunks).i64(2, bytes.len() - MAGIC.len()).i64(3, rows);
    let root = Struct::default().text(4, "caseload").i32(5, columns.len() as i32);
    let schema = std::iter::once(root).chain(columns.iter().map(Column::schema)).collect();
    let footer = Struct::default()
        .i32(1, 1)
        .list(2, schema)
        .i64(3, rows)
        .list(4, vec![group])
        .text(6, concat!("caseload version ", env!("CARGO_PKG_VERSION")))
        .finish();
    bytes.extend(&footer);
    bytes.extend((footer.len() as u32).to_le_bytes());
    bytes.extend(MAGIC);
    bytes
}

/// Write the page of a column; what the footer says of it.
fn chunk(bytes: &mut Vec<u8>, column: &Column) -> Struct {
    let (start, rows) = (bytes.len(), column.cells.len());
    let values = column.cells.page();
    let packed = gzip(&values);
    let data = Struct::default().i32(1, rows as i32).i32(2, PLAIN).i32(3, RLE).i32(4, RLE);
    let head = Struct::default().i32(1, 0).i32(2, values.len() as i32).i32(3, packed.len() as i32);
    let head = head.within(5, data).finish();
    let size = head.len() + values.len();
    bytes.extend(head);
    bytes.extend(packed);
    let about = Struct::default()
        .i32(1, column.cells.physical())
        .numbers(2, &[PLAIN, RLE])
        .one_text(3, column.name)
        .i32(4, GZIP)
        .i64(5, rows)
        .i64(6, size)
        .i64(7, bytes.len() - start)
        .i64(9, start);
    Struct::default().i64(2, start).within(3, about)
}

impl Column {
    /// Its element of the schema: type, whether values may be missing, name, and what the type stands for, in the old
    /// words and the new.
    fn schema(&self) -> Struct {
        let element = Struct::default()
            .i32(1, self.cells.physical())
            .i32(3, i32::from(self.cells.may_be_missing()))
            .text(4, self.name);
        let stands_for = |element: Struct, old: i32, new: u8| {
            element.i32(6, old).within(10, Struct::default().within(new, Struct::default()))
        };
        match self.cells {
            Cells::Text(_) | Cells::MaybeText(_) => stands_for(element, 0, 1),
            Cells::MaybeDate(_) => stands_for(element, 6, 6),
            Cells::Number(_) => element,
        }
    }
}

impl Cells {
    fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.len(),
            Self::MaybeText(cells) => cells.len(),
            Self::MaybeDate(cells) => cells.len(),
            Self::Number(cells) => cells.len(),
        }
    }

    /// The physical type: `INT32`, `DOUBLE`, `BYTE_ARRAY`.
    const fn physical(&self) -> i32 {
        match self {
            Self::MaybeDate(_) => 1,
            Self::Number(_) => 5,
            Self::Text(_) | Self::MaybeText(_) => 6,
        }
    }

    const fn may_be_missing(&self) -> bool {
        matches!(self, Self::MaybeText(_) | Self::MaybeDate(_))
    }

    /// The page: which values are there, where some may be missing, and the values.
    fn page(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        match self {
            Self::Text(cells) => cells.iter().for_each(|cell| text(&mut bytes, cell)),
            Self::MaybeText(cells) => {
                present(&mut bytes, cells);
                cells.iter().flatten().for_each(|cell| text(&mut bytes, cell));
            }
            Self::MaybeDate(cells) => {
                present(&mut bytes, cells);
                bytes.extend(cells.iter().flatten().flat_map(|date| days(*date).to_le_bytes()));
            }
            Self::Number(cells) => bytes.extend(cells.iter().flat_map(|cell| cell.to_le_bytes())),
        }
        bytes
    }
}

fn text(bytes: &mut Vec<u8>, cell: &str) {
    bytes.extend((cell.len() as u32).to_le_bytes());
    bytes.extend(cell.as_bytes());
}

/// Days since 1 January 1970.
fn days(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}

/// Which cells are there, as runs of ones and zeros, after the length of all that.
fn present<T>(bytes: &mut Vec<u8>, cells: &[Option<T>]) {
    let mut runs = Vec::new();
    for run in cells.chunk_by(|one, next| one.is_some() == next.is_some()) {
        unsigned(&mut runs, (run.len() as u64) << 1);
        runs.push(u8::from(run[0].is_some()));
    }
    bytes.extend((runs.len() as u32).to_le_bytes());
    bytes.extend(runs);
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn table() -> Vec<Column> {
        let texts = |texts: [&str; 3]| texts.map(str::to_owned).to_vec();
        vec![
            Column { name: "key", cells: Cells::Text(texts(["a", "ñandú, \"b\"", ""])) },
            Column {
                name: "variant",
                cells: Cells::MaybeText(vec![None, Some("now".to_owned()), Some("more".to_owned())]),
            },
            Column {
                name: "date",
                cells: Cells::MaybeDate(vec![Some(date(1970, 1, 2)), Some(date(2019, 6, 7)), None]),
            },
            Column { name: "value", cells: Cells::Number(vec![1.5, -0.0, 1e300]) },
        ]
    }

    #[test]
    fn pages_hold_what_is_there() {
        let page = |column: usize| table()[column].cells.page();
        assert_eq!(page(0)[..6], [1, 0, 0, 0, b'a', 12]);
        // One that is missing, two that are there: runs of 1 and 2, four bytes in all.
        assert_eq!(page(1)[..15], [4, 0, 0, 0, 2, 0, 4, 1, 3, 0, 0, 0, b'n', b'o', b'w']);
        // 7 June 2019 is day 18,054.
        assert_eq!(page(2)[8..], [1_i32.to_le_bytes(), 18_054_i32.to_le_bytes()].concat());
        assert_eq!(page(3).len(), 24);
    }

    #[test]
    fn a_file_is_the_one_that_other_readers_were_shown() {
        // Read back by pyarrow and DuckDB as the table above, once; a change of these bytes asks for doing so again.
        let bytes = file(&table());
        assert_eq!((&bytes[..4], &bytes[bytes.len() - 4..]), (MAGIC.as_slice(), MAGIC.as_slice()));
        let length = u32::from_le_bytes(bytes[bytes.len() - 8..bytes.len() - 4].try_into().unwrap()) as usize;
        assert!(length + 12 < bytes.len());
        assert_eq!(blake3::hash(&bytes).to_hex()[..16], *"15702cc8cd0edf89");
    }
}
