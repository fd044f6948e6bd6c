"""Nash stability.

A state is Nash stable for a decision maker if they have no improvement from it.
"""

from detente.concepts.base import SolutionConcept, focal

CONCEPT = SolutionConcept(
    key="Nash",
    name="Nash stability",
    asks="Is there no move of their own that leaves them better off?",
    plies=(focal("improving"),),
    formula=r"R_i^+(s)=\emptyset",
    implied_by=(),
    implies=("SSEQ", "SEQ", "SMR", "GMR", "SIM"),
    source="Nash 1950; in the graph model: Fang, Hipel and Kilgour 1993",
    example="elmira#5",
)
