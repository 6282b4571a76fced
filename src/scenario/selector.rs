//! Classes, the dimensions they are told apart by, and which of them a selector names.
//!
//! A selector is the name of a class, a value of a dimension, or several of these joined by `+`, all of which
//! must hold. It may stand wherever a class is named. Where two selectors name the same class, the one of more terms
//! counts.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, nearest};
use crate::network::ClassIndex;

/// The classes of a model, and the values of the dimensions they are told apart by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taxonomy {
    /// Dimensions, in order of the file.
    pub dimensions: Vec<String>,
    /// The values of all of them.
    pub values: Vec<DimensionValue>,
    /// Classes, those of one family one after the other.
    pub kinds: Vec<Kind>,
}

/// A value of a dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DimensionValue {
    /// Its name, which no other value, dimension or class has.
    pub name: String,
    /// For reports.
    pub label: String,
    /// Number of its dimension.
    pub dimension: usize,
}

/// A class, and what a selector may know it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Its name, as `migrant:guatemala+family`.
    pub name: String,
    /// The table it comes from, as `migrant`.
    pub family: String,
    /// Numbers of its values, one for each dimension of its family.
    pub values: Vec<usize>,
}

/// The classes that a selector names: at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    /// As it was written.
    pub text: String,
    /// How many terms it has: more terms win over fewer.
    pub terms: usize,
    /// The classes, in order of their numbers.
    pub classes: Vec<ClassIndex>,
}

/// A value that is given to the classes of a selector.
#[derive(Debug, Clone)]
pub struct Given<T> {
    /// Which classes.
    pub selector: Selector,
    /// Where the selector stands.
    pub at: Place,
    /// The value.
    pub value: T,
}

impl Selector {
    /// Whether it names a class.
    pub fn names(&self, class: ClassIndex) -> bool {
        self.classes.binary_search(&class).is_ok()
    }
}

