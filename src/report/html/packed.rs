//! The document inside its page: packed (zlib) and written in the 64 letters of base64, which no markup can
//! come out of.

use crate::report::document::{Broken, Document};

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// A document is never larger than this \[bytes\]; what unpacks to more is no document.
const LARGEST: usize = 1 << 30;
const BEFORE: &str = r#"<script type="application/x-caseload" id="document">"#;
const AFTER: &str = "</script>";

/// The element that holds a document.
pub(super) fn element(document: &Document) -> String {
    let text = serde_json::to_vec(document).expect("memory takes every document");
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&text, 8);
    format!("{BEFORE}{}{AFTER}", base64(&packed))
}

/// The document in a page.
pub(super) fn document(page: &str) -> Result<Document, Broken> {
    let start = page.rfind(BEFORE).ok_or_else(|| {
        if page.contains("<!doctype html>") {
            Broken::Cut
        } else {
            Broken::Unreadable("no page of caseload".to_owned())
        }
    })?;
    let rest = &page[start + BEFORE.len()..];
    let end = rest.find(AFTER).ok_or(Broken::Cut)?;
    let packed = bytes(&rest[..end]).ok_or(Broken::Changed)?;
    let text = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(&packed, LARGEST)
        .map_err(|_| Broken::Changed)?;
    let text = String::from_utf8(text).map_err(|_| Broken::Changed)?;
    if !page.trim_end().ends_with("</html>") {
        return Err(Broken::Cut);
    }
    Document::from_json(&text)
}

/// Bytes in base64 (RFC 4648).
pub(super) fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let word =
            three.iter().fold(0_u32, |word, &byte| word << 8 | u32::from(byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            if place <= three.len() {
                text.push(char::from(LETTERS[(word >> (18 - 6 * place) & 63) as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// The bytes of a text in base64; `None` of anything else.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let bare = text.trim_end_matches('=');
    let mut found = Vec::with_capacity(bare.len() / 4 * 3 + 2);
    for four in bare.as_bytes().chunks(4) {
        let mut word = 0_u32;
        for &letter in four {
            word = word << 6 | LETTERS.iter().position(|&known| known == letter)? as u32;
        }
        word <<= 6 * (4 - four.len());
        found.extend_from_slice(&word.to_be_bytes()[1..four.len()]);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648 §10.
        for (plain, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), text);
            assert_eq!(bytes(text).unwrap(), plain.as_bytes());
        }
        assert_eq!(bytes("a b!"), None);
    }
}
