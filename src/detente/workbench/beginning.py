"""A conflict from nothing, by five questions: what it is about, who decides, what each can do and wants, what can't be and what is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from detente import io
from detente.errors import UsageError
from detente.io.writer import text_of_data
from detente.model.formula import quoted_key
from detente.text import shortened
from detente.workbench.documents import TextDocument

Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=1_000)]
Number: TypeAlias = Annotated[int, Field(ge=1, le=1_000)]
MOST_WORDS = 3
"""Most words of a name that its key is made of."""
_SMALL = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "its", "of", "on", "or", "our", "the", "their", "to", "with"))
_HEAD = "# Begun with five questions.  Lines that begin with # are comments; everything can be changed.\n"


class Meant(BaseModel):
    """An option, by the number of its decision maker and its number among theirs, from 1; `taken` is whether it is wanted or not."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    party: Number
    option: Number
    taken: bool = True


class Party(BaseModel):
    """Who decides: a name, what they can do, and what they want, most important first."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Words
    options: Annotated[list[Words], Field(max_length=100)]
    wants: Annotated[list[Meant], Field(max_length=1_000)] = []


class Limit(BaseModel):
    """What can't be: of how many of some options one can be taken, or ("only if") that the first is taken only if the second is."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: Literal["at most one", "exactly one", "at least one", "only if"]
    options: Annotated[list[Meant], Field(min_length=2, max_length=100)]


class Begin(BaseModel):
    """What five questions about a new conflict were answered with; `taken` are the options that are taken now."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    title: Words
    question: Annotated[str, Field(max_length=10_000)] = ""
    parties: Annotated[list[Party], Field(max_length=100)]
    limits: Annotated[list[Limit], Field(max_length=1_000)] = []
    taken: Annotated[list[Meant], Field(max_length=10_000)] = []


def begun(answers: Begin, there: Iterable[str] = ()) -> TextDocument:
    """The text of a new conflict file, with a name that no file has.

    Parameters
    ----------
    answers
        What the questions were answered with.
    there
        The names of the files that are there.

    Returns
    -------
    TextDocument
        The text, which reads back without an error.

    Raises
    ------
    UsageError
        U562: an answer speaks of an option that no other gives.
    ConflictError
        What is wrong with the conflict.

    Examples
    --------
    >>> town = Party(name="The town", options=["Sue the mill"], wants=[Meant(party=2, option=1)])
    >>> mill = Party(name="The mill", options=["Clean up"], wants=[Meant(party=1, option=1, taken=False)])
    >>> found = begun(Begin(title="A river", parties=[town, mill], taken=[Meant(party=1, option=1)]), ["a-river.yaml"])
    >>> found.name, [line.strip() for line in found.text.splitlines() if "prefers" in line]
    ('a-river-2.yaml', ['prefers: [CleanUp]', 'prefers: [not SueMill]'])
    """
    name = _free(answers.title, frozenset(there))
    text = _HEAD + text_of_data(_data(answers), "")
    io.loads(text, name)
    return TextDocument(name=name, text=text, changes=())


def _data(answers: Begin) -> dict[str, Any]:
    """The data of the file."""
    keys = _Keys(answers.parties)
    parties: dict[str, Any] = {}
    for number, party in enumerate(answers.parties, start=1):
        options = {keys.option(number, place): name.strip() for place, name in enumerate(party.options, start=1)}
        own = {key: None if key == name else {"name": name} for key, name in options.items()}
        wants = [keys.condition(meant) for meant in party.wants]
        name = {} if keys.parties[number - 1] == party.name.strip() else {"name": party.name.strip()}
        parties[keys.parties[number - 1]] = {**name, **({"options": own} if own else {}), **({"prefers": wants} if wants else {})}
    data: dict[str, Any] = {"detente": 1, "title": answers.title.strip()}
    if answers.question.strip():
        data["question"] = answers.question.strip()
    data["decision makers"] = parties
    if answers.limits:
        data["rules"] = [_rule(limit, keys) for limit in answers.limits]
    data["status quo"] = [keys.key(meant) for meant in answers.taken]
    return data


def _rule(limit: Limit, keys: _Keys) -> dict[str, Any]:
    """What can't be, as a rule of the file."""
    if limit.kind != "only if":
        return {limit.kind: [keys.key(meant) for meant in limit.options]}
    this, *needed = map(keys.condition, limit.options)
    return {"option": this, "only if": " and ".join(needed)}


class _Keys:
    """The keys of decision makers and options, made of their names, no two alike."""

    def __init__(self, parties: Iterable[Party]) -> None:
        self.parties: list[str] = []
        self.options: list[list[str]] = []
        taken: set[str] = set()
        for party in parties:
            self.parties.append(_key(party.name, self.parties))
        for owner, party in zip(self.parties, parties, strict=True):
            own: list[str] = []
            for name in party.options:
                key = _key(name, taken)
                if key != _made(name):  # somebody else has the same: say whose it is
                    key = _key(f"{owner} {name}", taken)
                own.append(key)
                taken.add(key)
            self.options.append(own)

    def option(self, party: int, place: int) -> str:
        """The key of an option."""
        return self.options[party - 1][place - 1]

    def key(self, meant: Meant) -> str:
        """The key of an option that is meant."""
        if meant.party > len(self.options) or meant.option > len(self.options[meant.party - 1]):
            message = f"option {meant.option} of decision maker {meant.party} is spoken of, and is not among what each can do"
            raise UsageError.of("U562", message, help="say first what each can do, and leave out what nobody can")
        return self.option(meant.party, meant.option)

    def condition(self, meant: Meant) -> str:
        """The condition that an option is taken, or is not."""
        key = quoted_key(self.key(meant))
        return key if meant.taken else f"not {key}"


def _key(name: str, taken: Iterable[str]) -> str:
    """A key for a name: its first words that say something, with a number where that is taken."""
    made, others = _made(name), set(taken)
    return next(key for number in range(1, len(others) + 2) if (key := made if number == 1 else f"{made}{number}") not in others)


def _made(name: str) -> str:
    """What the key of a name is made of.

    >>> _made("delay the appeal"), _made("Sue"), _made("!")
    ('DelayAppeal', 'Sue', 'Unnamed')
    """
    words = re.findall(r"[^\W_]+", name)
    telling = [word for word in words if word.lower() not in _SMALL] or words
    made = "".join(word[0].upper() + word[1:] for word in telling[:MOST_WORDS])
    return shortened(made, 60).rstrip("…") or "Unnamed"


def _free(title: str, there: frozenset[str]) -> str:
    """The name of a file for a title, which no file has."""
    stem = "-".join(re.findall(r"[^\W_]+", title.lower())[:6])[:60] or "conflict"
    return next(name for number in range(1, len(there) + 2) if (name := f"{stem}{'' if number == 1 else f'-{number}'}.yaml") not in there)
