"""What the disclosure gate hides so that nothing shown gives a small count back; `report.disclosure` is its door."""
