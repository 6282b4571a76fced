//! Prices, and what is paid for.

use super::{Reader, entries};
use crate::diagnostic::{self, Diagnostics};
use crate::network::{CostBasis, CountedIn};
use crate::scenario::model::Cost;
use crate::scenario::notation::{Dimension, currency_of};
use crate::scenario::tree::{Entry, Node};

/// What a price can be of, for the message where it is of something else.
const BASES: &str = "write staff(pool), waiting(stage or class), place(place), within-capacity(place), beyond-capacity(place), started(stage), visit(stage), decided(stage) or exit(exit)";

/// The keys that a price of a basis can be written under, and for how many seconds, or of how many, it is.
fn keys(basis: &CostBasis) -> &'static [(&'static str, f64)] {
    match basis {
        CostBasis::Started(_) | CostBasis::Completed(_) | CostBasis::Departed(..) => &[("each", 1.0)],
        CostBasis::Visits(..) => &[("per-visit", 1.0)],
        CostBasis::Staff(_)
        | CostBasis::Waiting(..)
        | CostBasis::Place(_)
        | CostBasis::WithinCapacity(_)
        | CostBasis::BeyondCapacity(_) => {
            &[("per-year", 31_557_600.0), ("per-month", 2_629_800.0), ("per-day", 86_400.0)]
        }
    }
}

impl Reader<'_> {
    /// Cost items and their currency.
    pub(super) fn read_costs(&mut self, root: &Node) -> (Vec<Cost>, Option<String>) {
        let mut currency: Option<String> = None;
        let mut costs = Vec::new();
        for entry in entries(root, "cost") {
            if entry.key == "currency" {
                currency = entry.node.text().map(str::to_owned);
                continue;
            }
            let cost = self.under(&entry.node, |reader| reader.read_cost(entry, &mut currency));
            self.check_capacity(root, entry, cost.as_ref());
            costs.extend(cost);
        }
        (costs, currency)
    }

    fn read_cost(&mut self, entry: &Entry, currency: &mut Option<String>) -> Option<Cost> {
        let node = &entry.node;
        let persons = node.get("unit").and_then(Node::text) == Some("persons");
        let counted = if persons { CountedIn::Persons } else { CountedIn::Cases };
        let basis = self.cost_basis(entry, counted)?;
        let legal = keys(&basis);
        for part in node.table().map_or(&[][..], |table| &table.entries) {
            let known = ["unit", "source", "note", "label"];
            if !known.contains(&part.key.as_str()) && !legal.iter().any(|(key, _)| *key == part.key) {
                let keys = legal.iter().map(|(key, _)| *key).collect::<Vec<_>>().join(", ");
                self.error(
                    format!("unknown key `{}` in cost `{}`", part.key, entry.key),
                    &part.key_at,
                    "not a key of it",
                    format!("keys: {keys}, unit, source, note, label"),
                );
            }
        }
        let Some(&(key, per)) = legal.iter().find(|(key, _)| node.get(key).is_some()) else {
            let keys = legal.iter().map(|(key, _)| *key).collect::<Vec<_>>().join(", ");
            self.error(
                format!("cost `{}` has no price", entry.key),
                &node.at,
                "what does it cost?",
                format!("write one of: {keys}"),
            );
            return None;
        };
        let price = node.get(key)?;
        self.check_currency(price, currency);
        let price = self.quantity(price, &format!("cost.{}.{key}", entry.key), Dimension::Money);
        Some(Cost { name: entry.key.clone(), basis, price, per })
    }

    /// What is paid by the capacity of a place needs one.
    fn check_capacity(&mut self, root: &Node, entry: &Entry, cost: Option<&Cost>) {
        let Some(CostBasis::WithinCapacity(place) | CostBasis::BeyondCapacity(place)) =
            cost.map(|cost| &cost.basis)
        else {
            return;
        };
        let place = &entries(root, "place")[usize::from(*place)];
        if place.node.get("capacity").is_none() {
            let name = &place.key;
            self.found.push(
                diagnostic::Diagnostic::error(
                    format!("place `{name}` has no capacity"),
                    &entry.key_at,
                    "is paid by its capacity",
                )
                .also(&place.key_at, "the place")
                .help(format!(
                    "give it `capacity = \"… persons\"`, or pay for everybody there: place({name})"
                )),
            );
        }
    }

    fn check_currency(&mut self, price: &Node, currency: &mut Option<String>) {
        let text = price.get("value").unwrap_or(price).text();
        let Some(code) = text.and_then(currency_of) else { return };
        match currency {
            Some(known) if known != code => {
                let known = known.clone();
                self.error(
                    format!("a price in {code} among prices in {known}"),
                    &price.at,
                    "another currency",
                    format!("convert it to {known}, and say at which rate in a note"),
                );
            }
            Some(_) => {}
            None => *currency = Some(code.to_owned()),
        }
    }

    fn cost_basis(&mut self, entry: &Entry, counted: CountedIn) -> Option<CostBasis> {
        let at = &entry.key_at;
        let call = entry.key.strip_suffix(')').and_then(|text| text.split_once('('));
        match call {
            Some(("staff", pool)) => self.pool(pool, at).map(CostBasis::Staff),
            Some(("place", place)) => self.place(place, at).map(CostBasis::Place),
            Some(("within-capacity", place)) => self.place(place, at).map(CostBasis::WithinCapacity),
            Some(("beyond-capacity", place)) => self.place(place, at).map(CostBasis::BeyondCapacity),
            Some(("started", stage)) => self.stage(stage, at).map(CostBasis::Started),
            Some(("visit", stage)) => self.stage(stage, at).map(|stage| CostBasis::Visits(stage, counted)),
            Some(("decided", stage)) => self.stage(stage, at).map(CostBasis::Completed),
            Some(("exit", exit)) => self.exit(exit, at).map(|exit| CostBasis::Departed(exit, counted)),
            Some(("waiting", name)) => self.waiting_basis(name, at, counted),
            _ => {
                let what = format!("`{}` is not something that costs", entry.key);
                self.error(what, at, "not known", BASES);
                None
            }
        }
    }

    fn waiting_basis(&mut self, name: &str, at: &diagnostic::Place, counted: CountedIn) -> Option<CostBasis> {
        let stages = (0..self.stages.len() as u16).collect();
        if let Some(selector) = self.taxonomy.select(name, at, &mut Diagnostics::default()) {
            return Some(CostBasis::Waiting(stages, selector.classes, counted));
        }
        let stage = self.stage(name, at)?;
        Some(CostBasis::Waiting(vec![stage], (0..self.taxonomy.len() as u16).collect(), counted))
    }
}
