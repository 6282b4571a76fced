//! Returns by class and date, and how many attempts a case makes.

use crate::support::{network, scenario};
use caseload::engine::{Observer, Occurrence, Plan, Simulation};
use caseload::random::Streams;
use caseload::units::{DAY, SimTime};

/// Departures and returns, by whether the departure was in the second year, and by unit (single, family).
#[derive(Default)]
struct Counted {
    left: [[u64; 2]; 2],
    back: [[u64; 2]; 2],
    attempts: [u64; 4],
}

impl Observer for Counted {
    fn observe(&mut self, occurrence: Occurrence<'_>) {
        // A case comes back after exactly ten days.
        let late = |at: SimTime| usize::from(at >= SimTime::from_seconds(366 * DAY));
        match occurrence {
            Occurrence::Departed { case, at, .. } if at < SimTime::from_seconds(721 * DAY) => {
                self.attempts[usize::from(case.attempt)] += 1;
                if case.attempt < 2 {
                    self.left[late(at)][usize::from(case.persons > 1)] += 1;
                }
            }
            Occurrence::Returned { case, at } => {
                let left = SimTime::from_seconds(at.seconds() - 10 * DAY);
                self.back[late(left)][usize::from(case.persons > 1)] += 1;
            }
            _ => {}
        }
    }
}

#[test]
fn shares_hold_by_class_at_the_date_of_leaving_up_to_the_most_attempts() {
    let text = r#"
[arrivals.in]
to = "border"
class = "mexico+weak"
rate = "60 /day"
mix.unit = { family = 0.5, single = "rest" }
[stage.border]
service.constant = "1 hour"
then = { again = 1.0 }
[exit.again]
kind = "removal"
returns = { to = "border", p = 0.3, after = "10 days", by.family.p = 0.1, most = 3, step = [ { from = 2021-01-01, p = 0.4, by."family+weak".p = 0.2 } ] }
"#;
    let network = network(&scenario("returns", text, ""));
    let counted =
        Simulation::new(&network, &Plan::new(&network), Streams::new(31, 0), Counted::default()).run();
    for (year, shares) in [[0.3, 0.1], [0.4, 0.2]].iter().enumerate() {
        for (unit, share) in shares.iter().enumerate() {
            let (left, back) = (counted.left[year][unit] as f64, counted.back[year][unit] as f64);
            // Four standard errors of a share: a risk of 6·10⁻⁵ each.
            let error = 4.0 * (share * (1.0 - share) / left).sqrt();
            assert!(left > 9_000.0 && (back / left - share).abs() < error, "{year} {unit}: {back} of {left}");
        }
    }
    assert!(counted.attempts[2] > 500, "{:?}", counted.attempts);
    assert_eq!(counted.attempts[3], 0);
}
