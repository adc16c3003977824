"""Compares this engine with OSRM and Valhalla on the same extracts and points: python3 benches/peers/run.py --help

Any Python 3.8 starts it. The engines come as wheels for CPython 3.12 and later, which are installed under target/peers.
"""
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE.parent.parent / "target/peers/venv"
WANTED = HERE / "requirements.txt"


def version(python):
    """The version of an interpreter, (0, 0) when it does not run."""
    ask = [python, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True)
    except OSError:
        return (0, 0)
    return tuple(map(int, answer.stdout.split())) if answer.returncode == 0 else (0, 0)


def interpreter():
    """A CPython for which the engines have wheels."""
    installed = sorted(Path.home().glob(".pyenv/versions/3.*/bin/python"))
    known = [os.environ.get("PYTHON"), sys.executable, "python3.12", "python3.13", "python3.14", *installed]
    for python in filter(None, known):
        if version(python) >= (3, 12):
            return python
    sys.exit(
        "OSRM and Valhalla come as wheels for CPython 3.12 and later, and none was found.\n"
        "Install one and name it: PYTHON=/path/to/python3.12 python3 benches/peers/run.py"
    )


def install():
    """Makes the environment, once for each list of wheels."""
    done = VENV / "installed.txt"
    if done.exists() and done.read_text() == WANTED.read_text():
        return
    print(f"installing {' '.join(WANTED.read_text().split())} in {VENV}", file=sys.stderr)
    subprocess.run([interpreter(), "-m", "venv", "--clear", VENV], check=True)
    pip = [VENV / "bin/python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--only-binary=:all:"]
    subprocess.run([*pip, "--requirement", WANTED], check=True)
    done.write_text(WANTED.read_text())


if __name__ == "__main__":
    try:
        install()
    except subprocess.CalledProcessError as failure:
        sys.exit(f"{failure}\nThe wheels could not be installed: is the package index within reach?")
    python = VENV / "bin/python"
    # Without -B a folder of compiled modules would be left among the sources.
    os.execv(python, [str(python), "-B", str(HERE / "compare.py"), *sys.argv[1:]])
