"""`compose` as a document, in words and in the terminal; what is refused; and that every command takes a composition."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import detente
from detente import io
from detente.app.composing import ComposeDocument, compose, read_whole
from detente.cli.main import main
from detente.errors import ConflictError, UsageError
from detente.model.narrowed import leave_out
from detente.preference.ranking import StateRanking
from detente.preference.weighting import OptionWeighting

NORTH = """\
detente: 1
title: The road in the north
decision makers:
  Capital:
    options: {Troops: {name: send troops}}
    prefers: [Open, not Troops]
  Clans:
    options: {Open: {name: open the road}}
    prefers: [Open if Troops, not Open]
status quo: [Troops, Open]
states: {the parade: [Troops]}
"""
SOUTH = """\
detente: 1
title: The villages in the south
decision makers:
  Capital:
    options: {Troops: {name: send troops}}
    prefers: [not Cross, not Troops]
  Herders:
    options: {Cross: {name: cross with their herds}}
    prefers: [not Cross if Troops, Cross]
status quo: [Cross]
"""
ARMY = """\
detente: 1
title: Two fronts and one army
compose:
  north: {conflict: north.yaml, name: the north, prefix: North-}
  south: {conflict: south.yaml, name: the south, prefix: South-}
common:
  Capital: {lexicographic: [south, north]}
links:
  - {infeasible: North-Troops and South-Troops, says: the army can be in one place}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"north": NORTH, "south": SOUTH, "army": ARMY}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def text(document: ComposeDocument) -> str:
    return "\n".join(sentence.text for part in document.paragraphs for sentence in (*part.sentences, *part.items))


def codes(folder: Path, old: str, new: str) -> list[str]:
    """The codes of the errors after a change of the composition."""
    assert old in ARMY
    (folder / "army.yaml").write_text(ARMY.replace(old, new), encoding="utf-8")
    with pytest.raises(ConflictError) as caught:
        read_whole(folder / "army.yaml")
    assert all(found.where is not None for found in caught.value.diagnostics)
    return [found.code for found in caught.value.diagnostics]


def test_the_document(folder: Path) -> None:
    document = compose(folder / "army.yaml")
    data = json.loads(document.json_text())
    jsonschema.validate(data, ComposeDocument.json_schema())
    assert data["schema"] == "detente.compose/1"
    assert (document.states, document.decision_makers) == (12, ("Capital", "Clans", "Herders"))
    assert document.options == ("North-Troops", "South-Troops", "North-Open", "South-Cross")
    assert document.links == ("rules/1",)
    assert document.holding is not None
    assert document.holding.states == (3, 6, 7, 11)
    north, south = document.fronts
    assert north.alone is not None
    assert south.alone is not None
    assert (north.alone.states, south.alone.states) == ((1, 4), (2, 3))
    assert north.within is not None
    assert south.within is not None
    assert (north.within.states, south.within.states) == ((1, 3, 4), (2, 3))
    assert north.dropped == ("states/the parade",)
    assert document.common[0].lexicographic == ("south", "north")
    assert document.common[0].weighted is None


def test_the_words(folder: Path) -> None:
    said = text(compose(folder / "army.yaml"))
    assert "“the north” and “the south” make one conflict of 3 decision makers, 4 options and 12 states." in said
    assert "Capital: by what happens on “the south”; where that is tied, by “the north”." in said
    assert "“the north” alone: states 1 and 4; as part of a state of the whole that holds: states 1, 3 and 4." in said
    assert "of “the north”: states/the parade." in said


def test_what_holds_is_what_analyze_says(folder: Path) -> None:
    document = compose(folder / "army.yaml", under="Nash")
    assert document.holding is not None
    assert document.holding.states == detente.analyze(folder / "army.yaml", under="Nash").equilibria["Nash"]


def test_options_of_one_name_are_told_apart_and_others_are_not_renamed(folder: Path) -> None:
    whole, _ = read_whole(folder / "army.yaml")
    assert [option.name for option in whole.conflict.options] == [
        "send troops (the north)",
        "send troops (the south)",
        "open the road",
        "cross with their herds",
    ]


