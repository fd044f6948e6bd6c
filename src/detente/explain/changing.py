"""How it is told what a change of a conflict changes: of a before and a now.

States go by their numbers after the change; one that is there only before goes by its number then, and by the options taken.
"""

from __future__ import annotations

from detente.analysis.changing import Changing
from detente.explain.telling import Telling


def _apart(_: Changing) -> str:
    return "The options, the decision makers or their order are not the same, so that single states are not compared."


CHANGE = Telling(
    order=(1, 0),
    where=("before", "now"),
    only=("lost", "gained"),
    shown=("{at.state} before ({at.named})", "{at.state} ({at.named})"),
    numbers="{1} now, {0} before",
    numbers_only="{1} gained, {0} lost",
    numbered="Numbers of states are those after the change, unless it says before.",
    nothing="Nothing that is asked here changes: {same} are the same.",
    apart=_apart,
    alike="The equilibria {under} are the same states as before; other things that are asked here change.",
    other="The equilibria change {under}",
    rest="; {under} they are the same states as before",
    quo_only=("There is no status quo now, and there was one before.", "There is a status quo now, and there was none before."),
    quo_moved="The status quo is {1.state} ({1.choice}) now, and was {0.state} before ({0.named}).",
    quo_alike="On the status quo ({at.state}) everybody's verdict {under} is the same as before.",
    quo_judged="Verdicts on the status quo that are different:",
    held=("{called} is no equilibrium now {under}, and was before.", "{called} is an equilibrium now {under}, and was not before."),
    stays=("{dm} would leave now, and would have stayed before, {under}", "{dm} would stay now, and would have left before, {under}"),
    no_state=(", which is no state now", ", which was no state before"),
    turned=("; {dms} would leave now", "; {dms} would stay now"),
    state_only=("is no state now, and was one before", "is a state now, and was none before"),
    name_only=("is not the name of a state now, and was before", "is the name of a state now, and was not before"),
    name_moved="{name} is {1.state} now ({1.choice}), and was {0.state} before ({0.choice})",
    verdicts="Verdicts that are different, among all states that there are before and after:",
    verdict="{dm} {under}: {turned}",
    stays_at=("would leave now at {states} and have stayed before", "would stay now at {states} and have left before"),
    between="; ",
    near_none="there is none, before or now",
    near_quo_only=("there is no status quo now, and there was one before", "there is a status quo now, and there was none before"),
    near_moved="The status quo is another state now: {1.choice}.",
    near_known="every verdict on it that is known before and now",
    near_shared="the verdict on it of every decision maker there is before and now",
    near_alike="is the same as before",
    near_differs="something is different there",
)
"""How a change is told: what is so now, and that it was not so before."""
