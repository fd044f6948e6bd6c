"""Each problem is told at its place: «...» marks it in the text, which is read without the marks."""

from __future__ import annotations

import pytest

from detente import io
from detente.errors import ConflictError
from detente.io.nodes import offsets

HEAD = "detente: 1\ntitle: t\n"
PARTY = "decision makers:\n  A:\n    options: {x: , y: }\n"
BASE = HEAD + PARTY


def marked(text: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The text without its marks, and line, column and length of what they mark."""
    plain, places, start = "", [], 0
    for character in text:
        if character == "«":
            start = len(plain)
        elif character == "»":
            line = plain.count("\n", 0, start)
            places.append((line + 1, start - (plain.rfind("\n", 0, start) + 1) + 1, len(plain) - start))
        else:
            plain += character
    return plain, places


PROBLEMS = [
    # conditions, in every way in which YAML can write a text
    ("M104", BASE + "    prefers:\n      - not «xx» or y\n"),
    ("M104", BASE + "    prefers: ['not «xx» or y']\n"),
    ("M104", BASE + "    prefers: ['not ''x'' or «xx»']\n"),
    ("M104", BASE + "    prefers: ['not «\"x x\"» or y']\n"),
    ("M104", BASE + '    prefers: ["not \\x78 or «xx»"]\n'),
    ("M104", BASE + '    prefers: ["not \\"x\\" or\\\n      \\ y and «xx»"]\n'),
    ("M104", BASE + '    prefers: ["not y\n\n      or «xx»"]\n'),
    ("M104", BASE + "    prefers:\n      - x or\n        y and\n\n        «xx»\n"),
    ("M104", BASE + "    prefers:\n      - |\n        x or\n          y and\n        «xx»\n"),
    ("M104", BASE + "    prefers:\n      - >-\n        x or\n        y and\n\n        «xx»\n"),
    ("M104", BASE + "    prefers:\n      - &a !!str x or «xx»\n"),
    ("M104", BASE + "    prefers:\n      - x or «水» and y\n"),
    ("M104", (BASE + "    prefers:\n      - x or\n        «xx»\n").replace("\n", "\r\n")),
    ("M110", BASE + "    prefers: [x «+» y]\n"),
    ("M111", BASE + "    prefers: [x «y»]\n"),
    ("M111", BASE + "    prefers: ['x if (y and «)»']\n"),
    ("M111", BASE + "    prefers: [x if y «if» x]\n"),
    # keys and kinds
    ("M113", BASE + "    «descripton»: d\n"),
    ("M113", BASE.replace("x: ,", "x: {name: a, «b»},")),
    ("M114", BASE + "rules: «5»\n"),
    ("M114", HEAD + "decision makers: «[A]»\n"),
    ("M114", BASE + "    prefers: «x»\n"),
    ("M114", BASE + "    prefers: [«[x]»]\n"),
    ("M114", HEAD + "decision makers:\n  A: «5»\n"),
    ("M115", "«d»etente: 1\n" + PARTY),
    ("M115", BASE + "sources:\n  s: {«note»: n}\n"),
    ("M115", BASE + "rules: [{«option»: x}]\n"),
    ("M116", BASE.replace("x: ,", "x: {direction: «on»},")),
    ("M117", BASE + "rules: [{«never»: x}]\n"),
    ("M117", BASE + "rules: [{infeasible: x, «merged»: y}]\n"),
    ("M117", BASE + "    basis: «{}»\n"),
    ("M118", BASE.replace(": 1", ": «2»", 1)),
    ("M118", BASE.replace(": 1", ": «one»", 1)),
    ("M119", BASE + "    weights: {x: «1.5»}\n"),
    ("M119", BASE + "    weights: {x: «'1'»}\n"),
    ("M119", BASE + "    weights: {x: «1000000000001»}\n"),
    ("M102", BASE + "  B:\n    options: {«x»: }\n"),
    ("M103", BASE + "  «''»: {}\n"),
    ("M106", BASE + "rules: [at most one: [x, «x»]]\n"),
    ("M106", HEAD + "decision makers:\n  A:\n    options:\n      x: {«shared with»: [A]}\n"),
    ("M107", BASE + "coalitions: [«[]»]\n"),
    # references
    ("M104", BASE + "    weights: {x: 1, «z»: 2}\n"),
    ("M104", BASE + "rules: [at most one: [x, «z»]]\n"),
    ("M104", BASE + "status quo: [«z»]\n"),
    ("M104", BASE + "states: {a: [«z»]}\n"),
    ("M105", BASE + "coalitions: [[A, «B»]]\n"),
    ("M105", BASE + "positions: {«B»: [x]}\n"),
    ("M105", BASE + "bans: [{by: «B», leaving: x}]\n"),
    ("M104", BASE + "bans: [{by: A, leaving: x or «z»}]\n"),
    ("M115", BASE + "bans: [{«leaving»: x}]\n"),
    ("M104", BASE + "measures: [{name: m, changes: {ban: A, reaching: «z»}}]\n"),
    ("M117", BASE + "measures: [{name: m, changes: {«bann»: A}}]\n"),
    ("M115", BASE + "measures: [{«name»: m}]\n"),
    ("M119", BASE + "measures: [{name: m, cost: «0», changes: {ban: A}}]\n"),
    ("M107", BASE + "measures: [{name: m, changes: «[]»}]\n"),
    ("M105", BASE + "measures: [{name: m, changes: {new owner: «B», of: x}}]\n"),
    ("M169", BASE + "measures: [«{name: m, changes: {without rule: 1}}»]\n"),
    ("M169", BASE + "measures: [«{name: m, changes: {new statement: x, party: A, place: 1}}»]\n"),
    ("M102", BASE + "measures: [«{name: m, changes: {new option: x, owner: A}}»]\n"),
    ("M114", BASE + "measures: «x»\n"),
    ("M104", BASE + "positions: {A: {state: [«z»]}}\n"),
    ("M115", BASE + "positions: {A: {«says»: s}}\n"),
    ("P206", BASE + "positions: {A: «deal»}\n"),
    ("M104", BASE + "fallback: [«z»]\n"),
    ("M104", BASE + "questions: [{ends only if: q, needs: «z»}]\n"),
    ("M104", BASE + "questions: [{step: q, state: [«z»]}]\n"),
    ("M115", BASE + "questions: [{«step»: q}]\n"),
    ("M117", BASE + "questions: [{«asks»: q}]\n"),
    ("M105", BASE + "conclusions: [{turns on: «B», says: s}]\n"),
    ("M104", BASE + "conclusions: [{where: x, then: «z», says: s}]\n"),
    ("M116", BASE + "conclusions: [{stuck: «maybe», says: s}]\n"),
    ("M105", BASE + "asserters: {a: {adverse to: «B»}}\n"),
    ("M105", BASE + "missing: [{what: w, about: «B»}]\n"),
    ("M105", BASE.replace("x: ,", "x: {shared with: [«B»]},")),
    ("M120", BASE + "    basis: {reported: [«artcle» p. 1]}\nsources: {article: {title: a}}\n"),
    ("M120", BASE + "    basis: {reported: [{source: «artcle», at: p. 1}]}\nsources: {article: {title: a}}\n"),
    ("M121", BASE + "    basis: {reported: [article p. 1 by «them»]}\nsources: {article: {title: a}}\n"),
    ("M121", BASE + "    basis: {reported: ['article p. 1 by «them»']}\nsources: {article: {title: a}}\n"),
    ("M122", BASE + "    basis: {reported: [«article»]}\nsources: {article: {title: a}}\n"),
    # states and preferences
    ("P201", BASE + "    «ranking»: [1, 2]\n"),
    ("P201", BASE + "    ranking: [1, 2, 3, [4, «NY»]]\n"),
    ("P201", BASE + "    prefers: [x]\n    «ranking»: [1]\n"),
    ("P202", BASE + "    ranking: [1, 2, 3, «YY»]\nrules: [infeasible: x and y]\n"),
    ("P203", BASE + "status quo: «5»\n"),
    ("P203", BASE + "status quo: «0»\n"),
    ("P204", BASE + "status quo: «YNN»\n"),
    ("P204", BASE + "status quo: «yn»\n"),
    ("P205", BASE + "status quo: «Y-»\n"),
    ("P205", BASE + "status quo: «Y-»\nrules: [infeasible: x]\n"),
    ("P206", BASE + "status quo: «dael»\nstates: {deal: [x]}\n"),
    ("P206", BASE + "status quo: «x»\n"),
    ("P206", BASE + "states: {a: [x], b: «a»}\n"),
    ("M113", BASE + "status quo: {«taking»: [x]}\n"),
    ("M114", BASE + "    ranking: [1, 2, 3, 4, «[]»]\n"),
    ("M114", BASE + "    ranking: «x»\n"),
    ("P207", BASE + "    «ranking»: [4, 3, 2, 1]\n    red lines: [x]\n"),
    ("P207", BASE + "    «ranking»: [1, [3, 4], 2]\n    red lines: [x]\n"),
    ("P207", BASE + "    prefers: [x]\n    «ranking»: [4, 2]\n    red lines: [y]\n"),
    ("P208", BASE + "    prefers: [«y»]\nrules: [merged: x]\n"),
    ("P208", BASE + "    prefers: [x, {«»when: y if x}]\nrules: [merged: x]\n".replace("{«»when: y if x}", "«{when: y if x}»")),
    ("P208", BASE + "    red lines: [«y»]\nrules: [merged: x]\n"),
    ("P208", BASE + "    «weights»: {y: 1}\nrules: [merged: x]\n"),
    ("P209", BASE + "    prefers: [x]\n    «weights»: {x: 1}\n"),
    ("P209", BASE + "    prefers: [x]\n    «preference basis»: {assumed: so}\n"),
    ("P209", BASE + "    «preference basis»: {assumed: so}\n"),
    ("M114", BASE + "    spare preferences: [«x»]\n"),
    # the form of the file
    ("F605", BASE + "question: «'»why\n"),
    ("F605", BASE + "question: why«:» so\n"),
    ("F605", BASE + "question: «[»why\n"),
    ("F606", HEAD + "decision makers:\n«\t»A: {}\n"),
    ("F606", HEAD + "decision makers:\n  A:\n    options: {x: }\n  «\t»  name: n\n".replace("  «\t»  name", "«\t»  name")),
    ("F610", BASE + "«title»: again\n"),
    ("F611", BASE + "«---»\nx\n"),
    ("F612", BASE + "question: «!!python/name:os.system x»\n"),
    ("F613", BASE + "    «<<»: {name: n}\n"),
    ("F614", BASE + "question: «*why»\n"),
    ("F615", BASE + "    ? «[a]»\n    : b\n"),
    ("F616", BASE + "question: why«\x07»\n"),
]


@pytest.mark.parametrize(("code", "text"), PROBLEMS)
def test_a_problem_is_told_at_its_place(code: str, text: str) -> None:
    plain, places = marked(text)
    with pytest.raises(ConflictError) as caught:
        io.loads(plain, "f.yaml")
    found = caught.value.diagnostics
    assert [d.code for d in found] == [code], [str(d) for d in found]
    where = found[0].where
    assert where is not None
    assert [(where.line, where.column, where.length)] == places
    assert found[0].help


SUGGESTIONS = [
    (BASE + "    prefers: [X]\n", 'did you mean "x" (A)? options are x and y'),
    (BASE + "    descripton: d\n", 'did you mean "description"?'),
    (BASE + "rules: [infeasable: x]\n", 'did you mean "infeasible"?'),
    (BASE + "coalitions: [[a]]\n", 'did you mean "A"? the only decision maker is A'),
    (BASE.replace("x: ,", "x: {direction: only of},"), 'did you mean "only off"?'),
    (BASE + "    basis: {assumd: so}\n", 'did you mean "assumed"?'),
    (BASE + "    basis: {reported: [artcle p. 1]}\nsources: {article: {title: a}}\n", 'did you mean "article"?'),
    (
        BASE + "    basis: {reported: [a p. 1 by offcials]}\nsources: {a: {title: a}}\nasserters: {officials: }\n",
        'did you mean "officials"?',
    ),
    (BASE + "status quo: dael\nstates: {deal: [x]}\n", 'did you mean "deal"?'),
    (BASE + "    basis: {reported: [a p. 1]}\n", "there is no source in the file"),
]


@pytest.mark.parametrize(("text", "help"), SUGGESTIONS)
def test_what_was_probably_meant_is_suggested(text: str, help: str) -> None:
    with pytest.raises(ConflictError) as caught:
        io.loads(text)
    assert (caught.value.diagnostics[0].help or "").startswith(help)


def test_characters_that_do_not_fit_have_no_offsets() -> None:
    assert offsets("abc", "abd", None) is None
    assert offsets("ab", "abc", None) is None
    assert offsets("'it''s'", "it's", "'") == [1, 2, 3, 5]
