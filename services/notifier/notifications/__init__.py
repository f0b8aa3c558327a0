"""The list of a person's in-app notifications."""
