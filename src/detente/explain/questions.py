"""Answers to the questions that a conflict file asks.  Every answer says what it was counted in, and what it does not depend on."""

from __future__ import annotations

from collections.abc import Mapping

from detente.analysis.claims.together import Together
from detente.analysis.concluded import Ways
from detente.analysis.doubted import Doubt, Doubts
from detente.analysis.unlock.lever import Lever
from detente.explain.elements import element_words
from detente.explain.margin import hangs
from detente.explain.prefer import deciding
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.standing import Standing, standing
from detente.explain.together import parts, way_out
from detente.explain.unlocking import behaviour
from detente.explain.words import Words, quoted
from detente.model.formula import Formula, written
from detente.preference.compared import compared
from detente.text import capital, listing, plural

_ANSWERS: Mapping[str, str] = {
    "stuck": "whether the status quo holds",
    "better": "whether there is a state that everybody prefers to the status quo",
    "holding": "whether such a state also holds and all together can bring it about",
    "without": "whether one of these is without what was asked about",
}


_WAY_OUT = (
    "A way out is a state that holds, other than the status quo, that a group can bring about and that each of the group prefers to it."
)


def stuck(words: Words, ways: Ways, found: Standing, moves: Mapping[str, int], kinds: tuple[Sentence, ...] = ()) -> Explanation:
    """Whether the status quo holds, under which concepts and for whom, and what keeps each there.

    Parameters
    ----------
    words, ways
        The words of the conflict; the ways out of its status quo.
    found
        Verdicts for every decision maker under every concept.
    moves
        For each decision maker (key) how many moves they have.
    kinds
        Sentences on the kind of the deadlock, where it was diagnosed.
    """
    first, *rest = standing(words, found)
    items = []
    for dm in ways.profile:
        better = compared(words.space, dm, ways.start)[0]
        gains = sum(better >> state & 1 for state in words.space.moves(dm, ways.start))
        held = found.stays_under(dm)
        items.append(Sentence(f"{capital(words.party(dm))}: {_keeps(moves[dm], gains, held, found)}", (ways.start,)))
    lead = Sentence("For each decision maker:", (ways.start,))
    told = (Part(tuple(kinds)),) if kinds else ()
    return Explanation(
        Sentence(f"{'Yes' if ways.stuck else 'No'}. {first.text}", first.states), (*told, Part((lead,), tuple(items)), *_rest(rest))
    )


def _rest(sentences: list[Sentence]) -> tuple[Part, ...]:
    return (Part(tuple(sentences)),) if sentences else ()


def _keeps(moves: int, gains: int, held: tuple[str, ...], found: Standing) -> str:
    """What keeps a decision maker, in a clause."""
    if not moves:
        return "no move is open."
    if not gains:
        return f"none of {plural(moves, 'move')} is a gain." if moves > 1 else "the one move that is open is no gain."
    start = f"{gains:,} of {plural(moves, 'move')} {'is a gain' if gains == 1 else 'are gains'}; "
    if len(held) == len(found.stays):
        return f"{start}the others have an answer to {'it' if gains == 1 else 'each'} under every concept that was asked about."
    return start + (f"it is kept only under {listing(held)}, by what the others could answer." if held else "nothing keeps it.")


def better_for_all(words: Words, ways: Ways, near: Lever[Together] | None) -> Explanation:
    """Whether some state is better for everybody, whether it holds, who has to move, and why it does not come about by itself.

    `near` is the nearest way out, where there is one.
    """
    holding = ways.better & ways.equilibria
    by = behaviour(ways.profile)
    if not ways.better:
        verdict = "No. In this model no state is better than the status quo for every decision maker."
    else:
        count, held = plural(ways.better.count, "state is", "states are"), holding.count
        them = f"{'it' if ways.better.count == 1 else 'none of them' if not held else f'{held:,} of them'}"
        holds = f"{them} {'holds' if held == 1 or (not held and ways.better.count > 1) else 'does not hold' if not held else 'hold'} {by}"
        verdict = f"Yes. In this model {count} better than the status quo for every decision maker, and {holds}."
    told = []
    if near is not None:
        everybody = near.claim.to in ways.better
        lead = way_out(words, near)
        who = near.claim.coalition if not everybody else tuple(ways.profile)
        others = [words.party(dm) for dm in words.decision_makers if words.orders[dm].prefers(ways.start, near.claim.to)]
        gains = f"A group can gain at the expense of {listing(others)}" if others else "A group can gain at nobody's expense"
        text = f"{'One of them that can be had' if everybody else gains}: {lead.text}"
        told.append(Part((Sentence(text, lead.states),), parts(words, who, near.claim.start, near.claim.to)))
        told += _hangs(words, near)
        told.append(_between(words, ways, near))
    return Explanation(Sentence(verdict, (ways.start,)), tuple(told))


def _hangs(words: Words, out: Lever[Together]) -> list[Part]:
    """On which order of two statements it hangs that all of a group prefer a way out; nothing where on none."""
    found = hangs(words, out.claim.coalition, out.claim.to, out.claim.start)
    return [] if found is None else [Part((Sentence(f"{found.text}.", found.states, found.elements),))]


