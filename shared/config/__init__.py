"""Settings: the one settings object and the rules for its values."""
