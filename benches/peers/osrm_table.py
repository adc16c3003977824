"""OSRM's own tables, in process: osrm_table.py GRAPH POINTS REPEATS SIZE OUT.npy [SIZE OUT.npy ...]

Prints the median CPU seconds by size as JSON, snapping included; OUT is the matrix of seconds.
"""
import json
import statistics
import sys
import time

import numpy
import osrm

graph, points, repeats = sys.argv[1], sys.argv[2], int(sys.argv[3])
places = [tuple(map(float, line.split(","))) for line in open(points)]
engine = osrm.OSRM(
    storage_config=graph, algorithm="CH", use_shared_memory=False, max_locations_distance_table=-1
)
seconds = {}
for size, out in zip(map(int, sys.argv[4::2]), sys.argv[5::2]):
    question = osrm.TableParameters(coordinates=places[:size], annotations=["duration"])
    runs = []
    for _ in range(repeats):
        start = time.process_time()
        answer = engine.Table(question)
        runs.append(time.process_time() - start)
    seconds[size] = statistics.median(runs)
    rows = [[numpy.nan if cell is None else cell for cell in row] for row in answer["durations"]]
    numpy.save(out, numpy.array(rows, dtype=float))
print(json.dumps(seconds))
