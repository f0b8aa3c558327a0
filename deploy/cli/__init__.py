"""`botmeni`: the command line of whoever operates the system."""