def test_the_whole_is_written_as_a_conflict_file(folder: Path) -> None:
    document = compose(folder / "army.yaml", out=folder / "whole.yaml")
    assert document.written == str(folder / "whole.yaml")
    whole, _ = read_whole(folder / "army.yaml")
    assert io.read(folder / "whole.yaml").conflict == whole.conflict


def test_every_verb_takes_a_composition(folder: Path) -> None:
    file = folder / "army.yaml"
    assert detente.diagnose(file).conflict.title == "Two fronts and one army"
    assert [one.fronts for one in detente.fronts(file).sets] == [(), ("south",)]
    assert detente.check(file).conflict is not None
    alone = leave_out(read_whole(file)[0].conflict, ["south"]).conflict
    assert [option.key for option in alone.options] == ["North-Troops", "North-Open"]


def test_weights(folder: Path) -> None:
    weighted = ARMY.replace("lexicographic: [south, north]", "weighted: {south: 2, north: 1}")
    (folder / "army.yaml").write_text(weighted, encoding="utf-8")
    whole, _ = read_whole(folder / "army.yaml")
    assert isinstance(whole.conflict.decision_maker("Capital").preference, StateRanking)
    assert "by the sum of levels of the local order that lie below a local state, times 2 on “the south” and 1 on “the north”" in text(
        compose(folder / "army.yaml")
    )
    for name, local in (("north", NORTH), ("south", SOUTH)):
        of_weights = local.replace("prefers: [Open, not Troops]", "weights: {Open: 3, Troops: -1}")
        of_weights = of_weights.replace("prefers: [not Cross, not Troops]", "weights: {Cross: -3, Troops: -1}")
        (folder / f"{name}.yaml").write_text(of_weights, encoding="utf-8")
    whole, _ = read_whole(folder / "army.yaml")
    preference = whole.conflict.decision_maker("Capital").preference
    assert isinstance(preference, OptionWeighting)
    assert dict(preference.weights) == {"North-Open": 3, "North-Troops": -1, "South-Cross": -6, "South-Troops": -2}
    assert "by the sum of option weights" in text(compose(folder / "army.yaml"))


def test_an_option_that_is_the_same_on_both_fronts(folder: Path) -> None:
    (folder / "north.yaml").write_text(NORTH.replace("status quo: [Troops, Open]", "status quo: [Open]"), encoding="utf-8")
    same = ARMY.replace("links:", "same options: Troops\nlinks:").replace("North-Troops and South-Troops", "Troops and South-Cross")
    (folder / "army.yaml").write_text(same, encoding="utf-8")
    document = compose(folder / "army.yaml")
    assert document.options == ("Troops", "North-Open", "South-Cross")
    assert document.same_options == ("Troops",)
    assert "send troops: the same option on all fronts where it stands." in text(document)
    assert [front.key for front in read_whole(folder / "army.yaml")[0].conflict.fronts] == ["north", "south"]


def test_what_a_front_does_to_others_as_it_stands_is_told(folder: Path) -> None:
    lines = SOUTH.replace("prefers: [not Cross, not Troops]", "prefers: [not Troops]\n    red lines: [Cross]\n    unperceived: Cross")
    (folder / "south.yaml").write_text(lines, encoding="utf-8")
    (folder / "army.yaml").write_text(ARMY.replace("South-Troops, says", "South-Cross, says"), encoding="utf-8")
    said = text(compose(folder / "army.yaml"))
    assert "“the south” crosses a red line of Capital; while it does, none of theirs tells states of other fronts apart." in said
    assert "Capital does not perceive how “the south” stands, and makes no move on other fronts while it stands so." in said
    assert "the status quo of all fronts together can't occur: the army can be in one place." in said


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("lexicographic: [south, north]", "lexicographic: [south]", ["M173"]),
        ("lexicographic: [south, north]", "lexicographic: [south, north, west]", ["M173"]),
        ("Capital: {lexicographic: [south, north]}", "Capital: {}", ["M173"]),
        ("Capital: {lexicographic: [south, north]}", "Clans: {lexicographic: [north]}", ["M173", "M173"]),
        ("Capital: {lexicographic", "Capitol: {lexicographic", ["M105"]),
        ("prefix: South-}", "prefix: North-}", ["M104"]),
        ("prefix: South-}", "decision makers: {Capital: King}, prefix: South-}", ["M170", "M173"]),
        ("prefix: South-}", "decision makers: {Nobody: King}, prefix: South-}", ["M105"]),
        ("conflict: south.yaml", "conflict: west.yaml", ["F630"]),
        ("conflict: south.yaml", "conflict: army.yaml", ["F630"]),
        ("conflict: south.yaml, ", "", ["M104", "M115"]),
        ("North-Troops and", "Troops and", ["M104"]),
        ("infeasible: North-Troops and South-Troops", "merged: North-Troops and South-Troops", ["M172"]),
        ("links:", "same options: [South-Cross]\nlinks:", ["M174"]),
        ("links:", "movers: {weights: {Capital: 0}, basis: {assumed: a guess}}\nlinks:", ["M176"]),
        ("links:", "movers: {weights: {King: 1}, basis: {assumed: a guess}}\nlinks:", ["M105"]),
        ("links:", "movers: {weights: {Capital: 1}}\nlinks:", ["M115"]),
        ("title: Two fronts and one army\n", "", ["M115"]),
        ("title: Two fronts", "size: 3\ntitle: Two fronts", ["M113"]),
    ],
)
def test_what_is_refused(folder: Path, old: str, new: str, found: list[str]) -> None:
    assert sorted(codes(folder, old, new)) == found


