"""What elements of a conflict are called in sentences: readers do not know paths."""

from __future__ import annotations

from collections.abc import Mapping

from detente.explain.bans import ban_words
from detente.model.checks_beliefs import altered_parties
from detente.model.conflict import Conflict, DecisionMaker
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
        case ["movers"] if conflict.movers is not None:
            return "how often each decision maker moves" + (f", “{conflict.movers.says}”" if conflict.movers.says else "")
        case ["fallback"] if conflict.fallback is not None:
            return "the fallback" + (f", “{conflict.fallback.says}”" if conflict.fallback.says else "")
        case ["decision makers", *rest]:
            return _of_party({dm.key: dm for dm in conflict.decision_makers}, rest)
        case ["viewpoints", *rest]:
            return _of_viewpoint(conflict, "/".join(rest))
        case ["uncertain", *key]:
            return _of_guess(conflict, "/".join(key))
        case _:
            raise KeyError(parts)


def _of_guess(conflict: Conflict, path: str) -> str:
    """A guess, or its weights."""
    for guess in conflict.guesses:
        if path == guess.key:
            return f"the guess “{guess.says or guess.key}”"
        if path == f"{guess.key}/weights basis":
            return f"the weights of the guess “{guess.says or guess.key}”"
    raise KeyError(path)


def _of_party(makers: Mapping[str, DecisionMaker], parts: list[str]) -> str:
    """An element of one of some decision makers (by key), or the decision maker."""
    match parts:
        case [*key, ("prefers" | "red lines" | "pairs") as kind, number] if key:
            return _numbered(makers["/".join(key)], kind, int(number))
        case [*key, ("ranking" | "weights") as kind] if key:
            return f"the {kind} of {makers['/'.join(key)].key}"
        case _:
            path = "/".join(parts)
            if path in makers:
                return f"the decision maker {path}"
            for dm in makers.values():
                if path in {f"{dm.key}/thresholds/{threshold.kind}" for threshold in dm.thresholds}:
                    return f"the threshold of {dm.key}, {path.rpartition('/')[2]}"
                for attitude in dm.attitudes:
                    if path == f"{dm.key}/attitudes/{attitude.toward}":
                        return f"the attitude of {dm.key} toward {'themselves' if attitude.toward == dm.key else attitude.toward}"
            raise KeyError(path)


def _numbered(dm: DecisionMaker, kind: str, number: int) -> str:
    """A statement of preference, a red line or a statement about pairs, by its number from 1."""
    if number < 1:
        raise IndexError(number)
    if kind == "red lines":
        line = dm.red_lines[number - 1]
        return f"red line {number} of {dm.key}, “{line.says or written(line.never)}”"
    if kind == "pairs":
        pair = dm.pairs[number - 1]
        return f"statement {number} of {dm.key} about pairs of states, “{pair.says or f'{written(pair.of)} over {written(pair.over)}'}”"
    if dm.preference is None:
        raise KeyError(dm.key)
    statement = dm.preference.statements()[number - 1]
    return f"statement {number} of {dm.key}, “{statement.says or written(statement.when)}”"


def _of_viewpoint(conflict: Conflict, path: str) -> str:
    """A viewpoint, or what it says of a decision maker."""
    for seen in conflict.viewpoints:
        if path == seen.key:
            return f"the viewpoint “{seen.name}”"
        if path.startswith(f"{seen.key}/decision makers/"):
            start = f"viewpoints/{seen.key}/decision makers/"
            makers = {dm.key: dm for place, dm, _ in altered_parties(conflict) if place == start + dm.key}
            return f"{_of_party(makers, path.removeprefix(f'{seen.key}/decision makers/').split('/'))}, as “{seen.name}” has it"
    raise KeyError(path)
