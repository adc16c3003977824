"""How far two engines agree on the times between the same points."""
import numpy

"""Shorter trips say more of where an engine puts a point than of how it drives."""
LEAST_SECONDS = 120


def agreement(ours, theirs):
    """Our seconds as a share of theirs, over all pairs that both reach."""
    both = numpy.isfinite(ours) & numpy.isfinite(theirs) & (theirs > LEAST_SECONDS) & (ours > 0)
    ratios = ours[both] / theirs[both]
    median = numpy.median(ratios)
    low, high = numpy.quantile(ratios, [0.05, 0.95])
    spread = numpy.median(abs(ratios / median - 1))
    return {
        "median": round(float(median), 4), "p5": round(float(low), 4), "p95": round(float(high), 4),
        "spread": round(float(spread), 4), "pairs": int(both.sum()),
        "only_ours": int((numpy.isfinite(ours) & ~numpy.isfinite(theirs)).sum()),
        "only_theirs": int((~numpy.isfinite(ours) & numpy.isfinite(theirs)).sum()),
    }
