"""From survey files as they arrive to the tables, figures and facts of an impact report."""
