"""What elements of a conflict are called in sentences: readers do not know paths."""

from __future__ import annotations

from detente.explain.bans import ban_words
from detente.model.conflict import Conflict
from detente.model.formula import written
from detente.text import listing


def element_words(conflict: Conflict, element: str) -> str:
    """The element with a path, in words; the path itself where there is no such element.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> conflict = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "open a door", ("A",)),))
    >>> element_words(conflict, "options/x"), element_words(conflict, "decision makers/A/prefers/7")
    ('the option “open a door” of A', 'decision makers/A/prefers/7')
    """
    try:
        return _words(conflict, element.split("/"))
    except (KeyError, IndexError, ValueError):
        return element


def _words(conflict: Conflict, parts: list[str]) -> str:
    match parts:
        case ["options", *key]:
            option = conflict.option("/".join(key))
            return f"the option “{option.name}”" + (f" of {listing(option.owners)}" if option.owners else "")
        case ["bans", number]:
            return f"ban {number}, {ban_words(conflict.bans[int(number) - 1])}"
        case ["measures", number]:
            return f"the measure “{conflict.measures[int(number) - 1].name}”"
        case ["rules", number]:
            rule = conflict.rules[int(number) - 1]
            return f"rule {number}" + (f", “{rule.says}”" if rule.says else "")
        case ["positions", *key]:
            position = conflict.position_of("/".join(key))
            if position is None:
                raise KeyError(parts)
            return f"the position of {position.party}" + (f", “{position.says}”" if position.says else "")
        case ["fronts", *key]:
            (front,) = [front for front in conflict.fronts if front.key == "/".join(key)]
            return f"the front “{front.name}”"
        case ["fallback"] if conflict.fallback is not None:
            return "the fallback" + (f", “{conflict.fallback.says}”" if conflict.fallback.says else "")
        case ["decision makers", *key, ("prefers" | "red lines") as kind, number] if key:
            return _of_party(conflict, "/".join(key), kind, int(number))
        case ["decision makers", *key, ("ranking" | "weights") as kind] if key:
            return f"the {kind} of {conflict.decision_maker('/'.join(key)).key}"
        case ["decision makers", *key]:
            return f"the decision maker {conflict.decision_maker('/'.join(key)).key}"
        case _:
            raise KeyError(parts)


def _of_party(conflict: Conflict, key: str, kind: str, number: int) -> str:
    dm = conflict.decision_maker(key)
    if number < 1:
        raise IndexError(number)
    if kind == "red lines":
        line = dm.red_lines[number - 1]
        return f"red line {number} of {key}, “{line.says or written(line.never)}”"
    if dm.preference is None:
        raise KeyError(key)
    statement = dm.preference.statements()[number - 1]
    return f"statement {number} of {key}, “{statement.says or written(statement.when)}”"
