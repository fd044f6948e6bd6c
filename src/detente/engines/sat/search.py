"""Can the others bring about a state that deters?  A path to one, or a condition that shows that there is none.

Bradley's IC3 (2011), for moves of one decision maker at a time: a chain of conditions, each of which holds after so many moves, is made
stronger wherever a state that deters, or one that leads to it, still meets it; when two of them are the same, no number of moves
leads out of it.  The question which states lead into some set looks at one mover after the other, and only at those whose options the
set speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Protocol, TypeAlias

from detente.engines.sat.encoding import FALSE, TRUE
from detente.engines.sat.moving import Moving

Cube: TypeAlias = tuple[int, ...]
"""Literals of the shared state that are true together: a set of states."""
Flips: TypeAlias = tuple[tuple[str, int], ...]
"""A sequence of moves: who moves, and which bits change."""


class Deterring(Protocol):
    """Which states deter."""

    literals: list[int]
    """Literals that are true together in every state that deters, and may be so in others until `further` says so."""

    def further(self, state: int) -> int | None:
        """A literal that is false in a combination that does not deter and true in all that do; None if it deters."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What holds however the others move: options that stay as they are, and clauses over the rest, in literals of the shared state."""

    constant: Cube
    clauses: tuple[Cube, ...]


@dataclass(slots=True)
class _Duty:
    """A set of states that leads to one that deters, and must be shown to be out of reach after so many moves."""

    cube: Cube
    mover: str = ""
    setting: Cube = ()
    into: _Duty | None = None


