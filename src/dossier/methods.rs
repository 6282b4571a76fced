//! The account of methods by the STRESS-DES checklist (Monks, Currie, Onggo, Robinson, Kunc & Taylor 2019,
//! *Journal of Simulation* 13(1)), filled from the model. What only a person can say is left open.

use crate::report::document::{Input, Item, Origin, Words};
use crate::scenario::{Scenario, Study, Variant};
use crate::units::DAY;

/// The items of the checklist, in its order.
pub(super) fn methods(study: &Study, variants: &[&Variant], run: &Origin, inputs: &[Input]) -> Vec<Item> {
    let account = Account { study, variants, run, inputs, scenario: &variants[0].scenario };
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
    scenario: &'a Scenario,
}

fn item(number: &str, en: &str, es: &str, says: impl Into<Option<Words>>) -> Item {
    Item { number: number.to_owned(), asks: Words::both(en, es), says: says.into() }
}

fn says(en: impl Into<String>, es: impl Into<String>) -> Words {
    Words::both(en, es)
}

/// Names as a list, the first twelve and how many more.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> (String, usize) {
    const SHOWN: usize = 12;
    let all: Vec<&str> = names.collect();
    let shown = all.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    let more = all.len().saturating_sub(SHOWN);
    (if more > 0 { format!("{shown}, … (+{more})") } else { shown }, all.len())
}

impl Account<'_> {
    fn objectives(&self) -> Vec<Item> {
        let question = self.study.root.as_ref().and_then(super::labels::question);
        let (outcomes, number) = list(self.scenario.outcomes.iter().map(|outcome| outcome.label.as_str()));
        let outputs = (number > 0).then(|| outcomes.as_str().into());
        let (policies, count) = list(self.variants.iter().map(|variant| variant.name.as_str()));
        vec![
            item("1.1", "Purpose of the model", "Propósito del modelo", question),
            item("1.2", "Outputs of the model", "Resultados del modelo", outputs),
            item(
                "1.3",
                "Aims of the experiment",
                "Fines del experimento",
                says(
                    format!("{count} variants on the same futures: {policies}"),
                    format!("{count} variantes sobre los mismos futuros: {policies}"),
                ),
            ),
        ]
    }

    fn logic(&self) -> Vec<Item> {
        let changed: usize = self.variants.iter().map(|variant| variant.policies.len()).sum();
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
                    format!("{changed} policy files laid over the model; see “Policies, change by change”."),
                    format!(
                        "{changed} archivos de políticas sobre el modelo; véase «Políticas, cambio por cambio»."
                    ),
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
        let scenario = self.scenario;
        let of = |names: (String, usize)| (names.1 > 0).then(|| Words::from(names.0.as_str()));
        let queues = scenario.stages.iter().filter(|stage| !stage.pools.is_empty() || stage.slots.is_some());
        let (entries, arrivals) = list(scenario.arrivals.iter().map(|arrivals| arrivals.name.as_str()));
        let (exits, _) = list(scenario.exits.iter().map(|exit| exit.label.as_str()));
        vec![
            item(
                "2.5.1",
                "Entities",
                "Entidades",
                of(list(scenario.classes.iter().map(|class| class.label.as_str()))),
            ),
            item(
                "2.5.2",
                "Activities",
                "Actividades",
                of(list(scenario.stages.iter().map(|stage| stage.label.as_str()))),
            ),
            item(
                "2.5.3",
                "Resources",
                "Recursos",
                of(list(scenario.pools.iter().map(|pool| pool.label.as_str()))),
            ),
            item("2.5.4", "Queues", "Colas", of(list(queues.map(|stage| stage.label.as_str())))),
            item(
                "2.5.5",
                "Entry and exit points",
                "Puntos de entrada y salida",
                says(
                    format!("{arrivals} streams in: {entries}. Out: {exits}."),
                    format!("{arrivals} flujos de entrada: {entries}. Salidas: {exits}."),
                ),
            ),
        ]
    }

    fn data(&self) -> Vec<Item> {
        let (sources, assumed) = (
            self.study.bibliography.sources.len(),
            self.inputs.iter().filter(|input| input.is_assumed()).count(),
        );
        let ranges = self.scenario.parameters.iter().filter(|parameter| parameter.is_uncertain()).count();
        let number = self.inputs.len();
        vec![
            item(
                "3.1",
                "Data sources",
                "Fuentes de datos",
                (sources > 0).then(|| {
                    Words::both(
                        format!("{sources} sources, listed below with links."),
                        format!("{sources} fuentes, con enlaces más abajo."),
                    )
                }),
            ),
            item("3.2", "Preparation of the data", "Preparación de los datos", None),
            item(
                "3.3",
                "Input parameters",
                "Parámetros de entrada",
                says(
                    format!("{number} numbers, {ranges} inputs with a range; all below."),
                    format!("{number} números, {ranges} entradas con rango; todos más abajo."),
                ),
            ),
            item(
                "3.4",
                "Assumptions",
                "Supuestos",
                says(
                    format!(
                        "{assumed} inputs are assumptions (grade D or no source); they come first below."
                    ),
                    format!(
                        "{assumed} entradas son supuestos (grado D o sin fuente); van primero más abajo."
                    ),
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
                    format!(
                        "{futures} replications (futures), the same random numbers for every variant{}.",
                        inputs.0
                    ),
                    format!(
                        "{futures} replicaciones (futuros), con los mismos números aleatorios en cada variante{}.",
                        inputs.1
                    ),
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
