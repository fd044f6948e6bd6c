"""The text of a conflict file changed to say another conflict, with as little else changed as possible.

What the file says and what it is to say are compared as plain data.  Where they differ, the smallest part of the text is written anew,
and what is read back from the text must be what it is to say; where it is not, larger parts are written, in the end the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from detente.errors import ConflictError, Problems
from detente.io.compose import compose
from detente.io.emit import Data
from detente.io.files import loads
from detente.io.loaded import Loaded
from detente.io.nodes import SourceText
from detente.io.patching import Patcher
from detente.io.spots import Unplaced
from detente.io.writer import conflict_data, is_json, text_of_data
from detente.model.conflict import Conflict

TIMES = 3
"""How often a text that was changed and says something else yet is changed further."""
DEPTHS = (100, 4, 2, 1)
"""How deep what changed is looked for, tried one after the other."""
Accepted: TypeAlias = Callable[[Conflict], bool]
"""Whether a text may say a conflict."""


def patched(loaded: Loaded, after: Conflict) -> str:
    """The text of a conflict file, changed to say another conflict.

    Comments, order, layout and spelling of everything else stay to the byte: where an item of a list moves or goes, its lines go, and the
    comment lines directly above it.  A file of GMCR+ is written whole.

    Parameters
    ----------
    loaded
        The file as it was read.
    after
        What its text is to say.

    Returns
    -------
    str
        The text.  Reading it gives `after`, but for a file of GMCR+, which can say some of it in other words only.

    Raises
    ------
    ConflictError
        No conflict file can say it: what a reader says about one that tries; F619 where what is read back is something else; I720 to I725
        for a file of GMCR+.

    Examples
    --------
    >>> from dataclasses import replace
    >>> one = loads("{detente: 1, title: t, decision makers: {A: {options: {x: , y: }}}}  # of mine", "f.yaml")
    >>> patched(one, replace(one.conflict, title="u", status_quo=frozenset({"y"})))
    '{detente: 1, title: u, decision makers: {A: {options: {x: , y: }}}, status quo: ["y"]}  # of mine'
    """
    if loaded.conflict == after:
        return loaded.text
    if loaded.path.lower().endswith(".gmcr"):
        from detente.io.gmcr_write import gmcr_text

        return gmcr_text(after)[0]
    data = conflict_data(after)
    return patched_data(loaded, data, lambda: text_of_data(data, loaded.text), lambda said: said == after)


def patched_data(loaded: Loaded, new: dict[str, Data], whole: Callable[[], str], accepted: Accepted) -> str:
    """The text of a file, changed to say other data.

    Parameters
    ----------
    loaded
        The file as it was read.
    new
        The data.
    whole
        Writes the data without regard to the text.
    accepted
        Whether a conflict that was read from a text is what it is to say.

    Raises
    ------
    ConflictError
        The text that says the data can't be read.

    Examples
    --------
    >>> one = loads("{detente: 1, title: t, decision makers: {A: {options: {x: , y: }}}}", "f.yaml")
    >>> data = {**conflict_data(one.conflict), "title": "u"}
    >>> patched_data(one, data, lambda: "", lambda said: said.title == "u")
    '{detente: 1, title: u, decision makers: {A: {options: {x: , y: }}}}'
    """
    refused: ConflictError | None = None
    for tried in _candidates(loaded, new):
        try:
            read = loads(tried, loaded.path)
        except ConflictError as problem:
            if refused is None:
                refused = problem
                _refused(loaded, whole, accepted, problem)
            continue
        if accepted(read.conflict) and (not is_json(loaded.text) or is_json(tried)):
            return tried
        again = _again(replace(read, text=tried), new, accepted)
        if again is not None:
            return again
    text = whole()
    if not accepted(loads(text, loaded.path).conflict):
        help = "write the conflict into a file of its own, and please report what was changed"
        raise ConflictError.of("F619", "the change can't be written so that reading gives it back", value=loaded.path, help=help)
    return text


def _again(loaded: Loaded, new: dict[str, Data], accepted: Accepted) -> str | None:
    """A text that says something else yet, changed further until it says the data; None where that does not come about."""
    for _ in range(TIMES - 1):
        text = next(_candidates(loaded, new), loaded.text)
        if text == loaded.text:
            return None
        try:
            loaded = replace(loads(text, loaded.path), text=text)
        except ConflictError:
            return None
        if accepted(loaded.conflict):
            return text
    return None


def _candidates(loaded: Loaded, new: dict[str, Data]) -> Iterator[str]:
    """Texts that may say the data, those with least changed first; none twice."""
    old = conflict_data(loaded.conflict)
    root = compose(SourceText(loaded.text, loaded.path), Problems())
    tried: set[str] = set()
    for deepest in DEPTHS:
        for numbers in (False, True):
            try:
                text = Patcher(loaded.text, is_json(loaded.text), deepest, numbers).patched(root, old, new)
            except Unplaced:
                continue
            for ended in (text, text + "\n") if text[-1:] not in ("\n", "\r") else (text,):  # a block at the end needs a line end
                if ended not in tried:
                    tried.add(ended)
                    yield ended


def _refused(loaded: Loaded, whole: Callable[[], str], accepted: Accepted, problem: ConflictError) -> None:
    """Say what is wrong with a text where it is wrong however it is written."""
    try:
        read = loads(whole(), loaded.path)
    except ConflictError:
        raise problem from None
    if not accepted(read.conflict):
        raise problem
