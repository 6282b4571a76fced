//! Those who wait on the first day.

use crate::network::{Docket, Network, StationIndex};
use crate::random::Variate;

/// Parts that a law of ages is split into.
const AGE_PARTS: usize = 200;

/// Those who wait at a station on the first day: ages \[s\] with amounts by class.
pub(super) fn docket(network: &Network, station: StationIndex, classes: usize) -> Vec<(f64, Vec<f64>)> {
    let mut all = Vec::new();
    let mut add = |age: f64, parts: &[(usize, f64)]| {
        let mut amounts = vec![0.0; classes];
        for &(class, amount) in parts {
            amounts[class] += amount;
        }
        all.push((age, amounts));
    };
    for group in network.initial.iter().filter(|group| group.station == station) {
        match &group.docket {
            Docket::Law { cases, ages, mix } => {
                let mut before = 0.0;
                let share = *cases as f64 / AGE_PARTS as f64;
                let part = |&(end, class): &(f64, u16)| {
                    let part = (usize::from(class), share * (end - before));
                    before = end;
                    part
                };
                let parts: Vec<_> = mix.parts().iter().map(part).collect();
                (0..AGE_PARTS).for_each(|number| add(age(ages, number), &parts));
            }
            Docket::Table(bands) => {
                for band in bands {
                    let middle = (band.youngest.seconds() + band.oldest.seconds()) as f64 / 2.0;
                    add(middle, &[(usize::from(band.class), band.cases as f64)]);
                }
            }
        }
    }
    all
}

fn age(ages: &Variate, number: usize) -> f64 {
    ages.quantile((number as f64 + 0.5) / AGE_PARTS as f64)
}
