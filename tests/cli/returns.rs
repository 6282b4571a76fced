//! In which attempt cases leave by an exit from which some come back.

use super::support::{Court, code, stderr, stdout};

/// Ninety cases that all come back until each has left three times.
const THRICE: &str = r#"
caseload = 1
kind  = "model"
title = "Three attempts"
start = 2025-01-01
end   = 2026-01-01
[class.case]
[initial.border]
cases = 90
class = "case"
ages.constant = "1 day"
[stage.border]
service.constant = "1 hour"
then = { again = 1.0 }
[exit.again]
kind = "removal"
returns = { to = "border", p = 1, after = "10 days", most = 3 }
[exit.done]
kind = "relief"
"#;

#[test]
fn an_exit_with_returns_tells_the_mean_attempt() {
    let court = Court::new("attempts");
    court.write("thrice.toml", THRICE);
    let exits = court.json("run thrice.toml --replications 2 --format json")["exits"].clone();
    let again = |figure: &str, what: &str| exits["again"][figure][what].as_f64().unwrap();
    // Ninety leave in the first attempt, in the second and in the third.
    let found = [again("cases", "mean"), again("attempts", "mean"), again("attempts", "min")];
    assert_eq!(format!("{found:?}"), "[270.0, 2.0, 2.0]");
    assert!(exits["done"]["cases"].is_object() && exits["done"].get("attempts").is_none(), "{exits}");
    let text = court.run("run thrice.toml --replications 2");
    assert_eq!(code(&text), 0, "{}", stderr(&text));
    assert!(stdout(&text).contains("again, attempts"), "{}", stdout(&text));
    assert!(!stdout(&text).contains("done, attempts"), "{}", stdout(&text));
}
