"""What holds a decision maker who would gain by leaving, in words."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.claims.fear import Removed, SanctionCore
from detente.analysis.claims.fear_sets import AllCores
from detente.analysis.unlock.lever import Lever, Levers
from detente.concepts.witness import Answer, JointAnswer, Leaves, Stays, Witness
from detente.explain.answers import Teller, briefly
from detente.explain.glosses import gloss
from detente.explain.levers.shared import assured, placed
from detente.explain.sentence import Explanation, Part, Sentence
from detente.explain.words import Words, quoted
from detente.space.states import StateSpace
from detente.text import listing, plural


def told(space: StateSpace, lever: Lever[SanctionCore]) -> Explanation:
    """One minimal set of others' moves without which a decision maker would leave a state.

    Parameters
    ----------
    space
        The space.
    lever
        What `sanction_cores` found.

    Raises
    ------
    UsageError
        U423 if the claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.fear import sanction_cores
    >>> from detente.cases import load
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> print(told(space, sanction_cores(space, 0, "Row", "SEQ", grouping="party").cores.found[0]).verdict)
    In this model Row stays at state 1 (“CC”) under SEQ because of answers; if Column could make no move, Row would leave it for state 2.
    """
    claim = lever.claim
    assured(space, claim)
    words = Words(space)
    party, start, to = words.party(claim.now.dm), claim.now.state, claim.then.improvement
    gone = conditions(words, claim.removed)
    held = f"{party} stays at {placed(words, start)} under {claim.now.concept} because of answers"
    text = f"In this model {held}; if {gone}, {party} would leave it for {words.state(to)}."
    options = tuple(dict.fromkeys(f"options/{group.option}" for group in claim.removed if group.option))
    verdict = Sentence(text, (start, to), options)
    return Explanation(verdict, (_now(space, words, claim), _needed(words, claim)))


def conditions(words: Words, removed: Sequence[Removed]) -> str:
    """Moves that are taken away, as a condition: "B could not take up “strike” and C could make no move".

    >>> from detente.cases import load
    >>> conditions(Words(StateSpace(load("prisoners-dilemma"))), [Removed("Row", "party")])
    'Row could make no move'
    """
    return listing([_condition(words, group) for group in removed])


def _condition(words: Words, group: Removed, could: bool = False) -> str:
    """That a group of moves is gone, or with `could` that it is not."""
    party, no, not_ = words.party(group.by), "its moves" if could else "no move", "" if could else " not"
    match group.kind:
        case "party":
            return f"{party} could make {no}"
        case "state":
            return f"{party} could make {no} from {words.state(group.state)}"
        case "move":
            return f"{party} could{not_} go from {words.state(group.state)} to {words.state(group.to)}"
        case _:
            name = quoted(words.conflict.option(group.option).name)
            return f"{party} could{not_} {'take up' if group.kind == 'take' else 'give up'} {name}"


def _now(space: StateSpace, words: Words, claim: SanctionCore) -> Part:
    """The improvement that is then taken, and what answers it as things are."""
    teller = Teller(space, claim.now.dm, claim.now.state)
    to = claim.then.improvement
    answer = next(answer for answer in claim.now.answers if answer.improvement == to)
    told_so, party = briefly(teller, answer), words.party(claim.now.dm)
    end = _end(answer)
    by = words.by(claim.now.state, to, claim.now.dm)
    change = words.change(claim.now.dm, claim.now.state, to)
    gain = f"To go {words.move(claim.now.state, to)}, by {by}, would be an improvement for {party} ({change})."
    no_better = f"{words.state(end)} is no better for {party} than {words.state(claim.now.state)}"
    kept = f"As things are it can be answered: {told_so.text}; {no_better}."
    states = (*told_so.states, end)
    return Part((Sentence(gain, (claim.now.state, to)), Sentence(kept, states, told_so.elements), Sentence(gloss(claim.now.concept))))


def _end(answer: Answer | JointAnswer) -> int:
    return answer.result if isinstance(answer, JointAnswer) else answer.steps[-1].to


def _needed(words: Words, claim: SanctionCore) -> Part:
    party = words.party(claim.now.dm)
    if len(claim.removed) == 1:
        return Part((Sentence(f"Nothing less would do: as things are {party} stays.", (claim.now.state,)),))
    items = tuple(
        Sentence(f"{party} would stay if {_condition(words, group, could=True)} and only the others were taken away")
        for group in claim.removed
    )
    return Part((Sentence("Each of these moves holds it:", (claim.now.state,)),), items)


def account(space: StateSpace, witness: Witness, cores: Levers[SanctionCore], every: AllCores | None) -> Explanation:
    """Whether fear holds a decision maker at a state, by how many minimal sets of moves, and whether these are all.

    Parameters
    ----------
    space
        The space.
    witness
        Why they stay or leave as things are.
    cores, every
        The sets, and the claim that they are all, as `sanction_cores` gives them.

    Raises
    ------
    UsageError
        U423 if the claim is refused.

    Examples
    --------
    >>> from detente.analysis.unlock.fear import sanction_cores
    >>> from detente.cases import load
    >>> space = StateSpace(load("prisoners-dilemma"))
    >>> found = sanction_cores(space, 3, "Row", "SEQ")
    >>> print(account(space, found.witness, found.cores, found.every).verdict)
    In this model Row has no improvement from state 4 (“DD”), so that no fear holds it there.
    """
    words = Words(space)
    party, here = words.party(witness.dm), placed(words, witness.state)
    if isinstance(witness, Leaves):
        text = f"In this model {party} would leave {here} under {witness.concept}; no fear holds it there."
    elif not witness.answers:
        text = f"In this model {party} has no improvement from {here}, so that no fear holds it there."
    else:
        return _held(space, words, witness, cores, every)
    return Explanation(Sentence(text, (witness.state,)))


def _held(space: StateSpace, words: Words, witness: Stays, cores: Levers[SanctionCore], every: AllCores | None) -> Explanation:
    party, here = words.party(witness.dm), placed(words, witness.state)
    lead = f"In this model {party} has {plural(len(witness.answers), 'improvement')} from {here} and stays under {witness.concept}"
    lead += f" because {'it is' if len(witness.answers) == 1 else 'each is'} answered."
    if every is None:
        text = f"{lead} Not all sets of moves that hold it there were found before the search was stopped."
        return Explanation(Sentence(text, (witness.state,)))
    assured(space, every)
    count = len(cores.found)
    text = f"{lead} No set of such moves, taken away, would free it."
    if count:
        text = f"{lead} {plural(count, 'smallest set')} of others' moves {'holds' if count == 1 else 'hold'} it there; there are no others."
    return Explanation(Sentence(text, (witness.state,)))
