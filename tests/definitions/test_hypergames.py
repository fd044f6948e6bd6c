"""One common game from which moves are deleted is not a hypergame: small models in which the two differ, both ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.definitions import behaviour
from tests.definitions.behaviour import everybody
from tests.definitions.drafts import Draft
from tests.definitions.hypergames import Views, holds
from tests.definitions.plain import PlainModel

# A does not perceive a state; the concept; the state that holds in one of the two alone.  Found by drawing small models.
PHANTOMS = [
    (Draft((("B", "both"), ("A", "both")), (0, 2, 3), {"A": (0, 1, 0), "B": (0, 0, 1)}), 3, "SEQ", 1),
    (Draft((("A", "only_off"), ("B", "only_off")), (0, 2, 3), {"A": (0, 1, 0), "B": (0, 1, 1)}), 0, "GMR", 3),
]
MISSED = [
    (Draft((("A", "both"), ("B", "both")), (0, 2, 3), {"A": (8, 2, 18), "B": (3, 7, 3)}), 2, "SEQ", 1),
    (Draft((("A", "both"), ("B", "both")), (0, 2, 3), {"A": (8, 2, 18), "B": (3, 7, 3)}), 2, "GMR", 1),
]


def both(draft: Draft, unseen: int) -> tuple[PlainModel, Views]:
    """One game without A's moves from and to what A does not perceive; and the hypergame in which A acts in a game without it."""
    common = replace(draft, hidden={"A": (unseen,)}).build()
    as_a_sees_it = replace(draft, hidden={"A": (unseen,), "B": (unseen,)}).build()
    return common, {"A": as_a_sees_it, "B": draft.build()}


@pytest.mark.parametrize(("draft", "unseen", "concept", "state"), PHANTOMS)
def test_a_common_game_makes_phantom_equilibria(draft: Draft, unseen: int, concept: str, state: int) -> None:
    common, views = both(draft, unseen)
    profile = everybody(common, concept)
    assert behaviour.holds(common, profile, state)
    assert state not in holds(views, profile)


@pytest.mark.parametrize(("draft", "unseen", "concept", "state"), MISSED)
def test_a_common_game_misses_equilibria(draft: Draft, unseen: int, concept: str, state: int) -> None:
    common, views = both(draft, unseen)
    profile = everybody(common, concept)
    assert not behaviour.holds(common, profile, state)
    assert state in holds(views, profile)


def test_a_view_that_equals_the_conflict_changes_nothing() -> None:
    for draft, _, concept, _ in PHANTOMS:
        model = draft.build()
        profile = everybody(model, concept)
        assert holds(dict.fromkeys(profile, model), profile) == {s for s in model.numbers if behaviour.holds(model, profile, s)}
