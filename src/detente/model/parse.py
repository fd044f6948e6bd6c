"""The written form of conditions.

    condition := implied [ "iff" implied ]
    implied   := either [ ("if" | "only if") either ]
    either    := both { "or" both }
    both      := plain { "and" plain }
    plain     := "not" plain | "true" | "false" | KEY | "(" condition ")"

`&`, `|`, `!`, `->` (A -> B is "B if A") and `<->` are accepted as well.  A key is a word of letters, digits, `_`, `.` and inner `-`;
any other key is written in quotes.  `if` and `iff` do not chain: a reader should not have to know which comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.errors import ConflictError, Diagnostic
from detente.model.formula import FALSE, RESERVED, TRUE, WORD, And, Formula, If, Iff, Not, Or, Taken

MAX_LENGTH = 20_000
"""Longest condition that is read, in characters."""
MAX_DEPTH = 100
"""Deepest nesting of parentheses and `not` that is read."""

_TOKEN = re.compile(
    rf"""\s*(?:(?P<arrow><->|<=>|->|=>)|(?P<symbol>[()&|!~¬∧∨])|(?P<word>{WORD})|(?P<quoted>"[^"\n]*"|'[^'\n]*')|(?P<bad>\S))""",
    re.VERBOSE,
)
_SYMBOLS = {"&": "and", "∧": "and", "|": "or", "∨": "or", "!": "not", "~": "not", "¬": "not", "<->": "iff", "<=>": "iff", "=>": "->"}


class FormulaError(ConflictError):
    """A condition can't be read; `offset` and `length` (in characters) say where in its text.

    >>> try:
    ...     parse_formula("A and and B")
    ... except FormulaError as error:
    ...     print(error.offset, error.length)
    6 3
    """

    def __init__(self, code: str, message: str, offset: int, length: int, help: str | None = None, value: str | None = None) -> None:
        super().__init__([Diagnostic(code, message, value=value, help=help)])
        self.offset = offset
        self.length = max(1, length)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a condition.

    Parameters
    ----------
    kind
        "key", "(", ")", "->", "end" or a connective.
    text
        The word, a key without its quotation marks.
    offset
        Where it begins, in characters from 0.
    length
        How many characters it takes, quotation marks included.

    Examples
    --------
    >>> tokens("A")[0]
    Token(kind='key', text='A', offset=0, length=1)
    """

    kind: str
    text: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class KeyUse:
    """An option key where it stands in the text of a condition (offset and length in characters).

    >>> parse_with_uses("not A")[1]
    [KeyUse(key='A', offset=4, length=1)]
    """

    key: str
    offset: int
    length: int


def tokens(text: str) -> list[Token]:
    """The tokens of the text of a condition, the last of kind "end".

    Raises `FormulaError`: M110 at a character that can't stand there, M112 if the text is longer than `MAX_LENGTH`.

    >>> [token.kind for token in tokens("A & not B")]
    ['key', 'and', 'not', 'key', 'end']
    """
    if len(text) > MAX_LENGTH:
        raise FormulaError("M112", f"the condition is longer than {MAX_LENGTH:,} characters", 0, 1, "split it into rules or statements")
    result = []
    at = 0
    while match := _TOKEN.match(text, at):
        kind, raw, offset, at = str(match.lastgroup), match[match.lastgroup or 0], match.start(match.lastgroup or 0), match.end()
        low = raw.lower()
        if kind == "bad":
            hint = "a quotation mark is not closed" if raw in "\"'" else 'write keys with other characters in quotes: "no deal"'
            raise FormulaError("M110", f"the character {raw!r} can't stand in a condition", offset, 1, hint, raw)
        if kind == "quoted":
            result.append(Token("key", raw[1:-1], offset, len(raw)))
        elif kind == "word" and low not in RESERVED:
            result.append(Token("key", raw, offset, len(raw)))
        else:
            result.append(Token(_SYMBOLS.get(low, low), raw, offset, len(raw)))
    result.append(Token("end", "", len(text.rstrip()), 0))
    return result


class _Reader:
    """Recursive descent over the tokens, with bounded depth."""

    def __init__(self, text: str) -> None:
        self.tokens = tokens(text)
        self.at = 0
        self.depth = 0
        self.uses: list[KeyUse] = []

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def take(self, *kinds: str) -> bool:
        if self.now.kind in kinds:
            self.at += 1
            return True
        return False

    def fail(self, expected: str) -> FormulaError:
        token = self.now
        found = f'"{token.text}"' if token.text else "the end"
        help = "see the forms: A and B, A or B, not A, A if B, A only if B, A iff B, (A)"
        return FormulaError("M111", f"{found} can't stand here; {expected} was expected", token.offset, token.length, help, token.text)

    def condition(self) -> Formula:
        left = self.implied()
        if self.take("iff"):
            left = Iff(left, self.implied())
            self.no_chain()
        return left

    def implied(self) -> Formula:
        left = self.either()
        if self.take("if"):
            left = If(left, self.either())
            self.no_chain("iff")
        elif self.take("->"):
            left = If(self.either(), left)
            self.no_chain("iff")
        elif self.now.kind == "only":
            self.at += 1
            if not self.take("if"):
                raise self.fail('"if" after "only"')
            left = If(self.either(), left)
            self.no_chain("iff")
        return left

    def no_chain(self, *allowed: str) -> None:
        if self.now.kind in {"if", "iff", "only", "->"} - set(allowed):
            raise self.fail("a closing end (put parentheses around one of the conditions, so that the order is plain)")

    def either(self) -> Formula:
        parts = [self.both()]
        while self.take("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def both(self) -> Formula:
        parts = [self.plain()]
        while self.take("and"):
            parts.append(self.plain())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def plain(self) -> Formula:
        token = self.now
        if self.depth >= MAX_DEPTH:
            raise FormulaError(
                "M112", f"the condition is nested deeper than {MAX_DEPTH} levels", token.offset, 1, "split it into rules or statements"
            )
        self.depth += 1
        try:
            if self.take("not"):
                return Not(self.plain())
            if self.take("true"):
                return TRUE
            if self.take("false"):
                return FALSE
            if self.take("("):
                inner = self.condition()
                if not self.take(")"):
                    raise self.fail('")"')
                return inner
            if self.take("key"):
                self.uses.append(KeyUse(token.text, token.offset, token.length))
                return Taken(token.text)
            raise self.fail('an option, "not" or "("')
        finally:
            self.depth -= 1


def parse_with_uses(text: str) -> tuple[Formula, list[KeyUse]]:
    """Read the text of a condition, and where in it each option key stands (so that an unknown key can be pointed at).

    Raises `FormulaError`: M110 (character), M111 (grammar), M112 (too long or too deep).

    >>> parse_with_uses("a and not b")[1][1]
    KeyUse(key='b', offset=10, length=1)
    """
    reader = _Reader(text)
    formula = reader.condition()
    if reader.now.kind != "end":
        raise reader.fail("a connective (and, or, if, iff) or the end")
    return formula, reader.uses


def parse_formula(text: str) -> Formula:
    """Read the text of a condition; the language is described in the module.

    Raises `FormulaError`: M110 (character), M111 (grammar), M112 (too long or too deep).

    >>> from detente.model.formula import written
    >>> written(parse_formula("!Accept | Insist -> Delay"))
    'Delay if (not Accept or Insist)'
    """
    return parse_with_uses(text)[0]
