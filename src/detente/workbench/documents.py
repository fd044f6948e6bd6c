"""What only the workbench answers: files, jobs, and what is different after a change."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from detente.app.document_base import Document, Part


class FilesDocument(Document):
    """The conflict files of the folder that is open, and the packaged cases.

    `files` lists at most 1,000, and `total` counts all that were found; `whole` is false where the folder holds so much that not all of it
    was looked at: there may then be more.
    """

    schema_: Literal["detente.files/1"] = Field(default="detente.files/1", serialization_alias="schema", validation_alias="schema")
    folder: str
    files: tuple[str, ...]
    total: int
    whole: bool
    cases: tuple[str, ...]


class FileDocument(Document):
    """What a file holds; `digest` tells it from any other text."""

    schema_: Literal["detente.file/1"] = Field(default="detente.file/1", serialization_alias="schema", validation_alias="schema")
    name: str
    text: str
    digest: str


class ViewpointPart(Part):
    """A viewpoint of a file: its key, its name, and whose account it is."""

    key: str
    name: str
    whose: str | None


class ViewpointsDocument(Document):
    """The viewpoints that a conflict file has, in its order."""

    schema_: Literal["detente.viewpoints/1"] = Field(
        default="detente.viewpoints/1", serialization_alias="schema", validation_alias="schema"
    )
    viewpoints: tuple[ViewpointPart, ...]


class TextDocument(Document):
    """The text of a conflict file after changes, which are told in words; nothing is written.

    `viewpoint` is the key of the viewpoint that has them, where they are kept as one.
    """

    left_out = frozenset({"viewpoint"})

    schema_: Literal["detente.text/1"] = Field(default="detente.text/1", serialization_alias="schema", validation_alias="schema")
    name: str
    text: str
    changes: tuple[str, ...]
    viewpoint: str | None = None


class SoFarDocument(Document):
    """What a job has found so far: `so_far` counts how often it told that, `answer` is what it told last; null where it told nothing."""

    schema_: Literal["detente.so-far/1"] = Field(default="detente.so-far/1", serialization_alias="schema", validation_alias="schema")
    number: int
    so_far: int
    answer: dict[str, Any] | None


class JobDocument(Document):
    """How far a job is.

    `state` is "waiting", "running", "done", "failed" or "given up"; `progress` is what it is doing, or did last; `told` counts how often
    something new was told of it; `answer` is the document that it was asked for, or the document of problems where it failed, and null
    before.  `so_far` counts how often it told what it had found so far.
    """

    schema_: Literal["detente.job/1"] = Field(default="detente.job/1", serialization_alias="schema", validation_alias="schema")
    number: int
    verb: str
    state: Literal["waiting", "running", "done", "failed", "given up"]
    progress: str
    told: int
    so_far: int
    seconds: float
    answer: dict[str, Any] | None
