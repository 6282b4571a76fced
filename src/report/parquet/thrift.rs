//! Thrift's compact protocol, as far as a Parquet file needs it (Apache Thrift, "Thrift Compact protocol encoding").

/// Kinds of value on the wire.
mod kind {
    pub(super) const I32: u8 = 5;
    pub(super) const I64: u8 = 6;
    pub(super) const BINARY: u8 = 8;
    pub(super) const LIST: u8 = 9;
    pub(super) const STRUCT: u8 = 12;
}

/// A structure in writing. Fields are added in the order of their numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Struct {
    bytes: Vec<u8>,
    last: u8,
}

impl Struct {
    /// A whole number of 32 bits, or one of an enumeration.
    pub(super) fn i32(mut self, field: u8, value: i32) -> Self {
        self.head(field, kind::I32);
        whole(&mut self.bytes, i64::from(value));
        self
    }

    /// A whole number of 64 bits.
    pub(super) fn i64(mut self, field: u8, value: usize) -> Self {
        self.head(field, kind::I64);
        whole(&mut self.bytes, value as i64);
        self
    }

    /// A text.
    pub(super) fn text(mut self, field: u8, text: &str) -> Self {
        self.head(field, kind::BINARY);
        binary(&mut self.bytes, text);
        self
    }

    /// A structure within.
    pub(super) fn within(mut self, field: u8, inner: Self) -> Self {
        self.head(field, kind::STRUCT);
        self.bytes.extend(inner.finish());
        self
    }

    /// A list of structures.
    pub(super) fn list(mut self, field: u8, inner: Vec<Self>) -> Self {
        self.list_head(field, kind::STRUCT, inner.len());
        self.bytes.extend(inner.into_iter().flat_map(Self::finish));
        self
    }

    /// A list of whole numbers of 32 bits.
    pub(super) fn numbers(mut self, field: u8, numbers: &[i32]) -> Self {
        self.list_head(field, kind::I32, numbers.len());
        for &number in numbers {
            whole(&mut self.bytes, i64::from(number));
        }
        self
    }

    /// A list of one text.
    pub(super) fn one_text(mut self, field: u8, text: &str) -> Self {
        self.list_head(field, kind::BINARY, 1);
        binary(&mut self.bytes, text);
        self
    }

    /// Its bytes, with the mark of its end.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }

    /// The short form of a field's head, which every field of these structures fits: less than 16 after the last one.
    fn head(&mut self, field: u8, kind: u8) {
        self.bytes.push((field - self.last) << 4 | kind);
        self.last = field;
    }

    fn list_head(&mut self, field: u8, kind: u8, length: usize) {
        const LONG: u8 = 0xf0;
        self.head(field, kind::LIST);
        match u8::try_from(length) {
            Ok(short @ ..15) => self.bytes.push(short << 4 | kind),
            _ => {
                self.bytes.push(LONG | kind);
                unsigned(&mut self.bytes, length as u64);
            }
        }
    }
}

fn binary(bytes: &mut Vec<u8>, text: &str) {
    unsigned(bytes, text.len() as u64);
    bytes.extend(text.as_bytes());
}

/// A signed number: the sign in the lowest bit, then seven bits a byte.
fn whole(bytes: &mut Vec<u8>, value: i64) {
    unsigned(bytes, ((value << 1) ^ (value >> 63)) as u64);
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
pub(super) fn unsigned(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_protocol() {
        let written = |value: i64| {
            let mut bytes = Vec::new();
            whole(&mut bytes, value);
            bytes
        };
        // Zigzag: 0, −1, 1, −2 are 0, 1, 2, 3; 50399 is [0xdf, 0x89, 0x03] in seven bits a byte, the specification's example.
        assert_eq!([0, -1, 1, -2].map(written), [vec![0], vec![1], vec![2], vec![3]]);
        let mut bytes = Vec::new();
        unsigned(&mut bytes, 50_399);
        assert_eq!(bytes, [0xdf, 0x89, 0x03]);
    }

    #[test]
    fn fields_are_told_by_their_distance() {
        let inner = Struct::default().i32(1, 3);
        let written = Struct::default().i64(2, 1).within(5, inner).one_text(6, "a").finish();
        assert_eq!(written, [0x26, 2, 0x3c, 0x15, 6, 0, 0x19, 0x18, 1, b'a', 0]);
    }
}
