//! `--report`, `caseload report` and `caseload verify`.

use crate::support::{Court, code, stderr, stdout};
use std::fmt::Write as _;
use std::fs;

/// What a text of a file must never become.
const HOSTILE: &str = "</script><script>document.title='run'</script> \\\"q\\\" 'q' <img src=x onerror=alert(1)> \\u202Eback \\u2067x & {{ 7*7 }} href=\\\"data:application/gzip;base64,AAAA\\\"";

fn ran(court: &Court, arguments: &str) -> String {
    let output = court.run(arguments);
    assert_eq!(code(&output), 0, "{arguments}: {}", stderr(&output));
    stdout(&output)
}

/// The text of a page outside its scripts and style, and how many scripts of each kind it has.
fn scripts(page: &str) -> Vec<&str> {
    page.match_indices("<script").map(|(start, _)| page[start..].split('>').next().unwrap()).collect()
}

#[test]
fn neither_threads_nor_the_place_of_a_report_change_a_byte_of_it() {
    let court = Court::new("page-bytes");
    let written = |options: &str, folder: &str| {
        ran(&court, &format!("compare study.toml {options} --report {folder}.html --out {folder}"));
        [".html", "/report.json", "/manifest.json"].map(|end| court.read(&format!("{folder}{end}")))
    };
    let one = written("--threads 1", "one");
    assert_eq!(one, written("--threads 2 --plain", "two"));
    let more = written("--threads 2 -n 4", "more");
    assert!(
        more[2].contains("\"--replications\"") && more[0].contains("compare study.toml --replications 4")
    );
}

#[test]
fn a_page_shows_the_answer_and_needs_nothing_else() {
    let court = Court::new("page");
    ran(&court, "compare study.toml --report deep/report.html");
    // The name of SVG is no address that anything is fetched from.
    let page = court.read("deep/report.html").replace("\"http://www.w3.org/2000/svg\"", "svg");
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">") && page.ends_with("</html>\n"));
    for part in [
        "What do more judges change?",
        "fewer cases than now",
        "from chance in the simulation; 80\u{a0}% of futures between",
        "the same as now in every future",
        "<svg class=\"fan\"",
        "<svg class=\"network\"",
        "class=\"capacity\"",
        "From 1\u{a0}December\u{a0}2019, pool.judge.start is multiplied by 1.5",
        "STRESS-DES",
        "gap: to be filled by the authors",
        "href=\"data:application/gzip;base64,",
        "caseload compare study.toml\n",
        "default-src 'none'",
    ] {
        assert!(page.contains(part), "no `{part}` in the page");
    }
    // Nothing is fetched: no address but those of sources, none here, and of the enclosed files.
    for mark in ["src=", "url(", "@import", "http:", "https:", "<link", "<iframe", "<img"] {
        assert!(!page.contains(mark), "the page has `{mark}`");
    }
    assert_eq!(scripts(&page).len(), 2);
    assert!(page.len() < 400_000, "{} bytes", page.len());
}

#[test]
fn the_same_run_gives_the_same_page_and_a_page_needs_no_second_run() {
    let court = Court::new("again");
    ran(&court, "compare study.toml --out run --report a.html");
    ran(&court, "report run -o b.html");
    assert_eq!(court.read("a.html"), court.read("b.html"));
    // A page can be made from a page.
    ran(&court, "report a.html -o c.html");
    assert_eq!(court.read("a.html"), court.read("c.html"));
    assert_eq!(ran(&court, "report run"), court.read("a.html"));
    assert_eq!(ran(&court, "report a.html --format json"), court.read("run/report.json"));
}

#[test]
fn a_report_verifies_itself_in_every_form() {
    let court = Court::new("verify");
    ran(&court, "compare study.toml --out run --report a.html");
    ran(&court, "report run --lang es -o es.html");
    ran(&court, "run model.toml --policy more=more.toml --replications 3 --seed 5 --report one.html");
    ran(&court, "compare model.toml --policy more=more.toml -n 2 --report two.html");
    // What verifies is what is enclosed: the files themselves are gone.
    for file in ["model.toml", "more.toml", "study.toml"] {
        fs::remove_file(court.path().join(file)).unwrap();
    }
    for (report, futures) in [("a.html", 8), ("es.html", 8), ("one.html", 3), ("two.html", 2), ("run", 8)] {
        let text = ran(&court, &format!("verify {report}"));
        assert!(text.contains(&format!("{futures} futures, every table is identical")), "{text}");
        assert!(text.contains("answer       identical\n"), "{text}");
    }
}

