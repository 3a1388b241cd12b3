"""The formats in which people write fixtures: each module reads one, and finds where in the text a value is."""
