//! The account of methods by the STRESS-DES checklist (Monks, Currie, Onggo, Robinson, Kunc & Taylor 2019,
//! *Journal of Simulation* 13(1)), filled from the model. What only a person can say is left open.

use crate::report::document::{Input, Item, Lang, Origin, Words};
use crate::scenario::model::Stage;
use crate::scenario::{Scenario, Study, Variant};
use crate::units::DAY;
use std::collections::{BTreeMap, BTreeSet};

/// The items of the checklist, in its order.
pub(super) fn methods(
    study: &Study,
    variants: &[&Variant],
    run: &Origin,
    (inputs, labels): (&[Input], &BTreeMap<String, Words>),
) -> Vec<Item> {
    let account = Account { study, variants, run, inputs, labels, scenario: &variants[0].scenario };
    let mut items = account.objectives();
    items.extend(account.logic());
    items.extend(account.components());
    items.extend(account.data());
    items.extend(account.experimentation());
    items.extend(account.implementation());
    items
}

struct Account<'a> {
    study: &'a Study,
    variants: &'a [&'a Variant],
    run: &'a Origin,
    inputs: &'a [Input],
    labels: &'a BTreeMap<String, Words>,
    scenario: &'a Scenario,
}

fn item(number: &str, en: &str, es: &str, says: impl Into<Option<Words>>) -> Item {
    Item { number: number.to_owned(), asks: Words::both(en, es), says: says.into() }
}

fn says(en: impl Into<String>, es: impl Into<String>) -> Words {
    Words::both(en, es)
}

/// So many things: `1 stream in`, `3 streams in`.
fn counted(number: usize, en: [&str; 2], es: [&str; 2]) -> [String; 2] {
    let many = usize::from(number != 1);
    [format!("{number} {}", en[many]), format!("{number} {}", es[many])]
}

/// Names as a list, the first twelve and how many more.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> (String, usize) {
    const SHOWN: usize = 12;
    let all: Vec<&str> = names.collect();
    let shown = all.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    let more = all.len().saturating_sub(SHOWN);
    (if more > 0 { format!("{shown}, … (+{more})") } else { shown }, all.len())
}

