"""Cited passages are found again, or it is said why not; no file is opened that should not be."""

from __future__ import annotations

import hashlib
import os
import random
import time
from pathlib import Path

import pytest

from detente.codes import page
from detente.errors import Severity
from detente.io import refind as module
from detente.io.quotations import Text, compared, places, plain
from detente.io.refind import MAX_SOURCE, Refound, Result, refind
from detente.model.conflict import Conflict, DecisionMaker, Option
from detente.model.evidence import Basis, BasisKind, Citation, Evidence, Source

TEXT = """Talks resumed on Monday\tin  the capital.

“We will not yield”, the minister’s office said — twice; the union's view differs.
\u200b
Rain fell; it rained again.
The offer — 3.5\u00a0% — has not changed…
"""


def conflict_of(*citations: Citation, file: str | None = "report.txt", sha256: str | None = None) -> Conflict:
    basis = Basis(BasisKind.REPORTED, citations)
    evidence = Evidence((Source("report", "Report", file=file, sha256=sha256), Source("letter", "Letter")))
    return Conflict("t", (DecisionMaker("A", "A", basis=basis),), (Option("x", "x", ("A",)),), evidence=evidence)


def cite(at: str, quote: str | None = None) -> Citation:
    return Citation("report", at, quote=quote)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    here = tmp_path / "case"
    here.mkdir()
    (here / "report.txt").write_text(TEXT, encoding="utf-8")
    return here


def codes(refound: Refound) -> list[str]:
    return [d.code for d in refound.diagnostics]


@pytest.mark.parametrize(
    ("citation", "result", "detail"),
    [
        (cite("¶1"), "found", "the text has ¶1"),
        (cite("¶ 1 - 3"), "found", "the text has ¶1 to ¶3"),
        (cite("¶¶2–3"), "found", "the text has ¶2 to ¶3"),
        (cite("paragraph 2"), "found", "the text has ¶2"),
        (cite("¶5"), "found", "the text has ¶5"),
        (cite("¶6"), "absent", "the text has 5 paragraphs, and no ¶6"),
        (cite("¶4-9999999"), "absent", "the text has 5 paragraphs, and no ¶6 to ¶9999999"),
        (cite("¶0"), "absent", "the text has 5 paragraphs, and no ¶0"),
        (cite("p. 12"), "unchecked", "its place can't be found in a text; only paragraphs (¶) are counted"),
        (cite("¶3-2"), "unchecked", "its place can't be found in a text; only paragraphs (¶) are counted"),
        (cite("¶1", "resumed on Monday in the capital"), "found", "the quotation stands in ¶1"),
        (cite("¶2", '"We will not yield", the minister\'s office said - twice'), "found", "the quotation stands in ¶2"),
        (cite("¶2", "minister’s office said—twice"), "found", "the quotation stands in ¶2"),
        (cite("¶5", "offer – 3.5 % – has not changed..."), "found", "the quotation stands in ¶5"),
        (cite("¶4", "rained"), "found", "the quotation stands in ¶4"),
        (cite("¶4", "rain"), "absent", "the quotation is not in the text"),
        (cite("¶4", "Rain fell; it rained again. The offer"), "elsewhere", "the quotation does not stand in ¶4, but in ¶4 to ¶5"),
        (cite("¶4-5", "Rain fell; it rained again. The offer"), "found", "the quotation stands in ¶4 to ¶5"),
        (cite("¶2", "talks resumed"), "absent", "the quotation is not in the text"),
        (cite("¶2", "Talks resumed"), "elsewhere", "the quotation does not stand in ¶2, but in ¶1"),
        (cite("p. 1", "Talks resumed"), "found", "the quotation stands in ¶1; whether that is p. 1 can't be seen in the text"),
        (cite("p. 1", "nowhere"), "absent", "the quotation is not in the text"),
        (cite("¶1", " “” "), "found", "the text has ¶1"),
        (Citation("letter", "¶1"), "unchecked", "no text of the source is at hand"),
    ],
)  # fmt: skip
def test_passages(folder: Path, citation: Citation, result: str, detail: str) -> None:
    refound = refind(conflict_of(citation), folder)
    passage = refound.passages[0]
    assert (passage.result.value, passage.detail) == (result, detail)
    assert (passage.element, passage.citation) == ("decision makers/A", citation)
    expected = {"absent": ["E524"], "elsewhere": ["E525"], "unchecked": [] if citation.source == "letter" else ["E526"]}
    assert codes(refound) == expected.get(result, [])
    assert all(page(d.code) and d.help for d in refound.diagnostics)


