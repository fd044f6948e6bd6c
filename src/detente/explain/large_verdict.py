"""Why a decision maker stays or leaves where there are too many cases to list: groups of improvements with one answer, kept conditions."""

from __future__ import annotations

from collections.abc import Iterable

from detente.concepts.registry import concept
from detente.concepts.witness import Closed, Covers, Group, Leaves
from detente.explain.answers import Teller
from detente.explain.glosses import gloss
from detente.explain.prefer import resting
from detente.explain.sentence import Part, Sentence
from detente.explain.words import quoted
from detente.model.formula import TRUE, And, Formula, Not, Or, Taken, options_in, written
from detente.preference.settings import Settings
from detente.text import capital, listing, plural


class Improving:
    """The improvements of a decision maker from a state, to be counted and put into words in groups.

    Parameters
    ----------
    teller
        The words, for the decision maker at the state.
    """

    def __init__(self, teller: Teller) -> None:
        self.teller, self.here = teller, Settings(teller.space, teller.dm, teller.origin)
        self.gains = self.here.local.open & self.here.better(teller.origin)

    def members(self, group: Group) -> int:
        """The improvements of a group, as settings of the own options."""
        return self.gains & self.here.matching(group.taken, group.not_taken)

    def meant(self, group: Group) -> str:
        """Which improvements a group holds: "every improvement of A that takes up “a” and does not give up “b”"."""
        party, count = self.teller.party(self.teller.dm), self.members(group).bit_count()
        if count == 1:
            to = self.here.local.combination(self.members(group).bit_length() - 1)
            how = self.teller.by(self.teller.origin, to, self.teller.dm)
            return f"the {'one ' if self.gains.bit_count() == 1 else ''}improvement of {party} by {how}"
        said = listing(self._conditions(group))
        all_of_them = count == self.gains.bit_count()
        return f"every improvement of {party}" + (f" that {said} ({count:,} of them)" if said and not all_of_them else "")

    def _conditions(self, group: Group) -> Iterable[str]:
        origin = self.teller.origin
        kinds = (
            ("takes up", group.taken & ~origin),
            ("gives up", group.not_taken & origin),
            ("keeps", group.taken & origin),
            ("does not take up", group.not_taken & ~origin),
        )
        return [f"{verb} {listing(self.names(bits), 'and' if verb != 'does not take up' else 'or')}" for verb, bits in kinds if bits]

    def names(self, bits: int) -> list[str]:
        """The names of the options at some bits, in quotation marks."""
        return [quoted(option.name) for k, option in enumerate(self.teller.conflict.options) if bits >> k & 1]

    def answer(self, group: Group) -> tuple[str, tuple[str, ...]]:
        """The others' moves of a group in words, and the paths of the options that they change."""
        teller, said = self.teller, []
        elements: list[str] = []
        members = self.members(group)
        now = self.here.local.combination(members.bit_length() - 1)
        for mover, bits in group.steps:
            open_bits = bits & self.here.own & ~(group.taken | group.not_taken)  # of several owners, and set either way in the group
            parts = [teller.by_change(now, bits & ~open_bits)] if bits & ~open_bits else []
            parts += [f"changing {listing(self.names(open_bits))}"] if open_bits else []
            said.append(f"{teller.party(mover)} {listing(parts)}")
            elements += teller.options_in(bits)
            now ^= bits
        return ", then ".join(said), tuple(elements)


def staying(teller: Teller, covers: Covers) -> list[Part]:
    """The improvements in groups, each with its answer; without improvements how many moves there are, none to a preferred state."""
    party, here = teller.party(covers.dm), teller.state(covers.state)
    asked, improving = Sentence(gloss(covers.concept)), Improving(teller)
    moves, gains = improving.here.local.open.bit_count(), improving.gains.bit_count()
    if not covers.groups:
        to = "it leads to no state" if moves == 1 else "none of them leads to a state"
        can = f"could make {plural(moves, 'move')} from it, and {to} better for {party}" if moves else "can make no move from it at all"
        nothing = f"From {here} there is no improvement for {party}: {party} {can}."
        return [Part((asked, Sentence(nothing, (covers.state,))))]
    holds = f"; after it {party} cannot move on to a state better than {here}" if concept(covers.concept).counters else ""
    items = []
    for group in covers.groups:
        step = "The step" if len(group.steps) == 1 else "Each step"
        every = "" if improving.members(group).bit_count() == 1 else ", after each of these improvements"
        gain = f" {step} is a gain for whoever takes it{every}." if _credible(covers.concept) else ""
        said, elements = improving.answer(group)
        own = teller.options_in(group.taken | group.not_taken)
        text = f"{capital(improving.meant(group))} is answered by {said}. That leaves {party} no better off than at {here}{holds}.{gain}"
        items.append(Sentence(text, (covers.state,), tuple(dict.fromkeys((*own, *elements)))))
    one = f"one answer deters {'it' if gains == 1 else 'them all'}"
    groups = one if len(items) == 1 else f"{len(items):,} answers together deter them all"
    lead = f"From {here} there {'is' if gains == 1 else 'are'} {plural(gains, 'improvement')} for {party}, and {groups}:"
    return [Part((asked, Sentence(lead, (covers.state,))), tuple(items))]


