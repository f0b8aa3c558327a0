"""Support's side: managing tickets, one or many, and what support works with."""
