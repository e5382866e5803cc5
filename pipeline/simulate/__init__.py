"""A synthetic project with a known truth: for the shipped sample, the tests, the power plan and the benchmarks.

`Truth`, `draw` and `expected` are the model without files; `write` makes the whole raw/ folder from it.
"""

from pipeline.simulate.draw import Draw, draw
from pipeline.simulate.expectation import expected
from pipeline.simulate.package import write
from pipeline.simulate.truth import Truth

__all__ = ["Draw", "Truth", "draw", "expected", "write"]
