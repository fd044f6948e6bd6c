"""Which engine answers where states are not listed: what it says beforehand, trials, races, limits, and what remains open."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from detente.concepts.base import SolutionConcept
from detente.concepts.registry import concept
from detente.engines import large
from detente.engines.base import Needs, NotWithin, Refusal
from detente.engines.large import LargeAnswer, Limits, answer, large_engines
from detente.engines.single import SingleEngine
from detente.engines.work import NotKnown, rated
from detente.errors import Cannot, LimitError, UsageError
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.preference.weighting import OptionWeighting
from detente.space.sets import StateSet
from detente.space.states import StateSpace

NASH, GMR, SEQ, SIM = (concept(key) for key in ("Nash", "GMR", "SEQ", "SIM"))
PARTIES = tuple(DecisionMaker(who, who, OptionWeighting((("x", one), ("y", other)))) for who, one, other in (("A", 1, -2), ("B", -2, 1)))
CONFLICT = Conflict("two", PARTIES, (Option("x", "x", ("A",)), Option("y", "y", ("B",))))
SPACE = StateSpace(CONFLICT, list_up_to=0)


@dataclass
class Kind:
    """How an engine of a test behaves, and what became of it."""

    name: str
    seconds: float | None = None
    refuses: tuple[str, ...] = ()
    pauses: dict[str, float] = field(default_factory=dict)
    fails: dict[str, Exception] = field(default_factory=dict)
    needs: Callable[[], Needs] | None = None
    made: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    closed: int = 0
    is_here: bool = False
    """Whether it works in this process, and looks at its progress while it does."""

    def engine(self) -> type[Any]:
        """A class of engines of this kind."""
        kind = self

        class Made:
            name = kind.name

            def __init__(self, space: StateSpace, **limits: Any) -> None:
                self.progress = limits.pop("progress")
                kind.made.append(limits)
                self.gone = threading.Event()
                self.listed = StateSpace(space.conflict)

            @classmethod
            def can(cls, space: StateSpace, concept: SolutionConcept) -> Refusal | None:
                return Refusal(f"has no form of {concept.key}") if concept.key in kind.refuses else None

            @classmethod
            def needs(cls, space: StateSpace, concepts: Sequence[SolutionConcept]) -> Needs:
                return Needs(kind.seconds, 1 << 20) if kind.needs is None else kind.needs()

            def states(self) -> StateSet:
                return self.listed.states

            def members(self, concept: SolutionConcept, dm: str) -> StateSet:
                kind.asked.append(concept.key)
                until = time.monotonic() + kind.pauses.get(concept.key, 0.0)
                while time.monotonic() < until:
                    if kind.is_here:
                        self.progress("at work")
                    if self.gone.wait(0.01):
                        raise Cannot.of("S302", "it was ended")
                if concept.key in kind.fails:
                    raise kind.fails[concept.key]
                return SingleEngine(self.listed).stable(concept, dm)

            def close(self) -> None:
                kind.closed += not self.gone.is_set()
                self.gone.set()

        return Made


def among(monkeypatch: pytest.MonkeyPatch, *kinds: Kind) -> None:
    """Let these be all the engines that there are."""
    found = {kind.name: kind.engine() for kind in kinds}
    monkeypatch.setattr(large, "large_engines", lambda: found)


def check(found: LargeAnswer, *keys: str) -> None:
    """Everything asked is known and right."""
    listed = StateSpace(CONFLICT)
    assert list(found.stable) == list(keys)
    for key in keys:
        for dm, states in found.stable[key].items():
            assert not isinstance(states, NotKnown), (key, dm, states)
            assert tuple(states.each()) == tuple(SingleEngine(listed).stable(concept(key), dm).each())


def test_one_engine_answers_and_says_beforehand_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    only, notes = Kind("only", seconds=12.0), list[str]()
    among(monkeypatch, only)
    with answer(SPACE, [SEQ, NASH], note=notes.append, limits=Limits(5, 1 << 28)) as found:
        check(found, "SEQ", "Nash")
        assert found.states is not None
        assert found.states.count == 4
        assert only.closed == 0
    assert only.closed == 1
    assert notes == ["2 options; engine only: about 12 s, ended after 5.0 s, at most 1.0 MiB of memory"]
    assert only.asked == ["Nash", "Nash", "SEQ", "SEQ"]  # the cheaper concept first
    assert found.because == "2 options are too many to list all states"
    assert found.engines == {"Nash": "only", "SEQ": "only"}
    assert only.made[0]["memory"] == 1 << 28
    assert 4 < only.made[0]["seconds"] <= 5


def test_of_two_that_tell_their_time_the_shorter_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    slow, quick = Kind("slow", seconds=100.0), Kind("quick", seconds=3.0)
    among(monkeypatch, slow, quick)
    with answer(SPACE, [NASH]) as found:
        check(found, "Nash")
    assert (quick.asked, slow.asked) == (["Nash", "Nash"], [])
    assert found.because == "it expected to be done in 3.0 s"
    assert quick.made == [{"seconds": None}]


def test_a_trial_that_is_done_in_time_leaves_the_other_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    symbolic, blocks = Kind("symbolic"), Kind("blocks", seconds=50.0)
    among(monkeypatch, blocks, symbolic)
    with answer(SPACE, [NASH, SEQ]) as found:
        check(found, "Nash", "SEQ")
    assert blocks.made == []
    assert list(found.needs) == ["symbolic"]
    assert found.because == "it was done within a trial of 5.0 s"
    assert symbolic.made[0]["seconds"] == pytest.approx(large.SECONDS, abs=1)


def test_in_a_race_the_second_may_win_and_the_first_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    symbolic, blocks = Kind("symbolic", pauses={"SEQ": 60.0}), Kind("blocks", seconds=2.0)
    among(monkeypatch, blocks, symbolic)
    monkeypatch.setattr(large, "TRIAL", 0.2)
    with answer(SPACE, [SEQ, NASH]) as found:
        check(found, "SEQ", "Nash")
    assert (symbolic.closed, blocks.closed) == (1, 1)
    assert found.engines == {"Nash": "symbolic", "SEQ": "blocks"}
    assert blocks.asked == ["SEQ", "SEQ"]
    assert found.because == "symbolic answered what it could in the meantime, and blocks was done first with SEQ"


def test_in_a_race_the_first_may_win_and_the_second_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    symbolic, blocks = Kind("symbolic", pauses={"SEQ": 0.4}), Kind("blocks", seconds=2.0, pauses={"SEQ": 60.0}, is_here=True)
    among(monkeypatch, blocks, symbolic)
    monkeypatch.setattr(large, "TRIAL", 0.1)
    with answer(SPACE, [SEQ]) as found:
        check(found, "SEQ")
        assert (symbolic.closed, blocks.closed) == (0, 1)
    assert found.because == "it was done first, in a race with blocks"


def test_what_a_limit_ends_in_a_trial_is_asked_of_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    symbolic = Kind("symbolic", fails={"SEQ": NotWithin.because("4 GiB of memory were not enough")})
    blocks = Kind("blocks", seconds=2.0)
    among(monkeypatch, blocks, symbolic)
    with answer(SPACE, [NASH, SEQ]) as found:
        check(found, "Nash", "SEQ")
    assert found.engines == {"Nash": "symbolic", "SEQ": "blocks"}


def test_no_engine_is_raced_that_would_take_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    symbolic, blocks, notes = Kind("symbolic", pauses={"Nash": 0.3}), Kind("blocks", seconds=1e6), list[str]()
    among(monkeypatch, blocks, symbolic)
    monkeypatch.setattr(large, "TRIAL", 0.1)
    with answer(SPACE, [NASH], note=notes.append) as found:
        check(found, "Nash")
    assert blocks.made == []
    assert found.because == "blocks would take too long"
    assert "about 277.8 h" in notes[-1]


def test_an_engine_that_has_too_little_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_little() -> Needs:
        raise LimitError.of("S311", "it needs 9 GiB of memory, and may take 4")

    symbolic, blocks, notes = Kind("symbolic", pauses={"Nash": 0.3}), Kind("blocks", needs=too_little), list[str]()
    among(monkeypatch, blocks, symbolic)
    monkeypatch.setattr(large, "TRIAL", 0.1)
    with answer(SPACE, [NASH], note=notes.append) as found:
        check(found, "Nash")
    assert notes[-1] == "2 options; engine blocks: it needs 9 GiB of memory, and may take 4"


def test_an_engine_that_can_not_tell_in_time_what_it_needs_is_not_raced(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow() -> Needs:
        time.sleep(30)
        return Needs(1.0, 1)

    symbolic, blocks, notes = Kind("symbolic", pauses={"Nash": 0.5}), Kind("blocks", needs=slow), list[str]()
    among(monkeypatch, blocks, symbolic)
    monkeypatch.setattr(large, "TRIAL", 0.1)
    monkeypatch.setattr(large, "ESTIMATE", 0.1)
    with answer(SPACE, [NASH], note=notes.append) as found:
        check(found, "Nash")
    assert notes[-1] == "2 options; engine blocks: can not tell within 0.1 s what it needs"
    assert found.because == "blocks would take too long"


def test_what_is_open_at_the_end_is_not_known_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    only = Kind("only", refuses=("SIM",), fails={"GMR": NotWithin.because("5 seconds were not enough for GMR")})
    among(monkeypatch, only)
    with answer(SPACE, [NASH, GMR, SEQ, SIM], limits=Limits(5)) as found:
        check(LargeAnswer({"Nash": found.stable["Nash"]}), "Nash")
    why = NotKnown("5 seconds were not enough for GMR", limit=True)
    assert found.stable["GMR"] == found.stable["SEQ"] == {"A": why, "B": why}
    why = NotKnown("no engine works that out for all states of a conflict with more than 26 options; single states can be asked about")
    assert found.stable["SIM"] == dict.fromkeys("AB", why)
    assert not any(one.limit for one in found.stable["SIM"].values() if isinstance(one, NotKnown))
    assert found.engines == {"Nash": "only"}


def test_what_was_known_before_a_limit_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    done = StateSpace(CONFLICT).set_of(0, 3)
    only = Kind("only", fails={"GMR": NotWithin.because("5 seconds were not enough", {("GMR", "A"): done})})
    among(monkeypatch, only)
    with answer(SPACE, [GMR]) as found:
        assert found.stable["GMR"]["A"] == done
        assert isinstance(found.stable["GMR"]["B"], NotKnown)


def test_an_engine_may_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    symbolic, blocks = Kind("symbolic", refuses=("SIM",)), Kind("blocks", seconds=99.0)
    among(monkeypatch, blocks, symbolic)
    with answer(SPACE, [NASH], forced="blocks") as found:
        check(found, "Nash")
    assert (symbolic.made, found.because) == ([], "it was asked for")
    with pytest.raises(UsageError) as wrong:
        answer(SPACE, [NASH], forced="block")
    assert 'did you mean "blocks"?' in str(wrong.value.diagnostics[0].help)
    with pytest.raises(Cannot, match="symbolic has no form of SIM"):
        answer(SPACE, [SIM], forced="symbolic")


def test_no_engine_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    among(monkeypatch, Kind("only", refuses=("Nash",)))
    with answer(SPACE, [NASH]) as found:
        assert found.stable["Nash"]["A"] == NotKnown("only has no form of Nash")


def test_an_error_of_an_engine_ends_the_others_and_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    symbolic, blocks = Kind("symbolic", pauses={"Nash": 60.0}), Kind("blocks", seconds=2.0, fails={"Nash": RuntimeError("broken")})
    among(monkeypatch, blocks, symbolic)
    monkeypatch.setattr(large, "TRIAL", 0.1)
    with pytest.raises(RuntimeError, match="broken"):
        answer(SPACE, [NASH])
    assert (symbolic.closed, blocks.closed) == (1, 1)
    among(monkeypatch, blocks, Kind("symbolic", fails={"Nash": RuntimeError("also broken")}))
    with pytest.raises(RuntimeError, match="also broken"):
        answer(SPACE, [NASH])


def test_an_interruption_ends_the_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(KeyboardInterrupt):
        """Stands for Ctrl-C."""

    def interrupt(_: str) -> None:
        raise Interrupted

    only = Kind("only", seconds=3.0)
    among(monkeypatch, only)
    with pytest.raises(Interrupted):
        answer(SPACE, [NASH], progress=interrupt)
    assert only.closed == 1


def test_progress_in_words() -> None:
    assert rated("at work") == "at work"
    at = SimpleNamespace(concept="SEQ", dm="A", done=30, of=120, seconds=15.0, rest=45.0)
    assert rated(at) == "SEQ for A, 30 of 120, 2.0 a second, about 45 s left"
    assert rated(SimpleNamespace(concept="SEQ", dm="", done=1, of=4, seconds=0, rest=None)) == "SEQ, 1 of 4"


def test_the_engines_for_large_spaces_are_found() -> None:
    assert "single" not in large_engines()
    assert {"blocks"} <= set(large_engines())


def test_what_goes_through_all_states_and_did_not_get_through_is_not_asked_to_count_them(monkeypatch: pytest.MonkeyPatch) -> None:
    late = NotWithin.because("5 seconds were not enough")
    for seconds, known in ((9000.0, False), (None, True)):
        among(monkeypatch, Kind("only", seconds=seconds, fails={"Nash": late}))
        with answer(SPACE, [NASH], limits=Limits(5, 1 << 10)) as found:
            assert (found.states is not None) == known
            assert found.needs["only"].memory == 1 << 10
