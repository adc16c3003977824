"""Valhalla's own matrix, in process: valhalla_table.py CONFIG POINTS REPEATS SIZE OUT.npy

Prints the median CPU seconds by size as JSON, snapping included; OUT is the matrix of seconds by car.
"""
import json
import statistics
import sys
import time

import numpy
from valhalla import Actor

config, points, repeats, size, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
places = [dict(zip(("lon", "lat"), map(float, line.split(",")))) for line in open(points)][:size]
settings = json.load(open(config))
limits = settings["service_limits"]
limits["max_radius"] = 100_000
limits["auto"].update(max_matrix_location_pairs=10**9, max_matrix_distance=1e9, max_locations=10**6)
engine = Actor(settings)
question = {"sources": places, "targets": places, "costing": "auto", "verbose": False}
runs = []
for _ in range(repeats):
    start = time.process_time()
    answer = engine.matrix(question)
    runs.append(time.process_time() - start)
rows = [[numpy.nan if cell is None else cell for cell in row] for row in answer["sources_to_targets"]["durations"]]
numpy.save(out, numpy.array(rows, dtype=float))
print(json.dumps({size: statistics.median(runs)}))
