"""A synthetic project with a known truth: for the shipped sample, the tests, the power plan and the benchmarks.

`Truth`, `draw` and `expected` are the model without files; `write` makes the whole raw/ folder from it. `Survey` and
`planned` are a survey still to come, by its numbers alone.
"""

from pipeline.simulate.draw import Draw, draw
from pipeline.simulate.expectation import expected
from pipeline.simulate.package import write
from pipeline.simulate.planned import Survey, planned
from pipeline.simulate.truth import Truth

__all__ = ["Draw", "Survey", "Truth", "draw", "expected", "planned", "write"]
