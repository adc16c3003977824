"""Runs every engine and prints what they took, as Markdown. Started by run.py, in the environment it makes."""
import argparse
import importlib.metadata
import json
import platform
import sys
from pathlib import Path

import numpy

import engines
from agreement import agreement
from report import report

SHARED = engines.ROOT / "../shared/data/osm"
EXTRACTS = {
    "porto": SHARED / "porto.osm.pbf",
    "andorra-2025": SHARED / "andorra-2025.osm.pbf",
    "addison-vermont": SHARED / "addison-vermont.osm.pbf",
    "corsica": SHARED / "corsica.osm.pbf",
    "neubrandenburg": engines.ROOT / "fixtures/neubrandenburg/neubrandenburg.osm.pbf",
}
WORK = engines.ROOT / "target/peers"


def arguments():
    parser = argparse.ArgumentParser(prog="benches/peers/run.py", description=__doc__)
    parser.add_argument("extracts", nargs="*", help=f"names of {', '.join(EXTRACTS)}, or .osm.pbf files; default all")
    parser.add_argument("--threads", type=int, default=1, help="of every engine (1)")
    parser.add_argument("--ours", action="store_true", help="measure ours alone; the others' figures of the last run stand")
    parser.add_argument("--json", type=Path, default=WORK / "results.json", help="where the figures go")
    return parser.parse_args()


def chosen(names):
    """The extracts that are there, by name."""
    asked = {name: EXTRACTS.get(name) or Path(name) for name in names} or EXTRACTS
    there = {Path(name).name.split(".")[0]: path.resolve() for name, path in asked.items() if path.exists()}
    for name, path in asked.items():
        if not path.exists():
            print(f"{name} is left out: there is no {path}", file=sys.stderr)
    if not there:
        raise engines.Failed("there is nothing to compare on")
    return there


def measure(program, extract, folder, threads, only_ours):
    """What each engine takes for an extract, and how far their times agree."""
    folder.mkdir(parents=True, exist_ok=True)
    points, last = engines.points(extract, folder), folder / "others.json"
    if only_ours and last.exists():
        found = json.loads(last.read_text())
    else:
        found = {
            "osrm": engines.osrm(extract, folder, points, threads),
            "valhalla": engines.valhalla(extract, folder, points, threads),
        }
        last.write_text(json.dumps(found) + "\n")
    found["ours"] = engines.ours(program, extract, folder, points, threads)
    osrm, valhalla = (numpy.load(folder / f"{name}-{engines.AGREED}.npy") for name in ("osrm", "valhalla"))
    ours, copy = (numpy.genfromtxt(folder / f"{name}.csv", delimiter=",") for name in ("ours", "copy"))
    found["agreement"] = [
        {"engine": "ours, as OSRM's car", "against": "OSRM", "copy": True, **agreement(copy, osrm)},
        {"engine": "ours", "against": "OSRM", "copy": False, **agreement(ours, osrm)},
        {"engine": "ours", "against": "Valhalla", "copy": False, **agreement(ours, valhalla)},
        {"engine": "Valhalla", "against": "OSRM", "copy": False, **agreement(valhalla, osrm)},
    ]
    return found


def main():
    wanted = arguments()
    extracts = chosen(wanted.extracts)
    program = engines.build_ours()
    results = {
        "threads": wanted.threads,
        "osrm": importlib.metadata.version("osrm-bindings"),
        "valhalla": importlib.metadata.version("pyvalhalla"),
        "machine": f"{platform.system()} {platform.machine()}",
        "extracts": {},
    }
    for name, extract in extracts.items():
        print(f"measuring {name}", file=sys.stderr)
        results["extracts"][name] = measure(program, extract, WORK / name, wanted.threads, wanted.ours)
    wanted.json.write_text(json.dumps(results, indent=1) + "\n")
    print(report(results))


if __name__ == "__main__":
    try:
        main()
    except engines.Failed as failure:
        sys.exit(str(failure))
