//! Every outcome at every setting of the axes.

use super::super::Variant;
use super::Compared;
use crate::stats::Estimate;

/// One variant at one setting.
#[derive(Debug, Clone)]
pub(super) struct Stop<'a> {
    pub(super) setting: Vec<String>,
    pub(super) policy: &'a str,
    pub(super) variant: &'a Variant<'a>,
    /// What it is held against: the baseline's policy at the same setting, or, where it is of that policy itself,
    /// the baseline; `None` for the baseline.
    pub(super) against: Option<&'a Variant<'a>>,
}

impl Stop<'_> {
    /// What it says of an outcome, and how that differs from what it is held against.
    pub(super) fn outcome(&self, compared: Compared, name: &str) -> Option<(Estimate, Option<Estimate>)> {
        let own = compared.combined(name, &[(1.0, self.variant)])?;
        let against =
            self.against.map(|other| compared.combined(name, &[(1.0, self.variant), (-1.0, other)]));
        Some((own, against.flatten()))
    }
}

/// All policies at all settings, in order; nothing where the study has no axis.
pub(super) fn stops(compared: Compared<'_>) -> Vec<Stop<'_>> {
    if compared.design.axes.is_empty() {
        return Vec::new();
    }
    let mut policies: Vec<&str> = vec![compared.baseline()];
    for point in &compared.design.points {
        if !policies.contains(&point.policy.as_str()) {
            policies.push(&point.policy);
        }
    }
    let at = |setting: Vec<String>| {
        policies.clone().into_iter().filter_map(move |policy| stop(compared, policy, setting.clone()))
    };
    compared.design.settings().into_iter().flat_map(at).collect()
}

fn stop<'a>(compared: Compared<'a>, policy: &'a str, setting: Vec<String>) -> Option<Stop<'a>> {
    let variant = compared.variant(policy, &setting)?;
    let against = if policy == compared.baseline() {
        compared.variants.first()
    } else {
        compared.variant(compared.baseline(), &setting)
    };
    let against = against.filter(|other| other.name != variant.name);
    Some(Stop { setting, policy, variant, against })
}
