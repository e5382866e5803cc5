"""The report in Word and, from the same file, in accessible PDF."""
