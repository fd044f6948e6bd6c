"""The page of the manual on speed, made of what the benchmarks measured: a table for each ladder, and a picture.

python bench/speed.py            # writes docs/reference/speed.md and docs/images/speed.svg from bench/results
python bench/speed.py --check    # status 1 if they are not what the results say
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from common import RESULTS, Row, exponent, load

ROOT = Path(__file__).resolve().parents[1]
PAGE, PICTURE = ROOT / "docs/reference/speed.md", ROOT / "docs/images/speed.svg"
ORDER = ("explicit", "blocks", "symbolic", "single_state")
TITLES = {
    "explicit": "All combinations in memory",
    "blocks": "All combinations, block by block",
    "symbolic": "Decision diagrams",
    "single_state": "Single states",
}
INTRO = """\
# How fast the engines are

Every figure on this page was measured by `make bench`, which writes the page from what it measured; each step ran in a process of its own
with a limit of time, and its answer was checked, as the last column says, before its time was kept. The conflicts are random, of four
families with fixed seeds, which [`bench/common.py`](../../bench/common.py) defines:

- **full**: every combination is feasible, every option can be taken up and given up; statements about any options;
- **ruled**: a rule for every third option, every fifth option one-way; statements about any options;
- **random**: a rule for every fourth option, every fifth option one-way; statements about any options;
- **local**: the same, with statements about a decision maker's own options and those of the two next to them in a ring.

*n* counts options, *N* decision makers, *k* the statements of each, *width* the most options in a statement. *Copies* says how many times
16 bytes for each combination and decision maker could have been copied in memory in the same run; *ns each* is the time for each of these.
Memory is the most that the process held, with the largest of the processes that it started.

![Seconds against options, for each engine and family](../images/speed.svg)
"""


def page() -> str:
    """The whole page."""
    parts = [INTRO]
    names = [name for name in ORDER if (RESULTS / f"{name}.json").exists()]
    for name in names:
        about, machine, rows = load(name)
        parts.append(f"## {TITLES[name]}\n\n{about} Measured on {_machine(machine)}.\n")
        for heading, ladder in _ladders(rows):
            parts.append(f"{heading}\n\n{_table(ladder)}")
            growth = list(_growth(ladder))
            if growth:
                parts.append("".join(f"{line}\n" for line in growth))
    return "\n".join(parts).rstrip() + "\n"


def _machine(found: dict[str, Any]) -> str:
    vectors = f", {found['vectors']}" if found["vectors"] != "none known" else ""
    return (
        f"{found['processors']} processors ({found['processor']}{vectors}), {found['memory'] / 2**30:.0f} GiB of memory, "
        f"{found['system']}, Python {found['python']}"
    )


def _ladders(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each ladder and family, with a heading that says what stays."""

    def key(row: Row) -> tuple[Any, ...]:
        fixed = {"options": row.options, "decision makers": row.deciders, "statements": row.statements, "width": row.width}
        if row.ladder == "options":  # decision makers and statements may change beside the options; the table shows them
            return row.ladder, row.engine, row.family
        return (row.ladder, row.engine, row.family, *(value for name, value in fixed.items() if name != row.ladder))

    for _, group in groupby(sorted(rows, key=key), key=key):
        ladder = list(group)
        yield f"**{ladder[0].engine}, {ladder[0].family}**, {ladder[0].ladder} growing:", ladder


def _table(rows: Sequence[Row]) -> str:
    """A table of the rows in the order in which their quantity grows."""
    copies, peaks = any(row.copies for row in rows), any(row.peak for row in rows)
    heads = ["n", "N", "k", "width", "concept", "time", *(["ns each"] if copies else []), *(["copies"] if copies else [])]
    heads += [*(["MiB"] if peaks else []), "answer", "checked"]
    lines = [f"| {' | '.join(heads)} |", f"|{'|'.join('---' for _ in heads)}|"]
    order = {"Nash": 0, "GMR": 1, "SMR": 2, "SSEQ": 3, "SEQ": 4}
    for row in sorted(rows, key=lambda row: (row.grows, row.deciders, row.statements, row.width, row.seed, order.get(row.concept, 9))):
        each = None if row.seconds is None else row.seconds * 1e9 / 2**row.options / row.deciders
        cells = [str(row.options), str(row.deciders), str(row.statements), str(row.width), row.concept]
        cells.append(_seconds(row.seconds) if row.seconds is not None else row.note or "no answer")
        cells += [f"{each:,.1f}" if each is not None else ""] if copies else []
        cells += [f"{row.copies:,.1f}" if row.copies else ""] if copies else []
        cells += [f"{row.peak / 2**20:,.0f}" if row.peak else ""] if peaks else []
        note = f"; {row.note}" if row.seconds is not None and row.note else ""
        cells += [_short(row.answer or ""), f"{row.checked}{note}".replace("|", "/")]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _seconds(value: float) -> str:
    return f"{value * 1e3:.2g} ms" if value < 0.0995 else f"{value:.2g} s" if value < 99.5 else f"{value:,.0f} s"


