"""What shows that a start is stuck, and in which way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from detente.analysis.claims.base import Claim
from detente.analysis.claims.gains import Gains, SharedGains
from detente.analysis.claims.ruled_out import NoBargain
from detente.analysis.claims.spoiler import Attrition, Spoiled
from detente.analysis.claims.standing import NoneHolds, OutOfReach, Standing
from detente.analysis.deadlock.diagnose import diagnose
from detente.concepts.witness import Leaves
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.parse import parse_formula
from detente.model.rule import Infeasible, Rule
from detente.preference.ranking import StateRanking
from detente.space.states import StateSpace
from tests.certificates.claims.family import Family
from tests.certificates.claims.saying import verdicts, way_of_group
from tests.definitions import deadlock
from tests.definitions.bargain import better_for_all, by_improvements, within_reach, worse_for_none
from tests.definitions.behaviour import holds, leavers, unanswered
from tests.definitions.minimal import subsets
from tests.unlock.dropping import bargain_without, red_lines, rules
from tests.unlock.ground import Ground, random_profile


def made(ground: Ground, random: Random) -> Iterator[Claim]:
    """The diagnosis of some states that are stuck, and of one that need not be."""
    profile = random_profile(ground, random, random.choice(((), ("Nash",), ("SEQ",))))
    if len(red_lines(ground.conflict)) + len(rules(ground.conflict)) > 4:
        return
    stuck = [s for s in ground.model.numbers if holds(ground.model, profile, s)]
    waiting = [s for s in stuck if deadlock.attrition(ground.model, profile, s)]
    gaining = [s for s in stuck if deadlock.group_gains(ground.model, s)]
    spoiled_ = [s for s in gaining if deadlock.spoilers(ground.model, profile, s)]
    for s in {random.choice(ground.model.numbers), *stuck[:2], *waiting[:2], *gaining[:2], *spoiled_[:2]}:
        found = diagnose(ground.space, ground.state(s), profile)
        yield found.gains
        for finding in found.found:
            shown = dict.fromkeys((*finding.claims[:3], finding.claims[-1]))
            yield from (claim for claim in shown if isinstance(claim, FAMILY.kinds))


def ranked(parties: str, options: tuple[Option, ...], rules_: tuple[Rule, ...], random: Random) -> Ground:
    """Everybody ranks the states at random."""
    bare = Conflict("planted", tuple(DecisionMaker(i, i) for i in parties), options, rules_)
    states = [bare.taken(state) for state in StateSpace(bare).states.each()]

    def ranking() -> StateRanking:
        return StateRanking(tuple((taken,) for taken in random.sample(states, len(states))))

    return Ground(replace(bare, decision_makers=tuple(DecisionMaker(i, i, ranking()) for i in parties)))


def with_waiting(random: Random) -> Ground:
    """Two sides of whom each can yield, and the other then take a further step; drawn until each waits for the other."""
    x, z, y, w = Option("x", "x", ("A",)), Option("z", "z", ("A",)), Option("y", "y", ("B",)), Option("w", "w", ("B",))
    rule = Infeasible(parse_formula("z and y or w and x or z and w or not (x or y or z or w)"))
    while True:
        ground = ranked("AB", (x, z, y, w), (rule,), random)
        profile = dict.fromkeys("AB", "Nash")
        if any(holds(ground.model, profile, s) and deadlock.attrition(ground.model, profile, s) for s in ground.model.numbers):
            return ground


def with_spoiler(random: Random) -> Ground:
    """Three with an option each; drawn until somebody outside spoils what two gain by."""
    options = tuple(Option(i.lower(), i, (i,)) for i in "ABC")
    while True:
        ground = ranked("ABC", options, (), random)
        profile = dict.fromkeys("ABC", "SEQ")
        if any(holds(ground.model, profile, s) and deadlock.spoilers(ground.model, profile, s) for s in ground.model.numbers):
            return ground


def gains(ground: Ground, claim: Gains) -> bool:
    """Exactly Z and exactly W."""
    s, model = ground.number(claim.start), ground.model
    sets = ground.of_bits(claim.better) == better_for_all(model, s), ground.of_bits(claim.no_worse) == worse_for_none(model, s)
    return all(sets) and not any(model.better(i, x, s) for i, bits in claim.against for x in ground.of_bits(bits))


def shared(ground: Ground, claim: SharedGains) -> bool:
    """Nothing that a group of two or more gains by is left out."""
    return {x for _, x in deadlock.group_gains(ground.model, ground.number(claim.start))} <= ground.of_bits(claim.states)


def no_bargain(ground: Ground, claim: NoBargain) -> bool:
    """Whatever is dropped, nothing is better for everybody."""
    elements = [*red_lines(ground.conflict), *(rules(ground.conflict) if claim.rules else [])]
    return not any(bargain_without(ground, ground.number(claim.start), gone) for gone in subsets(elements))


def spoiled(ground: Ground, claim: Spoiled) -> bool:
    """The group gains; one outsider alone leaves, to where the member is worse off than at the start."""
    model, gain = ground.model, claim.gain
    profile = {witness.dm: witness.concept for witness in gain.ends}
    s, x = ground.number(gain.start), ground.number(gain.to)
    leaves = [witness for witness in gain.ends if isinstance(witness, Leaves)]
    shown = verdicts(ground, model, (*gain.ends, *gain.starts)) and way_of_group(
        ground, model, gain.coalition, gain.start, gain.to, gain.steps
    )
    if not shown or len(leaves) != 1 or set(profile) != set(model.decision_makers) or leavers(model, profile, x) != {leaves[0].dm}:
        return False
    k, y = leaves[0].dm, ground.number(leaves[0].improvement)
    harmed = claim.harmed in gain.coalition and model.better(claim.harmed, s, y)
    return harmed and k not in gain.coalition and len(gain.coalition) > 1 and y in unanswered(model, profile, k, x)


def attrition(ground: Ground, claim: Attrition) -> bool:
    """Both concessions, what follows each, and who waits for which."""
    model, s, profile = ground.model, ground.number(claim.start), dict(claim.ends[0].profile)
    one, other = claim.first, claim.second
    for step in (one, other):
        pair = (ground.number(step.to), ground.number(step.end))
        if pair not in deadlock.ends_after_concession(model, profile, s, step.by, step.taken_up_by):
            return False
    waits = (one.by, other.by, ground.number(other.end), ground.number(one.end)) in deadlock.attrition(model, profile, s)
    return waits and all(standing(ground, end) for end in claim.ends) and [end.state for end in claim.ends] == [one.end, other.end]


def standing(ground: Ground, claim: Standing) -> bool:
    """Each verdict, one for each decision maker."""
    about = all(witness.state == claim.state and (witness.dm, witness.concept) in claim.profile for witness in claim.witnesses)
    return about and [i for i, _ in claim.profile] == list(ground.parties) and verdicts(ground, ground.model, claim.witnesses)


def none_holds(ground: Ground, claim: NoneHolds) -> bool:
    """Each of the states is left by the one of whom it is said."""
    left = ground.numbers(witness.state for witness in claim.leaving) == ground.of_bits(claim.states)
    return left and verdicts(ground, ground.model, claim.leaving) and all((w.dm, w.concept) in claim.profile for w in claim.leaving)


def out_of_reach(ground: Ground, claim: OutOfReach) -> bool:
    """Neither moves nor a move made together lead there, or no improvements do."""
    leads = by_improvements if claim.moves == "improving" else within_reach
    return not any(leads(ground.model, ground.number(claim.start), x) for x in ground.of_bits(claim.states))


def true(ground: Ground, claim: Claim) -> bool:
    """What is told is so."""
    match claim:
        case Gains():
            return gains(ground, claim)
        case SharedGains():
            return shared(ground, claim)
        case NoBargain():
            return no_bargain(ground, claim)
        case Spoiled():
            return spoiled(ground, claim)
        case Attrition():
            return attrition(ground, claim)
        case Standing():
            return standing(ground, claim)
        case NoneHolds():
            return none_holds(ground, claim)
        case OutOfReach():
            return out_of_reach(ground, claim)
    raise TypeError(claim)


FAMILY = Family(
    (Gains, SharedGains, NoBargain, Spoiled, Attrition, Standing, NoneHolds, OutOfReach), made, true, (with_waiting, with_spoiler)
)
