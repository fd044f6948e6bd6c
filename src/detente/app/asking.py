"""What users call things: states, decision maker, concepts of behaviour and conditions, read from text.

Every function raises `UsageError` with what there is to choose from; a U411 says so for states, U412 for decision makers, U413 for a
status quo that is not there, U414 for a way of asking for concepts that can't be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts, concept, in_order
from detente.errors import ConflictError, UsageError
from detente.model.conflict import Conflict
from detente.model.formula import Formula, options_in
from detente.model.parse import parse_formula
from detente.model.rule import Merged
from detente.space.sets import StateSet
from detente.space.states import StateSpace
from detente.text import did_you_mean, listing, plural, shortened

STATUS_QUO = "status quo"
MAX_DIGITS = 400
"""Most digits of the number of a state that are read."""
_NUMBER = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Which concepts are asked for; `profile` gives each decision maker one of their own, or is None."""

    concepts: tuple[SolutionConcept, ...]
    profile: Mapping[str, str] | None = None


def behaviour(under: str | Sequence[str] | Mapping[str, str] | None, conflict: Conflict) -> Behaviour:
    """The concepts that a user asks for.

    Parameters
    ----------
    under
        None for all; "SEQ", "Nash,SEQ" or a list for some; "Hamas=SEQ,Israel=Nash,..." or a mapping for a mixed profile, in which a
        plain concept among the entries counts for everybody who is not named.
    conflict
        Whose decision makers are named.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> two = Conflict("two", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), (Option("x", "x", ("A",)),))
    >>> [c.key for c in behaviour("seq,nash", two).concepts]
    ['SEQ', 'Nash']
    >>> behaviour("A=seq,Nash", two).profile
    {'A': 'SEQ', 'B': 'Nash'}
    """
    if under is None:
        return Behaviour(all_concepts())
    if isinstance(under, Mapping):
        return _mixed([f"{key}={name}" for key, name in under.items()], conflict)
    entries = [entry.strip() for entry in (under.split(",") if isinstance(under, str) else under) if entry.strip()]
    if not entries:
        raise UsageError.of("U414", "no concept is named", value=str(under), help=_choices())
    if any("=" in entry for entry in entries):
        return _mixed(entries, conflict)
    return Behaviour(tuple({found.key: found for found in map(concept, entries)}.values()))


def profile(under: str | Sequence[str] | Mapping[str, str] | None, conflict: Conflict) -> dict[str, str]:
    """One behaviour: a concept (key) for each decision maker (key); SEQ for everybody where nothing is said.

    Raises `UsageError` (U443) where several concepts are named for everybody.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> two = Conflict("two", (DecisionMaker("A", "A"), DecisionMaker("B", "B")), (Option("x", "x", ("A",)),))
    >>> profile("A=nash,SEQ", two)
    {'A': 'Nash', 'B': 'SEQ'}
    """
    asked = behaviour("SEQ" if under is None else under, conflict)
    if asked.profile is not None:
        return dict(asked.profile)
    if len(asked.concepts) > 1:
        names = listing([found.key for found in asked.concepts])
        hint = 'name one, or one for each decision maker: "Israel=Nash,SEQ"'
        raise UsageError.of("U443", f"this is asked under one behaviour, not under {names} at once", value=names, help=hint)
    return {dm.key: asked.concepts[0].key for dm in conflict.decision_makers}


def usual_profile(asked: Behaviour, conflict: Conflict) -> dict[str, str]:
    """One behaviour out of what was asked for: the mixed profile; or for everybody SEQ, if it is among the concepts, else their first.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> one = Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))
    >>> usual_profile(behaviour(None, one), one), usual_profile(behaviour("Nash,GMR", one), one)
    ({'A': 'SEQ'}, {'A': 'Nash'})
    """
    if asked.profile is not None:
        return dict(asked.profile)
    keys = [c.key for c in asked.concepts]
    return {dm.key: "SEQ" if "SEQ" in keys else keys[0] for dm in conflict.decision_makers}


