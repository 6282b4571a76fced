//! Paths of files that name each other.

use std::path::{Component, Path, PathBuf};

/// A path in a file is relative to that file.
pub(super) fn beside(file: &Path, path: &str) -> PathBuf {
    folded(&file.parent().unwrap_or(Path::new("")).join(path))
}

/// Whether two paths lead to one file from the current folder, as far as their words say.
pub(super) fn same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| folded(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    whole(one) == whole(other)
}

/// A path without steps back, where it can do without.
fn folded(path: &Path) -> PathBuf {
    let mut short = PathBuf::new();
    for part in path.components() {
        let after_name = matches!(short.components().next_back(), Some(Component::Normal(_)));
        if part == Component::ParentDir && after_name {
            short.pop();
        } else {
            short.push(part);
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_the_same_by_every_way_to_it() {
        let is_same = |one: &str, other: &str| same(Path::new(one), Path::new(other));
        assert!(is_same("a.toml", "./a.toml"));
        assert!(is_same("x/../a.toml", "a.toml"));
        assert!(!is_same("../a.toml", "a.toml"));
        let here = std::env::current_dir().unwrap();
        assert!(is_same(here.join("a.toml").to_str().unwrap(), "a.toml"));
        let around = Path::new("..").join(here.file_name().unwrap()).join("a.toml");
        assert!(is_same(around.to_str().unwrap(), "a.toml"));
        assert!(!is_same("/a.toml", "a.toml"));
        assert_eq!(beside(Path::new("x/study.toml"), "../a.toml"), Path::new("a.toml"));
    }
}
