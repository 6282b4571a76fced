//! How a JSON document is laid out: objects over several lines, lists on one, whole numbers without a fraction.
//!
//! A band has an entry for each date; one line each keeps documents short enough to be read.

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use std::io::{self, Write};

/// A document as text, with an end of line. It reads back as the same numbers.
///
/// # Panics
///
/// Never: memory takes every JSON value.
pub fn laid_out(document: &Value) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Layout(PrettyFormatter::new()));
    document.serialize(&mut serializer).expect("memory takes every JSON value");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

struct Layout(PrettyFormatter<'static>);

impl Formatter for Layout {
    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        /// Doubles below this hold every whole number.
        const WHOLE: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() < WHOLE {
            write!(writer, "{}", value as i64)
        } else {
            // The shortest text that reads back as the same number.
            serde_json::to_writer(writer, &value).map_err(io::Error::from)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_stay_on_one_line_and_counts_stay_whole() {
        let document = json!({ "a": { "b": [1.0, 2.5, null], "c": [] }, "d": -0.1, "e": 1e300 });
        let expected = "{\n  \"a\": {\n    \"b\": [1, 2.5, null],\n    \"c\": []\n  },\n  \"d\": -0.1,\n  \"e\": 1e300\n}\n";
        assert_eq!(laid_out(&document).replace("1e+300", "1e300"), expected);
    }

    #[test]
    fn every_number_reads_back_as_itself() {
        for value in [0.1 + 0.2, 1.0 / 3.0, 5e-324, f64::MAX, -1234.5, 9.007_199_254_740_993e15] {
            let back: Value = serde_json::from_str(&laid_out(&json!(value))).unwrap();
            assert_eq!(back.as_f64().map(f64::to_bits), Some(value.to_bits()));
        }
    }
}
