"""The manual says what the program does: its pages are run, its links lead somewhere, nothing that needs a page lacks one."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import docs_blocks
import pytest
from docs import anchor, headings
from docs_blocks import PageError, replayed
from docs_generated import command_names, exported_classes
from markdown_it import MarkdownIt

from detente.analysis.deadlock.base import DeadlockType
from detente.analysis.deadlock.registry import all_types
from detente.concepts.base import SolutionConcept
from detente.concepts.registry import all_concepts
from detente.model.preference import Preference

ROOT = docs_blocks.ROOT
MANUAL = docs_blocks.MANUAL
SOURCE = ROOT / "src/detente"
PAGES = docs_blocks.pages()
CONCEPT_HEADINGS = ["Definition", "Reading a verdict", "A published case", "What follows from it", "When not to trust it", "Source"]
DEADLOCK_HEADINGS = ["Formal test", "A worked case", "How to read it", "When not to trust it", "Source"]
FIELD_WORDS = """
    conflict, decision maker, option, state, status quo, move, unilateral improvement, preference, option prioritization,
    solution concept, stability, equilibrium, coalition, sanction, infeasible, irreversible
"""


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_shows_what_the_program_prints(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    now = replayed(text, tmp_path)
    changed = "\n".join(difflib.unified_diff(text.splitlines(), now.splitlines(), "the page", "the program", lineterm=""))
    assert not changed, f"{name_of(page)}: look at the difference, then run scripts/docs --update {name_of(page)}\n{changed}"


def links(text: str) -> list[str]:
    return [
        str(child.attrGet("href" if child.type == "link_open" else "src"))
        for token in MarkdownIt("commonmark").enable("table").parse(text)
        for child in token.children or []
        if child.type in ("link_open", "image")
    ]


def targets(page: Path) -> list[tuple[str, Path, str]]:
    """The links of a page that stay in the repository: as written, the file, the heading."""
    found = []
    for link in links(page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", link):
            path, _, fragment = link.partition("#")
            found.append((link, (page.parent / path).resolve() if path else page, fragment))
    return found


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere_in_the_repository(page: Path) -> None:
    for link, target, fragment in targets(page):
        assert target.exists(), link
        assert not fragment or fragment in headings(target.read_text(encoding="utf-8")), link


def test_every_page_is_reached_from_the_first() -> None:
    found, waiting = set(), [MANUAL / "index.md"]
    while waiting:
        page = waiting.pop()
        if page not in found:
            found.add(page)
            waiting += [target for _, target, _ in targets(page) if target.suffix == ".md" and target.is_relative_to(MANUAL)]
    assert sorted(found) == sorted(MANUAL.rglob("*.md"))


@pytest.mark.parametrize("concept", all_concepts(), ids=lambda concept: concept.key)
def test_every_concept_has_its_page(concept: SolutionConcept) -> None:
    text = (MANUAL / f"reference/concepts/{concept.key.lower()}.md").read_text(encoding="utf-8")
    assert concept.name in text.splitlines()[0]
    assert concept.asks[1:] in " ".join(text.split())
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == CONCEPT_HEADINGS
    assert f"<!-- generated: concept {concept.key} -->" in text
    assert re.search(rf"^\$ detente explain \S+ .*--under {concept.key}$", text, re.MULTILINE)


@pytest.mark.parametrize("found", all_types(), ids=lambda found: found.key)
def test_every_type_of_deadlock_has_its_page(found: DeadlockType) -> None:
    text = (MANUAL / f"reference/deadlocks/{found.key.lower()}.md").read_text(encoding="utf-8")
    assert text.splitlines()[0] == f"# {found.key}: {found.name}"
    assert found.asks[1:] in " ".join(text.split())
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == DEADLOCK_HEADINGS
    assert f"<!-- generated: deadlock {found.key} -->" in text
    assert re.search(r"^\$ detente diagnose \S+", text, re.MULTILINE)


def test_every_kind_of_preference_has_its_page() -> None:
    titles = {page.read_text(encoding="utf-8").splitlines()[0].replace("`", "") for page in (MANUAL / "reference/preferences").glob("*.md")}
    kinds = {kind.kind for kind in Preference.__subclasses__() if kind.__module__.startswith("detente.")}
    assert {"prefers", "weights", "ranking", "prefers, then ranking"} <= kinds
    for kind in kinds:
        assert any(title.endswith(f": {kind}") for title in titles), kind


def used_codes() -> set[str]:
    """Every code that a file of the program mentions between quotation marks."""
    return {code for file in SOURCE.rglob("*.py") for code in re.findall(r'"([A-Z]\d{3})"', file.read_text(encoding="utf-8"))}


def test_every_code_has_its_page() -> None:
    pages = {page.stem: page.read_text(encoding="utf-8") for page in (SOURCE / "codes").glob("*.md")}
    assert used_codes() - pages.keys() == set()
    for code, text in pages.items():
        assert code in text.splitlines()[0]
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["What", "Why", "Example", "Fix"], code


def test_every_command_is_in_the_reference() -> None:
    text = (MANUAL / "reference/commands.md").read_text(encoding="utf-8")
    assert re.findall(r"^## detente (.+)$", text, re.MULTILINE) == list(command_names())


def test_the_glossary_has_every_noun_in_order() -> None:
    text = (MANUAL / "reference/glossary.md").read_text(encoding="utf-8")
    words = re.findall(r"^\*\*(.+?)\.\*\* \S", text, re.MULTILINE)
    assert words == sorted(words, key=str.lower)
    assert {" ".join(word.split()) for word in FIELD_WORDS.split(",")} <= set(words)
    assert {concept.key for concept in all_concepts()} <= set(words)
    nouns = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    assert nouns == set(exported_classes())
    assert len(nouns) > 10


class TestThePageRunner:
    """What makes a page fail, seen to fail."""

    def test_output_that_has_changed(self, tmp_path: Path) -> None:
        page = "```console\n$ echo new; echo more >&2\nold\n```\n"
        assert replayed(page, tmp_path) == "```console\n$ echo new; echo more >&2\nnew\nmore\n```\n"

    def test_other_times_are_no_change(self, tmp_path: Path) -> None:
        page = "```console\n$ echo engine array, 0.02 s\nengine array, 1.7 s\n\n$ echo b\nb\n```\n"
        assert replayed(page, tmp_path) == page

    def test_a_status_is_kept_for_the_next_command(self, tmp_path: Path) -> None:
        page = "```console\n$ (exit 3)\n$ echo $?\n3\n```\n"
        assert replayed(page, tmp_path) == page

    def test_a_traceback_is_never_output(self, tmp_path: Path) -> None:
        with pytest.raises(PageError, match="Traceback"):
            replayed("```console\n$ python -c 'import nothing'\n```\n", tmp_path)

    def test_answers_of_python(self, tmp_path: Path) -> None:
        page = "```python\n>>> x = 2\n>>> x + 1\n4\n>>> print('a')\na\n```\n\nText.\n\n```python\n>>> x\n5\n```\n"
        assert replayed(page, tmp_path) == page.replace("4", "3").replace("5", "2")

    def test_python_that_fails(self, tmp_path: Path) -> None:
        for block in ("1 / 0\n", ">>> 1 / 0\n"):
            with pytest.raises((PageError, ZeroDivisionError)):
                replayed(f"```python\n{block}```\n", tmp_path)

    def test_files_are_written_for_the_commands_of_the_page(self, tmp_path: Path) -> None:
        page = "<!-- file: a.txt -->\n```text\nhello\n```\n\n```console\n$ cat a.txt\nhello\n```\n"
        assert replayed(page, tmp_path) == page

    @pytest.mark.parametrize("page", ["<!-- generated: nothing -->\n<!-- end -->\n", "```console\n$ echo\n", "```console\nhello\n```\n"])
    def test_a_page_that_makes_no_sense(self, tmp_path: Path, page: str) -> None:
        with pytest.raises(PageError):
            replayed(page, tmp_path)

    def test_anchors_are_those_of_the_usual_viewers(self) -> None:
        assert anchor("What a `.gmcr` file can't hold") == "what-a-gmcr-file-cant-hold"
