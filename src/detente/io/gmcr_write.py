"""Writes `.gmcr` files, the save files of GMCR+, and says what they can't hold.

What a `.gmcr` file holds comes back equal when it is read again.  A conflict may say more: what it rests on, descriptions, red lines.
Such things are not dropped silently: each is a diagnostic, and unless the caller allows the loss nothing is written.
"""

from __future__ import annotations

import json
from dataclasses import replace

from detente.errors import ConflictError, Diagnostic, Severity
from detente.io.gmcr import DIRECTIONS, MANUAL, RANKING, read_gmcr
from detente.io.gmcr_conditions import Terms, as_terms, disjunction
from detente.io.gmcr_losses import Losses, note_unwritable
from detente.model.conflict import Conflict, DecisionMaker
from detente.model.formula import Formula, Not, any_of
from detente.model.preference import Preference
from detente.model.rule import Infeasible, Merged, Rule, required
from detente.preference.order import Order
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import Levels, StateRanking
from detente.space.states import StateSpace
from detente.text import plural

MAX_RANKED = 1 << 16
"""Most states for which a ranking is written."""
_WORDS = {direction: word for word, direction in DIRECTIONS.items()}


def gmcr_text(conflict: Conflict, allow_loss: bool = False) -> tuple[str, tuple[Diagnostic, ...]]:
    """The text of a `.gmcr` file that holds a conflict, and what is to be known about it.

    Parameters
    ----------
    conflict
        What to write.
    allow_loss
        Write although something does not come back (each such thing is then a warning, I720).

    Returns
    -------
    tuple
        The text, in ASCII (GMCR+ reads files in the encoding of the machine it runs on), and the diagnostics: losses as warnings, what is
        said in other words as notes (I721).

    Raises
    ------
    ConflictError
        I720 if something would be lost and that is not allowed; I722 if states are merged; I723 if a condition becomes too long; I725 if
        there are too many states for a ranking; P201, P202 for a ranking that is wrong.
    LimitError
        S301 if a ranking has to be written and the states can't be numbered.

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> text, notes = gmcr_text(Conflict("small", (DecisionMaker("A", "A"),), (Option("Deal", "Deal", ("A",)),)))
    >>> read_gmcr(text).conflict.options[0].name, notes
    ('Deal', ())
    """
    return _Writer(conflict).write(allow_loss)


