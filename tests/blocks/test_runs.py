"""A run holds no more than it said, loses nothing that was finished when it is killed, and leaves nothing behind when it is not kept."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from detente.concepts.registry import concept
from detente.engines.array import ArrayEngine
from detente.engines.base import NotWithin
from detente.engines.blocks import BlocksEngine, ranks, worker
from detente.engines.blocks.layout import Layout
from detente.engines.blocks.provision import provide
from detente.engines.blocks.rows import Kept
from detente.engines.blocks.worker import Progress
from detente.errors import LimitError
from detente.model.ban import Ban
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.formula import Taken
from detente.model.preference import Statement
from detente.model.rule import Merged
from detente.preference.prioritization import OptionPrioritization
from detente.preference.ranking import StateRanking
from detente.preference.weighting import OptionWeighting
from detente.space.states import StateSpace
from detente.testing.models import random_formula
from tests.blocks.models import CONCEPTS, grouped

ROOT = Path(__file__).resolve().parents[2]
MIB = 1 << 20


def plain(options: int, seed: int = 3, statements: int = 9) -> Conflict:
    """A conflict of four decision makers in which nothing is ruled out."""
    rng = Random(seed)
    keys = [f"o{k}" for k in range(options)]
    made = tuple(Option(key, key, ("ABCD"[4 * k // options],)) for k, key in enumerate(keys))
    wants = [OptionPrioritization(tuple(Statement(random_formula(rng, keys, 1)) for _ in range(statements))) for _ in range(4)]
    return Conflict("plain", tuple(DecisionMaker(key, key, want) for key, want in zip("ABCD", wants, strict=True)), made)


def child(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A program in a process of its own."""
    command = [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=250, check=False)


MEASURED = """
    import sys
    from pathlib import Path
    import numpy
    from detente.engines.blocks import BlocksEngine, bitmap, estimate, worker
    from detente.space.states import StateSpace
    from tests.blocks.models import CONCEPTS
    from tests.blocks.test_runs import plain

    def held(what):
        line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(what))
        return int(line.split()[1]) << 10

    space, memory = StateSpace(plain(22), list_up_to=0), int(sys.argv[1]) << 20
    before = held("VmRSS")
    with BlocksEngine(space, memory=memory, folder=Path(sys.argv[2])) as engine:
        counts = [engine.members(concept, dm).count for concept in CONCEPTS for dm in sys.argv[3]]
        both = (engine.members(CONCEPTS[0], "A") & engine.members(CONCEPTS[3], "A")).count
        print(held("VmHWM") - before, engine._worker.provision.on_disk, len(list(Path(sys.argv[2]).rglob("*.bits"))), counts, both)
"""


