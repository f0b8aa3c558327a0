"""Answered questions of the three modules."""
