//! Policies made of other policies.

use super::paths::{beside, same};
use super::tree::{Node, read};
use crate::diagnostic::{Diagnostic, Diagnostics, Files, Place};
use std::path::{Path, PathBuf};

/// A policy file, as a list names it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// Its path.
    pub(super) path: PathBuf,
    /// Where a file names it; the command line has no such place.
    pub(super) at: Option<Place>,
}

impl Named {
    /// Those in a list of a file.
    pub(super) fn listed(file: &Path, list: Option<&Node>) -> Vec<Self> {
        let items = list.and_then(Node::list).unwrap_or(&[]).iter();
        items
            .filter_map(|item| Some(Self { path: beside(file, item.text()?), at: Some(item.at.clone()) }))
            .collect()
    }

    /// Where it is named, else the file itself.
    fn place(&self, root: &Node) -> Place {
        self.at.clone().unwrap_or(Place::whole(root.at.file))
    }
}

/// The policy files of a variant, each once and after those that it is made of. What two of them are made of is
/// laid where it comes first; to name what is laid already is an error.
pub(super) fn expand(named: &[Named], files: &mut Files, found: &mut Diagnostics) -> Vec<PathBuf> {
    let all = Gathering { files, found, inside: Vec::new() }.list(named);
    all.into_iter().map(|laid| laid.path).collect()
}

/// A file to be laid.
struct Laid {
    path: PathBuf,
    /// Where it is named.
    at: Place,
}

struct Gathering<'a> {
    files: &'a mut Files,
    found: &'a mut Diagnostics,
    /// The files that are made of what is looked at.
    inside: Vec<PathBuf>,
}

impl Gathering<'_> {
    /// All files that a list comes to.
    fn list(&mut self, named: &[Named]) -> Vec<Laid> {
        let each: Vec<Vec<Laid>> = named.iter().map(|one| self.file(one)).collect();
        self.check_twice(&each);
        let mut all: Vec<Laid> = Vec::new();
        for laid in each.into_iter().flatten() {
            if !all.iter().any(|known| same(&known.path, &laid.path)) {
                all.push(laid);
            }
        }
        all
    }

    /// A file after what it is made of; nothing where it cannot be read.
    fn file(&mut self, named: &Named) -> Vec<Laid> {
        let Some(policy) = read(&named.path, self.files, self.found) else { return Vec::new() };
        let at = named.place(&policy);
        if self.inside.iter().any(|outer| same(outer, &named.path)) {
            self.found.push(
                Diagnostic::error("a policy is made of itself", &at, "leads back to this file")
                    .help("take one of the two out of the other's `made-of`"),
            );
            return Vec::new();
        }
        self.inside.push(named.path.clone());
        let parts = policy.get("made-of");
        if parts.is_none() {
            check_changes(&policy, self.found);
        }
        let mut all = self.list(&Named::listed(&named.path, parts));
        self.inside.pop();
        all.push(Laid { path: named.path.clone(), at });
        all
    }

    /// That no list names a file twice, or one that another of its files is made of: its changes would count twice.
    fn check_twice(&mut self, each: &[Vec<Laid>]) {
        for (number, laid) in each.iter().enumerate() {
            let Some(own) = laid.last() else { continue };
            let mut others = each.iter().enumerate().filter(|(other, _)| *other != number);
            let twice = others.find_map(|(other, laid)| {
                let (whole, parts) = laid.split_last()?;
                let again = other < number && same(&whole.path, &own.path);
                let part = parts.iter().find(|part| same(&part.path, &own.path));
                part.map(|part| made_of(own, part, whole)).or_else(|| again.then(|| named_again(own, whole)))
            });
            if let Some(problem) = twice {
                self.found.push(problem);
            }
        }
    }
}

fn named_again(own: &Laid, first: &Laid) -> Diagnostic {
    let name = own.path.display();
    Diagnostic::error(format!("policy `{name}` is named twice"), &own.at, "its changes would count twice")
        .also(&first.at, "named first here")
        .help("name it once; what is to be done twice needs a policy of its own that says so")
}

fn made_of(own: &Laid, part: &Laid, whole: &Laid) -> Diagnostic {
    let (name, other) = (own.path.display(), whole.path.display());
    Diagnostic::error(
        format!("policy `{name}` is named beside `{other}`, which is made of it"),
        &own.at,
        "its changes would count twice",
    )
    .also(&part.at, "a part here")
    .help("leave it out of the list: it is laid with the other")
}

fn check_changes(policy: &Node, found: &mut Diagnostics) {
    let needed = [
        (
            "intent",
            "says not what it is to change",
            "write intent = [\"pool.judge\"]: the paths that its changes keep to",
        ),
        ("change", "changes nothing", "write [[change]], or made-of = [\"other-policy.toml\"]"),
    ];
    for (key, label, help) in needed {
        if policy.get(key).is_none() {
            found.push(Diagnostic::error(format!("a policy without `{key}`"), &policy.at, label).help(help));
        }
    }
}
