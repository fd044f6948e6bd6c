"""The text of a conflict file as a form changes it: something set, put in, taken out, moved or renamed, and all else left as it is written.

Also the text with the changes of a what-if made in it, to be kept.
"""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from detente import io
from detente.app.opening import Opened
from detente.errors import DetenteError, UsageError
from detente.explain.edits import describe
from detente.io.aligned import written
from detente.io.loaded import Loaded
from detente.io.patched import patched, patched_data
from detente.io.writer import conflict_data, text_of_data
from detente.model.conflict import Conflict
from detente.model.edit import Edit, RenameDecisionMaker, RenameOption
from detente.text import shortened
from detente.workbench.asked import Asked, Conflicts
from detente.workbench.documents import TextDocument
from detente.workbench.renamed import RENAMED, with_renamed

Step: TypeAlias = Annotated[int, Field(ge=1, le=1_000_000)] | Annotated[str, Field(max_length=1_000)]
DEEPEST = 30
"""Most steps to a place, and deepest nesting of what is set."""
BRIEF = {
    "prefers": "when",
    "red lines": "never",
    "coalitions": "members",
    "positions": "state",
    "thresholds": "value",
    "attitudes": "stance",
}
"""What stands alone for a whole entry, by the key under which the entry stands."""
ALONE = {"fallback": "state"}
"""The same for what is no entry."""
MAKING = ("set", "insert")
"""What makes the lists and mappings on the way to a place that are not there yet."""
_GATHERED = {
    1: {
        *("sources", "asserters", "options without owner", "rules", "states", "bans", "measures", "coalitions", "positions", "fronts"),
        *("uncertain", "missing", "questions", "conclusions", "viewpoints"),
    },
    3: {"options", "red lines", "spare preferences"},
}
"""What goes when the last that it gathers goes, by how deep it stands: in the file, or in a decision maker."""


