//! `caseload explain`.

use super::args::ExplainArgs;
use super::exit::Exit;
use super::output::Failure;
use super::pick::pick;
use crate::diagnostic::{Files, nearest};
use crate::scenario::tree::{Change, Node, Operation, Value};
use crate::scenario::{Request, Study, Variant, load, split, written};
use std::fmt::Write as _;

/// Show one value of a file.
pub(super) fn explain(args: &ExplainArgs) -> Result<(String, Exit), Failure> {
    let loaded = load(&args.file, &Request::default());
    let Some(study) = &loaded.study else { return Err(Failure::refused(loaded.found.render(&loaded.files))) };
    let variant = pick(study, args.policy.as_deref())?;
    let keys = split(&args.path);
    let node = find(&variant.root, &keys, &args.path)?;
    Ok((describe(&args.path, node, variant, study, &loaded.files), Exit::Done))
}

fn find<'a>(root: &'a Node, keys: &[String], path: &str) -> Result<&'a Node, Failure> {
    let mut node = root;
    for (depth, key) in keys.iter().enumerate() {
        let next = match &node.value {
            Value::List(list) => key.parse::<usize>().ok().and_then(|number| list.get(number)),
            _ => node.get(key),
        };
        let Some(next) = next else {
            let there: Vec<&str> = node.table().map_or_else(Vec::new, |table| table.keys().collect());
            let help = match nearest(key, there.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there is: {}", there.join(", ")),
            };
            let broken = keys[..=depth].join(".");
            return Err(Failure::refused(format!(
                "error: `{path}` does not exist: there is no `{broken}`\n  = help: {help}"
            )));
        };
        node = next;
    }
    Ok(node)
}

fn describe(path: &str, node: &Node, variant: &Variant, study: &Study, files: &Files) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{path} = {}", written(node));
    let _ = writeln!(text, "  set in {}:{}", files.path(node.at.file), files.line(&node.at));
    let mut inner = Vec::new();
    node.walk(path, &mut |path, node| {
        inner.extend(node.changes.iter().map(|change| (path.to_owned(), change)));
    });
    for (path, change) in inner {
        let _ = writeln!(text, "  {}: {}", path, changed(change));
        let _ = writeln!(
            text,
            "    by \"{}\", {}:{}",
            change.policy,
            files.path(change.at.file),
            files.line(&change.at)
        );
        if let Some(why) = &change.why {
            let _ = writeln!(text, "    why: {why}");
        }
    }
    provenance(&mut text, path, variant, study);
    let parameter = path.strip_prefix("param.").map(|rest| rest.split('.').next().unwrap_or(rest));
    for (_, reader) in variant.scenario.readers.iter().filter(|(name, _)| Some(name.as_str()) == parameter) {
        let _ = writeln!(text, "  read by {reader}");
    }
    text
}

/// A change in words.
fn changed(change: &Change) -> String {
    let what = match &change.operation {
        Operation::Set(value) => format!("set to {}", written(value)),
        Operation::Scale(value) => format!("scaled by {}", written(value)),
        Operation::Add(value) => format!("raised by {}", written(value)),
        Operation::Divert { to, share: Some(share) } => {
            format!("{} of it sent to {}", written(share), written(to))
        }
        Operation::Divert { to, share: None } => format!("all of it sent to {}", written(to)),
    };
    let mut text = what;
    let words = ["from", "until", "building up over", "fading by"];
    for (word, node) in words.into_iter().zip([&change.from, &change.until, &change.ramp, &change.fade]) {
        if let Some(node) = node {
            let _ = write!(text, ", {word} {}", written(node));
        }
    }
    text
}

fn provenance(text: &mut String, path: &str, variant: &Variant, study: &Study) {
    // What lies below it, and what policies bring: those stand as `path (policy)`.
    let (below, beside) = (format!("{path}."), format!("{path} ("));
    let concerned = |input: &str| input == path || input.starts_with(&below) || input.starts_with(&beside);
    for input in variant.scenario.inputs.iter().filter(|input| concerned(&input.path)) {
        let _ = write!(text, "  {} = {}", input.path, input.value);
        let Some(provenance) = &input.provenance else {
            text.push_str("; no source given\n");
            continue;
        };
        if let Some(id) = &provenance.source {
            let source = study.bibliography.sources.iter().find(|source| source.id == *id);
            let title = source.map_or("", |source| source.title.as_str());
            let _ = write!(text, "; source {id}: {title}");
            if let Some(url) = source.and_then(|source| source.url.as_ref()) {
                let _ = write!(text, " <{url}>");
            }
        }
        if let Some(grade) = &provenance.grade {
            let _ = write!(text, "; grade {grade}");
        }
        if let Some(note) = &provenance.note {
            let _ = write!(text, "; {note}");
        }
        text.push('\n');
    }
}
