//! A fan chart: median, half and nine tenths of the futures of each policy through time.

use super::field::{CURSOR, FIELD, SIZE, axes};
use super::path::{Point, band, curve};
use super::scale::{Dates, Scale, short};
use super::svg::{line, place, text, word};
use crate::report::document::{Band, Chart, Series};
use crate::report::say::{Key, Speech};
use std::fmt::Write as _;

/// What a fan chart is made of.
#[derive(Debug, Clone, Copy)]
pub(in crate::report) struct FanChart<'a> {
    /// The chart.
    pub(in crate::report) chart: &'a Chart,
    /// Its dates.
    pub(in crate::report) dates: &'a [String],
    /// Its title in words.
    pub(in crate::report) title: &'a str,
    /// What it shows, for those who cannot see it.
    pub(in crate::report) alt: &'a str,
    /// A name that no other drawing of the page has.
    pub(in crate::report) id: &'a str,
}

/// The chart as SVG; `None` where there are fewer than two dates.
pub(in crate::report) fn fan(wanted: &FanChart<'_>, speech: Speech) -> Option<String> {
    let dates = Dates::of(wanted.dates)?;
    let scale = Scale::to(largest(wanted.chart));
    let mut svg = head(wanted, &scale);
    axes(&mut svg, &scale, &|tick| short(speech, tick), dates.ticks(speech));
    let plot = Plot { dates: &dates, scale: &scale };
    // The baseline is drawn last, over the others; what is the same as it is drawn once.
    let all = &wanted.chart.series;
    let same = |number: usize| number > 0 && all[number] == all[0];
    let first = (1..all.len()).find(|&number| same(number));
    for (number, series) in all.iter().enumerate().rev() {
        let Some(series) = series else { continue };
        if same(number) {
            // Bands over each other would look like a narrower one: one is enough.
            same_as_baseline(&mut svg, number, wanted.id, Some(number) == first);
        } else {
            plot.fan(&mut svg, number, series, wanted.id);
        }
    }
    if let Some(capacity) = wanted.chart.capacity.filter(|&capacity| capacity <= scale.top) {
        let y = plot.y(capacity);
        line(&mut svg, "capacity", (FIELD.left, y), (FIELD.x(1.0), y));
        let label = speech.fill(Key::Capacity, &[("n", &speech.number(capacity))]);
        word(&mut svg, "note", "end", (FIELD.x(1.0) - 2.0, y - 3.0), &label);
    }
    plot.published(&mut svg, wanted.chart);
    svg.push_str(CURSOR);
    svg.push_str("</svg>");
    Some(svg)
}

fn largest(chart: &Chart) -> f64 {
    let of_series = |series: &Series| series.q95.iter().flatten().copied().fold(0.0, f64::max);
    let futures = chart.series.iter().flatten().map(of_series).fold(0.0, f64::max);
    let published = chart.published.iter().map(|published| published.value).fold(0.0, f64::max);
    let both = futures.max(published);
    // A capacity near the numbers is worth seeing; one far above them would flatten the fan.
    chart.capacity.filter(|&capacity| capacity < 2.0 * both).map_or(both, |capacity| capacity.max(both))
}

fn head(wanted: &FanChart<'_>, scale: &Scale) -> String {
    let (id, title, alt) = (wanted.id, text(wanted.title), text(wanted.alt));
    let key = text(&wanted.chart.key);
    let (width, height, top) = (SIZE.0, SIZE.1, scale.top);
    format!(
        r#"<svg class="fan" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-t {id}-d" data-chart="{key}" data-top="{top}"><title id="{id}-t">{title}</title><desc id="{id}-d">{alt}</desc>"#
    )
}