def _between(words: Words, ways: Ways, near: Lever[Together]) -> Part:
    """Why a way out is not taken: what doing its own part alone would be for each member of the group."""
    claim, items = near.claim, []
    for dm in claim.coalition:
        alone = (claim.start ^ claim.to) & words.space.masks[dm]
        state = words.space.state_of(claim.start ^ alone)
        if not alone or state is None or state not in words.space.moves(dm, claim.start):
            items.append(Sentence(f"{capital(words.party(dm))} can't do its part alone", (claim.start,)))
            continue
        effect, ranks = words.effect(dm, claim.start, state), words.change(dm, claim.start, state)
        text = f"For {words.party(dm)} to do its part alone would be {effect} ({ranks})"
        items.append(Sentence(text, (claim.start, state), deciding(words, dm, claim.start, state)))
    lead = "What stands between: " + (
        "no move of one decision maker leads there, and the first to move would have to rely on the others."
        if len(claim.coalition) > 1
        else f"nothing but the decision of {words.party(claim.coalition[0])}."
    )
    return Part((Sentence(lead, (claim.start, claim.to)),), tuple(items))


def ends_only_if(
    words: Words, ways: Ways, condition: Formula, example: Lever[Together] | None, smallest: Mapping[str, Sentence | None]
) -> Explanation:
    """Whether there is a way out that lacks a condition, and the smallest change of each party's own priorities that moves anything.

    Parameters
    ----------
    words, ways
        The words of the conflict; the ways out of its status quo.
    condition
        The condition.
    example
        A way out that lacks it, where there is one.
    smallest
        For each decision maker (key) the smallest change of their own priorities with which the status quo gives way, in a sentence; None
        where none was found.  Empty where it was not looked for.
    """
    asked, told = quoted(written(condition)), []
    without = ways.out - words.space.where(condition)
    both = without & ways.better
    if example is not None:
        everybody = f", {both.count:,} of them better for everybody" if both else ""
        are = "is" if without.count == 1 else "are"
        verdict = f"Not only so. In this model {plural(without.count, 'way')} out {are} without {asked}{everybody}."
        shown = way_out(words, example)
        told.append(
            Part(
                (Sentence(f"One of them: {shown.text}", shown.states),), parts(words, example.claim.coalition, ways.start, example.claim.to)
            )
        )
        told.append(Part((Sentence(f"In full: {words.full(example.claim.to)}.", (example.claim.to,)),)))
        told += _hangs(words, example)
    elif ways.out:
        each = "the one way out" if ways.out.count == 1 else f"each of {ways.out.count:,} ways out"
        verdict = f"Only so. In this model {each} meets {asked}."
    else:
        verdict = f"In this model as it is there is no way out at all, with or without {asked}: only a change of the model opens one."
    told.append(Part((Sentence(_WAY_OUT),)))
    items = [sentence for sentence in smallest.values() if sentence is not None]
    if items:
        each = "For each decision maker a change of their own priorities with which the status quo gives way; no smaller one was found:"
        lead = Sentence(each, (ways.start,))
        told.append(Part((lead,), tuple(items)))
    rest = [dm for dm, sentence in smallest.items() if sentence is None]
    if rest:
        told.append(Part((Sentence(f"For {listing(map(words.party, rest), 'or')} none was found among the changes that were tried.", ()),)))
    return Explanation(Sentence(verdict, (ways.start,)), tuple(told))


def step(words: Words, ways: Ways, after: Ways, leaves: tuple[str, ...], onward: Lever[Together] | None) -> Explanation:
    """Whether a partial step holds, and what it leads to.

    Parameters
    ----------
    words, ways
        The words of the conflict; the ways out of its status quo.
    after
        The ways out of the state after the step.
    leaves
        The decision makers who would leave that state.
    onward
        The nearest way out of that state, where there is one.
    """
    state, name = after.start, words.name(after.start)
    called = f"{quoted(name)} ({words.state(state)})" if name else words.state(state)
    by = behaviour(ways.profile)
    holds = f"holds {by}" if not leaves else f"does not hold {by}: {listing(map(words.party, leaves))} would leave it"
    leads = f"{_ways_lead(after.out.count)} on from it, while {_ways_lead(ways.out.count)} on from the status quo"
    verdict = Sentence(f"In this model {called} {holds}, and {leads}.", (ways.start, state))
    items = [
        Sentence(
            f"{capital(words.party(dm))}: {words.change(dm, ways.start, state)}",
            (ways.start, state),
            deciding(words, dm, ways.start, state),
        )
        for dm in ways.profile
    ]
    told = [Part((Sentence("Compared with the status quo:", (ways.start, state)),), tuple(items))]
    if state in ways.out:
        group = listing(map(words.party, ways.by(state).members))
        text = f"It is itself one of the ways out: {group} can bring it about, and each gains by it."
        told.append(Part((Sentence(text, (ways.start, state)),)))
    kept = ways.better & after.better
    if ways.better:
        text = (
            f"Of {plural(ways.better.count, 'state')} that everybody prefers to the status quo, {f'{kept.count:,}' if kept else 'none'} "
            f"{'are' if kept.count > 1 else 'is'} preferred by everybody to this state too: "
        )
        text += (
            "the step takes none of them away."
            if kept == ways.better
            else "once the step is made, each of the others is no gain for somebody."
        )
        told.append(Part((Sentence(text, (ways.start, state)),)))
    if onward is not None:
        shown = way_out(words, onward)
        told.append(Part((Sentence(f"On from there: {shown.text}", shown.states),)))
    return Explanation(verdict, tuple(told))


