//! Every number that a report shows, one at a time, for tables of statistics programs.

use super::document::{Cohort, Document, Row, Series, Spread, Still, Unit};

/// A number with all that says what it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// Section of the document.
    pub(super) section: &'static str,
    /// Path of the figure.
    pub(super) key: String,
    /// What it is called, in English where the file has it.
    pub(super) label: String,
    /// What it counts.
    pub(super) unit: Unit,
    /// Number of the variant; none for what belongs to all.
    pub(super) variant: Option<usize>,
    /// The date it stands at; empty where it has none.
    pub(super) date: String,
    /// `mean`, `half-width`, `q05`, `below`, and so on.
    pub(super) statistic: String,
    /// The number.
    pub(super) value: f64,
}

/// All numbers, in the order of the document.
pub(super) fn numbers(document: &Document) -> Vec<Number> {
    let mut gathered = Gathered::default();
    gathered.answer(document);
    gathered.queues(document);
    for stage in &document.waits.stages {
        gathered.rows("waits", &stage.rows);
    }
    gathered.cohorts(document);
    gathered.curves(document);
    gathered.rows("flows", &document.flows.stages);
    for ending in &document.flows.endings {
        gathered.rows("flows", &ending.rows);
    }
    gathered.moved(document);
    gathered.burden(document);
    gathered.certainty(document);
    gathered.all
}

#[derive(Default)]
struct Gathered {
    all: Vec<Number>,
}

/// What the numbers after it are of.
struct Of<'a> {
    section: &'static str,
    key: &'a str,
    label: &'a str,
    unit: &'a Unit,
    variant: Option<usize>,
    date: &'a str,
}

/// A number of a cohort; its label is the day after the period of filing.
fn of_cohort<'a>(cohort: &'a Cohort, key: &'a str, unit: &'a Unit) -> Of<'a> {
    Of {
        section: "cohorts",
        key,
        label: &cohort.until,
        unit,
        variant: Some(cohort.variant),
        date: &cohort.from,
    }
}

impl Gathered {
    fn put(&mut self, of: &Of<'_>, statistic: &str, value: Option<f64>) {
        let Some(value) = value else { return };
        self.all.push(Number {
            section: of.section,
            key: of.key.to_owned(),
            label: of.label.to_owned(),
            unit: of.unit.clone(),
            variant: of.variant,
            date: of.date.to_owned(),
            statistic: statistic.to_owned(),
            value,
        });
    }

    fn spread(&mut self, of: &Of<'_>, prefix: &str, spread: Option<&Spread>) {
        let Some(spread) = spread else { return };
        let parts = [
            ("mean", Some(spread.mean)),
            ("half-width", spread.half_width),
            ("q05", Some(spread.q05)),
            ("q10", Some(spread.q10)),
            ("q25", Some(spread.q25)),
            ("q50", Some(spread.q50)),
            ("q75", Some(spread.q75)),
            ("q90", Some(spread.q90)),
            ("q95", Some(spread.q95)),
        ];
        for (name, value) in parts {
            self.put(of, &format!("{prefix}{name}"), value);
        }
    }

    fn rows(&mut self, section: &'static str, rows: &[Row]) {
        for row in rows {
            for (variant, value) in row.values.iter().enumerate() {
                let of = Of {
                    section,
                    key: &row.key,
                    label: &row.label.en,
                    unit: &row.unit,
                    variant: Some(variant),
                    date: "",
                };
                self.spread(&of, "", value.as_ref());
            }
        }
    }

    /// Shares of cohorts through time.
    fn curves(&mut self, document: &Document) {
        for curve in &document.waits.curves {
            for (variant, trace) in curve.traces.iter().enumerate() {
                let Some(trace) = trace else { continue };
                let of = Of {
                    section: "curves",
                    key: curve.way.word(),
                    label: &curve.until,
                    unit: &Unit::Share,
                    variant: Some(variant),
                    date: &curve.from,
                };
                for (name, band) in [("q05", &trace.q05), ("q50", &trace.q50), ("q95", &trace.q95)] {
                    for (day, share) in curve.days.iter().zip(band) {
                        self.put(&of, &format!("{name} within {day} days"), share.map(|share| share / 100.0));
                    }
                }
            }
        }
    }

    /// Those who still wait, beside a wait.
    fn still(&mut self, still: &Still, variant: usize) {
        let key = |what: &str| format!("stages.{}.{what}", still.stage);
        let of_wait = [
            (key("waiting.at-end"), Unit::Cases, &still.waiting),
            (key("still-waiting.days-so-far"), Unit::Days, &still.so_far),
            (key("still-waiting.beyond"), Unit::Cases, &still.beyond),
        ];
        for (key, unit, values) in of_wait {
            let of = Of {
                section: "answer",
                key: &key,
                label: &still.label.en,
                unit: &unit,
                variant: Some(variant),
                date: "",
            };
            self.spread(&of, "", values.get(variant).and_then(Option::as_ref));
        }
    }

