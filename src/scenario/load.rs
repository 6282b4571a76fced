//! From a path to variants ready to be compiled: read, hold against the grammar, lay policies over,
//! understand, check.

use super::bibliography::{self, Bibliography};
use super::composite::{self, Named};
use super::decode;
use super::design;
use super::grammar::{self, MODEL, POLICY, RECORD, STUDY};
use super::model::Scenario;
use super::overlay;
use super::parameter::Draw;
use super::paths::beside;
use super::record;
use super::study::{Replications, question, replications};
use super::tree::{Node, Value, read};
use crate::diagnostic::{Diagnostic, Diagnostics, Files, Place, nearest};
use crate::legend::design::{Design, Point as Standing};
use crate::legend::record::Record;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A study, or a model as a study of its own.
#[derive(Debug, Clone)]
pub struct Study {
    /// What it asks.
    pub question: Option<String>,
    /// The model without any policy.
    pub model: Scenario,
    /// Its variants; the baseline among them.
    pub variants: Vec<Variant>,
    /// Which of them is the baseline.
    pub baseline: usize,
    /// How many futures, and which.
    pub replications: Replications,
    /// What the inputs are made from: paths and hashes.
    pub files: Vec<(String, String)>,
    /// Where the numbers come from.
    pub bibliography: Bibliography,
    /// What was published, where the file is a record.
    pub record: Option<Record>,
    /// Its tree, for reports; `None` of a model or policy alone.
    pub root: Option<Node>,
    /// The tree of the record whose published figures reports show beside it.
    pub published: Option<Node>,
    /// How the variants stand to each other.
    pub design: Design,
}

/// A variant: a model with policies laid over it.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its name.
    pub name: String,
    /// What it means.
    pub scenario: Scenario,
    /// What it was made of, for `explain`.
    pub root: Node,
    /// Paths of its policy files, in their order.
    pub policies: Vec<String>,
    /// Hash of all it was made from.
    pub hash: String,
}

/// What is asked of the loader.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Variants named on the command line: name and policy files.
    pub policies: Vec<(String, Vec<PathBuf>)>,
    /// Texts by path, in place of the disk: the files that a report carries.
    pub enclosed: Option<BTreeMap<String, String>>,
}

/// What was read, what was found wrong, and the study where nothing forbids it.
#[derive(Debug)]
pub struct Loaded {
    /// All files, for messages.
    pub files: Files,
    /// All problems, warnings among them.
    pub found: Diagnostics,
    /// The study; `None` where there are errors.
    pub study: Option<Study>,
}

/// Load a study, a model, or a policy laid over the model it extends.
pub fn load(path: &Path, request: &Request) -> Loaded {
    let files = request.enclosed.clone().map_or_else(Files::default, Files::enclosed);
    let mut loader = Loader { files, found: Diagnostics::default() };
    let study = loader.load(path, request);
    let study = study.filter(|_| !loader.found.has_errors());
    Loaded { files: loader.files, found: loader.found, study }
}

struct Loader {
    files: Files,
    found: Diagnostics,
}

/// A variant before its tree is understood.
#[derive(Clone)]
struct Plan {
    name: String,
    /// Policy files as they are named.
    named: Vec<Named>,
    /// All of them in the order in which they are laid, once that is known.
    policies: Vec<PathBuf>,
    axes: Vec<Point>,
}

/// A value of an axis.
#[derive(Clone)]
struct Point {
    axis: String,
    path: Node,
    value: Node,
}

impl Plan {
    fn new(name: &str, named: Vec<Named>) -> Self {
        Self { name: name.to_owned(), named, policies: Vec::new(), axes: Vec::new() }
    }

    /// Where the variant stands, once it has its name.
    fn point(&self, study: Option<&Node>) -> Standing {
        let mut policy = self.name.as_str();
        for point in self.axes.iter().rev() {
            let value = format!(", {}={}", point.axis, decode::written(&point.value));
            policy = policy.strip_suffix(value.as_str()).unwrap_or(policy);
        }
        let own = |axis: &str| self.axes.iter().find(|point| point.axis == axis);
        let axes = study.map_or(&[][..], |study| decode::entries(study, "axis"));
        Standing {
            variant: self.name.clone(),
            policy: policy.to_owned(),
            values: axes
                .iter()
                .map(|axis| own(&axis.key).map(|point| decode::written(&point.value)))
                .collect(),
        }
    }
}

