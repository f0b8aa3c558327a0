"""`botmeni`, the command line for operators of the system."""
