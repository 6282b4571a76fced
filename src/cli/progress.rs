//! What happens on stderr while a run goes on, and how it is stopped.

use super::exit::Exit;
use super::output::Failure;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often the bar moves though no replication is done.
const TICK: Duration = Duration::from_millis(200);
/// Name of the variant, bar, how many are done, and the time that is left.
const TEMPLATE: &str = "{prefix:.bold} [{bar:30}] {human_pos}/{human_len} futures, {eta} left {msg}";

static STOP: AtomicBool = AtomicBool::new(false);

/// A bar on stderr with the time that is left; hidden where stderr is no terminal.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar for `total` replications of the variant `name`.
    pub fn new(name: &str, total: usize) -> Self {
        Self::on(std::io::stderr().is_terminal(), name, total)
    }

    /// A bar that is never seen, as with `--quiet`.
    pub fn hidden() -> Self {
        Self::on(false, "", 0)
    }

    fn on(seen: bool, name: &str, total: usize) -> Self {
        let target = if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(total as u64), target);
        let style = ProgressStyle::with_template(TEMPLATE).expect("the template is well formed");
        bar.set_style(style.progress_chars("=> "));
        bar.set_prefix(name.to_owned());
        if seen {
            bar.enable_steady_tick(TICK);
        }
        Self { bar }
    }

    /// One more replication is done. May be called from any thread.
    pub fn finished(&self) {
        self.bar.inc(1);
    }

    /// More replications are needed than was thought.
    pub fn extend_to(&self, total: usize) {
        self.bar.set_length(total as u64);
    }

    /// Replications that are done.
    pub fn done(&self) -> u64 {
        self.bar.position()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Let Ctrl-C (or a request to terminate) set the flag that is returned, so that what is finished can be shown;
/// a second one ends the process at once with code 130.
///
/// # Errors
///
/// When the system does not let a program watch for it, or it is watched already.
pub fn stop_on_interrupt() -> Result<&'static AtomicBool, Failure> {
    ctrlc::set_handler(interrupted).map_err(|error| Failure {
        message: format!("error: cannot watch for an interruption: {error}"),
        exit: Exit::Failed,
    })?;
    Ok(&STOP)
}

fn interrupted() {
    if STOP.swap(true, Ordering::Relaxed) {
        std::process::exit(i32::from(Exit::Interrupted.code()));
    }
    // Nothing can be done about a stderr that takes no message.
    let _ = writeln!(std::io::stderr(), "\nstopping after the futures under way; again to stop at once");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replications_are_counted_though_nobody_sees_it() {
        let progress = Progress::on(false, "now", 10);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| progress.finished());
            }
        });
        progress.extend_to(20);
        assert_eq!(progress.done(), 4);
    }

    #[test]
    fn an_interruption_raises_the_flag_that_a_run_watches() {
        let stop = stop_on_interrupt().unwrap();
        assert!(!stop.load(Ordering::Relaxed));
        interrupted();
        assert!(stop.load(Ordering::Relaxed));
        assert_eq!(stop_on_interrupt().unwrap_err().exit, Exit::Failed);
    }
}
