//! Simulated time: whole seconds, so that equal times, conservation and Little's law are exact.
//!
//! A [`SimTime`] is an instant, counted from the start of the model; a [`Span`] is a length of time.
//! Both are integers. Rounding from real-valued laws to whole seconds happens in one place,
//! [`Span::from_seconds`].

use std::ops::{Add, AddAssign, Sub};

/// Seconds in a day.
pub const DAY: i64 = 86_400;
/// Seconds in a year of 365.25 days, as the contract of the language fixes it.
pub const YEAR: i64 = 31_557_600;
/// Seconds in a month: a twelfth of a year, 30.4375 days.
pub const MONTH: i64 = YEAR / 12;

/// Days from the year 0 to the end of the year 9999: there are no dates beyond.
pub const CALENDAR_DAYS: i64 = 3_652_425;

/// An instant of simulated time: whole seconds since the start of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SimTime(i64);

/// A length of simulated time in whole seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(i64);

impl SimTime {
    /// The start of the model.
    pub const START: Self = Self(0);
    /// Later than every instant a model can reach.
    pub const NEVER: Self = Self(i64::MAX);

    /// The instant `seconds` after the start of the model.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Whole seconds since the start of the model.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// This instant moved by `span`, or [`SimTime::NEVER`] where the sum leaves the range of time.
    #[must_use]
    pub const fn after(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A length of whole seconds.
    pub const fn new(seconds: i64) -> Self {
        Self(seconds)
    }

    /// The nearest whole number of seconds to a real length of time; negative lengths become zero.
    ///
    /// Lengths beyond 2⁶² s (as a law with an infinite tail may give) are held there.
    pub fn from_seconds(seconds: f64) -> Self {
        const LIMIT: f64 = (1_i64 << 62) as f64;
        Self((seconds + 0.5).clamp(0.0, LIMIT) as i64)
    }

    /// Whole seconds.
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// The same length in days.
    pub fn days(self) -> f64 {
        self.0 as f64 / DAY as f64
    }
}

impl Add<Span> for SimTime {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        self.after(span)
    }
}

impl AddAssign<Span> for SimTime {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Sub for SimTime {
    type Output = Span;
    fn sub(self, earlier: Self) -> Span {
        Span(self.0 - earlier.0)
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
