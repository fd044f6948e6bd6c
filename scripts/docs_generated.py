"""What the manual takes from the code: tables and texts by name, each a function of one argument that gives Markdown."""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/detente"


def fenced(text: str, language: str = "text") -> str:
    """A text as a block of code, fenced with more backticks than it holds."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text) or [""]))
    return f"{fence}{language}\n{text.strip()}\n{fence}\n"


def table(header: list[str], rows: list[list[str]]) -> str:
    """A table of Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |\n" for line in lines)


# -- commands ----------------------------------------------------------------------------------------------------------
@cache
def help_of(*command: str) -> str:
    """What the command line says of itself."""
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    program = str(Path(sys.executable).with_name("detente"))
    return subprocess.run([program, *command, "--help"], env=environment, capture_output=True, text=True, check=True).stdout


def command_names() -> tuple[str, ...]:
    """The commands of the program."""
    names: tuple[str, ...] = importlib.import_module("detente.cli.grammar").COMMANDS
    return names


def commands(_: str = "") -> str:
    """The help of the program and of every command."""
    parts = [fenced(help_of())]
    for name in command_names():
        parts += [f"## detente {name}\n", fenced(help_of(name))]
    return "\n".join(parts)


# -- concepts ----------------------------------------------------------------------------------------------------------
def concept_facts(key: str) -> str:
    """One solution concept, as its own file defines it."""
    from detente.concepts.registry import concept

    found = concept(key)
    rows = [["key", f"`{found.key}`"], ["name", found.name], ["asks", found.asks]]
    rows += [["stable states are stable under", ", ".join(found.implies) or "-"]]
    rows += [["follows from stability under", ", ".join(found.implied_by) or "-"], ["printed in", found.source]]
    return table(["", "in the program"], rows) + "\n" + fenced(found.formula, "latex")


def horizons(_: str = "") -> str:
    """The equilibria of the 78 games for everybody who looks so far, and from where on that makes no difference."""
    from detente.cases.games import NUMBERED, game
    from detente.concepts.further.limited_move import play_of
    from detente.concepts.registry import concept
    from detente.engines.single import SingleEngine
    from detente.space.states import StateSpace

    rows = []
    for number, outcomes in enumerate(NUMBERED, start=1):
        engine = SingleEngine(StateSpace(game(number)))
        conflict = engine.space.conflict
        cells = []
        for key in ("L1", "L2", "L3", "L4", "NM"):
            one, two = (engine.stable(concept(key), dm) for dm in engine.decision_makers)
            named = [name.name for name in conflict.named_states if (one & two).contains(conflict.combination(name.taken))]
            cells.append(" ".join(named) or "-")
        found = play_of(engine, "Row", "two", "NM").horizons
        first, again = found.repetition() if found is not None else (0, 0)
        repeats = f"from {first} on the same" if again - first == 1 else f"from {first} on every {again - first}"
        rows.append([str(number), outcomes.replace(",", " "), *cells, repeats])
    return table(["game", "CC CD DC DD", "L1 (Nash)", "L2", "L3", "L4", "NM", "repeats"], rows)


def concepts(_: str = "") -> str:
    """Every solution concept: a heading, what it asks, and where its page is."""
    from detente.concepts.registry import all_concepts

    parts = []
    for found in all_concepts():
        implied = f" Its stable states are stable under {', '.join(found.implies)} too." if found.implies else ""
        parts += [
            f"## {found.key}: {found.name}\n",
            f"{found.asks}{implied} [Definition, example and limits](concepts/{found.key.lower()}.md).\n",
        ]
    return "\n".join(parts)


# -- deadlocks ---------------------------------------------------------------------------------------------------------
def deadlock_facts(key: str) -> str:
    """One type of deadlock, as its own file defines it."""
    from detente.analysis.deadlock.registry import deadlock_type

    found = deadlock_type(key)
    rows = [["key", f"`{found.key}`"], ["name", found.name], ["asks", found.asks], ["comes from", found.source]]
    return table(["", "in the program"], rows) + "\n" + fenced(found.formula, "latex")


def deadlocks(_: str = "") -> str:
    """Every type of deadlock with what it asks and where its page is."""
    from detente.analysis.deadlock.registry import all_types

    rows = [[f"[{found.key}](deadlocks/{found.key.lower()}.md)", found.name, found.asks] for found in all_types()]
    return table(["Type", "Name", "Asks"], rows)