def _short(answer: str) -> str:
    """An answer with its numbers grouped, those of more than fifteen digits rounded."""

    def said(found: re.Match[str]) -> str:
        digits = found[0]
        if len(digits) <= 15:
            return f"{int(digits):,}"
        figures, _, power = f"{int(digits):.2e}".partition("e+")
        return f"{figures} × 10^{int(power)}"

    return re.sub(r"[0-9]{4,}", said, answer).replace("|", "/")


def _growth(rows: Sequence[Row]) -> Iterator[str]:
    """How the time grows along a ladder, fitted for each concept: a power of the quantity; for listing engines of the combinations."""
    by_concept: dict[tuple[str, int, int, int], list[Row]] = {}
    for row in rows:
        if row.seconds is not None:
            same = (row.deciders, row.statements, row.width) if row.ladder == "options" else (0, 0, 0)
            by_concept.setdefault((row.concept, *same), []).append(row)
    for (concept, *fixed), found in by_concept.items():
        of_states = found[0].ladder == "options" and any(row.copies for row in found)
        points = [(2.0**row.grows if of_states else float(row.grows), row.seconds or 0.0) for row in found]
        power = exponent(points) if len({x for x, _ in points}) > 2 else None
        if power is not None:
            quantity = "width" if found[0].ladder == "width" else f"number of {found[0].ladder}"
            what = f"the {'number of combinations' if of_states else quantity}"
            among = f" (N {fixed[0]}, k {fixed[1]}, width {fixed[2]})" if any(fixed) else ""
            yield f"- {concept}{among}: the time grows like {what} to the power {power:.2f}"


# -- the picture ---------------------------------------------------------------------------------------------------------
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 860, 460, 64, 24, 230, 48
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#8a6d00")


def picture() -> str:
    """Seconds against options on two logarithmic axes, a line for each engine and family, where options grow."""
    curves: dict[str, dict[int, float]] = {}
    for name in ORDER:
        if (RESULTS / f"{name}.json").exists():
            for row in load(name)[2]:
                if row.ladder == "options" and row.seconds is not None:
                    label = f"{row.engine}, {row.family}"
                    concept = f", {row.concept}" if " " not in row.concept else ""
                    if concept and row.concept not in ("Nash", "SEQ"):
                        continue
                    points = curves.setdefault(label + concept, {})
                    points[row.options] = max(points.get(row.options, 0.0), row.seconds)
    if not curves:
        return ""
    xs = [x for points in curves.values() for x in points]
    ys = [y for points in curves.values() for y in points.values()]
    low, high = math.floor(math.log10(min(ys))), math.ceil(math.log10(max(ys)))
    left, right = math.log2(min(xs)), math.log2(max(xs)) or 1.0

    def x_of(options: float) -> float:
        return LEFT + (math.log2(options) - left) / ((right - left) or 1) * (WIDTH - LEFT - RIGHT)

    def y_of(seconds: float) -> float:
        return TOP + (high - math.log10(seconds)) / ((high - low) or 1) * (HEIGHT - TOP - BOTTOM)

    font = 'font-family="sans-serif" font-size="12"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t" {font}>',
        '<title id="t">Seconds against options, for each engine and family, on logarithmic axes</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for power in range(low, high + 1):
        y = y_of(10.0**power)
        said = f"{10**power:,} s" if power >= 0 else f"{10 ** (power + 3):g} ms" if power >= -3 else f"{10.0 ** (power + 6):g} µs"
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#333333">{said}</text>')
    for options in (10, 14, 20, 26, 32, 40, 60, 100, 200, 400):
        if min(xs) <= options <= max(xs):
            x = x_of(options)
            parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#eeeeee"/>')
            parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle" fill="#333333">{options}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle" fill="#333333">options</text>')
    for number, (label, points) in enumerate(curves.items()):
        colour = COLOURS[number % len(COLOURS)]
        dash = ' stroke-dasharray="5 3"' if number >= len(COLOURS) else ""
        along = sorted(points.items())
        line = " ".join(f"{x_of(x):.1f},{y_of(y):.1f}" for x, y in along)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        parts += [f'<circle cx="{x_of(x):.1f}" cy="{y_of(y):.1f}" r="3" fill="{colour}"/>' for x, y in along]
        y = TOP + 14 + 18 * number
        parts.append(f'<path d="M{WIDTH - RIGHT + 14} {y - 4}h22" stroke="{colour}" stroke-width="2"{dash}/>')
        parts.append(f'<text x="{WIDTH - RIGHT + 42}" y="{y}" fill="#333333">{escape(label)}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> int:
    """Write the page and the picture, or compare them with the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; status 1 if the page is not what the results say")
    made = {PAGE: page(), PICTURE: picture()}
    if parser.parse_args().check:
        stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not what bench/results says: python bench/speed.py", file=sys.stderr)
        return 1 if stale else 0
    for path, text in made.items():
        path.write_text(text, encoding="utf-8")
        print(f"written: {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
