"""The report as a page: sound HTML that needs nothing besides itself, readable by everybody, whatever the names in it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from detente.model.conflict import Conflict, NamedState, Option, in_owner_order
from detente.model.formula import And, Taken
from detente.model.preference import Statement
from detente.model.rule import AtLeastOne, AtMostOne, ExactlyOne, Infeasible, OnlyIf
from detente.preference.mixture import StatementsThenRanking
from detente.preference.weighting import OptionWeighting
from detente.report import html
from detente.report.plain import visible
from tests.report.conflicts import elmira, four_parties, prisoners
from tests.report.documents import Documents, report
from tests.report.page import Node, read

CONFLICTS = {"elmira": elmira, "prisoners": prisoners, "four parties": four_parties}
RTL, LONG = "\u202e", "Wolfeschlegelsteinhausenbergerdorff" * 5
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "</style><style>*{display:none}",
    "]]>&lt;&#60;svg/onload=alert(1)&gt;",
    f"ab{RTL}dc",
    "שלום عليكم 統計局 🕊",
    LONG,
]


@pytest.fixture(scope="module", params=CONFLICTS)
def page(request: pytest.FixtureRequest) -> Node:
    return read(report(CONFLICTS[request.param]()))


def test_identifiers_are_unique_and_links_lead_somewhere(page: Node) -> None:
    ids = [node.attributes["id"] for node in page.all() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    goals = [node.attributes["href"] for node in page.all("a")]
    assert goals
    for goal in goals:
        assert goal.startswith("#")
        assert goal[1:] in ids, goal
    for node in page.all():
        for name in ("aria-labelledby", "aria-describedby"):
            for wanted in node.attributes.get(name, "").split():
                assert wanted in ids, wanted


def test_nothing_is_loaded(page: Node) -> None:
    assert not page.all(
        "script", "link", "img", "iframe", "object", "embed", "base", "form", "audio", "video", "image", "use", "foreignobject"
    )
    for node in page.all():
        assert not {"src", "srcset", "action", "background", "xlink:href", "data", "poster"} & node.attributes.keys()
        assert not [name for name in node.attributes if name.startswith("on")]
    assert "url(" not in page.all("style")[0].text
    assert "@import" not in page.all("style")[0].text
    policy = next(node for node in page.all("meta") if node.attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_landmarks_and_headings(page: Node) -> None:
    assert page.all("html")[0].attributes["lang"] == "en"
    assert [len(page.all(name)) for name in ("main", "header", "footer", "nav", "h1", "title")][:5] == [1, 1, 1, 1, 1]
    levels = [int(node.name[1]) for node in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_headers(page: Node) -> None:
    tables = page.all("table")
    assert tables
    for table in tables:
        columns = [node for node in table.all("th") if node.attributes["scope"] in ("col", "colgroup")]
        assert columns
        for row in table.all("tbody")[0].all("tr"):
            assert [node.attributes["scope"] for node in row.all("th")] == ["row"]


def test_drawings_say_what_they_show(page: Node) -> None:
    drawings = page.all("svg")
    assert drawings
    for drawing in drawings:
        assert drawing.attributes["role"] == "img"
        first, second = drawing.inside[1], drawing.inside[3]
        assert isinstance(first, Node)
        assert isinstance(second, Node)
        assert (first.name, second.name) == ("title", "desc")
        assert first.words
        assert second.words


def test_order_of_the_parts(page: Node) -> None:
    sections = [node.attributes["id"] for node in page.all("section") if "id" in node.attributes]
    assert sections == [
        "brief",
        "diagnosis",
        "states",
        "drawing",
        "stability",
        "paths",
        "explanations",
        "evidence",
        "missing",
        "model",
        "method",
        "glossary",
    ]
    labels = [node.words for node in page.by_id("brief").by_class("label")]
    assert labels[:2] == ["What is asked", "The answer, in this model"]
    assert labels[2].startswith("How sure")
    assert labels[-2] == "What it rests on"


def test_numbers_of_evidence_run_in_reading_order(page: Node) -> None:
    met = [int(link.words) for note in page.by_class("notes") for link in note.all("a")]
    assert list(dict.fromkeys(met)) == list(range(1, max(met) + 1))
    listed = [node.attributes["id"] for node in page.by_class("evidence")[0].all("li")]
    assert listed == [f"e{n}" for n in range(1, max(met) + 1)]


def test_the_same_conflict_gives_the_same_page() -> None:
    assert report(elmira()) == report(elmira())


def test_how_it_was_made() -> None:
    conflict = elmira()
    method = read(report(conflict)).by_id("method").words
    assert conflict.digest in method
    assert "detente report conflict.yaml" in method
    assert "single" in method


def test_marks_in_the_table_agree_with_the_engine() -> None:
    table = read(report(elmira())).by_id("states").all("table")[0]
    marks = {row.all("th")[0].words: [cell.words for cell in row.all("td")[-6:]] for row in table.all("tbody")[0].all("tr")}
    held, to_read = "●equilibrium", {name.split()[0]: row for name, row in marks.items()}
    assert to_read["5"] == to_read["8"] == to_read["9"] == [held] * 6
    assert to_read["▸"] == ["L", held, held, "L", "L", "L"]
    assert to_read["2"] == ["U L", "U", "U", "U", "U", "U"]


def test_counts_by_basis() -> None:
    brief = read(report(elmira())).by_id("brief").words
    assert "Of 13 elements of the model 8 are reported, 1 inferred from reports, 1 assumed, and 3 have no basis given." in brief
    assert "Asserted by adversaries alone: 2 elements on Uniroyal Chemical Ltd." in brief


def named(name: str) -> Node:
    """The report on a conflict in which everything is called by one name."""
    conflict = elmira()
    renamed = replace(
        conflict,
        title=name,
        question=name,
        about=name,
        viewpoint=name,
        decision_makers=tuple(replace(dm, name=f"{name} {dm.key}", description=name) for dm in conflict.decision_makers),
        options=tuple(replace(option, name=f"{name} {option.key}", description=name) for option in conflict.options),
        evidence=replace(conflict.evidence, sources=tuple(replace(s, title=name, note=name) for s in conflict.evidence.sources)),
        named_states=(NamedState(name.replace(RTL, ""), frozenset({"Modify", "Accept", "Insist"})),),
    )
    return read(report(renamed))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_stays_text(name: str) -> None:
    plain, odd = named("name"), named(name)
    assert [node.words for node in odd.all("h1")] == [" ".join(visible(name).split())]
    assert RTL not in odd.text
    without_text = [node.name for node in plain.all() if node.name != "text"]
    assert [node.name for node in odd.all() if node.name != "text"] == without_text
    assert odd.all("style")[0].text == plain.all("style")[0].text


def test_characters_that_hide_text_are_shown() -> None:
    conflict = replace(elmira(), about="\x00\x1b[31mred\u202eevil\u2066\ud800")
    text = read(report(conflict)).by_id("model").words
    assert "‹U+0000›‹U+001B›[31mred‹U+202E›evil‹U+2066›‹U+D800›" in text


def luminance(colour: str) -> float:
    """Relative luminance of a colour, as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_in_both_themes() -> None:
    style = read(report(prisoners())).all("style")[0].text
    light, dark = (dict(re.findall(r"(--[\w-]+): (#[0-9a-fA-F]{6})", part)) for part in style.split("prefers-color-scheme: dark")[:2])
    for tokens in (light, {**light, **dark}):
        for ground in ("--paper", "--ground", "--tint"):
            assert contrast(tokens["--ink"], tokens[ground]) >= 7
            assert contrast(tokens["--ink-2"], tokens[ground]) >= 4.5
        for i in range(1, 9):
            assert contrast(tokens[f"--p{i}-line"], tokens["--paper"]) >= 3, i


