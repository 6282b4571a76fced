//! Which classes cases are of: one, or shares of selectors, of the values of dimensions, or of the rows of a table.

use super::Reader;
use super::arrivals::tidy_number;
use crate::diagnostic::{Diagnostic, Place};
use crate::network::ClassIndex;
use crate::scenario::grammar::{self, VALUE};
use crate::scenario::mix::{Mix, Share};
use crate::scenario::notation::Dimension;
use crate::scenario::parameter::Draw;
use crate::scenario::selector::Selector;
use crate::scenario::tree::{Entry, Node};
use crate::units::SimTime;

/// Classes that have a share together.
pub(super) struct Part {
    pub(super) text: String,
    pub(super) at: Place,
    pub(super) classes: Vec<ClassIndex>,
    /// Number of their share; `None`: they are the whole.
    pub(super) share: Option<usize>,
}

/// Shares of the values of a dimension.
struct Marginal {
    dimension: usize,
    at: Place,
    /// Values with the numbers of their shares.
    shares: Vec<(usize, usize)>,
    used: bool,
}

/// A mix while it is read.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) shares: Vec<Share>,
    pub(super) parts: Vec<Part>,
    marginals: Vec<Marginal>,
}

impl Reader<'_> {
    /// `class`, `mix`, or both: then the mix covers what the class leaves open.
    pub(super) fn mix(&mut self, node: &Node, path: &str) -> Mix {
        let whole = node.get("class").map(|class| (self.select(class), class));
        match (whole, node.get("mix")) {
            (None, None) if self.taxonomy.len() == 1 => Mix::only(0),
            (None, None) => self.no_mix(node, path, "neither `class` nor `mix`"),
            (Some((None, _)), _) => Mix::default(),
            (Some((Some(whole), class)), None) => match *whole.classes.as_slice() {
                [only] => Mix::only(only),
                _ => {
                    let problem = format!("{} classes in `{}` but no `mix`", whole.classes.len(), whole.text);
                    self.no_mix(class, path, &problem)
                }
            },
            (None, Some(mix)) => self.shares(None, mix, &format!("{path}.mix")),
            (Some((Some(whole), _)), Some(mix)) if whole.classes.len() > 1 => {
                self.shares(Some(&whole), mix, &format!("{path}.mix"))
            }
            (Some((_, class)), Some(mix)) => {
                let problem = format!("`{path}` has both `class` and `mix`");
                let one = Diagnostic::error(problem, &mix.at, "one of them is too many");
                self.found
                    .push(one.also(&class.at, "the other one: a single class").help("keep one of them"));
                Mix::default()
            }
        }
    }

    fn no_mix(&mut self, node: &Node, path: &str, problem: &str) -> Mix {
        self.error(
            format!("`{path}` has {problem}"),
            &node.at,
            "of which class are they?",
            "write class = \"…\", or mix = { a = 0.4, b = 0.6 }",
        );
        Mix::default()
    }

    fn shares(&mut self, whole: Option<&Selector>, node: &Node, path: &str) -> Mix {
        let mut draft = Draft::default();
        let mut sound = true;
        for entry in node.table().map_or(&[][..], |table| &table.entries) {
            let below = format!("{path}.{}", entry.key);
            sound &= if entry.key == "csv" {
                self.joint(&entry.node, &below, &mut draft)
            } else if let Some(dimension) = self.taxonomy.dimension(&entry.key) {
                self.mix_marginal(dimension, entry, &below, &mut draft)
            } else {
                self.mix_part(entry, &below, &mut draft)
            };
        }
        if !sound {
            return Mix::default();
        }
        let shares = draft.parts.iter().filter_map(|part| part.share).collect::<Vec<_>>();
        self.check_sum_of_shares(&draft.shares, &shares, node, path);
        if draft.parts.is_empty() {
            let Some(part) = self.whole(whole, &draft, node, path) else { return Mix::default() };
            draft.parts.push(part);
        } else if !self.restrict(whole, &mut draft.parts) {
            return Mix::default();
        }
        self.multiply(draft, path)
    }

    /// A selector with its share.
    fn mix_part(&mut self, entry: &Entry, path: &str, draft: &mut Draft) -> bool {
        let share = self.share(&entry.node, path);
        let Some(selector) = self.select_key(entry) else { return false };
        draft.shares.push(share);
        draft.parts.push(Part {
            text: selector.text,
            at: entry.key_at.clone(),
            classes: selector.classes,
            share: Some(draft.shares.len() - 1),
        });
        let all: Vec<usize> = draft.parts.iter().filter_map(|part| part.share).collect();
        close_rest(&mut draft.shares, &all);
        true
    }

    /// A number, or what the others leave.
    fn share(&mut self, node: &Node, path: &str) -> Share {
        if node.text() == Some("rest") {
            return Share::Rest(Vec::new());
        }
        if node.table().is_some() {
            grammar::check(node, VALUE, &format!("`{path}`"), self.found);
        }
        Share::Of(self.quantity(node, path, Dimension::Share))
    }

    /// The shares of the values of a dimension.
    fn mix_marginal(&mut self, dimension: usize, entry: &Entry, path: &str, draft: &mut Draft) -> bool {
        let Some(table) = entry.node.table() else {
            let name = &entry.key;
            self.error(
                format!("`{path}` is {}", entry.node.kind()),
                &entry.node.at,
                format!("`{name}` is a dimension: expected its values with shares"),
                format!("write {name} = {{ … = 0.4, … = \"rest\" }}"),
            );
            return false;
        };
        let mut shares = Vec::new();
        for value in &table.entries {
            let share = self.share(&value.node, &format!("{path}.{}", value.key));
            let known = self.taxonomy.value(&value.key);
            match known.filter(|&known| self.taxonomy.values[known].dimension == dimension) {
                Some(known) => {
                    draft.shares.push(share);
                    shares.push((known, draft.shares.len() - 1));
                }
                None => {
                    let names = self.taxonomy.values.iter().filter(|value| value.dimension == dimension);
                    let names: Vec<String> = names.map(|value| value.name.clone()).collect();
                    self.found.push(super::unknown(&names, &value.key, "value", &value.key_at));
                    return false;
                }
            }
        }
        let numbers: Vec<usize> = shares.iter().map(|(_, share)| *share).collect();
        close_rest(&mut draft.shares, &numbers);
        self.check_sum_of_shares(&draft.shares, &numbers, &entry.node, path);
        draft.marginals.push(Marginal { dimension, at: entry.key_at.clone(), shares, used: false });
        true
    }

    /// Shares that do not sum to 1 at the start.
    fn check_sum_of_shares(&mut self, shares: &[Share], which: &[usize], node: &Node, path: &str) {
        let rests = which.iter().filter(|&&share| matches!(shares[share], Share::Rest(_))).count();
        if rests > 1 {
            let problem = format!("{rests} shares of `{path}` take the rest");
            return self.error(problem, &node.at, "only one can", "give the others numbers");
        }
        let draw = Draw::central(&self.parameters);
        let value = |share: &usize| match &shares[*share] {
            Share::Of(line) => Some(line.at(SimTime::START, &draw)),
            Share::Rest(_) => None,
        };
        let values: Vec<f64> = which.iter().filter_map(value).collect();
        let sum: f64 = values.iter().sum();
        let sound = if rests == 1 { sum <= 1.0 + 1e-9 } else { (sum - 1.0).abs() <= 1e-9 };
        if which.is_empty() || sum.is_nan() || sound {
            return;
        }
        let parts = values.iter().map(f64::to_string).collect::<Vec<_>>().join(" + ");
        let limit = if rests == 1 { "they must leave something to the rest" } else { "they must sum to 1" };
        self.error(
            format!("the shares of `{path}` sum to {} ({parts}); {limit}", tidy_number(sum)),
            &node.at,
            "these shares",
            "mend the shares",
        );
    }

    /// The whole that marginals alone divide: the class given, or the classes that have all these dimensions.
    fn whole(&mut self, whole: Option<&Selector>, draft: &Draft, node: &Node, path: &str) -> Option<Part> {
        let taxonomy = self.taxonomy.clone();
        let has_all = |class: &ClassIndex| {
            draft.marginals.iter().all(|marginal| taxonomy.value_in(*class, marginal.dimension).is_some())
        };
        let (text, classes) = match whole {
            Some(whole) => (whole.text.clone(), whole.classes.clone()),
            None => (path.to_owned(), (0..taxonomy.len() as ClassIndex).filter(has_all).collect::<Vec<_>>()),
        };
        if draft.marginals.is_empty() || classes.is_empty() {
            self.error(
                format!("`{path}` names no class"),
                &node.at,
                "nobody is meant",
                "name classes with shares, or the dimensions of one class with the shares of their values",
            );
            return None;
        }
        Some(Part { text, at: node.at.clone(), classes, share: None })
    }

    /// Hold the parts within the whole and apart from each other.
    fn restrict(&mut self, whole: Option<&Selector>, parts: &mut [Part]) -> bool {
        let mut sound = true;
        for part in parts.iter_mut() {
            part.classes.retain(|class| whole.is_none_or(|whole| whole.names(*class)));
            if part.classes.is_empty() {
                let whole = whole.map_or("", |whole| &whole.text);
                self.error(
                    format!("`{}` is not among `{whole}`", part.text),
                    &part.at,
                    "outside `class`",
                    "leave it out, or widen `class`",
                );
                sound = false;
            }
        }
        for (index, part) in parts.iter().enumerate() {
            let shared = |other: &&Part| other.classes.iter().any(|class| part.classes.contains(class));
            if let Some(other) = parts[..index].iter().find(shared) {
                self.found.push(
                    Diagnostic::error(
                        format!("`{}` and `{}` name the same classes", other.text, part.text),
                        &part.at,
                        "which share do they have?",
                    )
                    .also(&other.at, "the other one")
                    .help("shares are of cases that are told apart: join values with `+` until they are"),
                );
                sound = false;
            }
        }
        sound
    }

    /// What a part leaves open is divided by marginals.
    fn multiply(&mut self, mut draft: Draft, path: &str) -> Mix {
        let mut classes = Vec::new();
        let Draft { parts, marginals, .. } = &mut draft;
        for part in parts.iter() {
            let Some(open) = self.open_dimensions(part, path) else { return Mix::default() };
            let mut dividing = Vec::new();
            for dimension in open {
                let Some(marginal) = marginals.iter_mut().find(|one| one.dimension == dimension) else {
                    self.leaves_open(part, dimension, path);
                    return Mix::default();
                };
                marginal.used = true;
                dividing.push((dimension, marginal.shares.clone()));
            }
            for &class in &part.classes {
                let factor = |(dimension, shares): &(usize, Vec<(usize, usize)>)| {
                    let value = self.taxonomy.value_in(class, *dimension)?;
                    shares.iter().find(|(known, _)| *known == value).map(|(_, share)| *share)
                };
                // A value that a marginal does not name has no share of it.
                let factors: Option<Vec<usize>> = dividing.iter().map(factor).collect();
                classes
                    .extend(factors.map(|factors| (class, part.share.into_iter().chain(factors).collect())));
            }
        }
        for marginal in draft.marginals.iter().filter(|marginal| !marginal.used) {
            let name = self.taxonomy.dimensions[marginal.dimension].clone();
            self.error(
                format!("nothing in `{path}` leaves `{name}` open"),
                &marginal.at,
                "divides nobody",
                "remove it, or take its values out of the other keys",
            );
        }
        Mix { shares: draft.shares, classes }
    }

    fn leaves_open(&mut self, part: &Part, dimension: usize, path: &str) {
        let name = self.taxonomy.dimensions[dimension].clone();
        self.error(
            format!("`{}` leaves `{name}` open in `{path}`", part.text),
            &part.at,
            format!("which `{name}` are they?"),
            format!("add {name} = {{ … = 0.4, … = \"rest\" }}"),
        );
    }

    /// The dimensions in which the classes of a part differ; they must be of one family.
    fn open_dimensions(&mut self, part: &Part, path: &str) -> Option<Vec<usize>> {
        let taxonomy = self.taxonomy.clone();
        let family = |class: &ClassIndex| taxonomy.kinds[usize::from(*class)].family.as_str();
        let first = part.classes.first()?;
        if let Some(other) = part.classes.iter().find(|class| family(class) != family(first)) {
            let (a, b) = (family(first).to_owned(), family(other).to_owned());
            self.error(
                format!("`{}` stands for classes of `{a}` and of `{b}`", part.text),
                &part.at,
                "of one or the other?",
                format!("write class = \"{a}\" beside `{path}`, or join the name of a class with `+`"),
            );
            return None;
        }
        let differ = |dimension: &usize| {
            let value = taxonomy.value_in(*first, *dimension);
            part.classes.iter().any(|class| taxonomy.value_in(*class, *dimension) != value)
        };
        Some((0..taxonomy.dimensions.len()).filter(differ).collect())
    }
}

/// Let a share that takes the rest know the others.
fn close_rest(shares: &mut [Share], all: &[usize]) {
    for &index in all {
        if matches!(shares[index], Share::Rest(_)) {
            shares[index] = Share::Rest(all.iter().copied().filter(|&other| other != index).collect());
        }
    }
}
