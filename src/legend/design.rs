//! How the variants of a study stand to each other, and what is asked of several of them at once.

/// The plan of a study.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Design {
    /// Values that are tried.
    pub axes: Vec<Axis>,
    /// Where each variant stands.
    pub points: Vec<Point>,
    /// Differences of differences.
    pub interactions: Vec<Interaction>,
    /// Values of an axis at which a verdict turns.
    pub flips: Vec<Flip>,
}

/// Values that are tried in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// Its name.
    pub name: String,
    /// Its values, as written.
    pub values: Vec<String>,
}

/// Where a variant stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Name of the variant.
    pub variant: String,
    /// Its policy.
    pub policy: String,
    /// Its value of each axis, in their order; `None` where the axis moves nothing that it has.
    pub values: Vec<Option<String>>,
}

/// What two policies together change beyond the sum of what each changes alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interaction {
    /// Its name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// Of which outcome.
    pub outcome: String,
    /// One policy, the other, and both.
    pub policies: [String; 3],
}

/// Where on an axis the difference of two policies turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Flip {
    /// Its name.
    pub name: String,
    /// For reports.
    pub label: String,
    /// Which axis, by its number.
    pub axis: usize,
    /// Of which outcome.
    pub outcome: String,
    /// The policies; the difference is first − second.
    pub between: [String; 2],
    /// The values of the axis as numbers, in the axis' order.
    pub positions: Vec<f64>,
    /// What those numbers count, as written behind them: `months`, or nothing.
    pub unit: String,
}

impl Design {
    /// Every way to take one value of each axis; one empty way where there are none.
    pub fn settings(&self) -> Vec<Vec<String>> {
        let mut settings = vec![Vec::new()];
        for axis in &self.axes {
            settings = settings
                .iter()
                .flat_map(|setting: &Vec<String>| {
                    axis.values.iter().map(|value| [setting.as_slice(), std::slice::from_ref(value)].concat())
                })
                .collect();
        }
        settings
    }

    /// The variant of a policy at a setting.
    pub fn variant(&self, policy: &str, setting: &[String]) -> Option<&str> {
        let is_there = |point: &&Point| {
            point.policy == policy
                && point
                    .values
                    .iter()
                    .zip(setting)
                    .all(|(own, asked)| own.as_ref().is_none_or(|own| own == asked))
        };
        self.points.iter().find(is_there).map(|point| point.variant.as_str())
    }

    /// A setting in words: `half-life = 3 months, delay = 2`.
    pub fn told(&self, setting: &[String]) -> String {
        let parts = self.axes.iter().zip(setting).map(|(axis, value)| format!("{} = {value}", axis.name));
        parts.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_that_an_axis_does_not_move_stands_at_every_value() {
        let point = |variant: &str, policy: &str, value: Option<&str>| Point {
            variant: variant.to_owned(),
            policy: policy.to_owned(),
            values: vec![value.map(str::to_owned)],
        };
        let axis = Axis { name: "p".to_owned(), values: vec!["1".to_owned(), "2".to_owned()] };
        let points =
            vec![point("now", "now", None), point("a, p=1", "a", Some("1")), point("a, p=2", "a", Some("2"))];
        let design = Design { axes: vec![axis], points, ..Design::default() };
        let settings = design.settings();
        assert_eq!(settings, [["1"], ["2"]]);
        assert_eq!(design.variant("now", &settings[1]), Some("now"));
        assert_eq!(design.variant("a", &settings[1]), Some("a, p=2"));
        assert_eq!((design.variant("b", &settings[0]), design.told(&settings[0]).as_str()), (None, "p = 1"));
        assert_eq!(Design::default().settings(), [Vec::<String>::new()]);
    }
}