def test_a_conflict_without_evidence_or_status_quo() -> None:
    conflict = elmira()
    parties = tuple(replace(dm, preference=None, basis=None) for dm in conflict.decision_makers)
    options = tuple(replace(option, basis=None) for option in conflict.options)
    page = read(report(Conflict(conflict.title, parties, options, conflict.rules)))
    assert "The model names no status quo." in page.by_id("brief").words
    assert "The model cites no source." in page.by_id("brief").words
    assert "Indifferent among all states" in page.by_id("model").words


def test_a_mixed_profile_has_a_place_of_its_own() -> None:
    documents = Documents(elmira())
    arguments = dict(documents.arguments())
    profile = {"MoE": "Nash", "Uniroyal": "SEQ", "Local": "GMR"}
    arguments["analysis"] = {**arguments["analysis"], "mixed": {"profile": profile, "count": 5, "equilibria": [1, 4, 5, 8, 9]}}
    said = read(html(documents.conflict, **arguments)).by_id("stability").words
    assert "Each by a concept of their own" in said
    assert "Local Government GMR: 5 equilibria: 1, 4, 5, 8, 9" in said


def test_a_red_line_that_the_status_quo_crosses_is_told() -> None:
    documents = Documents(prisoners())
    arguments = dict(documents.arguments())
    now = {**arguments["analysis"]["status_quo"], "crosses_red_line_of": ["Column"]}
    arguments["analysis"] = {**arguments["analysis"], "status_quo": now}
    rows = read(html(documents.conflict, **arguments)).by_id("brief").all("table")[0].all("tbody")[0].all("tr")
    assert [("crosses a red line" in row.words) for row in rows] == [False, True, False]


