"""The keys that a conflict file declares, found before anything is read, so that every place can refer to every other."""

from __future__ import annotations

from collections.abc import Iterator

from detente.io.nodes import Pairs, Scalar, SourceText, pairs_under
from detente.io.report import Report, quoted
from detente.io.shaped import Names
from detente.model.checks import unusable
from detente.model.pairs import THRESHOLDS
from detente.model.shape import Noun

_TABLES = {
    Noun.SOURCE: "sources",
    Noun.ASSERTER: "asserters",
    Noun.DECISION_MAKER: "decision makers",
    Noun.NAMED_STATE: "states",
    Noun.FRONT: "fronts",
    Noun.VIEWPOINT: "viewpoints",
    Noun.GUESS: "uncertain",
}
_ELEMENT = {**_TABLES, Noun.OPTION: "options"}


def declared(root: Pairs, source: SourceText, report: Report) -> Names:
    """The keys by noun, and the owner of each option.

    Notes M102 (two options of one key) and M103 (a key that can't be used).
    """
    names = Names({noun: {} for noun in Noun})
    for noun, table in _TABLES.items():
        for key, _ in pairs_under(root, table):
            _usable(noun, key, source, report)
            names.known[noun][key.text] = None
    names.known[Noun.THRESHOLD] = dict.fromkeys(THRESHOLDS)
    owners: dict[str, str] = {}
    places: dict[str, Scalar] = {}
    for owner, key in _options(root):
        _usable(Noun.OPTION, key, source, report)
        if key.text in owners:
            first = source.where(places[key.text]).line
            message = f"two options are called {quoted(key.text)}; the first stands in line {first}"
            help = "give each its own key; one option of several decision makers is written once, with `shared with`"
            report.error("M102", message, source.where(key), value=key.text, element=f"options/{key.text}", help=help)
        owners.setdefault(key.text, owner)
        places.setdefault(key.text, key)
    names.known[Noun.OPTION] = dict.fromkeys(owners)
    names.owners = owners
    return names


def _options(root: Pairs) -> Iterator[tuple[str, Scalar]]:
    """The keys of all options, each with its owner's."""
    for key, _ in pairs_under(root, "options without owner"):
        yield "without owner", key
    for owner, value in pairs_under(root, "decision makers"):
        for key, _ in pairs_under(value, "options"):
            yield owner.text, key


def _usable(noun: Noun, key: Scalar, source: SourceText, report: Report) -> None:
    """Note a key that can't be used."""
    reason = unusable(noun, key.text)
    if reason is not None:
        report.error(
            "M103",
            f"the key {quoted(key.text)} {reason[0]}",
            source.where(key),
            value=key.text[:200],
            element=f"{_ELEMENT[noun]}/{key.text[:200]}",
            help=reason[1],
        )
