//! The seal of a document: a hash over its content, by which a changed or cut one is known.

use super::{Document, FORM};
use serde_json::Value;
use std::fmt;

/// Why a text is not a document that can be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// It ends too early.
    Cut,
    /// It is no JSON, or not of the form of a document.
    Unreadable(String),
    /// It was written in another form of this version number.
    OtherForm(u64),
    /// Its content does not give its seal.
    Changed,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cut => f.write_str("it is cut short: the end of the document is missing"),
            Self::Unreadable(problem) => write!(f, "it is not a report: {problem}"),
            Self::OtherForm(form) => {
                write!(f, "it is of form {form}, and this program reads form {FORM}")
            }
            Self::Changed => {
                f.write_str("it was changed after it was written: its content does not give its seal")
            }
        }
    }
}

impl Document {
    /// The hash of everything but the seal.
    pub(super) fn hash(&self) -> String {
        let bare = Self { seal: String::new(), ..self.clone() };
        let text = serde_json::to_vec(&bare).expect("memory takes every document");
        blake3::hash(&text).to_hex().to_string()
    }

    /// As JSON on many lines, as in `report.json`.
    ///
    /// # Panics
    ///
    /// Never: memory takes every document.
    pub fn to_json(&self) -> String {
        super::super::laid_out(&serde_json::to_value(self).expect("memory takes every document"))
    }

    /// Read a document and hold it against its seal.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn from_json(text: &str) -> Result<Self, Broken> {
        let value: Value = serde_json::from_str(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Eof => Broken::Cut,
            _ => Broken::Unreadable(error.to_string()),
        })?;
        Self::from_value(value)
    }

    /// The document that a value is, held against its seal.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(in crate::report) fn from_value(value: Value) -> Result<Self, Broken> {
        match value.get("form").and_then(Value::as_u64) {
            Some(form) if form != u64::from(FORM) => return Err(Broken::OtherForm(form)),
            _ => {}
        }
        let document: Self =
            serde_json::from_value(value).map_err(|error| Broken::Unreadable(error.to_string()))?;
        if document.variants.is_empty() || document.hash() != document.seal {
            return Err(Broken::Changed);
        }
        Ok(document)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;
    use crate::report::document::Background;

    fn document() -> Document {
        let now = sample::baseline();
        Document::new(&[now.variant("now"), now.variant("same")], &Background::default())
    }

    #[test]
    fn a_document_reads_back_as_itself() {
        let document = document();
        assert_eq!(Document::from_json(&document.to_json()), Ok(document));
    }

    #[test]
    fn a_cut_or_changed_document_is_refused_with_what_is_wrong() {
        let text = document().to_json();
        assert_eq!(Document::from_json(&text[..text.len() / 2]), Err(Broken::Cut));
        let changed = text.replacen("1010", "1011", 1);
        assert_ne!(changed, text);
        assert_eq!(Document::from_json(&changed), Err(Broken::Changed));
        let older = text.replacen("\"form\": 5", "\"form\": 9", 1);
        assert_eq!(Document::from_json(&older), Err(Broken::OtherForm(9)));
        assert!(matches!(Document::from_json("{}"), Err(Broken::Unreadable(_))));
        assert!(matches!(Document::from_json("not json"), Err(Broken::Unreadable(_))));
    }
}
