//! Outcomes made of other outcomes, in each future for itself.

use super::outcome::Asker;
use crate::diagnostic::nearest;
use crate::legend::OutcomeUnit;
use crate::network::Combination;
use crate::scenario::model::Question;
use crate::scenario::tree::Node;

impl Asker<'_> {
    /// Made of outcomes above; a sum and a difference are of one unit.
    pub(super) fn combined(&mut self, combination: Combination, subject: &Node) -> Option<Question> {
        let parts = self.parts(subject)?;
        let enough = if combination == Combination::Sum { !parts.is_empty() } else { parts.len() == 2 };
        if !enough {
            self.error(
                format!("a sum, difference or ratio is of {} outcomes", parts.len()),
                &subject.at,
                "expected at least one for a sum, two for the others",
                "write for instance ratio = [\"part\", \"whole\"]",
            );
            return None;
        }
        let units: Vec<OutcomeUnit> = parts.iter().map(|&part| self.read[part].unit).collect();
        if combination != Combination::Ratio
            && let Some(other) = units.iter().position(|&unit| unit != units[0])
        {
            let [first, second] = [parts[0], parts[other]].map(|part| self.read[part].name.clone());
            self.error(
                format!("`{first}` and `{second}` are counted in different units"),
                &subject.at,
                "cannot be added or subtracted",
                "give both unit = \"persons\" or both unit = \"cases\", or take their ratio",
            );
            return None;
        }
        Some(Question::Combined(combination, parts))
    }

    /// The numbers of the outcomes above that are named.
    fn parts(&mut self, subject: &Node) -> Option<Vec<usize>> {
        let named = subject.list().unwrap_or(std::slice::from_ref(subject));
        let mut parts = Some(Vec::new());
        for node in named {
            let name = node.text().unwrap_or_default();
            if !self.above.iter().any(|above| above == name) {
                let help = match nearest(name, self.above.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if self.above.is_empty() => "write the outcomes it is made of above it".to_owned(),
                    None => format!("outcomes above: {}", self.above.join(", ")),
                };
                self.error(
                    format!("no outcome above this one is called `{name}`"),
                    &node.at,
                    "made of it",
                    help,
                );
            }
            // One that stands above and makes no sense has been told there.
            let part = self.read.iter().position(|outcome| outcome.name == name);
            parts = parts.zip(part).map(|(mut parts, part)| {
                parts.push(part);
                parts
            });
        }
        parts
    }
}
