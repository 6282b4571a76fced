"""W1, and one replication of W3 cut off at a horizon, on salabim: a component for each case."""

import json, random, sys, time
from math import log, sqrt

import salabim

salabim.yieldless(False)
draw = random.Random(1)
counts = dict.fromkeys(["events", "completed", "withdrawn", "waiting"], 0)
VARIANCE = log(1.64)


class Customer(salabim.Component):
    def process(self):
        came = self.env.now()
        counts["events"] += 1
        yield self.request(self.env.desks)
        self.env.wait_sum += self.env.now() - came
        counts["events"] += 1
        yield self.hold(draw.expovariate(1.0))
        self.release()
        counts["events"] += 1


class Customers(salabim.Component):
    def setup(self, number):
        self.number = number

    def process(self):
        for _ in range(self.number):
            yield self.hold(draw.expovariate(47.5))
            Customer()


def mmc(customers):
    env = salabim.Environment(trace=False)
    env.desks, env.wait_sum = salabim.Resource("desks", capacity=50, monitor=False), 0.0
    Customers(number=customers)
    env.run()
    return {"customers": customers, "events": counts["events"], "mean_wait": env.wait_sum / customers,
            "lq": env.wait_sum / env.now()}


class Case(salabim.Component):
    def setup(self, detained, initial):
        self.detained, self.initial = detained, initial

    def serve(self, resource, length):
        yield self.request(resource)
        counts["events"] += 1
        yield self.hold(length)
        counts["events"] += 1
        self.release()

    def process(self):
        if not self.initial:
            counts["events"] += 1
            yield from self.serve(self.env.stations[0], draw.expovariate(1 / 0.04))
            yield from self.serve(self.env.stations[1], draw.expovariate(1 / 0.08))
            while draw.random() < 0.4:
                yield self.hold(draw.expovariate(1 / 60))
                counts["events"] += 1
                yield from self.serve(self.env.stations[1], draw.expovariate(1 / 0.08))
        counts["waiting"] += 1
        yield self.request((self.env.judges, 1, 0 if self.detained else 1), fail_delay=draw.expovariate(1 / 1500))
        counts["waiting"] -= 1
        counts["events"] += 1
        if self.failed():
            counts["withdrawn"] += 1
            return
        yield self.hold(draw.lognormvariate(log(0.5) - VARIANCE / 2, sqrt(VARIANCE)))
        self.release()
        counts["events"] += 1
        counts["completed"] += 1


class Cases(salabim.Component):
    def process(self):
        while True:
            yield self.hold(draw.expovariate(20))
            Case(detained=draw.random() < 0.15, initial=False)


def court(horizon):
    env = salabim.Environment(trace=False)
    env.stations = [salabim.Resource(capacity=capacity, monitor=False) for capacity in (1, 3)]
    env.judges = salabim.Resource(capacity=4, monitor=False)
    for _ in range(2000):
        Case(detained=draw.random() < 0.15, initial=True)
    Cases()
    env.run(till=horizon)
    return {"events": counts["events"], "completed": counts["completed"], "withdrawn": counts["withdrawn"],
            "q_c_end": counts["waiting"], "horizon": horizon}


start = time.process_time()
answer = mmc(int(sys.argv[2])) if sys.argv[1] == "mmc" else court(float(sys.argv[2]))
answer["cpu"] = time.process_time() - start
print(json.dumps(answer))