def _ways_lead(count: int) -> str:
    return f"{plural(count, 'way')} out {'leads' if count == 1 else 'lead'}" if count else "no way out leads"


# -- doubt -------------------------------------------------------------------------------------------------------------
def doubt(words: Words, found: Doubts, viewpoint: str | None, doubtful: Mapping[str, str]) -> Explanation:
    """Which of the answers change when one element is left out or reversed, and which single element matters most.

    Parameters
    ----------
    words
        The words of the conflict.
    found
        What was tried.
    viewpoint
        Whose account the file gives.
    doubtful
        For each element (path) that is not plainly reported, what it rests on in a word ("assumed", "inferred", "said by adversaries").
    """
    asked = [key for key in _ANSWERS if getattr(found.now, key) is not None]
    changed = {key: found.changing(key) for key in asked}
    left_out = sum(doubt.change == "left out" for doubt in found.tried)
    silent = [key for key in asked if not any(d.change == "left out" for d in changed[key])]
    verdict = f"In this model {plural(left_out, 'element was', 'elements were')} left out, one at a time. "
    if len(silent) == len(asked):
        verdict += "None of the main answers changes by that." + (" By reversing one, some do:" if any(changed.values()) else "")
    else:
        moved = [_ANSWERS[key] for key in asked if key not in silent]
        verdict += f"What can change: {listing(moved)}." + (
            f" What does not change: {listing(_ANSWERS[key] for key in silent)}." if silent else ""
        )
    told = [_changing(words, key, changed[key], doubtful) for key in asked if changed[key]]
    most = _most(found, changed, doubtful)
    if most is not None:
        told.append(Part((_fact(words, most, changed, doubtful),)))
    told.append(Part((Sentence(_viewpoints(words, viewpoint, found)),)))
    return Explanation(Sentence(verdict), tuple(told))


def _changing(words: Words, key: str, doubts: tuple[Doubt, ...], doubtful: Mapping[str, str]) -> Part:
    """The elements that change one answer."""
    how: dict[str, list[str]] = {}
    for one in doubts:
        how.setdefault(one.element, []).append(one.change)
    lead = Sentence(f"{capital(_ANSWERS[key])} changes if one of these is left out or reversed:")
    ordered = sorted(how.items(), key=lambda entry: "left out" not in entry[1])
    items = tuple(
        Sentence(f"{element_words(words.conflict, element)} ({doubtful.get(element, 'reported')}): {' or '.join(changes)}", (), (element,))
        for element, changes in ordered
    )
    return Part((lead,), items)


def _most(found: Doubts, changed: Mapping[str, tuple[Doubt, ...]], doubtful: Mapping[str, str]) -> str | None:
    """The doubtful element that most answers hang on, those that change when it is left out first; None if no answer hangs on one."""
    weight: dict[str, tuple[int, int]] = {}
    for element in dict.fromkeys(doubt.element for doubt in found.tried):
        if element in doubtful:
            out = sum(any(d.element == element and d.change == "left out" for d in doubts) for doubts in changed.values())
            both = sum(any(d.element == element for d in doubts) for doubts in changed.values())
            weight[element] = (out, both)
    best = max(weight.values(), default=(0, 0))
    return next((element for element, of in weight.items() if of == best), None) if best > (0, 0) else None


def _fact(words: Words, element: str, changed: Mapping[str, tuple[Doubt, ...]], doubtful: Mapping[str, str]) -> Sentence:
    hangs = [_ANSWERS[key] for key, doubts in changed.items() if any(d.element == element for d in doubts)]
    text = (
        f"Most to find out: {element_words(words.conflict, element)}, which is {doubtful[element]}. "
        f"On it alone, left out or reversed, hangs {listing(hangs)}; of what is not plainly reported, no other single element changes more."
    )
    return Sentence(text, (), (element,))


def _viewpoints(words: Words, viewpoint: str | None, found: Doubts) -> str:
    text = f"These answers are those of one account: {viewpoint}." if viewpoint else "These answers are those of one account."
    if named := words.conflict.viewpoints:
        keys = listing(one.key for one in named)
        text += f" The file names {plural(len(named), 'viewpoint')} ({keys}); detente compare says what changes from one to the next."
    else:
        text += " Others can be named in the file, as viewpoints with the same options and other preferences."
    if not found.complete:
        text += " The time ran out before every element was tried."
    if found.skipped:
        text += f" {plural(found.skipped, 'element')} could not be tried, because of a ranking that stands with them."
    return text