impl<'a> Account<'a> {
    /// What things of a group are called, those of all variants, each once; nothing where there are none.
    fn called<T: 'a>(
        &self,
        group: &str,
        of: impl Fn(&'a Scenario) -> &'a [T],
        name: impl Fn(&'a T) -> Option<(&'a str, &'a str)>,
    ) -> Option<Words> {
        let mut seen = BTreeSet::new();
        let things = self.variants.iter().flat_map(|variant| of(&variant.scenario)).filter_map(name);
        let words: Vec<Words> = things
            .filter(|(name, _)| seen.insert(*name))
            .map(|(name, label)| {
                self.labels.get(&format!("{group}.{name}")).cloned().unwrap_or_else(|| label.into())
            })
            .collect();
        let told = |lang| list(words.iter().map(|words| words.get(lang))).0;
        (!words.is_empty()).then(|| Words::both(told(Lang::En), told(Lang::Es)))
    }

    fn objectives(&self) -> Vec<Item> {
        let question = self.study.root.as_ref().and_then(super::labels::question);
        let (outcomes, number) = list(self.scenario.outcomes.iter().map(|outcome| outcome.label.as_str()));
        let outputs = (number > 0).then(|| outcomes.as_str().into());
        let (policies, count) = list(self.variants.iter().map(|variant| variant.name.as_str()));
        let variants = counted(
            count,
            ["variant", "variants on the same futures"],
            ["variante", "variantes sobre los mismos futuros"],
        );
        vec![
            item("1.1", "Purpose of the model", "Propósito del modelo", question),
            item("1.2", "Outputs of the model", "Resultados del modelo", outputs),
            item(
                "1.3",
                "Aims of the experiment",
                "Fines del experimento",
                says(format!("{}: {policies}", variants[0]), format!("{}: {policies}", variants[1])),
            ),
        ]
    }

    fn logic(&self) -> Vec<Item> {
        let files: BTreeSet<&String> = self.variants.iter().flat_map(|variant| &variant.policies).collect();
        let policies = counted(
            files.len(),
            ["policy file", "policy files"],
            ["archivo de política", "archivos de políticas"],
        );
        vec![
            item(
                "2.1",
                "Overview of the base model as a diagram",
                "Esquema del modelo base",
                says("See “Where cases go”.", "Véase «Adónde van los casos»."),
            ),
            item(
                "2.2",
                "Logic of the base model",
                "Lógica del modelo base",
                says(
                    "The model file below, whole; the language is described in docs/scenario-reference.md, what \
                     happens at an instant in docs/mechanisms.md.",
                    "El archivo del modelo, completo, más abajo; el lenguaje está en docs/scenario-reference.md y lo \
                     que ocurre en cada instante en docs/mechanisms.md.",
                ),
            ),
            item(
                "2.3",
                "Logic of the scenarios",
                "Lógica de los escenarios",
                says(
                    format!("{} laid over the model; see “Policies, change by change”.", policies[0]),
                    format!("{} sobre el modelo; véase «Políticas, cambio por cambio».", policies[1]),
                ),
            ),
            item(
                "2.4",
                "Algorithms",
                "Algoritmos",
                says(
                    "Next-event simulation in whole seconds; the order of simultaneous events is fixed \
                     (docs/mechanisms.md).",
                    "Simulación por eventos en segundos enteros; el orden de los eventos simultáneos es fijo \
                     (docs/mechanisms.md).",
                ),
            ),
        ]
    }

    fn components(&self) -> Vec<Item> {
        let all = |_: &Stage| true;
        let queues = |stage: &Stage| !stage.pools.is_empty() || stage.slots.is_some();
        let stages = |shown: fn(&Stage) -> bool| {
            let name = move |stage: &'a Stage| shown(stage).then_some((&*stage.name, &*stage.label));
            self.called("stage", |scenario| &scenario.stages, name)
        };
        let entries =
            self.called("arrivals", |scenario| &scenario.arrivals, |one| Some((&one.name, &one.name)));
        let exits = self.called("exit", |scenario| &scenario.exits, |exit| Some((&exit.name, &exit.label)));
        let (entries, exits) = (entries.unwrap_or_default(), exits.unwrap_or_default());
        let classes =
            self.called("class", |scenario| &scenario.classes, |class| Some((&class.name, &class.label)));
        let pools = self.called("pool", |scenario| &scenario.pools, |pool| Some((&pool.name, &pool.label)));
        vec![
            item("2.5.1", "Entities", "Entidades", classes),
            item("2.5.2", "Activities", "Actividades", stages(all)),
            item("2.5.3", "Resources", "Recursos", pools),
            item("2.5.4", "Queues", "Colas", stages(queues)),
            item(
                "2.5.5",
                "Entry and exit points",
                "Puntos de entrada y salida",
                says(
                    format!("In: {}. Out: {}.", entries.get(Lang::En), exits.get(Lang::En)),
                    format!("Entradas: {}. Salidas: {}.", entries.get(Lang::Es), exits.get(Lang::Es)),
                ),
            ),
        ]
    }

    fn data(&self) -> Vec<Item> {
        let (sources, assumed) = (
            self.study.bibliography.sources.len(),
            self.inputs.iter().filter(|input| input.is_assumed()).count(),
        );
        let parameters = self.variants.iter().flat_map(|variant| &variant.scenario.parameters);
        let ranges: BTreeSet<&String> = parameters
            .filter(|parameter| parameter.is_uncertain())
            .map(|parameter| &parameter.name)
            .collect();
        let ranges = counted(
            ranges.len(),
            ["input with a range", "inputs with a range"],
            ["entrada con rango", "entradas con rango"],
        );
        let numbers = counted(self.inputs.len(), ["number", "numbers"], ["número", "números"]);
        let assumed = counted(
            assumed,
            ["input is an assumption", "inputs are assumptions"],
            ["entrada es un supuesto", "entradas son supuestos"],
        );
        let sources = counted(sources, ["source", "sources"], ["fuente", "fuentes"]);
        vec![
            item(
                "3.1",
                "Data sources",
                "Fuentes de datos",
                (!self.study.bibliography.sources.is_empty()).then(|| {
                    Words::both(
                        format!("{}, listed below with links.", sources[0]),
                        format!("{}, con enlaces más abajo.", sources[1]),
                    )
                }),
            ),
            item("3.2", "Preparation of the data", "Preparación de los datos", None),
            item(
                "3.3",
                "Input parameters",
                "Parámetros de entrada",
                says(
                    format!("{}, {}; all below.", numbers[0], ranges[0]),
                    format!("{}, {}; todos más abajo.", numbers[1], ranges[1]),
                ),
            ),
            item(
                "3.4",
                "Assumptions",
                "Supuestos",
                says(
                    format!("{} (grade D or no source), first below.", assumed[0]),
                    format!("{} (grado D o sin fuente), primero más abajo.", assumed[1]),
                ),
            ),
        ]
    }

    fn experimentation(&self) -> Vec<Item> {
        let (start, end, run) = (self.scenario.start, self.scenario.end, self.run);
        let days = self.scenario.warm_up.seconds() / DAY;
        let warm = if days == 0 {
            Words::both(
                "Terminating: begins with the cases waiting at the start; no warm-up.",
                "Terminante: empieza con los casos en espera al inicio; sin calentamiento.",
            )
        } else {
            Words::both(
                format!("A warm-up of {days} days is left out of all figures."),
                format!("Un calentamiento de {days} días queda fuera de todas las cifras."),
            )
        };
        let (futures, per_draw) = (run.replications, run.per_draw);
        let inputs = if run.sampled {
            (
                format!("; inputs with a range drawn anew every {per_draw} futures"),
                format!("; las entradas con rango se sortean cada {per_draw} futuros"),
            )
        } else {
            ("; inputs at their central values".to_owned(), "; entradas en sus valores centrales".to_owned())
        };
        let made = counted(
            futures,
            ["replication (future)", "replications (futures)"],
            ["replicación (futuro)", "replicaciones (futuros)"],
        );
        vec![
            item("4.1", "Initialisation", "Inicialización", Some(warm)),
            item(
                "4.2",
                "Run length",
                "Duración",
                says(format!("{start} – {end}"), format!("{start} – {end}")),
            ),
            item(
                "4.3",
                "Estimation",
                "Estimación",
                says(
                    format!("{}, the same random numbers for every variant{}.", made[0], inputs.0),
                    format!("{}, con los mismos números aleatorios en cada variante{}.", made[1], inputs.1),
                ),
            ),
        ]
    }

    fn implementation(&self) -> Vec<Item> {
        let (version, seed) = (env!("CARGO_PKG_VERSION"), self.run.seed);
        vec![
            item(
                "5.1",
                "Software",
                "Programa",
                says(format!("caseload {version}"), format!("caseload {version}")),
            ),
            item(
                "5.2",
                "Random sampling",
                "Muestreo aleatorio",
                says(
                    format!(
                        "Philox 4x64-10, keyed by case and purpose; seed {seed}; every law by inversion."
                    ),
                    format!(
                        "Philox 4x64-10, con clave por caso y propósito; semilla {seed}; inversión en cada ley."
                    ),
                ),
            ),
            item(
                "5.3",
                "Execution",
                "Ejecución",
                says(
                    "Simultaneous events in the fixed order of docs/mechanisms.md; any number of threads gives the \
                     same bytes.",
                    "Eventos simultáneos en el orden fijo de docs/mechanisms.md; cualquier número de hilos da los \
                     mismos bytes.",
                ),
            ),
            item("5.4", "System", "Equipo", None),
            item(
                "6.1",
                "Access to the model",
                "Acceso al modelo",
                says(
                    "All scenario files are enclosed in this report; `caseload verify` runs them again.",
                    "Todos los archivos del escenario van en este informe; `caseload verify` los ejecuta de nuevo.",
                ),
            ),
        ]
    }
}
