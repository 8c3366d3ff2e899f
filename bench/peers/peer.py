"""One peer on one problem, as `bench/peers.ts` talks to it: the problem comes as a line of JSON on stdin, the answer, by
which the numbers are compared, goes back as a line; then every line asks for one burst of runs and gets its median."""
import json
import statistics
import sys
import time


def serve(prepare):
    """`prepare(problem)` returns (run, answer, version): what is timed, numbers to compare, and who is speaking."""
    problem = json.loads(sys.stdin.readline())
    start = time.perf_counter()
    run, answer, version = prepare(problem)
    run()
    say({"answer": [float(value) for value in answer], "version": version, "firstMs": since(start)})
    for _ in sys.stdin:
        say({"ms": burst(run, problem["seconds"])})


def burst(run, seconds):
    times = []
    until = time.perf_counter() + seconds
    while not times or time.perf_counter() < until:
        start = time.perf_counter()
        run()
        times.append(since(start))
    return statistics.median(times)


def since(start):
    return 1e3 * (time.perf_counter() - start)


def say(message):
    print(json.dumps(message), flush=True)
