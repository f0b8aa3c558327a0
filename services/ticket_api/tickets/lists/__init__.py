"""Lists of tickets: filters, order, search, counts and export, and how one ticket is read."""
