"""That no smaller change of orders gives what is asked for: a tree of cases, each with comparisons that hold in it and what they cost.

In every node some comparisons are assumed.  Either they cost too much, or a clause is given: a set of comparisons of which at least one
holds wherever what is asked for is so.  Each of these either costs too much together with what is assumed, or has a node of its own that
assumes no more than that.  The checker reads the clause itself off what the node lists, and adds up the costs itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from detente.analysis.certificate import Checker
from detente.analysis.claims.asked import Asked, Case, Source, assumed, belongs, cases
from detente.analysis.claims.base import Claim, need
from detente.analysis.claims.comparisons import Atom, RedLines
from detente.analysis.claims.ledger import Ledger, Vector, at_least
from detente.analysis.claims.unanswered import Clause
from detente.space.states import StateSpace


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

    assumed: tuple[Atom, ...]
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

    @property
    def minimal(self) -> tuple[Vector, ...]:
        """The listed ways that no other way whatsoever undercuts for somebody without burdening anybody more."""
        known = [mine for mine in self.burdens if not any(other != mine and at_least(mine, other) for other in self.burdens)]
        if self.bound is None:
            return tuple(known)
        return tuple(mine for mine in known if min(self.weights) > 0 and self.total(mine) <= self.bound)

    @property
    def least(self) -> int | None:
        """What every way costs at least; None if there is none."""
        return min((value for value in (self.bound, *map(self.total, self.burdens)) if value is not None), default=None)

    def total(self, vector: Vector) -> int:
        """The weighted sum of burdens."""
        return sum(weight * value for weight, value in zip(self.weights, vector, strict=True))

    def dear(self, vector: Vector | None) -> bool:
        """Whether burdens are those of a listed way at least, or cost the bound at least; comparisons that can't hold are dear."""
        if vector is None or any(at_least(vector, burden) for burden in self.burdens):
            return True
        return self.bound is not None and self.total(vector) >= self.bound

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
        need(bool(tree.nodes) and assumed(self.asked, tree.case).issuperset(tree.nodes[0].assumed), "root: it assumes more than the case")
        for place, node in enumerate(tree.nodes):
            mine = frozenset(node.assumed)
            if node.source is None:
                need(self.dear(ledger.vector(mine, floors)), f"node: {place} is not dear enough")
                continue
            belongs(self.asked, tree.case, node.source)
            children = dict(node.children)
            for atom in node.source.clause(checker):
                together = mine | {atom}
                if atom in children:
                    need(place < children[atom] < len(tree.nodes), f"node: {place} has a child before it, or none")
                    need(together.issuperset(tree.nodes[children[atom]].assumed), f"node: a child of {place} assumes more")
                else:
                    need(self.dear(ledger.vector(together, floors)), f"node: {place} has no child for {atom}")
