"""Findings: what an analyst would want to know of a conflict that can be analysed, and is probably not meant so.

Each finding has a stable code, names its element, and is exact: it is found in the whole state space, by sets, not by samples.
"""

from __future__ import annotations

from detente.analysis.lint_beliefs import belief_findings
from detente.analysis.lint_model import ban_findings, maker_findings, option_findings, rule_findings, status_quo_findings
from detente.analysis.lint_movers import mover_findings
from detente.analysis.lint_positions import position_findings
from detente.analysis.lint_preferences import preference_findings
from detente.errors import Diagnostic
from detente.model.conflict import Conflict
from detente.space.states import StateSpace


def findings(conflict: Conflict, space: StateSpace) -> tuple[Diagnostic, ...]:
    """All findings about a conflict: rules, options, decision makers, status quo, preferences, bans, positions, movers, viewpoints.

    Parameters
    ----------
    conflict
        The conflict.
    space
        Its states; where these are too many to be numbered (S301) there are no findings.

    Returns
    -------
    tuple
        Warnings and notes; errors if no state is feasible (M150) or a ranking is wrong (P201, P202).  In spaces of more than 65,536
        states a finding that would need a look at each state one by one is left out (P216, and P210 where sets do not tell).

    Examples
    --------
    >>> from detente.model.conflict import DecisionMaker, Option
    >>> from detente.model.parse import parse_formula
    >>> from detente.model.rule import Infeasible
    >>> conflict = Conflict("t", (DecisionMaker("A", "A"),), (Option("x", "x", ("A",)),), (Infeasible(parse_formula("x")),))
    >>> [found.code for found in findings(conflict, StateSpace(conflict))]
    ['M153', 'M157', 'M159']
    """
    if not space.feasible:
        return tuple(rule_findings(space))
    return (
        *rule_findings(space),
        *option_findings(space),
        *maker_findings(space),
        *status_quo_findings(space),
        *preference_findings(space),
        *ban_findings(space),
        *position_findings(space),
        *mover_findings(space),
        *belief_findings(space),
    )
