"""General metarationality.

A state is GMR stable for a decision maker if every improvement they have can be met by some sequence of moves of the others that leaves
them no better off than where they started, whatever that costs the others.
"""

from detente.concepts.base import SolutionConcept, focal, others

CONCEPT = SolutionConcept(
    key="GMR",
    name="General metarationality",
    asks="Could the others, at whatever cost to themselves, undo every gain?",
    plies=(
        focal("improving"),  # for every improvement of the focal decision maker
        others("any"),  # there is an answer by the others that leaves them no better off
    ),
    formula=r"\forall t\in R_i^+(s)\ \exists u\in R_{N-i}(t): s\succeq_i u",
    implied_by=("Nash", "SMR", "SEQ", "SSEQ"),
    source="Howard 1971; Fang, Hipel and Kilgour 1993",
    example="elmira#1",
)
