"""Layer 1: pure statistics. A DataFrame in, `estimates` rows out; usable in a notebook without the pipeline."""
