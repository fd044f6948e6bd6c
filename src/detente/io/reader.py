"""From the text of a conflict file to a conflict, with everything that is wrong told at once.

First everything that needs no state is read: options, rules, evidence, conditions.  They make a draft whose states have numbers; then the
status quo, named states and preferences are read; the whole is then checked as a model.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from detente.errors import ConflictError, Diagnostic
from detente.io.bad import BAD, Bad
from detente.io.compose import compose
from detente.io.declared import declared
from detente.io.language import CONFLICT, DECISION_MAKER, PREFERENCE_FIELDS, VERSION
from detente.io.loaded import Loaded
from detente.io.measures import read_measures, untriable
from detente.io.nodes import Node, Pairs, Scalar, SourceText
from detente.io.preferences import PreferenceReader, problems_of
from detente.io.report import Enough, Report, quoted
from detente.io.shaped import Shaped
from detente.io.states import looks_like_a_state
from detente.io.viewpoints import read_viewpoints
from detente.model.conflict import Conflict, DecisionMaker, NamedState, Option, in_owner_order
from detente.model.evidence import Evidence
from detente.model.position import Fallback, StatedPosition
from detente.model.shape import Field

Fields: TypeAlias = dict[str, tuple[Field, Node]]
"""The fields that stand in a mapping, by key, each with its value."""

_LATE = {"status quo", "states", "viewpoints", "positions", "fallback", "measures", "questions", "decision makers", "options without owner"}
_LATE_OF_MAKERS = {"options", "spare preferences", *(f.key for f in PREFERENCE_FIELDS)}


def read_conflict(text: str, name: str = "<text>") -> Loaded:
    """Read the text of a conflict file in YAML or JSON.

    Parameters
    ----------
    text
        The text; a byte order mark at its beginning is passed over.
    name
        Name of the file, for positions.

    Raises
    ------
    ConflictError
        With everything that is wrong, up to a limit: families F, M, P and S.

    Examples
    --------
    >>> loaded = read_conflict("{detente: 1, title: t, decision makers: {A: {options: {x: }}}}", "f.yaml")
    >>> loaded.positions["options/x"].label
    'f.yaml:1:56'
    """
    source = SourceText(text.removeprefix("\ufeff"), name)
    report = Report()
    try:
        root = compose(source, report)
        if not isinstance(root, Pairs):
            help = f"it begins with `detente: {VERSION}`; `detente new` writes one to begin with"
            raise ConflictError([Diagnostic("M114", "a conflict file is a mapping from keys to values", source.where(root), help=help)])
        return _Reader(source, report, root).read()
    except Enough:
        raise ConflictError(report.found) from None
    except ConflictError as problem:
        raise ConflictError([*report.found, *problem.diagnostics]) from None


class _Reader:
    """One document on its way to a conflict."""

    def __init__(self, source: SourceText, report: Report, root: Pairs) -> None:
        self.source = source
        self.report = report
        self.root = root
        self.shaped = Shaped(source, report, declared(root, source, report))

    def read(self) -> Loaded:
        """The conflict; raises `ConflictError` or `Enough`."""
        self.check_version()
        top = self.by_key(CONFLICT, self.root, "")
        self.check_required(top)
        early = {key: self.shaped.field(f, node, "") for key, (f, node) in top.items() if key not in _LATE}
        makers = self.decision_makers(top)
        known = {key: self.early(key, fields) for key, fields in makers.items()}
        options = self.options(top, makers)
        self.begin(tuple(DecisionMaker(key, key) for key in makers), options, early)
        states = self.named_states(top)
        status_quo = self.shaped.field(*top["status quo"], "") if "status quo" in top else None
        early["positions"], early["fallback"] = self.positions(top)
        early["measures"] = read_measures(self.shaped, *top["measures"]) if "measures" in top else ()
        early["questions"] = self.shaped.field(*top["questions"], "") if "questions" in top else ()
        early["viewpoints"] = read_viewpoints(self.shaped, *top["viewpoints"]) if "viewpoints" in top else ()
        full = tuple(self.decision_maker(key, fields, known[key]) for key, fields in makers.items())
        self.raise_errors()
        conflict = self.built(early, full, options, status_quo, states)
        self.report.take([*problems_of(conflict, self.shaped.states), *untriable(conflict)], self.located)
        self.raise_errors()
        return Loaded(conflict, tuple(self.report.found), self.shaped.positions, self.source.text, self.source.name)

    # -- problems --------------------------------------------------------------------------------------------------
    def raise_errors(self) -> None:
        """Stop here if there are errors; `read_conflict` adds what was found."""
        if self.report.has_errors:
            raise Enough

    def located(self, found: Diagnostic) -> Diagnostic:
        """A diagnostic of the model with the position of the element that it is about, or of what that is part of."""
        path = found.element or ""
        while path and path not in self.shaped.positions:
            path = path.rpartition("/")[0]
        where = found.where or self.shaped.positions.get(path) or self.source.where(self.root)
        return Diagnostic(found.code, found.message, where, found.value, found.help, found.severity, found.element)

    def check_version(self) -> None:
        """Refuse a version of the language that this program does not know, before anything else is said."""
        entry = self.root.get("detente")
        if entry is not None and isinstance(entry[1], Scalar) and entry[1].text != str(VERSION) and not entry[1].is_null:
            message = f"this program reads version {VERSION} of the language, not {quoted(entry[1].text)}"
            self.shaped.bad("M118", message, entry[1], "detente", entry[1].text, f"write `detente: {VERSION}`, or use a newer Detente")
            raise Enough

        if (entry := self.root.get("compose")) is not None:
            help = "`detente compose` says what it makes, and writes it with -o as a conflict file"
            self.shaped.bad("F631", "this file composes other conflicts; it is no conflict file itself", entry[0], "", help=help)
            raise Enough

    def by_key(self, record: Any, node: Pairs, path: str) -> Fields:
        """The fields of a record that stand in a mapping."""
        return {f.key: (f, value) for f, value in self.shaped.fields(record, node, path)}

    def check_required(self, top: Fields) -> None:
        """Note what a conflict file lacks."""
        for f in CONFLICT.fields:
            if f.required and f.key not in top:
                help = f"write `detente: {VERSION}` in the first line" if f.key == "detente" else f.about
                self.shaped.bad("M115", f'a conflict file needs "{f.key}"', self.source.place(0, 1), "", help=help)

    # -- decision makers and options -------------------------------------------------------------------------------
    def decision_makers(self, top: Fields) -> dict[str, Fields]:
        """For each decision maker what stands under it."""
        if "decision makers" not in top:
            return {}
        node = top["decision makers"][1]
        if not isinstance(node, Pairs):
            self.shaped.unlike(node, "a mapping from keys of decision makers", "decision makers")
            return {}
        result: dict[str, Fields] = {}
        for key, value in node.pairs:
            path = f"decision makers/{key.text}"
            self.shaped.positions[path] = self.source.where(key)
            result[key.text] = {}
            if isinstance(value, Pairs):
                result[key.text] = self.by_key(DECISION_MAKER, value, path)
            elif not (isinstance(value, Scalar) and value.is_null):
                self.shaped.unlike(value, "a decision maker, a mapping,", path)
        return result

    def early(self, key: str, fields: Fields) -> dict[str, Any]:
        """The attributes of a decision maker that need no state."""
        path = f"decision makers/{key}"
        return {f.name: self.shaped.field(f, node, path) for k, (f, node) in fields.items() if k not in _LATE_OF_MAKERS}

    def options(self, top: Fields, makers: dict[str, Fields]) -> Any:
        """The options in the order of their owners, or `BAD`."""
        places: list[tuple[str | None, tuple[Field, Node], str]] = []
        if "options without owner" in top:
            places.append((None, top["options without owner"], ""))
        places += [(key, fields["options"], f"decision makers/{key}") for key, fields in makers.items() if "options" in fields]
        found: list[Option] = []
        good = True
        for owner, (f, node), path in places:
            table = self.shaped.field(f, node, path)
            good = good and table is not BAD
            found += [self.option(owner, key, attributes) for key, attributes in (() if table is BAD else table)]
        bare = tuple(DecisionMaker(key, key) for key in makers)
        return in_owner_order(bare, tuple(found)) if good else BAD

    def option(self, owner: str | None, key: str, attributes: dict[str, Any]) -> Option:
        """An option with its owners."""
        shared = attributes.pop("shared_with", ())
        if owner in shared:
            where = self.shaped.positions[f"options/{key}/shared with"]
            self.shaped.bad(
                "M106", f"{quoted(str(owner))} has this option already", where, f"options/{key}", str(owner), "name the others only"
            )
        owners = () if owner is None else (owner, *shared)
        return Option(**{"name": key, **attributes}, owners=owners)

    def begin(self, bare: tuple[DecisionMaker, ...], options: Any, early: dict[str, Any]) -> None:
        """Make the draft that gives states their numbers, if what it is made of could be read."""
        if self.report.has_errors or isinstance(options, Bad):
            return
        try:
            self.shaped.states.begin(Conflict("draft", bare, options, early.get("rules", ()), evidence=_evidence(early)))
        except ConflictError as problem:
            self.report.take(problem.diagnostics, self.located)

    # -- what needs states -----------------------------------------------------------------------------------------
    def named_states(self, top: Fields) -> Any:
        """The named states; each may be used by its name from here on."""
        if "states" not in top:
            return ()
        f, node = top["states"]
        pairs = self.shaped.field(f, node, "")
        if isinstance(node, Pairs):
            read = {} if pairs is BAD else dict(pairs)
            self.shaped.states.named = {key.text: read.get(key.text, BAD) for key, _ in node.pairs}
            for key, _ in node.pairs:
                if looks_like_a_state(key.text):
                    message = f"the name {quoted(key.text)} reads like a number or pattern, so the state can't be called by it"
                    self.report.warn(
                        "M124", message, self.source.where(key), value=key.text, element=f"states/{key.text}", help="give it another name"
                    )
        return BAD if pairs is BAD else tuple(NamedState(name, taken) for name, taken in pairs)

    def positions(self, top: Fields) -> tuple[tuple[StatedPosition, ...], Fallback | None]:
        """What decision makers demand, and the fallback; what could not be read is left out, and noted."""
        table, fallback = (self.shaped.field(*top[key], "") if key in top else None for key in ("positions", "fallback"))
        found = () if table is None or table is BAD else tuple(position for _, position in table)
        return found, None if fallback is BAD else fallback

    def decision_maker(self, key: str, fields: Fields, known: dict[str, Any]) -> DecisionMaker:
        """A decision maker with preferences."""
        path = f"decision makers/{key}"
        reader = PreferenceReader(self.shaped)
        preference = reader.preference([entry for k, entry in fields.items() if k in {f.key for f in PREFERENCE_FIELDS}], path)
        spares = reader.spares(fields["spare preferences"][1], f"{path}/spare preferences") if "spare preferences" in fields else ()
        return DecisionMaker(**{"key": key, "name": key, **known}, preference=preference, spare_preferences=spares)

    def built(self, early: dict[str, Any], makers: tuple[DecisionMaker, ...], options: Any, status_quo: Any, states: Any) -> Conflict:
        """The conflict, checked as a model."""
        texts = {name: early[name] for name in ("question", "about", "viewpoint") if name in early}
        try:
            return Conflict(
                early["title"],
                makers,
                options,
                early.get("rules", ()),
                status_quo,
                evidence=_evidence(early),
                named_states=states,
                coalitions=early.get("coalitions", ()),
                bans=early.get("bans", ()),
                measures=early["measures"],
                positions=early["positions"],
                fallback=early["fallback"],
                questions=early["questions"],
                conclusions=early.get("conclusions", ()),
                fronts=tuple(front for _, front in early.get("fronts", ())),
                viewpoints=early["viewpoints"],
                movers=early.get("movers"),
                guesses=early.get("uncertain", ()),
                **texts,
            )
        except ConflictError as problem:
            self.report.take(problem.diagnostics, self.located)
            raise Enough from None


def _evidence(early: dict[str, Any]) -> Evidence:
    """The sources and asserters that were read, and what is missing."""
    sources, asserters = (tuple(value for _, value in early.get(noun, ())) for noun in ("sources", "asserters"))
    return Evidence(sources, asserters, early.get("missing", ()))
