"""Who I am, my plan and its units."""
