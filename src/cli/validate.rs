//! `caseload validate`: the textbook models held against theory.

use super::args::ValidateArgs;
use super::exit::Exit;
use super::output::Failure;
use super::simulate::{Effort, simulate};
use crate::analytic::{dm1, erlang_a, feedback, jackson, mg1, mm1, mmc, priority_mmc};
use crate::experiment::{Control, Figure, Outcome, StationFigure};
use crate::scenario::{Replications, Request, load};
use crate::stats::Estimate;
use crate::units::{DAY, Span};
use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

/// Something that theory says of a textbook model.
struct Claim {
    model: &'static str,
    /// Station and figure.
    station: u16,
    figure: StationFigure,
    theory: f64,
    /// Futures of the length that the model has.
    futures: usize,
}

/// At most this many standard errors off, and at most this share of the theory: risk 6·10⁻⁵ a claim.
const MOST_ERRORS: f64 = 4.0;
const MOST_SHARE: f64 = 0.01;
/// The start from empty is left out.
const WARM_UP: Span = Span::new(1_000 * DAY);
const SEED: u64 = 1;

/// Run every textbook model and hold it against theory.
pub(super) fn validate(args: &ValidateArgs) -> Result<(String, Exit), Failure> {
    let claims = claims();
    let mut table = String::from(
        "| system | figure | theory | estimate | ± 95 % | off [s.e.] | verdict |\n| --- | --- | ---: | ---: | ---: | ---: | --- |\n",
    );
    let mut failed = 0;
    let mut last: Option<(&str, Outcome)> = None;
    for claim in &claims {
        if last.as_ref().is_none_or(|(model, _)| *model != claim.model) {
            last = Some((claim.model, outcome(claim, args)?));
        }
        let Some((_, outcome)) = &last else { continue };
        let index = outcome.index_of(Figure::Station(claim.station, claim.figure));
        let holds = match index.and_then(|index| outcome.estimate(index)) {
            Some(estimate) => row(&mut table, claim, &estimate, outcome.replications.len()),
            None => false,
        };
        failed += usize::from(!holds);
    }
    let _ = writeln!(
        table,
        "\n{} of {} claims hold: at most {MOST_ERRORS} standard errors and {} % off.",
        claims.len() - failed,
        claims.len(),
        MOST_SHARE * 100.0
    );
    Ok((table, if failed == 0 { Exit::Done } else { Exit::ValidationFailed }))
}

fn outcome(claim: &Claim, args: &ValidateArgs) -> Result<Outcome, Failure> {
    let path = args.dir.join(format!("{}.toml", claim.model));
    let mut loaded = load(&path, &Request::default());
    let problems = loaded.found.render(&loaded.files);
    let Some(study) = &mut loaded.study else { return Err(Failure::refused(problems)) };
    study.variants[0].scenario.warm_up = WARM_UP;
    let settled =
        Replications { seed: SEED, min: claim.futures, max: claim.futures, ..Replications::default() };
    let stop = AtomicBool::new(false);
    let control = Control { stop: &stop, finished: &|| {} };
    let finished = simulate(
        study,
        &[&study.variants[0]],
        &settled,
        Effort { threads: args.threads, detail: false },
        control,
    )?;
    finished
        .into_iter()
        .next()
        .map(|finished| finished.outcome)
        .ok_or_else(|| Failure::refused(format!("error: `{}` has no variant", path.display())))
}

fn row(table: &mut String, claim: &Claim, estimate: &Estimate, futures: usize) -> bool {
    let error = estimate.sd / (futures as f64).sqrt();
    let off = (estimate.mean - claim.theory) / error;
    let holds = off.abs() <= MOST_ERRORS && (estimate.mean / claim.theory - 1.0).abs() <= MOST_SHARE;
    let _ = writeln!(
        table,
        "| {} | {} | {:.6} | {:.6} | {:.6} | {off:+.2} | {} |",
        claim.model,
        name(claim.figure),
        claim.theory,
        estimate.mean,
        estimate.half_width,
        if holds { "holds" } else { "FAILS" },
    );
    holds
}

const fn name(figure: StationFigure) -> &'static str {
    match figure {
        StationFigure::WaitMean => "mean wait [days]",
        StationFigure::WaitingAverage => "mean waiting [cases]",
        StationFigure::DelayedShare => "share delayed",
        StationFigure::Utilization => "utilization",
        _ => "figure",
    }
}

fn claims() -> Vec<Claim> {
    let mut all = Vec::new();
    let mut claim = |model, station, figure, theory: Option<f64>, futures| {
        let theory = theory.expect("the textbook models have a steady state");
        all.push(Claim { model, station, figure, theory, futures });
    };
    let wait = StationFigure::WaitMean;
    claim("mm1", 0, wait, mm1(0.9, 1.0).map(|queue| queue.wait), 120);
    for (model, arrivals, servers) in [("mmc-8-10", 8.0, 10), ("mmc-95-100", 95.0, 100)] {
        let queue = mmc(arrivals, 1.0, servers);
        claim(model, 0, wait, queue.map(|queue| queue.wait), 60);
        claim(model, 0, StationFigure::DelayedShare, queue.map(|queue| queue.delayed), 60);
        claim(model, 0, StationFigure::WaitingAverage, queue.map(|queue| queue.waiting()), 60);
    }
    let impatient = erlang_a(12.0, 1.0, 10, 0.5);
    claim("erlang-a", 0, StationFigure::WaitingAverage, impatient.map(|queue| queue.waiting), 30);
    claim("erlang-a", 0, StationFigure::DelayedShare, impatient.map(|queue| queue.delayed), 30);
    claim("erlang-a", 0, StationFigure::Utilization, impatient.map(|queue| queue.utilization), 30);
    claim("mg1-scv2", 0, wait, mg1(0.8, 1.0, 2.0).map(|queue| queue.wait), 60);
    claim("md1", 0, wait, mg1(0.8, 1.0, 0.0).map(|queue| queue.wait), 40);
    claim("dm1", 0, wait, dm1(0.8, 1.0).map(|queue| queue.wait), 40);
    for model in ["mm1-fifo", "mm1-siro", "mm1-lifo"] {
        claim(model, 0, wait, mm1(0.8, 1.0).map(|queue| queue.wait), 60);
    }
    // In system less the load is what waits.
    let looping = feedback(0.5, 1.0, 0.3).map(|(in_system, _)| in_system - 0.5 / 0.7);
    claim("feedback", 0, StationFigure::WaitingAverage, looping, 60);
    let waits = priority_mmc(&[3.0, 5.0], 1.0, 10);
    let mean = waits.map(|waits| (3.0 * waits[0] + 5.0 * waits[1]) / 8.0);
    claim("priority", 0, wait, mean, 60);
    claim("tandem", 0, wait, mm1(0.7, 1.0).map(|queue| queue.wait), 60);
    claim("tandem", 1, wait, mm1(0.7, 0.9).map(|queue| queue.wait), 60);
    let routing = [vec![0.0, 0.6, 0.4], vec![0.0, 0.1, 0.5], vec![0.2, 0.0, 0.0]];
    let stations = [(1.0, 1), (0.4, 2), (1.0 / 1.2, 1)];
    let network = jackson(&[0.5, 0.0, 0.0], &routing, &stations).unwrap_or_default();
    for station in 0..3 {
        claim("jackson", station, wait, network.get(usize::from(station)).map(|queue| queue.wait), 60);
    }
    all
}
