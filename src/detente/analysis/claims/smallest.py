"""That no smaller change of orders gives what is asked for: a tree of cases, each with comparisons that hold in it and what they cost.

In every node some comparisons are assumed.  Either they cost too much, or a clause is given: a set of comparisons of which at least one
holds wherever what is asked for is so.  Each of these either costs too much together with what is assumed, or has a node of its own that
assumes no more than that.  The checker reads the clause itself off what the node lists, and adds up the costs itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.asked import Asked, Case, Source, assumed, belongs, cases
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.comparisons import Atom, Pairs, RedLines
from detente.analysis.claims.unanswered import Clause
from detente.space.states import StateSpace

Vector = tuple[int, ...]
"""A number of pairs for each decision maker, in the order of the conflict."""


def at_least(vector: Vector, burden: Vector) -> bool:
    """Whether burdens are for nobody less than others.

    >>> at_least((2, 0), (0, 1))
    False
    """
    return all(mine >= theirs for mine, theirs in zip(vector, burden, strict=True))


class Ledger:
    """Lower bounds for what comparisons cost, party by party; keeps what it has worked out.

    Parameters
    ----------
    space
        The space.
    red_lines
        As for `Pairs`.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    >>> Ledger(space).vector(frozenset([Atom("A", 1, 0, True)]))
    (1,)
    """

    def __init__(self, space: StateSpace, red_lines: RedLines = "excluded") -> None:
        self.decision_makers = tuple(dm.key for dm in space.conflict.decision_makers)
        self.pairs = {dm: Pairs(space, dm, red_lines) for dm in self.decision_makers}
        self._sorted: dict[Clause, list[tuple[int, Atom]]] = {}

    def one(self, dm: str, atoms: Iterable[Atom], floors: Iterable[Clause] = ()) -> int | None:
        """What a decision maker's comparisons among some cost at least, and one of each floor with them; None if they can't hold."""
        mine = frozenset(atom for atom in atoms if atom.dm == dm)
        least = self.pairs[dm].least(mine)
        for floor in floors:
            least = least if least is None else self._floor(dm, mine, floor, least)
        return least

    def _floor(self, dm: str, mine: Clause, floor: Clause, least: int) -> int | None:
        """What comparisons cost at least with one of a floor; the floor's cheapest alone come first, so that few are looked at."""
        if floor not in self._sorted:
            gaps = {atom: 0 if self.pairs[dm].holds(*atom[1:]) else self.pairs[dm].gap(atom.high, atom.low) for atom in floor}
            self._sorted[floor] = sorted((gap, atom) for atom, gap in gaps.items())
        best: int | None = None
        for gap, atom in self._sorted[floor]:
            if best is not None and max(gap, least) >= best:
                break
            cost = self.pairs[dm].least(mine | {atom})
            best = cost if best is None or (cost is not None and cost < best) else best
        return best

    def vector(self, atoms: Clause, floors: Mapping[str, tuple[Clause, ...]] | None = None) -> Vector | None:
        """What comparisons cost each decision maker at least; None if they can't hold together.

        `floors` are for each decision maker (key) clauses of theirs alone, of which one comparison each must hold too.
        """
        found = []
        for dm in self.decision_makers:
            cost = self.one(dm, atoms, (floors or {}).get(dm, ()))
            if cost is None:
                return None
            found.append(cost)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the tree of a case.

    Parameters
    ----------
    assumed
        The comparisons that are assumed.
    source
        What the clause is read off; None where the comparisons cost too much.
    children
        For some comparisons of the clause the place of a node, further on in the tree, that assumes nothing else.
    """

    assumed: Clause
    source: Source | None
    children: tuple[tuple[Atom, int], ...] = ()


@dataclass(frozen=True, slots=True)
class CaseTree:
    """A case with its tree.

    Parameters
    ----------
    case
        The case.
    floors
        What clauses of single decision makers are read off that hold throughout the case.
    nodes
        The tree, its root first.
    """

    case: Case
    floors: tuple[Source, ...]
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Smallest(Claim):
    """All orders that give what is asked for burden the decision makers at least like one of a few ways, or cost at least so much.

    The *burden* of a decision maker is the number of pairs of states that they come to compare differently.

    Parameters
    ----------
    asked
        What is asked for.
    red_lines
        Whether pairs of which just one state crosses a red line of the decision maker may compare differently ("counted") or not
        ("excluded").
    burdens
        The ways, each as a burden for each decision maker.
    bound
        The least total of all other ways; None if there are none.
    weights
        What a pair of each decision maker counts in the total.
    trees
        A tree for each case.
    """

    kind: ClassVar[str] = "smallest shifts"
    asked: Asked
    red_lines: RedLines
    burdens: tuple[Vector, ...]
    bound: int | None
    weights: Vector
    trees: tuple[CaseTree, ...]

    def dear(self, vector: Vector | None) -> bool:
        """Whether burdens are those of a listed way at least, or cost the bound at least; comparisons that can't hold are dear."""
        if vector is None or any(at_least(vector, burden) for burden in self.burdens):
            return True
        return self.bound is not None and sum(w * v for w, v in zip(self.weights, vector, strict=True)) >= self.bound

    def check(self, space: StateSpace) -> None:
        """See that there is a tree for each case, and follow them all."""
        checker, ledger = Checker(space), Ledger(space, self.red_lines)
        people = len(checker.decision_makers)
        need(self.red_lines in ("excluded", "counted"), f"red lines: {self.red_lines}")
        need(len(self.weights) == people and all(weight >= 0 for weight in self.weights), "weights: not one for each decision maker")
        need(all(len(burden) == people for burden in self.burdens), "burdens: not one for each decision maker")
        wanted = sorted(cases(checker, self.asked))
        need(sorted(tree.case for tree in self.trees) == wanted, f"cases: {len(self.trees)} listed, there are {len(wanted)}")
        for tree in self.trees:
            self._follow(checker, ledger, tree)

    def _follow(self, checker: Checker, ledger: Ledger, tree: CaseTree) -> None:
        """See that every node of a tree is dear, or has for each comparison of its clause what is dear or a node that assumes no more."""
        floors: dict[str, tuple[Clause, ...]] = {}
        for source in tree.floors:
            belongs(self.asked, tree.case, source)
            clause = source.clause(checker)
            whose = {atom.dm for atom in clause}
            need(len(whose) == 1, "floor: not of one decision maker")
            floors[min(whose)] = (*floors.get(min(whose), ()), clause)
        need(bool(tree.nodes) and tree.nodes[0].assumed <= assumed(self.asked, tree.case), "root: it assumes more than the case")
        for place, node in enumerate(tree.nodes):
            if node.source is None:
                need(self.dear(ledger.vector(node.assumed, floors)), f"node: {place} is not dear enough")
                continue
            belongs(self.asked, tree.case, node.source)
            children = dict(node.children)
            for atom in node.source.clause(checker):
                together = node.assumed | {atom}
                if atom in children:
                    need(place < children[atom] < len(tree.nodes), f"node: {place} has a child before it, or none")
                    need(tree.nodes[children[atom]].assumed <= together, f"node: a child of {place} assumes more")
                else:
                    need(self.dear(ledger.vector(together, floors)), f"node: {place} has no child for {atom}")
