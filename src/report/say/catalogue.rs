//! Every word of a report that does not come from a file, in every language.
//!
//! A key cannot be added in one language only. `{name}` is a place that is filled.

use crate::report::document::Lang;

macro_rules! catalogue {
    ($($key:ident: $en:literal, $es:literal;)*) => {
        /// A text of the catalogue.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::report) enum Key { $($key),* }

        #[cfg(test)]
        const ALL: &[Key] = &[$(Key::$key),*];

        /// The text of a key.
        pub(super) const fn text(key: Key, lang: Lang) -> &'static str {
            match (key, lang) {
                $((Key::$key, Lang::En) => $en, (Key::$key, Lang::Es) => $es,)*
            }
        }
    };
}

catalogue! {
    // The page.
    Report: "Report", "Informe";
    Skip: "Skip to the answer", "Ir a la respuesta";
    Contents: "Contents", "Contenido";
    Period: "{start} to {end}", "{start} a {end}";
    Futures: "{n} simulated futures", "{n} futuros simulados";
    FutureOne: "1 simulated future", "1 futuro simulado";
    Seed: "seed {n}", "semilla {n}";
    MadeBy: "caseload {version}", "caseload {version}";
    Baseline: "baseline", "línea base";
    Policy: "Policy", "Política";
    Policies: "Policies shown", "Políticas a la vista";
    AsTable: "The numbers as a table", "Los números en una tabla";
    Undefined: "–", "–";
    // Sections.
    Answer: "The answer", "La respuesta";
    Queues: "Queue lengths through time", "Las colas a lo largo del tiempo";
    Waits: "Waits", "Las esperas";
    Flows: "Where cases go", "Adónde van los casos";
    Comparison: "The policies compared", "Las políticas comparadas";
    Burden: "Money and burden", "Costos y carga";
    Certainty: "How sure", "Qué tan seguro";
    Audit: "Audit", "Auditoría";
    Provenance: "Where the numbers come from", "De dónde salen los números";
    Methods: "Methods", "Métodos";
    // Answer.
    AnswerLead: "What each policy changes against “{baseline}”, on the same simulated futures.",
        "Lo que cambia cada política frente a «{baseline}», sobre los mismos futuros simulados.";
    AnswerAlone: "What comes out for “{baseline}”.", "Lo que resulta para «{baseline}».";
    MoreOutcomesOne: "1 further outcome", "1 resultado más";
    MoreOutcomes: "{n} further outcomes", "{n} resultados más";
    NotShown: "What this does not show", "Lo que esto no muestra";
    NotForecast: "It is not a forecast: it says what follows if the model and its inputs hold, and nothing else changes.",
        "No es un pronóstico: dice qué se sigue si el modelo y sus entradas se cumplen y nada más cambia.";
    NotInputsOne: "The range of futures covers chance and the one input that has a range; what has no range is taken as known.",
        "El rango de futuros cubre el azar y la única entrada con rango; lo que no tiene rango se toma por sabido.";
    NotInputs: "The range of futures covers chance and the {n} inputs that have a range; what has no range is taken as known.",
        "El rango de futuros cubre el azar y las {n} entradas con rango; lo que no tiene rango se toma por sabido.";
    NotInputsCentral: "Inputs are at their central values here: the range of futures covers chance alone.",
        "Aquí las entradas están en sus valores centrales: el rango de futuros cubre solo el azar.";
    HeldOne: "Of them one has a range: `--uncertain sample` lets it vary.", "Una de ellas tiene rango: `--uncertain sample` la hace variar.";
    HeldMany: "Of them {n} have a range: `--uncertain sample` lets them vary.",
        "{n} de ellas tienen rango: `--uncertain sample` las hace variar.";
    NotAssumedOne: "1 of {all} inputs is an assumption (grade D or no source); it is listed first below.",
        "1 de {all} entradas es un supuesto (grado D o sin fuente); va primera en la lista de abajo.";
    NotAssumed: "{n} of {all} inputs are assumptions (grade D or no source); they are listed first below.",
        "{n} de {all} entradas son supuestos (grado D o sin fuente); van primero en la lista de abajo.";
    NotSingle: "It says nothing of any single person’s case.", "No dice nada del caso de una persona en particular.";
    NotAdjusted: "Each of the {n} intervals stands for itself; they are not adjusted for their number.",
        "Cada uno de los {n} intervalos vale por sí solo; no están ajustados por su número.";
    Level: "{value} on average ({level}\u{a0}±\u{a0}{half} from chance in the simulation; 80\u{a0}% of futures between {low} and {high})",
        "{value} en promedio ({level}\u{a0}±\u{a0}{half} por azar de la simulación; 80\u{a0}% de los futuros entre {low} y {high})";
    LevelOne: "{value} in the one future there is", "{value} en el único futuro que hay";
    LevelConstant: "{value} in every future", "{value} en todos los futuros";
    // Verdicts.
    VerdictSame: "the same as {baseline} in every future", "igual que {baseline} en todos los futuros";
    VerdictOne: "{change} in the one future there is; one alone cannot tell chance apart",
        "{change} en el único futuro que hay; uno solo no permite distinguir el azar";
    VerdictUnclear: "no difference can be told from chance in the simulation ({mean}; {intervals})",
        "no se distingue ninguna diferencia del azar de la simulación ({mean}; {intervals})";
    VerdictConstant: "{change} than {baseline} in every future", "{change} que {baseline} en todos los futuros";
    VerdictClear: "{change} than {baseline} ({intervals})", "{change} que {baseline} ({intervals})";
    Intervals: "{level}\u{a0}±\u{a0}{half} from chance in the simulation; 80\u{a0}% of futures between {low} and {high}",
        "{level}\u{a0}±\u{a0}{half} por azar de la simulación; 80\u{a0}% de los futuros entre {low} y {high}";
    VerdictAbsent: "has no such figure in any future", "no tiene esa cifra en ningún futuro";
    Better: "better", "mejor";
    Worse: "worse", "peor";
    Different: "different", "distinto";
    Open: "not clear", "no es claro";
    Equal: "no change", "sin cambio";
    FewerCasesOne: "1 fewer case", "1 caso menos";
    FewerCases: "{n} fewer cases", "{n} casos menos";
    MoreCasesOne: "1 more case", "1 caso más";
    MoreCases: "{n} more cases", "{n} casos más";
    FewerPersonsOne: "1 fewer person", "1 persona menos";
    FewerPersons: "{n} fewer persons", "{n} personas menos";
    MorePersonsOne: "1 more person", "1 persona más";
    MorePersons: "{n} more persons", "{n} personas más";
    FewerDaysOne: "1 fewer day", "1 día menos";
    FewerDays: "{n} fewer days", "{n} días menos";
    MoreDaysOne: "1 more day", "1 día más";
    MoreDays: "{n} more days", "{n} días más";
    LowerShareOne: "1 percentage point lower", "1 punto porcentual menos";
    LowerShare: "{n} percentage points lower", "{n} puntos porcentuales menos";
    HigherShareOne: "1 percentage point higher", "1 punto porcentual más";
    HigherShare: "{n} percentage points higher", "{n} puntos porcentuales más";
    LessMoney: "{unit} {n} less", "{unit} {n} menos";
    MoreMoney: "{unit} {n} more", "{unit} {n} más";
    Fewer: "{n} fewer", "{n} menos";
    More: "{n} more", "{n} más";
    Million: "million", "millones";
    BetterForSome: "better for those whose turn came", "mejor para quienes tuvieron su turno";
    // Those who still wait, beside a wait.
    StillAlone: "Still waiting at {stage} at the end: {n} cases, {days} days so far on average; {beyond} of them for longer than the {wait} days of those whose turn came.",
        "Siguen esperando en {stage} al final: {n} casos, en promedio {days} días hasta ahora; {beyond} de ellos más que los {wait} días de quienes tuvieron su turno.";
    StillCompared: "Still waiting at {stage} at the end: {n} cases, {days} days so far on average; under {baseline} {before} cases, {earlier} days.",
        "Siguen esperando en {stage} al final: {n} casos, en promedio {days} días hasta ahora; con {baseline}, {before} casos, {earlier} días.";
    StillNobody: "Nobody is left waiting at {stage} at the end.", "Nadie queda esperando en {stage} al final.";
    StillWaiting: "still waiting at the end", "siguen esperando al final";
    StillSoFar: "those, so far, mean", "esos, hasta ahora, media";
    StillBeyond: "those, longer than that", "esos, más que eso";
    // Units.
    Cases: "cases", "casos";
    Persons: "persons", "personas";
    Days: "days", "días";
    Share: "%", "%";
    Servers: "servers", "servidores";
    Number: "number", "número";
    // Tables.
    Mean: "mean", "media";
    Median: "median", "mediana";
    MonteCarlo: "± chance in the simulation ({level})", "± azar de la simulación ({level})";
    Range50: "50\u{a0}% of futures", "50\u{a0}% de los futuros";
    Range80: "80\u{a0}% of futures", "80\u{a0}% de los futuros";
    Range90: "90\u{a0}% of futures", "90\u{a0}% de los futuros";
    To: "{low} to {high}", "{low} a {high}";
    TwoIntervals: "Two different things: chance in the simulation shrinks with more futures; the range of futures does not.",
        "Dos cosas distintas: el azar de la simulación se reduce con más futuros; el rango de futuros, no.";
    SameLeftOut: "Policies under which a number is that of the baseline in every respect are left out.",
        "Se omiten las políticas con las que un número es en todo el de la línea base.";
    // Queues.
    QueuesLead: "Line: median of the futures. Dark band: half of them. Light band: nine in ten.",
        "Línea: mediana de los futuros. Banda oscura: la mitad. Banda clara: nueve de cada diez.";
    QueuesHover: "Point at a chart, or move to it with the Tab key and use the arrow keys, to read its numbers.",
        "Señale una gráfica, o llegue a ella con la tecla Tab y use las flechas, para leer sus números.";
    Logarithmic: "Logarithmic scale", "Escala logarítmica";
    WaitingAt: "{label}: cases waiting", "{label}: casos en espera";
    PersonsAt: "{label}: persons there", "{label}: personas presentes";
    Places: "Places", "Lugares";
    Capacity: "shelters {n}", "cupo {n}";
    CapacityLine: "The dashed line is the shelter capacity of {n} persons.",
        "La línea discontinua es el cupo de los albergues: {n} personas.";
    PublishedPoints: "Rings are published figures.", "Los círculos son cifras publicadas.";
    ChartAlt: "Fan chart of {label} from {start} to {end}. {lines}",
        "Gráfica de abanico de {label}, de {start} a {end}. {lines}";
    ChartAltLine: "{policy}: median {first} at first, {last} at the end, between {low} and {high} in nine of ten futures.",
        "{policy}: mediana {first} al inicio, {last} al final, entre {low} y {high} en nueve de diez futuros.";
    ChartsLeftOutOne: "1 smaller queue is not drawn; its numbers are in “Where cases go”.",
        "1 cola menor no se dibuja; sus números están en «Adónde van los casos».";
    ChartsLeftOut: "{n} smaller queues are not drawn; their numbers are in “Where cases go”.",
        "{n} colas menores no se dibujan; sus números están en «Adónde van los casos».";
    Published: "published", "publicado";
    // Waits.
    WaitsLead: "Waits of services that began in the period, by stage. They leave out everybody who is still waiting or gave up, so they look better than a new filer’s wait while a queue grows.",
        "Esperas de los servicios que empezaron en el periodo, por etapa. Dejan fuera a quienes aún esperan o desistieron: mientras una cola crece, se ven mejor que la espera de quien llega.";
    WaitsByStage: "Waits of those whose turn came, by stage", "Esperas de quienes tuvieron su turno, por etapa";
    CohortMoreOne: "Filed later: 1 further period", "Presentados después: 1 periodo más";
    CohortMore: "Filed later: {n} further periods", "Presentados después: {n} periodos más";
    NoCohorts: "Waits by month of filing are not in this report: the model asks for no cohort.",
        "Las esperas por mes de solicitud no están en este informe: el modelo no pide cohortes.";
    CohortsTitle: "Those who file in a given month", "Quienes presentan su caso en un mes dado";
    CohortsLead: "Of those who filed from {from} to before {until}: the share out within each time, withdrawals and removals counted as what they are, cases still open as open.",
        "De quienes presentaron del {from} hasta antes del {until}: la parte que ha salido en cada plazo; los retiros y expulsiones cuentan como tales y lo abierto, como abierto.";
    Within: "within", "en";
    WayOpen: "still open", "sigue abierto";
    MedianToDecision: "median time to a decision, all who filed", "tiempo mediano hasta la decisión, todos los que presentaron";
    CompletedMean: "mean wait of those already decided (too short while cases are open)",
        "espera media de los ya resueltos (demasiado corta mientras haya casos abiertos)";
    CurvesLead: "Those who filed from {from} to before {until}, by the time since they filed: how many of a hundred are still open, or out in each way. Line: median of the futures. Band: nine in ten. Each way out competes with the others, so all shares together make the whole.",
        "Quienes presentaron del {from} hasta antes del {until}, según el tiempo transcurrido: cuántos de cada cien siguen abiertos o salieron de cada manera. Línea: mediana de los futuros. Banda: nueve de cada diez. Cada salida compite con las demás: las partes suman el total.";
    CurvesMore: "Filed from {from} to before {until}", "Presentados del {from} hasta antes del {until}";
    CurveOpen: "Still open", "Siguen abiertos";
    CurveDecided: "Granted or denied", "Concedidos o denegados";
    CurveRemoved: "Ordered removed", "Con orden de expulsión";
    CurveWithdrawn: "Withdrawn or abandoned", "Retirados o abandonados";
    CurveClosed: "Closed, or left the system", "Cerrados, o fuera del sistema";
    CurveAlt: "{way}, share of those who filed from {from} to before {until} by the time since then. {lines}",
        "{way}, parte de quienes presentaron del {from} hasta antes del {until}, según el tiempo desde entonces. {lines}";
    CurveAltLine: "{policy}: median {middle} after {length}, between {low} and {high} in nine of ten futures.",
        "{policy}: mediana {middle} tras {length}, entre {low} y {high} en nueve de diez futuros.";
    After: "after {length}", "tras {length}";
    SinceFiling: "{n} days since filing", "{n} días desde la presentación";
    YearOne: "1 year", "1 año";
    YearMany: "{n} years", "{n} años";
    DaysMany: "{n} days", "{n} días";
    AgesTitle: "Age of what is pending", "Antigüedad de lo pendiente";
    OlderThan: "older than {n} days", "más de {n} días";
    NinetyPercent: "nine in ten are younger than", "nueve de diez tienen menos de";
    // Flows.
    FlowsLead: "Drawn from the model: from left to right what comes in (dotted), stages, and ways out (shaded). Numbers are means over futures: cases that left a stage in the period; in brackets, the change against the baseline. What only this policy has is outlined.",
        "Dibujado a partir del modelo: de izquierda a derecha, entradas (punteadas), etapas y salidas (sombreadas). Los números son medias sobre futuros: casos que dejaron la etapa en el periodo; entre paréntesis, el cambio frente a la línea base. Lo que solo tiene esta política va con borde marcado.";
    TooManyToDraw: "The model has {n} parts, too many for a drawing; the tables below have all of them.",
        "El modelo tiene {n} partes, demasiadas para un dibujo; las tablas de abajo las tienen todas.";
    DiagramAlt: "Network under {policy}: {stages} stages, {exits} ways out. {lines}",
        "Red bajo {policy}: {stages} etapas, {exits} salidas. {lines}";
    DiagramAltLine: "{from} leads to {to}.", "{from} lleva a {to}.";
    Diagram: "The network under {policy}", "La red bajo {policy}";
    StagesTable: "What each stage did", "Lo que hizo cada etapa";
    Completed: "completed", "concluidos";
    Withdrawn: "withdrawn", "retirados";
    WaitingAtEnd: "waiting at the end", "en espera al final";
    Endings: "How cases ended", "Cómo terminaron los casos";
    LedgerTitle: "Ledger: who was moved, and where to", "Libro mayor: quién se movió y adónde";
    LedgerLead: "More (or fewer) cases in each place than under the baseline, by {until}. Cases do not vanish: what one queue loses, another line gains.",
        "Más (o menos) casos en cada lugar que en la línea base, al {until}. Los casos no desaparecen: lo que una cola pierde lo gana otro renglón.";
    NoLedger: "The change of each stage and way out against the baseline stands in the two tables above: a queue that was merely moved shows as a gain elsewhere.",
        "El cambio de cada etapa y salida frente a la línea base está en las dos tablas de arriba: una cola que solo se movió aparece como aumento en otra parte.";
    Relief: "relief", "protección concedida";
    Denial: "denial", "denegación";
    Removal: "removal", "expulsión";
    RemovalInAbsentia: "removal in absence", "expulsión en ausencia";
    KindWithdrawn: "withdrawn", "retiro";
    Abandoned: "abandoned", "abandono";
    Closed: "closed", "cierre";
    Left: "left", "salida del sistema";
    // Comparison.
    ComparisonLead: "Differences are paired: policy − baseline in the same future. Gain: how many times more futures unpaired runs would need.",
        "Las diferencias son pareadas: política − línea base en el mismo futuro. Ganancia: cuántas veces más futuros harían falta sin parear.";
    ComparisonNone: "There is one variant only, and nothing to compare.", "Hay una sola variante y nada que comparar.";
    Difference: "difference", "diferencia";
    Below: "lower in", "menor en";
    Above: "higher in", "mayor en";
    OfFutures: "{n} of futures", "{n} de los futuros";
    BestIn: "best in", "la mejor en";
    Gain: "gain", "ganancia";
    Candidates: "could be best on average", "podría ser la mejor en promedio";
    Yes: "yes", "sí";
    No: "no", "no";
    StripAlt: "Difference {mean}; half of the futures from {q25} to {q75}, nine in ten from {q05} to {q95}.",
        "Diferencia {mean}; la mitad de los futuros de {q25} a {q75}, nueve de diez de {q05} a {q95}.";
    QuantilesTitle: "How far the bad, the middling and the good futures move",
        "Cuánto se mueven los futuros malos, medianos y buenos";
    QuantilesLead: "Quantiles of the futures under the policy less those of the baseline; in brackets the interval from chance in the simulation ({level}, pairs drawn again 2,000 times). Not the quantiles of the differences above.",
        "Cuantiles de los futuros con la política menos los de la línea base; entre paréntesis, el intervalo por azar de la simulación ({level}, pares sorteados de nuevo 2000 veces). No son los cuantiles de las diferencias de arriba.";
    LowTenth: "10\u{a0}% quantile", "cuantil 10\u{a0}%";
    HighTenth: "90\u{a0}% quantile", "cuantil 90\u{a0}%";
    Design: "Sweeps, interactions, and where the verdict turns", "Barridos, interacciones y dónde cambia el veredicto";
    // Sweeps, interactions and flips. They stand in a terminal, too: spaces are plain there.
    Ratio: "ratio", "razón";
    LowerNumber: "{n} lower", "{n} menor";
    HigherNumber: "{n} higher", "{n} mayor";
    Error: "± MC {level}", "± MC {level}";
    Range90Plain: "90 % of futures", "90 % de futuros";
    SweepTitle: "Sweep: {outcome} [{unit}]", "Barrido: {outcome} [{unit}]";
    SweepAgainst: "Difference: from the baseline's policy at the same value; for that policy itself, from the baseline.",
        "Diferencia: frente a la política de la línea base con el mismo valor; la de esa misma política, frente a la línea base.";
    InteractionTitle: "Interaction {label}: {outcome} [{unit}]", "Interacción {label}: {outcome} [{unit}]";
    Together: "together, beyond the sum", "juntas, más que la suma";
    InteractionExact: "{both} changes exactly the sum of what {first} and {second} change, in every future.",
        "{both} cambia exactamente la suma de lo que cambian {first} y {second}, en todos los futuros.";
    InteractionClear: "{both} leaves {change} than the sum of {first} and {second} would ({interval} from chance in the simulation).",
        "{both} deja {change} que la suma de {first} y {second} ({interval} por azar de la simulación).";
    InteractionUnclear: "No interaction of {first} and {second} can be told from chance in the simulation ({mean}, {interval}).",
        "No se distingue del azar de la simulación ninguna interacción de {first} y {second} ({mean}, {interval}).";
    FlipTitle: "Flip {label}: {outcome}, {one} − {other} [{unit}]", "Cambio de signo {label}: {outcome}, {one} − {other} [{unit}]";
    SignOpen: "sign open", "signo abierto";
    SignBelow: "below 0", "bajo 0";
    SignAbove: "above 0", "sobre 0";
    FlipUndefined: "The outcome is undefined in every future.", "El resultado no está definido en ningún futuro.";
    FlipNeverBelow: "No flip in the range: at no {axis} tested from {least} to {most} is {one} below {other}{open}.",
        "El signo no cambia en el rango: con ningún valor de {axis} probado, de {least} a {most}, queda {one} por debajo de {other}{open}.";
    FlipNeverAbove: "No flip in the range: at no {axis} tested from {least} to {most} is {one} above {other}{open}.",
        "El signo no cambia en el rango: con ningún valor de {axis} probado, de {least} a {most}, queda {one} por encima de {other}{open}.";
    FlipOpen: "; at {n} of them chance leaves the sign open", "; en {n} de ellos el azar deja abierto el signo";
    FlipAt: "The sign turns at {axis} = {at} (between tested values the difference is taken as linear); chance leaves it open from {from} to {until}.",
        "El signo cambia en {axis} = {at} (entre valores probados la diferencia se toma como lineal); el azar lo deja abierto de {from} a {until}.";
    FlipBelowLeast: "below the least tested", "menos del menor valor probado";
    FlipBeyondGreatest: "beyond the greatest tested", "más del mayor valor probado";
    // Names of figures where a study asks for none.
    HeadlineWaiting: "{label}: waiting at end", "{label}: en espera al final";
    HeadlinePersons: "{label}: persons there at end", "{label}: personas presentes al final";
    HeadlineOut: "{label}: cases out", "{label}: casos salidos";
    // Cautions, each with its advice.
    FuturesOne: "{n} future", "{n} futuro";
    FuturesMany: "{n} futures", "{n} futuros";
    CautionOneFuture: "one future alone says nothing of the Monte Carlo error of \"{figure}\"",
        "un solo futuro no dice nada del error de Monte Carlo de «{figure}»";
    AdviceOneFuture: "run more than one: `--replications 50`", "ejecute más de uno: `--replications 50`";
    CautionFew: "the Monte Carlo error of \"{figure}\" is {n} % of its mean",
        "el error de Monte Carlo de «{figure}» es {n} % de su media";
    AdviceFew: "about {shown} replications would do: `--replications {n}`",
        "bastarían unas {shown} repeticiones: `--replications {n}`";
    CautionOverload: "{stage} has more work than it can do: {n} % busy, {first} waiting at the first date and {last} at the end; its line grows for as long as this lasts",
        "{stage} tiene más trabajo del que puede hacer: ocupada {n} % del tiempo, {first} en espera en la primera fecha y {last} al final; su cola crece mientras esto dure";
    AdviceOverload: "read the level at a date, never a long-run average; more staff, fewer arrivals or fewer returns would end the growth",
        "lea el nivel en una fecha, nunca un promedio de largo plazo; más personal, menos llegadas o menos regresos detendrían el crecimiento";
    CautionFluid: "{stage}: {simulated} wait at the end on average, and {fluid} in the same network as a fluid, without chance",
        "{stage}: {simulated} esperan al final en promedio, y {fluid} en la misma red como fluido, sin azar";
    AdviceFluid: "find out what makes the difference before using the numbers of this stage: chance in a small system, or a rule that the fluid does not have, such as a response",
        "averigüe a qué se debe la diferencia antes de usar los números de esta etapa: azar en un sistema pequeño, o una regla que el fluido no tiene, como una respuesta";
    CautionLoop: "{response}: loop gain {gain}: what it changes feeds itself",
        "{response}: ganancia del ciclo {gain}: lo que cambia se alimenta a sí mismo";
    AdviceLoop: "only its `cap` and the end of the run hold it: lower the elasticity, or read the result as a bound",
        "solo su `cap` y el final de la corrida lo detienen: baje la elasticidad, o lea el resultado como una cota";
    AnswersArrivals: "arrivals of {name}", "llegadas de {name}";
    AnswersWay: "{from} to {to}", "de {from} a {to}";
    AnswersWithdrawals: "withdrawals from {from}", "retiros de {from}";
    AnswersBy: "{what}, by {signal}", "{what}, según {signal}";
    CautionUnsourcedOne: "1 input has no source", "1 entrada no tiene fuente";
    CautionUnsourced: "{n} inputs have no source", "{n} entradas no tienen fuente";
    AdviceUnsourced: "give each a `source`, or grade D and a `note` that says why; `caseload explain` lists them",
        "dé a cada una su `source`, o grado D y una `note` que diga por qué; `caseload explain` las enumera";
    CautionPairing: "common random numbers gained little for \"{figure}\": a factor {gain}",
        "los números aleatorios comunes ganaron poco en «{figure}»: un factor {gain}";
    AdvicePairing: "make more replications, or set `service-draws` to the other of \"slot\" and \"case\" under [replications]",
        "haga más repeticiones, o ponga en `service-draws`, bajo [replications], el otro valor de \"slot\" y \"case\"";
    CautionWait: "\"{figure}\" leaves out those who still wait: of {n} at {stage} at the end ({days} days so far on average) {beyond} have already waited longer than the {wait} days of the {started} whose turn came",
        "«{figure}» deja fuera a quienes siguen esperando: de {n} en {stage} al final (en promedio {days} días hasta ahora), {beyond} ya han esperado más que los {wait} días de los {started} que tuvieron su turno";
    LikewiseOne: "; likewise at 1 other stage", "; igual en otra etapa";
    LikewiseMany: "; likewise at {n} other stages", "; igual en otras {n} etapas";
    AdviceWait: "never read it as the wait of all who came: read it beside those still waiting, and see the cohorts of a report, or ask for `share-within`",
        "no la lea como la espera de todos los que llegaron: léala junto a quienes siguen esperando, y vea las cohortes de un informe o pida `share-within`";
    CautionShorter: "\"{figure}\" is shorter for those whose turn came, but {n} still wait at {stage} at the end, {days} days so far on average; under {baseline} {before}, {earlier} days",
        "«{figure}» es menor para quienes tuvieron su turno, pero {n} siguen esperando en {stage} al final, en promedio {days} días hasta ahora; con {baseline}, {before}, {earlier} días";
    AdviceShorter: "do not call the policy better by this wait alone: compare those waiting at the end, their age, and the cohorts of a report",
        "no diga que la política es mejor solo por esta espera: compare a quienes esperan al final, su antigüedad y las cohortes de un informe";
    MeanWaitAt: "{stage}: wait, mean", "{stage}: espera media";
    CautionUndefined: "\"{figure}\" is undefined in {n} of {of} and left out there",
        "«{figure}» no está definida en {n} de {of}, y allí se omite";
    AdviceUndefined: "it rests on something that did not happen there, such as a start or a departure: ask for it at another date, or over a longer time",
        "depende de algo que allí no ocurrió, como un inicio o una salida: pídala en otra fecha, o sobre un plazo más largo";
    CautionInterrupted: "the run was interrupted after {futures}", "la corrida se interrumpió tras {futures}";
    AdviceInterrupted: "what is shown is what a shorter run would give; run again for the rest",
        "lo que se muestra es lo que daría una corrida más corta; ejecute de nuevo para tener el resto";
    CautionPrecision: "the precision asked for was not reached in {futures}",
        "no se alcanzó en {futures} la precisión pedida";
    AdvicePrecision: "raise `max` under [replications], or ask for a wider half-width",
        "suba `max` bajo [replications], o pida un semiancho mayor";
    // Burden.
    Costs: "Cost by item", "Costo por concepto";
    PlacesTable: "Persons at each place", "Personas en cada lugar";
    OverCapacity: "peak over the capacity of {n} in", "máximo sobre el cupo de {n} en";
    Clocks: "Legal time limits met", "Plazos legales cumplidos";
    ClocksMissed: "Share in time; the rest missed the limit.", "Parte a tiempo; el resto rebasó el plazo.";
    NoBurden: "The model has no prices, places or legal time limits.", "El modelo no tiene precios, lugares ni plazos legales.";
    // Certainty.
    CertaintyLeadOne: "Two kinds of doubt. Chance in the simulation is the error of a mean; one future alone cannot tell it. The range of futures is what may really come; more futures do not make it smaller.",
        "Dos clases de duda. El azar de la simulación es el error de una media; un solo futuro no permite conocerlo. El rango de futuros es lo que de verdad puede ocurrir; más futuros no lo reducen.";
    CertaintyLead: "Two kinds of doubt. Chance in the simulation is the error of a mean of {n} futures; more futures make it smaller. The range of futures is what may really come; more futures do not make it smaller.",
        "Dos clases de duda. El azar de la simulación es el error de una media de {n} futuros; más futuros lo reducen. El rango de futuros es lo que de verdad puede ocurrir; más futuros no lo reducen.";
    SharesTitle: "How much of the spread is unknown inputs", "Qué parte de la dispersión viene de entradas inciertas";
    SharesLead: "The rest is chance: who comes when, how long each hearing takes.",
        "El resto es azar: quién llega cuándo, cuánto dura cada audiencia.";
    NoShares: "How much of the spread unknown inputs make was not estimated: they did not vary, or there were too few draws.",
        "No se estimó qué parte de la dispersión viene de entradas inciertas: no variaron o hubo pocos sorteos.";
    DriversTitle: "Inputs that drive it", "Entradas que la mueven";
    FromInputs: "from unknown inputs", "de entradas inciertas";
    Input: "Input", "Entrada";
    ShareOfVariance: "share of the variance", "parte de la varianza";
    Correlation: "rank correlation", "correlación de rangos";
    OfDifference: "difference", "diferencia";
    // Audit.
    AuditExactOne: "exact in the one future", "exacto en el único futuro";
    AuditExact: "exact in all {n} futures", "exacto en los {n} futuros";
    AuditBrokenOne: "BROKEN in 1 future: this is a bug", "ROTO en 1 futuro: es un error del programa";
    AuditBroken: "BROKEN in {n} futures: this is a bug", "ROTO en {n} futuros: es un error del programa";
    Conservation: "Every case is accounted for: initial + filed + returned = ended + pending",
        "Cada caso tiene cuenta: iniciales + presentados + devueltos = terminados + pendientes";
    Little: "Little’s law over the whole run: area under the queue = time spent by cases",
        "Ley de Little en toda la corrida: área bajo la cola = tiempo de los casos";
    Busy: "Nobody works more than the staff there is; all work is accounted for",
        "Nadie trabaja más que el personal que hay; todo el trabajo tiene cuenta";
    FluidTitle: "Against the fluid twin", "Frente al gemelo fluido";
    FluidLead: "A deterministic model of the same stage, without chance. A large gap means that chance sets the queue, or an error.",
        "Un modelo determinista de la misma etapa, sin azar. Una diferencia grande indica que el azar fija la cola, o un error.";
    Simulated: "simulated", "simulado";
    Fluid: "fluid", "fluido";
    Gap: "gap", "diferencia";
    SelfTestTitle: "The program against textbook theory", "El programa frente a la teoría";
    SelfTestHeld: "{n} of {all} exact results of queueing theory hold for this version: at most 4 standard errors and 1\u{a0}% off.",
        "{n} de {all} resultados exactos de la teoría de colas se cumplen en esta versión: a lo sumo 4 errores estándar y 1\u{a0}% de diferencia.";
    SelfTest: "Simulated and exact. `caseload validate` repeats it.", "Simulado y exacto. `caseload validate` lo repite.";
    TestedSystem: "system", "sistema";
    TestedFigure: "figure", "cifra";
    Theory: "theory", "teoría";
    Estimate: "estimate", "estimación";
    TestedError: "± 95\u{a0}%", "± 95\u{a0}%";
    OffBy: "off [s.e.]", "diferencia [e.e.]";
    TestVerdict: "verdict", "veredicto";
    TestedWait: "mean wait [days]", "espera media [días]";
    TestedWaiting: "mean waiting [cases]", "media en espera [casos]";
    TestedDelayed: "share delayed", "parte que espera";
    TestedBusy: "utilization", "utilización";
    Holds: "holds", "se cumple";
    Fails: "FAILS", "NO SE CUMPLE";
    Cautions: "Cautions", "Advertencias";
    NoCautions: "None.", "Ninguna.";
    // Provenance.
    PoliciesTitle: "Policies, change by change", "Políticas, cambio por cambio";
    NoPolicies: "No policy file: the model as it is.", "Sin archivo de política: el modelo tal cual.";
    InputsTitle: "Assumptions", "Supuestos";
    InputsLead: "Inputs of grade D or without a source. {n} of {all}.", "Entradas de grado D o sin fuente. {n} de {all}.";
    SourcedTitle: "Inputs from sources", "Entradas con fuente";
    SourcesTitle: "Sources", "Fuentes";
    Value: "Value", "Valor";
    RangeOf: "Range (5\u{a0}% to 95\u{a0}%)", "Rango (5\u{a0}% a 95\u{a0}%)";
    Source: "Source", "Fuente";
    Grade: "Grade", "Grado";
    Why: "Why", "Por qué";
    NoSource: "no source given", "sin fuente";
    Only: "only: {n}", "solo: {n}";
    CitedByOne: "cited by 1 input", "citada por 1 entrada";
    CitedBy: "cited by {n} inputs", "citada por {n} entradas";
    DiffSet: "{what} becomes {value}", "{what} pasa a {value}";
    DiffSetFrom: "{what} goes from {before} to {value}", "{what} pasa de {before} a {value}";
    DiffScale: "{what} is multiplied by {value}", "{what} se multiplica por {value}";
    DiffAdd: "{what} rises by {value}", "{what} aumenta en {value}";
    DiffTakeAway: "{what} falls by {value}", "{what} disminuye en {value}";
    DiffDivert: "{share} of those on the way {what} go to {value}", "{share} de quienes van por {what} pasan a {value}";
    DiffDivertAll: "all", "todos";
    DiffInsert: "new: {what}", "nuevo: {what}";
    DiffRemove: "{what} is taken away", "se elimina {what}";
    DiffFrom: "From {from}, ", "Desde {from}, ";
    DiffUntil: "until {until}, ", "hasta {until}, ";
    DiffOnceAbove: "Once {signal} is above {bound} (looked at on {dates}){after}, ",
        "Cuando {signal} supere {bound} (se mira el {dates}){after}, ";
    DiffOnceBelow: "Once {signal} is below {bound} (looked at on {dates}){after}, ",
        "Cuando {signal} baje de {bound} (se mira el {dates}){after}, ";
    DiffOnceAfter: ", {length} later", ", {length} después";
    SignalWait: "the wait at {of}", "la espera en {of}";
    SignalWaiting: "the number of cases waiting at {of}", "el número de casos en espera en {of}";
    SignalShare: "the share of those leaving {of} who go to {to}", "la parte de quienes salen de {of} que va a {to}";
    SignalPopulation: "the number of persons at {of}", "el número de personas en {of}";
    SignalPending: "the number of open cases", "el número de casos abiertos";
    SignalArrived: "the number of arrivals at {of} in {to}", "el número de llegadas a {of} en {to}";
    OfBaseline: "the value of the baseline", "el valor de la línea base";
    TimesBaseline: "{n} times the value of the baseline", "{n} veces el valor de la línea base";
    Or: " or ", " o ";
    And: " and ", " y ";
    DiffFade: ", then wearing off by half every {half}", ", y luego se atenúa a la mitad cada {half}";
    DiffFadeTo: ", then wearing off towards {floor} of itself, by half of the rest every {half}",
        ", y luego se atenúa hacia {floor} de sí, a la mitad del resto cada {half}";
    DiffRamp: ", building up over {ramp}", ", con una fase de aumento de {ramp}";
    // Methods.
    StressTitle: "STRESS-DES checklist", "Lista STRESS-DES";
    StressLead: "Filled from the model (Monks et al. 2019). A gap is what only a person can say.",
        "Llenada a partir del modelo (Monks et al. 2019). Un hueco es lo que solo una persona puede decir.";
    GapMark: "gap: to be filled by the authors", "hueco: lo llenan los autores";
    Repeat: "To repeat it", "Para repetirlo";
    Command: "Command", "Comando";
    VerifyWith: "This page verifies itself: `caseload verify FILE` runs the enclosed files again and compares every table.",
        "Esta página se verifica sola: `caseload verify ARCHIVO` ejecuta de nuevo los archivos incluidos y compara cada tabla.";
    VariantHash: "Hash of {name}", "Huella de {name}";
    Files: "Enclosed files", "Archivos incluidos";
    File: "File", "Archivo";
    Hash: "BLAKE3", "BLAKE3";
    Download: "download", "descargar";
    Seal: "Seal of this report", "Sello de este informe";
    Version: "Version", "Versión";
    Uncertain: "Inputs with a range", "Entradas con rango";
    SampledOne: "drawn anew in every future", "sorteadas en cada futuro";
    Sampled: "drawn anew every {n} futures", "sorteadas cada {n} futuros";
    Central: "at their central values", "en sus valores centrales";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<&str> {
        let mut found: Vec<&str> =
            text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn every_key_says_the_same_in_both_languages() {
        for &key in ALL {
            let (en, es) = (text(key, Lang::En), text(key, Lang::Es));
            assert!(!en.trim().is_empty() && !es.trim().is_empty(), "{key:?}");
            assert_eq!(places(en), places(es), "{key:?}");
        }
    }

    #[test]
    fn sentences_are_translated() {
        let same = |key: &&Key| text(**key, Lang::En) == text(**key, Lang::Es);
        let longest = ALL.iter().filter(same).map(|&key| text(key, Lang::En).len()).max();
        // Names, marks and signs alone are alike.
        assert!(longest.unwrap_or(0) <= "caseload {version}".len());
    }
}
