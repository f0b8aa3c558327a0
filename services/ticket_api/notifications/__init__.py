"""The notifications section."""
