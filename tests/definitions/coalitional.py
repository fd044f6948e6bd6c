"""Stability of a state for a coalition: CNash, CGMR, CSMR, CSEQ.

Kilgour, Hipel, Fang & Peng 2001 (Group Decision and Negotiation 10); Inohara & Hipel 2008 (from memory).  H leaves s for t if legal
sequences of its members lead there and all of them prefer t (or, for a weak improvement, none finds it worse and somebody prefers it).  A
state at which this is not so, compared with s, deters H.  Under CSEQ the others answer by turns, each a coalition improvement of one of
some coalitions, none of which takes two turns running.  A coalition that may move jointly is one more mover of the groups that it is
part of (own).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .plain import PlainModel
from .sequences import reached
from .together import Group, groups, joint_moves


class Coalitional:
    """The coalitions of a model: what counts as an improvement, which may move jointly, who answers (`turns`)."""

    def __init__(
        self,
        model: PlainModel,
        weak: bool = False,
        joint: Collection[Group] = (),
        turns: Sequence[Group] | None = None,
    ) -> None:
        self.model, self.weak, self.joint = model, weak, tuple(joint)
        self.turns = groups(model) if turns is None else list(turns)
        self.names = {"+".join(group): group for group in [*groups(model), *self.joint, *self.turns]}
        self.known: dict[tuple[Group, int], set[int]] = {}

    def one_move(self, mover: str, s: int) -> set[int]:
        """Where a mover gets by one move: a decision maker by a move of theirs, a coalition by a joint move."""
        group = self.names[mover]
        return self.model.moves(group[0], s) if len(group) == 1 else joint_moves(self.model, group, s)

    def reach(self, group: Group, s: int) -> set[int]:
        """R_H(s)."""
        if (group, s) not in self.known:
            together = [one for one in self.joint if set(one) <= set(group)]
            movers = [*group, *("+".join(one) for one in together)]
            self.known[group, s] = reached(self.one_move, movers, s)
        return self.known[group, s]

    def gain(self, group: Group, t: int, s: int) -> bool:
        """Whether t is what H would leave s for, if it can be reached."""
        if self.weak:
            return all(self.model.at_least(i, t, s) for i in group) and any(self.model.better(i, t, s) for i in group)
        return all(self.model.better(i, t, s) for i in group)

    def improvements(self, group: Group, s: int) -> set[int]:
        """R_H^{++}(s)."""
        return {t for t in self.reach(group, s) if self.gain(group, t, s)}

    def deterring(self, group: Group, s: int) -> set[int]:
        """The states that deter H from leaving s (phi_H^{~=}(s) of the paper)."""
        return {u for u in self.model.numbers if not self.gain(group, u, s)}

    def others(self, group: Group) -> Group:
        """N - H."""
        return tuple(i for i in self.model.decision_makers if i not in group)

    def stable(self, key: str, group: Group, s: int) -> bool:
        """Whether s is stable for H under CNash, CGMR, CSMR or CSEQ."""
        leaves, deters = self.improvements(group, s), self.deterring(group, s)
        match key:
            case "CNash":
                return leaves == set()
            case "CGMR":
                return all(self.reach(self.others(group), t) & deters for t in leaves)
            case "CSMR":
                return all(any(self.reach(group, u) <= deters for u in self.reach(self.others(group), t) & deters) for t in leaves)
        taking_turns = ["+".join(one) for one in self.turns if not set(one) & set(group)]
        return all(reached(lambda one, v: self.improvements(self.names[one], v), taking_turns, t) & deters for t in leaves)
