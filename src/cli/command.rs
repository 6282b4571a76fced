//! The command that asks for a run again, as reports and manifests show it.

use super::args::{CompareArgs, Options, RunArgs, Uncertain};
use std::path::Path;

/// The words of a `run` on which its results depend: not how many threads worked, nor where and in which form it was told.
pub(super) fn of_run(args: &RunArgs) -> Vec<String> {
    words("run", &args.file, args.policy.as_slice(), &args.options)
}

/// The same of a `compare`.
pub(super) fn of_compare(args: &CompareArgs) -> Vec<String> {
    words("compare", &args.file, &args.policy, &args.options)
}

fn words(command: &str, file: &Path, policies: &[String], options: &Options) -> Vec<String> {
    let uncertain = options.uncertain.map(|uncertain| match uncertain {
        Uncertain::Sample => "sample".to_owned(),
        Uncertain::Central => "central".to_owned(),
    });
    let named = policies.iter().map(|policy| ("--policy", policy.clone()));
    let further = [
        ("--replications", options.replications.map(|number| number.to_string())),
        ("--seed", options.seed.map(|seed| seed.to_string())),
        ("--uncertain", uncertain),
    ];
    let given = further.into_iter().filter_map(|(flag, value)| Some((flag, value?)));
    let flags = named.chain(given).flat_map(|(flag, value)| [flag.to_owned(), value]);
    [command.to_owned(), file.display().to_string()].into_iter().chain(flags).collect()
}

#[cfg(test)]
mod tests {
    use super::super::args::{Arguments, Command};
    use super::*;
    use clap::Parser;

    #[test]
    fn only_what_changes_results_is_kept_in_one_order() {
        let kept = |line: &str| match Arguments::parse_from(line.split(' ')).command {
            Command::Run(args) => of_run(&args).join(" "),
            Command::Compare(args) => of_compare(&args).join(" "),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            kept(
                "caseload run -n 4 m.toml --threads 2 --seed=3 --policy more --out x --report y.html --lang es"
            ),
            "run m.toml --policy more --replications 4 --seed 3"
        );
        assert_eq!(
            kept(
                "caseload compare --plain --policy a=a.toml s.toml --uncertain sample --policy b=b.toml,c.toml"
            ),
            "compare s.toml --policy a=a.toml --policy b=b.toml,c.toml --uncertain sample"
        );
    }
}
