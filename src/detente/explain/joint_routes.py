"""How one state leads to another where groups may also act at once, in words: who would have to agree, and what each makes of it."""

from __future__ import annotations

from detente.analysis.certificate import Checker
from detente.analysis.claims.base import refusal
from detente.analysis.claims.joint import joint
from detente.analysis.claims.ways import effort, steps
from detente.analysis.joint_path import JointLeg, JointWay, is_way, turns_matter
from detente.errors import Diagnostic, UsageError
from detente.explain.prefer import deciding
from detente.explain.route_ends import VIEWS, ended, nothing_to_do, places, stopped, strip
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words
from detente.text import listing, plural

_UNCHECKED = " (So many steps were searched that this was not checked again one by one.)"
IN_TURN = ", the same never acting twice in a row"
"""What is said besides where it makes a difference that the same do not act twice in a row."""
CHANGES = 2_000_000
"""Most changes of options that are looked at to check that no way is shorter, or where steps end."""


def joint_path(way: JointWay, improving: JointWay, limit: str) -> Explanation:
    """How one state leads to another where groups may also act at once.

    Parameters
    ----------
    way
        A shortest way by steps of any kind.
    improving
        The same by steps that everybody who takes them gains by.
    limit
        What was allowed, as it is told where something was not settled: "within 60 seconds".

    Raises
    ------
    UsageError
        U423 if a way is none, a shorter one is not ruled out, or the two do not belong together.

    Examples
    --------
    >>> from detente.analysis.joint_path import shortest_together
    >>> from detente.cases import load
    >>> from detente.space.states import StateSpace
    >>> space = StateSpace(load("elmira"))
    >>> ends = space.state(5), space.state(8), [("MoE", "Uniroyal")]
    >>> print(joint_path(shortest_together(space, *ends), shortest_together(space, *ends, "improving"), "within 60 seconds").verdict)
    In this model 1 step leads from state 5 to state 8, where MoE and Uniroyal may act, alone or at once.
    """
    words = Words(way.space)
    for one in (way, improving):
        if (one.start, one.goal, one.groups) != (way.start, way.goal, way.groups) or (one.legs is not None and not is_way(one)):
            raise UsageError([Diagnostic("U423", "a way holds a step that is none", help="explain what `shortest_together` found")])
    parts = [places(words, way.start, way.goal)]
    if way.legs:
        parts.append(_told(words, way))
    if way.legs is None and way.complete:
        parts.append(Part((_stuck(words, way),)))
    if way.legs != ():
        parts += _gaining(words, way, improving, limit)
    return Explanation(_verdict(words, way, improving, limit), tuple(parts))


def acting(words: Words, way: JointWay) -> str:
    """Who may act: "Local may act, and MoE and Uniroyal, alone or at once"."""
    single = [words.party(dm) for group in way.groups if len(group) == 1 for dm in group]
    several = [group for group in way.groups if len(group) > 1]
    if any(len(group) == len(words.decision_makers) for group in several):
        return "any parties may act, alone or at once"
    groups = "; ".join(listing(map(words.party, group)) for group in several)
    if not single:
        return f"{groups} may act, alone or at once"
    return f"{listing(single)} may act alone, and {groups} alone or at once"


def _verdict(words: Words, way: JointWay, improving: JointWay, limit: str) -> Sentence:
    where = f"from {words.state(way.start)} to {words.state(way.goal)}, where {acting(words, way)}"
    states = (way.start, way.goal)
    if way.legs is None and way.complete:
        return Sentence(f"In this model no sequence of steps leads {where}{_in_turn(way)}.{_assured(way)}", states)
    if way.legs is None and improving.legs is not None:
        lead = f"{plural(len(improving.legs), 'step')} lead{'s' if len(improving.legs) == 1 else ''}"
        return Sentence(f"In this model {lead} {where}; whether fewer do was not settled {limit}.", states)
    if way.legs is None:
        return Sentence(f"In this model it was not settled {limit} whether steps lead {where}.", states)
    if not way.legs:
        return Sentence(nothing_to_do(words, way.start), states[:1])
    if len(way.legs) == 1:
        return Sentence(f"In this model 1 step leads {where}.", states)
    return Sentence(
        f"In this model it takes at least {len(way.legs)} steps {where}{_in_turn(way)}; one way of that length is shown.{_assured(way)}",
        states,
    )


