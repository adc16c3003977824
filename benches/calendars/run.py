"""How far calendars with all rules on are proven: python3 benches/calendars/run.py --help

Territories of 40 communes, one vehicle and two weeks, with five doctors and random rules of every sort. They are made with
the generator of the shared tools, which needs numpy; without these files nothing is measured.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from rules import add_rules

ROOT = Path(__file__).resolve().parent.parent.parent
MAKER = ROOT.parent / "shared/tools/make_territory.py"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("--seeds", default="1-10", help="territories, from and to (1-10)")
    parser.add_argument("--time-limit", default="30s", help="of each plan (30s)")
    parser.add_argument("--tight", action="store_true", help="with fewer sessions a site and shorter days")
    parser.add_argument("--communes", type=int, default=40)
    parser.add_argument("--vehicles", type=int, default=1)
    parser.add_argument("--doctors", type=int, default=5)
    parser.add_argument("--weeks", type=int, default=2)
    parser.add_argument("--out", type=Path, default=ROOT / "target/calendars", help="where territories are kept")
    return parser.parse_args()


def make(options, seed):
    """The territory of a seed, made once."""
    size = f"{options.communes}-{options.vehicles}-{options.doctors}-{options.weeks}"
    folder = options.out / f"{size}{'-tight' if options.tight else ''}-{seed}"
    if not folder.exists():
        unfinished = folder.with_name(folder.name + "-unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        sizes = [str(options.communes), str(options.vehicles), str(options.weeks), str(seed)]
        command = [sys.executable, str(MAKER), "synthetic", *sizes, str(unfinished), *(["--tight"] if options.tight else [])]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        add_rules(unfinished, seed, options.weeks, options.doctors)
        unfinished.rename(folder)
    return folder


def plan(binary, folder, limit):
    """Plans a territory: its figures, and CPU seconds."""
    before = os.times()
    command = [binary, "plan", folder / "territory.toml", "--time-limit", limit, "--out", folder / "out"]
    done = subprocess.run(command, capture_output=True, text=True)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    wall = after.elapsed - before.elapsed
    if done.returncode != 0:
        return None, cpu, wall, done.stderr.strip().splitlines()[:1]
    return json.loads((folder / "out/plan.json").read_text()), cpu, wall, []


def main():
    options = arguments()
    if not MAKER.exists():
        sys.exit(f"nothing is measured: the shared tools are not at {MAKER.parent}")
    cargo = ["cargo", "build", "--release", "--quiet", "--message-format=json", "--bin", "medicobus"]
    built = subprocess.run(cargo, cwd=ROOT, check=True, capture_output=True, text=True)
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    binary = next(message["executable"] for message in messages if message.get("executable"))
    first, last = (int(seed) for seed in (options.seeds.split("-") * 2)[:2])
    print("| territory | value | bound | gap | CPU seconds | seconds |\n|---|---|---|---|---|---|")
    proven = 0
    for seed in range(first, last + 1):
        folder = make(options, seed)
        found, cpu, wall, said = plan(binary, folder, options.time_limit)
        if found is None:
            print(f"| {folder.name} | none: {' '.join(said)} | | | {cpu:.1f} | {wall:.1f} |", flush=True)
            continue
        proven += found["gap"] <= 1e-4
        # Where rules have prices, the bound on the value is beside it.
        of = found.get("priced") or {"value": found["objective"], "bound": found["bound"]}
        figures = f"{of['value']:,.1f} | {of['bound']:,.1f} | {found['gap']:.1e} | {cpu:.1f} | {wall:.1f}"
        print(f"| {folder.name} | {figures} |", flush=True)
    print(f"\n{proven} of {last - first + 1} proven optimal within {options.time_limit}")


if __name__ == "__main__":
    main()