impl Taxonomy {
    /// How many classes there are.
    pub const fn len(&self) -> usize {
        self.kinds.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// The number of a dimension.
    pub fn dimension(&self, name: &str) -> Option<usize> {
        self.dimensions.iter().position(|dimension| dimension == name)
    }

    /// The number of a value.
    pub fn value(&self, name: &str) -> Option<usize> {
        self.values.iter().position(|value| value.name == name)
    }

    /// The classes of a value.
    pub fn classes_of(&self, value: usize) -> Vec<ClassIndex> {
        self.all_that(|kind| kind.values.contains(&value))
    }

    /// The value of a class in a dimension, where its family has that dimension.
    pub fn value_in(&self, class: ClassIndex, dimension: usize) -> Option<usize> {
        let mut values = self.kinds[usize::from(class)].values.iter().copied();
        values.find(|&value| self.values[value].dimension == dimension)
    }

    fn all_that(&self, holds: impl Fn(&Kind) -> bool) -> Vec<ClassIndex> {
        (0..).zip(&self.kinds).filter(|(_, kind)| holds(kind)).map(|(class, _)| class).collect()
    }

    /// The classes that `text` names; where there are none that is noted as a problem at `at`.
    pub fn select(&self, text: &str, at: &Place, found: &mut Diagnostics) -> Option<Selector> {
        let mut classes = self.all_that(|_| true);
        let mut terms = 0;
        for term in text.split(['+', ':']).map(str::trim) {
            let named = self.term(term);
            if named.is_empty() {
                found.push(self.unknown(term, text, at));
                return None;
            }
            classes.retain(|class| named.binary_search(class).is_ok());
            terms += 1;
        }
        if classes.is_empty() {
            let problem = format!("no class is all of `{text}`");
            let help = "join values of different dimensions that one class has; name two selectors apart for either of two values";
            found.push(Diagnostic::error(problem, at, "nobody is meant").help(help));
            return None;
        }
        Some(Selector { text: text.to_owned(), terms, classes })
    }

    fn term(&self, term: &str) -> Vec<ClassIndex> {
        let family = self.all_that(|kind| kind.family == term);
        match self.value(term) {
            Some(value) if family.is_empty() => self.classes_of(value),
            _ => family,
        }
    }

    fn unknown(&self, term: &str, text: &str, at: &Place) -> Diagnostic {
        let mut known: Vec<&str> = Vec::new();
        for name in self.kinds.iter().map(|kind| &kind.family).chain(self.values.iter().map(|v| &v.name)) {
            if !known.contains(&name.as_str()) {
                known.push(name);
            }
        }
        let help = match nearest(term, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "this model defines no class".to_owned(),
            None => format!("known: {}", known.join(", ")),
        };
        let inside = if term == text { String::new() } else { format!(" in `{text}`") };
        let what = if self.values.is_empty() { "class" } else { "class or value" };
        Diagnostic::error(format!("unknown {what} `{term}`{inside}"), at, "not known in this model")
            .help(help)
    }

    /// For each class which of `given` counts: that of the most terms. Two of equally many terms that give one class
    /// different values are noted as a problem.
    pub fn assign<T: PartialEq>(&self, given: &[Given<T>], found: &mut Diagnostics) -> Vec<Option<usize>> {
        (0..self.kinds.len() as ClassIndex).map(|class| self.assign_one(class, given, found)).collect()
    }

    fn assign_one<T: PartialEq>(
        &self,
        class: ClassIndex,
        given: &[Given<T>],
        found: &mut Diagnostics,
    ) -> Option<usize> {
        let naming = || (0..given.len()).filter(|&index| given[index].selector.names(class));
        let most = naming().map(|index| given[index].selector.terms).max()?;
        let mut best = naming().filter(|&index| given[index].selector.terms == most);
        let first = best.next()?;
        if let Some(other) = best.find(|&index| given[index].value != given[first].value) {
            let (first, other) = (&given[first], &given[other]);
            let name = &self.kinds[usize::from(class)].name;
            let (a, b) = (&first.selector.text, &other.selector.text);
            found.push(
                Diagnostic::error(
                    format!("`{a}` and `{b}` give class `{name}` different values"),
                    &other.at,
                    "neither has more terms than the other",
                )
                .also(&first.at, "the other one")
                .help(format!("say what holds for those that both name: \"{a}+{b}\"")),
            );
        }
        Some(first)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    fn taxonomy() -> Taxonomy {
        let value = |name: &str, dimension| DimensionValue {
            name: name.to_owned(),
            label: name.to_owned(),
            dimension,
        };
        let kind = |name: &str, family: &str, values: &[usize]| Kind {
            name: name.to_owned(),
            family: family.to_owned(),
            values: values.to_vec(),
        };
        Taxonomy {
            dimensions: vec!["citizenship".to_owned(), "unit".to_owned()],
            values: vec![value("guatemala", 0), value("honduras", 0), value("family", 1), value("single", 1)],
            kinds: vec![
                kind("migrant:guatemala+family", "migrant", &[0, 2]),
                kind("migrant:guatemala+single", "migrant", &[0, 3]),
                kind("migrant:honduras+family", "migrant", &[1, 2]),
                kind("migrant:honduras+single", "migrant", &[1, 3]),
                kind("affirmative", "affirmative", &[]),
            ],
        }
    }

    fn select(text: &str) -> Result<Selector, String> {
        let mut found = Diagnostics::default();
        let selector = taxonomy().select(text, &Place::whole(0), &mut found);
        selector.ok_or_else(|| found.sorted()[0].message.clone())
    }

    #[test]
    fn terms_joined_must_all_hold() {
        let classes = |text: &str| select(text).unwrap().classes;
        assert_eq!(classes("family"), [0, 2]);
        assert_eq!(classes("migrant"), [0, 1, 2, 3]);
        assert_eq!(classes("single + guatemala"), [1]);
        assert_eq!(classes("affirmative"), [4]);
        // The name of a class names that class alone, with more terms than anything else.
        let all: Vec<_> =
            taxonomy().kinds.iter().map(|kind| select(&kind.name).unwrap()).map(|one| one.classes).collect();
        assert_eq!(all, [[0], [1], [2], [3], [4]]);
        assert_eq!(select("migrant:guatemala+family").unwrap().terms, 3);
    }

    #[test]
    fn what_names_nobody_is_refused() {
        assert_eq!(select("familly"), Err("unknown class or value `familly`".to_owned()));
        assert_eq!(select("family+"), Err("unknown class or value `` in `family+`".to_owned()));
        assert_eq!(select("guatemala+honduras"), Err("no class is all of `guatemala+honduras`".to_owned()));
        assert_eq!(select("affirmative+family"), Err("no class is all of `affirmative+family`".to_owned()));
    }

    #[test]
    fn more_terms_win_and_equals_must_agree() {
        let mut found = Diagnostics::default();
        let given = |entries: &[(&str, i32)]| -> Vec<Given<i32>> {
            let one = |&(text, value): &(&str, i32)| Given {
                selector: select(text).unwrap(),
                at: Place::whole(0),
                value,
            };
            entries.iter().map(one).collect()
        };
        let sound = given(&[("guatemala", 1), ("family", 2), ("guatemala+family", 3)]);
        assert_eq!(taxonomy().assign(&sound, &mut found), [Some(2), Some(0), Some(1), None, None]);
        let agreed = given(&[("guatemala", 1), ("family", 1)]);
        assert_eq!(taxonomy().assign(&agreed, &mut found)[0], Some(0));
        assert!(!found.has_errors());
        taxonomy().assign(&given(&[("guatemala", 1), ("family", 2)]), &mut found);
        assert_eq!(
            found.sorted()[0].message,
            "`guatemala` and `family` give class `migrant:guatemala+family` different values"
        );
    }
}
