"""The types D6, D7 and D9 in spaces of any size: fear, spoilers, and two who wait for each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from detente.analysis.claims.spoiler import Attrition, Concession, Spoiled
from detente.analysis.deadlock.d7_spoiler import OneImprovement
from detente.analysis.deadlock.found import Silence
from detente.analysis.large.found import LargeFinding
from detente.analysis.large.standstill import LargeStandstill
from detente.analysis.large.verdicts import MOST_REACHED, leaves
from detente.analysis.large.ways import Group
from detente.concepts.witness import AnyWitness, Leaves, Stays
from detente.engines.sat.encoding import Copy, Encoding
from detente.engines.sat.solver import Solver
from detente.engines.single import SingleEngine
from detente.errors import LimitError

MOST_CANDIDATES = 200
"""Most candidates for a spoiler, or for two who wait, that are asked about."""

Results = Iterator[LargeFinding | Silence]


def fear(standstill: LargeStandstill) -> Results:
    """D6: somebody has improvements and stays, because each of them has an answer."""
    held = [witness for witness in standstill.verdicts.of(standstill.start) if witness is not None and _is_held(witness)]
    if held:
        standing = standstill.standing(standstill.start)
        gains = [standstill.verdicts.improvement(witness.dm, standstill.start) for witness in held]
        yield Silence("D6", "sets")
        claims = () if standing is None else (standing,)
        yield LargeFinding("D6", claims, tuple(gain for gain in gains if gain is not None), tuple(witness.dm for witness in held))


def _is_held(witness: AnyWitness) -> bool:
    return bool(witness.answers if isinstance(witness, Stays) else getattr(witness, "groups", ()))


# -- spoilers ----------------------------------------------------------------------------------------------------------
def spoiler(standstill: LargeStandstill) -> Results:
    """D7: one who alone leaves what a group improves to has an unanswered improvement there that a member likes less than the start."""
    claims: list[Spoiled] = []
    silent = set[str]()
    for dm in standstill.profile:
        try:
            claim, settled = _Spoiling(standstill, dm).run()
        except LimitError:
            claim, settled = None, False
        claims += [claim] if claim is not None else []
        silent |= set() if settled or claim is not None else {"candidates"}
    yield from (Silence("D7", reason) for reason in sorted(silent))
    if claims:
        states = tuple(dict.fromkeys(claim.gain.to for claim in claims))
        yield LargeFinding("D7", tuple(claims), states, tuple(claim.spoiler for claim in claims), complete=not silent)


class _Spoiling:
    """Looks for what one decision maker spoils."""

    def __init__(self, standstill: LargeStandstill, dm: str) -> None:
        self.standstill, self.dm = standstill, dm
        seek = standstill.seek
        code, others = seek.code, {other: gains for other, gains in seek.better.items() if other != dm}
        self.after: Copy = code.changed(seek.state, standstill.space.masks[dm])
        moves = code.move(dm, seek.state, self.after, improving=True)
        harmed = code.some(code.every((gains, code.prefers(other, seek.here, self.after))) for other, gains in others.items())
        one = two = Solver.FALSE
        for gains in others.values():
            two, one = code.some((two, code.every((one, gains)))), code.some((one, gains))
        self.asked = (moves, harmed, two, seek.jointly(others, freely=not standstill.joint_is_all))

    def run(self) -> tuple[Spoiled | None, bool]:
        """What they spoil, if it is found; and whether everything was looked at."""
        standstill, seek = self.standstill, self.standstill.seek
        settled, calm = True, standstill.holding.calm_for([dm for dm in standstill.profile if dm != self.dm])
        for step in (calm, ()):
            given = seek.solver.new()
            for _ in range(MOST_CANDIDATES):
                if not seek.solver.solve(*self.asked, *step, given):
                    break
                state = seek.code.read(seek.state)
                if step and standstill.holding.learn_from(state, [dm for dm in standstill.profile if dm != self.dm]):
                    continue
                seek.exclude(state, -given)
                found, known = self._spoiled(state)
                if found is not None:
                    return found, True
                settled = settled and known
            else:
                settled = settled and bool(step)
        return None, settled

    def _spoiled(self, state: int) -> tuple[Spoiled | None, bool]:
        """Whether this is something that they spoil, and whether that is known."""
        standstill, verdicts = self.standstill, self.standstill.verdicts
        witnesses = {dm: verdicts.witness(key, dm, state) for dm, key in standstill.profile.items()}
        if any(witness is not None and leaves(witness) for dm, witness in witnesses.items() if dm != self.dm):
            return None, True
        if any(witness is None for witness in witnesses.values()):
            return None, False
        mine = witnesses[self.dm]
        if mine is None or not leaves(mine):
            return None, True
        group = tuple(dm for dm in standstill.gainers(state) if dm != self.dm)
        if len(group) < 2 or standstill.way(group, state) is None:
            return None, True
        found, known = self._harmful(state, group, mine)
        if found is None:
            return None, known
        to, harmed = found
        ends = tuple(to if dm == self.dm else witness for dm, witness in witnesses.items() if witness is not None)
        return Spoiled(standstill.together(group, state, ends), harmed), True

    def _harmful(self, state: int, group: Group, mine: AnyWitness) -> tuple[tuple[AnyWitness, str] | None, bool]:
        """An unanswered improvement that a member of the group likes less than the start, and whether it is known that there is none."""
        orders, start, known = self.standstill.verdicts.orders, self.standstill.start, True
        to = getattr(mine, "improvement", None)
        if to is not None and (harmed := next((dm for dm in group if orders[dm].prefers(start, to)), None)) is not None:
            return (mine, harmed), True
        single = SingleEngine(self.standstill.space, MOST_REACHED, orders)
        engine = OneImprovement(single, self.dm)
        try:
            for gain in single.improvements(self.dm, state):
                harmed = next((dm for dm in group if orders[dm].prefers(start, gain)), None)
                if harmed is not None:
                    try:
                        found: Leaves | None = engine.unanswered(self.standstill.profile[self.dm], state, gain)
                    except LimitError:
                        known = False
                        continue
                    if found is not None:
                        return (found, harmed), True
        except LimitError:
            known = False
        return None, known


# -- two who wait ------------------------------------------------------------------------------------------------------
def attrition(standstill: LargeStandstill) -> Results:
    """D9: for two decision makers what follows the other's concession is best, and neither likes what follows less than the start."""
    claims: list[Attrition] = []
    settled = True
    for one, other in combinations(standstill.profile, 2):
        try:
            claim, known = _Waiting(standstill, one, other).run()
        except LimitError:
            claim, known = None, False
        claims += [claim] if claim is not None else []
        settled = settled and (known or claim is not None)
    if not settled:
        yield Silence("D9", "candidates")
    if claims:
        by = {dm for claim in claims for dm in (claim.first.by, claim.second.by)}
        ends = tuple(dict.fromkeys(step.end for claim in claims for step in (claim.first, claim.second)))
        yield LargeFinding("D9", tuple(claims), ends, tuple(dm for dm in standstill.profile if dm in by), complete=settled)


