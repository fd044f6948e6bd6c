"""What was asked by pressing a button, as an address carries it: each question under its verb, without the conflict that it is about.

Such a question may take long, so that the page asks none before it is told to.  Once it was asked it stands in the address (web/asked.js),
and whoever comes there asks the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from detente.workbench.asked import Asked
from detente.workbench.verbs import AskCompare, AskGoingOn, AskSure, AskUnlock, State

OF_VIEWS: Mapping[str, tuple[str, ...]] = {"unlock": ("unlock",), "path": ("plan",), "compare": ("compare",), "sure": ("sure", "going-on")}
"""What a view asks when a button is pressed: verbs, and "plan" for what `unlock` is asked about a path."""
VERB_OF: Mapping[str, str] = {"plan": "unlock"}
"""The verb of a question that is not called by it."""
CONFLICT = ("name", "text")
"""What a question in an address leaves out: its conflict is the one that the address names."""


def _whole(said: Any) -> Any:
    """A question as its verb takes it; what is no object is left to the verb to refuse."""
    if not isinstance(said, dict):
        return said
    if any(part in said for part in CONFLICT):
        raise ValueError("the conflict is the one that the address names")
    return {**dict.fromkeys(CONFLICT, ""), **said}


class Questions(BaseModel):
    """What was asked by pressing a button: by name what its request carries, without the name and the text of the conflict.

    Examples
    --------
    >>> said = Questions.model_validate({"compare": {"under": "SEQ"}, "going-on": {"rounds": 2}})
    >>> shown = Asked(name="a.yaml", text="detente: 1")
    >>> [(verb, question.name) for verb, question in said.of("compare", shown, "SEQ")], list(said.of("compare", shown, "Nash"))
    ([('compare', 'a.yaml')], [])
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    unlock: Annotated[AskUnlock, BeforeValidator(_whole)] | None = None
    plan: Annotated[AskUnlock, BeforeValidator(_whole)] | None = None
    compare: Annotated[AskCompare, BeforeValidator(_whole)] | None = None
    sure: Annotated[AskSure, BeforeValidator(_whole)] | None = None
    going_on: Annotated[Annotated[AskGoingOn, BeforeValidator(_whole)] | None, Field(alias="going-on")] = None

    @property
    def by_verb(self) -> dict[str, Asked]:
        """All of them, each under its name."""
        found = {"unlock": self.unlock, "plan": self.plan, "compare": self.compare, "sure": self.sure, "going-on": self.going_on}
        return {verb: question for verb, question in found.items() if question is not None}

    def of(self, view: str | None, shown: Asked, under: str, ends: tuple[State, State] | None = None) -> Iterator[tuple[str, Asked]]:
        """The questions that a view shows the answers to, whole, each with its name.

        Levers are shown whatever is looked at meanwhile, since they are tried on what they were looked for.  Other answers are shown while
        the page shows the conflict that they are about; viewpoints are compared, and plans made, under the concept that is selected, and a
        plan is one for the path that is shown.

        Parameters
        ----------
        view
            The key of the view.
        shown
            The conflict that the page shows.
        under
            The concept that is selected.
        ends
            Where the path that is shown begins and leads to.
        """
        for verb in OF_VIEWS.get(view or "", ()):
            question = self.by_verb.get(verb)
            if question is None:
                continue
            whole = question.model_copy(update={"name": shown.name, "text": shown.text})
            viewpoint = None if verb == "compare" else shown.viewpoint
            same = (whole.viewpoint, whole.changes) == (viewpoint, shown.changes)
            if isinstance(whole, AskCompare):
                same = same and whole.under == under
            if verb == "plan" and isinstance(whole, AskUnlock):
                same = same and ends is not None and (whole.under, whole.start, whole.target) == (under, ends[0], str(ends[1]))
            if verb == "unlock" or same:
                yield verb, whole

    def data(self) -> dict[str, dict[str, Any]]:
        """All of them as JSON data, as they were understood.

        >>> Questions.model_validate({"compare": {"under": "SEQ"}}).data()["compare"]
        {'viewpoint': None, 'changes': [], 'under': 'SEQ', 'where': [], 'seconds': 20.0}
        """
        return {verb: one.model_dump(mode="json", by_alias=True, exclude=set(CONFLICT)) for verb, one in self.by_verb.items()}
