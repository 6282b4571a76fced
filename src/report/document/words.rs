//! Words from files, in the languages the files have them in.

use serde::{Deserialize, Serialize};

/// A language that reports can be read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// Its code, as in HTML.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// The language of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::En, Self::Es].into_iter().find(|lang| lang.code() == code)
    }
}

/// A text in English, or the language of its file, and in Spanish where the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// English, or what there is.
    pub en: String,
    /// Spanish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub es: Option<String>,
}

impl Words {
    /// In both languages.
    pub fn both(en: impl Into<String>, es: impl Into<String>) -> Self {
        Self { en: en.into(), es: Some(es.into()) }
    }

    /// The text for a reader of `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match (lang, &self.es) {
            (Lang::Es, Some(es)) => es,
            _ => &self.en,
        }
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self { en: text.to_owned(), es: None }
    }
}

/// A name as in the files, and what people call it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// As in the files.
    pub key: String,
    /// For people.
    pub label: Words,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_spanish_is_shown_as_it_is() {
        assert_eq!(Words::from("court").get(Lang::Es), "court");
        assert_eq!(Words::both("court", "tribunal").get(Lang::Es), "tribunal");
        assert_eq!(Lang::from_code("es"), Some(Lang::Es));
        assert_eq!(Lang::from_code("fr"), None);
    }
}
