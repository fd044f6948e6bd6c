"""What is asked for, taken apart into cases: for whatever orders give it, one of the cases applies to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from detente.analysis.certificate import Checker
from detente.analysis.claims.answered import Answered, Closed, Either, Elsewhere
from detente.analysis.claims.base import need
from detente.analysis.claims.comparisons import Atom
from detente.analysis.claims.joint import joint
from detente.analysis.claims.unanswered import Clause, Unanswered, UnansweredJointly, named, weaker
from detente.space.sets import bits_of

Source = Unanswered | UnansweredJointly | Answered | Closed | Elsewhere | Either
"""What a clause can be read off."""

MAX_PARTIES = 10
"""Most decision makers for which groups are looked at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for.

    Parameters
    ----------
    want
        "hold", "break", "reach" or "only", as in a goal.
    start
        The state that the conflict is in.
    profile
        For each decision maker (key) the key of their concept, in the order of the conflict.
    targets
        The wanted states, as an integer; 0 for "break".
    """

    want: str
    start: int
    profile: tuple[tuple[str, str], ...]
    targets: int


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """One way in which what is asked for can be so.

    Parameters
    ----------
    target
        The wanted state; -1 for "break".
    leaver
        Who leaves the start (key); empty if nothing is said of that.
    group
        Who goes to the target together, all of them preferring it to the start (keys); empty if improvements lead there.
    """

    target: int
    leaver: str
    group: tuple[str, ...]


def assumed(asked: Asked, case: Case) -> Clause:
    """The comparisons that hold in a case: everybody in its group prefers the target to the start."""
    return frozenset(Atom(dm, case.target, asked.start, True) for dm in case.group)


def cases(checker: Checker, asked: Asked) -> Iterator[Case]:
    """All cases of what is asked for; refuses what is not of the conflict.

    Groups are two or more of whom nobody can be left out: what a larger one gains together, a smaller one gains too.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> from detente.space.states import StateSpace
    >>> two = tuple(DecisionMaker(dm, dm) for dm in "AB")
    >>> checker = Checker(StateSpace(Conflict("two", two, (Option("x", "x", ("A",)), Option("y", "y", ("B",))))))
    >>> list(cases(checker, Asked("reach", 0, (("A", "SEQ"), ("B", "SEQ")), 0b1000)))[2]
    Case(target=3, leaver='', group=('A', 'B'))
    """
    sensible(checker, asked)
    if asked.want == "break":
        yield from (Case(-1, dm, ()) for dm in checker.decision_makers)
    elif asked.want == "hold":
        yield from (Case(target, "", ()) for target in bits_of(asked.targets))
    else:
        together = able(checker, asked.start)
        for target in bits_of(asked.targets & ~(1 << asked.start)):
            yield from (Case(target, dm, ()) for dm in checker.decision_makers)
            smallest: list[tuple[str, ...]] = []
            for group, reached in together.items():
                able_to = target in reached or joint(checker.space, group, asked.start, target) is not None
                if able_to and not any(set(part) < set(group) for part in smallest):
                    smallest.append(group)
            yield from (Case(target, "", group) for group in smallest)


def sensible(checker: Checker, asked: Asked) -> None:
    """Refuse what is asked of other decision makers, states or behaviour than those of the conflict."""
    need(tuple(dm for dm, _ in asked.profile) == checker.decision_makers, "profile: not of these decision makers")
    need(all(named(key).key == key for _, key in asked.profile), "profile: no such concept")
    need(asked.want in ("hold", "break", "reach", "only") and checker.space.states.contains(asked.start), "asked: not of this conflict")
    need(asked.targets >= 0 and not asked.targets & ~checker.space.states.bits, "targets: not states of the conflict")


def able(checker: Checker, start: int) -> dict[tuple[str, ...], frozenset[int]]:
    """For each group of two or more, smaller ones first, every state that legal sequences of their moves reach from a start."""
    people = checker.decision_makers
    need(len(people) <= MAX_PARTIES, f"groups: more than {MAX_PARTIES} decision makers")
    found = {}
    for group in chain.from_iterable(combinations(people, size) for size in range(2, len(people) + 1)):
        reached: set[tuple[int, str]] = set()
        open_: list[tuple[int, str]] = [(start, "")]
        while open_:
            state, last = open_.pop()
            for mover in group:
                for to in checker.moves(mover, state) if mover != last else ():
                    if (to, mover) not in reached:
                        reached.add((to, mover))
                        open_.append((to, mover))
        found[group] = frozenset(state for state, _ in reached)
    return found


def belongs(asked: Asked, case: Case, source: Source) -> None:
    """Refuse a source of clauses that says nothing about a case."""
    profile = dict(asked.profile)
    match source:
        case Unanswered(concept=concept, dm=dm, state=state):
            need(state == case.target and concept in weaker(profile.get(dm, "")), f"source: {dm} need not stay at {state}")
        case UnansweredJointly(dm=dm, state=state):
            need(state == case.target and profile.get(dm) == "SIM", f"source: {dm} need not stay at {state}")
        case Answered(concept=concept, dm=dm, state=state):
            need((state, dm) == (asked.start, case.leaver) and concept == profile.get(dm), f"source: {dm} need not leave {state}")
        case Closed(start=start, target=target):
            need(asked.want in ("reach", "only") and not case.group, "source: improvements need not lead there")
            need((start, target) == (asked.start, case.target), "source: of another way")
        case Elsewhere(start=start, steps=steps, stays=stays):
            end = steps[-1].to if steps else start
            need(asked.want == "only" and start == asked.start != end != case.target, "source: nothing is asked of that")
            need(tuple((one.dm, one.concept) for one in stays) == asked.profile, "source: of other concepts")
        case Either():
            pass