def _in_turn(way: JointWay) -> str:
    """That the same do not take two steps in a row, where that makes a difference, or it would be too much to look."""
    small = (way.reached.count + 1) * effort(way.space, way.groups) <= CHANGES
    return IN_TURN if (turns_matter(way) if small else not way.space.moves_compose) else ""


def _assured(way: JointWay) -> str:
    """Check, step by step, that no way is shorter, or that there is none; what is said where that is too much to check."""
    claim = way.no_shorter()
    if claim is None or (way.reached.count + 1) * effort(way.space, way.groups) > CHANGES:
        return _UNCHECKED
    if reason := refusal(way.space, claim):
        message = f"that no way is shorter is not so ({reason})"
        raise UsageError([Diagnostic("U423", message, help="explain what `shortest_together` found")])
    return ""


def _told(words: Words, way: JointWay) -> Part:
    """A way step by step, and how its end compares with its start for everybody."""
    legs = way.legs or ()
    line = strip(words, way.start, ((leg.movers, leg.to) for leg in legs))
    lead = (Sentence(f"{line}.", (way.start, *(leg.to for leg in legs))), ended(words, way.outcome, way.start, way.goal))
    return Part(lead, tuple(_leg(words, leg, way.goal) for leg in legs))


def _leg(words: Words, leg: JointLeg, end: int) -> Sentence:
    found = joint(words.space, leg.movers, leg.start, leg.to)
    assert found is not None
    before, flip = found
    views, elements = [], list(words.options_in(flip))
    for dm in leg.movers:
        ranks = f" ({words.change(dm, leg.start, leg.to)})" if words.ranked else ""
        text = f"{words.effect(dm, leg.start, leg.to)} for {words.party(dm)}{ranks}"
        if leg.to != end and leg.after[dm] is not leg.at_end[dm]:
            text += f", at the end {VIEWS[leg.at_end[dm]]} than before this step"
        views.append(text)
        elements += deciding(words, dm, leg.start, leg.to)
    who = listing(map(words.party, leg.movers))
    at_once = " at once" if len(leg.movers) > 1 else ""
    text = f"{who}{at_once} {words.move(leg.start, leg.to)} by {words.by_change(before, flip)}: {'; '.join(views)}"
    return Sentence(text, (leg.start, leg.to), tuple(dict.fromkeys(elements)))


def _gaining(words: Words, way: JointWay, improving: JointWay, limit: str) -> list[Part]:
    """Whether it can be reached by steps that everybody who takes them gains by, how, and where such steps end."""
    kind, states = "steps that everybody who takes them gains by", (way.start, way.goal)
    if improving.legs is not None:
        lead = Part((Sentence(f"By {kind} it can be reached in {plural(len(improving.legs), 'step')}.", states),))
        same = way.legs is not None and [(leg.movers, leg.to) for leg in way.legs] == [(leg.movers, leg.to) for leg in improving.legs]
        return [lead] if same else [lead, _told(words, improving)]
    if not improving.complete and way.legs is None and way.complete:
        return [Part((Sentence(f"So by {kind} it cannot be reached either.", states),))]
    if not improving.complete:
        return [Part((Sentence(f"Whether it can be reached by {kind} was not settled {limit}.", states),))]
    told = f"By {kind} it cannot be reached{_in_turn(improving)}.{_assured(improving)}"
    return [Part((Sentence(told, states), _stuck(words, improving)))]


def _stuck(words: Words, way: JointWay) -> Sentence:
    """How far steps lead, and where nobody can go on."""
    reached, ends, checker = way.reached, None, Checker(way.space)
    if (reached.count + 1) * effort(way.space, way.groups) <= CHANGES:
        here, gaining = (way.start, *reached.each()), way.kind == "improving"
        ends = way.space.set_of(*(state for state in here if next(steps(checker, way.groups, state, gaining=gaining), None) is None))
    return stopped(words, "such steps", way.start, reached, ends, _in_turn(way))
