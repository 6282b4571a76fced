"""Runs every engine on every workload in turn, checks the answers and prints medians as a table."""

import json, math, os, resource, statistics, subprocess, sys
from pathlib import Path

ROOT, BUILT, ROUNDS, LIMIT = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
ONLY = os.environ.get("ONLY", "").split(",") if os.environ.get("ONLY") else []
OURS = str(BUILT / "release/caseload")
WORKLOADS = ROOT / "benches/workloads"


def rust(name):
    return str(BUILT / "rivals/release" / f"rival-{name}")


def python(name):
    return [sys.executable, str(ROOT / "benches/rivals" / name / "main.py")]


# engine, workload, command, most rounds
RUNS = [
    ("caseload", "mmc", [OURS, "run", str(WORKLOADS / "mmc.toml"), "-n", "1", "--format", "json"], 9),
    ("limit", "mmc", [LIMIT, "mmc"], 9),
    ("desque 0.4.0", "mmc", [rust("desque"), "mmc", "5000000"], 9),
    ("simu-des 0.1.0", "mmc", [rust("simu-des"), "mmc", "5000000"], 5),
    ("NeXosim 1.0.0", "mmc", [rust("nexosim"), "mmc", "5000000"], 5),
    ("SimPy 4.1.2", "mmc", python("simpy") + ["mmc", "200000"], 3),
    ("Ciw 3.2.7", "mmc", python("ciw") + ["mmc", "200000"], 3),
    ("salabim 26.0.9", "mmc", python("salabim") + ["mmc", "50000"], 3),
    ("caseload", "court", [OURS, "run", str(WORKLOADS / "court.toml"), "-n", "1", "--format", "json"], 9),
    ("limit", "court", [LIMIT, "court"], 9),
    ("desque 0.4.0, lazy", "court", [rust("desque"), "court-lazy"], 3),
    ("desque 0.4.0", "court", [rust("desque"), "court"], 3),
    ("simu-des 0.1.0", "court", [rust("simu-des"), "court"], 3),
    ("NeXosim 1.0.0", "court", [rust("nexosim"), "court"], 3),
    ("caseload", "mc", [OURS, "run", str(WORKLOADS / "mc.toml"), "--format", "json"], 9),
    ("limit", "mc", [LIMIT, "mc", "64", str(os.cpu_count())], 9),
    ("desque 0.4.0, lazy", "mc", [rust("desque"), "mc-lazy"], 5),
    ("desque 0.4.0", "mc", [rust("desque"), "mc"], 5),
    ("simu-des 0.1.0", "mc", [rust("simu-des"), "mc"], 3),
    ("NeXosim 1.0.0", "mc", [rust("nexosim"), "mc"], 3),
    ("SimPy 4.1.2, own line at C", "court-s", python("simpy") + ["court"], 3),
    ("Ciw 3.2.7, 200 days", "court-s", python("ciw") + ["court", "200"], 3),
    ("salabim 26.0.9, 200 days", "court-s", python("salabim") + ["court", "200"], 3),
]


def run(command):
    """The program's answer, its processor seconds and its peak memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    text = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command}: exit {process.returncode}")
    answer = json.loads(text)
    # A program with a long start-up times its simulation itself.
    seconds = answer.get("cpu", usage.ru_utime + usage.ru_stime)
    return answer, seconds, usage.ru_maxrss / 1024


def answers(workload, printed):
    """The same names for what caseload and the others print."""
    if "stages" not in printed:
        return printed
    if workload == "mmc":
        desk = printed["stages"]["desk"]
        return {"events": printed["events"], "customers": desk["started"]["mean"],
                "mean_wait": desk["wait-days"]["mean"]["mean"], "lq": desk["waiting"]["time-average"]["mean"]}
    merits = printed["stages"]["merits"]
    return {"events": printed["events"], "replications": printed["replications"],
            "completed": merits["completed"]["mean"], "withdrawn": merits["withdrawn"]["mean"],
            "lq_c": merits["waiting"]["time-average"]["mean"], "q_c_end": merits["waiting"]["at-end"]["mean"]}


def check(engine, workload, got):
    """Stops when an answer lies outside four standard errors (and 0.3 %) of what is known."""
    if "horizon" in got:
        # Cut off: the four judges are never idle, and hear 8 cases a day with a coefficient of variation of 0.8.
        heard = 8 * got["horizon"]
        known = {"completed": (heard, 4 * 0.8 / math.sqrt(heard))}
    elif workload == "mmc":
        number = got.get("customers", got["events"] / 3)
        # Standard error of the mean wait in one run of a million customers, over seeds: 5.9 %.
        bound = 4 * 0.059 * math.sqrt(1e6 / number)
        known = {"mean_wait": (0.251638, bound), "lq": (11.9528, bound), "events": (3 * number, 1e-3)}
    else:
        number = {"court": 1, "mc": 64, "court-s": 1}[workload]
        size = 100 if workload == "court" else 1
        # Means of 2,000 replications at a hundredth of the size, and how one replication scatters.
        scatter = 1 / math.sqrt(number * size)
        known = {"events": (593_739 * size * (64 if workload == "mc" else 1), 0.01)}
        for name, value, sd in [("completed", 29_198, 0.004), ("withdrawn", 28_460, 0.008),
                                ("lq_c", 11_695, 0.007), ("q_c_end", 16_516, 0.010)]:
            known[name] = (value * size, max(0.003, 4 * sd * scatter))
    for name, (value, bound) in known.items():
        if abs(got[name] / value - 1) > bound:
            sys.exit(f"{engine}, {workload}: {name} is {got[name]}, known {value} within {100 * bound:.1f} %")


def said(*command):
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout.strip()


measured = {}
for turn in range(ROUNDS):
    for engine, workload, command, most in RUNS:
        if turn >= most or not command[0] or (ONLY and workload not in ONLY):
            continue
        printed, seconds, memory = run(command)
        got = answers(workload, printed)
        check(engine, workload, got)
        nanoseconds = seconds / got["events"] * 1e9
        measured.setdefault((engine, workload), []).append((nanoseconds, memory))
        print(f"{engine} {workload}: {nanoseconds:.1f} ns", file=sys.stderr)

middle = {run: statistics.median(value for value, _ in values) for run, values in measured.items()}
processor = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
print(f"{processor}, {os.cpu_count()} cores; {said('rustc', '--version')}; Python {sys.version.split()[0]}; "
      f"commit {said('git', 'rev-parse', '--short', 'HEAD')}; load {os.getloadavg()[0]:.1f}\n")
head = ["workload", "engine", "runs", "ns an event", "ratio to caseload"] + ["ratio to limit"] * bool(LIMIT) + ["memory"]
print("| " + " | ".join(head) + " |\n| --- | --- |" + " ---: |" * (len(head) - 2))
for (engine, workload), values in measured.items():
    same = "mc" if workload == "court-s" else workload
    row = [workload, engine, str(len(values)), f"{middle[engine, workload]:.3g}",
           f"{middle[engine, workload] / middle['caseload', same]:.2g}"]
    if LIMIT:
        row.append(f"{middle[engine, workload] / middle['limit', same]:.3g}")
    # A child's peak starts at that of this script when it is forked: nothing is known below it.
    peak = max(memory for _, memory in values)
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + 1
    print("| " + " | ".join(row + [f"{peak:.0f} MB" if peak > floor else f"< {floor:.0f} MB"]) + " |")
