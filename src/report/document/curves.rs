//! How those who filed in one period went out through time: competing risks as curves.

use super::super::Variant as View;
use super::number::{Band, defined};
use crate::asylum::Disposition;
use crate::experiment::CurveResult;
use crate::report::detail;
use crate::stats::quantile;
use serde::{Deserialize, Serialize};

/// Those who filed in one period, and the share of them that is out in one way, or still open, by the time since filing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Curve {
    /// First day of the period of filing.
    pub from: String,
    /// Day after its last.
    pub until: String,
    /// In which way.
    pub way: WayOut,
    /// Days since filing.
    pub days: Vec<u32>,
    /// For each variant; absent where nothing was looked at in detail.
    pub traces: Vec<Option<Trace>>,
}

/// The ways out that curves tell apart: kinds of ends, together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WayOut {
    /// Not out in any way.
    Open,
    /// Granted or denied.
    Decided,
    /// Ordered removed, after a hearing or in absence.
    Removed,
    /// Withdrawn or abandoned.
    Withdrawn,
    /// Closed without a decision, or left the system.
    Closed,
}

/// A share of one variant through time \[percent\]: quantiles of the futures, to hundredths.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Trace {
    /// 5 % quantile.
    pub q05: Band,
    /// Median.
    pub q50: Band,
    /// 95 %.
    pub q95: Band,
}

impl WayOut {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Open, Self::Decided, Self::Removed, Self::Withdrawn, Self::Closed];

    /// The word for it in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Decided => "decided",
            Self::Removed => "removed",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
        }
    }

    /// Where a kind of end belongs.
    const fn of(kind: Disposition) -> Self {
        match kind {
            Disposition::Relief | Disposition::Denial => Self::Decided,
            Disposition::Removal | Disposition::RemovalInAbsentia => Self::Removed,
            Disposition::Withdrawn | Disposition::Abandoned => Self::Withdrawn,
            Disposition::Closed | Disposition::Left => Self::Closed,
        }
    }

    /// The share of a cohort that went this way, from the shares of all ways.
    fn share(self, ways: &[f32]) -> f64 {
        let all = |wanted: &dyn Fn(Self) -> bool| -> f64 {
            let kinds = Disposition::ALL.iter().zip(ways).filter(|(kind, _)| wanted(Self::of(**kind)));
            kinds.map(|(_, &share)| f64::from(share)).sum()
        };
        if self == Self::Open { 1.0 - all(&|_| true) } else { all(&|of| of == self) }
    }
}

/// The curves of all traced periods; ways that nobody goes are left out.
pub(super) fn curves(views: &[View<'_>]) -> Vec<Curve> {
    let Some(plan) = views[0].outcome.detail.as_ref() else { return Vec::new() };
    let mut all = Vec::new();
    for (place, &period) in plan.traced.iter().enumerate() {
        // Up to where everybody of the period is followed: that is the same in all variants and futures.
        let days = known(views, place, &plan.trace);
        if days.len() < 2 {
            continue;
        }
        for way in WayOut::ALL {
            let traces: Vec<Option<Trace>> =
                views.iter().map(|view| Trace::of(view, place, way, days.len())).collect();
            if way == WayOut::Open || traces.iter().flatten().any(Trace::is_seen) {
                all.push(Curve {
                    from: detail::date(&views[0], plan.filings[period]),
                    until: detail::date(&views[0], plan.filings[period + 1]),
                    way,
                    days: days.to_vec(),
                    traces,
                });
            }
        }
    }
    all
}

/// The days at which some future knows the shares.
fn known<'p>(views: &[View<'_>], place: usize, days: &'p [u32]) -> &'p [u32] {
    let ways = Disposition::ALL.len();
    let of_view = |view: &View<'_>| {
        let known =
            |curve: &CurveResult| curve.ended.chunks(ways).take_while(|ways| !ways[0].is_nan()).count();
        let each =
            detail::values(view, |detail| detail.curves.get(place).map_or(0.0, |curve| known(curve) as f64));
        each.into_iter().fold(0.0, f64::max) as usize
    };
    &days[..views.iter().map(of_view).max().unwrap_or(0).min(days.len())]
}

impl Trace {
    /// Of a variant, at so many days; `None` where nothing was looked at in detail.
    fn of(view: &View<'_>, place: usize, way: WayOut, days: usize) -> Option<Self> {
        view.outcome.detail.as_ref()?;
        let ways = Disposition::ALL.len();
        let mut trace = Self::default();
        for day in 0..days {
            let share = |curve: &CurveResult| way.share(&curve.ended[day * ways..(day + 1) * ways]);
            let mut shares = detail::values(view, |detail| detail.curves.get(place).map_or(f64::NAN, &share));
            shares.retain(|share| !share.is_nan());
            shares.sort_unstable_by(f64::total_cmp);
            let at = |p: f64| {
                let share = (!shares.is_empty()).then(|| quantile(&shares, p))?;
                // There is no negative nothing.
                defined((share * 1e4).round() / 100.0 + 0.0)
            };
            for (band, p) in [(&mut trace.q05, 0.05), (&mut trace.q50, 0.5), (&mut trace.q95, 0.95)] {
                band.push(at(p));
            }
        }
        Some(trace)
    }

    /// Whether anybody goes that way: more than one in two hundred, by the end, in some of the futures.
    fn is_seen(&self) -> bool {
        const LEAST: f64 = 0.5;
        self.q95.iter().flatten().any(|&share| share >= LEAST)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sample;
    use super::*;
    use crate::experiment::{Detail, DetailPlan};
    use crate::units::{DAY, SimTime};

    /// Shares of the eight ways within no and ten days; beyond that nothing is known.
    fn detail(relief: f32, withdrawn: f32) -> Detail {
        let mut ended = vec![0.0; 8];
        ended.extend([relief, 0.0, 0.25, 0.0, withdrawn, 0.0, 0.0, 0.0]);
        ended.extend([f32::NAN; 8]);
        Detail { curves: vec![CurveResult { ended }], ..Detail::default() }
    }

    #[test]
    fn ways_are_summed_in_each_future_and_what_is_left_is_open() {
        let mut now = sample::baseline();
        let day = |number: i64| SimTime::from_seconds(number * DAY);
        now.outcome.detail = Some(DetailPlan {
            filings: vec![day(0), day(24), day(55)],
            traced: vec![1],
            trace: vec![0, 10, 20],
            ..DetailPlan::default()
        });
        for (number, replication) in now.outcome.replications.iter_mut().enumerate() {
            replication.detail = Some(Box::new(detail(0.125 * number as f32, 0.0)));
        }
        let all = curves(&[now.variant("now")]);
        assert_eq!(all.iter().map(|curve| curve.way).collect::<Vec<_>>(), WayOut::ALL[..3]);
        assert_eq!((all[0].from.as_str(), all[0].until.as_str()), ("2019-07-01", "2019-08-01"));
        assert_eq!(all[0].days, [0, 10]);
        let median = |place: usize| all[place].traces[0].as_ref().unwrap().q50.clone();
        // Futures: 0, 12.5 and 25 % decided, 25 % removed in each.
        assert_eq!(
            [median(0), median(1), median(2)].map(|band| band[1]),
            [Some(62.5), Some(12.5), Some(25.0)]
        );
        assert_eq!(all[1].traces[0].as_ref().unwrap().q05, [Some(0.0), Some(1.25)]);
        assert_eq!(median(0)[0], Some(100.0));
    }
}
