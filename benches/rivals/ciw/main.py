"""W1, and one replication of W3 cut off at a horizon, on Ciw: networks by declaration.

Priorities in Ciw hold at every station, so here the detained come first at A and B, too, where lines are
short. The cost of an event grows with the number that waits.
"""

import json, sys, time
from math import log, sqrt

import ciw

FOREVER = float("inf")


def exponential(mean):
    return ciw.dists.Exponential(rate=1 / mean)


def mmc(customers):
    network = ciw.create_network(
        arrival_distributions=[exponential(1 / 47.5)], service_distributions=[exponential(1.0)], number_of_servers=[50])
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(customers, method="Finish")
    records = simulation.get_all_records()
    wait = sum(record.waiting_time for record in records)
    end = max(record.exit_date for record in records)
    return {"customers": customers, "events": 3 * len(records), "mean_wait": wait / len(records), "lq": wait / end}


def court(horizon):
    share = {"detained": 0.15, "released": 0.85}
    variance = log(1.64)
    merits = ciw.dists.Lognormal(log(0.5) - variance / 2, sqrt(variance))
    # Stations: A, B, the delay until the next master hearing, C.
    service = [exponential(0.04), exponential(0.08), exponential(60.0), merits]
    backlog = ciw.dists.Sequential([1e-9, FOREVER])
    routing = [[0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.4, 0.6], [0.0, 1.0, 0.0, 0.0], [0.0] * 4]
    one = ciw.dists.Deterministic(1)
    network = ciw.create_network(
        arrival_distributions={name: [exponential(1 / (20 * part)), None, None, backlog] for name, part in share.items()},
        batching_distributions={name: [one, one, one, ciw.dists.Deterministic(round(2000 * part))]
                                for name, part in share.items()},
        service_distributions={name: service for name in share},
        routing={name: routing for name in share},
        number_of_servers=[1, 3, FOREVER, 4],
        priority_classes={"detained": 0, "released": 1},
        reneging_time_distributions={name: [None, None, None, exponential(1500.0)] for name in share})
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(horizon)
    records = simulation.get_all_records()
    served = [record.node for record in records if record.record_type == "service"]
    withdrawn = sum(record.record_type == "renege" for record in records)
    waiting = sum(not individual.service_start_date for individual in simulation.nodes[4].all_individuals)
    # Arrivals, starts and ends of service, returns.
    events = 3 * served.count(1) + 2 * served.count(2) + served.count(3) + 2 * served.count(4) + withdrawn
    return {"events": events, "completed": served.count(4), "withdrawn": withdrawn, "q_c_end": waiting,
            "horizon": horizon}


ciw.seed(1)
start = time.process_time()
answer = mmc(int(sys.argv[2])) if sys.argv[1] == "mmc" else court(float(sys.argv[2]))
answer["cpu"] = time.process_time() - start
print(json.dumps(answer))
