//! Curves of a cohort: the share that is out in one way, or still open, by the time since filing, under each policy.

use super::fan::same_as_baseline;
use super::field::{CURSOR, FIELD, SIZE, axes};
use super::path::{Point, band, curve};
use super::scale::{Scale, short};
use super::svg::text;
use crate::report::document::{Band, Curve, Trace};
use crate::report::say::{Key, Speech};
use std::fmt::Write as _;

/// What a chart of curves is made of.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct CurveChart<'a> {
    /// The curves.
    pub(in crate::report) curve: &'a Curve,
    /// Their number in the document.
    pub(in crate::report) number: usize,
    /// Title in words.
    pub(in crate::report) title: &'a str,
    /// What it shows, for those who cannot see it.
    pub(in crate::report) alt: &'a str,
}

/// The chart as SVG; `None` where there is no time to draw it over.
pub(in crate::report) fn curves(wanted: &CurveChart<'_>, speech: Speech) -> Option<String> {
    let all = &wanted.curve.traces;
    let last = f64::from(*wanted.curve.days.last().filter(|&&last| last > 0)?);
    let largest =
        all.iter().flatten().flat_map(|trace| trace.q95.iter().flatten()).copied().fold(0.0, f64::max);
    let scale = Scale::to(largest);
    let id = format!("w{}", wanted.number);
    let mut svg = head(wanted, &id);
    axes(&mut svg, &scale, &|tick| format!("{}\u{a0}%", short(speech, tick)), ticks(last, speech));
    // The baseline is drawn last, over the others; what is the same as it is drawn once.
    let same = |number: usize| number > 0 && all[number] == all[0];
    let first = (1..all.len()).find(|&number| same(number));
    let plot = Plot { days: &wanted.curve.days, last, top: scale.top };
    for (number, trace) in all.iter().enumerate().rev() {
        let Some(trace) = trace else { continue };
        if same(number) {
            same_as_baseline(&mut svg, number, &id, Some(number) == first);
        } else {
            plot.draw(&mut svg, number, trace, &id);
        }
    }
    svg.push_str(CURSOR);
    svg.push_str("</svg>");
    Some(svg)
}

fn head(wanted: &CurveChart<'_>, id: &str) -> String {
    let (title, alt, number) = (text(wanted.title), text(wanted.alt), wanted.number);
    let (width, height) = SIZE;
    format!(
        r#"<svg class="curve" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-t {id}-d" data-curve="{number}"><title id="{id}-t">{title}</title><desc id="{id}-d">{alt}</desc>"#
    )
}

/// Marks at every year, or at so many days where the time is short.
fn ticks(last: f64, speech: Speech) -> Vec<(f64, String)> {
    const YEAR: f64 = 365.25;
    const MARKS: f64 = 4.0;
    if last >= 2.0 * YEAR {
        let apart = (last / YEAR / 7.0).ceil() as u32;
        let years =
            (1..).map(|number| number * apart).take_while(|&years| f64::from(years) * YEAR <= last + 1.0);
        let label = |years: u32| {
            let key = if years == 1 { Key::YearOne } else { Key::YearMany };
            speech.fill(key, &[("n", &speech.count(years as usize))])
        };
        return years.map(|years| ((f64::from(years) * YEAR / last).min(1.0), label(years))).collect();
    }
    let whole = [1.0, 5.0, 10.0, 30.0, 60.0, 90.0, 180.0].into_iter().find(|step| step * MARKS >= last);
    let step = whole.unwrap_or(180.0);
    let days = (1..).map(|number| f64::from(number) * step).take_while(|&days| days <= last);
    let label = |days: f64| speech.fill(Key::DaysMany, &[("n", &speech.count(days as usize))]);
    days.map(|days| (days / last, label(days))).collect()
}

struct Plot<'a> {
    days: &'a [u32],
    last: f64,
    top: f64,
}

impl Plot<'_> {
    fn points(&self, shares: &Band) -> Vec<Option<Point>> {
        let point = |(&day, share): (&u32, &Option<f64>)| {
            Some((FIELD.x(f64::from(day) / self.last), FIELD.y((*share)? / self.top)))
        };
        self.days.iter().zip(shares).map(point).collect()
    }

    fn draw(&self, svg: &mut String, number: usize, trace: &Trace, id: &str) {
        let [low, middle, high] = [&trace.q05, &trace.q50, &trace.q95].map(|band| self.points(band));
        let (wide, line) = (band(&low, &high), curve(&middle));
        let named = |part: &str| if number == 0 { format!(r#" id="{id}-{part}""#) } else { String::new() };
        let (all, of_line) = (named("b"), named("m"));
        let _ = write!(
            svg,
            r#"<g class="series v{number}"><g{all} transform="scale(.1)"><path class="b90" d="{wide}"/><path{of_line} class="med" d="{line}"/></g></g>"#
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Lang, WayOut};

    fn trace(shares: [f64; 3]) -> Trace {
        let band = |by: f64| shares.iter().map(|share| Some(share + by)).collect::<Band>();
        Trace { q05: band(-1.0), q50: band(0.0), q95: band(1.0) }
    }

    fn drawn(days: [u32; 3], lang: Lang) -> String {
        let of_policy = trace([99.0, 40.0, 20.0]);
        let traces =
            vec![Some(trace([99.0, 50.0, 30.0])), Some(of_policy), None, Some(trace([99.0, 50.0, 30.0]))];
        let (from, until) = ("2019-07-01".to_owned(), "2019-08-01".to_owned());
        let curve = Curve { from, until, way: WayOut::Open, days: days.to_vec(), traces };
        let wanted = CurveChart { curve: &curve, number: 3, title: "<b>", alt: "\"" };
        curves(&wanted, Speech { lang }).unwrap()
    }

    #[test]
    fn curves_have_their_marks_axes_and_words() {
        let svg = drawn([0, 400, 1_461], Lang::En);
        assert!(svg.contains(r#"data-curve="3""#) && !svg.contains("<b>"), "{svg}");
        for part in [">1 year<", ">4 years<", "100\u{a0}%", r##"class="series same v3" href="#w3-b""##] {
            assert!(svg.contains(part), "no {part} in {svg}");
        }
        assert_eq!((svg.matches("class=\"med\"").count(), svg.matches("class=\"b90\"").count()), (2, 2));
        // At 0 days 99 of 100: 8 + 204 · 0.01 = 10.04 from above; at the end 30: 8 + 204 · 0.7 = 150.8.
        let line = svg.split("id=\"w3-m\" class=\"med\" d=\"").nth(1).unwrap();
        assert!(line.starts_with("M540 100l925 1000 2455 408\""), "{line}");
    }

    #[test]
    fn a_short_time_is_marked_in_days() {
        assert!(drawn([0, 30, 85], Lang::Es).contains(">30 días<"));
    }
}
