"""The file that `new` writes: a small conflict that can be analysed as it is, with comments that say how to go on."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from detente import io
from detente.model.formula import quoted_key

_PLAIN = re.compile(r"[^\W\d]\w*(?: \w+)*")
_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})

_HEAD = """\
# A conflict for Detente.  Lines that begin with # are comments; change everything else.
#   detente check FILE      says what is wrong, and what an analyst would want to know
#   detente analyze FILE    says which states are stable, for whom, and why
detente: 1
title: {title}
question: Is the present state stable, and for whom?
# viewpoint: whose account this is, e.g. "as the company describes it"

# Where the claims come from, and who makes them (who asserts a thing is not who publishes it).
# sources:
#   article: {{title: ..., date: undated, author: unsigned, kind: news article}}
# asserters:
#   spokesperson: {{name: a spokesperson of {first}, speaks for: {first}, adverse to: {last}}}

# Each decision maker has options, which they take or not, and preferences, the most important statement first.
# A statement is a condition over options of anybody:  A and B, A or B, not A, A if B, A iff B, (A).
# A basis says what an element rests on:
#   basis: {{reported: [article ¶3 by spokesperson]}}
#   basis: {{inferred: [article ¶3 by spokesperson], why: the reasoning}}
#   basis: {{assumed: why}}
decision makers:
"""

_PARTY = """\
  {party}:
    name: {party}
    options:
      {act}:
        name: {name}
        # direction: only on     (once taken, not taken back; or: only off)
        # basis: {{assumed: why}}
    prefers:
{statements}
"""

_TAIL = """
# What can't happen, and why.
# rules:
#   - {{infeasible: {act} and {other}, says: they exclude each other}}
#   - at most one: [{act}, {other}]
#   - {{option: {act}, only if: {other}}}

# The options that are taken now.
status quo: []

# States with names of their own.
# states:
#   both act: [{act}, {other}]

# What the sources lack.
# missing:
#   - {{what: what {last} says about it, about: {last}, matters: its statements are assumed}}
"""


def starter(parties: Sequence[str] | None = None, title: str | None = None, name: str = "<text>") -> str:
    """The text of a conflict file to begin with; it is read once, so that it is known to be in order.

    Parameters
    ----------
    parties
        Keys of the decision makers; "First" and "Second" by default.
    title
        The title.
    name
        Name of the file, for messages.

    Raises
    ------
    ConflictError
        A key can't be used, or two are the same.

    Examples
    --------
    >>> io.loads(starter(["Town", "Company"], "A dispute")).conflict.title
    'A dispute'
    """
    keys = [party.strip() for party in parties or ("First", "Second")]
    shown = [_yaml(key) for key in keys]
    options = [_option(key) for key in keys]
    conditions = [quoted_key(option) for option in options]
    text = _HEAD.format(title=_yaml(title or "Untitled conflict"), first=shown[0], last=shown[-1])
    for i, key in enumerate(keys):
        others = [conditions[j] for j in range(len(keys)) if j != i]
        statements = "\n".join(f"      - {_yaml(statement)}" for statement in (*others, f"not {conditions[i]}"))
        text += _PARTY.format(party=shown[i], name=_yaml(f"{key} acts"), act=_yaml(options[i]), statements=statements)
    text += _TAIL.format(act=conditions[0], other=conditions[-1], last=shown[-1])
    io.loads(text, name)
    return text


def _yaml(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else json.dumps(text, ensure_ascii=False)


def _option(key: str) -> str:
    """The key of a decision maker's first option: one word where theirs is one."""
    return f"{key}Acts" if quoted_key(key) == key else f"{key} acts"