impl Loader {
    fn load(&mut self, path: &Path, request: &Request) -> Option<Study> {
        let root = read(path, &mut self.files, &mut self.found)?;
        let kind = root.get("kind").and_then(Node::text).unwrap_or_default().to_owned();
        match kind.as_str() {
            "study" => self.study(path, &root, request),
            "model" => self.plain(path, &root, request),
            "policy" => self.policy(path, &root),
            "record" => self.record(path, &root),
            _ => {
                let at = root.get("kind").map_or(Place::new(root.at.file, 0..0), |kind| kind.at.clone());
                self.found.push(
                    Diagnostic::error(
                        format!("`kind` is `{kind}`"),
                        &at,
                        "expected \"model\", \"policy\", \"study\" or \"record\"",
                    )
                    .help("begin the file with caseload = 1 and kind = \"model\""),
                );
                None
            }
        }
    }

    fn plain(&mut self, path: &Path, root: &Node, request: &Request) -> Option<Study> {
        let mut plans = vec![Plan::new("baseline", Vec::new())];
        plans.extend(from_request(request));
        self.assemble(path, root, None, plans)
    }

    /// A policy alone is looked at as laid over the model it extends.
    fn policy(&mut self, path: &Path, root: &Node) -> Option<Study> {
        self.check_form(root, POLICY, "a policy");
        let Some(extends) = root.get("extends") else {
            self.found.push(
                Diagnostic::error(
                    "this policy does not say what it extends",
                    &Place::new(root.at.file, 0..0),
                    "no `extends`",
                )
                .help("write extends = \"../model.toml\", or check a study that uses it"),
            );
            return None;
        };
        let model_path = beside(path, extends.text()?);
        let model = read(&model_path, &mut self.files, &mut self.found)?;
        let plans = vec![Plan::new("policy", vec![Named { path: path.to_owned(), at: None }])];
        self.assemble(&model_path, &model, None, plans)
    }

    /// A record is a study of one variant whose outcomes are held beside what was published.
    fn record(&mut self, path: &Path, root: &Node) -> Option<Study> {
        self.check_form(root, RECORD, "a record");
        let model_path = beside(path, root.get("model")?.text()?);
        let model = read(&model_path, &mut self.files, &mut self.found)?;
        let plan = Plan::new("record", Named::listed(path, root.get("policies")));
        let mut study = self.assemble(&model_path, &model, Some(root), vec![plan])?;
        study.bibliography.check(root, &mut self.found);
        study.record = Some(record::read(root, &study, &mut self.found));
        Some(study)
    }

    fn study(&mut self, path: &Path, study: &Node, request: &Request) -> Option<Study> {
        self.check_form(study, STUDY, "a study");
        let model_path = beside(path, study.get("model")?.text()?);
        let model = read(&model_path, &mut self.files, &mut self.found)?;
        let mut plans = self.plans(path, study);
        plans.extend(from_request(request));
        let published = self.published(path, study);
        let mut assembled = self.assemble(&model_path, &model, Some(study), plans)?;
        if let Some(record) = &published {
            super::shown::link(record, &mut assembled);
        }
        Some(Study { published, ..assembled })
    }

    /// The record that a study names; its meaning is the matter of `record`.
    fn published(&mut self, path: &Path, study: &Node) -> Option<Node> {
        let record = beside(path, study.get("record")?.text()?);
        let root = read(&record, &mut self.files, &mut self.found)?;
        self.check_form(&root, RECORD, "a record");
        Some(root)
    }