def test_who_moves_how_often_is_said_of_the_whole(folder: Path) -> None:
    """Weights of a front have no place in the whole: without weights of the whole `evolve` refuses, with them it goes by these."""
    file, local = folder / "army.yaml", "movers: {weights: {Capital: 2, Clans: 1}, basis: {assumed: of the north}}\n"
    assert detente.evolve(file).readings[0].source == "equal"
    (folder / "north.yaml").write_text(NORTH + local, encoding="utf-8")
    document = compose(file)
    assert document.fronts[0].dropped == ("states/the parade", "movers")
    assert "of “the north”: states/the parade and movers." in text(document)
    with pytest.raises(UsageError) as caught:
        detente.evolve(file)
    (refused,) = caught.value.diagnostics
    assert (refused.code, refused.message) == ("U523", 'the front "north" says how often each moves there, the whole does not')
    assert "--movers equal" in (refused.help or "")
    assert detente.evolve(file, movers="equal").readings[0].source == "equal"
    with_both = local.replace("Clans: 1", "Clans: 1, Herders: 5").replace("of the north", "of the whole")
    file.write_text(ARMY + with_both, encoding="utf-8")
    document = compose(file, out=folder / "whole.yaml")
    first = detente.evolve(file).readings[0]
    assert (first.source, first.weights) == ("stated", {"Capital": "2", "Clans": "1", "Herders": "5"})
    assert detente.evolve(folder / "whole.yaml").readings[0] == first
    assert document.fronts[0].dropped == ("states/the parade", "movers")


def test_a_front_with_too_many_states_to_be_listed(folder: Path) -> None:
    small = SOUTH.replace("Capital", "Israel")
    (folder / "south.yaml").write_text(small, encoding="utf-8")
    large = ARMY.replace("north.yaml", "gaza-all-fronts").replace("Capital", "Israel")
    (folder / "army.yaml").write_text(large[: large.index("links:")], encoding="utf-8")
    document = compose(folder / "army.yaml")
    assert (document.states, document.holding) == (None, None)
    north, south = document.fronts
    assert (north.states, north.alone, south.within) == (None, None, None)
    assert south.alone is not None
    assert south.alone.states == (2, 3)
    assert "“the north”: too many states to be listed here." in text(document)


def test_a_composition_is_no_conflict_file(folder: Path) -> None:
    with pytest.raises(ConflictError) as caught:
        io.read(folder / "army.yaml")
    assert [found.code for found in caught.value.diagnostics] == ["F631"]
    with pytest.raises(UsageError):
        compose(folder / "nothing.yaml")


def test_in_the_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compose", str(folder / "army.yaml"), "-o", str(folder / "whole.yaml")]) == 0
    out = capsys.readouterr()
    assert "hold alone  hold within" in out.out
    assert "the whole                3        4      12" in out.out
    assert "wrote" in out.err
    assert main(["compose", str(folder / "army.yaml"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["states"] == 12
    assert main(["check", str(folder / "army.yaml")]) == 0
