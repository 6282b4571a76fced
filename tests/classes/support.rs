//! Models of a few lines, from their text to a network.

use caseload::compile::compile;
use caseload::network::Network;
use caseload::scenario::{Draw, Request, Scenario, load};
use std::fs;

/// Two dimensions of two values and one of three, and a class without any.
const HEAD: &str = r#"
caseload = 1
kind = "model"
title = "Classes"
start = 2020-01-01
end = 2022-01-01
[dimension.citizenship.value.guatemala]
[dimension.citizenship.value.honduras]
[dimension.citizenship.value.mexico]
[dimension.unit.value.family]
persons.shifted-geometric = { mean = 2.5, min = 2 }
[dimension.unit.value.single]
[dimension.claim.value.strong]
[dimension.claim.value.weak]
[class.migrant]
dimensions = ["citizenship", "unit", "claim"]
[class.plain]
[exit.done]
kind = "relief"
[exit.other]
kind = "left"
"#;

/// A model in a folder of its own, with a table beside it.
pub(crate) fn scenario(test: &str, text: &str, table: &str) -> Scenario {
    let folder = std::env::temp_dir().join(format!("caseload-classes-{test}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for a test");
    fs::write(folder.join("model.toml"), format!("{HEAD}{text}")).expect("a model");
    fs::write(folder.join("joint.csv"), table).expect("a table");
    let loaded = load(&folder.join("model.toml"), &Request::default());
    let problems = loaded.found.render(&loaded.files);
    fs::remove_dir_all(&folder).expect("the folder goes");
    let study = loaded.study.unwrap_or_else(|| panic!("{problems}"));
    study.variants[0].scenario.clone()
}

pub(crate) fn network(scenario: &Scenario) -> Network {
    compile(scenario, &Draw::central(&scenario.parameters))
}

/// Everybody is done after a day.
pub(crate) const DELAY: &str = r#"
[stage.desk]
service.constant = "1 day"
then = { done = 1.0 }
"#;
