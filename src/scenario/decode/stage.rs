//! Stages: service, order, patience, routes, slots; by class and by date.

use super::arrivals::tidy_number;
use super::{Reader, entries, label};
use crate::network::{Order, Target};
use crate::scenario::model::{Dated, Form, Law, Route, Stage};
use crate::scenario::notation::Dimension;
use crate::scenario::parameter::Draw;
use crate::scenario::selector::Given;
use crate::scenario::timeline::{Beginning, DatedChange, Expr, Operator, Timeline, tidy};
use crate::scenario::tree::{Entry, Node, Operation, Value};
use crate::units::SimTime;

/// A table that says how a stage is from a date on.
pub(super) struct Version<'a> {
    pub(super) from: SimTime,
    pub(super) node: &'a Node,
    pub(super) path: String,
}

impl Version<'_> {
    /// What it says of some classes.
    fn by(&self) -> &[Entry] {
        self.node.get("by").and_then(Node::table).map_or(&[], |table| &table.entries)
    }
}

impl Reader<'_> {
    pub(super) fn read_stages(&mut self, root: &Node) -> Vec<Stage> {
        entries(root, "stage")
            .iter()
            .map(|entry| self.under(&entry.node, |reader| reader.read_stage(entry)))
            .collect()
    }

    fn read_stage(&mut self, entry: &Entry) -> Stage {
        let (node, path) = (&entry.node, format!("stage.{}", entry.key));
        let versions = self.versions(node, &path);
        self.check_by(&versions);
        let pools = self.stage_pools(node);
        let withdrawn_to = self.stage_target(node, "withdrawn-to");
        let patience = self.by_class(&versions, |reader, node, path| {
            node.get("withdraw").map(|law| Some(reader.patience(law, &format!("{path}.withdraw"))))
        });
        let stage = Stage {
            name: entry.key.clone(),
            label: label(entry),
            service: self.by_class(&versions, Self::service),
            order: self.orders(&versions),
            priority: self.priorities(&versions),
            patience: patience.into_iter().map(|dated| default_first(dated, None)).collect(),
            withdrawn_to,
            routes: self.by_class(&versions, |reader, node, path| {
                node.get("then").map(|then| reader.routes(then, &format!("{path}.then")))
            }),
            quotas: self.read_quotas(node, &path),
            place: node.get("place").and_then(|place| self.place(place.text()?, &place.at)),
            slots: self.slots(node, &versions, &path),
            closed: self.read_closed(node, &path),
            pools,
        };
        self.check_stage(&stage, node);
        self.check_closed(&stage, node);
        stage
    }

    pub(super) fn versions<'a>(&mut self, node: &'a Node, path: &str) -> Vec<Version<'a>> {
        let mut versions = vec![Version { from: SimTime::START, node, path: path.to_owned() }];
        for (number, step) in node.get("step").and_then(Node::list).unwrap_or(&[]).iter().enumerate() {
            let Some(date) = step.get("from").and_then(Node::date) else { continue };
            let from = self.time(date);
            if versions.len() > 1 && versions.last().is_some_and(|last| last.from >= from) {
                self.error(
                    format!("the date {date} is not after the one before it"),
                    &step.at,
                    "out of order",
                    "put steps in order of their dates",
                );
                continue;
            }
            versions.push(Version { from, node: step, path: format!("{path}.step.{number}") });
        }
        versions
    }

    pub(super) fn check_by(&mut self, versions: &[Version<'_>]) {
        for version in versions {
            for entry in version.by() {
                self.select_key(entry);
            }
        }
    }

    /// What each class has from which date on: what the selector of most terms gives it, else what all have. What a
    /// later date says holds from then on, unless it is said of more classes than what was said before.
    pub(super) fn by_class<T: Clone + PartialEq>(
        &mut self,
        versions: &[Version<'_>],
        mut read: impl FnMut(&mut Self, &Node, &str) -> Option<T>,
    ) -> Vec<Dated<T>> {
        let common: Vec<Option<T>> = versions
            .iter()
            .map(|version| self.under(version.node, |reader| read(reader, version.node, &version.path)))
            .collect();
        let mut all = vec![(0, Dated::new()); self.taxonomy.len()];
        for (version, common) in versions.iter().zip(&common) {
            let given = self.given(version, &mut read);
            let own = self.assign(&given).into_iter().map(|own| own.map(|index| &given[index]));
            for ((terms, dated), own) in all.iter_mut().zip(own) {
                let said = own.map_or(0, |given| given.selector.terms);
                let value = own.map(|given| &given.value).or(common.as_ref());
                if let Some(value) = value.filter(|_| said >= *terms) {
                    *terms = said;
                    dated.push((version.from, value.clone()));
                }
            }
        }
        all.into_iter().map(|(_, dated)| dated).collect()
    }

    /// What a version says of some classes only.
    fn given<T>(
        &mut self,
        version: &Version<'_>,
        read: &mut impl FnMut(&mut Self, &Node, &str) -> Option<T>,
    ) -> Vec<Given<T>> {
        let mut given = Vec::new();
        for entry in version.by() {
            let path = format!("{}.by.{}", version.path, entry.key);
            let value = self.under(&entry.node, |reader| read(reader, &entry.node, &path));
            if let (Some(selector), Some(value)) = (self.select_key(entry), value) {
                given.push(Given { selector, at: entry.key_at.clone(), value });
            }
        }
        given
    }

    fn service(&mut self, node: &Node, path: &str) -> Option<Law> {
        match (node.get("service"), node.get("rate")) {
            (Some(law), None) => Some(self.law(law, &format!("{path}.service"))),
            (None, Some(rate)) => {
                let rate = self.quantity(rate, &format!("{path}.rate"), Dimension::Rate);
                Some(Law { form: Form::Rate, parts: vec![rate] })
            }
            (Some(_), Some(rate)) => {
                self.error(
                    format!("`{path}` has both `service` and `rate`"),
                    &rate.at,
                    "one of them is too many",
                    "keep one of them",
                );
                None
            }
            (None, None) => None,
        }
    }

    fn patience(&mut self, node: &Node, path: &str) -> Law {
        match node.get("hazard") {
            Some(hazard) => {
                let rate = self.quantity(hazard, &format!("{path}.hazard"), Dimension::Hazard);
                Law { form: Form::Rate, parts: vec![rate] }
            }
            None => self.law(node, path),
        }
    }

    fn stage_pools(&mut self, node: &Node) -> Vec<u16> {
        let Some(pools) = node.get("pool") else { return Vec::new() };
        match &pools.value {
            Value::Text(name) => self.pool(name, &pools.at).into_iter().collect(),
            Value::List(list) => list.iter().filter_map(|item| self.pool(item.text()?, &item.at)).collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn stage_target(&mut self, node: &Node, key: &str) -> Option<Target> {
        let target = node.get(key)?;
        self.target(target.text()?, &target.at)
    }

    fn orders(&mut self, versions: &[Version<'_>]) -> Dated<Order> {
        let word = |node: &Node| match node.text() {
            Some("newest-first") => Order::NewestFirst,
            Some("random") => Order::Random,
            _ => Order::OldestFirst,
        };
        let mut orders = vec![(SimTime::START, Order::OldestFirst)];
        for version in versions {
            let Some(node) = version.node.get("order") else { continue };
            if version.from <= SimTime::START {
                orders.clear();
            }
            orders.push((version.from, word(node)));
            self.dated_sets(node, |_, value| word(value), &mut orders);
        }
        orders
    }

    fn priorities(&mut self, versions: &[Version<'_>]) -> Dated<Vec<u8>> {
        let mut priorities = vec![(SimTime::START, vec![0; self.taxonomy.len()])];
        for version in versions {
            let Some(node) = version.node.get("priority") else { continue };
            let levels = self.levels(node);
            if version.from <= SimTime::START {
                priorities.clear();
            }
            priorities.push((version.from, levels));
            self.dated_sets(node, Self::levels, &mut priorities);
        }
        priorities
    }

    /// Policies that set a whole value from a date on.
    fn dated_sets<T: Clone>(
        &mut self,
        node: &Node,
        mut read: impl FnMut(&mut Self, &Node) -> T,
        values: &mut Dated<T>,
    ) {
        node.changes_read.set(true);
        for change in &node.changes {
            let Operation::Set(value) = &change.operation else {
                self.error(
                    "this can only be set".to_owned(),
                    &change.at,
                    "neither scaled nor added to",
                    "use `set`",
                );
                continue;
            };
            if let Some(fade) = &change.fade {
                self.error(
                    "this cannot fade".to_owned(),
                    &fade.at,
                    "an order or a priority holds or does not",
                    "give an `until` instead",
                );
                continue;
            }
            let dated = self.dated(change, Operator::Set, Expr::Number(0.0), "order");
            let Beginning::At(from) = dated.from else {
                self.error(
                    "this cannot begin on an open date".to_owned(),
                    &change.at,
                    "neither by a choice of dates nor on a condition",
                    "write from = … with a date",
                );
                continue;
            };
            let value = read(self, value);
            let after =
                values.iter().rev().find(|(time, _)| *time <= dated.until).map(|(_, value)| value.clone());
            values.retain(|(time, _)| *time < from || *time >= dated.until);
            values.push((from.max(SimTime::START), value));
            if let Some(after) = after
                && dated.until < SimTime::NEVER
            {
                values.push((dated.until, after));
            }
            values.sort_by_key(|(time, _)| *time);
        }
    }

    fn levels(&mut self, node: &Node) -> Vec<u8> {
        let mut given = Vec::new();
        for entry in node.table().map_or(&[][..], |table| &table.entries) {
            let Some(selector) = self.select_key(entry) else { continue };
            match entry.node.number() {
                Some(level) if (0.0..=255.0).contains(&level) => {
                    given.push(Given { selector, at: entry.key_at.clone(), value: level as u8 });
                }
                _ => self.error(
                    format!("the priority of `{}` is out of bounds", entry.key),
                    &entry.node.at,
                    "expected 0 to 255",
                    "0 is served first",
                ),
            }
        }
        self.assign(&given).into_iter().map(|own| own.map_or(0, |index| given[index].value)).collect()
    }

    fn routes(&mut self, node: &Node, path: &str) -> Vec<Route> {
        let Some(table) = node.table() else {
            if let Some(name) = node.text() {
                let target = self.target(name, &node.at);
                return target
                    .map(|target| Route { target, p: None, after: None, diverted: Vec::new() })
                    .into_iter()
                    .collect();
            }
            self.error(
                format!("`{path}` is {}", node.kind()),
                &node.at,
                "expected targets with probabilities",
                "write then = { granted = 0.4, denied = \"rest\" }",
            );
            return Vec::new();
        };
        let routes: Vec<(Route, &Entry)> =
            table.entries.iter().filter_map(|entry| Some((self.route(entry, path)?, entry))).collect();
        if routes.len() == table.entries.len() {
            self.check_sum(&routes, node, path);
        }
        routes.into_iter().map(|(route, _)| route).collect()
    }

    fn route(&mut self, entry: &Entry, path: &str) -> Option<Route> {
        let path = format!("{path}.{}", entry.key);
        let target = self.target(&entry.key, &entry.key_at);
        let node = &entry.node;
        let p_node = node.get("p").unwrap_or(node);
        let diverted = self.diverted(node, &path);
        let p = if p_node.text() == Some("rest") {
            let mut changes = node.changes.iter().chain(&p_node.changes);
            let other = changes.find(|change| !matches!(change.operation, Operation::Divert { .. }));
            p_node.changes_read.set(true);
            if let Some(change) = other {
                self.error(
                    format!("`{path}` takes the rest"),
                    &change.at,
                    "what is left cannot be changed",
                    "change the other routes",
                );
            }
            None
        } else {
            Some(self.route_share(node, p_node, &path))
        };
        let after = node.get("after").map(|after| self.law(after, &format!("{path}.after")));
        Some(Route { target: target?, p, after, diverted })
    }

    /// The probability of a route: changes of the route as a whole and of its `p` both count.
    fn route_share(&mut self, node: &Node, p_node: &Node, path: &str) -> Timeline {
        let mut plain = p_node.clone();
        plain.changes = p_node
            .changes
            .iter()
            .chain(if std::ptr::eq(node, p_node) { &[] } else { &node.changes[..] })
            .filter(|change| !matches!(change.operation, Operation::Divert { .. }))
            .cloned()
            .collect();
        node.changes_read.set(true);
        p_node.changes_read.set(true);
        self.quantity(&plain, path, Dimension::Share)
    }

    fn diverted(&mut self, node: &Node, path: &str) -> Vec<(DatedChange, Target)> {
        let mut diverted = Vec::new();
        for change in &node.changes {
            let Operation::Divert { to, share } = &change.operation else { continue };
            node.changes_read.set(true);
            let target = self.target(to.text().unwrap_or_default(), &to.at);
            let value = match share {
                Some(share) => self.expr(share, &format!("{path} ({})", change.policy), Dimension::Share),
                None => Expr::Number(1.0),
            };
            let dated = self.dated(change, Operator::Set, value, path);
            diverted.extend(target.map(|target| (dated, target)));
        }
        diverted
    }

    /// Probabilities that do not sum to 1 at some date, in some of the futures.
    fn check_sum(&mut self, routes: &[(Route, &Entry)], node: &Node, path: &str) {
        let stage = path.split('.').nth(1).unwrap_or(path).to_owned();
        let rests = routes.iter().filter(|(route, _)| route.p.is_none()).count();
        if rests > 1 {
            return self.error(
                format!("{rests} routes of `{stage}` take the rest"),
                &node.at,
                "only one can",
                "give the others probabilities",
            );
        }
        let draws: Vec<Draw> = std::iter::once(Draw::central(&self.parameters))
            .chain((0..4).map(|number| Draw::sampled(&self.parameters, 0, number)))
            .collect();
        for draw in &draws {
            let lines = || routes.iter().filter_map(|(route, _)| route.p.as_ref());
            let times = tidy(lines().flat_map(|line| line.breaks(draw)).collect());
            for time in std::iter::once(SimTime::START).chain(times) {
                let parts: Vec<f64> = lines().map(|line| line.at(time, draw)).collect();
                let sum: f64 = parts.iter().sum();
                if sum.is_nan() || (sum - 1.0).abs() <= 1e-9 || (rests == 1 && sum < 1.0) {
                    continue;
                }
                let parts =
                    parts.iter().map(|part| tidy_number(*part).to_string()).collect::<Vec<_>>().join(" + ");
                let limit =
                    if rests == 1 { "they must leave something to the rest" } else { "they must sum to 1" };
                let day = self
                    .start
                    .checked_add(jiff::Span::new().days(time.seconds() / 86_400))
                    .unwrap_or(self.start);
                let when = if time == SimTime::START { String::new() } else { format!(" from {day} on") };
                return self.error(
                    format!("routes from `{stage}` sum to {} ({parts}){when}; {limit}", tidy_number(sum)),
                    &node.at,
                    "these routes",
                    "mend the probabilities, or let one route take the \"rest\"",
                );
            }
        }
    }

    fn check_stage(&mut self, stage: &Stage, node: &Node) {
        let name = &stage.name;
        let taxonomy = self.taxonomy.clone();
        let class = |without: usize| taxonomy.kinds[without].name.as_str();
        if stage.slots.is_none()
            && let Some(without) = stage.service.iter().position(Vec::is_empty)
        {
            self.error(
                format!("stage `{name}` has no service law for class `{}`", class(without)),
                &node.at,
                "how long does it take?",
                "write service.exponential = { mean = \"…\" }, or rate = \"… /yr\"",
            );
        }
        if let Some(without) = stage.routes.iter().position(Vec::is_empty) {
            self.error(
                format!("stage `{name}` leads nowhere for class `{}`", class(without)),
                &node.at,
                "no `then`",
                "write then = { … } with at least one exit or stage",
            );
        }
        let waits = stage.patience.iter().flatten().any(|(_, law)| law.is_some());
        if waits && stage.withdrawn_to.is_none() && node.get("withdrawn-to").is_none() {
            let at = node.get("withdraw").map_or(&node.at, |withdraw| &withdraw.at).clone();
            self.error(
                format!("stage `{name}` has `withdraw` but no `withdrawn-to`"),
                &at,
                "where do they go?",
                "write withdrawn-to = \"…\" with an exit or a stage",
            );
        }
        if waits && stage.pools.is_empty() && stage.slots.is_none() {
            let at = node.get("withdraw").map_or(&node.at, |withdraw| &withdraw.at).clone();
            self.error(
                format!("nobody waits at stage `{name}`"),
                &at,
                "no pool and no slots",
                "give it a pool, or remove `withdraw`",
            );
        }
    }
}

/// What holds before the first entry of a dated list, where it has none.
pub(super) fn default_first<T>(mut dated: Dated<T>, default: T) -> Dated<T> {
    if dated.first().is_none_or(|(from, _)| *from > SimTime::START) {
        dated.insert(0, (SimTime::START, default));
    }
    dated
}
