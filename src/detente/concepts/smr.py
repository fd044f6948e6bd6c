"""Symmetric metarationality.

A state is SMR stable for a decision maker if every improvement they have can be met by some sequence of moves of the others that
leaves them no better off, even after their own best move from there.
"""

from detente.concepts.base import SolutionConcept, focal, others

CONCEPT = SolutionConcept(
    key="SMR",
    name="Symmetric metarationality",
    asks="Could the others, at whatever cost to themselves, undo every gain for good?",
    plies=(
        focal("improving"),  # for every improvement of the focal decision maker
        others("any"),  # there is an answer by the others
        focal("any", may_stay=True),  # such that wherever the focal decision maker then goes, they are no better off
    ),
    formula=r"\forall t\in R_i^+(s)\ \exists u\in R_{N-i}(t): s\succeq_i u\ \wedge\ \forall v\in R_i(u): s\succeq_i v",
    implied_by=("Nash", "SSEQ"),
    implies=("GMR",),
    source="Howard 1971; Fang, Hipel and Kilgour 1993",
    example="elmira#1",
)
