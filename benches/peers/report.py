"""What was measured, as Markdown: one table a question."""


def seconds(value):
    """Three digits that say something, in seconds or milliseconds."""
    return f"{value:.3g} s" if value >= 1 else f"{value * 1000:.3g} ms"


def verdict(ours, theirs, share):
    """Our part of what another takes, the part it may be, and whether it is that small."""
    return [f"{ours / theirs:.3g}", f"{share:g}", "yes" if ours <= share * theirs else "**no**"]


def table(title, heads, rows):
    lines = [f"### {title}", "", row(heads), row(["---"] * len(heads)), *map(row, rows)]
    return "\n".join(lines) + "\n"


def row(cells):
    return "| " + " | ".join(cells) + " |"


def compared(title, theirs_name, share, ours, theirs, found):
    heads = ["extract", "ours", theirs_name, "ratio", "goal, at most", "met"]
    rows = [
        [name, seconds(ours(one)), seconds(theirs(one)), *verdict(ours(one), theirs(one), share)]
        for name, one in found.items()
    ]
    return table(title, heads, rows)


def searched(found):
    heads = ["extract", "N", "ours", "OSRM", "ratio", "goal, at most", "met"]
    rows = []
    for name, one in found.items():
        for size, theirs in one["osrm"]["table"].items():
            ours = one["ours"]["tables"][size]
            rows.append([name, size, seconds(ours), seconds(theirs), *verdict(ours, theirs, 0.1)])
    return table("N x N table from a built network, snapping included, against OSRM's contraction hierarchy", heads, rows)


def agreed(found):
    heads = ["extract", "engine", "against", "median", "5 %", "95 %", "spread", "pairs", "goal", "met"]
    rows = []
    for name, one in found.items():
        for pair in one["agreement"]:
            goal = ["-", "-"]
            if pair["copy"]:
                met = abs(pair["median"] - 1) <= 0.07 and pair["spread"] <= 0.05
                goal = ["median within 0.07, spread 0.05", "yes" if met else "**no**"]
            figures = [f"{pair[key]:.3f}" for key in ("median", "p5", "p95", "spread")]
            rows.append([name, pair["engine"], pair["against"], *figures, str(pair["pairs"]), *goal])
    return table("50 x 50 times, as a share of another engine's", heads, rows)


def ours(key):
    return lambda one: one["ours"][key]


def osrm(key):
    return lambda one: one["osrm"][key]


def tiles(one):
    return one["valhalla"]["tiles"]


"""Title, the other's name, the share of it that ours may take, and what both took."""
BUILDS = [
    (
        "Extract to 500 x 500 table in one process, against OSRM's extract step alone",
        "OSRM extract", 0.2, ours("whole"), osrm("extract"),
    ),
    ("Extract to network, against Valhalla's tiles", "Valhalla tiles", 0.5, ours("read"), tiles),
    ("Extract to network, against decoding alone (osmpbf)", "decoding", 2.5, ours("read"), ours("decode")),
    ("Hierarchy, against OSRM's", "OSRM contract", 0.1, ours("hierarchy"), osrm("contract")),
]


def summary(found):
    """All ratios on one screen."""
    rows = []
    for title, _, share, mine, theirs in BUILDS:
        rows.append([title, f"{share:g}", *(ratio(mine(one), theirs(one), share) for one in found.values())])
    for size in sorted({size for one in found.values() for size in one["ours"]["tables"]}, key=int):
        pairs = ((one["ours"]["tables"][size], one["osrm"]["table"][size]) for one in found.values())
        rows.append([f"{size} x {size} table, against OSRM's", "0.1", *(ratio(*pair, 0.1) for pair in pairs)])
    title = "In one look: what ours takes, as a share of another's; what is above the goal stands in bold"
    return table(title, ["what", "goal, at most", *found], rows)


def ratio(ours, theirs, share):
    text = f"{ours / theirs:.2g}"
    return text if ours <= share * theirs else f"**{text}**"


def report(results):
    found = results["extracts"]
    machine = (
        f"CPU seconds, user and system, {results['threads']} thread(s) each; OSRM {results['osrm']}, "
        f"Valhalla {results['valhalla']}, {results['machine']}.\n"
    )
    lengths = (
        "Lengths are those drawn, but in ours, which takes `length_m` where a way has it: the lines of corsica are drawn at "
        "0.84 of their length.\n"
    )
    bare = ", ".join(f"{name} {seconds(one['ours']['inflate'])}" for name, one in found.items())
    builds = [compared(*build, found) for build in BUILDS]
    inflating = f"Inflating alone takes: {bare}.\n"
    return "\n".join([machine, summary(found), *builds, inflating, searched(found), agreed(found), lengths])