class Search:
    """One search from one state.

    Parameters
    ----------
    moving
        The moves.
    dm
        The decision maker who does not move.
    start
        Where it begins; a feasible combination that does not deter.
    deterring
        Which states deter.
    """

    def __init__(self, moving: Moving, dm: str, start: int, deterring: Deterring) -> None:
        self.moving, self.solver, self.deterring = moving, moving.solver, deterring
        self.movers = {who: mover for who, mover in moving.movers.items() if who != dm}
        self.start = start
        state, space = moving.state, moving.space
        others = 0
        for who in self.movers:
            others |= space.masks[who]
        ended = (space.only_on & start) | (space.only_off & ~start)
        self.fixed = (~others | ended) & (space.conflict.combinations - 1)
        """The bits that nobody who moves can change from the start on."""
        begin = moving.encoding.is_state(state, start)  # nobody has moved yet
        self.begin = begin
        self._begin = frozenset(begin)
        self.constant = tuple(literal for k, literal in enumerate(begin) if self.fixed >> k & 1)
        self._free = tuple(variable for k, variable in enumerate(state) if not self.fixed >> k & 1)
        self._gates: list[int] = []
        self._constant, self._begun = self._assuming(self.constant), self._assuming(begin)
        self._always = [self._constant, moving.feasible]
        self._forever: list[Cube] = []
        self._levels: list[int] = [FALSE]
        self._clauses: list[list[Cube]] = [[]]
        self.queries = 0

    # -- questions to the solver -----------------------------------------------------------------------------------
    def _solve(self, assumed: Iterable[int]) -> bool:
        self.queries += 1
        return self.solver.solve_under(assumed)

    def _within(self, level: int) -> list[int]:
        """What is assumed of states after `level` moves: the start itself at 0."""
        return [self._begun] if level == 0 else [*self._levels[level:], *self._always]

    def _assuming(self, literals: Sequence[int]) -> int:
        """A literal that, assumed, makes some literals true."""
        gate = self.solver.new()
        self._gates.append(gate)
        for literal in literals:
            self.solver.add(-gate, literal)
        return gate

    def _clause(self, cube: Cube) -> int:
        """A literal that, assumed, keeps states out of a set."""
        gate = self.solver.new()
        self._gates.append(gate)
        self.solver.add(-gate, *(-literal for literal in cube))
        return gate

    def _read(self) -> list[int]:
        """The literals of the free options of the state in the solution found last."""
        return self.solver.true_of(self._free)

    def _contains_start(self, cube: Iterable[int]) -> bool:
        return self._begin.issuperset(cube)

    # -- the search ------------------------------------------------------------------------------------------------
    def run(self) -> Flips | Kept:
        """A sequence of moves to a state that deters, or what shows that there is none.  Raises `LimitError` (S330)."""
        try:
            level = 0
            while True:
                level += 1
                self._levels.append(self.solver.new())
                self._gates.append(self._levels[-1])
                self._clauses.append([])
                while (found := self._deterring_state(level)) is not None:
                    path = self._out_of_reach(found, level)
                    if path is not None and self._deters(path):
                        return path
                kept = self._push(level) or self._for_ever(level)
                if kept is not None:
                    return kept
        finally:
            for gate in self._gates:
                self.solver.add(-gate)

    def _deterring_state(self, level: int) -> Cube | None:
        """States that deter and are not known to be out of reach after `level` moves."""
        while self._solve([*self._within(level), *self.deterring.literals]):
            literals = self._read()
            further = self.deterring.further(self._combination(literals))
            if further is None:
                return self._lifted(literals, [], self.deterring.literals)
            self.deterring.literals.append(further)
        return None

    def _deters(self, path: Flips) -> bool:
        """Whether a sequence ends in a state that deters; what is found out on the way counts from now on."""
        state = self.start
        for _, bits in path:
            state ^= bits
        further = self.deterring.further(state)
        if further is not None:
            self.deterring.literals.append(further)
        return further is None

    def _combination(self, literals: Sequence[int]) -> int:
        found, taken = self.start & self.fixed, set(literals)
        for k, variable in enumerate(self.moving.options):
            if variable in taken:
                found |= 1 << k
        return found

    def _lifted(self, literals: Sequence[int], given: Sequence[int], all_true: Sequence[int]) -> Cube:
        """Some of the literals from which, with what is given, it already follows that all the others are true."""
        gate = self.solver.new()
        self.solver.add(-gate, *(-literal for literal in all_true))
        yes = self._solve([gate, self._constant, *given, *literals])
        assert not yes, "the literals of a state decide what is true in it"
        core = self.solver.core
        self.solver.add(-gate)
        return tuple(literal for literal in literals if literal in core)

    def _out_of_reach(self, cube: Cube, level: int) -> Flips | None:
        """Show that a set of states can't be reached in `level` moves, or give the moves that lead to it."""
        duties: list[tuple[int, int, _Duty]] = [(level, 0, _Duty(cube))]
        count = 0
        while duties:
            at, _, duty = heappop(duties)
            if self._contains_start(duty.cube):
                return self._path(duty)
            if at == 0:
                continue
            before = self._before(duty, at)
            if before is None:
                continue
            count += 1
            heappush(duties, (at, -count, duty))
            heappush(duties, (at - 1, -count, before))
        return None

    def _before(self, duty: _Duty, level: int) -> _Duty | None:
        """States from which a move leads into a set, within what holds a move earlier; if there are none the set is shut out."""
        core = self._shut(duty.cube, level - 1, where=True)
        if not isinstance(core, frozenset):
            assert core is not None, "states were asked for"
            core.into = duty
            return core
        cube = self._fewer(self._keeping_start_out(core, duty.cube), level - 1)
        while level < len(self._levels) - 1 and self._shut(cube, level) is not None:
            level += 1
        self._add(cube, level)
        return None

    def _add(self, cube: Cube, level: int) -> None:
        self._clauses[level].append(cube)
        self.solver.add(-self._levels[level], *(-literal for literal in cube))

    def _shut(self, cube: Cube, level: int, *, where: bool = False) -> _Duty | frozenset[int] | None:
        """Literals of a set into which no move leads from outside of it after `level` moves; or (`where`) states from which one does."""
        assumed = [*self._within(level), self._clause(cube)]
        needed: set[int] = set()
        for who, mover in self.movers.items():
            if not any(abs(literal) in mover.primed for literal in cube):
                continue
            after = {mover.then(x): x for x in cube}
            after.pop(TRUE, None)
            if FALSE in after:
                needed.add(after[FALSE])
                continue
            if self._solve([*assumed, mover.step, *after]):
                return self._leading(who, tuple(after), level) if where else None
            needed.update(after[literal] for literal in self.solver.core if literal in after)
        return frozenset(needed)

    def _leading(self, who: str, after: Cube, level: int) -> _Duty:
        mover = self.movers[who]
        setting = tuple(self.solver.true_of([x for _, _, x in mover.own]))
        if level == 0:
            return _Duty(tuple(self.begin), who, setting)
        literals = self._read()
        return _Duty(self._lifted(literals, setting, [mover.step, *after]), who, setting)

    def _keeping_start_out(self, core: Iterable[int], cube: Cube) -> Cube:
        """The literals of a set that are needed, with one more where the start would be in the set otherwise."""
        kept = set(core)
        if self._contains_start(kept):
            kept.add(next(literal for literal in cube if literal not in self._begin))
        return tuple(literal for literal in cube if literal in kept)

    def _fewer(self, cube: Cube, level: int) -> Cube:
        """A greater set that is shut out as well: literals are left out one by one."""
        for literal in cube:
            if len(cube) == 1 or literal not in cube:
                continue
            smaller = tuple(other for other in cube if other != literal)
            if self._contains_start(smaller):
                continue
            core = self._shut(smaller, level)
            if isinstance(core, frozenset):
                cube = self._keeping_start_out(core, smaller)
        return cube

    def _push(self, level: int) -> Kept | None:
        """Move what holds for longer up; what holds for ever ends the search."""
        for at in range(1, level + 1):
            staying = []
            for cube in self._clauses[at] if at < level else ():
                if self._shut(cube, at) is None:
                    staying.append(cube)
                else:
                    self._add(cube, at + 1)
            if at < level:
                self._clauses[at] = staying
            if at < level and not staying:
                return self._kept(cube for later in self._clauses[at + 1 :] for cube in later)
        return self._kept(()) if level == 1 and not self._clauses[1] else None

    def _kept(self, cubes: Iterable[Cube]) -> Kept:
        return Kept(self.constant, tuple(dict.fromkeys(tuple(-x for x in cube) for cube in (*self._forever, *cubes))))

    def _for_ever(self, level: int) -> Kept | None:
        """Find out which sets are out of reach for ever, of all that are for a while; they end the search or help it on.

        The greatest part of them that shuts itself out: those that a move leads into from outside of all are dropped until there is none.
        """
        held: dict[int, Cube] = {}
        single = [(-literal,) for literal in self.begin if abs(literal) in self._free] if level == 1 else []
        for cube in dict.fromkeys((*single, *(cube for later in self._clauses for cube in later))):
            held[self._clause(cube)] = cube
        self._drop(held)
        if not held:
            return None
        self._forever += [cube for cube in held.values() if cube not in self._forever]
        self._always += held
        return None if self._solve([*self._always, *self.deterring.literals]) else self._kept(())

    def _drop(self, held: dict[int, Cube]) -> None:
        """Drop sets that one move leads into from outside of all, until there is none."""
        waiting, sure = list(held), 0
        while sure < len(held):
            gate = waiting.pop(0)
            if gate in held:
                while gate in held and self._entered(held, held[gate]):
                    sure = 0
                sure += gate in held
                waiting.append(gate)

    def _entered(self, held: dict[int, Cube], cube: Cube) -> bool:
        """Whether a move leads into a set from outside of all; those that it leads into are dropped."""
        value = self.solver.value
        for mover in self.movers.values():
            if any(abs(literal) in mover.primed for literal in cube):
                after = [mover.then(literal) for literal in cube]
                if self._solve([*self._always, *held, mover.step, *after]):
                    for gate, its in list(held.items()):
                        if all(value(mover.then(literal)) for literal in its):
                            del held[gate]
                    return True
        return False

    def _path(self, duty: _Duty) -> Flips:
        """The moves from the start through the sets of a chain of duties."""
        now, steps, at = self.start, [], duty
        while at.into is not None:
            mover = self.movers[at.mover]
            bits = 0
            for (k, _, _), value in zip(mover.own, at.setting, strict=True):
                if (value > 0) != bool(now >> k & 1):
                    bits |= 1 << k
            steps.append((at.mover, bits))
            now, at = now ^ bits, at.into
        return tuple(steps)
