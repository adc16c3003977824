"""OSRM's own tables, in process: osrm_table.py GRAPH POINTS SIZE OUT.npy [SIZE OUT.npy ...]

Prints the CPU seconds of a table by size as JSON, snapping included; OUT is the matrix of seconds.
"""
import json
import statistics
import sys
import time

import numpy
import osrm

"""As in cpu.rs: a block of runs takes so many CPU seconds at least, and so many runs."""
BLOCK_SECONDS = 0.5
BLOCK_RUNS = 5
BLOCKS = 3


def repeated(run):
    """The CPU seconds of a run, and what the last one found: the median of the means of the blocks. One run before them
    is not counted."""
    found, means = run(), []
    for _ in range(BLOCKS):
        seconds, runs, before = 0.0, 0, time.process_time()
        while runs < BLOCK_RUNS or seconds < BLOCK_SECONDS:
            found = run()
            runs += 1
            seconds = time.process_time() - before
        means.append(seconds / runs)
    return statistics.median(means), found


graph, points = sys.argv[1], sys.argv[2]
places = [tuple(map(float, line.split(","))) for line in open(points)]
engine = osrm.OSRM(
    storage_config=graph, algorithm="CH", use_shared_memory=False, max_locations_distance_table=-1
)
seconds = {}
for size, out in zip(map(int, sys.argv[3::2]), sys.argv[4::2]):
    question = osrm.TableParameters(coordinates=places[:size], annotations=["duration"])
    seconds[size], answer = repeated(lambda: engine.Table(question))
    rows = [[numpy.nan if cell is None else cell for cell in row] for row in answer["durations"]]
    numpy.save(out, numpy.array(rows, dtype=float))
print(json.dumps(seconds))
