"""The grammar of the command line.  Imports nothing that takes time, so that help is given at once."""

from __future__ import annotations

from detente.cli.grammar import (
    Builder,
    Parser,
    behaviour,
    conditions,
    conflict,
    count,
    everything,
    force,
    json_flag,
    limits,
    patience,
    start,
    state,
    text_format,
    time_flag,
)
from detente.cli.parser_evolution import evolve, forecast
from detente.cli.parser_sure import sweep

DESCRIPTION = """\
Analyse a conflict with the graph model for conflict resolution: which states are
stable, for whom, under which behaviour, why, and what that rests on."""

EPILOG = """\
FILE is a conflict file (.yaml, .json, .gmcr) or the name of a packaged case (detente cases).
STATE is a number, a choice such as YN-Y, the name of a named state, or "status quo".

first steps:
  detente analyze gaza-hostage-talks
  detente explain elmira 1 --by Local --under SEQ
  detente new conflict.yaml && detente check conflict.yaml

exit status: 0 done, 1 the model or an expectation is wrong, 2 the command is wrong,
3 a limit of time or memory was met before all was found, 130 interrupted."""


def _check(build: Builder) -> None:
    parser = build.add("check", "say what is wrong with a conflict file, and what an analyst would want to know")
    conflict(parser)
    parser.add_argument("--strict", action="store_true", help="warnings count as errors")
    parser.add_argument("--sources", metavar="FOLDER", help="where else to look for the texts of the sources")
    json_flag(parser)


def _analyze(build: Builder) -> None:
    parser = build.add(
        "analyze",
        "say which states are stable, for whom, and which are equilibria",
        'NAMES: concepts ("SEQ,SIM"), or a concept for each decision maker ("Local=SEQ,Nash":\n'
        "a concept without a name counts for all others).",
    )
    conflict(parser)
    parser.add_argument("--under", metavar="NAMES", help="concepts of behaviour (detente concepts); all by default")
    limits(parser, "array, blocks, sat, single or symbolic")
    parser.add_argument("--cross-check", action="store_true", help="ask every engine that can, and compare")
    parser.add_argument("--list-limit", metavar="N", type=count, help="give only counts above N states or numbers (20000)")
    everything(parser, "show every state, not only a few")
    parser.add_argument("--describe", action="store_true", help="say in full which the equilibria are, where they are many")
    parser.add_argument("--where", metavar="CONDITION", help='show only states that meet it, e.g. "Accept and not Insist"')
    parser.add_argument("--expect", metavar="FILE", help="compare with expected verdicts; status 1 if they differ")
    parser.add_argument("--parquet", metavar="FILE", help="also write all states as rows of a Parquet file")
    parser.add_argument("--parquet-limit", metavar="N", type=count, help="most rows of it; with more nothing is written (10000000)")
    json_flag(parser)
    force(parser)


def _explain(build: Builder) -> None:
    parser = build.add("explain", "say why a decision maker stays at a state, or leaves it")
    conflict(parser)
    parser.add_argument("state", metavar="STATE")
    parser.add_argument("--by", metavar="NAME", help="the decision maker; all by default")
    parser.add_argument("--under", metavar="NAMES", help="the concept of behaviour; all by default")
    limits(parser, "sat or single", memory=False)
    everything(parser)
    parser.add_argument("--certificate", metavar="FILE", help="also write the certificate that the sentences are made from")
    json_flag(parser)
    force(parser)


def _path(build: Builder) -> None:
    parser = build.add(
        "path", "say how one state leads to another: by which moves, whose, and which of them are regretted",
        "With one STATE the path begins at the status quo; with more, at the first.",
    )  # fmt: skip
    conflict(parser)
    parser.add_argument("states", metavar="STATE", nargs="+")
    parser.add_argument(
        "--by",
        metavar="NAMES",
        help='who may act ("MoE,Local"), coalitions also at once ("Local,MoE+Uniroyal"); everybody alone by default',
    )
    time_flag(parser)
    everything(parser)
    json_flag(parser)