def test_a_line_of_marks_that_cannot_be_seen_is_a_paragraph() -> None:
    """What is a paragraph must not depend on what is compared: the third line above holds a space of no width."""
    assert Text(TEXT).count == 5


def test_severities(folder: Path) -> None:
    refound = refind(conflict_of(cite("¶9"), cite("p. 1"), cite("p. 2"), cite("¶1", "We will not yield")), folder)
    assert [(d.code, d.severity) for d in refound.diagnostics] == [
        ("E524", Severity.WARNING),
        ("E525", Severity.WARNING),
        ("E526", Severity.NOTE),
    ]
    assert refound.diagnostics[2].message == "these places can't be found in a text: report p. 1 and report p. 2"


def test_the_hash(folder: Path) -> None:
    right = hashlib.sha256((folder / "report.txt").read_bytes()).hexdigest()
    assert codes(refind(conflict_of(cite("¶1"), sha256=right.upper()), folder)) == []
    changed = refind(conflict_of(cite("¶1"), sha256="0" * 64), folder)
    assert codes(changed) == ["E523"]
    assert changed.diagnostics[0].element == "sources/report"
    assert changed.passages[0].result is Result.FOUND


def test_no_folder_opens_no_file(folder: Path) -> None:
    refound = refind(conflict_of(cite("¶1")))
    assert [p.result for p in refound.passages] == [Result.UNCHECKED]
    assert codes(refound) == []


