"""Layer 0: the words, the table contracts, configuration and errors. Imports nothing else of ours."""
