"""What was measured, as Markdown: one table a question."""


def seconds(value):
    """Three digits that say something, in seconds or milliseconds."""
    if value is None:
        return "-"
    return f"{value:.3g} s" if value >= 1 else f"{value * 1000:.3g} ms"


def verdict(ours, theirs, share):
    """Our part of what another takes, the part it may be, and whether it is that small."""
    if ours is None:
        return ["-", f"{share:g}", "not measured"]
    return [f"{ours / theirs:.3g}", f"{share:g}", "yes" if ours <= share * theirs else "**no**"]


def table(title, heads, rows):
    lines = [f"### {title}", "", row(heads), row(["---"] * len(heads)), *map(row, rows)]
    return "\n".join(lines) + "\n"


def row(cells):
    return "| " + " | ".join(cells) + " |"


def compared(title, theirs_name, share, found, ours, theirs):
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
            ours = one["ours"]["tables"].get(size)
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


def report(results):
    found = results["extracts"]
    ours = lambda key: lambda one: one["ours"].get(key)
    osrm = lambda key: lambda one: one["osrm"][key]
    tiles = lambda one: one["valhalla"]["tiles"]
    inflated = lambda one: one["ours"]["inflate"]
    decoded = lambda one: one["ours"]["decode"]
    whole = "Extract to 500 x 500 table in one process, against OSRM's extract step alone"
    tables = [
        compared(whole, "OSRM extract", 0.2, found, ours("whole"), osrm("extract")),
        compared("Extract to network, against Valhalla's tiles", "Valhalla tiles", 0.5, found, ours("read"), tiles),
        compared("Extract to network, against decoding alone (osmpbf)", "decoding", 2.5, found, ours("read"), decoded),
        compared("Hierarchy, against OSRM's", "OSRM contract", 0.1, found, ours("hierarchy"), osrm("contract")),
        searched(found),
        agreed(found),
    ]
    machine = (
        f"CPU seconds, user and system, {results['threads']} thread(s) each; OSRM {results['osrm']}, "
        f"Valhalla {results['valhalla']}, {results['machine']}.\n"
    )
    lengths = (
        "Lengths are those drawn, but in ours, which takes `length_m` where a way has it: the lines of corsica are drawn at "
        "0.84 of their length.\n"
    )
    bare = ", ".join(f"{name} {seconds(inflated(one))}" for name, one in found.items())
    return "\n".join([machine, *tables, lengths, f"Inflating alone takes: {bare}.\n"])
