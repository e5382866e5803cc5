"""Layer 1: what leaves processed/: the disclosure gate, the sentences beside a figure, and the saved bundle."""
