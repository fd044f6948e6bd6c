"""What was made last is kept: made once for all who ask at the same time, and bounded."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest

from detente.app.kept import Kept


def test_what_several_want_at_once_is_made_once() -> None:
    kept, made, together = Kept[int](2), list[int](), Barrier(4)

    def make() -> int:
        made.append(1)
        time.sleep(0.05)
        return len(made)

    def want(_: int) -> int:
        together.wait()
        return kept.of("a", make)

    with ThreadPoolExecutor(4) as apart:
        assert list(apart.map(want, range(4))) == [1] * 4
    assert made == [1]


@pytest.mark.parametrize("in_turn", [False, True])
def test_what_cannot_be_made_is_tried_again(in_turn: bool) -> None:
    kept = Kept[int](2, in_turn=in_turn)

    def fail() -> int:
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):
            kept.of("b", fail)
    assert kept.of("b", lambda: 7) == 7
    assert vars(kept)["_making"] == {}


def test_so_much_is_kept_and_no_more() -> None:
    kept = Kept[str](3, len, 10)
    for word in ("aaaa", "bbbb", "cc"):
        kept.of(word, partial(str, word))
    assert kept.all() == ("aaaa", "bbbb", "cc")
    assert kept.of("aaaa", lambda: "again") == "aaaa"  # asked for last, and so the last to be forgotten
    assert kept.all() == ("bbbb", "cc", "aaaa")
    kept.of("d", lambda: "d")
    assert kept.all() == ("cc", "aaaa", "d")
    assert (kept.known("bbbb"), kept.known("cc")) == (None, "cc")
    kept.of("e" * 11, lambda: "e" * 11)
    assert kept.all() == ("e" * 11,)  # the last in any case


def test_what_is_made_in_turn_sees_what_was_made_before() -> None:
    """A table is made of the list of states of another where it is the same; two that are asked for together must not both list."""

    def seen(in_turn: bool) -> list[int]:
        kept, together, found = Kept[str](3, in_turn=in_turn), Barrier(2), list[int]()

        def make(name: str) -> str:
            found.append(len(kept.all()))
            time.sleep(0.1)
            return name

        def want(name: str) -> str:
            together.wait()
            return kept.of(name, lambda: make(name))

        with ThreadPoolExecutor(2) as apart:
            assert list(apart.map(want, "ab")) == ["a", "b"]
        return found

    assert seen(in_turn=False) == [0, 0]
    assert seen(in_turn=True) == [0, 1]


def test_who_makes_may_ask_for_more() -> None:
    kept = Kept[str](3, in_turn=True)
    assert kept.of("a", lambda: kept.of("b", lambda: "b") + "a") == "ba"
    assert kept.all() == ("b", "ba")