class _Writer:
    """One conflict on its way to a file."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        self.losses = Losses()
        self.index = conflict.option_index
        self.number = {maker.key: i for i, maker in enumerate(conflict.decision_makers)}
        self.manual = any(not isinstance(m.preference, (OptionPrioritization, type(None))) for m in conflict.decision_makers)
        self.owned: dict[str, list[int]] = {}
        for i, option in enumerate(conflict.options):
            for owner in dict.fromkeys(option.owners):
                self.owned.setdefault(owner, []).append(i)
        self._space: StateSpace | None = None

    @property
    def space(self) -> StateSpace:
        """The states, numbered; built when a ranking needs it."""
        if self._space is None:
            self._space = StateSpace(self.conflict)
            if self._space.states.count > MAX_RANKED:
                raise ConflictError.of(
                    "I725",
                    f"a ranking would list {self._space.states.count:,} states; at most {MAX_RANKED:,} are written",
                    help="give every decision maker statements alone, or keep the conflict as .yaml",
                )
        return self._space

    def write(self, allow_loss: bool) -> tuple[str, tuple[Diagnostic, ...]]:
        """The text and the diagnostics, or `ConflictError`."""
        self._refuse_merged()
        note_unwritable(self.conflict, self.losses)
        makers = [self._maker(maker) for maker in self.conflict.decision_makers]
        options = [{"name": option.name, "permittedDirection": _WORDS[option.direction]} for option in self.conflict.options]
        data: dict[str, object] = {
            "program": "gmcr-py",
            "version": "written by Detente",
            "title": self.conflict.title,
            "options": options,
            "decisionMakers": makers,
            "infeasibles": [entry for i, rule in enumerate(self.conflict.rules, start=1) for entry in self._rule(i, rule)],
            MANUAL[0]: self.manual,
        }
        if self.conflict.coalitions:
            data |= self._coalitions(makers)
        text = _laid_out(data)
        self._compare(text)
        if self.losses.lost and not allow_loss:
            raise ConflictError([*(replace(d, severity=Severity.ERROR) for d in self.losses.lost), *self.losses.rewritten])
        return text, (*self.losses.lost, *self.losses.rewritten)

    def _refuse_merged(self) -> None:
        merging = [i for i, rule in enumerate(self.conflict.rules, start=1) if isinstance(rule, Merged)]
        classes = StateSpace(self.conflict).classes if merging else {}
        if classes:
            message = f"a .gmcr file can't hold merged states: {plural(len(classes), 'state')} would fall apart into their combinations"
            help = "take the merge out; the conflict then has more states, with moves between them, and is another model"
            raise ConflictError([Diagnostic("I722", message, help=help, element=f"rules/{merging[0]}")])
        self.losses.lose_all("rules that merge states (these merge nothing)", (f"rules/{i}" for i in merging))

    # -- conditions ------------------------------------------------------------------------------------------------
    def _terms(self, formula: Formula, what: str, element: str) -> Terms:
        """A formula as conjunctions; says so when it had another form."""
        terms = as_terms(formula)
        if terms is not None:
            return terms
        try:
            terms = disjunction(formula, self.index.__getitem__)
        except ConflictError as problem:
            raise ConflictError(replace(d, message=f"{what}: {d.message}", element=element) for d in problem.diagnostics) from None
        self.losses.rewrite(f"{what} is written as {plural(len(terms), 'condition')}", element)
        return terms

    def _conjunctions(self, terms: Terms) -> list[object]:
        return [[[self.index[key], "Y" if taken else "N"] for key, taken in term] for term in terms]

    def _condition(self, terms: Terms) -> object:
        members = self._conjunctions(terms)
        return members[0] if len(members) == 1 else {"compound": True, "members": members}

    def _rule(self, place: int, rule: Rule) -> list[object]:
        """The infeasible conditions that a rule becomes: one where it has the form of the file, otherwise as many as it needs."""
        what, element = f"rule {place}", f"rules/{place}"
        if isinstance(rule, Merged):
            return []
        if isinstance(rule, Infeasible):
            direct = as_terms(rule.when)
            return self._conjunctions(self._terms(rule.when, what, element)) if direct is None else [self._condition(direct)]
        needed = required(rule)
        return [] if needed is None else self._conjunctions(self._terms(Not(needed), what, element))

    # -- decision makers -------------------------------------------------------------------------------------------
    def _maker(self, maker: DecisionMaker) -> dict[str, object]:
        path = f"decision makers/{maker.key}"
        owned = self.owned.get(maker.key, [])
        data: dict[str, object] = {"name": maker.name, "options": owned, "preferences": self._statements(maker, path)}
        ranking = self._ranking(maker, path)
        if ranking is not None:
            data[RANKING[0]] = ranking
        if maker.unperceived is not None:
            data["misperceptions"] = self._conjunctions(
                self._terms(maker.unperceived, f"what {maker.name} does not perceive", f"{path}/unperceived")
            )
        self._note_spares(maker, path)
        return data

    def _statements(self, maker: DecisionMaker, path: str) -> list[object]:
        """The red lines as a first statement, and the statements in use, or kept."""
        source = maker.preference if maker.preference and maker.preference.statements() else None
        if source is None and self.manual:
            source = _kept(maker, OptionPrioritization)
        if isinstance(maker.preference, OptionPrioritization) and not maker.preference.ordered:
            self.losses.rewrite(f"{maker.name} has an empty list of statements, which is no preference in the file", path)
        formulas = [s.when for s in source.statements()] if source else []
        entries = [
            self._condition(self._terms(formula, f"statement {i} of {maker.name}", f"{path}/prefers/{i}"))
            for i, formula in enumerate(formulas, start=1)
        ]
        if maker.red_lines and (entries or not self.manual):
            crossed = Not(any_of(*(line.never for line in maker.red_lines)))
            entries.insert(
                0, self._condition(self._terms(crossed, f"the first statement of {maker.name}, that no red line is crossed,", path))
            )
        return entries

    def _ranking(self, maker: DecisionMaker, path: str) -> list[object] | None:
        """The ranking in use, or the one that is kept; None if there is none."""
        if not self.manual:
            kept = _kept(maker, StateRanking)
            return self._places(kept.levels, maker, path) if isinstance(kept, StateRanking) else None
        order = Order(self.space, maker.key)
        if isinstance(maker.preference, StateRanking) and not maker.red_lines:
            return self._places(maker.preference.levels, maker, path)
        self._note_ranked(maker, path)
        by_rank: dict[int, list[int]] = {}
        for state, rank in order.ranks.items():
            by_rank.setdefault(rank, []).append(self.space.number(state))
        return [_level(by_rank[rank]) for rank in sorted(by_rank)]

    def _note_ranked(self, maker: DecisionMaker, path: str) -> None:
        """Say that the order of a decision maker who has no ranking is written as one."""
        if maker.preference is None:
            self.losses.rewrite(f"{maker.name} has no preference; the file lists the states as the ranking that counts", path)
        elif isinstance(maker.preference, OptionPrioritization):
            why = "because another decision maker's preference can be written as a ranking only"
            self.losses.lose(f"the statements of {maker.name} are kept, but the ranking that they give counts in the file, {why}", path)
        elif not isinstance(maker.preference, StateRanking):
            self.losses.lose(f"the preference of {maker.name} ({maker.preference.kind}) is written as the ranking that it gives", path)

    def _places(self, levels: Levels, maker: DecisionMaker, path: str) -> list[object] | None:
        """A ranking by the places of states; None, and a loss, if it lists what can't occur."""
        states = [[self.space.state_of(self.conflict.combination(taken)) for taken in level] for level in levels]
        if any(state is None for level in states for state in level):
            self.losses.lose(f"the ranking of {maker.name} that is not in use lists combinations that can't occur", f"{path}/ranking")
            return None
        return [_level([self.space.number(state) for state in level if state is not None]) for level in states]

    def _note_spares(self, maker: DecisionMaker, path: str) -> None:
        """Say which preferences that are not in use find no place."""
        written = _kept(maker, OptionPrioritization if self.manual else StateRanking)
        if self.manual and maker.preference and maker.preference.statements():
            written = None
        left = [spare for spare in maker.spare_preferences if spare is not written]
        self.losses.lose_all(f"these preferences of {maker.name} that are not in use", (spare.kind for spare in left))

    # -- coalitions, and what comes back ---------------------------------------------------------------------------
    def _coalitions(self, makers: list[dict[str, object]]) -> dict[str, object]:
        short: list[object] = []
        full: list[object] = []
        for coalition in self.conflict.coalitions:
            members = [self.number[key] for key in coalition.members]
            owned = sorted({i for key in coalition.members for i in self.owned.get(key, [])})
            name = coalition.name or ", ".join(self.conflict.decision_makers[number].name for number in members)
            short.append(members[0] if len(members) == 1 else members)
            full.append(makers[members[0]] | {"name": name} if len(members) == 1 else {"name": name, "options": owned})
        named = sorted(key for coalition in self.conflict.coalitions for key in coalition.members)
        if named != sorted(self.number):
            message = "GMCR+ takes only coalitions that name each decision maker exactly once; it will put each alone instead of these"
            self.losses.rewrite(message, "coalitions", "I724")
        return {"coalitions": short, "coalitionsFull": full}

    def _compare(self, text: str) -> None:
        """Read the text again, and say what differs beside what was said already."""
        try:
            again = read_gmcr(text, "text.gmcr").conflict
        except ConflictError as problem:
            message = f"a .gmcr file can't hold this conflict: {problem.diagnostics[0].message}"
            raise ConflictError.of("I725", message, help="keep the conflict as .yaml") from None
        makers = zip(self.conflict.decision_makers, again.decision_makers, strict=True)
        options = zip(self.conflict.options, again.options, strict=True)
        self.losses.lose_all("keys beside names; decision makers get", (f'"{b.key}" for {a.key}' for a, b in makers if a.key != b.key))
        self.losses.lose_all("keys beside names; options get", (f'"{b.key}" for {a.key}' for a, b in options if a.key != b.key))
        for a, b in zip(self.conflict.decision_makers, again.decision_makers, strict=True):
            if a.name != b.name:
                self.losses.lose(f'two decision makers are called "{a.name}"; one becomes "{b.name}"', f"decision makers/{a.key}")
        if not self.losses.lost and not self.losses.rewritten and again != self.conflict:
            self.losses.lose("the conflict that the file gives back is not equal to this one")


def _kept(maker: DecisionMaker, kind: type[Preference]) -> Preference | None:
    return next((spare for spare in maker.spare_preferences if isinstance(spare, kind)), None)


def _level(places: list[int]) -> object:
    return places[0] if len(places) == 1 else places


def _laid_out(data: dict[str, object]) -> str:
    """JSON with an item of a list on each line."""

    def shown(value: object) -> str:
        if not isinstance(value, list) or not value:
            return json.dumps(value)
        return "[\n  " + ",\n  ".join(map(json.dumps, value)) + "\n ]"

    return "{\n" + ",\n".join(f" {json.dumps(key)}: {shown(value)}" for key, value in data.items()) + "\n}\n"
