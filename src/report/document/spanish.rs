//! Names in Spanish where the files have them, for sentences that are made from a legend.

use super::Background;
use super::words::Lang;
use crate::legend::Legend;
use crate::legend::design::Design;
use crate::report::say::Speech;

impl Background {
    /// The legend with the Spanish labels of the files; what has none keeps its own.
    pub fn in_spanish(&self, legend: &Legend) -> Legend {
        let mut spanish = legend.clone();
        for stage in &mut spanish.stages {
            self.label("stage", &stage.name.name, &mut stage.name.label);
        }
        for exit in &mut spanish.exits {
            self.label("exit", &exit.name.name, &mut exit.name.label);
        }
        for place in &mut spanish.places {
            self.label("place", &place.name.name, &mut place.name.label);
        }
        for outcome in &mut spanish.outcomes {
            self.label("outcome", &outcome.name.name, &mut outcome.name.label);
        }
        for number in 0..spanish.responses.len() {
            let told = Speech { lang: Lang::Es }.response(&spanish, &spanish.responses[number]);
            spanish.responses[number].name.label = told;
        }
        spanish
    }

    /// The design with the Spanish labels of the study.
    pub fn design_in_spanish(&self, design: &Design) -> Design {
        let mut spanish = design.clone();
        for asked in &mut spanish.interactions {
            self.label("interaction", &asked.name, &mut asked.label);
        }
        for asked in &mut spanish.flips {
            self.label("flip", &asked.name, &mut asked.label);
        }
        spanish
    }

    fn label(&self, group: &str, name: &str, label: &mut String) {
        if let Some(words) = self.labels.get(&format!("{group}.{name}")) {
            words.get(Lang::Es).clone_into(label);
        }
    }
}
