"""Layer 1: contract tables -> matplotlib figures. Pure functions; nothing here saves or opens a window."""