def test_another_folder_may_hold_the_file(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert codes(refind(conflict_of(cite("¶1")), empty)) == ["E520"]
    assert codes(refind(conflict_of(cite("¶1")), tmp_path / "none")) == ["E520"]
    assert refind(conflict_of(cite("¶1")), empty, folder).passages[0].result is Result.FOUND


@pytest.mark.parametrize(
    "name", ["../secret.txt", "sub/../../secret.txt", "/etc/hostname", "C:\\secret.txt", "\\\\host\\secret", "a\0b", "", "  ", ".."]
)
def test_paths_that_are_not_followed(folder: Path, name: str) -> None:
    (folder.parent / "secret.txt").write_text("¶1 secret", encoding="utf-8")
    refound = refind(conflict_of(cite("¶1", "secret"), file=name), folder)
    assert codes(refound) == ["E521"]
    assert refound.passages[0].result is Result.UNCHECKED
    assert "\0" not in refound.diagnostics[0].message


def test_links_that_lead_out_are_not_followed(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "inside.txt").symlink_to(folder / "report.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    assert codes(refind(conflict_of(cite("¶1"), file="link.txt"), folder)) == ["E521"]
    assert codes(refind(conflict_of(cite("¶1"), file="inside.txt"), folder)) == []
    assert codes(refind(conflict_of(cite("¶1"), file="loop.txt"), folder)) == ["E520"]
    assert codes(refind(conflict_of(cite("¶1"), file="sub/../report.txt"), folder)) == []


def test_what_is_no_file_is_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "folder.txt").mkdir()
    for name in ("pipe", "folder.txt", "x" * 5000):
        assert codes(refind(conflict_of(cite("¶1"), file=name), folder)) == ["E520"]


def test_a_file_that_cannot_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    refound = refind(conflict_of(cite("¶1")), folder)
    assert [d.message for d in refound.diagnostics] == ['the file of the source "report" can\'t be read: permission denied']


def test_files_that_are_no_texts(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF-1.7\n\xff\xfe\x80")
    (folder / "long.txt").write_bytes(b"a" * (MAX_SOURCE + 1))
    assert codes(refind(conflict_of(cite("¶1"), file="a.pdf", sha256="0"), folder)) == ["E523", "E522"]
    assert codes(refind(conflict_of(cite("¶1"), file="long.txt"), folder)) == ["E522"]
    (folder / "mark.txt").write_bytes(b"\xef\xbb\xbfTalks resumed\r\n\r\nagain\rand again")
    assert refind(conflict_of(cite("¶3", "and again"), file="mark.txt"), folder).passages[0].result is Result.FOUND


def test_all_sources_together_are_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ALL", len(TEXT.encode()) + 10)
    (folder / "two.txt").write_text(TEXT, encoding="utf-8")
    sources = (Source("report", "R", file="report.txt"), Source("letter", "L", file="two.txt"))
    basis = Basis(BasisKind.REPORTED, (cite("¶1"), Citation("letter", "¶1")))
    conflict = Conflict("t", (DecisionMaker("A", "A", basis=basis),), (Option("x", "x", ("A",)),), evidence=Evidence(sources))
    refound = refind(conflict, folder)
    assert [p.result for p in refound.passages] == [Result.FOUND, Result.UNCHECKED]
    assert codes(refound) == ["E522"]


def test_looking_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LOOKED", 2 * Text(TEXT).length)
    refound = refind(conflict_of(*(cite("¶1", quote) for quote in ("Talks", "resumed", "resumed", "on Monday"))), folder)
    assert [p.result.value for p in refound.passages] == ["found", "found", "found", "unchecked"]
    assert codes(refound) == ["E527"]


def test_many_citations_of_a_long_text_take_bounded_time(folder: Path) -> None:
    (folder / "report.txt").write_bytes(b"a b\n" * 500_000)
    began = time.process_time()
    refound = refind(conflict_of(*(cite(f"¶{i}", f"a b a b {i}") for i in range(1, 3000))), folder)
    assert time.process_time() - began < 40
    assert len(refound.passages) == 2999


@pytest.mark.parametrize("seed", range(5))
def test_any_stretch_of_whole_words_is_found_where_it_stands(seed: int) -> None:
    draw = random.Random(seed)
    words = [
        [
            draw.choice(["peace", "war", "aid", "‘talks’", "“deal”", "—", "now", "3.5", "Genève", "和平", "-"])
            for _ in range(draw.randint(1, 12))
        ]
        for _ in range(20)
    ]
    text = Text("\n\n".join("  ".join(line) for line in words))
    assert text.count == 20
    for _ in range(200):
        line = draw.randrange(20)
        a, b = sorted(draw.choices(range(len(words[line]) + 1), k=2))
        quote = " ".join(words[line][a:b])
        if compared(quote).strip("-"):
            assert text.find(quote, range(line + 1, line + 2)) == range(line + 1, line + 2)
            assert text.find(quote.replace("“", '"').replace("—", "–")) is not None


def test_other_scripts_may_be_quoted_from_within() -> None:
    assert Text("双方同意停火").find("同意") == range(1, 2)
    assert Text("GDPは伸びた").find("GDP") == range(1, 2)
    assert Text("reportage").find("report") is None


@pytest.mark.parametrize(
    ("at", "expected"),
    [("¶3", range(3, 4)), ("Par. 3 to 5", range(3, 6)), ("3", None), ("¶", None), ("¶x", None), ("¶3, ¶5", None), ("partly 3", None)],
)
def test_places(at: str, expected: range | None) -> None:
    assert places(at) == expected


def test_plain_is_its_own_plain() -> None:
    for text in (TEXT, "a — ' “ b", "–—-", "''\"", "é e\u0301"):
        assert plain(plain(text)) == plain(text)
