"""The engine for single states by satisfiability."""
