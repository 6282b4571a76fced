//! Behaviour that answers to signals: by hand where the answer is known, and by what must not change.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::float_cmp, reason = "factors and signals of these models are exact")]

use caseload::compile::compile;
use caseload::engine::{Observer, Occurrence, Plan, Responding, SignalPath, Simulation};
use caseload::experiment::replicate_answering;
use caseload::network::{ExitIndex, Network};
use caseload::random::Streams;
use caseload::scenario::{Draw, Request, load};
use caseload::units::DAY;
use std::sync::Arc;
use std::{fs, path::PathBuf};

/// A hall whose one server is busy for good, so that the number waiting in it is 99 in the baseline and 198 with the
/// policy; a door where as many come as the response says; and a desk behind it.
const MODEL: &str = r#"
caseload = 1
kind  = "model"
title = "A hall"
start = 2019-01-01
end   = 2020-12-31
[class.strong]
[class.weak]
[pool.keeper]
start = 1
[pool.nobody]
start = 0
[arrivals.in]
to    = "door"
mix   = { strong = 0.5, weak = 0.5 }
rate  = "40 /day"
process = { poisson = { dispersion = 1.5 } }
RESPONDS
[stage.hall]
pool = "keeper"
service.constant = "9000 days"
then = "left"
[stage.door]
service.constant = "1 hour"
then = { queue = 0.5, left = 0.3, around = 0.2 }
DOOR
[stage.around]
service.constant = "2 days"
then = "left"
[stage.queue]
pool = "nobody"
service.constant = "1 day"
withdraw = { hazard = "200 %/yr" }
withdrawn-to = "gone"
then = "left"
QUEUE
[initial.hall]
cases = 100
class = "strong"
[exit.left]
kind = "left"
[exit.gone]
kind = "withdrawn"
"#;

const DOUBLE: &str = r#"
caseload = 1
kind    = "policy"
title   = "A fuller hall"
extends = "model.toml"
intent  = ["initial.hall"]
[[change]]
path  = "initial.hall.cases"
set   = 199
"#;

const STUDY: &str = r#"
caseload = 1
kind     = "study"
model    = "model.toml"
policies = { now = [], double = ["double.toml"] }
"#;