def _diagnose(build: Builder) -> None:
    parser = build.add(
        "diagnose",
        "say whether the status quo is stuck, for whom, and what kind of deadlock it is",
        'NAMES: a concept ("SEQ"), or one for each decision maker ("Local=Nash,SEQ": a concept without\na name counts for all others).',
    )
    conflict(parser)
    start(parser, "the state asked about")
    parser.add_argument("--under", metavar="NAMES", help="the behaviour; SEQ for everybody by default")
    time_flag(parser)
    everything(parser)
    json_flag(parser)


def _unlock(build: Builder) -> None:
    parser = build.add(
        "unlock",
        "say what would make the status quo give way, and what would make a wanted state hold",
        "KINDS: priority, preference, pressure, red-lines, guarantee, phases, coalitions, plan; several\n"
        "separated by commas, all by default. A target is a state or a condition; without one it is\n"
        "asked what would make the status quo give way, and what would make each named state hold.\n"
        "In plans prices and budgets are given for: measure, ban, preference, priority, red-line,\n"
        "joint; budgets also for decision makers.",
    )
    conflict(parser)
    parser.add_argument("--target", metavar="STATE-or-CONDITION", action="append", default=[], help="what is wanted; may be repeated")
    start(parser, "where it begins")
    parser.add_argument("--want", choices=("hold", "break", "reach", "only"), help=_WANTS)
    behaviour(parser)
    parser.add_argument("--kind", metavar="KINDS", help="which kinds of levers are looked for")
    parser.add_argument("--weight", metavar="PARTY=N", action="append", default=[], help="count changes of this party's preference N times")
    parser.add_argument("--price", metavar="KIND=N", action="append", default=[], help="in a plan, count one of these N times")
    parser.add_argument("--budget", metavar="NAME=N", action="append", default=[], help="in a plan, spend at most N on a party or a kind")
    parser.add_argument("--red-lines", choices=("excluded", "counted"), default="excluded", help="are changes across red lines left out?")
    parser.add_argument("--edits", metavar="N", type=count, default=2, help="most edits of statements tried together (2)")
    patience(parser, 30, "time for each kind and goal")
    everything(parser)
    json_flag(parser)


def _answer(build: Builder) -> None:
    parser = build.add(
        "answer", "answer the questions that a conflict file asks, and compare what its sources conclude with what the model gives"
    )
    conflict(parser)
    behaviour(parser)
    patience(parser, 10, "most time for each search")
    everything(parser)
    json_flag(parser)


def _fronts(build: Builder) -> None:
    parser = build.add("fronts", "say whether the diagnosis changes when fronts of the conflict are left out, and which are enough")
    conflict(parser)
    behaviour(parser)
    conditions(parser)
    parser.add_argument("--beside", metavar="FILE", help="another conflict to ask the same, such as a narrower one")
    patience(parser, 60)
    everything(parser, "show every set of fronts")
    json_flag(parser)


def _compare(build: Builder) -> None:
    parser = build.add(
        "compare", "say what the viewpoints of a conflict share, which conclusions hang on them, and on which single element"
    )
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--viewpoints", metavar="KEYS", help="which to compare with the file, separated by commas; all by default")
    behaviour(parser)
    conditions(parser)
    patience(parser, 120)
    everything(parser, "show every conclusion, and every list in full")
    json_flag(parser)


def _compose(build: Builder) -> None:
    parser = build.add(
        "compose",
        "make one conflict of local conflicts on several fronts, and say what holds on each alone and within the whole",
        "FILE: a composition file. Every other command takes one as well, and answers for the whole.",
    )
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("-o", "--output", metavar="OUT", help="write the whole as a conflict file (.yaml, .json)")
    behaviour(parser)
    json_flag(parser)


def _hypergame(build: Builder) -> None:
    parser = build.add(
        "hypergame",
        "say which states hold where everybody acts in the conflict as they see it, and what other beliefs would do",
        'WHO: a viewpoint for some decision makers ("North=south,South="), where that is to differ from the\n'
        "file; nothing after the sign for the conflict as the file writes it.",
    )
    parser.add_argument("file", metavar="FILE")
    state(parser)
    behaviour(parser)
    parser.add_argument("--held", metavar="WHO", help="who acts on which viewpoint")
    everything(parser)
    json_flag(parser)


