"""A narrower conflict: one in which some fronts of a wider one are left out.

To leave a front out is to hold its options as they stand in the status quo, and to take its decision makers out of the model.
What is left are the states of the wider conflict in which these options stand so; nobody can change them, whoever they belong to, and the
decision makers of the front neither move nor are asked what they prefer.  Whatever in the conflict becomes true or false by that is
gone: a statement that no longer tells states apart, a rule that no longer forbids anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from detente.errors import ConflictError, EditError
from detente.model.assuming import assuming, rule_assuming
from detente.model.ban import Ban
from detente.model.conflict import Coalition, Conflict, DecisionMaker, RedLine, in_owner_order
from detente.model.evidence import Evidence
from detente.model.formula import FALSE, options_in
from detente.model.front import Front, options_on
from detente.model.guess_assuming import guesses_assuming
from detente.model.mover import movers_among
from detente.model.parts import missing
from detente.model.preference import Listed, Preference
from detente.model.question import Conclusion, Question
from detente.model.rule import Merged, permits
from detente.model.view_assuming import pairs_assuming, seen_assuming


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A conflict without some of its fronts, and what became of them.

    Parameters
    ----------
    conflict
        The narrower conflict.
    fronts
        The keys of the fronts that are left out, in the order of the wider conflict.
    held
        For each option that is held whether it is taken, as it is in the status quo.
    decision_makers
        The keys of those who left the model.
    still
        The keys of decision makers who stay in the model without an option that they could still change.
    red_lines
        For the party and place of each red line its place in the wider conflict.
    dropped
        The paths, in the wider conflict, of what has no counterpart: named states, positions, questions and measures, among others.
    """

    conflict: Conflict
    fronts: tuple[str, ...]
    held: Mapping[str, bool]
    decision_makers: tuple[str, ...]
    still: tuple[str, ...]
    red_lines: Mapping[tuple[str, int], int]
    dropped: tuple[str, ...]


def leave_out(conflict: Conflict, fronts: Iterable[str]) -> Narrowed:
    """The narrower conflict in which some fronts are left out.

    Parameters
    ----------
    conflict
        The wider conflict.  Its status quo says how the options of the fronts stand.
    fronts
        Keys of fronts, in any order.

    Raises
    ------
    EditError
        M130 (no such front), M135 (no status quo, one that breaks a rule, or a ranking of states where states are merged).

    Examples
    --------
    >>> from detente.model.conflict import Option
    >>> from detente.model.parse import parse_formula
    >>> parties = (DecisionMaker("A", "A"), DecisionMaker("B", "B"))
    >>> options = (Option("x", "x", ("A",)), Option("z", "z", ("B",)))
    >>> wide = Conflict("two", parties, options, status_quo=frozenset({"z"}), fronts=(Front("North", "the north", (), ("B",)),))
    >>> narrow = leave_out(wide, ["North"])
    >>> [option.key for option in narrow.conflict.options], narrow.held, narrow.decision_makers
    (['x'], {'z': True}, ('B',))
    """
    chosen = _chosen(conflict, fronts)
    if not chosen:
        return Narrowed(conflict, (), {}, (), _still(conflict), _red_line_places(conflict, conflict.decision_makers), ())
    quo = _usable_quo(conflict)
    gone = {party for front in chosen for party in front.decision_makers}
    keys = {key for front in chosen for key in options_on(conflict, front)}
    keys |= {option.key for option in conflict.options if option.owners and gone.issuperset(option.owners)}
    known = {option.key: option.key in quo for option in conflict.options if option.key in keys}
    made = _Narrowing(conflict, {front.key for front in chosen}, gone, known)
    try:
        narrow = made.conflict()
    except ConflictError as problem:
        raise EditError(problem.diagnostics) from None
    left = tuple(dm for dm in conflict.decision_makers if dm.key not in gone)
    return Narrowed(
        narrow,
        tuple(front.key for front in chosen),
        known,
        tuple(dm.key for dm in conflict.decision_makers if dm.key in gone),
        _still(narrow),
        _red_line_places(conflict, left, known),
        tuple(made.dropped()),
    )


def _chosen(conflict: Conflict, fronts: Iterable[str]) -> tuple[Front, ...]:
    wanted, there = set(fronts), [front.key for front in conflict.fronts]
    for key in sorted(wanted - set(there)):
        raise missing("front", key, there)
    return tuple(front for front in conflict.fronts if front.key in wanted)


