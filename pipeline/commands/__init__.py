"""Layer 2: one module per command of `python -m pipeline`; each says in its docstring what a person gets from it."""