def _coalitions(build: Builder) -> None:
    parser = build.add(
        "coalitions",
        "say for which coalitions a state is stable, when each acts together",
        'Coalitions are written "MoE+Uniroyal". In a partition ("MoE+Uniroyal,Local") everybody is in one.\n'
        "Members change their options one after the other; in one step only where the conflict declares it,\n"
        "or with --joint.",
    )
    conflict(parser)
    state(parser)
    parser.add_argument(
        "--coalition", metavar="NAMES", action="append", default=[], help="look at this one; may be repeated; all by default"
    )
    parser.add_argument("--partition", metavar="NAMES", help="look at these, and let no others act together")
    parser.add_argument(
        "--improvement", metavar="KIND", default="strict", help="strict: all members gain; weak or pareto: some, and none loses"
    )
    parser.add_argument("--joint", action="store_true", help="let the members of any coalition change options in one step")
    everything(parser)
    json_flag(parser)


_WANTS = "that the target holds, is also reached (reach), that nothing else is (only); or that the start gives way (break)"


def _report(build: Builder) -> None:
    parser = build.add("report", "write the analysis as one HTML file that needs nothing else")
    conflict(parser)
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write it (by default in this folder, under the conflict's name)")
    parser.add_argument("--under", metavar="NAMES", help="concepts of behaviour; all by default")
    parser.add_argument("--rows", metavar="FOLDER", help="how sure it is, counted over the rows that sweep --out wrote into a folder")
    limits(parser, "array, blocks, sat, single or symbolic")


def _open(build: Builder) -> None:
    parser = build.add(
        "open",
        "open the workbench: see, ask and change a conflict in the browser",
        "FILE may also be a folder; without it, this folder is meant. The workbench answers on this machine only, to the\n"
        "browser that opens the address with its token. It reads and writes conflict files of the one folder, and no others.",
    )
    parser.add_argument("file", metavar="FILE", nargs="?", default=".")
    parser.add_argument("--port", metavar="N", type=count, default=0, help="the port it listens at; by default any that is free")
    parser.add_argument("--no-browser", action="store_true", help="only print the address")


def _lookups(build: Builder) -> None:
    parser = build.add("cases", "list the conflicts that come with the program, or print one")
    parser.add_argument("name", metavar="NAME", nargs="?")
    json_flag(parser)
    parser = build.add("concepts", "list the concepts of behaviour, or tell about one")
    parser.add_argument("name", metavar="NAME", nargs="?")
    json_flag(parser)
    parser = build.add("explain-code", "tell about the code of an error or a warning")
    parser.add_argument("code", metavar="CODE")
    json_flag(parser)


def _files(build: Builder) -> None:
    parser = build.add("new", "write a commented file to begin a conflict of one's own with", "Without FILE the text is printed.")
    parser.add_argument("file", metavar="FILE", nargs="?")
    parser.add_argument("--parties", metavar="NAMES", help='keys of the decision makers ("Ministry,Company")')
    parser.add_argument("--title", metavar="TEXT")
    force(parser)
    parser = build.add("import", "make a conflict file of a .gmcr file")
    parser.add_argument("file", metavar="SOURCE")
    parser.add_argument("output", metavar="FILE")
    parser.set_defaults(allow_loss=False)
    force(parser)
    parser = build.add("export", "write a conflict or a packaged case as .yaml, .json or .gmcr")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("output", metavar="TO")
    parser.add_argument("--allow-loss", action="store_true", help="write a .gmcr file although it can't hold everything")
    force(parser)


def build() -> Parser:
    """The parser of the whole command line."""
    parser = Parser(prog="detente", description=DESCRIPTION, epilog=EPILOG, formatter_class=text_format, allow_abbrev=False)
    parser.add_argument("--version", action="store_true", help="print the version")
    builder = Builder(parser)
    for add in (
        _check,
        _analyze,
        _explain,
        _path,
        _diagnose,
        _unlock,
        _coalitions,
        _fronts,
        _compose,
        _compare,
        _hypergame,
        sweep,
        evolve,
        forecast,
        _answer,
        _report,
        _open,
        _lookups,
        _files,
    ):
        add(builder)
    return parser
