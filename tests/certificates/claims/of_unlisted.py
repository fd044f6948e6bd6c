"""Claims that are made where no states are listed: proofs that there is none, and what is said of single states."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.empties import Empties
from detente.analysis.claims.none_such import NoneSuch
from detente.analysis.claims.red_lines import Elements
from detente.analysis.claims.unlisted import NotReached, Restores, SomebodyLeaves
from detente.analysis.large.diagnose import large_diagnosis
from detente.analysis.large.reaching import reached_from
from detente.analysis.large.red_line_claims import empties_claim, restores_claim
from detente.analysis.large.red_lines import large_red_lines
from detente.analysis.large.verdicts import Verdicts
from detente.concepts.witness import Closed, Leaves
from detente.model.formula import TRUE, Formula, holds
from detente.testing.models import random_formula
from tests.certificates.claims.family import Family
from tests.definitions.bargain import better_for_all, worse_for_none
from tests.definitions.behaviour import holds as keeps
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.minimal import subsets
from tests.definitions.sequences import last_movers
from tests.definitions.together import joint_moves
from tests.unlock.dropping import Element, bargains, emptying, red_lines, restoring, rules
from tests.unlock.ground import Ground, random_profile


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """Of some states, stuck ones among them: the diagnosis without a list, sets of red lines, what cannot be reached."""
    space = ground.space
    if space.classes or len(red_lines(ground.conflict)) + len(rules(ground.conflict)) > 4:
        return
    profile = random_profile(ground, random, random.choice((("Nash",), ("SEQ",), ("GMR", "SMR"))))
    stuck = [s for s in ground.model.numbers if keeps(ground.model, profile, s)]
    for s in dict.fromkeys((random.choice(ground.model.numbers), *stuck[:3])):
        start = ground.state(s)
        found = large_diagnosis(space, start, profile, concepts=(), seconds=None)
        yield from (*found.better.claims, *found.weakly_better.claims)
        for finding in found.found:
            yield from (claim for claim in finding.claims if isinstance(claim, FAMILY.kinds))
        where = random_formula(random, [option.key for option in ground.conflict.options]) if random.random() < 0.3 else TRUE
        sets = large_red_lines(space, start, where=where, rules=random.random() < 0.5)
        yield from (empties for kept in sets.emptying[:2] if (empties := empties_claim(space, sets, kept)) is not None)
        yield from (
            claim for dropped, gained in sets.restoring[:2] if (claim := restores_claim(space, start, where, dropped, gained)) is not None
        )
        verdicts = Verdicts(space, profile)
        some = random.sample(ground.model.numbers, min(3, len(ground.model.numbers)))
        left = [leaver for x in some if (leaver := verdicts.leaver(ground.state(x)))]
        if left:
            yield SomebodyLeaves(tuple(profile.items()), tuple(left))
        reached = reached_from(space, start, random.choice(("any", "improving")))
        rest = [state for state in space.states.each() if state not in reached.states and state != start]
        if reached.complete and rest:
            lengths = tuple((state, dm, length) for (state, dm), length in reached.lengths.items())
            yield NotReached(start, tuple(rest[:3]), reached.kind, lengths)


def plain(chosen: Elements) -> frozenset[Element]:
    """Elements as the second statement has them."""
    return frozenset((dm or "", n) for dm, n in chosen)


def meeting(ground: Ground, numbers: set[int], where: Formula) -> set[int]:
    """Those of some states that meet a condition."""
    return {x for x in numbers if holds(where, ground.conflict.taken(ground.state(x)).__contains__)}


def none_such(ground: Ground, claim: NoneSuch) -> bool:
    """Nothing has the property."""
    model, s, question = ground.model, ground.number(claim.start), claim.question
    everybody = set(model.numbers)

    def close(states: set[int]) -> set[int]:
        most = len(ground.conflict.options) if question.within is None else question.within
        return {state for state in states if (state ^ claim.start).bit_count() <= most}

    def near(numbers: set[int]) -> set[int]:
        return close({ground.state(x) for x in meeting(ground, numbers, claim.where)})

    match question.kind:
        case "gain":
            return not close(bargains(ground, s, plain(question.dropped), claim.where))
        case "possible gain":
            gone = frozenset(rules(ground.conflict)) if question.rules else frozenset()
            lines = subsets(red_lines(ground.conflict))
            return not any(close(bargains(ground, s, gone | set(some), claim.where)) for some in lines)
        case "weak gain":
            return not near(worse_for_none(model, s) - better_for_all(model, s))
        case "gain in reach":
            within = better_for_all(model, s) & set(joint_moves(model, tuple(model.decision_makers), s))
            return not near(within)
        case "shared gain":
            gainers = {x: tuple(i for i in model.decision_makers if model.better(i, x, s)) for x in everybody}
            gained = {x for x, group in gainers.items() if len(group) > 1 and x in joint_moves(model, group, s)}
            return not near(gained)
    return False


def not_reached(ground: Ground, claim: NotReached) -> bool:
    """No sequence leads there."""
    model = ground.model
    led = last_movers(model, model.decision_makers, ground.number(claim.start), improving=claim.moves == "improving")
    return not set(led) & ground.numbers(claim.states)


def true(ground: Ground, claim: Claim) -> bool:
    """What is told is so."""
    match claim:
        case NoneSuch():
            return none_such(ground, claim)
        case NotReached():
            return not_reached(ground, claim)
        case SomebodyLeaves():
            shown = [w for w in claim.leaving if isinstance(w, Leaves | Closed) and (w.dm, w.concept) in claim.profile]
            leaves = [not DEFINITIONS[w.concept](ground.model, w.dm, ground.number(w.state)) for w in shown]
            return len(shown) == len(claim.leaving) and all(leaves)
        case Restores():
            s, every = ground.number(claim.start), [*red_lines(ground.conflict), *rules(ground.conflict)]
            gained = claim.gained in bargains(ground, s, plain(claim.dropped), claim.where)
            return gained and plain(claim.dropped) in restoring(ground, s, every, claim.where)
        case Empties():
            s, where, kept = ground.number(claim.none.start), claim.none.where, plain(claim.kept)
            every_ = plain(claim.every)
            lost = all(state in bargains(ground, s, every_ - kept | plain((element,)), where) for element, state in claim.lost)
            taken, parties = ground.conflict.taken(claim.none.start).__contains__, ground.conflict.decision_makers
            crossed = any(holds(line.never, taken) for dm in parties for line in dm.red_lines)
            minimal = crossed or kept in emptying(ground, s, sorted(every_), where)
            return lost and minimal and not bargains(ground, s, every_ - kept, where)
    raise TypeError(claim)


FAMILY = Family((NoneSuch, NotReached, SomebodyLeaves, Restores, Empties), made, true)
