"""What documents are made of: parts with a JSON form, and integers of any size.

Counts and numbers of states may be of any size.  Many JSON readers hold numbers in 53 bits, so `json_text()` writes an integer above
2^53 - 1 as a string of its digits; the schema allows both where such integers may stand (`Whole`).
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, WithJsonSchema, model_serializer

GREATEST = (1 << 53) - 1
"""The greatest integer that every JSON reader holds exactly."""
Whole = Annotated[int, WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^[0-9]{16,}$"}]})]
"""A count or the number of a state, of any size: above `GREATEST` it is written as a string of its digits."""


def _what_is_there(schema: dict[str, Any], kind: type[Part]) -> None:
    """Say in a JSON Schema which keys are always there: all but those that are left out where there is nothing to give."""
    schema["required"] = [key for key in schema.get("properties", {}) if key not in kind.left_out]


class Part(BaseModel):
    """A part of a document: immutable, no keys but those declared, written under the names that JSON readers see."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True, json_schema_extra=_what_is_there)

    left_out: ClassVar[frozenset[str]] = frozenset()
    """Keys that are left out, and not null, where there is nothing to give."""

    @model_serializer(mode="wrap")
    def _without_left_out(self, standard: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = standard(self)
        return {key: value for key, value in data.items() if value is not None or key not in self.left_out}

    def data(self) -> dict[str, Any]:
        """The part as JSON data: dictionaries, lists, strings, numbers."""
        return self.model_dump(mode="json", by_alias=True)


class SentencePart(Part):
    """A sentence, the states that it speaks of and the elements of the conflict that it rests on."""

    text: str
    states: tuple[Whole, ...] = ()
    elements: tuple[str, ...] = ()


class Document(Part):
    """A whole answer, with the name of its schema under `schema`."""

    def json_text(self) -> str:
        """The document as JSON, one line for each part of a list, so that versions of it can be compared; ends with a line break."""
        data = self.data()
        try:
            text = _written(data, "")
        except ValueError:  # an integer of more digits than Python writes without being told to
            return _written(_in_digits(data), "") + "\n"
        return (_written(_in_digits(data), "") if _LONG.search(text) else text) + "\n"

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON Schema of the document, as it is written."""
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **cls.model_json_schema(by_alias=True)}


_LONG = re.compile(r"[0-9]{16}")


def _in_digits(value: Any) -> Any:
    """The same data with integers that not every reader holds exactly as strings of digits."""
    if isinstance(value, dict):
        return {key: _in_digits(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_in_digits(part) for part in value]
    return format(Decimal(value), "f") if isinstance(value, int) and abs(value) > GREATEST else value


def _written(value: object, indent: str) -> str:
    inner = indent + " "
    if isinstance(value, dict) and value and len(indent) < 3:
        lines = [f"{inner}{json.dumps(key, ensure_ascii=False)}: {_written(part, inner)}" for key, part in value.items()]
        return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    if isinstance(value, list) and value and any(isinstance(part, (dict, list)) for part in value):
        return "[\n" + ",\n".join(inner + json.dumps(part, ensure_ascii=False) for part in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)
