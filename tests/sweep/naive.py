"""A second statement of what completions are, and of what holds in them, on the text of a conflict file.

It knows nothing of how the program settles guesses or sweeps over them: an alternative is an edit of what the file says, the file that
comes of it is read as any other, and each completion is looked at by itself with the second statement of the definitions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product
from math import prod
from typing import Any

from detente import io
from detente.io.writer import conflict_data
from detente.model.conflict import Conflict
from tests.definitions.adapter import meets, plain_model
from tests.definitions.behaviour import holds
from tests.definitions.concepts import DEFINITIONS
from tests.definitions.plain import Condition, PlainModel

Data = dict[str, Any]
Asked = tuple[str, str]
"""What is asked: "holds" with a concept or "" for the profile, "stays" with a decision maker, or "gain" with ""."""
PREFERENCE = ("prefers", "ranking", "weights", "preference basis")
COMPARED = {"first": 1, "second": 0, "neither": 0.5}


def file_of(conflict: Conflict) -> Data:
    """What a file of the conflict says."""
    made: Data = json.loads(json.dumps(conflict_data(conflict)))
    return made


def alternatives(guess: Data) -> list[Any]:
    """The alternatives of a guess, as they are written; None is what the file says."""
    if "order" in guess:
        return [None, *list(permutations(sorted(guess["order"])))[1:]]
    return [None, *guess["viewpoints" if "viewpoints" in guess else "or"]]


def rows(data: Data) -> Iterator[tuple[int, ...]]:
    """Every completion: for each guess the number of an alternative."""
    yield from product(*(range(len(alternatives(guess))) for guess in data["uncertain"].values()))


def weight(data: Data, row: Sequence[int]) -> Fraction:
    """What a completion counts: the product of the weights of its alternatives; the same for each where a guess has none."""

    def of(guess: Data, number: int) -> Fraction:
        every = alternatives(guess)
        if "as written" not in guess:
            return Fraction(1, len(every))
        weights = [Fraction(str(guess["as written"])), *(Fraction(str(one["weight"])) for one in every[1:])]
        return weights[number] / sum(weights)

    return prod((of(guess, number) for guess, number in zip(data["uncertain"].values(), row, strict=True)), start=Fraction(1))


def settled(data: Data, row: Sequence[int]) -> Data:
    """The file with each guess settled by its alternative."""
    made: Data = json.loads(json.dumps(data))
    guesses, views = made.pop("uncertain"), made.pop("viewpoints", {})
    chosen = [(guess, alternatives(guess)[number]) for guess, number in zip(guesses.values(), row, strict=True)]
    untouched = {name: set(made["decision makers"]) for name in ("prefers", "red lines", "pairs")}
    for guess, what in chosen:
        if "viewpoints" in guess and what is not None:
            overlay(made, views[what if isinstance(what, str) else what["viewpoint"]] or {}, untouched)
    for guess, what in chosen:
        if "rule" in guess and what is not None:
            made["rules"][guess["rule"] - 1] = None if is_out(what) else {k: v for k, v in what.items() if k not in ("says", "weight")}
        if "direction" in guess and what is not None:
            set_direction(made, guess["direction"], what if isinstance(what, str) else what["direction"])
    if "rules" in made:
        made["rules"] = [rule for rule in made["rules"] if rule is not None]
    for party, said in made["decision makers"].items():
        if said is not None:
            settle_party(said, [(g, w) for g, w in chosen if g.get("of") == party and w is not None], party, untouched)
    return made


def overlay(data: Data, view: Data, untouched: Mapping[str, set[str]]) -> None:
    """Put into the file what a viewpoint has otherwise."""
    for party, otherwise in (view.get("decision makers") or {}).items():
        said = data["decision makers"][party] = data["decision makers"][party] or {}
        if any(key in (otherwise or {}) for key in PREFERENCE):
            for key in PREFERENCE:
                said.pop(key, None)
        for key, value in (otherwise or {}).items():
            said[key] = value
            untouched["prefers" if key in PREFERENCE else key].discard(party)
    quo = data.get("status quo", [])
    hidden = [f"not ({option})" if option in quo else f"({option})" for option in view.get("unperceived options", [])]
    hidden += [f"({view['unperceived']})"] if "unperceived" in view else []
    for party in data["decision makers"] if hidden else ():
        said = data["decision makers"][party] = data["decision makers"][party] or {}
        said["unperceived"] = " or ".join([*([f"({said['unperceived']})"] if "unperceived" in said else []), *hidden])


def is_out(what: Any) -> bool:
    """Whether an alternative is that something is left out."""
    return what == "left out" or (isinstance(what, dict) and "left out" in what)


def set_direction(data: Data, option: str, direction: str) -> None:
    """Give an option another direction."""
    held = [(said or {}).get("options") or {} for said in data["decision makers"].values()]
    for options in (*held, data.get("options without owner", {})):
        if option in options:
            options[option] = {**(options[option] or {}), "direction": direction}


def settle_party(said: Data, chosen: Sequence[tuple[Data, Any]], party: str, untouched: Mapping[str, set[str]]) -> None:
    """Settle the guesses about one decision maker: first what statements are, then in which order they stand."""
    statements: dict[int, Any] = dict(enumerate(said.get("prefers", []), start=1))
    order = list(statements)
    for guess, what in chosen:
        if "statement" in guess and party in untouched["prefers"]:
            statements[guess["statement"]] = None if is_out(what) else what if isinstance(what, str) else what["when"]
        if "order" in guess and party in untouched["prefers"]:
            turn = dict(zip(sorted(guess["order"]), what, strict=True))
            order = [turn.get(number, number) for number in order]
        if "red line" in guess and party in untouched["red lines"]:
            said["red lines"][guess["red line"] - 1] = None if is_out(what) else what if isinstance(what, str) else what["never"]
        if "relation" in guess and party in untouched["pairs"]:
            pair = said["pairs"][guess["relation"] - 1]
            how = what if isinstance(what, str) else what["preferred"]
            said["pairs"][guess["relation"] - 1] = {"certainty": COMPARED[how], "of": pair["unknown"], "over": pair["over"]}
    if "prefers" in said:
        said["prefers"] = [statements[number] for number in order if statements[number] is not None]
    if "red lines" in said:
        said["red lines"] = [line for line in said["red lines"] if line is not None]


def model_of(conflict: Conflict) -> PlainModel:
    """A completion in the second statement; what is certain of pairs comes before what the order says of them."""
    model = plain_model(conflict)
    certain: dict[str, list[tuple[Condition, Condition, Fraction]]] = {
        dm.key: [(meets(pair.of), meets(pair.over), pair.value) for pair in dm.pairs if pair.kind == "certainty"]
        for dm in conflict.decision_makers
    }
    by_order = model.at_least

    def at_least(i: str, s: int, t: int) -> bool:
        first, second = model.state(s).combination, model.state(t).combination
        for of, over, certainty in certain[i]:
            forward, backward = of(first) and over(second), of(second) and over(first)
            if s != t and forward != backward:
                return (certainty if forward else 1 - certainty) >= Fraction(1, 2)
        return by_order(i, s, t)

    if any(certain.values()):
        model.at_least = at_least  # type: ignore[method-assign]  # the definitions ask nothing else of an order
    return model


def value(conflict: Conflict, model: PlainModel, profile: Mapping[str, str], asked: Asked) -> bool | None:
    """The value of a conclusion on the status quo of a completion; None if it can't occur."""
    assert conflict.status_quo is not None
    s = model.number_of({option.key: option.key in conflict.status_quo for option in conflict.options})
    if s is None:
        return None
    kind, of = asked
    if kind == "stays":
        return DEFINITIONS[profile[of]](model, of, s)
    if kind == "gain":
        return any(all(model.better(i, t, s) for i in model.decision_makers) for t in model.numbers)
    return holds(model, dict.fromkeys(profile, of) if of else profile, s)


def values(conflict: Conflict, profile: Mapping[str, str], asked: Sequence[Asked]) -> dict[Asked, dict[tuple[int, ...], bool | None]]:
    """For each conclusion the value in every completion, each looked at by itself."""
    data = file_of(conflict)
    found: dict[Asked, dict[tuple[int, ...], bool | None]] = {one: {} for one in asked}
    for row in rows(data):
        made = io.loads(json.dumps(settled(data, row))).conflict
        model = model_of(made)
        for one in asked:
            found[one][row] = value(made, model, profile, one)
    return found


def shares(data: Data, table: Mapping[tuple[int, ...], object]) -> dict[object, Fraction]:
    """The share of each value among all completions, by their weights."""
    found: dict[object, Fraction] = {}
    for row, each in table.items():
        found[each] = found.get(each, Fraction(0)) + weight(data, row)
    return {each: share / sum(found.values()) for each, share in found.items()}