/// The networks of the baseline and of the policy, with these responses put in the place of their names.
fn networks(test: &str, responses: &[(&str, &str)]) -> [Network; 2] {
    let folder = std::env::temp_dir().join(format!("caseload-response-{test}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mut model = MODEL.to_owned();
    for name in ["RESPONDS", "DOOR", "QUEUE"] {
        let text = responses.iter().find(|(place, _)| *place == name).map_or("", |(_, text)| *text);
        model = model.replace(name, text);
    }
    let write = |name: &str, text: &str| -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path
    };
    write("model.toml", &model);
    write("double.toml", DOUBLE);
    let loaded = load(&write("study.toml", STUDY), &Request::default());
    let study = loaded.study.unwrap_or_else(|| panic!("{}", loaded.found.render(&loaded.files)));
    fs::remove_dir_all(&folder).unwrap();
    [0, 1].map(|index| {
        let scenario = &study.variants[index].scenario;
        compile(scenario, &Draw::central(&scenario.parameters))
    })
}

/// Who came, by instant and class, and who left by which exit.
#[derive(Default)]
struct Book {
    came: Vec<(i64, u16)>,
    out: Vec<(i64, ExitIndex, i64)>,
    queued: usize,
    withdrew: usize,
}

impl Observer for Book {
    fn observe(&mut self, occurrence: Occurrence<'_>) {
        match occurrence {
            Occurrence::Arrived { case } if !case.initial => {
                self.came.push((case.entered().seconds(), case.class));
            }
            Occurrence::Departed { case, exit, at, .. } => {
                self.out.push((case.entered().seconds(), exit, at.seconds()));
            }
            Occurrence::Joined { case, .. } if case.station == QUEUE => self.queued += 1,
            Occurrence::Withdrew { .. } => self.withdrew += 1,
            _ => {}
        }
    }
}

const QUEUE: u16 = 3;

/// One future of a network: what happened, the path of its signals, and its factors.
fn run(network: &Network, baseline: Option<&Arc<SignalPath>>) -> (Book, Arc<SignalPath>, Vec<Vec<f64>>) {
    let observer = Responding::new(network, baseline.cloned(), Book::default());
    let plan = Plan::new(network);
    let simulation = Simulation::new(network, &plan, Streams::new(5, 3), observer);
    let (book, path, factors) = simulation.run().into_parts();
    (book, Arc::new(path), factors)
}

/// Whether every entry of `few`, in order, is one of `many`.
fn is_among<T: Ord + Copy>(few: &[T], many: &[T]) -> bool {
    let (mut few, mut many) = (few.to_vec(), many.to_vec());
    few.sort_unstable();
    many.sort_unstable();
    let mut rest = many.into_iter();
    few.into_iter().all(|one| rest.any(|other| other == one))
}

/// A count of `trials` with probability `p` is within five standard deviations: a risk of one in 1.7 million.
fn assert_binomial(count: usize, trials: usize, p: f64) {
    let (mean, sd) = (trials as f64 * p, (trials as f64 * p * (1.0 - p)).sqrt());
    assert!(
        (count as f64 - mean).abs() < 5.0 * sd,
        "{count} of {trials} where {mean:.0} ± {sd:.0} are expected"
    );
}

const LAGGED: &str = r#"
[[arrivals.in.responds]]
signal = "waiting(hall)"
class  = "weak"
elasticity = -1
lag    = "100 days"
cap    = 4.0
"#;

#[test]
fn twice_the_signal_halves_the_arrivals_of_the_class_after_the_lag() {
    let [now, double] = networks("halve", &[("RESPONDS", LAGGED)]);
    let (before, path, ones) = run(&now, None);
    assert_eq!(path.samples, [vec![99.0; 105]]);
    assert_eq!(ones, [vec![1.0; 105]]);
    let (after, path, factors) = run(&double, Some(&path));
    assert_eq!(path.samples, [vec![198.0; 105]]);
    // The first sample at which the one of 100 days before is there is that of day 105, week 15.
    let expected: Vec<f64> = (0..105).map(|week| if week < 15 { 1.0 } else { 0.5 }).collect();
    assert_eq!(factors, [expected]);
    let late = |came: &[(i64, u16)], class: u16| {
        came.iter().filter(|&&(at, of)| of == class && at >= 105 * DAY).count()
    };
    assert_eq!(late(&after.came, 0), late(&before.came, 0));
    assert_binomial(late(&after.came, 1), late(&before.came, 1), 0.5);
    assert!(
        after
            .came
            .iter()
            .filter(|(at, _)| *at < 105 * DAY)
            .eq(before.came.iter().filter(|(at, _)| *at < 105 * DAY))
    );
    assert!(is_among(&after.came, &before.came));
}

#[test]
fn a_factor_above_one_adds_to_those_who_come_anyway() {
    let more = LAGGED.replace("= -1", "= 1");
    let [now, double] = networks("more", &[("RESPONDS", &more)]);
    let (before, path, _) = run(&now, None);
    let (after, _, factors) = run(&double, Some(&path));
    assert_eq!(factors[0][104], 2.0);
    assert!(is_among(&before.came, &after.came));
    let weak = |book: &Book| book.came.iter().filter(|(at, class)| *class == 1 && *at >= 105 * DAY).count();
    let (few, many) = (weak(&before) as f64, weak(&after) as f64);
    // About as many again; both are Poisson given the same factors of dispersion.
    assert!((many - 2.0 * few).abs() < 5.0 * (many + 4.0 * few).sqrt(), "{few} {many}");
}

#[test]
fn how_far_one_class_may_answer_changes_nothing_for_another() {
    let strong = r#"
[[arrivals.in.responds]]
signal = "waiting(hall)"
class  = "strong"
elasticity = 1
cap    = CAP
"#;
    let weak = LAGGED.replace("= -1", "= 1");
    let after = |test: &str, cap: &str| {
        let [now, double] = networks(test, &[("RESPONDS", &(strong.replace("CAP", cap) + &weak))]);
        let (_, path, _) = run(&now, None);
        run(&double, Some(&path)).0.came
    };
    // The signal doubles: caps of 2, 3 and 9 bind nobody, but there is less or more that might have come.
    let came = after("cap-2", "2");
    assert!(came.iter().filter(|(_, class)| *class == 0).count() > 20_000);
    assert!(came == after("cap-3", "3") && came == after("cap-9", "9"));
}

#[test]
fn a_number_to_be_held_against_needs_no_baseline() {
    let fixed = LAGGED.replace("lag    = \"100 days\"", "reference = 49.5");
    let [now, _] = networks("number", &[("RESPONDS", &fixed)]);
    let (_, _, factors) = run(&now, None);
    // 99 ÷ 49.5 = 2; the first week is 1.
    let expected: Vec<f64> = (0..105).map(|week| if week == 0 { 1.0 } else { 0.5 }).collect();
    assert_eq!(factors, [expected]);
}

#[test]
fn a_way_on_takes_more_and_the_others_share_the_rest() {
    let route = r#"
[[stage.door.responds]]
route  = "left"
signal = "waiting(hall)"
elasticity = 1
cap    = 1.5
"#;
    let [now, double] = networks("route", &[("DOOR", route)]);
    let (before, path, _) = run(&now, None);
    let (after, _, factors) = run(&double, Some(&path));
    assert_eq!(factors[0][50], 1.5);
    assert_eq!(before.came, after.came);
    // Who leaves within a day and a half has gone straight from the door; those around it take two days.
    let straight = |book: &Book| -> Vec<i64> {
        book.out.iter().filter(|(came, exit, at)| *exit == 0 && at - came < DAY).map(|one| one.0).collect()
    };
    let around = |book: &Book| book.out.iter().filter(|(came, _, at)| at - came > DAY).count();
    // 0.3 · 1.5 = 0.45; the others share 0.55 as 5 to 2. In the first week nothing has changed yet.
    let late = |came: &[i64]| came.iter().filter(|came| **came >= 7 * DAY).count();
    let all = after.came.iter().filter(|(at, _)| *at >= 7 * DAY).count();
    assert_binomial(late(&straight(&before)), all, 0.3);
    assert_binomial(late(&straight(&after)), all, 0.45);
    assert!(is_among(&straight(&before), &straight(&after)));
    assert!(around(&after) < around(&before));
    assert_binomial(after.queued, after.came.len(), 0.55 * 5.0 / 7.0);
}

#[test]
fn patience_is_shorter_where_the_hazard_is_higher() {
    let withdraw = r#"
[[stage.queue.responds]]
what   = "withdraw"
signal = "waiting(hall)"
elasticity = 1
cap    = 3.0
"#;
    let [now, double] = networks("withdraw", &[("QUEUE", withdraw)]);
    let (before, path, _) = run(&now, None);
    let (after, _, factors) = run(&double, Some(&path));
    assert_eq!(factors[0][1], 2.0);
    assert_eq!(before.queued, after.queued);
    // Nobody is served: of those who come evenly over T = 730 days, 1 − (1 − e^(−θT))/(θT) have withdrawn. The first week
    // has the lower hazard, which changes less than one case in a hundred.
    let gone = |theta: f64| 1.0 - (1.0 - libm::exp(-theta)) / theta;
    let theta = 2.0 * 730.0 / 365.25;
    assert_binomial(before.withdrew, before.queued, gone(theta));
    assert_binomial(after.withdrew, after.queued, gone(2.0 * theta));
}

#[test]
fn a_wait_is_the_line_over_what_leaves_it_each_day() {
    let model = r#"
[[arrivals.in.responds]]
signal = "wait(hall)"
elasticity = 1
cap    = 2.0
[[arrivals.in.responds]]
signal = "share(hall, left)"
elasticity = 1
cap    = 2.0
[[arrivals.in.responds]]
signal = "pending"
elasticity = 1
cap    = 2.0
"#;
    let [mut now, _] = networks("wait", &[("RESPONDS", model)]);
    // One a day is served, at whole days, of 100 in the hall; nobody comes.
    for law in &mut now.stations[0].service {
        *law = caseload::network::Steps::constant(caseload::random::Variate::constant(86_400.0).unwrap());
    }
    now.arrivals[0].rate = caseload::network::Steps::constant(0.0);
    let (_, path, _) = run(&now, None);
    let [pending, share, wait] = [0, 1, 2].map(|signal| path.samples[signal].as_slice());
    assert!(wait[0].is_nan() && share[0].is_nan());
    for week in 1..15 {
        // Starts at days 0 to 7w − 1, ends at days 1 to 7w − 1: both before anything happens on day 7w.
        let day = 7.0 * week as f64;
        let left = (100.0 - day).max(0.0);
        let flow = if day <= 100.0 { 1.0 } else { (100.0 - (day - 90.0)) / 90.0 };
        assert!((wait[week] - left / flow).abs() < 1e-12, "{week}: {} {}", wait[week], left / flow);
        assert_eq!((share[week], pending[week]), (1.0, (101.0 - day).clamp(0.0, 100.0)));
    }
    // Ninety days after the last has gone nothing is known any more.
    assert!(wait[30].is_nan() && share[30].is_nan() && pending[30] == 0.0);
}

#[test]
fn no_short_cut_changes_what_a_network_answers() {
    let all = [
        ("RESPONDS", LAGGED),
        (
            "DOOR",
            "[[stage.door.responds]]\nroute = \"around\"\nsignal = \"wait(queue)\"\nelasticity = 0.5\ncap = 1.5\n",
        ),
        (
            "QUEUE",
            "[[stage.queue.responds]]\nwhat = \"withdraw\"\nsignal = \"pending\"\nelasticity = -0.7\ncap = 1.5\n",
        ),
    ];
    let [now, double] = networks("plan", &all);
    for number in 0..3 {
        let base = replicate_answering(&now, &Plan::new(&now), (9, number), None, None);
        let with =
            |plan| replicate_answering(&double, &plan, (9, number), Some(Arc::clone(&base.path)), None);
        let (fast, reference) = (with(Plan::new(&double)), with(Plan::reference(&double)));
        assert_eq!(fast.replication.series, reference.replication.series);
        assert!(fast.replication.events > 1000 && fast.replication.events == reference.replication.events);
        let bits =
            |path: &SignalPath| -> Vec<u64> { path.samples.iter().flatten().map(|x| x.to_bits()).collect() };
        assert_eq!(bits(&fast.path), bits(&reference.path));
    }
}
