//! Writing SVG.

use std::fmt::Write as _;

/// A text as character data or inside double quotes: nothing in it is markup.
pub(super) fn text(raw: &str) -> String {
    let mut safe = String::with_capacity(raw.len());
    for letter in raw.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

/// A coordinate to a tenth, as short as it can be.
pub(super) fn place(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let (sign, tenths) = (if tenths < 0 { "-" } else { "" }, tenths.abs());
    if tenths % 10 == 0 {
        format!("{sign}{}", tenths / 10)
    } else {
        format!("{sign}{}.{}", tenths / 10, tenths % 10)
    }
}

/// A line between two points.
pub(super) fn line(svg: &mut String, class: &str, from: (f64, f64), to: (f64, f64)) {
    let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(place);
    let _ = write!(svg, r#"<line class="{class}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>"#);
}

/// A word at a point; `anchor` is start, middle or end.
pub(super) fn word(svg: &mut String, class: &str, anchor: &str, at: (f64, f64), raw: &str) {
    let (x, y, safe) = (place(at.0), place(at.1), text(raw));
    let _ = write!(svg, r#"<text class="{class}" text-anchor="{anchor}" x="{x}" y="{y}">{safe}</text>"#);
}

/// A text cut to so many letters.
pub(super) fn cut(raw: &str, letters: usize) -> String {
    if raw.chars().count() <= letters {
        raw.to_owned()
    } else {
        raw.chars().take(letters.saturating_sub(1)).chain(['…']).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup() {
        assert_eq!(text("<a href=\"x\">'&"), "&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    }

    #[test]
    fn coordinates_are_short() {
        assert_eq!([1.0, -0.25, 12.34, -3.0].map(place), ["1", "-0.3", "12.3", "-3"]);
        assert_eq!(cut("ñandú mío", 5), "ñand…");
    }
}
