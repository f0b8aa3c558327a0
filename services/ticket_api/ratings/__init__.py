"""Rating an answer."""
