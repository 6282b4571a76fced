//! The shares of classes, and what selectors give them.

use crate::support::{DELAY, network, scenario};
use caseload::engine::{Observer, Occurrence, Plan, Simulation};
use caseload::network::Network;
use caseload::random::Streams;
use caseload::units::{DAY, SimTime};

/// Cases that came, by class, before and after half of the run.
struct Came([Vec<u64>; 2]);

impl Observer for Came {
    fn observe(&mut self, occurrence: Occurrence<'_>) {
        if let Occurrence::Arrived { case } = occurrence {
            let late = case.entered() >= SimTime::from_seconds(366 * DAY);
            self.0[usize::from(late)][usize::from(case.class)] += 1;
        }
    }
}

fn came(network: &Network, seed: u64) -> [Vec<u64>; 2] {
    let plan = Plan::new(network);
    let none = vec![0; network.persons.len()];
    Simulation::new(network, &plan, Streams::new(seed, 0), Came([none.clone(), none])).run().0
}

/// Pearson's statistic of counts against shares; what has no share has no cases.
fn chi_square(counts: &[u64], shares: &[f64]) -> f64 {
    let total = counts.iter().sum::<u64>() as f64;
    assert!(total > 5_000.0, "{total} cases tell nothing");
    let part = |(&count, &share): (&u64, &f64)| {
        if share == 0.0 {
            assert_eq!(count, 0);
            return 0.0;
        }
        let off = count as f64 - total * share;
        off * off / (total * share)
    };
    counts.iter().zip(shares).map(part).sum()
}

#[test]
fn marginals_multiply() {
    let text = r#"
[arrivals.in]
to = "desk"
class = "migrant"
rate = "30 /day"
mix = { citizenship = { guatemala = 0.5, honduras = 0.3, mexico = "rest" }, unit = { family = 0.4, single = 0.6 }, claim = { strong = 0.3, weak = 0.7 } }
"#;
    let network = network(&scenario("marginals", &format!("{text}{DELAY}"), ""));
    let mut shares = Vec::new();
    for citizenship in [0.5, 0.3, 0.2] {
        for unit in [0.4, 0.6] {
            shares.extend([0.3, 0.7].map(|claim| citizenship * unit * claim));
        }
    }
    shares.push(0.0);
    let counts = came(&network, 11);
    let counts: Vec<u64> = counts[0].iter().zip(&counts[1]).map(|(a, b)| a + b).collect();
    // χ² with 11 degrees of freedom is above 37.4 with a risk of 10⁻⁴.
    let statistic = chi_square(&counts, &shares);
    assert!(statistic < 37.4, "{statistic}: {counts:?}");
}

#[test]
fn a_dated_joint_table_is_divided_by_a_marginal() {
    let text = r#"
[arrivals.in]
to = "desk"
rate = "30 /day"
mix.csv = { file = "joint.csv", share = "share", date = "from" }
mix.claim = { strong = 0.25, weak = "rest" }
"#;
    let table = "from,unit,share,citizenship\n\
        2020-01-01,family,0.6,guatemala\n2020-01-01,single,0.4,guatemala\n\
        2021-01-01,family,0.1,guatemala\n2021-01-01,single,0.2,honduras\n2021-01-01,single,0.7,mexico\n";
    let network = network(&scenario("joint", &format!("{text}{DELAY}"), table));
    let [early, late] = came(&network, 12);
    let claims = |joint: [f64; 6]| {
        joint.iter().flat_map(|share| [share * 0.25, share * 0.75]).chain([0.0]).collect::<Vec<f64>>()
    };
    // In order of the classes: citizenship, then unit, then claim.
    let before = chi_square(&early, &claims([0.6, 0.4, 0.0, 0.0, 0.0, 0.0]));
    let after = chi_square(&late, &claims([0.1, 0.0, 0.0, 0.2, 0.0, 0.7]));
    // Critical values of a risk of 10⁻⁴: 21.1 at 3 degrees of freedom, 25.7 at 5.
    assert!(before < 21.1, "{before}: {early:?}");
    assert!(after < 25.7, "{after}: {late:?}");
}

#[test]
fn parts_and_classes_stand_beside_each_other() {
    let text = r#"
[arrivals.in]
to = "desk"
rate = "30 /day"
mix = { plain = 0.2, "guatemala+family" = 0.5, "mexico+strong" = "rest", unit = { family = 0.1, single = 0.9 }, claim = { strong = 1.0 } }
"#;
    let network = network(&scenario("parts", &format!("{text}{DELAY}"), ""));
    let [early, _] = came(&network, 13);
    let mut shares = [0.0; 13];
    (shares[0], shares[8], shares[10], shares[12]) = (0.5, 0.3 * 0.1, 0.3 * 0.9, 0.2);
    let statistic = chi_square(&early, &shares);
    assert!(statistic < 21.1, "{statistic}: {early:?}");
}

#[test]
fn the_selector_of_most_terms_holds_and_a_later_date_changes_no_more_than_it_says() {
    let text = r#"
[arrivals.in]
to = "desk"
rate = "1 /day"
class = "plain"
[pool.clerk]
start = 1
[stage.desk]
pool = "clerk"
service.constant = "1 hour"
by.family.service.constant = "2 hours"
by."guatemala+family".service.constant = "3 hours"
by.strong.then = { other = 1.0 }
priority = { migrant = 1, "single+weak" = 2 }
then = { done = 1.0 }
[[stage.desk.step]]
from = 2021-01-01
service.constant = "4 hours"
by.honduras.service.constant = "5 hours"
"#;
    let scenario = scenario("selectors", text, "");
    let network = network(&scenario);
    let station = &network.stations[0];
    let class = |name: &str| {
        scenario.classes.iter().position(|class| class.name == name).unwrap_or_else(|| panic!("no {name}"))
    };
    let hours = |name: &str, day: i64| {
        station.service[class(name)].at(SimTime::from_seconds(day * DAY)).mean() / 3_600.0
    };
    for (name, before, after) in [
        ("plain", 1.0, 4.0),
        ("migrant:mexico+single+weak", 1.0, 4.0),
        ("migrant:mexico+family+weak", 2.0, 2.0),
        ("migrant:guatemala+family+strong", 3.0, 3.0),
        ("migrant:honduras+family+strong", 2.0, 5.0),
    ] {
        assert_eq!((hours(name, 0), hours(name, 400)), (before, after), "{name}");
    }
    let level = |name: &str| station.priority.at(SimTime::START)[class(name)];
    let levels = ["plain", "migrant:mexico+family+weak", "migrant:mexico+single+weak"].map(level);
    assert_eq!(levels, [0, 1, 2]);
    let persons = |name: &str| network.persons[class(name)].mean();
    assert_eq!((persons("migrant:mexico+family+weak"), persons("plain")), (2.5, 1.0));
    assert_eq!(scenario.classes[1].label, "migrant: guatemala, family, weak");
}
