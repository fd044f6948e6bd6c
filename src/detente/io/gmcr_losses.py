"""What a conflict says that a `.gmcr` file can't hold, and what it holds in other words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from detente.errors import Diagnostic, Severity
from detente.model.conflict import Conflict
from detente.text import listing, plural

_LISTED = 5
"""Most elements of one kind that are named."""
_HELP = "keep the conflict as .yaml, or allow the loss (--allow-loss)"


@dataclass(slots=True)
class Losses:
    """Collects what is lost (I720) and what is said in other words (I721) when a conflict is written."""

    lost: list[Diagnostic] = field(default_factory=list)
    rewritten: list[Diagnostic] = field(default_factory=list)

    def lose(self, message: str, element: str | None = None) -> None:
        """Something that does not come back when the file is read."""
        self.lost.append(Diagnostic("I720", message, help=_HELP, severity=Severity.WARNING, element=element))

    def rewrite(self, message: str, element: str | None = None, code: str = "I721") -> None:
        """Something that comes back with the same meaning in another form."""
        self.rewritten.append(Diagnostic(code, message, severity=Severity.NOTE, element=element))

    def lose_all(self, what: str, elements: Iterable[str]) -> None:
        """The same kind of thing at several elements, as one loss; nothing if there is none."""
        found = list(elements)
        if found:
            shown = found[:_LISTED] + ([f"{len(found) - _LISTED} more"] if len(found) > _LISTED else [])
            self.lose(f"a .gmcr file can't hold {what}: {listing(shown)}", found[0])


def note_unwritable(conflict: Conflict, losses: Losses) -> None:
    """Note everything beside preferences and rules that the format has no place for.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> losses = Losses()
    >>> note_unwritable(Conflict("t", (DecisionMaker("A", "A", description="?"),), (Option("x", "x", ("A",)),)), losses)
    >>> [loss.message for loss in losses.lost]
    ["a .gmcr file can't hold descriptions: decision makers/A"]
    """
    losses.lose_all(
        "texts about the conflict", (name for name in ("question", "about", "viewpoint") if getattr(conflict, name) is not None)
    )
    if conflict.status_quo is not None:
        losses.lose("a .gmcr file can't hold the status quo", "status quo")
    losses.lose_all("bans on moves, so that more moves exist in it", (f"bans/{i}" for i, _ in enumerate(conflict.bans, start=1)))
    losses.lose_all("measures", (f"measures/{i}" for i, _ in enumerate(conflict.measures, start=1)))
    losses.lose_all("names of states", (f"states/{named.name}" for named in conflict.named_states))
    losses.lose_all("stated positions", (f"positions/{position.party}" for position in conflict.positions))
    for what, found in _beliefs(conflict):
        losses.lose_all(what, found)
    losses.lose_all("fronts", (f"fronts/{front.key}" for front in conflict.fronts))
    losses.lose_all("questions", (f"questions/{place}" for place, _ in enumerate(conflict.questions, start=1)))
    losses.lose_all("conclusions", (f"conclusions/{place}" for place, _ in enumerate(conflict.conclusions, start=1)))
    if conflict.movers is not None:
        losses.lose("a .gmcr file can't hold who moves how often", "movers")
    if conflict.fallback is not None:
        losses.lose("a .gmcr file can't hold the fallback", "fallback")
    evidence = conflict.evidence
    for noun, count in (("source", evidence.sources), ("asserter", evidence.asserters), ("entry", evidence.missing)):
        if count:
            what = plural(len(count), noun, "entries" if noun == "entry" else None) + (" of what is missing" if noun == "entry" else "")
            losses.lose(f"a .gmcr file can't hold evidence: {what}", {"entry": "missing"}.get(noun, f"{noun}s"))
    described = [*_makers(conflict, "description"), *_options(conflict, "description")]
    losses.lose_all("descriptions", described)
    losses.lose_all(
        "what elements rest on", [*_makers(conflict, "basis"), *_options(conflict, "basis"), *_rules(conflict, "basis"), *_bases(conflict)]
    )
    losses.lose_all("the wording of elements", [*_rules(conflict, "says"), *_wordings(conflict)])
    for maker in conflict.decision_makers:
        if maker.red_lines:
            path = f"decision makers/{maker.key}"
            losses.lose(
                f"the red lines of {maker.name} are written into its preference; they do not come back as red lines", f"{path}/red lines/1"
            )


def _beliefs(conflict: Conflict) -> Iterator[tuple[str, list[str]]]:
    """What decision makers think beside their order of the states, in words, with the paths of the elements that say it."""
    makers = [(f"decision makers/{maker.key}", maker) for maker in conflict.decision_makers]
    degrees = [
        f"{path}/prefers/{i}"
        for path, maker in makers
        for i, statement in enumerate(maker.preference.statements() if maker.preference else (), start=1)
        if statement.degree is not None
    ]
    yield "how strongly something is preferred", degrees
    yield "statements about pairs of states", [f"{path}/pairs/{i}" for path, maker in makers for i, _ in enumerate(maker.pairs, start=1)]
    yield "thresholds", [f"{path}/thresholds/{threshold.kind}" for path, maker in makers for threshold in maker.thresholds]
    yield "attitudes", [f"{path}/attitudes/{attitude.toward}" for path, maker in makers for attitude in maker.attitudes]
    yield "viewpoints", [f"viewpoints/{seen.key}" for seen in conflict.viewpoints]
    yield "what is uncertain", [f"uncertain/{guess.key}" for guess in conflict.guesses]
    yield "that a coalition moves in one step", [f"coalitions/{i}" for i, one in enumerate(conflict.coalitions, start=1) if one.joint]


def _makers(conflict: Conflict, attribute: str) -> list[str]:
    return [f"decision makers/{maker.key}" for maker in conflict.decision_makers if getattr(maker, attribute) is not None]


def _options(conflict: Conflict, attribute: str) -> list[str]:
    return [f"options/{option.key}" for option in conflict.options if getattr(option, attribute) is not None]


def _rules(conflict: Conflict, attribute: str) -> list[str]:
    return [f"rules/{i}" for i, rule in enumerate(conflict.rules, start=1) if getattr(rule, attribute) is not None]


def _bases(conflict: Conflict) -> list[str]:
    """Preferences, statements and red lines that have a basis."""
    found = []
    for maker in conflict.decision_makers:
        path = f"decision makers/{maker.key}"
        found += [f"{path}/red lines/{i}" for i, line in enumerate(maker.red_lines, start=1) if line.basis is not None]
        preferences = (*((maker.preference,) if maker.preference else ()), *maker.spare_preferences)
        for preference in preferences:
            found += [f"{path}/prefers/{i}" for i, s in enumerate(preference.statements(), start=1) if s.basis is not None]
            if getattr(preference, "basis", None) is not None:
                found.append(f"{path}/{preference.kind}")
    return found


def _wordings(conflict: Conflict) -> list[str]:
    """Statements and red lines that have a wording of their own."""
    found = []
    for maker in conflict.decision_makers:
        path = f"decision makers/{maker.key}"
        found += [f"{path}/red lines/{i}" for i, line in enumerate(maker.red_lines, start=1) if line.says is not None]
        preferences = (*((maker.preference,) if maker.preference else ()), *maker.spare_preferences)
        for preference in preferences:
            found += [f"{path}/prefers/{i}" for i, s in enumerate(preference.statements(), start=1) if s.says is not None]
    return found
