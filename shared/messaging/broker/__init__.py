"""Between us and Redis: what messages look like there, and the door before they come in."""