class _Waiting:
    """Looks for concessions of two, each of which the other takes up, and each of which the other would rather see first."""

    def __init__(self, standstill: LargeStandstill, one: str, other: str) -> None:
        self.standstill, self.one, self.other = standstill, one, other
        self.solver = Solver(standstill.clock)
        self.code = code = Encoding(standstill.space, self.solver)
        here = code.known(standstill.start)
        self.conceded: list[Copy] = []
        self.ends: list[Copy] = []
        for by, follows in ((one, other), (other, one)):
            conceded = code.changed(here, standstill.space.masks[by])
            end = code.changed(conceded, standstill.space.masks[follows])
            self.solver.add(code.differs(here, conceded))
            self.solver.add(code.move(by, here, conceded))
            self.solver.add(code.no_better(by, conceded, here))
            self.solver.add(code.move(follows, conceded, end, improving=True))
            for dm in (one, other):
                self.solver.add(code.no_worse(dm, end, here))
            self.conceded.append(conceded)
            self.ends.append(end)
        self.solver.add(code.prefers(one, self.ends[1], self.ends[0]))
        self.solver.add(code.prefers(other, self.ends[0], self.ends[1]))

    def run(self) -> tuple[Attrition | None, bool]:
        """The two concessions, if they are found; and whether everything was looked at."""
        known = True
        for _ in range(MOST_CANDIDATES):
            if not self.solver.solve():
                return None, known
            conceded, ends = ([self.code.read(copy) for copy in copies] for copies in (self.conceded, self.ends))
            standings = []
            for end in ends:
                holds = self.standstill.verdicts.holds(end)
                if holds:
                    standings.append(self.standstill.standing(end))
                    continue
                known = known and holds is not None
                for copy in self.ends:
                    self.solver.add(*(-literal for literal in self.code.is_state(copy, end)))
                break
            if len(standings) == 2:
                first = Concession(self.one, conceded[0], self.other, ends[0])
                second = Concession(self.other, conceded[1], self.one, ends[1])
                made = tuple(standing for standing in standings if standing is not None)
                return Attrition(self.standstill.start, first, second, made), True
        return None, False