# -- diagnostics -------------------------------------------------------------------------------------------------------
FAMILIES = {
    "M": "The model and the language of conflict files",
    "P": "Preferences",
    "E": "Evidence",
    "F": "Files",
    "S": "Size, memory, engines",
    "U": "Usage: the question asked",
    "I": "Importing and exporting",
    "D": "Defects of the program itself",
}


def codes(_: str = "") -> str:
    """Every diagnostic code with the heading of its page, family by family."""
    found: dict[str, list[list[str]]] = {}
    for file in sorted((SOURCE / "codes").glob("*.md")):
        heading = re.search(r"^# (?:\w\d{3}:?\s*)?(.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        row = [f"[{file.stem}](../../src/detente/codes/{file.name})", heading[1].strip() if heading else ""]
        found.setdefault(file.stem[0], []).append(row)
    letters = [*FAMILIES, *sorted(found.keys() - FAMILIES.keys())]
    return "\n".join(
        f"## {letter}: {FAMILIES.get(letter, 'Others')}\n\n{table(['Code', 'What'], found[letter])}"
        for letter in letters
        if letter in found
    )


# -- limits ------------------------------------------------------------------------------------------------------------
def _number(value: int) -> str:
    return f"2^{value.bit_length() - 1}" if value > 1 << 20 and value & (value - 1) == 0 else f"{value:,}"


MAIN_LIMITS = (
    "detente.space.states.MAX_OPTIONS",
    "detente.engines.single.MAX_STATES",
    "detente.engines.array.MAX_BYTES",
    "detente.io.decoding.MAX_BYTES",
    "detente.model.parse.MAX_LENGTH",
    "detente.model.parse.MAX_DEPTH",
    "detente.model.checks.MAX_NAME",
    "detente.model.guess.MAX_GUESSES",
    "detente.model.guess.MAX_ALTERNATIVES",
    "detente.model.guess.MAX_ORDERED",
    "detente.model.checks_guesses.MAX_WEIGHT_DIGITS",
    "detente.preference.weighting.MAX_WEIGHT",
)
"""Those that a user is most likely to meet."""


def limits(wanted: str = "") -> str:
    """The public limits (names that begin with MAX_) of the library, with what their files say of them: the main ones, or the others."""
    rows = []
    for file in sorted(SOURCE.rglob("*.py")):
        body = ast.parse(file.read_text(encoding="utf-8")).body
        name = ("detente." + ".".join(file.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")
        for statement, after in pairwise([*body, None]):
            match statement, after:
                case ast.Assign(targets=[ast.Name(id=constant)]), ast.Expr(value=ast.Constant(value=str() as text)) if constant.startswith(
                    "MAX_"
                ):
                    value = getattr(importlib.import_module(name), constant)
                    if (f"{name}.{constant}" in MAIN_LIMITS) is (wanted == "main"):
                        rows.append([" ".join(text.split()), _number(value), f"`{name}.{constant}`"])
    return table(["What", "Limit", "Where"], rows)


# -- the language of conflict files ------------------------------------------------------------------------------------
NAMES = {"a rule": "[a rule](rules.md)", "a basis": "[a basis](evidence.md#basis)"}
MANY = {
    "a statement about pairs": "statements about pairs",
    "a decision maker of a viewpoint": "what it says of them",
    "a rule": "[rules](rules.md)",
    "a gap in the sources": "gaps in the sources",
    "a guess": "guesses",
    "a spare preference": "spare preferences",
}
SHORT = {
    "Text": "text",
    "Condition": "[condition](conditions.md)",
    "State": "[a state](#a-state)",
    "Ranking": "list of states or ties",
    "Decimal": "number",
    "Intervals": "number, or list of numbers and of intervals `[from, to]`",
}


def keys(name: str) -> str:
    """The keys of one mapping of the language of conflict files, or of each of several that can stand in one place."""
    language = importlib.import_module("detente.io.language")
    optional = {field.key for field in language.PREFERENCE_FIELDS}
    places = (f"detente.io.{part}" for part in ("language", "language_beliefs", "language_movers", "language_guesses"))
    shape = next(found for place in places if (found := getattr(importlib.import_module(place), name, None)) is not None)
    records = getattr(shape, "records", (shape,))
    rows = {
        field.key: [
            f"`{field.key}`",
            _holds(field.shape),
            field.about,
            "required" if field.required and len(records) == 1 and field.key not in optional else "",
        ]
        for record in records
        for field in record.fields
    }
    return table(["Key", "Holds", "Meaning", ""], list(rows.values()))


def _holds(shape: Any) -> str:
    match type(shape).__name__:
        case "Record" | "OneOf":
            return NAMES.get(shape.name, str(shape.name))
        case "ListOf":
            return f"list of {_many(shape.item)}" + (", or one alone" if shape.lone else "")
        case "Table":
            return f"mapping from keys to {_many(shape.value)}"
        case "Key":
            return f"key of {'an' if shape.noun[0] in 'aeiou' else 'a'} {shape.noun}"
        case "Word":
            return ", ".join(f"`{word}`" for word, _ in shape.words)
        case "Whole":
            return "whole number"
        case other:
            return SHORT[other]


def _many(shape: Any) -> str:
    match type(shape).__name__:
        case "Record" | "OneOf":
            return MANY.get(shape.name, f"{shape.name.split(' ', 1)[1]}s")
        case "Key":
            return f"keys of {shape.noun}s"
        case "State":
            return "[states](#a-state)"
        case _:
            return f"{_holds(shape)}s"


# -- documents ---------------------------------------------------------------------------------------------------------
def document(name: str) -> str:
    """The keys of one JSON document, and of its parts, from its schema."""
    return "\n".join(_schema_tables(getattr(importlib.import_module("detente"), name).json_schema()))


def _schema_tables(schema: dict[str, Any]) -> Iterator[str]:
    yield _schema_table(schema)
    for name, part in schema.get("$defs", {}).items():
        title = name.removesuffix("Part")
        yield f"### {title}\n\n{part.get('description', '').splitlines()[0]}\n\n{_schema_table(part)}"


def _schema_table(schema: dict[str, Any]) -> str:
    needed = schema.get("required", [])
    rows = [[f"`{key}`", _type(value), "" if key in needed else "may be absent"] for key, value in schema.get("properties", {}).items()]
    return table(["Key", "Holds", ""], rows)


WORDS = {
    "string": ("text", "texts"),
    "integer": ("whole number", "whole numbers"),
    "number": ("number", "numbers"),
    "boolean": ("true or false", "values true or false"),
    "null": ("null", "nulls"),
    "object": ("mapping", "mappings"),
}


def _type(schema: dict[str, Any], many: bool = False) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2].removesuffix("Part")
        return f"[{name}](#{name.lower()})"
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "enum" in schema:
        return ", ".join(f'"{value}"' for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_type(choice, many) for choice in schema["anyOf"])
    if schema.get("type") == "array":
        return f"{'lists' if many else 'list'} of {_type(schema.get('items', {}), True)}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"{'mappings' if many else 'mapping'} to {_type(schema['additionalProperties'], True)}"
    return WORDS.get(str(schema.get("type")), ("anything", "anything"))[many]


# -- the library -------------------------------------------------------------------------------------------------------
def first_sentence(value: object) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((inspect.getdoc(value) or "").split("\n\n")[0].split())


def exported_classes() -> dict[str, type]:
    """The classes that `detente` exports, by name."""
    package = importlib.import_module("detente")
    return {name: value for name in sorted(package.__all__, key=str.lower) if inspect.isclass(value := getattr(package, name))}


def library_nouns(_: str = "") -> str:
    """Every class that `detente` exports, with the first sentence of its docstring."""
    rows = [[f"`{name}`", first_sentence(value), f"`{value.__module__}`"] for name, value in exported_classes().items()]
    return table(["Class", "What it is", "Defined in"], rows)


def exported_functions() -> dict[str, Callable[..., Any]]:
    """The functions that `detente` exports, by name; some share theirs with a package of the library."""
    package = importlib.import_module("detente")
    found = {name: package._public(name) for name in package.__all__}
    return {name: value for name, value in found.items() if callable(value) and not inspect.isclass(value)}


def verbs(_: str = "") -> str:
    """Every function that `detente` exports, with its parameters and the first sentence of its docstring."""
    rows = [
        [f"`{name}({', '.join(inspect.signature(value).parameters)})`", first_sentence(value)]
        for name, value in exported_functions().items()
    ]
    return table(["Function", "What it does"], rows)


GENERATED: dict[str, Callable[[str], str]] = {
    "horizons": horizons,
    "commands": commands,
    "concept": concept_facts,
    "concepts": concepts,
    "deadlock": deadlock_facts,
    "deadlocks": deadlocks,
    "codes": codes,
    "document": document,
    "keys": keys,
    "library-nouns": library_nouns,
    "limits": limits,
    "verbs": verbs,
}
