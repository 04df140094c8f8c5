"""Arrays and strings in, arrays out: what several chapters need underneath."""
