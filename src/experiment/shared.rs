//! What several arms need of one future, made once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Keeps what belongs to a future for as long as some arm has not asked for it yet.
///
/// Whoever asks first makes it, and others wait for that; since what is made depends on the future alone, it does
/// not matter who that is.
pub struct Shared<'a, T> {
    make: Box<dyn Fn(u64) -> T + Sync + Send + 'a>,
    users: usize,
    kept: Mutex<BTreeMap<u64, Entry<T>>>,
}

struct Entry<T> {
    value: Arc<OnceLock<Arc<T>>>,
    /// Who has not asked yet.
    left: usize,
}

impl<'a, T> Shared<'a, T> {
    /// For so many users, each of whom asks once for every future.
    pub fn new(users: usize, make: impl Fn(u64) -> T + Sync + Send + 'a) -> Self {
        Self { make: Box::new(make), users, kept: Mutex::default() }
    }

    /// What belongs to future `number`.
    pub fn get(&self, number: u64) -> Arc<T> {
        let value = {
            // A user who has panicked leaves the map as it was: entries are whole at any time.
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            let entry =
                kept.entry(number).or_insert_with(|| Entry { value: Arc::default(), left: self.users });
            entry.left = entry.left.saturating_sub(1);
            let value = Arc::clone(&entry.value);
            if entry.left == 0 {
                kept.remove(&number);
            }
            value
        };
        Arc::clone(value.get_or_init(|| Arc::new((self.make)(number))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn each_future_is_made_once_and_kept_until_all_have_it() {
        let made = AtomicUsize::new(0);
        let shared = Shared::new(3, |number| {
            made.fetch_add(1, Ordering::Relaxed);
            number * 10
        });
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| (0..20).for_each(|number| assert_eq!(*shared.get(number), number * 10)));
            }
        });
        assert_eq!(made.load(Ordering::Relaxed), 20);
        assert!(shared.kept.lock().unwrap().is_empty());
    }
}
