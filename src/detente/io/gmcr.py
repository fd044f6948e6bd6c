"""Reads `.gmcr` files, the save files of GMCR+ (JSON), without loss.

What a file means: options are put in the order of their owners, decision maker by decision maker; a ranking lists states by
their place among the feasible ones in ascending order of their numbers.  A decision maker's statements and ranking are both kept: the
one that counts as the preference, the other among the spare preferences.  Caches such as `payoffs` are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from detente.errors import Position, Problems, Severity
from detente.io.gmcr_conditions import Terms, formula_of
from detente.io.gmcr_names import distinct, usable_keys
from detente.io.gmcr_ranking import RankingReader
from detente.io.gmcr_shape import Shape, keyed
from detente.io.json_text import JsonText, Node
from detente.io.loaded import Loaded
from detente.model.conflict import Coalition, Conflict, DecisionMaker, Direction, Option
from detente.model.formula import Formula
from detente.model.preference import Statement
from detente.model.rule import Infeasible
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.text import shortened

DIRECTIONS = {"both": Direction.BOTH, "fwd": Direction.ONLY_ON, "back": Direction.ONLY_OFF}
"""The words of the file for the directions of an option."""
MANUAL = ("useManualPreferenceRanking", "useManualPreferenceVectors")
"""The key that says whether rankings count, and what older files call it."""
RANKING = ("preferenceRanking", "preferenceVector")
"""The key of a ranking, and what older files call it."""
_TOP_KEYS = {"options", "decisionMakers", "infeasibles", "coalitions", "coalitionsFull", "program", "version", "title", *MANUAL}
_PARTY_KEYS = {"name", "options", "preferences", "misperceptions", "payoffs", *RANKING}
_OPTION_KEYS = {"name", "permittedDirection"}


def read_gmcr(text: str, name: str = "<text>") -> Loaded:
    """Read the text of a `.gmcr` file.

    Parameters
    ----------
    text
        The JSON text.
    name
        Name of the file, for positions; without a title in the file its stem becomes the conflict's title.

    Raises
    ------
    ConflictError
        With everything that is wrong: I700 to I706, M100, M101.

    Examples
    --------
    >>> loaded = read_gmcr('''{"options": [{"name": "Deal", "permittedDirection": "both"}], "infeasibles": [],
    ...   "decisionMakers": [{"name": "A", "options": [0], "preferences": [[[0, "Y"]]]}],
    ...   "useManualPreferenceRanking": false}''', "small.gmcr")
    >>> loaded.conflict.title, loaded.positions["options/Deal"].label
    ('small', 'small.gmcr:1:14')
    """
    return _Reader(text, name).read()


@dataclass(slots=True)
class _Party:
    """A decision maker as the file has it, with the numbers that options have there."""

    node: Node
    name: str
    options: list[int]
    statements: list[Node]
    misperceptions: list[Node]
    ranking: Node | None


class _Reader:
    """One file on its way to a conflict."""

    def __init__(self, text: str, name: str) -> None:
        self.json = JsonText(text, name)
        self.problems = Problems()
        self.shape = Shape(self.json, self.problems)
        self.positions: dict[str, Position] = {}
        self.keys: list[str] = []
        """The key of each option, by its number in the file."""
        self.names: list[str] = []
        self.directions: list[Direction] = []
        self.option_nodes: list[Node] = []

    def read(self) -> Loaded:
        """Everything, or `ConflictError` with all that is wrong."""
        top, shape = self.json.root, self.shape
        whole = shape.object(top, "a .gmcr file")
        self._read_options(top)
        parties = [self._party(node) for node in shape.items(shape.needed(top, "decisionMakers", "the file"), '"decisionMakers"')]
        self._some(top, parties)
        manual = self._manual(whole, top, parties)
        order = self._order(parties)
        makers = self._makers(parties)
        options = self._options(order, parties, makers)
        rules = self._rules(whole)
        coalitions = self._coalitions(whole, parties, makers)
        title = self._title(whole)
        worded = [self._worded(maker, party) for maker, party in zip(makers, parties, strict=True)]
        self.problems.raise_errors()
        bare = Conflict(title, makers, options, rules, coalitions=coalitions)
        rankings = RankingReader(shape, bare)
        whole_makers = tuple(self._preferring(maker, party, manual, rankings) for maker, party in zip(worded, parties, strict=True))
        self.problems.raise_errors()
        shape.unknown(top, _TOP_KEYS, "the file")
        shape.say_the_rest()
        conflict = replace(bare, decision_makers=whole_makers)
        return Loaded(conflict, tuple(self.problems.found), self.positions, self.json.text, self.json.name)

    # -- what the file holds ---------------------------------------------------------------------------------------
    def _read_options(self, top: Node) -> None:
        self.option_nodes = self.shape.items(self.shape.needed(top, "options", "the file"), '"options"')
        for number, node in enumerate(self.option_nodes):
            what = f"option {number}"
            self.shape.object(node, what)
            self.shape.unknown(node, _OPTION_KEYS, what)
            self.names.append(self.shape.text(self.shape.needed(node, "name", what), f"the name of {what}"))
            word = self.shape.needed(node, "permittedDirection", what)
            direction = DIRECTIONS.get(word.value) if word is not None and isinstance(word.value, str) else None
            if word is not None and direction is None:
                self.shape.error("I702", f'the direction of {what} must be "both", "fwd" or "back"', word)
            self.directions.append(direction or Direction.BOTH)

    def _party(self, node: Node) -> _Party:
        inside = self.shape.object(node, "a decision maker")
        name = self.shape.text(self.shape.needed(node, "name", "a decision maker"), "the name of a decision maker")
        whose = _whose(name)
        self.shape.unknown(node, _PARTY_KEYS, whose)
        owned = self.shape.needed(node, "options", whose)
        numbers = self.shape.numbers(owned, f"the options of {whose}", "option", len(self.option_nodes))
        statements = self.shape.items(inside.get("preferences"), f"the statements of {whose}")
        unseen = self.shape.items(inside.get("misperceptions"), f"the misperceptions of {whose}")
        return _Party(node, name, numbers, statements, unseen, self._either(inside, RANKING, whose))

    def _either(self, inside: Mapping[str, Node], keys: tuple[str, str], what: str) -> Node | None:
        """The value of a key, or of what older files call it; a warning (I711) where both stand and differ."""
        new, old = (inside.get(key) for key in keys)
        present = [node for node in (new, old) if node is not None and node.value is not None]
        if len(present) == 2 and _plain(present[0]) != _plain(present[1]):
            message = f'{what} has both "{keys[0]}" and "{keys[1]}", and they differ; the first counts'
            self.shape.warn("I711", message, present[1])
        return present[0] if present else None

    def _manual(self, whole: Mapping[str, Node], top: Node, parties: list[_Party]) -> bool:
        """Whether the rankings count, and not the statements."""
        found = self._either(whole, MANUAL, "the file")
        if found is None and any(party.ranking is not None for party in parties):
            help = f'"{MANUAL[0]}": true if the rankings count, false if the statements do'
            self.shape.error("I704", f'the file has a ranking, and lacks the key "{MANUAL[0]}"', top, help)
        return found is not None and self.shape.truth(found, f'"{MANUAL[0]}"')

    def _some(self, top: Node, parties: list[_Party]) -> None:
        if not parties and not self.problems.has_errors:
            self.shape.error("M100", "the conflict has no decision maker", top)
        if not self.option_nodes and not self.problems.has_errors:
            self.shape.error("M101", "the conflict has no option", top)

    def _title(self, whole: Mapping[str, Node]) -> str:
        title = self.shape.text(whole["title"], "the title") if "title" in whole else ""
        return title or PurePath(self.json.name).stem or "conflict"

    # -- what it means ---------------------------------------------------------------------------------------------
    def _order(self, parties: list[_Party]) -> list[int]:
        """The numbers of the options as they are put on loading: without an owner first, then decision maker by decision maker."""
        owned = list(dict.fromkeys(number for party in parties for number in party.options))
        free = set(range(len(self.names))) - set(owned)
        return [*sorted(free), *owned]

    def _makers(self, parties: list[_Party]) -> tuple[DecisionMaker, ...]:
        """The decision makers without preferences; those of one name get distinct ones."""
        names = distinct([party.name for party in parties])
        keys = usable_keys(names, "decision maker")
        for party, name, key in zip(parties, names, keys, strict=True):
            self.positions[f"decision makers/{key}"] = self.json.where(party.node)
            if name != party.name:
                self._renamed(
                    party.node,
                    f'two decision makers are called "{shortened(party.name)}"; the later one is called "{shortened(name)}" here',
                )
            elif key != name:
                self._renamed(party.node, f'the decision maker "{shortened(name)}" has the key "{shortened(key)}"')
        return tuple(DecisionMaker(key, name) for key, name in zip(keys, names, strict=True))

    def _options(self, order: list[int], parties: list[_Party], makers: tuple[DecisionMaker, ...]) -> tuple[Option, ...]:
        keys = usable_keys([self.names[number] for number in order], "option")
        by_number = dict(zip(order, keys, strict=True))
        self.keys = [by_number[number] for number in range(len(order))]
        owners: dict[int, list[str]] = {}
        for party, maker in zip(parties, makers, strict=True):
            for number in party.options:
                owners.setdefault(number, []).append(maker.key)
        options = []
        for number, key in zip(order, keys, strict=True):
            node, name = self.option_nodes[number], self.names[number]
            self.positions[f"options/{key}"] = self.json.where(node)
            if key != name:
                self._renamed(node, f'the option "{shortened(name)}" has the key "{shortened(key)}"')
            options.append(Option(key, name, tuple(owners.get(number, ())), self.directions[number]))
        return tuple(options)

    def _renamed(self, node: Node, message: str) -> None:
        self.shape.warn("I708", message, node, "keys are distinct and printable; the names in the file may be neither", Severity.NOTE)

    def _terms(self, node: Node, what: str, element: str) -> Terms:
        self.positions.setdefault(element, self.json.where(node))
        return keyed(self.shape.condition(node, what, len(self.keys)), self.keys)

    def _formula(self, node: Node, what: str, element: str) -> Formula:
        return formula_of(self._terms(node, what, element))

    def _rules(self, whole: Mapping[str, Node]) -> tuple[Infeasible, ...]:
        nodes = self.shape.items(whole.get("infeasibles"), '"infeasibles"')
        return tuple(Infeasible(self._formula(node, f"infeasible condition {i}", f"rules/{i}")) for i, node in enumerate(nodes, start=1))

    def _worded(self, maker: DecisionMaker, party: _Party) -> DecisionMaker:
        """The decision maker with their statements, and with what they do not perceive."""
        path, whose = f"decision makers/{maker.key}", _whose(maker.name)
        statements = tuple(
            Statement(self._formula(node, f"statement {i} of {whose}", f"{path}/prefers/{i}"))
            for i, node in enumerate(party.statements, start=1)
        )
        unseen = [
            term
            for i, node in enumerate(party.misperceptions, start=1)
            for term in self._terms(node, f"misperception {i} of {whose}", f"{path}/unperceived")
        ]
        return replace(
            maker,
            preference=OptionPrioritization(statements) if statements else None,
            unperceived=formula_of(unseen) if party.misperceptions else None,
        )

    def _preferring(self, maker: DecisionMaker, party: _Party, manual: bool, rankings: RankingReader) -> DecisionMaker:
        """The decision maker with their ranking besides: one of the two is in use, the other kept."""
        path, whose = f"decision makers/{maker.key}", _whose(maker.name)
        levels = None
        if party.ranking is not None and (manual or party.ranking.value != []):
            self.positions[f"{path}/ranking"] = self.json.where(party.ranking)
            levels = rankings.read(party.ranking, whose, manual)
        elif manual:
            self.shape.error("I704", f'rankings count in this file, and {whose} lacks the key "{RANKING[0]}"', party.node)
        listed = StateRanking(levels) if levels or (manual and levels is not None) else None
        used, spare = (listed, maker.preference) if manual else (maker.preference, listed)
        return replace(maker, preference=used, spare_preferences=(spare,) if spare else ())

    def _coalitions(self, whole: Mapping[str, Node], parties: list[_Party], makers: tuple[DecisionMaker, ...]) -> tuple[Coalition, ...]:
        nodes = self.shape.items(whole.get("coalitions"), '"coalitions"')
        full = whole.get("coalitionsFull")
        repeated = (
            full.value if full is not None and isinstance(full.value, list) and len(full.value) == len(nodes) else [None] * len(nodes)
        )
        result = []
        for i, (node, data) in enumerate(zip(nodes, repeated, strict=True), start=1):
            what = f"coalition {i}"
            if isinstance(node.value, list):
                members = self.shape.numbers(node, what, "decision maker", len(parties))
                if not node.value:
                    self.shape.error("I702", f"{what} has no member", node)
            else:
                number = self.shape.number(node, f"{what}, a decision maker's number or a list of them,", 0, len(parties) - 1)
                members = [] if number is None else [number]
            said = data.value.get("name") if data is not None and isinstance(data.value, dict) else None
            own = said.value if said is not None and isinstance(said.value, str) else None
            usual = ", ".join(parties[number].name for number in members)
            result.append(Coalition(tuple(makers[number].key for number in members), own if own and own != usual else None))
        return tuple(result)


def _whose(name: str) -> str:
    return f'"{shortened(name, 40)}"'


def _plain(node: Node) -> object:
    """A value without its places."""
    if isinstance(node.value, list):
        return [_plain(item) for item in node.value]
    if isinstance(node.value, dict):
        return {key: _plain(item) for key, item in node.value.items()}
    return node.value
