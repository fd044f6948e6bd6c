"""The compiled kernels of the array engine."""
