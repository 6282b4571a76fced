//! The document inside its page: packed (zlib) and written in the 64 letters of base64, which no markup can
//! come out of. The texts of its files stand in their links, and nowhere else.

use super::thin::{full, thin};
use crate::report::document::{Broken, Document};
use crate::report::parquet::gzip;
use serde_json::Value;

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// A document is never larger than this \[bytes\]; what unpacks to more is no document.
const LARGEST: usize = 1 << 30;
/// How hard the packing tries, of 10.
const LEVEL: u8 = 8;
/// Bytes of gzip before and after what is packed.
const GZIP_HEAD: usize = 10;
const GZIP_TAIL: usize = 8;
const BEFORE: &str = r#"<script type="application/x-caseload" id="document">"#;
const AFTER: &str = "</script>";

/// The link to a file has its text in its address, as gzip in base64.
const ADDRESS: &str = "data:application/gzip;base64,";
/// Such a link in a page: in no text of a file, where a quote is written as a reference.
const LINK: &str = r#"href="data:application/gzip;base64,"#;

/// The element that holds a document: all of it but the texts of its files, which their links hold.
pub(super) fn element(document: &Document) -> String {
    let mut bare = document.clone();
    bare.origin.files.iter_mut().for_each(|file| file.text.clear());
    let value = serde_json::to_value(&bare).expect("memory takes every document");
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(thin(value).to_string().as_bytes(), LEVEL);
    format!("{BEFORE}{}{AFTER}", base64(&packed))
}

/// The address of a file that holds its text.
pub(super) fn link(text: &str) -> String {
    format!("{ADDRESS}{}", base64(&gzip(text.as_bytes())))
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
    if !page.trim_end().ends_with("</html>") {
        return Err(Broken::Cut);
    }
    let bare: Value = serde_json::from_slice(&text).map_err(|_| Broken::Changed)?;
    Document::from_value(with_files(full(bare), page)?)
}

/// The document with the texts of its files, from their links in the page, in order.
fn with_files(mut bare: Value, page: &str) -> Result<Value, Broken> {
    let mut links = page.split(LINK).skip(1);
    let files = bare.pointer_mut("/origin/files").and_then(Value::as_array_mut);
    for file in files.into_iter().flatten() {
        let link = links.next().and_then(|rest| rest.split('"').next()).ok_or(Broken::Changed)?;
        let text = bytes(link).as_deref().and_then(unpacked).ok_or(Broken::Changed)?;
        let place = file.get_mut("text").ok_or(Broken::Changed)?;
        *place = Value::String(text);
    }
    Ok(bare)
}

/// The text in gzip as we write it; `None` of anything else.
fn unpacked(packed: &[u8]) -> Option<String> {
    let body = packed.get(GZIP_HEAD..packed.len().checked_sub(GZIP_TAIL)?)?;
    let text = miniz_oxide::inflate::decompress_to_vec_with_limit(body, LARGEST).ok()?;
    String::from_utf8(text).ok()
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
