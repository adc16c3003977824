"""How each engine is run, and what it takes: CPU seconds, user and system, of all its threads."""
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BIN = Path(sys.prefix) / "bin"
SIZES = (50, 200, 1000)
WHOLE = 500
AGREED = 50
POINTS = 1000
SEED = 1
"""The longest that a program is run again to be measured better: CPU seconds, and times."""
PATIENCE = 20
BUILDS = 3


class Failed(Exception):
    pass


def run(command, log, threads):
    """CPU seconds of a program that must succeed; what it says goes to a file."""
    environment = {**os.environ, "RAYON_NUM_THREADS": str(threads)}
    with open(log, "w") as out:
        program = subprocess.Popen(list(map(str, command)), stdout=out, stderr=subprocess.STDOUT, env=environment)
        _, status, usage = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}: code {program.returncode}, see {log}")
    return usage.ru_utime + usage.ru_stime


def median_run(*arguments):
    seconds = [run(*arguments)]
    while len(seconds) < BUILDS and sum(seconds) < PATIENCE:
        seconds.append(run(*arguments))
    return statistics.median(seconds)


def ask(command, log, threads=1):
    """The last line of what a program prints, which is JSON."""
    run(command, log, threads)
    return json.loads(Path(log).read_text().splitlines()[-1])


def points(extract, folder):
    """The points that every engine is asked about."""
    path = folder / "points.csv"
    run([sys.executable, HERE / "points.py", extract, POINTS, SEED], path, 1)
    return path


def osrm(extract, folder, points, threads):
    import osrm as wheel

    wheel = Path(wheel.__file__).parent
    graph, sizes = folder / "osrm/graph.osrm", sorted({*SIZES, AGREED})
    fresh(graph.parent)
    extracting = [wheel / "bin/osrm-extract", "-t", threads, "-p", wheel / "share/profiles/car.lua"]
    contracting = [wheel / "bin/osrm-contract", "-t", threads, graph]
    found = {
        "extract": median_run([*extracting, extract, "-o", graph], folder / "osrm-extract.log", threads),
        "contract": median_run(contracting, folder / "osrm-contract.log", threads),
    }
    tables = [word for size in sizes for word in (size, folder / f"osrm-{size}.npy")]
    asking = [sys.executable, HERE / "osrm_table.py", graph, points, *tables]
    found["table"] = ask(asking, folder / "osrm-table.log")
    return found


def valhalla(extract, folder, points, threads):
    import valhalla as wheel

    tiles, config = folder / "valhalla", folder / "valhalla.json"
    fresh(tiles)
    paths = {"tile-dir": tiles, "admin": tiles / "none.sqlite", "timezone": tiles / "none.sqlite", "concurrency": threads}
    settings = [word for key, value in paths.items() for word in (f"--mjolnir-{key}", value)]
    run([BIN / "valhalla_build_config", *settings], config, threads)
    building = [Path(wheel.__file__).parent / "bin/valhalla_build_tiles", "-c", config, extract]
    found = {"tiles": median_run(building, folder / "valhalla-tiles.log", threads)}
    asking = [sys.executable, HERE / "valhalla_table.py", config, points, 3, AGREED, folder / f"valhalla-{AGREED}.npy"]
    found["table"] = ask(asking, folder / "valhalla-table.log")
    return found


def ours(program, extract, folder, points, threads):
    sizes = ",".join(map(str, SIZES))
    found = ask([program, "reading", extract], folder / "ours-reading.log", threads)
    found |= ask([program, "network", extract, points, "--sizes", sizes], folder / "ours-network.log", threads)
    asking = [program, "table", extract, points]
    found["whole"] = median_run([*asking, WHOLE], folder / "ours-whole.log", threads)
    run([*asking, AGREED, "--csv", folder / "ours.csv"], folder / "ours-table.log", threads)
    copying = [*asking, AGREED, "--csv", folder / "copy.csv", "--profile", HERE / "osrm-car.toml"]
    run(copying, folder / "copy-table.log", threads)
    return found


def build_ours():
    """Builds this engine's side; returns the program."""
    building = ["cargo", "bench", "--bench", "peers", "--no-run", "--message-format=json-render-diagnostics"]
    try:
        built = subprocess.run(building, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    except OSError as error:
        raise Failed(f"cargo: {error}") from error
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    benches = [message for message in messages if message.get("target", {}).get("kind") == ["bench"]]
    programs = [bench["executable"] for bench in benches if bench.get("executable")]
    if built.returncode != 0 or not programs:
        raise Failed("cargo could not build this engine's side")
    return programs[-1]


def fresh(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
