"""W1 and one replication of W3 on SimPy.

Its PriorityResource sorts the whole line at each request, which puts 16,000 waiting cases out of reach:
the line at C is two deques of events.
"""

import json, random, sys, time
from collections import deque
from math import log, sqrt

import simpy

HORIZON = 3650.0
draw = random.Random(1)


class Line:
    """A number that waits, integrated over time."""

    def __init__(self, env):
        self.env, self.number, self.since, self.area = env, 0, 0.0, 0.0

    def change(self, by):
        self.area += self.number * (self.env.now - self.since)
        self.since = self.env.now
        self.number += by

    def mean(self):
        self.change(0)
        return self.area / self.env.now


def mmc(customers):
    env = simpy.Environment()
    desks, line, sums = simpy.Resource(env, 50), Line(env), {"events": 0, "wait": 0.0}

    def customer():
        sums["events"] += 1
        came = env.now
        line.change(1)
        with desks.request() as request:
            yield request
            line.change(-1)
            sums["events"] += 1
            sums["wait"] += env.now - came
            yield env.timeout(draw.expovariate(1.0))
            sums["events"] += 1

    def source():
        for _ in range(customers):
            yield env.timeout(draw.expovariate(47.5))
            env.process(customer())

    env.process(source())
    env.run()
    return {"customers": customers, "events": sums["events"], "mean_wait": sums["wait"] / customers, "lq": line.mean()}


def court():
    env = simpy.Environment()
    stations = [simpy.Resource(env, 1), simpy.Resource(env, 3)]
    pending, line = (deque(), deque()), Line(env)
    sums = dict.fromkeys(["events", "completed", "withdrawn"], 0)
    free = 4
    variance = log(1.64)

    def visit(station, mean):
        with stations[station].request() as request:
            yield request
            sums["events"] += 1
            yield env.timeout(draw.expovariate(1 / mean))
            sums["events"] += 1

    def merits(detained):
        nonlocal free
        if free:
            free -= 1
        else:
            turn = env.event()
            pending[0 if detained else 1].append(turn)
            line.change(1)
            patience = env.timeout(draw.expovariate(1 / 1500))
            yield turn | patience
            if not turn.triggered:
                line.change(-1)
                turn.succeed(False)
                sums["events"] += 1
                sums["withdrawn"] += 1
                return
        sums["events"] += 1
        yield env.timeout(draw.lognormvariate(log(0.5) - variance / 2, sqrt(variance)))
        sums["events"] += 1
        sums["completed"] += 1
        for waiting in pending:
            while waiting:
                turn = waiting.popleft()
                if not turn.triggered:
                    line.change(-1)
                    turn.succeed(True)
                    return
        free += 1

    def case(detained):
        sums["events"] += 1
        yield from visit(0, 0.04)
        yield from visit(1, 0.08)
        while draw.random() < 0.4:
            yield env.timeout(draw.expovariate(1 / 60))
            sums["events"] += 1
            yield from visit(1, 0.08)
        yield from merits(detained)

    def source():
        while True:
            yield env.timeout(draw.expovariate(20))
            env.process(case(draw.random() < 0.15))

    for _ in range(2000):
        env.process(merits(draw.random() < 0.15))
    env.process(source())
    env.run(until=HORIZON)
    return {**sums, "lq_c": line.mean(), "q_c_end": line.number}


start = time.process_time()
answer = mmc(int(sys.argv[2])) if sys.argv[1] == "mmc" else court()
answer["cpu"] = time.process_time() - start
print(json.dumps(answer))
