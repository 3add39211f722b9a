"""Prints the comparison: reads lines of measurements, keeps each peer's least time over all rounds,
holds its answers to ours, and fails if a peer disagrees, or if the control does not."""

import json
import math
import sys

import measure

OURS, CONTROL = "holdfast", "nothing"


def relative(ours, theirs):
    """The largest difference, relative to our answer."""
    return max(abs(b - a) / max(1, abs(a)) for a, b in zip(ours, theirs, strict=True))


def each_relative(ours, theirs):
    """The largest difference, relative to each of our answers."""
    return max(abs(b - a) / abs(a) for a, b in zip(ours, theirs, strict=True))


def absolute(ours, theirs):
    """The largest difference, of the answers that the peer has."""
    return max(abs(b - a) for a, b in zip(ours, theirs, strict=True) if b is not None)


def standard_errors(ours, theirs):
    """The difference of two simulated means, in standard errors of the difference."""
    return abs(theirs[0] - ours[0]) / math.hypot(ours[1], theirs[1])


# What a case is timed in (the name, and how many to a second), how answers are compared, and the
# difference above which they disagree.
CASES = {
    "read": ("ns a row", 1e9, relative, 1e-9, "{:.1e} relative"),
    "thompson": ("ns a decision", 1e9, standard_errors, 4, "{:.1f} standard errors"),
    # As near as the peer's own search for the mode stops.
    "contextual": ("ns a decision", 1e9, absolute, 1e-4, "{:.1e} absolute"),
    **{
        law: ("ns a draw", 1e9, standard_errors, 5, "{:.1f} standard errors")
        for law in measure.LAWS
    },
    "logistic": ("s a fit", 1, absolute, 1e-6, "{:.1e} absolute"),
    "enet": ("s a path", 1, absolute, 1e-4, "{:.1e} absolute"),
    "categorical": ("s a fit", 1, absolute, 1e-6, "{:.1e} absolute"),
    **{name: ("ms a test", 1e3, absolute, 1e-9, "{:.1e} absolute") for name in measure.EXACT},
    "bootstrap": ("ms a resample", 1e3, standard_errors, 4, "{:.1f} standard errors"),
    "offpolicy": ("ms", 1e3, absolute, 1e-12, "{:.1e} absolute"),
    "offpolicy interval": ("ms a resample", 1e3, standard_errors, 4, "{:.1f} standard errors"),
    "lift": ("ns a row", 1e9, absolute, 1e-9, "{:.1e} absolute"),
    **{name: ("ns a value", 1e9, each_relative, 1e-12, "{:.1e} relative") for name in measure.SPECIAL},
}


def main():
    least = {}
    for line in map(json.loads, sys.stdin):
        key = line["case"], line["peer"]
        best = least.setdefault(key, line)
        best["cpu"] = min(best["cpu"], line["cpu"])
        best["wall"] = min(best["wall"], line["wall"])

    failures = []
    print("| case | peer | CPU | wall | CPU, ratio to ours | difference from ours | |")
    print("|---|---|---|---|---|---|---|")
    for case, (unit, scale, difference, tolerance, text) in CASES.items():
        lines = [line for (name, _), line in least.items() if name == case]
        if not lines:
            continue
        ours = least[case, OURS]

        def cost(line):
            return line["cpu"] / (line["units"] or ours["units"])

        for line in sorted(lines, key=lambda line: (line["peer"] != OURS, cost(line))):
            each = cost(line) * scale
            wall = each * line["wall"] / line["cpu"]
            is_limit = line["answers"] is None
            gap = 0 if is_limit else difference(ours["answers"], line["answers"])
            shown = "" if line is ours or is_limit else text.format(gap)
            digits = 1 if each < 100 and scale > 1 else 0 if scale > 1 else 3
            print(
                f"| {case} | {line['peer']} | {each:.{digits}f} {unit} | {wall:.{digits}f}"
                f" | {cost(line) / cost(ours):.2f} | {shown} | {line['note']} |"
            )
            if (gap > tolerance) != (line["peer"] == CONTROL):
                failures.append(f"{case}, {line['peer']}: the answers differ by {text.format(gap)}")
    for failure in failures:
        print(f"compare: {failure}", file=sys.stderr)
    sys.exit(1 if failures else 0)


main()
