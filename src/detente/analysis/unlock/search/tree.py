"""The search: best first over sets of comparisons, with a clause wherever what is asked for is not so in the nearest orders.

A node is a case with comparisons that are assumed.  Its bound is what these cost at least.  In the nearest orders that were found for
them, what is asked for is so: then this is a way, and, if it costs no more than the bound, there is nothing better in the node.  Or it is
not: then a clause is branched over.  Where the orders found cost more than the bound, two states are looked at that compare
differently without need, and the node is split by how they compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from time import monotonic

from detente.analysis.claims.answered import Either
from detente.analysis.claims.asked import Asked, Case, Source, assumed, cases
from detente.analysis.claims.comparisons import Atom, RedLines, closure
from detente.analysis.claims.ledger import Ledger, Vector, at_least
from detente.analysis.claims.smallest import CaseTree, Node, Smallest
from detente.analysis.claims.unanswered import Clause, Unanswered
from detente.analysis.unlock.search import cuts
from detente.analysis.unlock.search.arrange import Arranger, Places
from detente.analysis.unlock.search.first import floors, raised
from detente.analysis.unlock.search.lacking import lacking, sources
from detente.analysis.unlock.search.world import Board, World
from detente.space.states import StateSpace

MAX_NODES = 300_000
"""Nodes after which the search stops."""

Moved = Mapping[str, Places]
"""For each decision maker the states that are moved, with their places."""


@dataclass
class Open:
    """A node of the search: what is assumed, what that costs at least, and what was done with it."""

    trunk: Trunk
    assumed: Clause
    vector: Vector
    source: Source | None = None
    children: dict[Atom, Clause] = field(default_factory=dict)


@dataclass
class Trunk:
    """A case with what its floors are read off, the floors, and the nodes that were made."""

    case: Case
    sources: tuple[Source, ...]
    floors: dict[str, tuple[Clause, ...]]
    nodes: dict[Clause, Open] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """Orders that give what is asked for: the case, what is moved where, and how many pairs that changes for each decision maker."""

    case: Case
    moved: Moved
    vector: Vector


class Search:
    """Looks for the smallest changes of orders that give what is asked for.

    Parameters
    ----------
    space
        The space.
    asked
        What is asked for.
    weights
        What a pair of each decision maker counts, in the order of the conflict.
    red_lines
        Whether pairs of which just one state crosses a red line may compare differently.
    """

    def __init__(self, space: StateSpace, asked: Asked, weights: Vector, red_lines: RedLines = "excluded") -> None:
        self.space, self.asked, self.weights, self.red_lines = space, asked, weights, red_lines
        self.ledger = Ledger(space, red_lines)
        self.board = Board(space, self.ledger.pairs)
        self.people = self.ledger.decision_makers
        self.arrangers = {dm: Arranger(self.ledger.pairs[dm]) for dm in self.people}
        self.trunks: list[Trunk] = []
        self.ways: list[Way] = []
        self.made = 0
        self.stopped = ""
        self._queue: list[tuple[int, int, int, Open]] = []
        self.missed = False
        """Whether not even all cases were begun, so that nothing is known of what things cost."""
        self._floors: dict[int, tuple[Unanswered, ...]] = {}
        self._raised: dict[tuple[Clause, int], Clause | None] = {}

    # -- what is found ---------------------------------------------------------------------------------------------
    def total(self, vector: Vector) -> int:
        """The weighted sum of burdens."""
        return sum(weight * value for weight, value in zip(self.weights, vector, strict=True))

    @property
    def bound(self) -> int | None:
        """What everything costs at least that was not settled; None if all is settled."""
        open_ = [self.total(node.vector) for _, _, _, node in self._queue if not self.dear(node.vector, node.trunk.case.target)]
        return 0 if self.missed else min(open_, default=None)

    def dear(self, vector: Vector | None, target: int) -> bool:
        """Whether burdens can't be, or are at least those of a way that was found; to another state: and not just the same."""
        return vector is None or any(
            at_least(vector, way.vector) and (way.vector != vector or way.case.target == target) for way in self.ways
        )

    def note(self, way: Way) -> None:
        """Keep a way unless another is better, and drop those that it betters."""
        if not self.dear(way.vector, way.case.target):
            self.ways = [known for known in self.ways if known.vector == way.vector or not at_least(known.vector, way.vector)]
            self.ways.append(way)

    # -- the search ------------------------------------------------------------------------------------------------
    def run(self, seconds: float | None, most: int, progress: Callable[[str], None]) -> None:
        """Search until all is settled, the time is up, or `most` ways are known and the cheapest is proven; `stopped` says why."""
        until = monotonic() + seconds if seconds is not None else float("inf")
        self.missed = True
        try:
            for case in cases(self.board.checker, self.asked):
                self._plant(case, monotonic() < until)
            self.missed = False
            for trunk in self.trunks:
                if monotonic() < until:
                    self._begin(trunk)
            while self._queue and not self.stopped:
                if monotonic() > until:
                    self.stopped = "time"
                elif self.made > MAX_NODES:
                    self.stopped = "size"
                elif len(self.ways) >= most and self._queue[0][0] >= min(self.total(way.vector) for way in self.ways):
                    self.stopped = "many"
                else:
                    self._next(progress)
        except KeyboardInterrupt:
            self.stopped = "interrupted"

    def _next(self, progress: Callable[[str], None]) -> None:
        """Look at the node that promises most; it goes back if that is interrupted."""
        entry = heappop(self._queue)
        total, _, number, node = entry
        if number % 200 == 0:
            progress(f"{self.made:,} cases, at least {total:,}")
        try:
            if not self.dear(node.vector, node.trunk.case.target):
                self._look(node)
        except KeyboardInterrupt:
            node.source, node.children = None, {}
            heappush(self._queue, entry)
            raise

    def _push(self, trunk: Trunk, atoms: Clause, vector: Vector) -> None:
        node = trunk.nodes[atoms] = Open(trunk, atoms, vector)
        self.made += 1
        heappush(self._queue, (self.total(vector), -len(atoms), self.made, node))

    def _plant(self, case: Case, floored: bool) -> None:
        """Begin with a case; `floored` where there is time for clauses of single decision makers."""
        root = assumed(self.asked, case)
        if floored and case.target not in self._floors:
            self._floors[case.target] = tuple(floors(self.board, self.asked, case, self.ledger))
        found = self._floors.get(case.target, ())
        clauses: dict[str, tuple[Clause, ...]] = {}
        for source in found:
            clauses[source.dm] = (*clauses.get(source.dm, ()), source.clause(self.board.checker))
        trunk = Trunk(case, found, clauses)
        self.trunks.append(trunk)
        vector = self.ledger.vector(root, clauses)
        if vector is not None:
            self._push(trunk, root, vector)

    def _begin(self, trunk: Trunk) -> None:
        """Look for a first way in a case, by raising its target."""
        root, target = assumed(self.asked, trunk.case), trunk.case.target
        if root in trunk.nodes and not self.dear(trunk.nodes[root].vector, target):
            if (root, target) not in self._raised:
                self._raised[root, target] = raised(self.asked, trunk.case, root, self.ledger, lambda atoms: next(self._worlds(atoms)))
            atoms = self._raised[root, target]
            if atoms is not None:
                self._try(trunk, next(self._worlds(atoms)))

    def _try(self, trunk: Trunk, world: World) -> bool:
        """Whether what is asked for is so in a world, which is then a way."""
        if next(lacking(self.asked, trunk.case, world), None) is not None:
            return False
        self.note(Way(trunk.case, world.moved, tuple(self.arrangers[dm].cost(world.moved[dm]) for dm in self.people)))
        return True

    def _look(self, node: Open) -> None:
        """Try the nearest orders of a node, and branch unless they settle it."""
        worlds = list(self._worlds(node.assumed))
        found = [self._try(node.trunk, world) for world in worlds]
        if self.dear(node.vector, node.trunk.case.target):
            return
        if found[0]:
            node.source = self._split(node, worlds[0])
            clause = node.source.clause(self.board.checker)
        else:
            price, best = self._price(node), (-1.0, 0)
            clause = frozenset()
            for lack in lacking(self.asked, node.trunk.case, worlds[0]):
                for source in sources(self.asked, node.trunk.case, worlds[0], lack, price):
                    atoms = source.clause(self.board.checker)
                    value = (min((price(atom) for atom in atoms), default=cuts.DEAR), -sum(price(atom) < cuts.DEAR for atom in atoms))
                    if value > best:
                        best, node.source, clause = value, source, atoms
        for atom in sorted(clause, key=self.place):
            vector = self._with(node, atom)
            if vector is not None and not self.dear(vector, node.trunk.case.target):
                child = node.children[atom] = node.assumed | {atom}
                if child not in node.trunk.nodes:
                    self._push(node.trunk, child, vector)

    def _with(self, node: Open, atom: Atom) -> Vector | None:
        """What a node costs at least with a further comparison."""
        cost = self.ledger.one(atom.dm, node.assumed | {atom}, node.trunk.floors.get(atom.dm, ()))
        return None if cost is None else tuple(cost if dm == atom.dm else v for dm, v in zip(self.people, node.vector, strict=True))

    def _price(self, node: Open) -> cuts.Price:
        """What further comparisons cost in all in a node."""
        mine = {dm: frozenset(atom for atom in node.assumed if atom.dm == dm) for dm in self.people}
        place = {dm: k for k, dm in enumerate(self.people)}
        base, known = self.total(node.vector), dict[Atom, float]()
        limits = [self._limit(node, k) for k in range(len(self.people))]

        def price(atom: Atom) -> float:
            if atom not in known:
                pairs, k = self.ledger.pairs[atom.dm], place[atom.dm]
                cost = pairs.least(mine[atom.dm] | {atom}) if mine[atom.dm] else pairs.alone(atom)
                more = 0 if cost is None else max(cost - node.vector[k], 0)
                dear = cost is None or node.vector[k] + more >= limits[k]
                known[atom] = cuts.DEAR if dear else float(base + self.weights[k] * more)
            return known[atom]

        return price

    def _limit(self, node: Open, k: int) -> float:
        """The burden of one decision maker from which on a node is dear, the others' as they are."""
        others = [(*node.vector[:k], way.vector[k], *node.vector[k + 1 :]) for way in self.ways]
        over = [
            way.vector[k] + (vector == way.vector and way.case.target != node.trunk.case.target)
            for vector, way in zip(others, self.ways, strict=True)
            if at_least(vector, way.vector)
        ]
        return min(over, default=cuts.DEAR)

    # -- orders ----------------------------------------------------------------------------------------------------
    def _worlds(self, atoms: Clause) -> Iterator[World]:
        """The nearest orders in which comparisons hold: those found first for everybody, then with another choice for one of them."""
        found = {dm: self.arrangers[dm].arrangements(frozenset(atom for atom in atoms if atom.dm == dm)) for dm in self.people}
        first = {dm: choices[0] for dm, choices in found.items()}
        yield World(self.board, first)
        for dm, choices in found.items():
            for other in choices[1:]:
                yield World(self.board, {**first, dm: other})

    def _split(self, node: Open, world: World) -> Either:
        """Two states that compare differently in orders without need, and a way to compare them that is open."""
        best: tuple[tuple[int, ...], Either] | None = None
        for dm, least in zip(self.people, node.vector, strict=True):
            if self.arrangers[dm].cost(world.moved[dm]) <= least:
                continue
            mine = frozenset(atom for atom in node.assumed if atom.dm == dm)
            closed, pairs = closure(sorted(mine)) or {}, self.ledger.pairs[dm]
            for state in sorted(world.moved[dm]):
                for other in sorted(pairs.rank):
                    for high, low in ((state, other), (other, state)):
                        if pairs.holds(high, low, True) == world.prefers(dm, high, low) or closed.get((high, low)) or (low, high) in closed:
                            continue
                        atom = Atom(dm, high, low, True)
                        costs = [pairs.least(mine | {each}) for each in (atom, atom.opposite)]
                        value = tuple(sorted(10**9 if cost is None else cost for cost in costs))
                        if best is None or value > best[0]:
                            best = (value, Either(dm, high, low))
        assert best is not None, "orders that cost more than the bound differ in a pair that nothing assumed asks for"
        return best[1]

    def place(self, atom: Atom) -> tuple[int, int, int, bool]:
        """By what comparisons are ordered: decision makers as in the conflict, whatever they are called."""
        return (self.ledger.decision_makers.index(atom.dm), atom.high, atom.low, atom.strict)

    # -- the proof -------------------------------------------------------------------------------------------------
    def proof(self) -> Smallest:
        """The claim that there is nothing better than the ways that were found and the bound."""
        burdens = tuple(sorted({way.vector for way in self.ways}))
        claim = Smallest(self.asked, self.red_lines, burdens, self.bound, self.weights, ())
        trees = []
        for trunk in self.trunks:
            root = assumed(self.asked, trunk.case)
            kept = [root]
            seen = {root}
            for atoms in kept:  # grows as it goes
                for child in trunk.nodes[atoms].children.values() if atoms in trunk.nodes else ():
                    if child not in seen and not claim.dear(trunk.nodes[child].vector):
                        seen.add(child)
                        kept.append(child)
            kept.sort(key=len)
            place = {atoms: k for k, atoms in enumerate(kept)}
            nodes = []
            for atoms in kept:
                node = trunk.nodes.get(atoms)
                if node is None or claim.dear(node.vector):
                    nodes.append(Node(tuple(sorted(atoms, key=self.place)), None))
                else:
                    children = tuple((atom, place[child]) for atom, child in node.children.items() if child in place)
                    nodes.append(Node(tuple(sorted(atoms, key=self.place)), node.source, children))
            trees.append(CaseTree(trunk.case, trunk.sources, tuple(nodes)))
        return Smallest(self.asked, self.red_lines, burdens, self.bound, self.weights, tuple(trees))