/// What is in every respect as under the baseline: all of it, or its line alone.
pub(super) fn same_as_baseline(svg: &mut String, number: usize, id: &str, all: bool) {
    let used = if all { "b" } else { r#"m" transform="scale(.1)"# };
    let _ = write!(svg, r##"<use class="series same v{number}" href="#{id}-{used}"/>"##);
}

struct Plot<'a> {
    dates: &'a Dates,
    scale: &'a Scale,
}

impl Plot<'_> {
    fn y(&self, value: f64) -> f64 {
        FIELD.y(value / self.scale.top)
    }

    fn points(&self, values: &Band) -> Vec<Option<Point>> {
        let point = |(number, value): (usize, &Option<f64>)| {
            Some((FIELD.x(self.dates.place(number)), self.y((*value)?)))
        };
        values.iter().enumerate().map(point).collect()
    }

    fn fan(&self, svg: &mut String, number: usize, series: &Series, id: &str) {
        let [q05, q25, q50, q75, q95] =
            [&series.q05, &series.q25, &series.q50, &series.q75, &series.q95].map(|band| self.points(band));
        let (wide, narrow, middle) = (band(&q05, &q95), band(&q25, &q75), curve(&q50));
        let named = |part: &str| if number == 0 { format!(r#" id="{id}-{part}""#) } else { String::new() };
        let (all, line) = (named("b"), named("m"));
        let _ = write!(
            svg,
            r#"<g class="series v{number}"><g{all} transform="scale(.1)"><path class="b90" d="{wide}"/><path class="b50" d="{narrow}"/><path{line} class="med" d="{middle}"/></g></g>"#
        );
    }

    fn published(&self, svg: &mut String, chart: &Chart) {
        for published in &chart.published {
            let Some(share) = self.dates.place_of(&published.date) else { continue };
            let (x, y) = (place(FIELD.x(share)), place(self.y(published.value)));
            let label = text(&published.label.en);
            let _ = write!(
                svg,
                r#"<circle class="published" cx="{x}" cy="{y}" r="3.5"><title>{label}</title></circle>"#
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::{Lang, Published, Subject, Unit, Words};

    fn chart(capacity: Option<f64>) -> Chart {
        let band = |values: [f64; 3]| values.iter().map(|&value| Some(value)).collect::<Band>();
        let series = Series {
            mean: band([10.0, 20.0, 30.0]),
            q05: band([5.0, 10.0, 15.0]),
            q25: band([8.0, 15.0, 20.0]),
            q50: band([10.0, 20.0, 30.0]),
            q75: band([12.0, 25.0, 40.0]),
            q95: band([15.0, 30.0, 80.0]),
        };
        Chart {
            key: "stages.\"><script>".to_owned(),
            subject: Subject::Waiting,
            label: Words::from("<script>alert(1)</script>"),
            unit: Unit::Cases,
            capacity,
            series: vec![Some(series.clone()), None, Some(series)],
            published: vec![Published {
                date: "2020-01-01".to_owned(),
                value: 25.0,
                label: Words::from("count & more"),
                source: None,
            }],
        }
    }

    fn drawn(capacity: Option<f64>) -> String {
        let dates = ["2019-07-01", "2020-01-01", "2020-07-01"].map(str::to_owned);
        let chart = chart(capacity);
        let wanted = FanChart { chart: &chart, dates: &dates, title: "<b>", alt: "\"", id: "c0" };
        fan(&wanted, Speech { lang: Lang::En }).unwrap()
    }

    #[test]
    fn a_fan_has_its_marks_axes_and_words() {
        let svg = drawn(Some(90.0));
        for part in [
            r#"class="b90" d="M540 "#,
            r#"class="med""#,
            r#"class="grid""#,
            "Jan\u{a0}2020",
            r#"class="capacity""#,
            "count &amp; more",
        ] {
            assert!(svg.contains(part), "no {part} in {svg}");
        }
        assert!(!svg.contains("<script") && !svg.contains("<b>"));
        // The third variant is as the first, whose paths it uses.
        assert_eq!((svg.matches("class=\"med\"").count(), svg.matches("href=\"#c0-b\"").count()), (1, 1));
        // The top line is at 100: the median goes from 8 + 204 · 0.9 = 191.6 to 8 + 204 · 0.7 = 150.8, on the way
        // through 171.2, which is half way and left out in time, as the dates are half a year apart.
        let median = svg.split("class=\"med\" d=\"").nth(1).unwrap();
        assert!(median.starts_with("M540 1916l"), "{svg}");
    }

    #[test]
    fn a_capacity_far_above_is_not_drawn() {
        assert!(!drawn(Some(5000.0)).contains(r#"class="capacity""#));
    }
}