class Form(BaseModel):
    """One change of a form to the text of a conflict file.

    `at` is the path to a place in the file: keys, and numbers (from 1) in lists.  There something is "set" to a `value`; a value is put in
    ("insert"), as this number of a list, or under this key as entry number `to` (as the last without it); taken out ("remove"); moved to
    the place `to` ("move"); or given the key `to` ("rename"): an option, a decision maker, a source, an asserter or a viewpoint is then
    renamed wherever it is spoken of.
    `was`, where it is given, is what stands at the place now: where something else does, nothing is changed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Annotated[str, Field(max_length=1_000)]
    text: Annotated[str, Field(max_length=4_000_000)]
    at: Annotated[list[Step], Field(min_length=1, max_length=DEEPEST)]
    do: Literal["set", "insert", "remove", "move", "rename"]
    value: Any = None
    to: Step | None = None
    was: Any = None


def with_changes(asked: Asked, conflicts: Conflicts, title: str | None = None) -> TextDocument:
    """The text of a file with the changes of a what-if made in it.

    Seen from a viewpoint, it is the text of the conflict as that viewpoint has it.

    Parameters
    ----------
    asked
        The text and the changes.
    conflicts
        Reads conflicts.
    title
        Another title for the conflict.

    Raises
    ------
    ConflictError
        The text can't be read, or no text can say what comes of the changes.
    EditError
        A change does not fit.

    Examples
    --------
    >>> from detente.workbench.changes import StatusQuoChange
    >>> text = "{detente: 1, title: t, decision makers: {A: {options: {x: }}}, status quo: []}"
    >>> change = StatusQuoChange(change="set status quo", taken=["x"])
    >>> with_changes(Asked(name="f.yaml", text=text, changes=[change]), Conflicts()).text
    '{detente: 1, title: t, decision makers: {A: {options: {x: }}}, status quo: [x]}'
    """
    loaded = loaded_of(conflicts.seen(Asked(name=asked.name, text=asked.text)).opened)
    seen = conflicts.seen(Asked(**{key: getattr(asked, key) for key in Asked.model_fields}))
    after = seen.opened.conflict if title is None else replace(seen.opened.conflict, title=title)
    return text_document(asked.name, asked.text, patched(loaded, after), seen.changes)


def formed(form: Form, conflicts: Conflicts) -> TextDocument:
    r"""The text of a file as a form changes it.

    Parameters
    ----------
    form
        The text and the change.
    conflicts
        Reads conflicts.

    Raises
    ------
    UsageError
        U561: the place is not there, or can't be changed so.
    ConflictError
        The text can't be read, or could not be after the change: what is wrong with it then.
    EditError
        M132: the key is taken.

    Examples
    --------
    >>> text = "{detente: 1, title: t, decision makers: {A: {options: {x: }, prefers: [x]}}}  # mine"
    >>> formed(Form(name="f.yaml", text=text, at=["decision makers", "A", "options", "x"], do="rename", to="y z"), Conflicts()).text
    '{detente: 1, title: t, decision makers: {A: {options: {y z: {name: x} }, prefers: [\'"y z"\']}}}  # mine'
    """
    loaded = loaded_of(conflicts.seen(Asked(name=form.name, text=form.text)).opened)
    if "was" in form.model_fields_set and not _stands(conflict_data(loaded.conflict), form):
        raise _refused(form, "something else stands there by now")
    edit = _renaming(form)
    if edit is not None:
        after = edit.apply(loaded.conflict)
        return text_document(form.name, form.text, patched(loaded, after), (describe(edit, loaded.conflict),))
    if form.do == "rename" and len(form.at) == 2 and form.at[0] in RENAMED:
        after = _renamed(loaded.conflict, form)
        return text_document(form.name, form.text, patched(loaded, after))
    if form.name.lower().endswith(".gmcr"):
        raise _refused(form, "a file of GMCR+ is written whole, and its places are others")
    new = changed(conflict_data(loaded.conflict), form)
    whole = cache(lambda: text_of_data(new, loaded.text))
    expected = cache(lambda: io.loads(whole(), loaded.path).conflict)

    def accepted(said: Conflict) -> bool:
        return written(conflict_data(said)) == written(new) or said == expected()  # the first where the data are as a file is written

    return text_document(form.name, form.text, patched_data(loaded, new, whole, accepted))


def changed(data: Any, form: Form) -> Any:
    """The data of a conflict as a form changes them; raises `UsageError` (U561).

    >>> one = Form(name="", text="", at=["a", 2], do="insert", value="new")
    >>> changed({"a": ["x", "y"]}, one)
    {'a': ['x', 'new', 'y']}
    """
    data = copy.deepcopy(data)
    within = _place(data, form, 0)
    last = form.at[-1]
    if isinstance(within, list):
        _in_list(within, last, form)
    else:
        _in_mapping(within, last, form)
    key = form.at[-2] if len(form.at) > 1 else None
    if form.do == "remove" and not within and key in _GATHERED.get(len(form.at) - 1, ()):
        _place(data, form, 1).pop(key)
    return data


def _stands(data: Any, form: Form) -> bool:
    """Whether what a form says was at a place is there; nothing is where there is no such place."""
    for step in form.at:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step - 1] if step <= len(data) else None
        else:
            data = None
    return bool(json.dumps(data, sort_keys=True) == json.dumps(form.was, sort_keys=True))


def _place(data: Any, form: Form, up: int) -> Any:
    """The mapping or list that the last step but `up` is taken in; made on the way where something is to come to stand there."""
    at = form.at[: len(form.at) - up]
    for number, step in enumerate(at[:-1]):
        making = form.do in MAKING and isinstance(data, dict) and isinstance(step, str)
        found = data.get(step) if making else _value(data, step, form)
        inside = _entered(found, form, number)
        data[step - 1 if isinstance(step, int) else step] = inside
        data = inside
    return data


def _entered(found: Any, form: Form, number: int) -> Any:
    """What a step leads to, as the list or mapping that the next step is taken in."""
    wanted = list if isinstance(form.at[number + 1], int) else dict
    if isinstance(found, wanted):
        return found
    if found is None and form.do in MAKING:
        return wanted()
    brief = BRIEF.get(str(form.at[number - 1])) if number else ALONE.get(str(form.at[number]))
    if found is None or brief is None or wanted is list:
        raise _refused(form, f"there is nothing inside {_shown(form.at[number])}")
    return {brief: found}


def _value(data: Any, step: int | str, form: Form) -> Any:
    """What a step leads to."""
    if isinstance(data, dict) and step in data:
        return data[step]
    if isinstance(data, list) and isinstance(step, int) and step <= len(data):
        return data[step - 1]
    raise _refused(form, f"there is no {_shown(step)}")


def _in_list(items: list[Any], place: int | str, form: Form) -> None:
    """Change a list."""
    most = len(items) + (form.do == "insert")
    if not isinstance(place, int) or place > most:
        raise _refused(form, f"there is no {_shown(place)}")
    match form.do:
        case "set":
            items[place - 1] = _data(form)
        case "insert":
            items.insert(place - 1, _data(form))
        case "remove":
            items.pop(place - 1)
        case "move":
            items.insert(_to(form, len(items)) - 1, items.pop(place - 1))
        case "rename":
            raise _refused(form, "an item of a list has no key")


def _in_mapping(entries: dict[str, Any], key: int | str, form: Form) -> None:
    """Change a mapping."""
    if not isinstance(key, str):
        raise _refused(form, f"there is no {_shown(key)}")
    if form.do == "set":
        entries[key] = _data(form)
        return
    pairs = list(entries.items())
    if form.do == "insert":
        if key in entries:
            raise _refused(form, f"the key {_shown(key)} is taken")
        pairs.insert(_to(form, len(pairs) + 1, last=True) - 1, (key, _data(form)))
    elif key not in entries:
        raise _refused(form, f"there is no {_shown(key)}")
    else:
        at = list(entries).index(key)
        pair = pairs.pop(at)
        if form.do == "move":
            pairs.insert(_to(form, len(pairs) + 1) - 1, pair)
        elif form.do == "rename":
            if not isinstance(form.to, str) or form.to in entries:
                raise _refused(form, "the new key is missing or taken")
            pairs.insert(at, (form.to, pair[1]))
    entries.clear()
    entries.update(pairs)


def _to(form: Form, most: int, last: bool = False) -> int:
    """The place that something is to come to."""
    if form.to is None and last:
        return most
    if not isinstance(form.to, int) or form.to > most:
        raise _refused(form, f"there are places from 1 to {most:,} to come to")
    return form.to


def _data(form: Form) -> Any:
    """The value of a form, if it is what a conflict file can hold."""

    def check(value: Any, depth: int) -> None:
        if isinstance(value, bool) or not isinstance(value, str | int | list | dict | None) or depth > DEEPEST:
            raise _refused(form, "a value is a text, a whole number, a list, a mapping or nothing, nested not too deep")
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(part, depth + 1)

    check(form.value, 1)
    return copy.deepcopy(form.value)


def _renaming(form: Form) -> Edit | None:
    """The edit that renames an option or decision maker, so that whatever speaks of it follows; None for anything else."""
    if form.do != "rename" or not isinstance(form.to, str):
        return None
    match form.at:
        case ["decision makers", str(key)]:
            return RenameDecisionMaker(key, form.to)
        case ["decision makers", str(), "options", str(key)] | ["options without owner", str(key)]:
            return RenameOption(key, form.to)
        case _:
            return None


def _renamed(conflict: Conflict, form: Form) -> Conflict:
    """The conflict with a source, an asserter or a viewpoint renamed, so that whatever refers to it follows."""
    table, old = form.at
    there = conflict_data(conflict).get(str(table))
    if not isinstance(there, dict) or old not in there:
        raise _refused(form, f"there is no {_shown(old)}")
    if not isinstance(form.to, str) or form.to in there:
        raise _refused(form, "the new key is missing or taken")
    return with_renamed(conflict, str(table), str(old), form.to)


def _refused(form: Form, why: str) -> DetenteError:
    at = shortened(" / ".join(map(str, form.at)), 200)
    help = "read the file again; numbers in lists begin with 1"
    return UsageError.of("U561", f'"{at}" can\'t be changed so: {why}', value=at, help=help)


def _shown(step: int | str) -> str:
    return f"number {step}" if isinstance(step, int) else f'"{shortened(step, 100)}"'


def loaded_of(opened: Opened) -> Loaded:
    """A file as it was read, of a conflict that was opened.

    >>> from detente.app.opening import opened
    >>> loaded_of(opened("elmira")).path
    'elmira'
    """
    return Loaded(opened.conflict, opened.diagnostics, opened.positions, opened.text, opened.name or "")


def text_document(name: str, before: str, text: str, changes: tuple[str, ...] = (), viewpoint: str | None = None) -> TextDocument:
    r"""The document; a byte order mark at the beginning stays.

    >>> text_document("f.yaml", "\ufeffa: 1", "a: 2").text
    '\ufeffa: 2'
    """
    marked = before.startswith("\ufeff") and not text.startswith("\ufeff")
    return TextDocument(name=name, text="\ufeff" + text if marked else text, changes=changes, viewpoint=viewpoint)
