"""Symmetric sequential stability.

A state is SSEQ stable for a decision maker if every improvement they have can be met by some sequence of the others, each of whose
steps is an improvement for whoever takes it, that leaves them no better off, even after their own best move from there.
"""

from detente.concepts.base import SolutionConcept, focal, others

CONCEPT = SolutionConcept(
    key="SSEQ",
    name="Symmetric sequential stability",
    asks="Would the others, gaining at each step, undo every gain for good?",
    plies=(
        focal("improving"),  # for every improvement of the focal decision maker
        others("improving"),  # there is a credible answer by the others
        focal("any", may_stay=True),  # such that wherever the focal decision maker then goes, they are no better off
    ),
    formula=r"\forall t\in R_i^+(s)\ \exists u\in R_{N-i}^+(t): s\succeq_i u\ \wedge\ \forall v\in R_i(u): s\succeq_i v",
    implied_by=("Nash",),
    implies=("SEQ", "SMR", "GMR"),
    source="Rêgo and Vieira 2017",
    example="elmira#5",
)
