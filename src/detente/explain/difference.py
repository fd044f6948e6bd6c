"""How it is told in what two accounts of a conflict differ: of a first and a second, neither before the other."""

from __future__ import annotations

from detente.analysis.changing import Changing
from detente.explain.telling import Pair, Telling
from detente.text import listing

PLACES = ("first", "second")


def _each(template: str) -> Pair:
    """The same words for the one and for the other: neither can be told otherwise."""
    (first, second) = PLACES
    return template.format(here=first, there=second), template.format(here=second, there=first)


def _apart(found: Changing) -> str:
    """That states are not matched, and why."""
    said = []
    for called, one, other in (
        ("decision makers", found.before.parties, found.after.parties),
        ("options", *([option.key for option in look.space.conflict.options] for look in (found.before, found.after))),
    ):
        alone = [[key for key in mine if key not in theirs] for mine, theirs in ((one, other), (other, one))]
        said += [f"{called} {only}: {listing(keys)}" for only, keys in zip(DIFFERENCE.only, alone, strict=True) if keys]
        if not any(alone) and list(one) != list(other):
            said.append(f"the {called} stand in another order")
    return f"Single states can't be matched, and are not compared ({'; '.join(said)})."


DIFFERENCE = Telling(
    order=(0, 1),
    where=_each("in the {here}"),
    only=_each("only in the {here}"),
    shown=_each("{{at.state}} ({{at.named}})"),
    numbers="{0} in the first, {1} in the second",
    numbers_only="{0} only in the first, {1} only in the second",
    numbered="States in both go by their numbers in the second.",
    nothing="Nothing that is asked here differs: {same} are the same in both.",
    apart=_apart,
    alike="The equilibria {under} are the same states in both; other things that are asked here differ.",
    other="The equilibria differ {under}",
    rest="; {under} they are the same states",
    quo_only=_each("Only the {here} has a status quo."),
    quo_moved="The status quo is {0.state} ({0.choice}) in the first and {1.state} ({1.choice}) in the second.",
    quo_alike=None,
    quo_judged="Verdicts on the status quo that differ:",
    held=_each("{{called}} is an equilibrium {{under}} only in the {here}."),
    stays=_each("{{dm}} {{under}}: would stay in the {here}, and leave in the {there}"),
    no_state=_each(", which is no state in the {there}"),
    turned=_each("; {{dms}} would leave it in the {there}"),
    state_only=_each("is a state only in the {here}"),
    name_only=_each("is the name of a state only in the {here}"),
    name_moved="{name} is {0.state} ({0.named}) in the first, and {1.state} ({1.named}) in the second",
    verdicts="Verdicts that differ, among all states that are in both:",
    verdict="{dm} {under}: would stay {turned}",
    stays_at=_each("at {{states}} only in the {here}"),
    between=" and ",
    near_none="there is none in either",
    near_quo_only=_each("only the {here} has one"),
    near_moved="The status quo is {0.choice} in the first and {1.choice} in the second.",
    near_known="every verdict on it that is known in both",
    near_shared="the verdict on it of every decision maker who is in both",
    near_alike="is the same",
    near_differs="the two differ there",
)
"""How two accounts are told: what is so in one of them only."""