def _usable_quo(conflict: Conflict) -> frozenset[str]:
    """The options taken in the status quo, if it says how fronts that are left out stand."""
    quo = conflict.status_quo
    if quo is None:
        raise EditError.of("M135", "there is no status quo, so that nothing says how a front that is left out stands", help="name one")
    for place, rule in enumerate(conflict.rules, start=1):
        if not permits(rule, quo):
            raise EditError.of("M135", f"the status quo breaks rule {place}, so that no front can be left out", help="change one of them")
    listed = [dm.key for dm in conflict.decision_makers if dm.preference and any(isinstance(c, Listed) for c in dm.preference.criteria())]
    if listed and any(isinstance(rule, Merged) for rule in conflict.rules):
        message = f"{listed[0]} ranks states one by one and states are merged, so that a narrower ranking would be unclear"
        raise EditError.of("M135", message, value=listed[0], help=f"give {listed[0]} ordered statements instead of a ranking")
    return quo


def _still(conflict: Conflict) -> tuple[str, ...]:
    return tuple(dm.key for dm in conflict.decision_makers if not conflict.options_of(dm.key))


def _red_line_places(
    conflict: Conflict, parties: tuple[DecisionMaker, ...], known: Mapping[str, bool] | None = None
) -> dict[tuple[str, int], int]:
    """For the party and new place of each red line that stays its old place."""
    found: dict[tuple[str, int], int] = {}
    for dm in parties:
        kept = [old for old, line in enumerate(dm.red_lines, start=1) if assuming(line.never, known or {}) != FALSE]
        found |= {(dm.key, new): old for new, old in enumerate(kept, start=1)}
    return found