def test_long_lists_are_cut_and_counted() -> None:
    documents = Documents(elmira())
    arguments = dict(documents.arguments())
    first = arguments["explanations"][0]
    items = [{"text": f"Case {i}.", "states": [], "elements": []} for i in range(100)]
    paragraph = {"role": "part", "sentences": [], "items": items, "more": 11}
    arguments["explanations"] = [{**first, "paragraphs": [first["paragraphs"][0], paragraph]}]
    said = read(html(documents.conflict, **arguments)).by_id("explanations")
    assert [node.words for node in said.all("summary")] == ["105 more"]
    assert len(said.all("li")) == 60
    assert "51 further entries are not in this file" in said.words


def test_lists_that_were_just_given_are_referred_to() -> None:
    said = read(report(elmira())).by_id("explanations")
    first = said.by_class("explained")[0]
    assert first.words.count("Case 1.") == 1
    assert len(first.all("h5")) == 6


def test_every_form_of_the_model_is_told() -> None:
    conflict = elmira()
    given = Option("Rain", "it rains", (), description="Nobody decides it.")
    shared = Option("Talk", "they talk", ("MoE", "Uniroyal"))
    parties = (
        replace(conflict.decision_makers[0], preference=OptionWeighting((("Talk", 3), ("Rain", -2)))),
        replace(conflict.decision_makers[1], preference=None, unperceived=Taken("Rain")),
        replace(
            conflict.decision_makers[2],
            preference=StatementsThenRanking(
                (Statement(Taken("Rain")),),
                ((frozenset({"Rain", "Delay"}), frozenset({"Rain", "Accept"}), frozenset({"Rain", "Abandon"})),),
            ),
        ),
    )
    options = in_owner_order(parties, (given, shared, *conflict.options))
    rules = (
        AtMostOne(("Insist", "Modify")),
        ExactlyOne(("Delay", "Accept", "Abandon")),
        AtLeastOne(("Rain", "Delay")),
        OnlyIf(Taken("Talk"), Taken("Rain")),
        Infeasible(And((Taken("Rain"), Taken("Talk"), Taken("Insist"))), says="they do not talk in the rain"),
        Infeasible(Taken("Modify")),
        Infeasible(Taken("Insist")),
        Infeasible(Taken("Talk")),
    )
    odd = replace(conflict, decision_makers=parties, options=options, rules=rules, status_quo=frozenset({"Talk"}), named_states=())
    page = read(report(odd))
    said = page.by_id("model").words
    for words in (
        "Options without an owner",
        "Nobody decides it.",
        "shared with Uniroyal Chemical Ltd.",
        "In this order: they talk +3; it rains −2.",
        "Does not perceive states that meet Rain",
        "Then, in this order: ",
        "at most one of Insist, Modify",
        "at least one of Rain, Delay",
        "Talk only if Rain",
        "they do not talk in the rain",
        "Status quo, which the rules exclude: they talk",
    ):
        assert words in said, words
    assert "nobody" in page.by_id("states").all("thead")[0].words


def test_equilibria_that_the_analysis_leaves_out_can_be_handed_over() -> None:
    documents = Documents(four_parties())
    arguments = dict(documents.arguments())
    listed = arguments["analysis"]["equilibria"]
    arguments["analysis"] = {**arguments["analysis"], "equilibria": {}}
    unmarked = read(html(documents.conflict, **arguments)).by_id("drawing")
    assert "A double outline marks an equilibrium" not in unmarked.words
    marked = read(html(documents.conflict, equilibria=documents.equilibria, **arguments)).by_id("drawing")
    assert "A double outline marks an equilibrium under SEQ." in marked.words
    titles = [node.words for node in marked.all("title") if ". State " in node.words]
    ends = {int(re.findall(r"State (\d+)", title)[0]): title.endswith("equilibrium") for title in titles}
    assert ends
    assert ends == {number: number in listed["SEQ"] for number in ends}


def test_a_path_that_does_not_exist_has_words_and_no_drawing() -> None:
    documents = Documents(elmira())
    arguments = dict(documents.arguments())
    arguments["paths"] = [{**arguments["paths"][0], "moves": None}]
    part = read(html(documents.conflict, **arguments)).by_id("paths")
    assert "There is a way." in part.words
    assert not part.all("svg")


def test_a_path_of_improvements_is_drawn_rather_than_another() -> None:
    documents = Documents(elmira())
    arguments = dict(documents.arguments())
    path = documents.path(documents.space.state(1), "Local")
    arguments["paths"] = [{**path, "improvements": path["moves"]}]
    part = read(html(documents.conflict, **arguments)).by_id("paths")
    assert [node.words for node in part.all("figcaption")] == ["A shortest way by improvements alone."]
