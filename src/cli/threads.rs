//! How many threads work: results do not depend on it.

use rayon::ThreadPoolBuilder;
use std::thread::available_parallelism;

/// As many as the machine has cores for this program, whatever the environment says.
fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// Threads that simulate so many futures: as many as are asked for, else one for each core; none that would have nothing
/// to do in the futures, or beside them.
pub(super) fn workers(asked: Option<u16>, futures: usize) -> usize {
    asked.map_or_else(cores, usize::from).min(futures.max(cores())).max(1)
}

/// Spread over the cores what is worked out beside simulations.
pub(super) fn spread() {
    // It fails where threads were spread before: once is enough.
    let _ = ThreadPoolBuilder::new().num_threads(cores()).build_global();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_hired_to_do_nothing() {
        assert_eq!((workers(Some(3), 100), workers(Some(0), 100)), (3, 1));
        assert_eq!(workers(Some(60_000), 2), cores().max(2));
        assert_eq!(workers(None, 1), cores());
    }
}
