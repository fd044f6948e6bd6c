"""Attitudes: Inohara, Hipel & Walker 2007, Journal of Systems Science and Systems Engineering (from memory).

The laws at the limits are those printed in Inohara & Hipel 2009 (IEEE SMC; the first page was read): with discrete attitudes and
preferences that are complete and antisymmetric each relational concept equals the ordinary one; under totally neutral attitudes RNash
equals RSMR and RGMR equals RSEQ.  They fix what the definitions leave open: s itself always deters from leaving s, as it always can be
stayed at.
"""

from __future__ import annotations

from collections.abc import Mapping

from .by_sets import Sets
from .plain import PlainModel

Attitudes = Mapping[tuple[str, str], str]
"""e(i, j): "+", "0" or "-"; (i, i) not given is "+", (i, j) not given is "0"."""


def attitude(e: Attitudes, i: str, j: str) -> str:
    """e(i, j)."""
    return e.get((i, j), "+" if i == j else "0")


def relational(model: PlainModel, e: Attitudes, i: str, j: str, s: int, t: int) -> bool:
    """Whether s RP_ij t: devotion wants what j finds at least as good, indifference does not mind, aggression the contrary of devotion."""
    match attitude(e, i, j):
        case "+":
            return model.at_least(j, s, t)
        case "0":
            return True
        case _:
            return not model.at_least(j, s, t)


def totally(model: PlainModel, e: Attitudes, i: str, s: int, t: int) -> bool:
    """Whether s TRP_i t: s RP_ij t for every j."""
    return all(relational(model, e, i, j, s, t) for j in model.decision_makers)


def replies(model: PlainModel, e: Attitudes, i: str, s: int) -> set[int]:
    """TRR_i(e)(s) without s."""
    return {t for t in model.moves(i, s) if totally(model, e, i, t, s)}


def sets(model: PlainModel, e: Attitudes) -> Sets:
    """Leaves for total relational replies; deterred by s itself and by what is no total relational preference over s."""
    return Sets(
        lambda i, s: replies(model, e, i, s),
        lambda i, s, u: u == s or not totally(model, e, i, u, s),
        lambda j, t: replies(model, e, j, t),
    )
