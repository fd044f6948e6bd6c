"""The grammar of the commands that say how it would go on, and how well forecasts did."""

from __future__ import annotations

from detente.cli.grammar import Builder, conflict, count, everything, force, json_flag, start


def evolve(build: Builder) -> None:
    """Add `detente evolve`."""
    parser = build.add(
        "evolve",
        "say where improvements would lead from the status quo, with what probability, and on whose weights that hangs",
        'WHO: how often each decision maker moves next, as weights ("North=2,South=1"), or "equal"; by\n'
        "default the weights of the file, and equal ones where it has none. Moves are counted, no days.",
    )
    conflict(parser)
    start(parser, "where it begins")
    parser.add_argument("--movers", metavar="WHO", help="how often each moves next")
    parser.add_argument(
        "--choice", metavar="HOW", default="any", help="any: each improvement as often as any other; best: the most preferred"
    )
    parser.add_argument("--moves", metavar="KIND", default="improving", help="improving: improvements; any: moves of any kind")
    parser.add_argument(
        "--to", metavar="STATE-or-CONDITION", action="append", default=[], help="ask also whether it ever comes there; may be repeated"
    )
    parser.add_argument("--rounds", metavar="N", type=count, default=4, help="how many moves are followed one by one (4, at most 50)")
    parser.add_argument("--flow", metavar="FILE", help="also draw the most probable ways into this file (.svg)")
    force(parser)
    everything(parser, "show every list in full")
    json_flag(parser)


def forecast(build: Builder) -> None:
    """Add `detente forecast`."""
    parser = build.add(
        "forecast",
        "score recorded forecasts that have come out, beside baselines for the same questions",
        "FILE: for each forecast the question, the outcomes with their probabilities, where these come\n"
        "from and when it was recorded; and what came, once that is known.",
    )
    parser.add_argument("file", metavar="FILE")
    everything(parser, "show every forecast")
    json_flag(parser)
