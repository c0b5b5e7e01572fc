"""Logs that break one rule each, by an event that the right keys signed."""
FORGERIES = {}
