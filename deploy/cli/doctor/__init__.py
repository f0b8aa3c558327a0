"""`botmeni doctor` reports what is wrong with the system and its remedy; one file for each dependency."""
