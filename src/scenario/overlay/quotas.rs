//! Changes of forced counts: a policy names the quotas of a stage by where they lead.

use super::{Layer, split};
use crate::scenario::tree::{Entry, Node, Value};

impl Layer<'_> {
    /// The scales that a path such as `stage.border.quota.mpp-tijuana.scale` means: those of all quotas of that stage
    /// that lead there. A quota that states none has one of 1.
    pub(super) fn quota_scales(&mut self, path: &str) -> Vec<&mut Node> {
        let keys = split(path);
        let [first, stage, quota, to, last] = keys.as_slice() else { return Vec::new() };
        if first != "stage" || quota != "quota" || last != "scale" {
            return Vec::new();
        }
        let list = self.root.find_mut(["stage", stage.as_str(), "quota"]);
        let Some(Node { value: Value::List(quotas), .. }) = list else { return Vec::new() };
        quotas.iter_mut().filter(|quota| leads_to(quota) == Some(to.as_str())).filter_map(scale).collect()
    }
}

/// Where the quotas of a list lead, each target once, in order of the file.
pub(super) fn targets(list: &Node) -> Vec<&str> {
    let mut targets: Vec<&str> = Vec::new();
    for target in list.list().unwrap_or(&[]).iter().filter_map(leads_to) {
        if !targets.contains(&target) {
            targets.push(target);
        }
    }
    targets
}

fn leads_to(quota: &Node) -> Option<&str> {
    quota.get("to").and_then(Node::text)
}

fn scale(quota: &mut Node) -> Option<&mut Node> {
    let at = quota.at.clone();
    let Value::Table(table) = &mut quota.value else { return None };
    if table.get("scale").is_none() {
        let node = Node::new(at.clone(), Value::Integer(1));
        table.entries.push(Entry { key: "scale".to_owned(), key_at: at, node });
    }
    table.entries.iter_mut().find(|entry| entry.key == "scale").map(|entry| &mut entry.node)
}
