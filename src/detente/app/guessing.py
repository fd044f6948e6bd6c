"""What is open in a conflict that is swept: what its file says under `uncertain`, and what a user opens besides by its basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from detente.app.opening import Opened
from detente.errors import UsageError
from detente.model.conflict import Conflict
from detente.model.evidence import BasisKind
from detente.model.guess import Guess
from detente.model.opened import opened as opened_guesses
from detente.model.opened import resting_on
from detente.model.preference import lists_states
from detente.model.rule import Merged
from detente.text import did_you_mean, listing

RULES = "rules"
WITHOUT = "without"
OPENED: dict[str, BasisKind | None] = {kind.value: kind for kind in BasisKind} | {WITHOUT: None}
"""What `--open` names: a kind of basis, or elements without any."""
_HINT = "say under `uncertain:` in the file what is a guess, or open elements by their basis: --open inferred,assumed"


def with_open(found: Opened, open: str | Sequence[str] | None, *, needed: bool = True) -> Opened:
    """A conflict in which something is open: what its file leaves open, and what is opened besides.

    Parameters
    ----------
    found
        The conflict.
    open
        Kinds of bases: "inferred,assumed", or a list; statements and red lines that rest on one of them are open, each as written or left
        out, and rules too where "rules" is named; "without" stands for elements without a basis.  None: only what the file leaves open.
    needed
        Whether something has to be open.

    Raises
    ------
    UsageError
        U530 if nothing is open though it has to be, U531 if `open` can't be read.

    Examples
    --------
    >>> from detente.app.opening import opened
    >>> [guess.key for guess in with_open(opened("misread-neighbours"), "assumed").conflict.guesses][:2]
    ['decision makers/North/prefers/1', 'decision makers/North/prefers/2']
    """
    conflict = found.conflict
    if open is None:
        if needed and not conflict.guesses:
            raise UsageError.of("U530", "nothing in the conflict is open: the file names nothing uncertain", help=_HINT)
        return found
    kinds, rules = _read(open)
    made = opened_guesses(conflict, resting_on(kinds))
    taken = {element for guess in conflict.guesses if guess.kind != "order" for element in guess.elements}
    fresh = tuple(guess for guess in made if guess.element not in taken and (rules or guess.kind != "rule") and _may_go(conflict, guess))
    if needed and not fresh and not conflict.guesses:
        names = listing([kind.value if kind else "without a basis" for kind in kinds], "or")
        what = "no statement, no red line and no rule is" if rules else "no statement and no red line is"
        raise UsageError.of("U530", f"nothing in the conflict is open: {what} {names}", help=_HINT)
    return replace(found, conflict=replace(conflict, guesses=(*conflict.guesses, *fresh)))


def _read(open: str | Sequence[str]) -> tuple[list[BasisKind | None], bool]:
    """The kinds of bases, and whether rules are meant too."""
    named = [word.strip().lower() for word in (open.split(",") if isinstance(open, str) else open) if word.strip()]
    choices = [*OPENED, RULES]
    for word in named:
        if word not in choices:
            close = did_you_mean(word, choices)
            hint = (f'did you mean "{close}"? ' if close else "") + f"there are {listing(choices)}"
            raise UsageError.of("U531", f'"{word}" is no kind of basis that can be opened', value=word, help=hint)
    kinds = [OPENED[word] for word in dict.fromkeys(named) if word != RULES]
    if not kinds:
        hint = f"name kinds of bases, separated by commas: {listing(OPENED)}; and {RULES}, if rules are to be open too"
        raise UsageError.of("U531", "no kind of basis is named", value=",".join(named), help=hint)
    return kinds, RULES in named


def _may_go(conflict: Conflict, guess: Guess) -> bool:
    """Whether an element can be left out: where preferences list states, or states are merged, leaving out a rule makes others of them."""
    if guess.kind == "rule":
        listed = any(lists_states(dm.preference) for dm in conflict.decision_makers)
        return not listed and not any(isinstance(rule, Merged) for rule in conflict.rules)
    return guess.kind != "statement" or not lists_states(conflict.decision_maker(guess.of or "").preference)
