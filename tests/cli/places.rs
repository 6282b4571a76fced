//! Persons at a place, within its capacity and beyond it, and what both cost.

use super::support::{Court, code, stderr, stdout};

/// Two persons a day who stay for ten days, at a place with room for eight; of 100 days those from the 20th on count.
const SHELTER: &str = r#"
caseload = 1
kind  = "model"
title = "A shelter"
start = 2025-01-01
end   = 2025-04-11
[class.family]
persons = 2
[arrivals.bus]
to      = "shelter"
class   = "family"
rate    = "1 /day"
process = "deterministic"
[stage.shelter]
place = "city"
service.constant = "10 days"
then = { gone = 1.0 }
[place.city]
label    = "The city"
capacity = "8 persons"
[exit.gone]
kind = "left"
[cost."within-capacity(city)"]
per-day = "USD 100"
[cost."beyond-capacity(city)"]
per-day = "USD 7"
[cost."place(city)"]
per-day = "USD 1"
"#;

const ASK: &str = r#"
caseload = 1
kind  = "study"
model = "shelter.toml"
[replications]
number  = 2
warm-up = "20 days"
"#;

fn shelter(test: &str) -> Court {
    let court = Court::new(test);
    court.write("shelter.toml", SHELTER);
    court.write("ask.toml", ASK);
    court
}

#[test]
fn who_finds_no_room_is_counted_and_paid_for_apart() {
    let court = shelter("places-room");
    let run = court.json("run ask.toml --format json");
    // Twenty persons at any time, for 80 days: eight of them have room.
    let persons = &run["places"]["city"]["persons"];
    assert_eq!(persons["time-average"]["mean"].as_f64(), Some(20.0));
    assert_eq!(persons["beyond-capacity"]["mean"].as_f64(), Some(12.0));
    let cost = |item: &str| run["costs"][item]["mean"].as_f64().unwrap();
    let near = |item: &str, expected: f64| {
        assert!((cost(item) - expected).abs() < 1e-9 * expected, "{item}: {}", cost(item));
    };
    near("within-capacity(city)", 8.0 * 80.0 * 100.0);
    near("beyond-capacity(city)", 12.0 * 80.0 * 7.0);
    near("place(city)", 20.0 * 80.0);
    let text = stdout(&court.run("run ask.toml"));
    assert!(text.contains("The city: room for 8; peak beyond that in 100 % of futures"), "{text}");
    let line = text.lines().find(|line| line.contains("beyond the capacity, average")).unwrap();
    assert!(line.contains("12"), "{line}");
}

#[test]
fn a_policy_makes_room() {
    let court = shelter("places-policy");
    court.write(
        "room.toml",
        "caseload = 1\nkind = \"policy\"\ntitle = \"More room\"\nextends = \"shelter.toml\"\nintent = [\"place.city\"]\n\
         [[change]]\npath = \"place.city.capacity\"\nset = \"18 persons\"\nwhy = \"beds\"\n",
    );
    let beyond = |policy: &str| {
        let run = court.json(&format!("run ask.toml {policy} --format json"));
        run["places"]["city"]["persons"]["beyond-capacity"]["mean"].as_f64()
    };
    assert_eq!((beyond(""), beyond("--policy more=room.toml")), (Some(12.0), Some(2.0)));
}

#[test]
fn a_place_without_capacity_has_no_such_figure_and_no_such_price() {
    let court = shelter("places-boundless");
    court.replace("shelter.toml", "capacity = \"8 persons\"", "");
    let refused = court.run("run ask.toml");
    assert_eq!(code(&refused), 2);
    let message = stderr(&refused);
    for part in ["place `city` has no capacity", "is paid by its capacity", "place(city)"] {
        assert!(message.contains(part), "{message}");
    }
    court.replace("shelter.toml", "within-capacity(city)", "decided(shelter)");
    court.replace("shelter.toml", "per-day = \"USD 100\"", "each = \"USD 100\"");
    court.replace("shelter.toml", "[cost.\"beyond-capacity(city)\"]\nper-day = \"USD 7\"", "");
    let run = court.json("run ask.toml --format json");
    assert!(run["places"]["city"]["persons"]["beyond-capacity"]["mean"].is_null());
}
