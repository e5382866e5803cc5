"""The sentences a report wants to print: filled with today's numbers, and judged."""