    fn answer(&mut self, document: &Document) {
        for headline in &document.answer.headlines {
            for variant in 0..document.variants.len() {
                let of = Of {
                    section: "answer",
                    key: &headline.key,
                    label: &headline.label.en,
                    unit: &headline.unit,
                    variant: Some(variant),
                    date: "",
                };
                self.spread(&of, "", headline.values.get(variant).and_then(Option::as_ref));
                if let Some(gap) = headline.gaps.get(variant).and_then(Option::as_ref) {
                    self.spread(&of, "difference-", Some(&gap.spread));
                    self.put(&of, "difference-below-zero", Some(gap.below));
                    self.put(&of, "difference-above-zero", Some(gap.above));
                    self.put(&of, "gain", gap.gain);
                    for one in &gap.quantiles {
                        let name = format!("difference-of-q{:.0}", 100.0 * one.p);
                        self.put(&of, &name, Some(one.difference));
                        self.put(&of, &format!("{name}-low"), one.low);
                        self.put(&of, &format!("{name}-high"), one.high);
                    }
                }
                self.put(&of, "best", headline.best.get(variant).copied().flatten());
                for still in &headline.still {
                    self.still(still, variant);
                }
                let candidate = headline.candidates.get(variant).map(|&is_it| f64::from(u8::from(is_it)));
                self.put(&of, "could-be-best", candidate);
            }
        }
    }

    fn queues(&mut self, document: &Document) {
        for chart in &document.queues.charts {
            let of = |variant, date| Of {
                section: "queues",
                key: &chart.key,
                label: &chart.label.en,
                unit: &chart.unit,
                variant,
                date,
            };
            self.put(&of(None, ""), "capacity", chart.capacity);
            for published in &chart.published {
                self.put(&of(None, &published.date), "published", Some(published.value));
            }
            for (variant, series) in chart.series.iter().enumerate() {
                let Some(series) = series else { continue };
                for (place, date) in document.queues.dates.iter().enumerate() {
                    self.band(&of(Some(variant), date), series, place);
                }
            }
        }
    }

    fn band(&mut self, of: &Of<'_>, series: &Series, place: usize) {
        let bands = [
            ("mean", &series.mean),
            ("q05", &series.q05),
            ("q25", &series.q25),
            ("q50", &series.q50),
            ("q75", &series.q75),
            ("q95", &series.q95),
        ];
        for (name, band) in bands {
            self.put(of, name, band.get(place).copied().flatten());
        }
    }

    fn cohorts(&mut self, document: &Document) {
        for cohort in &document.waits.cohorts {
            self.spread(&of_cohort(cohort, "cases", &Unit::Cases), "", cohort.cases.as_ref());
            self.spread(&of_cohort(cohort, "median-to-decision", &Unit::Days), "", cohort.median.as_ref());
            self.spread(
                &of_cohort(cohort, "completed-mean", &Unit::Days),
                "",
                cohort.completed_mean.as_ref(),
            );
            for share in &cohort.shares {
                let key = format!("{}.within-{}-days", share.way, share.within_days);
                self.spread(&of_cohort(cohort, &key, &Unit::Share), "", share.share.as_ref());
            }
        }
        for age in &document.waits.ages {
            let of = |unit| Of {
                section: "ages",
                key: &age.of.key,
                label: &age.of.label.en,
                unit,
                variant: Some(age.variant),
                date: &age.date,
            };
            self.spread(&of(&Unit::Days), "median-", age.median.as_ref());
            self.spread(&of(&Unit::Days), "p90-", age.p90.as_ref());
            for (days, share) in &age.older {
                self.spread(&of(&Unit::Share), &format!("older-than-{days}-days-"), share.as_ref());
            }
        }
    }

    fn moved(&mut self, document: &Document) {
        for flow in &document.flows.counted {
            let key = format!("{} > {}", flow.from, flow.to);
            for (variant, cases) in flow.cases.iter().enumerate() {
                let of = Of {
                    section: "flows",
                    key: &key,
                    label: "",
                    unit: &Unit::Cases,
                    variant: Some(variant),
                    date: "",
                };
                self.spread(&of, "", cases.as_ref());
            }
        }
        let Some(ledger) = &document.flows.ledger else { return };
        for row in &ledger.rows {
            for (place, moved) in row.moved.iter().enumerate() {
                let of = Of {
                    section: "ledger",
                    key: &row.node,
                    label: &row.label.en,
                    unit: &Unit::Cases,
                    variant: Some(place + 1),
                    date: &ledger.until,
                };
                self.spread(&of, "difference-", moved.as_ref());
            }
        }
    }

    fn burden(&mut self, document: &Document) {
        self.rows("burden", &document.burden.costs);
        for place in &document.burden.places {
            self.rows("burden", &place.rows);
            for (variant, over) in place.over.iter().enumerate() {
                let of = Of {
                    section: "burden",
                    key: &place.place.key,
                    label: &place.place.label.en,
                    unit: &Unit::Share,
                    variant: Some(variant),
                    date: "",
                };
                self.put(&of, "peak-over-capacity", *over);
            }
        }
        self.rows("burden", &document.burden.clocks);
    }

    fn certainty(&mut self, document: &Document) {
        for share in &document.certainty.shares {
            let of = Of {
                section: "certainty",
                key: &share.headline,
                label: if share.of_difference { "difference" } else { "" },
                unit: &Unit::Share,
                variant: Some(share.variant),
                date: "",
            };
            self.put(&of, "from-inputs", Some(share.inputs));
        }
        for driver in &document.certainty.drivers {
            let of = Of {
                section: "certainty",
                key: &driver.headline,
                label: &driver.input,
                unit: &Unit::Share,
                variant: Some(driver.variant),
                date: "",
            };
            self.put(&of, "first-order-share", Some(driver.share));
            self.put(&of, "rank-correlation", driver.correlation);
        }
        for gap in &document.audit.fluid {
            let of = Of {
                section: "audit",
                key: &gap.stage,
                label: &gap.label.en,
                unit: &Unit::Cases,
                variant: Some(gap.variant),
                date: "",
            };
            self.put(&of, "simulated", Some(gap.simulated));
            self.put(&of, "fluid", Some(gap.fluid));
        }
    }
}
