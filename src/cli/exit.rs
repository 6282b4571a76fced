//! How the program ends.

use crate::experiment::Outcome;
use std::process::ExitCode;

/// Every exit code there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: done. Cautions do not change it.
    Done,
    /// 1: reading or writing failed, or a bug.
    Failed,
    /// 2: the arguments or the scenario are wrong; a scenario file that cannot be read is a wrong argument.
    Refused,
    /// 3: done, but the precision asked for was not reached.
    PrecisionNotReached,
    /// 4: the program disagrees with theory.
    ValidationFailed,
    /// 130: interrupted; what was finished is kept and shown.
    Interrupted,
}

impl Exit {
    /// Its number.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Refused => 2,
            Self::PrecisionNotReached => 3,
            Self::ValidationFailed => 4,
            Self::Interrupted => 130,
        }
    }

    /// How a program ends that made these outcomes: an interruption outweighs missing precision.
    pub fn of<'a>(outcomes: impl IntoIterator<Item = &'a Outcome>) -> Self {
        outcomes.into_iter().fold(Self::Done, |exit, outcome| match exit {
            Self::Interrupted => exit,
            _ if outcome.interrupted => Self::Interrupted,
            _ if outcome.precision == Some(false) => Self::PrecisionNotReached,
            _ => exit,
        })
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_contract() {
        let all = [
            Exit::Done,
            Exit::Failed,
            Exit::Refused,
            Exit::PrecisionNotReached,
            Exit::ValidationFailed,
            Exit::Interrupted,
        ];
        assert_eq!(all.map(Exit::code), [0, 1, 2, 3, 4, 130]);
    }

    #[test]
    fn an_interruption_outweighs_missing_precision() {
        let done = Outcome { precision: Some(true), ..Outcome::default() };
        let wide = Outcome { precision: Some(false), ..Outcome::default() };
        let stopped = Outcome { interrupted: true, ..Outcome::default() };
        assert_eq!(Exit::of([&done]), Exit::Done);
        assert_eq!(Exit::of([&done, &wide, &done]), Exit::PrecisionNotReached);
        assert_eq!(Exit::of([&stopped, &wide]), Exit::Interrupted);
        assert_eq!(Exit::of([&wide, &stopped]), Exit::Interrupted);
    }
}