@pytest.mark.parametrize("native", ["", "no"])
def test_memory_is_bounded(native: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four million combinations, of which a column of values alone is 8 MiB: in little memory they go to the disk, and the answers stay."""
    monkeypatch.setenv("DETENTE_NATIVE", native)
    done = {memory: child(MEASURED, memory, tmp_path, "A" if native else "ABCD") for memory in (44, 400)}
    assert all(one.returncode == 0 for one in done.values()), [one.stderr for one in done.values()]
    small, large = (one.stdout.split(maxsplit=3) for one in done.values())
    assert int(small[0]) < 44 * MIB
    assert int(large[0]) < 400 * MIB
    assert (small[1], large[1]) == ("True", "False")
    assert int(small[2]) > (0 if native else 10)
    assert small[3] == large[3]
    assert list(tmp_path.iterdir()) == []


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from detente.engines.blocks import BlocksEngine, ranks, worker
    from detente.space.states import StateSpace
    from tests.blocks.models import CONCEPTS
    from tests.blocks.test_runs import plain

    worker._OFTEN = 0.0
    def tell(at):
        if (at.concept, at.dm) == ("SMR", "B") and at.done > 1:
            os.kill(os.getpid(), signal.SIGKILL)
    engine = BlocksEngine(StateSpace(plain(16), list_up_to=0), folder=Path(sys.argv[1]), keep=True, progress=tell)
    for concept in CONCEPTS:
        for dm in "ABCD":
            engine.members(concept, dm)
"""


def test_what_was_finished_survives_a_kill(tmp_path: Path) -> None:
    conflict = plain(16)
    assert child(KILLED, tmp_path).returncode == -signal.SIGKILL
    (made,) = tmp_path.iterdir()
    finished = {path.name: path.stat().st_mtime_ns for path in made.glob("*.bits")}
    assert sorted(finished) == sorted(
        f"{key}-{place}.bits" for key, places in (("Nash", 4), ("GMR", 4), ("SMR", 1)) for place in range(1, places + 1)
    )
    assert set(json.loads((made / "manifest.json").read_text())["parts"]) == {name.removesuffix(".bits") for name in finished}

    told: list[Progress] = []
    space, listed = StateSpace(conflict, list_up_to=0), StateSpace(conflict)
    with BlocksEngine(space, folder=tmp_path, keep=True, progress=told.append) as engine:
        for known in CONCEPTS:
            for dm in space.masks:
                members = engine.members(known, dm)
                assert members.count == ArrayEngine(listed).stable(known, dm).count
    again = {path.name: path.stat().st_mtime_ns for path in made.glob("*.bits")}
    assert {name: again[name] for name in finished} == finished, "finished parts were made anew"
    assert len(again) == 20
    resumed = {path.name: path.read_bytes() for path in made.glob("*.bits")}
    with BlocksEngine(space, folder=tmp_path / "fresh", keep=True) as engine:
        for known in CONCEPTS:
            for dm in space.masks:
                engine.members(known, dm)
    (fresh,) = (tmp_path / "fresh").iterdir()
    assert {path.name: path.read_bytes() for path in fresh.glob("*.bits")} == resumed


def test_a_spoiled_part_is_made_anew(tmp_path: Path) -> None:
    space = StateSpace(plain(13), list_up_to=0)
    with BlocksEngine(space, folder=tmp_path, keep=True) as engine:
        count = engine.members(CONCEPTS[3], "A").count
    (part,) = tmp_path.rglob("*.bits")
    whole = part.read_bytes()
    part.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    with BlocksEngine(space, folder=tmp_path, keep=True) as engine:
        assert engine.members(CONCEPTS[3], "A").count == count
    assert part.read_bytes() == whole


def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_OFTEN", 0.0)
    space = StateSpace(plain(16), list_up_to=0)

    def interrupt(at: Progress) -> None:
        if at.concept == "GMR":
            raise KeyboardInterrupt

    with BlocksEngine(space, folder=tmp_path, keep=True, progress=interrupt) as engine:
        engine.members(concept("Nash"), "A")
        with pytest.raises(KeyboardInterrupt):
            engine.members(concept("GMR"), "A")
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"lock", "manifest.json", "Nash-1.bits"}
    with pytest.raises(KeyboardInterrupt), BlocksEngine(space, memory=40 * MIB, folder=tmp_path / "other", progress=interrupt) as engine:
        engine.members(concept("GMR"), "A")
    assert not (tmp_path / "other").exists() or list((tmp_path / "other").iterdir()) == []


def test_progress_is_told_with_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_OFTEN", 0.0)
    told: list[Progress] = []
    with BlocksEngine(StateSpace(plain(16), list_up_to=0), progress=told.append) as engine:
        engine.members(concept("SEQ"), "C")
    assert {(at.concept, at.dm) for at in told} == {("SEQ", "C")}
    assert all(0 < at.done <= at.of and at.rest is not None and at.rest >= 0 for at in told)


def test_the_time_is_limited_and_what_is_known_is_given() -> None:
    space = StateSpace(plain(20), list_up_to=0)
    with BlocksEngine(space, seconds=1e9) as engine:
        known = engine.members(concept("Nash"), "A")
        engine._worker.clock._until = 0.0
        with pytest.raises(NotWithin, match="were not enough for SEQ of A") as caught:
            engine.members(concept("SEQ"), "A")
    assert dict(caught.value.known) == {("Nash", "A"): known}


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    space = StateSpace(plain(12), list_up_to=0)
    with BlocksEngine(space, folder=tmp_path, keep=True) as one, BlocksEngine(space, folder=tmp_path, keep=True) as other:
        one.members(CONCEPTS[0], "A")
        with pytest.raises(LimitError) as caught:
            other.members(CONCEPTS[0], "A")
    assert caught.value.diagnostics[0].code == "S313"


def test_too_little_memory_or_disk_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    space = StateSpace(plain(22), list_up_to=0)
    with pytest.raises(LimitError) as caught:
        BlocksEngine(space, memory=8 * MIB)
    assert caught.value.diagnostics[0].code == "S311"
    with pytest.raises(LimitError) as caught:
        BlocksEngine.needs(space, CONCEPTS, memory=44 * MIB, disk=MIB, folder=tmp_path)
    assert caught.value.diagnostics[0].code == "S311"
    with pytest.raises(LimitError) as caught, BlocksEngine(space, memory=44 * MIB, disk=MIB, folder=tmp_path) as engine:
        engine.members(concept("GMR"), "A")
    assert caught.value.diagnostics[0].code == "S311"
    assert list(tmp_path.iterdir()) == []