    /// Which of the variants is the baseline: the first where the study names none.
    fn baseline(&mut self, study: Option<&Node>, known: &[&str]) -> Option<usize> {
        let Some(node) = study.and_then(|study| study.get("baseline")) else { return Some(0) };
        let name = node.text()?;
        let exact = known.iter().position(|known| *known == name);
        let first = known.iter().position(|known| known.split(", ").next() == Some(name));
        let found = exact.or(first);
        if found.is_none() {
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("policies: {}", known.join(", ")),
            };
            self.found.push(
                Diagnostic::error(
                    format!("unknown baseline `{name}`"),
                    &node.at,
                    "not among the policies of this study",
                )
                .help(help),
            );
        }
        found
    }

    /// The variants of a study: policies times axes.
    fn plans(&mut self, path: &Path, study: &Node) -> Vec<Plan> {
        let mut plans: Vec<Plan> = decode::entries(study, "policies")
            .iter()
            .map(|entry| Plan::new(&entry.key, Named::listed(path, Some(&entry.node))))
            .collect();
        if plans.is_empty() {
            plans.push(Plan::new("baseline", Vec::new()));
        }
        for axis in decode::entries(study, "axis") {
            let (Some(path), Some(values)) =
                (axis.node.get("path"), axis.node.get("values").and_then(Node::list))
            else {
                continue;
            };
            if values.is_empty() {
                self.found.push(
                    Diagnostic::error(
                        format!("axis `{}` has no values", axis.key),
                        &axis.node.at,
                        "an empty list",
                    )
                    .help("give it values"),
                );
            }
            plans = plans
                .iter()
                .flat_map(|plan| {
                    values.iter().map(|value| {
                        let point =
                            Point { axis: axis.key.clone(), path: path.clone(), value: value.clone() };
                        Plan { axes: [plan.axes.as_slice(), &[point]].concat(), ..plan.clone() }
                    })
                })
                .collect();
        }
        plans
    }

    fn assemble(
        &mut self,
        model_path: &Path,
        model: &Node,
        study: Option<&Node>,
        mut plans: Vec<Plan>,
    ) -> Option<Study> {
        self.check_form(model, MODEL, "a model");
        for plan in &mut plans {
            plan.policies = composite::expand(&plan.named, &mut self.files, &mut self.found);
        }
        let bibliography = bibliography::read(model_path, model, &mut self.files, &mut self.found);
        if self.found.has_errors() {
            return None;
        }
        let replications =
            study.map_or_else(Replications::default, |study| replications(study, &mut self.found));
        let last_wins = study.and_then(|study| study.get("overlap")).is_some();
        let folder = model_path.parent().unwrap_or(Path::new("")).to_owned();
        let plain = self.understand(model, &folder, study, &replications, None)?;
        let laid = self.lay_all(model, plans, last_wins);
        let names: Vec<&str> = laid.iter().map(|(plan, _)| plan.name.as_str()).collect();
        let baseline = self.baseline(study, &names)?;
        let points: Vec<_> = laid.iter().map(|(plan, _)| plan.point(study)).collect();
        let policy = points[baseline].policy.clone();
        let design =
            study.map_or_else(Design::default, |study| design::read(study, points, &policy, &mut self.found));
        let mut variants = Vec::new();
        for (Plan { name, policies, .. }, root) in laid {
            bibliography.check(&root, &mut self.found);
            if self.found.has_errors() {
                continue;
            }
            let scenario = self.understand(&root, &folder, study, &replications, Some(&plain));
            if let Some(scenario) = scenario {
                let policies = policies.iter().map(|path| path.display().to_string()).collect();
                variants.push(Variant { name, scenario, root, policies, hash: String::new() });
            }
        }
        if self.found.has_errors() {
            return None;
        }
        super::signal::link(&mut variants, baseline, &mut self.found);
        if self.found.has_errors() {
            return None;
        }
        let files = hashes(&self.files);
        let all = blake3::hash(files.iter().map(|(_, hash)| hash.as_str()).collect::<String>().as_bytes());
        for variant in &mut variants {
            let own = format!("{all}{}", variant.name);
            blake3::hash(own.as_bytes()).to_hex().as_str().clone_into(&mut variant.hash);
        }
        Some(Study {
            question: study.and_then(question),
            model: plain,
            variants,
            baseline,
            replications,
            files,
            bibliography,
            record: None,
            root: study.cloned(),
            published: None,
            design,
        })
    }

    /// The trees of all plans. An axis leaves alone what has not got its path (a parameter that another policy
    /// brings), so that plans which differ in it alone are one; a path that no plan has is an error.
    fn lay_all(&mut self, model: &Node, plans: Vec<Plan>, last_wins: bool) -> Vec<(Plan, Node)> {
        let mut laid: Vec<(Plan, Node)> = Vec::new();
        let asked = plans.first().map_or_else(Vec::new, |plan| plan.axes.clone());
        for mut plan in plans {
            let mut root = self.lay_policies(model, &plan, last_wins);
            plan.axes.retain(|point| overlay::is_there(&root, &point.path));
            for point in &plan.axes {
                overlay::put(&mut root, &point.path, &point.value, &mut self.found);
                plan.name = format!("{}, {}={}", plan.name, point.axis, decode::written(&point.value));
            }
            let same =
                |(other, _): &(Plan, Node)| (&other.name, &other.policies) == (&plan.name, &plan.policies);
            if asked.is_empty() || !laid.iter().any(same) {
                self.check_form_again(&plan, &root);
                laid.push((plan, root));
            }
        }
        let met = |axis: &str| laid.iter().flat_map(|(plan, _)| &plan.axes).any(|other| other.axis == axis);
        for point in asked.iter().filter(|point| !met(&point.axis)) {
            let mut root = laid.last().map_or_else(|| model.clone(), |(_, root)| root.clone());
            overlay::put(&mut root, &point.path, &point.value, &mut self.found);
        }
        laid
    }

    /// Hold a model against the grammar once policies have been laid over it.
    fn check_form_again(&mut self, plan: &Plan, root: &Node) {
        if !plan.policies.is_empty() && !self.found.has_errors() {
            grammar::check(root, MODEL, "the model with its policies", &mut self.found);
        }
    }

    fn lay_policies(&mut self, model: &Node, plan: &Plan, last_wins: bool) -> Node {
        let mut root = model.clone();
        let mut set = Vec::new();
        for path in &plan.policies {
            let Some(policy) = read(path, &mut self.files, &mut self.found) else { continue };
            self.check_form(&policy, POLICY, "a policy");
            overlay::lay_over(&mut root, &policy, &mut set, last_wins, &mut self.found);
        }
        root
    }

    fn understand(
        &mut self,
        root: &Node,
        folder: &Path,
        study: Option<&Node>,
        replications: &Replications,
        plain: Option<&Scenario>,
    ) -> Option<Scenario> {
        let mut scenario = decode::model(root, folder.to_owned(), &mut self.files, &mut self.found)?;
        if self.found.has_errors() {
            return None;
        }
        super::check::check(&scenario, root, &mut self.found);
        scenario.warm_up = replications.warm_up;
        scenario.service_draws = replications.service_draws;
        scenario.series = super::series::dates(scenario.start, scenario.end, replications.series);
        self.check_warm_up(&scenario, root);
        if let (Some(study), Some(_)) = (study, plain) {
            scenario.outcomes = decode::outcomes(study, &scenario, &mut self.found);
        }
        set_layers(&mut scenario, plain);
        Some(scenario)
    }

    fn check_warm_up(&mut self, scenario: &Scenario, root: &Node) {
        let days = i64::from((scenario.end - scenario.start).get_days());
        if scenario.warm_up.seconds() >= days * crate::units::DAY {
            let at = root.get("end").map_or(&root.at, |end| &end.at).clone();
            self.found.push(
                Diagnostic::error("the warm-up is not shorter than the run", &at, "the run ends here")
                    .help("shorten the warm-up, or end the model later"),
            );
        }
    }

    /// Hold a file against its grammar, and its version against ours.
    fn check_form(&mut self, root: &Node, fields: &'static [grammar::Field], what: &str) {
        grammar::check(root, fields, what, &mut self.found);
        if let Some(version) = root.get("caseload")
            && !matches!(version.value, Value::Integer(1))
        {
            self.found.push(
                Diagnostic::error(
                    "this file is for another version of the language",
                    &version.at,
                    "expected 1",
                )
                .help("write caseload = 1"),
            );
        }
    }
}