#[test]
fn a_report_of_other_numbers_is_not_verified() {
    let court = Court::new("other");
    ran(&court, "compare study.toml --report a.html");
    // A page whose visible text was edited, with the enclosed document as it was.
    let page = court.read("a.html");
    court.write("edited.html", &page.replacen("the same as now", "better than now", 1));
    let output = court.run("verify edited.html");
    assert_eq!(code(&output), 4);
    assert!(stdout(&output).contains("page         differs: the page was changed after it was written"));
    assert!(stdout(&output).contains("NOT verified"));
}

#[test]
fn a_cut_or_edited_report_is_refused_with_what_is_wrong() {
    let court = Court::new("broken");
    ran(&court, "compare study.toml --out run --report a.html");
    let (page, document) = (court.read("a.html"), court.read("run/report.json"));
    let refused = |arguments: &str, problem: &str| {
        let output = court.run(arguments);
        assert_eq!((code(&output), stdout(&output).as_str()), (2, ""), "{arguments}");
        assert!(stderr(&output).contains(problem), "{arguments}: {}", stderr(&output));
        assert!(stderr(&output).contains("= help: run the study again"), "{}", stderr(&output));
    };
    court.write("cut.html", &page[..page.len() - 2000]);
    refused("verify cut.html", "it is cut short");
    court.write("half.html", &page[..page.len() / 2]);
    refused("report half.html", "it is cut short");
    // The texts of the files stand in their links.
    let link = "href=\"data:application/gzip;base64,";
    let inside = page.find(link).unwrap() + link.len() + 100;
    let other = if &page[inside..=inside] == "A" { "B" } else { "A" };
    let edited = format!("{}{other}{}", &page[..inside], &page[inside + 1..]);
    for linked in [edited, page.replacen(link, "href=\"#", 1)] {
        court.write("linked.html", &linked);
        refused("verify linked.html", "it was changed after it was written");
    }
    court.write("run/report.json", &document[..document.len() / 2]);
    refused("report run", "it is cut short");
    court.write("run/report.json", &document.replacen("\"seed\": 7", "\"seed\": 8", 1));
    refused("report run", "it was changed after it was written");
    refused("verify run", "it was changed after it was written");
    court.write("run/report.json", &document.replacen("\"form\": 5", "\"form\": 1", 1));
    refused("report run", "it is of form 1, and this program reads form 5");
    court.write("run/report.json", "[]");
    refused("report run/report.json", "it is not a report");
    court.write("other.html", "<p>hello");
    refused("report other.html", "it is not a report: no page of caseload");
    let missing = court.run("report nowhere");
    assert_eq!(code(&missing), 1);
    assert!(stderr(&missing).contains("cannot read `nowhere`"), "{}", stderr(&missing));
}

#[test]
fn a_name_that_says_no_form_is_refused_before_the_run() {
    let court = Court::new("form");
    let output = court.run("run model.toml --report report.doc");
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("end it in .html, .md, .csv, .parquet"), "{}", stderr(&output));
    assert_eq!(code(&court.run("report model.toml --format html")), 2);
}

#[test]
fn spanish_has_no_english_left_in_its_sentences() {
    let court = Court::new("spanish");
    court.replace(
        "study.toml",
        "\"What do more judges change?\"",
        "{ en = \"What changes?\", es = \"¿Qué cambia con más jueces?\" }",
    );
    court.replace("more.toml", "\"More judges\"", "{ en = \"More judges\", es = \"Más jueces\" }");
    ran(&court, "compare study.toml --report a.html --lang es");
    let page = court.read("a.html");
    for part in [
        "<html lang=\"es\">",
        "¿Qué cambia con más jueces?",
        "Más jueces",
        "La respuesta",
        "casos menos que now",
        "80\u{a0}% de los futuros entre",
        "7 de junio de 2019",
        "ene\u{a0}2020",
        "supuestos",
    ] {
        assert!(page.contains(part), "no `{part}`");
    }
    for word in ["The answer", "fewer cases", "What changes?", "Queue lengths", "from chance"] {
        assert!(!page.contains(word), "English in the page: {word}");
    }
}

