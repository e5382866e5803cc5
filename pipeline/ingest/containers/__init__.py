"""What files are made of: text with separators and spreadsheets become grids of text, which readers then explain."""
