"""The grammar of the commands that say how sure an analysis is."""

from __future__ import annotations

from detente.cli.grammar import Builder, behaviour, conditions, conflict, count, everything, json_flag, patience


def sweep(build: Builder) -> None:
    """Add `detente sweep`."""
    parser = build.add(
        "sweep",
        "say which conclusions are the same however the guesses of a conflict come out, and on which guesses the others hang",
        "KINDS: reported, inferred, assumed, or without (a basis); several separated by commas. With rules\n"
        "among them, rules are open as well as statements and red lines. A share is a share of the ways in\n"
        "which the guesses can come out, and no likelihood.",
    )
    conflict(parser)
    parser.add_argument("--open", metavar="KINDS", help="open also what rests on these kinds of bases: each as written, or left out")
    behaviour(parser)
    conditions(parser)
    parser.add_argument("--no-levers", action="store_true", help="do not look for levers, which are else tried in all completions")
    parser.add_argument("--without", action="store_true", help="first: what changes without each source, each asserter, each side's voices")
    parser.add_argument("--tipping", action="store_true", help="also: the nearest single edits, or pairs, that change a conclusion")
    parser.add_argument("--draws", metavar="N", type=count, default=10_000, help="completions drawn where not all can be counted (10000)")
    parser.add_argument("--seed", metavar="N", type=count, default=1, help="what the draws depend on (1)")
    patience(parser, 60, "most time for counting")
    parser.add_argument("--out", metavar="FOLDER", help="write completions as rows of Parquet files into this folder instead")
    parser.add_argument("--rows", metavar="N", type=count, default=1_000_000, help="with --out: most completions written (1000000)")
    parser.add_argument("--workers", metavar="N", type=count, help="with --out: how many processes work; all cores by default")
    parser.add_argument("--cluster", metavar="ADDRESS", help="with --out: a Dask scheduler whose workers work instead (tcp://host:8786)")
    parser.add_argument("--resume", action="store_true", help="with --out: go on with what is in the folder")
    everything(parser, "show every list in full")
    json_flag(parser)