/// Layers of thinned arrivals are as high as the largest central rate before any policy.
fn set_layers(scenario: &mut Scenario, plain: Option<&Scenario>) {
    let draw = Draw::central(&scenario.parameters);
    let classes = scenario.classes.clone();
    for stream in &mut scenario.arrivals {
        let before = plain.and_then(|plain| plain.arrivals.iter().find(|other| other.name == stream.name));
        let highest = stream.steps(&classes, &draw).values().iter().copied().fold(0.0, f64::max);
        stream.layer = match before {
            Some(before) if before.layer > 0.0 => before.layer,
            // Nobody comes before any policy: each variant has layers of its own.
            _ if highest > 0.0 || plain.is_none() => highest,
            _ => 1.0,
        };
    }
}

fn from_request(request: &Request) -> impl Iterator<Item = Plan> + '_ {
    let named = |path: &PathBuf| Named { path: path.clone(), at: None };
    request.policies.iter().map(move |(name, policies)| Plan::new(name, policies.iter().map(named).collect()))
}

/// Every file that was read, once, with the hash of its text.
fn hashes(files: &Files) -> Vec<(String, String)> {
    let mut hashes: Vec<(String, String)> = (0..files.len())
        .map(|file| {
            (files.path(file).to_owned(), blake3::hash(files.text(file).as_bytes()).to_hex().to_string())
        })
        .collect();
    hashes.sort();
    hashes.dedup();
    hashes
}