def leaving(teller: Teller, closed: Closed) -> list[Part]:
    """The improvement, and the conditions that stay true however the others move, in which nothing deters."""
    party, here, to = teller.party(closed.dm), teller.state(closed.state), teller.state(closed.improvement)
    who = "by moves that are a gain for whoever makes them" if _credible(closed.concept) else "whatever it costs them"
    parts = closed.invariant.parts if isinstance(closed.invariant, And) else (closed.invariant,) if closed.invariant != TRUE else ()
    better = f"is better off than at {here}"
    if closed.escapes:
        better += f", or can move on to a state better than {here}"
    if not parts:
        text = f"Whatever state the others bring about from {to}, {who}, {party} {better}: that is so in every state that can occur."
        end = Part((Sentence(gloss(closed.concept)), Sentence(text, (closed.improvement,))))
    else:
        kept = "one condition stays" if len(parts) == 1 else f"{len(parts):,} conditions stay"
        where = "in every state that meets " + ("it" if len(parts) == 1 else "them all")
        lead = f"However the others move from {to}, {who}, {kept} true, and {where} {party} {better}:"
        items = tuple(Sentence(_condition(teller, part), (), _paths(part)) for part in parts)
        end = Part((Sentence(gloss(closed.concept)), Sentence(lead, (closed.improvement,))), items)
    return [Part(tuple(gaining(teller, closed))), end]


def gaining(teller: Teller, leaves: Leaves | Closed) -> list[Sentence]:
    """The improvement by which a decision maker leaves, why it is one, and how many there are."""
    party, start, to = teller.party(leaves.dm), leaves.state, leaves.improvement
    why = teller.why(to)
    move = f"{party} can move {teller.move(start, to)} by {teller.by(start, to, leaves.dm)}: {teller.change(leaves.dm, start, to)}."
    sentences = [
        Sentence(move, (start, to), teller.options(start, to, leaves.dm)),
        Sentence(f"It is an improvement, because {why.text}.", (to, start), why.elements),
        *resting(teller, leaves.dm, why),
    ]
    gains = Improving(teller).gains.bit_count()
    if gains > 1:
        text = f"From {teller.state(start)} there are {gains:,} improvements for {party}; one without an answer is enough to leave."
        sentences.append(Sentence(text, (start,)))
    return sentences


def briefly_answered(teller: Teller, covers: Covers, improvement: int) -> Sentence:
    """The answer of the group that holds an improvement, in a few words."""
    own = teller.space.masks[covers.dm]
    setting = improvement & own
    group = next(group for group in covers.groups if not (group.taken & ~setting or group.not_taken & setting))
    said, elements = Improving(teller).answer(group)
    return Sentence(said, (covers.state, improvement), elements)


def _credible(key: str) -> bool:
    return concept(key).answers == "improving"


def _condition(teller: Teller, part: Formula) -> str:
    """One condition in words: "“a” is taken", "“a” is not taken", "“a” is taken or “b” is not taken"."""
    match part:
        case Taken(option):
            return f"{quoted(teller.conflict.option(option).name)} is taken"
        case Not(Taken(option)):
            return f"{quoted(teller.conflict.option(option).name)} is not taken"
        case Or(parts):
            return listing([_condition(teller, each) for each in parts], "or")
        case _:
            return written(part, lambda key: quoted(teller.conflict.option(key).name))


def _paths(part: Formula) -> tuple[str, ...]:
    return tuple(f"options/{key}" for key in sorted(options_in(part)))
