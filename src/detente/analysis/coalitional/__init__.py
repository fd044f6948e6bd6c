"""Coalition stability: whether a coalition stays at a state, when it acts together and others, or other coalitions, may answer."""
