"""`botmeni doctor`: what is wrong with the system and what to do about it, one file a dependency."""