def _mixed(entries: Sequence[str], conflict: Conflict) -> Behaviour:
    plain = [concept(entry) for entry in entries if "=" not in entry]
    if len(plain) > 1:
        raise UsageError.of(
            "U414", f"{listing([c.key for c in plain])} can't all count for those who are not named", value=",".join(entries),
            help='name one concept for all others: "Israel=Nash,SEQ"',
        )  # fmt: skip
    named: dict[str, SolutionConcept] = {}
    for entry in entries:
        if "=" in entry:
            key, _, name = entry.rpartition("=")
            named[party(key, conflict)] = concept(name)
    missing = [dm.key for dm in conflict.decision_makers if dm.key not in named]
    if missing and not plain:
        hint = 'add one, or one for all others: "Israel=Nash,SEQ"'
        raise UsageError.of("U414", f"no concept is named for {listing(missing)}", value=",".join(entries), help=hint)
    chosen = {dm.key: named.get(dm.key) or plain[0] for dm in conflict.decision_makers}
    unique = {found.key: found for found in chosen.values()}
    ordered = sorted(unique.values(), key=lambda found: in_order(found.key))
    return Behaviour(tuple(ordered), {key: found.key for key, found in chosen.items()})


def _choices() -> str:
    return "there are " + ", ".join(c.key for c in all_concepts())


def party(name: str, conflict: Conflict) -> str:
    """The key of the decision maker whom a user names by key, by name, or by the beginning of a key that no other shares.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> party("uni", Conflict("one", (DecisionMaker("Uniroyal", "Uniroyal Chemical Ltd."),), (Option("x", "x", ()),)))
    'Uniroyal'
    """
    wanted = name.strip().lower()
    parties = conflict.decision_makers
    for found in (
        [dm.key for dm in parties if dm.key == name.strip()],
        [dm.key for dm in parties if dm.key.lower() == wanted],
        [dm.key for dm in parties if dm.name.lower() == wanted],
        [dm.key for dm in parties if wanted and dm.key.lower().startswith(wanted)],
    ):
        if len(found) == 1:
            return found[0]
    close = did_you_mean(name, [*(dm.key for dm in parties), *(dm.name for dm in parties)])
    hint = (f'did you mean "{close}"? ' if close else "") + f"there are {listing([dm.key for dm in parties])}"
    raise UsageError.of("U412", f'no decision maker is called "{shortened(name)}"', value=name, help=hint)


def group(named: str | Sequence[str], conflict: Conflict) -> tuple[str, ...]:
    """The keys of a coalition, in the order of the conflict; raises `UsageError` (U412) for somebody who is not there, or for nobody.

    >>> from detente.cases import load
    >>> group("local+MoE", load("elmira")), group(["Uniroyal"], load("elmira"))
    (('MoE', 'Local'), ('Uniroyal',))
    """
    parts = [part for part in named.split("+") if part.strip()] if isinstance(named, str) else list(named)
    members = [party(part, conflict) for part in parts]
    if not members:
        raise UsageError.of("U412", "a coalition needs a member", help='name its members: "A+B"')
    return tuple(dm.key for dm in conflict.decision_makers if dm.key in members)


def groups(named: str | Sequence[str | Sequence[str]] | None, conflict: Conflict) -> tuple[tuple[str, ...], ...]:
    """Who may act, as the keys of decision makers and of coalitions ("Local,MoE+Uniroyal"); everybody alone where nothing is said.

    Raises `UsageError` (U412) for somebody who is not there.

    >>> from detente.cases import load
    >>> groups(None, load("elmira")), groups("Local,MoE+Uniroyal", load("elmira"))
    ((('MoE',), ('Uniroyal',), ('Local',)), (('Local',), ('MoE', 'Uniroyal')))
    """
    if named is None:
        return tuple((dm.key,) for dm in conflict.decision_makers)
    parts = [part for part in named.split(",") if part.strip()] if isinstance(named, str) else list(named)
    place = {dm.key: number for number, dm in enumerate(conflict.decision_makers)}
    found = {group(part, conflict) for part in parts}
    if not found:
        raise UsageError.of("U412", "nobody is named who may act", help='name decision makers, or coalitions of them: "A,B+C"')
    return tuple(sorted(found, key=lambda one: (len(one), [place[dm] for dm in one])))