#[test]
fn cautions_sweeps_interactions_and_flips_are_told_in_spanish() {
    let court = Court::new("spanish-design");
    court.replace(
        "study.toml",
        "\"waiting for a hearing\"",
        "{ en = \"waiting for a hearing\", es = \"en espera\" }",
    );
    court.write("again.toml", &court.read("more.toml"));
    court.replace(
        "study.toml",
        "more = [\"more.toml\"]",
        "more = [\"more.toml\"], other = [\"again.toml\"], both = [\"more.toml\", \"again.toml\"]",
    );
    let asked = "[axis.judges]\npath = \"pool.judge.start\"\nvalues = [20, 30]\n\
         [interaction.two]\nlabel = { en = \"twice\", es = \"dos veces\" }\nof = \"end\"\nfirst = \"more\"\nsecond = \"other\"\nboth = \"both\"\n\
         [flip.turn]\nlabel = { en = \"turn\", es = \"giro\" }\naxis = \"judges\"\noutcome = \"end\"\nbetween = [\"now\", \"more\"]\n";
    court.write("study.toml", &(court.read("study.toml") + asked));
    ran(&court, "compare study.toml -n 2 --out run");
    let [english, spanish] =
        ["en", "es"].map(|lang| ran(&court, &format!("report run --format md --lang {lang}")));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (english, spanish) = (words(&english), words(&spanish));
    for (en, es) in [
        ("Sweep: end: waiting for a hearing [cases]", "Barrido: end: en espera [casos]"),
        ("90 % of futures", "90 % de futuros"),
        ("Difference: from the baseline's policy", "Diferencia: frente a la política"),
        (
            "Interaction twice, judges = 20: waiting for a hearing [cases]",
            "Interacción dos veces, judges = 20: en espera [casos]",
        ),
        ("together, beyond the sum", "juntas, más que la suma"),
        (
            "Flip turn: waiting for a hearing, now − more [cases]",
            "Cambio de signo giro: en espera, now − more [casos]",
        ),
        ("No flip in the range: at no judges tested", "El signo no cambia en el rango"),
        ("above 0", "sobre 0"),
        ("has more work than it can do", "tiene más trabajo del que puede hacer"),
        ("the Monte Carlo error of", "el error de Monte Carlo de «"),
    ] {
        assert!(english.contains(en), "no `{en}`");
        assert!(spanish.contains(es), "no `{es}`");
        assert!(!spanish.contains(en), "English: `{en}`");
    }
}

#[test]
fn a_text_and_a_table_have_the_numbers_of_the_page() {
    let court = Court::new("forms");
    ran(&court, "compare study.toml --out run");
    let text = ran(&court, "report run --format md");
    assert!(
        text.contains("# What do more judges change?\n") && text.contains("fewer cases than now"),
        "{text}"
    );
    let table = ran(&court, "report run --format csv");
    let json: serde_json::Value = serde_json::from_str(&court.read("run/compare.json")).unwrap();
    let difference = &json["variants"]["more"]["difference"]["outcomes"]["end"];
    let row = |statistic: &str| -> f64 {
        let start = format!("answer,end,waiting for a hearing,cases,more,,{statistic},");
        table.lines().find_map(|line| line.strip_prefix(&start)).unwrap().parse().unwrap()
    };
    // A report keeps a hundredth of the standard error; t for 7 degrees of freedom is 2.36.
    let (mean, half) = (difference["mean"].as_f64().unwrap(), difference["half-width"].as_f64().unwrap());
    assert!((row("difference-mean") - mean).abs() <= half / 236.0);
    let moved = &json["variants"]["more"]["answers"]["end"]["quantiles"]["q10"];
    assert_eq!(row("difference-of-q10"), moved["difference"].as_f64().unwrap());
    // Eight futures are too few to say how sure that is.
    assert!(moved["low"].is_null() && !table.contains("difference-of-q10-low"));
    let series = &json["variants"]["now"]["run"]["series"];
    let (date, q50) = (&series["dates"][3], &series["stages"]["merits"]["waiting"]["q50"][3]);
    let q50 = q50.as_f64().unwrap().round();
    let row = format!("queues,stages.merits.waiting,merits,cases,now,{},q50,{q50}", date.as_str().unwrap());
    assert!(table.lines().any(|line| line == row), "no `{row}`");
    assert!(table.contains("burden,juarez,Ciudad Juárez,share,more,,peak-over-capacity,"));
}

