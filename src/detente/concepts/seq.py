"""Sequential stability.

A state is SEQ stable for a decision maker if every improvement they have can be met by some sequence of the others, each of whose
steps is an improvement for whoever takes it, that leaves them no better off.
"""

from detente.concepts.base import SolutionConcept, focal, others

CONCEPT = SolutionConcept(
    key="SEQ",
    name="Sequential stability",
    asks="Would the others, gaining at each step, undo every gain?",
    plies=(
        focal("improving"),  # for every improvement of the focal decision maker
        others("improving"),  # there is a credible answer by the others that leaves them no better off
    ),
    formula=r"\forall t\in R_i^+(s)\ \exists u\in R_{N-i}^+(t): s\succeq_i u",
    implied_by=("Nash", "SSEQ"),
    implies=("GMR",),
    source="Fraser and Hipel 1979, 1984; Fang, Hipel and Kilgour 1993",
    example="cuban-missile-crisis#5",
)
