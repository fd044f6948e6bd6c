"""Documents for the tests of the report, made from the reference engine and by hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

from detente.app.diagnosing import diagnosed, document_of
from detente.app.parts import Described
from detente.concepts.registry import all_concepts
from detente.concepts.witness import Leaves
from detente.engines.single import SingleEngine
from detente.model.conflict import Conflict
from detente.model.evidence import is_hostile
from detente.report import html
from detente.report.elements import elements_of
from detente.report.names import names_of
from detente.space.sets import StateSet
from detente.space.states import StateSpace

CONCEPTS = all_concepts()
Document = dict[str, Any]


class Documents:
    """All documents about one conflict."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict, self.space = conflict, StateSpace(conflict)
        self.engine = SingleEngine(self.space)
        self.keys = self.engine.decision_makers
        self.stable = {c.key: {dm: self.engine.stable(c, dm) for dm in self.keys} for c in CONCEPTS}
        self.equilibria = {key: reduce(StateSet.__and__, sets.values()) for key, sets in self.stable.items()}

    def state(self, state: int) -> Document:
        ranks = {dm: self.engine.orders[dm].ranks[state] for dm in self.keys}
        return {"id": self.space.number(state), "choice": self.space.choice(state), "rank": ranks, "name": names_of(self.space).get(state)}

    def analysis(self) -> Document:
        space, conflict = self.space, self.conflict
        states = space.states.first(space.states.count)
        now = space.status_quo
        return {
            "conflict": {
                "title": conflict.title,
                "digest": conflict.digest,
                "combinations": conflict.combinations,
                "feasible": space.states.count,
                "status_quo": None if now is None else space.number(now),
                "moves": sum(len(space.moves(dm, s)) for dm in self.keys for s in states),
            },
            "options": [{"key": o.key, "name": o.name, "owner": next(iter(o.owners), None)} for o in conflict.options],
            "concepts": [{"key": c.key, "name": c.name, "asks": c.asks} for c in CONCEPTS],
            "counts": {"equilibria": {key: found.count for key, found in self.equilibria.items()}},
            "equilibria": {key: [space.number(s) for s in found.each()] for key, found in self.equilibria.items()},
            "common": {key: self.common(found) for key, found in self.equilibria.items()},
            "status_quo": None if now is None else self.standing(now),
            "shown": [self.shown(s) for s in states],
            "shown_of": len(states),
            "evidence": self.evidence(),
            "answer": [] if now is None else [self.sentence(f"In this model state {space.number(now)} is judged.", now)],
            "story": [{"role": "part", "sentences": [self.sentence("From there they can go on.", states[0])], "items": []}],
            "warnings": [],
            "engine": {"name": "single", "because": f"{len(states)} states", "cross_check": None},
            "detente": "0.0",
        }

    def sentence(self, text: str, state: int) -> Document:
        paths = [path for path in elements_of(self.conflict) if "prefers" in path or "ranking" in path]
        return {"text": text, "states": [self.space.number(state)], "elements": paths[:2]}

    def common(self, found: StateSet) -> Document:
        choices = [self.space.choice(s) for s in found.each()]
        alike = {letter: [o.key for k, o in enumerate(self.conflict.options) if all(c[k] == letter for c in choices)] for letter in "YN"}
        return {"count": found.count, "taken": alike["Y"], "not_taken": alike["N"]}

    def leavers(self, state: int) -> dict[str, list[str]]:
        return {key: [dm for dm, found in sets.items() if state not in found] for key, sets in self.stable.items()}

    def shown(self, state: int) -> Document:
        leavers = self.leavers(state)
        return {**self.state(state), "equilibrium_under": [key for key, who in leavers.items() if not who], "leavers": leavers}

    def standing(self, now: int) -> Document:
        leavers = self.leavers(now)
        leaves = [{"by": dm, "under": [key], "to": self.goal(key, dm, now)} for key, who in leavers.items() for dm in who]
        moves = {dm: self.space.moves(dm, now) for dm in self.keys}
        states = self.space.states.first(self.space.states.count)
        orders = self.engine.orders.values()
        none_worse = [t for t in states if not any(o.prefers(now, t) for o in orders) and any(o.prefers(t, now) for o in orders)]
        better = [t for t in none_worse if all(order.prefers(t, now) for order in orders)]
        return {
            "state": self.state(now),
            "equilibrium_under": [key for key, who in leavers.items() if not who],
            "verdicts": {key: {dm: dm not in who for dm in self.keys} for key, who in leavers.items()},
            "moves": {dm: len(found) for dm, found in moves.items()},
            "improvements": {
                dm: [self.space.number(t) for t in found if self.engine.orders[dm].prefers(t, now)] for dm, found in moves.items()
            },
            "leaves": leaves,
            "better_for_all": len(better),
            "worse_for_none": len(none_worse),
            "nearest": next((self.space.number(t) for t in better or none_worse), None),
            "better_for_all_and_equilibrium": {key: sum(t in found for t in better) for key, found in self.equilibria.items()},
            "worse_for_none_and_equilibrium": {key: sum(t in found for t in none_worse) for key, found in self.equilibria.items()},
        }

    def goal(self, key: str, dm: str, state: int) -> int | None:
        witness = self.engine.witness(next(c for c in CONCEPTS if c.key == key), dm, state)
        return self.space.number(witness.improvement) if isinstance(witness, Leaves) else None

    def evidence(self) -> Document:
        elements = [e for e in elements_of(self.conflict).values() if e.ground.kind != "given"]
        kinds = [e.ground.kind for e in elements]
        about = {f"options/{o.key}": (o.basis, next(iter(o.owners))) for o in self.conflict.options if o.basis and o.owners}
        return {
            "elements": len(elements),
            **{kind: kinds.count(kind) for kind in ("reported", "inferred", "assumed")},
            "without_basis": [e.path for e in elements if e.ground.kind == "no basis"],
            "single_source": [e.path for e in elements if e.ground.passages],
            "hostile": [
                {"element": path, "party": owner}
                for path, (basis, owner) in about.items()
                if is_hostile(basis, owner, self.conflict.evidence)
            ],
        }

    def explanation(self, state: int, dm: str, key: str) -> Document:
        stays = state in self.stable[key][dm]
        name = self.conflict.decision_maker(dm).name
        text = f"In this model {name} {'stays at' if stays else 'leaves'} state {self.space.number(state)} under {key}."
        items = [self.sentence(f"Case {i}.", state) for i in range(1, 12)]
        return {
            "state": self.state(state),
            "by": dm,
            "under": key,
            "stays": stays,
            "checked": True,
            "paragraphs": [
                {"role": "verdict", "sentences": [self.sentence(text, state)], "items": []},
                {"role": "part", "sentences": [self.sentence(f"{name} has these cases:", state)], "items": items},
            ],
        }

    def path(self, start: int, dm: str) -> Document:
        end = self.space.moves(dm, start)[0]
        ranks = self.engine.orders[dm].ranks
        step = {
            "by": dm,
            "from": self.space.number(start),
            "to": self.space.number(end),
            "rank_before": ranks[start],
            "rank_after": ranks[end],
        }
        route = {"length": 1, "count": 1, "steps": [step], "states": [self.state(start), self.state(end)], "movers": [dm]}
        paragraph = {"role": "verdict", "sentences": [self.sentence("There is a way.", end)], "items": []}
        return {"start": self.state(start), "end": self.state(end), "moves": route, "improvements": None, "paragraphs": [paragraph]}

    def diagnosis(self, state: int) -> Document:
        described = Described(self.space)
        return document_of(described, diagnosed(described, state, dict.fromkeys(self.keys, "SEQ")), None).data()

    def arguments(self) -> Mapping[str, Any]:
        now = self.space.status_quo
        start = now if now is not None else self.space.states.first(1)[0]
        mover = next((dm for dm in self.keys if self.space.moves(dm, start)), None)
        return {
            "analysis": self.analysis(),
            "diagnosis": None if now is None else self.diagnosis(now),
            "check": {"diagnostics": [{"code": "E501", "message": "a remark"}]},
            "explanations": [self.explanation(start, dm, c.key) for dm in self.keys for c in CONCEPTS],
            "paths": [] if mover is None else [self.path(start, mover)],
            "file": "conflict.yaml",
            "command": "detente report conflict.yaml",
        }


def report(conflict: Conflict) -> str:
    """The report on a conflict."""
    return html(conflict, **Documents(conflict).arguments())