#[test]
fn texts_of_files_are_data_and_never_markup() {
    let court = Court::new("hostile");
    court.replace(
        "model.toml",
        "title = \"A court\"",
        &format!("title = \"{HOSTILE}\"\nsources = \"sources.toml\""),
    );
    court.replace("model.toml", "pool = \"judge\"\n", &format!("pool = \"judge\"\nlabel = \"{HOSTILE}\"\nsource = {{ ref = \"x\", at = \"{HOSTILE}\", grade = \"D\" }}\nnote = \"{HOSTILE}\"\n"));
    court.write(
        "sources.toml",
        &format!("[x]\ntitle = \"{HOSTILE}\"\nurl = \"https://example.org/?a=\\\"onclick=alert(1)\"\n"),
    );
    court.replace("more.toml", "\"More judges\"", &format!("\"{HOSTILE}\""));
    court.replace("more.toml", "\"hiring\"", &format!("\"{HOSTILE}\""));
    court.replace("study.toml", "more = [\"more.toml\"]", "\"<b>&'x'\\\"\" = [\"more.toml\"]");
    court.replace("study.toml", "\"waiting for a hearing\"", &format!("\"{HOSTILE}\""));
    ran(&court, "compare study.toml --out run --report a.html");
    let page = court.read("a.html");
    assert_eq!(scripts(&page).len(), 2, "a script got in");
    assert!(!page.contains("<img") && !page.contains("\"onclick") && !page.contains("<b>&'"));
    assert!(!page.contains(['\u{202e}', '\u{2067}']), "a mark that turns the text got in");
    assert!(page.contains("{{ 7*7 }}"));
    assert_eq!(code(&court.run("verify a.html")), 0);
    let text = ran(&court, "report run --format md");
    assert!(!text.contains("<script") && !text.contains("<img"));
}

#[test]
fn two_hundred_stages_and_endless_names_make_a_page() {
    let court = Court::new("many");
    let mut model = String::from(
        "caseload = 1\nkind = \"model\"\ntitle = \"Many\"\nstart = 2020-01-01\nend = 2020-06-01\n[class.case]\n[pool.p]\nstart = 50\n[arrivals.in]\nto = \"s0\"\nrate = \"2 /day\"\n[exit.done]\nkind = \"closed\"\n",
    );
    for stage in 0..200 {
        let next = if stage == 199 { "done".to_owned() } else { format!("s{}", stage + 1) };
        let label = "Wörtermitsehrvielenbuchstaben".repeat(12);
        let _ = write!(
            model,
            "[stage.s{stage}]\nlabel = \"{label}\"\npool = \"p\"\nservice.constant = \"4 hours\"\nthen = {{ {next} = 1.0 }}\n"
        );
    }
    court.write("many.toml", &model);
    ran(&court, "run many.toml -n 2 --report many.html");
    let page = court.read("many.html");
    assert!(page.contains("too many for a drawing") && page.contains("smaller queues are not drawn"));
    assert!(page.len() < 2_000_000, "{} bytes", page.len());
}

/// Ten policies, forty stages and sixty dates: what a page of the whole world has more of is words.
#[test]
fn ten_policies_stay_far_below_what_a_mail_takes() {
    let court = Court::new("ten");
    let mut model = String::from(
        "caseload = 1\nkind = \"model\"\ntitle = \"Ten\"\nstart = 2019-01-01\nend = 2023-12-31\n[class.case]\n[pool.p]\nstart = 3\n[pool.q]\nstart = 3\n[exit.done]\nkind = \"closed\"\n",
    );
    for stage in 0..40 {
        let pool = ["p", "q"][stage % 2];
        let then = if stage < 38 { format!("s{} = 0.5, done = 0.5", stage + 2) } else { "done = 1.0".into() };
        let _ = write!(
            model,
            "[arrivals.a{stage}]\nto = \"s{stage}\"\nrate = \"{} /yr\"\n[stage.s{stage}]\nlabel = \"Hearing number {stage}\"\npool = \"{pool}\"\nservice.exponential = {{ mean = \"12 days\" }}\nthen = {{ {then} }}\n",
            4 + stage % 5
        );
    }
    court.write("model.toml", &model);
    let mut policies = String::from("now = []");
    for policy in 1..=10 {
        let pool = ["p", "q"][policy % 2];
        court.write(
            &format!("{policy}.toml"),
            &format!("caseload = 1\nkind = \"policy\"\ntitle = \"More servers of kind {policy}\"\nextends = \"model.toml\"\nintent = [\"pool\"]\n[[change]]\npath = \"pool.{pool}.start\"\nset = {}\nfrom = 2020-06-01\n", 3 + policy),
        );
        let _ = write!(policies, ", p{policy} = [\"{policy}.toml\"]");
    }
    court.write("study.toml", &format!("caseload = 1\nkind = \"study\"\nmodel = \"model.toml\"\nbaseline = \"now\"\npolicies = {{ {policies} }}\n[replications]\nseed = 1\nnumber = 24\n"));
    ran(&court, "compare study.toml --report ten.html");
    let page = court.read("ten.html");
    assert!((600_000..1_400_000).contains(&page.len()), "{} bytes", page.len());
    assert_eq!(page.matches("<svg class=\"fan\"").count(), 24);
}

