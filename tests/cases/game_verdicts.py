"""The verdicts of the second statement on the 78 games, as the packaged table holds them.

`python -m tests.cases.game_verdicts` writes the table again.
"""

from __future__ import annotations

from detente.cases.games import NUMBERED, VERDICTS
from tests.definitions.concepts import DEFINITIONS, equilibria
from tests.definitions.published import outcome, two_by_two


def table() -> str:
    """The table: a line for each game, with its equilibria under each concept, computed by the second statement alone."""
    lines = [",".join(["number", "game", *DEFINITIONS])]
    for number, text in enumerate(NUMBERED, start=1):
        model = two_by_two(text)
        found = [sorted(outcome(model.state(s).combination) for s in equilibria(model, key)) for key in DEFINITIONS]
        lines.append(",".join([str(number), text.replace(",", " "), *(" ".join(cells) for cells in found)]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    VERDICTS.write_text(table(), encoding="utf-8")