def state(wanted: str | int | Mapping[str, Sequence[str]], space: StateSpace) -> int:
    """The state (greatest combination) that a user asks for.

    Parameters
    ----------
    wanted
        A number, a choice pattern ("YN-Y"), the name of a named state, "status quo", options joined by commas or `+` that are the ones
        taken, or ``{"taken": [options]}``.
    space
        The space that it belongs to.

    Examples
    --------
    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> space = StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)), Option("y", "y", ("A",)))))
    >>> state("2", space), state("NY", space), state("x+y", space)
    (1, 2, 3)
    """
    if isinstance(wanted, Mapping):
        return _taken(wanted.get("taken", ()), space, str(dict(wanted)))
    text = str(wanted).strip()
    if text.lower() == STATUS_QUO:
        return status_quo(space)
    names = _names(space)
    for name, named in names.items():
        if name.lower() == text.lower():
            return named
    if _NUMBER.fullmatch(text):
        return _numbered(text.replace(",", ""), space)
    if len(text) == len(space.conflict.options) and set(text.upper()) <= set("YN-"):
        return _pattern(text.upper(), space)
    keys = [key.strip() for key in text.replace("+", ",").split(",")]
    if all(key in space.conflict.option_index for key in keys):
        return _taken(keys, space, text)
    close = did_you_mean(text, [STATUS_QUO, *names])
    hint = f'did you mean "{close}"? ' if close else ""
    raise UsageError.of("U411", f'no state is called "{shortened(text)}"', value=text, help=hint + _ways(space))


def _names(space: StateSpace) -> dict[str, int]:
    """The states that have names: their own, or that of the rule that merged them."""
    conflict, found = space.conflict, dict[str, int]()
    for named in conflict.named_states:
        state = space.state_of(conflict.combination(named.taken))
        if state is not None:
            found[named.name] = state
    for rule in conflict.rules:
        if isinstance(rule, Merged) and rule.name:
            met = space.where_bits(rule.when)
            merged = [state for state, members in space.classes.items() if met >> members[0] & 1]
            if merged:
                found[rule.name] = merged[0]
    return found


def status_quo(space: StateSpace) -> int:
    """The status quo.  Raises U413 where the conflict has none, or its status quo can't occur."""
    found = space.status_quo
    if found is None:
        reason = "has no status quo" if space.conflict.status_quo is None else "has a status quo that its rules exclude"
        raise UsageError.of("U413", f"the conflict {reason}", help="add `status quo:` to the file, or name the state")
    return found


def _numbered(text: str, space: StateSpace) -> int:
    try:
        return space.state(int(text[:MAX_DIGITS]))
    except KeyError:
        raise UsageError.of("U411", f"there is no state {shortened(text)}", value=text, help=_ways(space)) from None


def _pattern(text: str, space: StateSpace) -> int:
    combination = sum(1 << k for k, letter in enumerate(text) if letter == "Y")
    found = space.state_of(combination) if "-" not in text else next((s for s in space.classes if space.choice(s) == text), None)
    if found is None:
        raise UsageError.of("U411", f"{text} is not a feasible state", value=text, help=_ways(space))
    return found


def _taken(keys: Sequence[str], space: StateSpace, shown: str) -> int:
    for key in keys:
        if key not in space.conflict.option_index:
            close = did_you_mean(key, space.conflict.option_index)
            hint = f'did you mean "{close}"?' if close else f"options are {listing(space.conflict.option_index)}"
            raise UsageError.of("U411", f'no option is called "{shortened(key)}"', value=key, help=hint)
    found = space.state_of(space.conflict.combination(frozenset(keys)))
    if found is None:
        hint = "the rules exclude it; " + _ways(space)
        raise UsageError.of("U411", f"{shortened(shown)} is not a feasible state", value=shown, help=hint)
    return found


def _ways(space: StateSpace) -> str:
    width = len(space.conflict.options)
    count = space.states.count if space.is_listed else space.conflict.combinations
    ways = [f"a number from 1 to {count:,}" if count > 1 else "1", f"{plural(width, 'letter')} Y or N"]
    names = [f'"{name}"' for name in list(_names(space))[:4]]
    return f"a state is {listing([*ways, *names], 'or')}"


def condition(text: str, space: StateSpace) -> tuple[Formula, StateSet]:
    """A condition over options and the states that meet it (a merged state: by its greatest combination).

    Raises `ConflictError`: M110 to M112 for a condition that can't be read, M104 for an unknown option.
    """
    found = formula(text, space)
    return found, space.where(found)


def formula(text: str, space: StateSpace) -> Formula:
    """A condition over options, in a space of any size; raises `ConflictError` as `condition` does.

    >>> from detente.model.conflict import Conflict, DecisionMaker, Option
    >>> formula("not x", StateSpace(Conflict("one", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),))))
    Not(part=Taken(option='x'))
    """
    found = parse_formula(text)
    for key in sorted(options_in(found)):
        if key not in space.conflict.option_index:
            close = did_you_mean(key, space.conflict.option_index)
            hint = (f'did you mean "{close}"? ' if close else "") + f"options are {listing(space.conflict.option_index)}"
            raise ConflictError.of("M104", f'no option is called "{key}"', value=key, help=hint)
    return found
