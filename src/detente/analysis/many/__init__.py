"""Large answers: what many states have in common, which they are, the nearest of them, and the best for each decision maker."""