def test_files_are_counted_together(tmp_path: Path) -> None:
    space = StateSpace(plain(16), list_up_to=0)
    with BlocksEngine(space, disk=(1 << 13) * 5 // 2, folder=tmp_path, keep=True) as engine:
        for key in ("Nash", "GMR"):
            engine.members(concept(key), "A")
        with pytest.raises(LimitError) as caught:
            engine.members(concept("GMR"), "B")
    assert caught.value.diagnostics[0].code == "S311"


def test_what_a_run_needs_is_told_beforehand() -> None:
    space = StateSpace(plain(20), list_up_to=0)
    needs = BlocksEngine.needs(space, CONCEPTS, memory=1 << 30)
    assert needs.seconds is not None
    assert 0 < needs.seconds < 600
    assert needs.disk == 0
    assert needs.memory <= provide(space, 1 << 30).working + 2 * (1 << 20) + 20 * (1 << 17)
    small = BlocksEngine.needs(StateSpace(plain(24), list_up_to=0), CONCEPTS, memory=44 * MIB)
    assert small.memory <= 44 * MIB
    assert small.disk > 2 * (1 << 24)
    kept = BlocksEngine.needs(space, CONCEPTS, memory=1 << 30, keep=True)
    assert kept.disk == 20 << 17
    assert kept.memory == needs.memory - kept.disk


def test_the_trial_scans_nothing() -> None:
    """With more statements than a rank has bits all places are scanned before the first rank; not so only to see how long that takes."""
    space = StateSpace(plain(15, statements=17))
    layout, looks = Layout(space.conflict, 1 << 10), [0, 0]
    for tried in (False, True):

        def look(at: int = int(tried)) -> None:
            looks[at] += 1

        made = ranks.Ranks(space, "A", layout, Kept(MIB), look, tried=tried)
        assert made.scans == 1
        assert made.levels <= 32765
    assert looks[0] > 0
    assert looks[1] == 0


def test_a_scan_heeds_the_time() -> None:
    space = StateSpace(plain(18, statements=17), list_up_to=0)
    with BlocksEngine(space, seconds=1e9) as engine:
        engine._worker.provision = replace(engine._worker.provision, layout=Layout(space.conflict, 1 << 10))
        engine._worker.clock._until = 0.0
        with pytest.raises(NotWithin):
            engine._worker.ranks("A")


def test_too_many_ranks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    options = tuple(Option(f"o{k}", f"o{k}", ("AB"[k > 11],)) for k in range(18))
    many = OptionWeighting(tuple((f"o{k}", 3**k) for k in range(18)))
    space = StateSpace(Conflict("many", (DecisionMaker("A", "A", many), DecisionMaker("B", "B")), options), list_up_to=0)
    with BlocksEngine(space) as engine:
        assert engine.members(concept("Nash"), "A").count == 1 << 6
    monkeypatch.setattr(ranks, "MAX_CODES", 1 << 16)
    with BlocksEngine(space) as engine, pytest.raises(LimitError) as caught:
        engine.members(concept("Nash"), "A")
    assert caught.value.diagnostics[0].code == "S312"


def test_what_it_can_not_is_refused_with_who_can() -> None:
    conflict = grouped(Random(5))
    refusal = BlocksEngine.can(StateSpace(conflict), concept("SIM"))
    assert refusal is not None
    assert "array" in refusal.reason
    a, x = DecisionMaker("A", "A"), tuple(Option(key, key, ("A",)) for key in "xy")
    merged = BlocksEngine.can(StateSpace(Conflict("merged", (a,), x, (Merged(Taken("x")),))), concept("Nash"))
    assert merged is not None
    assert "merged" in merged.reason
    banned = Conflict("banned", (a,), x, bans=(Ban("A", Taken("x"), Taken("y")),))
    assert BlocksEngine.can(StateSpace(banned, list_up_to=0), concept("Nash")) is not None
    ranked = DecisionMaker("A", "A", StateRanking(((frozenset({"x"}),),)))
    assert BlocksEngine.can(StateSpace(Conflict("ranked", (ranked,), x), list_up_to=0), concept("Nash")) is not None
    wide = Conflict("wide", (a,), tuple(Option(f"o{k}", f"o{k}", ("A",)) for k in range(34)))
    assert BlocksEngine.can(StateSpace(wide), concept("Nash")) is not None
    with pytest.raises(ValueError, match="ask `can` first"), BlocksEngine(StateSpace(conflict)) as engine:
        engine.members(concept("SIM"), "A")
