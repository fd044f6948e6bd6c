"""From a conflict to the text of a conflict file, laid out for a reader; reading it back gives an equal conflict."""

from __future__ import annotations

import json

from detente.io.emit import Data, emitted, escaped
from detente.io.language import CONFLICT, DECISION_MAKER, OPTION, PREFERENCE_FIELDS, VERSION
from detente.io.language_beliefs import ALTERED, VIEWPOINT
from detente.io.unshaped import Unshaped
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.preference import Preference
from detente.model.viewpoint import Altered, Viewpoint


def as_yaml(conflict: Conflict) -> str:
    """The conflict in YAML.  Raises `ConflictError` (F609) if a text holds half of a surrogate pair."""
    return _yaml(conflict_data(conflict))


def as_json(conflict: Conflict) -> str:
    """The conflict in JSON, which is YAML too.  Raises `ConflictError` (F609) if a text holds half of a surrogate pair."""
    return _json(conflict_data(conflict))


def text_of_data(data: dict[str, Data], like: str) -> str:
    r"""Data of a conflict as a text of the kind that another is: in JSON or YAML, with its line ends.

    >>> text_of_data({"detente": 1, "title": "t"}, "{}")
    '{\n  "detente": 1,\n  "title": "t"\n}\n'
    """
    text = _json(data) if is_json(like) else _yaml(data)
    return text.replace("\n", "\r\n") if "\r\n" in like else text


def is_json(text: str) -> bool:
    """Whether a text is JSON.

    >>> is_json("[1]"), is_json("a: 1")
    (True, False)
    """
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _yaml(data: dict[str, Data]) -> str:
    lines = [line for key, value in data.items() for line in (*([""] if isinstance(value, dict | list) else []), *emitted({key: value}))]
    return "\n".join(lines) + "\n"


def _json(data: dict[str, Data]) -> str:
    return escaped(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def conflict_data(conflict: Conflict) -> dict[str, Data]:
    """The conflict as plain data, in the order in which it is written.

    >>> from detente.model.conflict import DecisionMaker, Option
    >>> conflict_data(Conflict("t", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),)))
    {'detente': 1, 'title': 't', 'decision makers': {'A': {'options': {'x': None}}}}
    """
    writer = Unshaped(conflict)
    made: dict[str, Data] = {
        "detente": VERSION,
        "decision makers": {dm.key: _decision_maker(writer, dm) for dm in conflict.decision_makers},
    }
    unowned = {option.key: _option(writer, option) for option in conflict.options if not option.owners}
    if unowned:
        made["options without owner"] = dict(unowned)
    evidence = conflict.evidence
    values = {
        "title": conflict.title,
        "question": conflict.question,
        "about": conflict.about,
        "viewpoint": conflict.viewpoint,
        "sources": tuple((source.key, source) for source in evidence.sources),
        "asserters": tuple((asserter.key, asserter) for asserter in evidence.asserters),
        "rules": conflict.rules,
        "status quo": conflict.status_quo,
        "states": tuple((named.name, named.taken) for named in conflict.named_states),
        "bans": conflict.bans,
        "measures": conflict.measures,
        "coalitions": conflict.coalitions,
        "positions": tuple((position.party, position) for position in conflict.positions),
        "fallback": conflict.fallback,
        "fronts": tuple((front.key, front) for front in conflict.fronts),
        "uncertain": conflict.guesses,
        "movers": conflict.movers,
        "missing": evidence.missing,
        "questions": conflict.questions,
        "conclusions": conflict.conclusions,
    }
    if conflict.viewpoints:
        made["viewpoints"] = {seen.key: _viewpoint(writer, seen) for seen in conflict.viewpoints}
    for f in CONFLICT.fields:
        if values.get(f.key) not in (None, ()):
            made[f.key] = writer.data(f.shape, values[f.key])
    return {f.key: made[f.key] for f in CONFLICT.fields if f.key in made}


def _decision_maker(writer: Unshaped, dm: DecisionMaker) -> Data:
    """What stands under a decision maker, in the order of the language."""
    own = tuple(f for f in DECISION_MAKER.fields if f.key not in {"options", "spare preferences", *(p.key for p in PREFERENCE_FIELDS)})
    made = writer.fields(own, dm, dm.key)
    options = {o.key: _option(writer, o) for o in writer.conflict.options if o.owners and o.owners[0] == dm.key}
    if options:
        made["options"] = dict(options)
    if dm.preference is not None:
        made.update(_preference(writer, dm.preference))
    if dm.spare_preferences:
        made["spare preferences"] = [_preference(writer, spare) for spare in dm.spare_preferences]
    ordered: dict[str, Data] = {f.key: made[f.key] for f in DECISION_MAKER.fields if f.key in made}
    return ordered or None


def _option(writer: Unshaped, option: Option) -> Data:
    """What stands under an option, whose first owner it stands with."""
    made = writer.fields(tuple(f for f in OPTION.fields if f.key != "shared with"), option, option.key)
    if len(option.owners) > 1:
        made["shared with"] = list(option.owners[1:])
    return made or None


def _preference(writer: Unshaped, preference: Preference) -> dict[str, Data]:
    """What a preference is written with."""
    return writer.fields(type(preference).fields, preference)


def _viewpoint(writer: Unshaped, seen: Viewpoint) -> Data:
    """What stands under a viewpoint, in the order of the language."""
    made = writer.fields(tuple(f for f in VIEWPOINT.fields if f.key != "decision makers"), seen, seen.key)
    if seen.parties:
        made["decision makers"] = {how.party: _altered(writer, how) for how in seen.parties}
    ordered: dict[str, Data] = {f.key: made[f.key] for f in VIEWPOINT.fields if f.key in made}
    return ordered or None


def _altered(writer: Unshaped, how: Altered) -> Data:
    """What stands under a decision maker of a viewpoint, in the order of the language."""
    made = writer.fields(tuple(f for f in ALTERED.fields if f.key not in {p.key for p in PREFERENCE_FIELDS}), how)
    if how.preference is not None:
        made.update(_preference(writer, how.preference))
    ordered: dict[str, Data] = {f.key: made[f.key] for f in ALTERED.fields if f.key in made}
    return ordered or None