class _Narrowing:
    """One conflict on its way to a narrower one.

    Parameters
    ----------
    wide
        The wider conflict.
    fronts
        Keys of the fronts that are left out.
    gone
        Keys of the decision makers who leave the model.
    known
        For each option that is held whether it is taken.
    """

    def __init__(self, wide: Conflict, fronts: set[str], gone: set[str], known: Mapping[str, bool]) -> None:
        self.wide, self.fronts, self.gone, self.known = wide, fronts, gone, known

    def conflict(self) -> Conflict:
        """The narrower conflict."""
        wide, known = self.wide, self.known
        rules = (rule_assuming(rule, known) for rule in wide.rules)
        parties = tuple(self.party(dm) for dm in wide.decision_makers if dm.key not in self.gone)
        options = tuple(replace(o, owners=self.rest(o.owners)) for o in wide.options if o.key not in known)
        return replace(
            wide,
            decision_makers=parties,
            options=in_owner_order(parties, options),
            rules=tuple(rule for rule in rules if rule is not None),
            status_quo=self.taken(wide.status_quo or frozenset()),
            evidence=self.evidence(),
            named_states=tuple(replace(n, taken=self.taken(n.taken)) for n in wide.named_states if self.agrees(n.taken)),
            coalitions=tuple(self.coalitions()),
            positions=tuple(
                replace(p, taken=self.taken(p.taken)) for p in wide.positions if p.party not in self.gone and self.agrees(p.taken)
            ),
            fallback=replace(wide.fallback, taken=self.taken(wide.fallback.taken))
            if wide.fallback is not None and self.agrees(wide.fallback.taken)
            else None,
            bans=tuple(self.bans()),
            measures=(),
            questions=tuple(self.question(q) for q in wide.questions if self.asks_the_same(q)),
            conclusions=tuple(c for c in wide.conclusions if self.claims_the_same(c)),
            fronts=tuple(self.other_fronts()),
            viewpoints=tuple(seen_assuming(seen, self.known, self.gone) for seen in wide.viewpoints),
            guesses=guesses_assuming(wide, self.known, self.gone),
            movers=movers_among(wide.movers, frozenset(dm.key for dm in wide.decision_makers) - self.gone),
        )

    def dropped(self) -> Iterator[str]:
        """The paths of what is dropped because the narrower conflict can't hold it."""
        wide = self.wide
        yield from (f"states/{named.name}" for named in wide.named_states if not self.agrees(named.taken))
        yield from (f"positions/{p.party}" for p in wide.positions if p.party in self.gone or not self.agrees(p.taken))
        if wide.fallback is not None and not self.agrees(wide.fallback.taken):
            yield "fallback"
        yield from (f"measures/{place}" for place, _ in enumerate(wide.measures, start=1))
        yield from (f"questions/{place}" for place, q in enumerate(wide.questions, start=1) if not self.asks_the_same(q))
        yield from (f"conclusions/{place}" for place, c in enumerate(wide.conclusions, start=1) if not self.claims_the_same(c))
        left = {guess.key for guess in guesses_assuming(wide, self.known, self.gone)}
        yield from (f"uncertain/{guess.key}" for guess in wide.guesses if guess.key not in left)

    def agrees(self, taken: frozenset[str]) -> bool:
        """Whether the options that are held stand in a state as they are held."""
        return all((key in taken) == value for key, value in self.known.items())

    def taken(self, taken: frozenset[str]) -> frozenset[str]:
        """A state without the options that are held."""
        return taken.difference(self.known)

    def rest(self, parties: tuple[str, ...]) -> tuple[str, ...]:
        """Of these parties those who stay."""
        return tuple(key for key in parties if key not in self.gone)

    def party(self, dm: DecisionMaker) -> DecisionMaker:
        """A decision maker who stays."""
        lines = (RedLine(assuming(line.never, self.known), line.basis, line.says) for line in dm.red_lines)
        unperceived = None if dm.unperceived is None else assuming(dm.unperceived, self.known)
        spares = (spare.holding(self.known) for spare in dm.spare_preferences)
        return replace(
            dm,
            preference=self.preference(dm.preference),
            red_lines=tuple(line for line in lines if line.never != FALSE),
            spare_preferences=tuple(spare for spare in spares if spare is not None),
            unperceived=None if unperceived == FALSE else unperceived,
            pairs=pairs_assuming(dm.pairs, self.known),
            attitudes=tuple(attitude for attitude in dm.attitudes if attitude.toward not in self.gone),
        )

    def preference(self, preference: Preference | None) -> Preference | None:
        """What is left of a preference."""
        return None if preference is None else preference.holding(self.known)

    def bans(self) -> Iterator[Ban]:
        """The bans that still forbid something to somebody who stays."""
        for ban in self.wide.bans:
            leaving, reaching = assuming(ban.leaving, self.known), assuming(ban.reaching, self.known)
            if ban.by not in self.gone and FALSE not in (leaving, reaching):
                yield replace(ban, leaving=leaving, reaching=reaching)

    def coalitions(self) -> Iterator[Coalition]:
        """The coalitions of which two members or more stay."""
        for coalition in self.wide.coalitions:
            members = self.rest(coalition.members)
            if len(members) > 1 or members == coalition.members:
                yield replace(coalition, members=members)

    def other_fronts(self) -> Iterator[Front]:
        """The fronts that are not left out."""
        for front in self.wide.fronts:
            options, parties = tuple(key for key in front.options if key not in self.known), self.rest(front.decision_makers)
            if front.key not in self.fronts and (options or parties):
                yield replace(front, options=options, decision_makers=parties)

    def evidence(self) -> Evidence:
        """The evidence, where it speaks of nobody who left."""
        evidence = self.wide.evidence
        asserters = (replace(a, speaks_for=self.rest(a.speaks_for), adverse_to=self.rest(a.adverse_to)) for a in evidence.asserters)
        return replace(evidence, asserters=tuple(asserters), missing=tuple(m for m in evidence.missing if m.about not in self.gone))

    def asks_the_same(self, question: Question) -> bool:
        """Whether a question means the same of the narrower conflict."""
        mentioned = frozenset() if question.condition is None else options_in(question.condition)
        return mentioned.isdisjoint(self.known) and (question.state is None or self.agrees(question.state))

    def question(self, question: Question) -> Question:
        """A question of the narrower conflict."""
        return question if question.state is None else replace(question, state=self.taken(question.state))

    def claims_the_same(self, conclusion: Conclusion) -> bool:
        """Whether a conclusion means the same of the narrower conflict."""
        mentioned = {key for formula in (conclusion.condition, conclusion.then) if formula is not None for key in options_in(formula)}
        return mentioned.isdisjoint(self.known) and self.gone.isdisjoint(conclusion.parties)