#[test]
#[cfg(target_os = "linux")]
fn a_terminal_gets_a_picture_and_a_pipe_none() {
    let court = Court::new("picture");
    let program = env!("CARGO_BIN_EXE_caseload");
    let on_a_terminal = |flags: &str, no_color: &str| {
        let mut command = std::process::Command::new("script");
        let line = format!("{program} compare study.toml {flags}");
        command.current_dir(court.path()).args(["-qec", &line, "/dev/null"]);
        let output = command.env("NO_COLOR", no_color).stdin(std::process::Stdio::null()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let coloured = on_a_terminal("--report a.html", "");
    assert!(
        coloured.contains("Through time: median of 8 futures") && coloured.contains("\u{1b}[34m"),
        "{coloured}"
    );
    assert!(coloured.contains("report: a.html"));
    for text in [on_a_terminal("--no-color", ""), on_a_terminal("", "1")] {
        assert!(
            text.contains("Through time") && text.contains('▅') && !text.contains("\u{1b}[34m"),
            "{text}"
        );
    }
    assert!(!on_a_terminal("--plain", "").contains("Through time"));
    assert!(!ran(&court, "compare study.toml").contains("Through time"));
}

#[test]
fn sweeps_of_a_study_stand_in_its_report() {
    let court = Court::new("sweep");
    let study = court.read("study.toml") + "[axis.judges]\npath = \"pool.judge.start\"\nvalues = [20, 30]\n";
    court.write("study.toml", &study);
    let text = ran(&court, "compare study.toml -n 3 --report a.html --out run");
    let page = court.read("a.html");
    assert!(
        page.contains("Sweeps, interactions, and where the verdict turns")
            && page.contains("<pre class=\"design\"")
    );
    let told = page.split("<pre class=\"design\" tabindex=\"0\">").nth(1).unwrap();
    let line = told.lines().find(|line| line.contains("judges")).unwrap();
    assert!(text.contains(line), "{line}");
    assert!(ran(&court, "report run --format md").contains("## Sweeps, interactions"));
    assert_eq!(code(&court.run("verify a.html")), 0);
}

#[test]
fn what_answers_is_named_in_spanish_and_the_clearance_rate_is_shown() {
    let court = Court::new("answers");
    let response = "[[stage.merits.responds]]\nwhat = \"withdraw\"\nsignal = \"waiting(merits)\"\nelasticity = -40.0\ncap = 3.0\n";
    court.replace("model.toml", "[initial.merits]", &format!("{response}[initial.merits]"));
    court.replace(
        "model.toml",
        "pool = \"judge\"\n",
        "pool = \"judge\"\nlabel = { en = \"Hearing\", es = \"Audiencia\" }\n",
    );
    ran(&court, "compare study.toml --out run");
    let [english, spanish] = ["en", "es"].map(|lang| ran(&court, &format!("report run --lang {lang}")));
    assert!(english.contains("withdrawals from Hearing, by waiting(merits): loop gain"), "no caution");
    assert!(spanish.contains("retiros de Audiencia, según waiting(merits): ganancia del ciclo"));
    assert!(!spanish.contains("withdrawals from"));
    assert!(english.contains("clearance rate") && spanish.contains("tasa de resolución"));
    // 12 come a day and 30 % of those heard come again; 20 judges hear 3,000 a year: 3,000 of 4,383 + 900.
    let json: serde_json::Value = serde_json::from_str(&court.read("run/compare.json")).unwrap();
    let rate = &json["variants"]["now"]["run"]["detail"]["clearance-rates"]["merits"]["mean"];
    assert!((rate.as_f64().unwrap() - 3000.0 / 5283.0).abs() < 0.02, "{rate}");
}

#[test]
fn futures_enough_have_an_interval_of_the_quantiles() {
    let court = Court::new("quantiles");
    ran(&court, "compare study.toml -n 24 --out run --report a.html");
    let json: serde_json::Value = serde_json::from_str(&court.read("run/compare.json")).unwrap();
    for quantile in ["q10", "q50", "q90"] {
        let moved = &json["variants"]["more"]["answers"]["end"]["quantiles"][quantile];
        let of = |key: &str| moved[key].as_f64().unwrap();
        assert!(
            of("low") <= of("difference") && of("difference") <= of("high") && of("high") < 0.0,
            "{moved}"
        );
        let same = &json["variants"]["same"]["answers"]["end"]["quantiles"][quantile];
        assert_eq!((&same["low"], &same["difference"], &same["high"]), (&0.into(), &0.into(), &0.into()));
    }
    assert!(court.read("a.html").contains("How far the bad, the middling and the good futures move"));
}
