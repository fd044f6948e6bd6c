"""Requests at random, made from the description of what the server answers: values of each schema, words of conflicts, and faults."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st

from detente import io
from detente.io.writer import conflict_data
from detente.workbench.openapi import description
from detente.workbench.questions import CONFLICT, OF_VIEWS, VERB_OF
from tests.fuzz.damage import SMALL, damaged, misread, originals, restructured
from tests.workbench.served import CASES

METHODS = ("get", "put", "post", "delete")


Words = Mapping[str, tuple[str, ...]]
"""What is mostly said where a property has this name, and (under "") anywhere."""


def _words(text: str) -> Words:
    """What a conflict calls its parties, options, states and viewpoints; conditions, states and behaviours made of them."""
    conflict = io.loads(text, "a.yaml").conflict
    parties, options = [one.key for one in conflict.decision_makers], [one.key for one in conflict.options]
    named = [one.name for one in conflict.named_states]
    conditions = [f"not {options[0]}", f"{options[0]} if {options[-1]}", f"{options[0]} and {options[-1]}"]
    states = (*named, "N" * len(options), "1", "2", "4", "status quo")
    behaviours = ("SEQ", "Nash", "GMR", "SIM", f"{parties[0]}=Nash,SEQ")
    found = {
        **dict.fromkeys(("by", "dm"), tuple(parties)),
        **dict.fromkeys(("option", "taken"), tuple(options)),
        **dict.fromkeys(("state", "states", "start", "find", "target"), states),
        **dict.fromkeys(("when", "never", "where", "leaving", "reaching"), tuple(conditions)),
        "under": behaviours,
        "viewpoint": tuple(one.key for one in conflict.viewpoints) or ("nobody",),
        "open": ("assumed", "reported,inferred"),
        "kinds": ("priority", "pressure,phases"),
        "order": ("number", *parties, "SEQ"),
    }
    return {**found, "": tuple(word for words in found.values() for word in words)}


def _places(data: Any, at: list[int | str]) -> Iterator[list[int | str]]:
    """The path to each part of data."""
    for key, part in data.items() if isinstance(data, dict) else enumerate(data, 1) if isinstance(data, list) else ():
        yield [*at, key]
        yield from _places(part, [*at, key])


WHOLE = tuple((CASES / f"{name}.yaml").read_text(encoding="utf-8") for name in ("elmira", "half-known-objection", "misread-neighbours"))
"""Texts of small conflicts that are in order."""
WORDS = (
    *("Town", "Company", "Sue", "Wait", "Clean", "Leave", "Wait and not Clean", "the deal", "SEQ", "Nash", "GMR", "SMR", "SIM", "SSEQ"),
    *("MoE", "Uniroyal", "Local", "Modify", "Delay", "Accept", "Abandon", "Insist", "not Modify", "Accept if Modify", "Local=Nash,SEQ"),
    *("North", "South", "north", "south", "status quo", "true", "false", "assumed", "reported,inferred", "priority", "plan", "preference"),
    *("Modify and", "(" * 300, "not " * 300, "Lokal", "NYNNN", "Y----", "-NNY-", "1", "0", "-1", "9" * 40, "a.yaml", "b.json", "c.gmcr"),
    *("", " ", "\0", "\u202e", "<b>", "水", "\U0001f600", "a\nb", "../a.yaml", "both", "number", "rank", "Nash,", "number,", "=", "SEQ="),
)  # fmt: skip
"""What conflicts, verbs and people who want to do harm say."""
ANY: Words = {"": WORDS}
KNOWN = {text: _words(text) for text in (*WHOLE, SMALL)}
"""What may be said of each of the texts that are in order."""
PLACES = {text: tuple(_places(conflict_data(io.loads(text, "a.yaml").conflict), [])) for text in KNOWN}
"""The paths to the places of each, for forms."""
WORDS_OF_ELMIRA: Words = {
    **KNOWN[WHOLE[0]],
    "case": ("elmira",),
    "view": ("moves", "diagnosis", "what-if", "path", "sure", "compare", "unlock"),
    "tried": ("[]", "["),
}
"""What addresses of pages mostly say."""
NUMBERS = (0, 1, 2, 3, 5, 8, 9, 10, 33, -1, 1 << 31, 1 << 53, 1 << 63, 10**30)
LEAST = {"seconds": 0.2, "draws": 20, "wait": 0.01}
"""What is asked for at most where more would only take longer."""


@dataclass(frozen=True)
class Request:
    """One request: the operation that it is of, and what is sent."""

    path: str
    method: str
    target: str
    body: bytes | None

    def __repr__(self) -> str:
        return f"{self.method.upper()} {self.target} {(self.body or b'').decode('utf-8', 'replace')}"


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    """Files to damage."""
    return tuple(originals())


def texts() -> st.SearchStrategy[str]:
    """Texts of conflict files: in order, damaged, or none at all."""
    broken = st.integers(0, 99_999).map(lambda seed: damaged(seed, list(files()))[1].decode("utf-8", "replace"))
    whole, small = st.sampled_from(WHOLE), st.just(SMALL)
    return st.one_of(whole, whole, whole, small, small, broken, broken, st.text(max_size=50))


def values(schema: Mapping[str, Any], words: Words, name: str = "") -> st.SearchStrategy[Any]:
    """Values that a schema of the description allows, with some `words`; `name` is that of the property."""
    if "$ref" in schema:
        return values(description()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], words, name)
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return st.one_of([values(one, words, name) for one in schema[several]])
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object":
            return _objects(schema, words, name)
        case "string":
            return _strings(schema, words.get(name, words[""]))
        case "integer" | "number":
            return _numbers(schema, name)
        case "array":
            least = schema.get("minItems", 0)
            return st.lists(values(schema.get("items", {}), words, name), min_size=least, max_size=max(least, 3))
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case _:  # anything
            word = st.sampled_from(words[""])
            return st.one_of(word, word, st.none(), st.lists(word, max_size=3), st.dictionaries(word, word, max_size=2))


@st.composite
def _objects(draw: st.DrawFn, schema: Mapping[str, Any], words: Words, name: str) -> dict[str, Any]:
    known = schema.get("properties", {})
    if not known:
        return draw(st.dictionaries(st.sampled_from(words[""]), values(schema.get("additionalProperties", {}), words, name), max_size=3))
    filled = draw(st.sampled_from([0, 0.1, 0.1, 0.2, 0.9]))
    there = [key for key in known if key in schema.get("required", ()) or key in LEAST or draw(st.floats(0, 1)) < filled]
    if "text" in there and "name" in there:
        text = draw(texts())
        words = KNOWN.get(text, ANY)
        told: dict[str, Any] = {"name": draw(st.sampled_from(["a.yaml", "a.yaml", "b.json", draw(st.sampled_from(WORDS))])), "text": text}
        if "at" in there and text in PLACES:
            told["at"] = draw(st.one_of(st.sampled_from(PLACES[text]), values(known["at"], words, "at")))
        told |= {key: draw(values(known[key], words, key)) for key in there if key not in told}
        return told
    return {key: draw(texts() if key == "text" else values(known[key], words, key)) for key in there}


def _strings(schema: Mapping[str, Any], words: tuple[str, ...]) -> st.SearchStrategy[Any]:
    known = st.sampled_from(words)
    return st.one_of(*[known] * 8, st.sampled_from(WORDS), st.text(max_size=min(20, schema.get("maxLength", 20))))


def _numbers(schema: Mapping[str, Any], name: str) -> st.SearchStrategy[Any]:
    least = schema.get("minimum", schema.get("exclusiveMinimum", -5))
    most = min(LEAST.get(name, 1 << 64), schema.get("maximum", schema.get("exclusiveMaximum", 1 << 64)))
    if schema["type"] == "number":
        return st.floats(least, most, exclude_min="exclusiveMinimum" in schema)
    small = st.integers(least, min(most - 1, least + 9))
    return st.one_of(*[small] * 4, st.sampled_from([one for one in NUMBERS if least <= one <= most]), st.integers(least, most - 1))


@st.composite
def bodies(draw: st.DrawFn, schema: Mapping[str, Any]) -> bytes:
    """What a request carries: mostly what the schema allows, else the same with a fault, or anything."""
    value = draw(values(schema, ANY))
    how = draw(st.integers(0, 19))
    if how == 19:
        return draw(st.one_of(st.binary(max_size=40), st.sampled_from([b"", b"null", b"[]", b"{", b'"', b"NaN", b"[" * 2_000, b"1e999"])))
    if how >= 16:
        value = draw(st.sampled_from([restructured, misread]))(draw(st.randoms(use_true_random=False)), value)
    return json.dumps(value).encode()


@st.composite
def pressed(draw: st.DrawFn) -> str:
    """What an address says was asked by pressing a button: mostly questions, else the same with a fault, or anything."""
    said: dict[str, Any] = {}
    for verb in draw(
        st.lists(st.sampled_from([verb for verbs in OF_VIEWS.values() for verb in verbs]), unique=True, min_size=1, max_size=2)
    ):
        body = description()["paths"][f"/api/{VERB_OF.get(verb, verb)}"]["post"]["requestBody"]["content"]["application/json"]["schema"]
        question = draw(values(body, WORDS_OF_ELMIRA))
        said[verb] = {key: value for key, value in question.items() if key not in CONFLICT or draw(st.integers(0, 29)) == 0}
    how = draw(st.integers(0, 19))
    if how == 19:
        return draw(st.one_of(st.text(max_size=20), st.sampled_from(["", "null", "[]", "{", '"', "NaN", "[" * 2_000, "1e999"])))
    if how >= 16:
        said = draw(st.sampled_from([restructured, misread]))(
            draw(st.randoms(use_true_random=False)), {"compare": {"under": "SEQ"}, **said}
        )
    return json.dumps(said)


def operations() -> list[tuple[str, str]]:
    """Every operation of the description: its path and its method."""
    return [(path, method) for path, item in description()["paths"].items() for method in METHODS if method in item]


@st.composite
def requests(draw: st.DrawFn, path: str, method: str) -> Request:
    """A request for an operation."""
    known = st.sampled_from(("a.yaml", "in/b.json", "1", "7", "elmira", "%2e%2e/a.yaml", "%00", "%ff.yaml"))
    names = st.one_of(known, known, st.text(max_size=12).map(quote))
    target = path
    for one in description()["paths"][path].get("parameters", ()):
        target = target.replace(f"{{{one['name']}}}", draw(names))
    operation = description()["paths"][path][method]
    for one in operation.get("parameters", ()):
        if one["in"] == "query" and draw(st.integers(0, 3)) == 0:
            found = pressed() if one["name"] == "asked" else values(one["schema"], WORDS_OF_ELMIRA, one["name"])
            fitting = found.map(lambda value: quote(str(value), safe="", errors="replace"))
            said = draw(st.one_of(fitting, fitting, names))
            target += f"{'&' if '?' in target else '?'}{one['name']}={said}"
    carried = operation.get("requestBody")
    body = None if carried is None else draw(bodies(carried["content"]["application/json"]["schema"]))
    return Request(path, method, target, body)
