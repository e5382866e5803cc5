"""Layer 1: tables -> measures: scores of responses, and the ledger of denominators."""
